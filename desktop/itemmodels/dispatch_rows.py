"""What is to be sent, what was sent and who has answered, as rows of lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.list_table import Cell, Column, LateCells, TableRow
from desktop.itemmodels.request_words import ARROW, DASH, short_day
from desktop.itemmodels.slot_words import moment, slots
from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.due import DueNotice
from desktop.services.dispatching.sent import Confirmation, SentMessage
from desktop.services.slots import day_of

translate = QCoreApplication.translate

BY = ("day", "person", "party")
"""By what the list of what is due is put under heads."""
PARTIES = ("inspector", "factory", "client")


def key_of(to: Addressee) -> str:
    """An addressee as the key of a row."""
    return f"{to.request}/{to.party}/{to.inspector}"


def party_words(party: str) -> str:
    """What somebody is: "Inspector"."""
    return {
        "inspector": translate("dispatch", "Inspector"),
        "factory": translate("dispatch", "Factory"),
        "client": translate("dispatch", "Client"),
    }.get(party, party)


def messages_words(number: int) -> str:
    """How many: "1,204 messages"."""
    if number == 1:
        return translate("dispatch", "1 message")
    return translate("dispatch", "{number} messages").format(number=f"{number:,}")


def kind_cell(kind: str) -> Cell:
    """What sort of message: grey while it is the first."""
    text, token = {
        "invitation": (translate("dispatch", "Invitation"), ""),
        "update": (translate("dispatch", "Update"), "warn"),
        "cancellation": (translate("dispatch", "Cancellation"), "bad"),
    }.get(kind, (kind, ""))
    return Cell(text, token, is_chip=True)


def channel_words(channel: str) -> str:
    """The way a message went."""
    return {
        "smtp": translate("dispatch", "e-mail"),
        "eml": translate("dispatch", "e-mail file"),
        "ics": translate("dispatch", "calendar file"),
        "text": translate("dispatch", "text"),
        "pdf": translate("dispatch", "PDF"),
        "phone": translate("dispatch", "phone"),
    }.get(channel, channel)


# -- what is due -------------------------------------------------------------------------------------------------------


def due_columns() -> tuple[Column, ...]:
    """The columns of what is due."""
    return (
        Column("to", translate("dispatch", "To"), 190, 260, 0.35),
        Column("kind", translate("dispatch", "Message"), 100, 108),
        Column("visit", translate("dispatch", "Visit"), 84, 96),
        Column("day", translate("dispatch", "Day"), 150, 178),
        Column("factory", translate("dispatch", "Factory"), 140, 220, 0.35, goes=1),
        Column("changed", translate("dispatch", "What is new"), 140, 190, 0.3),
        Column("way", translate("dispatch", "Way"), 84, 96, goes=2),
    )


def due_rows(notices: Iterable[DueNotice], by: str) -> tuple[TableRow, ...]:
    """What is due under heads: by day, by person, or by what people are."""
    key, said = _grouping(by)
    rows: list[TableRow] = []
    for group, found in groupby(sorted(notices, key=key), key):
        below = tuple(found)
        head = Cell(said(below[0]), detail=messages_words(len(below)))
        rows.append(TableRow(f"head {group[0]}", (head,), None, True, True))
        rows.extend(_due_row(notice) for notice in below)
    return tuple(rows)


def _grouping(by: str) -> tuple[Callable[[DueNotice], tuple[object, ...]], Callable[[DueNotice], str]]:
    if by == "person":
        return lambda notice: (PARTIES.index(notice.to.party), notice.name, _whom(notice)), _name
    if by == "party":
        return lambda notice: (PARTIES.index(notice.to.party),), lambda notice: party_words(notice.to.party)
    return lambda notice: (day_of(notice.first_slot).isoformat(),), lambda notice: short_day(day_of(notice.first_slot))


def _whom(notice: DueNotice) -> str:
    return notice.to.inspector or (notice.factory if notice.to.party == "factory" else notice.client)


def _name(notice: DueNotice) -> str:
    return f"{notice.name} {notice.local_name}".strip()


def _due_row(notice: DueNotice) -> TableRow:
    return TableRow(
        key_of(notice.to),
        LateCells(partial(_due_cells, notice)),
        notice,
        may_tick=True,
    )


def _due_cells(notice: DueNotice) -> tuple[Cell, ...]:
    return (
        Cell(notice.name, detail=notice.local_name or party_words(notice.to.party), tip=_who(notice)),
        kind_cell(notice.kind),
        Cell(notice.request, service=notice.service),
        Cell(slots(notice.first_slot, notice.last_slot)),
        Cell(notice.factory_name),
        _new(notice),
        _way(notice),
    )


def _who(notice: DueNotice) -> str:
    return f"{_name(notice)} \N{MIDDLE DOT} {party_words(notice.to.party)}"


def _new(notice: DueNotice) -> Cell:
    """The first thing that changed, old struck before new; the tooltip has them all."""
    if notice.fault:
        return Cell(notice.fault, "bad")
    if not notice.changes:
        return Cell()
    first = notice.changes[0]
    lines = (f"{change.label}: {change.before or DASH} {ARROW} {change.now or DASH}" for change in notice.changes)
    more = f"+{len(notice.changes) - 1}" if len(notice.changes) > 1 else ""
    return Cell(first.now or translate("dispatch", "no longer"), was=first.before, detail=more, tip="\n".join(lines))


def _way(notice: DueNotice) -> Cell:
    if notice.email:
        return Cell(translate("dispatch", "e-mail"), "muted")
    return Cell(translate("dispatch", "no e-mail"), "warn", tip=translate("dispatch", "Copy the text, or call."))


# -- what was sent -----------------------------------------------------------------------------------------------------


def sent_columns() -> tuple[Column, ...]:
    """The columns of what was sent."""
    return (
        Column("sent", translate("dispatch", "Sent"), 120, 132),
        Column("to", translate("dispatch", "To"), 180, 240, 0.3),
        Column("visit", translate("dispatch", "Visit"), 66, 76),
        Column("version", translate("dispatch", "Version"), 118, 130),
        Column("way", translate("dispatch", "Way"), 80, 96, goes=2),
        Column("subject", translate("dispatch", "Subject"), 180, 320, 0.5),
        Column("by", translate("dispatch", "Sent by"), 90, 130, goes=1),
    )


def sent_rows(messages: Sequence[SentMessage], now: dt.datetime) -> tuple[TableRow, ...]:
    """What was sent, newest first."""
    return tuple(
        TableRow(
            str(message.key),
            (
                Cell(moment(message.sent_at, None, now)),
                Cell(message.name, detail=party_words(message.to.party)),
                Cell(message.to.request),
                version_cell(message),
                Cell(channel_words(message.channel), "muted"),
                Cell(message.subject, tip=message.fault),
                Cell(message.sent_by, "muted"),
            ),
            message,
        )
        for message in messages
    )


def version_cell(message: SentMessage) -> Cell:
    """Which version of what one was told, or that it did not go out."""
    if message.state == "failed":
        return Cell(translate("dispatch", "not sent"), "bad", is_chip=True, tip=message.fault)
    if message.state == "begun":
        return Cell(translate("dispatch", "not known"), "warn", is_chip=True, tip=message.fault)
    if message.method == "cancel":
        return Cell(translate("dispatch", "cancellation"), "", is_chip=True)
    if not message.sequence:
        return Cell(translate("dispatch", "invitation"), "", is_chip=True)
    return Cell(translate("dispatch", "update {number}").format(number=message.sequence), "", is_chip=True)


# -- answers -----------------------------------------------------------------------------------------------------------


def answer_columns() -> tuple[Column, ...]:
    """The columns of who has answered."""
    return (
        Column("who", translate("dispatch", "Who"), 190, 260, 0.35),
        Column("answer", translate("dispatch", "Answer"), 130, 150),
        Column("visit", translate("dispatch", "Visit"), 84, 96),
        Column("day", translate("dispatch", "Day"), 150, 178),
        Column("factory", translate("dispatch", "Factory"), 140, 200, 0.3, goes=2),
        Column("sent", translate("dispatch", "Told"), 110, 130, goes=1),
        Column("remind", translate("dispatch", "Ask again"), 110, 140, 0.1),
    )


def answer_rows(found: Iterable[Confirmation], now: dt.datetime) -> tuple[TableRow, ...]:
    """Those to be asked again first, then those who have not answered, then those who have."""
    heads = {
        "due": translate("dispatch", "Ask again now"),
        "": translate("dispatch", "No answer yet"),
        "declined": translate("dispatch", "Declined"),
        "confirmed": translate("dispatch", "Confirmed"),
    }
    groups: dict[str, list[TableRow]] = {name: [] for name in ("declined", "due", "", "confirmed")}
    for entry in found:
        group = "due" if entry.is_due and not entry.answer else entry.answer
        groups.setdefault(group, []).append(_answer_row(entry, now))
    rows: list[TableRow] = []
    for name, below in groups.items():
        if below:
            rows.append(TableRow(f"head {name}", (Cell(heads.get(name, name), detail=str(len(below))),), None, True))
            rows.extend(below)
    return tuple(rows)


def _answer_row(entry: Confirmation, now: dt.datetime) -> TableRow:
    return TableRow(
        key_of(entry.to),
        (
            Cell(entry.name, detail=entry.local_name or party_words(entry.to.party)),
            answer_cell(entry),
            Cell(entry.to.request, service=entry.service),
            Cell(slots(entry.first_slot, entry.last_slot)),
            Cell(entry.factory_name),
            Cell(moment(entry.sent_at, None, now) if entry.sent_at else translate("dispatch", "not yet"), "muted"),
            Cell(moment(entry.remind_at, None, now), "warn" if entry.is_due else "muted")
            if entry.remind_at and not entry.answer
            else Cell(),
        ),
        entry,
    )


def answer_cell(entry: Confirmation) -> Cell:
    """What somebody has answered."""
    if entry.answer == "confirmed":
        return Cell(translate("dispatch", "Confirmed"), "ok", is_chip=True, tip=entry.answer_note)
    if entry.answer == "declined":
        return Cell(translate("dispatch", "Declined"), "bad", is_chip=True, tip=entry.answer_note)
    return Cell(translate("dispatch", "No answer"), "warn" if entry.is_due else "", is_chip=True)
