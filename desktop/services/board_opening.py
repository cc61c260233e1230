"""Which plan a board opens: the one asked for, the one that holds for some days, or those days without a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.services.changes import Outcome
from desktop.services.commands import MoveVisit, PinRequest, UnassignVisit
from desktop.services.planning.blank import blank_draft
from desktop.services.planning.open_plan import OpenPlan, open_plan, open_week
from desktop.services.planning.reading import Source, list_plans
from desktop.services.planning.views import PlanHeader
from desktop.services.planning.week import settings_for

if TYPE_CHECKING:
    from desktop.services.bus import Desk  # which knows the handlers of planning

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What to open: a plan by its code, or the days around a date; with neither, what one would look at first."""

    code: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OpenBoard:
    """A plan held open, and the plans that there are: drafts and published ones, the latest first."""

    plan: OpenPlan
    plans: tuple[PlanHeader, ...]


def open_board(source: Source, wish: Wish, today: dt.date) -> OpenBoard:
    """Open what is wished for.

    A day is answered by the plan made last that covers it, be it a draft or published, else by its week without a plan.
    Nothing wished for: the plan made last, else the next week.
    """
    plans = tuple(plan for plan in list_plans(source) if plan.status in ("draft", "published"))
    code = wish.code if any(plan.code == wish.code for plan in plans) else _answer(plans, wish)
    if code:
        return OpenBoard(open_plan(source, code), plans)
    day = wish.day or today + dt.timedelta(days=WEEK_DAYS)
    return OpenBoard(open_week(source, day - dt.timedelta(days=day.weekday()), WEEK_DAYS), plans)


def _answer(plans: tuple[PlanHeader, ...], wish: Wish) -> str:
    day = wish.day
    fitting = [plan for plan in plans if day is None or plan.first_day <= day <= plan.last_day]
    return max(fitting, key=lambda plan: (plan.created_at, plan.code)).code if fitting else ""


@dataclass(slots=True)
class NewDraft:
    """A draft of some days without a plan, begun by the first change made there. Used by one thread.

    Attributes:
        code: of the draft; "" before it is begun.
    """

    first_day: dt.date
    days: int
    code: str = ""

    def carry_out(self, desk: Desk, command: MoveVisit | UnassignVisit | PinRequest) -> tuple[str, Outcome]:
        """Make a change in the draft, begun for it where need be; gives the draft's code and what the change did.

        The draft and the change are two steps, undone one after the other. A change that is refused leaves the draft.
        """
        if not self.code:
            self.code = blank_draft(desk, settings_for(desk.store, self.first_day, days=self.days))
        if isinstance(command, MoveVisit):
            command = replace(command, version=None)
        return self.code, desk.handle(replace(command, plan=self.code))
