"""The report "people": how much of their days people work, how evenly nights and weekends lie on them."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.capacity.asked import OF_RESULTS
from desktop.services.reports.capacity.evenness import SPREAD, Floats, gini, spread, top_tenth
from desktop.services.reports.capacity.holding import held
from desktop.services.reports.capacity.worked import DAYS, OF_VISITS, read_worked
from desktop.services.reports.making import cents_of_one, known, make_report, share_of
from desktop.services.reports.report import Chart, Column, Headline, Note, Report, Table
from desktop.services.reports.scope import Scope

PEOPLE = "people_home"
SHARES = (*(Column(name, "share") for name in SPREAD), Column("use_mean", "share"))
SUMS = (
    Column("visits_joined", "count", is_additive=True),
    Column("man_days", "man_days", is_additive=True),
    Column("on_hand", "man_days", is_additive=True),
    Column("nights", "nights", is_additive=True),
    Column("weekend_days", "days", is_additive=True),
    Column("holiday_days", "days", is_additive=True),
)
SUMMED = [column.key for column in SUMS]
EVENNESS = (
    Column("night_gini", "share"), Column("night_tenth", "share"), Column("weekend_gini", "share"),
    Column("weekend_tenth", "share"), Column("use_gini", "share"),
)  # fmt: skip


def build_people(source: Source, scope: Scope, clock: Clock) -> Report:
    """The report of the people who live in a scope's places, or are of its teams."""
    with reading(source) as session:
        people, by_week = held(session, ("people", scope), lambda: read_worked(session, scope))
    notes = [Note("people_nights")]
    if any(scope.kept(name) is not None for name in OF_VISITS):
        notes.append(Note("people_of_visits", tone="warn"))
    if any(scope.kept(name) is not None for name in OF_RESULTS):
        notes.append(Note("not_by_results", tone="warn"))
    tables = (
        _teams(people), _ways_of_pay(people), _evenness(people), _weeks(scope, by_week), _persons(people),
    )  # fmt: skip
    return make_report("people", source, scope, clock, headlines=_headlines(people), tables=tables, notes=notes)


def _headlines(people: pd.DataFrame) -> tuple[Headline, ...]:
    use = people["utilisation"].to_numpy(dtype=float)
    parts = spread(use)
    middle = Note("middle_half", {"low": _percent(parts["use_lower"]), "high": _percent(parts["use_upper"])})
    return (
        Headline("people", "count", len(people)),
        Headline("use_median", "share", known(parts["use_median"]), middle if len(people) else None),
        Headline("nights", "nights", known(people["nights"].sum())),
        Headline("night_tenth", "share", known(top_tenth(_floats(people["nights"])))),
        Headline("weekend_days", "days", known(people["weekend_days"].sum())),
        Headline("longest_run", "days", known(people["longest_run"].max()) if len(people) else None),
    )


def _percent(share: float) -> str:
    return "?" if math.isnan(share) else f"{share:.0%}".replace("%", " %")


def _teams(people: pd.DataFrame) -> Table:
    rows = [
        {
            "team": team,
            "people": len(own),
            **spread(_floats(own["utilisation"])),
            **{name: own[name].sum() for name in SUMMED},
            "longest_run": own["longest_run"].max(),
        }
        for team, own in _parts(people, "team")
    ]
    columns = (
        Column("team", "text", "team"), Column("people", "count", is_additive=True), *SHARES, *SUMS,
        Column("longest_run", "days"),
    )  # fmt: skip
    chart = Chart("spread", "team", SPREAD)
    return _table("people_team", rows, columns, chart, _total(people), PEOPLE)


