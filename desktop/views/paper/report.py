"""A report on paper: title page with the headlines, every table with its chart, and what the figures mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QFont, QImage, QImageWriter, QPageSize, QPainter

from desktop.services.exchange.atomic import replacing
from desktop.services.reports.report import Headline, Note, Report, Table, Tone
from desktop.services.reports.vocabulary import Language, badge_words, say, words
from desktop.views.charts.drawing import ChartDrawing, Style
from desktop.views.charts.numbers import write_moment, write_one, write_period
from desktop.views.charts.strokes import PaperScript
from desktop.views.charts.titles import filter_words, heading, note_words, source_words
from desktop.views.paper import flow
from desktop.views.paper.flow import INNER, MARGIN, Ink, RowStyle, Strip, Words, cell, gap, paragraph, row
from desktop.views.paper.report_picture import report_picture
from desktop.views.paper.report_table import TablePaper
from desktop.views.theme import LIGHT, Theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

BOLD = QFont.Weight.DemiBold
TONES: Mapping[Tone, str] = {"plain": LIGHT.muted, "ok": LIGHT.ok, "warn": LIGHT.warn, "bad": LIGHT.bad}
BODY = flow.HEIGHT - 2 * MARGIN - flow.FOOT
"""Points of a page that strips may take."""
CHART_SCALE = 0.72
"""Points of paper for a unit of a chart: letters of 11 units are 7.9 points high."""
HIGHEST_CHART = BODY - 110.0
"""So that the title above it and a note below stand on the same page."""
TILES_IN_A_ROW = 4
LABEL = 96.0
TERM = 130.0


def write_pdf(report: Report, path: Path, language: Language, *, firm: str = "", is_private_shown: bool = False) -> int:
    """Write a report as PDF. Needs no display, on any thread.

    Args:
        report: as the catalogue makes it.
        path: of the file; one that is there is replaced.
        language: of all words.
        firm: whose report it is, on the title page.
        is_private_shown: columns that are private are printed too.

    Returns:
        The number of pages.

    Raises:
        BadInputError: where the file cannot be written.
    """
    with flow.application():
        made = _Paper(report, language, firm, is_private_shown=is_private_shown)
        return flow.write_pdf(path, list(made.strips()), made.foot, made.title)


def report_pages(
    report: Report, language: Language, scale: float, *, firm: str = "", is_private_shown: bool = False
) -> list[QImage]:
    """The pages as pictures, so many pixels a point. Needs no display, on any thread."""
    with flow.application():
        made = _Paper(report, language, firm, is_private_shown=is_private_shown)
        return flow.as_pictures(list(made.strips()), made.foot, scale)


def write_picture(report: Report, path: Path, language: Language, theme: Theme = LIGHT, table: str = "") -> None:
    """Write the charts of a report as PNG, or that of one table. Needs no display, on any thread.

    Raises:
        BadInputError: where the file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    with flow.application():
        QImageWriter(buffer, QByteArray(b"png")).write(report_picture(report, language, theme, table))
    with replacing(path) as draft:
        draft.write_bytes(bytes(buffer.data().data()))


def print_report(report: Report, language: Language, printer: QPrinter, *, firm: str = "") -> int:
    """Print a report on paper of A4, on any thread; gives back how many pages. Private columns are not printed."""
    with flow.application():
        made = _Paper(report, language, firm, is_private_shown=False)
        printer.setFullPage(True)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        return flow.paint_pages(printer, printer.resolution(), list(made.strips()), made.foot)


