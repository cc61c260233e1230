"""Visits and corrective actions as rows of lists, and how their states are said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.list_table import Cell, Column, LateCells, TableRow
from desktop.itemmodels.request_words import short_day
from desktop.itemmodels.slot_words import moment, slots
from desktop.services.inspection.rows import ActionRow, VisitRow

translate = QCoreApplication.translate


def stage_words(stage: str) -> str:
    """How far a visit is."""
    return {
        "planned": translate("visits", "Planned"),
        "travelling": translate("visits", "Travelling"),
        "on site": translate("visits", "On site"),
        "finished": translate("visits", "Finished"),
        "aborted": translate("visits", "Aborted"),
        "report in": translate("visits", "Report in"),
        "reviewed": translate("visits", "Reviewed"),
        "released": translate("visits", "Released"),
    }.get(stage, stage)


def stage_cell(row: VisitRow) -> Cell:
    """How far a visit is: coloured where somebody is out, and where it came to nothing."""
    token = {"travelling": "accent", "on site": "accent", "aborted": "bad"}.get(row.stage, "")
    return Cell(stage_words(row.stage), token, is_chip=True, tip=abort_words(row.abort_reason))


def listed_stage(row: VisitRow, now: dt.datetime) -> Cell:
    """The same in a list; a day that is over and of which nobody has noted anything stands out."""
    if row.stage == "planned" and row.last_day < now.astimezone(row.zone).date():
        tip = translate("visits", "The day is over, and nobody has noted what came of it.")
        return Cell(translate("visits", "Not noted"), "warn", is_chip=True, tip=tip)
    return stage_cell(row)


def abort_words(reason: str) -> str:
    """Why a visit was aborted."""
    return {
        "not ready": translate("visits", "The goods were not ready"),
        "wrong address": translate("visits", "The address was wrong"),
        "refused entry": translate("visits", "Entry was refused"),
        "other": translate("visits", "Another reason"),
    }.get(reason, reason)


def outcome_cell(outcome: str) -> Cell:
    """What a visit came to."""
    text, token = {
        "pass": (translate("visits", "Pass"), "ok"),
        "fail": (translate("visits", "Fail"), "bad"),
        "pending": (translate("visits", "Pending"), "warn"),
        "aborted": (translate("visits", "Aborted"), ""),
    }.get(outcome, ("", ""))
    return Cell(text, token, is_chip=bool(text))


def severity_words(severity: str) -> str:
    """A class of defects."""
    return {
        "critical": translate("visits", "Critical"),
        "major": translate("visits", "Major"),
        "minor": translate("visits", "Minor"),
    }.get(severity, severity)


def step_words(step: str) -> str:
    """A step of a corrective action."""
    return {
        "communicated": translate("visits", "Communicated"),
        "root cause": translate("visits", "Root cause"),
        "solution": translate("visits", "Solution"),
        "verified": translate("visits", "Fix verified"),
    }.get(step, step)


def owner_words(party: str) -> str:
    """Who is to act."""
    return {
        "factory": translate("visits", "Factory"),
        "client": translate("visits", "Client"),
        "house": translate("visits", "Our house"),
    }.get(party, party)


def crew_words(row: VisitRow) -> str:
    """Who goes."""
    return ", ".join(person.name for person in row.crew)


# -- visits ------------------------------------------------------------------------------------------------------------


def visit_columns() -> tuple[Column, ...]:
    """The columns of visits."""
    return (
        Column("visit", translate("visits", "Visit"), 92, 100),
        Column("stage", translate("visits", "Status"), 92, 100),
        Column("day", translate("visits", "Day"), 150, 178, goes=3),
        Column("crew", translate("visits", "Inspector"), 120, 190, 0.25),
        Column("factory", translate("visits", "Factory"), 160, 240, 0.4),
        Column("client", translate("visits", "Client"), 120, 150, 0.2, goes=2),
        Column("outcome", translate("visits", "Result"), 76, 84),
        Column("report", translate("visits", "Report due"), 124, 136),
        Column("files", translate("visits", "Files"), 44, 48, goes=1),
        Column("actions", translate("visits", "Actions"), 70, 96),
    )


def visit_rows(rows: Iterable[VisitRow], now: dt.datetime) -> tuple[TableRow, ...]:
    """Visits, under a head for each day: today's first, then those before, then those to come."""
    found: list[TableRow] = []
    head = None
    for row in rows:
        if row.first_day != head:
            head = row.first_day
            found.append(TableRow(f"head {head}", (Cell(_day_words(head, now)),), None, True))
        found.append(_visit_row(row, now))
    return tuple(found)


