"""One person of the roster: who, what they may do, when they can work, what they cost, what was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop.clock import local_today
from desktop.errors import ConflictError, DomainError
from desktop.logs import LOG
from desktop.services.changes import Outcome
from desktop.services.commands import Command
from desktop.services.roster.card import Contact, InspectorCard, contact_of, inspector_card
from desktop.services.roster.filter import RosterChoices
from desktop.services.roster.form import (
    PRIVATE,
    Entered,
    EntryFault,
    blank_entry,
    edit_of,
    entered_of,
    in_words,
    new_inspector,
    part_command,
)
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.roster.calendar_tab import CalendarTab
from desktop.views.roster.entry_form import COSTS, TITLES, EntryForm, PersonForm
from desktop.views.roster.entry_row import EntryRow
from desktop.views.roster.parts_section import PartEntry
from desktop.views.roster.tabs import HistoryTab, ScrolledTab, SkillsTab
from desktop.views.widgets.elided_label import ElidedLabel

TABS = ("person", "skills", "calendar", "costs", "history")


class PersonPanel(QFrame):
    """The panel beside the list.

    Attributes:
        added: code (str) of somebody who has been stored, or has another code now.
        put_away: somebody new is not to be entered after all.
    """

    added = Signal(object)
    put_away = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context = context
        self.card: InspectorCard | None = None
        self.is_new = False
        self._before: dict[str, Entered] = {}
        self._kept: dict[str, dict[str, Entered]] = {}
        self._make_parts()
        self._lay_out()
        self._connect()
        self._paint_icons()
        self._settle()

    # -- building ------------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        context = self._context
        self.name = ElidedLabel(self)
        self.name.setProperty("role", "panel-title")
        self.local_name = QLabel(self)
        self.local_name.setProperty("role", "muted")
        self.code = QLabel(self)
        self.code.setProperty("role", "chip")
        self.left_chip = QLabel(self.tr("Has left"), self)
        self.left_chip.setProperty("role", "chip-warn")
        self.contact_button = QPushButton(self.tr("Show phone and e-mail"), self)
        self.contact_button.setProperty("role", "flat")
        self.message = InlineMessage(context.look, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        # made where they will stay: to move a widget later is to style all that is in it again
        stack = self.tabs.findChild(QStackedWidget) or self.tabs
        places = [ScrolledTab(stack) for _ in range(3)]
        self.person_form = PersonForm(context.runner, places[0].ground)
        self.skills = SkillsTab(context.look, places[1].ground)
        self.cost_form = EntryForm(COSTS, places[2].ground)
        self.calendar = CalendarTab(context, stack)
        self.history = HistoryTab(context, stack)
        for place, content in zip(places, (self.person_form, self.skills, self.cost_form), strict=True):
            place.hold(content)
        self.tabs.addTab(places[0], self.tr("Person"))
        self.tabs.addTab(places[1], self.tr("Skills"))
        self.tabs.addTab(self.calendar, self.tr("Calendar"))
        self.tabs.addTab(places[2], self.tr("Costs"))
        self.tabs.addTab(self.history, self.tr("History"))
        for number in range(self.tabs.count()):
            self.tabs.setTabToolTip(number, self.tabs.tabText(number))
        self.foot = QFrame(self)
        self.foot.setProperty("role", "foot")
        self.unsaved = QLabel(self.foot)
        self.unsaved.setProperty("role", "muted")
        self.back_button = QPushButton(self.tr("Put back"), self.foot)
        self.save_button = QPushButton(self.tr("Save"), self.foot)
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(self.tr("Save (Ctrl+Enter)"))

    def _lay_out(self) -> None:
        upper, head = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self.name, 1)
        upper.addWidget(self.left_chip)
        upper.addWidget(self.code)
        head.addWidget(self.local_name, 1)
        head.addWidget(self.contact_button)
        top = QVBoxLayout()
        top.setContentsMargins(12, 10, 12, 4)
        top.setSpacing(2)
        top.addLayout(upper)
        top.addLayout(head)
        top.addWidget(self.message)
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.unsaved, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        for form in self.forms:
            form.edited.connect(self._settle)
        self.skills.wanted.connect(self._on_part)
        self.save_button.clicked.connect(self.save)
        self.back_button.clicked.connect(self.put_back)
        self.contact_button.clicked.connect(self.show_contact)
        self._context.look.changed.connect(self._paint_icons)

    def _paint_icons(self) -> None:
        self.contact_button.setIcon(self._context.look.icon("eye-outline"))

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def forms(self) -> tuple[EntryForm, EntryForm]:
        """The fields of the person, and of what they cost."""
        return self.person_form, self.cost_form

    @property
    def entries(self) -> dict[str, Entered]:
        """Everything entered."""
        return self.person_form.entries | self.cost_form.entries

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """The fields that differ from what they began with."""
        return tuple(name for name, entry in self.entries.items() if entry != self._before.get(name))

    def offer(self, choices: RosterChoices) -> None:
        """Offer the words that people of the roster have."""
        self.person_form.offer(choices)
        self.skills.offer(choices)

    def show_card(self, card: InspectorCard) -> None:
        """Show a person; what was entered and not saved is there again."""
        same = self.card is not None and self.card.code == card.code and not self.is_new
        typed = {name: self.entries[name] for name in self.changed_fields} if same else self._kept.pop(card.code, {})
        changed_by_others = self._changed_under(entered_of(card), typed) if same else {}
        if not same:
            self.keep()
            self.message.clear()
            for section in self.skills.sections:
                section.clear()
        self.card, self.is_new = card, False
        contact = {name: entry for name, entry in self._before.items() if same and name in PRIVATE}
        self._before = entered_of(card) | contact
        for form in self.forms:
            form.enter(self._before | typed, keep=same)
        if not contact:
            self.person_form.show_masked({"phone": card.phone, "email": card.email})
        self.skills.show_card(card)
        self.calendar.show_person(card.code, card.absences)
        self.history.show_person(card.code)
        if changed_by_others:
            self._tell_of_others(changed_by_others)
        self._settle()

    def show_new(self, code: str) -> None:
        """Enter somebody new."""
        self.keep()
        self.card, self.is_new = None, True
        self._before = blank_entry(code)
        self.message.clear()
        typed = self._kept.pop("", {})
        for form in self.forms:
            form.enter(self._before | typed)
        self.calendar.show_person(None)
        self.history.show_person(None)
        self.tabs.setCurrentIndex(0)
        self._settle()
        self.person_form.rows["name"].take_focus()

    def keep(self) -> None:
        """Keep what is entered and not saved until the person is shown again."""
        typed = {name: self.entries[name] for name in self.changed_fields}
        key = "" if self.is_new else self.card.code if self.card is not None else None
        if key is not None and typed:
            self._kept[key] = typed

    def show_tab(self, name: str) -> None:
        """Show a tab of TABS."""
        self.tabs.setCurrentIndex(TABS.index(name))

    @property
    def tab(self) -> str:
        """The tab shown."""
        return TABS[self.tabs.currentIndex()]

    def edit(self) -> None:
        """Go to the first thing to enter on the tab shown."""
        if self.tab == "skills":
            self.skills.skills.begin()
        elif self.tab == "calendar":
            self.calendar.canvas.setFocus()
        else:
            self.show_tab("costs" if self.tab == "costs" else "person")
            form = self.cost_form if self.tab == "costs" else self.person_form
            next(iter(form.rows.values())).take_focus()

    def _settle(self) -> None:
        """Make everything beside the fields say what they say."""
        card = self.card
        self.name.setText(self.tr("New inspector") if card is None else card.name)
        self.local_name.setText("" if card is None else card.local_name or card.team)
        self.code.setText("" if card is None else card.code)
        self.code.setVisible(card is not None)
        self.left_chip.setVisible(card is not None and not card.active)
        self.contact_button.setVisible(card is not None and PRIVATE[0] not in self._before)
        for number in (1, 2, 4):
            self.tabs.setTabEnabled(number, not self.is_new)
        changed = len(self.changed_fields)
        self.foot.setVisible(bool(changed) or self.is_new)
        self.unsaved.setText(self.tr("%n change(s) not saved", "", changed) if changed else "")
        self.back_button.setText(self.tr("Discard") if self.is_new else self.tr("Put back"))
        self.save_button.setText(self.tr("Add inspector") if self.is_new else self.tr("Save"))

    # -- what is done --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what was entered; where something is wrong, go there."""
        if not self.foot.isVisibleTo(self):
            return
        wrong = self._first_fault()
        if wrong is not None:
            wrong.take_focus()
            return
        try:
            command: Command | None = (
                new_inspector(self.entries)
                if self.is_new
                else edit_of(self.card, self._before, self.entries)
                if self.card is not None
                else None
            )
        except EntryFault as fault:
            self.message.show_text(str(fault), "bad")
            return
        if command is not None:
            self._context.runner.handle(self, command, self._saved, self._not_saved)

    def put_back(self) -> None:
        """Forget what was entered and not saved."""
        self.message.clear()
        if self.is_new:
            self._before = {}
            self.is_new = False
            self.put_away.emit()
            return
        for form in self.forms:
            form.enter({name: entry for name, entry in self._before.items() if name in form.entries})
        self._settle()

    def show_contact(self) -> None:
        """Show phone and e-mail in full, to be read and changed."""
        if self.card is not None:
            query = partial(contact_of, code=self.card.code)
            self._context.runner.read(self, query, partial(self._show_contact, self.card.code))

    def _show_contact(self, code: str, contact: Contact) -> None:
        if self.card is None or self.card.code != code:
            return
        LOG.info("%s has asked how to reach %s", self._context.runner.actor, code)
        full: dict[str, Entered] = {"phone": contact.phone, "email": contact.email}
        self._before |= full
        self.person_form.enter(full)
        self.show_tab("person")
        self._settle()

    def _first_fault(self) -> EntryRow | None:
        for tab, form in (("person", self.person_form), ("costs", self.cost_form)):
            wrong = form.first_fault()
            if wrong is not None:
                self.show_tab(tab)
                return wrong
        return None

    def _saved(self, outcome: Outcome) -> None:
        self.message.clear()
        self._context.feedback.done(outcome)
        code = str(self.entries["code"]).strip()
        if self.is_new or (self.card is not None and self.card.code != code):
            self.added.emit(code)
        self._before = {} if self.is_new else self._before | self.entries
        self.is_new = False
        self._settle()

    def _not_saved(self, error: DomainError) -> None:
        if isinstance(error, ConflictError) and self.card is not None:
            self._read_again(partial(self._on_conflict, error))
        else:
            self.message.show_error(error)

    def _read_again(self, then: Callable[[InspectorCard], object]) -> None:
        if self.card is not None:
            query = partial(inspector_card, code=self.card.code, today=local_today(self._context.clock))
            self._context.runner.read(self, query, then)

    def _on_conflict(self, error: ConflictError, card: InspectorCard) -> None:
        """Show the person as they are now with what was entered here, to be saved over them or given up."""
        others = self._changed_under(entered_of(card), {name: self.entries[name] for name in self.changed_fields})
        self.show_card(card)
        again = QPushButton(self.tr("Save mine all the same"), self)
        again.clicked.connect(self.save)
        theirs = QPushButton(self.tr("Take theirs"), self)
        theirs.clicked.connect(self.put_back)
        self.message.show_text("\n".join((error.text, *self._both(others))), "bad", again, theirs)

    def _changed_under(self, now: Mapping[str, Entered], typed: Mapping[str, Entered]) -> dict[str, Entered]:
        """Fields that are being changed here and have been changed by somebody else, as they are now."""
        return {
            name: now[name]
            for name, entry in typed.items()
            if name in now and now[name] not in (self._before.get(name), entry)
        }

    def _tell_of_others(self, others: Mapping[str, Entered]) -> None:
        theirs = QPushButton(self.tr("Take theirs"), self)
        theirs.clicked.connect(self.put_back)
        head = self.tr("Somebody else has just changed what you are changing. What you entered is still here.")
        self.message.show_text("\n".join((head, *self._both(others))), "warn", theirs)

    def _both(self, others: Mapping[str, Entered]) -> list[str]:
        """What is stored now and what is entered here, field by field."""
        words = self.tr("{field}: {theirs} is stored, {mine} is entered")
        return [
            words.format(
                field=QCoreApplication.translate("roster", TITLES[name]),
                theirs=in_words(theirs),
                mine=in_words(self.entries[name]),
            )
            for name, theirs in others.items()
        ]

    def _on_part(self, entry: PartEntry) -> None:
        if self.card is None:
            return
        section = self.skills.section(entry.kind)
        try:
            command = part_command(self.card, entry.kind, entry.name, entry.value, is_removal=entry.is_removal)
        except EntryFault as fault:
            section.show_fault(str(fault))
            return
        self._context.runner.handle(
            self, command, partial(self._part_stored, entry.kind), partial(self._part_refused, entry.kind)
        )

    def _part_stored(self, kind: str, outcome: Outcome) -> None:
        self.skills.section(kind).clear()
        self._context.feedback.done(outcome)

    def _part_refused(self, kind: str, error: DomainError) -> None:
        if isinstance(error, ConflictError):
            self._read_again(self.show_card)
        faults = getattr(error, "faults", ())
        self.skills.section(kind).show_fault("\n".join(faults) or error.text)
