"""The man-days of bookings that name none, and a word where those that are entered are others than the rules give."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models import Request
from desktop.services.requests.references import portions
from desktop.services.requests.sampling import SampleSheet, sample_of, samples_of
from desktop.services.trade.man_days import count_days
from desktop.services.words import count
from desktop.services.work import Work
from scheduler.problem import Mode

ASSUMED = (Mode(1, 2),)
"""A man-day of one inspector: the trade's least, and enough for nine of ten final inspections."""

MOST_NAMED = 3
OF_ORDERS = frozenset({"quantity", "variants", "product", "product_group"})
OF_REQUESTS = frozenset({"inspection_level", "aql_major", "aql_minor", "test_minutes", "containers", "service"})
"""Fields on which man-days by the rules hang, of orders and of requests."""


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


def offer_the_rules(work: Work, keys: Sequence[int]) -> tuple[str, ...]:
    """A word on open bookings (by key) to which the rules give other man-days than are stored. None is changed."""
    work.session.flush()
    sheets = [sheet for portion in portions(keys) for sheet in samples_of(work.session, portion, work.now)]
    offered = [sheet for sheet in sheets if sheet.may_apply]
    if len(offered) > MOST_NAMED:
        return (f"The rules give other man-days to {len(offered)} bookings now: their Sampling offers them.",)
    return tuple(
        f"{sheet.code} has {count_days(sheet.man_days)}; {sheet.in_words()}. Its Sampling offers them."
        for sheet in offered
    )


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
