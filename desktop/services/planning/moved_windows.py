"""What becomes of windows and visits when something new is known of an order's production, or when a factory closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, Visit
from desktop.models.halfday import date_of
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.week import settings_for
from desktop.services.trade.production import DAY, IsOpen, Line, Window
from desktop.services.trade.production_window import fits
from desktop.services.trade.series import weeks_between
from desktop.services.words import spell_day
from scheduler.problem import Horizon


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a request: its window or what is missing, its production, and when its factory works.

    Attributes:
        series: of which it is a part; "" where it is whole.
        by_order: the window that would follow from its order, whatever days were entered.
    """

    service: str
    series: str
    by_order: Window | str
    is_open: IsOpen
    window: Window | str
    line: Line | None
    share: tuple[float, float]


class WindowWatch:
    """The windows of some open requests, to be compared with what they are after a change.

    Args:
        session: in which the change is made.
        now: the time of the change.
        concerned: which requests it may concern.
    """

    def __init__(self, session: Session, now: dt.datetime, concerned: ColumnElement[bool]) -> None:
        self._session = session
        self._today = now.date()
        self._concerned = concerned
        self._before = self._read()
        self._misfitting = self._misfits(self._before)

    def messages(self) -> tuple[str, ...]:
        """What has moved, and which visits do not fit any more, a sentence each."""
        self._session.flush()
        after = self._read()
        moved = [text for code, known in after.items() if (text := self._moved(code, known.window))]
        news = [
            f"The visit of {code} on {visit} {why}: move it."
            for (code, visit), why in self._misfits(after).items()
            if self._moved(code, after[code].window) or self._misfitting.get((code, visit)) != why
        ]
        return (*moved, *self._series(after), *news)

    def _read(self) -> Mapping[str, _Known]:
        open_ones = select(Request.id).where(self._concerned, Request.status.in_(("new", "ready", "published")))
        if self._session.scalars(open_ones.limit(1)).first() is None:
            return {}
        sites = select(Request.factory_id).where(Request.id.in_(open_ones))
        factories = Factories(self._session, Daybook(self._session), sites)
        settings = settings_for(self._session, self._today)
        bookings = Bookings(self._session, settings, Horizon(self._today, 1), factories, open_ones)
        return {
            row.code: _Known(
                row.service,
                row.series,
                bookings.by_order(row) if row.series else "",
                factories.opening(row.factory_id),
                bookings.window(row),
                bookings.line(row),
                bookings.share(row),
            )
            for row in bookings.rows
        }

    def _moved(self, code: str, now: Window | str) -> str:
        before = self._before[code].window if code in self._before else ""
        if now == before:
            return ""
        if isinstance(now, str):
            return f"{code} has no window any more: {now}." if isinstance(before, Window) else ""
        if isinstance(before, str):
            return f"Window of {code} is now {_span(now)}."
        return f"Window of {code} moves from {_span(before)} to {_span(now)}."

    def _series(self, after: Mapping[str, _Known]) -> list[str]:
        """What the order says now of monitoring that was split: its weeks have days of their own and stay."""
        asked: dict[str, Window] = {}
        for code, known in after.items():
            before = self._before.get(code)
            window = known.by_order
            if not known.series or before is None or window == before.by_order or isinstance(window, str):
                continue
            # as it would be split now: without closed days at its ends
            if weeks := weeks_between(window.earliest, window.latest, known.is_open):
                asked[known.series] = Window(weeks[0][0], weeks[-1][1])
        if not asked:
            return []
        spans = self._session.execute(
            select(Request.series, func.min(Request.earliest), func.max(Request.latest), func.max(Request.series_part))
            .where(Request.series.in_(asked), Request.status != "cancelled")
            .group_by(Request.series)
            .order_by(Request.series)
        )
        return [
            f"{series} to {series}-{parts} stay on {_span(Window(first, last))}, and production runs on"
            f" {_span(asked[series])} now: move their days, or cancel them and book anew, which splits them anew."
            for series, first, last, parts in spans
            if first is not None and last is not None and Window(first, last) != asked[series]
        ]

    def _misfits(self, known: Mapping[str, _Known]) -> Mapping[tuple[str, str], str]:
        """Why visits do not fit, in words, by request and a visit's name."""
        if not known:
            return {}
        draft = select(Plan.id).where(Plan.status == "draft").order_by(Plan.id.desc()).limit(1).scalar_subquery()
        visits = self._session.execute(
            select(Request.code, Visit.first_slot, Visit.last_slot, Visit.published, Plan.code)
            .join(Request, Request.id == Visit.request_id)
            .join(Plan, Plan.id == Visit.plan_id)
            .where(self._concerned, Visit.status == "planned")
            .where(or_(Visit.published, Visit.plan_id == draft))
            .order_by(Request.code, Visit.id)
        )
        return {
            (code, f"{spell_day(date_of(first))} ({'published' if published else f'draft {plan}'})"): why
            for code, first, last, published, plan in visits
            if code in known and (why := _misfit(known[code], date_of(first), date_of(last)))
        }


def _span(window: Window) -> str:
    """A window's days, with a dash: the sentence has another "to"."""
    first, last = window.earliest, window.latest
    return spell_day(first) if first == last else f"{spell_day(first)} - {spell_day(last)}"


def _misfit(known: _Known, first: dt.date, last: dt.date) -> str:
    window, line = known.window, known.line
    if isinstance(window, Window) and (first < window.earliest or last > window.latest):
        return "lies outside its window"
    if not all(known.is_open(first + n * DAY) for n in range((last - first).days + 1)):
        return "falls on a day on which the factory is closed"
    if line is not None and not fits(known.service, line, known.share, first):
        return f"does not fit: {line.made_by(first) or 0.0:.0f} % will be made by that morning"
    return ""
