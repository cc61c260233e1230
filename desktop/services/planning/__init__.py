"""Planning: from the records to a problem, from a plan to records, and what people do with a plan.

Building changes nothing; adopting, moving, pinning and publishing are commands of the bus. Queries take an open
session, or the store to open one for.
"""

from __future__ import annotations

from desktop.services.planning.building import BuiltProblem, build_problem
from desktop.services.planning.pairs import PlanPair, check_plan, plan_pair
from desktop.services.planning.reading import latest_draft, list_plans, plan_view
from desktop.services.planning.storing import settings_of, store_problem
from desktop.services.planning.views import (
    BookingView,
    CrewMember,
    HolidayView,
    PersonView,
    PlanHeader,
    PlanView,
    UnassignedView,
    VisitView,
)
from desktop.services.planning.week import PlanSummary, plan_week, ready_problem, settings_for

__all__ = [
    "BookingView",
    "BuiltProblem",
    "CrewMember",
    "HolidayView",
    "PersonView",
    "PlanHeader",
    "PlanPair",
    "PlanSummary",
    "PlanView",
    "UnassignedView",
    "VisitView",
    "build_problem",
    "check_plan",
    "latest_draft",
    "list_plans",
    "plan_pair",
    "plan_view",
    "plan_week",
    "ready_problem",
    "settings_for",
    "settings_of",
    "store_problem",
]
