"""Why a request is left out of a plan, in a planner's words: the short form of its explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.explain.asking import OBSTACLES, Asking, obstacle
from scheduler.explain.changes import Changes
from scheduler.instance import NEVER
from scheduler.plan import Reason
from scheduler.rank import Ranking
from scheduler.rank.places import Spot
from scheduler.rules.visits import eligibility, lead_in_words, slot_name
from scheduler.stop import Stop, never
from scheduler.weeks import unserved_cost

LACKS = {
    "area": "without a permit for the area",
    "service": "without the service",
    "skill": "without the skill at its level",
    "language": "without the language",
    "certificate": "without a valid certificate",
    "excluded": "excluded",
}
BUSY = LACKS | {
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

    def __init__(self, ranking: Ranking, hurry: Stop = never) -> None:
        """Prepare; once `hurry` says yes, what would let a request in is not looked for any more."""
        self._ranking = ranking
        self._hurry = hurry
        self._instance = ranking.instance

    def of(self, number: int) -> tuple[Reason, ...]:
        """Why a request is left out; at least one reason, the first obstacle met."""
        asking = Asking(self._ranking, self._instance.requests[number].id)
        if not asking.visits:
            return (self._no_start(asking),)
        if not asking.eligible:
            return (self._nobody(asking),)
        crew = self._too_few(asking)
        if crew is not None:
            return (crew,)
        best = asking.places.best()
        return (self._busy(asking) if best is None else self._costly(asking, best),)

    def _no_start(self, asking: Asking) -> Reason:
        """No start lies in window and horizon on days on which the site is open."""
        instance, number = self._instance, asking.number
        request = instance.requests[number]
        low, high = max(0, instance.earliest[number]), min(instance.days - 1, instance.latest[number])
        shortest = min((mode.half_days + 1) // 2 for mode in request.modes)
        if low > high:
            text = f"its window, {request.earliest} to {request.latest}, lies outside the days planned"
            return Reason("no_start", text, self._lift(asking) or "plan a horizon that meets the window")
        closed = [day for day in range(low, high + 1) if day in instance.closed[instance.site_of[number]]]
        text = f"no start in its window: {high - low + 1} of its days are planned, the visit takes {shortest}"
        if closed:
            text += f", and site {request.site} is closed on {_some(str(instance.date(day)) for day in closed)}"
        return Reason("no_start", text, self._lift(asking))

    def _nobody(self, asking: Asking) -> Reason:
        """Nobody has all that the eligibility rule asks for."""
        instance = self._instance
        lacks: Counter[str] = Counter()
        near = []
        for person in range(len(instance.inspectors)):
            codes = {broken.code for broken in eligibility(instance, person, asking.visits[0])}
            lacks.update(sorted(codes))
            if len(codes) == 1:
                near.append(person)
        counts = ", ".join(f"{count} {LACKS[code]}" for code, count in lacks.most_common())
        text = f"none of {len(instance.inspectors)} inspectors may serve it: {counts}"
        return Reason("nobody_eligible", text, self._lift(asking, near))

    def _too_few(self, asking: Asking) -> Reason | None:
        """Fewer people than the smallest crew, or nobody who can lead."""
        instance, number, people = self._instance, asking.number, asking.eligible
        request = instance.requests[number]
        crew = min(map(asking.size, asking.visits))
        if len(people) < crew:
            text = f"it needs {crew} inspectors at once, {len(people)} of {len(instance.inspectors)} may serve it"
            return Reason("crew_too_small", text, self._lift(asking))
        if request.lead is not None and not any(instance.lead_until(p, number) > NEVER for p in people):
            asks = lead_in_words(request, request.lead)
            text = f"none of the {len(people)} who may serve it can lead it ({asks})"
            return Reason("nobody_leads", text, self._lift(asking))
        return None

    def _busy(self, asking: Asking) -> Reason:
        """Some are eligible, but no crew of them can come, given all that they do already."""
        nears = [near for person in asking.eligible if (near := asking.nearest(person)) is not None]
        why = Counter(OBSTACLES[obstacle(near.broken)] for near in nears if near.broken)
        free = [self._instance.inspectors[near.person].id for near in nears if not near.broken]
        counts = ", ".join(f"{count} {BUSY[code]}" for code, count in why.most_common())
        text = f"of {len(asking.eligible)} who may serve it {counts or 'none is kept away'}"
        if free:
            text += f"; {_some(free)} could come, but not enough of them at once, or nobody to lead"
        return Reason("nobody_free", text, self._lift(asking, asking.eligible))

    def _costly(self, asking: Asking, best: Spot) -> Reason:
        """It could be served, at more than it costs to leave it."""
        names = ", ".join(self._instance.inspectors[person].id for person in best.people)
        when = slot_name(self._instance, best.first)
        leave = unserved_cost(self._instance, asking.number).total
        text = (
            f"the cheapest way beside the rest of the plan, {names} from {when}, adds USD {best.cents / 100:,.2f}; "
            f"leaving it costs USD {leave / 100:,.2f}"
        )
        # nobody asks for what costs more than it is worth: that other changes would make it cheaper is `explain`'s
        return Reason("costs_more", text, f"a price for leaving it above USD {best.cents / 100:,.2f}, or a pin")

    def _lift(self, asking: Asking, people: Sequence[int] = ()) -> str | None:
        """The cheapest single change that lets it in, of the request itself and, for some people, of theirs."""
        change = None if self._hurry() else Changes(asking).cheapest(people)
        if change is None:
            return None
        leaving = unserved_cost(self._instance, asking.number).total
        names = ", ".join(change.to.inspectors)
        when = slot_name(self._instance, change.to.start_slot)
        return f"{change.text}: {names} from {when} adds USD {(change.cost.total + leaving) / 100:,.2f}"


def _some(names: Iterable[str]) -> str:
    """The first few of some names, and how many more there are."""
    found = list(names)
    return ", ".join(found[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
