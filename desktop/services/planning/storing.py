"""A planning problem file as records: stored so that building gives the same problem again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import (
    Announcement,
    AnnouncementInspector,
    Client,
    DayException,
    Factory,
    FactoryClosure,
    Inspector,
    InspectorCertificate,
    InspectorPosition,
    InspectorSkill,
    PastVisit,
    Permit,
    Pin,
    PinInspector,
    Request,
    RequestAffinity,
    RequestExclusion,
)
from desktop.models.halfday import morning
from desktop.services.changes import Step
from desktop.services.commands import ImportProblem
from desktop.services.settings import PlanSettings
from desktop.services.words import count, spell_list
from desktop.services.work import Work
from scheduler import problem as given
from scheduler.problem import Horizon, Problem
from scheduler.validate import check_problem

CLIENT = "imported"
TIME_ZONES = {"CN": "Asia/Shanghai", "VN": "Asia/Ho_Chi_Minh"}


def import_problem(work: Work, command: ImportProblem) -> Step:
    """Store a problem file as one step. Refuses one with faults, and one that names records that exist already."""
    problem = command.problem
    faults = check_problem(problem)
    if faults:
        raise BadInputError(
            f"The problem has {count(len(faults), 'fault')}.",
            "Mend the file and import it again.",
            [str(fault) for fault in faults],
        )
    taken = _taken(work.session, problem)
    if taken:
        raise BadInputError(
            f"The database has records of these codes already: {spell_list(taken)}.",
            "Import the file into a new database.",
        )
    store_problem(work.session, problem, work.now)
    size = f"{count(len(problem.inspectors), 'inspector')}, {count(len(problem.requests), 'request')}"
    return Step(command.label or f"Import a problem of {size}", (f"Stored {size}.",))


def settings_of(problem: Problem) -> PlanSettings:
    """The settings with which building from the records that `store_problem` made gives the problem."""
    return PlanSettings(
        first_day=problem.horizon.start,
        days=problem.horizon.days,
        every_open_request=True,
        travel=problem.travel,
        limits=problem.limits,
        rotation=problem.rotation,
    )


def store_problem(session: Session, problem: Problem, now: dt.datetime) -> None:
    """Add records that say what a problem without faults says, to a database that has none of its codes.

    What the calendar would decide is stated day by day from the eve of the horizon to the day after it. Sites become
    factories, and all requests are booked `now` by one client.
    """
    client = session.scalars(select(Client).where(Client.code == CLIENT)).one_or_none()
    if client is None:
        client = Client(code=CLIENT, name="Imported problems")
        session.add(client)
    factories = {site.id: _factory(site) for site in problem.sites}
    people = {person.id: _inspector(person, problem.horizon) for person in problem.inspectors}
    session.add_all([*factories.values(), *people.values()])
    session.flush()
    keys = {code: person.id for code, person in people.items()}
    requests = {}
    for entry in problem.requests:
        record = _request(entry, problem, keys)
        record.client_id, record.factory_id, record.requested_at = client.id, factories[entry.site].id, now
        requests[entry.id] = record
    session.add_all(requests.values())
    session.add_all(
        PastVisit(inspector_id=keys[visit.inspector], factory_id=factories[visit.site].id, visited_on=visit.date)
        for visit in problem.history
    )
    session.flush()
    session.add_all(
        _announcement(requests[code].id, entry, problem.horizon, keys) for code, entry in problem.published.items()
    )
    session.flush()


def _taken(session: Session, problem: Problem) -> list[str]:
    """Codes of a problem that records have already."""
    found: list[str] = []
    kinds: Sequence[tuple[type[Factory | Inspector | Request], Iterable[str]]] = (
        (Factory, (site.id for site in problem.sites)),
        (Inspector, (person.id for person in problem.inspectors)),
        (Request, (request.id for request in problem.requests)),
    )
    for model, wanted in kinds:
        known = set(session.scalars(select(model.code)))
        found += sorted(known.intersection(wanted))
    return found


def _factory(site: given.Site) -> Factory:
    return Factory(
        code=site.id,
        name=site.id,
        lat=site.lat,
        lon=site.lon,
        precision="address",
        area=site.area,
        country=site.country,
        time_zone=TIME_ZONES.get(site.country, "UTC"),
        closes_on_holidays=False,
        closures=[FactoryClosure(first_date=date, last_date=date) for date in sorted(site.closed)],
    )


def _inspector(person: given.Inspector, horizon: Horizon) -> Inspector:
    before = person.worked_before
    start = person.start
    position = InspectorPosition(
        as_of=horizon.start,
        days_this_week=before.days_this_week,
        consecutive_days=before.consecutive_days,
        start_slot=None if start is None else morning(horizon.start) + start.slot,
        lat=None if start is None else start.lat,
        lon=None if start is None else start.lon,
        country=None if start is None else start.country,
        worked_dates=() if start is None else tuple(horizon.date(day).isoformat() for day in start.worked_days),
    )
    return Inspector(
        code=person.id,
        name=person.id,
        lat=person.lat,
        lon=person.lon,
        country=person.country,
        services=person.services,
        languages=person.languages,
        day_costs_cents=person.day_costs,
        night_cost_cents=person.night_cost,
        travel_day_cost_cents=person.travel_day_cost,
        max_consecutive_days=person.max_consecutive_days,
        skills=[InspectorSkill(skill=skill, level=level) for skill, level in person.skills.items()],
        certificates=[
            InspectorCertificate(certificate=name, valid_until=last) for name, last in person.certificates.items()
        ],
        permits=[Permit(area=area, valid_until=last) for area, last in person.works_in.items()],
        exceptions=list(_exceptions(person, horizon)),
        positions=[position],
    )


def _exceptions(person: given.Inspector, horizon: Horizon) -> Iterable[DayException]:
    """One for every day that the problem speaks of: on the eve and the day after only travel is in question."""
    for day in range(-1, horizon.days + 1):
        inside = 0 <= day < horizon.days
        yield DayException(
            date=horizon.date(day),
            morning=person.available[2 * day] if inside else None,
            afternoon=person.available[2 * day + 1] if inside else None,
            may_travel=person.may_travel[day + 1],
            premium_cents=person.day_premiums[day] if inside else None,
        )


def _request(entry: given.Request, problem: Problem, keys: Mapping[str, int]) -> Request:
    lead = entry.lead
    return Request(
        code=entry.id,
        service=entry.service,
        skill=entry.skill,
        level=entry.level,
        languages=entry.languages,
        certificates=entry.certificates,
        lead_level=None if lead is None else lead.level,
        lead_languages=() if lead is None else lead.languages,
        lead_certificates=() if lead is None else lead.certificates,
        modes=entry.modes,
        earliest=entry.earliest,
        latest=entry.latest,
        due=entry.due,
        late_cost_cents=entry.late_cost,
        unserved_cost_cents=entry.unserved_cost,
        status="published" if entry.id in problem.published else "ready",
        exclusions=[RequestExclusion(inspector_id=keys[code]) for code in sorted(entry.excluded)],
        affinities=[RequestAffinity(inspector_id=keys[code], cents=cents) for code, cents in entry.affinity.items()],
        pin=None if entry.pin is None else _pin(entry.pin, problem.horizon, keys),
    )


def _pin(pin: given.Pin, horizon: Horizon, keys: Mapping[str, int]) -> Pin:
    return Pin(
        start_slot=None if pin.start_slot is None else morning(horizon.start) + pin.start_slot,
        mode=pin.mode,
        waive=tuple(sorted(pin.waive)),
        reason="imported",
        inspectors=[PinInspector(inspector_id=keys[code]) for code in pin.inspectors or ()],
    )


def _announcement(request: int, entry: given.Announcement, horizon: Horizon, keys: Mapping[str, int]) -> Announcement:
    return Announcement(
        request_id=request,
        first_slot=morning(horizon.start) + entry.start_slot,
        inspector_cost_cents=entry.inspector_cost,
        day_cost_cents=entry.day_cost,
        drop_cost_cents=entry.drop_cost,
        inspectors=[AnnouncementInspector(inspector_id=keys[code]) for code in entry.inspectors],
    )
