"""A person's fields as they are entered: text to values and back, and what is wrong with an entry, in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from desktop.errors import BadInputError
from desktop.services.commands import AddInspector, Command, EditRecord, GrantPermit, RevokePermit
from desktop.services.editing.fields import check_values
from desktop.services.editing.roster import check_inspector
from desktop.services.exchange.cells import CellFault
from desktop.services.exchange.dates import read_date
from desktop.services.exchange.numbers import dollars, read_cents, read_number, read_whole
from desktop.services.roster.card import Contact, InspectorCard

EntryKind = Literal["text", "number", "whole", "money", "money-list", "names", "weekdays", "switch"]
Entered = str | tuple[str, ...] | tuple[int, ...] | bool
"""What a form holds: text, several words, weekdays, or yes and no."""


@dataclass(frozen=True, slots=True)
class EntryField:
    """A field of a person as a form has it.

    Attributes:
        name: as in EditRecord and AddInspector.
        kind: "money" is in dollars; "money-list" several amounts with spaces between.
        is_required: may not be left empty.
    """

    name: str
    kind: EntryKind
    is_required: bool = False


PERSON_FIELDS: tuple[EntryField, ...] = (
    EntryField("code", "text", is_required=True),
    EntryField("name", "text", is_required=True),
    EntryField("local_name", "text"),
    EntryField("team", "text"),
    EntryField("phone", "text"),
    EntryField("email", "text"),
    EntryField("home_address", "text"),
    EntryField("lat", "number", is_required=True),
    EntryField("lon", "number", is_required=True),
    EntryField("country", "text", is_required=True),
    EntryField("services", "names"),
    EntryField("languages", "names"),
    EntryField("sheet_language", "text"),
    EntryField("weekdays", "weekdays"),
    EntryField("works_on_holidays", "switch"),
    EntryField("travels_on_rest_days", "switch"),
)
COST_FIELDS: tuple[EntryField, ...] = (
    EntryField("day_costs_cents", "money-list", is_required=True),
    EntryField("max_consecutive_days", "whole", is_required=True),
    EntryField("weekend_premium_cents", "money", is_required=True),
    EntryField("holiday_premium_cents", "money", is_required=True),
    EntryField("night_cost_cents", "money", is_required=True),
    EntryField("travel_day_cost_cents", "money", is_required=True),
)
ENTRY_FIELDS: Mapping[str, EntryField] = {field.name: field for field in (*PERSON_FIELDS, *COST_FIELDS)}
PRIVATE = ("phone", "email")
"""Shown masked until somebody asks; entered only then."""


class EntryFault(Exception):
    """An entry that cannot be kept; its text is a sentence for the row under the field."""


def entered_of(card: InspectorCard, contact: Contact | None = None) -> dict[str, Entered]:
    """The fields of a person as a form shows them; phone and e-mail only where they have been asked for."""
    values: dict[str, Any] = {name: getattr(card, name) for name in ENTRY_FIELDS if name not in PRIVATE}
    if contact is not None:
        values |= {"phone": contact.phone, "email": contact.email}
    return {name: _as_entered(ENTRY_FIELDS[name], value) for name, value in values.items()}


def blank_entry(code: str) -> dict[str, Entered]:
    """The fields of somebody new."""
    plain: dict[str, Entered] = {name: _blank(field) for name, field in ENTRY_FIELDS.items()}
    return plain | {
        "code": code,
        "weekdays": (0, 1, 2, 3, 4),
        "max_consecutive_days": "6",
        "weekend_premium_cents": "0",
        "holiday_premium_cents": "0",
    }


def read_entry(name: str, entered: Entered) -> Any:  # noqa: ANN401 -- as the field's type
    """The value of what was entered in a field.

    Raises:
        EntryFault: where it cannot be kept.
    """
    field = ENTRY_FIELDS[name]
    if field.is_required and isinstance(entered, str) and not entered.strip():
        raise EntryFault("This cannot be left empty.")
    try:
        value = _parsed(field, entered)
    except CellFault as fault:
        raise EntryFault(f'"{entered}" {fault.reason}. {fault.remedy}.') from None
    try:
        value = check_values("inspector", {name: value}, "")[name]
        check_inspector("", {name: value})
    except BadInputError as error:
        raise EntryFault(_sentence(entered, error.faults[0])) from None
    return value


def fault_of(name: str, entered: Entered) -> str:
    """What is wrong with an entry, in a sentence; "" where it can be kept."""
    try:
        read_entry(name, entered)
    except EntryFault as fault:
        return str(fault)
    return ""


def faults_of(entered: Mapping[str, Entered]) -> dict[str, str]:
    """What is wrong with each of several entries; those that are right are left out."""
    found = {name: fault_of(name, entry) for name, entry in entered.items()}
    return {name: fault for name, fault in found.items() if fault}


def edit_of(card: InspectorCard, before: Mapping[str, Entered], entered: Mapping[str, Entered]) -> EditRecord | None:
    """The command that stores what differs from what a form began with; None where nothing does.

    Raises:
        EntryFault: an entry that cannot be kept.
    """
    changed = {name: read_entry(name, entry) for name, entry in entered.items() if entry != before.get(name)}
    return EditRecord("inspector", card.code, changed, card.version) if changed else None


def new_inspector(entered: Mapping[str, Entered]) -> AddInspector:
    """The command that stores somebody new, who has no skills and permits yet.

    Raises:
        EntryFault: an entry that cannot be kept.
    """
    return AddInspector(skills={}, **{name: read_entry(name, entry) for name, entry in entered.items()})


def in_words(entered: Entered) -> str:
    """An entry in a sentence: what is empty is said to be."""
    if isinstance(entered, bool):
        return "yes" if entered else "no"
    if isinstance(entered, str):
        return f'"{entered}"' if entered else "nothing"
    return ", ".join(str(item) for item in entered) or "nothing"


def part_command(card: InspectorCard, kind: str, name: str, value: str, *, is_removal: bool = False) -> Command:
    """The command that sets or removes a skill, a certificate or the permit for an area.

    Args:
        card: whose.
        kind: "skill", "certificate" or "permit".
        name: of the skill, certificate or area.
        value: the level, or the last day; empty: a permit without end.
        is_removal: take it away.

    Raises:
        EntryFault: the value cannot be kept.
    """
    if kind == "permit":
        if is_removal:
            return RevokePermit(card.code, name)
        return GrantPermit(card.code, name, _last_day(value) if value.strip() else None)
    field = "skills" if kind == "skill" else "certificates"
    held: dict[str, Any] = (
        {skill.name: skill.level for skill in card.skills}
        if kind == "skill"
        else {entry.name: entry.valid_until for entry in card.certificates}
    )
    if is_removal:
        held.pop(name, None)
    else:
        held[name] = int(value) if kind == "skill" else _last_day(value)
    return EditRecord("inspector", card.code, {field: held}, card.version)


def _last_day(entered: str) -> dt.date:
    if not entered.strip():
        raise EntryFault("Say until which day it is valid, such as 2027-06-30.")
    try:
        return read_date(entered)
    except CellFault as fault:
        raise EntryFault(f'"{entered}" {fault.reason}. {fault.remedy}.') from None


def next_code(codes: Iterable[str]) -> str:
    """The code after the highest of those that end in a number: "I0701" after "I0700"."""
    numbered = [found for code in codes if (found := re.fullmatch(r"(.*?)(\d+)", code))]
    if not numbered:
        return "I0001"
    last = max(numbered, key=lambda found: int(found[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"


def _parsed(field: EntryField, entered: Entered) -> Any:  # noqa: ANN401 -- as the field's type
    if not isinstance(entered, str):
        return entered
    if field.kind == "number":
        return read_number(entered)
    if field.kind == "whole":
        return read_whole(entered)
    if field.kind == "money":
        return read_cents(entered, 0)
    if field.kind == "money-list":
        return tuple(read_cents(amount, 0) for amount in re.split(r"[;\s]+", entered.strip()))
    return entered.strip()


def _as_entered(field: EntryField, value: Any) -> Entered:  # noqa: ANN401 -- as the field's type
    if field.kind == "money":
        return _amount(value)
    if field.kind == "money-list":
        return " ".join(_amount(cents) for cents in value)
    if field.kind in ("number", "whole"):
        return str(value)
    entered: Entered = value
    return entered


def _amount(cents: int) -> str:
    return dollars(cents).removesuffix(".00")


def _blank(field: EntryField) -> Entered:
    if field.kind == "switch":
        return False
    return () if field.kind in ("names", "weekdays") else ""


def _sentence(entered: Entered, fault: str) -> str:
    """A fault of a field as a sentence for the row under it, where the field's name need not be said again."""
    _, _, demand = fault.partition("; ")
    demand = demand or fault
    if isinstance(entered, str) and entered.strip():
        return f"It is {entered.strip()}, and {demand}."
    return f"{demand[0].upper()}{demand[1:]}."
