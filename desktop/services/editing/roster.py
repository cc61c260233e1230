"""The roster by hand: people, their absences, permits and exceptional days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, NotFoundError
from desktop.models import (
    Absence,
    Assignment,
    Client,
    DayException,
    Factory,
    Inspector,
    InspectorCertificate,
    InspectorSkill,
    Permit,
    Plan,
    Request,
    Visit,
)
from desktop.models.halfday import date_of, morning
from desktop.services.changes import Step
from desktop.services.commands import (
    AddInspector,
    GrantPermit,
    RecordAbsence,
    RemoveAbsence,
    RevokePermit,
    SetDayException,
)
from desktop.services.editing.fields import check_values, refuse_faults
from desktop.services.editing.freeing import free_hits
from desktop.services.lookup import absence_by_key, check_version, inspector_by_code, refuse_taken
from desktop.services.words import spell_day, spell_list, spell_slots
from desktop.services.work import Work

YEARS = (2000, 2100)
"""Absolute half-days outside these years are half-days of a horizon given by mistake."""

# field of a command, record, key column, value column
_MAPS: tuple[tuple[str, type[Any], str, str], ...] = (
    ("skills", InspectorSkill, "skill", "level"),
    ("certificates", InspectorCertificate, "certificate", "valid_until"),
    ("permits", Permit, "area", "valid_until"),
)


def add_inspector(work: Work, command: AddInspector) -> Step:
    """Store a new person of the roster."""
    name = f"Inspector {command.code}"
    values = check_values("inspector", asdict(command), name)
    refuse_taken(work.session, Inspector, values["code"])
    check_inspector(name, values)
    maps = {field: values.pop(field) for field, *_ in _MAPS}
    inspector = Inspector(**values)
    for field, wanted in maps.items():
        _set_map(inspector, field, wanted)
    work.session.add(inspector)
    unplanned = [] if maps["permits"] else [f"{inspector.code} may not work in any area yet: permits are missing."]
    if not inspector.services:
        unplanned.append(f"{inspector.code} offers no service yet.")
    return Step(f"Add inspector {inspector.code}", tuple(unplanned))


def edit_inspector(work: Work, inspector: Inspector, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set typed fields of an inspector; maps replace all skills, certificates or permits."""
    check_inspector(f"Inspector {inspector.code}", values)
    leaves = inspector.active and values.get("active") is False
    for field, value in values.items():
        if any(field == name for name, *_ in _MAPS):
            _set_map(inspector, field, value)
        else:
            setattr(inspector, field, value)
    if not leaves:
        return ()
    return collisions(work.session, inspector, morning(work.now.date()), None)


def check_inspector(name: str, values: Mapping[str, Any]) -> None:
    """Refuse costs that name no day, or more days than a week has."""
    costs = values.get("day_costs_cents")
    if costs is not None and not 1 <= len(costs) <= 7:
        refuse_faults(
            name, [f"day_costs_cents has {len(costs)} values; it should have one for each day of a week, 1 to 7"]
        )


def record_absence(work: Work, command: RecordAbsence) -> Step:
    """Note that an inspector cannot work; names the visits that this collides with."""
    inspector = inspector_by_code(work.session, command.inspector)
    first, last = command.first_slot, command.last_slot
    _check_slots(inspector, first, last)
    when = spell_slots(first, last)
    kind = command.kind.strip()
    if not kind:
        raise BadInputError(f"The absence of {inspector.code} on {when} has no kind.", "Say leave, sick or training.")
    label = f"Record absence of {inspector.code}, {when}"
    for absence in inspector.absences:
        if absence.first_slot <= first and last <= absence.last_slot:
            return Step(label, (f"{inspector.code} is absent then already ({absence.kind}, number {absence.id}).",))
    inspector.absences.append(Absence(first_slot=first, last_slot=last, kind=kind, note=command.note.strip()))
    messages = collisions(work.session, inspector, first, last)
    freed = free_hits(work, people=(inspector.code,)) if command.frees else ()
    return Step(label, (*messages, *freed))


def remove_absence(work: Work, command: RemoveAbsence) -> Step:
    """Delete an absence."""
    absence = absence_by_key(work.session, command.absence_id)
    check_version(absence, command.version, work.session)
    inspector = work.session.get_one(Inspector, absence.inspector_id)
    when = spell_slots(absence.first_slot, absence.last_slot)
    work.session.delete(absence)
    return Step(f"Remove absence of {inspector.code}, {when}")


def grant_permit(work: Work, command: GrantPermit) -> Step:
    """Allow an inspector to work in an area."""
    inspector = inspector_by_code(work.session, command.inspector)
    area = command.area.strip()
    if not area:
        raise BadInputError(f"The permit of {inspector.code} names no area.", "Give the area as factories have it.")
    permit = next((row for row in inspector.permits if row.area == area), None)
    if permit is None:
        permit = Permit(area=area)
        inspector.permits.append(permit)
    permit.valid_until = command.valid_until
    until = f" until {spell_day(command.valid_until)}" if command.valid_until else ""
    messages = []
    if command.valid_until is not None and command.valid_until < work.now.date():
        messages.append("That day is past: the permit is of no use.")
    return Step(f"Permit {inspector.code} to work in {area}{until}", tuple(messages))


