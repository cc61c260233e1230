"""What studies show. Money in US cents, days as dates, people, requests and clients by code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.services.worth.asking import StudyKind, WhatIfAsked

MoreKind = Literal["hand", "day", "level", "language", "certificate", "later", "earlier"]
Step = Literal["", "local", "transfer", "hire", "freelancer", "unlock"]
Verdict = Literal["proven", "found", "none", "proven worse"]
"""How sure it is that a change saves: no plan without it is as cheap; only found by equal runs; nothing found;
no plan with it is as cheap as the one without."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could go: how far from the place in km, and whether he is free on that day."""

    code: str
    name: str
    region: str
    km: int
    is_free: bool
    is_freelancer: bool


@dataclass(frozen=True, slots=True)
class CeilingRow:
    """One more of something.

    Attributes:
        kind: "hand" (somebody for a day), "day", "level", "language" or "certificate" of a person, "later" or
            "earlier" of a window.
        region, skill: of a hand and of a request; a person's home region. "" where there is none.
        day: the day added; None of a level, language or certificate.
        person, name: whose it is; "" of a hand and of a window.
        request: whose window it is; "" otherwise.
        what: the language or certificate, or the skill whose level is one higher; "" otherwise.
        text: all of it in the solver's words.
        at_most: no plan with it costs less than the plan in hand by more than this.
        beyond: what of it is not the gap, which better planning alone might save.
        exact: what it saves, by equal runs with and without it; None: not solved anew.
        units: what the first, second, third of it save, each besides those before; () where not solved anew.
        who: who could go, free ones first, then the nearest; of hands only.
        step: what could be done, and `step_number` of how many: people free there or elsewhere, freelancers to ask,
            bars to unlock. "" where the records say nothing.
    """

    kind: MoreKind
    region: str
    skill: str
    day: dt.date | None
    person: str
    name: str
    request: str
    what: str
    text: str
    at_most: int
    beyond: int
    exact: int | None = None
    units: tuple[int, ...] = ()
    who: tuple[Candidate, ...] = ()
    step: Step = ""
    step_number: int = 0


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Ceilings, the highest first.

    Attributes:
        rows: what may save more than the gap, at most MOST_ROWS.
        found: how many such there are.
        nothing: how many more were looked at that cannot save more than the gap.
        unproven: for how many the time did not suffice.
        gap: what better planning alone might save; None where no bound was proven: then there are no rows.
        without: what an equal run saves with nothing changed; None where nothing was solved anew.
    """

    rows: tuple[CeilingRow, ...]
    found: int
    nothing: int
    unproven: int
    gap: int | None
    without: int | None


@dataclass(frozen=True, slots=True)
class RunSum:
    """A plan that was found, summed up.

    Attributes:
        parts: the cost by part, as plans have it.
        bound: no plan of its problem costs less; None: nothing is proven.
        visits, unserved: requests served, and left out.
        late, late_days: visits that begin after they are due, and by how many days in all.
        nights: nights away that are paid.
        man_days: worked.
        on_hand: man-days that could be worked: days on which people are available, up to the most of their week.
        changed: announced visits that are otherwise, or left out.
    """

    parts: Mapping[str, int]
    bound: int | None
    visits: int
    unserved: int
    late: int
    late_days: int
    nights: int
    man_days: float
    on_hand: float
    changed: int

    @property
    def cost(self) -> int:
        """All parts together."""
        return sum(self.parts.values())

    @property
    def money(self) -> int:
        """What is paid: work, premium, travel, nights."""
        return sum(self.parts.get(name, 0) for name in ("work", "premium", "travel", "nights"))

    @property
    def penalties(self) -> int:
        """What is not paid, but weighs: late, affinity, changes, unserved."""
        return self.cost - self.money

    @property
    def utilisation(self) -> float | None:
        """Man-days worked, as a share of those on hand; None where nobody is."""
        return self.man_days / self.on_hand if self.on_hand else None


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """The plan with a promise of so many hours; `is_own`: the promise that holds."""

    hours: int
    is_own: bool
    run: RunSum


@dataclass(frozen=True, slots=True)
class Promise:
    """The price of the promise to be on site, by hours, the shortest first."""

    rows: tuple[PromiseRow, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """The plan with one rule lifted.

    Attributes:
        rule: its name, of RULES.
        limit: the number that it allows; None where it has none.
        at_limit: how many people or visits of the plan are at the limit.
        saved: cents that the plan without the rule costs less than an equal run with it; below 0: none was found.
        least: cents that are proven to be saved; None: none are.
        most: cents that can be saved at most; None: nothing is proven.
        verdict: how sure it is that lifting it saves.
        run: the plan without the rule.
    """

    rule: str
    limit: int | None
    at_limit: int
    saved: int
    least: int | None
    most: int | None
    verdict: Verdict
    run: RunSum


@dataclass(frozen=True, slots=True)
class Rules:
    """What rules cost these days, the dearest first; `base` is an equal run with all of them."""

    base: RunSum
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A plan with something changed beside one without, by equal runs from the plan in hand.

    Attributes:
        asked: what was changed.
        without, with_it: the two plans. Requests of clients dropped are in neither's penalties afterwards.
        saved: cents that the second costs less.
        least: cents that are proven to be saved; None: none are.
        most: cents that can be saved at most; None: nothing is proven.
        verdict: how sure it is that it saves.
        price_lost: what the requests given up would have brought.
        people: who was hired or is ill, by code; those hired as "like CODE".
        moved: requests served otherwise, newly or no longer.
    """

    asked: WhatIfAsked
    without: RunSum
    with_it: RunSum
    saved: int
    least: int | None
    most: int | None
    verdict: Verdict
    price_lost: int
    people: tuple[str, ...]
    moved: int


