"""Which messages are shown: of which days, to whom; and under which heads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from desktop.itemmodels.dispatch_rows import BY, PARTIES
from desktop.views.look import Look
from desktop.views.widgets.chip_strip import EVERY_DAY, ChipStrip


class FilterStrip(ChipStrip):
    """Chips of days and addressees, and the heads of the list."""

    def __init__(self, look: Look, parent: QWidget, *, span: str = EVERY_DAY) -> None:
        super().__init__(parent)
        self.begin(self._span_words(), span)
        self._look = look
        self.by = BY[0]
        self.parties: dict[str, QPushButton] = {}
        for name, said in self._party_words().items():
            chip = self.add_chip(said)
            chip.clicked.connect(self.changed)
            self.parties[name] = chip
        self.row.addSpacing(10)
        self.group_button = self._menu_button()
        self.group_button.hide()
        self.row.addWidget(self.group_button)
        self.end()
        look.changed.connect(self._paint)
        self._paint()

    def _menu_button(self) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("role", "flat")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(made)
        for name, said in self._by_words().items():
            action = QAction(said, menu)
            action.triggered.connect(partial(self.group_by, name))
            menu.addAction(action)
        made.setMenu(menu)
        made.setText(self._by_words()[self.by])
        return made

    # -- what is asked -------------------------------------------------------------------------------------------------

    def days(self, today: dt.date) -> tuple[dt.date, dt.date] | None:
        """The days asked for; None: any."""
        if self.span == EVERY_DAY:
            return None
        if self.span == "week":
            return today, today + dt.timedelta(days=6 - today.weekday())
        tomorrow = today + dt.timedelta(days=1)
        return tomorrow if self.span == "tomorrow" else today, today if self.span == "today" else tomorrow

    @property
    def wanted_parties(self) -> frozenset[str]:
        """Those asked for; empty: all."""
        return frozenset(name for name, chip in self.parties.items() if chip.isChecked())

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self.span == EVERY_DAY and not self.wanted_parties

    def clear(self) -> None:
        """Ask for everything."""
        for chip in self.parties.values():
            chip.setChecked(False)
        self.set_span(EVERY_DAY)
        self.changed.emit()

    def group_by(self, name: str) -> None:
        """Put what is listed under other heads."""
        if name in BY:
            self.by = name
            self.group_button.setText(self._by_words()[name])
            self.changed.emit()

    # -- kept ----------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """As JSON values."""
        return {"span": self.span, "parties": sorted(self.wanted_parties), "by": self.by}

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        parties = state.get("parties")
        for name in PARTIES:
            self.parties[name].setChecked(isinstance(parties, list) and name in parties)
        if state.get("by") in BY:
            self.by = str(state["by"])
            self.group_button.setText(self._by_words()[self.by])
        self.set_span(state.get("span"))

    # -- words ---------------------------------------------------------------------------------------------------------

    def _span_words(self) -> Mapping[str, str]:
        return {
            EVERY_DAY: self.tr("All days"),
            "soon": self.tr("Today and tomorrow"),
            "today": self.tr("Today"),
            "tomorrow": self.tr("Tomorrow"),
            "week": self.tr("This week"),
        }

    def _party_words(self) -> Mapping[str, str]:
        return {
            "inspector": self.tr("Inspectors"),
            "factory": self.tr("Factories"),
            "client": self.tr("Clients"),
        }

    def _by_words(self) -> Mapping[str, str]:
        return {
            "day": self.tr("By day"),
            "person": self.tr("By person"),
            "party": self.tr("By inspectors, factories, clients"),
        }

    def _paint(self) -> None:
        self.group_button.setIcon(self._look.icon("format-list-group"))
