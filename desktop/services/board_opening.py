"""Which plan a board opens: the one asked for, the one that holds for some days, or those days without a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.services.changes import Outcome
from desktop.services.commands import MoveVisit
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


def place_in_new_draft(desk: Desk, first_day: dt.date, days: int, move: MoveVisit) -> tuple[str, Outcome]:
    """Begin a draft for days that have no plan and make a move in it; gives the draft's code and what the move did.

    Two steps, which are undone one after the other. A move that is refused leaves the draft as it begins.
    """
    code = blank_draft(desk, settings_for(desk.store, first_day, days=days))
    moved = MoveVisit(code, move.request, move.inspectors, move.first_slot, move.mode, move.waive, move.reason)
    return code, desk.handle(moved)
