"""Results by supplier and product are what plain SQL says, on both engines, and few visits do not rank first."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from desktop.services.reports.report import Report
from desktop.services.reports.scope import Scope
from desktop.services.reports.service import suppliers_report
from desktop.services.reports.service.suppliers_report import wilson
from desktop.store.engine import Store
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, WEEKS
from tests.unit.services.reports.plain_sql import ask

SCOPE = Scope(FIRST_MONDAY, WEEKS)
SUMS = (
    "visits_done", "visits_passed", "visits_failed", "visits_pending", "visits_in_vain", "drawn", "critical_found",
    "major_found", "minor_found", "actions_open",
)  # fmt: skip
QUERY = """
    SELECT {by}, count(*), sum(CASE WHEN one.outcome = 'pass' THEN 1 ELSE 0 END),
           sum(CASE WHEN one.outcome = 'fail' THEN 1 ELSE 0 END),
           sum(CASE WHEN one.outcome = 'pending' THEN 1 ELSE 0 END),
           sum(CASE WHEN one.outcome = 'aborted' THEN 1 ELSE 0 END), sum(coalesce(o.sample_size, 0)),
           sum(CASE WHEN o.sample_size > 0 THEN o.critical_found ELSE 0 END),
           sum(CASE WHEN o.sample_size > 0 THEN o.major_found ELSE 0 END),
           sum(CASE WHEN o.sample_size > 0 THEN o.minor_found ELSE 0 END),
           sum((SELECT count(*) FROM corrective_action a WHERE a.visit_id = one.visit AND a.verified_at IS NULL))
    FROM one JOIN visit_result o ON o.visit_id = one.visit JOIN visit v ON v.id = one.visit
    JOIN request r ON r.id = v.request_id LEFT JOIN "order" g ON g.id = r.order_id
    GROUP BY {by}"""


@pytest.fixture(scope="module")
def report(past_firm: Store) -> Report:
    return suppliers_report(past_firm, SCOPE, CLOCK)


@pytest.mark.parametrize(
    ("table", "key", "by"),
    [
        ("suppliers", "factory", "one.factory"),
        ("products", "product", "g.product_group"),
        ("supplier_services", "service", "one.service"),
    ],
)
def test_counts(past_firm: Store, report: Report, table: str, key: str, by: str) -> None:
    rows: dict[Any, Any] = {
        row[0]: tuple(map(int, row[1:])) for row in ask(past_firm, QUERY.format(by=by), SCOPE.first_day, WEEKS)
    }
    frame = report.table(table).frame
    assert {row[key]: tuple(int(row[name]) for name in SUMS) for row in frame.to_dict("records")} == rows
    assert tuple(report.table(table).total[name] for name in SUMS) == tuple(map(sum, zip(*rows.values(), strict=True)))


def test_rates_follow_from_the_counts(report: Report) -> None:
    for row in report.table("products").frame.to_dict("records"):
        judged = row["visits_passed"] + row["visits_failed"]
        assert row["failed_share"] == pytest.approx(row["visits_failed"] / judged if judged else math.nan, nan_ok=True)
        assert row["major_rate"] == pytest.approx(
            row["major_found"] / row["drawn"] if row["drawn"] else math.nan, nan_ok=True
        )


def test_the_interval_is_wilsons() -> None:
    """Against figures worked out by hand from the formula."""
    low, high = wilson(pd.Series([10, 2, 0, 0]), pd.Series([100, 2, 5, 0]))
    assert low[:3] == pytest.approx([0.05523, 0.34238, 0.0], abs=1e-5)
    assert high[:3] == pytest.approx([0.17437, 1.0, 0.43449], abs=1e-5)
    assert math.isnan(low[3])
    assert math.isnan(high[3])


def test_two_bad_visits_rank_behind_many(report: Report) -> None:
    low, _ = wilson(pd.Series([2, 12]), pd.Series([2, 20]))
    assert low[0] < low[1]
    frame = report.table("suppliers").frame
    lows = frame["failed_low"].dropna().tolist()
    assert lows == sorted(lows, reverse=True)
    assert len(lows) > 3
