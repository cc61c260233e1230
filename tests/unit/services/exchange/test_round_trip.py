"""What is written and imported again is the same: the sample company whole, and any value drawn."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.clock import FixedClock
from desktop.models.halfday import morning
from desktop.services.demo import make_sample
from desktop.services.exchange import check_file, import_file, write_records
from desktop.services.exchange.book import writing_workbook
from desktop.services.exchange.cells import marked_for_csv
from desktop.services.exchange.codes import Codes
from desktop.services.exchange.columns import NEEDED, Sheet, Values
from desktop.services.exchange.kinds import COUNTRIES
from desktop.services.exchange.reading import read_file
from desktop.services.exchange.record_workbook import cells_of, write_sheet
from desktop.services.exchange.records import every, values_of
from desktop.services.exchange.sheets import BY_KIND, SHEETS
from desktop.services.trade.groups import GROUPS
from desktop.services.trade.money import CURRENCIES
from desktop.services.trade.sampling import AQLS, Level
from desktop.store.engine import Store
from scheduler.problem import WAIVERS, Mode
from tests.helpers.company import NOW, desk_of
from tests.helpers.soak import scaled
from tests.helpers.stores import SqliteTemplate


def contents(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every record as people enter it, by sheet."""
    with store.session() as session:
        codes = Codes(session)
        return {
            sheet.title: [values_of(sheet, record, codes) for record in every(session, sheet, codes)]
            for sheet in SHEETS
        }


@pytest.fixture
def sample(sqlite_store: Store) -> Store:
    make_sample(
        sqlite_store, inspectors=15, requests=40, first_day=dt.date(2026, 11, 30), clock=FixedClock(NOW), seed=5
    )
    return sqlite_store


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_sample_company_as_workbook(
    sample: Store, engine: str, tmp_path: Path, sqlite_template: SqliteTemplate, request: pytest.FixtureRequest
) -> None:
    written = write_records(sample, tmp_path / "company.xlsx", everything=True)
    assert written["Bookings"] == 40
    other: Store = sqlite_template.new_store(tmp_path) if engine == "sqlite" else request.getfixturevalue("pg_store")
    with other:
        import_file(desk_of(other), tmp_path / "company.xlsx")
        assert contents(other) == contents(sample)
        again = check_file(desk_of(other), tmp_path / "company.xlsx")
        assert (again.new, again.changed, again.bad) == (0, 0, 0)


def test_the_sample_company_as_csv_files(sample: Store, tmp_path: Path, sqlite_template: SqliteTemplate) -> None:
    with sqlite_template.new_store(tmp_path) as other:
        whole = contents(sample)
        for sheet in SHEETS:
            if whole[sheet.title]:
                path = tmp_path / f"{sheet.kind}.csv"
                write_records(sample, path, kinds=[sheet.kind], everything=True)
                import_file(desk_of(other), path, kind=sheet.kind)
        assert contents(other) == whole


def test_bookings_that_are_over_are_left_out_unless_asked_for(sample: Store, tmp_path: Path) -> None:
    with sample.session(write=True) as session:
        for record in every(session, BY_KIND["request"], Codes(session))[:30]:
            record.status = "done"  # type: ignore[attr-defined]
        session.commit()
    assert write_records(sample, tmp_path / "open.xlsx", kinds=["Bookings"]) == {"Bookings": 10}
    assert write_records(sample, tmp_path / "all.xlsx", kinds=["Bookings"], everything=True) == {"Bookings": 40}


# -- any value ---------------------------------------------------------------------------------------------------------

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("=+-@'#;\",\n"), max_size=30
)
LINE = TEXT.map(lambda text: "".join(text.split("\n")))
HARD = ("=1+1", "-", "'-", "#x", "@a", "+86 000", "none", "2026-12-01", "1.50", "00123", "TRUE", "http://x", "a; b")


def clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


TEXTS = TEXT.map(clean).filter(lambda text: "\t" not in text) | st.sampled_from(HARD)
LINES = (LINE.map(clean) | st.sampled_from(HARD)).filter(lambda text: "\t" not in text and "\x85" not in text)
NAMES = LINES.filter(bool)
CODES = NAMES.filter(lambda text: not text.startswith("#"))
DAYS = st.dates(dt.date(2000, 1, 1))
CENTS = st.integers(0, 2**31 - 1)
SLOTS = DAYS.map(morning)


