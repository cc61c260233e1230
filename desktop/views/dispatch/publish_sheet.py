"""Publishing a day, a person, a week, or any visits of the draft in hand, with the list of what is announced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.itemmodels.dispatch_rows import party_words
from desktop.itemmodels.list_table import Cell, Column, ListTableModel, TableRow
from desktop.itemmodels.request_words import short_day
from desktop.itemmodels.slot_words import slots
from desktop.jobs.db_runner import Committed
from desktop.services.changes import Outcome
from desktop.services.commands import PublishVisits, RevisePlan
from desktop.services.planning.news_rows import DraftNews, NewsPlace, NewsRow, draft_news
from desktop.services.slots import day_of
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace

SIZE = (940, 640)
SEEN = ("visit", "assignment", "plan", "announcement", "request")
"""Tables that say what is news."""


class PublishSheet(QDialog):
    """What of the draft differs from what is announced, to be ticked; what is ticked is announced.

    Attributes:
        table: the visits, under heads by day or by person.
        publish_button: announces what is ticked.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Publish"))
        room = parent.window().size()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 40))
        self._context = context
        self._news: DraftNews | None = None
        self._by_person = False
        self._is_publishing = False
        self.title = QLabel(self.tr("Publish visits of the draft"), self)
        self.title.setProperty("role", "panel-title")
        self.message = InlineMessage(context.look, self)
        self._lists = QStackedWidget(self)
        columns = (
            Column("visit", self.tr("Visit"), 110, 120),
            Column("state", self.tr("News"), 96, 104),
            Column("day", self.tr("Day"), 150, 210, 0.2),
            Column("crew", self.tr("Inspector"), 160, 220, 0.3),
            Column("factory", self.tr("Factory"), 150, 210, 0.4),
        )
        self.model = ListTableModel(columns, self)
        self.table = ListTable(context.look, self.model, self.tr("Visits that differ from what is announced"), self)
        self.empty = EmptyPlace(self)
        self.days = self._menu_button(self.tr("A day"))
        self.people = self._menu_button(self.tr("A person"))
        self.everything = QPushButton(self.tr("The week"), self)
        self.everything.setToolTip(self.tr("Tick everything that is news"))
        self.nothing = QPushButton(self.tr("Nothing"), self)
        self.selected = QPushButton(self)
        self.selected.hide()
        self.by_person = QPushButton(self.tr("By person"), self)
        self.by_person.setCheckable(True)
        self.says = QLabel(self)
        self.says.setWordWrap(True)
        self.publish_button = QPushButton(self)
        self.publish_button.setProperty("role", "primary")
        self.cancel = QPushButton(self.tr("Not now"), self)
        self._lay_out()
        self._connect()
        self._settle()
        self._read()

    def _menu_button(self, text: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setMenu(QMenu(made))
        return made

    def _lay_out(self) -> None:
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        said = QLabel(self.tr("Tick"), self)
        said.setProperty("role", "muted")
        for part in (said, self.days, self.people, self.everything, self.selected, self.nothing):
            tools.addWidget(part)
        tools.addStretch(1)
        tools.addWidget(self.by_person)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.says, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.publish_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.message)
        column.addLayout(tools)
        column.addWidget(self._lists, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.model.ticks_changed.connect(self._settle)
        self.everything.clicked.connect(self._tick_all)
        self.nothing.clicked.connect(self._tick_none)
        self.selected.clicked.connect(self._tick_selected)
        self.by_person.toggled.connect(self._on_by_person)
        self.publish_button.clicked.connect(self.publish)
        self.cancel.clicked.connect(self.reject)
        self.empty.button.clicked.connect(self._revise)
        self._context.runner.committed.connect(self._on_committed)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._context.runner.read(self, draft_news, self._show, self.message.show_error)

    def _on_committed(self, committed: Committed) -> None:
        """The draft has changed under the list: what is published is what it says then, so the list says it too."""
        if not self._is_publishing and any(committed.changes.touches(table) for table in SEEN):
            self._read()

    def _show(self, news: DraftNews) -> None:
        before, ticked, self._news = self._news, {row.request: row for row in self.ticked}, news
        self._fill(self.days, ((str(day_of(row.place.first_slot)), self._day(row)) for row in news.rows), self.tick_day)
        people = {person for row in news.rows for place in (row.told, row.new) if place for person in place.crew}
        self._fill(self.people, sorted(people, key=_name), self.tick_person)
        self._list()
        code = self._context.selection.request or ""
        self.selected.setText(self.tr("Only {code}").format(code=code))
        self.selected.setToolTip(self.tr("Tick the request that is selected on the board"))
        self.selected.setVisible(any(row.request == code for row in news.rows))
        if before is not None and before.plan == news.plan:
            self._keep_ticks(ticked, news)
        elif news.rows:
            self.tick_day(str(day_of(news.rows[0].place.first_slot)))
            QTimer.singleShot(0, self.table, self.table.setFocus)

    def _keep_ticks(self, ticked: Mapping[str, NewsRow], news: DraftNews) -> None:
        """What is news otherwise than it was when it was ticked wants to be looked at, and ticked again."""
        self.model.tick(row.request for row in news.rows if ticked.get(row.request) == row)
        if len(self.ticked) < len(ticked):
            text = self.tr("The draft has changed. What is not as you saw it is not ticked any more.")
            self.message.show_text(text, "warn")

    @staticmethod
    def _day(row: NewsRow) -> str:
        return short_day(day_of(row.place.first_slot))

    @staticmethod
    def _fill(button: QToolButton, found: Iterable[tuple[str, str]], tick: Callable[[str], None]) -> None:
        menu = button.menu()
        menu.clear()
        for key, said in dict(found).items():
            action = QAction(said.replace("&", "&&"), menu)
            action.triggered.connect(partial(_without_state, tick, key))
            menu.addAction(action)
        button.setEnabled(not menu.isEmpty())

    def _list(self) -> None:
        news = self._news
        if news is None:
            return
        if self._by_person:
            groups = _grouped(sorted(news.rows, key=_crew_words), _crew_words)
        else:
            groups = _grouped(news.rows, self._day)
        rows: list[TableRow] = []
        for said, below in groups:
            detail = self.tr("%n visit(s)", "", len(below))
            rows.append(TableRow(f"head {said}", (Cell(said, detail=detail),), None, True, True))
            rows.extend(self._row(row) for row in below)
        ticked = [row.key for row in self.model.ticked]
        self.table.show_rows(tuple(rows))
        self.model.tick(ticked)
        self._lists.setCurrentWidget(self.table if rows else self.empty)
        for part in (self.everything, self.nothing, self.by_person):
            part.setEnabled(bool(rows))
        if news.plan:
            self.title.setText(self.tr("Publish visits of {plan}").format(plan=news.plan))
            self.empty.explain(self.tr("Nothing is news: everything in {plan} is announced.").format(plan=news.plan))
        else:
            self.empty.explain(
                self.tr("No draft is in hand. What is announced can be changed in a copy of it."),
                self.tr("Change what is announced"),
            )

    def _row(self, row: NewsRow) -> TableRow:
        if row.told is None:
            state = Cell(self.tr("New"), "", is_chip=True)
        elif row.new is None:
            state = Cell(self.tr("Withdrawn"), "bad", is_chip=True)
        else:
            state = Cell(self.tr("Changed"), "warn", is_chip=True)
        told, new = row.told, row.new
        return TableRow(
            row.request,
            (
                Cell(row.request, service=row.service),
                state,
                _changed(told, new, _slot_words),
                _changed(told, new, _names),
                Cell(row.factory_name, detail=row.client_name),
            ),
            row,
            may_tick=True,
        )

    # -- ticks ---------------------------------------------------------------------------------------------------------

    @property
    def ticked(self) -> tuple[NewsRow, ...]:
        """What is to be announced."""
        return tuple(row.value for row in self.model.ticked if isinstance(row.value, NewsRow))

    def tick_day(self, day: str) -> None:
        """Tick what is or was on a day (ISO)."""
        self._tick(lambda row: any(str(day_of(place.first_slot)) == day for place in (row.told, row.new) if place))

    def tick_person(self, code: str) -> None:
        """Tick what concerns a person, by code."""
        self._tick(
            lambda row: any(code == person for place in (row.told, row.new) if place for person, _ in place.crew)
        )

    def _tick(self, is_meant: Callable[[NewsRow], bool]) -> None:
        rows = () if self._news is None else self._news.rows
        self.model.tick(row.request for row in rows if is_meant(row))

    def _tick_all(self) -> None:
        self._tick(lambda _row: True)

    def _tick_selected(self) -> None:
        self._tick(lambda row: row.request == self._context.selection.request)

    def _tick_none(self) -> None:
        self.model.tick(())

    def _on_by_person(self, on: bool) -> None:
        self._by_person = on
        self._list()

    def _settle(self) -> None:
        ticked = self.ticked
        first = sum(row.told is None for row in ticked)
        gone = sum(row.new is None for row in ticked)
        other = len(ticked) - first - gone
        parts = [
            self.tr("%n for the first time", "", first) if first else "",
            self.tr("%n otherwise than before", "", other) if other else "",
            self.tr("%n withdrawn", "", gone) if gone else "",
        ]
        said = ", ".join(part for part in parts if part)
        last = self.tr("People act on it from now on; it cannot be undone.")
        self.says.setText(f"{said}. {last}" if said else self.tr("Tick what is to be announced."))
        self.publish_button.setText(self.tr("Publish %n visit(s)", "", len(ticked)))
        self.publish_button.setEnabled(bool(ticked))

    # -- what is done --------------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Announce what is ticked, then go to what is to be sent."""
        codes = tuple(row.request for row in self.ticked)
        if self._news is None or not codes:
            return
        self.publish_button.setEnabled(False)
        self._is_publishing = True
        command = PublishVisits(self._news.plan, codes)
        then = partial(self._on_published, frozenset(codes))
        self._context.runner.handle(self, command, then, self._on_refused)

    def _on_published(self, codes: frozenset[str], outcome: Outcome) -> None:
        self._context.feedback.done(outcome)
        self.accept()
        self._context.selection.tell_of(codes)

    def _on_refused(self, error: DomainError) -> None:
        self._is_publishing = False
        self._settle()
        self.message.show_error(error)
        self._read()

    def _revise(self) -> None:
        self._context.runner.handle(self, RevisePlan(), self._on_revised, self._on_refused)

    def _on_revised(self, outcome: Outcome) -> None:
        self._context.feedback.done(outcome)


def _grouped(rows: Iterable[NewsRow], key: Callable[[NewsRow], str]) -> list[tuple[str, list[NewsRow]]]:
    groups: dict[str, list[NewsRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())


def _changed(told: NewsPlace | None, new: NewsPlace | None, words: Callable[[NewsPlace], str]) -> Cell:
    """What was told, struck, before what is new; where both are alike, that."""
    before, now = ("" if place is None else words(place) for place in (told, new))
    return Cell(now, was=before if before != now else "")


def _slot_words(place: NewsPlace) -> str:
    return slots(place.first_slot, place.last_slot)


def _names(place: NewsPlace) -> str:
    return ", ".join(name for _, name in place.crew)


def _crew_words(row: NewsRow) -> str:
    return _names(row.place) or party_words("inspector")


def _name(person: tuple[str, str]) -> str:
    return person[1].casefold()


def _without_state(tick: Callable[[str], None], key: str, _checked: bool = False) -> None:
    tick(key)
