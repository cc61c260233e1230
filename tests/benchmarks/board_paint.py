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
ROW, TURNS = 31, 3  # pixels of a row; turns of the event loop between two notches of the wheel
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
    """Milliseconds that the board paints in a frame, those included that complete what a quick one left rough.

    `scroll`: the wheel turns notch by notch; `page`: whole pages are leafed through, which shows new lines only.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415 - only this measurement needs Qt
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desktop.views.board.canvas import BoardCanvas  # noqa: PLC0415
    from desktop.views.theme import LIGHT, load_fonts  # noqa: PLC0415

    class Timed(BoardCanvas):
        """A board that notes how long it paints."""

        def paintEvent(self, event: QPaintEvent) -> None:
            begin = time.perf_counter()
            super().paintEvent(event)
            frames.append(1000 * (time.perf_counter() - begin))

    frames: list[float] = []
    application = QApplication.instance() or QApplication([])
    load_fonts()
    canvas = Timed(LIGHT, big_board(people, bars, days))
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    figures: dict[str, float] = {}
    for name, step, times in (("scroll", 3 * ROW, 150), ("page", canvas.body().height(), 14)):
        canvas.verticalScrollBar().setValue(0)
        application.processEvents()
        frames.clear()
        for _ in range(times):
            canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().value() + step)
            for _ in range(TURNS):
                application.processEvents()
        figures[f"{name}_p50_ms"] = statistics.median(frames)
        figures[f"{name}_p95_ms"] = statistics.quantiles(frames, n=20)[18]
        figures[f"{name}_max_ms"] = max(frames)
    canvas.close()
    canvas.deleteLater()
    return figures
