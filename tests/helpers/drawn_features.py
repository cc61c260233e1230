"""The states that drawn problems and plans have to reach: what the generator's own test counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from tests.helpers.judge import Judge, check_plan, judge_of

Json = dict[str, Any]
Found = Iterator[str]


def problem_features(problem: Json) -> frozenset[str]:
    """The names of the states that a problem has."""
    start = dt.date.fromisoformat(problem["horizon"]["start"])

    def day(date: str) -> int:
        return (dt.date.fromisoformat(date) - start).days

    days = problem["horizon"]["days"]
    found = {f"horizon of {days} days", f"horizon from weekday {start.weekday()}"}
    if start.isocalendar()[:2] != (start + dt.timedelta(days=days - 1)).isocalendar()[:2]:
        found.add("horizon over a Monday")
    if start.year != (start + dt.timedelta(days=days - 1)).year:
        found.add("horizon over a new year")
    for mode in problem["travel"]["modes"]:
        found.add(f"mode with countries {mode['countries']}")
        found.add("mode without max_km" if mode["max_km"] is None else "mode with max_km")
    limits = problem["limits"]
    found.add(f"away nights {limits['away_nights']}")
    if limits["free_day"] == limits["evening"]:
        found.add("free_day no longer than evening")
    if limits["morning"] > limits["relocate"]:
        found.add("morning longer than relocate")
    for site in problem["sites"]:
        found |= {f"closed {_where(day(date), days)}" for date in site["closed"]}
    for person in problem["inspectors"]:
        found |= set(_person_features(person, days, day, start.weekday()))
    for request in problem["requests"]:
        found |= set(_request_features(request, days, day))
    found |= set(_other_features(problem, day))
    found |= set(_distance_features(problem))
    return frozenset(found)


def _where(day: int, days: int) -> str:
    if day < 0:
        return "before the horizon"
    return "after the horizon" if day >= days else "within the horizon"


def _person_features(person: Json, days: int, day: Callable[[str], int], weekday: int) -> Found:
    for last in person["works_in"].values():
        yield "permit without end" if last is None else f"permit ends {_where(day(last), days)}"
    for last in person["certificates"].values():
        yield f"certificate ends {_where(day(last), days)}"
    for key in ("works_in", "services", "skills", "languages", "certificates"):
        yield f"{key}: {min(len(person[key]), 3)}"
    yield from (f"skill level {level}" for level in person["skills"].values())
    mornings, afternoons = person["available"][::2], person["available"][1::2]
    if mornings != afternoons:
        yield "available half a day"
    yield f"available: {'all' if all(person['available']) else 'some' if any(person['available']) else 'none'}"
    yield f"may travel on the eve: {person['may_travel'][0]}"
    yield f"may travel on the day after: {person['may_travel'][-1]}"
    yield f"may travel within: {any(person['may_travel'][1:-1])}"
    costs = person["day_costs"]
    yield f"day_costs of length {len(costs)}"
    yield f"day_costs with {min(2, sum(cost == 0 for cost in costs))} zeros or more"
    if costs != sorted(costs):
        yield "day_costs falling"
    if any(person["day_premiums"]):
        yield "premiums"
    for key in ("night_cost", "travel_day_cost"):
        yield f"{key} {'free' if person[key] == 0 else 'paid'}"
    yield f"max consecutive days {person['max_consecutive_days']}"
    before = person["worked_before"]
    yield (
        "week begun" if before["days_this_week"] else f"week not begun on {'Monday' if weekday == 0 else 'another day'}"
    )
    if before["days_this_week"] > len(costs):
        yield "week begun over its limit"
    yield "run begun" if before["consecutive_days"] else "no run begun"
    if before["consecutive_days"] >= person["max_consecutive_days"]:
        yield "run begun at its limit"
    if person["start"]:
        slot, worked = person["start"]["slot"], person["start"]["worked_days"]
        yield "start on the eve" if slot == 0 else f"start in {'an afternoon' if slot % 2 else 'a morning'}"
        yield "start at the end" if slot >= 2 * days else "start within"
        yield "start with its own day worked" if slot // 2 in worked else "start with its own day free"
        yield "start with days worked" if worked else "start with no days worked"


def _request_features(request: Json, days: int, day: Callable[[str], int]) -> Found:
    yield f"level {request['level']}"
    for key in ("languages", "certificates", "excluded"):
        yield f"request {key}: {min(len(request[key]), 2)}"
    for amount in request["affinity"].values():
        yield f"affinity {'below' if amount < 0 else 'above' if amount > 0 else 'at'} zero"
    yield f"{len(request['modes'])} modes"
    for mode in request["modes"]:
        yield f"crew {mode['crew']}"
        yield f"half-days {mode['half_days']}"
        yield f"crew of {'several' if mode['crew'] > 1 else 'one'} with lead {request['lead'] is not None}"
    if request["lead"]:
        yield "lead asks for less" if request["lead"]["level"] < request["level"] else "lead asks for as much or more"
        yield f"lead with languages {bool(request['lead']['languages'])}"
        yield f"lead with certificates {bool(request['lead']['certificates'])}"
    earliest, latest, due = (day(request[key]) for key in ("earliest", "latest", "due"))
    yield f"earliest {_where(earliest, days)}"
    yield f"latest {_where(latest, days)}"
    yield "window of a day" if earliest == latest else "window of days"
    yield f"due {'before' if due < earliest else 'after' if due > latest else 'in'} the window"
    for key in ("late_cost", "unserved_cost"):
        yield f"{key} {'free' if request[key] == 0 else 'paid'}"
    pin = request["pin"]
    if pin:
        fixed = "".join(key[0] for key in ("inspectors", "start_slot", "mode") if pin[key] is not None)
        yield f"pin of {fixed or 'nothing'}"
        yield from (f"pin waives {waiver}" for waiver in pin["waive"])
        if pin["waive"] and len(pin["inspectors"]) > 1:
            yield "pin with a waiver of a crew"


def _other_features(problem: Json, day: Callable[[str], int]) -> Found:
    within = problem["rotation"]["within_days"]
    for visit in problem["history"]:
        age = -day(visit["date"])
        yield f"history {'inside' if age < within else 'outside'} the rotation"
        if age in (within - 1, within):
            yield f"history at {'the last day inside' if age < within else 'the first day outside'}"
    for announced in problem["published"].values():
        yield from (
            f"published {key} {'free' if announced[key] == 0 else 'paid'}" for key in announced if key.endswith("_cost")
        )
        beyond = announced["start_slot"] >= 2 * problem["horizon"]["days"]
        yield f"published {'beyond' if beyond else 'within'} the horizon"
    carriers = {"problem": problem, **{key: problem[key] for key in ("horizon", "travel", "limits", "rotation")}}
    yield from (f"info in {name}" for name, carrier in carriers.items() if "info" in carrier)
    for name in ("sites", "inspectors", "requests", "history"):
        if any("info" in entry for entry in problem[name]):
            yield f"info in {name}"


def _distance_features(problem: Json) -> Found:
    """Where legs from homes lie: nothing at all, under 50 m, and what each limit makes of them."""
    judge, detour = judge_of(problem), problem["travel"]["detour"]
    for home in problem["inspectors"]:
        for site in problem["sites"]:
            km = check_plan().km_between((home["lat"], home["lon"]), (site["lat"], site["lon"]), detour)
            yield "home at the site" if km == 0 else "home within 50 m" if km < 0.05 else "home further off"
            if 0.05 <= km < 0.06:
                yield "home just beyond 50 m"
            quick, slow = judge.leg(home, site, "morning"), judge.leg(home, site, "free_day")
            if home["country"] != site["country"]:
                yield f"leg to another country {'possible' if slow is not None else 'impossible'}"
            if quick is not None:
                yield "leg out: in the morning"
                if slow is not None and slow < quick:
                    yield "leg out: cheaper slow than quick"
            else:
                yield f"leg out: {'never' if slow is None else 'on a free day'}"


def plan_features(problem: Json, plan: Json) -> frozenset[str]:
    """The names of the journeys and costs that a legal plan has."""
    judge = judge_of(problem)
    found: set[str] = set()
    visits_of: dict[str, list[tuple[int, int, Json]]] = defaultdict(list)
    for visit in plan["assignments"]:
        request = judge.requests[visit["request"]]
        last = visit["start_slot"] + request["modes"][visit["mode"]]["half_days"] - 1
        for name in visit["inspectors"]:
            visits_of[name].append((visit["start_slot"], last, judge.sites[request["site"]]))
    for name, visits in visits_of.items():
        found |= set(_journey_features(judge, judge.inspectors[name], sorted(visits, key=lambda visit: visit[:2])))
    found |= {f"cost of {part}" for part, cents in plan["cost"]["parts"].items() if cents}
    if plan["cost"]["total"] < 0:
        found.add("total below zero")
    return frozenset(found)


def _journey_features(judge: Judge, person: Json, visits: list[tuple[int, int, Json]]) -> Found:
    place: Json | None = None
    last_day = 0
    if person["start"]:
        place, last_day = person["start"], (person["start"]["slot"] - 1) // 2
        yield "visit after a start away"
    chain = 1
    for first, last, site in visits:
        day = first // 2
        out = judge.trip(person, site, "morning")
        if place is None:
            yield "first visit"
        elif day == last_day:
            yield "two visits on a day"
        else:
            way = _gap_feature(judge, person, (place, last_day), (site, day))
            chain += way.startswith("away")
            yield from (way, f"gap of {min(day - last_day, 4)} nights")
        if out and out[1]:
            yield "out on a free day" if day else "out on the eve"
        if last // 2 > day:
            yield f"nights inside a visit {'with' if out and not out[1] else 'without'} a way home"
        place, last_day = site, last // 2
    if place is not None and judge.leg(place, person, "evening") is None:
        yield "back on the day after the horizon" if last_day == judge.days - 1 else "back on a free day"
    if chain >= 3:
        yield "chain of three away"


def _gap_feature(judge: Judge, person: Json, left: tuple[Json, int], reached: tuple[Json, int]) -> str:
    """What the way by home is like between two visits on different days."""
    back, out = judge.trip(left[0], person, "evening"), judge.trip(person, reached[0], "morning")
    if back is None or out is None:
        return "away: no leg by home"  # rare: the visits on both sides have to be in reach
    if reached[1] - left[1] < 1 + back[1] + out[1]:
        return "away: no time for home"
    may_travel = person["may_travel"]
    if (back[1] and not may_travel[left[1] + 2]) or (out[1] and not may_travel[reached[1]]):
        return "away: no travel day for home"
    return f"home between visits possible with {back[1] + out[1]} travel days"
