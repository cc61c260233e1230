"""The page of plans: those that are stored, a run beside all other work, and the review of what it has made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DomainError, StoreError
from desktop.jobs.db_runner import Committed, Job
from desktop.jobs.plan_run import RunState
from desktop.services.plan_review import PlanReview
from desktop.services.planning.proposals import Kept, Proposal, ProposalCheck
from desktop.services.planning.reading import Source
from desktop.services.planning.stored_plans import PlanDetail, PlanRow, Scope, plan_detail, plan_rows, scope
from desktop.services.planning.week import coming_monday, settings_for
from desktop.services.repair.partial import Accepted, RepairCheck
from desktop.services.settings import PlanSettings
from desktop.views.context import PageContext
from desktop.views.feedback import explain
from desktop.views.page import Page
from desktop.views.plans.comparing import Compared, Comparing
from desktop.views.plans.overview import Overview
from desktop.views.plans.plan_deeds import PlanDeeds
from desktop.views.plans.proposal_deeds import ProposalDeeds
from desktop.views.plans.review_view import ReviewView
from desktop.views.plans.run_form import Wish
from desktop.views.words import day, days

OVERVIEW, REVIEW = 0, 1
SEEN = ("plan", "visit", "unassigned", "assignment", "pin", "request")
"""Tables whose rows are shown here."""


class PlansPage(Page):
    """Stored plans, runs, reviews."""

    NAME: ClassVar[str] = "plans"
    ICON: ClassVar[str] = "chart-timeline"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._deeds = PlanDeeds(context, self)
        self._proposals = ProposalDeeds(context, self)
        self.comparing = Comparing(context, self)
        self.overview = Overview(context.look, context.actions, coming_monday(context.clock), self)
        self._review: ReviewView | None = None
        self._review_sizes: list[int] = []
        self._stack = QStackedWidget(self)
        self._crumb, self._sub = QLabel(self), QLabel(self)
        self._lay_out()
        self._jobs: dict[str, Job[object]] = {}
        self._wanted = ""
        self._is_shown = False
        self._is_first = True
        self._connect()
        self._on_running(context.plan_runs.state if context.plan_runs.is_running else None)
        self._on_proposal(self._proposals.proposal)

    @property
    def review(self) -> ReviewView:
        """A new plan beside the present one, or two stored ones; built when there is first something to review."""
        if self._review is None:
            actions = self.context.actions
            self._review = made = ReviewView(self.context.look, self._reviewed)
            made.request_wanted.connect(self.context.selection.show_request)
            made.foot.use_actions(*(actions.action(f"plans.{name}") for name in ("drop", "again", "accept")))
            self._proposals.keeping.connect(made.foot.show_keeping)
            made.ticked.connect(self._enable)
            self._review_column.addWidget(made, 1)
            if self._review_sizes:
                made.set_sizes(self._review_sizes)
        return self._review

    def title(self) -> str:
        """Its name."""
        return self.tr("Plans")

    # -- the window ----------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Fetch the plans at the first time; look again whether what waits still holds."""
        self._is_shown = True
        if self._is_first:
            self._is_first = False
            self.context.plan_runs.warm_up()
            self.refresh()
        if self._stack.currentIndex() == REVIEW:
            self._proposals.check()

    def deactivate(self) -> None:
        """Another page is shown."""
        self._is_shown = False

    def changed(self, committed: Committed) -> None:
        """Fetch again what has changed, and ask again whether a new plan still holds."""
        self._proposals.forget_check()
        if self._is_shown and self._stack.currentIndex() == REVIEW:
            self._proposals.check()
        if not self._is_first and any(committed.changes.touches(table) for table in SEEN):
            self._fetch_plans()

    def refresh(self) -> None:
        """Fetch everything again."""
        self._fetch_plans()
        self._read("scope", scope, self._show_scope)

    def state(self) -> dict[str, object]:
        """Widths and the form."""
        review = self._review_sizes if self._review is None else self._review.sizes
        return {"form": self.overview.form.state(), "widths": self.overview.sizes, "review": review}

    def restore(self, state: dict[str, object]) -> None:
        """The same again."""
        form = state.get("form")
        if isinstance(form, dict):
            self.overview.form.restore(form)
        for name, put in (("widths", self.overview.set_sizes), ("review", self._put_review_sizes)):
            sizes = state.get(name)
            if isinstance(sizes, list) and all(isinstance(size, int) for size in sizes):
                put(sizes)

    def _put_review_sizes(self, sizes: list[int]) -> None:
        self._review_sizes = sizes
        if self._review is not None:
            self._review.set_sizes(sizes)

    # -- stored plans --------------------------------------------------------------------------------------------------

    def _fetch_plans(self) -> None:
        self._read("plans", plan_rows, self._show_plans)

    def _read(self, name: str, query: object, then: object) -> None:
        """Ask the worker; of the same name only the last question is answered."""
        old = self._jobs.pop(name, None)
        if old is not None:
            old.cancel()
        self._jobs[name] = self.context.runner.read(self, query, then, self._on_failure)  # type: ignore[arg-type]

    def _show_plans(self, rows: tuple[PlanRow, ...]) -> None:
        overview, model = self.overview, self.overview.model
        before = self.selected
        model.show_rows(rows)
        wanted = next((code for code in (self._wanted, before, self.context.selection.plan) if code), "")
        index = model.index_of(wanted)
        self._wanted = ""
        if not index.isValid() and rows:
            index = model.index(0, 0)
        if not rows:
            overview.detail.show_nothing(
                self.tr("No plan yet. Optimise the week of {day}.").format(day=day(overview.form.first_day))
            )
        elif index.row() != overview.plans.currentIndex().row() or self.selected != before:
            overview.plans.setCurrentIndex(index)
        else:
            self._on_chosen(self.selected)
        self._enable()

    def _show_scope(self, found: Scope) -> None:
        self.overview.form.offer_countries(found.countries)
        self.overview.form.offer_defaults(found.days, found.freeze_days)

    @property
    def selected(self) -> str:
        """The code of the plan that is selected; "" for none."""
        index = self.overview.plans.currentIndex()
        rows = self.overview.model.rows
        return rows[index.row()].code if index.isValid() and index.row() < len(rows) else ""

    def _row(self) -> PlanRow | None:
        return next((row for row in self.overview.model.rows if row.code == self.selected), None)

    def _on_chosen(self, code: str) -> None:
        self._enable()
        if code:
            self._read("detail", partial(plan_detail, code=code), self._show_detail)

    def _show_detail(self, detail: PlanDetail) -> None:
        if detail.header.code == self.selected:
            self.overview.detail.show_plan(detail)

    def _show_plan(self, code: str) -> None:
        """A plan is to be looked at: here it is selected."""
        index = self.overview.model.index_of(code)
        if index.isValid():
            self.overview.plans.setCurrentIndex(index)
        else:
            self._wanted = code

    def _on_begun(self, code: str) -> None:
        self._wanted = code
        self._fetch_plans()

    def _show_on_board(self) -> None:
        if self.selected:
            self.context.selection.show_plan(self.selected, "board")

    def _with_selected(self, deed: Callable[[str], None]) -> None:
        if self.selected:
            deed(self.selected)

    # -- comparing -----------------------------------------------------------------------------------------------------

    def _offer_comparisons(self) -> None:
        row = self._row()
        if row is not None:
            self.comparing.offer(row, self.overview.model.rows, self.overview.detail.below_more)

    def _show_comparison(self, compared: Compared) -> None:
        self.review.show_comparison(compared.review)
        self._say_where(self.tr("{new} beside {now}").format(new=compared.new, now=compared.now), compared.review)

    def _say_where(self, what: str, review: PlanReview) -> None:
        self._crumb.setText(what)
        people = self.tr("%n person(s)", "", len(review.people) + len(review.unchanged))
        span = days(review.first_day, review.date(review.days - 1))
        requests = self.tr("%n request(s)", "", review.new.assigned + review.new.unassigned)
        self._sub.setText(f"{span} · {people} · {requests}")
        self._stack.setCurrentIndex(REVIEW)
        self.review.people.setFocus()
        self._enable()

    # -- runs ----------------------------------------------------------------------------------------------------------

    def _optimise(self) -> None:
        if self.context.plan_runs.is_running:
            return
        self.overview.message.clear()
        wish = self.overview.form.wish()
        query = partial(_settings, wish.first_day, wish)
        self._read("settings", query, partial(self._start, wish))

    def _start(self, wish: Wish, settings: PlanSettings) -> None:
        if not self.context.plan_runs.is_running:
            self.context.plan_runs.start(settings, wish.params, afresh=wish.afresh)

    def _run_again(self) -> None:
        proposal = self._proposals.proposal
        if proposal is None or self.context.plan_runs.is_running:
            return
        ticks = self._proposals.ticks
        self._go_back()
        if ticks is not None:
            self.context.plan_runs.start_repair(ticks.part.repair.prepared.settings)
            return
        params = self.overview.form.wish().params
        self.context.plan_runs.start(proposal.prepared.settings, params, proposal.plan)

    def _on_running(self, state: RunState | None) -> None:
        self.overview.show_run(state)
        self._enable()

    def _on_finished(self, proposal: Proposal) -> None:
        self._proposals.on_finished(proposal)
        if self._is_shown and self._stack.currentIndex() == OVERVIEW:
            self._show_proposal()
        else:
            review = proposal.review
            span = days(review.first_day, review.date(review.days - 1))
            self.context.feedback.toast(self.tr("The new plan for {days} is ready to review.").format(days=span))

    def _on_run_failed(self, error: DomainError) -> None:
        again = QPushButton(self.tr("Try again"), self.overview.message)
        again.clicked.connect(self.context.actions.action("plans.optimise").trigger)
        self.overview.message.show_error(error, again)
        if not self._is_shown:
            self.context.feedback.failed(error)

    # -- the new plan --------------------------------------------------------------------------------------------------

    def _show_proposal(self) -> None:
        proposal = self._proposals.proposal
        if proposal is None:
            return
        ticks = self._proposals.ticks
        self.review.show_proposal(proposal, self._proposals.run, ticks)
        words = self.tr("Review the new plan") if ticks is None else self.tr("Review the repair")
        self._say_where(words, proposal.review)
        self._proposals.check()

    def _on_proposal(self, proposal: Proposal | None) -> None:
        self.overview.show_waiting(proposal)
        self.badge.emit(None if proposal is None else 1)
        if proposal is None and self._stack.currentIndex() == REVIEW:
            self._go_back()
        self._enable()

    def _on_checking(self, proposal: Proposal) -> None:
        self.review.foot.show_checking(proposal)
        self._enable()

    def _on_checked(self, check: ProposalCheck | RepairCheck) -> None:
        proposal, ticks = self._proposals.proposal, self._proposals.ticks
        if proposal is not None and isinstance(check, ProposalCheck):
            self.review.foot.show_check(proposal, check)
        elif proposal is not None and isinstance(check, RepairCheck) and ticks is not None:
            self.review.foot.show_repair(proposal, check, ticks.sum)
        self._enable()

    def _on_not_kept(self, error: DomainError) -> None:
        self.review.foot.show_problem(explain(error))
        self._enable()

    def _on_kept(self, kept: Kept | Accepted) -> None:
        self._wanted = kept.code
        self._fetch_plans()
        self.context.selection.show_plan(kept.code)
        if isinstance(kept, Accepted) and kept.requests:
            self._deeds.ask_to_publish_part(kept)
            return
        self.context.feedback.toast(self.tr("Draft {plan} is kept.").format(plan=kept.code), undo=True)

    def _go_back(self) -> None:
        self._stack.setCurrentIndex(OVERVIEW)
        self.overview.plans.setFocus()
        self._enable()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _on_failure(self, error: DomainError) -> None:
        if isinstance(error, StoreError):  # the whole window is concerned
            self.context.runner.refused.emit(error)
        else:
            self.overview.message.show_error(error)

    def _connect(self) -> None:
        context, deeds, proposals = self.context, self._deeds, self._proposals
        self.overview.plans.chosen.connect(self._on_chosen)
        self.overview.detail.request_wanted.connect(context.selection.show_request)
        context.selection.plan_wanted.connect(self._show_plan)
        context.plan_runs.running_changed.connect(self._on_running)
        context.plan_runs.progressed.connect(self.overview.show_run)
        context.plan_runs.finished.connect(self._on_finished)
        context.plan_runs.failed.connect(self._on_run_failed)
        deeds.failed.connect(self._on_failure)
        deeds.begun.connect(self._on_begun)
        self.comparing.compared.connect(self._show_comparison)
        self.comparing.failed.connect(self._on_failure)
        proposals.changed.connect(self._on_proposal)
        proposals.checking.connect(self._on_checking)
        proposals.checked.connect(self._on_checked)
        proposals.kept.connect(self._on_kept)
        proposals.failed.connect(self._on_not_kept)
        actions = context.actions
        for name, deed in (
            ("plans.optimise", self._optimise),
            ("plans.by_hand", self._begin_by_hand),
            ("plans.stop", context.plan_runs.stop_and_keep),
            ("plans.give_up", context.plan_runs.discard),
            ("plans.review", self._show_proposal),
            ("plans.accept", proposals.accept),
            ("plans.again", self._run_again),
            ("plans.drop", proposals.drop),
            ("plans.back", self._go_back),
            ("plans.board", self._show_on_board),
            ("plans.compare", self._offer_comparisons),
            ("plans.publish", partial(self._with_selected, deeds.publish)),
            ("plans.discard", partial(self._with_selected, deeds.discard)),
            ("plans.export_workbook", partial(self._with_selected, deeds.export_workbook)),
            ("plans.export_csv", partial(self._with_selected, deeds.export_csv)),
            ("plans.export_json", partial(self._with_selected, deeds.export_json)),
        ):
            actions.on(name, deed)

    def _begin_by_hand(self) -> None:
        self._deeds.begin(self.overview.form.wish())

    def _enable(self) -> None:
        """Actions that would do nothing are off."""
        enable, row = self.context.actions.enable, self._row()
        running = self.context.plan_runs.is_running
        reviewing = self._stack.currentIndex() == REVIEW
        proposal = self._proposals.proposal is not None
        listed = row is not None and not reviewing
        draft = listed and row is not None and row.header.status == "draft"
        for name, on in {
            "optimise": not running and not reviewing,
            "by_hand": not running and not reviewing,
            "stop": running,
            "give_up": running,
            "review": proposal and not reviewing,
            "accept": reviewing and self._proposals.can_accept,
            "again": proposal and not running,
            "drop": proposal,
            "back": reviewing,
            "board": listed,
            "compare": listed,
            "publish": draft,
            "discard": draft,
            "export_workbook": listed,
            "export_csv": listed,
            "export_json": listed,
        }.items():
            enable(f"plans.{name}", on)
        self.overview.form.enable_start(not running)

    def _lay_out(self) -> None:
        back = QPushButton(self.tr("Plans"), self)
        back.setProperty("role", "link")
        back.clicked.connect(self.context.actions.action("plans.back").trigger)
        arrow = QLabel("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", self)
        arrow.setProperty("role", "muted")
        self._crumb.setProperty("role", "title")
        self._sub.setProperty("role", "muted")
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(46)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for widget in (back, arrow, self._crumb, self._sub):
            row.addWidget(widget)
        row.addStretch(1)
        self._reviewed = QWidget(self._stack)
        self._review_column = column = QVBoxLayout(self._reviewed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self._reviewed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)


def _settings(first_day: dt.date, wish: Wish, source: Source) -> PlanSettings:
    return settings_for(source, first_day, **wish.values)
