"""The sample company: what it consists of, that it is the same for the same seed, and that its week can be served."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.clock import FixedClock
from desktop.errors import BadInputError, RefusedError
from desktop.models import (
    CalendarDay,
    Change,
    ChecklistItem,
    Client,
    Factory,
    Inspector,
    Order,
    Request,
    Setting,
)
from desktop.services.demo import SampleSummary, make_sample
from desktop.services.demo.places import rough_km
from desktop.services.demo.results import sampling_of
from desktop.services.dispatching.sent import confirmations
from desktop.services.gazetteer import read_places
from desktop.services.inspection.reading import visit_rows
from desktop.services.planning.building import BuiltProblem, build_problem
from desktop.services.requests.sampling import samples_of
from desktop.services.settings import PlanSettings
from desktop.services.trade.protocols import house_keys
from desktop.store.engine import Store
from scheduler.params import Params
from scheduler.solve import solve
from scheduler.validate import check_problem
from tests.helpers.shared import SHARED, needs_shared
from tests.helpers.snapshots import snapshot
from tests.helpers.stores import SqliteTemplate

MONDAY = dt.date(2026, 11, 30)
CLOCK = FixedClock(dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC))
MESS = {"no_window", "no_place", "no_language"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    """The usual sample; tests only read it."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("sample")) as store:
        make_sample(store, first_day=MONDAY, clock=CLOCK)
        yield store


def built(store: Store) -> BuiltProblem:
    with store.session() as session:
        return build_problem(session, PlanSettings(first_day=MONDAY))


def test_counts(company: Store) -> None:
    with company.session() as session:
        counts = {record: session.scalar(select(func.count(record.id))) for record in (Inspector, Request, Client)}
        assert counts == {Inspector: 60, Request: 200, Client: 36}
        assert session.scalars(select(Request.status).distinct()).all() == ["ready"]


def test_it_wears_its_badge(company: Store) -> None:
    with company.session() as session:
        badge = session.scalars(select(Setting.value).where(Setting.name == "sample")).one()
        change = session.scalars(select(Change)).one()
    assert badge["badge"] == "Sample company"
    assert (badge["seed"], badge["first_day"]) == (1, "2026-11-30")
    assert change.kind == "barrier"
    assert change.label == "Sample company of 60 inspectors and 200 requests, seed 1"


def test_the_same_seed_gives_the_same_rows(tmp_path: Path, sqlite_template: SqliteTemplate) -> None:
    contents = []
    for seed in (3, 3, 4):
        with sqlite_template.new_store(tmp_path) as store:
            make_sample(store, inspectors=3, requests=12, seed=seed, years=1, first_day=MONDAY, clock=CLOCK)
            contents.append(snapshot(store))
    assert contents[0] == contents[1]
    assert contents[0]["request"] != contents[2]["request"]


def test_by_default_it_begins_next_monday(sqlite_store: Store) -> None:
    made = make_sample(sqlite_store, inspectors=3, requests=5, clock=CLOCK)
    assert made.first_day == MONDAY


def test_any_day_stands_for_its_week(sqlite_store: Store) -> None:
    made = make_sample(sqlite_store, inspectors=3, requests=5, first_day=MONDAY + dt.timedelta(days=3), clock=CLOCK)
    assert made.first_day == MONDAY


def test_a_database_with_a_company_is_left_alone(sqlite_store: Store) -> None:
    make_sample(sqlite_store, inspectors=3, requests=5, first_day=MONDAY, clock=CLOCK)
    before = snapshot(sqlite_store)
    with pytest.raises(RefusedError, match="holds a company already"):
        make_sample(sqlite_store, inspectors=3, requests=5, first_day=MONDAY, clock=CLOCK)
    assert snapshot(sqlite_store) == before


@pytest.mark.parametrize(("values", "named"), [({"inspectors": 0}, "0 inspectors"), ({"years": 99}, "99 years")])
def test_numbers_out_of_range_are_named(sqlite_store: Store, values: dict[str, Any], named: str) -> None:
    with pytest.raises(BadInputError, match=named):
        make_sample(sqlite_store, first_day=MONDAY, clock=CLOCK, **values)


