"""The words in which a problem's faults are told, and pins against one another."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from scheduler.problem import Announcement, Limits, Mode, PastVisit, Pin, Problem, Rotation, Start, WorkedBefore
from scheduler.validate import check_problem
from tests.helpers.small import MONDAY, at, day, inspector, problem, request, site

WHOLLY = "only a visit that is wholly fixed can waive a rule"
FIXED = Pin(("I1",), 2, 0)


def told(made: Problem) -> list[str]:
    return [str(fault) for fault in check_problem(made)]


CASES = [
    ("sound", problem((request(),)), []),
    (
        "length",
        problem((request(),), (inspector(available=(True,) * 9),)),
        ["inspector I1: available: has 9 entries, not 10 (the horizon has 5 days)"],
    ),
    (
        "unknown site",
        problem((request(where="S9"),)),
        ["request R1: site: is not the id of a site (is S9)"],
    ),
    (
        "twice",
        problem((request(), request())),
        ["request R1: id: occurs 2 times: give every request an id of its own (is R1)"],
    ),
    (
        "monday",
        problem((request(),), (inspector(worked_before=WorkedBefore(1)),)),
        ["inspector I1: worked_before.days_this_week: must be 0, as the horizon starts on a Monday (is 1)"],
    ),
    (
        "history",
        problem((request(),), history=(PastVisit("I1", "S1", MONDAY),)),
        ["history[0]: date: must be before the horizon, which starts on 2026-11-30 (is 2026-11-30)"],
    ),
    (
        "window",
        problem((request(earliest=day(2), latest=day(1)),)),
        ["request R1: latest: must not be before earliest, 2026-12-02 (is 2026-12-01)"],
    ),
    (
        "announced",
        problem((request(),), published={"R1": Announcement(("I9",), 0, 1, 1, 1)}),
        ["published R1: inspectors: is not the id of an inspector (is I9)"],
    ),
    (
        "free day",
        problem((request(),), limits=Limits(60, 120, 120, 180, 150, 3)),
        ["limits: free_day: must be the longest of the travel limits, 180 or more (is 150)"],
    ),
    (
        "no way home",
        problem((request(),), (inspector(start=Start(0, at(700.5), 0.0, "CN")),)),
        [
            f"inspector I1: start: has no way home within 120 minutes on 2026-11-29, nor within 600 on a travel day "
            f"after it: allow travel on 2026-11-30, or correct the place (is {at(700.5)}, 0.0)",
        ],
    ),
    (
        "waiver of a loose pin",
        problem((request(pin=dataclasses.replace(FIXED, mode=None, waive=frozenset({"site"}))),)),
        [f"request R1: pin.waive: needs the pin's mode too: {WHOLLY} (is site)"],
    ),
    (
        "crew",
        problem((request(modes=(Mode(2, 2),), pin=FIXED),)),
        ["request R1: pin.inspectors: names 1, the crew is 2 (is I1)"],
    ),
    (
        "eligible",
        problem((request(level=4, pin=FIXED),)),
        [
            "request R1: pin: cannot be kept: I1 may not serve R1: has level 3: toys at level 4 is needed "
            "(is I1; 2026-12-01 morning; mode 0)",
        ],
    ),
    (
        "closed",
        problem((request(pin=FIXED),), sites=(site(closed=frozenset({day(1)})),)),
        [
            "request R1: pin: cannot be kept: R1: site S1 is closed on 2026-12-01 (is I1; 2026-12-01 morning; mode 0)",
        ],
    ),
    (
        "two at once",
        problem((request("R1", pin=FIXED), request("R2", pin=FIXED), request("R3"))),
        [
            "request R1: pin: cannot be kept together with the pin of R2: I1 is in another visit when R2 takes "
            "2026-12-01 morning on (is I1; 2026-12-01 morning; mode 0)",
            "request R2: pin: cannot be kept together with the pin of R1: I1 is in another visit when R2 takes "
            "2026-12-01 morning on (is I1; 2026-12-01 morning; mode 0)",
        ],
    ),
]


@pytest.mark.parametrize(("name", "made", "faults"), CASES, ids=[name for name, _, _ in CASES])
def test_a_fault_is_told_with_record_field_value_and_what_to_do(name: str, made: Problem, faults: list[str]) -> None:
    assert told(made) == faults, name


def test_every_fault_is_told_at_once() -> None:
    made = problem(
        (request("R1", where="S9"), request("R2", modes=())),
        (inspector(night_cost=-1, skills={"toys": 6}),),
        rotation=Rotation(-1, 90),
        history=(PastVisit("I9", "S1", MONDAY - dt.timedelta(days=1)),),
    )
    assert len(told(made)) == 6


PINS = [
    ("too many days", {"day_costs": (1000,)}, (Pin(("I1",), 0, 0), Pin(("I1",), 4, 0)), 2),
    ("enough days", {"day_costs": (1000, 1000)}, (Pin(("I1",), 0, 0), Pin(("I1",), 4, 0)), 0),
    ("too long a run", {"max_consecutive_days": 1}, (Pin(("I1",), 0, 0), Pin(("I1",), 2, 0)), 2),
    ("a pause between", {"max_consecutive_days": 1}, (Pin(("I1",), 0, 0), Pin(("I1",), 4, 0)), 0),
    ("loose pins find a pause", {"max_consecutive_days": 1}, (Pin(("I1",)), Pin(None, 0), Pin()), 0),
    ("three loose pins on two days", {"day_costs": (1, 1)}, (Pin(), Pin(), Pin()), 3),
]


@pytest.mark.parametrize(("name", "values", "pins", "faults"), PINS, ids=[name for name, *_ in PINS])
def test_pins_are_held_against_one_another(
    name: str,
    values: dict[str, Any],
    pins: tuple[Pin, ...],
    faults: int,
) -> None:
    made = problem(tuple(request(f"R{n}", pin=pin) for n, pin in enumerate(pins)), (inspector(**values),))
    assert len(told(made)) == faults, name


def test_rotation_counts_pinned_visits_but_those_that_waive_it() -> None:
    pins = [Pin(("I1",), slot, 0) for slot in (0, 4)]
    few = Rotation(1, 90)
    assert len(told(problem(tuple(request(f"R{n}", pin=pin) for n, pin in enumerate(pins)), rotation=few))) == 2
    pins[1] = dataclasses.replace(pins[1], waive=frozenset({"rotation"}))
    assert told(problem(tuple(request(f"R{n}", pin=pin) for n, pin in enumerate(pins)), rotation=few)) == []


def test_only_the_pins_that_contradict_one_another_are_named() -> None:
    pins = [Pin(("I1",), 0, 0), Pin(("I2",), 0, 0), Pin(("I1",), 4, 0), Pin(("I1",), 4, 0)]
    made = problem(
        tuple(request(f"R{n}", pin=pin) for n, pin in enumerate(pins)),
        (inspector("I1"), inspector("I2")),
        rotation=Rotation(9, 90),
    )
    assert [fault.record for fault in check_problem(made)] == ["request R2", "request R3"]


def test_a_pin_is_sound_where_another_visit_makes_it_reachable() -> None:
    # 600 minutes are allowed on a travel day; the pinned site is 700 minutes from home but 180 from the middle one,
    # and that one is 520 from home. Alone the pin has no journey; with R2 before and R3 after it, it has.
    sites = (site("far", 699.5), site("middle", 519.5))
    made = problem(
        (request("R1", "far", pin=Pin(("I1",), 4, 0)), request("R2", "middle"), request("R3", "middle")),
        (inspector(),),
        sites,
    )
    assert told(made) == []
    alone = dataclasses.replace(made, requests=made.requests[:2])
    assert [fault.split(": cannot")[0] for fault in told(alone)] == ["request R1: pin"]
