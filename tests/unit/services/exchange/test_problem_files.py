"""A problem file into the records: the same problem again, as one step, or every fault of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.errors import BadInputError
from desktop.services.exchange.problem_files import import_problem_file
from desktop.services.planning import build_problem, settings_for
from desktop.store.engine import Store
from scheduler.wire import digest, read_problem
from tests.helpers.company import desk_of
from tests.helpers.drawn import draw_problem
from tests.helpers.snapshots import snapshot


def test_the_same_problem_is_built_with_the_settings_of_the_house(sqlite_store: Store, tmp_path: Path) -> None:
    drawn = draw_problem(3)
    (tmp_path / "problem.json").write_text(json.dumps(drawn), encoding="utf-8")
    empty = snapshot(sqlite_store)
    desk = desk_of(sqlite_store)
    assert import_problem_file(desk, tmp_path / "problem.json").label == "Import problem.json"
    given = read_problem(drawn)
    settings = settings_for(sqlite_store, given.horizon.start, days=given.horizon.days, every_open_request=True)
    with sqlite_store.session() as session:
        assert build_problem(session, settings, everything=True).digest == digest(given)
    desk.undo()
    assert snapshot(sqlite_store) == empty


def test_every_fault_is_named_and_nothing_stored(sqlite_store: Store, tmp_path: Path) -> None:
    drawn = draw_problem(3)
    drawn["inspectors"][0]["night_cost"] = "dear"
    drawn["requests"][0]["level"] = None
    (tmp_path / "problem.json").write_text(json.dumps(drawn), encoding="utf-8")
    empty = snapshot(sqlite_store)
    with pytest.raises(BadInputError) as refused:
        import_problem_file(desk_of(sqlite_store), tmp_path / "problem.json")
    assert [name in fault for name, fault in zip(("I00", "R00"), refused.value.faults, strict=True)] == [True, True]
    assert snapshot(sqlite_store) == empty
