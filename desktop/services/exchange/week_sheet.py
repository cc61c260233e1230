"""The sheet of the week: people by days, as the board shows them."""

from __future__ import annotations

import math
import unicodedata
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.services.board import BoardBar, BoardRow, CellKind, WeekBoard
from desktop.services.exchange.book import put, shortened
from desktop.services.exchange.styles import (
    BAD,
    DAY_FORMAT,
    HOLIDAY,
    LINE,
    MAKE_UP,
    MUTED,
    OFF,
    RAISED,
    TEXT,
    Formats,
    service_look,
)
from desktop.services.words import count, spell_days, spell_money

FROZEN = (("Inspector", 11), ("Name", 20), ("Local name", 14), ("Home", 20), ("Skills", 26), ("Load", 9))
DAY_WIDTH = 25
TOP = 4  # rows above the first person: title, figures, days, holidays
LINE_HEIGHT = 13
LONGEST_NAME = 120
GROUNDS: dict[CellKind, str] = {"off": OFF, "holiday": HOLIDAY, "make-up": MAKE_UP, "leave": OFF}


def add_week(book: Workbook, formats: Formats, board: WeekBoard) -> None:
    """Add the sheet "Week"."""
    page: Worksheet = book.add_worksheet("Week")
    page.hide_gridlines(2)
    page.freeze_panes(TOP, len(FROZEN))
    for place, (_, width) in enumerate(FROZEN):
        page.set_column(place, place, width)
    page.set_column(len(FROZEN), len(FROZEN) + board.days - 1, DAY_WIDTH)
    _add_head(page, formats, board)
    row = TOP
    for team, people in groupby(board.rows, key=lambda person: person.team):
        row = _add_team(page, formats, board, team, row)
        for person in people:
            _add_person(page, formats, board, person, row)
            row += 1
    _add_legend(page, formats, row + 1)
    page.set_landscape()
    page.set_paper(8)
    page.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2, TOP - 1)
    page.set_footer("&R&P / &N")


def _add_head(page: Worksheet, formats: Formats, board: WeekBoard) -> None:
    span = spell_days(board.first_day, board.date(board.days - 1))
    badge = f" \u00b7 {board.badge}" if board.badge else ""
    put(page, 0, 0, f"{board.plan}, {span}, {board.status}{badge}", formats.get(bold=True, font_size=14))
    arrived = sum(entry.arrived for entry in board.unassigned)  # not of this plan
    known = "no bound yet" if board.gap is None else f"gap {board.gap:.1%}"
    figures = (
        f"{spell_money(board.cost)}, penalties included; {known}; {count(board.assigned, 'booking')} assigned, "
        f"{len(board.unassigned) - arrived:,} unassigned, {board.late:,} late"
    )
    put(page, 1, 0, figures, formats.get(font_color=MUTED))
    page.set_row(0, 24)
    for place, (title, _) in enumerate(FROZEN):
        page.write_string(2, place, title, formats.header)
        page.write_blank(3, place, None, formats.get(bg_color=RAISED))
    named: dict[int, list[str]] = {}
    for day, country, name in board.holidays:
        named.setdefault(day, []).append(f"{name} {country}")
    for day in range(board.days):
        weekend = board.date(day).weekday() >= 5
        ground = OFF if weekend else RAISED
        head = formats.get(bold=True, bg_color=ground, align="left", num_format=DAY_FORMAT, left=1, left_color=LINE)
        put(page, 2, len(FROZEN) + day, board.date(day), head)
        note = formats.get(
            bg_color=HOLIDAY if named.get(day) else ground, font_size=8, text_wrap=True, left=1, left_color=LINE
        )
        put(page, 3, len(FROZEN) + day, "\n".join(named.get(day, ())), note)
    lines = max((len(names) for names in named.values()), default=0)
    page.set_row(3, 12 * min(lines, 4) or 5)


def _add_team(page: Worksheet, formats: Formats, board: WeekBoard, team: str, row: int) -> int:
    """The line that names a team; none where people have no team."""
    if not team:
        return row
    form = formats.get(bold=True, bg_color=RAISED, top=1, top_color="#BFC6D0")
    for place in range(len(FROZEN) + board.days):
        page.write_blank(row, place, None, form)
    put(page, row, 0, team, form)
    return row + 1