def _ways_of_pay(people: pd.DataFrame) -> Table:
    rows = [
        {
            "pay": pay,
            "people": len(own),
            "utilisation": known(share_of(own["man_days"].sum(), own["on_hand"].sum())),
        }
        | {"use_median": spread(_floats(own["utilisation"]))["use_median"]}
        | {name: own[name].sum() for name in SUMMED}
        | {
            "cost": own["cost"].sum(),
            "cost_per_man_day": cents_of_one(own["cost"].sum(), own["man_days_sold"].sum()).item(),
        }
        for pay, own in _parts(people, "pay")
    ]
    columns = (
        Column("pay", "word", "pay"), Column("people", "count", is_additive=True), Column("utilisation", "share"),
        Column("use_median", "share"), *SUMS, Column("cost", "money", is_additive=True),
        Column("cost_per_man_day", "money"),
    )  # fmt: skip
    total = _total(people) | {
        "utilisation": known(share_of(people["man_days"].sum(), people["on_hand"].sum())),
        "cost": known(people["cost"].sum()),
        "cost_per_man_day": known(cents_of_one(people["cost"].sum(), people["man_days_sold"].sum()).item()),
    }
    return _table("people_pay", rows, columns, Chart("bars", "pay", ("utilisation", "use_median")), total, PEOPLE)


def _evenness(people: pd.DataFrame) -> Table:
    rows = [{"team": team, "people": len(own)} | _measures(own) for team, own in _parts(people, "team")]
    columns = (Column("team", "text", "team"), Column("people", "count", is_additive=True), *EVENNESS)
    total = {"people": len(people)} | {key: known(value) for key, value in _measures(people).items()}
    return _table(
        "people_evenness", rows, columns, Chart("bars", "team", ("night_tenth", "weekend_tenth")), total, "people"
    )


def _measures(people: pd.DataFrame) -> dict[str, float]:
    nights, weekends = _floats(people["nights"]), _floats(people["weekend_days"])
    use = _floats(people["utilisation"])
    return {
        "night_gini": gini(nights),
        "night_tenth": top_tenth(nights),
        "weekend_gini": gini(weekends),
        "weekend_tenth": top_tenth(weekends),
        "use_gini": gini(use[np.isfinite(use)]),
    }


def _weeks(scope: Scope, by_week: Floats) -> Table:
    rows = [{"week": monday, **spread(use)} for monday, use in zip(scope.mondays, by_week, strict=True)]
    chart = Chart("lines", "week", ("use_lower", "use_median", "use_upper"))
    return _table("people_week", rows, (Column("week", "week", "week"), *SHARES), chart, {}, PEOPLE)


def _persons(people: pd.DataFrame) -> Table:
    columns = (
        Column("person", "text", "person"), Column("person_name", "text"), Column("team", "text", "team"),
        Column("pay", "word", "pay"), Column("country", "text", "country"), Column("region", "text", "region"),
        Column("city", "text", "city"), Column("utilisation", "share"), *SUMS,
        *(Column(name, "days") for name in DAYS if name not in SUMMED),
    )  # fmt: skip
    people = people.rename(columns={"name": "person_name"})
    frame = people.sort_values(["nights", "weekend_days", "person"], ascending=[False, False, True])
    chart = Chart("bars", "person_name", ("nights",), most=30)
    total = {key: value for key, value in _total(people).items() if key != "people"}
    return _table("people_person", frame, columns, chart, total, "visits_joined")


def _table(  # noqa: PLR0913, PLR0917 -- the parts of a table, in its own order
    name: str, rows: list[dict[str, object]] | pd.DataFrame, columns: tuple[Column, ...], chart: Chart,
    total: dict[str, object], behind: str,
) -> Table:  # fmt: skip
    frame = pd.DataFrame(rows, columns=[column.key for column in columns]).reset_index(drop=True)
    return Table(name, frame, columns, chart, total=total, behind=behind)


def _parts(people: pd.DataFrame, name: str) -> Iterator[tuple[str, pd.DataFrame]]:
    for value, own in people.groupby(name, sort=True):
        yield str(value), own


def _total(people: pd.DataFrame) -> dict[str, object]:
    return {"people": len(people)} | {name: known(people[name].sum()) for name in SUMMED}


def _floats(column: pd.Series) -> Floats:
    found: Floats = column.to_numpy(dtype=np.float64)
    return found
