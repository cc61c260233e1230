"""What breaks a plan that is in force: goods that are not ready, visits that take longer.

An inspector who cannot come is `RecordAbsence`, a booking taken back `CancelRequest`, a factory that is closed
`CloseFactory`, news of an order `ReportProgress`. With `frees` the visits hit are taken out of the draft in hand too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportNotReady:
    """A factory's goods are not ready to be inspected; they will be on a day, or (None) nobody knows when.

    The window slides with the day: that of the request, or of its order where it follows from that. Without a day the
    request goes back to the inbox, and its visit is taken out of force.
    """

    request: str
    ready: dt.date | None
    note: str = ""
    frees: bool = True


@dataclass(frozen=True, slots=True)
class ReportOverrun:
    """The announced visit of a request takes so many half-days more: its people are not free for what comes next."""

    request: str
    half_days: int = 1
    note: str = ""
    frees: bool = True
