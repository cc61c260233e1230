"""Corrective actions: opened, taken step by step, opened again."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, NotFoundError, RefusedError
from desktop.models import CorrectiveAction, Factory, Request, Visit
from desktop.models.visit import SEVERITIES
from desktop.services.changes import Step
from desktop.services.commands.inspection import (
    ActionEntry,
    AdvanceAction,
    ChangeAction,
    OpenActions,
    OwnerParty,
    ReopenAction,
    Severity,
)
from desktop.services.editing.fields import refuse_faults
from desktop.services.inspection.actions import (
    DONE_AT,
    action_words,
    calls_for_action,
    done_steps,
    due_of,
    propose_actions,
)
from desktop.services.inspection.results import MOST_TEXT
from desktop.services.inspection.visited import Visited
from desktop.services.lookup import check_version
from desktop.services.trade.clock import wall_time
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.results import STEPS, step_due
from desktop.services.words import count, spell_day
from desktop.services.work import Work

_WORDS = ("communicated_to", "root_cause", "for_made", "verification")
"""Where the words of each step are kept, in their order."""

_ASKED = (
    "to whom it was communicated",
    "the root cause",
    "what is done about the pieces made",
    "how the fix was verified",
)


def open_actions_of(work: Work, command: OpenActions) -> Step:
    """Open corrective actions about what a visit found; without any given, those that are proposed.

    Raises:
        NotFoundError: no such request.
        RefusedError: there is nothing to act on.
        BadInputError: an action cannot be.
    """
    visited = Visited(work, command.request, "have found anything")
    if not calls_for_action(visited.result):
        raise RefusedError(
            f"{visited.code} has no result that failed or is pending: nothing asks for corrective actions.",
            "Record the result first.",
        )
    proposed = [proposal.entry for proposal in propose_actions(work.session, work.now, command.request)]
    entries = command.actions or tuple(proposed)
    if not entries:
        raise RefusedError(
            f"An action is open for every defect of {visited.code}.", "Give the words of another one to open it too."
        )
    _check(visited, entries)
    by_position = {defect.position: defect.id for defect in visited.result.defects}
    today = visited.day(work.now)
    settings = read_trade_settings(work.session).results
    for entry in entries:
        work.session.add(
            CorrectiveAction(
                visit_id=visited.visit.id,
                defect_id=None if entry.defect is None else by_position[entry.defect],
                severity=entry.severity,
                text=entry.text.strip(),
                owner=entry.owner.strip(),
                owner_party=entry.owner_party,
                opened_at=work.now,
                due=entry.due or step_due(entry.severity, 0, today, settings),
            )
        )
    texts = action_words(entry.text for entry in entries)
    return Step(f"Open {count(len(entries), 'corrective action')} for {visited.code}: {texts}")


def advance_action(work: Work, command: AdvanceAction) -> Step:
    """Note that the next step of an action is done, or correct the words of one that is.

    Raises:
        NotFoundError, ConflictError: there is no such action, or somebody changed it.
        RefusedError: a step before it is not done yet.
        BadInputError: its words are missing, or its time cannot be.
    """
    action = _Action(work, command.action, command.version)
    row, number = action.row, action.number_of(command.step)
    done = done_steps(row)
    if number > done:
        raise RefusedError(
            f'"{command.step}" of action {row.id} cannot be done before "{STEPS[done]}".',
            f"Record {STEPS[done]} first.",
        )
    corrected = number < done
    action.check_words(command, number)
    at = action.moment(command.at, getattr(row, DONE_AT[number]) if corrected and command.at is None else None)
    action.check_order(number, at)
    setattr(row, DONE_AT[number], at)
    setattr(row, _WORDS[number], command.text.strip())
    if command.step == "solution":
        row.for_coming = command.for_coming.strip()
    if command.step == "verified":
        row.verified_by = command.by.strip() or work.actor
    messages = () if corrected else action.settle_due()
    what = "Correct" if corrected else "Record"
    return Step(f"{what} {command.step} of action {row.id} of {action.code}", messages)


def reopen_action(work: Work, command: ReopenAction) -> Step:
    """Open a step of an action again, and those after it; their words stay to be read, until new ones are entered.

    Raises:
        NotFoundError, ConflictError: there is no such action, or somebody changed it.
        RefusedError: the step is not done.
    """
    action = _Action(work, command.action, command.version)
    row, number = action.row, action.number_of(command.step)
    if number >= done_steps(row):
        raise RefusedError(f'"{command.step}" of action {row.id} is not done: it is open already.')
    for column in DONE_AT[number:]:
        setattr(row, column, None)
    row.due = step_due(row.severity, number, action.today, read_trade_settings(work.session).results)
    messages = (f'"{command.step}" is due on {spell_day(row.due)}.',)
    return Step(f"Reopen action {row.id} of {action.code} from {command.step} on", messages)


def change_action(work: Work, command: ChangeAction) -> Step:
    """Change whose an action is, when its present step is due, or its words.

    Raises:
        NotFoundError, ConflictError: there is no such action, or somebody changed it.
        BadInputError: a value cannot be.
    """
    action = _Action(work, command.action, command.version)
    row = action.row
    entry = ActionEntry(
        cast(Severity, row.severity),
        row.text if command.text is None else command.text,
        row.owner if command.owner is None else command.owner,
        cast(OwnerParty, row.owner_party) if command.owner_party is None else command.owner_party,
    )
    refuse_faults(f"Action {row.id}", _faults(entry))
    row.text, row.owner, row.owner_party = entry.text.strip(), entry.owner.strip(), entry.owner_party
    if command.due is not None:
        row.due = command.due
    return Step(f"Change action {row.id} of {action.code}")


class _Action:
    """One action at hand, with the clocks of its factory."""

    def __init__(self, work: Work, key: int, version: int | None) -> None:
        found = work.session.get(CorrectiveAction, key)
        if found is None:
            raise NotFoundError(
                f"There is no corrective action with the number {key}.", "Look at the list of actions for its number."
            )
        check_version(found, version, work.session)
        self.row = found
        self._work = work
        self.code, zone = _of_visit(work.session, found.visit_id)
        self._zone = zoneinfo.ZoneInfo(zone)

    @property
    def today(self) -> dt.date:
        """The date at the factory."""
        return self._work.now.astimezone(self._zone).date()

    def number_of(self, step: str) -> int:
        """The number of a step, from 0."""
        if step not in STEPS:
            raise BadInputError(f'A corrective action has no step "{step}".', f"It has {', '.join(STEPS)}.")
        return STEPS.index(step)

    def check_words(self, command: AdvanceAction, number: int) -> None:
        """Refuse a step of which nothing is said."""
        faults = []
        if not command.text.strip():
            faults.append(f"{_ASKED[number]} is missing")
        if command.step == "solution" and not command.for_coming.strip():
            faults.append("what is done about the pieces to come is missing")
        if max(len(command.text), len(command.for_coming)) > MOST_TEXT:
            faults.append(f"it has more than {MOST_TEXT:,} characters")
        refuse_faults(f'"{command.step}" of action {self.row.id}', faults)

    def moment(self, at: dt.datetime | None, standing: dt.datetime | None) -> dt.datetime:
        """When a step was done (UTC): as given, as it stands, or now."""
        at = at or standing or self._work.now
        return (at if at.tzinfo is not None else at.replace(tzinfo=self._zone)).astimezone(dt.UTC)

    def check_order(self, number: int, at: dt.datetime) -> None:
        """Refuse a time ahead, before the step before, or after the step after."""
        row, faults = self.row, []
        before = row.opened_at if number == 0 else getattr(row, DONE_AT[number - 1])
        after = getattr(row, DONE_AT[number + 1]) if number + 1 < len(STEPS) else None
        if at > self._work.now:
            faults.append(f"it is at {self._there(at)}; it is {self._there(self._work.now)} at the factory now")
        # an action may be opened in the office after the factory has been told
        if number > 0 and at < before:
            faults.append(f"it is at {self._there(at)}, before {STEPS[number - 1]}, {self._there(before)}")
        if after is not None and at > after:
            faults.append(f"it is at {self._there(at)}, after {STEPS[number + 1]}, {self._there(after)}")
        refuse_faults(f'"{STEPS[number]}" of action {row.id}', faults)

    def settle_due(self) -> tuple[str, ...]:
        """Let the step that is open now be due by the house's days; a sentence on it."""
        row, done = self.row, done_steps(self.row)
        if done == len(STEPS):
            return (f"Action {row.id} is done.",)
        row.due = due_of(row, self._zone, read_trade_settings(self._work.session).results)
        return (f'"{STEPS[done]}" is due on {spell_day(row.due)}.',)

    def _there(self, when: dt.datetime) -> str:
        day, time = wall_time(when, self._zone, is_end=False)
        return f"{spell_day(day)} {time}"


