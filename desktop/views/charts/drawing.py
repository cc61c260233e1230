"""A chart of a report: title, unit and period above it, the source below it; laid out once for a size, then painted.

It knows no widget: window, picture, PDF and paper paint the same strokes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.services.reports.report import ChartKind, Report, Table
from desktop.services.reports.vocabulary import Language, say
from desktop.views.charts.axes import LABEL_HEIGHT
from desktop.views.charts.bars import bars_height, draw_bars
from desktop.views.charts.heat import draw_heat, heat_height
from desktop.views.charts.lines import draw_lines, lines_height
from desktop.views.charts.numbers import write_period, write_weeks
from desktop.views.charts.provinces import draw_provinces, provinces_height
from desktop.views.charts.rows import draw_pairs, draw_spread, rows_height
from desktop.views.charts.strokes import Hit, Script, Sheet, Word
from desktop.views.charts.subject import BODY, BOLD, SMALL, Subject
from desktop.views.charts.titles import about_words, source_words, units_words
from desktop.views.maps.regions import read_regions
from desktop.views.theme import Theme

TITLE_SIZE = 13
TITLE_HEIGHT, ABOUT_HEIGHT, SOURCE_HEIGHT = 20.0, 18.0, 15.0
EMPTY_HEIGHT = 60.0


class Kind(NamedTuple):
    """How a kind of chart is drawn: on a sheet inside a rectangle, and how high it wants to be in a width."""

    draw: Callable[[Subject, Sheet, QRectF], None]
    height: Callable[[Subject, float], float]


KINDS: Mapping[ChartKind, Kind] = {
    "bars": Kind(draw_bars, bars_height),
    "stack": Kind(draw_bars, bars_height),
    "lines": Kind(draw_lines, lines_height),
    "pairs": Kind(draw_pairs, rows_height),
    "heat": Kind(draw_heat, heat_height),
    "spread": Kind(draw_spread, rows_height),
    "map": Kind(draw_provinces, provinces_height),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a mark says: what it is of, and each figure of its row with its heading."""

    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All of it, for those who hear it."""
        return ". ".join((self.title, *(f"{label}: {figure}" for label, figure in self.lines)))


@dataclass(frozen=True, slots=True)
class Style:
    """How a chart looks.

    Attributes:
        theme: its colours; on paper those of the light one.
        has_title: the title is part of the drawing; where it stands elsewhere it is not.
        script: how words are written on this device.
    """

    theme: Theme
    has_title: bool = True
    script: Script = field(default_factory=Script)


class ChartDrawing:
    """One table of a report as a chart.

    Attributes:
        title: of the table.
        about: unit and period, and where the title is drawn a few words more.
        source: where its figures come from.
    """

    def __init__(self, table: Table, report: Report, language: Language, style: Style) -> None:
        """Draw a table that has a chart.

        Args:
            table: of the report.
            report: says the period and the source.
            language: of all words.
            style: how it looks.
        """
        self.subject = Subject(table, report, language, style.theme, style.script)
        self._has_title = style.has_title
        self.title = say(f"table.{table.name}", language)
        self._units = units_words(table, report, language)
        self._words = about_words(table, language) if style.has_title else ""
        self.about = _joined(self._units, write_period(report.scope, language), self._words)
        self.source = source_words(table, report, language)
        self._laid_out: tuple[tuple[float, float, float, float], Sheet] | None = None

    def wanted_height(self, width: float) -> float:
        """How high it wants to be in a width, so that all rows have room."""
        head, foot = self._head_height(), self._foot_height(width)
        if not self.subject.has_figures:
            return head + EMPTY_HEIGHT + foot
        return head + KINDS[self.subject.chart.kind].height(self.subject, width) + LABEL_HEIGHT + foot

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Paint it into a rectangle; nothing is painted behind it."""
        sheet = self.laid_out(rect)
        painter.save()
        for stroke in sheet.strokes:
            stroke.paint(painter, self.subject.script)
        painter.restore()

    def laid_out(self, rect: QRectF) -> Sheet:
        """All strokes and marks for a rectangle; those of the last one are kept."""
        place = (rect.x(), rect.y(), rect.width(), rect.height())
        if self._laid_out is None or self._laid_out[0] != place:
            self._laid_out = (place, self._lay_out(rect))
        return self._laid_out[1]

    def at(self, point: QPointF) -> Hit | None:
        """The mark at a point of the rectangle that it was last laid out for."""
        return self._laid_out[1].at(point) if self._laid_out is not None else None

    def told(self, hit: Hit) -> Told:
        """What a mark says."""
        subject = self.subject
        chart, columns = subject.chart, subject.table.columns
        names = [*chart.y, *(subject.name_keys if not chart.y else (chart.x,))]
        title = ", ".join(subject.written(key, hit.row) for key in names)
        if subject.is_forecast(hit.row):
            title = f"{title} · {subject.say('forecast')}"
        lines = [
            (subject.heading(column.key), subject.writer(column.key).full(subject.values(column.key)[hit.row]))
            for column in columns
            if column.key not in names and not column.is_private
        ]
        return Told(title, tuple(lines))

    def _head_height(self) -> float:
        return (TITLE_HEIGHT if self._has_title else 0.0) + ABOUT_HEIGHT

    def _foot_height(self, width: float) -> float:
        return len(self._source_lines(width)) * SOURCE_HEIGHT + 2

    def _source_lines(self, width: float) -> list[str]:
        """The source on as many lines as it needs."""
        lines = [""]
        for word in self.source.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.subject.width_of(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _about_in(self, width: float) -> str:
        """Unit and period, in fewer words where there is less room."""
        weeks = write_weeks(self.subject.report.scope, self.subject.language)
        fitting = (self.about, _joined(self._units, weeks, self._words), _joined(self._units, weeks))
        return next((text for text in fitting if self.subject.width_of(text, BODY) <= width), fitting[-1])

    def _lay_out(self, rect: QRectF) -> Sheet:
        subject, sheet = self.subject, Sheet()
        theme = subject.theme
        top = rect.top()
        if self._has_title:
            box = QRectF(rect.left(), top, rect.width(), TITLE_HEIGHT)
            sheet.add(Word(box, self.title, subject.ink(theme.text, TITLE_SIZE, BOLD)))
            top += TITLE_HEIGHT
        about = QRectF(rect.left(), top, rect.width(), ABOUT_HEIGHT - 3)
        sheet.add(Word(about, self._about_in(rect.width()), subject.ink(theme.muted, BODY)))
        top += ABOUT_HEIGHT
        bottom = rect.bottom() - self._foot_height(rect.width())
        if subject.has_figures:
            area = QRectF(rect.left(), top, rect.width(), max(20.0, bottom - LABEL_HEIGHT - top))
            KINDS[subject.chart.kind].draw(subject, sheet, area)
        else:
            area = QRectF(rect.left(), top, rect.width(), max(20.0, bottom - top))
            sheet.add(Word(area, subject.say("empty"), subject.centred(theme.muted, BODY)))
        if sheet.remarks:
            box = QRectF(rect.left(), bottom - LABEL_HEIGHT, rect.width(), LABEL_HEIGHT)
            sheet.add(Word(box, " · ".join(sheet.remarks), subject.ink(theme.muted)))
        for place, line in enumerate(self._source_lines(rect.width())):
            foot = QRectF(rect.left(), bottom + 2 + place * SOURCE_HEIGHT, rect.width(), SOURCE_HEIGHT)
            sheet.add(Word(foot, line, subject.ink(theme.faint, SMALL)))
        return sheet


def read_ahead(report: Report) -> None:
    """Read what the charts of a report are painted from, beside the window's thread: outlines take a moment."""
    if any(table.chart is not None and table.chart.kind == "map" for table in report.tables):
        read_regions()


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
