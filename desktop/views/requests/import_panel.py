"""Importing a file or what was copied, step by step: how it is read, what its columns mean, what storing would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.jobs.import_run import ImportRun
from desktop.services import exchange
from desktop.services.bus import Desk
from desktop.services.changes import Outcome
from desktop.services.exchange.foreign.firms import client_names
from desktop.services.exchange.foreign.guessing import plan_at
from desktop.services.exchange.foreign.planning import FilePlan
from desktop.services.exchange.foreign.profiles import save_command
from desktop.services.exchange.foreign.sheet_plan import SheetPlan
from desktop.services.exchange.foreign.tables import Table
from desktop.services.exchange.foreign.trial import Trial, open_days
from desktop.services.exchange.headers import folded
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.requests.import_bars import CHECK, COLUMNS, DONE, FILE, ImportProgress, StepBar
from desktop.views.requests.import_check_step import MOST_WARNINGS, ImportCheckStep
from desktop.views.requests.import_columns_step import ImportColumnsStep
from desktop.views.requests.import_file_step import ImportFileStep
from desktop.views.requests.import_files import ImportFiles
from desktop.views.requests.import_foot import ImportFoot
from desktop.views.widgets.elided_label import ElidedLabel


class ImportPanel(QFrame):
    """The steps of an import.

    Attributes:
        finished: the panel is not needed any more.
        files: chooses what is imported, and writes the empty workbook and the refused rows.
    """

    finished = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context = context
        self._path: Path | None = None
        self._planned: FilePlan | None = None
        self._corrections: dict[tuple[str, int, str], str] = {}
        self._clients: Mapping[str, str] = {}
        self._is_stored = False
        self._is_looking = False
        self._is_checked = False  # the rows as they are corrected and understood now
        self._storing: FilePlan | None = None
        self._waiting: Trial | None = None
        self.files = ImportFiles(context, self)
        self.run = ImportRun(context.runner, self)
        self.run.planned.connect(self._on_planned)
        self.run.tried.connect(self._on_tried)
        self.run.failed.connect(self._on_failed)
        self.run.given_up.connect(self._on_given_up)
        self.heading = ElidedLabel(self)
        self.heading.setProperty("role", "panel-title")
        self.message = InlineMessage(context.look, self)
        self.progress = ImportProgress(self)
        self.run.advanced.connect(self.progress.advance)
        self.file_step = ImportFileStep(self)
        self.columns_step = ImportColumnsStep(context.look, self)
        self.check_step = ImportCheckStep(self)
        self.done_step = QLabel(self)
        self.done_step.setWordWrap(True)
        self.done_step.setTextFormat(Qt.TextFormat.PlainText)
        self.done_step.setContentsMargins(12, 0, 12, 0)
        self.done_step.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget(self)
        for page in (self.file_step, self.columns_step, self.check_step, self.done_step):
            self.pages.addWidget(page)
        policy = self.pages.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what stands above stays where it is
        self.pages.setSizePolicy(policy)
        self.steps = StepBar(self)
        self.foot = ImportFoot(self)
        self._connect()
        self._lay_out()
        self._show_step(FILE)

    def _connect(self) -> None:
        self.file_step.sheet_wanted.connect(self._on_sheet_wanted)
        self.file_step.encoding_wanted.connect(self._on_encoding_wanted)
        self.file_step.header_wanted.connect(self._on_header_wanted)
        self.columns_step.changed.connect(self._on_plan_changed)
        self.check_step.corrected.connect(self._on_corrected)
        self.check_step.named.connect(self._on_named)
        self.check_step.typed.connect(self._on_typed)
        self.foot.cancel_button.clicked.connect(self._on_cancel)
        self.foot.faults_button.clicked.connect(self._on_faults_wanted)
        self.foot.import_button.clicked.connect(self.go_on)
        self.steps.wanted.connect(self._on_tab)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        for widget in (self.heading, self.steps, self.message, self.progress):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)

    # -- what is read --------------------------------------------------------------------------------------------------

    def _on_faults_wanted(self) -> None:
        if self.report is not None:
            self.files.ask_for_faults(self.report)

    @property
    def report(self) -> exchange.ImportReport | None:
        """On the rows that were tried out last; None before."""
        return None if self.check_step.trial is None else self.check_step.trial.report

    @property
    def name(self) -> str:
        """What is imported."""
        return self.tr("copied rows") if self._path is None else self._path.name

    def check(self, path: str) -> None:
        """Read a file, and say what importing it would do as soon as it is known how it is meant. Nothing is stored."""
        self._path = Path(path)
        self._context.preferences.put("requests.folder", str(self._path.parent))
        self._begin()
        self.run.read_file(self._path)

    def paste(self, data: QMimeData) -> None:
        """The same with rows that were copied."""
        self._path = None
        self._begin()
        self.run.read_paste(self.name, data.html() if data.hasHtml() else "", data.text() if data.hasText() else "")

    def _begin(self) -> None:
        self._planned = None
        self._corrections = {}
        self._is_stored = False
        self._is_looking = False
        self._is_checked = False
        self._storing = None
        self._waiting = None
        self.check_step.trial = None
        self.columns_step.boxes = {}
        self.heading.setText(self.tr("Import {name}").format(name=self.name))
        self.message.clear()
        self._context.runner.read(self, client_names, self._on_clients)
        self._show_step(FILE)
        self._wait(self.tr("The file is being read. Nothing is stored yet."))

    def _on_clients(self, clients: Mapping[str, str]) -> None:
        self._clients = clients

    def _on_planned(self, planned: FilePlan) -> None:
        self._planned = planned
        self._corrections = {}
        self._is_checked = False
        self._waiting = None
        self.message.clear()
        self.progress.end()
        table, plan = planned.read[0]
        self.file_step.show_plan(planned, plan, table)
        self._context.runner.read(self, lambda _: open_days(table, plan), partial(self._on_days, planned))

    def _on_days(self, planned: FilePlan, day: str) -> None:
        if planned is not self._planned:
            return
        self.columns_step.show_plan(planned.read[0][1], self._clients, "" if planned.is_own else day)
        if self._is_looking:
            # somebody tries how the file is best read
            self._is_looking = False
            self._show_step(FILE)
        elif planned.needs_no_words and not self.columns_step.lacking():
            self._try_out()
        else:
            self._show_step(COLUMNS)
            self.columns_step.focus_first()

    def _on_sheet_wanted(self, sheet: str, layout: str) -> None:
        if self._planned is not None:
            self._is_looking = True
            self._wait(self.tr("The sheet is being looked at."))
            self.run.plan(self._planned.file, sheet, layout)

    def _on_encoding_wanted(self, encoding: str) -> None:
        if self._path is not None:
            self._is_looking = True
            self._wait(self.tr("The file is being read again."))
            self.run.read_file(self._path, encoding)

    def _on_header_wanted(self, row: int) -> None:
        if self._planned is None:
            return
        table, plan = self._planned.read[0]
        self._context.runner.read(self, lambda _: plan_at(table, row, plan.layout), partial(self._put_plan, table))

    def _put_plan(self, table: Table, plan: SheetPlan) -> None:
        if self._planned is not None and self._planned.read[0][0] is table:
            self._is_looking = True
            self._on_planned(replace(self._planned, read=((table, plan),), is_own=False))

    def _on_plan_changed(self, plan: SheetPlan) -> None:
        if self._planned is None:
            return
        table = self._planned.read[0][0]
        self._planned = replace(self._planned, read=((table, plan), *self._planned.read[1:]))
        self._is_checked = self._is_looking = False
        self._waiting = None
        self.run.drop()  # what is being tried out is not meant any more
        self._show_foot()

    # -- what storing it would do --------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Go to the next step; store what was checked."""
        if not self.foot.import_button.isEnabled() or self.run.is_busy:
            return
        step = self.pages.currentIndex()
        if step == FILE and self._planned is not None:
            self._show_step(COLUMNS)
        elif step == COLUMNS or (step == CHECK and not self._is_checked):
            self._try_out()
        elif step == CHECK:
            self.store()
        elif step == DONE:
            self.finished.emit()

    def _try_out(self) -> None:
        if self._planned is None:
            return
        self.message.clear()
        self._is_checked = False
        self._waiting = None
        self._wait(self.tr("The rows are being checked. Nothing is stored yet."))
        self.run.try_out(self.name, self._planned.read, dict(self._corrections))

    def _on_tried(self, trial: Trial) -> None:
        if self.check_step.is_typing:
            self._waiting = trial  # shown now it would take away what is half typed
        else:
            self._show_trial(trial)

    def _on_typed(self) -> None:
        """Nobody types in a cell any more."""
        if self._waiting is not None and not self.check_step.is_typing:
            trial, self._waiting = self._waiting, None
            self._show_trial(trial)

    def _show_trial(self, trial: Trial) -> None:
        self.progress.end()
        if self._planned is None:
            return
        is_arriving = self.check_step.trial is None or self.pages.currentIndex() != CHECK
        trial = replace(trial, report=replace(trial.report, warnings=(*self._planned.warnings, *trial.report.warnings)))
        self.check_step.show_trial(trial, "\n".join((self._advice(trial.report), *self._followed())))
        self._is_checked = True
        self._show_step(CHECK)
        if not trial.count("wrong") and not self.check_step.is_naming:
            self.foot.focus()
        elif is_arriving:
            self.check_step.edit_first()

    def _followed(self) -> tuple[str, ...]:
        profile = "" if self._planned is None else self._planned.read[0][1].profile
        if not profile:
            return ()
        return (self.tr("The columns are read as you remembered them under “{name}”.").format(name=profile),)

    def _advice(self, report: exchange.ImportReport) -> str:
        if report.bad:
            return self.tr(
                "Nothing is stored yet. Type a value anew to mend it; rows that still have faults are left out."
            )
        if report.command is not None:
            return self.tr("Nothing is stored yet. All rows are stored as one step, which can be undone.")
        return self.tr("Everything in the file is known already.")

    def _on_corrected(self, sheet: str, row: int, target: str, text: str) -> None:
        self._corrections[sheet, row, target] = text
        self._try_out()

    def _on_named(self, kind: str, name: str, code: str) -> None:
        if self._planned is None:
            return
        table, plan = self._planned.read[0]
        plan = replace(plan, names={**plan.names, (kind, folded(name)): code})
        self._planned = replace(self._planned, read=((table, plan), *self._planned.read[1:]))
        self.columns_step.plan = plan
        self._try_out()

    # -- storing -------------------------------------------------------------------------------------------------------

    def store(self) -> None:
        """Store every row without fault, as one step, and remember the columns where a name is given."""
        report, planned = self.report, self._planned
        if report is None or planned is None or report.command is None or not self.foot.import_button.isEnabled():
            return
        self._storing = planned
        self._wait(self.tr("The rows are being stored."))
        self._show_foot()
        name = "" if planned.is_own else self.columns_step.profile.text().strip()
        plan, encoding = planned.read[0][1], planned.file.encoding

        def store(desk: Desk) -> Outcome:
            if name:
                desk.handle(save_command(name, plan, encoding))
            return exchange.store_report(desk, report, skip_bad=True)

        self._context.runner.work(self, store, partial(self._on_stored, planned), partial(self._on_not_stored, planned))

    def _on_stored(self, planned: FilePlan, outcome: Outcome) -> None:
        text = "\n".join((outcome.label, *outcome.messages[:MOST_WARNINGS]))
        self._context.feedback.toast(text, undo=outcome.inverse is not None)
        if planned is not self._storing:
            return  # another file is being read meanwhile
        self._storing = None
        self._is_stored = True
        self.progress.end()
        lines = [outcome.label + ".", *outcome.messages]
        lines.append(self.tr("It is one step: Undo takes all of it back."))
        self.done_step.setText("\n".join(lines))
        self._show_step(DONE)
        self.foot.import_button.setFocus()

    def _on_not_stored(self, planned: FilePlan, error: DomainError) -> None:
        if planned is not self._storing:
            self._context.feedback.failed(error)
            return
        self._storing = None
        self.progress.end()
        self._show_step(CHECK)
        again = QPushButton(self.tr("Check the file again"))
        again.clicked.connect(self._try_out)
        self.message.show_error(error, again)

    # -- how it looks --------------------------------------------------------------------------------------------------

    def _wait(self, text: str) -> None:
        self.progress.begin(text)
        self.foot.wait()

    def _on_failed(self, error: DomainError) -> None:
        self.progress.end()
        if self._planned is not None:
            self.message.show_error(error)
            self._go_back(min(self.pages.currentIndex(), COLUMNS))
            return
        self._show_step(FILE)
        again = QPushButton(self.tr("Choose another file"))
        again.clicked.connect(self.files.ask_for_file)
        self.message.show_error(error, again)

    def _on_given_up(self) -> None:
        self.progress.end()
        if self._planned is None:
            self.finished.emit()
        else:
            # what was said and corrected so far is not lost
            self._go_back(self.pages.currentIndex())

    def _go_back(self, step: int) -> None:
        """Show a step as it was before something that has come to nothing."""
        if self._planned is None:
            return
        self._is_looking = False
        table, plan = self._planned.read[0]
        self.file_step.show_plan(self._planned, plan, table)
        self._show_step(step)

    def _on_cancel(self) -> None:
        if self._waiting is not None:
            self._waiting = None
            self._on_given_up()
        elif self.run.is_busy:
            self.run.cancel()
        else:
            self.finished.emit()

    def _on_tab(self, step: int) -> None:
        if step == CHECK and self.pages.currentIndex() < CHECK:
            self._show_step(self.pages.currentIndex())
            self.go_on()
        else:
            self._show_step(step)

    def _show_step(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self._show_foot()

    def _show_foot(self) -> None:
        """Which steps can be gone to, and what the buttons do."""
        step = self.pages.currentIndex()
        known = self._planned is not None
        lacking = self.columns_step.lacking() if known else ""
        is_storing = self._storing is not None
        is_open = known and not self._is_stored and not is_storing
        self.steps.show_step(step, (is_open, is_open, is_open and not lacking, self._is_stored))
        self.pages.setVisible(known)
        self.pages.setEnabled(not is_storing)
        self.foot.show_step(step, self.report if self._is_checked else None, lacking, known=known)
        self.foot.cancel_button.setEnabled(not is_storing)
        if self.run.is_busy or is_storing:
            self.foot.wait()
        else:
            self.progress.end(lacking if step == COLUMNS else "")
