"""The running program: the application of Qt, and one window after the other in it."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.app import PAGES, Office, Surroundings
from desktop.clock import SystemClock
from desktop.config import APP_NAME, APP_VERSION, current_actor, data_folder
from desktop.display import obstacle
from desktop.errors import DomainError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import Fault
from desktop.jobs.opening import make_database, make_sample_database, open_database, restore_database
from desktop.jobs.signals import Signals
from desktop.logs import LOG, faults_kept, log_folder, start_log, stop_log
from desktop.preferences import Preferences, preferences_file
from desktop.recent import forget_database, path_of, recent_databases, remember_database
from desktop.store.engine import Store
from desktop.views.crash import CrashReporter
from desktop.views.look import Look, ThemeChoice
from desktop.views.page import LatePage, PageKind
from desktop.views.start.window import StartWindow
from desktop.views.translations import Languages
from desktop.views.widgets.file_dialogs import ask_for_database, ask_for_new_database
from desktop.views.widgets.mark import window_icon

BUSY_SHOWN_AFTER_MS = 400
AHEAD_MS = 700  # after the first page was asked for: it is to have the processor for itself
EXIT_NO_WINDOW = 1
SAMPLE_FILE = "sample-company.db"


class Program(QObject):
    """Opens databases, one window at a time.

    Attributes:
        office: the window on a database; None while none is open.
        start: the window without one.
        opened: an Office: its window is shown.
        ended: the last window is closed.
    """

    opened = Signal(object)
    ended = Signal()

    def __init__(
        self, around: Surroundings, pages: tuple[PageKind, ...] = PAGES, folder: Path | None = None, page: str = ""
    ) -> None:
        """Prepare; `begin` shows something.

        Args:
            around: application, theme, preferences, clock.
            pages: of every window.
            folder: where databases are made by default; else the user's data folder.
            page: to be shown first; else the one that was shown last.
        """
        super().__init__(around.application)
        self._around = around
        self._pages = pages
        self._folder = folder or data_folder()
        self._page = page
        self._job: BackgroundJob | None = None
        self._ahead: BackgroundJob | None = None
        self._next: Store | None = None
        self._wanted = ""
        self.office: Office | None = None
        self.start = StartWindow(around.look, self._folder)
        self.start.sample_wanted.connect(self.open_sample)
        self.start.new_wanted.connect(self.make_new)
        self.start.open_wanted.connect(self.open)
        self.start.restore_wanted.connect(self.restore)
        self.start.cancel_wanted.connect(self.cancel)
        self.start.closed.connect(self._on_start_closed)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self.start.show)

    def begin(self, database: str | None = None) -> None:
        """Open a database, or the one that was open last, or the user's own; or ask for one."""
        own = str(self._folder / "dupro-desk.db")
        recent = recent_databases(self._around.preferences)
        wanted = database or (recent[0] if recent else own)
        if database is None and not recent and not Path(own).exists():
            self._ask()
        else:
            self.open(wanted)

    def open(self, database: str) -> None:
        """Open a database; the window on the present one closes when the new one is ready."""
        text = self.tr("Opening {name} …").format(name=database)
        self._run(database, text, partial(open_database, database))

    def make_new(self, path: str) -> None:
        """Make an empty database in a file and open it."""
        self._run(path, self.tr("Making {name} …").format(name=path), partial(make_database, path))

    def open_sample(self) -> None:
        """Open the sample company; it is made where there is none."""
        path = str(self._folder / SAMPLE_FILE)
        text = self.tr("Making the sample company …")
        self._run(path, text, partial(make_sample_database, path, self._around.clock))

    def restore(self, backup: str) -> None:
        """Put a backup in the place of the database that could not be opened, and open that."""
        text = self.tr("Restoring {name} …").format(name=backup)
        self._run(self._wanted, text, partial(restore_database, backup, self._wanted))

    def cancel(self) -> None:
        """Give up what is being done."""
        if self._job is not None:
            self._job.cancel()

    def quit(self) -> None:
        """Close the window, as the user does."""
        if self.office is not None:
            self.office.window.close()
        else:
            self.start.close()

    # -- opening -------------------------------------------------------------------------------------------------------

    def _run(self, database: str, text: str, task: Callable[[Tell], Store]) -> None:
        if self._job is not None:
            return
        self._wanted = database
        self.start.show_busy(text)
        if self.office is None and not self.start.isVisible():
            self._late.start(BUSY_SHOWN_AFTER_MS)
        elif self.office is not None:
            self.office.window.context.feedback.status(text)
        job = BackgroundJob("opening", task, self)
        self._job = job
        job.advanced.connect(self.start.show_advance)
        job.finished.connect(self._on_store)
        job.failed.connect(self._on_failed)
        job.given_up.connect(self._on_given_up)
        job.faulted.connect(self._on_faulted)
        job.start()

    def _drop_job(self) -> None:
        self._late.stop()
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def _on_store(self, store: Store) -> None:
        self._drop_job()
        if self.office is None:
            self._furnish(store)
            return
        self._next = store
        self.office.ask_to_close()

    def _furnish(self, store: Store) -> None:
        remember_database(self._around.preferences, str(store.path) if store.path else store.url)
        LOG.info("opened a database, %s", "SQLite" if store.is_sqlite else "PostgreSQL")
        office = Office(store, self._around, self._pages)
        self.office = office
        office.closed.connect(self._on_office_closed)
        office.stays.connect(self._on_stays)
        actions = office.window.context.actions
        actions.on("file.open", self._ask_for_file)
        actions.on("file.new", self._ask_for_new)
        actions.on("file.sample", self.open_sample)
        menus = office.window.menus
        menus.recent_wanted.connect(self.open)
        menus.show_recent(recent_databases(self._around.preferences)[1:])
        office.open(self._page)
        self._page = ""
        self.start.hide()
        later = QTimer(office)
        later.setSingleShot(True)
        later.timeout.connect(self._load_ahead)
        later.timeout.connect(office.plan_runs.warm_up)
        later.start(AHEAD_MS)
        self.opened.emit(office)

    def _load_ahead(self) -> None:
        """Load what the first page does not need while the user looks at it."""
        if self._ahead is None:
            self._ahead = BackgroundJob("loading ahead", partial(load_ahead, self._pages), self)
            self._ahead.start()

    def _on_failed(self, error: DomainError) -> None:
        self._drop_job()
        LOG.warning("a database could not be opened: %s", error.code)
        if self.office is not None:
            self.office.window.context.feedback.failed(error)
            return
        recent = recent_databases(self._around.preferences)
        path = path_of(self._wanted)
        if path is not None and not path.exists() and self._wanted in recent:
            forget_database(self._around.preferences, self._wanted)
            recent = recent_databases(self._around.preferences)
        self.start.show_failure(error, self._wanted, recent, may_restore=path is not None)
        self.start.show()

    def _on_given_up(self) -> None:
        self._drop_job()
        if self.office is None:
            self._ask()

    def _on_faulted(self, fault: Fault) -> None:
        self._drop_job()
        if self.office is None:
            self._ask()
        raise fault.error

    def _ask(self) -> None:
        self.start.show_ways(recent_databases(self._around.preferences))
        self.start.show()

    # -- one window after the other ----------------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        if self.office is not None:
            ask_for_database(self.office.window, self._present_folder(), self.open)

    def _ask_for_new(self) -> None:
        if self.office is not None:
            ask_for_new_database(self.office.window, self._present_folder(), self.make_new)

    def _present_folder(self) -> Path:
        path = None if self.office is None else self.office.store.path
        return self._folder if path is None else path.absolute().parent

    def _on_stays(self) -> None:
        """The user keeps the present window: the database that was to follow is closed again."""
        if self._next is not None:
            self._next.dispose()
            self._next = None

    def _on_office_closed(self, _ended: bool) -> None:
        self.office = None
        store, self._next = self._next, None
        if store is not None:
            self._furnish(store)
        else:
            self.ended.emit()

    def _on_start_closed(self) -> None:
        if self.office is not None:
            return
        if self._job is not None:
            self._job.cancel()
        self.ended.emit()

    def close(self, seconds: float) -> bool:
        """End everything, within a limit."""
        ended = self._job is None or self._job.close(seconds)
        if self._ahead is not None:
            ended = self._ahead.close(seconds) and ended
        if self.office is not None:
            office, self.office = self.office, None
            ended = office.close() and ended
        self._late.stop()
        self.start.deleteLater()
        return ended


