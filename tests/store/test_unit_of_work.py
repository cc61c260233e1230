"""A unit of work saves everything or nothing, and two writers cannot both win."""

from __future__ import annotations

import pytest

from desktop.errors import ConflictError
from desktop.models import Client
from desktop.store.engine import Store
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
