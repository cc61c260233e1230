"""Monitoring of several weeks as one request a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Request, RequestAffinity, RequestExclusion, Visit
from desktop.services.changes import Step
from desktop.services.commands import SplitMonitoring
from desktop.services.lookup import check_version, refuse_taken, request_by_code
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.week import settings_for
from desktop.services.requests.references import portions
from desktop.services.trade.production import IsOpen, Window
from desktop.services.trade.series import WEEK, modes_of_parts, weeks_between
from desktop.services.words import count, spell_days
from desktop.services.work import Work
from scheduler.problem import Horizon

MONITORING = "MONITORING"
UNPLANNED = ("new", "ready")
COPIED = (
    "client_id", "order_id", "factory_id", "service", "skill", "level", "languages", "certificates", "lead_level",
    "lead_languages", "lead_certificates", "late_cost_cents", "unserved_cost_cents", "requested_at", "status", "note",
    "inspection_level", "aql_major", "aql_minor", "test_minutes", "containers", "man_days_reason", "complete_at",
)  # fmt: skip
"""What all weeks have alike."""


def split_monitoring(work: Work, command: SplitMonitoring) -> Step:
    """Make a request a week of one that watches production for longer."""
    request = request_by_code(work.session, command.request)
    check_version(request, command.version, work.session)
    _check(work.session, request)
    whole = _wholes(work, (request.id,))[request.id]
    if isinstance(whole, str):
        raise RefusedError(f"Request {request.code} cannot be split: {whole}.", "Give it the days to be watched.")
    if len(whole.weeks) <= 1:
        raise RefusedError(f"Request {request.code} lasts no longer than a week: there is nothing to split.")
    _, said = _split(work.session, request, whole)
    return Step(f"Split {request.code} by weeks", (said,))


def split_if_long(work: Work, requests: Sequence[Request]) -> tuple[tuple[Request, ...], tuple[str, ...]]:
    """Split those of some new requests that watch production for longer than a week.

    The session has them, flushed. One whose weeks cannot be stored stays whole.

    Returns:
        The new requests of later weeks; and what was done, in sentences.
    """
    long = [
        request
        for request in requests
        if request.service == MONITORING
        and not request.series
        and request.status in UNPLANNED
        and request.pin is None
        and _may_be_long(request)
    ]
    added: list[Request] = []
    said: list[str] = []
    for portion in portions([request.id for request in long]):
        for request_id, whole in _wholes(work, portion).items():
            if isinstance(whole, str) or len(whole.weeks) <= 1:
                continue
            request = work.session.get_one(Request, request_id)
            try:
                later, sentence = _split(work.session, request, whole)
            except RefusedError as error:
                said.append(f"{request.code} stays whole, though it is longer than a week. {error}")
                continue
            added.extend(later)
            said.append(sentence)
    return tuple(added), tuple(said)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The days of a request that is to be split."""

    window: Window
    weeks: tuple[tuple[dt.date, dt.date], ...]
    is_open: IsOpen


def _split(session: Session, request: Request, whole: _Whole) -> tuple[tuple[Request, ...], str]:
    """Keep the first week in a request, and store the others as new ones; these, and what was done."""
    weeks = whole.weeks
    modes = modes_of_parts(request.modes, weeks, whole.is_open)
    prices = _shares(request.price_cents, len(weeks))
    codes = [request.code, *(f"{request.code}-{n}" for n in range(2, len(weeks) + 1))]
    for code in codes[1:]:
        refuse_taken(session, Request, code)
    own = {field: getattr(request, field) for field in COPIED}
    later = []
    for n, ((first, last), code) in enumerate(zip(weeks, codes, strict=True)):
        part = request if n == 0 else Request(code=code, **own)
        part.earliest, part.latest, part.modes, part.price_cents = first, last, modes[n], prices[n]
        part.series, part.series_part = request.code, n + 1
        if n:
            part.exclusions = [RequestExclusion(inspector_id=row.inspector_id) for row in request.exclusions]
            part.affinities = [
                RequestAffinity(inspector_id=row.inspector_id, cents=row.cents) for row in request.affinities
            ]
            later.append(part)
        elif part.due is not None and not first <= part.due <= last:
            part.due = None
    session.add_all(later)
    session.flush()
    window = whole.window
    return tuple(later), (
        f"{request.code} lasts from {spell_days(window.earliest, window.latest)}: it is {count(len(weeks), 'request')}"
        f" of a week at most, {codes[0]} to {codes[-1]}, for the same inspector."
    )


def _may_be_long(request: Request) -> bool:
    """Whether its window is longer than a week, or follows from its order and may be."""
    first, last = request.earliest, request.latest
    return first is None or last is None or (last - first).days >= WEEK


def _check(session: Session, request: Request) -> None:
    code = request.code
    if request.service != MONITORING:
        raise RefusedError(f"Request {code} is a {request.service}: only monitoring is split by weeks.")
    if request.series:
        raise RefusedError(f"Request {code} is part {request.series_part} of {request.series} already.")
    if request.status not in UNPLANNED:
        raise RefusedError(f"Request {code} is {request.status}: it stays whole.")
    planned = session.scalars(select(Visit.id).where(Visit.request_id == request.id, Visit.status != "cancelled"))
    if planned.first() is not None or request.pin is not None:
        raise RefusedError(f"Request {code} is planned or pinned already.", f"Unassign and unpin {code} first.")


def _wholes(work: Work, keys: Sequence[int]) -> Mapping[int, _Whole | str]:
    """The days of some requests by key, or what is missing to know them; what they have in common is read once."""
    wanted = select(Request.id).where(Request.id.in_(keys))
    today = work.now.date()
    sites = select(Request.factory_id).where(Request.id.in_(wanted))
    factories = Factories(work.session, Daybook(work.session), sites)
    settings = settings_for(work.session, today)
    bookings = Bookings(work.session, settings, Horizon(today, 1), factories, wanted)
    found: dict[int, _Whole | str] = {}
    for row in bookings.rows:
        window, is_open = bookings.window(row), factories.opening(row.factory_id)
        if isinstance(window, str):
            found[row.id] = window
        else:
            found[row.id] = _Whole(window, weeks_between(window.earliest, window.latest, is_open), is_open)
    return found


def _shares(cents: int | None, parts: int) -> tuple[int | None, ...]:
    """A price shared out to the cent."""
    if cents is None:
        return (None,) * parts
    return tuple((cents * (n + 1)) // parts - (cents * n) // parts for n in range(parts))
