"""The history in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.errors import NotFoundError
from desktop.services.commands import (
    AddClient,
    CancelRequest,
    EditRecord,
    ExcludeInspector,
    RecordAbsence,
    SetCalendarDay,
)
from desktop.services.history import MOST_ROWS, FieldChange, history
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of, found_company, request


def test_tells_who_when_and_what_newest_first(any_store: Store) -> None:
    desk_of(any_store, "Minh").handle(AddClient("C1", "One"))
    desk_of(any_store).handle(EditRecord("client", "C1", {"name": "Two"}))
    newest, oldest = history(any_store)
    assert (oldest.actor, oldest.at, oldest.label, oldest.kind) == ("Minh", NOW, "Add client C1", "step")
    assert [(row.name, row.operation) for row in oldest.rows] == [("C1", "insert")]
    assert oldest.rows[0].fields == (
        FieldChange("code", None, "C1"),
        FieldChange("name", None, "One"),
        FieldChange("clock in working hours", None, "no"),
    )
    assert newest.rows[0].fields == (FieldChange("name", "One", "Two"),)
    assert history(any_store, limit=1) == (newest,)


def test_keys_are_told_as_codes_and_values_in_words(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    slot = 2 * MONDAY.toordinal()
    desk.handle(RecordAbsence("I6", slot, slot + 1, "sick"))
    desk.handle(
        EditRecord(
            "request", "R8", {"factory": "F2", "client": "C2", "modes": [[2, 1]], "due": None, "price_cents": 100}
        )
    )
    desk.handle(SetCalendarDay("VN", MONDAY, "holiday"))
    day, edit, absence = history(any_store, limit=3)
    assert day.rows[0].name == "Mon 30 Nov 2026 in VN"
    assert edit.rows[0].fields == (
        FieldChange("client", "C3", "C2"),
        FieldChange("factory", "F4", "F2"),
        FieldChange("modes", "1 x 1 d", "2 x 0.5 d"),
        FieldChange("due", "Tue 1 Dec 2026", "none"),
        FieldChange("price", "USD 280.00", "USD 1.00"),
        FieldChange("complete at", "Mon 23 Nov 2026 at 02:00 UTC", "none"),
    )
    assert absence.rows[0].name == "absence of I6"
    assert FieldChange("first slot", None, "Mon 30 Nov 2026 morning") in absence.rows[0].fields


def test_what_belongs_to_a_record_that_is_gone_keeps_its_name(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    desk.handle(AddClient("C9", "Nine"))
    desk.undo()
    assert history(any_store, limit=1)[0].rows[0].name == "C9"
    desk.handle(CancelRequest("R1"))
    names = {row.name for row in history(any_store, limit=1)[0].rows}
    assert names == {"R1", "visit of R1", "I1 on the visit of R1", "P1"}


def test_the_history_of_one_record_and_what_belongs_to_it(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    desk.handle(EditRecord("request", "R1", {"note": "gate 3"}))
    desk.handle(EditRecord("request", "R2", {"note": "gate 4"}))
    desk.handle(ExcludeInspector("R1", "I2"))
    desk.handle(CancelRequest("R1"))
    desk.undo()
    labels = [entry.label for entry in history(any_store, record="R1")]
    assert labels == [
        "Cancel request R1",
        "Cancel request R1",
        "Exclude I2 from R1",
        "Edit R1: note gate 3",
        "Found the company",
    ]
    assert [entry.label for entry in history(any_store, record="I2")] == ["Exclude I2 from R1", "Found the company"]


def test_a_record_is_found_by_a_code_that_it_had(any_store: Store) -> None:
    desk = desk_of(any_store)
    desk.handle(AddClient("C1", "One"))
    desk.handle(EditRecord("client", "C1", {"code": "C2"}))
    desk.handle(EditRecord("client", "C2", {"name": "Two"}))
    assert len(history(any_store, record="C1")) == 3
    with pytest.raises(NotFoundError, match='No record has, or had, the code "C3"'):
        history(any_store, record="C3")


def test_a_great_change_is_told_in_part(sqlite_store: Store) -> None:
    found_company(sqlite_store)
    many = [replace(request(4), code=f"X{n}", due=MONDAY + dt.timedelta(days=3)) for n in range(MOST_ROWS + 5)]
    desk_of(sqlite_store).handle_all(many, "Many")
    entry = history(sqlite_store, limit=1)[0]
    assert (len(entry.rows), entry.row_count) == (MOST_ROWS, MOST_ROWS + 5)
