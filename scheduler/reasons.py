"""Why a request is left out of a plan, in a planner's words: from the same rules that kept it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scheduler.instance import NEVER, Visit
from scheduler.plan import Reason
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import eligibility, lead_in_words, slot_name
from scheduler.search.options import Options
from scheduler.search.recreate import Recreate
from scheduler.search.roster import IMPOSSIBLE
from scheduler.search.state import State
from scheduler.weeks import Weeks

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

    def __init__(self, weeks: Weeks, options: Options, recreate: Recreate, state: State) -> None:
        self._weeks = weeks
        self._instance = weeks.instance
        self._options = options
        self._recreate = recreate
        self._state = state

    def of(self, number: int) -> tuple[Reason, ...]:
        """Why a request is left out; at least one reason, the first obstacle met."""
        if not self._options.of[number]:
            return (self._no_start(number),)
        if not self._options.people[number]:
            return (self._nobody(number),)
        crew = self._too_few(number)
        if crew is not None:
            return (crew,)
        cents, option, people = self._recreate.cheapest(self._state, number, blink=0.0)
        return (self._busy(number) if cents >= IMPOSSIBLE else self._costly(number, cents, option, people),)

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

    def _nobody(self, number: int) -> Reason:
        """Nobody has all that the eligibility rule asks for."""
        instance = self._instance
        visit = self._visit(self._options.of[number][0])
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

    def _too_few(self, number: int) -> Reason | None:
        """Fewer people than the smallest crew, or nobody who can lead."""
        instance, request = self._instance, self._instance.requests[number]
        people = self._options.people[number]
        crew = min(self._options.crew[option] for option in self._options.of[number])
        if len(people) < crew:
            text = f"it needs {crew} inspectors at once, {len(people)} of {len(instance.inspectors)} may serve it"
            return Reason("crew_too_small", text, f"{crew - len(people)} more who may serve it, or a smaller crew")
        if request.lead is not None and not any(instance.lead_until(p, number) > NEVER for p in people):
            asks = lead_in_words(request, request.lead)
            text = f"none of the {len(people)} who may serve it can lead it ({asks})"
            return Reason("nobody_leads", text, "someone who may serve it and has what a lead needs")
        return None

    def _busy(self, number: int) -> Reason:
        """Some are eligible, but no crew of them can come, given all that they do already."""
        why: Counter[str] = Counter()
        free = []
        people = self._options.people[number]
        for person in people:
            obstacle = self._obstacle(person, number)
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

    def _obstacle(self, person: int, number: int) -> str | None:
        """What keeps a person from a request: of all starts, the obstacle of the one that is got furthest with."""
        order = list(BUSY)
        furthest = -1
        for option in self._options.of[number]:
            visits = (*map(self._visit, self._state.weeks[person].visits), self._visit(option))
            price = self._weeks.price(person, tuple(sorted(visits, key=lambda visit: (visit.first, visit.last))))
            alone = self._options.crew[option] == 1 and self._options.wants_lead[option]
            if isinstance(price, Broken):
                furthest = max(furthest, order.index(price.code))
            elif alone and not self._options.can_lead(person, option):
                furthest = max(furthest, order.index("lead"))
            else:
                return None
        return order[furthest]

    def _costly(self, number: int, cents: int, option: int, people: tuple[int, ...]) -> Reason:
        """It could be served, at more than it costs to leave it."""
        names = ", ".join(self._instance.inspectors[person].id for person in people)
        when = slot_name(self._instance, self._options.first[option])
        leave = self._options.unserved[number]
        text = (
            f"the cheapest way beside the rest of the plan, {names} from {when}, adds USD {cents / 100:,.2f}; "
            f"leaving it costs USD {leave / 100:,.2f}"
        )
        return Reason("costs_more", text, f"a price for leaving it above USD {cents / 100:,.2f}, or a pin")

    def _visit(self, option: int) -> Visit:
        options = self._options
        return Visit(options.request[option], options.mode[option], options.first[option], options.last[option])


def _some(names: Iterable[str]) -> str:
    """The first few of some names, and how many more there are."""
    found = list(names)
    return ", ".join(found[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
