"""What breaks a plan in force, and what its repair would change: values for those who show and decide.

Slots are absolute half-days, both ends inclusive. Money in cents.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from scheduler.plan import CostParts

HitCause = Literal[
    "absent",  # somebody of the crew is away, or free no more
    "overran",  # somebody of the crew is still at the visit before
    "window",  # the goods are not in the state that is inspected then
    "closed",  # the factory is
    "lapsed",  # a certificate, a permit, a skill: somebody of the crew may not go any more
    "rotation",  # too many visits of one inspector to one factory
    "week",  # too many days for somebody of the crew
    "travel",  # no way there in time
    "other",  # a pin, a record that is gone
]
Party = Literal["inspector", "factory", "client"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An announced visit that cannot be as it was announced, on the records as they are now.

    Attributes:
        inspectors, names: the crew announced, codes and names.
        culprits: codes of those of the crew because of whom; empty where it is not about people.
        starts_at: when the visit begins (aware); its half-day's usual hour at the factory.
        hours_left: until then; negative where that is over.
        text: why, in a sentence.
    """

    request: str
    service: str
    client: str
    client_name: str
    factory: str
    factory_name: str
    factory_phone: str
    inspectors: tuple[str, ...]
    names: tuple[str, ...]
    culprits: tuple[str, ...]
    first_slot: int
    last_slot: int
    starts_at: dt.datetime
    hours_left: float
    cause: HitCause
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Who comes when: codes and names of a crew."""

    inspectors: tuple[str, ...]
    names: tuple[str, ...]
    first_slot: int
    last_slot: int


@dataclass(frozen=True, slots=True)
class Told:
    """One visit to speak about: what was told of it, and what is new. None: nothing was told; nobody comes."""

    request: str
    service: str
    factory_name: str
    client_name: str
    told: Spot | None
    new: Spot | None


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who has to be told something else than before; what is not known of how to reach them is "".

    An inspector is called about all his visits that come, go or move; a factory and a client about those announced.
    """

    party: Party
    code: str
    name: str
    contact: str
    phone: str
    email: str
    items: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class HitSolved:
    """What becomes of a visit that was hit: its new place, or (None) why there is none."""

    hit: Hit
    new: Spot | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that hang together: all of them are accepted, or none. Any union of whole groups keeps every rule.

    Attributes:
        number: from 0; groups are told those with hits first, then by what they save.
        requests: codes, in order.
        people: codes of the inspectors whose weeks they touch.
        hits: those of the requests that were hit.
        announced: how many of the requests were announced otherwise.
        cents: what accepting this group alone adds to the cost (negative: saves).
    """

    number: int
    requests: tuple[str, ...]
    people: tuple[str, ...]
    hits: tuple[str, ...]
    announced: int
    cents: int


@dataclass(frozen=True, slots=True)
class PartSum:
    """What a set of groups would be together.

    Attributes:
        groups, all_groups: ticked, of how many.
        changes, all_changes: requests that change, of how many.
        cost: of the plan with only these.
        difference: to what is in force without the visits hit, by part.
        told: announced visits that would be told otherwise.
        hits_left: visits hit that would still be nobody's.
        hopeless: of all visits hit those without any other place: they are taken out of force with it.
    """

    groups: int
    all_groups: int
    changes: int
    all_changes: int
    cost: CostParts
    difference: CostParts
    told: int
    hits_left: int
    hopeless: int

    @property
    def can_be_kept(self) -> bool:
        """Whether there is something to keep: some groups, or, where there are none, the hits that nobody serves."""
        return self.groups > 0 or (self.all_groups == 0 and self.hopeless > 0)
