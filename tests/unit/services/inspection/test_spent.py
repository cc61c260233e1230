"""What visits cost is noted when they end, and adds up to what their people's weeks cost by the plan's own rules."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from desktop.clock import FixedClock
from desktop.models import Inspector, Request, Visit, VisitResult
from desktop.services.bus import Desk
from desktop.services.commands import AbortVisit, PublishPlan, RecordArrival, RecordFinished, TakeBackTime
from desktop.services.planning import plan_view
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.plan import Assignment as Given
from scheduler.problem import Mode
from tests.helpers.planning_firm import FAR, NEAR, Firm, adopted, day, desk_of

AFTER = dt.datetime(2026, 12, 7, 12, tzinfo=dt.UTC)
PARTS = ("work_cents", "premium_cents", "travel_cents", "night_cents")


@pytest.fixture
def published(sqlite_store: Store) -> Store:
    return publish(sqlite_store)


def publish(store: Store) -> Store:
    """Four visits of a week: two by one person, one far off with nights, one by two people on a Saturday."""
    with store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2"):
            firm.inspector(
                code,
                weekdays=(0, 1, 2, 3, 4, 5),
                day_costs_cents=(5000, 5200, 5400, 5600, 5800, 7000),
                weekend_premium_cents=3000,
            )
        near, far = firm.factory("F1", at=NEAR), firm.factory("F2", at=FAR)
        firm.request("R1", near, latest=day(5))
        firm.request("R2", near, latest=day(5))
        firm.request("R3", far, latest=day(5))
        firm.request("R4", near, modes=(Mode(2, 2),), latest=day(5), due=day(5))
        session.commit()
    plan = adopted(
        store,
        Given("R1", 0, 0, ("I1",)),
        Given("R2", 0, 2, ("I1",)),
        Given("R3", 0, 4, ("I2",)),
        Given("R4", 0, 10, ("I1", "I2")),
    )
    desk_of(store).handle(PublishPlan(plan))
    return store


def finish(store: Store, code: str, number: int) -> None:
    desk = Desk(store, FixedClock(AFTER), "Lan")
    desk.handle(RecordArrival(code, dt.datetime.combine(day(number), dt.time(9, 10))))
    desk.handle(RecordFinished(code, dt.datetime.combine(day(number), dt.time(16))))


def costs(store: Store, code: str) -> tuple[int, ...]:
    with store.session() as session:
        result = session.scalars(
            select(VisitResult)
            .join(Visit, Visit.id == VisitResult.visit_id)
            .join(Request, Request.id == Visit.request_id)
            .where(Request.code == code)
        ).one()
        return tuple(getattr(result, part) for part in (*PARTS, "nights"))


def test_the_visits_add_up_to_what_the_plan_costs(any_store: Store) -> None:
    published = publish(any_store)
    for number, code in ((0, "R1"), (1, "R2"), (2, "R3"), (5, "R4")):
        finish(published, code, number)
    with published.session() as session:
        total = session.execute(select(*(func.sum(getattr(VisitResult, part)) for part in PARTS))).one()
        plans = session.scalars(select(Visit.plan_id).distinct()).all()
        assert len(plans) == 1
    parts = plan_view(published, "2026-W49-1").header.cost_parts
    assert tuple(map(int, total)) == (parts["work"], parts["premium"], parts["travel"], parts["nights"])
    assert costs(published, "R1")[:2] == (5000, 0)
    assert costs(published, "R2")[:2] == (5200, 0)
    assert costs(published, "R4")[1] == 6000
    assert costs(published, "R3")[4] >= 1


def test_a_plan_from_wednesday_on_goes_on_counting_the_days_of_its_week(sqlite_store: Store) -> None:
    with sqlite_store.session(write=True) as session:
        firm = Firm(session)
        firm.inspector("I1")
        for code in ("R1", "R2"):
            firm.request(code, firm.factory(f"F{code}"))
        session.commit()
    desk_of(sqlite_store).handle(PublishPlan(adopted(sqlite_store, Given("R1", 0, 0, ("I1",)))))
    rest = PlanSettings(first_day=day(2), days=28)  # with the days before it longer than a plan may be
    code = adopted(sqlite_store, Given("R2", 0, 0, ("I1",)), settings=rest)
    desk_of(sqlite_store).handle(PublishPlan(code))
    finish(sqlite_store, "R1", 0)
    finish(sqlite_store, "R2", 2)
    assert costs(sqlite_store, "R1")[0] == 5000
    assert costs(sqlite_store, "R2")[0] == 5200 == plan_view(sqlite_store, code).header.cost_parts["work"]


def test_what_comes_later_changes_nothing_of_what_is_on_record(published: Store) -> None:
    finish(published, "R2", 1)
    before = costs(published, "R2")
    finish(published, "R4", 5)
    finish(published, "R1", 0)
    assert costs(published, "R2") == before
    with published.session(write=True) as session:
        session.scalars(select(Inspector).where(Inspector.code == "I1")).one().day_costs_cents = (9000,) * 6
        session.commit()
    assert costs(published, "R2") == before


def test_a_visit_in_vain_has_its_way_noted_and_taking_its_end_back_forgets_it(published: Store) -> None:
    desk = Desk(published, FixedClock(AFTER), "Lan")
    desk.handle(AbortVisit("R3", "not ready", dt.datetime.combine(day(2), dt.time(10))))
    assert costs(published, "R3")[2] > 0
    desk.handle(TakeBackTime("R3", "finished"))
    assert costs(published, "R3") == (0, 0, 0, 0, 0)
    desk.undo()
    assert costs(published, "R3")[2] > 0
