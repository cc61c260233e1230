"""Is an inspection during production needed, or is the one of finished goods enough? A score with its reasons.

What firms of the trade name as grounds for looking while there is still time to mend: a supplier nobody has visited, a
product made for the first time, an order of high value, many variants or goods of many parts, failures at this
supplier before, and products that have to meet a standard or carry a mark. Each gives points, which are the house's
settings; the sum leads to a suggestion. Somebody decides, this does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

STANDARDS = (
    "RoHS", "REACH", "FDA", "CE", "CPSIA", "EN 71", "ASTM F963", "LFGB", "UL", "FCC", "GOTS", "OEKO-TEX", "FSC", "GB",
)  # fmt: skip
"""Standards and marks that orders often name; an order may name any other."""

FAILED, PENDING = "fail", "pending"
CENTS = 100
LEAST_SHARE = 0.01  # of failing visits that gives all points; with none every failure does


@dataclass(frozen=True, slots=True)
class RiskSettings:
    """The points of each ground, and what the sum suggests. Money in cents.

    Attributes:
        new_supplier: nobody has been at the factory.
        long_ago: the last visit there is more than `long_ago_days` back.
        new_product: made for the first time.
        value: of an order of at least `value_cents`; twice that of one of `high_value_cents`.
        many_variants: of at least `variants` styles, colours or sizes.
        complex_goods: of one of `complex_groups`.
        failure: where `failing_share` of the visits there within `look_back_days` failed; fewer in proportion.
        unclear: where so many were left for the client to decide; fewer in proportion.
        standard: one standard or mark to be met; `more_standards` for several.
        dupro_from: points from which a DUPRO plus a PSI is suggested.
        monitoring_from: points from which the production should be watched.
    """

    new_supplier: int = 25
    long_ago: int = 10
    long_ago_days: int = 180
    new_product: int = 20
    value: int = 10
    value_cents: int = 5_000_000
    high_value_cents: int = 20_000_000
    many_variants: int = 10
    variants: int = 10
    complex_goods: int = 10
    complex_groups: tuple[str, ...] = ("electronics", "toys", "furniture", "food-contact")
    failure: int = 40
    unclear: int = 10
    failing_share: float = 0.25
    look_back_days: int = 365
    standard: int = 10
    more_standards: int = 15
    dupro_from: int = 35
    monitoring_from: int = 75


HOUSE_RISK = RiskSettings()


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit to the supplier, and what came of it; `outcome` "" is not on record."""

    day: dt.date
    request: str = ""
    service: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of an order and its supplier.

    Attributes:
        today: at the factory.
        factory: its code.
        visits: made there before, of any client.
        order: its code; "" where none is named, and then nothing of the next is known.
        value_cents: of the order; None: not on record.
        group: of the product; "" unknown.
        own: visits made for this very order.
    """

    today: dt.date
    factory: str
    visits: Sequence[PastVisit] = ()
    order: str = ""
    value_cents: int | None = None
    group: str = ""
    variants: int = 1
    is_new_product: bool = False
    standards: tuple[str, ...] = ()
    own: Sequence[PastVisit] = ()


class Suggestion(StrEnum):
    """What the score suggests."""

    PSI = "PSI alone is enough"
    DUPRO = "DUPRO plus PSI"
    FOLLOW_UP = "follow-up visit"
    MONITORING = "monitoring"


SERVICES = {
    Suggestion.PSI: "PSI",
    Suggestion.DUPRO: "DUPRO",
    Suggestion.FOLLOW_UP: "DUPRO",
    Suggestion.MONITORING: "MONITORING",
}
"""The service to book for a suggestion; a follow-up looks during production again."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points are given: in words, and where on record it stands."""

    points: int
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The score of an order.

    Attributes:
        reasons: the most points first; those without points say what speaks for the supplier.
        unknown: what is not on record and might add points, in words.
        because: why this is suggested, in words.
    """

    score: int
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    suggestion: Suggestion
    because: str

    @property
    def service(self) -> str:
        """The service to book for it."""
        return SERVICES[self.suggestion]


def assess(facts: Facts, settings: RiskSettings = HOUSE_RISK) -> Assessment:
    """How risky an order is by what is on record of it and of its supplier."""
    found = [*_of_supplier(facts, settings), *_of_order(facts, settings)]
    reasons = tuple(sorted(found, key=lambda reason: -reason.points))
    score = sum(reason.points for reason in reasons)
    unknown = []
    if not facts.order:
        unknown.append("the order: value, variants, standards and whether the product is new")
    elif facts.value_cents is None:
        unknown.append("the value of the order")
    suggestion, because = _suggested(score, facts, settings)
    return Assessment(score, reasons, tuple(unknown), suggestion, because)


def _suggested(score: int, facts: Facts, settings: RiskSettings) -> tuple[Suggestion, str]:
    seen = [visit for visit in facts.own if visit.service == "DUPRO" and visit.outcome]
    last = max(seen, key=lambda visit: visit.day, default=None)
    if last is not None and last.outcome in (FAILED, PENDING):
        what = "failed" if last.outcome == FAILED else "was left pending"
        return Suggestion.FOLLOW_UP, f"the DUPRO {last.request} of this order {what}: see whether it was mended"
    if score >= settings.monitoring_from:
        return Suggestion.MONITORING, f"{score} points, {settings.monitoring_from} or more"
    if score >= settings.dupro_from:
        return Suggestion.DUPRO, f"{score} points, {settings.dupro_from} or more"
    return Suggestion.PSI, f"{score} points, fewer than {settings.dupro_from}"


def _of_supplier(facts: Facts, settings: RiskSettings) -> list[Reason]:
    source = f"visits to factory {facts.factory}"
    if not facts.visits:
        return [Reason(settings.new_supplier, "new supplier: no visit on record", source)]
    last = max(visit.day for visit in facts.visits)
    ago = (facts.today - last).days
    found = []
    if ago > settings.long_ago_days:
        found.append(Reason(settings.long_ago, f"last visited {ago} days ago, on {last}", source))
    since = facts.today - dt.timedelta(days=settings.look_back_days)
    recent = [visit for visit in facts.visits if visit.day >= since and visit.outcome]
    for outcome, points, word in (
        (FAILED, settings.failure, "failed"),
        (PENDING, settings.unclear, "left pending"),
    ):
        hits = sorted((visit for visit in recent if visit.outcome == outcome), key=lambda visit: visit.day)
        if hits:
            part = min(1.0, len(hits) / len(recent) / max(settings.failing_share, LEAST_SHARE))
            text = f"{len(hits)} of {len(recent)} visits {word} in {settings.look_back_days} days"
            results = f"results of {_listed([visit.request for visit in hits])}"
            found.append(Reason(round(points * part), text, results))
    if recent and not found:
        found.append(Reason(0, f"{len(recent)} visits in {settings.look_back_days} days, none failed", source))
    return found


def _of_order(facts: Facts, settings: RiskSettings) -> list[Reason]:
    if not facts.order:
        return []
    source, found = f"order {facts.order}", []
    if facts.is_new_product:
        found.append(Reason(settings.new_product, "new product", source))
    value = facts.value_cents or 0
    if value >= settings.value_cents:
        is_high = value >= settings.high_value_cents
        least = settings.high_value_cents if is_high else settings.value_cents
        text = f"order of ${value // CENTS:,}, ${least // CENTS:,} or more"
        found.append(Reason(settings.value * (2 if is_high else 1), text, source))
    if facts.variants >= settings.variants:
        found.append(Reason(settings.many_variants, f"{facts.variants} styles and colours", source))
    if facts.group in settings.complex_groups:
        found.append(Reason(settings.complex_goods, f"{facts.group}: goods of many parts or strict use", source))
    if facts.standards:
        points = settings.standard if len(facts.standards) == 1 else settings.more_standards
        found.append(Reason(points, f"has to meet {', '.join(facts.standards)}", source))
    return found


def _listed(codes: Sequence[str], most: int = 4) -> str:
    named = [code for code in codes if code]
    rest = len(codes) - len(named[-most:])
    return ", ".join(named[-most:]) + (f" and {rest} more" if rest else "")
