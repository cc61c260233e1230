"""What is behind a figure adds up to it, however one got there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import NotFoundError
from desktop.services.reports.behind import LISTS, behind
from desktop.services.reports.catalogue import CATALOGUE
from desktop.services.reports.facts import SHARED, read_facts
from desktop.services.reports.languages import language_of
from desktop.services.reports.report import Report, Table
from desktop.services.reports.scope import DIMENSIONS, Scope
from desktop.services.reports.vocabulary import LANGUAGES, words
from desktop.store.engine import Store
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, WEEKS

SCOPE = Scope(FIRST_MONDAY, WEEKS)
MONEY = ("man_days_sold", "work", "premium", "travel", "night_cost", "cost", "revenue", "margin", "nights")


@pytest.fixture(scope="session")
def cost(past_sqlite: Store) -> Report:
    return CATALOGUE["cost"].build(past_sqlite, SCOPE, CLOCK)


def narrowed(scope: Scope, table: Table, place: int) -> Scope:
    row = table.frame.iloc[place]
    for column in table.columns:
        if column.unit == "week":
            scope = scope.in_weeks(row[column.key], 1)
        elif column.dimension:
            scope = scope.narrowed(**{column.dimension: row[column.key]})
    return scope


@given(data=st.data())
@settings(max_examples=5)
def test_cells_are_the_sums_of_what_is_behind_them(past_sqlite: Store, cost: Report, data: st.DataObject) -> None:
    report, scope = cost, SCOPE
    for _ in range(data.draw(st.integers(1, 3), "steps")):
        tables = [table for table in report.tables if table.behind == "visits_done" and len(table.frame)]
        table = data.draw(st.sampled_from(tables), "table")
        place = data.draw(st.integers(0, len(table.frame) - 1), "row")
        scope = narrowed(scope, table, place)
        listed = behind(past_sqlite, table.behind, scope, CLOCK).tables[0]
        row = table.frame.iloc[place]
        for name in MONEY:
            assert listed.frame[name].sum() == row[name] == listed.total[name]
        assert len(listed.frame) == row["visits_done"]
        report = CATALOGUE["cost"].build(past_sqlite, scope, CLOCK)
        assert report.table("cost_weeks").frame[list(MONEY)].sum().to_dict() == {name: row[name] for name in MONEY}


@given(data=st.data())
@settings(max_examples=8)
def test_every_row_is_the_whole_of_its_part_and_of_its_list(past_sqlite: Store, data: st.DataObject) -> None:
    build = CATALOGUE[data.draw(st.sampled_from(("clients", "service", "suppliers", "people")), "report")].build
    tables = [table for table in build(past_sqlite, SCOPE, CLOCK).tables if table.behind and len(table.frame)]
    table = data.draw(st.sampled_from(tables), "table")
    place = data.draw(st.integers(0, len(table.frame) - 1), "row")
    scope = narrowed(SCOPE, table, place)
    part = build(past_sqlite, scope, CLOCK).table(table.name).frame
    listed = behind(past_sqlite, table.behind, scope, CLOCK).tables[0]
    row = table.frame.iloc[place]
    added = [column.key for column in table.columns if column.is_additive]
    assert part[added].sum().to_dict() == pytest.approx(row[added].to_dict())
    assert {key: listed.total[key] for key in added if key in listed.total} == pytest.approx(
        {key: row[key] for key in added if key in listed.total}
    )
    if counted := {"visits", "visits_done", "changes", "actions"}.intersection(added):
        assert len(listed.frame) == row[min(counted, key=added.index)]


@pytest.mark.parametrize("dimension", [name for name in DIMENSIONS if name != "language"])
def test_parts_add_up_to_the_whole(past_sqlite: Store, dimension: str) -> None:
    whole = read_facts(past_sqlite, SCOPE)
    frame = whole.crew if dimension in ("person", "team", "pay") else whole.visits
    parts = [read_facts(past_sqlite, SCOPE.narrowed(**{dimension: value})) for value in frame[dimension].unique()]
    for name in SHARED:
        assert sum(part.visits[name].sum() for part in parts) == whole.visits[name].sum()
        assert sum(part.crew[name].sum() for part in parts) == whole.crew[name].sum() == whole.visits[name].sum()


def test_crews_share_every_cent(past_sqlite: Store) -> None:
    facts = read_facts(past_sqlite, SCOPE)
    shared = facts.crew.groupby("row")[list(SHARED)].sum()
    pd.testing.assert_frame_equal(
        shared.reset_index(drop=True), facts.visits[list(SHARED)], check_dtype=False, check_names=False
    )
    assert (facts.visits["crew"] > 1).any()


def test_every_visit_is_in_one_row_of_languages(past_sqlite: Store) -> None:
    whole = read_facts(past_sqlite, SCOPE).visits
    names = {language_of(json.loads(text)) for text in whole["languages"].unique()}
    parts = [read_facts(past_sqlite, SCOPE.narrowed(language=name)).visits for name in names]
    assert sorted(code for part in parts for code in part["code"]) == sorted(whole["code"])
    assert not len(read_facts(past_sqlite, SCOPE.narrowed(language="xx")).visits)


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_is_made_of_both_engines_alike(past_firm: Store, past_sqlite: Store, kind: str) -> None:
    found, expected = (behind(store, kind, SCOPE, CLOCK).tables[0] for store in (past_firm, past_sqlite))
    pd.testing.assert_frame_equal(found.frame, expected.frame)
    assert list(found.frame.columns) == [column.key for column in found.columns]
    assert all(column.dimension in (*DIMENSIONS, "") for column in found.columns)


def test_a_long_list_says_how_much_of_it_is_missing(past_sqlite: Store) -> None:
    whole = behind(past_sqlite, "visits", SCOPE, CLOCK, most=None)
    short = behind(past_sqlite, "visits", SCOPE, CLOCK, most=3)
    assert len(short.tables[0].frame) == 3
    assert short.tables[0].total == whole.tables[0].total
    assert [(note.key, note.values) for note in short.notes] == [
        ("more_rows", {"number": len(whole.tables[0].frame) - 3})
    ]


def test_an_unknown_list_is_refused(past_sqlite: Store) -> None:
    with pytest.raises(NotFoundError, match="gossip"):
        behind(past_sqlite, "gossip", SCOPE, CLOCK)


def test_every_figure_list_and_note_has_words(past_sqlite: Store) -> None:
    asked = {key for kind in LISTS for key in keys_of(behind(past_sqlite, kind, SCOPE, CLOCK, most=1))}
    assert len(asked) > 60
    for language in LANGUAGES:
        assert [key for key in sorted(asked) if not words(language).get(key)] == []


def keys_of(report: Report) -> Iterator[str]:
    yield f"report.{report.name}"
    yield from (f"note.{note.key}" for note in report.notes)
    for table in report.tables:
        yield from (f"table.{table.name}", f"table.{table.name}.about")
        for column in table.columns:
            yield from (f"figure.{column.key}", f"figure.{column.key}.means")
            if column.unit == "word":
                yield from (f"value.{value}" for value in table.frame[column.key].dropna().unique())


def test_weeks_without_a_visit_make_an_empty_report(past_sqlite: Store) -> None:
    scope = Scope(dt.date(2020, 1, 6), 2)
    for name in ("cost", "clients"):
        report = CATALOGUE[name].build(past_sqlite, scope, CLOCK)
        assert all(not len(table.frame) for table in report.tables)
        assert report.headlines[0].value == 0
        assert report.headlines[1].value is None
