"""How long the board takes to paint a frame while it is scrolled, at the size of a whole firm."""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import time
from collections.abc import Iterator

from desktop.services.board import BoardBar, BoardRow, CellKind, WeekBoard

FIRST_DAY = dt.date(2026, 11, 30)
WIDTH, HEIGHT = 2560, 1440
SERVICES = ("DUPRO", "PSI", "PPI", "LOADING", "MONITORING")
TEAMS = (
    "Pearl River Delta",
    "Zhejiang",
    "Fujian",
    "Jiangsu & Shanghai",
    "North China",
    "Vietnam North",
    "Vietnam South",
)


def big_board(people: int, bars: int, days: int, seed: int = 1) -> WeekBoard:
    """A board of that size with every sign that a bar can carry."""
    draw = random.Random(seed)
    share = bars / people
    numbers = iter(range(1, 10 * bars))
    rows = [_row(draw, number, days, share, numbers) for number in range(people)]
    rows.sort(key=lambda row: (row.team, row.inspector))
    return WeekBoard("2026-W49-1", "draft", FIRST_DAY, days, 25_461_000, 25_283_000, bars, 3, tuple(rows), ())


def _row(draw: random.Random, number: int, days: int, share: float, numbers: Iterator[int]) -> BoardRow:
    week: tuple[CellKind, ...] = ("work",) * 10 + ("off",) * 4
    cells = (week * (days // 7 + 1))[: 2 * days]
    bars, slot = [], draw.randrange(3)
    code = f"I{number:04}"
    for _ in range(round(share + draw.random() - 0.5)):
        length = draw.choice((1, 2, 2, 2, 4))
        if slot + length > 2 * days:
            break
        bars.append(
            BoardBar(
                f"R{next(numbers):05}",
                draw.choice(SERVICES),
                f"Factory {draw.randrange(9999)} Garment Co., Ltd.",
                slot,
                slot + length - 1,
                (code,),
                comes_from_afar=draw.random() < 0.3,
                late_days=int(draw.random() < 0.02),
                pinned=draw.random() < 0.2,
                published=draw.random() < 0.5,
            )
        )
        slot += length + draw.choice((0, 0, 1, 2, 4))
    worked = sum(bar.last_slot - bar.first_slot + 1 for bar in bars)
    nights = tuple(day for day in range(days) if draw.random() < 0.05)
    team = draw.choice(TEAMS)
    skills = (f"{draw.choice(('garment', 'textile', 'electronics', 'toys'))} {draw.randrange(2, 6)}", "bags 3")
    return BoardRow(
        code, f"Name Surname {number}", "梁雨婷", team, "深圳市", skills, worked, 20, cells, tuple(bars), (), nights
    )


def measure_board(people: int = 700, bars: int = 2300, days: int = 14) -> dict[str, float]:
    """Milliseconds of a frame while the wheel turns notch by notch, and while whole pages are leafed through.

    The first figures are those that a hand makes; `page` paints every line of a screen anew.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only this measurement needs Qt

    from desktop.views.board.canvas import BoardCanvas  # noqa: PLC0415
    from desktop.views.theme import LIGHT, load_fonts  # noqa: PLC0415

    application = QApplication.instance() or QApplication([])
    load_fonts()
    canvas = BoardCanvas(LIGHT, big_board(people, bars, days))
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    application.processEvents()
    canvas.grab()
    wheel = [_frame(canvas, 3 * 31) for _ in range(150)]
    canvas.verticalScrollBar().setValue(0)
    pages = [_frame(canvas, canvas.body().height()) for _ in range(14)]
    canvas.close()
    canvas.deleteLater()
    return {
        "scroll_p50_ms": statistics.median(wheel),
        "scroll_p95_ms": statistics.quantiles(wheel, n=20)[18],
        "page_p50_ms": statistics.median(pages),
        "page_max_ms": max(pages),
    }


def _frame(canvas: object, step: int) -> float:
    bar = canvas.verticalScrollBar()  # type: ignore[attr-defined]
    begin = time.perf_counter()
    bar.setValue(bar.value() + step)
    canvas.viewport().repaint()  # type: ignore[attr-defined]
    return 1000 * (time.perf_counter() - begin)
