"""What the panel shows: one request, several, or a new one; what was typed is never lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desktop.errors import DomainError
from desktop.jobs.db_runner import Job
from desktop.services.history import HistoryEntry, history
from desktop.services.requests.cards import FormChoices, RequestCard, read_card, read_choices
from desktop.services.requests.forecast import Forecast, read_forecast
from desktop.services.requests.form import blank_values, duplicate_values, suggested_values
from desktop.services.requests.listing import RequestIndex
from desktop.services.requests.rows import RequestRow
from desktop.views.context import PageContext
from desktop.views.requests.drafts import Drafts, LookedAt
from desktop.views.requests.dupro_card import DuproCard
from desktop.views.requests.field_words import hints, house_hints, new_hints
from desktop.views.requests.form import FormKind
from desktop.views.requests.missing_card import MissingCard
from desktop.views.requests.order_finder import OrderFinder
from desktop.views.requests.panel import HISTORY, RequestPanel
from desktop.views.requests.saving import RequestSaving


class RequestEditor(QObject):
    """Works the panel.

    Attributes:
        drafts: what was typed over requests and not saved.
        saving: what the buttons of the panel do.
    """

    def __init__(self, context: PageContext, panel: RequestPanel, index: Callable[[], RequestIndex]) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._index = index
        self._looked_at = LookedAt()
        self.drafts = Drafts(panel.form, self._looked_at)
        self.saving = RequestSaving(context, panel, self._looked_at, self.drafts)
        self.saving.fetch_wanted.connect(self._fetch)
        self.saving.settled.connect(self._say_state)
        self._choices: FormChoices | None = None
        self._job: Job[Any] | None = None
        form = panel.form
        form.edited.connect(self._say_state)
        form.checked.connect(self._on_checked)
        self._orders = OrderFinder(context.runner, form)
        self.dupro = DuproCard(context, form)
        form.add_below(self.dupro)
        self.missing = MissingCard(context, form)
        form.add_above(self.missing)
        self.dupro.wanted.connect(self._on_suggested)
        panel.history_wanted.connect(self._fetch_history)
        panel.tab_wanted.connect(self.refresh_tab)

    @property
    def kind(self) -> FormKind:
        """What the panel is about: a new request, one, or several."""
        return self._looked_at.kind

    @property
    def is_dirty(self) -> bool:
        """Whether something was entered and is not saved."""
        return bool(self._panel.form.touched())

    # -- what is looked at ---------------------------------------------------------------------------------------------

    def look_at(self, row: RequestRow) -> None:
        """Show a request; what was typed over another one is kept with that one."""
        looked_at = self._looked_at
        if looked_at.kind == "edit" and looked_at.row is not None and looked_at.row.code == row.code:
            looked_at.row = row
            self._panel.show_row(row, self._context.clock.now())
            self.refresh_tab()
            if not self.is_dirty and looked_at.card is not None and looked_at.card.version != row.version:
                self._fetch(row)
            return
        self.drafts.keep()
        looked_at.turn("edit", row)
        self.drafts.tell()
        self._panel.message.clear()
        self._panel.show_row(row, self._context.clock.now())
        self._fetch(row)
        self.refresh_tab()
        if self._panel.stack.currentIndex() == HISTORY:
            self._fetch_history()

    def refresh_tab(self) -> None:
        """Let the tab that is open show the request as it is now."""
        tab = self._panel.current_tab
        if tab is None and self._looked_at.kind == "edit":
            self._show_cards(self._looked_at.row)
        if tab is not None and self._looked_at.row is not None:
            tab.look_at(self._looked_at.row)

    def _show_cards(self, row: RequestRow | None) -> None:
        self.dupro.look_at(row)
        self.missing.look_at(row)

    def look_at_several(self, rows: Sequence[RequestRow]) -> None:
        """Show what can be set for several requests at once."""
        if self._looked_at.kind == "bulk" and self.is_dirty:
            self._looked_at.several = tuple(rows)
        else:
            self.drafts.keep()
            self._looked_at.turn("bulk", several=tuple(rows))
            self._show_cards(None)
            self._cancel_job()
            self._panel.message.clear()
            self._need_choices(self._show_bulk)
        self._head_bulk()

    def begin_new(self) -> None:
        """Show an empty form."""
        self._begin(blank_values, self.tr("Not stored yet"))

    def begin_duplicate(self, row: RequestRow) -> None:
        """Show a form that says what another request says."""
        self.drafts.keep()
        self._cancel_job()
        self._job = self._context.runner.read(
            self, partial(read_card, code=row.code), partial(self._on_original, row.code)
        )

    def _on_suggested(self, wanted: tuple[RequestRow, str]) -> None:
        row, service = wanted
        self.drafts.keep()
        self._cancel_job()
        self._job = self._context.runner.read(
            self, partial(read_card, code=row.code), partial(self._on_ordered, row, service)
        )

    def _on_ordered(self, row: RequestRow, service: str, card: RequestCard) -> None:
        self._begin(
            lambda choices: suggested_values(card, choices, service),
            self.tr("For order {order}, not stored yet").format(order=row.order),
        )

    def _on_original(self, code: str, card: RequestCard) -> None:
        self._begin(
            lambda choices: duplicate_values(card, choices), self.tr("Like {code}, not stored yet").format(code=code)
        )

    def _begin(self, values: Callable[[FormChoices], Mapping[str, Any]], subtitle: str) -> None:
        self.drafts.keep()
        self._looked_at.turn("new")
        self._show_cards(None)
        self._panel.message.clear()
        self._panel.show_title(self.tr("New request"), subtitle)
        self._panel.show_buttons(self.tr("Add request"), can_discard=True)
        self._cancel_job()
        self._choices = None
        self._need_choices(partial(self._show_new, values))

    def _show_new(self, values: Callable[[FormChoices], Mapping[str, Any]], choices: FormChoices) -> None:
        form = self._panel.form
        form.offer(choices, self._is_taken)
        form.show_values("new", values(choices), new_hints())
        order = values(choices).get("order")
        if order:
            self._orders.fetch(str(order))
        form.focus("client")
        self._say_state()

    def _show_bulk(self, choices: FormChoices) -> None:
        self._panel.form.offer(choices, self._is_taken)
        self._panel.form.show_values("bulk", {})
        self._say_state()

    def _head_bulk(self) -> None:
        count = len(self._looked_at.several)
        codes = ", ".join(row.code for row in self._looked_at.several[:6]) + (" …" if count > 6 else "")
        self._panel.show_title(self.tr("%n request(s)", "", count), codes)
        self._panel.show_buttons(self.tr("Set for %n request(s)", "", count), can_discard=True)

    # -- fetching ------------------------------------------------------------------------------------------------------

    def forget_choices(self) -> None:
        """Clients, factories or people have changed."""
        self._choices = None

    def _fetch(self, row: RequestRow) -> None:
        self._cancel_job()
        self._job = self._context.runner.read(self, partial(read_card, code=row.code), self._on_card, self._on_lost)

    def _on_card(self, card: RequestCard) -> None:
        self._looked_at.card = card
        self._need_choices(self._show_card)

    def _show_card(self, choices: FormChoices) -> None:
        card, row = self._looked_at.card, self._looked_at.row
        if card is None or row is None:
            return
        form = self._panel.form
        form.offer(choices, self._is_taken)
        draft = self.drafts.of(card.code)
        form.show_values("edit", card.values, hints(row) | house_hints())
        if draft is not None:
            form.put_touched(draft.typed)
            self._looked_at.card = RequestCard(card.code, draft.card.version, draft.card.values)
        order = card.values.get("order")
        if order:
            self._orders.fetch(str(order))
        self._panel.show_buttons(self.tr("Save"), can_discard=True)
        self._say_state()
        now, code = self._context.clock.now(), card.code
        self._context.runner.read(
            self, lambda store: read_forecast(store, now, code), partial(self._on_forecast, code), _pass_over
        )

    def _on_forecast(self, code: str, forecast: Forecast | None) -> None:
        row = self._looked_at.row
        if row is not None and row.code == code and self._looked_at.kind == "edit":
            visit = None if row.place is None else row.place.first_day
            self._panel.form.forecast.show_forecast(forecast, row.service, visit)

    def _on_lost(self, error: DomainError) -> None:
        self._panel.message.show_error(error)

    def _need_choices(self, then: Callable[[FormChoices], None]) -> None:
        if self._choices is not None:
            then(self._choices)
            return
        self._job = self._context.runner.read(self, read_choices, partial(self._on_choices, then))

    def _on_choices(self, then: Callable[[FormChoices], None], choices: FormChoices) -> None:
        self._choices = choices
        then(choices)

    def _fetch_history(self) -> None:
        row = self._looked_at.row
        if row is not None:
            code = row.code
            self._context.runner.read(
                self, lambda store: history(store, record=code), partial(self._on_history, code), background=True
            )

    def _on_history(self, code: str, entries: tuple[HistoryEntry, ...]) -> None:
        if self._looked_at.row is not None and self._looked_at.row.code == code:
            self._panel.history.show_entries(entries)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _is_taken(self, code: str) -> bool:
        card = self._looked_at.card
        own = card.code if self._looked_at.kind == "edit" and card is not None else ""
        return code != own and self._index().row_of(code) is not None

    # -- how it stands -------------------------------------------------------------------------------------------------

    def _on_checked(self, count: int) -> None:
        if count:
            self._panel.show_state(self.tr("%n field(s) to mend", "", count), is_bad=True)
        else:
            self._say_state()

    def _say_state(self) -> None:
        dirty = self.is_dirty
        self._panel.discard_button.setEnabled(dirty or self._looked_at.kind == "new")
        self._panel.show_state(self.tr("Not saved yet") if dirty else "")


def _pass_over(_error: DomainError) -> None:
    """A forecast that cannot be had is none."""
