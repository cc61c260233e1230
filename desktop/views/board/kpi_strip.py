"""The figures of the plan that is shown, in one line under the toolbar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.board import WeekBoard
from desktop.views.bar_painting import Ink, painting, shade, write
from desktop.views.look import Look
from desktop.views.theme import Theme
from desktop.views.words import DASH, man_days, money

translate = QCoreApplication.translate
HEIGHT = 44
PAD = 14.0
DEMIBOLD = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its name and a remark; `token` colours it. Those of lower rank stay where room is short."""

    title: str
    value: str
    remark: str
    token: str = ""
    rank: int = 0


class KpiStrip(QWidget):
    """Figures of a board; as many as there is room for, the important ones first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._figures: tuple[Figure, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Figures of the plan"))
        look.changed.connect(self.update)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What is shown, as far as there is room."""
        return self._figures

    def show_board(self, board: WeekBoard) -> None:
        """Show the figures of a board."""
        self._figures = figures_of(board)
        self.setAccessibleDescription(". ".join(f"{f.title}: {f.value} {f.remark}".strip() for f in self._figures))
        self.update()

    def sizeHint(self) -> QSize:
        """A line."""
        return QSize(600, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Figures that have no room are left out."""
        return QSize(100, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The figures, separated by lines."""
        with painting(self) as painter:
            theme = self._look.theme
            painter.fillRect(self.rect(), shade(theme.surface))
            paint_figures(painter, theme, self._figures, self.width())
            painter.fillRect(QRectF(0, HEIGHT - 1, self.width(), 1), shade(theme.line))


def paint_figures(painter: QPainter, theme: Theme, figures: Sequence[Figure], width: float) -> None:
    """Figures side by side from x 0 and y 0, as many as there is room for."""
    for rank in (2, 1):
        if sum(_width(figure) for figure in figures) > width:
            figures = [figure for figure in figures if figure.rank < rank]
    x = 0.0
    for figure in figures:
        x = _figure(painter, theme, figure, x)


def _figure(painter: QPainter, theme: Theme, figure: Figure, x: float) -> float:
    token = theme.bad if figure.token == "bad" else theme.text
    value = Ink(token, 15, DEMIBOLD)
    width = _width(figure)
    write(painter, QRectF(x + PAD, 5, width - PAD, 13), figure.title, Ink(theme.muted, 11))
    write(painter, QRectF(x + PAD, 19, width - PAD, 20), figure.value, value)
    begin = x + PAD + value.width_of(figure.value) + 7
    write(painter, QRectF(begin, 21, x + width - begin, 18), figure.remark, Ink(theme.muted, 11))
    painter.fillRect(QRectF(x + width - 1, 0, 1, HEIGHT), shade(theme.line))
    return x + width


def _width(figure: Figure) -> float:
    value = Ink("", 15, DEMIBOLD).width_of(figure.value) + 7 + Ink("", 11).width_of(figure.remark)
    return max(value, Ink("", 11).width_of(figure.title)) + 2 * PAD


def figures_of(board: WeekBoard) -> tuple[Figure, ...]:
    """The figures of a board, the important ones first."""
    worked, available = sum(row.worked for row in board.rows), sum(row.available for row in board.rows)
    nights = sum(len(row.nights) for row in board.rows)
    parts = board.parts
    paid = parts.work + parts.premium + parts.travel + parts.nights
    penalties = board.cost - paid
    gap, left = board.gap, sum(entry.man_days for entry in board.unassigned)
    proof = (
        translate("board", "at most {money} to gain").format(money=money(board.cost - board.bound))
        if board.bound is not None
        else translate("board", "nothing is proven yet")
    )
    share = f"{100 * worked / available:.0f} %" if available else DASH
    return (
        Figure(
            translate("board", "Plan cost"),
            money(board.cost),
            translate("board", "{money} of it penalties").format(money=money(penalties)) if penalties else "",
        ),
        Figure(
            translate("board", "Proven gap"),
            translate("board", "no bound yet") if gap is None else f"{100 * gap:.1f} %",
            proof,
        ),
        Figure(
            translate("board", "Unassigned"),
            f"{len(board.unassigned):,}",
            translate("board", "{count} man-days").format(count=man_days(left)) if left else "",
        ),
        Figure(
            translate("board", "Late"),
            f"{board.late:,}",
            translate("board", "begin after they are due"),
            "bad" if board.late else "",
        ),
        Figure(
            translate("board", "Utilisation"),
            share,
            translate("board", "{taken} of {open} md").format(
                taken=f"{worked / 2:,.4g}" if worked < 2000 else f"{worked / 2:,.0f}", open=f"{available / 2:,.0f}"
            ),
            rank=1,
        ),
        Figure(translate("board", "Hotel nights"), f"{nights:,}", money(parts.nights) if parts.nights else "", rank=1),
        Figure(
            translate("board", "Per man-day"),
            f"${paid / 50 / worked:,.2f}" if worked else DASH,
            translate("board", "money only"),
            rank=2,
        ),
    )
