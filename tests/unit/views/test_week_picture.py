"""The picture of a week: what stands where, probed by its pixels."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QRawFont

import resources
from desktop.errors import StoreError
from desktop.services.board import BoardBar, BoardRow, BoardUnassigned, CellKind, WeekBoard
from desktop.views.board.header import HEIGHT as HEADER
from desktop.views.board.kpi_strip import HEIGHT as KPIS
from desktop.views.board.row_axis import GROUP_HEIGHT, Density
from desktop.views.board.time_grid import LEAST_DAY, fitting_width
from desktop.views.theme import DARK, LIGHT, Theme
from desktop.views.week_picture import FROZEN, MARGIN, SCALE, TITLE, paint_week

WORKING: tuple[CellKind, ...] = ("work",) * 10 + ("off",) * 4
ANNA = BoardRow("I0001", "An Na", "安娜", "South", "Dongguan", ("garment 4", "toys 2"), 2, 10, WORKING)
EMPTY = WeekBoard("P0001", "draft", dt.date(2026, 11, 30), 7, 1_000_000, None, 0, 0, (), ())
FOLDER = Path(resources.__file__).parent
ROW = int(Density.NORMAL)
FIRST_ROW = MARGIN + TITLE + KPIS + HEADER + GROUP_HEIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def painted(board: WeekBoard, folder: Path, theme: Theme = LIGHT) -> QImage:
    path = folder / "week.png"
    paint_week(board, path, theme)
    return QImage(str(path))


def with_row(row: BoardRow) -> WeekBoard:
    return replace(EMPTY, rows=(row,), assigned=len(row.bars))


def at(image: QImage, slot: float, y: float) -> str:
    """The colour at a half-day of the first row, `y` units below its top."""
    column = fitting_width(round(image.width() / SCALE) - 2 * MARGIN - FROZEN, 7)
    x = MARGIN + FROZEN + slot * column / 2
    return QColor(image.pixel(round(x * SCALE), round((FIRST_ROW + y) * SCALE))).name().upper()


def pixels(image: QImage) -> bytes:
    return bytes(image.constBits())


def test_a_week_of_one_team_has_the_width_of_the_board(tmp_path: Path) -> None:
    image = painted(with_row(ANNA), tmp_path)
    assert image.width() == 2400
    assert image.height() > (FIRST_ROW + ROW) * SCALE


def test_a_long_horizon_is_wider_and_no_day_is_squeezed(tmp_path: Path) -> None:
    row = replace(ANNA, cells=("work",) * 56)
    image = painted(replace(with_row(row), days=28), tmp_path)
    assert image.width() == round((2 * MARGIN + FROZEN + 28 * LEAST_DAY) * SCALE)


@pytest.mark.parametrize(("service", "cap"), [(name, look.cap) for name, look in LIGHT.services.items()])
def test_a_bar_begins_with_the_colour_of_its_service(service: str, cap: str, tmp_path: Path) -> None:
    bar = BoardBar("R00001", service, "Factory", 2, 3)
    image = painted(with_row(replace(ANNA, bars=(bar,))), tmp_path)
    assert at(image, 2.07, 5) == cap
    assert at(image, 3.8, 15) == LIGHT.services[service].tint
    assert at(image, 4.2, 15) == LIGHT.surface


def test_a_service_without_colours_of_its_own_is_still_drawn(tmp_path: Path) -> None:
    bar = BoardBar("R00001", "audit", "Factory", 0, 1)
    assert at(painted(with_row(replace(ANNA, bars=(bar,))), tmp_path), 0.07, 5) == LIGHT.other_service.cap


def test_the_calendar_stands_behind_the_bars(tmp_path: Path) -> None:
    cells: tuple[CellKind, ...] = ("holiday", "holiday", "work", "leave", "make-up", "make-up", *("off",) * 8)
    image = painted(with_row(replace(ANNA, cells=cells)), tmp_path)
    assert at(image, 0.5, 10) == LIGHT.cell_holiday
    assert at(image, 2.5, 10) == LIGHT.surface
    assert at(image, 7, 10) == LIGHT.cell_off
    stripes = {at(image, 4.2 + step / 50, 10) for step in range(60)}
    assert {LIGHT.cell_make_up, LIGHT.cell_make_up_stripe} <= stripes
    hatched = {at(image, 3.2 + step / 100, 4) for step in range(60)}
    assert len(hatched) > 2


def test_a_late_visit_is_framed_and_a_night_is_marked(tmp_path: Path) -> None:
    bar = BoardBar("R00001", "PSI", "Factory", 0, 1, late_days=1, pinned=True, comes_from_afar=True, published=True)
    plain = painted(with_row(replace(ANNA, bars=(replace(bar, late_days=0),))), tmp_path)
    late = painted(with_row(replace(ANNA, bars=(bar,), nights=(0,), travel_days=(1,))), tmp_path)
    assert LIGHT.bad not in {at(plain, 1.0, y / 4) for y in range(0, 30)}
    assert LIGHT.bad in {at(late, 1.0, y / 4) for y in range(0, 30)}
    assert at(late, 2.04, ROW - 12.5) == LIGHT.ruler


def test_the_dark_theme_is_dark(tmp_path: Path) -> None:
    image = painted(with_row(replace(ANNA, bars=(BoardBar("R00001", "PSI", "Factory", 2, 3),))), tmp_path, DARK)
    assert at(image, 2.07, 5) == DARK.services["PSI"].cap
    assert at(image, 4.2, 15) == DARK.surface


def test_chinese_and_vietnamese_names_are_written_and_not_boxes(tmp_path: Path) -> None:
    names = ("梁雨婷", "陈国威", "Nguyễn Thị Hạnh", "Nguyen Thi Hanh", "")
    pictures = {pixels(painted(with_row(replace(ANNA, local_name=name)), tmp_path)) for name in names}
    assert len(pictures) == len(names), "two of the names look the same: a font is missing"


def test_what_is_left_out_is_listed_with_its_reason(tmp_path: Path) -> None:
    item = BoardUnassigned("R00009", "PPI", "Factory", "Client", 1.5, dt.date(2026, 12, 1), None, "All are full")
    one = painted(replace(EMPTY, unassigned=(item,)), tmp_path)
    many = painted(replace(EMPTY, unassigned=(item,) * 100), tmp_path)
    none = painted(EMPTY, tmp_path)
    assert none.height() == one.height() < many.height() < 6 * one.height()
    assert pixels(one) != pixels(none)


def test_of_700_people_those_with_visits_are_drawn(tmp_path: Path) -> None:
    busy = replace(ANNA, bars=(BoardBar("R00001", "PSI", "Factory", 0, 1),))
    image = painted(replace(EMPTY, rows=(ANNA,) * 690 + (busy,) * 10), tmp_path)
    assert image.height() < 30 * ROW * SCALE


def test_a_picture_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be written"):
        paint_week(EMPTY, tmp_path / "missing" / "week.png")


def test_every_place_of_the_gazetteer_can_be_written() -> None:
    have = QRawFont(str(FOLDER / "fonts" / "NotoSansSC-subset.otf"), 12)
    text = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "gazetteer").glob("*.csv"))
    chinese = {character for character in text if "\u4e00" <= character <= "\u9fff"}
    assert len(chinese) > 1000
    assert [character for character in sorted(chinese) if not have.supportsCharacter(ord(character))] == []
