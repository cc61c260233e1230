"""What a dispatcher asks for at the telephone, and what he is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from desktop.services.board import BoardRow
from desktop.services.trade.clock import OnSite
from desktop.services.trade.quote import Quote
from desktop.services.verdicts import VerdictLine
from scheduler.plan import Assignment
from scheduler.problem import Mode

Sort = Literal["in time", "cost", "soonest"]
Stage = Literal["direct", "proposed", "announced"]
Cause = Literal[
    "skill", "language", "certificate", "permit", "service", "excluded", "freelancer", "lead", "leave", "full",
    "locked", "rotation", "far", "window", "crew",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MayMove:
    """What may move for an urgent booking, and who may go.

    Attributes:
        proposed: visits of the plan in hand that nobody has announced.
        announced: announced ones, for what taking back their announcement costs.
        locked: those that somebody has pinned.
        freelancers: whether people of a team named as freelancers may go.
    """

    proposed: bool = True
    announced: bool = True
    locked: bool = False
    freelancers: bool = True


@dataclass(frozen=True, slots=True)
class UrgentForm:
    """One state of the form. Codes of records; "" and None: it follows from the records and the rules of the trade.

    Attributes:
        factory: code. client: code; "": the order's, else who booked there last.
        order: code of an order that is known, else "": `product`, `product_group` and `quantity` describe the goods.
        percent: made by now.
        daily_rate: pieces a working day; ready: the day from whose morning on all is made.
        skill, level, languages, modes: as asked for, where the rules' answer is not wanted.
        by: the last day on which somebody has to be on site; None: within the hours that the house promises at most.
        request: an existing request instead of a new one; of the form only `percent`, `by` and `may_move` count then.
        may_move: what may move for it.
    """

    factory: str
    client: str = ""
    order: str = ""
    product: str = ""
    product_group: str = ""
    quantity: int | None = None
    percent: float | None = None
    daily_rate: float | None = None
    ready: dt.date | None = None
    service: str = "DUPRO"
    skill: str = ""
    level: int | None = None
    languages: tuple[str, ...] | None = None
    modes: tuple[Mode, ...] = ()
    inspection_level: str = "II"
    aql_major: str = "2.5"
    aql_minor: str = "4.0"
    containers: int | None = None
    by: dt.date | None = None
    request: str = ""
    note: str = ""
    may_move: MayMove = field(default_factory=MayMove)


@dataclass(frozen=True, slots=True)
class UrgentNeed:
    """What the form comes to: the request as it is sought a place for.

    Attributes:
        code: of the request, given or the next free one.
        factory_name, factory_local_name, lat, lon: of the site; None: it is not placed.
        visits_known: visits made there that are on record.
        skill, level, languages, man_days, modes: what it takes, by the rules or as asked; `man_days_text` says how so.
        sample, lot: pieces drawn, and of how many; None where no sample is drawn or the lot is not known.
        earliest, latest: the window within which it is sought; None: there is none, `fault` says why.
        due: the last day in time.
        clock: the on-site clock.
        share: percent made between which a DUPRO may visit; None for other services.
        made: percent expected made by the morning of each day of the plan; empty where it is not known.
        percent_now: made today.
        assumed: sentences on what was assumed.
        fault: why nothing can be sought, in a sentence; "".
    """

    code: str
    service: str
    client: str
    client_name: str
    factory: str
    factory_name: str
    factory_local_name: str
    area: str
    lat: float | None
    lon: float | None
    time_zone: str
    visits_known: int
    product: str
    quantity: int | None
    skill: str
    level: int
    languages: tuple[str, ...]
    man_days: float
    man_days_text: str
    modes: tuple[Mode, ...]
    sample: int | None
    lot: int | None
    earliest: dt.date | None
    latest: dt.date | None
    due: dt.date | None
    clock: OnSite
    share: tuple[float, float] | None
    made: tuple[float, ...]
    percent_now: float | None
    assumed: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class UrgentPerson:
    """One of a crew. `base`: his home's place in words; degrees of his home."""

    code: str
    name: str
    local_name: str
    team: str
    base: str
    level: int
    lat: float
    lon: float
    freelancer: bool = False


@dataclass(frozen=True, slots=True)
class UrgentArrival:
    """How one of a crew comes to the visit.

    Attributes:
        leaves, at: when (UTC): `at` is when the visit begins.
        mode: of travel; "" where he is on the spot. km, minutes, cents: of the way.
        from_name: a factory's name, or "home"; degrees of it.
        night_before: he travels on the day before and sleeps there.
    """

    person: str
    leaves: dt.datetime
    at: dt.datetime
    mode: str
    km: float
    minutes: int
    cents: int
    from_name: str
    from_lat: float
    from_lon: float
    night_before: bool = False


