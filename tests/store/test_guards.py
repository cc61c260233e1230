"""The database itself refuses to book an inspector twice, and to alter history."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Executable, delete, insert, update
from sqlalchemy.orm import Session

from desktop.errors import ConflictError, DomainError, RefusedError
from desktop.models import Assignment, Change, ChangedRow, Visit
from desktop.store.engine import Store
from desktop.store.unit_of_work import UnitOfWork
from tests.store.bookings import NOW, TUESDAY, assignment, booked, found, visit


@pytest.fixture
def store(any_store: Store) -> Store:
    found(any_store)
    return any_store


def save(store: Store, *visits: Visit) -> None:
    with UnitOfWork(store) as work:
        work.session.add_all(visits)
        work.commit()


def alter(store: Store, change: Callable[[Session], object]) -> None:
    with UnitOfWork(store) as work:
        change(work.session)
        work.commit()


def all_booked(store: Store) -> list[tuple[int, int, int, int, bool]]:
    with store.session() as session:
        return booked(session)


def test_within_a_plan_with_the_name_the_time_and_the_request(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 1))
    with pytest.raises(RefusedError) as caught:
        save(store, visit(1, 2, (1,), 1, 2))
    assert caught.value.text == "Inspector 1 (I1) is already booked on Tue 1 Dec 2026 for R1 in plan P1."
    assert all_booked(store) == [(1, 1, 0, 1, False)]


def test_across_everything_published(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 3, published=True))
    with pytest.raises(RefusedError, match="from Tue 1 Dec 2026 to Wed 2 Dec 2026 for R1 in plan P1"):
        save(store, visit(2, 2, (1,), 3, 5, published=True))
    assert len(all_booked(store)) == 1


def test_within_one_step(store: Store) -> None:
    with pytest.raises(RefusedError, match=r"Inspector 2 \(I2\) is already booked on Tue 1 Dec 2026, afternoon by"):
        save(store, visit(1, 1, (1, 2), 0, 1), visit(1, 2, (2,), 1, 1))
    assert all_booked(store) == []


def test_by_a_statement_that_no_session_sees(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 1), visit(1, 2, (2,), 0, 1))
    values = {"plan_id": 1, "visit_id": 2, "inspector_id": 1, "first_slot": TUESDAY, "last_slot": TUESDAY + 1}
    statements: tuple[Executable, ...] = (
        insert(Assignment).values(published=False, **values),
        update(Assignment).where(Assignment.inspector_id == 2).values(inspector_id=1),
    )
    for statement in statements:
        with pytest.raises(RefusedError, match="An inspector is already booked"), UnitOfWork(store) as work:
            work.session.execute(statement)
    assert all_booked(store) == [(1, 1, 0, 1, False), (1, 2, 0, 1, False)]


def test_what_touches_or_lies_in_another_plan_is_not_refused(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 1), visit(1, 2, (1,), 2, 2), visit(1, 3, (1,), 3, 3), visit(1, 4, (2,), 0, 9))
    save(store, visit(2, 1, (1,), 0, 9, published=True))
    assert len(all_booked(store)) == 5


def test_publishing_what_overlaps_the_published(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 1, published=True), visit(2, 2, (1,), 0, 1))

    def publish(session: Session) -> None:
        second = session.get_one(Visit, 2)
        second.published = second.assignments[0].published = True

    with pytest.raises(RefusedError, match="already booked"):
        alter(store, publish)
    assert [row[-1] for row in all_booked(store)] == [True, False]


def test_two_swap_by_delete_and_insert(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 1), visit(1, 2, (2,), 0, 1))

    def swap(session: Session) -> None:
        one, other = session.get_one(Visit, 1), session.get_one(Visit, 2)
        one.assignments, other.assignments = [], []
        session.flush()
        one.assignments, other.assignments = [assignment(2, 1, 0, 1)], [assignment(1, 1, 0, 1)]

    alter(store, swap)
    with store.session() as session:
        assert [a.inspector_id for a in session.get_one(Visit, 1).assignments] == [2]
        assert [a.inspector_id for a in session.get_one(Visit, 2).assignments] == [1]


def test_an_assignment_cannot_differ_from_its_visit(store: Store) -> None:
    save(store, visit(1, 1, (1,), 0, 1))
    with pytest.raises(RefusedError, match="A record that others refer to is missing"):
        alter(store, lambda session: session.execute(update(Visit).values(last_slot=TUESDAY + 2)))


def test_of_32_at_the_same_moment_exactly_one_is_booked(store: Store) -> None:
    with store.session(write=True) as session:
        session.add_all(visit(1, number, (), 0, 1) for number in range(1, 9))
        session.commit()
    start = threading.Barrier(32)
    said: list[str] = []

    def book(number: int) -> None:
        start.wait()
        try:
            with UnitOfWork(store) as work:
                chosen = work.session.get_one(Visit, number % 8 + 1)
                chosen.assignments.append(assignment(1, 1, 0, 1))
                work.commit()
            said.append("booked")
        except (RefusedError, ConflictError) as error:
            said.append(error.code)

    threads = [threading.Thread(target=book, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 32
    assert said.count("booked") == 1
    assert all_booked(store) == [(1, 1, 0, 1, False)]


@pytest.mark.parametrize("record", [Change, ChangedRow])
@pytest.mark.parametrize("verb", [update, delete])
def test_history_is_append_only(store: Store, record: type[Change | ChangedRow], verb: Callable[..., Any]) -> None:
    with UnitOfWork(store) as work:
        work.session.add(
            Change(id=1, at=NOW, actor="Lan", command="AddClient", label="x", kind="step", app_version="1")
        )
        work.session.flush()
        work.session.add(ChangedRow(change_id=1, table_name="client", row_id=1, operation="insert", after={"id": 1}))
        work.commit()
    statement = verb(record)
    if verb is update:
        statement = statement.values(id=record.id)
    with pytest.raises(RefusedError, match="The history cannot be changed"):
        alter(store, lambda session: session.execute(statement))
    with store.session() as session:
        assert session.query(record).count() == 1


def test_history_cannot_be_truncated_on_a_server(pg_store: Store) -> None:
    with pytest.raises(DomainError, match="The history cannot be changed"), UnitOfWork(pg_store) as work:
        work.session.connection().exec_driver_sql('TRUNCATE "change" CASCADE')
