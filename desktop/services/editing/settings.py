"""House settings and the calendars of countries."""

from __future__ import annotations

import datetime as dt
import difflib
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pydantic
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, NotFoundError
from desktop.models import CalendarDay, Setting
from desktop.services.calendars import keep_published
from desktop.services.changes import Step
from desktop.services.commands import ChangeSetting, SetCalendarDay
from desktop.services.dispatching.house import mail_faults
from desktop.services.setting_words import WORDS
from desktop.services.settings import PlanSettings
from desktop.services.trade.house import TRADE_SETTINGS, TradeSettings, merged, read_trade_settings
from desktop.services.words import spell_day
from desktop.services.work import Work

OF_ONE_PLAN = frozenset({"first_day"})
"""Fields of the plan settings that only a plan can have."""

ANY_DAY = dt.date(2026, 1, 5)
"""No house setting depends on the horizon; PlanSettings wants one."""

PLANNING_SETTINGS = tuple(field.name for field in fields(PlanSettings) if field.name not in OF_ONE_PLAN)
"""The names of those that plans are made with."""

HOUSE_SETTINGS = (*PLANNING_SETTINGS, *TRADE_SETTINGS)
"""The names that a house setting may have."""

Present = PlanSettings | TradeSettings
"""Settings as they are now, one of which is about to change."""


def change_setting(work: Work, command: ChangeSetting) -> Step:
    """Set a house setting, or take it back to the default."""
    if command.name not in HOUSE_SETTINGS:
        near = difflib.get_close_matches(command.name, HOUSE_SETTINGS, n=2)
        hint = f"Maybe {' or '.join(near)}?" if near else f"There are {', '.join(HOUSE_SETTINGS)}."
        raise NotFoundError(f'There is no setting "{command.name}".', hint)
    standing = work.session.scalars(select(Setting).where(Setting.name == command.name)).one_or_none()
    if command.value is None:
        if standing is not None:
            work.session.delete(standing)
        return Step(f"Set {command.name} back to the default")
    value = checked_setting(command.name, command.value, present_for(command.name, work.session))
    if standing is None:
        work.session.add(Setting(name=command.name, value=value))
    else:
        standing.value = value
    return Step(f"Set {command.name} to {_short(value)}")


def set_calendar_day(work: Work, command: SetCalendarDay) -> Step:
    """Make a date a holiday, a make-up working day, or an ordinary day."""
    country = command.country.strip().upper()
    day = spell_day(command.date)
    if len(country) != 2 or not country.isalpha():
        raise BadInputError(f'"{command.country}" is not a country.', "Give its two letters, such as CN or VN.")
    if command.kind not in ("holiday", "make-up", None):
        raise BadInputError(
            f'{day} in {country} cannot be of kind "{command.kind}".',
            "Give holiday or make-up, or none for a usual day.",
        )
    if command.kind is None:
        keep_published(work.session, country, command.date)
    standing = work.session.scalars(
        select(CalendarDay).where(CalendarDay.country == country, CalendarDay.date == command.date)
    ).one_or_none()
    if command.kind is None:
        if standing is not None:
            work.session.delete(standing)
        return Step(f"Make {day} an ordinary day in {country}")
    if standing is None:
        standing = CalendarDay(country=country, date=command.date)
        work.session.add(standing)
    standing.kind = command.kind
    standing.name = command.name.strip()
    standing.provisional = command.provisional
    what = "a holiday" if command.kind == "holiday" else "a make-up working day"
    messages = []
    if command.kind == "make-up" and command.date.weekday() < 5:
        messages.append(f"{day} is a working day anyhow.")
    return Step(f"Make {day} {what} in {country}", tuple(messages))


def present_for(name: str, session: Session) -> Present:
    """The settings among which a house setting stands, as they are now."""
    return read_trade_settings(session) if name in TRADE_SETTINGS else present_settings(session)


def present_settings(session: Session) -> PlanSettings:
    """The settings of the house for plans as they are now, for no day in particular."""
    query = select(Setting.name, Setting.value).where(Setting.name.in_(PLANNING_SETTINGS))
    return PlanSettings(ANY_DAY).with_values(
        {name: value for name, value in session.execute(query) if value is not None}
    )


