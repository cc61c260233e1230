"""How well the house kept its promises: who was on site in time, by week and by client."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from desktop.models import Client, Request, Visit, VisitResult
from desktop.models.halfday import morning
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.week import settings_for
from desktop.services.trade.clock import Attainment, OnSite, attained
from scheduler.problem import Horizon

WEEKS = 12
"""Looked back by default: a quarter."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise and what became of it: the clock of a request, and when somebody was on site."""

    request: str
    client: str
    client_name: str
    monday: dt.date
    clock: OnSite
    arrived_at: dt.datetime
    attainment: Attainment


@dataclass(frozen=True, slots=True)
class Share:
    """Promises of a week or a client.

    Attributes:
        key: the Monday as ISO, or the client's code; "" for all.
        name: of the client; "" of a week.
        visits: with an arrival on record and a clock that ran.
        in_target: within the house's target, 48 hours as a rule.
        in_limit: within the limit, 72 hours as a rule; those in the target are among them.
    """

    key: str
    name: str
    visits: int
    in_target: int
    in_limit: int

    @property
    def target_share(self) -> float:
        """The share of visits within the target, 0 to 1."""
        return self.in_target / self.visits if self.visits else 0.0

    @property
    def limit_share(self) -> float:
        """The share of visits within the limit, 0 to 1."""
        return self.in_limit / self.visits if self.visits else 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """The promises of some weeks, together and by week and client, the latest week and the largest client first."""

    first_day: dt.date
    last_day: dt.date
    total: Share
    weeks: tuple[Share, ...]
    clients: tuple[Share, ...]


def attainment_record(source: Source, first_day: dt.date, last_day: dt.date) -> Record:
    """How well promises were kept by visits that began from a first to a last day."""
    kept = read_kept(source, first_day, last_day)
    weeks: dict[tuple[str, str], list[Kept]] = defaultdict(list)
    clients: dict[tuple[str, str], list[Kept]] = defaultdict(list)
    for one in kept:
        weeks[one.monday.isoformat(), ""].append(one)
        clients[one.client, one.client_name].append(one)
    return Record(
        first_day,
        last_day,
        _share("", "", kept),
        tuple(sorted(_shares(weeks), key=lambda share: share.key, reverse=True)),
        tuple(sorted(_shares(clients), key=lambda share: (-share.visits, share.key))),
    )


def read_kept(source: Source, first_day: dt.date, last_day: dt.date, client: str | None = None) -> tuple[Kept, ...]:
    """Every promise of the visits that began from a first to a last day, in the order of arrival; of one client only.

    A promise that was never made, as something of the booking was missing to the end, is not among them. Later changes
    of order, settings or client do not rewrite a promise that was noted with the arrival.
    """
    began: ColumnElement[bool] = Visit.first_slot.between(morning(first_day), morning(last_day) + 1)
    if client is not None:
        its = select(Request.id).join(Client, Client.id == Request.client_id).where(Client.code == client)
        began = and_(began, Visit.request_id.in_(its))
    wanted = (
        select(Visit.request_id)
        .join(VisitResult, VisitResult.visit_id == Visit.id)
        .where(Visit.published, began, VisitResult.arrived_at.is_not(None))
    )
    with reading(source) as session:
        results = session.execute(
            select(Visit.request_id, VisitResult)
            .join(VisitResult, VisitResult.visit_id == Visit.id)
            .where(Visit.published, began, VisitResult.arrived_at.is_not(None))
        )
        arrivals = {
            request: _Arrival(result.arrived_at, promised(result))
            for request, result in results
            if result.arrived_at is not None
        }
        return tuple(sorted(_kept(session, wanted, arrivals, first_day), key=lambda one: (one.arrived_at, one.request)))


def kept_by(session: Session, request: Request, arrived_at: dt.datetime, promise: OnSite | None = None) -> Kept | None:
    """What an arrival makes of the promise for one request; None where nothing was promised.

    `promise` is what was noted of it at an arrival before; without one it follows from what is known now.
    """
    wanted = select(Request.id).where(Request.id == request.id)
    arrivals = {request.id: _Arrival(arrived_at, promise)}
    return next(iter(_kept(session, wanted, arrivals, arrived_at.date())), None)


def promised(result: VisitResult) -> OnSite | None:
    """What was promised when the arrival was recorded; None where it is not noted."""
    if result.target_at is None:
        return None
    return OnSite(result.clock_began_at, result.target_at, result.limit_at)


def kept_words(kept: Kept | None) -> str:
    """How a promise was kept: "On site 3 h before the target." Hours are those of the calendar."""
    if kept is None or kept.clock.target is None or kept.clock.limit is None:
        return "Its on-site clock did not run: the arrival does not count for or against a promise."
    if kept.attainment is Attainment.MISSED:
        limit = _apart(kept.arrived_at - kept.clock.limit)
        return f"On site {limit} after the limit."
    target = _apart(kept.arrived_at - kept.clock.target)
    if kept.attainment is Attainment.TARGET:
        return f"On site {target} before the target."
    return f"On site {target} after the target, within the limit."


def _apart(span: dt.timedelta) -> str:
    """A span of time: "40 min", "3 h"."""
    minutes = round(abs(span) / dt.timedelta(minutes=1))
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60:,} h"


class _Arrival(NamedTuple):
    """When somebody was on site, and what was promised by then; None: not noted."""

    at: dt.datetime
    promise: OnSite | None


def _kept(
    session: Session, wanted: Select[int], arrivals: Mapping[int, _Arrival], first_day: dt.date
) -> Iterable[Kept]:
    sites = select(Request.factory_id).where(Request.id.in_(wanted))
    factories = Factories(session, Daybook(session), sites)
    bookings = Bookings(session, settings_for(session, first_day), Horizon(first_day, 1), factories, wanted)
    names = {key: (code, name) for key, code, name in session.execute(select(Client.id, Client.code, Client.name))}
    for row in bookings.rows:
        arrived, clock = arrivals[row.id]
        if clock is None:
            window = bookings.window(row)
            clock = bookings.clock(row, None if isinstance(window, str) else window)
        found = attained(clock, arrived)
        if found is not None:
            there = arrived.astimezone(bookings.counting(row).zone).date()
            monday = there - dt.timedelta(days=there.weekday())
            yield Kept(row.code, *names[row.client_id], monday, clock, arrived, found)


def _shares(groups: Mapping[tuple[str, str], list[Kept]]) -> list[Share]:
    return [_share(key, name, kept) for (key, name), kept in groups.items()]


def _share(key: str, name: str, kept: Iterable[Kept]) -> Share:
    found = [one.attainment for one in kept]
    in_target = found.count(Attainment.TARGET)
    return Share(key, name, len(found), in_target, in_target + found.count(Attainment.LIMIT))
