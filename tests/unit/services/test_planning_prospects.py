"""Requests that nobody can ever serve: each reason with its numbers, and the cases next to it that may be served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.services.planning.prospects import Prospects
from desktop.services.settings import DEFAULT_LIMITS, DEFAULT_ROTATION, DEFAULT_TRAVEL
from scheduler.plan import Reason
from scheduler.problem import Horizon, Inspector, Lead, Mode, Problem, Request, Site, Start

MONDAY = dt.date(2026, 11, 30)
SITE = Site("F1", 22.55, 113.35, "CN", "广东省")
ISLAND = Site("F2", -22.0, 113.35, "CN", "广东省")  # twelve hours and more from anybody


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


PERSON = Inspector(
    id="I1",
    lat=22.5,
    lon=113.3,
    country="CN",
    works_in={"广东省": None},
    services=("DUPRO", "PSI"),
    skills={"garment": 3},
    languages=("zh",),
    certificates={},
    available=(True,) * 14,
    may_travel=(True,) * 9,
    day_costs=(1,) * 5,
    day_premiums=(0,) * 7,
    night_cost=1,
    travel_day_cost=1,
    max_consecutive_days=6,
)
REQUEST = Request("R1", "F1", "DUPRO", "garment", 2, (Mode(1, 2),), day(0), day(4), day(2), 1, 1)


def never(
    request: Request = REQUEST,
    people: tuple[Inspector, ...] = (PERSON,),
    site: Site = SITE,
    is_open: Callable[[dt.date], bool] = lambda _: True,
    others: tuple[Site, ...] = (),
) -> Reason | None:
    problem = Problem(
        Horizon(MONDAY, 7), DEFAULT_TRAVEL, DEFAULT_LIMITS, DEFAULT_ROTATION, (site, *others), people, (request,)
    )
    return Prospects(problem).never(request, site, is_open)


def test_what_somebody_can_do_is_not_given_up() -> None:
    assert never() is None


@pytest.mark.parametrize(
    ("person", "request_", "code", "text", "lift"),
    [
        (
            replace(PERSON, works_in={}),
            REQUEST,
            "no_permit",
            "nobody can serve it: 2 inspectors, of those none may work in 广东省",
            "a permit for 广东省",
        ),
        (
            replace(PERSON, works_in={"广东省": day(-1)}),
            REQUEST,
            "no_permit",
            "nobody can serve it: 2 inspectors, of those none may work in 广东省",
            "a permit for 广东省",
        ),
        (
            replace(PERSON, services=("PSI",)),
            REQUEST,
            "no_service",
            "nobody can serve it: 2 inspectors, of those 1 may work in 广东省, of those none do DUPRO",
            "DUPRO for one of them",
        ),
        (
            PERSON,
            replace(REQUEST, level=4),
            "no_skill",
            "nobody can serve it: 2 inspectors, of those 1 may work in 广东省, of those 1 do DUPRO, of those none have "
            "garment at level 4",
            "somebody with garment at level 4 who does DUPRO in 广东省",
        ),
        (
            PERSON,
            replace(REQUEST, languages=("zh", "en")),
            "no_language",
            "nobody can serve it: 2 inspectors, of those 1 may work in 广东省, of those 1 do DUPRO, of those 1 have "
            "garment at level 2, of those 1 speak zh, of those none speak en",
            "somebody who speaks en",
        ),
        (
            replace(PERSON, certificates={"gb": day(-1)}),
            replace(REQUEST, certificates=("gb",)),
            "no_certificate",
            "nobody can serve it: 2 inspectors, of those 1 may work in 广东省, of those 1 do DUPRO, of those 1 have "
            "garment at level 2, of those none hold gb",
            "gb for one of them",
        ),
        (
            PERSON,
            replace(REQUEST, excluded=frozenset({"I1"})),
            "all_excluded",
            "nobody can serve it: 2 inspectors, of those 1 may work in 广东省, of those 1 do DUPRO, of those 1 have "
            "garment at level 2, of those none are not excluded",
            "allowing one of those",
        ),
    ],
)
def test_the_requirement_that_nobody_meets_is_named(
    person: Inspector, request_: Request, code: str, text: str, lift: str
) -> None:
    stranger = replace(PERSON, id="I2", works_in={"福建省": None})
    assert never(request_, (person, stranger)) == Reason(code, text, lift)


def test_a_permit_that_ends_on_the_first_visits_last_day_is_enough() -> None:
    two_days = replace(REQUEST, modes=(Mode(1, 4),))
    assert never(two_days, (replace(PERSON, works_in={"广东省": day(1)}),)) is None
    assert never(two_days, (replace(PERSON, works_in={"广东省": day(0)}),)) is not None


def test_a_crew_that_is_too_small() -> None:
    pair = replace(REQUEST, modes=(Mode(2, 2),))
    reason = never(pair, (PERSON, replace(PERSON, id="I2", skills={})))
    assert reason is not None
    assert reason.code == "crew_too_small"
    assert reason.text.startswith("it takes 2 at once: 2 inspectors, of those 2 may work in 广东省")
    assert reason.text.endswith("of those 1 have garment at level 2")
    assert never(pair, (PERSON, replace(PERSON, id="I2"))) is None


def test_another_mode_that_fewer_people_can_do_is_enough() -> None:
    assert never(replace(REQUEST, modes=(Mode(2, 2), Mode(1, 4)))) is None


def test_nobody_can_lead() -> None:
    led = replace(REQUEST, lead=Lead(4, ("en",), ()))
    reason = never(led)
    assert reason == Reason(
        "nobody_leads",
        "nobody of the 1 who could serve it can lead: garment at level 4, en",
        "somebody who does DUPRO in 广东省 with garment at level 4, en",
    )
    assert never(led, (replace(PERSON, skills={"garment": 4}, languages=("zh", "en")),)) is None


def test_a_factory_closed_on_all_days_of_the_window() -> None:
    reason = never(is_open=lambda date: date > day(4))
    assert reason is not None
    assert (reason.code, "Mon 30 Nov 2026 to Fri 4 Dec 2026" in reason.text) == ("closed", True)


def test_a_factory_never_open_for_so_long() -> None:
    long = replace(REQUEST, modes=(Mode(1, 4),))
    reason = never(long, is_open=lambda date: date.day % 2 == 0)
    assert reason is not None
    assert (reason.code, "2 days on end" in reason.text) == ("closed", True)


def test_a_window_shorter_than_the_work() -> None:
    reason = never(replace(REQUEST, latest=day(0), modes=(Mode(1, 4),)))
    assert reason is not None
    assert (reason.code, reason.lift) == ("window_short", "a window of 2 days, or a mode for more people")


def test_only_the_days_that_are_left_of_a_window_count() -> None:
    assert never(replace(REQUEST, earliest=day(-5), latest=day(0), modes=(Mode(1, 4),))) is not None
    assert never(replace(REQUEST, earliest=day(-5), latest=day(1), modes=(Mode(1, 4),))) is None


def test_days_after_the_horizon_may_still_serve_it() -> None:
    assert never(replace(REQUEST, latest=day(9)), is_open=lambda date: date >= day(8)) is None


def test_a_window_that_is_over() -> None:
    reason = never(replace(REQUEST, earliest=day(-5), latest=day(-1)))
    assert reason is not None
    assert reason.code == "window_over"


def test_a_place_that_nobody_reaches_names_the_nearest() -> None:
    there = replace(REQUEST, site="F2")
    nearer = replace(PERSON, id="I2", lat=10.0)
    reason = never(there, (PERSON, nearer), ISLAND)
    assert reason is not None
    assert reason.code == "unreachable"
    assert "I2, the nearest of the 2 who could serve it" in reason.text
    assert "600 are allowed" in reason.text


def test_a_country_that_no_way_of_travel_leads_to() -> None:
    travel = replace(DEFAULT_TRAVEL, modes=tuple(replace(m, countries=("CN",)) for m in DEFAULT_TRAVEL.modes))
    abroad = replace(SITE, country="VN")
    problem = Problem(Horizon(MONDAY, 7), travel, DEFAULT_LIMITS, DEFAULT_ROTATION, (abroad,), (PERSON,), (REQUEST,))
    reason = Prospects(problem).never(REQUEST, abroad, lambda _: True)
    assert reason is not None
    assert "no way of travel" in reason.text


def test_a_place_that_can_be_reached_from_another_site_is_left_to_the_solver() -> None:
    there = replace(REQUEST, site="F2")
    # half way: both legs are within a free day
    half_way = replace(SITE, id="F3", lat=0.3)
    assert never(there, site=replace(ISLAND, lat=-12.0), others=(half_way,)) is None
    assert never(there, site=replace(ISLAND, lat=-12.0)) is not None


def test_a_place_near_a_start_is_left_to_the_solver() -> None:
    there = replace(REQUEST, site="F2")
    away = replace(PERSON, start=Start(0, -21.5, 113.3, "CN"))
    assert never(there, (away,), ISLAND) is None
