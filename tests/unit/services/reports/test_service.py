"""Every figure of service is what plain SQL says and what attainment says, on both engines; parts add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desktop.clock import FixedClock
from desktop.services.attainment import attainment_record
from desktop.services.reports.behind import behind
from desktop.services.reports.facts import read_facts
from desktop.services.reports.report import Report
from desktop.services.reports.scope import Scope
from desktop.services.reports.service import service_report
from desktop.services.reports.service.promises import COLUMNS, GOAL, kept_of_all, told
from desktop.store.engine import Store
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, NOW, WEEKS
from tests.unit.services.reports.plain_sql import SECONDS

SCOPE = Scope(FIRST_MONDAY, WEEKS + 1)  # the week that goes on is among them
COUNTS = tuple(column.key for column in COLUMNS if column.is_additive)
HOURS_EAST = {"CN": 8, "VN": 7}
STARTS = (8, 13)
CLASSES = ("notice_1", "notice_2", "notice_3", "notice_4")

ALL = """
WITH one AS (
    SELECT r.service, f.area AS region, c.code AS client, v.first_slot / 2 - (v.first_slot / 2 - 1) % 7 AS week,
           CASE WHEN o.arrived_at IS NOT NULL AND o.target_at IS NOT NULL THEN 1 ELSE 0 END AS promised,
           CASE WHEN o.arrived_at <= o.target_at THEN 1 ELSE 0 END AS target_kept,
           CASE WHEN o.arrived_at <= o.limit_at THEN 1 ELSE 0 END AS limit_kept,
           CASE WHEN r.service = 'DUPRO' AND o.percent_made IS NOT NULL THEN 1 ELSE 0 END AS window_told,
           CASE WHEN r.service = 'DUPRO' AND o.percent_made
                     BETWEEN coalesce(w.from_percent, 10) - 0.5 AND coalesce(w.to_percent, 50) + 0.5
                THEN 1 ELSE 0 END AS window_kept,
           CASE WHEN o.finished_at IS NOT NULL AND o.report_sent_at IS NOT NULL THEN 1 ELSE 0 END AS reports_told,
           CASE WHEN {sent} - {finished} <= 86400 THEN 1 ELSE 0 END AS report_kept,
           CASE WHEN o.outcome = 'aborted' THEN 1 ELSE 0 END AS visits_in_vain,
           1 AS visits
    FROM visit v
    JOIN request r ON r.id = v.request_id
    JOIN factory f ON f.id = r.factory_id
    JOIN client c ON c.id = r.client_id
    LEFT JOIN production_window w ON w.client_id = c.id AND w.product IS NULL
    LEFT JOIN visit_result o ON o.visit_id = v.id
    WHERE v.published AND v.status <> 'cancelled' AND v.first_slot BETWEEN :first AND :last
)
"""


@pytest.fixture(scope="module")
def report(past_firm: Store) -> Report:
    return service_report(past_firm, SCOPE, CLOCK)


def rows_by(store: Store, by: str) -> dict[Any, tuple[int, ...]]:
    seconds = SECONDS["sqlite" if store.is_sqlite else "postgresql"]
    head = ALL.format(sent=seconds.format("o.report_sent_at"), finished=seconds.format("o.finished_at"))
    sums = ", ".join(f"sum({name})" for name in COUNTS)
    query = f"{head} SELECT {by}, {sums} FROM one GROUP BY {by}"  # noqa: S608 -- columns of this test
    return {row[0]: tuple(map(int, row[1:])) for row in plain(store, query)}


def plain(store: Store, query: str) -> Sequence[Any]:
    first = 2 * SCOPE.first_day.toordinal()
    with store.session() as session:
        return session.execute(text(query), {"first": first, "last": first + 14 * SCOPE.weeks - 1}).all()


def counts(row: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in COUNTS)


@pytest.mark.parametrize("by", ["client", "region", "service"])
def test_promises_by_part(past_firm: Store, report: Report, by: str) -> None:
    frame = report.table(f"service_{by}s").frame
    assert {row[by]: counts(row) for row in frame.to_dict("records")} == rows_by(past_firm, by)
    for row in frame.to_dict("records"):
        if row["promised"]:
            assert row["on_site_limit"] == row["limit_kept"] / row["promised"]
        if row["reports_told"]:
            assert row["report_in_day"] == row["report_kept"] / row["reports_told"]


def test_promises_by_week_and_in_all(past_firm: Store, report: Report) -> None:
    expected = {dt.date.fromordinal(week): sums for week, sums in rows_by(past_firm, "week").items()}
    table = report.table("promises")
    assert {row["week"]: counts(row) for row in table.frame.to_dict("records")} == expected
    whole = tuple(sum(column) for column in zip(*expected.values(), strict=True))
    assert counts(table.total) == whole
    assert whole[0] > 40
    assert min(whole) > 0


def test_attainment_says_the_same(past_firm: Store, report: Report) -> None:
    record = attainment_record(past_firm, SCOPE.first_day, SCOPE.last_day)
    total = report.table("on_site").total
    assert (total["promised"], total["target_kept"], total["limit_kept"]) == (
        record.total.visits,
        record.total.in_target,
        record.total.in_limit,
    )
    frame = report.table("service_clients").frame
    shares = {row["client"]: row["on_site_limit"] for row in frame.to_dict("records") if row["promised"]}
    assert shares == {share.key: pytest.approx(share.limit_share) for share in record.clients}


def test_headlines_are_the_totals(report: Report) -> None:
    total = report.table("promises").total
    told = {headline.key: headline for headline in report.headlines}
    for key in ("on_site_target", "on_site_limit", "in_window", "report_in_day"):
        assert told[key].value == total[key]
        assert told[key].tone == ("ok" if float(str(total[key])) >= GOAL else "warn")
    assert told["visits_moved"].value == report.table("moved").total["changes"]
    assert told["actions_overdue"].value == report.table("actions").total["actions_overdue"]
    assert report.table("on_site").chart is not None
    assert report.table("on_site").chart.goal == GOAL  # type: ignore[union-attr]


def test_moves_by_notice_week_and_cause(past_firm: Store, report: Report) -> None:
    query = """SELECT a.old_slot, a.at, a.cause, f.country FROM announced_change a JOIN request r ON r.id = a.request_id
        JOIN factory f ON f.id = r.factory_id WHERE a.old_slot BETWEEN :first AND :last"""
    by_class: dict[str, int] = dict.fromkeys(CLASSES, 0)
    by_week: dict[tuple[dt.date, str], int] = {}
    for slot, at, cause, country in plain(past_firm, query):
        day = dt.date.fromordinal(slot // 2)
        told_at = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
        begins = dt.datetime.combine(day, dt.time(STARTS[slot % 2]), dt.UTC) - dt.timedelta(hours=HOURS_EAST[country])
        hours = (begins - told_at.replace(tzinfo=told_at.tzinfo or dt.UTC)) / dt.timedelta(hours=1)
        by_class[CLASSES[min(3, max(0, int(hours // 24)))]] += 1
        named = (
            cause.replace(" ", "_") if cause in ("absence", "not ready", "overrun", "urgent", "closure") else "others"
        )
        key = day - dt.timedelta(days=day.weekday()), f"changes_{named}"
        by_week[key] = by_week.get(key, 0) + 1
    frame = report.table("moved").frame
    assert dict(zip(frame["notice"], frame["changes"], strict=True)) == by_class
    assert sum(by_class.values()) > 1
    weeks = report.table("moved_weeks").frame.set_index("week")
    found = {(week, key): number for key in weeks.columns[1:] for week, number in weeks[key].items() if number}
    assert found == by_week


def test_visits_in_vain_by_cause(past_firm: Store, report: Report) -> None:
    query = """SELECT o.abort_reason, count(*), sum(o.charged_cents) FROM visit_result o
        JOIN visit v ON v.id = o.visit_id WHERE o.outcome = 'aborted' AND v.first_slot BETWEEN :first AND :last
        GROUP BY o.abort_reason"""
    frame = report.table("in_vain").frame
    found = {row["cause"]: (row["visits_in_vain"], row["charged"]) for row in frame.to_dict("records")}
    assert found == {cause: (number, cents) for cause, number, cents in plain(past_firm, query)}
    assert found


@pytest.mark.parametrize(
    ("table", "key", "column"), [("actions", "severity", "a.severity"), ("action_clients", "client", "c.code")]
)
def test_actions(past_firm: Store, report: Report, table: str, key: str, column: str) -> None:
    today = NOW.date().isoformat()
    query = f"""SELECT {column}, count(*), count(a.verified_at),
        sum(CASE WHEN a.verified_at IS NULL AND a.due < '{today}' THEN 1 ELSE 0 END)
        FROM corrective_action a JOIN visit v ON v.id = a.visit_id JOIN request r ON r.id = v.request_id
        JOIN client c ON c.id = r.client_id WHERE v.first_slot BETWEEN :first AND :last GROUP BY {column}"""  # noqa: S608
    expected = {
        name: (number, verified, number - verified, late) for name, number, verified, late in plain(past_firm, query)
    }
    rows = report.table(table).frame.to_dict("records")
    names = ("actions", "actions_verified", "actions_open", "actions_overdue")
    assert {row[key]: tuple(row[name] for name in names) for row in rows} == expected
    assert all(row["actions_waiting"] == row["actions_open"] - row["actions_overdue"] for row in rows)
    assert sum(row["actions_verified"] for row in rows) > 0


def test_actions_are_late_by_the_date_at_the_factory(past_sqlite: Store) -> None:
    query = """SELECT max(a.due), count(*) FROM corrective_action a JOIN visit v ON v.id = a.visit_id
        WHERE a.verified_at IS NULL AND v.first_slot BETWEEN :first AND :last"""
    ((due, number),) = plain(past_sqlite, query)
    day = dt.datetime.fromisoformat(due).replace(tzinfo=dt.UTC)
    states = []
    for hour in (15, 17):  # before midnight and after it, in China and in Vietnam
        clock = FixedClock(day.replace(hour=hour))
        listed = behind(past_sqlite, "actions", SCOPE, clock).tables[0].frame["action_state"].tolist()
        assert listed == sorted(listed, key=("overdue", "open", "verified").index)
        states.append(listed.count("overdue"))
    assert states[0] < states[1] == number


def test_nothing_to_tell_of_is_no_fault(past_firm: Store) -> None:
    empty = service_report(past_firm, Scope(dt.date(2020, 1, 6), 2), CLOCK)
    assert empty.headlines[0].value is None
    assert all(len(table.frame) == 0 or table.name == "moved" for table in empty.tables)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_parts_add_up_to_the_whole(past_sqlite: Store, data: st.DataObject) -> None:
    dimensions = ("country", "region", "city", "factory", "client", "service", "skill", "product", "outcome")
    outer, inner = data.draw(st.permutations(dimensions))[:2]
    visits = read_facts(past_sqlite, SCOPE).visits
    scope = SCOPE.narrowed(**{outer: data.draw(st.sampled_from(sorted(visits[outer].unique())))})
    narrower = [scope.narrowed(**{inner: value}) for value in visits[inner].unique()]
    whole, *parts = (kept_of_all(told(read_facts(past_sqlite, one))) for one in (scope, *narrower))
    assert {name: sum(part[name] for part in parts) for name in COUNTS} == {name: whole[name] for name in COUNTS}
