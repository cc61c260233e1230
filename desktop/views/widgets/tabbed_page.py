"""What pages of tabs have in common: bar, stack, what is being read, and where it is said that something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Generic, Protocol, TypeVar, cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DomainError, StoreError
from desktop.jobs.db_runner import Job
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.page import Page
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace, PageBar


class Tab(Protocol):
    """What a page asks of each of its tabs. They are widgets; `message` is where an error is said."""

    message: InlineMessage

    def take_focus(self) -> None:
        """Have what is worked with take the keys."""

    def state(self) -> dict[str, object]:
        """What is to be as it was at the next start: JSON values."""

    def restore(self, state: object) -> None:
        """The same again; whatever does not fit is passed over."""


class ListWithPanel(Tab, Protocol):
    """A tab that has a list, words in its place where there is nothing, and a panel beside it."""

    table: ListTable
    empty: EmptyPlace

    @property
    def side(self) -> QWidget:
        """The panel."""

    def search(self, words: str) -> None:
        """Look for words."""


T = TypeVar("T", bound=Tab)
L = TypeVar("L", bound=ListWithPanel)


class TabbedPage(Page, Generic[T]):
    """A page of tabs. It makes `bar` and `tabs` and hands them to `furnish`.

    Attributes:
        bar: title, tabs, search, tools.
        tabs: by name.
    """

    bar: PageBar
    tabs: Mapping[str, T]

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._jobs: dict[str, Job[Any]] = {}
        self._stack = QStackedWidget(self)
        self.is_stale = True

    def furnish(self, bar: PageBar, tabs: Mapping[str, T]) -> None:
        """Put the bar over the tabs and look at the first."""
        self.bar, self.tabs = bar, tabs
        for tab in tabs.values():
            self._stack.addWidget(cast("QWidget", tab))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        bar.tab_wanted.connect(self.show_tab)
        self.on("next_tab", partial(self._turn, 1))
        self.on("previous_tab", partial(self._turn, -1))

    def on(self, name: str, deed: Callable[[], object]) -> None:
        """Do something when an action of this page is triggered."""
        self.context.actions.on(f"{self.NAME}.{name}", _plain(deed))

    # -- the window ----------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Read what has changed while another page was shown."""
        if self.is_stale:
            self.read_all()
        self.tab.take_focus()

    def refresh(self) -> None:
        """Read everything again, now or when the page is shown."""
        self.is_stale = True
        if self.isVisible():
            self.read_all()

    def state(self) -> dict[str, object]:
        """The tab, and what each tab keeps."""
        return {"tab": self.shown, **{name: tab.state() for name, tab in self.tabs.items()}}

    def restore(self, state: dict[str, object]) -> None:
        """The same again."""
        for name, tab in self.tabs.items():
            tab.restore(state.get(name))
        if state.get("tab") in self.tabs:
            self.show_tab(str(state["tab"]))

    # -- tabs ----------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The name of the tab that is looked at."""
        return tuple(self.tabs)[self._stack.currentIndex()]

    @property
    def tab(self) -> T:
        """The tab that is looked at."""
        return self.tabs[self.shown]

    def show_tab(self, name: str) -> None:
        """Look at a tab."""
        self._stack.setCurrentIndex(tuple(self.tabs).index(name))
        self.bar.show_tab(name)
        self.settle()
        if self.isVisible():
            self.tab.take_focus()

    def settle(self) -> None:
        """Say of the page's actions which of them can be done now."""

    def _turn(self, by: int) -> None:
        self.show_tab(self.bar.turned(self.shown, by))

    # -- data ----------------------------------------------------------------------------------------------------------

    def read_all(self) -> None:
        """Read what is shown; `is_stale` is to be False from then on."""
        raise NotImplementedError

    def read(
        self, name: str, query: Callable[[Any], Any], then: Callable[[Any], object], *, background: bool = False
    ) -> None:
        """Ask the database; what was asked before under the same name is not wanted any more."""
        self.drop(name)
        self._jobs[name] = self.context.runner.read(self, query, then, self.on_failure, background=background)

    def drop(self, name: str) -> None:
        """What was asked under a name is not wanted any more."""
        old = self._jobs.pop(name, None)
        if old is not None:
            old.cancel()

    def on_failure(self, error: DomainError) -> None:
        """Say what went wrong: of the database over the whole window, else on the tab that is looked at."""
        if isinstance(error, StoreError):
            self.context.runner.refused.emit(error)
        else:
            self.tab.message.show_error(error)


class ListPage(TabbedPage[L], Generic[L]):
    """A page whose tabs are lists with a panel beside them: Enter leads into the panel, F4 shows and hides it."""

    def furnish(self, bar: PageBar, tabs: Mapping[str, L]) -> None:
        """Put the bar over the tabs and look at the first."""
        super().furnish(bar, tabs)
        bar.search.searched.connect(self._on_search)
        bar.search.left.connect(self._leave_search)
        self.on("search", self._search)
        for tab in tabs.values():
            tab.table.opened.connect(self._open)
            tab.empty.button.clicked.connect(self.clear)
        self.on("panel", self._toggle_panel)

    def show_tab(self, name: str) -> None:
        """Look at a tab, at what it has of the words that are searched."""
        self.tabs[name].search(self.bar.search.text())
        super().show_tab(name)

    def clear(self) -> None:
        """List everything."""
        raise NotImplementedError

    def settle(self) -> None:
        """Say whether the panel is shown."""
        self.context.actions.show_state(f"{self.NAME}.panel", not self.tab.side.isHidden())

    def show_panel(self, *, shown: bool) -> None:
        """Show or hide the panel."""
        self.tab.side.setVisible(shown)
        self.settle()

    def _on_search(self, words: str) -> None:
        self.tab.search(words)

    def _search(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _leave_search(self) -> None:
        self.tab.take_focus()

    def _open(self) -> None:
        self.show_panel(shown=True)
        self.tab.side.setFocus()
        self.tab.side.focusNextChild()

    def _toggle_panel(self) -> None:
        self.show_panel(shown=self.tab.side.isHidden())


def _plain(deed: Callable[[], object]) -> Callable[..., object]:
    """A deed without what Qt says of the click."""

    def do(_checked: bool = False) -> None:
        deed()

    return do
