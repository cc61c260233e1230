"""Visits, their results and corrective actions as the command line says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desktop.cli.output import say, say_table
from desktop.services.inspection.rows import ActionRow, ClassCount, FileRow, LifeEvent, ResultSheet, VisitCard, VisitRow
from desktop.services.trade.clock import wall_time
from desktop.services.words import count, spell_day, spell_list, spell_money, spell_slots

SAID = {
    "travelling": "left",
    "arrived": "on site",
    "finished": "finished",
    "report": "report in",
    "reviewed": "reviewed",
    "released": "released",
}
_KILOBYTE = 1024


def there(when: dt.datetime, zone: dt.tzinfo) -> str:
    """A moment by the clocks of a factory."""
    day, time = wall_time(when, zone, is_end=False)
    return f"{spell_day(day)} {time}"


def say_visits(rows: Sequence[VisitRow], now: dt.datetime) -> None:
    """A list of visits."""
    if not rows:
        say("There are no such visits.")
        return
    heads = (
        "request",
        "when",
        "service",
        "client",
        "factory",
        "inspectors",
        "stage",
        "outcome",
        "report due",
        "actions",
    )
    say_table(
        heads,
        [
            (
                row.request,
                spell_slots(row.first_slot, row.last_slot),
                row.service,
                row.client_name,
                row.factory_name,
                spell_list([person.code for person in row.crew]),
                row.stage,
                row.outcome,
                _due(row, now),
                _actions(row),
            )
            for row in rows
        ],
    )


def say_card(card: VisitCard) -> None:
    """One visit, but for its life."""
    row = card.row
    say(f"{row.request} {row.service}, {row.client_name}, {row.factory_name}: {row.stage}")
    crew = spell_list([f"{person.code} {person.name}" for person in row.crew])
    say(f"{spell_slots(row.first_slot, row.last_slot)}, {crew}")
    for name, at in card.times.items():
        by = f" by {card.reviewed_by}" if name == "reviewed" else ""
        say(f"{SAID[name]:<12}{there(at, row.zone)}{by}")
    if row.abort_reason:
        say(f"Aborted: {row.abort_reason}. {spell_money(card.charged_cents)} is charged.")
    if row.report_due is not None:
        late = ": overdue" if row.is_overdue else ""
        say(f"{'report due':<12}{there(row.report_due, row.zone)}{late}")
    _say_result(card.result)
    if card.files:
        say_files(card.files)
    if card.actions:
        say_actions(card.actions)
    elif card.proposed_actions:
        say(
            f"{count(len(card.proposed_actions), 'corrective action')} proposed:"
            f" `dupro-desk actions open {row.request}` opens them."
        )
    if card.follows is not None:
        say(f"It follows from {card.follows.request}, {card.follows.kind}, charged to the {card.follows.charged_to}.")
    for link in card.follow_ups:
        say(f"{link.request} follows from it: {link.kind}, {link.status}, charged to the {link.charged_to}.")
    for proposal in card.proposed_follow_ups:
        say(f"Proposed: {proposal.kind}. {proposal.because}")


def say_files(files: Sequence[FileRow]) -> None:
    """The files of a visit."""
    if not files:
        say("No file is attached.")
        return
    say_table(
        ("file", "kind", "name", "KB", "caption", "by"),
        [
            (str(file.id), file.kind, file.name, f"{file.size / _KILOBYTE:,.0f}", file.caption, file.added_by)
            for file in files
        ],
        right=(0, 3),
    )


def say_life(life: Sequence[LifeEvent], zone: dt.tzinfo) -> None:
    """Every event of a visit in order."""
    say_table(("when", "who", "what"), [(there(event.at, zone), event.who, event.text) for event in life])


def say_actions(actions: Sequence[ActionRow]) -> None:
    """A list of corrective actions."""
    say_table(
        ("action", "request", "factory", "class", "what", "owner", "next step", "due", "late"),
        [
            (
                str(action.id),
                action.request,
                action.factory_name,
                action.severity,
                action.text,
                action.owner or action.owner_party,
                action.next_step or "done",
                spell_day(action.due),
                count(action.days_late, "day") if action.is_overdue else "",
            )
            for action in actions
        ],
        right=(0,),
    )


def row_json(row: VisitRow) -> dict[str, Any]:
    """A visit of a list as JSON."""
    return {
        "request": row.request,
        "service": row.service,
        "client": row.client,
        "factory": row.factory,
        "order": row.order or None,
        "inspectors": [person.code for person in row.crew],
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "stage": row.stage,
        "outcome": row.outcome or None,
        "report_due": None if row.report_due is None else row.report_due.isoformat(),
        "report_overdue": row.is_overdue,
        "files": row.files,
        "actions": row.actions,
        "actions_overdue": row.actions_overdue,
        "follow_up": row.follow_up or None,
    }


def card_json(card: VisitCard, life: Sequence[LifeEvent]) -> dict[str, Any]:
    """One visit as JSON."""
    result = card.result
    return {
        **row_json(card.row),
        "times": {name: at.isoformat() for name, at in card.times.items()},
        "reviewed_by": card.reviewed_by or None,
        "abort_reason": card.row.abort_reason or None,
        "charged_cents": card.charged_cents,
        "lot": result.lot,
        "sample_planned": result.sample_planned,
        "sample_drawn": result.sample_size,
        "percent_made": result.percent_made,
        "found": {
            one.severity: {"found": one.found, "accept": one.accept}
            for one in (result.critical, result.major, result.minor)
        },
        "defects": [
            {"class": row.severity, "number": row.number, "text": row.text, "item": row.item or None}
            for row in result.defects
        ],
        "because": list(result.because),
        "client_decision": result.client_decision or None,
        "files": [
            {"file": file.id, "kind": file.kind, "name": file.name, "size": file.size, "sha256": file.sha256}
            for file in card.files
        ],
        "open_actions": [action_json(action) for action in card.actions],
        "life": [
            {"at": event.at.isoformat(), "kind": event.kind, "who": event.who, "text": event.text} for event in life
        ],
    }


def action_json(action: ActionRow) -> dict[str, Any]:
    """A corrective action as JSON."""
    return {
        "action": action.id,
        "request": action.request,
        "factory": action.factory,
        "class": action.severity,
        "text": action.text,
        "owner": action.owner or None,
        "owner_party": action.owner_party,
        "next_step": action.next_step,
        "due": action.due.isoformat(),
        "days_late": action.days_late,
        "steps": [
            {
                "step": step.step,
                "at": None if step.at is None else step.at.isoformat(),
                "text": step.text,
                "more": step.more or None,
            }
            for step in action.steps
        ],
    }


def _say_result(sheet: ResultSheet) -> None:
    if sheet.lot is not None:
        drawn = f", {sheet.sample_planned:,} to draw" if sheet.sample_planned is not None else ""
        say(f"{'lot':<12}{sheet.lot:,} pieces, {sheet.lot_words}{drawn}")
    if not sheet.outcome:
        say("There is no result yet.")
        return
    say(f"{'outcome':<12}{sheet.outcome}{f': {spell_list(sheet.because)}' if sheet.because else ''}")
    if sheet.client_decision:
        by = f" ({sheet.client_decided_by})" if sheet.client_decided_by else ""
        say(f"{'client':<12}{sheet.client_decision}{by} {sheet.client_note}".rstrip())
    say_table(
        ("class", "found", "accepted"),
        [(one.severity, str(one.found), _accepted(one)) for one in (sheet.critical, sheet.major, sheet.minor)],
        right=(1, 2),
    )
    if sheet.defects:
        say_table(
            ("class", "pieces", "defect"),
            [(row.severity, str(row.number), row.text) for row in sheet.defects],
            right=(1,),
        )


def _accepted(one: ClassCount) -> str:
    return "" if one.accept is None else str(one.accept)


def _due(row: VisitRow, now: dt.datetime) -> str:
    if row.report_due is None:
        return ""
    hours = abs(row.report_due - now) / dt.timedelta(hours=1)
    return f"{hours:.0f} h ago" if row.is_overdue else f"in {hours:.0f} h"


def _actions(row: VisitRow) -> str:
    if not row.actions:
        return ""
    return f"{row.actions}, {row.actions_overdue} late" if row.actions_overdue else str(row.actions)
