"""Charts: marks in proportion, in their places, in colours that mean something; nothing written over its box."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from desktop.services.reports.report import Chart, Column, Note, Table
from desktop.services.reports.vocabulary import LANGUAGES, Language, badge_words
from desktop.views.bar_painting import painting
from desktop.views.charts.drawing import ChartDrawing, Style
from desktop.views.charts.strokes import Area, Box, Hit, Line, PaperScript, Sheet, Word
from desktop.views.charts.titles import note_words
from desktop.views.theme import DARK, LIGHT, Theme, load_fonts
from tests.helpers import reports_made as made

pytestmark = pytest.mark.usefixtures("qapp")
WIDTH = 640.0


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp: object) -> None:
    del qapp
    load_fonts()


def drawn(table: Table, theme: Theme = LIGHT, language: Language = "en", weeks: int = 12) -> ChartDrawing:
    return ChartDrawing(table, made.made_report(table, weeks=weeks), language, Style(theme))


def laid_out(table: Table, width: float = WIDTH, height: float | None = None) -> Sheet:
    drawing = drawn(table)
    return drawing.laid_out(QRectF(0, 0, width, height or drawing.wanted_height(width)))


def image_of(drawing: ChartDrawing, width: float = WIDTH) -> QImage:
    height = drawing.wanted_height(width)
    image = QImage(round(width), round(height), QImage.Format.Format_RGB32)
    image.fill(QColor(drawing.subject.theme.surface))
    with painting(image) as painter:
        drawing.paint(painter, QRectF(0, 0, width, height))
    return image


def texts(sheet: Sheet) -> list[str]:
    return [stroke.text for stroke in sheet.strokes if isinstance(stroke, Word)]


def boxes(sheet: Sheet, *tokens: str) -> list[QRectF]:
    return [stroke.rect for stroke in sheet.strokes if isinstance(stroke, Box) and stroke.fill in tokens]


# -- what every chart has ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", made.every_table(), ids=lambda table: table.chart.kind)
def test_unit_period_and_source_are_always_said_and_nothing_is_written_outside(
    table: Table, language: Language
) -> None:
    drawing = drawn(table, language=language)
    for width in (240.0, 640.0, 1400.0):
        whole = QRectF(0, 0, width, drawing.wanted_height(width))
        sheet = drawing.laid_out(whole)
        said = " ".join(texts(sheet))
        assert "2026" in said
        assert "sample.db" in said
        assert badge_words("Sample company", language) in said
        words = [stroke for stroke in sheet.strokes if isinstance(stroke, Word)]
        outside = [word for word in words if word.text and not whole.adjusted(-24, -1, 24, 1).contains(word.rect)]
        assert outside == []
        assert sheet.marks
        assert all(whole.adjusted(-13, -15, 13, 15).contains(mark.box) for mark in sheet.marks)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("script", [None, PaperScript()], ids=["screen", "paper"])
def test_what_is_written_stays_in_its_box(theme: Theme, script: PaperScript | None) -> None:
    table = made.bars_by_name([5.0] * 9)  # the last names are as long as firms' names get
    style = Style(theme) if script is None else Style(theme, script=script)
    drawing = ChartDrawing(table, made.made_report(table), "vi", style)
    image = image_of(drawing, 420)
    name = next(
        stroke for stroke in drawing.laid_out(QRectF(0, 0, 420, drawing.wanted_height(420))).strokes
        if isinstance(stroke, Word) and made.LONG in stroke.text
    )  # fmt: skip
    beside = [
        image.pixelColor(round(name.rect.right()) + 2, y).name().upper()
        for y in range(round(name.rect.top()), round(name.rect.bottom()))
    ]
    assert set(beside) == {theme.surface}
    inside = {image.pixelColor(x, round(name.rect.center().y())).name() for x in range(round(name.rect.right()) - 6)}
    assert len(inside) > 3


@pytest.mark.parametrize("kind", ["bars", "stack", "map", "lines"])
def test_without_figures_it_says_so(kind: str) -> None:
    for values in ([], [None, None]):
        sheet = laid_out(made.bars_by_name(values, kind))
        assert "No figures for these weeks." in texts(sheet)
        assert sheet.marks == []


# -- bars --------------------------------------------------------------------------------------------------------------


def test_bars_to_the_right_are_as_long_as_their_figures() -> None:
    sheet = laid_out(made.bars_by_name([100, 50, None, 0, -50]))
    long, half, none, minus = boxes(sheet, LIGHT.muted)
    assert half.width() == pytest.approx(long.width() / 2)
    assert minus.width() == pytest.approx(half.width())
    assert minus.right() == pytest.approx(long.left())
    assert none.width() == 0
    assert "no figure" in texts(sheet)
    assert len(sheet.marks) == 5


def test_a_bar_that_misses_the_goal_warns_and_says_its_figure() -> None:
    drawing = drawn(made.share_by_week())
    sheet = drawing.laid_out(QRectF(0, 0, WIDTH, drawing.wanted_height(WIDTH)))
    low, fine = boxes(sheet, LIGHT.warn), boxes(sheet, LIGHT.muted)
    assert (len(low), len(fine)) == (9, 3)
    assert {"91.2", "88.4", "96.1", "goal 95 %", "W41", "this week", "axis begins at 85 %"} <= set(texts(sheet))
    # 88.4 and 91.2 over an axis that begins at 85
    heights = sorted(box.height() for box in low)
    assert heights[0] / heights[1] == pytest.approx((88.4 - 85) / (91.2 - 85))
    image = image_of(drawing)
    worst = min(low, key=lambda box: box.height())
    assert image.pixelColor(round(worst.left()) + 4, round(worst.top()) + 2).name().upper() == LIGHT.warn
    assert image.pixelColor(round(worst.left()) + 4, round(worst.top()) - 4).name().upper() == LIGHT.surface


def test_parts_of_a_stack_follow_one_another_and_are_the_sum() -> None:
    drawing = drawn(made.parts_by_region())
    sheet = drawing.laid_out(QRectF(0, 0, WIDTH, drawing.wanted_height(WIDTH)))
    parts = [mark.box for mark in sheet.marks if mark.row == 0]
    assert [mark.column for mark in sheet.marks[:4]] == ["work", "premium", "travel", "nights_cost"]
    for before, after in pairwise(parts):
        assert after.left() == pytest.approx(before.right())
    frame = drawing.subject.table.frame
    assert parts[1].width() / parts[0].width() == pytest.approx(frame["premium"][0] / frame["work"][0])
    assert "$340" in texts(sheet)  # behind the first row: all of it


def test_of_many_rows_the_first_are_drawn_and_the_rest_is_counted() -> None:
    sheet = laid_out(made.bars_by_name([float(number) for number in range(700, 0, -1)]))
    assert len({mark.row for mark in sheet.marks}) == 40
    assert "and 660 more, in the table" in texts(sheet)
    low = laid_out(made.bars_by_name([float(number) for number in range(700, 0, -1)]), height=200)
    assert "and 691 more, in the table" in texts(low)


# -- weeks -------------------------------------------------------------------------------------------------------------


def test_names_of_many_weeks_are_thinned_and_do_not_touch() -> None:
    sheet = laid_out(made.share_by_week(156), 800)
    names = [stroke for stroke in sheet.strokes if isinstance(stroke, Word) and stroke.text.startswith("W")]
    names = [word for word in names if word.text[1:].isdigit()]
    assert 8 < len(names) <= 20
    ordered = sorted(names, key=lambda word: word.rect.center().x())
    gaps = [b.rect.center().x() - a.rect.center().x() for a, b in pairwise(ordered)]
    assert min(gaps) > 30
    assert ordered[-1].text == "W41"
    assert {"2024", "2025", "2026"} <= set(texts(sheet))
    assert max(word.rect.right() for word in names) <= 800
    assert len(sheet.marks) == 156


def solid_lines(sheet: Sheet) -> list[Line]:
    """Those of the first series, without its sample in the legend."""
    token = LIGHT.services["DUPRO"].cap
    return [
        stroke for stroke in sheet.strokes if isinstance(stroke, Line) and stroke.token == token and not stroke.dash
    ][1:]


def test_a_forecast_is_dashed_and_lies_in_its_band() -> None:
    drawing = drawn(made.lines_by_week())
    sheet = drawing.laid_out(QRectF(0, 0, WIDTH, drawing.wanted_height(WIDTH)))
    solid = solid_lines(sheet)
    dashed = [s for s in sheet.strokes if isinstance(s, Line) and s.dash == (3.0, 2.0)]
    assert [len(line.points) for line in solid] == [16]
    assert [len(line.points) for line in dashed] == [5, 5]  # from the last known point on
    (band,) = [stroke for stroke in sheet.strokes if isinstance(stroke, Area)]
    assert len(band.points) == 8
    upper, lower = band.points[3], band.points[4]
    assert upper.y() < dashed[0].points[-1].y() < lower.y()


def test_lines_have_gaps_where_there_is_no_figure() -> None:
    table = made.lines_by_week(8)
    table.frame.loc[2, "man_days"] = math.nan
    sheet = laid_out(table)
    solid = solid_lines(sheet)
    assert [len(line.points) for line in solid] == [2]  # then a gap, and a point that the forecast goes on from
    assert sum(1 for mark in sheet.marks if mark.column == "man_days") == 7


# -- grid, pairs, spread, map ------------------------------------------------------------------------------------------


def ramp_colours(loads: Sequence[float]) -> list[str]:
    days = made.mondays(len(loads))
    frame = pd.DataFrame({"region": "广东省", "week": days, "load": loads, "short": 0})
    columns = made.heat().columns
    chart = Chart("heat", "week", ("load",), ("region",), mark="short")
    table = Table("heat", frame, tuple(column for column in columns if column.key != "skill"), chart)
    drawing = drawn(table)
    image = image_of(drawing)
    marks = drawing.laid_out(QRectF(0, 0, WIDTH, drawing.wanted_height(WIDTH))).marks
    return [image.pixelColor((mark.box.topLeft() + QPointF(4, 4)).toPoint()).name().upper() for mark in marks]


def test_the_grid_is_blue_to_full_and_red_above() -> None:
    empty, half, full, over, most = (QColor(name) for name in ramp_colours([0.4, 0.7, 1.0, 1.02, 1.2]))
    assert empty.lightness() > half.lightness() > full.lightness()
    assert full.blue() > full.red()
    assert over.red() > over.blue()
    assert most.name().upper() == LIGHT.bad
    assert over.lightness() > most.lightness()


def test_a_cell_says_what_is_short_and_is_found_by_its_place() -> None:
    table = made.heat()
    drawing = drawn(table)
    sheet = drawing.laid_out(QRectF(0, 0, 900, drawing.wanted_height(900)))
    short = next(row for row, number in enumerate(table.frame["short"]) if number)
    mark = next(mark for mark in sheet.marks if mark.row == short)
    assert drawing.at(mark.box.center()) == mark
    assert "109 % \N{MINUS SIGN}9" in texts(sheet)
    told = drawing.told(Hit(short, "load", mark.box))
    assert table.frame["region"][short] in told.title
    assert ("Load", f"{100 * table.frame['load'][short]:.1f} %") in told.lines
    assert drawing.at(QPointF(5, 5)) is None
    framed = [s for s in sheet.strokes if isinstance(s, Box) and s.edge == LIGHT.accent]
    this_week = [mark.box for mark in sheet.marks if table.frame["week"][mark.row] == made.THIS_WEEK]
    assert len(framed) == 1
    assert all(framed[0].rect.contains(box) for box in this_week)
    sums = [word for word in texts(sheet) if word == "\N{MINUS SIGN}18"]
    assert len(sums) == 4


def test_pairs_stand_at_their_figures_with_the_margin_beside_them() -> None:
    sheet = laid_out(made.cost_and_price())
    places = {(mark.row, mark.column): mark.box.center().x() for mark in sheet.marks}
    cost, price = places[0, "cost"], places[0, "price"]
    assert (places[3, "cost"] - cost) / (price - cost) == pytest.approx((10400 - 8400) / (24800 - 8400))
    assert {"66.1 %", "$84", "$248"} <= set(texts(sheet))


def test_the_box_of_a_spread_is_the_middle_half() -> None:
    table = made.spread()
    sheet = laid_out(table)
    box = boxes(sheet, LIGHT.services["DUPRO"].tint)[0]
    strokes = [s for s in sheet.strokes if isinstance(s, Line) and s.token == LIGHT.text]
    share = (strokes[0].points[0].x() - box.left()) / box.width()
    assert share == pytest.approx((0.72 - 0.6) / (0.85 - 0.6))


def test_provinces_are_coloured_and_what_lies_nowhere_is_named() -> None:
    drawing = drawn(made.by_province())
    image = image_of(drawing)
    sheet = drawing.laid_out(QRectF(0, 0, WIDTH, drawing.wanted_height(WIDTH)))
    assert "not on the map: Atlantis" in texts(sheet)
    boxes_by_row = {mark.row: mark.box for mark in sheet.marks}
    guangdong, jiangsu = boxes_by_row[0].center(), boxes_by_row[2].center()
    colours = [image.pixelColor(point.toPoint()) for point in (guangdong - QPointF(0, 20), jiangsu - QPointF(0, 4))]
    assert colours[0].lightness() < colours[1].lightness() - 20
    assert "$214" in texts(sheet)


def test_bars_over_numbers_stand_in_order() -> None:
    frame = pd.DataFrame({"visits": [1, 2, 3], "man_days": [10.0, 20.0, 5.0]})
    columns = (Column("visits", "count"), Column("man_days", "man_days"))
    table = Table("bars", frame, columns, Chart("bars", "visits", ("man_days",)))
    sheet = laid_out(table)
    first, second, third = boxes(sheet, LIGHT.muted)
    assert first.left() < second.left() < third.left()
    assert second.height() == pytest.approx(2 * first.height()) == pytest.approx(4 * third.height())
    assert "Visits" in texts(sheet), "what the numbers are"
    assert next(text for text in texts(sheet) if "2026" in text).startswith("Man-days · "), "what the bars are"


def test_who_has_a_name_is_not_shown_by_code_but_where_two_are_called_alike() -> None:
    names = ["Otter Trading", "Puffin Stores", "Otter Trading", None]
    frame = pd.DataFrame({"client": ["C1", "C2", "C3", "C4"], "client_name": names, "visits": [4, 3, 2, 1]})
    columns = (Column("client", "text", "client"), Column("client_name", "text"), Column("visits", "count"))
    drawing = drawn(Table("bars", frame, columns, Chart("bars", "client", ("visits",))))
    shown = [drawing.subject.name(row) for row in range(4)]
    assert shown == ["C1 Otter Trading", "Puffin Stores", "C3 Otter Trading", "C4"]
    by_name = drawn(Table("bars", frame, columns[1:] + columns[:1], Chart("bars", "client_name", ("visits",))))
    assert [by_name.subject.name(row) for row in range(3)] == [
        "Otter Trading, C1",
        "Puffin Stores",
        "Otter Trading, C3",
    ]
    assert drawing.told(Hit(1, "visits", QRectF())).title == "C2, Puffin Stores"


def test_a_forecast_is_said_in_what_a_mark_tells() -> None:
    table = made.lines_by_week()
    assert table.chart is not None
    chart = replace(table.chart, forecast_from=made.THIS_WEEK + dt.timedelta(days=7))
    drawing = drawn(replace(table, chart=chart))
    assert drawing.told(Hit(19, "man_days", QRectF())).title == "W45 2026 · forecast"
    assert drawing.told(Hit(3, "man_days", QRectF())).title == "W29 2026"


def test_days_in_notes_are_written_as_everywhere() -> None:
    made.teach("note.made_on", "Made on {day}, {number} left")
    note = Note("made_on", {"day": dt.date(2026, 10, 5), "number": 1200})
    assert note_words(note, "en") == "Made on Mon 5 Oct 2026, 1,200 left"
