"""Every visit that could be planned, numbered: what a request's window, site, pin and modes leave possible."""

from __future__ import annotations

from scheduler.instance import Instance
from scheduler.pins import PinSearch
from scheduler.travel import distance_km
from scheduler.weeks import Weeks, person_cost, request_cost, unserved_cost

NEAR_PEOPLE = 40  # people of a request that most steps of the search look at


class Options:
    """The options of an instance, in parallel lists by option number.

    Attributes:
        request, mode, first, last, site, crew: what the option is; slots are the first and the last taken.
        slots, days: the slots and days taken, as bits.
        fixed: cents that hang on the request and the day alone: late, and another day than announced.
        wants_lead: whether one of the crew must be able to lead.
        of: the options of each request.
        people: the inspectors of each request that may serve it on some day.
        near: those of `people` who live nearest, at most `NEAR_PEOPLE`.
        unserved: cents of leaving each request.
        pinned: whether each request must be served.
    """

    def __init__(self, weeks: Weeks) -> None:
        self.instance = weeks.instance
        self._allowed = PinSearch(weeks)
        self.request: list[int] = []
        self.mode: list[int] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.site: list[int] = []
        self.crew: list[int] = []
        self.slots: list[int] = []
        self.days: list[int] = []
        self.fixed: list[int] = []
        self.wants_lead: list[bool] = []
        self.of: list[tuple[int, ...]] = []
        self.people: list[tuple[int, ...]] = []
        self.near: list[tuple[int, ...]] = []
        self.unserved: list[int] = []
        self.pinned: list[bool] = []
        for number in range(len(self.instance.requests)):
            self._add_request(number)
        self.single = [tuple(o for o in own if self.crew[o] == 1) for own in self.of]
        self.joint = [tuple(o for o in own if self.crew[o] > 1) for own in self.of]
        self._open_slots = [_open_slots(self.instance, person) for person in range(len(self.instance.inspectors))]
        self._mine: dict[tuple[int, int], tuple[int, ...]] = {}
        self._person_cost: dict[tuple[int, int], int] = {}

    def _add_request(self, number: int) -> None:
        instance, request = self.instance, self.instance.requests[number]
        numbers = []
        for visit in self._allowed.allowed_visits(number):
            numbers.append(len(self.request))
            mode = request.modes[visit.mode]
            self.request.append(number)
            self.mode.append(visit.mode)
            self.first.append(visit.first)
            self.last.append(visit.last)
            self.site.append(instance.site_of[number])
            self.crew.append(mode.crew)
            self.slots.append(sum(1 << slot for slot in range(visit.first, visit.last + 1)))
            self.days.append(sum(1 << day for day in visit.days))
            self.fixed.append(request_cost(instance, visit).total)
            self.wants_lead.append(
                request.lead is not None and mode.crew > 0 and "eligibility" not in instance.waived[number],
            )
        self.of.append(tuple(numbers))
        self.people.append(tuple(self._allowed.people(number)) if numbers else ())
        self.near.append(self._nearest(number))
        self.unserved.append(unserved_cost(instance, number).total)
        self.pinned.append(request.pin is not None)

    def _nearest(self, number: int) -> tuple[int, ...]:
        """The people of a request who live nearest to its site, in the order of `people`."""
        people, instance = self.people[number], self.instance
        if len(people) <= NEAR_PEOPLE:
            return people
        at = instance.sites[instance.site_of[number]]
        ranked = sorted((distance_km(instance.inspectors[person], at, 1.0), person) for person in people)
        return tuple(sorted(person for _, person in ranked[:NEAR_PEOPLE]))

    def mine(self, inspector: int, request: int) -> tuple[int, ...]:
        """The options of a request that an inspector may take if he does nothing else; travel is not asked."""
        key = (inspector, request)
        found = self._mine.get(key)
        if found is None:
            found = self._mine[key] = tuple(o for o in self.of[request] if self._may_take(inspector, o))
        return found

    def _may_take(self, inspector: int, option: int) -> bool:
        instance, request = self.instance, self.request[option]
        waived = instance.waived[request]
        if "eligibility" not in waived and instance.eligible_until(inspector, request) < self.last[option] // 2:
            return False
        if self.crew[option] == 1 and self.wants_lead[option] and not self.can_lead(inspector, option):
            return False
        start = instance.inspectors[inspector].start
        if start is not None and self.first[option] < start.slot:
            return False
        return "availability" in waived or not self.slots[option] & ~self._open_slots[inspector]

    def can_lead(self, inspector: int, option: int) -> bool:
        """Whether an inspector could lead the crew of an option."""
        return self.instance.lead_until(inspector, self.request[option]) >= self.last[option] // 2

    def person_cost(self, inspector: int, request: int) -> int:
        """Cents of this inspector serving this request: affinity, and not being announced."""
        key = (inspector, request)
        found = self._person_cost.get(key)
        if found is None:
            found = self._person_cost[key] = person_cost(self.instance, inspector, request).total
        return found


def _open_slots(instance: Instance, inspector: int) -> int:
    """The slots in which an inspector is available, as bits."""
    return sum(1 << slot for slot, free in enumerate(instance.inspectors[inspector].available) if free)
