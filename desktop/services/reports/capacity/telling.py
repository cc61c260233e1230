"""The report "capacity": man-days on hand, booked, required and short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.models import CalendarDay
from desktop.services.planning.daybook import HOLIDAY, Daybook
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.capacity.asked import OF_DEMAND, OF_RESULTS
from desktop.services.reports.capacity.cells import SUMMED, Capacity, with_load
from desktop.services.reports.capacity.holding import capacity_of
from desktop.services.reports.capacity.on_hand import OF_PEOPLE
from desktop.services.reports.making import known, make_report
from desktop.services.reports.report import Chart, Column, Headline, Note, Report, Table, Tone
from desktop.services.reports.scope import Scope

PEOPLE = "people_home"
REGIONS, CITIES = ("country", "region"), ("country", "region", "city")
WEEK = dt.timedelta(days=7)
DIGITS = 6  # of man-days in a sum: more are what the arithmetic of fractions leaves
MOST_NAMED = 26  # weeks whose holidays are said below a grid: more are in its rows
Holidays = Mapping[dt.date, str]

OF_CELLS = (
    Column("load", "share"),
    Column("short", "man_days", is_additive=True),
    Column("on_hand", "man_days", is_additive=True, behind=PEOPLE),
    Column("able", "man_days", behind=PEOPLE),
    Column("booked", "man_days", is_additive=True),
    Column("drafted", "man_days", is_additive=True),
    Column("open", "man_days", is_additive=True),
    Column("expected", "man_days", is_additive=True),
    Column("required", "man_days", is_additive=True),
    Column("elsewhere", "man_days", is_additive=True),
)
OF_SUMS = tuple(column for column in OF_CELLS if column.key != "able")
OF_CITIES = tuple(column for column in OF_SUMS if column.key not in ("expected", "elsewhere"))


def build_capacity(source: Source, scope: Scope, clock: Clock) -> Report:
    """The report of a scope. People are counted where they live, work where the factory is."""
    return _built(source, scope, clock, at_once=False)


def build_capacity_at_once(source: Source, scope: Scope, clock: Clock) -> Report:
    """The same; without the forecast, and partial, where that has not been read yet."""
    return _built(source, scope, clock, at_once=True)


def _built(source: Source, scope: Scope, clock: Clock, *, at_once: bool) -> Report:
    with reading(source) as session:
        capacity = capacity_of(session, scope, clock, at_once=at_once)
        daybook = Daybook(session)
        named = _holidays(session, scope)
        provisional = [
            country
            for country in sorted(set(capacity.on_hand.people["country"]))
            if daybook.provisional(country, scope.first_day, scope.last_day)
        ]
    level = CITIES if scope.kept("city") is not None else REGIONS
    skills = capacity.cells(scope, level, ("skill",))
    tables = [
        _by_thing(capacity, "skill", _in_regions(skills, "skill"), named),
        _by_week(capacity, skills, named),
        _by_country(capacity, skills, named),
        *(
            _by_thing(capacity, name, _in_regions(capacity.cells(scope, level, (name,)), name), named)
            for name in ("service", "language")
        ),
        _by_city(capacity, capacity.cells(scope, CITIES, ()), named),
    ]
    report = make_report(
        "capacity",
        source,
        scope,
        clock,
        headlines=_headlines(capacity, skills),
        tables=tables,
        notes=_notes(scope, capacity, provisional),
    )
    return replace(report, is_partial=capacity.is_partial)


def _by_thing(capacity: Capacity, name: str, cells: pd.DataFrame, named: Holidays) -> Table:
    columns = (
        Column("region", "text", "region"),
        Column(name, "word" if name == "language" else "text", name),
        Column("week", "week", "week"),
        *OF_CELLS,
        Column("holidays", "text"),
    )
    return _table(capacity, f"capacity_{name}", cells, columns, named)


def _by_city(capacity: Capacity, cells: pd.DataFrame, named: Holidays) -> Table:
    columns = (
        Column("region", "text", "region"),
        Column("city", "text", "city"),
        Column("week", "week", "week"),
        *OF_CITIES,
        Column("holidays", "text"),
    )
    return _table(capacity, "capacity_city", cells, columns, named)


def _by_country(capacity: Capacity, cells: pd.DataFrame, named: Holidays) -> Table:
    columns = (
        Column("country", "text", "country"), Column("week", "week", "week"), *OF_SUMS, Column("holidays", "text"),
    )  # fmt: skip
    return _table(capacity, "capacity_country", summed(cells, ("country", "week")), columns, named)


def _by_week(capacity: Capacity, cells: pd.DataFrame, named: Holidays) -> Table:
    columns = (Column("week", "week", "week"), *OF_SUMS, Column("holidays", "text"))
    weeks = summed(cells, ("week",)).sort_values("week", ignore_index=True)
    weeks = _with_holidays(weeks, named)[[column.key for column in columns]]
    chart = Chart("lines", "week", ("on_hand", "required", "booked"), forecast_from=_ahead(capacity, cells))
    return Table(
        "capacity_week", weeks, columns, chart, total=_total(weeks), behind="requests", notes=_said(named)
    )  # fmt: skip


def _table(capacity: Capacity, name: str, cells: pd.DataFrame, columns: Sequence[Column], named: Holidays) -> Table:
    """A grid by the columns before the week."""
    frame = _with_holidays(cells, named)
    keys = [column.key for column in columns]
    down = tuple(keys[: keys.index("week")])
    chart = Chart("heat", "week", ("load",), down, mark="short", forecast_from=_ahead(capacity, cells))
    return Table(
        name,
        frame[keys],
        tuple(columns),
        chart,
        total=_total(frame, keys),
        behind="requests",
        notes=_said(named),
    )


def _in_regions(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """Cells of cities as cells of their regions; those of regions as they are."""
    if "city" not in cells.columns:
        return cells
    able = cells.groupby([*REGIONS, name, "week"], as_index=False, sort=False)["able"].sum()
    return summed(cells, (*REGIONS, name, "week")).assign(able=able["able"])


def summed(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sums of figures in man-days by some dimensions, with the load of the sums."""
    return with_load(cells.groupby(list(by), as_index=False, sort=False)[list(SUMMED)].sum())


