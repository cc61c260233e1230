"""The plan in hand held open for urgent bookings: read once, then every form is answered from memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, SlotHold
from desktop.models.holding import ACTIVE
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.opening import read_week
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.week import settings_for
from desktop.services.urgent.answer import UrgentForm
from desktop.services.urgent.asking import House, usual_levels
from desktop.services.urgent.case import UrgentCase
from desktop.services.urgent.facts import read_facts
from desktop.services.urgent.rankings import Rankings
from scheduler.problem import Horizon
from scheduler.rank import Ranking

__all__ = ["UrgentCase", "UrgentDesk", "open_urgent"]

AHEAD = 3  # days from today into which a draft has to reach, so that urgent bookings are placed in it
WEEK_DAYS = 7


class UrgentDesk:
    """The plan in which urgent bookings are placed. Not changed once made: any thread may ask.

    Attributes:
        opened: the draft in hand, or what is announced of the coming days where there is none.
        plan: the draft's code; "" where there is none: `RevisePlan(first_day, days)` makes one of the same days.
        held: codes of the requests whose places are kept for a client.
    """

    def __init__(self, opened: OpenPlan, held: frozenset[str]) -> None:
        self.opened = opened
        self.plan = opened.code if opened.status == "draft" else ""
        self.held = held

    @property
    def first_day(self) -> dt.date:
        """The first day of the plan."""
        return self.opened.board.first_day

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.opened.board.days

    @cached_property
    def rankings(self) -> Rankings:
        """The plan, ready to be asked for places."""
        return Rankings(Ranking(self.opened.standing))

    @cached_property
    def house(self) -> House:
        """What is the same for every form."""
        sheet, instance = self.opened.sheet, self.opened.standing.instance
        teams: Mapping[str, str] = {person.code: person.team for person in sheet.people.values()}
        return House(
            horizon=sheet.horizon,
            travel=instance.problem.travel,
            people=instance.inspectors,
            freelancers=frozenset(code for code, team in teams.items() if is_freelance(team)),
            levels=usual_levels(instance.inspectors, sheet.rows.values()),
        )

    def case(self, source: Source, form: UrgentForm, now: dt.datetime) -> UrgentCase:
        """Read what belongs to one factory, client, order or request.

        Raises:
            NotFoundError: a code is unknown.
            BadInputError: the form names no factory, or one where the order is not made.
        """
        with reading(source) as session:
            facts = read_facts(session, self.opened.sheet, form, now)
        return UrgentCase(self.opened, self.rankings, self.house, facts, self.held)


def is_freelance(team: str) -> bool:
    """Whether a team is one of freelancers: the records tell them by its name alone."""
    return "freelance" in team.casefold()


def open_urgent(source: Source, now: dt.datetime) -> UrgentDesk:
    """Hold the plan open in which urgent bookings are placed: the newest draft of these days, else the announced."""
    with reading(source) as session:
        today = now.astimezone().date()
        code = draft_for(session, today)
        held = frozenset(
            session.scalars(
                select(Request.code).join(SlotHold, SlotHold.request_id == Request.id).where(SlotHold.state.in_(ACTIVE))
            )
        )
        if code is None:
            opened = read_week(session, settings_for(session, today, days=WEEK_DAYS))
            return UrgentDesk(opened, held)
    return UrgentDesk(open_plan(source, code), held)


def draft_for(session: Session, today: dt.date) -> str | None:
    """The newest draft that has today in it, or begins soon."""
    drafts = select(Plan).where(Plan.status == "draft").order_by(Plan.id.desc())
    for plan in session.scalars(drafts):
        if plan.first_day <= today + dt.timedelta(days=AHEAD) and Horizon(plan.first_day, plan.days).end >= today:
            return plan.code
    return None
