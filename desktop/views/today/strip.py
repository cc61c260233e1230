"""The strip over the list of a day: how much there is of each kind, and which region and client are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.itemmodels.today_rows import kind_token, kind_words
from desktop.services.today.rows import KINDS, Kind, TodayRow
from desktop.views.actions import Actions

HEIGHT = 36
COMBO_WIDTH = 150
SHOWN = tuple(kind for kind in KINDS if kind not in ("starts", "news"))


class TodayStrip(QFrame):
    """Chips and filters.

    Attributes:
        changed: something else is asked for.
        chips: by kind; one that nothing is of, and that is not pressed, is hidden.
        area, client: what the list is narrowed to.
        mine: only what whoever reads has entered or changed.
    """

    changed = Signal()

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        self.chips: dict[Kind, QPushButton] = {}
        for kind in SHOWN:
            chip = QPushButton(self)
            token = kind_token(kind)
            chip.setProperty("role", f"chip-{token}" if token else "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self.changed)
            chip.hide()
            self.chips[kind] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self._mine = actions.action("today.mine")
        self.mine = QPushButton(self._mine.text(), self)
        self.mine.setProperty("role", "chip")
        self.mine.setCheckable(True)
        self.mine.setToolTip(self._mine.toolTip())
        self.area, self.client = self._combo(self.tr("Region")), self._combo(self.tr("Client"))
        for widget in (self.mine, self.area, self.client):
            row.addWidget(widget)
        self.mine.clicked.connect(self._mine.trigger)
        self._mine.toggled.connect(self._on_mine)
        self.show_facets(())

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setFixedSize(COMBO_WIDTH, 26)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.activated.connect(self.changed)
        return made

    # -- what is asked -------------------------------------------------------------------------------------------------

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds asked for; empty: all."""
        return frozenset(kind for kind, chip in self.chips.items() if chip.isChecked())

    def lets(self, row: TodayRow) -> bool:
        """Whether a row is asked for, of whatever kind it is."""
        area, client, of = self.area.currentData(), self.client.currentData(), row.about
        if self.mine.isChecked() and not row.is_mine:
            return False
        if not area and not client:
            return True
        return of is not None and area in ("", of.area) and client in ("", of.client)

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return not (self.kinds or self.mine.isChecked() or self.area.currentData() or self.client.currentData())

    def clear(self) -> None:
        """Ask for everything."""
        for chip in self.chips.values():
            chip.setChecked(False)
        self.area.setCurrentIndex(0)
        self.client.setCurrentIndex(0)
        self._mine.setChecked(False)
        self.changed.emit()

    # -- what there is -------------------------------------------------------------------------------------------------

    def show_counts(self, counts: Mapping[Kind, int], *, has_chips: bool) -> None:
        """Say how much there is of each kind."""
        for kind, chip in self.chips.items():
            number = counts.get(kind, 0)
            chip.setText(f"{kind_words(kind)} {number:,}")
            chip.setVisible(has_chips and (bool(number) or chip.isChecked()))

    def show_facets(self, rows: Iterable[TodayRow]) -> None:
        """Offer the regions and clients that there are."""
        about = [row.about for row in rows if row.about is not None]
        areas = sorted({of.area for of in about})
        clients = sorted({(of.client_name, of.client) for of in about})
        _offer(self.area, self.tr("All regions"), [(area, area) for area in areas])
        _offer(self.client, self.tr("All clients"), clients)

    def state(self) -> dict[str, object]:
        """What is asked for, but for what changes every day."""
        return {"mine": self.mine.isChecked(), "area": self.area.currentData(), "client": self.client.currentData()}

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        self._mine.setChecked(state.get("mine") is True)
        for name, combo in (("area", self.area), ("client", self.client)):
            value = state.get(name)
            if isinstance(value, str) and value:
                combo.addItem(value, value)
                combo.setCurrentIndex(combo.count() - 1)

    def _on_mine(self, only: bool) -> None:
        self.mine.setChecked(only)
        self.changed.emit()


def _offer(combo: QComboBox, everything: str, values: Sequence[tuple[str, str]]) -> None:
    """Offer values (words, value); the one chosen stays, even where there is none of it any more."""
    chosen, words = combo.currentData(), combo.currentText()
    wanted = [(everything, ""), *values]
    if chosen and chosen not in {value for _, value in values}:
        wanted.append((words, chosen))
    if [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())] == wanted:
        return
    combo.clear()
    for text, value in wanted:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)) if chosen else 0)
