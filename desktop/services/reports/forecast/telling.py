"""The report "forecast": what is to be expected, of what it is made, and how wrong it was on weeks held back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from desktop.clock import Clock, local_today
from desktop.services.calendars import COUNTRIES, lunar_new_year
from desktop.services.planning.reading import Source, badge_of, reading
from desktop.services.reports.forecast.blending import LEAST_WEEKS, LEVEL_WEEKS, WAYS
from desktop.services.reports.forecast.calendar import HORIZONS
from desktop.services.reports.forecast.demand import BY, Part
from desktop.services.reports.forecast.held_back import Errors
from desktop.services.reports.forecast.outlook import Outlook, read_outlook
from desktop.services.reports.making import known, make_report, share_of
from desktop.services.reports.report import Chart, Column, Headline, Note, Report, Table
from desktop.services.reports.scope import Scope

MONTH = 4  # weeks
SAID = (4, 8, 12)  # horizons whose error stands at the top
MOST_BARS = 16
OF_DEMAND = (
    Column("on_record", "man_days", is_additive=True),
    Column("from_orders", "man_days", is_additive=True),
    Column("to_come", "man_days", is_additive=True),
    Column("forecast", "man_days", is_additive=True),
)
LAST_YEAR = Column("last_year", "man_days", is_additive=True)
ADDED = ("on_record", "from_orders", "to_come", "forecast", "last_year")


def build_forecast(source: Source, scope: Scope, clock: Clock) -> Report:
    """The demand of a scope's weeks: as it was up to the current week, as it is expected after it."""
    today = local_today(clock)
    with reading(source) as session:
        outlook = read_outlook(session, today)
        badge = badge_of(session)
    current = today - dt.timedelta(days=today.weekday())
    part = Part(outlook, scope.only)
    errors = part.errors()
    weeks = _frame(part, scope)
    ahead = _ahead(weeks, current)
    tables = [
        _weeks_table(weeks, current),
        _made_of(ahead),
        *([_error_table(errors)] if errors else ()),
        *(_by_part(part, scope, name, current) for name in BY),
        _grid(part, scope, current),
        *([_ways_table(outlook)] if outlook.weeks.now >= LEAST_WEEKS else ()),
    ]
    return make_report(
        "forecast",
        source,
        scope,
        clock,
        headlines=tuple(_headlines(part, scope, current, errors)),
        tables=tables,
        notes=tuple(_notes(outlook, scope, current, errors, badge)),
    )


# -- frames ------------------------------------------------------------------------------------------------------------


def _frame(part: Part, scope: Scope, by: Sequence[str] = ()) -> pd.DataFrame:
    """A row a week and part, with the columns of ADDED, `low` and `high`."""
    frame = part.frame(scope.first_day, scope.weeks, by)
    frame = frame.rename(columns={"booked": "on_record", "pipeline": "from_orders"})
    return frame.assign(to_come=(frame["forecast"] - frame["on_record"] - frame["from_orders"]).clip(lower=0.0))


def _ahead(frame: pd.DataFrame, current: dt.date) -> pd.DataFrame:
    return frame[frame["week"] > current].reset_index(drop=True)


# -- tables ------------------------------------------------------------------------------------------------------------


def _weeks_table(weeks: pd.DataFrame, current: dt.date) -> Table:
    columns = (
        Column("week", "week", "week"), *OF_DEMAND, Column("low", "man_days"), Column("high", "man_days"), LAST_YEAR,
    )  # fmt: skip
    is_over = weeks["week"] <= current
    frame = weeks.assign(low=weeks["low"].mask(is_over), high=weeks["high"].mask(is_over))
    chart = Chart("lines", "week", _beside(frame), forecast_from=current + dt.timedelta(days=7))
    return _table("demand_weeks", frame, columns, chart, behind="requests")


def _beside(frame: pd.DataFrame) -> tuple[str, ...]:
    """What is drawn: the forecast, and the year before where any of it is on record."""
    return ("forecast", "last_year") if frame["last_year"].notna().any() else ("forecast",)


def _made_of(ahead: pd.DataFrame) -> Table:
    columns = (Column("week", "week", "week"), *OF_DEMAND)
    chart = Chart("stack", "week", ("on_record", "from_orders", "to_come"))
    return _table("demand_made_of", ahead, columns, chart, behind="requests")


