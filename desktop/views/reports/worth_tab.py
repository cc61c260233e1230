"""The report "what one more is worth", with the studies that fill it: started, stopped, kept here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.clock import Clock
from desktop.errors import DomainError
from desktop.jobs.study_run import StudyState
from desktop.services.changes import Outcome
from desktop.services.planning.reading import Source
from desktop.services.reports.choices import Choice, read_choices
from desktop.services.reports.report import Report
from desktop.services.reports.vocabulary import Language
from desktop.services.worth.asking import Hire, StudyAsked
from desktop.services.worth.keeping import worth_view
from desktop.services.worth.views import WorthView
from desktop.views.context import PageContext
from desktop.views.reports.best_place import BestPlace
from desktop.views.reports.report_tab import ReportTab
from desktop.views.reports.study_bench import StudyBench
from desktop.views.reports.what_if_sheet import WhatIfSheet


class WorthTab(ReportTab):
    """The report below the row of studies, with the best place to add people before its tables."""

    def __init__(self, context: PageContext, language: Language, parent: QWidget) -> None:
        super().__init__(context, language, parent)
        self.view: WorthView | None = None
        self.bench = StudyBench(context, self)
        self.column.insertWidget(1, self.bench)
        self.best = BestPlace(context, language, self.grid)
        self.best.hide()
        self._has_best = False
        runs = context.study_runs
        self.bench.wanted.connect(self.start)
        self.bench.what_if_wanted.connect(self.ask_what_if)
        self.bench.stopped.connect(runs.stop)
        self.best.person_wanted.connect(context.selection.show_inspector)
        self.best.trial_wanted.connect(self._on_trial)
        runs.running_changed.connect(self._on_running)
        runs.progressed.connect(self.bench.show_state)
        runs.finished.connect(self._on_finished)
        runs.failed.connect(self._on_failed)
        self._on_running(runs.state if runs.is_running else None)

    def show_report(self, report: Report) -> None:
        """Show the report, and read which studies it comes from."""
        super().show_report(report)
        self.context.readings.ask("studies", _view, self._show_view, self.message.show_error)

    def empty_text(self, _report: Report) -> str:
        """How to begin."""
        return self.tr(
            'Nothing has been studied yet.\nStart with "What one more saves" above. It takes a minute or two; '
            "you can work on meanwhile."
        )

    def first_cards(self) -> list[QWidget]:
        """The best place over the whole width, where there is one."""
        return [self.best] if self._has_best else []

    def _show_view(self, view: WorthView) -> None:
        self.view = view
        self.bench.show_view(view)
        self._has_best = self.best.show_view(view)
        if self.report is not None:
            self.show_cards(self.report)
        if not view.plan:
            said = self.tr("There is no plan to study yet.\nMake a draft of a week or publish one, then come back.")
            self.empty.explain(said)

    # -- studies -------------------------------------------------------------------------------------------------------

    def start(self, asked: StudyAsked) -> None:
        """Begin a study, unless one is in hand."""
        if not self.context.study_runs.is_running:
            self.message.clear()
            self.context.study_runs.start(asked, self.bench.chosen)

    def ask_what_if(self, hire: Hire | None = None) -> None:
        """Ask what is to be tried."""
        self.context.readings.ask("report choices", _choices, partial(self._show_sheet, hire), self.message.show_error)

    def _show_sheet(self, hire: Hire | None, choices: Mapping[str, tuple[Choice, ...]]) -> None:
        sheet = WhatIfSheet(choices, self.bench.seconds.value(), self, hire)
        sheet.chosen.connect(self.start)
        sheet.open()

    def _on_trial(self, hire: Hire) -> None:
        self.ask_what_if(hire)

    def _on_running(self, state: StudyState | None) -> None:
        self.bench.show_state(state)

    def _on_finished(self, outcome: Outcome) -> None:
        self.context.feedback.done(outcome)

    def _on_failed(self, error: DomainError) -> None:
        self.message.show_error(error)


def _view(source: Source, _clock: Clock) -> WorthView:
    return worth_view(source)


def _choices(source: Source, _clock: Clock) -> Mapping[str, tuple[Choice, ...]]:
    return read_choices(source)
