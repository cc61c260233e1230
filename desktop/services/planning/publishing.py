"""Announcing a draft: its visits become those that people act on, in place of what was announced before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.errors import RefusedError
from desktop.models import Announcement, AnnouncementInspector, Plan, Request, SlotHold, Visit
from desktop.models.holding import ACTIVE
from desktop.services.changes import Step
from desktop.services.collecting import undisturbed
from desktop.services.commands import PublishPlan
from desktop.services.planning.booking_records import OPEN
from desktop.services.planning.bookkeeping import set_publication
from desktop.services.planning.building import build_problem
from desktop.services.planning.costing import draft_by_code, settings_of_plan, store_cost
from desktop.services.planning.publication import Publication
from desktop.services.planning.taking_back import note_taken_back
from desktop.services.settings import PlanSettings
from desktop.services.words import count, sentence, spell_days, spell_list, spell_slots, spell_time
from desktop.services.work import Work
from scheduler.problem import Horizon
from scheduler.wire import digest


def publish_plan(work: Work, command: PublishPlan) -> Step:
    """Announce a draft. What was announced of its requests before is replaced; visits that have begun stay.

    Raises:
        NotFoundError: no such plan.
        RefusedError: it is no draft, or breaks a rule on the records as they are now; names every one.
    """
    with undisturbed():
        return _publish(work, command)


def _publish(work: Work, command: PublishPlan) -> Step:
    session = work.session
    plan = draft_by_code(session, command.plan)
    settings = settings_of_plan(plan)
    opened = work.opened(plan)
    problem, problem_digest = opened.problem, opened.digest
    publication = Publication.read(session, plan)
    refuse_undecided(session, publication)
    broken = [*closed(session, publication), *(sentence(entry.text) for entry in opened.broken)]
    if broken:
        raise RefusedError(
            f"Plan {plan.code} cannot be published: {count(len(broken), 'rule')} would be broken.",
            "The records have changed since it was planned: plan these days again, or move what is named.",
            tuple(dict.fromkeys(broken)),
        )
    store_cost(plan, opened.cost, problem_digest, bound_holds=problem_digest == plan.problem_digest)
    note_taken_back(session, publication, opened, work.now)
    set_publication(publication.replaced, published=False)
    session.flush()
    set_publication(publication.visits, published=True)
    plan.status, plan.published_at = "published", work.now
    announce(session, publication, settings)
    session.flush()
    superseded = supersede(session, {visit.plan_id for visit in publication.replaced})
    if not problem.published:
        _carry_bound_over(session, plan, settings, problem_digest)
    horizon = Horizon(plan.first_day, plan.days)
    return Step(
        f"Publish {plan.code}, {spell_days(horizon.start, horizon.end)}",
        _messages(publication, superseded),
        barrier=True,
    )


def refuse_undecided(session: Session, publication: Publication) -> None:
    """Raise RefusedError where a place is only kept: its client has not said yes yet."""
    query = (
        select(Request.code, SlotHold.held_by, SlotHold.until)
        .join(SlotHold, SlotHold.request_id == Request.id)
        .where(SlotHold.state.in_(ACTIVE), SlotHold.request_id.in_([visit.request_id for visit in publication.visits]))
        .order_by(Request.code)
    )
    kept = [f"{code} is kept by {who} until {spell_time(until)}." for code, who, until in session.execute(query)]
    if kept:
        raise RefusedError(
            f"{count(len(kept), 'visit')} of {publication.plan.code} cannot be announced: the client has not decided.",
            "Confirm or release what is held, or publish the other visits alone.",
            tuple(kept),
        )


def closed(session: Session, publication: Publication) -> list[str]:
    """What has become of requests so that they cannot be announced any more, a sentence each."""
    texts = []
    for visit in publication.visits:
        request = publication.requests[visit.request_id]
        if request.status not in OPEN:
            texts.append(f"{request.code} is {request.status} by now.")
    begun = select(Visit).where(
        Visit.published,
        Visit.plan_id != publication.plan.id,
        Visit.status.in_(("started", "done")),
        Visit.request_id.in_([visit.request_id for visit in publication.visits]),
    )
    for visit in session.scalars(begun):
        request = publication.requests[visit.request_id]
        when = spell_slots(visit.first_slot, visit.last_slot)
        texts.append(f"{request.code} is {visit.status} already, by an earlier visit on {when}.")
    return texts


def announce(session: Session, publication: Publication, settings: PlanSettings) -> None:
    """Write down what is announced now, and what it costs to take back; what stays as it was keeps its costs."""
    concerned = [*publication.requests]
    query = select(Announcement).where(Announcement.request_id.in_(concerned))
    known = {row.request_id: row for row in session.scalars(query.options(selectinload(Announcement.inspectors)))}
    for visit in publication.visits:
        publication.requests[visit.request_id].status = "published"
        people = {entry.inspector_id for entry in visit.assignments}
        row = known.get(visit.request_id)
        if (
            row is not None
            and row.first_slot == visit.first_slot
            and {e.inspector_id for e in row.inspectors} == people
        ):
            continue
        if row is None:
            row = Announcement(request_id=visit.request_id, inspectors=[])
            session.add(row)
        row.first_slot = visit.first_slot
        row.inspector_cost_cents = settings.announced_inspector_cost_cents
        row.day_cost_cents = settings.announced_day_cost_cents
        row.drop_cost_cents = settings.announced_drop_cost_cents
        named = {entry.inspector_id for entry in row.inspectors}
        row.inspectors = [
            *(entry for entry in row.inspectors if entry.inspector_id in people),
            *(AnnouncementInspector(inspector_id=person) for person in sorted(people - named)),
        ]
    for request in publication.dropped:
        request.status = "ready"
        if request.id in known:
            session.delete(known[request.id])


def supersede(session: Session, plans: set[int]) -> list[str]:
    """Plans of which nothing is published any more are over; gives their codes."""
    over = []
    for key in sorted(plans):
        left = session.scalars(select(Visit.id).where(Visit.plan_id == key, Visit.published).limit(1)).first()
        if left is None:
            plan = session.get_one(Plan, key)
            plan.status = "superseded"
            over.append(plan.code)
    return over


def _carry_bound_over(session: Session, plan: Plan, settings: PlanSettings, before: str) -> None:
    """Say of a bound that it is proven for the problem with the announcements too, where there were none before.

    `before` names the problem that it was proven for.

    They only add to what a plan can cost. Where something was announced before, other plans may cost less than they
    did, and the bound says nothing of them.
    """
    if plan.bound_cents is None:
        return
    session.flush()
    after = build_problem(session, settings, plan=plan)
    if digest(replace(after.problem, published={})) == before:
        plan.problem_digest = after.digest


def _messages(publication: Publication, superseded: Sequence[str]) -> tuple[str, ...]:
    found = [f"{count(len(publication.visits), 'visit')} published."]
    if publication.dropped:
        codes = spell_list(sorted(request.code for request in publication.dropped))
        found.append(f"Announced before and now left out: {codes}.")
    if superseded:
        found.append(f"Nothing is left in force of {spell_list(superseded)}.")
    return tuple(found)
