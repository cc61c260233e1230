"""Filters, orders and searches over requests in columns, held against the same by the book."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.requests.filter import ALL_RISKS, TABS, RequestFilter
from desktop.services.requests.listing import RequestIndex, Sort, SortKey
from desktop.services.requests.rows import STATUSES, Made, RequestRow, fold
from tests.helpers.request_rows import CLIENTS, FACTORIES, NOW, TODAY, drawn_rows, place, row
from tests.helpers.soak import scaled

SORT_KEYS: tuple[SortKey, ...] = (
    "code", "received", "client", "factory", "area", "target", "made", "risk", "man_days", "price", "status", "window",
    "visit", "service",
)  # fmt: skip
WORDS = ("", "r00", "tallis", "TALLIS home", "dong", "Đông", "佳山", "lan nguyen", "wang colour", "olsner", "none such")


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FILTERS = st.builds(
    RequestFilter,
    text=st.sampled_from(WORDS),
    statuses=some(*STATUSES),
    services=some("DUPRO", "PSI", "PPI"),
    countries=some("CN", "VN"),
    areas=some("广东省", "Đồng Nai", "nowhere"),
    clients=some("C1", "C3", "C9"),
    risks=some(*ALL_RISKS),
    hours_from=maybe(st.sampled_from((24.0, 48.0))),
    hours_below=maybe(st.sampled_from((0.0, 24.0, 48.0))),
    reaches_from=maybe(st.just(TODAY)),
    reaches_until=maybe(st.just(TODAY + dt.timedelta(days=1))),
    pinned=maybe(st.booleans()),
)


def passes(entry: RequestRow, wanted: RequestFilter) -> bool:
    """What a filter means, by the book."""
    hours = entry.hours_left(NOW)
    people = entry.place.people if entry.place else ()
    own = fold(" ".join((entry.code, entry.order, entry.skill, *people, entry.note)))
    factory = entry.factory
    texts = [
        own,
        fold(f"{entry.client} {entry.client_name}"),
        fold(f"{factory.code} {factory.name} {factory.local_name}"),
        fold(factory.area),
        fold(factory.country),
        fold(entry.service),
    ]
    return all(
        (
            all(any(word in text for text in texts) for word in fold(wanted.text).split()),
            not wanted.statuses or entry.status in wanted.statuses,
            not wanted.services or entry.service in wanted.services,
            not wanted.countries or factory.country in wanted.countries,
            not wanted.areas or factory.area in wanted.areas,
            not wanted.clients or entry.client in wanted.clients,
            not wanted.risks or any(risk.kind in wanted.risks for risk in entry.risks(NOW)),
            wanted.hours_from is None or (hours is not None and hours >= wanted.hours_from),
            wanted.hours_below is None or (hours is not None and hours < wanted.hours_below),
            wanted.reaches_from is None or (entry.latest is not None and entry.latest >= wanted.reaches_from),
            wanted.reaches_until is None or (entry.earliest is not None and entry.earliest <= wanted.reaches_until),
            wanted.pinned is None or entry.pinned == wanted.pinned,
        )
    )


def codes(index: RequestIndex, wanted: RequestFilter, sort: Sort | None = None) -> list[str]:
    return [index.rows[n].code for n in index.find(wanted, sort or Sort("code"), NOW)]


@settings(max_examples=scaled(400))
@given(drawn_rows(), FILTERS)
def test_a_filter_lets_through_what_it_says(rows: list[RequestRow], wanted: RequestFilter) -> None:
    index = RequestIndex.of(rows, NOW)
    assert codes(index, wanted) == [entry.code for entry in rows if passes(entry, wanted)]


@settings(max_examples=scaled(400))
@given(drawn_rows(), st.sampled_from(SORT_KEYS), st.booleans())
def test_an_order_is_by_value_then_code_with_what_has_none_last(
    rows: list[RequestRow], key: SortKey, descending: bool
) -> None:
    index = RequestIndex.of(rows, NOW)
    found = [index.rows[n] for n in index.find(RequestFilter(), Sort(key, descending), NOW)]
    assert {entry.code for entry in found} == {entry.code for entry in rows}
    values = [value_of(entry, key) for entry in found]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known, "what has no value is last"
    assert known == sorted(known, reverse=descending)
    for first, second in itertools.pairwise(found):
        if value_of(first, key) == value_of(second, key):
            assert first.code < second.code or (key == "code" and descending)


def value_of(entry: RequestRow, key: SortKey) -> Any:  # noqa: ANN401 -- of the type of the column
    values: dict[SortKey, Any] = {
        "code": entry.code,
        "received": entry.received,
        "client": fold(entry.client_name),
        "factory": fold(entry.factory.name),
        "area": fold(entry.factory.area),
        "target": entry.target,
        "made": None if entry.made is None else entry.made.now,
        "risk": min((ALL_RISKS.index(risk.kind) for risk in entry.risks(NOW)), default=len(ALL_RISKS)),
        "man_days": entry.man_days,
        "price": entry.price_cents,
        "status": STATUSES.index(entry.status),
        "window": entry.latest,
        "visit": None if entry.place is None else entry.place.first_slot,
        "service": fold(entry.service),
    }
    return values[key]


@settings(max_examples=scaled(400))
@given(drawn_rows(), drawn_rows(), st.randoms(use_true_random=False))
def test_changed_rows_make_the_index_that_all_rows_would(
    rows: list[RequestRow], fresh: list[RequestRow], rng: random.Random
) -> None:
    gone = {entry.id for entry in rows if rng.random() < 0.2} - {entry.id for entry in fresh}
    before = RequestIndex.of(rows, NOW)
    after = before.with_rows(fresh, gone)
    expected = {entry.id: entry for entry in (*rows, *fresh) if entry.id not in gone}
    whole = RequestIndex.of([expected[key] for key in sorted(expected)], NOW)
    for wanted in (RequestFilter(), RequestFilter(text="tallis"), RequestFilter(statuses=("ready", "new"))):
        for sort in (Sort("client"), Sort("target", descending=True)):
            assert codes(after, wanted, sort) == codes(whole, wanted, sort)
    assert after.counts() == whole.counts()
    assert after.facets("client") == whole.facets("client")
    assert codes(before, RequestFilter()) == [entry.code for entry in rows], "the old one stays as it was"


def test_a_factory_with_a_new_name_is_found_by_it_alone() -> None:
    renamed = FACTORIES[0].__class__("F1", "Blue Heron", "", "广东省", "CN", dt.UTC, placed=True)
    index = RequestIndex.of([row(1)], NOW).with_rows([row(1, factory=renamed)])
    assert codes(index, RequestFilter(text="heron")) == ["R001"]
    assert codes(index, RequestFilter(text="jasan")) == []


def test_a_search_reads_through_case_and_marks() -> None:
    index = RequestIndex.of([row(1, factory=FACTORIES[1]), row(2)], NOW)
    assert codes(index, RequestFilter(text="dong nai")) == ["R001"]
    assert codes(index, RequestFilter(text="ĐỒNG")) == ["R001"]
    assert codes(index, RequestFilter(text="袜业")) == ["R002"]


def test_words_do_not_run_over_the_end_of_a_row() -> None:
    rows = [row(n, note="alpha") for n in range(1, 40)] + [row(50, note="beta")]
    index = RequestIndex.of(rows, NOW)
    assert codes(index, RequestFilter(text="alpha")) == [f"R{n:03}" for n in range(1, 40)]
    assert codes(index, RequestFilter(text="alphar")) == []


def test_the_summary_counts_hours_and_adds_up() -> None:
    hours = (-5, 10, 23.5, 24, 47, 48, 100)
    rows = [row(n, target=NOW + dt.timedelta(hours=left)) for n, left in enumerate(hours, 1)]
    rows.append(row(99, record_status="done", target=None))
    index = RequestIndex.of(rows, NOW)
    summary = index.summary(index.find(RequestFilter(), Sort(), NOW), NOW)
    assert (summary.under_24, summary.under_48, summary.in_time) == (3, 2, 2)
    assert (summary.count, summary.man_days, summary.price_cents) == (8, 8.0, 8 * 28000)


def test_an_empty_list_answers_everything() -> None:
    index = RequestIndex()
    for key in SORT_KEYS:
        assert codes(index, RequestFilter(text="x", clients=("C1",)), Sort(key)) == []
    assert index.facets("client") == ()
    assert index.row_of("R001") is None
    assert sum(index.counts().values()) == 0


def test_facets_count_what_there_is() -> None:
    index = RequestIndex.of([row(1), row(2, client_of=CLIENTS[1]), row(3)], NOW)
    assert [(facet.value, facet.label, facet.count) for facet in index.facets("client")] == [
        ("C2", "Petit Fjord", 1),
        ("C1", "Tallis Home", 2),
    ]


def test_every_status_stands_on_one_tab_beside_all() -> None:
    on_tabs = [status for tab, statuses in TABS.items() if tab != "all" for status in statuses]
    assert sorted(on_tabs) == sorted(STATUSES)
    assert set(TABS["all"]) == set(STATUSES)


@pytest.mark.parametrize(
    ("entry", "kinds"),
    [
        (row(1), []),
        (row(1, latest=TODAY - dt.timedelta(days=1)), ["past_window"]),
        (row(1, latest=TODAY + dt.timedelta(days=2)), ["window_ends"]),
        (row(1, latest=TODAY + dt.timedelta(days=2), place=place()), []),
        (row(1, earliest=None, latest=None), ["no_window"]),
        (row(1, factory=FACTORIES[2]), ["not_placed"]),
        (row(1, target=NOW - dt.timedelta(hours=1)), ["overdue"]),
        (row(1, place=place(TODAY + dt.timedelta(days=4))), ["late"]),
        (row(1, place=place(), made=Made(40.0, 62.0, 10.0, 50.0, outside=True)), ["outside"]),
        (row(1, record_status="done", latest=TODAY - dt.timedelta(days=9), target=None), []),
    ],
)
def test_risks_are_facts(entry: RequestRow, kinds: list[str]) -> None:
    assert [risk.kind for risk in entry.risks(NOW)] == kinds


def test_a_status_follows_from_the_draft_in_hand() -> None:
    assert row(1).status == "ready"
    assert row(1, place=place()).status == "planned"
    index = RequestIndex.of([row(1), row(2, place=place())], NOW)
    assert index.counts()["planned"] == 1
