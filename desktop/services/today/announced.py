"""Announced visits of today and the next days: what starts, and what is at risk of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from desktop.models.halfday import date_of, morning
from desktop.services.dispatching.house import DispatchSettings
from desktop.services.today.facts import Near
from desktop.services.today.rows import Kind, Person, TodayRow, Way
from desktop.services.words import DAYS, MONTHS, count, spell_list

UNHEARD_AFTER = dt.timedelta(hours=1)
HOUR = dt.timedelta(hours=1)


class AnnouncedRows:
    """Rows about announced visits at one moment."""

    def __init__(self, now: dt.datetime, near: Sequence[Near], dispatch: DispatchSettings) -> None:
        self._now = now
        self._near = near
        self._dispatch = dispatch

    def rows(self) -> Iterator[TodayRow]:
        """All of them, in no order."""
        yield from self._unsent()
        for visit in self._near:
            yield from self._of_telling(visit)
            if self._day(visit) <= 1:
                yield row_of(visit, "starts", "", ("board", "request", "call people", "call factory"))
                if self._now > visit.starts_at + UNHEARD_AFTER and self._day(visit) == 0:
                    hours = (self._now - visit.starts_at) / HOUR
                    text = f"It was to begin {int(hours)} h ago, and nobody has said that somebody is on site."
                    yield row_of(visit, "unheard", text, ("arrived", "call people", "call factory"))

    def starts(self) -> tuple[int, int]:
        """How many visits begin today and tomorrow."""
        days = [self._day(visit) for visit in self._near]
        return days.count(0), days.count(1)

    def _day(self, visit: Near) -> int:
        """Days from today to the visit, at the factory."""
        return (date_of(visit.first_slot) - self._now.astimezone(visit.about.zone).date()).days

    # -- who knows -----------------------------------------------------------------------------------------------------

    def _unsent(self) -> Iterator[TodayRow]:
        """One row for each day whose visits somebody has not been told of: they are told all at once."""
        by_day: dict[dt.date, list[Near]] = defaultdict(list)
        for visit in self._near:
            if any(person.answer == "untold" for person in visit.people) or self._factory_is_untold(visit):
                by_day[date_of(visit.first_slot)].append(visit)
        for day, visits in sorted(by_day.items()):
            people = sum(person.answer == "untold" for visit in visits for person in visit.people)
            factories = sum(self._factory_is_untold(visit) for visit in visits)
            parts = [count(people, "inspector")] if people else []
            parts += [count(factories, "factory", "factories")] if factories else []
            verb = "has" if people + factories == 1 else "have"
            text = f"{' and '.join(parts)} {verb} not been told of {count(len(visits), 'visit')} on {day_words(day)}."
            first = min(visits, key=lambda visit: visit.starts_at)
            codes = tuple(sorted(visit.about.request for visit in visits))
            about = first.about if len(visits) == 1 else None
            key, slot = f"unsent/{day}", morning(day)
            yield TodayRow(
                key,
                "unsent",
                first.starts_at,
                about,
                text,
                ("send", "board"),
                first.plan,
                slot,
                slot + 1,
                requests=codes,
                zone=first.about.zone,
            )

    def _factory_is_untold(self, visit: Near) -> bool:
        return self._dispatch.tell_factories and visit.factory_answer == "untold"

    def _of_telling(self, visit: Near) -> Iterator[TodayRow]:
        stale = self._stale(visit)
        if stale:
            yield row_of(visit, "stale", stale, ("send", "call people", "call factory"))
        no, silent = _named(visit, "declined"), _named(visit, "told")
        factory = visit.factory_answer
        if factory == "declined":
            no = [*no, "the factory"]
        if no:
            verb = "has" if len(no) == 1 else "have"
            ways: tuple[Way, ...] = ("call factory", "board") if factory == "declined" else ("repair", "call people")
            yield row_of(visit, "declined", f"{_first_up(spell_list(no))} {verb} declined it.", ways)
        if factory == "told" and self._dispatch.tell_factories:
            silent = [*silent, "the factory"]
        ask_from = visit.starts_at - self._dispatch.remind_before_hours * HOUR
        if silent and not stale and self._now >= ask_from:
            verb = "has" if len(silent) == 1 else "have"
            hours = max(0.0, (visit.starts_at - self._now) / HOUR)
            text = f"{_first_up(spell_list(silent))} {verb} not confirmed it. It begins in {int(hours)} h."
            ways = ("call people", "call factory") if _named(visit, "told") else ("call factory", "call people")
            yield row_of(visit, "unconfirmed", text, (*ways, "send"))

    @staticmethod
    def _stale(visit: Near) -> str:
        """What somebody was told otherwise: another time, or that he goes; the rest is on the page Dispatch."""
        times = (visit.first_slot, visit.last_slot)
        others = [told for told in visit.told if told.is_sent and (told.first_slot, told.last_slot) != times]
        gone = [
            told for told in visit.told if told.is_sent and told.person is not None and told.person not in visit.crew
        ]
        if others:
            days = sorted({date_of(told.first_slot) for told in others})
            when = spell_list([day_words(day) for day in days])
            return f"{count(len(others), 'addressee')} still {'knows' if len(others) == 1 else 'know'} of {when}."
        if gone:
            verb = "does" if len(gone) == 1 else "do"
            return f"{count(len(gone), 'inspector')} who {verb} not go any more has not been told."
        return ""


def row_of(visit: Near, kind: Kind, text: str, ways: tuple[Way, ...], until: dt.datetime | None = None) -> TodayRow:
    """A row about an announced visit; it is too late when the visit begins, unless said otherwise."""
    return TodayRow(
        key=f"{kind}/{visit.about.request}",
        kind=kind,
        until=until or visit.starts_at,
        about=visit.about,
        cause=text,
        ways=ways,
        plan=visit.plan,
        first_slot=visit.first_slot,
        last_slot=visit.last_slot,
        people=visit.people,
        factory_answer=visit.factory_answer,
        requests=(visit.about.request,),
    )


def day_words(day: dt.date) -> str:
    """A day of these weeks: "Tue 1 Dec"."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _named(visit: Near, answer: str) -> list[str]:
    people: Sequence[Person] = visit.people
    return [person.name for person in people if person.answer == answer]


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
