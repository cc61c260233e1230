"""Stored plans as a list shows them, one by itself, and what publishing one would announce."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.errors import NotFoundError
from desktop.services.commands import ChangeSetting, MoveVisit, PublishPlan
from desktop.services.planning.stored_plans import Publication, Scope, plan_detail, plan_rows, publication, scope
from desktop.store.engine import Store
from scheduler.plan import Assignment
from tests.helpers.planning_firm import NEAR, Firm, adopted, day, desk_of

R1, R2, R3 = (Assignment(f"R{n}", 0, 2 * n - 2, (f"I{n}",)) for n in (1, 2, 3))


@pytest.fixture
def store(any_store: Store) -> Store:
    """Three people and three requests, the first of them due on Monday."""
    with any_store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code)
        near = firm.factory("F1", at=NEAR)
        for code in ("R1", "R2", "R3"):
            firm.request(code, near, due=day(0))
        session.commit()
    return any_store


def test_plans_are_listed_with_who_made_them(store: Store) -> None:
    one = adopted(store, R1)
    other = adopted(store, R1, R2)
    desk_of(store, "hoa").handle(MoveVisit(other, "R1", ("I3",)))
    assert [(row.code, row.made_by, row.header.assigned) for row in plan_rows(store)] == [
        (other, "lan", 2),
        (one, "lan", 1),
    ]


def test_a_plan_by_itself(store: Store) -> None:
    code = adopted(store, R1, R2)
    desk_of(store).handle(MoveVisit(code, "R1", ("I2",)))
    detail = plan_detail(store, code)
    assert (detail.late, detail.people, detail.pinned) == (1, 1, 1)
    assert [entry.request for entry in detail.unassigned] == ["R3"]
    with pytest.raises(NotFoundError):
        plan_detail(store, "none")


def test_what_publishing_would_announce(store: Store) -> None:
    first = adopted(store, R1, R2)
    assert publication(store, first) == Publication(first, first=2, otherwise=0, same=0, withdrawn=0)
    desk_of(store).handle(PublishPlan(first))
    second = adopted(store, replace(R1, inspectors=("I3",)), R3)
    found = publication(store, second)
    assert found == Publication(second, first=1, otherwise=1, same=0, withdrawn=1)
    assert (found.visits, found.news) == (2, 3)
    third = adopted(store, R1, R2, R3)
    assert publication(store, third) == Publication(third, first=1, otherwise=0, same=2, withdrawn=0)


def test_the_scope_is_where_factories_are(store: Store) -> None:
    with store.session(write=True) as session:
        Firm(session).factory("F9", country="VN", area="Bắc Ninh")
        session.commit()
    assert scope(store) == Scope(("CN", "VN"), ("Bắc Ninh", "广东省"), 7, 0)
    desk_of(store).handle(ChangeSetting("freeze_days", 2))
    assert scope(store).freeze_days == 2
