"""Requests that are over are kept as plain values and come back as they were."""

from __future__ import annotations

import datetime as dt
import gc
from dataclasses import replace

from hypothesis import given, settings

from desktop.services.requests.packing import Rows, packed, unpacked
from desktop.services.requests.rows import RequestRow
from tests.helpers.request_rows import FACTORIES, drawn_rows, place, row
from tests.helpers.soak import scaled

KNOWN = {factory.code: factory for factory in FACTORIES}


def as_closed(entry: RequestRow) -> RequestRow:
    """The same without what only open requests have."""
    return replace(entry, record_status="done", target=None, made=None, reasons=(), window_missing="")


@settings(max_examples=scaled(200))
@given(drawn_rows())
def test_nothing_is_lost_by_packing(rows: list[RequestRow]) -> None:
    for entry in map(as_closed, rows):
        assert unpacked(packed(entry), KNOWN) == entry


def test_a_crew_comes_back_person_by_person() -> None:
    crew = place(dt.date(2026, 11, 3), "Lan Nguyen", "陈凯", published=True)
    entry = as_closed(row(1, place=crew))
    found = unpacked(packed(entry), KNOWN).place
    assert found is not None
    assert found.people == ("Lan Nguyen", "陈凯")
    assert unpacked(packed(as_closed(row(2))), KNOWN).place is None


def test_the_collector_does_not_look_at_what_is_packed() -> None:
    kept = packed(as_closed(row(1, place=place())))
    gc.collect()
    assert not gc.is_tracked(kept)


def test_rows_by_position_open_and_closed() -> None:
    rows = Rows([], {})
    rows.put(0, row(1))
    rows.put(1, as_closed(row(2)))
    assert [entry.code for entry in rows] == ["R001", "R002"]
    assert [entry.code for entry in rows[0:2]] == ["R001", "R002"]
    assert [entry.code for entry in rows.open_ones()] == ["R001"]
    copy = rows.taken()
    copy.put(1, as_closed(replace(row(2), note="changed")))
    assert (copy[1].note, rows[1].note) == ("changed", "")
    assert [entry.code for entry in rows.taken([1])] == ["R002"]