def revoke_permit(work: Work, command: RevokePermit) -> Step:
    """Take a permit away."""
    inspector = inspector_by_code(work.session, command.inspector)
    permit = next((row for row in inspector.permits if row.area == command.area.strip()), None)
    if permit is None:
        areas = sorted(row.area for row in inspector.permits)
        raise NotFoundError(
            f'{inspector.code} has no permit for "{command.area}".',
            f"Permits are for {spell_list(areas)}." if areas else "There are no permits at all.",
        )
    inspector.permits.remove(permit)
    return Step(f"Revoke permit of {inspector.code} for {permit.area}")


def set_day_exception(work: Work, command: SetDayException) -> Step:
    """Say what differs on one day from an inspector's week."""
    inspector = inspector_by_code(work.session, command.inspector)
    if command.premium_cents is not None and command.premium_cents < 0:
        raise BadInputError(
            f"The premium of {inspector.code} on {command.date} is {command.premium_cents} cents.", "Give 0 or more."
        )
    said = {
        "morning": command.morning,
        "afternoon": command.afternoon,
        "may_travel": command.may_travel,
        "premium_cents": command.premium_cents,
    }
    row = next((row for row in inspector.exceptions if row.date == command.date), None)
    label = f"Set {inspector.code} on {spell_day(command.date)}"
    if all(value is None for value in said.values()):
        if row is not None:
            inspector.exceptions.remove(row)
        return Step(f"{label} to as usual")
    if row is None:
        row = DayException(date=command.date)
        inspector.exceptions.append(row)
    for field, value in said.items():
        setattr(row, field, value)
    halves = (command.morning, command.afternoon)
    taken = [morning(command.date) + half for half, works in enumerate(halves) if works is False]
    messages = collisions(work.session, inspector, taken[0], taken[-1]) if taken else ()
    return Step(label, messages)


def _set_map(inspector: Inspector, field: str, wanted: Mapping[str, Any]) -> None:
    """Make the child rows of a field say what the map says, touching only those that differ."""
    record, key, value = next(row[1:] for row in _MAPS if row[0] == field)
    rows = getattr(inspector, field)
    for row in [row for row in rows if getattr(row, key) not in wanted]:
        rows.remove(row)
    standing = {getattr(row, key): row for row in rows}
    for name, content in wanted.items():
        if name in standing:
            setattr(standing[name], value, content)
        else:
            rows.append(record(**{key: name, value: content}))


def _check_slots(inspector: Inspector, first: int, last: int) -> None:
    lowest, highest = morning(dt.date(YEARS[0], 1, 1)), morning(dt.date(YEARS[1], 1, 1))
    faults = [
        f"{field} is {slot}; it should be a half-day between the years {YEARS[0]} and {YEARS[1]}"
        for field, slot in (("first_slot", first), ("last_slot", last))
        if not lowest <= slot < highest
    ]
    if not faults and first > last:
        faults.append(
            f"last_slot is {last} ({spell_day(date_of(last))}),"
            f" before first_slot, {first} ({spell_day(date_of(first))})"
        )
    refuse_faults(f"The absence of {inspector.code}", faults)


def collisions(session: Session, inspector: Inspector, first: int, last: int | None) -> tuple[str, ...]:
    """What an inspector is planned to do from one half-day to another (None: without end), and who was told of it."""
    query = (
        select(
            Request.code,
            Plan.code,
            Assignment.first_slot,
            Assignment.last_slot,
            Visit.published,
            Factory.name,
            Client.name,
        )
        .join(Visit, Visit.id == Assignment.visit_id)
        .join(Request, Request.id == Visit.request_id)
        .join(Plan, Plan.id == Visit.plan_id)
        .join(Factory, Factory.id == Request.factory_id)
        .join(Client, Client.id == Request.client_id)
        .where(
            Assignment.inspector_id == inspector.id,
            Assignment.last_slot >= first,
            Visit.status == "planned",
            (Plan.status == "draft") | Visit.published,
        )
        .order_by(Assignment.first_slot, Plan.code)
    )
    if last is not None:
        query = query.where(Assignment.first_slot <= last)
    rows = session.execute(query).all()
    plans: dict[tuple[str, int, int], list[str]] = {}
    for request, plan, start, end, *_ in rows:
        plans.setdefault((request, start, end), []).append(plan)
    planned = [f"{request} on {spell_slots(*span)} ({', '.join(found)})" for (request, *span), found in plans.items()]
    told = [f"{row[0]} ({factory}, for {client})" for row in rows for *_, is_told, factory, client in (row,) if is_told]
    messages = [f"{inspector.code} is planned then for {spell_list(planned)}: plan again."] if planned else []
    if told:
        messages.append(f"Announced, so that somebody has to be told: {spell_list(told)}.")
    return tuple(messages)
