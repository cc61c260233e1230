"""The forecast reads what is on record, the same of every engine, and follows every change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pandas as pd
import pytest
from sqlalchemy import select, text

from desktop.models import Factory
from desktop.services import commands
from desktop.services.reports.facts import read_facts
from desktop.services.reports.forecast import build_forecast, demand_forecast, ledger
from desktop.services.reports.forecast.held_back import Errors
from desktop.services.reports.forecast.ledger_reading import read_whole
from desktop.services.reports.forecast.telling import notes_of_errors
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import LANGUAGES, say
from desktop.store.engine import Store
from tests.helpers.company import desk_of, found_company
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, NOW

AHEAD = 10
BOOKED = """
WITH asked AS (
    SELECT f.area AS region, r.skill, v.first_slot / 2 AS visited, {crew} * {half_days} / 2.0 AS man_days,
           {requested} AS requested, {due} AS due, {earliest} AS earliest
    FROM request r
    JOIN factory f ON f.id = r.factory_id
    LEFT JOIN visit v ON v.request_id = r.id AND v.published AND v.status <> 'cancelled'
    WHERE r.status <> 'cancelled'
), wanted AS (
    SELECT region, skill, man_days, coalesce(visited, {most}(
        requested, coalesce(due, {most}(requested + 2, coalesce(earliest, 0))), :current)) AS day
    FROM asked
)
SELECT region, skill, sum(man_days) AS man_days FROM wanted WHERE day BETWEEN :first AND :first + 6 GROUP BY 1, 2
"""
DAY = {
    "sqlite": "CAST(julianday(substr(r.{0}, 1, 10)) - 1721424.5 AS INTEGER)",
    "postgresql": "((r.{0} AT TIME ZONE 'UTC')::date - DATE '0001-01-01') + 1",
}
MODE = {
    "sqlite": "json_extract(r.modes, '$[' || coalesce(v.mode, 0) || '][{0}]')",
    "postgresql": "((r.modes -> coalesce(v.mode, 0)) ->> {0})::int",
}


def plain_sql(store: Store) -> str:
    engine = "sqlite" if store.is_sqlite else "postgresql"
    due, earliest = (DAY[engine].format(name) for name in ("due", "earliest"))
    if engine == "postgresql":
        due, earliest = (f"(r.{name} - DATE '0001-01-01') + 1" for name in ("due", "earliest"))
    return BOOKED.format(
        crew=MODE[engine].format(0),
        half_days=MODE[engine].format(1),
        requested=DAY[engine].format("requested_at"),
        due=due,
        earliest=earliest,
        most="max" if engine == "sqlite" else "greatest",
    )


def forecast_of(store: Store) -> pd.DataFrame:
    return demand_forecast(store, FIRST_MONDAY, AHEAD, CLOCK)


def test_what_is_booked_equals_plain_sql(past_firm: Store) -> None:
    told = forecast_of(past_firm).set_index(["week", "region", "skill"])["booked"]
    assert (told > 0).sum() > 10
    current = dt.date(2026, 11, 23)
    with past_firm.session() as session:
        for week in range(AHEAD):
            monday = FIRST_MONDAY + dt.timedelta(days=7 * week)
            values = {"first": monday.toordinal(), "current": current.toordinal()}
            rows = session.execute(text(plain_sql(past_firm)), values).all()
            asked = {(one.region, one.skill): float(one.man_days) for one in rows}
            known = {(region, skill): size for (at, region, skill), size in told.items() if at == monday and size}
            assert known == pytest.approx(asked)


def test_weeks_that_are_over_have_the_man_days_of_the_facts(past_firm: Store) -> None:
    facts = read_facts(past_firm, Scope(FIRST_MONDAY, 5)).visits.groupby("week")["man_days"].sum()
    told = demand_forecast(past_firm, FIRST_MONDAY, 5, CLOCK, by=()).set_index("week")["forecast"]
    assert [told[dt.date.fromordinal(week)] for week in facts.index] == pytest.approx(facts.tolist())


def test_both_engines_tell_the_same(past_sqlite: Store, past_postgresql: Store) -> None:
    pd.testing.assert_frame_equal(forecast_of(past_sqlite), forecast_of(past_postgresql))


def test_the_report_has_words_for_all_it_says(past_sqlite: Store) -> None:
    only = (("client", frozenset({"C001"})),)
    report = build_forecast(past_sqlite, Scope(FIRST_MONDAY, 30, only), CLOCK)
    notes = [note for table in report.tables for note in (*table.notes, table.source)]
    notes = [*report.notes, *notes, *(head.aside for head in report.headlines if head.aside)]
    assert {"past_is_invented", "no_forecast", "not_narrowed", "beyond_reach"} <= {note.key for note in report.notes}
    for language in LANGUAGES:
        assert say("report.forecast", language)
        for note in notes:
            if not note.key.startswith("source."):
                assert say(f"note.{note.key}", language, **note.values)
        for key in {column.key for table in report.tables for column in table.columns}:
            assert say(f"figure.{key}", language)
            assert say(f"figure.{key}.means", language)
        for table in report.tables:
            assert say(f"table.{table.name}", language)


@pytest.mark.parametrize(
    ("ours", "key"),
    [((0.1, 0.2), "better_than_naive"), ((0.4, 0.2), "mixed_with_naive"), ((0.5, 0.3), "worse_than_naive")],
)
def test_it_says_plainly_where_it_is_no_better(ours: tuple[float, float], key: str) -> None:
    errors = [Errors(26, one, 0.0, 0.3, 0.0, one, 0.3, 0.8) for one in ours]
    first, *_ = notes_of_errors(errors)
    assert first.key == key
    assert (first.tone == "plain") == (key == "better_than_naive")
    assert "30.0 %" in say(f"note.{key}", **first.values)


def test_without_weeks_held_back_that_is_said() -> None:
    assert [note.key for note in notes_of_errors([])] == ["nothing_held_back"]


def rows_of(found: ledger.Ledger) -> Mapping[int, tuple[object, ...]]:
    """What is known of each request, whatever place cells and orders have."""
    orders = [*found.order_key.tolist(), None]
    columns = (found.man_days, found.requested, found.wanted, found.visited, found.announced)
    return {
        int(key): (
            found.cells[found.cell[at]],
            *(column[at].item() for column in columns),
            orders[found.order[at]],
            None if found.order[at] < 0 else found.ready[found.order[at]].item(),
        )
        for at, key in enumerate(found.key)
    }


def test_a_ledger_that_is_held_is_the_one_on_record(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    today = NOW.date()
    before = None
    steps: tuple[Callable[[], object], ...] = (
        lambda: desk.handle(commands.PublishPlan("P1")),
        lambda: desk.handle(commands.EditRecord("request", "R1", {"due": dt.date(2026, 12, 9)})),
        lambda: desk.handle(commands.EditRecord("order", "O1", {"ready_date": dt.date(2026, 12, 20)})),
        desk.undo,
        lambda: desk.handle(commands.EditRecord("request", "R2", {"skill": "toys"})),
        lambda: desk.handle(commands.CancelRequest("R3")),
        lambda: desk.handle(commands.EditRecord("factory", "F4", {"area": "Tỉnh Long An"})),
    )
    for step in steps:
        step()
        with any_store.session() as session:
            held = ledger.read_ledger(session, today)
            assert held is not before
            assert rows_of(held) == rows_of(read_whole(session, dt.date(2022, 1, 1)))
            before = held
    desk.handle(commands.EditRecord("client", "C1", {"name": "Another"}))
    with any_store.session() as session:
        assert ledger.read_ledger(session, today) is before
    with any_store.session(write=True) as session:
        factory = session.scalars(select(Factory).where(Factory.code == "F4")).one()
        factory.area = "Elsewhere"
        session.flush()
        assert any(cell.region == "Elsewhere" for cell in ledger.read_ledger(session, today).cells)
