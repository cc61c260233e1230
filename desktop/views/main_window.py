"""The window: rail, menus, pages, status line; what is common to all pages and knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.config import APP_NAME
from desktop.errors import DomainError, StoreError
from desktop.jobs.backing_up import Backups
from desktop.jobs.db_runner import Committed, UndoState
from desktop.jobs.watch import Link, Watch
from desktop.recent import short_name
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.menus import Menus
from desktop.views.page import Page, PageKind
from desktop.views.rail import Rail
from desktop.views.status_line import StatusLine
from desktop.views.tools import Tools
from desktop.views.widgets.file_dialogs import ask_for_copy

NARROW_BELOW = 1360
SMALLEST = (1210, 680)  # narrower, the tools of the board do not fit
USUAL = (1600, 1000)


class MainWindow(QMainWindow):
    """One window on one database.

    Attributes:
        close_wanted: emitted instead of closing; who listens closes the window by `close_now` when all has ended.
    """

    close_wanted = Signal()

    context: PageContext

    def __init__(self) -> None:
        """An empty window, so that what speaks in it can be made; `furnish` does the rest."""
        super().__init__()
        self._may_close = False
        self._is_sample = False
        self._watch: Watch | None = None
        self.setMinimumSize(*SMALLEST)

    def furnish(self, context: PageContext, pages: Sequence[PageKind]) -> None:
        """Build everything in it; pages are built when they are first shown."""
        self.context = context
        self._kinds = {kind.NAME: kind for kind in pages}
        self._pages: dict[str, Page] = {}
        self._rail = Rail(context.look, self)
        self._stack = QStackedWidget(self)
        self.message = InlineMessage(context.look, self)
        self._status = StatusLine(context, self)
        self._lay_out()
        self.menus = Menus(context, self)
        self.addActions([context.actions.action(spec.id) for spec in context.actions.table])
        self.setStatusBar(self._status)
        self.tools = Tools(context, self.menus, self)
        self._connect()
        self._restore()
        self._name_window()

    def follow(self, watch: Watch) -> None:
        """Say when the database is lost, and fetch everything again when it is back."""
        self._watch = watch
        watch.link_changed.connect(self._on_link)

    def offer_backups(self, backups: Backups) -> None:
        """Have the user write backups."""
        self._backups = backups
        self.context.actions.on("file.backup", self._ask_for_backup)
        backups.running_changed.connect(self._on_backing_up)
        backups.finished.connect(self._on_backed_up)
        backups.failed.connect(self.context.feedback.failed)

    def _ask_for_backup(self) -> None:
        backups = self._backups
        ask_for_copy(self, backups.folder, backups.suggest(), backups.write)

    def _on_backing_up(self, is_running: bool) -> None:
        self.context.actions.enable("file.backup", not is_running)
        self._status.show_work(self.tr("Backing up …") if is_running else "")

    def _on_backed_up(self, path: Path) -> None:
        self.context.feedback.toast(self.tr("Backed up to {file}, checked row by row.").format(file=path))

    def show_sample(self, is_sample: bool) -> None:
        """Say all the time that the records are invented, where they are."""
        self._is_sample = is_sample
        self.menus.show_sample(is_sample)
        self._name_window()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages built so far."""
        return tuple(self._pages.values())

    def show_page(self, name: str) -> None:
        """Show a page; it is built if it has not been shown before."""
        if name not in self._kinds:
            return
        before, wanted = self.page, self._page(name)
        self._rail.button(name).setChecked(True)
        self.context.actions.show_page(name)
        if wanted is before:
            return
        if before is not None:
            before.deactivate()
            self._status.say("")  # it was about the page before
        self._stack.setCurrentWidget(wanted)
        wanted.activate()

    def close_now(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask those who are at work first; keep how the window looks."""
        self._keep()
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons alone on a small screen."""
        self._rail.be_narrow(self.width() < NARROW_BELOW)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything in the language in force; pages are built anew, as they are."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "context"):
            self.context.actions.retranslate()
            self._rail.update_words()
            self.menus.update_words()
            self._status.update_words()
            self.tools.update_words()
            self._name_window()
            self._rebuild_pages()
            self.context.runner.refresh_undo()
        super().changeEvent(event)

    # -- building ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)
        row.addWidget(self._rail)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        for name, kind in self._kinds.items():
            self._rail.add(name, kind.ICON, self.context.actions.action(f"view.{name}"))
        self._rail.add_below("cog-outline", self.context.actions.action("tools.settings"))

    def _name_window(self) -> None:
        name = short_name(self.context.runner.database)
        badge = self.tr(" (sample company)") if self._is_sample else ""
        self.setWindowTitle(f"{APP_NAME} \N{EN DASH} {name}{badge}")

    def _connect(self) -> None:
        context, actions = self.context, self.context.actions
        for name in self._kinds:
            actions.on(f"view.{name}", partial(self.show_page, name))
        actions.on("view.refresh", self.refresh)
        actions.on("edit.undo", self._undo)
        actions.on("edit.redo", self._redo)
        actions.on("file.quit", self.close)
        context.selection.page_wanted.connect(self.show_page)
        context.feedback.status_wanted.connect(self._status.say)
        context.feedback.offer_undo(actions.action("edit.undo"))
        context.runner.committed.connect(self._on_committed)
        context.runner.undo_changed.connect(self._on_undo_changed)
        context.runner.refused.connect(self._on_refused)
        self._on_undo_changed(UndoState(None, None))
        context.runner.refresh_undo()

    def _rebuild_pages(self) -> None:
        shown = self.page
        for name, page in tuple(self._pages.items()):
            self.context.preferences.put(f"page.{name}", page.state())
            page.deactivate()
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages.clear()
        if shown is not None:
            self.show_page(shown.NAME)

    def _page(self, name: str) -> Page:
        found = self._pages.get(name)
        if found is None:
            found = self._kinds[name](self.context, self._stack)
            self._pages[name] = found
            found.badge.connect(partial(self._on_badge, name))
            self._stack.addWidget(found)
            found.restore(self.context.preferences.value(f"page.{name}", dict[str, object]()))
        return found

    # -- what happens --------------------------------------------------------------------------------------------------

    def _on_badge(self, name: str, number: int | None) -> None:
        self._rail.button(name).show_number(number)

    def _on_committed(self, committed: Committed) -> None:
        if committed.own:
            self.context.feedback.forget_undo()
        for page in self.pages:
            page.changed(committed)
        if committed.own:
            return
        text = self.tr("{who}: {step}").format(who=committed.actor, step=committed.label)
        selection = self.context.selection
        if committed.codes & {selection.plan, selection.request, selection.inspector}:
            self.context.feedback.toast(text, kind="warn")
        else:
            self.context.feedback.status(text)

    def _on_link(self, link: Link) -> None:
        """The database is lost: said above all pages, which keep what was typed; or it is back."""
        self._status.show_link(link)
        if link.error is not None:
            self.message.show_error(link.error, self._status.make_retry(self._look_again))
        elif link.was_lost:
            self.refresh()
            self.context.feedback.toast(self.tr("The database can be reached again."))

    def _look_again(self) -> None:
        if self._watch is not None:
            self._watch.look()

    def refresh(self) -> None:
        """Fetch everything shown again."""
        self.message.clear()
        for page in self.pages:
            page.refresh()
        self.context.runner.refresh_undo()

    def _on_undo_changed(self, state: UndoState) -> None:
        self._offer("edit.undo", self.tr("Undo"), state.undo)
        self._offer("edit.redo", self.tr("Redo"), state.redo)

    def _offer(self, action_id: str, word: str, label: str | None) -> None:
        action = self.context.actions.action(action_id)
        action.setText(f"{word} {label}" if label else word)
        self.context.actions.enable(action_id, label is not None)

    def _undo(self) -> None:
        self.context.runner.undo(self, partial(self._say_done, self.tr("Undone: {label}")))

    def _redo(self) -> None:
        self.context.runner.redo(self, partial(self._say_done, self.tr("Done again: {label}")))

    def _say_done(self, words: str, outcome: object) -> None:
        label = getattr(outcome, "label", "")
        self.context.feedback.toast(words.format(label=label))

    def _on_refused(self, error: DomainError) -> None:
        """An error that nobody took: of the database, the whole window is concerned; else a toast will do."""
        if isinstance(error, StoreError):
            if self._watch is None or self._watch.link.is_live:
                self.show_store_error(error)
        else:
            self.context.feedback.failed(error)

    def show_store_error(self, error: StoreError, retry: Callable[[], object] | None = None) -> None:
        """Say above all pages that the database cannot be used, with a way to try again."""
        button = self._status.make_retry(retry or self.refresh)
        self.message.show_error(error, button)

    # -- kept from run to run ------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        preferences = self.context.preferences
        preferences.put("window", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        if self.page is not None:
            preferences.put("page", self.page.NAME)
        for name, page in self._pages.items():
            preferences.put(f"page.{name}", page.state())

    def _restore(self) -> None:
        geometry = self.context.preferences.value("window", "")
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii"))):
            self.resize(QSize(*USUAL).boundedTo(self.screen().availableSize()))

    def first_page(self) -> str:
        """The page to begin with: the one that was shown last."""
        name = self.context.preferences.value("page", "")
        return name if name in self._kinds else next(iter(self._kinds), "")
