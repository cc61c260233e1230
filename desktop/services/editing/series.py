"""Monitoring of several weeks as one request a week."""

from __future__ import annotations

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
from desktop.services.trade.production import Window
from desktop.services.trade.series import modes_of_parts, weeks_between
from desktop.services.words import count, spell_days
from desktop.services.work import Work
from scheduler.problem import Horizon

MONITORING = "MONITORING"
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
    window = _window(work, request)
    if isinstance(window, str):
        raise RefusedError(f"Request {request.code} cannot be split: {window}.", "Give it the days to be watched.")
    if len(weeks_between(window.earliest, window.latest)) == 1:
        raise RefusedError(f"Request {request.code} lasts no longer than a week: there is nothing to split.")
    return Step(f"Split {request.code} by weeks", split(work.session, request, window))


def split_if_long(work: Work, request: Request) -> tuple[str, ...]:
    """Split a new request where it watches production for longer than a week; what was done, in sentences."""
    if request.service != MONITORING or request.series or not request.modes:
        return ()
    window = _window(work, request)
    if isinstance(window, str) or len(weeks_between(window.earliest, window.latest)) == 1:
        return ()
    return split(work.session, request, window)


def split(session: Session, request: Request, window: Window) -> tuple[str, ...]:
    """Keep the first week in a request, and store the others as new ones."""
    weeks = weeks_between(window.earliest, window.latest)
    modes = modes_of_parts(request.modes, len(weeks))
    prices = _shares(request.price_cents, len(weeks))
    codes = [request.code, *(f"{request.code}-{n}" for n in range(2, len(weeks) + 1))]
    for code in codes[1:]:
        refuse_taken(session, Request, code)
    own = {field: getattr(request, field) for field in COPIED}
    for n, ((first, last), code) in enumerate(zip(weeks, codes, strict=True)):
        part = request if n == 0 else Request(code=code, **own)
        part.earliest, part.latest, part.modes, part.price_cents = first, last, modes[n], prices[n]
        part.series, part.series_part = request.code, n + 1
        if n:
            part.exclusions = [RequestExclusion(inspector_id=row.inspector_id) for row in request.exclusions]
            part.affinities = [
                RequestAffinity(inspector_id=row.inspector_id, cents=row.cents) for row in request.affinities
            ]
            session.add(part)
        elif part.due is not None and not first <= part.due <= last:
            part.due = None
    session.flush()
    return (
        f"{request.code} lasts from {spell_days(window.earliest, window.latest)}: it is {count(len(weeks), 'request')}"
        f" of a week at most, {codes[0]} to {codes[-1]}, for the same inspector.",
    )


def _check(session: Session, request: Request) -> None:
    code = request.code
    if request.service != MONITORING:
        raise RefusedError(f"Request {code} is a {request.service}: only monitoring is split by weeks.")
    if request.series:
        raise RefusedError(f"Request {code} is part {request.series_part} of {request.series} already.")
    if request.status not in ("new", "ready"):
        raise RefusedError(f"Request {code} is {request.status}: it stays whole.")
    planned = session.scalars(select(Visit.id).where(Visit.request_id == request.id, Visit.status != "cancelled"))
    if planned.first() is not None or request.pin is not None:
        raise RefusedError(f"Request {code} is planned or pinned already.", f"Unassign and unpin {code} first.")


def _window(work: Work, request: Request) -> Window | str:
    wanted = select(Request.id).where(Request.id == request.id)
    today = work.now.date()
    sites = select(Request.factory_id).where(Request.id == request.id)
    factories = Factories(work.session, Daybook(work.session), sites)
    settings = settings_for(work.session, today)
    return Bookings(work.session, settings, Horizon(today, 1), factories, wanted).window(request)


def _shares(cents: int | None, parts: int) -> tuple[int | None, ...]:
    """A price shared out to the cent."""
    if cents is None:
        return (None,) * parts
    return tuple((cents * (n + 1)) // parts - (cents * n) // parts for n in range(parts))
