"""The request that is selected: its window over the days, the places where it could go, its card in the panel."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.jobs.db_runner import Job
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import Offer, RequestCard, Verdict
from desktop.views.board.canvas import BoardCanvas
from desktop.views.board.cards import CardLine
from desktop.views.board.marks import Cell
from desktop.views.board.panel import RequestPanel
from desktop.views.board.shown_plan import ShownPlan
from desktop.views.board.stage import grab_of_request
from desktop.views.board.tray import Tray
from desktop.views.board.why_not import Question, question_about, title_of, why_not
from desktop.views.board.wording import lane_of, offer_marks
from desktop.views.context import PageContext

if TYPE_CHECKING:
    from desktop.store.engine import Store


class SelectedRequest(QObject):
    """What is selected on one board. Offers are looked for in the background, and again after each change.

    Attributes:
        changed: another request, or none, is selected.
        offers_found: where it could go is known.
    """

    changed = Signal()
    offers_found = Signal()

    def __init__(self, shown: ShownPlan, context: PageContext, views: tuple[BoardCanvas, Tray, RequestPanel]) -> None:
        canvas, tray, panel = views
        super().__init__(canvas)
        self._shown, self._runner, self._clock = shown, context.runner, context.clock
        self._canvas, self._tray, self._panel = canvas, tray, panel
        self._code: str | None = None
        self._offers: tuple[Offer, ...] | None = None
        self._job: Job[tuple[Offer, ...]] | None = None
        self._asking: Job[tuple[CardLine, ...]] | None = None
        self._stop = threading.Event()

    @property
    def code(self) -> str | None:
        """The request; None: nothing is selected."""
        return self._code

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Where it could go, cheapest first; empty until that is known."""
        return self._offers or ()

    @property
    def has_offers(self) -> bool:
        """Whether it is known where it could go."""
        return self._offers is not None

    @property
    def card(self) -> RequestCard | None:
        """What is known of it."""
        return None if self._code is None else self.card_of(self._code)

    def card_of(self, code: str) -> RequestCard | None:
        """What is known of a request; None where the plan does not know it."""
        plan = self._shown.plan
        if plan is None:
            return None
        try:
            return plan.card(code)
        except KeyError:
            return None

    def select(self, code: str | None) -> None:
        """Select a request, or nothing."""
        if code == self._code:
            return
        self._code = code
        self.refresh()
        if code is None or self._code is not None:
            self.changed.emit()

    def refresh(self) -> None:
        """Show it on the plan as it is now."""
        self._end_search()
        plan, card = self._shown.plan, self.card
        if plan is None or card is None:
            was, self._code = self._code, None
            self._show_marks(None, None)
            self._tray.select(None)
            if was is not None:
                self.changed.emit()
            return
        self._show_marks(plan, card)
        self._tray.select(card.code)
        self._panel.show_request(plan.board, card, self._here(plan, card), self._clock.now())
        self._panel.show_searching()
        self._stop = threading.Event()
        search = partial(_search, plan, card.code, self._stop)
        self._job = self._runner.read(self, search, partial(self._on_offers, card), background=True)

    def show_at_cursor(self, cell: Cell | None) -> None:
        """Tell in the panel what its place at the cursor would mean."""
        plan, card = self._shown.plan, self.card
        if plan is None or card is None or cell is None:
            return
        grab = grab_of_request(plan.board, card)
        place = card.place
        here = place is not None and cell.inspector in place.inspectors
        if here and place is not None and place.first_slot <= cell.slot <= place.last_slot:
            self._panel.show_cursor(None)
            return
        crew: tuple[str, ...] = (cell.inspector,)
        if grab.inspectors:
            kept = [code for code in grab.inspectors if code != grab.member]
            crew = grab.inspectors if cell.inspector in grab.inspectors else tuple(sorted((*kept, cell.inspector)))
        first = cell.slot if grab.half_days < 2 else cell.slot // 2 * 2
        self._panel.show_cursor(plan.verdict(card.code, crew, first))

    def _end_search(self) -> None:
        self._stop.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self._offers = None

    def _on_offers(self, card: RequestCard, offers: tuple[Offer, ...]) -> None:
        self._job = None
        self._offers = offers
        overlay = self._canvas.overlay
        overlay.show_marks(replace(overlay.marks, offers=offer_marks(card, offers)))
        self._panel.show_offers(offers)
        self.offers_found.emit()
        plan = self._shown.plan
        asked = None if plan is None else question_about(plan, card, offers)
        if plan is None or asked is None:
            self._panel.show_why_not("", ())
            return
        ask = partial(_ask, plan, asked, self._stop)
        tell = partial(self._panel.show_why_not, title_of(plan, asked))
        self._asking = self._runner.read(self, ask, tell, background=True)

    def _show_marks(self, plan: OpenPlan | None, card: RequestCard | None) -> None:
        overlay = self._canvas.overlay
        lane = None if plan is None or card is None else lane_of(plan.board, card)
        overlay.show_marks(replace(overlay.marks, selected=self._code, lane=lane, offers={}))

    @staticmethod
    def _here(plan: OpenPlan, card: RequestCard) -> Verdict | None:
        place = card.place
        if place is None:
            return None
        return plan.verdict(card.code, place.inspectors, place.first_slot, place.mode)

    def dimmed(self) -> frozenset[str]:
        """People who cannot serve it; nobody while that is not known, or where nobody can."""
        plan, card = self._shown.plan, self.card
        if plan is None or card is None or not self._offers:
            return frozenset()
        able = {code for offer in self._offers for code in (offer.inspector, *offer.inspectors)}
        if card.place is not None:
            able.update(card.place.inspectors)
        return frozenset(row.inspector for row in plan.board.rows if row.inspector not in able)

    def ranks(self) -> dict[str, int]:
        """People by the cheapest place that they offer."""
        ranked: dict[str, int] = {}
        for number, offer in enumerate(self.offers):
            ranked.setdefault(offer.inspector, number)
        return ranked


def _search(plan: OpenPlan, code: str, stop: threading.Event, _store: Store) -> tuple[Offer, ...]:
    return plan.offers(code, stop.is_set)


def _ask(plan: OpenPlan, asked: Question, stop: threading.Event, _store: Store) -> tuple[CardLine, ...]:
    return why_not(plan, asked, stop.is_set)
