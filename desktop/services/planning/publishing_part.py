"""Announcing a part of a draft: a day, a person, a selection. The draft stays one; what is in force are copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import BadInputError, RefusedError
from desktop.models import Assignment, Inspector, Plan, Request, Visit
from desktop.services.changes import Step
from desktop.services.collecting import undisturbed
from desktop.services.commands import PublishVisits
from desktop.services.lookup import request_by_code
from desktop.services.planning.adopting import next_code
from desktop.services.planning.bookkeeping import Place, crew_of, is_at, set_publication
from desktop.services.planning.costing import assignments_of, draft_by_code, settings_of_plan, store_cost
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.publication import Publication
from desktop.services.planning.publishing import announce, closed, refuse_undecided, supersede
from desktop.services.planning.taking_back import note_taken_back
from desktop.services.words import count, sentence, spell_days, spell_list, spell_slots
from desktop.services.work import Work
from scheduler.plan import Assignment as Given
from scheduler.problem import Horizon
from scheduler.rules import Broken
from scheduler.standing import Standing, sum_of


def publish_visits(work: Work, command: PublishVisits) -> Step:
    """Announce some requests of a draft, as far as the draft has them otherwise than announced.

    Raises:
        NotFoundError: no such plan or request.
        BadInputError: no request is named, or one that the draft does not know.
        RefusedError: the plan is no draft; nothing of these requests is news; or a rule would be broken beside what
            stays in force: names it, and what to publish along.
    """
    with undisturbed():
        return _publish(work, command)


def _publish(work: Work, command: PublishVisits) -> Step:
    session = work.session
    plan = draft_by_code(session, command.plan)
    opened = work.opened(plan)
    chosen = {request_by_code(session, code).id: code for code in dict.fromkeys(command.requests)}
    meant = Publication.read(session, plan, chosen.keys())
    _check_known(plan, meant, chosen)
    publication = _news(meant)
    if not publication.visits and not publication.dropped:
        what = spell_list(sorted(chosen.values()))
        raise RefusedError(f"Nothing of {what} is news: it is announced as {plan.code} has it.")
    refuse_undecided(session, publication)
    _check(session, opened, publication)
    note_taken_back(session, publication, opened, work.now)
    target = _record(work, plan)
    _put_in_force(session, target, publication)
    announce(session, publication, settings_of_plan(plan))
    session.flush()
    superseded = supersede(session, {visit.plan_id for visit in publication.replaced} - {target.id})
    _price(session, opened, plan, target, publication)
    horizon = Horizon(plan.first_day, plan.days)
    number = len(publication.visits) + len(publication.dropped)
    return Step(
        f"Publish {count(number, 'visit')} of {plan.code}, {spell_days(horizon.start, horizon.end)}",
        _messages(publication, superseded),
        barrier=True,
    )


def _check_known(plan: Plan, publication: Publication, chosen: Mapping[int, str]) -> None:
    strangers = sorted(code for key, code in chosen.items() if key not in publication.requests)
    if not chosen or strangers:
        said = f"Plan {plan.code} does not know {spell_list(strangers)}" if strangers else "No request is named"
        raise BadInputError(f"{said}: nothing is published.", "Name requests of the draft.")


def _news(publication: Publication) -> Publication:
    """The same without the visits that are in force as the draft has them."""
    old = {visit.request_id: visit for visit in publication.replaced}
    fresh = [v for v in publication.visits if v.request_id not in old or not is_at(old[v.request_id], _place(v))]
    concerned = {visit.request_id for visit in fresh} | {request.id for request in publication.dropped}
    return replace(
        publication,
        visits=fresh,
        requests={key: request for key, request in publication.requests.items() if key in concerned},
        replaced=[visit for visit in publication.replaced if visit.request_id in concerned],
    )


def _place(visit: Visit) -> Place:
    people = tuple(entry.inspector_id for entry in visit.assignments)
    return Place(people, visit.first_slot, visit.mode, visit.last_slot - visit.first_slot + 1)


# -- whether it keeps the rules ----------------------------------------------------------------------------------------


def _check(session: Session, opened: OpenPlan, publication: Publication) -> None:
    """Refuse what cannot be, beside what else is in force."""
    instance = opened.standing.instance
    told = Standing.of(instance, announced_assignments(session, opened.problem))
    wanted = opened.standing.placed
    codes = sorted(request.code for request in publication.requests.values())
    strangers = _strangers(session, publication, told)
    broken = [
        *closed(session, publication),
        *(sentence(entry.text) for entry in _faults(told, {code: wanted.get(code) for code in codes})),
        *strangers.values(),
    ]
    if not broken:
        return
    along = _along(told, wanted, codes) or tuple(sorted(strangers))
    hint = "Move what is named in the draft, or publish without it."
    if along:
        hint = f"Publish along with it: {spell_list(along, len(along))}. They change in the draft too."
    raise RefusedError(
        f"{count(len(codes), 'visit')} of {publication.plan.code} cannot be published alone: "
        f"{count(len(broken), 'rule')} would be broken.",
        hint,
        tuple(dict.fromkeys(broken)),
    )


def _strangers(session: Session, publication: Publication, told: Standing) -> Mapping[str, str]:
    """Visits still in force for one of the crews at the same time that the problem knows nothing of: none fits them.

    Gives a sentence for each, by the code of its request.
    """
    own = publication.requests.keys()
    found = {}
    for visit in publication.visits:
        people = [entry.inspector_id for entry in visit.assignments]
        query = (
            select(Request.code, Inspector.code, Assignment.first_slot, Assignment.last_slot)
            .join(Visit, Visit.id == Assignment.visit_id)
            .join(Request, Request.id == Visit.request_id)
            .join(Inspector, Inspector.id == Assignment.inspector_id)
            .where(Assignment.published, Assignment.inspector_id.in_(people), Request.id.not_in(own))
            .where(Assignment.first_slot <= visit.last_slot, Assignment.last_slot >= visit.first_slot)
        )
        for code, person, first, last in session.execute(query):
            if code not in told.placed:
                found[code] = f"{person} is still announced for {code} on {spell_slots(first, last)}."
    return found


def _faults(told: Standing, changes: Mapping[str, Given | None]) -> tuple[Broken, ...]:
    """The rules that requests break once announced so, and those that others come to break by it."""
    weighed = told.weigh_all(changes)
    after = weighed.after
    places = {code: to for code, to in changes.items() if to is not None}
    own = [entry for code in places for entry in after.of_request(code).broken]
    people = {person for to in places.values() for person in after.crew(to)}
    weeks = [entry for person in sorted(people) for entry in after.of_person(person).broken if entry.request in places]
    return tuple({entry.text: entry for entry in (*own, *weeks, *weighed.broken)}.values())


def _along(told: Standing, wanted: Mapping[str, Given], codes: Sequence[str]) -> tuple[str, ...]:
    """What else of the draft makes a selection keep the rules: others of the same people; empty where none does."""
    changed = {
        code
        for code in told.placed.keys() | wanted.keys()
        if not _is_same(told.placed.get(code), wanted.get(code)) and code in told.instance.request_number
    }
    chosen = set(codes)
    while broken := _faults(told, {code: wanted.get(code) for code in sorted(chosen)}):
        people = {entry.inspector for entry in broken if entry.inspector is not None}
        crews = {
            code: {p for e in (told.placed.get(code), wanted.get(code)) if e is not None for p in e.inspectors}
            for code in changed - chosen
        }
        more = {code for code, crew in crews.items() if crew & people}
        if not more:
            return ()
        chosen |= more
    return tuple(sorted(chosen - set(codes)))


def _is_same(one: Given | None, other: Given | None) -> bool:
    if one is None or other is None:
        return one is other
    same_time = (one.mode, one.start_slot) == (other.mode, other.start_slot)
    return same_time and set(one.inspectors) == set(other.inspectors)


# -- what is in force afterwards ---------------------------------------------------------------------------------------


def _record(work: Work, draft: Plan) -> Plan:
    """The plan that holds what is in force of the draft's days beside what others hold: the last of them, or a new one.

    The plan that is in force whole for these days takes them too.
    """
    session = work.session
    same = (Plan.first_day == draft.first_day, Plan.days == draft.days)
    query = select(Plan).where(Plan.status == "published", *same).order_by(Plan.id.desc()).limit(1)
    found = session.scalars(query).first()
    if found is not None:
        return found
    record = Plan(
        code=next_code(session, Horizon(draft.first_day, draft.days)),
        status="published",
        first_day=draft.first_day,
        days=draft.days,
        settings=draft.settings,
        created_at=work.now,
        published_at=work.now,
        log={},
    )
    session.add(record)
    session.flush()
    return record


def _put_in_force(session: Session, target: Plan, publication: Publication) -> None:
    """Make copies of visits those in force. Between two statements nobody is booked twice."""
    crews = selectinload(Visit.assignments)
    keys = [visit.request_id for visit in publication.visits]
    own = {
        visit.request_id: visit
        for visit in session.scalars(
            select(Visit).where(Visit.plan_id == target.id, Visit.request_id.in_(keys)).options(crews)
        )
    }
    set_publication(publication.replaced, published=False)
    for visit in own.values():
        visit.assignments = []
    session.flush()
    _make_room(session, target, publication.visits)
    for visit in publication.visits:
        place = _place(visit)
        copy = own.get(visit.request_id) or Visit(plan_id=target.id, request_id=visit.request_id)
        copy.mode, copy.first_slot, copy.last_slot = place.mode, place.first_slot, place.last_slot
        copy.status, copy.published = "planned", True
        copy.assignments = crew_of(copy, place.people)
        session.add(copy)
    session.flush()


def _make_room(session: Session, target: Plan, visits: Sequence[Visit]) -> None:
    """Take visits out of a plan that are in force no more and where one of the crews is to be now."""
    wanted: dict[int, list[Visit]] = {}
    for visit in visits:
        for entry in visit.assignments:
            wanted.setdefault(entry.inspector_id, []).append(visit)
    query = (
        select(Assignment, Visit)
        .join(Visit, Visit.id == Assignment.visit_id)
        .where(Assignment.plan_id == target.id, ~Assignment.published, Assignment.inspector_id.in_(wanted))
    )
    for entry, visit in session.execute(query).all():
        news = wanted[entry.inspector_id]
        if not any(new.first_slot <= entry.last_slot and entry.first_slot <= new.last_slot for new in news):
            continue
        if visit.status == "planned":
            session.delete(visit)
        else:
            visit.assignments.remove(entry)
    session.flush()


def _price(session: Session, opened: OpenPlan, draft: Plan, target: Plan, publication: Publication) -> None:
    """Write down what draft and record cost now. What is announced as the draft has it is no change any more."""
    changes = [opened.standing.of_request(request.code).cost.change for request in publication.requests.values()]
    store_cost(draft, replace(opened.cost, change=opened.cost.change - sum(changes)), "", bound_holds=False)
    session.refresh(target)
    own = Standing.of(opened.standing.instance, assignments_of(session, target))
    codes = [code for code in own.placed if code in own.instance.request_number]
    parts = [own.of_request(code).cost for code in codes] + [own.of_person(number).cost for number in own.visits]
    store_cost(target, replace(sum_of(parts), change=0), "", bound_holds=False)


def _messages(publication: Publication, superseded: Sequence[str]) -> tuple[str, ...]:
    found = []
    if publication.visits:
        found.append(f"{count(len(publication.visits), 'visit')} published.")
    if publication.dropped:
        found.append(f"Taken out of force: {_codes(publication.dropped)}.")
    if superseded:
        found.append(f"Nothing is left in force of {spell_list(superseded)}.")
    return tuple(found)


def _codes(requests: Sequence[Request]) -> str:
    return spell_list(sorted(request.code for request in requests))