def checked_setting(name: str, value: object, present: Present) -> Any:  # noqa: ANN401 -- any JSON
    """A value for a house setting, as JSON in the form that the settings write.

    Args:
        name: one of HOUSE_SETTINGS.
        value: JSON; of a group a part will do, the rest stays as it is.
        present: the settings as they are, with which the new value has to go; `present_for` gives them.

    Raises:
        BadInputError: naming what of it cannot be.
    """
    default = defaults_beside(present)[name]
    if isinstance(default, dict) and isinstance(value, Mapping):
        _check_parts(name, value, default)
        value = merged(present.to_json()[name], value)
    try:
        settings = present.with_values({name: value})
    except pydantic.ValidationError as error:
        entry = error.errors(include_url=False)[0]
        where = "".join(f".{part}" for part in entry["loc"][1:])
        text = entry["msg"].removeprefix("Value error, ").replace("Input should", "it should")
        raise BadInputError(
            f"The setting {name}{where} cannot be {entry['input']!r}; {text[0].lower()}{text[1:]}.",
            f"Its default is {_short(default)}.",
        ) from None
    written = settings.to_json()
    faults = [*_negative(name, written[name]), *_beyond(name, written[name])]
    faults += _out_of_range(written) if isinstance(settings, PlanSettings) else _reversed(settings)
    if faults:
        raise BadInputError(
            f"The setting {name} cannot be {'as given' if isinstance(value, dict) else _short(value)}:"
            f" {'; '.join(faults)}.",
            f"Its default is {_short(default)}.",
            faults,
        )
    return written[name]


def defaults_beside(present: Present) -> dict[str, Any]:
    """What the settings of the same kind are where nothing is stored, as JSON."""
    return (PlanSettings(ANY_DAY) if isinstance(present, PlanSettings) else TradeSettings()).to_json()


def _check_parts(name: str, value: Mapping[str, Any], default: Mapping[str, Any]) -> None:
    """Refuse a part that the setting does not have."""
    for part, content in value.items():
        if part not in default:
            near = difflib.get_close_matches(part, default, n=2)
            hint = f"Maybe {' or '.join(near)}?" if near else f"It has {', '.join(default)}."
            raise BadInputError(f'The setting {name} has no part "{part}".', hint)
        if isinstance(content, Mapping) and isinstance(default[part], Mapping):
            _check_parts(f"{name}.{part}", content, default[part])


def _negative(name: str, value: object) -> list[str]:
    """What is below zero or no number at all, however deep it lies."""
    if isinstance(value, Mapping):
        return [fault for key, item in value.items() for fault in _negative(f"{name}.{key}", item)]
    if isinstance(value, list | tuple):
        return [fault for index, item in enumerate(value) for fault in _negative(f"{name}[{index}]", item)]
    if isinstance(value, int | float) and (value < 0 or not math.isfinite(value)):
        return [f"{name} is {value}, and it should be 0 or more"]
    return []


def _beyond(name: str, value: object) -> list[str]:
    """What of a trade setting lies beyond the values that it may have."""
    if isinstance(value, Mapping):
        return [fault for key, item in value.items() for fault in _beyond(f"{name}.{key}", item)]
    words = WORDS.get(name)
    if words is None or not isinstance(value, int | float) or name in PLANNING_SETTINGS:
        return []
    if words.lowest and value < words.lowest:
        return [f"{name} is {value}, and it should be {words.lowest:g} or more"]
    if words.highest is not None and value > words.highest:
        return [f"{name} is {value}, and it should be {words.highest:g} or less"]
    return []


def _reversed(settings: TradeSettings) -> list[str]:
    """Figures of the trade that contradict one another."""
    quote, clock, risk = settings.quote, settings.clock, settings.risk
    faults = mail_faults(settings.mail)
    if quote.usual_from_cents > quote.usual_to_cents:
        faults.append(f"usual rates from {quote.usual_from_cents} to {quote.usual_to_cents} cents are no range")
    if clock.opens >= clock.closes:
        faults.append(f"an office open from {clock.opens} to {clock.closes} o'clock is never open")
    if risk.value_cents > risk.high_value_cents:
        faults.append(f"a high value of {risk.high_value_cents} cents is less than a value of {risk.value_cents}")
    if risk.dupro_from > risk.monitoring_from:
        faults.append(f"monitoring from {risk.monitoring_from} points comes before a DUPRO from {risk.dupro_from}")
    return faults


def _out_of_range(settings: Mapping[str, Any]) -> list[str]:
    faults = []
    if not 1 <= settings["days"] <= 28:
        faults.append(f"days is {settings['days']}, and it should be between 1 and 28")
    if settings["freeze_days"] > 28:
        faults.append(f"freeze_days is {settings['freeze_days']}, and no plan is longer than 28 days")
    start, end = settings["dupro_from_percent"], settings["dupro_to_percent"]
    if not start < end <= 100:
        faults.append(f"a DUPRO from {start:g} to {end:g} % made is no window within 0 to 100")
    if settings["rotation"]["max_visits"] < 1:
        faults.append("rotation.max_visits is 0, and nobody could visit any factory")
    if not settings["travel"]["modes"]:
        faults.append("travel.modes is empty, and nobody could travel")
    faults.extend(f"speed of {mode['name']} is 0 km/h" for mode in settings["travel"]["modes"] if mode["kmh"] == 0)
    return faults


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
