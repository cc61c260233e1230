"""A small map to point at: numbered pins to choose from, and a place set by hand.

The wheel and + and - zoom, dragging and the arrows pan, 0 shows everything again. A click or a figure chooses a pin.
A double click sets the place by hand, and so does P, in the middle of the map; a pin that is dragged does the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.views.bar_painting import painting, shade
from desktop.views.look import Look
from desktop.views.maps.atlas import Atlas
from desktop.views.maps.painting import (
    MapPin,
    Room,
    paint_ground,
    paint_labels,
    paint_pin,
    paint_scale,
    pin_box,
)
from desktop.views.maps.projection import MapPlace, MapView, fitted, project, unproject

EVERYWHERE = (MapPlace(8.0, 98.0), MapPlace(46.0, 128.0))
"""Vietnam and the provinces of China where factories are: shown while there is nothing to point at."""

LEAST_SCALE, MOST_SCALE = 1_200.0, 1_200_000.0  # about a continent and about 15 km across
NEAREST = 60_000.0  # a single pin is shown with so much round it: its province
NEAREST_PAIR = 500_000.0  # several that are near each other
MARGIN_SHARE = 0.18  # of the shorter side, round the pins
MARGIN = 56.0
STEP = 60  # pixels of an arrow key
FACTOR = 1.35  # of a key or a notch of the wheel
SLOP = 4.0  # pixels that a click may slip
BY_HAND = "hand"
"""What `chosen` is while the place set by hand is."""


class SmallMap(QWidget):
    """A map with pins.

    Attributes:
        chosen_changed: another pin was chosen by the user: its number (int), or BY_HAND.
        placed: a place was set by hand (MapPlace).
    """

    chosen_changed = Signal(object)
    placed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._atlas: Atlas | None = None
        self.pins: tuple[MapPin, ...] = ()
        self.chosen: int | str | None = None
        self.hand: MapPlace | None = None
        self.may_place = True
        self._view: MapView | None = None
        self._ground: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._grip: QPointF | None = None  # from the tip of the pin that is held to the pointer
        self._has_moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(220, 180))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map"))
        look.changed.connect(self.forget_ground)

    def show_atlas(self, atlas: Atlas) -> None:
        """Paint land and names from now on; before that there is the sea, and the pins in it."""
        self._atlas = atlas
        self.forget_ground()

    def show_pins(self, pins: Sequence[MapPin], chosen: int | None = None) -> None:
        """Show other pins, all of them on the map; a place set by hand is forgotten."""
        self.pins, self.chosen, self.hand = tuple(pins), chosen, None
        self.setAccessibleDescription("; ".join(f"{pin.text}: {pin.told}" for pin in pins))
        self.show_all()

    def choose(self, chosen: int | None) -> None:
        """Choose a pin from outside; it is brought onto the map where it is not."""
        self.chosen = chosen
        if chosen is not None and not QRectF(self.rect()).contains(self.box_of(chosen)):
            self.show_all()
        self.update()

    def show_all(self) -> None:
        """Show every pin; where there is none, everywhere."""
        places = [MapPlace(pin.lat, pin.lon) for pin in self.pins] + ([self.hand] if self.hand else [])
        if places:
            nearest = NEAREST_PAIR if len(set(places)) > 1 else NEAREST
            margin = max(MARGIN, MARGIN_SHARE * min(self.width(), self.height()))
            self.show_view(fitted(places, self._size(), margin, nearest))
        else:
            self.show_view(fitted(EVERYWHERE, self._size(), 0.0, MOST_SCALE))

    @property
    def view(self) -> MapView:
        """What is shown."""
        if self._view is None:
            self._view = fitted(EVERYWHERE, self._size(), 0.0, MOST_SCALE)
        return self._view

    def sizeHint(self) -> QSize:
        """As beside a list."""
        return QSize(420, 320)

    def at(self, place: MapPlace) -> QPointF:
        """Where a place is on the widget."""
        return self.view.to_screen(project(place.lat, place.lon), self._size())

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _size(self) -> QSizeF:
        return QSizeF(max(1, self.width()), max(1, self.height()))

    def show_view(self, view: MapView) -> None:
        """Show another part."""
        self._view = view
        self.forget_ground()

    def _zoom(self, factor: float, at: QPointF) -> None:
        self.show_view(self.view.zoomed(factor, at, self._size(), LEAST_SCALE, MOST_SCALE))

    def forget_ground(self) -> None:
        """Paint the ground anew."""
        self._ground = None
        self.update()

    def box_of(self, number: int) -> QRectF:
        """Where the head of a pin is painted."""
        return pin_box(self.pins[number], self.view, self._size())

    def _hand_box(self, hand: MapPin) -> QRectF:
        return pin_box(hand, self.view, self._size())

    def _under(self, at: QPointF) -> MapPlace:
        return unproject(self.view.to_plane(at, self._size()))

    def _hand_pin(self) -> MapPin | None:
        return None if self.hand is None else MapPin(self.hand.lat, self.hand.lon, "✓", "ok")

    def _pins_at(self, at: QPointF) -> list[int | str]:
        """The pins under a pixel: the place set by hand first, then by number."""
        hand = self._hand_pin()
        found: list[int | str] = [number for number in range(len(self.pins)) if self.box_of(number).contains(at)]
        return [BY_HAND, *found] if hand is not None and self._hand_box(hand).contains(at) else found

    def _next_at(self, at: QPointF) -> int | str | None:
        """The pin that a click chooses: of several over each other each in its turn."""
        found = self._pins_at(at)
        if not found:
            return None
        return found[(found.index(self.chosen) + 1) % len(found)] if self.chosen in found else found[0]

    def _grip_at(self, at: QPointF) -> QPointF | None:
        """How far the pointer is from the tip of the pin that it holds; None where it holds none."""
        found = self._pins_at(at)
        if not found:
            return None
        held = self.chosen if self.chosen in found else found[0]
        if isinstance(held, int):
            return at - self.at(MapPlace(self.pins[held].lat, self.pins[held].lon))
        return None if self.hand is None else at - self.at(self.hand)

    # -- choosing and placing ------------------------------------------------------------------------------------------

    def _pick(self, chosen: int | str) -> None:
        self.chosen = chosen
        self.update()
        self.chosen_changed.emit(chosen)

    def _place(self, at: QPointF) -> None:
        if self.may_place:
            self.hand = self._under(at)
            self._pick(BY_HAND)
            self.placed.emit(self.hand)

    # -- events --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle stays in the middle; at the first size everything is shown."""
        super().resizeEvent(event)
        if not event.oldSize().isValid():
            self.show_all()
        self.forget_ground()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        notches = event.angleDelta().y() / 120
        self._zoom(FACTOR**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._has_moved = event.position(), False
            self._grip = self._grip_at(event.position()) if self.may_place else None
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map, or the place set by hand; else say what is under the pointer."""
        at = event.position()
        if self._pressed is None:
            self._tell(event)
            return
        moved = at - self._pressed
        if not self._has_moved and max(abs(moved.x()), abs(moved.y())) <= SLOP:
            return
        self._has_moved = True
        if self._grip is not None:
            self.hand, self.chosen = self._under(at - self._grip), BY_HAND
            self.update()
        else:
            self._pressed = at
            self.show_view(self.view.panned(moved.x(), moved.y()))
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses; a drag of the place sets it there."""
        if self._pressed is None:
            return
        if self._has_moved and self._grip is not None:
            self._place(event.position() - self._grip)
        elif not self._has_moved:
            found = self._next_at(event.position())
            if found is not None:
                self._pick(found)
        self._pressed = self._grip = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Set the place by hand."""
        if event.button() == Qt.MouseButton.LeftButton and not self._pins_at(event.position()):
            self._pressed = self._grip = None
            self._place(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan, zoom, choose, place."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        steps = {
            Qt.Key.Key_Left: (STEP, 0),
            Qt.Key.Key_Right: (-STEP, 0),
            Qt.Key.Key_Up: (0, STEP),
            Qt.Key.Key_Down: (0, -STEP),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.show_view(self.view.panned(*steps[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(FACTOR, middle)
        elif key == Qt.Key.Key_Minus:
            self._zoom(1 / FACTOR, middle)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.show_all()
        elif key == Qt.Key.Key_P:
            self._place(middle)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self.pins):
            self._pick(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys come here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Nothing is pressed when the pointer comes."""
        super().enterEvent(event)
        self._pressed = None

    def changeEvent(self, event: QEvent) -> None:
        """Another screen has other pixels."""
        super().changeEvent(event)
        self.forget_ground()

    def _tell(self, event: QMouseEvent) -> None:
        told = [self.pins[found].told for found in self._pins_at(event.position()) if isinstance(found, int)]
        if told:
            QToolTip.showText(event.globalPosition().toPoint(), "\n".join(told), self)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, which is kept, and the pins over it."""
        ground = self._painted_ground()
        with painting(self) as painter:
            painter.drawPixmap(0, 0, ground)
            self.paint_marks(painter)
            if self.hasFocus():
                self._paint_focus(painter)

    def paint_marks(self, painter: QPainter) -> None:
        """What lies on the ground: here the pins, the chosen one last."""
        theme = self._look.theme
        order = sorted(range(len(self.pins)), key=lambda number: (number == self.chosen, -number))
        for number in order:
            pin = self.pins[number]
            paint_pin(painter, theme, pin, self.box_of(number), is_chosen=number == self.chosen)
        hand = self._hand_pin()
        if hand is not None:
            paint_pin(painter, theme, hand, self._hand_box(hand), is_chosen=self.chosen == BY_HAND)

    def _paint_focus(self, painter: QPainter) -> None:
        """A frame, and a cross where P would set the place."""
        theme = self._look.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shade(theme.accent), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        if self.may_place:
            middle = QPointF(self.width() / 2, self.height() / 2)
            painter.setPen(QPen(shade(theme.muted), 1))
            painter.drawLine(middle - QPointF(7, 0), middle + QPointF(7, 0))
            painter.drawLine(middle - QPointF(0, 7), middle + QPointF(0, 7))

    def taken(self) -> Sequence[QRectF]:
        """Boxes in which no name of a place is written; asked when the ground is painted."""
        return ()

    def _painted_ground(self) -> QPixmap:
        if self._ground is None:
            ratio = self.devicePixelRatioF()
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            size, theme = self._size(), self._look.theme
            with painting(self._ground) as painter:
                if self._atlas is None:
                    painter.fillRect(QRectF(self.rect()), shade(theme.sea))
                else:
                    paint_ground(painter, theme, self._atlas.outlines(self.view.scale), self.view, size)
                    paint_labels(painter, theme, self._atlas.labels, self.view, Room(size, self.taken()))
                paint_scale(painter, theme, self.view, size)
        return self._ground
