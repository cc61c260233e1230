"""What is done with the panel: fetching, checking, saving; what was typed is never lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from desktop.errors import BadInputError, ConflictError, DomainError
from desktop.jobs.db_runner import Job
from desktop.services.changes import Outcome
from desktop.services.history import HistoryEntry, history
from desktop.services.requests.cards import (
    FormChoices,
    RequestCard,
    read_card,
    read_choices,
)
from desktop.services.requests.forecast import Forecast, read_forecast
from desktop.services.requests.form import (
    FORM_FIELDS,
    FormFault,
    add_command,
    blank_values,
    bulk_commands,
    duplicate_values,
    edit_command,
    suggested_values,
)
from desktop.services.requests.listing import RequestIndex
from desktop.services.requests.rows import RequestRow
from desktop.views.context import PageContext
from desktop.views.requests.dupro_card import DuproCard
from desktop.views.requests.field_words import hints, house_hints, new_hints
from desktop.views.requests.form import FormKind
from desktop.views.requests.missing_card import MissingCard
from desktop.views.requests.order_finder import OrderFinder
from desktop.views.requests.panel import HISTORY, RequestPanel


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed over a request and not saved: the card it was typed over, and the fields touched."""

    card: RequestCard
    typed: Mapping[str, Any]


class RequestEditor(QObject):
    """Works the panel.

    Attributes:
        stored: the code of a request that was added, or is called otherwise now.
        unsaved: codes of requests with entries that are not saved (tuple).
    """

    stored = Signal(object)
    unsaved = Signal(object)

    def __init__(self, context: PageContext, panel: RequestPanel, index: Callable[[], RequestIndex]) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._index = index
        self._kind: FormKind = "edit"
        self._row: RequestRow | None = None
        self._card: RequestCard | None = None
        self._several: tuple[RequestRow, ...] = ()
        self._drafts: dict[str, Draft] = {}
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
        panel.save_button.clicked.connect(self.save)
        panel.discard_button.clicked.connect(self.discard)
        panel.history_wanted.connect(self._fetch_history)
        panel.tab_wanted.connect(self.refresh_tab)

    @property
    def kind(self) -> FormKind:
        """What the panel is about: a new request, one, or several."""
        return self._kind

    @property
    def is_dirty(self) -> bool:
        """Whether something was entered and is not saved."""
        return bool(self._panel.form.touched())

    # -- what is looked at ---------------------------------------------------------------------------------------------

    def look_at(self, row: RequestRow) -> None:
        """Show a request; what was typed over another one is kept with that one."""
        if self._kind == "edit" and self._row is not None and self._row.code == row.code:
            self._row = row
            self._panel.show_row(row, self._context.clock.now())
            self.refresh_tab()
            if not self.is_dirty and self._card is not None and self._card.version != row.version:
                self._fetch(row)
            return
        self._keep()
        self._kind, self._row, self._card, self._several = "edit", row, None, ()
        self._tell_unsaved()
        self._panel.message.clear()
        self._panel.show_row(row, self._context.clock.now())
        self._fetch(row)
        self.refresh_tab()
        if self._panel.stack.currentIndex() == HISTORY:
            self._fetch_history()

    def refresh_tab(self) -> None:
        """Let the tab that is open show the request as it is now."""
        tab = self._panel.current_tab
        if tab is None and self._kind == "edit":
            self._show_cards(self._row)
        if tab is not None and self._row is not None:
            tab.look_at(self._row)

    def _show_cards(self, row: RequestRow | None) -> None:
        self.dupro.look_at(row)
        self.missing.look_at(row)

    def look_at_several(self, rows: Sequence[RequestRow]) -> None:
        """Show what can be set for several requests at once."""
        if self._kind == "bulk" and self.is_dirty:
            self._several = tuple(rows)
        else:
            self._keep()
            self._kind, self._row, self._card, self._several = "bulk", None, None, tuple(rows)
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
        self._keep()
        self._cancel_job()
        self._job = self._context.runner.read(
            self, partial(read_card, code=row.code), partial(self._on_original, row.code)
        )

    def _on_suggested(self, wanted: tuple[RequestRow, str]) -> None:
        row, service = wanted
        self._keep()
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
        self._keep()
        self._kind, self._row, self._card, self._several = "new", None, None, ()
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
        count = len(self._several)
        codes = ", ".join(row.code for row in self._several[:6]) + (" …" if count > 6 else "")
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
        self._card = card
        self._need_choices(self._show_card)

    def _show_card(self, choices: FormChoices) -> None:
        card, row = self._card, self._row
        if card is None or row is None:
            return
        form = self._panel.form
        form.offer(choices, self._is_taken)
        draft = self._drafts.get(card.code)
        form.show_values("edit", card.values, hints(row) | house_hints())
        if draft is not None:
            form.put_touched(draft.typed)
            self._card = RequestCard(card.code, draft.card.version, draft.card.values)
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
        row = self._row
        if row is not None and row.code == code and self._kind == "edit":
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
        if self._row is not None:
            code = self._row.code
            self._context.runner.read(
                self, lambda store: history(store, record=code), partial(self._on_history, code), background=True
            )

    def _on_history(self, code: str, entries: tuple[HistoryEntry, ...]) -> None:
        if self._row is not None and self._row.code == code:
            self._panel.history.show_entries(entries)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _is_taken(self, code: str) -> bool:
        own = self._card.code if self._kind == "edit" and self._card is not None else ""
        return code != own and self._index().row_of(code) is not None

    # -- saving --------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what was entered, or go to the first field that is wrong."""
        form = self._panel.form
        if self._kind == "edit" and (self._card is None or not self.is_dirty):
            return
        if form.check(everything=True):
            form.focus()
            return
        match self._kind:
            case "new":
                command = add_command(form.values())
                self._context.runner.handle(self, command, partial(self._on_added, command.code), self._on_refused)
            case "edit" if self._card is not None:
                values = form.values()
                touched = {name: values[name] for name in form.touched()}
                edit = edit_command(self._card, touched)
                if edit is None:
                    self.discard()
                    return
                code = str(values.get("code") or self._card.code)
                self._context.runner.handle(self, edit, partial(self._on_edited, code), self._on_refused)
            case "bulk":
                self._save_several(form.values())

    def _save_several(self, values: Mapping[str, Any]) -> None:
        given = {name: value for name, value in values.items() if not (name == "status" and not value)}
        if not given:
            self._panel.message.show_text(self.tr("Change a field first: it is then set for all of them."), "warn")
            return
        label = self.tr("Edit %n request(s)", "", len(self._several))
        commands = bulk_commands([(row.code, row.version) for row in self._several], given)
        self._context.runner.handle_all(self, commands, label, self._on_several, self._on_refused)

    def discard(self) -> None:
        """Put back what is stored."""
        self._panel.message.clear()
        if self._kind == "edit" and self._card is not None:
            self._drafts.pop(self._card.code, None)
            self._tell_unsaved()
            self._panel.form.show_values("edit", self._card.values)
            if self._row is not None:
                self._fetch(self._row)
        elif self._kind == "bulk":
            self._panel.form.show_values("bulk", {})
        else:
            self._kind = "edit"
            self._panel.form.show_values("new", {})
            self._panel.closed.emit()
        self._say_state()

    def _on_added(self, code: str, outcome: Outcome) -> None:
        self._panel.form.show_values("new", {})
        self._kind, self._row = "edit", None
        self._say_done(outcome)
        self.stored.emit(code)

    def _on_edited(self, code: str, outcome: Outcome) -> None:
        self._panel.message.clear()
        if self._card is not None:
            self._drafts.pop(self._card.code, None)
        self._panel.form.show_values("edit", self._panel.form.values())
        self._tell_unsaved()
        self._say_done(outcome)
        self._card = None
        self.stored.emit(code)
        if self._row is not None and self._row.code == code:
            self._fetch(self._row)

    def _on_several(self, outcome: Outcome) -> None:
        self._panel.message.clear()
        self._panel.form.show_values("bulk", {})
        self._say_done(outcome)
        self._say_state()

    def _say_done(self, outcome: Outcome) -> None:
        text = "\n".join((outcome.label, *dict.fromkeys(outcome.messages)))
        self._context.feedback.toast(text, undo=outcome.inverse is not None)

    def _on_refused(self, error: DomainError) -> None:
        if isinstance(error, ConflictError) and self._kind == "edit":
            mine, theirs = QPushButton(self.tr("Put mine on theirs")), QPushButton(self.tr("Take theirs"))
            mine.clicked.connect(self._put_on_theirs)
            theirs.clicked.connect(self.discard)
            self._panel.message.show_error(error, mine, theirs)
            return
        if isinstance(error, BadInputError):
            found = [
                FormFault(name, f"{text[0].upper()}{text[1:]}.")
                for text in error.faults
                for name in FORM_FIELDS
                if text.startswith(f"{name} ")
            ]
            self._panel.form.show_faults(found)
            if len(found) == len(error.faults) and found:
                self._panel.form.focus()
                return
        self._panel.message.show_error(error)

    def _put_on_theirs(self) -> None:
        """Fetch what is stored now, and put what was typed on it; nothing is saved yet."""
        card = self._card
        if card is None or self._row is None:
            return
        form = self._panel.form
        values = form.values()
        typed = {name: values[name] for name in form.touched() if name in values}
        self._panel.message.clear()
        self._drafts.pop(card.code, None)
        self._context.runner.read(
            self, partial(read_card, code=card.code), partial(self._on_theirs, typed), self._on_lost
        )

    def _on_theirs(self, typed: Mapping[str, Any], card: RequestCard) -> None:
        self._card = card
        form = self._panel.form
        form.show_values("edit", card.values, None if self._row is None else hints(self._row))
        form.put_touched(typed)
        self._say_state()
        self._panel.message.show_text(self.tr("What you typed stands on what is stored now. Look, then save."), "ok")

    # -- what was typed ------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Keep what was typed over the request that is left."""
        card, form = self._card, self._panel.form
        if self._kind == "edit" and card is not None:
            touched = form.touched()
            if touched:
                values = form.values()
                self._drafts[card.code] = Draft(card, {name: values[name] for name in touched if name in values})
            else:
                self._drafts.pop(card.code, None)
        self._tell_unsaved()

    def _tell_unsaved(self) -> None:
        looked_at = None if self._row is None else self._row.code
        self.unsaved.emit(tuple(code for code in self._drafts if code != looked_at))

    def _on_checked(self, count: int) -> None:
        if count:
            self._panel.show_state(self.tr("%n field(s) to mend", "", count), is_bad=True)
        else:
            self._say_state()

    def _say_state(self) -> None:
        dirty = self.is_dirty
        self._panel.discard_button.setEnabled(dirty or self._kind == "new")
        self._panel.show_state(self.tr("Not saved yet") if dirty else "")


def _pass_over(_error: DomainError) -> None:
    """A forecast that cannot be had is none."""