def _by_part(part: Part, scope: Scope, name: str, current: dt.date) -> Table:
    """The weeks to come together, part by part, the largest first."""
    ahead = _ahead(_frame(part, scope, (name,)), current).dropna(subset="forecast")
    sums = ahead.groupby(name, sort=True)[list(ADDED)].sum(min_count=1).reset_index()
    sums = sums.sort_values("forecast", ascending=False, kind="stable", ignore_index=True)
    sums["growth"] = share_of(sums["forecast"], sums["last_year"]) - 1
    columns = (Column(name, "text", name), *OF_DEMAND, LAST_YEAR, Column("growth", "share"))
    total = _total(sums, columns)
    if total:
        total["growth"] = known(share_of(total["forecast"], total["last_year"]) - 1)
    weeks = {"first": ahead["week"].min(), "last": ahead["week"].max()} if len(ahead) else {}
    return Table(
        f"demand_by_{name}",
        sums,
        columns,
        Chart("bars", name, _beside(sums), most=MOST_BARS),
        total,
        notes=(Note("weeks_together", weeks),) if weeks else (),
    )


def _grid(part: Part, scope: Scope, current: dt.date) -> Table:
    columns = (
        Column("region", "text", "region"), Column("week", "week", "week"), *OF_DEMAND, Column("low", "man_days"),
        Column("high", "man_days"), LAST_YEAR,
    )  # fmt: skip
    ahead = _ahead(_frame(part, scope, ("region",)), current).dropna(subset="forecast")
    size = ahead.groupby("region")["forecast"].sum().sort_values(ascending=False, kind="stable")
    place = {name: at for at, name in enumerate(size.index)}
    ahead = ahead.assign(place=ahead["region"].map(place)).sort_values(["place", "week"], ignore_index=True)
    chart = Chart("heat", "week", ("forecast",), ("region",), forecast_from=current + dt.timedelta(days=7))
    return _table("demand_grid", ahead, columns, chart, behind="requests")


def _error_table(errors: Sequence[Errors]) -> Table:
    columns = (
        Column("weeks_ahead", "count"),
        Column("error", "share"),
        Column("error_naive", "share"),
        Column("bias", "share"),
        Column("bias_naive", "share"),
        Column("error_parts", "share"),
        Column("error_parts_naive", "share"),
        Column("covered", "share"),
        Column("weeks_held_back", "count"),
    )
    rows = [
        (ahead, one.ours, one.naive, one.bias, one.naive_bias, one.parts, one.naive_parts, one.covered, one.weeks)
        for ahead, one in enumerate(errors, 1)
        if one.weeks
    ]
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    chart = Chart("lines", "weeks_ahead", ("error", "error_naive"))
    return Table("forecast_error", frame, columns, chart, notes=(Note("held_back"),))


def _ways_table(outlook: Outlook) -> Table:
    keys = [f"way_{name}" for name in WAYS]
    weights = outlook.blend.weights[outlook.weeks.now].T
    frame = pd.DataFrame(weights, columns=keys)
    frame.insert(0, "weeks_ahead", np.arange(1, HORIZONS + 1))
    columns = (Column("weeks_ahead", "count"), *(Column(key, "share") for key in keys))
    return Table("forecast_ways", frame, columns, Chart("stack", "weeks_ahead", tuple(keys)))


def _table(name: str, frame: pd.DataFrame, columns: tuple[Column, ...], chart: Chart, behind: str) -> Table:
    """A table of man-days with their sums."""
    kept = frame[[column.key for column in columns]].reset_index(drop=True)
    return Table(name, kept, columns, chart, _total(kept, columns), behind)


def _total(frame: pd.DataFrame, columns: Sequence[Column]) -> dict[str, object]:
    if frame.empty:
        return {}
    return {one.key: known(frame[one.key].sum(min_count=1)) for one in columns if one.is_additive}


# -- what is said ------------------------------------------------------------------------------------------------------


def _headlines(part: Part, scope: Scope, current: dt.date, errors: Sequence[Errors]) -> Iterator[Headline]:
    """The next weeks whatever weeks are looked at, and how wrong forecasts so far ahead were."""
    coming = Scope(current + dt.timedelta(days=7), HORIZONS, scope.only)
    ahead = _frame(part, coming)
    for weeks, key in ((MONTH, "forecast_month"), (HORIZONS, "forecast_quarter")):
        near = ahead.head(weeks)
        growth = known(share_of(near["forecast"].sum(min_count=weeks), near["last_year"].sum(min_count=weeks)) - 1)
        aside = None if growth is None else Note("on_last_year", {"change": _signed(growth)})
        yield Headline(key, "man_days", known(near["forecast"].sum(min_count=weeks)), aside)
    month = ahead.head(MONTH)
    share = share_of(month["on_record"].sum(), month["forecast"].sum(min_count=MONTH))
    yield Headline("on_record_share", "share", known(share), Note("of_next_weeks", {"weeks": MONTH}))
    for horizon in SAID if errors else ():
        one = errors[horizon - 1]
        if one.weeks:
            is_worse = one.ours >= one.naive
            aside = Note("naive_missed", {"share": _percent(one.naive)})
            yield Headline(f"error_{horizon}", "share", known(one.ours), aside, "warn" if is_worse else "plain")


