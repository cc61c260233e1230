"""What a handler is given: the open transaction, the time, who asks, and the notes of what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
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
    at_the_end: dict[object, Callable[[], None]] = field(default_factory=dict)

    def once_at_the_end(self, key: object, do: Callable[[], None]) -> None:
        """Have something done when every command of the step is carried out; once, however often it is asked for."""
        self.at_the_end[key] = do

    def finish(self) -> None:
        """Do what was left for the end."""
        for do in self.at_the_end.values():
            do()

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
