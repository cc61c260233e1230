"""What breaks a plan, recorded from anywhere: for the request, or the person, that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.services.today.foreseen import Crewed, announced_of, people_for
from desktop.views.context import PageContext
from desktop.views.disruption.repair_sheet import RepairSheet
from desktop.views.disruption.sheets import IllSheet, NotReadySheet, OverrunSheet

People = tuple[tuple[str, str], ...]


class Disruptions(QObject):
    """Opens the sheets."""

    def __init__(self, context: PageContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def ask_repair(self) -> None:
        """What broke, and the way to have it mended."""
        RepairSheet(self._context, self._window).open()

    def ask_ill(self) -> None:
        """Who cannot come: whoever is looked at first, then the crew of the request, then everybody."""
        query = partial(
            people_for, request=self._context.selection.request, inspector=self._context.selection.inspector
        )
        self._context.runner.read(self, query, self._open_ill, self._context.feedback.failed)

    def ask_not_ready(self) -> None:
        """Until when the goods of the request are not ready."""
        self._ask(self._open_not_ready)

    def ask_overrun(self) -> None:
        """How much longer the visit of the request takes."""
        self._ask(self._open_overrun)

    def _ask(self, then: Callable[[Crewed], None]) -> None:
        code = self._context.selection.request
        if not code:
            self._context.feedback.toast(self.tr("Select the visit first: on the board, or on Today."), kind="warn")
            return
        query = partial(announced_of, request=code)
        self._context.runner.read(self, query, partial(self._open, code, then), self._context.feedback.failed)

    def _open(self, code: str, then: Callable[[Crewed], None], visit: Crewed | None) -> None:
        if visit is None:
            text = self.tr("Nothing is announced for {request}: nobody has to be told.").format(request=code)
            self._context.feedback.toast(text, kind="warn")
        else:
            then(visit)

    def _open_ill(self, people: People) -> None:
        IllSheet(self._context, people, self._window).open()

    def _open_not_ready(self, visit: Crewed) -> None:
        NotReadySheet(self._context, visit, self._window).open()

    def _open_overrun(self, visit: Crewed) -> None:
        OverrunSheet(self._context, visit, self._window).open()
