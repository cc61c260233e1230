"""The house's settings, production windows and calendars for those who show and change them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desktop.errors import BadInputError
from desktop.models import CalendarDay, Client, ProductionWindow
from desktop.services import calendars
from desktop.services.commands import ChangeSetting
from desktop.services.editing.settings import ANY_DAY, HOUSE_SETTINGS, checked_setting, present_settings
from desktop.services.planning.reading import Source, reading
from desktop.services.setting_words import GROUPS, WORDS, Group, SettingKind
from desktop.services.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class HouseSetting:
    """One value that the house may set.

    Attributes:
        name: as `command_for` takes it; a part of a group is "limits.midday".
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
        present = _values(present_settings(session))
    defaults = _values(PlanSettings(ANY_DAY))
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
        )
        for name, words in WORDS.items()
        if name in defaults
    ]
    return tuple(sorted(found, key=lambda setting: GROUPS.index(setting.group)))


def check_value(settings: Sequence[HouseSetting], name: str, value: object) -> str:
    """What is wrong with a value for a setting, in a sentence; "" where it can be stored as things stand."""
    command = command_for(settings, name, value)
    try:
        checked_setting(command.name, command.value, _present(settings))
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
    group, _, part = name.partition(".")
    if not part:
        return ChangeSetting(group, value)
    default = next(setting.default for setting in settings if setting.name == name)
    return ChangeSetting(group, {part: default if value is None else value})


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


def _present(settings: Sequence[HouseSetting]) -> PlanSettings:
    whole: dict[str, Any] = {}
    for setting in settings:
        group, _, part = setting.name.partition(".")
        if part:
            whole.setdefault(group, {})[part] = setting.value
        else:
            whole[group] = setting.value
    return PlanSettings(ANY_DAY).with_values(whole)


def _values(settings: PlanSettings) -> Mapping[str, Any]:
    """Values by name, the parts of groups one by one."""
    found: dict[str, Any] = {}
    for name, value in settings.to_json().items():
        if name not in HOUSE_SETTINGS:
            continue
        if isinstance(value, Mapping):
            found |= {f"{name}.{part}": content for part, content in value.items()}
        else:
            found[name] = value
    return found