def _of_visit(session: Session, visit_id: int) -> tuple[str, str]:
    """Code of the request and time zone of the factory of a visit."""
    query = (
        select(Request.code, Factory.time_zone)
        .join(Factory, Factory.id == Request.factory_id)
        .join(Visit, Visit.request_id == Request.id)
        .where(Visit.id == visit_id)
    )
    code, zone = session.execute(query).one()
    return code, zone


def _check(visited: Visited, entries: tuple[ActionEntry, ...]) -> None:
    """Refuse actions that cannot be."""
    known = {defect.position for defect in visited.result.defects}
    faults: list[str] = []
    for number, entry in enumerate(entries, 1):
        faults.extend(f"action {number} {fault}" for fault in _faults(entry))
        if entry.defect is not None and entry.defect not in known:
            faults.append(f"action {number} is about defect {entry.defect}; {len(known)} are on record")
    refuse_faults(f"Request {visited.code}", faults)


def _faults(entry: ActionEntry) -> list[str]:
    faults = []
    if entry.severity not in SEVERITIES:
        faults.append(f"is {entry.severity}; the classes are {', '.join(SEVERITIES)}")
    if entry.owner_party not in get_args(OwnerParty):
        faults.append(f"is owned by {entry.owner_party}; it should be one of {', '.join(get_args(OwnerParty))}")
    if not entry.text.strip():
        faults.append("has no words; say what has to be mended")
    elif len(entry.text) > MOST_TEXT:
        faults.append(f"has more than {MOST_TEXT:,} characters")
    return faults
