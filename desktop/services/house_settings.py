"""The house's settings, production windows and calendars for those who show and change them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desktop.errors import BadInputError
from desktop.models import CalendarDay, Client, ProductionWindow
from desktop.services import calendars
from desktop.services.commands import ChangeSetting
from desktop.services.editing.settings import (
    ANY_DAY,
    PLANNING_SETTINGS,
    Present,
    checked_setting,
    present_settings,
)
from desktop.services.planning.reading import Source, reading
from desktop.services.setting_kinds import GROUPS, Group, SettingKind
from desktop.services.setting_words import WORDS
from desktop.services.settings import PlanSettings
from desktop.services.trade.house import TRADE_SETTINGS, TradeSettings, read_trade_settings

FIRST_YEAR, LAST_YEAR = 2004, 2100
"""Years whose calendars may be looked at: from where public holidays are on record."""


@dataclass(frozen=True, slots=True)
class HouseSetting:
    """One value that the house may set.

    Attributes:
        name: as `command_for` takes it; a part of a group is "limits.midday".
        choices: the words among which a "choice" is.
        kind: how the value is entered. "money" is in cents, "modes" a sequence of mappings with the keys of
            scheduler.problem.TravelMode, "names" a sequence of words.
        default: JSON, as `value`.
        lowest: the least value allowed; None for what is no number.
        highest: the greatest; None: no limit.
    """

    name: str
    title: str
    group: Group
    kind: SettingKind
    unit: str
    default: Any
    value: Any
    lowest: float | None
    highest: float | None
    explanation: str
    choices: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the default."""
        return bool(self.value != self.default)

    def matches(self, text: str) -> bool:
        """Whether every word of a search is in its title, group, name or explanation, in any case."""
        told = f"{self.title} {self.group} {self.name} {self.explanation} {self.unit}".casefold()
        return all(word in told for word in text.casefold().split())


@dataclass(frozen=True, slots=True)
class ProductionWindowRow:
    """The share of an order, in percent made, between which a DUPRO may visit. No client and no product: the house.

    `client` is a code, or "" for every client; `product` "" for every product.
    """

    client: str
    client_name: str
    product: str
    from_percent: float
    to_percent: float


@dataclass(frozen=True, slots=True)
class CalendarDayRow:
    """A day of a country that differs from the plain week.

    Attributes:
        kind: "holiday" or "make-up".
        provisional: no official notice has fixed the year yet.
        own: entered here, or changed from what is published.
    """

    country: str
    date: dt.date
    kind: str
    name: str
    provisional: bool
    own: bool


def house_settings(source: Source) -> tuple[HouseSetting, ...]:
    """Every setting with its present value, by group, in the order in which a page shows them."""
    with reading(source) as session:
        present = _values(present_settings(session)) | _values(read_trade_settings(session))
    defaults = _values(PlanSettings(ANY_DAY)) | _values(TradeSettings())
    found = [
        HouseSetting(
            name,
            words.title,
            words.group,
            words.kind,
            words.unit,
            defaults[name],
            present[name],
            words.lowest,
            words.highest,
            words.explanation,
            words.choices,
        )
        for name, words in WORDS.items()
        if name in defaults
    ]
    return tuple(sorted(found, key=lambda setting: GROUPS.index(setting.group)))


def check_value(settings: Sequence[HouseSetting], name: str, value: object) -> str:
    """What is wrong with a value for a setting, in a sentence; "" where it can be stored as things stand."""
    command = command_for(settings, name, value)
    try:
        checked_setting(command.name, command.value, _present(settings, command.name))
    except BadInputError as error:
        return error.text
    return ""


def command_for(settings: Sequence[HouseSetting], name: str, value: object) -> ChangeSetting:
    """The command that sets one setting, the other parts of its group as they are; None takes it to its default.

    Args:
        settings: as `house_settings` gave them.
        name: of one of them.
        value: JSON, or text where a number is wanted.
    """
    group, *parts = name.split(".")
    if not parts:
        return ChangeSetting(group, value)
    if value is None:
        value = next(setting.default for setting in settings if setting.name == name)
    for part in reversed(parts):
        value = {part: value}
    return ChangeSetting(group, value)


def production_windows(source: Source) -> tuple[ProductionWindowRow, ...]:
    """All production windows that differ from the house's, the house's own first. Changed by SetProductionWindow."""
    query = (
        select(
            Client.code,
            Client.name,
            ProductionWindow.product,
            ProductionWindow.from_percent,
            ProductionWindow.to_percent,
        )
        .select_from(ProductionWindow)
        .outerjoin(Client, ProductionWindow.client_id == Client.id)
    )
    with reading(source) as session:
        rows = [
            ProductionWindowRow(client or "", name or "", product or "", start, end)
            for client, name, product, start, end in session.execute(query)
        ]
    return tuple(sorted(rows, key=lambda row: (row.client, row.product)))


def calendar_rows(source: Source, country: str, year: int) -> tuple[CalendarDayRow, ...]:
    """The days of a country's year that differ from the plain week, as planning takes them. Changed by SetCalendarDay.

    A year of which the records hold next to nothing is shown as published.
    """
    query = select(CalendarDay).where(
        CalendarDay.country == country, CalendarDay.date.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    )
    published = (
        {entry.date: entry for entry in calendars.calendar_days(country, year)}
        if country in calendars.COUNTRIES
        else {}
    )
    with reading(source) as session:
        entered = {row.date: row for row in session.scalars(query)}
    # as services/planning/daybook.py takes them
    taken: dict[dt.date, Any] = dict(published) if len(entered) < calendars.FEWEST_DAYS else {}
    taken.update(entered)
    return tuple(
        CalendarDayRow(
            country,
            date,
            row.kind,
            row.name,
            row.provisional,
            date not in published or published[date].kind != row.kind,
        )
        for date, row in sorted(taken.items())
    )


def calendar_countries(source: Source) -> tuple[str, ...]:
    """Countries that have a calendar: those that are known, and those with days entered here."""
    with reading(source) as session:
        entered = session.scalars(select(CalendarDay.country).distinct())
        return tuple(sorted({*calendars.COUNTRIES, *entered}))


def _present(settings: Sequence[HouseSetting], name: str) -> Present:
    """The settings among which a name stands, from their values one by one."""
    whole: dict[str, Any] = {}
    for setting in settings:
        *groups, part = setting.name.split(".")
        at = whole
        for group in groups:
            at = at.setdefault(group, {})
        at[part] = setting.value
    if name in TRADE_SETTINGS:
        return TradeSettings().with_values({group: whole[group] for group in TRADE_SETTINGS})
    return PlanSettings(ANY_DAY).with_values({group: whole[group] for group in PLANNING_SETTINGS})


def _values(settings: Present) -> dict[str, Any]:
    """Values by name, the parts of groups one by one."""
    written = settings.to_json()
    names = TRADE_SETTINGS if isinstance(settings, TradeSettings) else PLANNING_SETTINGS
    return dict(_parts({name: written[name] for name in names}))


def _parts(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _parts(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
