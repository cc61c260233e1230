"""The rows of a sheet as records of ours: each column in its field, a booking list's row split into its kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.services.exchange.cells import Cell, is_blank, shown
from desktop.services.exchange.columns import Column
from desktop.services.exchange.foreign.days import DAY_KINDS, in_order
from desktop.services.exchange.foreign.firms import Firms
from desktop.services.exchange.foreign.guessing import header_texts, rows_below
from desktop.services.exchange.foreign.sheet_plan import SheetPlan
from desktop.services.exchange.foreign.tables import Table
from desktop.services.exchange.foreign.targets import LIST, LIST_KINDS, Target, targets_of
from desktop.services.exchange.headers import Header
from desktop.services.exchange.reading import ReadRow, ReadSheet, read_row
from desktop.services.exchange.sheets import BY_KIND
from desktop.services.exchange.sources import Row, Unreadable
from desktop.services.places import locate
from desktop.services.places.resemblance import FactoryEntry
from desktop.services.trade.groups import GROUPS, group_of
from desktop.services.words import spell_list

Edits = Mapping[tuple[int, str], str]
"""What somebody has typed instead of a cell: by the row's number and the target."""

MOST_TOLD = 10

# The wide colon stands after a word in Chinese.
_COLONS = ":\uff1a"
_SUMS = ("total", "sum", "合计", "总计", "小计", "tổng")