def _notes(outlook: Outlook, scope: Scope, current: dt.date, errors: Sequence[Errors], badge: str) -> Iterator[Note]:
    if badge:
        yield Note("past_is_invented", tone="warn")
    yield from _notes_of_past(outlook)
    if outlook.weeks.now >= LEAST_WEEKS:
        yield from notes_of_errors(errors)
    if any(name not in BY for name, _ in scope.only):
        yield Note("not_narrowed", tone="warn")
    yield from _notes_of_weeks(outlook, scope, current)


def _notes_of_past(outlook: Outlook) -> Iterator[Note]:
    """What the past on record does not let say."""
    weeks = outlook.weeks.now
    if weeks < LEVEL_WEEKS:
        week = outlook.weeks.monday(weeks + 1)
        yield Note(
            "no_forecast", {"week": f"W{week.isocalendar().week}", "weeks": weeks, "needed": LEVEL_WEEKS}, "warn"
        )
    elif weeks < LEAST_WEEKS:
        yield Note("by_level_alone", {"weeks": weeks, "needed": LEAST_WEEKS, "level": LEVEL_WEEKS}, "warn")


def notes_of_errors(errors: Sequence[Errors]) -> Iterator[Note]:
    """Whether it was better than the same week of the year before, plainly."""
    told = {ahead: one for ahead, one in enumerate(errors, 1) if one.weeks and not math.isnan(one.naive)}
    if not told:
        yield Note("nothing_held_back")
        return
    better = [ahead for ahead, one in told.items() if one.ours < one.naive]
    worse = [ahead for ahead in told if ahead not in better]
    far = max(told)
    values = {
        "better": _runs(better),
        "worse": _runs(worse),
        "ahead": far,
        "ours": _percent(told[far].ours),
        "naive": _percent(told[far].naive),
        "weeks": told[far].weeks,
    }
    if not worse:
        yield Note("better_than_naive", values)
    elif not better:
        yield Note("worse_than_naive", values, "warn")
    else:
        yield Note("mixed_with_naive", values, "warn")
    covered = [one.covered for one in told.values() if not math.isnan(one.covered)]
    if covered:
        yield Note("band_covered", {"share": f"{100 * sum(covered) / len(covered):.0f} %"})


def _notes_of_weeks(outlook: Outlook, scope: Scope, current: dt.date) -> Iterator[Note]:
    """What is particular about the weeks that are looked at."""
    furthest = current + dt.timedelta(days=7 * HORIZONS)
    if scope.mondays[-1] > furthest:
        first = max(scope.first_day, furthest + dt.timedelta(days=7))
        yield Note("beyond_reach", {"week": f"W{first.isocalendar().week}", "weeks": HORIZONS}, "warn")
    if scope.mondays[-1] <= current:
        yield Note("all_over")
        return
    last = min(scope.last_day, furthest + dt.timedelta(days=6))
    ahead = max(scope.first_day, current + dt.timedelta(days=7))
    if any(cell.country in COUNTRIES for cell in outlook.cells):
        for year in range(ahead.year, last.year + 1):
            day = lunar_new_year(year)
            if ahead <= day + dt.timedelta(days=14) and day - dt.timedelta(days=14) <= last:
                yield Note("new_year_ahead", {"day": day})
    days = [day for day in outlook.provisional if ahead.toordinal() <= day <= last.toordinal()]
    if years := sorted({dt.date.fromordinal(day).year for day in days}):
        yield Note("calendar_provisional", {"years": ", ".join(map(str, years))})


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _signed(share: float) -> str:
    return f"{'+' if share >= 0 else '−'}{abs(100 * share):.0f} %"  # noqa: RUF001 -- a true minus sign


def _runs(numbers: Sequence[int]) -> str:
    """Numbers for a sentence: "1-4, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}\u2013{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
