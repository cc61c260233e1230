"""A report on the terminal, and as JSON."""

from __future__ import annotations

import datetime as dt

from desktop.cli.output import say, say_table
from desktop.services.exchange.cells import Cell
from desktop.services.reports.files.cells import cell_of, cells_of
from desktop.services.reports.files.separated import table_named
from desktop.services.reports.files.wording import (
    filter_line,
    heading,
    kept_columns,
    moment,
    note_line,
    period,
    source_line,
    table_title,
    title_of,
)
from desktop.services.reports.report import Report, Table
from desktop.services.reports.vocabulary import Language, badge_words
from desktop.services.reports.vocabulary import say as say_word
from desktop.views.charts.numbers import NAMES, TIMES, Writer, write_one

SHOWN = 30  # rows of a table; files have all


def say_report(report: Report, language: Language, table: str, *, private: bool) -> None:
    """Print headlines and tables; of long tables the first rows."""
    badge = f"{badge_words(report.badge, language)}. " if report.badge else ""
    say(
        f"{title_of(report, language)}. {badge}{period(report.scope, language)}. {filter_line(report.scope, language)}."
    )
    currency = report.scope.currency
    figures = [
        (
            say_word(f"figure.{headline.key}", language),
            write_one(headline.value, headline.unit, language, currency),
            note_line(headline.aside, language) if headline.aside else "",
        )
        for headline in report.headlines
    ]
    if figures and not table:
        say_table(("", "", ""), figures, right=(1,))
    for note in report.notes:
        say(note_line(note, language))
    for one in [table_named(report, table)] if table else report.tables:
        _say_one(report, one, language, private=private)


def report_json(report: Report, language: Language, table: str, *, private: bool) -> dict[str, object]:
    """A report as JSON has it: figures as in CSV, amounts in whole units of the currency, shares from 0 to 1."""
    tables = [table_named(report, table)] if table else report.tables
    return {
        "report": report.name,
        "title": title_of(report, language),
        "first_day": report.scope.first_day.isoformat(),
        "weeks": report.scope.weeks,
        "only": {name: sorted(kept) for name, kept in report.scope.only},
        "currency": report.scope.currency,
        "made_at": report.made_at.isoformat(),
        "database": report.database,
        "badge": report.badge,
        "headlines": [
            {
                "key": headline.key,
                "title": say_word(f"figure.{headline.key}", language),
                "unit": headline.unit,
                "value": cell_of(headline.value, headline.unit, language),
                "aside": note_line(headline.aside, language) if headline.aside else "",
            }
            for headline in report.headlines
        ],
        "notes": [note_line(note, language) for note in report.notes],
        "tables": [_table_json(report, one, language, private=private) for one in tables],
    }


def _say_one(report: Report, table: Table, language: Language, *, private: bool) -> None:
    columns = kept_columns(table, private=private)
    currency = report.scope.currency
    shown = table.frame.head(SHOWN)
    say("")
    say(f"{table_title(table, language)} (--table {table.name})")
    written = [
        [writer.cell(value) for value in shown[column.key].tolist()]
        for column in columns
        for writer in (Writer.of_column(column, language, currency, table.frame[column.key].tolist()),)
    ]
    right = [place for place, column in enumerate(columns) if column.unit not in NAMES | TIMES]
    if len(shown):
        heads = [heading(column, currency, language) for column in columns]
        say_table(heads, list(zip(*written, strict=True)), right=right)
    else:
        say(say_word("files.empty", language))
    if len(table.frame) > SHOWN:
        say(f"And {len(table.frame) - SHOWN:,} rows more; --out FILE.xlsx has all.")
    for note in table.notes:
        say(note_line(note, language))
    say(source_line(report, table, language))


def _table_json(report: Report, table: Table, language: Language, *, private: bool) -> dict[str, object]:
    columns = kept_columns(table, private=private)
    currency = report.scope.currency
    cells = [[_plain(cell) for cell in cells_of(table.frame[one.key], one.unit, language)] for one in columns]
    keys = [column.key for column in columns]
    return {
        "table": table.name,
        "title": table_title(table, language),
        "columns": [
            {"key": column.key, "title": heading(column, currency, language), "unit": column.unit} for column in columns
        ],
        "rows": [dict(zip(keys, row, strict=True)) for row in zip(*cells, strict=True)],
        "total": {
            column.key: _plain(cell_of(table.total[column.key], column.unit, language))
            for column in columns
            if column.key in table.total
        },
        "notes": [note_line(note, language) for note in table.notes],
        "source": source_line(report, table, language),
        "made": moment(report.made_at),
    }


def _plain(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, dt.date) else cell
