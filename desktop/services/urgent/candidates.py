"""A place for an urgent request as a dispatcher reads it: who, when, how they come, what it costs, what moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.models.halfday import morning
from desktop.services.planning.board_rows import VisitFacts, home_town, longest_run
from desktop.services.planning.verdict_lines import Asked as Checked
from desktop.services.planning.verdict_lines import arrival_of, lines_of
from desktop.services.planning.views import BookingView, PersonView
from desktop.services.requests.quoting import days_left, is_rest_day
from desktop.services.trade.clock import STARTS
from desktop.services.trade.money import DOLLAR, converted, spelled
from desktop.services.trade.production import chance_between
from desktop.services.trade.quote import Job, Quote, Rate, quote, rate_for
from desktop.services.urgent.answer import (
    MovedVisit,
    Stage,
    UrgentArrival,
    UrgentCandidate,
    UrgentCost,
    UrgentPerson,
)
from desktop.services.urgent.asking import Asked
from desktop.services.urgent.facts import CaseFacts
from desktop.services.verdicts import VerdictLine
from desktop.services.words import DAYS, MONTHS, spell_list, spell_slots
from scheduler.instance import Instance, Visit
from scheduler.plan import Assignment, CostParts
from scheduler.rank import Candidate, Ranking, Shift
from scheduler.rules.weeks import worked_days
from scheduler.standing import Standing, visit_of

HOUR = dt.timedelta(hours=1)
LEAVES = (dt.time(7, 30), dt.time(12, 0))
"""When an inspector sets out for a morning and for an afternoon, by the clocks of the factory."""
EVE = dt.time(12, 0)
"""From when he is on the way where he travels on the day before."""
UNSURE = 0.8  # a chance that the window holds below this is pointed out


@dataclass(frozen=True, slots=True)
class View:
    """What places are told with: people and bookings by code, and what the records say of visits."""

    people: Mapping[str, PersonView]
    names: Mapping[str, str]
    bookings: Mapping[str, BookingView]
    facts: Mapping[str, VisitFacts]
    pins: Mapping[str, tuple[str, ...]]
    freelancers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Priced:
    """The quote for a day, in US cents beside it."""

    quote: Quote
    total: int
    express: int


class Candidates:
    """Makes candidates of the places of one form."""

    def __init__(self, asked: Asked, facts: CaseFacts, view: View, now: dt.datetime) -> None:
        self._asked, self._facts, self._view, self._now = asked, facts, view, now
        self._zone = facts.zone
        self._ready = now + facts.trade.urgent.notice
        self._quotes: dict[tuple[dt.date, dt.date, int], _Priced | None] = {}
        self._chances: dict[dt.date, float | None] = {}
        self._start = asked.booked.horizon.start

    def is_ahead(self, slot: int) -> bool:
        """Whether whoever is near enough can be there when a half-day of the plan begins, with the house's notice."""
        return self._moment(slot, dt.time(STARTS[slot % 2])) >= self._ready

    @property
    def first_day_to_move(self) -> dt.date:
        """The first day whose visits others may get: today as long as they have their notice before they leave."""
        local = self._ready.astimezone(self._zone)
        today = self._now.astimezone(self._zone).date()
        is_early = (local.date(), local.time()) <= (today, LEAVES[0])
        return today if is_early else today + dt.timedelta(days=1)

    def make(self, candidate: Candidate, stage: Stage, ranking: Ranking) -> UrgentCandidate | None:
        """A place told whole; None where somebody of the crew would have to leave before his notice is over."""
        to, standing, instance = candidate.to, ranking.standing, ranking.instance
        visit = visit_of(instance, to)
        assert visit is not None
        changes: dict[str, Assignment | None] = {to.request: to}
        changes |= {shift.after.request: shift.after for shift in candidate.moves}
        weighed = standing.weigh_all(changes, instance)
        crew = [instance.inspector_number[name] for name in to.inspectors]
        arrivals = tuple(self._arrival(weighed.after, person, visit) for person in crew)
        if any(entry.leaves < self._ready for entry in arrivals):
            return None
        first, last = (instance.date(day) for day in (visit.first // 2, visit.last // 2))
        begins = max(entry.at for entry in arrivals)
        percent = self._percent(visit)
        chance = self._chance(first)
        priced = self._priced(first, last, visit, len(crew))
        cost = _cost(candidate.added, standing, weighed.after, crew)
        checked = Checked(
            names=self._view.names,
            made=self._asked.need.made,
            clock=self._asked.need.clock,
            counting=self._asked.booked.counting(self._asked.row),
            target_hours=self._asked.booked.target_hours,
            pinned=False,
        )
        lines = lines_of(standing, weighed, to, checked, ())
        return UrgentCandidate(
            to=to,
            stage=stage,
            crew=tuple(self._person(instance, person, visit) for person in crew),
            first_day=first,
            last_day=last,
            half="afternoon" if visit.first % 2 else "morning",
            begins=begins,
            hours=(begins - self._now) / HOUR,
            arrivals=arrivals,
            cost=cost,
            in_time=visit.first // 2 <= instance.due[visit.request],
            moves=tuple(self._moved(ranking, shift) for shift in candidate.moves),
            lines=tuple(_pointed_out(lines, weighed.after, crew, visit, chance)),
            percent=percent,
            chance=chance,
            price_cents=None if priced is None else priced.total,
            express_cents=None if priced is None else priced.express,
            margin_cents=None if priced is None else priced.total - cost.money,
            quote=None if priced is None else priced.quote,
            message=self._message(first, begins, percent, priced),
        )

    # -- who and when --------------------------------------------------------------------------------------------------

    def _moment(self, slot: int, time: dt.time) -> dt.datetime:
        day = self._start + dt.timedelta(days=slot // 2)
        return dt.datetime.combine(day, time, self._zone).astimezone(dt.UTC)

    def _person(self, instance: Instance, number: int, visit: Visit) -> UrgentPerson:
        own = instance.inspectors[number]
        view = self._view.people[own.id]
        return UrgentPerson(
            code=own.id,
            name=view.name,
            local_name=view.local_name,
            team=view.team,
            base=home_town(view.home),
            level=own.skills.get(instance.requests[visit.request].skill, 0),
            lat=own.lat,
            lon=own.lon,
            freelancer=own.id in self._view.freelancers,
        )

    def _arrival(self, after: Standing, number: int, visit: Visit) -> UrgentArrival:
        instance = after.instance
        own = instance.inspectors[number]
        visits = after.visits.get(number, ())
        way = arrival_of(instance, after.journeys, number, visit, visits)
        half = visit.first % 2
        begins, usual = self._moment(visit.first, dt.time(STARTS[half])), self._moment(visit.first, LEAVES[half])
        leg = None if way is None else way.leg
        minutes = dt.timedelta(minutes=0 if leg is None else leg.minutes)
        if way is not None and way.on_eve:
            usual, at = self._moment(visit.first - 2, EVE), begins
        else:
            at = max(begins, usual + minutes)
        leaves = min(max(usual, self._ready), at - minutes)
        origin = instance.home[number] if way is None else way.origin
        place = instance.legs.place(origin)
        name = "home"
        if origin != instance.home[number]:
            name = next((site.id for site in instance.problem.sites if site == place), "where he is")
            name = self._site_names().get(name, name)
        return UrgentArrival(
            person=own.id,
            leaves=leaves,
            at=at,
            mode="" if leg is None else leg.mode,
            km=0.0 if way is None else way.km,
            minutes=0 if leg is None else leg.minutes,
            cents=0 if leg is None else leg.cents,
            from_name=name,
            from_lat=place.lat,
            from_lon=place.lon,
            night_before=way is not None and way.on_eve,
        )

    def _site_names(self) -> Mapping[str, str]:
        return {booking.factory: booking.factory_name for booking in self._view.bookings.values()}

    # -- what else moves -----------------------------------------------------------------------------------------------

    def _moved(self, ranking: Ranking, shift: Shift) -> MovedVisit:
        code, instance = shift.after.request, ranking.instance
        booking, facts = self._view.bookings[code], self._view.facts.get(code)
        announced = instance.problem.published.get(code)
        was = ranking.standing.of_request(code).cost.change
        price = 0
        if announced is not None:
            price = ranking.standing.weigh_all({code: shift.after}, instance).after.of_request(code).cost.change - was
        site = instance.sites[instance.site_of[instance.request_number[code]]]
        goes = instance.inspectors[instance.inspector_number[shift.after.inspectors[0]]]
        return MovedVisit(
            request=code,
            service=booking.service,
            factory_name=booking.factory_name,
            client_name=booking.client_name,
            before=shift.before,
            after=shift.after,
            before_text=self._place_text(instance, shift.before),
            after_text=self._place_text(instance, shift.after),
            announced=announced is not None,
            pinned=code in self._view.pins,
            price_cents=price,
            version=None if facts is None else facts.version,
            lat=site.lat,
            lon=site.lon,
            home_name=self._view.names.get(goes.id, goes.id),
            home_lat=goes.lat,
            home_lon=goes.lon,
        )

    def _place_text(self, instance: Instance, to: Assignment) -> str:
        visit = visit_of(instance, to)
        assert visit is not None
        begin = morning(self._start)
        names = spell_list([self._view.names.get(name, name) for name in to.inspectors])
        return f"{names}, {spell_slots(visit.first + begin, visit.last + begin)}"

    # -- the goods -----------------------------------------------------------------------------------------------------

    def _percent(self, visit: Visit) -> float | None:
        made, day = self._asked.need.made, visit.first // 2
        return made[day] if day < len(made) else None

    def _chance(self, day: dt.date) -> float | None:
        asked = self._asked
        if asked.need.share is None or asked.production is None or asked.line is None:
            return None
        if day not in self._chances:
            is_open = self._facts.factories.opening(self._facts.factory.id)
            self._chances[day] = chance_between(asked.production, is_open, asked.spread, day, asked.need.share)
        return self._chances[day]

    # -- money ---------------------------------------------------------------------------------------------------------

    def _priced(self, first: dt.date, last: dt.date, visit: Visit, crew: int) -> _Priced | None:
        key = first, last, crew * (visit.last - visit.first + 1)
        if key not in self._quotes:
            self._quotes[key] = self._quote(first, visit, crew)
        return self._quotes[key]

    def _quote(self, first: dt.date, visit: Visit, crew: int) -> _Priced | None:
        facts, settings = self._facts, self._facts.trade.quote
        factory = facts.factory
        client = "" if facts.client is None else facts.client.code
        rate = rate_for(facts.rates, client, self._asked.row.service, factory.country, factory.area)
        rate = rate or Rate(settings.rate_cents)
        if rate.currency != DOLLAR and rate.currency not in facts.units:
            return None
        days = [self._start + dt.timedelta(days=slot // 2) for slot in range(visit.first, visit.last + 1)]
        job = Job(
            half_days=crew * len(days),
            rest_half_days=crew * sum(is_rest_day(facts.daybook, factory.country, day) for day in days),
            days_left=days_left(facts.daybook, factory, self._asked.row, first),
        )
        made = quote(job, rate, rate.currency, facts.units, settings)
        plain = quote(replace(job, days_left=None), rate, rate.currency, facts.units, settings)

        def dollars(cents: int) -> int:
            return converted(cents, rate.currency, DOLLAR, facts.units)

        return _Priced(made, dollars(made.total_cents), dollars(made.total_cents - plain.total_cents))

    def _message(self, first: dt.date, begins: dt.datetime, percent: float | None, priced: _Priced | None) -> str:
        """What the client is told. It names nobody: rotation wants that nobody knows who comes."""
        need = self._asked.need
        local = begins.astimezone(self._zone)
        day = f"{DAYS[first.weekday()]} {first.day} {MONTHS[first.month - 1]}"
        said = [f"Your {need.service} at {need.factory_name} is set for {day}, about {local:%H:%M}."]
        drawn = None if percent is None else self._asked.drawn(percent)
        if percent is not None and drawn is not None:
            plans, pieces = drawn
            said.append(f"We expect {percent:.0f} % made, so {pieces:,} pieces and a sample of {plans.drawn}.")
        if priced is not None:
            if priced.express:
                said.append(f"The express fee of {spelled(priced.express, DOLLAR)} applies.")
            said.append(f"The price is {spelled(priced.quote.total_cents, priced.quote.currency)}.")
        said.append("The inspector stays unnamed until the visit.")
        return " ".join(said)


def _cost(added: CostParts, before: Standing, after: Standing, crew: Sequence[int]) -> UrgentCost:
    """What a place costs, and how much of the money is that of people who do not go themselves."""
    own = sum(_money(after.of_person(person).cost) - _money(before.of_person(person).cost) for person in crew)
    return UrgentCost(
        added.work,
        added.premium,
        added.travel,
        added.nights,
        added.late,
        added.affinity,
        added.change,
        _money(added) - own,
    )


def _money(cost: CostParts) -> int:
    return cost.work + cost.premium + cost.travel + cost.nights


def _pointed_out(
    lines: Iterable[VerdictLine], after: Standing, crew: Sequence[int], visit: Visit, chance: float | None
) -> Iterable[VerdictLine]:
    """The lines, those that stand just at a limit pointed out."""
    instance, nights = after.instance, False
    at_site = instance.site_of[visit.request]
    often = run = False
    for person in crew:
        visits = after.visits.get(person, ())
        times = instance.past.get((person, at_site), 0)
        times += sum(instance.site_of[other.request] == at_site for other in visits)
        often |= times >= instance.problem.rotation.max_visits
        run |= longest_run(instance, person, worked_days(visits)) >= instance.inspectors[person].max_consecutive_days
        nights |= bool(after.of_person(person).cost.nights)
    told = {"Rotation": often, "Load": run, "Travel": nights}
    for line in lines:
        if line.title == "Window" and chance is not None:
            state = "warn" if chance < UNSURE else line.state
            yield VerdictLine(state, line.title, f"{line.text}, holds in {chance:.0%} of cases")
        elif line.state == "ok" and told.get(line.title):
            yield replace(line, state="warn")
        else:
            yield line
