"""What a handler is given: the open transaction, the time, who asks, and the notes of what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desktop.store.recorder import Recorder, RowImage

if TYPE_CHECKING:
    from desktop.models import Plan
    from desktop.services.planning.building import BuiltProblem
    from desktop.services.planning.opened import OpenPlan
    from desktop.services.planning.problems import PlansAtWork
    from desktop.services.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class Work:
    """One command being carried out. Handlers change records through `session`; the bus commits.

    What a handler writes by a statement that bypasses the session (bulk INSERT, UPDATE, DELETE) it notes in `recorder`
    itself, or history and undo do not know of it.
    """

    session: Session
    now: dt.datetime
    actor: str
    recorder: Recorder
    plans: PlansAtWork

    def opened(self, plan: Plan) -> OpenPlan:
        """A plan as it is by now."""
        return self.plans.opened(plan, self._changed())

    def opened_for(self, plan: Plan, request: str) -> OpenPlan:
        """A plan as it is by now, with a request (by code) in its problem whatever is known of that."""
        return self.plans.opened_for(plan, request, self._changed())

    def built(self, settings: PlanSettings) -> BuiltProblem:
        """The problem of a horizon to plan anew, as it is by now."""
        return self.plans.built(settings, self._changed())

    def _changed(self) -> tuple[RowImage, ...]:
        self.session.flush()
        return self.recorder.images()