def _add_person(page: Worksheet, formats: Formats, board: WeekBoard, person: BoardRow, row: int) -> None:
    rule = {"bottom": 1, "bottom_color": LINE}
    load = f"{person.worked / 2:g} / {person.available / 2:g}"
    cells = (person.inspector, person.name, person.local_name, person.home, ", ".join(person.skills), load)
    for place, text in enumerate(cells):
        put(page, row, place, text, formats.get(bold=place == 0, align="right" if place == 5 else "left", **rule))
    most = 2
    for day in range(board.days):
        most = max(most, _add_day(page, formats, person, row, day))
    page.set_row(row, LINE_HEIGHT * most + 4)


def _add_day(page: Worksheet, formats: Formats, person: BoardRow, row: int, day: int) -> int:
    """One person's day; gives the lines of text in it."""
    bars = [bar for bar in person.bars if bar.first_slot <= 2 * day + 1 and bar.last_slot >= 2 * day]
    kinds = person.cells[2 * day : 2 * day + 2]
    notes = _notes(person, day, kinds)
    edge = {"left": 1, "left_color": LINE, "bottom": 1, "bottom_color": LINE, "text_wrap": True, "valign": "top"}
    place = len(FROZEN) + day
    if not bars:
        ground = next((GROUNDS[kind] for kind in kinds if kind in GROUNDS), None)
        looks = edge | ({"bg_color": ground} if ground else {}) | {"font_color": MUTED}
        if "leave" in kinds:
            # a hatch, as on the board
            looks |= {"pattern": 14, "bg_color": OFF, "fg_color": "#C4CBD5", "font_color": TEXT}
        put(page, row, place, "\n".join(notes), formats.get(**looks))
        return len(notes)
    _, tint, rim, _ = service_look(bars[0].service)
    late = any(bar.late_days for bar in bars)
    looks = edge | {"bg_color": tint, "border": 1, "border_color": BAD if late else rim}
    fragments: list[str | Format] = []
    for index, bar in enumerate(bars):
        fragments += _fragments(formats, bar, day, "\n" if index else "")
    if notes:
        fragments += [formats.get(font_size=8, font_color=MUTED), "\n" + ", ".join(notes)]
    page.write_rich_string(row, place, *fragments, formats.get(**looks))
    return sum(1 + lines_of(bar.factory) for bar in bars) + bool(notes)


def _fragments(formats: Formats, bar: BoardBar, day: int, before: str) -> list[str | Format]:
    """A visit in two lines: service letter, code and which of its days; then the factory."""
    letter, _, _, ink = service_look(bar.service)
    days = bar.last_slot // 2 - bar.first_slot // 2 + 1
    parts = [f"{day - bar.first_slot // 2 + 1}/{days}"] if days > 1 else []
    if bar.first_slot == bar.last_slot:
        parts.append("afternoon" if bar.first_slot % 2 else "morning")
    if len(bar.crew) > 1:
        parts.append(f"{len(bar.crew)} people")
    if bar.pinned:
        parts.append("pinned")
    if bar.late_days:
        parts.append(f"{count(bar.late_days, 'day')} late")
    tail = f" {', '.join(parts)}\n" if parts else "\n"
    return [
        formats.get(bold=True, font_color=ink),
        f"{before}{letter} ",
        formats.get(bold=True),
        bar.request,
        formats.get(font_size=8, font_color=BAD if bar.late_days else MUTED),
        tail,
        formats.get(font_size=9),
        shortened(bar.factory, LONGEST_NAME) or "factory without a name",
    ]


def _notes(person: BoardRow, day: int, kinds: tuple[CellKind, ...]) -> list[str]:
    notes = []
    if "leave" in kinds:
        halves = [name for name, kind in zip(("morning", "afternoon"), kinds, strict=True) if kind == "leave"]
        notes.append("leave" if len(halves) == 2 else f"leave, {halves[0]}")
    if day in person.travel_days:
        notes.append("travel day")
    if day in person.nights:
        notes.append("night away")
    return notes


def lines_of(text: str) -> int:
    """The lines that a name takes in a day's column; Chinese characters are twice as wide."""
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return max(1, math.ceil(width / (DAY_WIDTH + 2)))


def _add_legend(page: Worksheet, formats: Formats, row: int) -> None:
    page.write_string(row, 0, "Services", formats.get(bold=True))
    services = (("DUPRO", "during production"), ("PSI", "final"), ("PPI", "before production"))
    for place, (service, words) in enumerate((*services, ("LOADING", "loading"), ("MONITORING", "monitoring")), 1):
        letter, tint, rim, ink = service_look(service)
        form = formats.get(bg_color=tint, border=1, border_color=rim, font_color=ink)
        page.write_string(row, place, f"{letter} {words}", form)