def test_smallest_company(sqlite_store: Store) -> None:
    made = make_sample(sqlite_store, inspectors=1, requests=0, first_day=MONDAY, clock=CLOCK)
    assert (made.inspectors, made.requests) == (1, 0)


def test_far_more_bookings_than_people(sqlite_store: Store) -> None:
    made = make_sample(sqlite_store, inspectors=1, requests=40, first_day=MONDAY, clock=CLOCK)
    assert made.requests == 40


def test_a_week_of_holidays_moves_the_bookings(sqlite_store: Store) -> None:
    make_sample(sqlite_store, inspectors=10, requests=30, first_day=dt.date(2026, 2, 16), clock=CLOCK)
    with sqlite_store.session() as session:
        named = session.scalars(select(Request.latest).where(Request.latest.is_not(None))).all()
    assert named
    assert sum(latest > dt.date(2026, 2, 23) for latest in named if latest) > 0.8 * len(named)


def test_progress_is_told(sqlite_store: Store) -> None:
    told: list[tuple[int, int, str]] = []
    make_sample(
        sqlite_store,
        inspectors=2,
        requests=2,
        years=1,
        first_day=MONDAY,
        clock=CLOCK,
        on_progress=lambda done, total, text: told.append((done, total, text)),
    )
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1]
    assert (3, 55, "visits of December 2025") in told


def test_on_either_engine(any_store: Store) -> None:
    made = make_sample(any_store, inspectors=6, requests=24, years=1, first_day=MONDAY, clock=CLOCK)
    assert isinstance(made, SampleSummary)
    assert made.visits > 300
    with any_store.session(write=True) as session:  # keys go on after those of the sample
        session.add(Client(code="C999", name="Somebody"))
        session.add(CalendarDay(country="CN", date=dt.date(2031, 1, 1), kind="holiday"))
        session.commit()


def test_weeks_before_are_as_far_as_they_are_by_the_hour(sqlite_store: Store) -> None:
    clock = FixedClock(dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC))  # 15:00 in China
    make_sample(sqlite_store, inspectors=12, requests=40, weeks=2, first_day=MONDAY, clock=clock)
    now = clock.now()
    today = visit_rows(sqlite_store, now, now.date(), now.date())
    assert {row.stage for row in today} <= {"planned", "on site", "finished"}
    assert any(row.stage == "on site" for row in today)
    before = visit_rows(sqlite_store, now, now.date() - dt.timedelta(days=9), now.date() - dt.timedelta(days=3))
    assert {"released"} <= {row.stage for row in before}
    answers = Counter(row.answer for row in confirmations(sqlite_store, now))
    assert answers["declined"] == 1
    assert answers["confirmed"] > 0


def test_a_week_that_has_begun_finds_the_weeks_before_it_reported(sqlite_store: Store) -> None:
    now = dt.datetime(2026, 11, 30, 14, tzinfo=dt.UTC)
    make_sample(sqlite_store, inspectors=12, requests=10, weeks=2, first_day=MONDAY, clock=FixedClock(now))
    assert {row.stage for row in visit_rows(sqlite_store, now, MONDAY - dt.timedelta(days=14), MONDAY)} == {"released"}


# -- what the records say -------------------------------------------------------------------------------------------


def test_the_problem_has_no_fault(company: Store) -> None:
    problem = built(company).problem
    assert check_problem(problem) == ()
    assert len(problem.requests) > 0.85 * 200


def test_services_and_man_days_have_their_share(company: Store) -> None:
    with company.session() as session:
        requests = session.scalars(select(Request)).all()
    services = Counter(request.service for request in requests)
    assert {name: round(100 * n / 200) for name, n in services.items()} == pytest.approx(
        {"DUPRO": 45, "PSI": 35, "PPI": 8, "LOADING": 8, "MONITORING": 4}, abs=5
    )
    usual = [request for request in requests if request.service in ("DUPRO", "PSI", "PPI")]
    one_day = sum(request.modes[0].man_days == 1 for request in usual)
    assert one_day / len(usual) == pytest.approx(0.78, abs=0.05)
    derived = sum(request.earliest is None for request in requests if request.service == "DUPRO")
    assert 0.4 < derived / services["DUPRO"] < 0.7


