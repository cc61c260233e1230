"""The words of reports as the window says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.report_table import Heading, column_values
from desktop.preferences import Preferences
from desktop.services.reports.report import Column, Note, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import LANGUAGES, Language, words
from desktop.views.charts.numbers import Writer, write_week
from desktop.views.charts.titles import note_words
from desktop.views.words import DASH

translate = QCoreApplication.translate


def window_language(preferences: Preferences) -> Language:
    """In which of their languages reports are shown in this window."""
    chosen = preferences.value("language", "en")
    return next((one for one in LANGUAGES if chosen.startswith(one)), "en")


def word(key: str, language: Language) -> str:
    """A text of the vocabulary; "" where there is none."""
    return words(language).get(key, "")


def figure(key: str, language: Language) -> str:
    """The name of a figure."""
    return words(language).get(f"figure.{key}", key)


def figure_means(key: str, language: Language) -> str:
    """What a figure counts."""
    return word(f"figure.{key}.means", language)


def table_title(table: Table, language: Language) -> str:
    """What a table is called."""
    return words(language).get(f"table.{table.name}", table.name)


def table_about(table: Table, language: Language) -> str:
    """The few words beside its title."""
    return word(f"table.{table.name}.about", language)


def headings(table: Table, columns: Sequence[Column], report: Report, language: Language) -> list[Heading]:
    """How columns are headed and written; an amount's head names its currency."""
    made = []
    for column in columns:
        name = figure(column.key, language)
        writer = Writer.of_column(column, language, report.scope.currency, column_values(table, column.key))
        made.append(Heading(name, figure_means(column.key, language), writer.cell))
    return made


def weeks_words(first_day: dt.date, weeks: int, language: Language = "en") -> str:
    """Weeks as the button says them: "W39 - W46 2026", with a dash between."""
    last = first_day + dt.timedelta(days=7 * (weeks - 1))
    year = last.isocalendar().year
    if weeks == 1:
        return f"{write_week(last, language)} {year}"
    first_year = first_day.isocalendar().year
    begin = write_week(first_day, language) + (f" {first_year}" if first_year != year else "")
    return f"{begin} {DASH} {write_week(last, language)} {year}"


def only_words(scope: Scope, names: dict[tuple[str, str], str]) -> str:
    """The filters as the button says them: the one value, or how many."""
    values = [(name, value) for name, kept in scope.only for value in sorted(kept)]
    if not values:
        return translate("reports", "Whole firm")
    if len(values) == 1:
        return names.get(values[0], values[0][1])
    return translate("reports", "{number} filters").format(number=len(values))


def note_text(note: Note, language: Language) -> str:
    """A note with what it names."""
    return note_words(note, language)


def cell_words(table: Table, place: int, column: str, report: Report, language: Language) -> tuple[str, str]:
    """Which cell of a table is meant, "Fujian, footwear, W42", and its figure, "Short: -16 md"."""
    row = table.frame.iloc[place]
    said = []
    for one in table.columns:
        if one.dimension or one.unit == "week":
            writer = Writer(one.unit, language, report.scope.currency)
            said.append(writer.cell(row[one.key]))
    where = ", ".join(said)
    try:
        meant = table.column(column)
    except StopIteration:
        return where, ""
    if meant.dimension or meant.unit == "week":
        return where, ""
    writer = Writer.of_column(meant, language, report.scope.currency, [row[column]])
    return where, f"{figure(column, language)} {writer.full(row[column])}"