def _day_words(day: dt.date, now: dt.datetime) -> str:
    today = now.astimezone().date()
    named = {
        today: translate("visits", "Today, {day}"),
        today - dt.timedelta(days=1): translate("visits", "Yesterday, {day}"),
        today + dt.timedelta(days=1): translate("visits", "Tomorrow, {day}"),
    }
    return named.get(day, "{day}").format(day=short_day(day))


def _visit_row(row: VisitRow, now: dt.datetime) -> TableRow:
    return TableRow(row.request, LateCells(partial(_visit_cells, row, now)), row)


def _visit_cells(row: VisitRow, now: dt.datetime) -> tuple[Cell, ...]:
    more = f"{row.actions_overdue} {translate('visits', 'late')}" if row.actions_overdue else ""
    return (
        Cell(row.request, service=row.service),
        listed_stage(row, now),
        Cell(slots(row.first_slot, row.last_slot)),
        Cell(crew_words(row), tip="\n".join(f"{p.name} {p.local_name}".strip() for p in row.crew)),
        Cell(row.factory_name, detail=row.factory_local_name),
        Cell(row.client_name),
        outcome_cell(row.outcome),
        report_cell(row, now),
        Cell(str(row.files) if row.files else "", "muted"),
        Cell(str(row.actions) if row.actions else "", "bad" if row.actions_overdue else "muted", more),
    )


def report_cell(row: VisitRow, now: dt.datetime) -> Cell:
    """Until when the report is to be out, by the factory's clocks."""
    if row.report_due is None:
        return Cell()
    said = moment(row.report_due, row.zone, now)
    if row.is_overdue:
        return Cell(said, "bad", is_chip=True, tip=translate("visits", "The report is overdue."))
    return Cell(said, "muted")


# -- corrective actions ------------------------------------------------------------------------------------------------


def action_columns() -> tuple[Column, ...]:
    """The columns of corrective actions."""
    return (
        Column("due", translate("visits", "Due"), 128, 142),
        Column("severity", translate("visits", "Class"), 78, 84),
        Column("text", translate("visits", "What is wrong"), 200, 320, 0.5),
        Column("step", translate("visits", "Next step"), 120, 140),
        Column("owner", translate("visits", "Owner"), 110, 150, 0.15),
        Column("factory", translate("visits", "Factory"), 140, 190, 0.25, goes=1),
        Column("client", translate("visits", "Client"), 110, 140, 0.1, goes=2),
        Column("visit", translate("visits", "Visit"), 66, 76),
    )


def action_rows(rows: Iterable[ActionRow]) -> tuple[TableRow, ...]:
    """Corrective actions in the order given."""
    return tuple(
        TableRow(
            str(row.id),
            (
                due_cell(row),
                severity_cell(row.severity),
                Cell(row.text),
                step_cell(row),
                _owner_cell(row),
                Cell(row.factory_name),
                Cell(row.client_name),
                Cell(row.request),
            ),
            row,
        )
        for row in rows
    )


def _owner_cell(row: ActionRow) -> Cell:
    party = owner_words(row.owner_party)
    return Cell(row.owner, detail=party) if row.owner else Cell(party)


def due_cell(row: ActionRow) -> Cell:
    """When the present step is due, and how late it is."""
    if row.next_step is None:
        return Cell(translate("visits", "done"), "ok")
    if row.is_overdue:
        return Cell(short_day(row.due), "bad", translate("visits", "%n d late", "", row.days_late))
    return Cell(short_day(row.due))


def severity_cell(severity: str) -> Cell:
    """A class of defects on its ground."""
    return Cell(severity_words(severity), {"critical": "bad", "major": "warn"}.get(severity, ""), is_chip=True)


def step_cell(row: ActionRow) -> Cell:
    """The step that is open, and which of the four it is."""
    if row.next_step is None:
        return Cell(translate("visits", "all done"), "ok")
    number = next((n for n, step in enumerate(row.steps, 1) if step.step == row.next_step), 1)
    return Cell(step_words(row.next_step), detail=f"{number}/{len(row.steps)}")
