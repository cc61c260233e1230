"""Planning problems drawn to provoke every field and every rule, in the JSON form of `inspection-planning/1`.

Deterministic: the same arguments give the same problem. Small (2-8 people, 3-15 requests, 1-28 days), and unlike the
trade on purpose: places stand at the distances where travel rules change their mind, permits end within the horizon,
crews, odd half-days, leads, pins with each waiver, people on the road and announcements are all common.

A drawn problem is sound: its pins can be kept together, and whoever starts away can get home. The visits that prove it
stand in `problem["info"]["witness"]`, which everything else ignores.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.helpers.drawn_fit import Fit
from tests.helpers.drawn_places import Places, draw_limits, draw_travel
from tests.helpers.drawn_records import (
    Setting,
    draw_history,
    draw_inspector,
    draw_published,
    draw_request,
    draw_site,
)
from tests.helpers.judge import quick_judge_of
from tests.helpers.shared import SHARED

Json = dict[str, Any]
FIRST_START = dt.date(2026, 11, 16)  # a Monday; starts are drawn in the two months from it, across the year's end
WAIVERS = ("window", "site", "availability", "eligibility", "rotation")


def draw_problem(
    seed: int,
    *,
    days: int | None = None,
    inspectors: int | None = None,
    requests: int | None = None,
    demands: float | None = None,
    judged: bool = SHARED.is_dir(),
) -> Json:
    """Draw a problem; sizes that are not given are drawn too, and how demanding it is (0 to 1).

    Pins and starts away from home are proved sound by the independent judge beside the repository; where it is absent
    (`judged` False) there are neither.
    """
    rng = random.Random(f"{seed}/{days}/{inspectors}/{requests}/{demands}/{judged}")
    days = days or rng.choice((1, 2, 3, 5, 7, 7, 7, 10, 14, 28))
    start = FIRST_START + dt.timedelta(days=rng.randrange(60))
    travel, limits = draw_travel(rng), draw_limits(rng)
    harshness = rng.choice((0.0, 0.15, 0.4, 0.9)) if demands is None else demands
    setting = Setting(rng, start, days, Places(rng, travel, limits), harshness)
    people = [draw_inspector(setting, f"I{n:02}") for n in range(inspectors or rng.randint(2, 8))]
    names = [person["id"] for person in people]
    count = requests or rng.randint(3, 15)
    sites = [draw_site(setting, f"S{n:02}") for n in range(rng.randint(1, count))]
    bookings = [draw_request(setting, f"R{n:02}", sites, names) for n in range(count)]
    within = rng.choice((1, 7, 30, 90))
    problem: Json = {
        "format": "inspection-planning/1",
        "horizon": {"start": start.isoformat(), "days": days},
        "travel": travel,
        "limits": limits,
        "rotation": {"max_visits": rng.choice((1, 2, 3, 9)), "within_days": within},
        "sites": sites,
        "inspectors": people,
        "requests": bookings,
        "history": draw_history(setting, within, sites, names),
        "published": draw_published(setting, bookings, names),
    }
    witness: list[Json] = []
    if judged:
        _balance_nights(rng, problem)
        _start_some_away(setting, problem)
        witness = _pin_some(setting, problem)
    _sprinkle_info(rng, problem)
    problem["info"] = {"witness": witness}
    return problem


def _balance_nights(rng: random.Random, problem: Json) -> None:
    """Give some people a night that costs just what going home and out again costs from some site: then home it is."""
    judge = quick_judge_of(problem)
    for person in problem["inspectors"]:
        if rng.random() < 0.25:
            site = rng.choice(problem["sites"])
            back, out = judge.leg(site, person, "evening"), judge.leg(person, site, "morning")
            if back is not None and out is not None:
                person["night_cost"] = back + out


def _start_some_away(setting: Setting, problem: Json) -> None:
    """Put some people on the road, at places from which the judge sees a way home."""
    rng, days = setting.rng, setting.days
    share = rng.choice((0, 0, 0.3, 0.8))
    judge = quick_judge_of(problem)
    for person in problem["inspectors"]:
        if not setting.chance(share):
            continue
        slot = min(2 * days, rng.choice((0, 0, 1, 2, 3, 4, rng.randrange(2 * days + 1))))
        at = rng.choice((setting.places.draw(), rng.choice(problem["sites"]), person))
        worked = [day for day in range(min(days, slot // 2 + 1)) if setting.chance(0.6)]
        person["start"] = {"slot": slot, **{key: at[key] for key in ("lat", "lon", "country")}, "worked_days": worked}
        texts: list[str] = []
        judge.check_travel(person, [], texts, {"travel": 0, "nights": 0})
        if texts:
            person["start"] = None


def _pin_some(setting: Setting, problem: Json) -> list[Json]:
    """Pin some requests to visits that fit together, wholly or in part; returns those visits."""
    rng = setting.rng
    share = rng.choice((0, 0, 0.2, 0.5, 1.0))
    fit = Fit(problem)
    for request in rng.sample(problem["requests"], len(problem["requests"])):
        if not setting.chance(share):
            continue
        if setting.chance(0.4):
            _pin_against_rules(setting, request, fit)
        elif fit.insert(rng, request, tries=6):
            request["pin"] = _part_of(rng, fit.assignments[request["id"]])
    return list(fit.assignments.values())


def _pin_against_rules(setting: Setting, request: Json, fit: Fit) -> None:
    """Pin a request to any visit that waivers allow, with the waivers it takes and now and then one it does not."""
    rng = setting.rng
    for _ in range(6):
        index = rng.randrange(len(request["modes"]))
        mode = request["modes"][index]
        slots = range(0, 2 * setting.days - mode["half_days"] + 1, 2 if mode["half_days"] > 1 else 1)
        crew = rng.sample(sorted(fit.judge.inspectors), mode["crew"])
        visit = {"request": request["id"], "mode": index, "start_slot": rng.choice(slots), "inspectors": crew}
        pin = {"inspectors": crew, "start_slot": visit["start_slot"], "mode": index, "waive": list(WAIVERS)}
        request["pin"] = pin
        if fit.objections(visit):
            request["pin"] = None
            continue
        for waiver in WAIVERS:
            pin["waive"] = [name for name in pin["waive"] if name != waiver]
            if fit.objections(visit) or setting.chance(0.1):
                pin["waive"].append(waiver)
        fit.add(visit)
        return


def _part_of(rng: random.Random, visit: Json) -> Json:
    """A pin that fixes some of a visit: each part open as often as not, nothing waived."""
    return {
        "inspectors": list(visit["inspectors"]) if rng.random() < 0.5 else None,
        "start_slot": visit["start_slot"] if rng.random() < 0.5 else None,
        "mode": visit["mode"] if rng.random() < 0.5 else None,
        "waive": [],
    }


def _sprinkle_info(rng: random.Random, problem: Json) -> None:
    """Give `info` to some of the objects that have fixed keys."""
    carriers = [problem["horizon"], problem["travel"], problem["limits"], problem["rotation"]]
    carriers += [*problem["travel"]["modes"], *problem["sites"], *problem["history"], *problem["published"].values()]
    for person in problem["inspectors"]:
        carriers += [person, person["worked_before"], *([person["start"]] if person["start"] else [])]
    for request in problem["requests"]:
        carriers += [request, *request["modes"], *(request[key] for key in ("lead", "pin") if request[key])]
    for carrier in carriers:
        if rng.random() < 0.03:
            carrier["info"] = rng.choice(
                ("a note", 7, None, ["several", "notes"], {"name": "Sample Works 样品", "id": "S00"})
            )
