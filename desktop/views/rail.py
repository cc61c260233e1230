"""The rail: the pages of the window, one under the other, each with the number that waits there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.views.bar_painting import CENTRE, Ink, painting, write
from desktop.views.look import Look
from desktop.views.theme import colour

WIDE, NARROW = 64, 44
MOST_SHOWN = 999


class RailButton(QToolButton):
    """The way to one page: icon, name, and a number at the corner."""

    def __init__(self, look: Look, icon: str, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._number: int | None = None
        self.setProperty("role", "flat")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action = action
        self.clicked.connect(action.trigger)
        self.update_words()

    def update_words(self) -> None:
        """Say its name in the language in force."""
        self.setToolTip(self._action.toolTip())
        self._say()

    def show_number(self, number: int | None) -> None:
        """Show how many things wait on the page; None or 0 show nothing."""
        self._number = number or None
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(WIDE, 52 if self._is_wide() else 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, name, badge, and a line at the edge of the page shown."""
        theme = self._look.theme
        with painting(self) as painter:
            box = QRectF(self.rect())
            if self.underMouse() or self.hasFocus():
                painter.setPen(Qt.PenStyle.NoPen if not self.hasFocus() else QPen(colour(theme.accent), 2))
                painter.setBrush(colour(theme.sunken))
                painter.drawRoundedRect(box.adjusted(4, 2, -4, -2), 4, 4)
            token = "accent" if self.isChecked() else "muted"
            if self.isChecked():
                painter.fillRect(QRectF(0, box.top() + 4, 3, box.height() - 8), colour(theme.accent))
            middle = box.center().x()
            top = 7.0 if self._is_wide() else (box.height() - 20) / 2
            icon = QRectF(middle - 10, top, 20, 20)
            painter.drawPixmap(icon.topLeft(), self._look.icon(self._icon, token).pixmap(QSize(20, 20)))
            if self._is_wide():
                weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
                ink = Ink(getattr(theme, token), 11, weight, CENTRE)
                write(painter, QRectF(0, box.bottom() - 21, box.width(), 16), self._name(), ink)
            if self._number is not None:
                self._paint_badge(painter, icon)

    def _paint_badge(self, painter: QPainter, icon: QRectF) -> None:
        theme = self._look.theme
        ink = Ink(theme.text, 10, QFont.Weight.Medium, CENTRE)
        text = str(self._number) if (self._number or 0) <= MOST_SHOWN else f"{MOST_SHOWN}+"
        width = max(16.0, ink.width_of(text) + 8)
        left = min(icon.right() - 4, self.width() - width - 1)
        badge = QRectF(left, max(1.0, icon.top() - 6), width, 14)
        painter.setPen(QPen(colour(theme.line_strong), 1))
        painter.setBrush(colour(theme.surface))
        painter.drawRoundedRect(badge, 7, 7)
        write(painter, badge, text, ink)

    def _name(self) -> str:
        return self._action.text().replace("&", "").removesuffix("…")

    def _is_wide(self) -> bool:
        return self.width() >= WIDE - 4

    def _say(self) -> None:
        name = self._name()
        self.setAccessibleName(f"{name} {self._number}" if self._number else name)


class Rail(QFrame):
    """All pages at the left edge; icons alone in a narrow window."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("role", "rail")
        self._buttons: dict[str, RailButton] = {}
        self._below: list[RailButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.be_narrow(False)
        look.changed.connect(self.update)

    def add(self, name: str, icon: str, action: QAction) -> None:
        """A page more."""
        button = RailButton(self._look, icon, action, self)
        self._buttons[name] = button
        self._column.insertWidget(len(self._buttons) - 1, button)

    def add_below(self, icon: str, action: QAction) -> None:
        """At the foot: what is no page."""
        button = RailButton(self._look, icon, action, self)
        button.setAutoExclusive(False)
        button.setCheckable(False)
        self._below.append(button)
        self._column.addWidget(button)

    def button(self, name: str) -> RailButton:
        """The way to a page."""
        return self._buttons[name]

    def update_words(self) -> None:
        """Say all names in the language in force."""
        for button in (*self._buttons.values(), *self._below):
            button.update_words()

    def be_narrow(self, narrow: bool) -> None:
        """Icons with names, or icons alone."""
        self.setFixedWidth(NARROW if narrow else WIDE)
