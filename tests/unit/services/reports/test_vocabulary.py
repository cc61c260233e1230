"""The words of reports: complete in three languages, and the manual has what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from desktop.services.reports.catalogue import CATALOGUE
from desktop.services.reports.report import Note, Report, Table
from desktop.services.reports.scope import DIMENSIONS, Scope
from desktop.services.reports.vocabulary import LANGUAGES
from desktop.store.engine import Store
from tests.helpers.figures_page import PAGE, WORDS, render, rows_of
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, WEEKS

ROWS = [row for path in sorted(WORDS.glob("*.csv")) for row in rows_of(path)]
SHIPPED = {row["key"]: row for row in ROWS}
# a day is written in the order and with the names of its language
OWN_PLACEHOLDERS = ("write.",)


def test_every_key_stands_once_and_has_three_texts() -> None:
    assert [key for key, times in Counter(row["key"] for row in ROWS).items() if times > 1] == []
    assert [row["key"] for row in ROWS if None in row or not all(row[language].strip() for language in LANGUAGES)] == []


def test_languages_name_the_same_values() -> None:
    for row in ROWS:
        if not row["key"].startswith(OWN_PLACEHOLDERS):
            named = {language: set(re.findall(r"{(\w*)}", row[language])) for language in LANGUAGES}
            assert named["zh"] == named["vi"] == named["en"], row["key"]


def test_every_figure_says_what_it_means_without_shouting() -> None:
    figures = [key for key in SHIPPED if re.fullmatch(r"figure\.\w+", key)]
    assert [key for key in figures if f"{key}.means" not in SHIPPED] == []
    assert [name for name in DIMENSIONS if f"figure.{name}" not in SHIPPED] == []
    assert [key for key, row in SHIPPED.items() if "!" in row["en"] or "\uff01" in row["zh"]] == []


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_word_of_a_report_is_there(past_sqlite: Store, name: str) -> None:
    report = CATALOGUE[name].build(past_sqlite, Scope(FIRST_MONDAY, WEEKS), CLOCK)
    assert [key for key in dict.fromkeys(_keys(report)) if key not in SHIPPED] == []
    for note in _notes(report):
        named = set(re.findall(r"{(\w+)}", SHIPPED[_key(note.key, "note")]["en"]))
        assert named <= set(note.values), note.key


def test_the_manual_has_every_definition() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "write it anew: python -m tests.helpers.figures_page"


def _keys(report: Report) -> Iterator[str]:
    yield f"report.{report.name}"
    for headline in report.headlines:
        yield from (f"figure.{headline.key}", f"figure.{headline.key}.means")
    for table in report.tables:
        yield f"table.{table.name}"
        yield _key(table.source.key, "source")
        for column in table.columns:
            yield from (f"figure.{column.key}", f"figure.{column.key}.means")
            if column.unit == "word":
                yield from (f"value.{value}" for value in _values(table, column.key))
    yield from (_key(note.key, "note") for note in _notes(report))


def _notes(report: Report) -> Iterator[Note]:
    yield from report.notes
    yield from (headline.aside for headline in report.headlines if headline.aside)
    for table in report.tables:
        yield from table.notes


def _values(table: Table, key: str) -> list[object]:
    return [value for value in table.frame[key].dropna().unique().tolist() if value != ""]


def _key(key: str, group: str) -> str:
    return key if key.startswith(f"{group}.") else f"{group}.{key}"
