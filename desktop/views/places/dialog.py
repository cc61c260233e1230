"""The window in which places are asked: factories not placed, placed roughly, or stored twice; candidates; a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.two_line_list import TwoLineRow
from desktop.jobs.db_runner import Committed
from desktop.services.commands import Command
from desktop.services.places.duplicates import Duplicate
from desktop.services.places.resemblance import FactoryEntry
from desktop.services.places.worklist import Worklist, is_placed_alike, merger, place_at, place_by_hand, turned
from desktop.views.context import PageContext
from desktop.views.feedback import Feedback, InlineMessage
from desktop.views.maps.painting import MapPin
from desktop.views.maps.projection import MapPlace
from desktop.views.places import words
from desktop.views.places.finder import Answer, PlaceFinder
from desktop.views.places.pair_panel import PairPanel
from desktop.views.places.place_panel import PlacePanel
from desktop.views.places.two_line_view import TwoLineView
from desktop.views.widgets.small_map import BY_HAND, SmallMap

SHARE = (0.9, 0.88)  # of the window beside which it opens
LEAST = (980, 600)
WIDTHS = (310, 340, 470)
USUAL_WIDTH, MOST_SHARE = 1152, 1.35
APART = "places.apart"
"""The preference that keeps which pairs are two factories, as this user has said."""
CONCERNED = ("factory", "factory_alias", "order", "request")


class PlacesDialog(QDialog):
    """What there is to ask at the left, the answer in the middle, the map at the right."""

    NAME: ClassVar[str] = "places"

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(self.NAME)
        self.setWindowTitle(self.tr("Places"))
        whole = parent.window().size()
        self.resize(max(LEAST[0], round(SHARE[0] * whole.width())), max(LEAST[1], round(SHARE[1] * whole.height())))
        self._context = context
        self._worklist: Worklist | None = None
        self._pairs: tuple[Duplicate, ...] = ()
        self._asked = ""  # the factory that somebody has asked for, which is listed whatever is known of it
        self._wanted = ""  # the same until it has been gone to
        self.finder = PlaceFinder(context.runner, self)
        self.feedback = Feedback(context.look, self)
        self.feedback.offer_undo(context.actions.action("edit.undo"))
        self.message = InlineMessage(context.look, self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Code or name of a factory"))
        self.search.setAccessibleName(self.tr("Code or name of a factory"))
        self.search.setClearButtonEnabled(True)
        self.list = TwoLineView(context.look, self.tr("What there is to ask"), self)
        self.stack = QStackedWidget(self)
        self.empty = QLabel(self.stack)
        self.place = PlacePanel(context.look, self.stack)
        self.pair = PairPanel(self.stack)
        self.map = SmallMap(context.look, self)
        self.spot = QLabel(self)
        self.place_button = QPushButton(self.tr("Place here"), self)
        self.merge_button = QPushButton(self)
        self.turn_button = QPushButton(self.tr("Keep the other"), self)
        self.apart_button = QPushButton(self.tr("Two factories"), self)
        self._set_up()
        self._lay_out()
        self._connect()
        self._show_row(None)
        self.finder.start()
        self.finder.fetch_atlas()
        self.list.setFocus()

    def _set_up(self) -> None:
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setContentsMargins(24, 24, 24, 24)
        self.spot.setProperty("role", "muted")
        self.spot.setWordWrap(True)
        for button in (self.place_button, self.merge_button):
            button.setProperty("role", "primary")
        for button in (self.place_button, self.merge_button, self.turn_button, self.apart_button):
            button.setAutoDefault(False)
        self.apart_button.setToolTip(self.tr("Do not ask about these two again"))
        for widget in (self.empty, self.place, self.pair):
            self.stack.addWidget(widget)

    def _lay_out(self) -> None:
        left, middle, right = QFrame(self), QFrame(self), QFrame(self)
        for frame in (left, middle, right):
            frame.setProperty("role", "panel")
        search_row = QHBoxLayout()
        search_row.setContentsMargins(10, 10, 10, 8)
        search_row.addWidget(self.search)
        column = _column(left)
        column.addLayout(search_row)
        column.addWidget(self.list, 1)
        column = _column(middle)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        foot_frame = QFrame(right)
        foot_frame.setProperty("role", "foot")
        foot = QHBoxLayout(foot_frame)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.spot, 1)
        for button in (self.apart_button, self.turn_button, self.merge_button, self.place_button):
            foot.addWidget(button)
        column = _column(right)
        column.addWidget(self.map, 1)
        column.addWidget(foot_frame)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        share = min(MOST_SHARE, max(1.0, self.width() / USUAL_WIDTH))
        for number, (frame, width) in enumerate(zip((left, middle, right), WIDTHS, strict=True)):
            frame.setMinimumWidth(width - 60)
            split.addWidget(frame)
            split.setStretchFactor(number, (1, 1, 3)[number])
        beside = [round(share * WIDTHS[0]), round(share * WIDTHS[1])]
        split.setSizes([*beside, max(WIDTHS[2], self.width() - sum(beside))])
        _column(self).addWidget(split)

    def _connect(self) -> None:
        self.finder.listed.connect(self._on_listed)
        self.finder.compared.connect(self._on_compared)
        self.finder.located.connect(self._on_located)
        self.finder.drawn.connect(self.map.show_atlas)
        self.finder.failed.connect(self.message.show_error)
        self.search.textChanged.connect(self._fill)
        self.list.chosen.connect(self._show_row)
        self.place.asked.connect(self._on_asked)
        self.place.chosen.connect(self._on_candidate)
        self.map.chosen_changed.connect(self._on_pin)
        self.map.placed.connect(self._on_placed)
        self.place_button.clicked.connect(self.place_here)
        self.merge_button.clicked.connect(self.merge)
        self.turn_button.clicked.connect(self._turn)
        self.apart_button.clicked.connect(self._set_apart)
        self._context.runner.committed.connect(self._on_committed)
        for keys, slot in (
            ("Ctrl+Return", self._do),
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+Z", self._context.actions.action("edit.undo").trigger),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # -- the list ------------------------------------------------------------------------------------------------------

    def show_factory(self, code: str) -> None:
        """Go to a factory, whether or not there is anything to ask about it."""
        self._asked = self._wanted = code
        self.search.clear()
        self._fill()

    def _on_listed(self, worklist: Worklist) -> None:
        self._worklist = worklist
        known = {entry.code: entry for entry in worklist.entries}
        self._pairs = tuple(pair for pair in self._pairs if {pair.kept.code, pair.merged.code} <= known.keys())
        self._fill()

    def _on_compared(self, pairs: tuple[Duplicate, ...]) -> None:
        apart = self._apart()
        self._pairs = tuple(pair for pair in pairs if words.pair_key(pair) not in apart)
        self._fill()

    def _fill(self) -> None:
        """List what there is to ask, and stay where one is."""
        worklist = self._worklist
        if worklist is None:
            return
        rows = [*self._group(self.tr("Not placed"), map(words.factory_row, worklist.unplaced))]
        rows += self._group(self.tr("Perhaps stored twice"), map(words.pair_row, self._pairs))
        rows += self._group(self.tr("Placed by city or province only"), map(words.factory_row, worklist.rough))
        asked = worklist.entry(self._asked)
        if asked is not None and all(row.key != asked.code for row in rows):
            rows = [*self._group(self.tr("Asked for"), [words.factory_row(asked)]), *rows]
        before, at = self.list.current, self.list.currentIndex().row()
        key = self._wanted or (before.key if before is not None else "")
        if tuple(rows) != self.list.rows.rows:
            self.list.rows.show(rows)
        elif not self._wanted:
            if before is None:
                self.empty.setText(self._nothing())
            return
        number = self.list.rows.row_of(key)
        if before is not None and number is not None and key == before.key:
            self._stay(number)
        else:
            self._go_to(key, at)

    def _group(self, title: str, rows: Iterable[TwoLineRow]) -> Sequence[TwoLineRow]:
        typed = self.search.text().strip().casefold()
        found = [row for row in rows if typed in f"{row.title} {row.detail}".casefold()]
        return [TwoLineRow(title, title, side=str(len(found)), is_head=True), *found] if found else []

    def _stay(self, number: int) -> None:
        """What is asked stands in another row now: what has been typed, pointed at or turned meanwhile stays."""
        self._wanted = ""
        with QSignalBlocker(self.list):
            self.list.choose(number)
        row = self.list.current
        value = None if row is None else row.value
        entry, pair = self.place.entry, self.pair.pair
        if isinstance(value, FactoryEntry) and entry is not None and is_placed_alike(entry, value):
            self.place.show_heading(value)
        elif isinstance(value, Duplicate) and pair is not None:
            value = turned(value) if value.kept.code == pair.merged.code else value
            if is_placed_alike(value.kept, pair.kept) and is_placed_alike(value.merged, pair.merged):
                self.pair.show_pair(value)
            else:
                self._show_pair(value)
        else:
            self._show_row(row)

    def _go_to(self, key: str, at: int) -> None:
        """Go to a key; where it is gone, to what stands in its place now."""
        rows = self.list.rows.rows
        number = self.list.rows.row_of(key) if key else None
        if number is not None:
            self._wanted = ""
        else:
            below = (row for row in range(max(0, at), len(rows)) if not rows[row].is_head)
            above = (row for row in reversed(range(len(rows))) if not rows[row].is_head)
            number = next(below, next(above, None))
        if number is None:
            self._show_row(None)
        else:
            self.list.choose(number)

    # -- what is asked -------------------------------------------------------------------------------------------------

    def _show_row(self, row: TwoLineRow | None) -> None:
        value = None if row is None else row.value
        is_pair, is_place = isinstance(value, Duplicate), isinstance(value, FactoryEntry)
        for button in (self.merge_button, self.turn_button, self.apart_button):
            button.setVisible(is_pair)
        self.place_button.setVisible(is_place)
        self.map.may_place = is_place
        self.spot.clear()
        if isinstance(value, Duplicate):
            self._show_pair(value)
        elif isinstance(value, FactoryEntry):
            self.stack.setCurrentWidget(self.place)
            self.place.show_entry(value)
            self.map.show_pins(())
            self.place_button.setEnabled(False)
            self.finder.locate(value)
        else:
            self.stack.setCurrentWidget(self.empty)
            self.empty.setText(self._nothing())
            self.map.show_pins(())

    def _nothing(self) -> str:
        if self._worklist is None:
            return self.tr("Reading the factories")
        if self.search.text().strip():
            return self.tr("Nothing to ask about a factory of this name.")
        if self.finder.is_comparing:
            return self.tr("Every factory has its place. Looking for factories stored twice.")
        return self.tr("Every factory has its place, and none is stored twice.")

    def _show_pair(self, pair: Duplicate) -> None:
        self.stack.setCurrentWidget(self.pair)
        self.pair.show_pair(pair)
        self.merge_button.setText(
            self.tr("Merge {merged} into {kept}").format(merged=pair.merged.code, kept=pair.kept.code)
        )
        pins = [
            MapPin(entry.lat, entry.lon, str(number), told=words.both_names(entry))
            for number, entry in enumerate((pair.kept, pair.merged), 1)
            if entry.lat is not None and entry.lon is not None
        ]
        self.map.show_pins(pins, 0 if pins else None)

    def _on_located(self, answer: Answer) -> None:
        entry = self.place.entry
        if entry is None or entry.code != answer.code or self.stack.currentWidget() is not self.place:
            return
        self.place.show_located(answer.located)
        pins = [
            MapPin(found.lat, found.lon, str(number), told=found.title)
            for number, found in enumerate(answer.located.candidates, 1)
        ]
        if not pins and entry.lat is not None and entry.lon is not None:
            pins = [MapPin(entry.lat, entry.lon, "·", "muted", self.tr("Where it is placed now"))]
        self.map.show_pins(pins, 0 if answer.located.candidates else None)
        self._say_spot()

    def _on_asked(self, text: str) -> None:
        if self.place.entry is not None:
            self.finder.locate(self.place.entry, text)

    def _on_candidate(self, number: int) -> None:
        if number < len(self.map.pins):
            self.map.choose(number)
        self._say_spot()

    def _on_pin(self, chosen: int | str) -> None:
        if isinstance(chosen, int) and self.stack.currentWidget() is self.place and self.place.candidates:
            self.place.list.choose(chosen)
        self._say_spot()

    def _on_placed(self, _place: MapPlace) -> None:
        self._say_spot()

    def _say_spot(self) -> None:
        """Say what "Place here" would store."""
        if self.stack.currentWidget() is not self.place:
            return
        candidate, hand = self.place.candidate, self.map.hand
        if self.map.chosen == BY_HAND and hand is not None:
            self.spot.setText(self.tr("By hand: {lat}, {lon}").format(lat=f"{hand.lat:.4f}", lon=f"{hand.lon:.4f}"))
        elif candidate is not None:
            self.spot.setText(f"{candidate.title} ({words.level(candidate.level)})")
        else:
            self.spot.setText(self.tr("Double-click on the map to place it by hand."))
        self.place_button.setEnabled(candidate is not None or (self.map.chosen == BY_HAND and hand is not None))

    # -- answering -----------------------------------------------------------------------------------------------------

    def place_here(self) -> None:
        """Place the factory where the chosen pin is."""
        entry, candidate, hand = self.place.entry, self.place.candidate, self.map.hand
        if entry is None or not self.place_button.isEnabled():
            return
        if self.map.chosen == BY_HAND and hand is not None:
            self._handle(place_by_hand(entry, hand.lat, hand.lon))
        elif candidate is not None:
            self._handle(place_at(entry, candidate))

    def merge(self) -> None:
        """Make the two records one."""
        if self.pair.pair is not None:
            self._handle(merger(self.pair.pair))

    def _do(self) -> None:
        if self.stack.currentWidget() is self.place:
            self.place_here()
        elif self.stack.currentWidget() is self.pair:
            self.merge()

    def _turn(self) -> None:
        if self.pair.pair is not None:
            self._show_pair(turned(self.pair.pair))

    def _set_apart(self) -> None:
        pair = self.pair.pair
        if pair is None:
            return
        key = words.pair_key(pair)
        self._context.preferences.put(APART, sorted(self._apart() | {key}))
        self._pairs = tuple(other for other in self._pairs if words.pair_key(other) != key)
        self._fill()

    def _apart(self) -> set[str]:
        kept: list[str] = self._context.preferences.value(APART, [])
        return set(kept)

    def _handle(self, command: Command) -> None:
        self.message.clear()
        self._context.runner.handle(self, command, self.feedback.done, self.message.show_error)

    def _on_committed(self, committed: Committed) -> None:
        if any(committed.changes.touches(table) for table in CONCERNED):
            self.finder.start()

    def done(self, result: int) -> None:
        """End what is going on, and go."""
        self.finder.close()
        super().done(result)


def _column(parent: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    return made
