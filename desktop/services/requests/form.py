"""What a form for requests needs: text to values and back, what is wrong with them, and how it can be mended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.errors import BadInputError
from desktop.services.commands import AddRequest, CancelRequest, EditRecord
from desktop.services.editing.fields import check_values
from desktop.services.exchange import kinds
from desktop.services.exchange.cells import CellFault, plain
from desktop.services.exchange.dates import read_date
from desktop.services.exchange.numbers import dollars, read_cents, read_whole
from desktop.services.requests.cards import FormChoices, OrderChoice, RequestCard
from desktop.services.requests.rules import Contradiction, contradictions, of_another_order
from desktop.services.words import spell_day

REQUIRED = ("code", "client", "factory", "service", "skill", "level", "modes")
DATES = ("earliest", "latest", "due")
MONEY = ("price_cents", "late_cost_cents", "unserved_cost_cents")
LEVELS = ("level", "lead_level")
LISTS = ("languages", "certificates", "lead_languages", "lead_certificates")
FORM_FIELDS = (
    "code",
    "client",
    "order",
    "factory",
    "service",
    "skill",
    "level",
    "modes",
    "earliest",
    "latest",
    "due",
    "languages",
    "certificates",
    "lead_level",
    "lead_languages",
    "lead_certificates",
    "price_cents",
    "late_cost_cents",
    "unserved_cost_cents",
    "status",
    "note",
)
BULK_FIELDS = tuple(field for field in FORM_FIELDS if field not in ("code", "client", "factory", "order"))
"""What can be set for several requests at once."""

HALF_A_YEAR = dt.timedelta(days=183)

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fix:
    """A way out: values of fields that would mend a fault. `said`: what they stand for, where that is a name."""

    values: tuple[tuple[str, Any], ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class FormFault:
    """What is wrong with a field, in a sentence, and ways out where there are any."""

    field: str
    text: str
    fixes: tuple[Fix, ...] = ()


class EntryFault(Exception):
    """An entry that is no value of its field; its text is a sentence."""


def text_of(field: str, value: Any) -> str:  # noqa: ANN401 -- any value of any field
    """A value as a field shows it; `read_entry` gives the value again."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return spell_day(value)
    if field in MONEY:
        return dollars(value).removesuffix(".00")
    if field == "modes":
        return str(kinds.MODES.write(value) or "")
    return str(value)


def read_entry(field: str, text: str, today: dt.date) -> Any:  # noqa: ANN401 -- as above
    """The value that somebody has typed.

    Raises:
        EntryFault: it is no value of that field.
    """
    text = text.strip()
    if not text:
        if field in REQUIRED:
            raise EntryFault(f"Every request needs a {_said(field)}.")
        return "" if field in ("note", "status") else None
    try:
        if field in DATES:
            return read_day(text, today)
        if field in MONEY:
            return read_cents(text, 0)
        if field in LEVELS:
            return read_whole(text, 1, 5)
        if field == "modes":
            return kinds.MODES.read(text)
        typed = check_values("request", {field: text}, "Request")
    except CellFault as fault:
        known = CellFault(fault.reason, f"Write it as {spell_day(today)}") if field in DATES else fault
        raise EntryFault(known.told(text)) from fault
    except BadInputError as error:
        raise EntryFault(f"{error.faults[0]}.") from error
    return typed[field]


def read_day(text: str, today: dt.date) -> dt.date:
    """A day, in any of the ways that files may have it; without a year the one that is nearest. Raises CellFault."""
    try:
        return read_date(text)
    except CellFault:
        for year in (today.year, today.year + 1):
            try:
                found = read_date(f"{text} {year}")
            except CellFault:
                break
            if found >= today - HALF_A_YEAR:
                return found
        raise


