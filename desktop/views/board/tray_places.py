"""Where the requests of the tray could go, looked for while nothing else is to be done."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.itemmodels.tray_table import Places
from desktop.jobs.db_runner import DbRunner, Job
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import Offer
from desktop.views.board.tray import Tray
from desktop.views.board.wording import offer_rows

if TYPE_CHECKING:
    from desktop.store.engine import Store

REST_MS = 700
"""How long nothing must have happened before the first request is asked about."""


class TrayPlaces(QObject):
    """Asks about one row in view after the other, so that what a person waits for goes in between."""

    def __init__(self, runner: DbRunner, tray: Tray) -> None:
        super().__init__(tray)
        self._runner, self._tray = runner, tray
        self._plan: OpenPlan | None = None
        self._job: Job[tuple[Offer, ...]] | None = None
        self._stop = threading.Event()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        tray.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        tray.folded.connect(self._on_scrolled)
        tray.model.modelReset.connect(self._on_scrolled)
        tray.model.layoutChanged.connect(self._on_scrolled)

    def begin(self, plan: OpenPlan) -> None:
        """Ask about a plan from now on."""
        self.end()
        self._plan = plan
        self._tray.model.forget_places()
        self._rest.start()

    def end(self) -> None:
        """Ask nothing any more."""
        self._plan = None
        self._rest.stop()
        self._stop.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_scrolled(self, *_: object) -> None:
        """Other rows are seen."""
        if self._plan is not None and self._job is None:
            self._rest.start()

    def _ask(self) -> None:
        plan, model = self._plan, self._tray.model
        if plan is None or self._job is not None:
            return
        for request in self._tray.requests_in_view():
            if not model.knows_places(request):
                self._stop = threading.Event()
                search = partial(_search, plan, request, self._stop)
                self._job = self._runner.read(self, search, partial(self._on_found, plan, request), background=True)
                return

    def _on_found(self, plan: OpenPlan, request: str, offers: tuple[Offer, ...]) -> None:
        self._job = None
        rows = offer_rows(plan.board, plan.card(request), offers[:1])
        cheapest = "".join(f"{row.who}, {row.when}, {row.price}" for row in rows)
        self._tray.model.show_places(request, Places(len(offers), cheapest))
        self._ask()


def _search(plan: OpenPlan, request: str, stop: threading.Event, _store: Store) -> tuple[Offer, ...]:
    return plan.offers(request, stop.is_set)
