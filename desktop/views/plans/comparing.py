"""One stored plan beside another: which can be, and the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.jobs.db_runner import Job
from desktop.services.plan_review import PlanReview
from desktop.services.planning.proposals import compare_plans
from desktop.services.planning.reading import Source
from desktop.services.planning.stored_plans import PlanRow
from desktop.views.context import PageContext

MOST_OFFERED = 12  # plans to compare with


@dataclass(frozen=True, slots=True)
class Compared:
    """The plan `new` beside the plan `now`, by their codes."""

    now: str
    new: str
    review: PlanReview


class Comparing(QObject):
    """Offers plans to compare with, and compares.

    Attributes:
        compared: a Compared.
        failed: a DomainError: it could not be done.
    """

    compared = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._job: Job[Compared] | None = None

    def offer(self, row: PlanRow, rows: Sequence[PlanRow], where: QPoint) -> None:
        """Offer the plans that have a day in common with one, the latest made first, in a menu."""
        menu = QMenu(self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        for other in comparable(row, rows)[:MOST_OFFERED]:
            action = menu.addAction(other.code)
            action.triggered.connect(partial(self._on_choice, other.code, row.code))
        if menu.isEmpty():
            menu.addAction(self.tr("No other plan has these days")).setEnabled(False)
        menu.popup(where)

    def compare(self, now: str, new: str) -> None:
        """Compare; of several questions only the last is answered."""
        if self._job is not None:
            self._job.cancel()
        query = partial(_compared, now, new)
        self._job = self._context.runner.read(self, query, self.compared.emit, self.failed.emit)

    def _on_choice(self, now: str, new: str, _checked: bool = False) -> None:
        self.compare(now, new)


def comparable(row: PlanRow, rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The other plans that have a day in common with one."""
    header = row.header
    return [
        other
        for other in rows
        if other.code != row.code
        and other.header.first_day <= header.last_day
        and other.header.last_day >= header.first_day
    ]


def _compared(now: str, new: str, source: Source) -> Compared:
    return Compared(now, new, compare_plans(source, now, new))
