"""Hands on the board: take a bar, carry it over the cells of people, let it go."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.services.board import BoardBar
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import LineState
from desktop.views.board.marks import Cell
from desktop.views.board.page import BoardPage
from tests.helpers.windows import LEFT, PLAIN, move

Target = tuple[str, int]


class BoardHands:
    """Acts on a board by its mouse alone; what it aims at it finds in the plan that is shown."""

    def __init__(self, page: BoardPage) -> None:
        self._page = page

    @property
    def plan(self) -> OpenPlan:
        """What is shown."""
        plan = self._page.shown.plan
        assert plan is not None, "the board shows no plan"
        return plan

    @property
    def surface(self) -> QWidget:
        """What takes the mouse."""
        return self._page.canvas.viewport()

    def bar(self, request: str) -> tuple[str, BoardBar]:
        """The bar of a request that one person serves, and who."""
        found = list(self._page.canvas.bars_of(request))
        assert len(found) == 1, f"{request} has {len(found)} bars"
        return found[0]

    def target(self, wanted: LineState, *, unlike: str = "") -> tuple[str, Target]:
        """A request, and a cell in sight of another person where putting it would be judged so."""
        for row in self.plan.board.rows:
            for bar in row.bars:
                if (
                    len(bar.crew) == 1
                    and not bar.published
                    and bar.request != unlike
                    and self._sees(row.inspector, bar)
                ):
                    step = 2 if bar.last_slot > bar.first_slot else 1  # longer visits are put on mornings by themselves
                    for other in self.plan.board.rows:
                        for slot in range(0, 2 * self.plan.board.days - 1, step):
                            if other is not row and self._judged(bar, other.inspector, slot) == wanted:
                                return bar.request, (other.inspector, slot)
        raise AssertionError(f"nothing on this board can be moved to where the verdict is {wanted!r}")

    def _judged(self, bar: BoardBar, inspector: str, slot: int) -> LineState | None:
        box = self._page.canvas.box_of(inspector, slot, slot)
        if box is None or not self._page.canvas.body().contains(box.center().toPoint()):
            return None
        return self.plan.verdict(bar.request, (inspector,), slot, bar.mode).state

    def _sees(self, inspector: str, bar: BoardBar) -> bool:
        box = self._page.canvas.bar_rect(inspector, bar)
        return box is not None and self._page.canvas.body().contains(_grip(box))

    def take(self, request: str) -> QPoint:
        """Press the button on a bar's first half-day; gives where."""
        inspector, bar = self.bar(request)
        self._page.canvas.reveal(Cell(inspector, bar.first_slot))
        box = self._page.canvas.bar_rect(inspector, bar)
        assert box is not None
        grip = _grip(box)
        QTest.mousePress(self.surface, LEFT, PLAIN, grip)
        return grip

    def carry(self, grip: QPoint, target: Target) -> QPoint:
        """Move to a cell with the button held; gives where."""
        inspector, slot = target
        QApplication.processEvents()  # what was pressed is shown beside the board, which gets narrower
        box = self._page.canvas.box_of(inspector, slot, slot)
        assert box is not None, f"{inspector} is out of sight"
        place = box.center().toPoint()
        move(self.surface, grip, place)
        return place

    def let_go(self, place: QPoint) -> None:
        """Release the button."""
        QTest.mouseRelease(self.surface, LEFT, PLAIN, place)

    def drag(self, request: str, target: Target) -> None:
        """All three."""
        self.let_go(self.carry(self.take(request), target))


def _grip(box: QRectF) -> QPoint:
    return QPoint(round(box.left()) + 9, round(box.center().y()))
