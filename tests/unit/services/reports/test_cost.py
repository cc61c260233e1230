"""Every figure of cost and of clients is what plain SQL says, on both engines."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pytest

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import PublishPlan, RecordArrival
from desktop.services.reports.cost.clients_report import clients_report
from desktop.services.reports.cost.cost_report import cost_report
from desktop.services.reports.making import told_money
from desktop.services.reports.report import Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.service import service_report
from desktop.store.engine import Store
from scheduler.plan import Assignment as Given
from tests.helpers.planning_firm import MONDAY, Firm, adopted
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, WEEKS
from tests.unit.services.reports.plain_sql import ask

SUMS = ("visits_done", "man_days_sold", "work", "premium", "travel", "night_cost", "cost", "revenue", "nights")
SQL_SUMS = "count(*), sum(man_days), sum(work), sum(premium), sum(travel), sum(night_cost), sum(cost), sum(revenue), "
SCOPE = Scope(FIRST_MONDAY, WEEKS)


@pytest.fixture(scope="session")
def cost(past_firm: Store) -> Report:
    return cost_report(past_firm, SCOPE, CLOCK)


@pytest.fixture(scope="session")
def clients(past_firm: Store) -> Report:
    return clients_report(past_firm, SCOPE, CLOCK)


def numbers(row: Mapping[str, Any], names: tuple[str, ...] = SUMS) -> tuple[float, ...]:
    return tuple(float(row[name]) for name in names)


def rows_of(table: Table, *keys: str) -> dict[tuple[object, ...], tuple[float, ...]]:
    return {tuple(row[key] for key in keys): numbers(row) for row in table.frame.to_dict("records")}


def asked(store: Store, *columns: str) -> dict[tuple[Any, ...], tuple[float, ...]]:
    by = ", ".join(columns)
    query = f"SELECT {by}, {SQL_SUMS} sum(nights) FROM one GROUP BY {by}"  # noqa: S608 -- columns of this test
    count = len(columns)
    return {tuple(row[:count]): tuple(map(float, row[count:])) for row in ask(store, query, SCOPE.first_day, WEEKS)}


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("cost_regions", ("country", "region")),
        ("cost_services", ("service",)),
        ("cost_clients", ("client",)),
        ("cost_factories", ("region", "factory")),
    ],
)
def test_sums_by_place_service_and_client(past_firm: Store, cost: Report, table: str, keys: tuple[str, ...]) -> None:
    assert rows_of(cost.table(table), *keys) == asked(past_firm, *keys)


def test_sums_by_week(past_firm: Store, cost: Report) -> None:
    expected = {(dt.date.fromordinal(week),): sums for (week,), sums in asked(past_firm, "week").items()}
    assert len(expected) > 2
    assert rows_of(cost.table("cost_weeks"), "week") == expected


def test_sums_of_all(past_firm: Store, cost: Report) -> None:
    (expected,) = ask(past_firm, f"SELECT {SQL_SUMS} sum(nights) FROM one", SCOPE.first_day, WEEKS)  # noqa: S608
    assert expected[0] > 50
    for name in ("cost_weeks", "cost_regions", "cost_people"):
        assert numbers(cost.table(name).total) == tuple(map(float, expected))


def test_people_share_their_visits(past_firm: Store, cost: Report) -> None:
    query = """
        SELECT i.code, sum(one.man_days / (SELECT count(*) FROM assignment b WHERE b.visit_id = one.visit)),
               sum(1.0 * one.cost / (SELECT count(*) FROM assignment b WHERE b.visit_id = one.visit)), count(*)
        FROM one JOIN assignment a ON a.visit_id = one.visit JOIN inspector i ON i.id = a.inspector_id
        GROUP BY i.code"""
    expected = {row[0]: row[1:] for row in ask(past_firm, query, SCOPE.first_day, WEEKS)}
    table = cost.table("cost_people")
    assert set(table.frame["person"]) == set(expected)
    for row in table.frame.to_dict("records"):
        man_days, cents, visits = expected[row["person"]]
        assert row["man_days_sold"] == float(man_days)
        assert abs(row["cost"] - float(cents)) <= visits  # a cent a visit goes to the first of a crew
        assert row["visits_done"] == visits
    assert table.frame["cost"].sum() == table.total["cost"]


def test_prices_of_one(past_firm: Store, cost: Report) -> None:
    query = (
        "SELECT service, sum(cost) / sum(man_days), sum(revenue) / sum(man_days), 1.0 * sum(cost) / count(*), "
        "1.0 * (sum(revenue) - sum(cost)) / sum(revenue), 1.0 * sum(travel) / sum(cost) FROM one GROUP BY service"
    )
    expected = {row[0]: tuple(map(float, row[1:])) for row in ask(past_firm, query, SCOPE.first_day, WEEKS)}
    for row in cost.table("cost_services").frame.to_dict("records"):
        of_man_day, price, of_visit, margin, travel = expected[row["service"]]
        assert abs(row["cost_per_man_day"] - of_man_day) <= 0.5
        assert abs(row["price_per_man_day"] - price) <= 0.5
        assert abs(row["cost_per_visit"] - of_visit) <= 0.5
        assert row["margin_share"] == pytest.approx(margin)
        assert row["travel_share"] == pytest.approx(travel)


def test_urgent_visits_are_set_against_others(past_firm: Store, cost: Report) -> None:
    query = """
        SELECT u.region, u.service, u.visits, u.man_days, u.cost, o.cost / o.man_days * u.man_days
        FROM (SELECT region, service, count(*) AS visits, sum(man_days) AS man_days, sum(cost) AS cost
              FROM one WHERE requested_hours < 48 GROUP BY region, service) u
        LEFT JOIN (SELECT region, service, sum(man_days) AS man_days, sum(cost) AS cost
              FROM one WHERE requested_hours >= 48 GROUP BY region, service) o
        ON o.region = u.region AND o.service = u.service"""
    expected = {tuple(row[:2]): row[2:] for row in ask(past_firm, query, SCOPE.first_day, WEEKS)}
    frame = cost.table("urgency").frame
    assert len(frame) == len(expected) > 2
    for row in frame.to_dict("records"):
        visits, man_days, cents, of_others = expected[row["region"], row["service"]]
        assert (row["visits_urgent"], row["man_days_urgent"]) == (visits, float(man_days))
        if of_others is None:
            assert row["urgency_cost"] != row["urgency_cost"]  # not a number: nothing to compare with
        else:
            assert abs(row["urgency_cost"] - (float(cents) - float(of_others))) <= 0.5 + 1e-6


def test_changes_by_cause(past_firm: Store, cost: Report) -> None:
    query = """
        SELECT a.kind, a.cause, count(*), sum(a.cents) FROM announced_change a
        WHERE a.old_slot BETWEEN :first AND :last GROUP BY a.kind, a.cause"""
    expected = sorted((f"change_{kind}", *rest) for kind, _, *rest in ask(past_firm, query, SCOPE.first_day, WEEKS))
    table = cost.table("late_changes")
    found = table.frame[["change_kind", "changes", "change_penalty"]].itertuples(index=False)
    assert sorted(map(tuple, found)) == [tuple(row) for row in expected]
    assert table.total["changes"] == sum(row[1] for row in expected) > 0


def test_planned_against_actual(past_firm: Store, cost: Report) -> None:
    query = """
        SELECT p.code, sum(one.work), sum(one.travel), sum(one.cost) FROM one JOIN plan p ON p.id = one.plan_id
        WHERE NOT EXISTS (SELECT 1 FROM visit w WHERE w.plan_id = p.id AND w.published
                          AND w.status NOT IN ('done', 'cancelled')) AND p.status = 'published'
        GROUP BY p.code"""
    expected = {row[0]: tuple(map(int, row[1:])) for row in ask(past_firm, query, SCOPE.first_day, WEEKS)}
    table = cost.table("planned")
    assert {row["plan"]: (row["work"], row["travel"], row["cost"]) for row in table.frame.to_dict("records")} == (
        expected
    )
    assert len(expected) >= WEEKS - 2
    assert table.total["over_plan"] == table.frame["cost"].sum() - table.frame["planned_cost"].sum()


def test_results_and_promises(past_firm: Store, clients: Report) -> None:
    query = """
        SELECT client, count(*), sum(revenue), sum(CASE WHEN outcome = 'pass' THEN 1 ELSE 0 END),
               sum(CASE WHEN outcome = 'fail' THEN 1 ELSE 0 END),
               sum(CASE WHEN outcome = 'aborted' THEN 1 ELSE 0 END), avg(in_target), avg(in_limit),
               avg(CASE WHEN report_hours <= 24 THEN 1.0 WHEN report_hours IS NOT NULL THEN 0.0 END)
        FROM one GROUP BY client"""
    expected = {row[0]: row[1:] for row in ask(past_firm, query, SCOPE.first_day, WEEKS)}
    frame = clients.table("clients").frame
    names = ("visits_done", "revenue", "visits_passed", "visits_failed", "visits_in_vain")
    assert len(frame) == len(expected) > 3
    for row in frame.to_dict("records"):
        counts, shares = expected[row["client"]][:5], expected[row["client"]][5:]
        assert tuple(row[name] for name in names) == tuple(map(int, counts))
        for name, share in zip(("on_site_target", "on_site_limit", "report_in_day"), shares, strict=True):
            assert row[name] == pytest.approx(float(share) if share is not None else float("nan"), nan_ok=True)


def test_moved_visits(past_firm: Store, clients: Report) -> None:
    query = """
        SELECT c.code, count(*) FROM announced_change a JOIN request r ON r.id = a.request_id
        JOIN client c ON c.id = r.client_id WHERE a.old_slot BETWEEN :first AND :last GROUP BY c.code"""
    expected = dict(map(tuple, ask(past_firm, query, SCOPE.first_day, WEEKS)))
    frame = clients.table("clients").frame
    found = dict(zip(frame["client"], frame["visits_moved"], strict=True))
    assert {client: number for client, number in found.items() if number} == expected


def test_promises_of_a_visit_that_goes_on_are_told_as_the_report_of_service_tells_them(sqlite_store: Store) -> None:
    with sqlite_store.session(write=True) as session:
        firm = Firm(session)
        firm.inspector("I1")
        for code in ("R1", "R2"):
            firm.request(code, firm.factory(f"F{code}"))
        session.commit()
    desk = Desk(sqlite_store, FixedClock(dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)), "Lan")
    desk.handle(PublishPlan(adopted(sqlite_store, Given("R1", 0, 0, ("I1",)), Given("R2", 0, 4, ("I1",)))))
    desk.handle(PublishPlan(adopted(sqlite_store, Given("R1", 0, 0, ("I1",)), Given("R2", 0, 6, ("I1",)))))
    desk.handle(RecordArrival("R1"))
    clients, service = (build(sqlite_store, Scope(MONDAY, 1), desk.clock) for build in (clients_report, service_report))
    for name in ("clients", "client_weeks", "client_services"):
        table = clients.table(name)
        assert len(table.frame) == 1
        for row in (table.total, table.frame.iloc[0]):
            for key in ("on_site_target", "on_site_limit"):
                assert row[key] == service.table("promises").total[key] == 1.0
            assert (row["visits_done"], row["visits_moved"], row["revenue"]) == (0, 1, 0)
    moved = clients.table("client_factories").frame.set_index("factory")["visits_moved"]
    assert moved.to_dict() == {"FR1": 0, "FR2": 1}


def test_one_client_alone(past_firm: Store, clients: Report) -> None:
    row = clients.table("clients").frame.iloc[0]
    alone = clients_report(past_firm, SCOPE.narrowed(client=row["client"]), CLOCK)
    assert list(alone.table("clients").frame["client"]) == [row["client"]]
    assert alone.table("client_services").frame["revenue"].sum() == row["revenue"]
    assert alone.table("client_weeks").total["visits_done"] == row["visits_done"]


def test_headlines_are_set_against_the_weeks_before(past_firm: Store) -> None:
    first_day = dt.date(2026, 11, 2)
    report = cost_report(past_firm, Scope(first_day, 1), CLOCK)
    query = "SELECT sum(cost) / sum(man_days), sum(man_days), count(*) FROM one"
    (now,), (before,) = (ask(past_firm, query, first_day - dt.timedelta(days=days), 1) for days in (0, 7))
    headlines = {headline.key: headline for headline in report.headlines}
    assert headlines["man_days_sold"].value == float(now[1])
    assert headlines["cost_per_man_day"].value == math.floor(float(now[0]) + 0.5)
    aside = headlines["cost_per_man_day"].aside
    assert aside is not None
    change = math.floor(float(now[0]) + 0.5) - math.floor(float(before[0]) + 0.5)
    assert aside.values == {"change": told_money(change, "USD", signed=True), "weeks": 1}
    assert headlines["cost_per_man_day"].tone == ("ok" if change < 0 else "warn")


@pytest.mark.parametrize(
    ("cents", "currency", "signed", "text"),
    [
        (-114, "USD", True, "\u2212$1.14"),
        (99, "USD", True, "+$0.99"),
        (932_394_988, "USD", False, "$9,323,950"),
        (790_000_000, "VND", False, "₫7,900,000"),
        (705, "CNY", False, "¥7.05"),
    ],
)
def test_money_in_notes(cents: int, currency: str, signed: bool, text: str) -> None:
    assert told_money(cents, currency, signed=signed) == text


def test_a_part_that_changes_know_nothing_of_says_so(past_sqlite: Store) -> None:
    report = cost_report(past_sqlite, SCOPE.narrowed(pay="staff"), CLOCK)
    assert {"plans_are_of_all", "changes_of_no_part"} <= {note.key for note in report.notes}
    assert not len(report.table("late_changes").frame)
    assert not len(report.table("planned").frame)
