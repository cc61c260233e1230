"""What a handler is given: the open transaction, the time, who asks, and the notes of what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desktop.store.recorder import Recorder

if TYPE_CHECKING:
    from desktop.models import Plan
    from desktop.services.planning.opened import OpenPlan
    from desktop.services.planning.problems import PlansAtWork


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

    def opened(self, plan: Plan, request: str) -> OpenPlan:
        """A plan as it is by now, with a request in its problem whatever is known of that."""
        self.session.flush()
        return self.plans.opened(plan, request, self.recorder.images())
