"""The settings of the house as a page shows them."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.errors import BadInputError
from desktop.services.commands import ChangeSetting, SetCalendarDay, SetProductionWindow
from desktop.services.editing.settings import ANY_DAY, HOUSE_SETTINGS
from desktop.services.house_settings import (
    HouseSetting,
    calendar_countries,
    calendar_rows,
    check_value,
    command_for,
    house_settings,
    production_windows,
)
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from tests.helpers.company import desk_of

NUMBERS = ("money", "whole", "number", "percent", "share")
UPPER_ENDS = (
    "dupro_to_percent", "quote.usual_to_cents", "clock.closes", "risk.high_value_cents", "risk.monitoring_from",
)  # fmt: skip
"""Their lowest is that of the other end."""


def by_name(store: Store) -> dict[str, HouseSetting]:
    return {setting.name: setting for setting in house_settings(store)}


def test_every_setting_of_the_house_is_there(sqlite_store: Store) -> None:
    shown = {name.partition(".")[0] for name in by_name(sqlite_store)}
    assert shown == set(HOUSE_SETTINGS)
    parts = PlanSettings(ANY_DAY).to_json()
    for group in ("limits", "rotation", "travel"):
        assert {f"{group}.{part}" for part in parts[group]} <= set(by_name(sqlite_store))


def test_values_and_defaults(any_store: Store) -> None:
    desk_of(any_store).handle(ChangeSetting("late_cost_cents", 900))
    late = by_name(any_store)["late_cost_cents"]
    assert (late.value, late.default, late.is_changed) == (900, 12000, True)
    assert not by_name(any_store)["limits.midday"].is_changed


def test_the_ranges_shown_are_those_that_are_kept(sqlite_store: Store) -> None:
    settings = house_settings(sqlite_store)
    for setting in settings:
        if setting.kind not in NUMBERS:
            continue
        assert setting.lowest is not None
        assert check_value(settings, setting.name, setting.default) == ""
        assert check_value(settings, setting.name, setting.lowest - 1), setting.name
        if setting.name not in UPPER_ENDS:
            assert check_value(settings, setting.name, int(setting.lowest)) == "", setting.name
        if setting.highest is not None:
            assert check_value(settings, setting.name, setting.highest + 1), setting.name


def test_a_part_of_a_group_leaves_the_others_as_they_are(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    desk.handle(command_for(house_settings(sqlite_store), "limits.midday", 45))
    desk.handle(command_for(house_settings(sqlite_store), "limits.evening", 100))
    found = by_name(sqlite_store)
    assert (found["limits.midday"].value, found["limits.evening"].value, found["limits.morning"].value) == (
        45,
        100,
        120,
    )


def test_a_part_is_taken_back_to_its_default(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    desk.handle(command_for(house_settings(sqlite_store), "limits.midday", 45))
    desk.handle(command_for(house_settings(sqlite_store), "limits.evening", 100))
    desk.handle(command_for(house_settings(sqlite_store), "limits.midday", None))
    assert [setting.name for setting in house_settings(sqlite_store) if setting.is_changed] == ["limits.evening"]


def test_a_value_is_judged_beside_those_that_hold_now(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    desk.handle(ChangeSetting("dupro_to_percent", 80))
    assert check_value(house_settings(sqlite_store), "dupro_from_percent", 60) == ""
    desk.handle(ChangeSetting("dupro_from_percent", 60))
    assert check_value(house_settings(sqlite_store), "dupro_to_percent", 50)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("days", 40, "between 1 and 28"),
        ("late_cost_cents", "much", "late_cost_cents"),
        ("dupro_from_percent", 60, "from 60 to 50 % made is no window"),
        ("travel.modes", [], "nobody could travel"),
    ],
)
def test_says_what_is_wrong(sqlite_store: Store, name: str, value: object, said: str) -> None:
    settings = house_settings(sqlite_store)
    assert said in check_value(settings, name, value)
    with pytest.raises(BadInputError):
        desk_of(sqlite_store).handle(command_for(settings, name, value))


def test_a_figure_deep_in_a_rule_is_set_and_taken_back(sqlite_store: Store) -> None:
    desk = desk_of(sqlite_store)
    desk.handle(command_for(house_settings(sqlite_store), "pace.pieces.garment", 90))
    assert [setting.name for setting in house_settings(sqlite_store) if setting.is_changed] == ["pace.pieces.garment"]
    desk.handle(command_for(house_settings(sqlite_store), "pace.pieces.garment", None))
    assert not any(setting.is_changed for setting in house_settings(sqlite_store))


def test_settings_are_found_by_their_words(sqlite_store: Store) -> None:
    found = [setting.name for setting in house_settings(sqlite_store) if setting.matches("longest MIDDAY")]
    assert found == ["limits.midday"]


def test_production_windows_by_client_and_product(any_company: Store) -> None:
    desk = desk_of(any_company)
    desk.handle(SetProductionWindow("C2", "jacket", 20, 60))
    desk.handle(SetProductionWindow(None, "toys", 5, 40))
    rows = [(row.client, row.product, row.from_percent, row.to_percent) for row in production_windows(any_company)]
    assert rows == [("", "toys", 5.0, 40.0), ("C2", "jacket", 20.0, 60.0)]


def test_a_calendar_is_as_published_until_days_are_entered(sqlite_store: Store) -> None:
    before = calendar_rows(sqlite_store, "CN", 2026)
    assert not any(row.own for row in before)
    desk_of(sqlite_store).handle(SetCalendarDay("CN", dt.date(2026, 12, 1), "holiday", "Founding day"))
    after = calendar_rows(sqlite_store, "CN", 2026)
    assert len(after) == len(before) + 1
    assert [row.name for row in after if row.own] == ["Founding day"]
    assert calendar_countries(sqlite_store) == ("CN", "VN")
