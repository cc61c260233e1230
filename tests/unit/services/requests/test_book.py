"""The list kept up to date by what changed is the list read anew, whatever was done."""

from __future__ import annotations

import random

import pytest

from desktop.clock import FixedClock
from desktop.errors import DomainError
from desktop.services.bus import Desk
from desktop.services.changes import ChangeSet, Outcome
from desktop.services.commands import CancelRequest, EditRecord, MoveVisit, SetAffinity, UnassignVisit
from desktop.services.requests.book import RequestBook
from desktop.services.requests.listing import RequestIndex
from desktop.services.requests.rows import RequestRow
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of
from tests.helpers.odd_commands import TEST_HANDLERS
from tests.helpers.random_commands import Draw
from tests.helpers.soak import scaled

CLOCK = FixedClock(NOW)


def filled(store: Store) -> RequestBook:
    book = RequestBook(CLOCK)
    book.load(store, "new", "ready")
    book.load(store, "published")
    while not book.complete:
        book.load_more(store)
    return book


def by_code(index: RequestIndex) -> dict[str, RequestRow]:
    return {row.code: row for row in index.rows}


def test_open_ones_come_first_and_closed_ones_follow(company: Store) -> None:
    desk_of(company).handle(CancelRequest("R2"))
    book = RequestBook(CLOCK)
    assert "R2" not in by_code(book.load(company, "new", "ready"))
    assert by_code(book.load_more(company))["R2"].status == "cancelled"
    assert len(book.index) == 8


def test_a_change_reads_what_it_concerns_and_no_more(company: Store) -> None:
    book = filled(company)
    before = by_code(book.index)
    outcome = desk_of(company).handle(EditRecord("request", "R7", {"note": "Ask for Ms Wang"}))
    after = by_code(book.refresh(company, outcome.changes))
    assert after["R7"].note == "Ask for Ms Wang"
    assert all(after[code] is before[code] for code in before if code != "R7")


def test_what_the_list_does_not_show_changes_nothing(company: Store) -> None:
    book = filled(company)
    before = book.index
    outcome = desk_of(company).handle(SetAffinity("R7", "I1", 500))
    assert book.refresh(company, outcome.changes) is before


@pytest.mark.parametrize(
    "command",
    [
        MoveVisit("P1", "R1", first_slot=2 * MONDAY.toordinal() + 4),
        UnassignVisit("P1", "R1"),
        CancelRequest("R1"),
        EditRecord("factory", "F1", {"name": "Blue Heron"}),
        EditRecord("client", "C1", {"name": "Heron & Sons"}),
        EditRecord("order", "O1", {"daily_rate": 50.0}),
    ],
)
def test_each_kind_of_change_shows(any_company: Store, command: object) -> None:
    book = filled(any_company)
    desk = desk_of(any_company)
    outcome = desk.handle(command)  # type: ignore[arg-type]
    book.refresh(any_company, outcome.changes)
    assert by_code(book.index) == by_code(filled(any_company).index)
    undone = desk.undo()
    book.refresh(any_company, undone.changes)
    assert by_code(book.index) == by_code(filled(any_company).index)


def test_many_changes_read_all_open_ones_again(company: Store) -> None:
    book = filled(company)
    desk_of(company).handle(CancelRequest("R3"))
    rows = {"visit": frozenset(range(2000))}
    book.refresh(company, ChangeSet(rows))
    assert by_code(book.index) == by_code(filled(company).index)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(scaled(30)))
def test_after_any_history_the_list_is_the_one_read_anew(company: Store, seed: int) -> None:
    desk = Desk(company, CLOCK, "Lan", handlers=TEST_HANDLERS)
    draw = Draw(random.Random(seed))
    book = filled(company)
    for _ in range(25):
        try:
            outcome: Outcome = desk.undo() if draw.random.random() < 0.15 else desk.handle(draw.command())  # type: ignore[arg-type]
        except DomainError:
            continue
        book.refresh(company, outcome.changes)
        assert by_code(book.index) == by_code(filled(company).index), outcome.label
