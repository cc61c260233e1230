"""A place for a request in words: everything that is checked, with the numbers, what is kept as well as what is broken.

What is broken is said by the rule engine; the lines of what is kept say the numbers that it looked at.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.services.planning.board_rows import longest_run
from desktop.services.trade.clock import STARTS, Counting, OnSite
from desktop.services.verdicts import LineState, VerdictLine
from desktop.services.ways import way_of
from desktop.services.words import DAYS, MONTHS, count, sentence
from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys
from scheduler.plan import Assignment
from scheduler.problem import Inspector, Request
from scheduler.rules import Broken
from scheduler.rules.weeks import worked_days
from scheduler.standing import Standing, Weighed, visit_of
from scheduler.travel import Leg, distance_km
from scheduler.weeks import stages

TITLES: Final[Mapping[tuple[str, str], str]] = {
    ("eligibility", "service"): "Service",
    ("eligibility", "skill"): "Skill",
    ("eligibility", "language"): "Languages",
    ("eligibility", "certificate"): "Certificates",
    ("eligibility", "area"): "Permit",
    ("eligibility", "excluded"): "Excluded",
    ("eligibility", "lead"): "Lead",
}
TITLES_OF_RULES: Final[Mapping[str, str]] = {
    "window": "Window",
    "site": "Factory",
    "availability": "Calendar",
    "rotation": "Rotation",
    "week": "Load",
    "consecutive": "Load",
    "travel": "Travel",
    "pin": "Pin",
    "plan": "Crew",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the lines tell of a request beside what the problem says.

    Attributes:
        names: people's names by code.
        made: percent of the order made by each morning of the board; empty where it is not known.
        clock: until when the house wants to be on site.
        counting: how hours pass at the factory.
        target_hours: within how many of them it wants to be on site.
        pinned: whether it is pinned now.
    """

    names: Mapping[str, str]
    made: Sequence[float]
    clock: OnSite
    counting: Counting
    target_hours: int
    pinned: bool


class Arrival(NamedTuple):
    """How an inspector comes to a visit.

    Attributes:
        origin: the place that he comes from, by its number.
        leg: the way; None where he is on the spot.
        km: of it.
        on_eve: he comes on a day before: he has slept there, or travelled on a day of its own.
    """

    origin: int
    leg: Leg | None
    km: float
    on_eve: bool


def arrival_of(
    instance: Instance, journeys: Journeys, person: int, visit: Visit, visits: Sequence[Visit]
) -> Arrival | None:
    """How an inspector comes to one of his visits, all in order of time; None where there is no way."""
    at, start = instance.site_of[visit.request], instance.start_place[person]
    earlier = [other for other in visits if other.first < visit.first]
    place = instance.site_of[earlier[-1].request] if earlier else start
    move = next((s.move for s in stages(journeys, instance, person, visits) if s.visit == visit), None)
    if move is None:
        return None
    origin: int = instance.home[person]
    leg: Leg | None
    if place is None or move.kind == "home":
        trip = journeys.trip(person, at, "morning")
        leg, on_eve = (None, False) if trip is None else (trip.leg, bool(trip.days))
    else:
        origin = place
        same_day = bool(earlier) and earlier[-1].last // 2 == visit.first // 2
        leg, on_eve = instance.legs.leg(place, at, "midday" if same_day else "relocate"), not same_day
        leg = leg or instance.legs.leg(place, at, "free_day")
    if leg is None or not leg.mode:
        return Arrival(origin, None, 0.0, on_eve)
    km = distance_km(instance.legs.place(origin), instance.sites[at], instance.problem.travel.detour)
    return Arrival(origin, leg, km, on_eve)


def lines_of(
    before: Standing, weighed: Weighed, to: Assignment, asked: Asked, waivable: Collection[Broken]
) -> tuple[VerdictLine, ...]:
    """The lines of a request at a place.

    Args:
        before: the plan as it stands.
        weighed: the plan with the request there, nothing waived.
        to: the place.
        asked: what is told beside.
        waivable: what of the broken rules can be waived.
    """
    return tuple(_Telling(before, weighed, to, asked, waivable).lines())