@dataclass(frozen=True, slots=True)
class StudyHeader:
    """A study on record.

    Attributes:
        number: its key.
        made_at: when it was made (aware, UTC), by whom, and in how many seconds.
        cost: of the plan that it was made of.
        bound: no plan of that problem that keeps the rules costs less; None: nothing was proven.
        broken: how many rules the plan broke on the records; its cost says nothing of what better planning saves.
        holds: the plan and its problem are still those; otherwise all of it is of the past.
    """

    number: int
    kind: StudyKind
    label: str
    plan: str
    made_at: dt.datetime
    made_by: str
    seconds: float
    cost: int
    bound: int | None
    broken: int
    holds: bool


@dataclass(frozen=True, slots=True)
class WhatIfShown:
    """A what-if on record."""

    header: StudyHeader
    content: WhatIf


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan that can be studied, by code, with its status."""

    code: str
    status: str


@dataclass(frozen=True, slots=True)
class WorthView:
    """The latest studies of a plan.

    Attributes:
        plan, status, first_day, days: of which plan; "" and None where there is none that could be studied.
        cost: of the plan on record.
        ceilings, promise, rules: the latest of each kind with its header; None: none was made.
        whatifs: the latest first.
        plans: what can be studied, first what is where none is named.
    """

    plan: str
    status: str
    first_day: dt.date | None
    days: int
    cost: int
    ceilings: tuple[StudyHeader, Ceilings] | None
    promise: tuple[StudyHeader, Promise] | None
    rules: tuple[StudyHeader, Rules] | None
    whatifs: tuple[WhatIfShown, ...]
    plans: tuple[PlanChoice, ...] = ()

    @property
    def headers(self) -> tuple[StudyHeader, ...]:
        """Of all studies shown."""
        own = (self.ceilings, self.promise, self.rules)
        return (*(entry[0] for entry in own if entry is not None), *(entry.header for entry in self.whatifs))

    @property
    def made_at(self) -> dt.datetime | None:
        """When the latest was made; None: there is none."""
        return max((header.made_at for header in self.headers), default=None)

    @property
    def bound(self) -> int | None:
        """The best bound that is proven for the plan as it is."""
        return max((h.bound for h in self.headers if h.holds and h.bound is not None), default=None)


Content = Ceilings | Promise | Rules | WhatIf
