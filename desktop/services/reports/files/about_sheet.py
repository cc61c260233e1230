"""The first sheet of a report's workbook: what it is, its figures at a glance, and what every figure means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put
from desktop.services.exchange.plan_workbook import set_print
from desktop.services.exchange.styles import ACCENT, MUTED, Formats
from desktop.services.reports.files.cells import cell_of, lacks
from desktop.services.reports.files.looks import TONES, format_of
from desktop.services.reports.files.wording import (
    filters,
    kept_columns,
    moment,
    note_line,
    period,
    table_about,
    title_of,
    unit_name,
)
from desktop.services.reports.report import Headline, Report, Unit
from desktop.services.reports.vocabulary import Language, badge_words, say, words
from desktop.services.trade.money import DOLLAR

_WIDTHS = (34, 22, 96)
_LINE = 14  # points
_LETTERS = 112  # of a definition in a line; Chinese characters count twice


class AboutSheet:
    """The sheet that says what the others are."""

    def __init__(self, book: Workbook, formats: Formats, report: Report, language: Language, *, private: bool) -> None:
        self.formats, self.report, self.language, self.private = formats, report, language, private
        self.sheet: Worksheet = book.add_worksheet(say("files.about", language))
        self.muted = formats.get(font_color=MUTED)
        self.beside = formats.get(font_color=MUTED, indent=1)
        self.row = 0

    def fill(self, names: Sequence[tuple[str, str]], charts: str = "") -> None:
        """Write it.

        Args:
            names: of each table's sheet and of its grid's, "" where it has none; none: the sheets are not listed.
            charts: the name of the sheet of charts; "": there is none.
        """
        self.sheet.hide_gridlines(2)
        for place, width in enumerate(_WIDTHS):
            self.sheet.set_column(place, place, width)
        put(self.sheet, 0, 0, title_of(self.report, self.language), self.formats.get(bold=True, font_size=14))
        self.sheet.set_row(0, 24)
        self.row = 2
        mark = self._say("mark")
        for label, text in facts(self.report, self.language, private=self.private):
            put(self.sheet, self.row, 0, label, self.muted)
            put(self.sheet, self.row, 1, text, self.formats.get(bold=label == mark))
            self.row += 1
        if self.report.headlines:
            self._begin(self._say("headlines"), self._say("value"))
            for headline in self.report.headlines:
                self._add_headline(headline)
        if self.report.notes:
            self._begin(self._say("notes"))
            for note in self.report.notes:
                form = self.formats.get(font_color=TONES[note.tone])
                put(self.sheet, self.row, 0, note_line(note, self.language), form)
                self.row += 1
        if names:
            self._add_contents(names, charts)
        self._add_definitions()
        set_print(self.sheet)

    def _say(self, key: str, **values: object) -> str:
        return say(f"files.{key}", self.language, **values)

    def _begin(self, *titles: str) -> None:
        self.row += 1
        for place in range(len(_WIDTHS)):
            put(self.sheet, self.row, place, titles[place] if place < len(titles) else None, self.formats.header)
        self.row += 1

    def _add_headline(self, headline: Headline) -> None:
        currency = self.report.scope.currency
        put(self.sheet, self.row, 0, say(f"figure.{headline.key}", self.language), self.formats.get())
        if lacks(headline.value):
            form = self.formats.get(align="right", font_color=MUTED)
            put(self.sheet, self.row, 1, self._say("unknown"), form)
        else:
            form = format_of(self.formats, headline.unit, currency, bold=True)
            put(self.sheet, self.row, 1, cell_of(headline.value, headline.unit, self.language), form)
        unit = "" if headline.unit == "count" else unit_name(headline.unit, currency, self.language)
        aside = note_line(headline.aside, self.language) if headline.aside else ""
        form = self.formats.get(font_color=TONES[headline.tone], indent=1)
        put(self.sheet, self.row, 2, " \u00b7 ".join(filter(None, (unit, aside))), form)
        self.row += 1

    def _add_contents(self, names: Sequence[tuple[str, str]], charts: str) -> None:
        self._begin(self._say("sheets"))
        if charts:
            self._add_link(charts)
            self.row += 1
        for table, (name, grid) in zip(self.report.tables, names, strict=True):
            rows = len(table.frame)
            for title in filter(None, (grid, name)):
                self._add_link(title)
                said = self._say("row" if rows == 1 else "rows", rows=rows) if title == name else ""
                put(self.sheet, self.row, 1, said, self.formats.get(align="right", font_color=MUTED))
                put(self.sheet, self.row, 2, table_about(table, self.language), self.beside)
                self.row += 1

    def _add_link(self, sheet: str) -> None:
        target = sheet.replace("'", "''")
        form = self.formats.get(font_color=ACCENT, underline=1)
        self.sheet.write_url(self.row, 0, f"internal:'{target}'!A1", form, string=sheet)

    def _add_definitions(self) -> None:
        self._begin(self._say("definitions"), self._say("unit"), self._say("meaning"))
        for name, unit, meaning in definitions(self.report, self.language, private=self.private):
            put(self.sheet, self.row, 0, name, self.formats.get(valign="top", text_wrap=True))
            put(self.sheet, self.row, 1, unit, self.formats.get(valign="top", font_color=MUTED))
            put(self.sheet, self.row, 2, meaning, self.formats.get(valign="top", text_wrap=True))
            width = len(meaning) * (2 if self.language == "zh" else 1)
            self.sheet.set_row(self.row, _LINE * (1 + width // _LETTERS))
            self.row += 1


def facts(report: Report, language: Language, *, private: bool) -> Iterator[tuple[str, str]]:
    """What a report tells of, line by line: label and text."""
    scope = report.scope
    if report.badge:
        yield say("files.mark", language), badge_words(report.badge, language)
    yield say("files.period", language), period(scope, language)
    for number, line in enumerate(filters(scope, language) or [say("files.everything", language)]):
        yield "" if number else say("files.filters", language), line
    money = "files.currency.dollar" if scope.currency == DOLLAR else "files.currency.other"
    yield say("files.currency", language), say(money, language, currency=scope.currency)
    yield say("files.made", language), moment(report.made_at)
    yield say("files.database", language), report.database
    yield say("files.private", language), _private_words(report, language, private=private)


def definitions(report: Report, language: Language, *, private: bool) -> list[tuple[str, str, str]]:
    """Every figure of a report once, in order: its name, its unit, what it means."""
    units: dict[str, Unit] = {headline.key: headline.unit for headline in report.headlines}
    for table in report.tables:
        for column in kept_columns(table, private=private):
            units.setdefault(column.key, column.unit)
    known = words(language)
    return [
        (known[f"figure.{key}"], unit_name(unit, report.scope.currency, language), known[f"figure.{key}.means"])
        for key, unit in units.items()
        if f"figure.{key}.means" in known
    ]


def _private_words(report: Report, language: Language, *, private: bool) -> str:
    named = dict.fromkeys(column.key for table in report.tables for column in table.columns if column.is_private)
    if not named:
        return say("files.private.none", language)
    figures = ", ".join(say(f"figure.{key}", language) for key in named)
    return say("files.private.in" if private else "files.private.out", language, figures=figures)
