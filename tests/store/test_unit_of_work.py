"""A unit of work saves everything or nothing, and two writers cannot both win."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from desktop.errors import ConflictError, RefusedError
from desktop.models import CalendarDay, Client
from desktop.store.engine import Store
from desktop.store.faults import CollisionError
from desktop.store.unit_of_work import UnitOfWork


def names(store: Store) -> list[str]:
    with store.session() as session:
        return [client.name for client in session.query(Client).order_by(Client.id)]


def test_rolls_back_unless_committed(any_store: Store) -> None:
    with UnitOfWork(any_store) as work:
        work.session.add(Client(code="C1", name="Northlight"))
        assert len(work.changed_rows()) == 1
    assert names(any_store) == []


def test_commits(any_store: Store) -> None:
    with UnitOfWork(any_store) as work:
        work.session.add(Client(code="C1", name="Northlight"))
        work.commit()
    assert names(any_store) == ["Northlight"]


def test_rolls_back_on_an_error_and_lets_it_pass(any_store: Store) -> None:
    def fail() -> None:
        with UnitOfWork(any_store) as work:
            work.session.add(Client(code="C1", name="Northlight"))
            work.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(any_store) == []


def test_the_second_of_two_editors_is_refused(any_store: Store) -> None:
    with UnitOfWork(any_store) as work:
        work.session.add(Client(code="C1", name="Northlight"))
        work.commit()
    with any_store.session() as reader:
        seen = reader.query(Client).one()
    with UnitOfWork(any_store) as work:
        work.session.query(Client).one().name = "First"
        work.commit()
    with UnitOfWork(any_store) as work:
        work.session.add(seen)
        seen.name = "Second"
        with pytest.raises(ConflictError, match="Somebody else has changed"):
            work.commit()
    assert names(any_store) == ["First"]


def test_two_that_wait_for_each_other(pg_store: Store) -> None:
    """One of them is told that it may try again, the other one wins."""
    with UnitOfWork(pg_store) as work:
        work.session.add_all([Client(code="C1", name="0"), Client(code="C2", name="0")])
        work.commit()
    both_hold_one = threading.Barrier(2)
    said: list[str] = []

    def edit(first: str, second: str) -> None:
        try:
            with UnitOfWork(pg_store) as work:
                for code in (first, second):
                    work.session.execute(update(Client).where(Client.code == code).values(name=first))
                    if code == first:
                        both_hold_one.wait()
                work.commit()
            said.append("saved")
        except CollisionError as error:
            said.append(error.code)

    threads = [threading.Thread(target=edit, args=codes) for codes in (("C1", "C2"), ("C2", "C1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["conflict", "saved"]
    assert len(set(names(pg_store))) == 1


def test_reading_is_of_one_moment(any_store: Store) -> None:
    with any_store.session() as reader:
        assert reader.query(Client).count() == 0
        with UnitOfWork(any_store) as work:
            work.session.add(Client(code="C1", name="Later"))
            work.commit()
        assert reader.query(Client).count() == 0


def test_a_key_that_is_taken_and_a_value_that_does_not_fit(any_store: Store) -> None:
    with UnitOfWork(any_store) as work:
        work.session.add_all([Client(code="C1", name="One"), Client(code="C1", name="Two")])
        with pytest.raises(RefusedError, match="There is already a client with the same code"):
            work.commit()
        work.session.add(CalendarDay(country="VN", date=dt.date(2026, 12, 1), kind="feast"))
        with pytest.raises(RefusedError, match=r"The database refuses the change: .*ck_calendar_day_kind"):
            work.commit()
    assert names(any_store) == []


def test_a_fault_of_the_program_is_not_dressed_up(any_store: Store) -> None:
    with pytest.raises(DBAPIError), UnitOfWork(any_store) as work:
        work.session.execute(text("SELECT * FROM no_such_table"))