class _Telling:
    def __init__(
        self, before: Standing, weighed: Weighed, to: Assignment, asked: Asked, waivable: Collection[Broken]
    ) -> None:
        self._before, self._after, self._to, self._asked = before, weighed.after, to, asked
        self._instance = weighed.after.instance
        self._people = weighed.after.crew(to)
        self._faults: dict[str, list[Broken]] = defaultdict(list)
        self._new = set(weighed.broken)
        self._waivable = set(waivable)
        self._told: set[str] = set()
        judged = [weighed.after.of_request(to.request), *(weighed.after.of_person(p) for p in self._touched())]
        for entry in (broken for part in judged for broken in part.broken):
            self._faults[_title(entry)].append(entry)

    def _touched(self) -> list[int]:
        return list(dict.fromkeys((*self._people, *self._before.crew(self._before.placed.get(self._to.request)))))

    def lines(self) -> Iterator[VerdictLine]:
        visit = visit_of(self._instance, self._to)
        if visit is not None:
            request = self._instance.requests[visit.request]
            people = [self._instance.inspectors[person] for person in self._people]
            yield from self._qualified(request, people)
            yield from self._permit(visit, people)
            yield self._line("Window", self._window(visit))
            yield self._target(visit)
            yield self._line("Factory", f"open on {_days(self._instance, visit)}")
            if people:
                yield self._line("Calendar", f"free on {_days(self._instance, visit)}")
                yield self._line("Load", self._each(self._load))
                yield self._line("Rotation", self._each(lambda person: self._rotation(person, visit)))
                yield self._line("Travel", self._each(lambda person: self._travel(person, visit)))
            yield from self._announced(request)
        if self._asked.pinned:
            yield self._line("Pin", "pinned now; a drop pins it to its new place")
        for title in [title for title in self._faults if title not in self._told]:
            yield self._line(title, "")

    def _line(self, title: str, kept: str) -> VerdictLine:
        """A line: what the engine says where something is broken, else what is kept."""
        self._told.add(title)
        faults = self._faults.get(title)
        if not faults:
            return VerdictLine("ok", title, kept)
        state: LineState = "warn"
        if any(fault in self._new and fault not in self._waivable for fault in faults):
            state = "bad"
        text = " ".join(dict.fromkeys(sentence(fault.text) for fault in faults))
        if not any(fault in self._new for fault in faults):
            text += " It is so already."
        return VerdictLine(state, title, text)

    def _each(self, tell: Callable[[int], str]) -> str:
        """What there is to tell of each of the crew."""
        if len(self._people) == 1:
            return tell(self._people[0])
        return "; ".join(f"{self._name(self._instance.inspectors[person])}: {tell(person)}" for person in self._people)

    def _name(self, person: Inspector) -> str:
        return self._asked.names.get(person.id, person.id)

    # -- who ---------------------------------------------------------------------------------------------------------

    def _qualified(self, request: Request, people: Sequence[Inspector]) -> Iterator[VerdictLine]:
        if "Service" in self._faults:
            yield self._line("Service", "")
        levels = [f"{request.skill} {person.skills.get(request.skill, 0)}" for person in people]
        yield self._line("Skill", f"{_each_of(people, levels, self._asked.names)}, needs {request.level}")
        if request.languages:
            yield self._line("Languages", f"speaks {', '.join(request.languages)}")
        if request.certificates:
            held = [
                ", ".join(f"{name} until {_day(person.certificates[name])}" for name in request.certificates)
                for person in people
                if all(name in person.certificates for name in request.certificates)
            ]
            yield self._line("Certificates", _each_of(people, held, self._asked.names))
        if request.lead is not None:
            last = self._instance.visit(self._instance.request_number[request.id], self._to.mode, self._to.start_slot)
            leads = [
                self._name(self._instance.inspectors[person])
                for person in self._people
                if self._instance.lead_until(person, last.request) >= last.last // 2
            ]
            yield self._line("Lead", f"{', '.join(leads)} can lead")

    def _permit(self, visit: Visit, people: Sequence[Inspector]) -> Iterator[VerdictLine]:
        area = self._instance.sites[self._instance.site_of[visit.request]].area
        ends = [person.works_in[area] for person in people if area in person.works_in]
        until = min((end for end in ends if end is not None), default=None)
        yield self._line("Permit", area if until is None else f"{area} until {_day(until)}")

    # -- when --------------------------------------------------------------------------------------------------------

    def _window(self, visit: Visit) -> str:
        request = self._instance.requests[visit.request]
        text = _span(request.earliest, request.latest)
        made, day = self._asked.made, visit.first // 2
        if 0 <= day < len(made):
            text += f"; {made[day]:.0f} % made on {_day(self._instance.date(day))}"
        return text

    def _target(self, visit: Visit) -> VerdictLine:
        asked, day = self._asked, self._instance.date(visit.first // 2)
        begins = dt.datetime.combine(day, dt.time(STARTS[visit.first % 2]), asked.counting.zone)
        late = visit.first // 2 - self._instance.due[visit.request]
        self._told.add("Target")
        due = _day(self._instance.requests[visit.request].due)
        if late > 0:
            return VerdictLine("warn", "Target", f"{count(late, 'day')} late: due {due}")
        if asked.clock.begins is None:
            return VerdictLine("ok", "Target", f"the clock stands still: the booking is not complete; due {due}")
        hours = round(asked.counting.between(asked.clock.begins, begins))
        if hours <= 0:
            return VerdictLine("ok", "Target", f"due {due}")
        is_agreed = asked.clock.target != asked.counting.after(asked.clock.begins, asked.target_hours)
        if hours <= asked.target_hours and not is_agreed:
            return VerdictLine("ok", "Target", f"on site {hours} h after the clock began, of {asked.target_hours} h")
        return VerdictLine("ok", "Target", f"in time: due {due}")

    # -- the week ----------------------------------------------------------------------------------------------------

    def _load(self, person: int) -> str:
        instance = self._instance
        days = worked_days(self._after.visits.get(person, ()))
        week = instance.week(visit_of(instance, self._to).days[0])  # type: ignore[union-attr]
        added = sum(instance.week(day) == week for day in days if day not in instance.sunk[person])
        worked = instance.done[person].get(week, 0) + added
        most = len(instance.inspectors[person].day_costs)
        return f"{worked} of {count(most, 'day')}, run of {longest_run(instance, person, days)}"

    def _rotation(self, person: int, visit: Visit) -> str:
        instance, rule = self._instance, self._instance.problem.rotation
        at = instance.site_of[visit.request]
        planned = sum(instance.site_of[other.request] == at for other in self._after.visits.get(person, ()))
        times = instance.past.get((person, at), 0) + planned
        return f"{count(times, 'visit')} here in {rule.within_days} days, limit {rule.max_visits}"

    def _travel(self, person: int, visit: Visit) -> str:
        instance, visits = self._instance, self._after.visits.get(person, ())
        way = way_of(instance, self._after.journeys, person, visits)
        was = way_of(instance, self._before.journeys, person, self._before.visits.get(person, ()))
        nights = len(way.nights) - len(was.nights)
        hotel = "no hotel" if not way.nights else f"{count(len(way.nights), 'night')} away"
        if nights and way.nights:
            hotel += f" ({nights:+d})"
        return f"{self._arrival(person, visit, visits)}, {hotel}"

    def _arrival(self, person: int, visit: Visit, visits: Sequence[Visit]) -> str:
        """How an inspector comes to a visit: by what, how far, how long, for how much."""
        way = arrival_of(self._instance, self._after.journeys, person, visit, visits)
        if way is None:
            return "no way"
        if way.leg is None:
            return "on the spot"
        return f"{way.leg.mode} {way.km:.0f} km, {way.leg.minutes} min, ${way.leg.cents / 100:.0f}"

    # -- what was announced ------------------------------------------------------------------------------------------

    def _announced(self, request: Request) -> Iterator[VerdictLine]:
        announced = self._instance.problem.published.get(request.id)
        if announced is None:
            return
        people = ", ".join(self._asked.names.get(code, code) for code in announced.inspectors)
        text = f"announced for {_day(self._instance.date(announced.start_slot // 2))} with {people}"
        paid = self._after.of_request(request.id).cost.change
        self._told.add("Announced")
        if paid:
            yield VerdictLine("warn", "Announced", f"{text}: changing it costs ${paid / 100:.0f}")
        else:
            yield VerdictLine("ok", "Announced", text)


def _title(entry: Broken) -> str:
    return TITLES.get((entry.rule, entry.code)) or TITLES_OF_RULES.get(entry.rule, entry.rule.capitalize())


def _each_of(people: Sequence[Inspector], texts: Sequence[str], names: Mapping[str, str]) -> str:
    if len(set(texts)) <= 1:
        return texts[0] if texts else "nobody"
    return ", ".join(f"{names.get(p.id, p.id)} {text}" for p, text in zip(people, texts, strict=False))


def _day(date: dt.date) -> str:
    """A day where the year is plain: "Thu 3 Dec"."""
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


def _span(first: dt.date, last: dt.date) -> str:
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _days(instance: Instance, visit: Visit) -> str:
    return _span(instance.date(visit.days[0]), instance.date(visit.days[-1]))
