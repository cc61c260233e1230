"""What a handler is given: the open transaction, the time, and who asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Work:
    """One command being carried out. Handlers change records through `session`; the bus commits."""

    session: Session
    now: dt.datetime
    actor: str