def read_time(text: str) -> dt.time:
    """A time of day as somebody types it: 9:10, 09.10 or 0910.

    Raises:
        EntryFault: it is no such time.
    """
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d\d)", plain(text))
    hour, minute = (int(part) for part in found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise EntryFault(f'"{text}" is not a time. Write it as 09:10.')
    return dt.time(hour, minute)


def check_form(
    values: Values,
    choices: FormChoices,
    order: OrderChoice | None,
    changed: Collection[str],
    is_taken: Callable[[str], bool],
) -> tuple[FormFault, ...]:
    """What is wrong with values together, as far as one of them is among the changed.

    Args:
        values: of all fields, typed; those that could not be read are left out.
        choices: what there is to refer to.
        order: the order that is named, where it is known.
        changed: fields that somebody has touched.
        is_taken: whether another request has a code.
    """
    faults: list[FormFault] = []
    if "code" in changed and is_taken(str(values.get("code", ""))):
        free = choices.next_code
        fixes = (Fix((("code", free),)),) if free and not is_taken(free) else ()
        faults.append(FormFault("code", f"There is a request {values['code']} already.", fixes))
    for field, known in (("client", choices.clients), ("factory", choices.factories)):
        code = values.get(field)
        kept = choices.merged.get(str(code)) if field == "factory" else None
        if kept is not None and field in changed:
            faults.append(
                FormFault(field, f"{code} was merged into {kept}.", (Fix(((field, kept),), known[kept].name),))
            )
        elif code is not None and field in changed and code not in known:
            near = tuple(Fix(((field, found),), known[found].name) for found in choices.near(field, code))
            faults.append(FormFault(field, f'There is no {field} "{code}".', near))
    if order is not None and {"order", "client", "factory"} & set(changed):
        both = Fix((("client", order.client), ("factory", order.factory)))
        faults.extend(
            FormFault(field, _sentence(of_another_order(order.code, field)), (both,))
            for field, its in (("client", order.client), ("factory", order.factory))
            if values.get(field) not in (None, its)
        )
    faults.extend(
        FormFault(found.field, _sentence(found), _ways_out(found, values)) for found in contradictions(values, changed)
    )
    return tuple(faults)


def _ways_out(found: Contradiction, values: Values) -> tuple[Fix, ...]:
    earliest, latest = values.get("earliest"), values.get("latest")
    if found.field in ("earliest", "latest"):
        if earliest is not None and latest is not None:
            return (Fix((("latest", earliest),)), Fix((("earliest", latest), ("latest", earliest))))
        day = earliest or latest
        return (Fix(((found.field, day),)), Fix((("earliest", None), ("latest", None))))
    if found.field == "due":
        return (Fix((("due", earliest),)), Fix((("due", None),)))
    return (Fix(((found.field, ()),)),)


def blank_values(choices: FormChoices) -> dict[str, Any]:
    """The values of a request that nothing is known of yet; its man-days follow from the rules."""
    return {
        **dict.fromkeys(FORM_FIELDS),
        **dict.fromkeys(LISTS, ()),
        "code": choices.next_code,
        "level": 1,
        "modes": (),
        "service": choices.services[0] if choices.services else None,
        "status": "ready",
        "note": "",
    }


def duplicate_values(card: RequestCard, choices: FormChoices) -> dict[str, Any]:
    """The values of a new request like another one: all of them but its code, and whatever came of it."""
    return {**card.values, "code": choices.next_code, "status": "ready"}


def suggested_values(card: RequestCard, choices: FormChoices, service: str) -> dict[str, Any]:
    """The values of a new request for the same order as another: its days and man-days follow from the order."""
    own = dict.fromkeys(("earliest", "latest", "due", "price_cents", "late_cost_cents", "unserved_cost_cents"))
    return {**duplicate_values(card, choices), **own, "modes": (), "service": service, "note": ""}


def add_command(values: Values) -> AddRequest:
    """The command that stores a new request, in the inbox where something is missing for its clock to run.

    Raises:
        KeyError: a required field is missing.
    """
    given = {field: values[field] for field in FORM_FIELDS if values.get(field) is not None or field in REQUIRED}
    return AddRequest(**given, hold_incomplete=True)


def edit_command(card: RequestCard, values: Values) -> EditRecord | None:
    """The command that stores what differs from a card; None where nothing does."""
    differing = {field: value for field, value in values.items() if card.values.get(field) != value}
    return EditRecord("request", card.code, differing, card.version) if differing else None


def bulk_commands(requests: Sequence[tuple[str, int]], values: Values) -> tuple[EditRecord, ...]:
    """The commands that set the same fields of several requests, each given with its version."""
    return tuple(EditRecord("request", code, dict(values), version) for code, version in requests)


def cancel_commands(requests: Sequence[tuple[str, int]]) -> tuple[CancelRequest, ...]:
    """The commands that cancel several requests, each given with its version."""
    return tuple(CancelRequest(code, version) for code, version in requests)


def rebased(card: RequestCard, base: RequestCard, values: Values) -> dict[str, Any]:
    """What somebody typed over an older card, put on a newer one: fields that he did not touch are the newer ones'."""
    return {field: card.values[field] if base.values.get(field) == value else value for field, value in values.items()}


def _sentence(found: Contradiction) -> str:
    return f"{found.text[0].upper()}{found.text[1:]}."


def _said(field: str) -> str:
    words = {"modes": "number of man-days, or ways to split the work"}
    return words.get(field, field)