class _Paper:
    """One report being put on paper."""

    def __init__(self, report: Report, language: Language, firm: str, *, is_private_shown: bool) -> None:
        self._report, self._language, self._firm = report, language, firm
        self._is_private_shown = is_private_shown
        self.title = say(f"report.{report.name}", language)
        self._badge = badge_words(report.badge, language)

    def foot(self, page: int, pages: int) -> str:
        """The line at the foot of a page: which report it is, of whom, and which page."""
        title = " · ".join(part for part in (self.title, self._firm, self._badge) if part)
        return say("paper.page", self._language, title=title, page=page, pages=pages)

    def strips(self) -> Iterator[Strip]:
        """All of it from top to bottom."""
        first = list(self._title_page())
        yield from first
        yield gap(max(0.0, BODY - sum(strip.height for strip in first) - 0.5))
        shown: dict[str, None] = dict.fromkeys(headline.key for headline in self._report.headlines)
        for table in self._report.tables:
            paper = TablePaper(table, self._report, self._language, is_private_shown=self._is_private_shown)
            yield from self._table(table, paper)
            shown |= dict.fromkeys(column.key for column in paper.columns)
        yield from self._definitions(shown)

    def _title_page(self) -> Iterator[Strip]:
        report, language = self._report, self._language
        yield gap(60)
        if self._firm:
            yield paragraph(self._firm, Ink(12, BOLD, LIGHT.muted), after=8)
        yield paragraph(self.title, Ink(26, BOLD), after=4)
        about = words(language).get(f"report.{report.name}.about", "")
        yield paragraph(about, Ink(11, colour=LIGHT.muted), after=6)
        if report.badge:
            yield paragraph(self._badge, Ink(10, BOLD, LIGHT.warn), after=6)
        yield gap(14)
        facts = (
            ("paper.period", write_period(report.scope, language)),
            ("paper.filters", "\n".join(filter_words(report.scope, language))),
            ("paper.currency", report.scope.currency),
            ("paper.made", write_moment(report.made_at, language)),
            ("paper.database", report.database),
        )
        for key, text in facts:
            label = cell(LABEL, (say(key, language), Ink(9, colour=LIGHT.muted)))
            yield row((LABEL, INNER - LABEL), (label, cell(INNER - LABEL, (text, Ink(9)))))
        yield gap(20)
        yield from self._headlines()
        yield gap(10)
        yield from self._notes(report.notes)

    def _headlines(self) -> Iterator[Strip]:
        width = INNER / TILES_IN_A_ROW
        tiles = [self._tile(width, headline) for headline in self._report.headlines]
        for start in range(0, len(tiles), TILES_IN_A_ROW):
            cells: list[Words | None] = [*tiles[start : start + TILES_IN_A_ROW]]
            cells += [None] * (TILES_IN_A_ROW - len(cells))
            yield row((width,) * TILES_IN_A_ROW, cells)

    def _tile(self, width: float, headline: Headline) -> Words:
        value = write_one(headline.value, headline.unit, self._language, self._report.scope.currency)
        aside = "" if headline.aside is None else note_words(headline.aside, self._language)
        return cell(
            width,
            (heading(headline.key, self._language), Ink(8, colour=LIGHT.muted)),
            (value, Ink(15, BOLD)),
            (aside, Ink(7, colour=TONES[headline.tone])),
        )

    def _notes(self, notes: tuple[Note, ...]) -> Iterator[Strip]:
        for note in notes:
            yield paragraph(note_words(note, self._language), Ink(8, colour=TONES[note.tone]), after=3)

    def _table(self, table: Table, paper: TablePaper) -> Iterator[Strip]:
        """Heading, chart, rows, notes; the source below the chart, or where there is none below the rows."""
        language = self._language
        yield gap(14)
        yield paragraph(say(f"table.{table.name}", language), Ink(13, BOLD), after=2, keeps=True)
        if table.chart is not None:
            yield _chart(ChartDrawing(table, self._report, language, Style(LIGHT, False, PaperScript())))
            yield gap(8)
        else:
            about = words(language).get(f"table.{table.name}.about", "")
            yield paragraph(about, Ink(8, colour=LIGHT.muted), after=4, keeps=True)
        if table.chart is not None and table.chart.kind == "heat":
            yield paragraph(say("paper.grid_rows", language), Ink(8, colour=LIGHT.muted), after=2)
        else:
            yield from paper.strips()
        yield gap(4)
        yield from self._notes(table.notes)
        if table.chart is None:
            yield paragraph(source_words(table, self._report, language), Ink(7, colour=LIGHT.faint))

    def _definitions(self, keys: Mapping[str, None]) -> Iterator[Strip]:
        language = self._language
        yield gap(18)
        yield paragraph(say("paper.definitions", language), Ink(13, BOLD), after=4, keeps=True)
        for key in keys:
            term = cell(TERM, (heading(key, language), Ink(8, BOLD)))
            meaning = cell(INNER - TERM, (say(f"figure.{key}.means", language), Ink(8)))
            yield row((TERM, INNER - TERM), (term, meaning), RowStyle())


def _chart(drawing: ChartDrawing) -> Strip:
    """A chart as wide as the text."""
    width = INNER / CHART_SCALE
    height = min(drawing.wanted_height(width), HIGHEST_CHART / CHART_SCALE)

    def paint(painter: QPainter, top: float) -> None:
        painter.save()
        painter.translate(MARGIN, top)
        painter.scale(CHART_SCALE, CHART_SCALE)
        drawing.paint(painter, QRectF(0, 0, width, height))
        painter.restore()

    return Strip(height * CHART_SCALE, paint)
