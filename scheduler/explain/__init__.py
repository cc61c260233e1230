"""Why a plan is as it is: whom the rules keep from a request, what would let it in, why it is served as it is.

`asking` judges everybody for one request, `failing` counts what they fail by rule, `loosening` names single changes
that would let it in and `changes` prices them. `left_out`, `placed` and `whole` put the answers together; `reasons` is
their short form, which every plan carries. Nothing here changes a plan, and nothing loads compiled code.
"""

from __future__ import annotations

from scheduler.explain.changes import Change
from scheduler.explain.failing import Failing
from scheduler.explain.left_out import Hindered, Instead, LeftOut, explain_left_out
from scheduler.explain.placed import Other, Placed, explain_placed
from scheduler.explain.reasons import Reasons
from scheduler.explain.whole import WholePlan, explain_plan

__all__ = [
    "Change",
    "Failing",
    "Hindered",
    "Instead",
    "LeftOut",
    "Other",
    "Placed",
    "Reasons",
    "WholePlan",
    "explain_left_out",
    "explain_placed",
    "explain_plan",
]