def test_nobody_books_in_the_future(company: Store) -> None:
    with company.session() as session:
        latest = session.scalar(select(func.max(Request.requested_at)))
    assert latest is not None
    assert latest.date() <= CLOCK.now().date()


def test_a_few_requests_can_never_be_done(company: Store) -> None:
    reasons = [reason.code for entry in built(company).impossible for reason in entry.reasons]
    assert 1 <= len(reasons) <= 6
    assert set(reasons) <= MESS


def test_a_good_plan_serves_what_is_due(sqlite_store: Store) -> None:
    make_sample(sqlite_store, inspectors=24, requests=80, first_day=MONDAY, clock=CLOCK)
    problem = built(sqlite_store).problem
    plan = solve(problem, Params(seed=1, time_limit=None, iteration_limit=400))
    sunday = MONDAY + dt.timedelta(days=6)
    due = {request.id for request in problem.requests if request.due <= sunday}
    left = due & {entry.request for entry in plan.unassigned}
    assert len(due) > 60
    assert len(left) <= 0.05 * len(due)


def test_places_lie_in_their_provinces(company: Store) -> None:
    places = [place for place in read_places() if place.kind != "province"]
    with company.session() as session:
        factories = session.scalars(select(Factory).where(Factory.lat.is_not(None))).all()
    for factory in factories:
        assert factory.lat is not None
        assert factory.lon is not None
        lat, lon = factory.lat, factory.lon
        nearest = min(places, key=lambda place: rough_km(lat, lon, place.lat, place.lon))
        assert nearest.area == factory.area, factory.code


def test_addresses_are_as_messy_as_real_ones(company: Store) -> None:
    with company.session() as session:
        rows = session.execute(select(Factory.address, Factory.precision)).all()
    shouted = sum(address.isupper() and address.isascii() for address, _ in rows)
    provinceless = sum(not address.endswith(("China", "CHINA", "Vietnam", "VIETNAM")) for address, _ in rows)
    in_characters = sum(not address.isascii() for address, _ in rows)
    assert 0.05 < shouted / len(rows) < 0.25
    assert 0.1 < provinceless / len(rows) < 0.35
    assert in_characters > 3
    assert {precision for _, precision in rows} == {"address", "town", "district", "city", "none"}


def test_people_and_firms_cannot_be_reached(company: Store) -> None:
    with company.session() as session:
        people = session.execute(select(Inspector.email, Inspector.phone)).all()
        clients = session.scalars(select(Client.email)).all()
        phones = session.scalars(select(Factory.phone)).all()
        sites = session.scalars(select(Factory.email)).all()
    assert 0.8 < sum(map(bool, sites)) / len(sites) < 1
    assert all(not email or email.endswith("@example.com") for email in sites)
    assert all(email.endswith("@example.com") for email in (*clients, *(email for email, _ in people)))
    # no number of China begins with 10 and nine digits more; none of Vietnam with 0 after the country code
    assert all(phone.startswith(("+86 10", "+84 0")) for phone in (*phones, *(phone for _, phone in people)))


def test_lists_of_clients_replace_what_the_house_has(company: Store) -> None:
    with company.session() as session:
        items = session.scalars(select(ChecklistItem)).all()
        orders = session.scalars(select(Order)).all()
    assert {item.replaces for item in items if item.replaces} <= set(house_keys())
    assert len(items) >= 5
    assert all(item.text and item.text_zh and item.text_vi for item in items)
    for field in ("golden_sample", "specifications", "packing"):
        assert 0.3 < sum(bool(getattr(order, field)) for order in orders) / len(orders) < 0.9