@dataclass(frozen=True, slots=True)
class UrgentCost:
    """What a place costs more than the plan without it, in cents. Money first: what is paid to people and carriers.

    `change` is what taking back announcements costs; `late`, `affinity` and `change` are penalties, no money.
    `others`: how much of the money is that of visits that move.
    """

    work: int
    premium: int
    travel: int
    nights: int
    late: int
    affinity: int
    change: int
    others: int = 0

    @property
    def money(self) -> int:
        """What is paid."""
        return self.work + self.premium + self.travel + self.nights

    @property
    def penalties(self) -> int:
        """What is counted beside money."""
        return self.late + self.affinity + self.change

    @property
    def total(self) -> int:
        """Both together: by this places are ranked."""
        return self.money + self.penalties


@dataclass(frozen=True, slots=True)
class MovedVisit:
    """Another visit that moves: from where to where. Slots count from the plan's first morning.

    Attributes:
        before, after: as the planner has them. `before_text`, `after_text`: "Wu Tao, Thu 3 Dec morning".
        announced: its client and factory have been told otherwise. `price_cents`: what changing that costs.
        version: of the visit, for the command.
        lat, lon: of the factory. home_name, home_lat, home_lon: who goes there then, and his home; the first of a crew.
    """

    request: str
    service: str
    factory_name: str
    client_name: str
    before: Assignment
    after: Assignment
    before_text: str
    after_text: str
    announced: bool
    pinned: bool
    price_cents: int
    version: int | None
    lat: float = 0.0
    lon: float = 0.0
    home_name: str = ""
    home_lat: float = 0.0
    home_lon: float = 0.0


@dataclass(frozen=True, slots=True)
class UrgentCandidate:
    """One place for the request.

    Attributes:
        to: as the planner has it; slots count from the plan's first morning.
        stage: with which step of the search it came.
        begins: when the visit begins (UTC). hours: from now until then.
        arrivals: how each of the crew comes.
        in_time: it begins by the due day.
        moves: other visits that move; empty: nothing does.
        lines: what the rules say, kept and soft ones.
        percent: expected made on the morning of the visit; None where not known. chance: that the share is within the
            window then, 0 to 1; None where there is no share or no forecast.
        price_cents, express_cents, margin_cents: of the quote for that day, in US cents; None where none can be made.
        quote: itself.
        message: text to the client.
    """

    to: Assignment
    stage: Stage
    crew: tuple[UrgentPerson, ...]
    first_day: dt.date
    last_day: dt.date
    half: Literal["morning", "afternoon"]
    begins: dt.datetime
    hours: float
    arrivals: tuple[UrgentArrival, ...]
    cost: UrgentCost
    in_time: bool
    moves: tuple[MovedVisit, ...]
    lines: tuple[VerdictLine, ...]
    percent: float | None
    chance: float | None
    price_cents: int | None
    express_cents: int | None
    margin_cents: int | None
    quote: Quote | None
    message: str


@dataclass(frozen=True, slots=True)
class CannotCount:
    """How many cannot for one cause, and in words: "71 lack garment 2"."""

    cause: Cause
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one person cannot: the cause, and a sentence with the numbers."""

    person: str
    name: str
    cause: Cause
    text: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing that would have to give, with the place that it opens and what that costs in cents."""

    kind: str
    text: str
    to: Assignment
    crew: tuple[str, ...]
    day: dt.date
    cents: int


@dataclass(frozen=True, slots=True)
class NextDay:
    """How many could come on a day, whatever the window says, and the least that it costs; None: nobody can."""

    day: dt.date
    number: int
    from_cents: int | None


@dataclass(frozen=True, slots=True)
class PersonRows:
    """One person whom a candidate concerns, as a board draws him before and after."""

    before: BoardRow
    after: BoardRow


@dataclass(frozen=True, slots=True)
class UrgentAnswer:
    """The answer to one state of the form.

    Attributes:
        plan: the draft in which it is sought; "": none, and a draft has to be begun before booking.
        first_day, days: of that plan.
        candidates: best first.
        checked: people looked at. can: those with a place as asked. cannot: the others, by cause, most first.
        next_days: where nobody can in time, the days after; empty otherwise.
        stage: how far the search has come; whole: nothing follows.
        seconds: since the search began.
    """

    need: UrgentNeed
    plan: str
    first_day: dt.date
    days: int
    candidates: tuple[UrgentCandidate, ...]
    checked: int
    can: int
    cannot: tuple[CannotCount, ...]
    next_days: tuple[NextDay, ...]
    stage: Stage
    whole: bool
    seconds: float
