"""The words round a report: filters, notes, sources, headings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from desktop.services.reports.report import Note, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import Language, badge_words, say, words
from desktop.views.charts.numbers import unit_name, write_date, write_moment

MOST_NAMED = 8  # values of a filter


def heading(key: str, language: Language) -> str:
    """What a column or headline is called."""
    return say(f"figure.{key}", language)


def note_words(note: Note, language: Language) -> str:
    """A note as a sentence, with its days as they are written everywhere."""
    return say(f"note.{note.key}", language, **{key: _dated(value, language) for key, value in note.values.items()})


def source_words(table: Table, report: Report, language: Language) -> str:
    """Where the figures of a table come from."""
    given = {"database": report.database, "made": write_moment(report.made_at, language)} | dict(table.source.values)
    key = table.source.key
    said = say(key if key.startswith("source.") else f"source.{key}", language, **given)
    return f"{said} · {badge_words(report.badge, language)}" if report.badge else said


def about_words(table: Table, language: Language) -> str:
    """A few words about a table; "" where its title says it all."""
    return words(language).get(f"table.{table.name}.about", "")


def units_words(table: Table, report: Report, language: Language) -> str:
    """The units of a chart's figures, and what the figure is where there is one alone, which no legend names."""
    chart = table.chart
    keys = chart.series if chart is not None else ()
    units = (unit_name(table.column(key).unit, language, report.scope.currency) for key in keys)
    said = ", ".join(dict.fromkeys(name for name in units if name))
    if chart is None or len(keys) != 1 or chart.kind == "lines":
        return said
    name = heading(keys[0], language)
    return name if said.casefold() in ("", name.casefold()) else f"{name}, {said}"


def filter_words(scope: Scope, language: Language) -> tuple[str, ...]:
    """What is looked at: a line a dimension, or that it is the whole firm."""
    if not scope.only:
        return (say("paper.everything", language),)
    return tuple(
        say("write.colon", language, label=heading(name, language), text=_listed(values, language))
        for name, values in scope.only
    )


def _listed(values: Iterable[str], language: Language) -> str:
    known = words(language)
    names = sorted(known.get(f"value.{value}", value) for value in values)
    left = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" + {left:,}" if left > 0 else "")


def _dated(value: object, language: Language) -> object:
    if isinstance(value, dt.datetime):
        return write_moment(value, language)
    return write_date(value, language) if isinstance(value, dt.date) else value
