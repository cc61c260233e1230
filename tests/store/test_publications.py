"""Whatever is revised, moved, published in part or whole, cancelled and recorded: what is in force stays whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from random import Random
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.clock import FixedClock
from desktop.errors import DomainError
from desktop.models import (
    Announcement,
    Assignment,
    CorrectiveAction,
    Plan,
    Request,
    SlotHold,
    Visit,
    VisitResult,
)
from desktop.models.halfday import morning
from desktop.services import commands
from desktop.services.bus import Desk
from desktop.services.commands import Command
from desktop.services.planning.news import news_of
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, found_company
from tests.helpers.odd_commands import TEST_HANDLERS, AdoptSome
from tests.helpers.random_commands import Draw
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe

WALKS = scaled(14)
MOST_STEPS = 30
NEVER_LOST = (VisitResult, CorrectiveAction, SlotHold)


class PlanningDraw(Draw):
    """Commands at random: most of them about plans."""

    def __init__(self, random: Random, store: Store) -> None:
        super().__init__(random)
        self._store = store
        self._kinds = (
            *((self.draft_move, self.announce) * 6),
            self.revise, self.revise, self.whole, self.leave_out, self.leave_out,
            lambda: AdoptSome(self.plan()), lambda: commands.DiscardPlan(self.plan()),
            lambda: commands.PinRequest(self.plan(), self.code("R", 8), random.random() < 0.7, random.random() < 0.7),
            lambda: commands.UnpinRequest(self.code("R", 8)),
            lambda: commands.ReportOverrun(self.code("R", 8), random.randint(1, 3), frees=random.random() < 0.5),
            self.cancel, self.absence, self.not_ready, self.day_of_visit, self.day_of_visit, self.after_visit,
        )  # fmt: skip

    def plan(self) -> str:
        with self._store.session() as session:
            drafts = session.scalars(select(Plan.code).where(Plan.status == "draft").order_by(Plan.id)).all()
        return self.random.choice(drafts or ["P1"])

    def revise(self) -> Command:
        return commands.RevisePlan(MONDAY + dt.timedelta(days=self.random.choice((0, 0, 1))), self.random.randint(5, 7))

    def whole(self) -> Command:
        return commands.PublishPlan(self.plan())

    def announce(self) -> Command:
        plan = self.plan()
        news = news_of(self._store, plan)
        return commands.PublishVisits(plan, tuple(code for code in news if self.random.random() < 0.6))

    def leave_out(self) -> Command:
        return commands.UnassignVisit(self.plan(), self.code("R", 8))

    def draft_move(self) -> Command:
        start = morning(MONDAY) + 2 * self.random.randrange(5) + self.random.randrange(2)
        crews = (None, None, (self.code("I", 5),), (self.code("I", 5), self.code("I", 6)))
        waived = ("window",) if self.random.random() < 0.5 else ()
        return commands.MoveVisit(
            self.plan(), self.code("R", 8), self.random.choice(crews), start, waive=waived, reason="asked for"
        )


def faults(session: Session) -> list[str]:
    """What is wrong with what is in force."""
    return [*_of_requests(session), *_of_people(session), *_of_plans(session)]


def _of_requests(session: Session) -> list[str]:
    found = []
    announced = {row.request_id: row for row in session.scalars(select(Announcement))}
    in_force: dict[int, Visit] = {}
    for visit in session.scalars(select(Visit).where(Visit.published, Visit.status != "cancelled")):
        if visit.request_id in in_force:
            found.append(f"request {visit.request_id} has two visits in force")
        in_force[visit.request_id] = visit
    for request in session.scalars(select(Request)):
        now, told = in_force.get(request.id), announced.get(request.id)
        if (now is None) != (told is None):
            found.append(f"{request.code}: announced {told is not None}, in force {now is not None}")
        elif now is not None and told is not None and now.status == "planned":
            people = {entry.inspector_id for entry in now.assignments}
            if (told.first_slot, {entry.inspector_id for entry in told.inspectors}) != (now.first_slot, people):
                found.append(f"{request.code} is announced otherwise than it is in force")
        if (request.status == "published") != (now is not None and now.status in ("planned", "started")):
            found.append(f"{request.code} is {request.status}, its visit {now and now.status}")
    return found


def _of_people(session: Session) -> list[str]:
    found, spans = [], defaultdict[int, list[tuple[int, int]]](list)
    for entry in session.scalars(select(Assignment).where(Assignment.published).order_by(Assignment.id)):
        visit = session.get_one(Visit, entry.visit_id)
        if (visit.first_slot, visit.last_slot, visit.published) != (entry.first_slot, entry.last_slot, True):
            found.append(f"somebody is booked otherwise than visit {visit.id} is")
        if any(first <= entry.last_slot and entry.first_slot <= last for first, last in spans[entry.inspector_id]):
            found.append(f"inspector {entry.inspector_id} is booked twice")
        spans[entry.inspector_id].append((entry.first_slot, entry.last_slot))
    return found


def _of_plans(session: Session) -> list[str]:
    holding = set(session.scalars(select(Visit.plan_id).where(Visit.published)))
    plans = session.scalars(select(Plan)).all()
    return [f"{plan.code} is {plan.status}" for plan in plans if plan.status != "published" and plan.id in holding]


def kept(session: Session) -> dict[type, set[int]]:
    """The keys of what no publication may lose."""
    return {kind: set(session.scalars(select(kind.id))) for kind in NEVER_LOST}


def walk(store: Store, seed: int) -> int:
    """One history; gives how many publications there were in it."""
    random = Random(seed)
    draw, desk = PlanningDraw(random, store), Desk(store, FixedClock(NOW), "Lan", handlers=TEST_HANDLERS)
    published = 0
    done: list[str] = []
    for _ in range(MOST_STEPS):
        command = draw.command()
        with store.session() as session:
            before = kept(session)
        is_undo = random.random() < 0.1
        try:
            outcome = desk.undo() if is_undo else desk.handle(cast("Command", command))
        except DomainError:
            continue
        done.append(f"undo {outcome.label}" if is_undo else outcome.label)
        is_publication = not is_undo and isinstance(command, commands.PublishPlan | commands.PublishVisits)
        published += is_publication
        with store.session() as session:
            assert faults(session) == [], (seed, done)
            if is_publication:
                assert kept(session) == before, (seed, done)
    return published


def test_what_is_in_force_stays_whole(any_store: Store) -> None:
    published = 0
    for seed in range(WALKS):
        found_company(any_store)
        published += walk(any_store, seed)
        wipe(any_store)
    assert published
