"""The roster as a table: a row a person, filtered and sorted as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.roster.filter import RosterFilter, RosterIndex, sorted_rows
from desktop.services.roster.listing import Credential, InspectorRow
from desktop.services.words import spell_day, spell_slots

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

SHOWN = (
    "name",
    "code",
    "team",
    "home",
    "skills",
    "services",
    "languages",
    "certificates",
    "permits",
    "load",
    "absence",
)
"""The columns, as services/roster/filter.py sorts by them."""

ROW = Qt.ItemDataRole.UserRole
"""Gives the InspectorRow."""

TOKEN = Qt.ItemDataRole.UserRole + 1
"""Gives the colour of the theme that the cell is to be read in: "bad", "warn", or "" where all is well."""

FULL = 1.0
NUMBERS = frozenset({"permits", "load"})


def skill_signs(names: Iterable[str]) -> Mapping[str, str]:
    """Two letters for each skill, different for each: "garment" Ga, "food-contact" Fc."""
    signs: dict[str, str] = {}
    for name in sorted(set(names)):
        parts = [part for part in name.replace("_", "-").replace(" ", "-").split("-") if part]
        letters = "".join(part[0] for part in parts[:2]) if len(parts) > 1 else name[:2]
        options = [letters, *(name[0] + char for char in name[1:] if char.isalpha()), name]
        sign = next((o for o in options if o.capitalize() not in signs.values()), name)
        signs[name] = sign.capitalize()
    return signs


class RosterTableModel(QAbstractTableModel):
    """People as rows. What is filtered out is not there; sorting and filtering keep whoever is selected selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = RosterIndex(())
        self._filter = RosterFilter()
        self._column, self._descending = "name", False
        self._rows: tuple[InspectorRow, ...] = ()
        self._places: dict[str, int] = {}
        self.signs: Mapping[str, str] = {}

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """People in all, those who have left only where they are asked for."""
        return sum(row.active or self._filter.inactive for row in self._index.rows)

    @property
    def shown_rows(self) -> tuple[InspectorRow, ...]:
        """The people shown, in order."""
        return self._rows

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """The column of the order, and whether it is turned round."""
        return self._column, self._descending

    def show_index(self, index: RosterIndex) -> None:
        """Show a roster, under the filter and order in force."""
        self._index = index
        self.signs = skill_signs(skill.name for row in index.rows for skill in row.skills)
        self._arrange()

    def show_matching(self, wanted: RosterFilter) -> None:
        """Show those whom a filter lets through."""
        self._filter = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order people by a column."""
        if not 0 <= column < len(SHOWN):
            return
        self._column = SHOWN[column]
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def row_of(self, code: str) -> int | None:
        """The row of a person; None where he is not shown."""
        return self._places.get(code)

    def person(self, row: int) -> InspectorRow:
        """The person of a row."""
        return self._rows[row]

    def _arrange(self) -> None:
        """Put rows where they belong: narrowly where the same people stay in their places, else as far as needed."""
        rows = sorted_rows(self._index.matching(self._filter), self._column, descending=self._descending)
        codes = [row.code for row in rows]
        if codes == [row.code for row in self._rows]:
            self._replace(rows)
        elif len(codes) == len(self._rows) and set(codes) == self._places.keys():
            self._rearrange(rows)
        else:
            self.beginResetModel()
            self._take(rows)
            self.endResetModel()

    def _replace(self, rows: tuple[InspectorRow, ...]) -> None:
        changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows = rows
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(SHOWN) - 1))

    def _rearrange(self, rows: tuple[InspectorRow, ...]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        codes = [self._rows[index.row()].code for index in before]
        self._take(rows)
        after = [self.index(self._places[code], index.column()) for code, index in zip(codes, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take(self, rows: tuple[InspectorRow, ...]) -> None:
        self._rows = rows
        self._places = {row.code: number for number, row in enumerate(rows)}

    # -- as Qt asks ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """People shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns of SHOWN."""
        return 0 if parent.isValid() else len(SHOWN)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(SHOWN):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._titles()[SHOWN[section]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(SHOWN[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell: its text, tooltip, alignment, the person, the colour to read it in."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], SHOWN[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _:
                return row if role == ROW else token_in(row, column) if role == TOKEN else None

    def text(self, row: InspectorRow, column: str) -> str:
        """What a cell says: for those who paint many, without the way through Qt."""
        return self._texts[column](self, row)

    # -- words ---------------------------------------------------------------------------------------------------------

    def _titles(self) -> Mapping[str, str]:
        return {
            "name": self.tr("Inspector"),
            "code": self.tr("Code"),
            "team": self.tr("Team"),
            "home": self.tr("Home"),
            "skills": self.tr("Skills"),
            "services": self.tr("Services"),
            "languages": self.tr("Languages"),
            "certificates": self.tr("Certificates"),
            "permits": self.tr("Areas"),
            "load": self.tr("Load"),
            "absence": self.tr("Absent"),
        }

    def _name(self, row: InspectorRow) -> str:
        return f"{row.name} {row.local_name}".strip()

    def _skills(self, row: InspectorRow) -> str:
        return ", ".join(f"{skill.name} {skill.level}" for skill in row.skills)

    def _certificates(self, row: InspectorRow) -> str:
        return ", ".join(self.credential_text(entry) for entry in row.certificates)

    def credential_text(self, entry: Credential) -> str:
        """A certificate or permit in a few words, what matters first: "12 d left: gb-electrical"."""
        if entry.has_ended:
            return self.tr("ended: {name}").format(name=entry.name)
        if entry.ends_soon:
            return self.tr("{days} d left: {name}").format(name=entry.name, days=entry.days_left)
        return entry.name

    def _load(self, row: InspectorRow) -> str:
        return "" if row.load is None else f"{100 * row.load:.0f} %"

    def _absence(self, row: InspectorRow) -> str:
        if not row.active:
            return self.tr("has left")
        if row.absent_today is not None:
            return self.tr("today")
        return self.tr("this week") if row.absences else ""

    def _tip(self, row: InspectorRow, column: str) -> str:
        if column == "name":
            return f"{self._name(row)} · {row.code}"
        if column == "home":
            return row.home_address
        if column in ("certificates", "permits"):
            return "\n".join(self._until(entry) for entry in getattr(row, column))
        if column == "load":
            return self.tr("{worked} of {available} half-days").format(worked=row.worked, available=row.available)
        if column == "absence":
            spans = {span.absence_id: span for span in (*row.absences, row.absent_today) if span is not None}
            return "\n".join(f"{span.kind}: {spell_slots(span.first_slot, span.last_slot)}" for span in spans.values())
        return self.text(row, column)

    def _until(self, entry: Credential) -> str:
        if entry.valid_until is None:
            return self.tr("{name}: no end").format(name=entry.name)
        day = spell_day(entry.valid_until)
        words = self.tr("{name}: ended {day}") if entry.has_ended else self.tr("{name}: until {day}")
        return words.format(name=entry.name, day=day)

    _texts: Mapping[str, Callable[[RosterTableModel, InspectorRow], str]] = {
        "name": _name,
        "code": lambda _, row: row.code,
        "team": lambda _, row: row.team,
        "home": lambda _, row: row.home_town,
        "skills": _skills,
        "services": lambda _, row: ", ".join(row.services),
        "languages": lambda _, row: ", ".join(row.languages),
        "certificates": _certificates,
        "permits": lambda _, row: str(len(row.permits)),
        "load": _load,
        "absence": _absence,
    }


def token_of(entry: Credential) -> str:
    """The colour in which a certificate or permit is read."""
    if entry.has_ended:
        return "bad"
    return "warn" if entry.ends_soon else ""


def token_in(row: InspectorRow, column: str) -> str:
    """The colour in which a cell is read; "" where all is well."""
    if column in ("certificates", "permits"):
        tokens = {token_of(entry) for entry in getattr(row, column)}
        return "bad" if "bad" in tokens else "warn" if "warn" in tokens else ""
    if column == "load":
        return "bad" if row.load is not None and row.load > FULL else ""
    if column == "absence":
        return "warn" if row.absent_today is not None and row.active else ""
    return ""


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
