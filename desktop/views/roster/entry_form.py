"""A person's fields as a form: entered, judged on leaving each, compared with what it began with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.jobs.db_runner import DbRunner
from desktop.services.gazetteer import Place
from desktop.services.roster.filter import RosterChoices
from desktop.services.roster.form import ENTRY_FIELDS, PRIVATE, Entered, fault_of
from desktop.views.actions.spec import QT_TRANSLATE_NOOP
from desktop.views.roster.entry_row import EntryRow
from desktop.views.roster.place_offers import PlaceOffers

Layout = tuple[tuple[str, ...], ...]
"""Names of fields, those beside one another in a tuple."""

PERSON: Layout = (
    ("name", "local_name"),
    ("code", "team"),
    ("phone", "email"),
    ("home_address",),
    ("lat", "lon", "country"),
    ("services",),
    ("languages",),
    ("sheet_language",),
    ("weekdays",),
    ("works_on_holidays",),
    ("travels_on_rest_days",),
)
COSTS: Layout = (
    ("day_costs_cents",),
    ("weekend_premium_cents", "holiday_premium_cents"),
    ("night_cost_cents", "travel_day_cost_cents"),
    ("max_consecutive_days",),
)

TITLES: Mapping[str, str] = {
    "code": QT_TRANSLATE_NOOP("roster", "Code"),
    "name": QT_TRANSLATE_NOOP("roster", "Name"),
    "local_name": QT_TRANSLATE_NOOP("roster", "Local name"),
    "team": QT_TRANSLATE_NOOP("roster", "Team"),
    "phone": QT_TRANSLATE_NOOP("roster", "Phone"),
    "email": QT_TRANSLATE_NOOP("roster", "E-mail"),
    "home_address": QT_TRANSLATE_NOOP("roster", "Home address"),
    "lat": QT_TRANSLATE_NOOP("roster", "Latitude of home"),
    "lon": QT_TRANSLATE_NOOP("roster", "Longitude of home"),
    "country": QT_TRANSLATE_NOOP("roster", "Country"),
    "services": QT_TRANSLATE_NOOP("roster", "Services"),
    "languages": QT_TRANSLATE_NOOP("roster", "Languages"),
    "sheet_language": QT_TRANSLATE_NOOP("roster", "Messages and work sheets in"),
    "weekdays": QT_TRANSLATE_NOOP("roster", "Working days"),
    "works_on_holidays": QT_TRANSLATE_NOOP("roster", "Works on public holidays"),
    "travels_on_rest_days": QT_TRANSLATE_NOOP("roster", "Travels on rest days"),
    "day_costs_cents": QT_TRANSLATE_NOOP("roster", "Cost of the 1st, 2nd, 3rd … day of a week, $"),
    "weekend_premium_cents": QT_TRANSLATE_NOOP("roster", "On top at weekends, $"),
    "holiday_premium_cents": QT_TRANSLATE_NOOP("roster", "On top on holidays, $"),
    "night_cost_cents": QT_TRANSLATE_NOOP("roster", "A night away, $"),
    "travel_day_cost_cents": QT_TRANSLATE_NOOP("roster", "A travel day, $"),
    "max_consecutive_days": QT_TRANSLATE_NOOP("roster", "Most days worked in a row"),
}
HINTS: Mapping[str, str] = {
    "sheet_language": QT_TRANSLATE_NOOP("roster", "zh, vi or en. Empty: as in the country."),
    "day_costs_cents": QT_TRANSLATE_NOOP(
        "roster", "Amounts with spaces between. As many as there are, so many days may be worked in a week."
    ),
    "travels_on_rest_days": QT_TRANSLATE_NOOP("roster", "May come home, or go to the next visit, on a day off."),
}


class EntryForm(QWidget):
    """Some fields of a person. `edited` tells of every change by the user."""

    edited = Signal()

    def __init__(self, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, EntryRow] = {}
        self._hidden: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for names in layout:
            line = QHBoxLayout()
            line.setSpacing(8)
            for name in names:
                line.addWidget(self._add(name), 1)
            column.addLayout(line)
        column.addStretch(1)

    def _add(self, name: str) -> EntryRow:
        hint = HINTS.get(name, "")
        row = EntryRow(
            ENTRY_FIELDS[name],
            QCoreApplication.translate("roster", TITLES[name]),
            QCoreApplication.translate("roster", hint) if hint else "",
            self,
        )
        row.edited.connect(self.edited)
        row.left.connect(partial(self._judge, row))
        self.rows[name] = row
        return row

    def offer(self, choices: RosterChoices) -> None:
        """Offer the words that people of the roster have."""
        for name, words in (("services", choices.services), ("languages", choices.languages)):
            if name in self.rows:
                self.rows[name].offer(tuple(words))

    def enter(self, entries: Mapping[str, Entered], *, keep: bool = False) -> None:
        """Show entries; fields that are not among them stay as they are.

        With `keep` so do those that hold the same already: cursor, selection and fault stay for whoever is typing.
        """
        for name, entry in entries.items():
            row = self.rows.get(name)
            if row is None:
                continue
            if not keep or name in self._hidden or row.entry != entry:
                row.enter(entry)
            self._hidden.discard(name)
            if name in PRIVATE:
                row.unmask()

    def show_masked(self, texts: Mapping[str, str]) -> None:
        """Show how to reach somebody in part; such fields are not among the entries."""
        for name, text in texts.items():
            if name in self.rows:
                self.rows[name].show_masked(text)
                self._hidden.add(name)

    @property
    def entries(self) -> dict[str, Entered]:
        """What is entered, but for what is masked."""
        return {name: row.entry for name, row in self.rows.items() if name not in self._hidden}

    def first_fault(self) -> EntryRow | None:
        """Judge every field; the first that is wrong, or None."""
        found = None
        for name, row in self.rows.items():
            if name in self._hidden:
                continue
            self._judge(row)
            if row.fault and found is None:
                found = row
        return found

    @property
    def fault_count(self) -> int:
        """How many fields are said to be wrong."""
        return sum(bool(row.fault) for row in self.rows.values())

    @staticmethod
    def _judge(row: EntryRow) -> None:
        row.show_fault(fault_of(row.field.name, row.entry))


class PersonForm(EntryForm):
    """Who somebody is and where they live: an address is placed by the gazetteer where one of its places is named."""

    def __init__(self, runner: DbRunner, parent: QWidget | None = None) -> None:
        super().__init__(PERSON, parent)
        self.offers = PlaceOffers(runner, self)
        address = self.rows["home_address"]
        address.add_below(self.offers)
        address.edited.connect(self._on_address)
        self.offers.taken.connect(self._take)

    def enter(self, entries: Mapping[str, Entered], *, keep: bool = False) -> None:
        """Show entries; nothing is offered for an address that nobody has touched."""
        super().enter(entries, keep=keep)
        if not keep:
            self.offers.clear()

    def _on_address(self) -> None:
        self.offers.ask(str(self.rows["home_address"].entry))

    def _take(self, place: Place) -> None:
        """Home is there."""
        for name, entry in (("lat", f"{place.lat}"), ("lon", f"{place.lon}"), ("country", place.country)):
            self.rows[name].enter(entry)
        self.offers.clear()
        self.edited.emit()
