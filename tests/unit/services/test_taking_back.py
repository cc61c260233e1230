"""What is noted of announcements that are replaced or taken back: kind, half-days, price, cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.models import AnnouncedChange, Request
from desktop.services.bus import Desk
from desktop.services.commands import (
    CancelRequest,
    CloseFactory,
    PublishPlan,
    PublishVisits,
    RecordAbsence,
    ReportNotReady,
    ReportOverrun,
)
from desktop.services.planning import plan_view
from desktop.store.engine import Store
from scheduler.plan import Assignment as Given
from tests.helpers.planning_firm import NEAR, NOW, Firm, adopted, day, desk_of, slot
from tests.helpers.stores import SqliteTemplate

MON_I1, TUE_I2 = Given("R1", 0, 0, ("I1",)), Given("R2", 0, 2, ("I2",))
LATER = NOW + dt.timedelta(hours=5)


class Noted(NamedTuple):
    """A row as it is told here."""

    request: str
    kind: str
    cause: str
    old: int
    new: int | None
    cents: int


@pytest.fixture(scope="module")
def firm(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A file with the firm in it, to copy."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("firm")) as store:
        founded(store)
        assert store.path is not None
        return SqliteTemplate(store.path)


@pytest.fixture
def store(firm: SqliteTemplate, tmp_path: Path) -> Iterator[Store]:
    with firm.new_store(tmp_path) as store:
        yield store


def founded(store: Store) -> Store:
    """One factory, three people, three requests of which two are announced."""
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code)
        near = firm.factory("F1", at=NEAR)
        for code in ("R1", "R2", "R3"):
            firm.request(code, near, requested_at=NOW if code != "R3" else LATER)
        firm.factory("F2", at=NEAR)
        session.commit()
    desk_of(store).handle(PublishPlan(adopted(store, MON_I1, TUE_I2)))
    return store


def noted(store: Store) -> list[Noted]:
    """What is noted, half-days counted from the Monday."""
    with store.session() as session:
        rows = session.execute(
            select(AnnouncedChange, Request.code)
            .join(Request, Request.id == AnnouncedChange.request_id)
            .order_by(AnnouncedChange.id)
        ).all()
        return [
            Noted(
                code,
                row.kind,
                row.cause,
                row.old_slot - slot(0),
                None if row.new_slot is None else row.new_slot - slot(0),
                row.cents,
            )
            for row, code in rows
        ]


def test_each_kind_is_noted_with_what_the_plan_was_charged(store: Store) -> None:
    second = adopted(store, Given("R1", 0, 4, ("I3",)), Given("R2", 0, 6, ("I2",)))
    charged = plan_view(store, second).header.cost_parts["change"]
    desk_of(store).handle(PublishPlan(second))
    assert noted(store) == [Noted("R1", "both", "plan", 0, 4, 3500), Noted("R2", "day", "plan", 2, 6, 2500)]
    assert charged == 6000
    third = adopted(store, Given("R1", 0, 4, ("I2",)))
    desk_of(store).handle(PublishPlan(third))
    assert sorted(noted(store)[2:]) == [
        Noted("R1", "people", "plan", 4, 4, 1000),
        Noted("R2", "dropped", "plan", 6, None, 6000),
    ]


def test_what_is_announced_first_or_again_as_it_was_is_not_noted(store: Store) -> None:
    assert noted(store) == []
    desk_of(store).handle(PublishPlan(adopted(store, MON_I1, TUE_I2, Given("R3", 0, 0, ("I3",)))))
    assert noted(store) == []


def test_a_part_that_is_published_notes_that_part(store: Store) -> None:
    second = adopted(store, Given("R1", 0, 0, ("I3",)), Given("R2", 0, 4, ("I2",)))
    desk_of(store).handle(PublishVisits(second, ("R1",)))
    assert noted(store) == [Noted("R1", "people", "plan", 0, 0, 1000)]


def test_an_absence_an_overrun_and_a_closure_are_named_as_causes(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(RecordAbsence("I1", slot(0), slot(1)))
    desk.handle(PublishPlan(adopted(store, Given("R1", 0, 0, ("I3",)), TUE_I2)))
    desk.handle(ReportOverrun("R1", 2))
    moved = adopted(store, Given("R1", 0, 0, ("I3",)), Given("R2", 0, 4, ("I2",)))
    desk.handle(PublishPlan(moved))
    assert [(one.request, one.cause) for one in noted(store)] == [("R1", "absence"), ("R2", "plan")]
    desk.handle(CloseFactory("F1", day(2), day(2), "Power cut"))
    desk.handle(PublishPlan(adopted(store, Given("R1", 0, 0, ("I3",)), Given("R2", 0, 6, ("I2",)))))
    assert noted(store)[-1] == Noted("R2", "day", "closure", 4, 6, 2500)


def test_somebody_still_at_the_visit_before_is_an_overrun(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(PublishPlan(adopted(store, MON_I1, Given("R2", 0, 2, ("I1",)))))
    before = len(noted(store))
    desk.handle(ReportOverrun("R1", 2))
    desk.handle(PublishPlan(adopted(store, MON_I1, Given("R2", 0, 2, ("I3",)))))
    assert noted(store)[before:] == [Noted("R2", "people", "overrun", 2, 2, 1000)]


def test_goods_that_are_not_ready_and_a_booking_that_came_later_are_causes(store: Store) -> None:
    desk = desk_of(store)
    desk.handle(ReportNotReady("R2", day(3)))
    desk.handle(
        PublishPlan(adopted(store, Given("R3", 0, 0, ("I1",)), Given("R1", 0, 0, ("I3",)), Given("R2", 0, 6, ("I2",))))
    )
    assert sorted(noted(store)) == [
        Noted("R1", "people", "urgent", 0, 0, 1000),
        Noted("R2", "day", "not ready", 2, 6, 2500),
    ]


def test_a_booking_taken_back_and_goods_that_nobody_dates_are_noted_without_a_price_and_undone(store: Store) -> None:
    desk = Desk(store, FixedClock(LATER), "planner")
    desk.handle(CancelRequest("R1"))
    desk.handle(ReportNotReady("R2", None))
    assert noted(store) == [
        Noted("R1", "dropped", "client", 0, None, 0),
        Noted("R2", "dropped", "not ready", 2, None, 0),
    ]
    desk.undo()
    desk.undo()
    assert noted(store) == []
