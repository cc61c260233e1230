"""Whether a row can be stored: its references, what its fields say together, and what its record allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop.services.editing.fields import TIME_ZONES
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.columns import Column, Sheet, Values
from desktop.services.exchange.context import Context
from desktop.services.exchange.judging_bookings import judge_booking, settle_booking
from desktop.services.exchange.reading import ReadRow
from desktop.services.exchange.sheets import BY_KIND


def references(sheet: Sheet, values: Values) -> Iterator[tuple[str, str]]:
    """The kind and code of every record that a row refers to."""
    for column in sheet.columns:
        value = values.get(column.field)
        if not column.refers_to or not value:
            continue
        if isinstance(value, str):
            yield column.refers_to, value
        else:
            for item in value:
                yield column.refers_to, item[0] if isinstance(item, tuple) else item


def merged(sheet: Sheet, row: ReadRow, before: Values | None, context: Context) -> dict[str, Any]:
    """The fields that the record would have. Blames the row for needed fields that a new record lacks."""
    after = dict(sheet.defaults if before is None else before) | row.values
    if sheet.kind == "factory":
        _settle_factory(row, before, after)
    elif sheet.kind == "request":
        settle_booking(row, before, after, context)
    blamed = {fault.column for fault in row.faults}
    for column in sheet.columns:
        if column.field not in after and column.header not in blamed:
            row.blame(column, None, "is blank", f"A new {sheet.one} needs one: a {column.kind.name}")
    return after


def judge(sheet: Sheet, row: ReadRow, before: Values | None, after: Values, context: Context) -> None:
    """Blame a row for what speaks against storing it; what its fields say together once each could be read."""
    for column in sheet.columns:
        if column.refers_to:
            given = {column.field: row.values.get(column.field)}
            for _, code in references(sheet, given):
                _judge_reference(row, column, code, context)
    if row.faults:
        return
    if sheet.check:
        for field, (reason, remedy) in sheet.check(after).items():
            column = sheet.by_field[field]
            row.blame(column, _as_cell(column, after[field]), reason, remedy)
    if sheet.kind == "order" and before is not None and after["code"] in context.booked:
        for field in ("client", "factory"):
            if after[field] != before[field]:
                remedy = "Give the bookings that belong to another order the code of that one"
                row.blame(sheet.by_field[field], after[field], f"is not {before[field]}, as its bookings say", remedy)
    if sheet.kind == "request":
        judge_booking(sheet, row, before, after, context)


def _judge_reference(row: ReadRow, column: Column, code: str, context: Context) -> None:
    kind = column.refers_to or ""
    if context.knows(kind, code):
        return
    other = BY_KIND[kind]
    if context.is_faulty(kind, code):
        row.blame(column, code, f"stands in this file under {other.title}, in a row with faults", "Correct that row")
        return
    guess = context.guess(kind, code)
    row.blame(column, code, f"is the code of no {other.one}", guess or f"Add it to {other.title}, or correct the code")


def _settle_factory(row: ReadRow, before: Values | None, after: dict[str, Any]) -> None:
    """The time zone follows from the country, and the precision from whether there is a place."""
    if after["time_zone"] is None and "country" in after:
        after["time_zone"] = TIME_ZONES.get(after["country"])
        if after["time_zone"] is None:
            column = BY_KIND["factory"].by_field["time_zone"]
            row.blame(
                column, None, f"is blank, and {after['country']} has no single one", "Write one like Europe/Paris"
            )
    if before is not None and all(after[field] == before[field] for field in ("lat", "lon", "precision")):
        return
    if after["lat"] is None:
        after["precision"] = "none"
    elif after["precision"] == "none":
        after["precision"] = "address"


def _as_cell(column: Column, value: object) -> Cell:
    return None if value is None else column.kind.write(value)
