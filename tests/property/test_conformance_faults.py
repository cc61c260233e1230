"""What `check_problem` has to find: each thing that a problem's values can get wrong, named by record and field.

Every case starts from the same sound problem, in which I1 and I3 are at home in town and free all week, and R4 is
pinned to I3 and R2 wholly to I1 on Wednesday.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from scheduler.validate import check_problem
from scheduler.wire import read_problem
from tests.helpers.whole_problem import booking, person, pin, whole_problem

Json = dict[str, Any]
Change = Callable[[Json], object]


def site(**fields: object) -> Change:
    """Change the second site."""
    return lambda data: data["sites"][1].update(fields)


def inspector(**fields: object) -> Change:
    """Change I1."""
    return lambda data: data["inspectors"][0].update(fields)


def started(**fields: object) -> Change:
    """Change the start of I2."""
    return lambda data: data["inspectors"][1]["start"].update(fields)


def request(**fields: object) -> Change:
    """Change R5."""
    return lambda data: data["requests"][4].update(copy.deepcopy(fields))


def pinned(**fields: object) -> Change:
    """Pin R5."""
    return request(pin=pin(**fields))


def both(*changes: Change) -> Change:
    """Several changes."""
    return lambda data: [change(data) for change in changes]


def mode(**fields: object) -> Change:
    """Change the travel mode."""
    return lambda data: data["travel"]["modes"][0].update(fields)


def section(name: str, **fields: object) -> Change:
    """Change one of the sections of the file."""
    return lambda data: data[name].update(fields)


def announced(**fields: object) -> Change:
    """Change what is published of R3."""
    return lambda data: data["published"]["R3"].update(fields)


def past(**fields: object) -> Change:
    """Change the past visit."""
    return lambda data: data["history"][0].update(fields)


def twice(key: str) -> Change:
    """Repeat the last record of a list."""
    return lambda data: data[key].append(copy.deepcopy(data[key][-1]))


WEEK = {"inspectors": ["I1"], "mode": 0}
FAR = {"id": "S9", "lat": 31.0, "lon": 121.0, "country": "CN", "area": "south", "closed": []}  # 1,500 km away

VALUES: dict[str, tuple[Change, str, str]] = {
    "no days": (section("horizon", days=0), "horizon", "days"),
    "29 days": (section("horizon", days=29), "horizon", "days"),
    "no detour": (section("travel", detour=0), "travel", "detour"),
    "negative hour": (section("travel", time_cost_per_hour=-1), "travel", "time_cost_per_hour"),
    "standing still": (mode(kmh=0), "travel mode car", "kmh"),
    "negative minutes": (mode(fixed_minutes=-1), "travel mode car", "fixed_minutes"),
    "negative distance": (mode(min_km=-1), "travel mode car", "min_km"),
    "negative fare": (mode(fixed_cost=-1), "travel mode car", "fixed_cost"),
    "negative fare per km": (mode(cost_per_km=-1), "travel mode car", "cost_per_km"),
    "range upside down": (mode(min_km=10, max_km=5), "travel mode car", "max_km"),
    "negative limit": (section("limits", midday=-1), "limits", "midday"),
    "negative nights": (section("limits", away_nights=-1), "limits", "away_nights"),
    "a free day that is not the longest": (section("limits", free_day=100), "limits", "free_day"),
    "negative rotation": (section("rotation", max_visits=-1), "rotation", "max_visits"),
    "negative look back": (section("rotation", within_days=-1), "rotation", "within_days"),
    "site off the globe": (site(lat=90.5), "site S2", "lat"),
    "site off the map": (site(lon=-180.5), "site S2", "lon"),
    "site twice": (twice("sites"), "site S2", "id"),
    "home off the globe": (inspector(lat=-91), "inspector I1", "lat"),
    "inspector twice": (twice("inspectors"), "inspector I3", "id"),
    "skill at level 0": (inspector(skills={"garment": 0}), "inspector I1", "skills.garment"),
    "skill at level 6": (inspector(skills={"garment": 6}), "inspector I1", "skills.garment"),
    "13 half-days": (inspector(available=[True] * 13), "inspector I1", "available"),
    "8 travel days": (inspector(may_travel=[True] * 8), "inspector I1", "may_travel"),
    "6 premiums": (inspector(day_premiums=[0] * 6), "inspector I1", "day_premiums"),
    "8 days a week": (inspector(day_costs=[0] * 8), "inspector I1", "day_costs"),
    "negative day": (inspector(day_costs=[0, -1]), "inspector I1", "day_costs"),
    "negative premium": (inspector(day_premiums=[-1] * 7), "inspector I1", "day_premiums"),
    "negative night": (inspector(night_cost=-1), "inspector I1", "night_cost"),
    "negative travel day": (inspector(travel_day_cost=-1), "inspector I1", "travel_day_cost"),
    "negative run": (inspector(max_consecutive_days=-1), "inspector I1", "max_consecutive_days"),
    "a week begun on a Monday": (
        inspector(worked_before={"days_this_week": 1, "consecutive_days": 0}),
        "inspector I1", "worked_before.days_this_week",
    ),
    "less than no days worked": (
        inspector(worked_before={"days_this_week": -1, "consecutive_days": 0}),
        "inspector I1", "worked_before.days_this_week",
    ),
    "a negative run begun": (
        inspector(worked_before={"days_this_week": 0, "consecutive_days": -1}),
        "inspector I1", "worked_before.consecutive_days",
    ),
    "start before the horizon": (started(slot=-1, worked_days=[]), "inspector I2", "start.slot"),
    "start after the horizon": (started(slot=15), "inspector I2", "start.slot"),
    "start off the globe": (started(lat=91), "inspector I2", "start.lat"),
    "worked after the start": (started(worked_days=[2]), "inspector I2", "start.worked_days"),
    "worked before the horizon": (started(worked_days=[-1]), "inspector I2", "start.worked_days"),
    "worked a day twice": (started(worked_days=[0, 0]), "inspector I2", "start.worked_days"),
    "no way home": (started(lat=31.0, lon=121.0), "inspector I2", "start"),
    "no site": (request(site="S7"), "request R5", "site"),
    "request twice": (twice("requests"), "request R5", "id"),
    "level 6": (request(level=6), "request R5", "level"),
    "negative level": (request(level=-1), "request R5", "level"),
    "lead at level 6": (request(lead={"level": 6, "languages": [], "certificates": []}), "request R5", "lead.level"),
    "no modes": (request(modes=[]), "request R5", "modes"),
    "nobody": (request(modes=[{"crew": 0, "half_days": 2}]), "request R5", "modes[0].crew"),
    "no time": (request(modes=[{"crew": 1, "half_days": 0}]), "request R5", "modes[0].half_days"),
    "window upside down": (request(earliest="2026-12-04", latest="2026-12-03"), "request R5", "latest"),
    "negative lateness": (request(late_cost=-1), "request R5", "late_cost"),
    "negative omission": (request(unserved_cost=-1), "request R5", "unserved_cost"),
    "a stranger excluded": (request(excluded=["I7"]), "request R5", "excluded"),
    "a stranger liked": (request(affinity={"I7": 1}), "request R5", "affinity"),
    "a stranger pinned": (pinned(inspectors=["I7"]), "request R5", "pin.inspectors"),
    "a stranger's past": (past(inspector="I7"), "history[0]", "inspector"),
    "a past nowhere": (past(site="S7"), "history[0]", "site"),
    "a past in the horizon": (past(date="2026-11-30"), "history[0]", "date"),
    "a stranger announced": (announced(inspectors=["I7"]), "published R3", "inspectors"),
    "announced twice": (announced(inspectors=["I1", "I1"]), "published R3", "inspectors"),
    "a negative change": (announced(inspector_cost=-1), "published R3", "inspector_cost"),
    "a negative move": (announced(day_cost=-1), "published R3", "day_cost"),
    "a negative drop": (announced(drop_cost=-1), "published R3", "drop_cost"),
    "a stranger published": (
        lambda data: data["published"].update(R9=data["published"].pop("R3")), "published R9", "",
    ),
}  # fmt: skip
PINS: dict[str, tuple[Change, str, str]] = {
    "waiving without a crew": (pinned(start_slot=0, mode=0, waive=["site"]), "request R5", "pin.waive"),
    "waiving without a start": (pinned(inspectors=["I1"], mode=0, waive=["site"]), "request R5", "pin.waive"),
    "waiving without a mode": (pinned(inspectors=["I1"], start_slot=0, waive=["site"]), "request R5", "pin.waive"),
    "no such mode": (pinned(mode=1), "request R5", "pin.mode"),
    "a mode below zero": (pinned(mode=-1), "request R5", "pin.mode"),
    "a start after the horizon": (pinned(start_slot=14), "request R5", "pin.start_slot"),
    "a start before the horizon": (pinned(start_slot=-2), "request R5", "pin.start_slot"),
    "two for one": (pinned(inspectors=["I1", "I3"]), "request R5", "pin.inspectors"),
    "nobody": (pinned(inspectors=[]), "request R5", "pin.inspectors"),
    "the same twice": (
        both(request(modes=[{"crew": 2, "half_days": 2}]), lambda data: data["requests"][4].update(
            pin=pin(inspectors=["I1", "I1"]))),
        "request R5", "pin.inspectors",
    ),
    "a day in an afternoon": (pinned(start_slot=1), "request R5", "pin"),
    "past the end": (
        both(request(modes=[{"crew": 1, "half_days": 4}]), lambda data: data["requests"][4].update(
            pin=pin(start_slot=12))),
        "request R5", "pin",
    ),
    "before the window": (both(pinned(start_slot=0), request(earliest="2026-12-02")), "request R5", "pin"),
    "after the window": (both(pinned(start_slot=8), request(latest="2026-12-02")), "request R5", "pin"),
    "the site closed": (pinned(start_slot=12), "request R5", "pin"),
    "not available": (both(pinned(**WEEK, start_slot=0), inspector(available=[False] * 3 + [True] * 11)),
                      "request R5", "pin"),
    "excluded": (both(pinned(inspectors=["I1"]), request(excluded=["I1"])), "request R5", "pin"),
    "without the service": (both(pinned(inspectors=["I1"]), request(service="LOADING")), "request R5", "pin"),
    "without the skill": (both(pinned(inspectors=["I1"]), request(level=4)), "request R5", "pin"),
    "without the language": (both(pinned(inspectors=["I1"]), request(languages=["vi"])), "request R5", "pin"),
    "without the certificate": (both(pinned(inspectors=["I1"]), request(certificates=["gb"])), "request R5", "pin"),
    "nobody who could lead": (
        both(pinned(), request(lead={"level": 5, "languages": [], "certificates": []})), "request R5", "pin",
    ),
    "a permit that has ended": (
        both(pinned(**WEEK, start_slot=0), inspector(works_in={"south": "2026-11-29"}),
             lambda data: data["requests"][1].update(pin=None)), "request R5", "pin",
    ),
    "before his start": (pinned(inspectors=["I2"], start_slot=0, mode=0), "request R5", "pin"),
    "too often there": (both(pinned(**WEEK), section("rotation", max_visits=1)), "request R5", "pin"),
    "out of reach": (both(pinned(), request(site="S9"), lambda data: data["sites"].append(FAR)), "request R5", "pin"),
    "a run too long": (both(pinned(**WEEK, start_slot=0), inspector(
        max_consecutive_days=1, worked_before={"days_this_week": 0, "consecutive_days": 1})), "request R5", "pin"),
    "two at once": (pinned(**WEEK, start_slot=4), "request R5", "pin"),
    "one week too full": (both(pinned(**WEEK), inspector(day_costs=[0])), "request R5", "pin"),
    "one site too often together": (both(pinned(**WEEK), section("rotation", max_visits=2)), "request R5", "pin"),
    "one run too long together": (both(pinned(**WEEK, start_slot=6), inspector(max_consecutive_days=1)),
                                  "request R5", "pin"),
    "assigned somehow, by nobody": (both(pinned(), request(service="LOADING")), "request R5", "pin"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "record", "field"), [pytest.param(*case, id=name) for name, case in VALUES.items()])
def test_a_value_that_makes_no_sense_is_found(change: Change, record: str, field: str) -> None:
    data = whole_problem()
    change(data)

    faults = check_problem(read_problem(data))

    assert (record, field) in {(fault.record, fault.field) for fault in faults}
    assert all(fault.text for fault in faults)


@pytest.mark.parametrize(("change", "record", "field"), [pytest.param(*case, id=name) for name, case in PINS.items()])
def test_a_pin_that_contradicts_the_rest_is_found(change: Change, record: str, field: str) -> None:
    data = whole_problem()
    change(data)

    faults = check_problem(read_problem(data))

    assert (record, field) in {(fault.record, fault.field) for fault in faults}
    # of those that contradict it, nothing is said but of pins
    assert all(fault.field.startswith("pin") for fault in faults)


@pytest.mark.parametrize(
    ("waiver", "change"),
    [
        ("window", both(pinned(**WEEK, start_slot=0, waive=["window"]), request(earliest="2026-12-02"))),
        ("site", pinned(**WEEK, start_slot=12, waive=["site"])),
        ("availability", both(pinned(**WEEK, start_slot=0, waive=["availability"]), inspector(
            available=[False] * 3 + [True] * 11))),
        ("eligibility", both(pinned(**WEEK, start_slot=0, waive=["eligibility"]), request(
            service="X", excluded=["I1"]))),
        ("rotation", both(pinned(**WEEK, start_slot=0, waive=["rotation"]), section("rotation", max_visits=2))),
    ],
)  # fmt: skip
def test_a_waiver_lifts_its_own_rule_and_no_other(waiver: str, change: Change) -> None:
    data = whole_problem()
    change(data)
    assert check_problem(read_problem(data)) == ()

    others = [name for name in ("window", "site", "availability", "eligibility", "rotation") if name != waiver]
    data["requests"][4]["pin"]["waive"] = others

    assert {(fault.record, fault.field) for fault in check_problem(read_problem(data))} >= {("request R5", "pin")}


def test_pins_that_make_one_another_reachable_are_sound() -> None:
    """The far place is out of reach from home (7 h at most), not from the near one: only together can both be kept."""
    data = whole_problem()
    data["limits"]["free_day"] = 420
    # 300 and 400 km of road north of home, 6 h 10 and 8 h 10 from it, and 2 h 10 from one another
    data["sites"] += [
        {"id": "S8", "lat": 25.0754, "lon": 113.0, "country": "CN", "area": "south", "closed": []},
        {"id": "S9", "lat": 25.7672, "lon": 113.0, "country": "CN", "area": "south", "closed": []},
    ]
    there = {"inspectors": ["I1"], "mode": 0}
    data["inspectors"] = [person("I1"), person("I2")]
    data["requests"] = [
        booking("R1", site="S8", pin=pin(**there, start_slot=2)),
        booking("R2", site="S9", pin=pin(**there, start_slot=4)),
        booking("R3", site="S8", pin=pin(**there, start_slot=6)),
    ]
    data["history"], data["published"] = [], {}

    assert check_problem(read_problem(data)) == ()

    data["requests"][2]["pin"] = None
    data["requests"][2]["latest"] = "2026-12-02"
    assert {fault.record for fault in check_problem(read_problem(data))} == {"request R2"}
