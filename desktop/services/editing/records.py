"""Fields of any record changed by hand."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import Client, Factory, Inspector, Order, Request
from desktop.services.changes import Step
from desktop.services.commands import EditRecord
from desktop.services.editing.factories import edit_client, edit_factory, edit_order
from desktop.services.editing.fields import FIELDS, check_values
from desktop.services.editing.requests import edit_request
from desktop.services.editing.roster import edit_inspector
from desktop.services.lookup import (
    check_version,
    client_by_code,
    factory_by_code,
    inspector_by_code,
    order_by_code,
    refuse_taken,
    request_by_code,
)
from desktop.services.words import spell_day, spell_list, spell_money
from desktop.services.work import Work

Find = Callable[[Session, str], Any]
Edit = Callable[[Work, Any, Mapping[str, Any]], tuple[str, ...]]

KINDS: dict[str, tuple[type[Any], Find, Edit]] = {
    "client": (Client, client_by_code, edit_client),
    "factory": (Factory, factory_by_code, edit_factory),
    "order": (Order, order_by_code, edit_order),
    "request": (Request, request_by_code, edit_request),
    "inspector": (Inspector, inspector_by_code, edit_inspector),
}


def edit_record(work: Work, command: EditRecord) -> Step:
    """Set fields of one record, each checked; all of them or none."""
    if command.kind not in KINDS:
        near = difflib.get_close_matches(command.kind, KINDS, n=1)
        raise BadInputError(
            f'Records of kind "{command.kind}" cannot be edited; {spell_list(list(KINDS))} can.',
            f"Maybe {near[0]}?" if near else "",
        )
    model, find, edit = KINDS[command.kind]
    record = find(work.session, command.code)
    check_version(record, command.version, work.session)
    values = check_values(command.kind, command.values, f"{command.kind.capitalize()} {command.code}")
    if values.get("code", record.code) != record.code:
        refuse_taken(work.session, model, values["code"])
    label = f"Edit {record.code}: {spell_list([_said(field, values[field]) for field in values], 3)}"
    messages = edit(work, record, values)
    return Step(label, messages)


PRIVATE = frozenset({"phone", "email", "contact"})
"""How to reach people: the name of a step does not tell it."""


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record that EditRecord sets."""
    return tuple(FIELDS[kind])


def _said(field: str, value: object) -> str:
    name = field.removesuffix("_cents").replace("_", " ")
    if field in PRIVATE:
        return name
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{name} {spell_day(value)}"
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(value, int) and field.endswith("_cents"):
        return f"{name} {spell_money(value)}"
    if isinstance(value, str | int | float):
        text = str(value) or "empty"
        return f"{name} {text if len(text) <= 30 else text[:27] + '...'}"
    return f"no {name}" if value is None else name
