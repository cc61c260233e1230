"""The figures of cost reports as somebody would ask a database for them by hand: no word of the program's own code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from desktop.store.engine import Store

HALF_DAYS = {
    "sqlite": "json_extract(r.modes, '$[' || v.mode || '][1]')",
    "postgresql": "((r.modes -> v.mode) ->> 1)::int",
}
SECONDS = {"sqlite": "CAST(strftime('%s', {0}) AS INTEGER)", "postgresql": "extract(epoch FROM {0})"}

DONE = """
WITH one AS (
    SELECT v.id AS visit, v.plan_id, v.status, r.code AS request, r.service, f.area AS region, f.code AS factory,
           f.country, c.code AS client, o.outcome, o.nights,
           v.first_slot / 2 - (v.first_slot / 2 - 1) % 7 AS week,
           (SELECT count(*) FROM assignment a WHERE a.visit_id = v.id) * {half_days} / 2.0 AS man_days,
           o.work_cents AS work, o.premium_cents AS premium, o.travel_cents AS travel, o.night_cents AS night_cost,
           o.work_cents + o.premium_cents + o.travel_cents + o.night_cents AS cost,
           CASE WHEN o.outcome = 'aborted' THEN o.charged_cents ELSE coalesce(r.price_cents, 0) END AS revenue,
           CASE WHEN o.arrived_at <= o.target_at THEN 1.0 WHEN o.target_at IS NOT NULL THEN 0.0 END AS in_target,
           CASE WHEN o.arrived_at <= o.limit_at THEN 1.0 WHEN o.limit_at IS NOT NULL THEN 0.0 END AS in_limit,
           ({arrived} - {requested}) / 3600.0 AS requested_hours,
           ({sent} - {finished}) / 3600.0 AS report_hours
    FROM visit v
    JOIN request r ON r.id = v.request_id
    JOIN factory f ON f.id = r.factory_id
    JOIN client c ON c.id = r.client_id
    JOIN visit_result o ON o.visit_id = v.id
    WHERE v.published AND v.status = 'done' AND v.first_slot BETWEEN :first AND :last
)
"""


def ask(store: Store, query: str, first_day: dt.date, weeks: int) -> Sequence[Any]:
    """The rows of a query over `one`, a row a visit done in some weeks."""
    engine = "sqlite" if store.is_sqlite else "postgresql"
    times = {
        name: SECONDS[engine].format(column)
        for name, column in (
            ("arrived", "o.arrived_at"),
            ("requested", "r.requested_at"),
            ("sent", "o.report_sent_at"),
            ("finished", "o.finished_at"),
        )
    }
    first = 2 * first_day.toordinal()
    values = {"first": first, "last": first + 14 * weeks - 1}
    with store.session() as session:
        return session.execute(text(DONE.format(half_days=HALF_DAYS[engine], **times) + query), values).all()
