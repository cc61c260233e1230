"""A new plan that waits for a decision: checked whenever data change, then accepted, run again or dropped."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.errors import ConflictError, DomainError
from desktop.jobs.db_runner import Job
from desktop.jobs.plan_run import RunState
from desktop.services.bus import Desk
from desktop.services.planning.proposals import Kept, Proposal, ProposalCheck, check_proposal, keep_proposal
from desktop.services.repair.partial import Accepted, PartialReview, RepairCheck, accept_part, check_repair
from desktop.views.context import PageContext
from desktop.views.plans.ticks import Ticks


class ProposalDeeds(QObject):
    """Carries out what is decided about the plan that waits (`PlanRuns.waiting`).

    Attributes:
        keeping: the plan is being kept.
        checking: the Proposal: the answer to the question whether it still holds is on its way.
        checked: a ProposalCheck; of a repair a RepairCheck.
        kept: a Kept: it has become a draft; of a repair an Accepted.
        failed: a DomainError: it could not be checked or kept.
        changed: the Proposal that waits now, or None.
    """

    keeping = Signal()
    checking = Signal(object)
    checked = Signal(object)
    kept = Signal(object)
    failed = Signal(object)
    changed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._check: ProposalCheck | RepairCheck | None = None
        self._job: Job[ProposalCheck] | Job[RepairCheck] | None = None
        self._is_keeping = False
        self._ticks: Ticks | None = None

    @property
    def proposal(self) -> Proposal | None:
        """The plan that waits."""
        waiting = self._context.plan_runs.waiting
        return None if waiting is None else waiting.proposal

    @property
    def run(self) -> RunState | None:
        """How the run that made it went."""
        waiting = self._context.plan_runs.waiting
        return None if waiting is None else waiting.run

    @property
    def ticks(self) -> Ticks | None:
        """What is ticked of a repair that waits; None: it is none."""
        waiting = self._context.plan_runs.waiting
        part = None if waiting is None else waiting.part
        if part is None:
            self._ticks = None
        elif self._ticks is None or self._ticks.part is not part:
            self._ticks = Ticks(part, self)
        return self._ticks

    @property
    def can_accept(self) -> bool:
        """Whether the plan may be kept as it was checked last."""
        if self._check is None or self._is_keeping:
            return False
        if isinstance(self._check, RepairCheck):
            ticks = self.ticks
            return ticks is not None and (bool(ticks.ticked) or ticks.sum.can_be_kept)
        return self._check.plan is not None

    def on_finished(self, proposal: Proposal) -> None:
        """A run has ended with this plan; one that waited before is given up."""
        self._forget_check()
        self._is_keeping = False
        self.changed.emit(proposal)

    def drop(self) -> None:
        """Give the plan up."""
        self._forget_check()
        self._context.plan_runs.forget_waiting()
        self.changed.emit(None)

    def forget_check(self) -> None:
        """Data have changed: what was found out may not hold any more."""
        if not self._is_keeping:
            self._forget_check()

    def check(self) -> None:
        """Find out whether the plan still answers what the records say; where that is known, tell it once more."""
        proposal = self.proposal
        if proposal is None or self._job is not None or self._is_keeping:
            return
        if self._check is not None:
            self.checked.emit(self._check)
            return
        self.checking.emit(proposal)
        read, ticks = self._context.runner.read, self.ticks
        if ticks is not None:
            query = partial(check_repair, repair=ticks.part.repair)
            self._job = read(self, query, self._on_check, self._on_failure, background=True)
        else:
            self._job = read(
                self, partial(check_proposal, proposal=proposal), self._on_check, self._on_failure, background=True
            )

    def accept(self) -> None:
        """Keep the plan as it was checked."""
        proposal = self.proposal
        if proposal is None or self._check is None or not self.can_accept:
            return
        self._is_keeping = True
        self.keeping.emit()
        then, ticks = partial(self._on_kept, proposal), self.ticks
        if isinstance(self._check, RepairCheck):
            assert ticks is not None
            self._context.runner.work(self, partial(_accept, ticks.part, ticks.ticked), then, self._on_refusal)
        else:
            self._context.runner.work(self, partial(_keep, proposal, self._check), then, self._on_refusal)

    def _forget_check(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._check = None

    def _on_check(self, check: ProposalCheck | RepairCheck) -> None:
        self._job, self._check = None, check
        self.checked.emit(check)

    def _on_failure(self, error: DomainError) -> None:
        self._job = None
        self.failed.emit(error)

    def _on_kept(self, proposal: Proposal, kept: Kept | Accepted) -> None:
        self._is_keeping = False
        if self.proposal is proposal:  # else a newer one has come meanwhile
            self.drop()
        self.kept.emit(kept)

    def _on_refusal(self, error: DomainError) -> None:
        self._is_keeping = False
        self._forget_check()
        if isinstance(error, ConflictError):  # somebody was quicker: say who, and what it means
            self.check()
        else:
            self.failed.emit(error)


def _accept(part: PartialReview, ticked: frozenset[int], desk: Desk) -> Accepted:
    return accept_part(desk, part, ticked)


def _keep(proposal: Proposal, check: ProposalCheck, desk: Desk) -> Kept:
    return keep_proposal(desk, proposal, check)