def test_orders_are_made_on_the_line_that_their_window_says(company: Store) -> None:
    with company.session() as session:
        orders = session.scalars(select(Order).where(Order.production_start.is_not(None))).all()
    for order in orders:
        assert order.daily_rate is not None
        assert order.ready_date is not None
        assert order.production_start is not None
        days = (order.ready_date - order.production_start).days
        assert order.quantity <= order.daily_rate * days


def test_the_rules_give_the_man_days_of_nearly_all_bookings(company: Store) -> None:
    with company.session() as session:
        keys = session.scalars(select(Request.id)).all()
        sheets = samples_of(session, keys, CLOCK.now())
    ruled = [sheet for sheet in sheets if sheet.work is not None]
    others = [sheet for sheet in ruled if sheet.differs]
    assert len(ruled) > 0.85 * len(sheets)
    assert 0 < len(others) <= 0.1 * len(ruled)
    assert {sheet.code for sheet in others} == {sheet.code for sheet in sheets if sheet.reason}
    assert any(sheet.reason == "The client's protocol asks for two days." for sheet in others)
    assert len({sheet.quantity for sheet in ruled if sheet.man_days > 1}) > 10


@pytest.mark.parametrize(
    ("lot", "expected"), [(2, (2, 0, 0)), (280, (32, 2, 3)), (281, (50, 3, 5)), (90_000, (500, 21, 21))]
)
def test_sampling(lot: int, expected: tuple[int, int, int]) -> None:
    assert sampling_of(lot) == expected


@needs_shared
def test_sampling_is_that_of_the_tables() -> None:
    folder = SHARED / "data" / "aql"
    with (folder / "code_letters.csv").open(encoding="utf-8", newline="") as file:
        letters = [(int(row["lot_min"]), row["II"]) for row in csv.DictReader(file)]
    with (folder / "single_normal.csv").open(encoding="utf-8", newline="") as file:
        plans = {(row["letter"], row["aql"]): row for row in csv.DictReader(file)}
    for lot, letter in letters:
        size, major, minor = sampling_of(lot)
        row = plans[letter, "2.5"]
        assert (size, major) == (min(lot, int(row["n"])), int(row["ac"])), lot
        assert minor == int(plans[letter, "4.0"]["ac"]), lot


@needs_shared
def test_no_name_is_that_of_a_real_factory(company: Store) -> None:
    with (SHARED / "data" / "real" / "factories.csv").open(encoding="utf-8", newline="") as file:
        real = {row["name"].casefold() for row in csv.DictReader(file)}
    with company.session() as session:
        names = session.scalars(select(Factory.name)).all()
    assert not {name.casefold() for name in names} & real


@needs_shared
def test_places_lie_within_the_outlines_of_their_provinces(company: Store) -> None:
    outlines = json.loads((SHARED / "data" / "map" / "provinces.geojson").read_text(encoding="utf-8"))
    rings: dict[str, list[list[list[float]]]] = {}
    for feature in outlines["features"]:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        name = feature["properties"]["zh"] if feature["properties"]["iso"] == "CN" else feature["properties"]["vi"]
        rings[name] = [part[0] for part in parts]
    with company.session() as session:
        factories = session.scalars(select(Factory).where(Factory.lat.is_not(None))).all()
    for factory in factories:
        bare = factory.area.removeprefix("Tỉnh ").removeprefix("Thành phố ")
        ring = rings.get(factory.area) or rings[bare]
        assert any(is_near(factory.lat or 0.0, factory.lon or 0.0, part) for part in ring), factory.code


def is_near(lat: float, lon: float, ring: list[list[float]]) -> bool:
    """Whether a place lies within an outline or some 4 km off it: it is coarse, and much industry is at the coast."""
    steps = (-0.04, 0.0, 0.04)
    return any(is_within(lat + north, lon + east, ring) for north in steps for east in steps)


def is_within(lat: float, lon: float, ring: list[list[float]]) -> bool:
    within = False
    for (lon1, lat1), (lon2, lat2) in itertools.pairwise(ring):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            within = not within
    return within
