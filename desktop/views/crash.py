"""A fault of the program: logged, said in a dialog that can be copied, and the window goes on."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QUrl,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from desktop.clock import Clock
from desktop.crash_report import crash_report
from desktop.jobs.db_runner import Fault
from desktop.logs import LOG, last_lines
from desktop.views.look import Look

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """Hears of every error that nobody expected, in any thread.

    Attributes:
        dialog: the one that is shown; None while none is.
    """

    _met = Signal(object)

    def __init__(self, look: Look, folder: Path, clock: Clock, application: QApplication) -> None:
        """Prepare.

        Args:
            look: the theme.
            folder: of the log.
            clock: tells the time of reports.
            application: in which windows are.
        """
        super().__init__(application)
        self._look = look
        self._folder = folder
        self._clock = clock
        self._count = 0
        self.dialog: CrashDialog | None = None
        self._met.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear from now on."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_log_message)

    def uninstall(self) -> None:
        """Leave errors to Python and messages to Qt again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def report(self, error: BaseException) -> None:
        """Log an error and say it. From any thread."""
        LOG.error("a fault of the program", exc_info=error)
        try:
            self._met.emit(error)
        except RuntimeError:  # the application is gone
            return

    def report_fault(self, fault: Fault) -> None:
        """Log and say an error of a worker."""
        self.report(fault.error)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value)

    def _show(self, error: BaseException) -> None:
        self._count += 1
        if self.dialog is not None:
            self.dialog.count(self._count)
            return
        versions = f"Qt {QLibraryInfo.version().toString()}, {QGuiApplication.platformName()}"
        log = ("", "Log:", *last_lines(self._folder))
        text = crash_report(error, versions, self._clock, log)
        self.dialog = CrashDialog(self._look, text, self._folder)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self, _result: int) -> None:
        self.dialog = None
        self._count = 0


class CrashDialog(QDialog):
    """Says that something went wrong, and what a developer wants to know of it."""

    def __init__(self, look: Look, report: str, folder: Path) -> None:
        super().__init__(QApplication.activeWindow())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setMinimumSize(640, 440)
        self._folder = folder
        self._look = look
        self._picture = QLabel(self)
        title = QLabel(self.tr("Something went wrong. Nothing that was stored is lost."), self)
        title.setProperty("role", "panel-title")
        title.setWordWrap(True)
        words = QLabel(
            self.tr(
                "You can go on working. Names, numbers and passwords have been taken out of the report below; please "
                "send it to whoever looks after the program, and say what you did."
            ),
            self,
        )
        words.setWordWrap(True)
        self._more = QLabel(self)
        self._more.setProperty("role", "muted")
        self._more.hide()
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setProperty("role", "code")
        self.report.setAccessibleName(self.tr("Report"))
        self.copy = QPushButton(self.tr("Copy report"), self)
        self.copy.clicked.connect(self._copy)
        self.log = QPushButton(self.tr("Open log folder"), self)
        self.log.clicked.connect(self._open_folder)
        self.go_on = QPushButton(self.tr("Go on"), self)
        self.go_on.setProperty("role", "primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._picture)
        head.addWidget(title, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(self.log)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(words)
        layout.addWidget(self.report, 1)
        layout.addWidget(self._more)
        layout.addLayout(foot)
        look.changed.connect(self._paint)
        self._paint()
        self.go_on.setFocus()

    def _paint(self) -> None:
        self._picture.setPixmap(self._look.icon("alert-circle-outline", "bad").pixmap(28, 28))

    def count(self, number: int) -> None:
        """Say that more went wrong meanwhile."""
        self._more.setText(self.tr("%n fault(s) so far. The log has them all.", "", number))
        self._more.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self.tr("Copied"))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _log_message(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
