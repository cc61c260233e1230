"""The operating characteristic: how likely a lot is accepted over how much of it is truly defective."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.requests.sampling import SampleSheet
from desktop.services.trade.sampling import SamplingPlan, chance_of_acceptance
from desktop.services.trade.work import Plans
from desktop.views.bar_painting import CENTRE, LEFT, RIGHT, Ink, painting, write
from desktop.views.look import Look
from desktop.views.theme import colour

MOST = 0.20  # share defective at the right end: beyond it nothing usual is accepted
STEPS = 160
TOP, BOTTOM, SIDE = 22.0, 32.0, 36.0
RATES = (0.01, 0.025, 0.04, 0.05, 0.065, 0.10, 0.15)
DASH = [4.0, 3.0]


@dataclass(frozen=True, slots=True)
class Limit:
    """One kind of defects with its limit in per cent and what is drawn for it."""

    name: str
    aql: str
    plan: SamplingPlan


class OperatingCurve(QWidget):
    """The curves, each with a mark at its AQL."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._limits: tuple[Limit, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide enough to read values from."""
        return QSize(460, 260)

    def show_limits(self, limits: tuple[Limit, ...]) -> None:
        """Show the curves of some plans: the first drawn whole, the second dashed."""
        self._limits = limits
        said = (
            self.tr("{name}: {chance} % accepted at the limit of {aql} %").format(
                name=limit.name, chance=f"{100 * chance_of_acceptance(limit.plan, float(limit.aql) / 100):.0f}",
                aql=limit.aql,
            )
            for limit in limits
        )  # fmt: skip
        self.setAccessibleName(". ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes, curves, marks."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            plot = QRectF(SIDE, TOP, self.width() - SIDE - 12, self.height() - TOP - BOTTOM)
            self._paint_axes(painter, plot)
            for place, limit in enumerate(self._limits):
                self._paint_curve(painter, plot, limit, place)

    def _pen(self, place: int) -> QPen:
        theme = self._look.theme
        pen = QPen(colour(theme.accent if place == 0 else theme.text), 2)
        if place:
            pen.setDashPattern(DASH)
        return pen

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        theme = self._look.theme
        for chance in (0.0, 0.5, 0.95, 1.0):
            y = plot.bottom() - plot.height() * chance
            painter.setPen(QPen(colour(theme.line if chance else theme.line_strong), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if chance != 1.0:
                write(painter, QRectF(0, y - 8, SIDE - 4, 16), f"{100 * chance:.0f}", Ink(theme.muted, 10, where=RIGHT))
        for percent in range(0, round(100 * MOST) + 1, 5):
            x = plot.left() + plot.width() * percent / 100 / MOST
            write(painter, QRectF(x - 20, plot.bottom() + 2, 40, 14), f"{percent}", Ink(theme.muted, 10, where=CENTRE))
        write(painter, QRectF(0, 0, plot.right(), 16), self.tr("% of such lots accepted"), Ink(theme.muted, 11))
        under = QRectF(plot.left(), self.height() - 16, plot.width(), 16)
        write(painter, under, self.tr("% of the lot truly defective"), Ink(theme.muted, 11, where=RIGHT))

    def _paint_curve(self, painter: QPainter, plot: QRectF, limit: Limit, place: int) -> None:
        def at(share: float) -> QPointF:
            chance = chance_of_acceptance(limit.plan, share)
            return QPointF(plot.left() + plot.width() * share / MOST, plot.bottom() - plot.height() * chance)

        painter.setPen(self._pen(place))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([at(MOST * step / STEPS) for step in range(STEPS + 1)]))
        mark = at(min(MOST, float(limit.aql) / 100))
        painter.setBrush(colour(self._look.theme.surface))
        painter.setPen(QPen(self._pen(place).color(), 2))
        painter.drawEllipse(mark, 4.0, 4.0)
        top = TOP + 4 + 18 * place
        painter.setPen(self._pen(place))
        painter.drawLine(QPointF(plot.right() - 150, top + 8), QPointF(plot.right() - 124, top + 8))
        box = QRectF(plot.right() - 118, top, 118, 16)
        write(painter, box, f"{limit.name} {limit.aql}", Ink(self._look.theme.text, 11, where=LEFT))


class CurveDialog(QDialog):
    """The curves of a request's sample, with values to read."""

    def __init__(self, look: Look, sheet: SampleSheet, plans: Plans, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Chance of acceptance, {code}").format(code=sheet.code))
        limits = (
            Limit(self.tr("Major"), sheet.aql_major, plans.major),
            Limit(self.tr("Minor"), sheet.aql_minor, plans.minor),
        )
        head = QLabel(
            self.tr("{drawn} of {lot} pieces are drawn. So many of a hundred such lots would be accepted:").format(
                drawn=f"{plans.drawn:,}", lot=f"{plans.lot:,}"
            ),
            self,
        )
        head.setWordWrap(True)
        self.curve = OperatingCurve(look, self)
        self.curve.show_limits(limits)
        self.cells: dict[tuple[float, str], QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(head)
        column.addWidget(self.curve, 1)
        column.addLayout(self._table(limits))

    def _table(self, limits: tuple[Limit, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        rates = sorted({*RATES, *(float(limit.aql) / 100 for limit in limits)})
        grid.addWidget(self._cell(self.tr("Truly defective"), "muted"), 0, 0)
        for place, rate in enumerate(rates, 1):
            grid.addWidget(self._cell(f"{100 * rate:g} %", "muted"), 0, place)
            for row, limit in enumerate(limits, 1):
                chance = 100 * chance_of_acceptance(limit.plan, rate)
                shown = self._cell(f"{chance:.0f} %" if chance >= 1 or not chance else "< 1 %", "strong")
                self.cells[rate, limit.name] = shown
                grid.addWidget(shown, row, place)
        for row, limit in enumerate(limits, 1):
            grid.addWidget(self._cell(f"{limit.name} {limit.aql}", "muted"), row, 0)
        grid.setColumnStretch(len(rates) + 1, 1)
        return grid

    def _cell(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        return label
