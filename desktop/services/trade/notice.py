"""How soon after a call somebody can be on his way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UrgentSettings:
    """What the house grants its people where a client calls at short notice.

    Attributes:
        notice_minutes: between the call and leaving home, or where he was before, at least.
    """

    notice_minutes: int = 60

    @property
    def notice(self) -> dt.timedelta:
        """The same as a time."""
        return dt.timedelta(minutes=self.notice_minutes)


HOUSE_URGENT = UrgentSettings()
