"""When people can work, as the records say it: weekdays, calendars, exceptional days and absences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Absence, DayException, Inspector
from desktop.models.halfday import date_of, morning
from desktop.services.board import CellKind
from desktop.services.planning.daybook import HOLIDAY, MAKE_UP, Daybook

SATURDAY = 5
OPEN: tuple[CellKind, ...] = ("work", "make-up")
"""The half-days that can be worked."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one person: free in the morning, in the afternoon, for travel; cents on top for working on it."""

    morning: bool
    afternoon: bool
    may_travel: bool
    premium: int


class _Own(NamedTuple):
    """What differs on a day: each part None as usual."""

    morning: bool | None
    afternoon: bool | None
    may_travel: bool | None
    premium: int | None


AS_USUAL = _Own(None, None, None, None)


class WorkingDays:
    """The days of people from a first to a last date.

    `people` are the keys of those who will be asked about; None: everybody.
    """

    def __init__(
        self,
        session: Session,
        daybook: Daybook,
        first: dt.date,
        last: dt.date,
        people: Collection[int] | None = None,
    ) -> None:
        self._daybook = daybook
        self._first, self._last = first, last
        self._absent = self._absences(session, people)
        self._own = self._exceptions(session, people)

    def _absences(self, session: Session, people: Collection[int] | None) -> Mapping[int, set[int]]:
        """Absent half-days (absolute)."""
        first, last = morning(self._first), morning(self._last) + 1
        absent: dict[int, set[int]] = defaultdict(set)
        query = select(Absence.inspector_id, Absence.first_slot, Absence.last_slot).where(
            Absence.last_slot >= first, Absence.first_slot <= last
        )
        if people is not None:
            query = query.where(Absence.inspector_id.in_(people))
        for person, begin, end in session.execute(query):
            absent[person].update(range(max(begin, first), min(end, last) + 1))
        return absent

    def _exceptions(self, session: Session, people: Collection[int] | None) -> Mapping[tuple[int, dt.date], _Own]:
        query = select(
            DayException.inspector_id,
            DayException.date,
            DayException.morning,
            DayException.afternoon,
            DayException.may_travel,
            DayException.premium_cents,
        ).where(DayException.date.between(self._first, self._last))
        if people is not None:
            query = query.where(DayException.inspector_id.in_(people))
        return {
            (person, date): _Own(early, late, may_travel, premium)
            for person, date, early, late, may_travel, premium in session.execute(query)
        }

    def day(self, person: Inspector, date: dt.date) -> Day:
        """What the records say of a person's day, but for visits that stand.

        Holidays are off, and paid more, for those who do not work on them; a make-up day is a working day like any
        other. What a day exception states goes before that; an absence before everything.
        """
        kind = self._daybook.kind(person.country, date)
        works = date.weekday() in person.weekdays
        if kind == MAKE_UP:
            works = True
        elif kind == HOLIDAY:
            works = works and person.works_on_holidays
        own = self._own.get((person.id, date), AS_USUAL)
        absent = self._absent.get(person.id, ())
        slot = morning(date)
        early = (works if own.morning is None else own.morning) and slot not in absent
        late = (works if own.afternoon is None else own.afternoon) and slot + 1 not in absent
        travels = own.may_travel
        if travels is None:
            travels = early or late or (not works and person.travels_on_rest_days)
        # a leg of a travel day can take ten hours: half a day off forbids it
        travels = travels and slot not in absent and slot + 1 not in absent
        premium = own.premium
        if premium is None:
            premium = _premium(person, date, kind)
        return Day(early, late, travels, premium)

    def apart(self) -> set[tuple[int, dt.date]]:
        """The days, by key of the person, of which something is said of that person alone."""
        absent = ((person, date_of(slot)) for person, slots in self._absent.items() for slot in slots)
        return {*self._own, *absent}

    def is_absent(self, person: Inspector, slot: int) -> bool:
        """Whether an absence covers a half-day (absolute)."""
        return slot in self._absent.get(person.id, ())

    def cells(self, person: Inspector, date: dt.date) -> tuple[CellKind, CellKind]:
        """The two half-days of a person's day as a board shows them."""
        day = self.day(person, date)
        kind = self._daybook.kind(person.country, date)
        slot = morning(date)
        off: CellKind = "holiday" if kind == HOLIDAY else "off"
        work: CellKind = "make-up" if kind == MAKE_UP else "work"
        early, late = (
            "leave" if self.is_absent(person, slot + half) else work if free else off
            for half, free in enumerate((day.morning, day.afternoon))
        )
        return early, late


def _premium(person: Inspector, date: dt.date, kind: str | None) -> int:
    if kind == HOLIDAY:
        return person.holiday_premium_cents
    if date.weekday() >= SATURDAY and kind != MAKE_UP:
        return person.weekend_premium_cents
    return 0
