"""What files say about a report: headings, periods, filters, values of closed lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desktop.services.reports.report import Column, Note, Report, Table, Unit
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import Language, say, words


def title_of(report: Report, language: Language) -> str:
    """What a report is called."""
    return say(f"report.{report.name}", language)


def table_title(table: Table, language: Language) -> str:
    """What a table is called."""
    return say(f"table.{table.name}", language)


def table_about(table: Table, language: Language) -> str:
    """The few words beside a table's title; "" where there are none."""
    return words(language).get(f"table.{table.name}.about", "")


def heading(column: Column, currency: str, language: Language) -> str:
    """The heading of a column; that of an amount names its currency."""
    name = say(f"figure.{column.key}", language)
    return f"{name}, {currency}" if column.unit == "money" else name


def headings(columns: Sequence[Column], currency: str, language: Language) -> list[str]:
    """The headings of a table, each once: what is said twice is numbered, as spreadsheet programs demand."""
    given: dict[str, int] = {}
    texts = []
    for column in columns:
        text = heading(column, currency, language)
        times = given[text.casefold()] = given.get(text.casefold(), 0) + 1
        texts.append(text if times == 1 else f"{text} ({times})")
    return texts


def kept_columns(table: Table, *, private: bool) -> tuple[Column, ...]:
    """The columns that a file has: those that name private data only where they are asked for."""
    return tuple(column for column in table.columns if private or not column.is_private)


def unit_name(unit: Unit, currency: str, language: Language) -> str:
    """What a figure is counted in: "man-days", "USD"; "" of text."""
    if unit == "money":
        return currency
    known = words(language)
    return known.get(f"unit.{unit}.name", known.get(f"files.unit.{unit}", ""))


def value_word(value: object, language: Language) -> str:
    """A value of a closed list in words; one that no list has as it is."""
    return words(language).get(f"value.{value}", str(value))


def period(scope: Scope, language: Language) -> str:
    """The days that are told of: "2026-08-31 to 2026-11-29, 13 weeks"."""
    key = "files.weeks" if scope.weeks != 1 else "files.week"
    return say(key, language, first=scope.first_day, last=scope.last_day, weeks=scope.weeks)


def filters(scope: Scope, language: Language) -> list[str]:
    """What is kept of each dimension that was narrowed: "Country: CN, VN"."""
    return [
        f"{say(f'figure.{name}', language)}: {', '.join(sorted(value_word(one, language) for one in kept))}"
        for name, kept in scope.only
    ]


def filter_line(scope: Scope, language: Language) -> str:
    """All that was narrowed, in one line."""
    return "; ".join(filters(scope, language)) or say("files.everything", language)


def note_line(note: Note, language: Language, group: str = "note") -> str:
    """A sentence of a report. `group` is that of its key: "note" or "source"."""
    key = note.key if note.key.startswith(f"{group}.") else f"{group}.{note.key}"
    return say(key, language, **{name: _plain(value) for name, value in note.values.items()})


def source_line(report: Report, table: Table, language: Language) -> str:
    """Where the figures of a table come from."""
    known = {"database": report.database, "made": moment(report.made_at), **table.source.values}
    return note_line(Note(table.source.key, known), language, "source")


def moment(time: dt.datetime) -> str:
    """A time of the records: UTC, to the minute."""
    return f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


def _plain(value: object) -> object:
    """A value of a note as files write it: days as ISO, times to the minute."""
    return moment(value) if isinstance(value, dt.datetime) else value
