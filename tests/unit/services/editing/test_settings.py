"""House settings, calendars, and the editing of records in general."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from desktop.errors import BadInputError, NotFoundError
from desktop.models import CalendarDay, Setting
from desktop.services.commands import AddClient, ChangeSetting, EditRecord, SetCalendarDay
from desktop.services.editing.records import KINDS, fields_of
from desktop.services.editing.settings import HOUSE_SETTINGS
from desktop.services.settings import PlanSettings
from desktop.services.trade.house import TRADE_SETTINGS, TradeSettings, read_trade_settings
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of


def settings(store: Store) -> dict[str, object]:
    with store.session() as session:
        return {row.name: row.value for row in session.scalars(select(Setting))}


def test_a_setting_is_set_changed_and_taken_back(any_store: Store) -> None:
    desk = desk_of(any_store)
    assert desk.handle(ChangeSetting("late_cost_cents", "900")).label == "Set late_cost_cents to 900"
    desk.handle(ChangeSetting("late_cost_cents", 800))
    assert settings(any_store) == {"late_cost_cents": 800}
    desk.handle(ChangeSetting("late_cost_cents", None))
    assert settings(any_store) == {}
    assert desk.handle(ChangeSetting("late_cost_cents", None)).change_id is None


def test_a_group_may_be_given_in_part(any_store: Store) -> None:
    desk_of(any_store).handle(ChangeSetting("limits", {"midday": 45}))
    default = PlanSettings(first_day=MONDAY).to_json()["limits"]
    assert settings(any_store) == {"limits": default | {"midday": 45}}


def test_every_setting_takes_its_own_default(sqlite_store: Store) -> None:
    defaults = PlanSettings(first_day=MONDAY).to_json() | TradeSettings().to_json()
    desk = desk_of(sqlite_store)
    for name in HOUSE_SETTINGS:
        desk.handle(ChangeSetting(name, defaults[name]))
    kept = settings(sqlite_store)
    of_plans = {name: value for name, value in kept.items() if name not in TRADE_SETTINGS}
    assert PlanSettings(first_day=MONDAY).with_values(of_plans) == PlanSettings(first_day=MONDAY)
    with sqlite_store.session() as session:
        assert read_trade_settings(session) == TradeSettings()


def test_one_figure_of_the_trade_is_set_and_the_others_stay(any_store: Store) -> None:
    desk = desk_of(any_store)
    desk.handle(ChangeSetting("pace", {"pieces": {"garment": 90}}))
    desk.handle(ChangeSetting("pace", {"variants": 8}))
    with any_store.session() as session:
        pace = read_trade_settings(session).pace
    assert (pace.pieces["garment"], pace.pieces["toys"], pace.variants, pace.containers) == (90, 200, 8, 2)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("days", 0, "days is 0, and it should be between 1 and 28"),
        ("days", "many", "days cannot be 'many'; it should be a valid integer"),
        ("late_cost_cents", -5, "late_cost_cents is -5, and it should be 0 or more"),
        ("unserved_share", float("inf"), "should be 0 or more"),
        ("dupro_to_percent", 5, "a DUPRO from 10 to 5 % made is no window"),
        ("dupro_to_percent", 101, "no window within 0 to 100"),
        ("limits", {"midday": -1}, "limits.midday is -1"),
        ("limits", {"midday": "long"}, "limits.midday cannot be 'long'"),
        ("rotation", {"max_visits": 0}, "nobody could visit any factory"),
        ("travel", {"modes": []}, "nobody could travel"),
        ("pace", {"variants": 0}, "pace.variants is 0, and it should be 1 or more"),
        ("pace", {"pieces": {"garments": 9}}, 'pace.pieces has no part "garments"'),
        ("pace", 5, "The setting pace cannot be 5"),
        ("quote", {"usual_from_cents": 90000}, "from 90000 to 35000 cents are no range"),
        ("quote", {"full_fee_hour": 25}, "quote.full_fee_hour is 25, and it should be 24 or less"),
    ],
)
def test_a_setting_that_cannot_be(sqlite_store: Store, name: str, value: object, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(sqlite_store).handle(ChangeSetting(name, value))
    assert settings(sqlite_store) == {}


def test_a_setting_that_does_not_exist(sqlite_store: Store) -> None:
    with pytest.raises(NotFoundError, match="Maybe late_cost_cents"):
        desk_of(sqlite_store).handle(ChangeSetting("late_cost", 5))
    with pytest.raises(NotFoundError, match='There is no setting "first_day"'):
        desk_of(sqlite_store).handle(ChangeSetting("first_day", "2026-12-01"))


def test_calendar_days(any_store: Store) -> None:
    desk = desk_of(any_store)
    day = dt.date(2027, 2, 13)
    assert desk.handle(SetCalendarDay("cn", day, "make-up", "Spring Festival")).label == (
        "Make Sat 13 Feb 2027 a make-up working day in CN"
    )
    desk.handle(SetCalendarDay("CN", day, "holiday", "Spring Festival", provisional=True))
    with any_store.session() as session:
        row = session.scalars(select(CalendarDay)).one()
    assert (row.country, row.kind, row.name, row.provisional) == ("CN", "holiday", "Spring Festival", True)
    desk.handle(SetCalendarDay("CN", day, None))
    with any_store.session() as session:
        assert session.scalars(select(CalendarDay)).all() == []


def test_calendar_days_that_cannot_be(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    with pytest.raises(BadInputError, match='"China" is not a country'):
        desk.handle(SetCalendarDay("China", MONDAY, "holiday"))
    with pytest.raises(BadInputError, match='cannot be of kind "feast"'):
        desk.handle(SetCalendarDay("CN", MONDAY, "feast"))
    assert desk.handle(SetCalendarDay("CN", MONDAY, "make-up")).messages == (
        "Mon 30 Nov 2026 is a working day anyhow.",
    )


def test_only_known_kinds_of_records_are_edited(sqlite_store: Store) -> None:
    with pytest.raises(
        BadInputError, match=r'kind "visits" cannot be edited; client, factory, order, request and insp'
    ):
        desk_of(sqlite_store).handle(EditRecord("visits", "R1", {}))
    assert all("code" in fields_of(kind) for kind in KINDS)


def test_the_step_is_named_by_what_it_sets(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    desk.handle(AddClient("C1", "One"))
    outcome = desk.handle(EditRecord("client", "C1", {"name": "N" * 50, "email": "", "country": "VN", "contact": "x"}))
    assert outcome.label == f"Edit C1: name {'N' * 27}..., email, country VN and 1 more"