@dataclass(slots=True)
class Split:
    """A sheet as records.

    Attributes:
        sheets: by kind, as reading a file of our own shape gives them.
        rows: for each row of the file the records that it was split into, the last the one that it is about.
        cells: for each row what is in it, by target, as text.
        warnings: what was passed over.
    """

    sheets: list[ReadSheet] = field(default_factory=list)
    rows: dict[int, list[tuple[str, ReadRow]]] = field(default_factory=dict)
    cells: dict[int, dict[str, str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def split(
    table: Table, plan: SheetPlan, edits: Edits, firms: Firms | None, tell: Callable[[], None] = lambda: None
) -> Split:
    """Split a sheet.

    Args:
        table: the sheet, under the name that messages call it by.
        plan: how it is read.
        edits: cells that were corrected since.
        firms: who is on record; only a booking list needs it.
        tell: called for each row; what it raises ends the work.
    """
    return _Splitting(table, plan, edits, tell).run(firms)


@dataclass(slots=True)
class _Splitting:
    table: Table
    plan: SheetPlan
    edits: Edits
    tell: Callable[[], None]
    found: Split = field(default_factory=Split)
    targets: Mapping[str, Target] = field(init=False)
    places: dict[str, int] = field(init=False)
    texts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.targets = targets_of(self.plan.layout)
        self.texts = header_texts(self.table, self.plan.header)
        self.places = dict(self.plan.targets)
        # what no column gives stands in columns of its own, to the right
        more = dict.fromkeys([*self.plan.constants, *(target for _, target in self.edits)])
        for target in more:
            if target in self.targets:
                self.places.setdefault(target, max([len(self.texts), *(place + 1 for place in self.places.values())]))

    def run(self, firms: Firms | None) -> Split:
        rows = [row for row in map(self._prepared, rows_below(self.table, self.plan.header)) if row]
        for number, cells in rows:
            self.found.cells[number] = {
                target: "" if isinstance(cell := cells[place], Unreadable) else shown(cell)
                for target, place in self.places.items()
            }
        if self.plan.layout == LIST:
            assert firms is not None
            _BookingList(self, firms).run(rows)
            return self.found
        header = self._header(self.plan.layout)
        read = tuple(row for row in (read_row(self.table.name, header, row) for row in rows) if row)
        self.found.rows = {row.number: [(self.plan.layout, row)] for row in read}
        self.found.sheets.append(ReadSheet(self.table.name, BY_KIND[self.plan.layout], header, read))
        return self.found

    def _prepared(self, row: Row) -> Row | None:
        """A row with what was typed, what stands in every row, and days and quantities as ours are; None for a sum."""
        number, cells = row
        if self._is_aside(cells):
            said = next(shown(cell) for cell in cells if not isinstance(cell, Unreadable) and not is_blank(cell))
            self.found.warnings.append(f'{self.table.name} row {number} is passed over: it only says "{said}".')
            return None
        width = max([len(cells), *(place + 1 for place in self.places.values())])
        ready: list[Cell | Unreadable] = [*cells, *[None] * (width - len(cells))]
        for target, place in self.places.items():
            cell = ready[place]
            if (typed := self.edits.get((number, target))) is not None:
                cell = typed or None
            if not isinstance(cell, Unreadable) and is_blank(cell) and target in self.plan.constants:
                cell = self.plan.constants[target]
            if not isinstance(cell, Unreadable):
                cell = self._as_ours(target, cell)
            ready[place] = cell
        return number, ready

    def _is_aside(self, cells: list[Cell | Unreadable]) -> bool:
        """Whether a row of a booking list is a sum or a note below the table."""
        filled = [cell for cell in cells if isinstance(cell, Unreadable) or not is_blank(cell)]
        if self.plan.layout != LIST or not filled:
            return False
        first = filled[0]
        is_sum = isinstance(first, str) and first.strip().casefold().rstrip(_COLONS).startswith(_SUMS)
        return not isinstance(first, Unreadable) and (len(filled) == 1 or (is_sum and len(filled) <= 3))

    def _as_ours(self, target: str, cell: Cell) -> Cell:
        if isinstance(cell, str) and self.targets[target].column.kind in DAY_KINDS:
            return in_order(cell, self.plan.date_order)
        if target == "order.quantity" and self.plan.factor > 1:
            return _times(cell, self.plan.factor)
        if target == "order.product_group" and isinstance(cell, str):
            return _group(cell)
        return cell

    def _header(self, kind: str) -> Header:
        """The columns of one kind of record, as reading takes them."""
        width = max([len(self.texts), *(place + 1 for place in self.places.values())])
        columns: list[Column | None] = [None] * width
        for target, place in self.places.items():
            if self.targets[target].kind == kind:
                columns[place] = self.targets[target].column
        texts = (*self.texts, *[""] * (width - len(self.texts)))
        return Header(tuple(columns), texts, ())


@dataclass(slots=True)
class _BookingList:
    """Rows that hold a booking, its order, its factory and its client at once."""

    sheet: _Splitting
    firms: Firms
    records: dict[str, list[ReadRow]] = field(default_factory=lambda: {kind: [] for kind in LIST_KINDS})
    first: dict[tuple[str, str], ReadRow] = field(default_factory=dict)
    booked: Counter[tuple[str, str]] = field(default_factory=Counter)
    provinces: list[str] = field(default_factory=list)

    def run(self, rows: list[Row]) -> None:
        headers = {kind: self.sheet._header(kind) for kind in LIST_KINDS}  # noqa: SLF001 -- two halves of one work
        read = []
        for row in rows:
            split_up = [read_row(self.sheet.table.name, headers[kind], row) for kind in LIST_KINDS]
            # a remark is one whatever it is read as
            if found := [part for part in split_up if part is not None]:
                read.append(dict(zip(LIST_KINDS, found, strict=True)))
        self.firms.fetch_bookings(
            str(parts["order"].values["code"]) for parts in read if parts["order"].values.get("code")
        )
        for parts in read:
            self.sheet.tell()
            self._take(parts)
        if self.provinces:
            said = f"By their addresses the new factories lie so: {spell_list(self.provinces, MOST_TOLD)}."
            self.sheet.found.warnings.append(said)
        self.sheet.found.sheets = [
            ReadSheet(self.sheet.table.name, BY_KIND[kind], headers[kind], tuple(self.records[kind]))
            for kind in LIST_KINDS
        ]

    def _take(self, parts: dict[str, ReadRow]) -> None:
        client, factory, order, booking = (parts[kind] for kind in LIST_KINDS)
        mine: list[tuple[str, ReadRow]] = []
        self._settle_client(client, booking, mine)
        self._settle_factory(factory, booking, mine)
        self._settle_order(order, booking, mine)
        self._settle_booking(factory, order, booking)
        self.records["request"].append(booking)
        mine.append(("request", booking))
        self.sheet.found.rows[booking.number] = mine

    def _settle_client(self, client: ReadRow, booking: ReadRow, mine: list[tuple[str, ReadRow]]) -> None:
        name = client.values.get("code") or client.values.get("name")
        if client.faults:
            mine.append(("client", client))
        if not name:
            return
        named = self.firms.client(str(name))
        booking.values["client"] = named.code
        if named.is_new:
            client.values = {"code": named.code, "name": client.values.get("name") or name}
            self._once("client", client, mine)

    def _settle_factory(self, factory: ReadRow, booking: ReadRow, mine: list[tuple[str, ReadRow]]) -> None:
        given = factory.values
        if factory.faults:
            mine.append(("factory", factory))
        if not any(given.get(part) for part in ("code", "name", "local_name")):
            return
        entry = FactoryEntry(
            given.get("code", ""), given.get("name", ""), given.get("local_name", ""), given.get("address", ""),
            given.get("phone", ""), given.get("country", ""),
        )  # fmt: skip
        named = self.firms.factory(entry)
        booking.values["factory"] = named.code
        if not named.is_new:
            # what is on record of a factory is better known than what a client writes of it
            return
        name = given.get("name") or given.get("local_name") or given.get("code", "")
        factory.values = {**given, "code": named.code, "name": name}
        if not name.isascii() and not given.get("local_name"):
            factory.values["local_name"] = name
        if ("factory", named.code) not in self.first:
            self._place(factory)
        self._once("factory", factory, mine)

    def _place(self, factory: ReadRow) -> None:
        """The country and province of a new factory, which no record can do without, as its address says them."""
        given = factory.values
        local = str(given.get("local_name", ""))
        located = locate(str(given.get("address", "")), str(given.get("country", "")), str(given["name"]), local)
        best = located.best
        if best is None:
            return
        if given.setdefault("country", best.place.country) != best.place.country or "area" in given:
            return
        given["area"] = best.place.area
        if located.is_sure:
            self.provinces.append(f"{given['code']} in {best.place.area}")
            return
        # a province that is only likely must not be what decides between namesakes when the factory is placed
        if given.get("lat") is None:
            given["precision"] = "none"
        self.provinces.append(f"{given['code']} perhaps in {best.place.area}, not placed ({located.why.rstrip('.')})")

    def _settle_order(self, order: ReadRow, booking: ReadRow, mine: list[tuple[str, ReadRow]]) -> None:
        code = order.values.get("code")
        if not code or order.faults:
            if order.faults:
                mine.append(("order", order))
            return
        if set(order.values) == {"code"} and not self.firms.knows_order(str(code)):
            # a number alone makes no order: it is kept where it can be read
            note = str(booking.values.get("note", ""))
            booking.values["note"] = f"PO {code}{'. ' if note else ''}{note}"
            return
        booking.values["order"] = code
        order.values |= {kind: booking.values[kind] for kind in ("client", "factory") if kind in booking.values}
        self._once("order", order, mine)

    def _once(self, kind: str, record: ReadRow, mine: list[tuple[str, ReadRow]]) -> None:
        """Keep the first row that tells of a record; one that says something else of it is at fault."""
        first = self.first.setdefault((kind, record.values["code"]), record)
        mine.append((kind, record))
        if first is record:
            self.records[kind].append(record)
            return
        if kind != "order":
            return
        for target, value in record.values.items():
            if first.values.get(target, value) != value:
                column = BY_KIND[kind].by_field[target]
                told = (
                    f"differs from row {first.number}, which is of the same {BY_KIND[kind].one} {record.values['code']}"
                )
                cell = None if value is None else column.kind.write(value)
                record.blame(column, cell, told, "Write the same in both, or give one another number")

    def _settle_booking(self, factory: ReadRow, order: ReadRow, booking: ReadRow) -> None:
        values = booking.values
        day = values.pop("day", None)
        if day is not None:
            values |= {"earliest": day, "latest": day}
        told: dict[str, Any] = {**order.values}
        group = group_of(told.get("product_group", ""), f"{told.get('product', '')} {told.get('description', '')}", "")
        skill = values.get("skill") or group
        if skill:
            values["skill"] = skill
        if "code" not in values and not any(fault.column == "Code" for fault in booking.faults):
            key = (str(values.get("order", "")), str(values.get("service", "")))
            values["code"] = self.firms.booking(*key, self.booked[key])
            self.booked[key] += 1


def _times(cell: Cell, factor: int) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        figures = str(cell).replace(",", "").strip() if cell is not None else ""
        return round(float(figures) * factor) if figures.replace(".", "", 1).isdigit() else cell
    return round(cell * factor)


def _group(text: str) -> str:
    """The house's word for a group of goods, where the file's word leads to one."""
    told = text.strip().casefold()
    return told if told in GROUPS else group_of("", text, "") or text
