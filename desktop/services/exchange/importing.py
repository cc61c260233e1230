"""Storing what was read from a file: one command, one transaction, one step that can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from desktop.errors import ConflictError
from desktop.models import Base, Plan, Request, Visit
from desktop.services.changes import Step
from desktop.services.commands import CancelRequest, ImportRecords
from desktop.services.editing.man_days import settle_man_days
from desktop.services.editing.requests import cancel_request, edit_request
from desktop.services.editing.series import split_if_long
from desktop.services.exchange.codes import MODELS, Codes, chunks
from desktop.services.exchange.columns import Sheet, Values
from desktop.services.exchange.records import find, put_values
from desktop.services.exchange.sheets import SHEETS
from desktop.services.words import count, spell_list
from desktop.services.work import Work

NTH = "#"
"""Which of several records with one key a row means, counted from 0: the field of the row that says it."""


def import_records(work: Work, command: ImportRecords) -> Step:
    """Add and change the records of a file.

    Raises:
        ConflictError: a record that the file changes or refers to has gone since the file was checked.
    """
    codes = Codes(work.session)
    stored: list[str] = []
    messages: list[str] = []
    for sheet in SHEETS:
        rows = command.rows.get(sheet.kind, ())
        if rows:
            stored.append(count(len(rows), sheet.one, sheet.title.lower()))
            messages.extend(_store(work, sheet, rows, codes))
    return Step(f"{command.label}: {', '.join(stored)}" if stored else command.label, tuple(messages))


def _store(work: Work, sheet: Sheet, rows: Sequence[Values], codes: Codes) -> list[str]:
    _fetch(sheet, rows, codes)
    existing = find(work.session, sheet, (sheet.key_of(row) for row in rows), codes)
    planned = _planned_ever(work, [record for records in existing.values() for record in records])
    messages: list[str] = []
    added = []
    changed = []
    for row in rows:
        values = {field: value for field, value in row.items() if field != NTH}
        standing = existing.get(sheet.key_of(row), [])
        nth = row.get(NTH, 0)
        if nth < len(standing):
            record = standing[nth]
            changed.append(record)
            if isinstance(record, Request):
                messages.extend(_change_plans(work, record, values, is_planned=record.id in planned))
            put_values(sheet, record, values, codes)
        else:
            record = _new(work, sheet, values, codes)
            added.append(record)
    work.session.add_all(added)
    work.session.flush()
    if sheet.kind in MODELS:
        for record in added:
            codes.add(sheet.kind, getattr(record, sheet.key[0]), record.id)
    if sheet.kind == "request":
        booked = [record for record in added if isinstance(record, Request)]
        later, weeks = split_if_long(work, booked)
        messages.extend((*weeks, *settle_man_days(work, [*booked, *later])))
    messages.extend(_planned(work, [record for record in changed if isinstance(record, Request)]))
    return messages


def _new(work: Work, sheet: Sheet, values: dict[str, Any], codes: Codes) -> Base:
    lacking = [column.header for column in sheet.columns if column.is_needed and column.field not in values]
    if lacking:
        key = " ".join(str(values[field]) for field in sheet.key)
        raise ConflictError(
            f"The {sheet.one} {key} has been removed since the file was checked.", "Check the file again."
        )
    record = sheet.model()
    full: dict[str, Any] = {**sheet.defaults, **values}
    if sheet.kind == "request":
        full["requested_at"] = full["requested_at"] or work.now
    put_values(sheet, record, full, codes)
    return record


def _change_plans(work: Work, request: Request, values: dict[str, Any], *, is_planned: bool) -> tuple[str, ...]:
    """Change what plans keep of a booking, before its own fields are; takes from the values what is done with."""
    if values.get("status", "cancelled") != "cancelled":
        request.status = values["status"]
    if is_planned and "modes" in values:
        # visits name a way by its number
        edit_request(work, request, {"modes": values.pop("modes")})
    if values.get("status") != "cancelled":
        return ()
    for field in [field for field in values if field.startswith("pin")]:
        del values[field]
    return cancel_request(work, CancelRequest(request.code)).messages


def _planned_ever(work: Work, records: Sequence[Base]) -> set[int]:
    """The keys of bookings that stand in any plan."""
    found: set[int] = set()
    for portion in chunks(record.id for record in records if isinstance(record, Request)):
        found.update(work.session.scalars(select(Visit.request_id).where(Visit.request_id.in_(portion))))
    return found


def _fetch(sheet: Sheet, rows: Sequence[Values], codes: Codes) -> None:
    """Fetch every code that rows name. Raises ConflictError where one has gone."""
    for column in sheet.columns:
        kind = column.refers_to
        if kind is None:
            continue
        wanted = {code for row in rows for code in _named(row.get(column.field))}
        codes.fetch(kind, wanted)
        gone = sorted(code for code in wanted if codes.id_of(kind, code) is None)
        if gone:
            raise ConflictError(
                f"There is no {kind} {spell_list(gone)} any more, to which {sheet.title} of the file refer.",
                "Check the file again.",
            )


def _named(value: str | tuple[str | tuple[str, int], ...] | None) -> Iterable[str]:
    if not value:
        return ()
    if isinstance(value, str):
        return (value,)
    return [item[0] if isinstance(item, tuple) else item for item in value]


def _planned(work: Work, requests: Sequence[Request]) -> list[str]:
    """What plans the changed bookings stand in: their visits may not fit any more."""
    plans: Counter[str] = Counter()
    for portion in chunks(request.id for request in requests):
        query = (
            select(Plan.code)
            .join(Visit, Visit.plan_id == Plan.id)
            .where(Visit.request_id.in_(portion), Plan.status.in_(("draft", "published")), Visit.status == "planned")
        )
        plans.update(work.session.scalars(query))
    return [
        f"{count(number, 'changed booking')} in {plan}: check that the visits still fit."
        for plan, number in sorted(plans.items())
    ]
