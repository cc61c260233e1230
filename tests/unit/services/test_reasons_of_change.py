"""What a change means for one person, as facts, what weighs most first."""

from __future__ import annotations

from desktop.services.plan_review import Fact
from desktop.services.planning.reasons_of_change import Moved, facts_of
from scheduler.plan import CostParts

STILL = (CostParts(), 0, 0)


def moved(before: int | None, after: int | None, *, had: bool, has: bool, **values: object) -> Moved:
    usual: dict[str, object] = {"others": "", "late_before": 0, "late_after": 0, "cost": CostParts()}
    return Moved("R1", "PSI", before, after, had, has, **(usual | values))  # type: ignore[arg-type]


def kinds(*moves: Moved) -> list[str]:
    return [fact.kind for fact in facts_of(moves, STILL, 0)]


def test_where_a_request_goes() -> None:
    assert kinds(moved(None, 2, had=False, has=True)) == ["takes_unserved"]
    assert kinds(moved(2, None, had=True, has=False)) == ["gives_up"]
    assert kinds(moved(2, 2, had=False, has=True, others="Lan")) == ["takes_from"]
    assert kinds(moved(2, 2, had=True, has=False, others="Lan")) == ["gives_to"]
    assert kinds(moved(2, 4, had=True, has=True)) == ["moves"]
    assert kinds(moved(2, 2, had=True, has=True)) == ["splits"]


def test_lateness_is_told_with_those_who_serve_the_request() -> None:
    late = CostParts(late=12_000)
    assert facts_of([moved(2, 6, had=True, has=True, late_after=1, cost=late)], STILL, 0) == (
        Fact("late", "R1", "PSI", number=1, cents=12_000),
        Fact("moves", "R1", "PSI", first_slot=2, second_slot=6),
    )
    better = moved(6, 2, had=True, has=True, late_before=2, cost=CostParts(late=-24_000))
    assert facts_of([better], STILL, 0)[0] == Fact("no_longer_late", "R1", "PSI", number=2, cents=-24_000)
    given_away = moved(6, 2, had=True, has=False, others="Lan", late_before=2, cost=CostParts(late=-24_000))
    assert kinds(given_away) == ["gives_to"]


def test_what_weighs_most_comes_first_and_calls_last() -> None:
    week = (CostParts(work=5_000, travel=-800, nights=3_800), 1, 1)
    move = moved(None, 2, had=False, has=True, cost=CostParts(unserved=-38_000))
    found = facts_of([move], week, 2)
    assert [(fact.kind, fact.cents) for fact in found] == [
        ("takes_unserved", -38_000),
        ("days", 5_000),
        ("nights", 3_800),
        ("travel", -800),
        ("calls", 0),
    ]
    assert found[-1].number == 2
