"""All visits of a scope as a list: a row a visit, read and written some weeks at a time."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.clock import Clock
from desktop.errors import BadInputError, NotFoundError
from desktop.models import Visit
from desktop.models.halfday import date_of
from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cells import Cell, without_formula
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.facts import Facts, read_facts
from desktop.services.reports.files.about_sheet import AboutSheet
from desktop.services.reports.files.cells import cells_of
from desktop.services.reports.files.looks import format_of, header_of, width_of
from desktop.services.reports.files.plain_sheet import write_plain_sheet
from desktop.services.reports.files.separated import csv_cells
from desktop.services.reports.files.wording import headings
from desktop.services.reports.making import make_report
from desktop.services.reports.report import Column, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import Language, say
from desktop.services.reports.weeks import in_force

NAME = "visits"
AT_ONCE = 8  # weeks that are read together
_BLOCK = 4_000  # visits that are written together

COLUMNS = (
    Column("request", "text"),
    Column("week", "week"),
    Column("first_day", "date"),
    Column("begins", "word"),
    Column("last_day", "date"),
    Column("ends", "word"),
    Column("status", "word"),
    Column("service", "text", "service"),
    Column("skill", "text", "skill"),
    Column("product", "text", "product"),
    Column("client", "text", "client"),
    Column("client_name", "text"),
    Column("factory", "text", "factory"),
    Column("factory_name", "text"),
    Column("country", "text", "country"),
    Column("region", "text", "region"),
    Column("city", "text", "city"),
    Column("crew", "count"),
    Column("inspectors", "text"),
    Column("man_days", "man_days", is_additive=True),
    Column("revenue", "money", is_additive=True),
    Column("work", "money", is_additive=True),
    Column("premium", "money", is_additive=True),
    Column("travel", "money", is_additive=True),
    Column("night_cost", "money", is_additive=True),
    Column("cost", "money", is_additive=True),
    Column("nights", "nights", is_additive=True),
    Column("outcome", "word", "outcome"),
    Column("cause", "word", "cause"),
    Column("requested_hours", "hours"),
    Column("kept_target", "word"),
    Column("kept_limit", "word"),
    Column("kept_window", "word"),
    Column("report_hours", "hours"),
)
_COSTS = {
    "work": "work",
    "premium": "premium",
    "travel": "travel",
    "night": "night_cost",
    "cost": "cost",
    "nights": "nights",
}
"""Facts that are on record of what is done only, and the columns that they fill."""
_KEPT = {"in_target": "kept_target", "in_limit": "kept_limit", "in_window": "kept_window"}


def write_visits(source: Source, scope: Scope, clock: Clock, path: str | Path, language: Language = "en") -> int:
    """Write all visits of a scope as .csv or .xlsx; memory does not grow with their number.

    Args:
        source: where the records are; all are read as of one moment.
        scope: which visits, and the currency.
        clock: when it is made.
        path: the file; replaced where it exists.
        language: of headings and values of closed lists.

    Returns:
        The number of visits.

    Raises:
        BadInputError: the file cannot be written, or holds less rows than there are visits.
    """
    path = Path(path)
    with reading(source) as session:
        blocks = (
            [cells_of(frame[column.key], column.unit, language) for column in COLUMNS]
            for frame in visit_frames(session, scope)
        )
        if path.suffix.lower() == ".csv":
            return _write_csv(path, scope, blocks, language)
        if path.suffix.lower() == ".xlsx":
            return _write_sheet(path, about_visits(session, scope, clock), blocks, language)
    raise BadInputError(f"{path.name} is no file for a list of visits.", "Name a .csv or .xlsx file.")


def all_weeks(source: Source) -> tuple[dt.date, int]:
    """The weeks from the first visit on record to the last: the first Monday, and how many.

    Raises:
        NotFoundError: there is no visit.
    """
    with reading(source) as session:
        first, last = session.execute(
            select(func.min(Visit.first_slot), func.max(Visit.first_slot)).where(in_force())
        ).one()
    if first is None:
        raise NotFoundError("No visit has been announced yet.", "Publish a plan, then there are visits to list.")
    monday = date_of(first) - dt.timedelta(days=date_of(first).weekday())
    return monday, (date_of(last) - monday).days // 7 + 1


def visit_frames(source: Source, scope: Scope) -> Iterator[pd.DataFrame]:
    """The visits of a scope in frames with COLUMNS, some weeks at a time."""
    for week in range(0, scope.weeks, AT_ONCE):
        part = scope.in_weeks(scope.mondays[week], min(AT_ONCE, scope.weeks - week))
        frame = _listed(read_facts(source, part))
        for first in range(0, len(frame), _BLOCK):
            yield frame.iloc[first : first + _BLOCK]


def _listed(facts: Facts) -> pd.DataFrame:
    visits = facts.visits
    listed = {column.key: visits[column.key] for column in COLUMNS if column.key in visits.columns}
    listed["request"] = visits["code"]
    listed["week"] = _days(visits["week"])
    for slot, day, half in (("first_slot", "first_day", "begins"), ("last_slot", "last_day", "ends")):
        listed[day] = _days(visits[slot] // 2)
        listed[half] = pd.Categorical.from_codes(visits[slot].to_numpy() % 2, ["morning", "afternoon"])
    for kind, frame in (("client", facts.clients), ("factory", facts.factories)):
        listed[f"{kind}_name"] = _names(visits[kind], frame)
    listed["inspectors"] = _crews(facts)
    for name, key in _COSTS.items():
        listed[key] = visits[name].where(visits["is_done"])
    listed["revenue"] = visits["revenue"].where(visits["is_priced"])
    for name in ("outcome", "cause"):
        listed[name] = visits[name].cat.remove_categories([one for one in visits[name].cat.categories if not one])
    for name, key in _KEPT.items():
        kept = visits[name].fillna(-1).to_numpy().astype(np.int8)
        listed[key] = pd.Categorical.from_codes(kept, ["no", "yes"])
    return pd.DataFrame({column.key: listed[column.key] for column in COLUMNS})


def _days(ordinals: pd.Series) -> pd.Categorical:
    """Days of ordinals; each day is made once."""
    days, which = np.unique(ordinals.to_numpy(), return_inverse=True)
    return pd.Categorical.from_codes(which, [pd.Timestamp.fromordinal(int(day)).date() for day in days])


def _names(codes: pd.Series, known: pd.DataFrame) -> pd.Series:
    names = known["name"].reindex(codes.cat.categories)
    return pd.Series(names.array.take(codes.cat.codes.to_numpy()), dtype=object)


def _crews(facts: Facts) -> pd.Series:
    """Who makes each visit: codes, as the roster has them."""
    people: list[list[str]] = [[] for _ in range(len(facts.visits))]
    for row, person in zip(facts.crew["row"].tolist(), facts.crew["person"].tolist(), strict=True):
        people[row].append(person)
    return pd.Series(["; ".join(codes) for codes in people], dtype=object)


def _write_csv(path: Path, scope: Scope, blocks: Iterator[list[list[Cell]]], language: Language) -> int:
    count = 0
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow([without_formula(title) for title in headings(COLUMNS, scope.currency, language)])
        for block in blocks:
            texts = [csv_cells(cells, column.unit) for cells, column in zip(block, COLUMNS, strict=True)]
            writer.writerows(zip(*texts, strict=True))
            count += len(texts[0])
    return count


def _write_sheet(path: Path, about: Report, blocks: Iterator[Sequence[Sequence[Cell]]], language: Language) -> int:
    titles = headings(COLUMNS, about.scope.currency, language)
    first = next(blocks, [[] for _ in COLUMNS])

    def make(bare: Path) -> None:
        with writing_workbook(bare) as (book, formats):
            AboutSheet(book, formats, about, language, private=False).fill(())
            sheet = book.add_worksheet(say("files.visits", language))
            sheet.freeze_panes(1, 1)
            sheet.set_row(0, 32)
            for place, (column, title) in enumerate(zip(COLUMNS, titles, strict=True)):
                sheet.set_column(place, place, width_of(title, first[place], column.unit))
                put(sheet, 0, place, title, header_of(formats, column.unit))
                sheet.write_blank(1, place, None, format_of(formats, column.unit, about.scope.currency))
            sheet.autofilter(0, 0, 1, len(COLUMNS) - 1)

    def every() -> Iterator[Sequence[Sequence[Cell]]]:
        yield first
        yield from blocks

    return write_plain_sheet(path, make, every(), 1)


def about_visits(session: Session, scope: Scope, clock: Clock) -> Report:
    """What a list of visits says of itself: a report whose one table is empty."""
    nothing = pd.DataFrame({column.key: [] for column in COLUMNS})
    return make_report(NAME, session, scope, clock, tables=(Table(NAME, nothing, COLUMNS),))