def _total(frame: pd.DataFrame, names: Sequence[str] = SUMMED) -> dict[str, object]:
    total: dict[str, object] = {key: round(float(frame[key].sum()), DIGITS) for key in SUMMED if key in names}
    total["load"] = known(with_load(pd.DataFrame([{key: frame[key].sum() for key in SUMMED}]))["load"].iloc[0])
    return total


def _ahead(capacity: Capacity, cells: pd.DataFrame) -> dt.date | None:
    """The first week to come, where cells hold anything that a forecast expects."""
    return capacity.this_week + WEEK if cells["expected"].any() else None


def _headlines(capacity: Capacity, cells: pd.DataFrame) -> tuple[Headline, ...]:
    total, now = _total(cells), _total(cells[cells["week"] == capacity.this_week])
    has_now = capacity.this_week in capacity.mondays

    def line(key: str, tone: Tone = "plain") -> Headline:
        value = total[key]
        aside = Note("of_this_week", {"number": _whole(float(str(now[key])))}) if has_now else None
        return Headline(key, "man_days", value if isinstance(value, int | float) else None, aside, tone)

    load = total["load"]
    is_short = float(str(total["short"])) < 0
    return (
        line("on_hand"),
        line("booked"),
        line("required"),
        line("short", "bad" if is_short else "ok"),
        line("elsewhere"),
        Headline("load", "share", load if isinstance(load, float) else None),
    )


def _whole(number: float) -> str:
    """A number without decimals, with a true minus sign."""
    return f"{round(number):,}".replace("-", "\N{MINUS SIGN}")


def _said(named: Holidays) -> tuple[Note, ...]:
    """The holidays of few weeks in a line."""
    if not 0 < len(named) <= MOST_NAMED:
        return ()
    weeks = (f"W{monday.isocalendar().week} {names}" for monday, names in sorted(named.items()))
    return (Note("capacity_holidays", {"weeks": "; ".join(weeks)}),)


def _with_holidays(frame: pd.DataFrame, named: Holidays) -> pd.DataFrame:
    return frame.assign(holidays=pd.Series([named.get(week, "") for week in frame["week"]], dtype=object))


def _holidays(session: Session, scope: Scope) -> Holidays:
    """By Monday the holidays of a week with their countries: "CN National Day; VN National Day"."""
    query = (
        select(CalendarDay.date, CalendarDay.country, CalendarDay.name)
        .where(CalendarDay.date.between(scope.first_day, scope.last_day), CalendarDay.kind == HOLIDAY)
        .order_by(CalendarDay.date, CalendarDay.country)
    )
    weeks: dict[dt.date, dict[str, None]] = {}
    for date, country, name in session.execute(query):
        weeks.setdefault(date - dt.timedelta(days=date.weekday()), {})[f"{country} {name}".strip()] = None
    return {monday: "; ".join(names) for monday, names in weeks.items()}


def _notes(scope: Scope, capacity: Capacity, provisional: Sequence[str]) -> tuple[Note, ...]:
    found = [Note("capacity_shared")]
    if capacity.asked.draft:
        found.append(Note("capacity_draft", {"plan": capacity.asked.draft}))
    if capacity.asked.without_week:
        found.append(Note("capacity_without_week", {"number": capacity.asked.without_week}, "warn"))
    if capacity.is_partial:
        found.append(Note("capacity_reading", tone="warn"))
    elif capacity.mondays[-1] > capacity.this_week:
        is_told = not any(scope.kept(name) is not None for name in ("city", "language"))
        told = max(capacity.expected["week"], default=capacity.this_week) if is_told else capacity.this_week
        found.append(Note("capacity_expected" if told > capacity.this_week else "capacity_not_expected"))
        if capacity.this_week < told < capacity.mondays[-1]:
            found.append(Note("capacity_beyond", {"week": told + WEEK}))
    if any(scope.kept(name) is not None for name in OF_PEOPLE):
        found.append(Note("capacity_of_people", tone="warn"))
    if any(scope.kept(name) is not None for name in OF_DEMAND):
        found.append(Note("capacity_of_demand", tone="warn"))
    if any(scope.kept(name) is not None for name in OF_RESULTS):
        found.append(Note("not_by_results", tone="warn"))
    if provisional:
        found.append(Note("capacity_provisional", {"countries": ", ".join(provisional)}))
    return tuple(found)
