"""A client to be looked at and changed: how to reach it, how its hours count, when a DUPRO may visit its goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.errors import BadInputError
from desktop.services.commands import Command, EditRecord, SetProductionWindow
from desktop.services.editing.fields import check_values
from desktop.services.editing.settings import present_settings
from desktop.services.exchange.cells import CellFault
from desktop.services.exchange.numbers import read_percent
from desktop.services.lookup import client_by_code
from desktop.services.planning.booking_records import read_shares
from desktop.services.planning.reading import Source, reading
from desktop.services.requests.form import FormFault
from desktop.services.words import sentence

TEXTS = ("name", "contact", "email", "country")
PERCENTS = ("from_percent", "to_percent")
HOURS = "clock_in_working_hours"


@dataclass(frozen=True, slots=True)
class ClientCard:
    """One client.

    Attributes:
        version: for a change that checks it.
        values: of TEXTS, HOURS (a bool) and PERCENTS (numbers, or None: the house's).
        house: percent made from and to which a DUPRO visits, where the client has no share of its own.
    """

    code: str
    version: int
    values: Mapping[str, Any]
    house: tuple[float, float]


def read_client(source: Source, code: str) -> ClientCard:
    """The client of a code. Raises NotFoundError."""
    with reading(source) as session:
        client = client_by_code(session, code)
        shares = read_shares(session)
        settings = present_settings(session)
        start, end = shares.get((client.id, None), (None, None))
        values = {field: getattr(client, field) for field in (*TEXTS, HOURS)}
        house = shares.get((None, None), (settings.dupro_from_percent, settings.dupro_to_percent))
        return ClientCard(client.code, client.version, values | {"from_percent": start, "to_percent": end}, house)


def read_entries(entered: Mapping[str, str | bool]) -> tuple[Mapping[str, Any], tuple[FormFault, ...]]:
    """What was typed of a client as values of its card, and what is wrong with it; values only where nothing is."""
    values: dict[str, Any] = {HOURS: entered[HOURS]}
    faults: list[FormFault] = []
    for field in TEXTS:
        try:
            values |= check_values("client", {field: entered[field]}, "Client")
        except BadInputError as error:
            empty = field == "name" and not str(entered[field]).strip()
            faults.append(FormFault(field, "Every client needs a name." if empty else sentence(error.faults[0])))
    for field in PERCENTS:
        text = str(entered[field]).strip()
        try:
            values[field] = read_percent(text) if text else None
        except CellFault as fault:
            faults.append(FormFault(field, f'"{text}" {fault.reason}. Give 0 to 100, or leave both empty.'))
    if not faults:
        start, end = (values[field] for field in PERCENTS)
        if (start is None) != (end is None):
            missing = "from_percent" if start is None else "to_percent"
            faults.append(FormFault(missing, "Give both percentages, or leave both empty."))
        elif start is not None and start >= end:
            faults.append(FormFault("to_percent", f"It should be above {start:g} %."))
    return ({} if faults else values), tuple(faults)


def client_commands(card: ClientCard, values: Mapping[str, Any]) -> tuple[Command, ...]:
    """The commands that make a card's client what the values say; none where it is that already."""
    changed = {field: values[field] for field in (*TEXTS, HOURS) if values[field] != card.values[field]}
    commands: list[Command] = []
    if changed:
        commands.append(EditRecord("client", card.code, changed, card.version))
    if any(values[field] != card.values[field] for field in PERCENTS):
        commands.append(SetProductionWindow(card.code, None, values["from_percent"], values["to_percent"]))
    return tuple(commands)
