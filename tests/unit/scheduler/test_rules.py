"""Every rule of the catalogue in a plan that keeps it and in one that breaks it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest

from scheduler.evaluate import evaluate
from scheduler.plan import Assignment
from scheduler.problem import Lead, Limits, Mode, PastVisit, Pin, Problem, Rotation, Start, WorkedBefore
from scheduler.rules import RULES
from tests.helpers.small import MONDAY, at, day, inspector, problem, request, served, site

HALF = (Mode(1, 1),)
PAIR = (Mode(2, 2),)


class Case(NamedTuple):
    """A plan and what it breaks: rule, code, request, inspector; None where it keeps every rule."""

    name: str
    problem: Problem
    plan: tuple[Assignment, ...]
    broken: tuple[str, str, str | None, str | None] | None


def one(name: str, made: Problem, slot: int = 0, broken: tuple[str, str, str | None, str | None] | None = None) -> Case:
    """The request R1 served by I1 from a slot on."""
    return Case(name, made, (served(slot=slot),), broken)


def unfit(code: str) -> tuple[str, str, str | None, str | None]:
    """I1 lacks something for R1."""
    return "eligibility", code, "R1", "I1"


LIMITED = request(earliest=day(1), latest=day(2))
WAIVED = {
    kind: Pin(("I1",), 0, 0, frozenset({kind}))
    for kind in ("window", "site", "availability", "eligibility", "rotation")
}
TWO = problem((request(modes=PAIR),), (inspector("I1"), inspector("I2", skills={"toys": 4}, languages=("zh", "en"))))
LED = problem((request(modes=PAIR, lead=Lead(4, ("en",))),), TWO.inspectors)
UNLED = problem((request(modes=PAIR, lead=Lead(5)),), TWO.inspectors)
LONG_WEEK = problem(
    tuple(request(f"R{n}", days=10) for n in range(1, 8)),
    (inspector(days=10, day_costs=(1000,) * 3, max_consecutive_days=7),),
    days=10,
    rotation=Rotation(99, 90),
)
RUN = problem((request("R1"), request("R2"), request("R3")), (inspector(max_consecutive_days=2),))
FAR = problem((request(),), sites=(site(km=199.5),))

WINDOW = [
    one("inside the window", problem((LIMITED,)), 2),
    one("a day early", problem((LIMITED,)), 0, ("window", "early", "R1", None)),
    one("a day late", problem((LIMITED,)), 6, ("window", "late", "R1", None)),
    one("early but waived", problem((request(earliest=day(1), pin=WAIVED["window"]),))),
    one("half a day in the afternoon", problem((request(modes=HALF),)), 1),
    one("a day from an afternoon on", problem((request(),)), 1, ("window", "afternoon", "R1", None)),
    one("past the horizon", problem((request(),)), 10, ("window", "horizon", "R1", None)),
    one("before the horizon", problem((request(),)), -2, ("window", "horizon", "R1", None)),
    one("from the start on", problem((request(),), (inspector(start=Start(2, at(0), 0.0, "CN")),)), 2),
    one(
        "before the start",
        problem((request(),), (inspector(start=Start(2, at(0), 0.0, "CN")),)),
        0,
        ("window", "start", "R1", "I1"),
    ),
]
CLOSED = (site(closed=frozenset({day(1)})),)
SITE = [
    one("open", problem((request(),), sites=CLOSED), 0),
    one("closed", problem((request(),), sites=CLOSED), 2, ("site", "closed", "R1", None)),
    one("over a closed day", problem((request(modes=(Mode(1, 6),)),), sites=CLOSED), 0, ("site", "closed", "R1", None)),
    one("closed but waived", problem((request(pin=WAIVED["site"]),), sites=(site(closed=frozenset({day(0)})),))),
]
AWAY = (inspector(available=(True, False) + (True,) * 8),)
AVAILABILITY = [
    one("there in the half-day", problem((request(modes=HALF),), AWAY), 0),
    one("away for half of it", problem((request(),), AWAY), 0, ("availability", "absent", "R1", "I1")),
    one("away but waived", problem((request(pin=WAIVED["availability"]),), AWAY)),
    Case(
        "one after the other",
        problem((request("R1", modes=HALF), request("R2", modes=HALF))),
        (served("R1", 0), served("R2", 1)),
        None,
    ),
    Case(
        "two at once",
        problem((request("R1", modes=HALF), request("R2", modes=HALF))),
        (served("R1", 1), served("R2", 1)),
        ("availability", "twice", "R2", "I1"),
    ),
]
CERTIFIED = inspector(works_in={"A": day(1)}, certificates={"gb": day(1)})
ASKING = request(level=3, languages=("zh",), certificates=("gb",))
ELIGIBILITY = [
    one("with all that is asked", problem((ASKING,), (CERTIFIED,)), 2),
    one(
        "permit for another area",
        problem((request(),), (inspector(works_in={"B": None}),)),
        0,
        unfit("area"),
    ),
    one(
        "permit ended",
        problem((request(),), (inspector(works_in={"A": day(1)}),)),
        4,
        unfit("area"),
    ),
    one(
        "permit ends within the visit",
        problem((request(modes=(Mode(1, 4),)),), (inspector(works_in={"A": day(1)}),)),
        2,
        unfit("area"),
    ),
    one("other service", problem((request(service="LOADING"),)), 0, unfit("service")),
    one("level too low", problem((request(level=4),)), 0, unfit("skill")),
    one("without the skill", problem((request(skill="bags"),)), 0, unfit("skill")),
    one("without the language", problem((request(languages=("en",)),)), 0, unfit("language")),
    one(
        "without the certificate",
        problem((request(certificates=("gb",)),)),
        0,
        unfit("certificate"),
    ),
    one(
        "certificate ended",
        problem((ASKING,), (inspector(certificates={"gb": day(1)}),)),
        4,
        unfit("certificate"),
    ),
    one("excluded", problem((request(excluded=frozenset({"I1"})),)), 0, unfit("excluded")),
    one("excluded but waived", problem((request(excluded=frozenset({"I1"}), pin=WAIVED["eligibility"]),))),
    Case("one of them leads", LED, (served(people=("I1", "I2")),), None),
    Case("nobody leads", UNLED, (served(people=("I1", "I2")),), ("eligibility", "lead", "R1", None)),
]
PAST = tuple(PastVisit("I1", "S1", MONDAY - dt.timedelta(days=age)) for age in (1, 89, 90))
ROTATION = [
    Case(
        "two past visits and one planned, the third long ago",
        problem((request("R1"),), history=PAST),
        (served("R1", 0),),
        None,
    ),
    Case(
        "two past visits and two planned",
        problem((request("R1"), request("R2")), history=PAST),
        (served("R1", 0), served("R2", 2)),
        ("rotation", "often", None, "I1"),
    ),
    one("too often but waived", problem((request(pin=WAIVED["rotation"]),), history=PAST, rotation=Rotation(2, 90))),
]
WEEK = [
    Case(
        "three days each of two weeks",
        LONG_WEEK,
        tuple(served(f"R{n}", s) for n, s in enumerate((4, 6, 8, 14, 16, 18), 1)),
        None,
    ),
    Case(
        "four days of a week",
        LONG_WEEK,
        tuple(served(f"R{n}", s) for n, s in enumerate((0, 4, 6, 8), 1)),
        ("week", "days", None, "I1"),
    ),
    one(
        "a day more than those worked before",
        problem(
            (request(),),
            (inspector(day_costs=(1, 2, 3), worked_before=WorkedBefore(days_this_week=3)),),
        ),
        0,
        ("week", "days", None, "I1"),
    ),
]
CONSECUTIVE = [
    Case("two days, a pause", RUN, (served("R1", 0), served("R2", 2), served("R3", 6)), None),
    Case("three days", RUN, (served("R1", 0), served("R2", 2), served("R3", 4)), ("consecutive", "run", None, "I1")),
    one(
        "the run before the horizon goes on",
        problem((request(),), (inspector(max_consecutive_days=2, worked_before=WorkedBefore(0, 2)),)),
        0,
        ("consecutive", "run", None, "I1"),
    ),
    one(
        "the run before the horizon is over",
        problem((request(),), (inspector(max_consecutive_days=2, worked_before=WorkedBefore(0, 2)),)),
        2,
    ),
]
TRAVEL = [
    one("there on the eve and back on a travel day", FAR, 0),
    one(
        "no travel on the eve",
        problem((request(),), (inspector(may_travel=(False,) + (True,) * 6),), FAR.sites),
        0,
        ("travel", "journey", "R1", "I1"),
    ),
    one(
        "no travel on the day after",
        problem((request(),), (inspector(may_travel=(True,) * 6 + (False,)),), FAR.sites),
        8,
        ("travel", "home", None, "I1"),
    ),
    Case(
        "no way from one to the other within the day",
        problem(
            (request("R1", modes=HALF), request("R2", "S2", modes=HALF)),
            sites=(site(), site("S2", -39.5)),
            limits=Limits(60, 120, 120, 180, 600, 3),
        ),
        (served("R1", 0), served("R2", 1)),
        ("travel", "journey", "R2", "I1"),
    ),
]
PIN = [
    one("as pinned", problem((request(pin=Pin(("I1",), 2, 0)),)), 2),
    one("pinned somehow", problem((request(pin=Pin()),)), 4),
    one("another start", problem((request(pin=Pin(None, 2, None)),)), 4, ("pin", "start", "R1", None)),
    one(
        "another mode",
        problem((request(modes=(Mode(1, 2), Mode(1, 1)), pin=Pin(None, None, 1)),)),
        0,
        ("pin", "mode", "R1", None),
    ),
    Case(
        "another inspector",
        problem((request(pin=Pin(("I2",))),), (inspector("I1"), inspector("I2"))),
        (served(people=("I1",)),),
        ("pin", "inspectors", "R1", None),
    ),
    Case("left out", problem((request(pin=Pin()),)), (), ("pin", "unassigned", "R1", None)),
]
PLAN = [
    Case("a whole crew", TWO, (served(people=("I2", "I1")),), None),
    Case("one too few", TWO, (served(people=("I1",)),), ("plan", "crew", "R1", None)),
    Case("assigned twice", problem((request(),)), (served(slot=0), served(slot=4)), ("plan", "twice", "R1", None)),
    Case("no such request", problem((request(),)), (served("R9"),), ("plan", "request", "R9", None)),
    Case("no such mode", problem((request(),)), (served(mode=1),), ("plan", "mode", "R1", None)),
    Case("no such inspector", problem((request(),)), (served(people=("I9",)),), ("plan", "inspector", "R1", None)),
]
CASES = [*WINDOW, *SITE, *AVAILABILITY, *ELIGIBILITY, *ROTATION, *WEEK, *CONSECUTIVE, *TRAVEL, *PIN, *PLAN]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_rule_is_kept_or_broken(case: Case) -> None:
    broken = evaluate(case.problem, case.plan).broken
    found = [(fault.rule, fault.code, fault.request, fault.inspector) for fault in broken]
    assert found == ([] if case.broken is None else [case.broken])


def test_every_rule_has_a_broken_and_a_kept_case() -> None:
    assert {case.broken[0] for case in CASES if case.broken is not None} == set(RULES)


def test_only_rules_that_a_pin_may_waive_say_so() -> None:
    assert {rule.id for rule in RULES.values() if rule.can_waive} == set(WAIVED)


def test_a_crew_of_the_same_person_twice_breaks_both_crew_and_availability() -> None:
    broken = evaluate(TWO, (served(people=("I1", "I1")),)).broken
    assert [fault.code for fault in broken] == ["crew", "twice"]


def test_outside_the_horizon_nothing_else_of_the_visit_is_asked() -> None:
    everything_wrong = problem((request(skill="bags", earliest=day(1), latest=day(1)),))
    assert [fault.code for fault in evaluate(everything_wrong, (served(slot=10),)).broken] == ["horizon"]


def test_the_text_carries_the_numbers() -> None:
    (fault,) = evaluate(problem((request(level=4),)), (served(),)).broken
    assert fault.text == "I1 may not serve R1: has level 3: toys at level 4 is needed"
    (fault,) = evaluate(problem((request(latest=day(1), due=day(1)),)), (served(slot=8),)).broken
    assert fault.text == "R1 would end on 2026-12-04, after its window closes on 2026-12-01"


AMOUNTS = {
    "a day early": (1, "days"),
    "a day late": (1, "days"),
    "a day from an afternoon on": (None, None),
    "past the horizon": (2, "half-days"),
    "before the horizon": (2, "half-days"),
    "before the start": (2, "half-days"),
    "over a closed day": (1, "days"),
    "away for half of it": (1, "half-days"),
    "two at once": (1, "half-days"),
    "permit for another area": (None, None),
    "permit ended": (1, "days"),
    "level too low": (1, "levels"),
    "without the skill": (2, "levels"),
    "without the language": (1, "languages"),
    "without the certificate": (None, None),
    "certificate ended": (1, "days"),
    "two past visits and two planned": (1, "visits"),
    "four days of a week": (1, "days"),
    "three days": (1, "days"),
    "no travel on the eve": (80, "minutes"),
    "no travel on the day after": (80, "minutes"),
    "no way from one to the other within the day": (10, "minutes"),
}


@pytest.mark.parametrize(("name", "amount"), AMOUNTS.items(), ids=AMOUNTS)
def test_a_broken_rule_says_by_how_much(name: str, amount: tuple[int | None, str | None]) -> None:
    (case,) = (case for case in CASES if case.name == name)
    (fault,) = evaluate(case.problem, case.plan).broken
    assert (fault.amount, fault.unit) == amount


def test_a_run_of_days_is_told_whole() -> None:
    made = problem(
        tuple(request(f"R{n}") for n in range(1, 6)),
        (inspector(max_consecutive_days=2, worked_before=WorkedBefore(0, 1)),),
        rotation=Rotation(9, 90),
    )
    (fault,) = evaluate(made, [served(f"R{n}", 2 * n - 2) for n in range(1, 6)]).broken
    assert fault.text == "I1 would work 6 days in a row up to 2026-12-04, 2 allowed"
    assert (fault.amount, fault.unit) == (4, "days")


def test_where_home_is_too_far_both_ways_count() -> None:
    """Home is 199.5 minutes away: 79.5 too far in the evening, as much again in the morning; on, 399 minutes."""
    made = problem(
        (request("R1"), request("R2", "S2")),
        (inspector(may_travel=(True,) + (False,) * 5 + (True,)),),
        (site(km=199.5), site("S2", -199.5)),
    )
    (fault,) = [e for e in evaluate(made, (served("R1", 0), served("R2", 8))).broken if e.request == "R2"]
    assert (fault.rule, fault.amount, fault.unit) == ("travel", 160, "minutes")
