"""The score of an order: each ground with its points, its words and where it is on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.services.trade.risk import Facts, PastVisit, RiskSettings, Suggestion, assess

TODAY = dt.date(2026, 11, 23)
KNOWN = Facts(
    TODAY,
    "F1",
    tuple(PastVisit(TODAY - dt.timedelta(days=10 * n), f"R{n}", "PSI", "pass") for n in range(1, 5)),
    order="O1",
    value_cents=100_000,
)


def points(facts: Facts) -> list[tuple[int, str]]:
    return [(reason.points, reason.text) for reason in assess(facts).reasons if reason.points]


def test_a_supplier_who_passes_and_a_plain_order_need_no_dupro() -> None:
    found = assess(KNOWN)

    assert (found.score, found.suggestion, found.service) == (0, Suggestion.PSI, "PSI")
    assert [reason.text for reason in found.reasons] == ["4 visits in 365 days, none failed"]
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"visits": ()}, (25, "new supplier: no visit on record")),
        ({"visits": (PastVisit(dt.date(2026, 4, 1)),)}, (10, "last visited 236 days ago, on 2026-04-01")),
        ({"is_new_product": True}, (20, "new product")),
        ({"value_cents": 5_000_000}, (10, "order of $50,000, $50,000 or more")),
        ({"value_cents": 21_000_000}, (20, "order of $210,000, $200,000 or more")),
        ({"variants": 10}, (10, "10 styles and colours")),
        ({"group": "toys"}, (10, "toys: goods of many parts or strict use")),
        ({"standards": ("RoHS",)}, (10, "has to meet RoHS")),
        ({"standards": ("RoHS", "CE", "FDA")}, (15, "has to meet RoHS, CE, FDA")),
    ],
)
def test_each_ground_has_its_points(values: dict[str, object], expected: tuple[int, str]) -> None:
    assert points(replace(KNOWN, **values)) == [expected]  # type: ignore[arg-type]


def test_failures_count_by_their_share_and_name_their_visits() -> None:
    one = replace(KNOWN, visits=(*KNOWN.visits, PastVisit(TODAY, "R9", "PSI", "fail")))
    (reason, *_) = assess(one).reasons
    assert (reason.points, reason.text, reason.source) == (32, "1 of 5 visits failed in 365 days", "results of R9")

    long_ago = PastVisit(TODAY - dt.timedelta(days=366), "R0", "PSI", "fail")
    assert points(replace(KNOWN, visits=(*KNOWN.visits, long_ago))) == []


def test_the_sum_leads_to_a_suggestion_and_the_houses_figures_hold() -> None:
    risky = replace(KNOWN, visits=(), is_new_product=True)
    assert (assess(risky).score, assess(risky).suggestion) == (45, Suggestion.DUPRO)
    assert assess(risky, RiskSettings(dupro_from=50)).suggestion is Suggestion.PSI
    worse = replace(risky, standards=("CE", "FDA"), group="toys", variants=12)
    assert (assess(worse).score, assess(worse).suggestion, assess(worse).service) == (
        80,
        Suggestion.MONITORING,
        "MONITORING",
    )


@pytest.mark.parametrize(("outcome", "expected"), [("fail", Suggestion.FOLLOW_UP), ("pass", Suggestion.PSI)])
def test_what_failed_during_this_production_is_seen_again(outcome: str, expected: Suggestion) -> None:
    own = (PastVisit(TODAY, "R8", "DUPRO", "fail"), PastVisit(TODAY + dt.timedelta(days=3), "R9", "DUPRO", outcome))

    found = assess(replace(KNOWN, own=own))
    assert found.suggestion is expected
    assert expected is Suggestion.PSI or "R9 of this order failed" in found.because


def test_what_is_not_on_record_is_said() -> None:
    assert assess(replace(KNOWN, value_cents=None)).unknown == ("the value of the order",)
    assert "value, variants, standards" in assess(Facts(TODAY, "F1", KNOWN.visits)).unknown[0]