def load_ahead(pages: tuple[PageKind, ...], tell: Tell) -> None:
    """Load the code of pages and commands before it is wanted; the window works on."""
    for number, page in enumerate(pages):
        tell(number, len(pages), "")
        if isinstance(page, LatePage):
            page.load()
    tell(len(pages), len(pages), "")
    importlib.import_module("desktop.services.handlers")


def run_window(database: str | None = None, actor: str | None = None, *, page: str = "") -> int:
    """Open the window and stay until it is closed; gives the exit code.

    Args:
        database: a file or URL; else the one that was open last.
        actor: in whose name changes are made; else the name of the account.
        page: to be shown first.
    """
    if why := obstacle():
        sys.stderr.write(f"{why}\n")
        return EXIT_NO_WINDOW
    preferences = Preferences(preferences_file())
    folder = log_folder()
    log = start_log(folder)
    application = QApplication([APP_NAME])
    application.setApplicationName(APP_NAME)
    application.setApplicationVersion(APP_VERSION)
    application.setDesktopFileName("dupro-desk")
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(window_icon())
    choice: ThemeChoice = preferences.value("theme", "system")
    look = Look(application, choice if choice in ("light", "dark") else "system")
    Languages(application, preferences)
    reporter = CrashReporter(look, folder, SystemClock(), application)
    reporter.install()
    who = actor or os.environ.get("DUPRO_USER") or current_actor()
    program = Program(Surroundings(application, look, preferences, SystemClock(), who), page=page)
    program.ended.connect(application.quit)
    program.opened.connect(partial(_report_faults, reporter))
    with faults_kept(folder), Signals(program) as signals:
        signals.asked_to_end.connect(program.quit)
        LOG.info("%s %s begins", APP_NAME, APP_VERSION)
        program.begin(database or os.environ.get("DUPRO_DATABASE"))
        code = application.exec()
        reporter.uninstall()
        ended = program.close(0.0)
    LOG.info("ends with %s", code)
    stop_log(log)
    if not ended:
        # a thread that does not come back would hold the process: what it had to write is written or rolled back
        os._exit(code)
    return code


def _report_faults(reporter: CrashReporter, office: Office) -> None:
    office.runner.faulted.connect(reporter.report_fault)
