"""The page of urgent bookings: a form, who could go, and the map, ranked again at every key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import DomainError, StoreError
from desktop.jobs.db_runner import Committed
from desktop.jobs.urgent_search import UrgentSearch
from desktop.services.commands import BookUrgent
from desktop.services.urgent.answer import PersonRows, UrgentAnswer, UrgentCandidate, WayOut, WhyNot
from desktop.services.urgent.holding import HoldView
from desktop.services.urgent.sorting import in_order
from desktop.views.context import PageContext
from desktop.views.page import Page
from desktop.views.selection import Wanted
from desktop.views.urgent.doing import UrgentDoing
from desktop.views.urgent.frame import UrgentFrame
from desktop.views.urgent.map_pane import MapPane
from desktop.views.urgent.neighbourhood import Scene
from desktop.views.urgent.pane import CandidatesPane
from desktop.views.urgent.panel import UrgentPanel
from desktop.views.urgent.production_track import Track
from desktop.views.urgent.records import UrgentRecords
from desktop.views.urgent.wording import (
    beside,
    card_of,
    day_word,
    key_of,
    scene_of,
    track_of,
    way_in_words,
    weeks_of,
)

ON_MAP = 8
LOOK_MS = 15_000  # how often held places are looked at while the page is shown
UNSEEN = frozenset(
    ("change", "changed_row", "import_profile", "notice", "sending", "attachment", "file_content", "checklist",
     "checklist_item", "defect", "corrective_action", "follow_up")
)  # fmt: skip
"""Tables that no place hangs on."""


class UrgentPage(Page):
    """Form, candidates, map. Nothing is stored before somebody books or holds."""

    NAME: ClassVar[str] = "urgent"
    ICON: ClassVar[str] = "lightning-bolt"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.panel = UrgentPanel(context.look, context.actions, context.clock, self)
        self.pane = CandidatesPane(context.look, context.actions, self)
        self.map_pane = MapPane(context.look, self)
        self.search = UrgentSearch(context.runner, context.clock, self)
        self.records = UrgentRecords(context.runner, context.clock, self)
        self.doing = UrgentDoing(context, self)
        self.answer: UrgentAnswer | None = None
        self.shown: list[UrgentCandidate] = []
        self._chosen: Hashable | None = None  # what the user has gone to himself; None: the first follows the ranking
        self._is_first, self._is_shown, self._is_stale = True, False, False
        self.frame = UrgentFrame(self.panel, self.pane, self.map_pane, self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self._show_hint()
        self._show_time()
        self._enable()

    def title(self) -> str:
        """Its name."""
        return self.tr("Urgent booking")

    # -- the window ----------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Read ahead what the first key will ask for."""
        self._is_shown = True
        self._timer.start()
        if self._is_first:
            self._is_first = False
            self.records.read_choices()
            self.records.read_atlas()
        self.search.prepare()
        self.records.read_holds()
        if self._is_stale:
            self._ask()
        if self.panel.fields.is_empty:
            self.panel.fields.offer_request(self.context.selection.request)
            self.panel.fields.factory.setFocus()

    def deactivate(self) -> None:
        """What nobody sees is not ranked."""
        self._is_shown = False
        self._timer.stop()
        if self.search.is_busy:
            self.search.cancel()
            self._is_stale = True

    def changed(self, committed: Committed) -> None:
        """Rank anew what hangs on it; the list keeps its place."""
        touched = {table for table, keys in committed.changes.rows.items() if keys} - UNSEEN
        if not touched or self._is_first:
            return
        self.search.forget()
        self.records.read_holds()
        if touched & {"client", "factory", "factory_alias"}:
            self.records.read_choices()
        if self._is_shown:
            self._ask()
            self.search.prepare()
        else:
            self._is_stale = True

    def refresh(self) -> None:
        """Fetch everything again."""
        if not self._is_first:
            self.search.forget()
            self.records.read_choices()
            self.records.read_holds()
            self._ask()

    def state(self) -> dict[str, object]:
        """Widths, order, what may move."""
        return {"widths": self.frame.widths, "sort": self.pane.sort, "moves": self.panel.fields.ticks()}

    def restore(self, state: dict[str, object]) -> None:
        """The same again."""
        self.frame.set_widths(state.get("widths"))
        self.panel.fields.tick(state.get("moves"))
        self.pane.show_sort(state.get("sort"))

    @property
    def candidate(self) -> UrgentCandidate | None:
        """The one that is chosen."""
        number = self.pane.list.current
        return self.shown[number] if 0 <= number < len(self.shown) else None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to come of what was typed."""
        return self.search.is_at_rest and not self.doing.is_busy

    # -- asking --------------------------------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        """A key more: what was chosen by hand belongs to another question."""
        self.pane.message.clear()
        self._chosen = None
        self._ask()

    def _ask(self) -> None:
        self._is_stale = False
        form = self.panel.fields.form()
        if form is None:
            self.search.cancel()
            self._forget_answer()
            self._show_hint()
            return
        self.pane.show_busy()
        self.search.start(form)
        self._enable()

    def _on_answer(self, answer: UrgentAnswer) -> None:
        self.answer = answer
        self.panel.fields.show_need(answer.need)
        self.panel.show_code(answer.need.code)
        self._show_candidates()
        if answer.whole and not answer.candidates and not answer.need.fault:
            self.search.ask_ways_out(self._on_ways)

    def _on_failed(self, error: DomainError) -> None:
        if isinstance(error, StoreError):
            self.context.runner.refused.emit(error)
        else:
            self.pane.message.show_error(error)
        self.pane.show_answer(self.answer, len(self.shown))

    def _on_ways(self, ways: Sequence[WayOut]) -> None:
        if not self.shown:
            self.pane.nobody.show_ways(ways)

    def _on_day_wanted(self, day: dt.date) -> None:
        self.panel.want_by(day)
        self._on_edited()

    def _on_loosened(self, name: str) -> None:
        self.panel.fields.moves[name].setChecked(True)
        self._on_edited()

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show_candidates(self) -> None:
        answer = self.answer
        if answer is None:
            return
        self.shown = in_order(answer.candidates, self.pane.sort)
        keys = [key_of(each) for each in self.shown]
        cards = [card_of(rank, each, answer) for rank, each in enumerate(self.shown, 1)]
        current = keys.index(self._chosen) if self._chosen in keys else 0
        was_listed = not self.pane.shows_reasons
        self.pane.list.show_cards(cards, keys, current)
        self.pane.show_answer(answer, len(self.shown))
        if not self.shown:
            self.pane.show_nobody(answer, self.panel.fields.unticked())
        if was_listed:
            self.pane.show_list()
        self._show_chosen()

    def _show_chosen(self) -> None:
        """All that hangs on the chosen candidate: its weeks, figures, message, the map."""
        answer, candidate = self.answer, self.candidate
        rank = self.pane.list.current + 1 if candidate is not None else 0
        self.panel.show_candidate(rank, candidate)
        if answer is None:
            self.panel.fields.track.show_track(Track())
            self.map_pane.show_scene(Scene(), None, "", None)
            self._enable()
            return
        self.panel.fields.track.show_track(track_of(answer.need, candidate))
        scene = scene_of(answer.need, self.shown, rank, ON_MAP)
        date = None if candidate is None else candidate.first_day
        way = "" if candidate is None else way_in_words(candidate.arrivals)
        self.map_pane.show_scene(scene, date, way, self.context.clock.now().astimezone())
        self._show_beside()
        if candidate is not None and not self.pane.list.has_weeks(self.pane.list.current):
            self.search.draw(candidate, partial(self._on_rows, answer, candidate))
        self._enable()

    def _on_rows(self, answer: UrgentAnswer, candidate: UrgentCandidate, people: Sequence[PersonRows]) -> None:
        self.pane.list.show_weeks(key_of(candidate), weeks_of(answer, candidate, people))

    def _show_beside(self) -> None:
        other, candidate = self.pane.list.compared, self.candidate
        text = ""
        if candidate is not None and 0 <= other < len(self.shown) and other != self.pane.list.current:
            text = beside(candidate, self.shown[other], other + 1)
        self.pane.list.show_beside(text)

    def _show_hint(self) -> None:
        self.pane.show_hint()

    def _forget_answer(self) -> None:
        self.answer, self.shown, self._chosen = None, [], None
        self.panel.fields.show_need(None)
        self.panel.show_code("")
        self.pane.list.show_cards((), (), -1)
        self.pane.show_answer(None, 0)
        self._show_chosen()

    def _show_time(self) -> None:
        now = self.context.clock.now()
        self.panel.show_time(now)
        self.frame.when.setText(f"{day_word(now.astimezone().date())}, {now.astimezone():%H:%M}")

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _on_chosen(self, number: int) -> None:
        if 0 <= number < len(self.shown):
            self._chosen = key_of(self.shown[number])
        self._show_chosen()

    def _on_rank(self, rank: int) -> None:
        self.pane.list.choose(rank - 1)

    def _on_hovered(self, number: int) -> None:
        self.map_pane.map.light(number + 1)

    def _on_sort(self) -> None:
        self._show_candidates()

    def _go(self, step: int) -> None:
        self.pane.list.choose(self.pane.list.current + step)

    def _compare(self) -> None:
        self.pane.list.compare(self.pane.list.current)

    def _why_not(self) -> None:
        if self.pane.shows_reasons:
            self.pane.show_list()
        elif self.answer is not None:
            self.search.ask_why_not(self._on_why_not)

    def _on_why_not(self, found: Sequence[WhyNot]) -> None:
        if self.answer is not None:
            self.pane.show_reasons(found, self.answer.cannot)

    def _cancel(self) -> None:
        """Esc goes back step by step: from the reasons, from the comparison, from the form."""
        if self.pane.shows_reasons:
            self.pane.show_list()
        elif self.pane.list.compared >= 0:
            self.pane.list.compare(self.pane.list.compared)
        else:
            self.begin_anew()

    def begin_anew(self) -> None:
        """Empty the form."""
        self.pane.message.clear()
        self.panel.fields.empty()
        self.search.cancel()
        self._forget_answer()
        self._show_hint()
        self.panel.fields.factory.setFocus()

    def _copy_message(self) -> None:
        if self.candidate is not None:
            QGuiApplication.clipboard().setText(self.candidate.message)
            self.context.feedback.toast(self.tr("The message to the client is copied."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """W asks why not, where no field takes letters."""
        if event.key() == Qt.Key.Key_W and not event.modifiers():
            self._why_not()
        else:
            super().keyPressEvent(event)

    # -- booking and holding -------------------------------------------------------------------------------------------

    def _book(self) -> None:
        wanted = self._wanted()
        if wanted is not None:
            self.doing.book(*wanted, announce=self.panel.announce.isChecked())
            self._enable()

    def _hold(self) -> None:
        wanted = self._wanted()
        if wanted is not None:
            self.doing.ask_to_hold(*wanted, self.panel.hold)

    def _wanted(self) -> tuple[BookUrgent, UrgentAnswer, UrgentCandidate] | None:
        """The chosen place as a booking; None where none is chosen, or one is being booked. What lacks is said."""
        answer, candidate = self.answer, self.candidate
        if answer is None or candidate is None or self.doing.is_busy:
            return None
        try:
            booking = self.search.booking(candidate)
        except DomainError as error:
            self.pane.message.show_error(error)
            return None
        if booking is None:
            self.context.feedback.status(self.tr("The places are being ranked again."))
            return None
        return booking, answer, candidate

    def _on_booked(self, code: str, plan: str) -> None:
        self.panel.announce.setChecked(False)
        self.begin_anew()
        self.records.read_holds()
        selection = self.context.selection
        selection.request = code
        if selection.plan != plan:
            selection.show_plan(plan)
        selection.request_wanted.emit(Wanted(code, "board"))

    def _on_refused(self, error: DomainError) -> None:
        """The place has gone meanwhile, or something else forbids it: said by the cards, which are ranked again."""
        if isinstance(error, StoreError):
            self.context.runner.refused.emit(error)
        else:
            self.pane.message.show_error(error)
        self.search.forget()
        form = self.panel.fields.form()
        if form is not None:
            self.search.start(form)
        self._enable()

    def _on_holds(self, found: tuple[HoldView, ...]) -> None:
        now = self.context.clock.now()
        self.panel.holds.show_holds(found, now.astimezone().tzinfo or dt.UTC, now)
        self.badge.emit(len(found) or None)

    def _on_tick(self) -> None:
        """Time goes by: minutes are counted down, and what has run out is looked at again."""
        now = self.context.clock.now()
        soonest = self.panel.holds.soonest
        if soonest is not None and soonest <= now:
            self.records.read_holds()
        self._show_time()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _look_for_orders(self, text: str) -> None:
        fields = self.panel.fields
        self.records.look_for_orders(text, fields.client.code, fields.factory.code)

    def _enable(self) -> None:
        can = self.candidate is not None and not self.doing.is_busy
        for name, on in {
            "book": can,
            "hold": can,
            "message": self.candidate is not None,
            "next": len(self.shown) > 1,
            "previous": len(self.shown) > 1,
            "compare": len(self.shown) > 1,
            "why_not": self.answer is not None and bool(self.answer.cannot),
            "cancel": not self.panel.fields.is_empty or self.answer is not None,
        }.items():
            self.context.actions.enable(f"urgent.{name}", on)

    def _connect(self) -> None:
        panel, pane, doing = self.panel, self.pane, self.doing
        panel.fields.edited.connect(self._on_edited)
        panel.fields.orders_wanted.connect(self._look_for_orders)
        self.records.chosen_from.connect(panel.fields.offer)
        self.records.ordered.connect(panel.fields.offer_orders)
        self.records.drawn.connect(self.map_pane.show_atlas)
        self.records.held.connect(self._on_holds)
        panel.holds.deed.connect(doing.settle_hold)
        pane.list.chosen.connect(self._on_chosen)
        pane.list.hovered.connect(self._on_hovered)
        pane.list.compared_changed.connect(self._show_beside)
        pane.sort_changed.connect(self._on_sort)
        pane.nobody.day_wanted.connect(self._on_day_wanted)
        pane.nobody.loosened.connect(self._on_loosened)
        self.map_pane.rank_chosen.connect(self._on_rank)
        self.search.answered.connect(self._on_answer)
        self.search.failed.connect(self._on_failed)
        doing.booked.connect(self._on_booked)
        doing.refused.connect(self._on_refused)
        doing.settled.connect(self.records.read_holds)
        self._timer.timeout.connect(self._on_tick)
        for name, deed in {
            "book": self._book,
            "hold": self._hold,
            "next": lambda: self._go(1),
            "previous": lambda: self._go(-1),
            "compare": self._compare,
            "why_not": self._why_not,
            "message": self._copy_message,
            "cancel": self._cancel,
        }.items():
            self.context.actions.on(f"urgent.{name}", deed)
