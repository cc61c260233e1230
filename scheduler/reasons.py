"""Why a request is left out of a plan, in a planner's words: from the same rules that kept it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from scheduler.instance import NEVER, Visit
from scheduler.pins import PinSearch
from scheduler.plan import Reason
from scheduler.rank import Ranking
from scheduler.rank.places import Spot
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import eligibility, lead, lead_in_words, slot_name
from scheduler.standing import Standing, in_order
from scheduler.weeks import Weeks, unserved_cost

LACKS = {
    "area": "without a permit for the area",
    "service": "without the service",
    "skill": "without the skill at its level",
    "language": "without the language",
    "certificate": "without a valid certificate",
    "excluded": "excluded",
}
BUSY = {  # in the order in which an obstacle is met: the further down, the nearer a person came
    "area": "with a permit that ends before",
    "certificate": "with a certificate that ends before",
    "lead": "unable to lead it",
    "start": "on the road until later",
    "absent": "not available then",
    "twice": "in another visit then",
    "often": "at the site too often already",
    "days": "with a full week",
    "run": "with too many days in a row",
    "journey": "without a journey there within the limits",
    "home": "without a journey home within the limits",
}
NAMED = 5  # people or dates that one sentence names


class Reasons:
    """Explains what a plan leaves out; the plan must keep the rules."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._instance = standing.instance
        self._weeks = Weeks(standing.instance, standing.journeys)
        self._search = PinSearch(self._weeks)

    @cached_property
    def _ranking(self) -> Ranking:
        """The plan drawn, once a request asks for its places."""
        return Ranking(self._standing)

    def of(self, number: int) -> tuple[Reason, ...]:
        """Why a request is left out; at least one reason, the first obstacle met."""
        visits = self._search.allowed_visits(number)
        if not visits:
            return (self._no_start(number),)
        people = self._search.people(number)
        if not people:
            return (self._nobody(visits[0]),)
        crew = self._too_few(visits, people)
        if crew is not None:
            return (crew,)
        best = self._ranking.places(self._instance.requests[number].id).best()
        return (self._busy(visits, people) if best is None else self._costly(number, best),)

    def _no_start(self, number: int) -> Reason:
        """No start lies in window and horizon on days on which the site is open."""
        instance, request = self._instance, self._instance.requests[number]
        low, high = max(0, instance.earliest[number]), min(instance.days - 1, instance.latest[number])
        shortest = min((mode.half_days + 1) // 2 for mode in request.modes)
        if low > high:
            text = f"its window, {request.earliest} to {request.latest}, lies outside the days planned"
            return Reason("no_start", text, "plan a horizon that meets the window, or move the window")
        closed = [day for day in range(low, high + 1) if day in instance.closed[instance.site_of[number]]]
        text = f"no start in its window: {high - low + 1} of its days are planned, the visit takes {shortest}"
        lift = "a wider window, or a longer horizon"
        if closed:
            text += f", and site {request.site} is closed on {_some(str(instance.date(day)) for day in closed)}"
            lift = "that the site opens, or a wider window"
        return Reason("no_start", text, lift)

    def _nobody(self, visit: Visit) -> Reason:
        """Nobody has all that the eligibility rule asks for."""
        instance = self._instance
        lacks: Counter[str] = Counter()
        only: dict[str, list[str]] = {}
        for person, inspector in enumerate(instance.inspectors):
            codes = sorted({broken.code for broken in eligibility(instance, person, visit)})
            lacks.update(codes)
            if len(codes) == 1:
                only.setdefault(codes[0], []).append(inspector.id)
        counts = ", ".join(f"{count} {LACKS[code]}" for code, count in lacks.most_common())
        text = f"none of {len(instance.inspectors)} inspectors may serve it: {counts}"
        lift = None
        if only:
            code, names = max(only.items(), key=lambda entry: (len(entry[1]), entry[0]))
            lift = f"{_some(names)} would do, but for being {LACKS[code]}"
        return Reason("nobody_eligible", text, lift)

    def _too_few(self, visits: Sequence[Visit], people: Sequence[int]) -> Reason | None:
        """Fewer people than the smallest crew, or nobody who can lead."""
        instance, number = self._instance, visits[0].request
        request = instance.requests[number]
        crew = min(map(self._size, visits))
        if len(people) < crew:
            text = f"it needs {crew} inspectors at once, {len(people)} of {len(instance.inspectors)} may serve it"
            return Reason("crew_too_small", text, f"{crew - len(people)} more who may serve it, or a smaller crew")
        if request.lead is not None and not any(instance.lead_until(p, number) > NEVER for p in people):
            asks = lead_in_words(request, request.lead)
            text = f"none of the {len(people)} who may serve it can lead it ({asks})"
            return Reason("nobody_leads", text, "someone who may serve it and has what a lead needs")
        return None

    def _busy(self, visits: Sequence[Visit], people: Sequence[int]) -> Reason:
        """Some are eligible, but no crew of them can come, given all that they do already."""
        why: Counter[str] = Counter()
        free = []
        for person in people:
            obstacle = self._obstacle(person, visits)
            if obstacle is None:
                free.append(self._instance.inspectors[person].id)
            else:
                why[obstacle] += 1
        counts = ", ".join(f"{count} {BUSY[code]}" for code, count in why.most_common())
        text = f"of {len(people)} who may serve it {counts or 'none is kept away'}"
        if free:
            text += f"; {_some(free)} could come, but not enough of them at once, or nobody to lead"
        if not set(why) - {"start", "absent", "twice", "days", "run"}:
            lift = "a free day of one of them within its window, or a wider window"
        elif not set(why) - {"journey", "home"}:
            lift = "someone nearer, travel allowed on the day before or after, or longer limits"
        else:
            lift = "a wider window, or one more person for that site"
        return Reason("nobody_free", text, lift)

    def _obstacle(self, person: int, visits: Iterable[Visit]) -> str | None:
        """What keeps a person from a request: of all starts, the obstacle of the one that is got furthest with."""
        order = list(BUSY)
        furthest = -1
        own = self._standing.visits.get(person, ())
        for visit in visits:
            price = self._weeks.price(person, in_order((*own, visit)))
            if isinstance(price, Broken):
                furthest = max(furthest, order.index(price.code))
            elif self._size(visit) == 1 and any(lead(self._instance, visit, (person,))):
                furthest = max(furthest, order.index("lead"))
            else:
                return None
        return order[furthest]

    def _costly(self, number: int, best: Spot) -> Reason:
        """It could be served, at more than it costs to leave it."""
        names = ", ".join(self._instance.inspectors[person].id for person in best.people)
        when = slot_name(self._instance, best.first)
        leave = unserved_cost(self._instance, number).total
        text = (
            f"the cheapest way beside the rest of the plan, {names} from {when}, adds USD {best.cents / 100:,.2f}; "
            f"leaving it costs USD {leave / 100:,.2f}"
        )
        return Reason("costs_more", text, f"a price for leaving it above USD {best.cents / 100:,.2f}, or a pin")

    def _size(self, visit: Visit) -> int:
        return self._instance.requests[visit.request].modes[visit.mode].crew


def _some(names: Iterable[str]) -> str:
    """The first few of some names, and how many more there are."""
    found = list(names)
    return ", ".join(found[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
