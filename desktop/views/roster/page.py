"""The page of the roster: everybody in a list, whoever is selected beside it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.clock import local_today
from desktop.errors import DomainError
from desktop.itemmodels.roster_table import RosterTableModel
from desktop.jobs.db_runner import Committed, Job
from desktop.services.changes import Outcome
from desktop.services.commands import Command, EditRecord
from desktop.services.roster.card import InspectorCard, inspector_card
from desktop.services.roster.filter import RosterFilter, RosterView, roster_view
from desktop.services.roster.form import next_code
from desktop.views.context import PageContext
from desktop.views.page import Page
from desktop.views.roster.empty import EmptyList, EmptyPanel
from desktop.views.roster.export import RosterExport
from desktop.views.roster.filter_bar import FilterBar
from desktop.views.roster.many_panel import ManyPanel
from desktop.views.roster.menus import offer_actions, offer_sorting
from desktop.views.roster.person_panel import TABS, PersonPanel
from desktop.views.roster.roster_table import RosterTable
from desktop.views.selection import Wanted
from desktop.views.widgets.panel_splitter import PanelSplitter
from desktop.views.words import days

CONCERNED = (
    "inspector",
    "inspector_skill",
    "inspector_certificate",
    "permit",
    "absence",
    "day_exception",
    "calendar_day",
    "assignment",
    "visit",
    "plan",
)
"""Tables that the page shows something of."""

PANEL_WIDTHS = ((1400, 372), (2200, 440), (10**6, 560))
"""How wide the panel is at first in a page up to so many pixels."""

LEAST_PANEL = 330
NOBODY, MANY, PERSON = range(3)


class RosterPage(Page):
    """The roster."""

    NAME: ClassVar[str] = "roster"
    ICON: ClassVar[str] = "account-group"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: RosterView | None = None
        self._is_stale = True
        self._reading: Job[RosterView] | None = None
        self._reading_card: Job[InspectorCard] | None = None
        self._wanted: tuple[str, ...] = ()
        self._panel: PersonPanel | None = None
        self._tab = TABS[0]
        self.model = RosterTableModel(self)
        self.bar = FilterBar(context.look, self.title(), self)
        # each widget is made where it will stay: to move one later is to style all that is in it again
        self.splitter = PanelSplitter(PANEL_WIDTHS, self)
        self.lists = QStackedWidget(self.splitter)
        self.side = QStackedWidget(self.splitter)
        self.table = RosterTable(context.look, self.model, self.lists)
        self.many = ManyPanel(context.look, self.side)
        self._export = RosterExport(context, self)
        self.empty = EmptyList(self.lists)
        self._lay_out()
        self._connect()
        self._connect_actions()
        self._settle()

    def title(self) -> str:
        """Its name."""
        return self.tr("Roster")

    # -- building ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.side.setMinimumWidth(LEAST_PANEL)
        self.side.addWidget(EmptyPanel(self.side))
        self.side.addWidget(self.many)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.bar.wanted.connect(self._on_filter)
        self.bar.left.connect(self.table.setFocus)
        self.bar.new_button.clicked.connect(self.new)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self.edit)
        self.table.menu_wanted.connect(partial(offer_actions, self, self.context.actions))
        self.many.wanted.connect(self._on_many)
        self.empty.button.clicked.connect(self._on_empty_button)
        self.context.selection.inspector_wanted.connect(self._on_wanted)
        self.context.selection.plan_wanted.connect(self.refresh)

    def _connect_actions(self) -> None:
        on = self.context.actions.on
        on("roster.new", self.new)
        on("roster.edit", self.edit)
        on("roster.save", self.save)
        on("roster.contact", self.show_contact)
        on("roster.skill", partial(self._go_to, "skills"))
        on("roster.absence", partial(self._go_to, "calendar"))
        on("roster.remove_absence", self.remove_absence)
        on("roster.deactivate", partial(self._set_active, False))
        on("roster.activate", partial(self._set_active, True))
        on("roster.board", self._show_on_board)
        on("roster.search", self._search)
        on("roster.filter", self.bar.open_menu)
        on("roster.clear", self.bar.clear)
        on("roster.sort", partial(offer_sorting, self.table, self.model))
        on("roster.panel", self._toggle_panel)
        on("roster.export", self._export.ask)

    @property
    def panel(self) -> PersonPanel:
        """The panel of one person, made when somebody is to be seen for the first time: it has many parts."""
        if self._panel is None:
            self._panel = PersonPanel(self.context, self.side)
            self.side.addWidget(self._panel)
            self._panel.added.connect(self._on_added)
            self._panel.put_away.connect(self._on_put_away)
            self._panel.show_tab(self._tab)
            if self._view is not None:
                self._panel.offer(self._view.choices)
        return self._panel

    # -- data ----------------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Read what has changed while another page was shown."""
        self._settle()
        if self._is_stale:
            self._read()
        if self.table.isVisible():
            self.table.setFocus()

    def changed(self, committed: Committed) -> None:
        """Read again what is shown, if it is concerned."""
        if any(committed.changes.touches(table) for table in CONCERNED):
            self.refresh()

    def refresh(self, _plan: object = None) -> None:
        """Read everything again, now or when the page is shown."""
        self._is_stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._is_stale = False
        if self._reading is not None:
            self._reading.cancel()
        query = partial(roster_view, today=local_today(self.context.clock), plan=self.context.selection.plan)
        self._reading = self.context.runner.read(self, query, self._show)

    def _show(self, view: RosterView) -> None:
        wanted = self._wanted or tuple(row.code for row in self.table.people)
        self._view = view
        if self._panel is not None:
            self._panel.offer(view.choices)
        self.many.offer(tuple(view.choices.teams))
        left = sum(not row.active for row in view.listed.rows)
        self.bar.show_counts(view.counts, view.choices, left=left)
        self.model.show_index(view.index)
        self._choose(wanted)
        self._settle()
        self._on_chosen(tuple(row.code for row in self.table.people))

    def _choose(self, codes: tuple[str, ...]) -> None:
        """Select these again, without moving the list where they are selected already."""
        self._wanted = ()
        if tuple(row.code for row in self.table.people) != codes:
            self.table.choose(codes)

    def _settle(self) -> None:
        """Make counts, empty states and actions say what is."""
        shown, total = self.model.rowCount(), self.model.total
        listed = None if self._view is None else self._view.listed
        week = ""
        if listed is not None:
            span = days(listed.first_day, listed.last_day)
            week = self.tr("load of {span}, {plan}").format(span=span, plan=listed.plan) if listed.plan else span
        self.bar.show_number(shown, total, week)
        self.lists.setCurrentWidget(self.table if shown or listed is None else self.empty)
        self.empty.explain(anybody=total > 0)
        people = self.table.people
        actions = self.context.actions
        for name in ("edit", "contact", "skill", "absence", "remove_absence", "board"):
            actions.enable(f"roster.{name}", len(people) == 1)
        actions.enable("roster.deactivate", any(row.active for row in people))
        actions.enable("roster.activate", any(not row.active for row in people))
        actions.show_state("roster.panel", not self.side.isHidden())

    # -- who is selected -----------------------------------------------------------------------------------------------

    def _on_chosen(self, codes: tuple[str, ...]) -> None:
        self._settle()
        if self._panel is not None and self._panel.is_new and not codes:
            return
        if self._reading_card is not None:
            self._reading_card.cancel()
        if len(codes) == 1:
            query = partial(inspector_card, code=codes[0], today=local_today(self.context.clock))
            self._reading_card = self.context.runner.read(self, query, self._show_card)
        elif codes:
            self.many.show_rows(self.table.people)
            self.side.setCurrentIndex(MANY)
        else:
            self.side.setCurrentIndex(NOBODY)

    def _show_card(self, card: InspectorCard) -> None:
        self.panel.show_card(card)
        self.side.setCurrentIndex(PERSON)

    def _on_wanted(self, wanted: Wanted) -> None:
        """Somebody is to be shown here: whatever is filtered out comes back for it."""
        if wanted.page != self.NAME:
            return
        self._wanted = (wanted.code,)
        if self._view is None or self._is_stale:
            self._read()
        elif self.model.row_of(wanted.code) is None:
            self.bar.show_filter(RosterFilter(inactive=True))
            self._on_filter(self.bar.filter)
            self._choose((wanted.code,))
        else:
            self._choose((wanted.code,))

    def _on_added(self, code: str) -> None:
        self._wanted = (code,)

    def _on_put_away(self) -> None:
        self._on_chosen(tuple(row.code for row in self.table.people))
        self.table.setFocus()

    def _on_filter(self, wanted: RosterFilter) -> None:
        codes = tuple(row.code for row in self.table.people)
        self.model.show_matching(wanted)
        self._choose(tuple(code for code in codes if self.model.row_of(code) is not None))
        self._settle()

    # -- what is done --------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Enter somebody new."""
        self._show_panel()
        self.table.clearSelection()
        codes = () if self._view is None else [row.code for row in self._view.listed.rows]
        panel = self.panel
        self.side.setCurrentIndex(PERSON)
        panel.show_new(next_code(codes))

    def edit(self) -> None:
        """Go to the fields of whoever is selected."""
        if self.side.currentIndex() == PERSON:
            self._show_panel()
            self.panel.edit()

    def save(self) -> None:
        """Store what was entered."""
        if self.side.currentIndex() == PERSON:
            self.panel.save()

    def show_contact(self) -> None:
        """Show phone and e-mail of whoever is selected."""
        if self.side.currentIndex() == PERSON:
            self.panel.show_contact()

    def remove_absence(self) -> None:
        """Remove the absence that is selected in the calendar."""
        if self.side.currentIndex() == PERSON:
            self.panel.calendar.sheet.remove()

    def _go_to(self, tab: str) -> None:
        if self.side.currentIndex() == PERSON and not self.panel.is_new:
            self._show_panel()
            self.panel.show_tab(tab)
            self.panel.edit()

    def _set_active(self, active: bool) -> None:
        rows = [row for row in self.table.people if row.active is not active]
        if rows:
            self._on_many(tuple(EditRecord("inspector", row.code, {"active": active}, row.version) for row in rows))

    def _on_many(self, commands: tuple[Command, ...]) -> None:
        """Carry out commands on several people as one step."""
        number = len(commands)
        label = "" if number == 1 else self.tr("Change %n inspectors", "", number)
        self.context.runner.handle_all(self, commands, label, self._done, self._refused)

    def _done(self, outcome: Outcome) -> None:
        self.context.feedback.done(outcome, kind="warn" if outcome.messages else "ok")

    def _refused(self, error: DomainError) -> None:
        panel = self.many if self.side.currentIndex() == MANY else self.panel
        panel.message.show_error(error)

    def _show_on_board(self) -> None:
        people = self.table.people
        if len(people) == 1:
            self.context.selection.show_inspector(people[0].code, "board")

    # -- looking -------------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _on_empty_button(self) -> None:
        if self.model.total:
            self.bar.clear()
        else:
            self.new()

    def _toggle_panel(self) -> None:
        self.side.setVisible(self.side.isHidden())
        self._settle()

    def _show_panel(self) -> None:
        if self.side.isHidden():
            self._toggle_panel()

    # -- kept from run to run ------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """Filter, order, columns, panel, tab and who is selected."""
        return {
            "filter": self.bar.filter.to_json(),
            "columns": self.table.column_state(),
            "splitter": self.splitter.state(),
            "panel": not self.side.isHidden(),
            "tab": self._tab if self._panel is None else self._panel.tab,
            "selected": [row.code for row in self.table.people][:50],
        }

    def restore(self, state: dict[str, object]) -> None:
        """Put it back."""
        self.bar.show_filter(RosterFilter.from_json(state.get("filter")))
        self.model.show_matching(self.bar.filter)
        self.table.restore_columns(state.get("columns"))
        self.splitter.restore(state.get("splitter"))
        self.side.setVisible(state.get("panel") is not False)
        if state.get("tab") in TABS:
            self._tab = str(state["tab"])
        selected = state.get("selected")
        if isinstance(selected, list):
            self._wanted = tuple(code for code in selected if isinstance(code, str))
