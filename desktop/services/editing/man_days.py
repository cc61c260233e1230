"""The man-days of bookings that name none, and a word where those that are entered are others than the rules give."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models import Request
from desktop.services.requests.references import portions
from desktop.services.requests.sampling import SampleSheet, count_days, sample_of, samples_of
from desktop.services.words import count
from desktop.services.work import Work
from scheduler.problem import Mode

ASSUMED = (Mode(1, 2),)
"""A man-day of one inspector: the trade's least, and enough for nine of ten final inspections."""

MOST_NAMED = 3


def settle_man_days(work: Work, requests: Sequence[Request]) -> tuple[str, ...]:
    """Give bookings that name no ways to split their work those that the rules give, else a man-day; and say so.

    The session has them, flushed.
    """
    blank = {request.code: request for request in requests if not request.modes}
    sheets: list[SampleSheet] = []
    for portion in portions([request.id for request in blank.values()]):
        sheets += samples_of(work.session, portion, work.now)
    for sheet in sheets:
        blank[sheet.code].modes = ASSUMED if sheet.work is None else sheet.work.modes
    return _in_words(sheets)


def others_than_the_rules(work: Work, request: Request) -> tuple[str, ...]:
    """A word where man-days have been entered that are not the rules', without a reason."""
    if request.man_days_reason:
        return ()
    work.session.flush()
    sheet = sample_of(work.session, request, work.now)
    if sheet.work is None or not sheet.differs:
        return ()
    return (f"{request.code} has {count_days(sheet.man_days)} now; {sheet.in_words()}. Say why it is others.",)


def _in_words(sheets: Sequence[SampleSheet]) -> tuple[str, ...]:
    if len(sheets) <= MOST_NAMED:
        return tuple(
            f"{sheet.code}: {sheet.in_words() or f'1 man-day is assumed, as {sheet.missing}'}." for sheet in sheets
        )
    ruled = sum(sheet.work is not None for sheet in sheets)
    assumed = len(sheets) - ruled
    told = [f"The man-days of {count(ruled, 'booking')} follow from the rules."] if ruled else []
    if assumed:
        told.append(f"For {count(assumed, 'booking')} 1 man-day is assumed: too little is known of the goods.")
    return tuple(told)