def mapped(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(NAMES, values, max_size=3).map(lambda found: tuple(sorted(found.items())))


DRAWN: Mapping[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "text on one line": LINES,
    "code": CODES,
    "e-mail address": st.just("lan@example.com"),
    "country in two letters": st.sampled_from([*COUNTRIES, "DE"]),
    "percent 0 to 100": st.floats(0, 100),
    "degrees": st.floats(-90, 90),
    "how sure the place is": st.sampled_from(["address", "town", "none"]),
    "time zone": st.sampled_from(["Asia/Shanghai", "Europe/Paris"]),
    "days of the week": st.frozensets(st.integers(0, 6)).map(sorted).map(tuple),
    "yes or no": st.booleans(),
    "day": DAYS,
    "whole number": CENTS,
    "whole number of 1 or more": st.integers(1, 2**31 - 1),
    "number above 0": st.floats(1e-5, 1e9),
    "kind of day": st.sampled_from(["holiday", "make-up"]),
    "list of services": st.lists(NAMES.filter(lambda text: text.upper() == text), max_size=3, unique=True).map(tuple),
    "service": st.sampled_from(["DUPRO", "PSI", "Audit of stores"]),
    "list of skills with levels": mapped(st.integers(1, 5)),
    "list of names": st.lists(NAMES, max_size=3, unique=True).map(tuple),
    "list of names with last days": mapped(DAYS),
    "list of areas, last days where there are any": mapped(st.none() | DAYS),
    "list of US dollars": st.lists(CENTS, max_size=7).map(tuple),
    "US dollars, 0 or more": CENTS,
    "day or half-day": st.builds(lambda slot, half: slot + half, SLOTS, st.integers(0, 1)),
    "list of days": st.frozensets(DAYS.map(str)).map(sorted).map(tuple),
    "level 1 to 5": st.integers(1, 5),
    "ways to split the work": st.lists(
        st.builds(Mode, st.integers(1, 20), st.integers(1, 56)), min_size=1, max_size=3, unique=True
    ).map(tuple),
    "day and time": st.datetimes(dt.datetime(2000, 1, 2), dt.datetime(9000, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    "status": st.sampled_from(["new", "ready", "done"]),
    "list of codes": st.lists(CODES, max_size=3, unique=True).map(sorted).map(tuple),
    "list of codes with US dollars": st.dictionaries(CODES, st.integers(-(10**8), 10**8), max_size=3).map(
        lambda found: tuple(sorted(found.items()))
    ),
    "product group": st.sampled_from(["", *GROUPS]),
    "language": st.sampled_from(["", "zh", "vi", "en"]),
    "currency": st.sampled_from(CURRENCIES),
    "amount above 0": st.integers(1, 2**31 - 1),
    "inspection level": st.sampled_from(list(Level)),
    "AQL": st.sampled_from(AQLS),
    "list of rules that may be waived": st.frozensets(st.sampled_from(WAIVERS)).map(
        lambda found: tuple(rule for rule in WAIVERS if rule in found)
    ),
}


@st.composite
def records(draw: st.DrawFn, sheet: Sheet) -> dict[str, Any]:
    values = {}
    for column in sheet.columns:
        value = DRAWN[column.kind.name]
        if column.default is None:
            value = st.none() | value
        elif column.is_needed:
            value = value.filter(lambda drawn: drawn not in ("", ()))
        values[column.field] = draw(value)
    return values


def read_back(sheet: Sheet, path: Path) -> list[Values]:
    """The rows of a file, blank cells as a new record has them."""
    rows = read_file(path, sheet).sheets[0].rows
    assert [row.faults for row in rows] == [[] for _ in rows]
    defaults = {column.field: column.default for column in sheet.columns if column.default is not NEEDED}
    return [defaults | row.values for row in rows]


def expected(sheet: Sheet, rows: Sequence[Values]) -> list[Values]:
    """What people cannot tell from blank is blank: text and lists that are empty take the default."""
    return [
        {
            field: sheet.by_field[field].default
            if value in ("", ()) and sheet.by_field[field].kind.write(value) is None
            else value
            for field, value in row.items()
        }
        for row in rows
    ]


@pytest.mark.parametrize("kind", BY_KIND)
@given(data=st.data())
@settings(max_examples=scaled(120))
def test_any_record_as_workbook_and_csv(
    kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sheet = BY_KIND[kind]
    rows = data.draw(st.lists(records(sheet), min_size=1, max_size=3))
    folder = tmp_path_factory.mktemp("any")
    with writing_workbook(folder / "any.xlsx") as (book, formats):
        write_sheet(book, formats, sheet, (cells_of(sheet, row) for row in rows))
    with (folder / "any.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.header for column in sheet.columns])
        writer.writerows(cells_of(sheet, row, marked_for_csv) for row in rows)
    for path in (folder / "any.xlsx", folder / "any.csv"):
        assert read_back(sheet, path) == expected(sheet, rows)
