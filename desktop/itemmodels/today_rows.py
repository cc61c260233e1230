"""What a dispatcher has to look at, as rows of a list."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.list_table import Cell, Column, TableRow
from desktop.itemmodels.slot_words import moment, slots
from desktop.services.today.rows import Answer, Kind, TodayRow

translate = QCoreApplication.translate

SOON_HOURS = 24.0


def columns() -> tuple[Column, ...]:
    """The columns of every tab."""
    return (
        Column("hours", translate("today", "Hours"), 82, 86),
        Column("kind", translate("today", "What"), 104, 124),
        Column("request", translate("today", "Request"), 88, 104),
        Column("when", translate("today", "When"), 96, 150, goes=3),
        Column("who", translate("today", "Who"), 120, 190, 0.15),
        Column("where", translate("today", "Where"), 130, 220, 0.2),
        Column("client", translate("today", "Client"), 100, 140, 0.05, goes=2),
        Column("cause", translate("today", "Why"), 220, 420, 0.6),
    )


def kind_words(kind: Kind) -> str:
    """What a row is about, in a word or two."""
    return {
        "absent": translate("today", "Inspector away"),
        "closed": translate("today", "Factory closed"),
        "window": translate("today", "Out of window"),
        "papers": translate("today", "Papers lapse"),
        "rule": translate("today", "Rule broken"),
        "forecast": translate("today", "Forecast off"),
        "late": translate("today", "Late"),
        "declined": translate("today", "Declined"),
        "unconfirmed": translate("today", "Not confirmed"),
        "unsent": translate("today", "Not told"),
        "stale": translate("today", "Told otherwise"),
        "unheard": translate("today", "No word yet"),
        "report": translate("today", "Report due"),
        "action": translate("today", "Action late"),
        "hold": translate("today", "Hold runs out"),
        "unplaced": translate("today", "No place"),
        "unannounced": translate("today", "Not announced"),
        "starts": translate("today", "Starts"),
        "news": translate("today", "Changed"),
    }[kind]


def kind_token(kind: Kind) -> str:
    """The colour of the theme for a kind: red breaks something, amber may."""
    if kind in ("absent", "closed", "window", "papers", "rule", "declined", "late", "unplaced"):
        return "bad"
    return "" if kind in ("starts", "news") else "warn"


def answer_words(answer: Answer) -> str:
    """What somebody knows and says of a visit."""
    return {
        "untold": translate("today", "not told yet"),
        "told": translate("today", "told, no answer"),
        "confirmed": translate("today", "confirmed"),
        "declined": translate("today", "declined"),
    }[answer]


def hours_words(row: TodayRow, now: dt.datetime) -> str:
    """The hours left, or over: "14 h", "5 h ago", "40 min"; of news when it happened."""
    if row.kind == "news":
        return moment(row.until, None, now)
    left = row.hours_left(now)
    if abs(left) < 1:
        text = translate("today", "{minutes} min").format(minutes=round(abs(left) * 60))
    elif abs(left) < 72:
        text = translate("today", "{hours} h").format(hours=math.floor(abs(left)))
    else:
        text = translate("today", "{days} d").format(days=math.floor(abs(left) / 24))
    return text if left >= 0 else translate("today", "{time} ago").format(time=text)


def hours_token(row: TodayRow, now: dt.datetime) -> str:
    """Its colour: over is bad, near is a warning; what nobody has to do anything about stays grey."""
    if not row.is_to_do:
        return "muted"
    left = row.hours_left(now)
    return "bad" if left < 0 else "warn" if left < SOON_HOURS else ""


def table_row(row: TodayRow, now: dt.datetime) -> TableRow:
    """One row of the list."""
    of = row.about
    names = ", ".join(person.name for person in row.people) or row.who
    if of is None:
        request, where, client = Cell(_several(row)), Cell(), Cell()
    else:
        request = Cell(of.request, service=of.service)
        where = Cell(of.factory_name, detail=of.area, tip=" · ".join(filter(None, (of.factory_local_name, of.area))))
        client = Cell(of.client_name, "muted")
    who = Cell(names, _token_of_people(row), tip="\n".join(_answers(row)) or names)
    when = "" if row.first_slot is None or row.last_slot is None else slots(row.first_slot, row.last_slot)
    cells = (
        Cell(hours_words(row, now), hours_token(row, now)),
        Cell(kind_words(row.kind), kind_token(row.kind), is_chip=True),
        request,
        Cell(when, "muted"),
        who,
        where,
        client,
        Cell(row.cause if row.kind != "starts" else " · ".join(_answers(row)), "muted" if not row.is_to_do else ""),
    )
    return TableRow(row.key, cells, row)


def told(row: TodayRow) -> str:
    """All words of a row that a search looks at."""
    of = row.about
    parts = [row.cause, row.plan, row.who, *row.requests, *(f"{person.name} {person.code}" for person in row.people)]
    if of is not None:
        parts += [of.request, of.client_name, of.factory_name, of.factory_local_name, of.area, of.service]
    return " ".join(parts)


def _several(row: TodayRow) -> str:
    return (
        "" if len(row.requests) < 2 else translate("today", "{number} visits").format(number=f"{len(row.requests):,}")
    )


def _answers(row: TodayRow) -> list[str]:
    if not row.has_answers:
        return []
    found = [f"{person.name}: {answer_words(person.answer)}" for person in row.people]
    if row.about is not None and row.kind == "starts":
        found.append(translate("today", "factory: {answer}").format(answer=answer_words(row.factory_answer)))
    return found


def _token_of_people(row: TodayRow) -> str:
    if row.kind == "starts" and any(person.answer == "declined" for person in row.people):
        return "bad"
    return ""
