"""The one run of the solver that a window may have.

The database worker prepares it, a thread waits for it, and the window's thread is told.
"""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from desktop.clock import Clock
from desktop.errors import DomainError, SolverError
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.services.planning.proposals import Prepared, Proposal, prepare_run, propose
from desktop.services.settings import PlanSettings
from desktop.services.solver_process import COMMAND, RunGivenUpError, SolverRun, WarmSolver
from scheduler.params import Params
from scheduler.plan import CostParts, Plan, gap_of
from scheduler.result import Progress

PREPARING, SEARCHING, FINISHING = "prepare", "search", "finish"
MOST_EVENTS_SECONDS = 0.2  # least time between two reports to the window
MOST_POINTS = 400  # of the curve; then every second one goes


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was known at a moment of a run: cost and bound in cents."""

    seconds: float
    cost: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class RunState:
    """A run at a moment. Money in cents.

    Attributes:
        settings: what is planned.
        stage: "prepare" (reading the records), "search", "finish" (checking and comparing).
        seconds: since the run was asked for.
        limit: seconds of search that it may take; None: no limit.
        cost: of the best plan so far; None before the first.
        bound: what no plan can cost less than; None: nothing is proven.
        unassigned: requests that the best plan leaves out.
        base_cost: what is in force for these days, on the same records; None where nothing is.
        history: how the best plan got better.
        is_stopping: it was told to end with the best plan.
    """

    settings: PlanSettings
    stage: str
    seconds: float
    limit: float | None
    cost: int | None = None
    bound: int | None = None
    unassigned: int | None = None
    base_cost: int | None = None
    history: tuple[CurvePoint, ...] = ()
    is_stopping: bool = False

    @property
    def gap(self) -> float | None:
        """The share of the cost that is not proven to be needed; None without a bound."""
        return None if self.cost is None else gap_of(self.cost, self.bound)


@dataclass(frozen=True, slots=True)
class _Job:
    """One run in hand; what arrives from an older one is not looked at any more."""

    number: int
    settings: PlanSettings
    params: Params
    initial: Plan | None
    afresh: bool
    began: float
    started_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan that waits for a decision, and how its run went."""

    proposal: Proposal
    run: RunState


class PlanRuns(QObject):
    """Runs the solver, one run at a time. Nothing waits for it, and nothing is stored by it.

    The last plan made is remembered until it is decided about or a newer one comes, whatever becomes of the pages.

    Attributes:
        progressed: a RunState, at most about five times a second.
        finished: a Proposal: the run has ended with a plan.
        failed: a DomainError: it has ended without one.
        running_changed: a RunState when a run begins, None when it has ended, however it ended.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    running_changed = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self, runner: DbRunner, clock: Clock, parent: QObject | None = None, *, command: Sequence[str] = COMMAND
    ) -> None:
        """Prepare; nothing is started before `warm_up` or `start`."""
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
        self._command = tuple(command)
        self._warm = WarmSolver(command)
        self._numbers = itertools.count()
        self._job: _Job | None = None
        self._state: RunState | None = None
        self._waiting: Waiting | None = None
        self._run: SolverRun | None = None
        self._threads: list[threading.Thread] = []
        self._last_told = 0.0
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether a run is in hand."""
        return self._job is not None

    @property
    def state(self) -> RunState | None:
        """The run in hand, or as the last one was when it ended; None before the first."""
        return self._state

    @property
    def waiting(self) -> Waiting | None:
        """The plan that waits for a decision."""
        return self._waiting

    def forget_waiting(self) -> None:
        """It has been decided about."""
        self._waiting = None

    def warm_up(self) -> None:
        """Have a solver wait for work. It is started in a thread; if it cannot be, a run will say so."""
        self._in_thread("warm", self._warm_up)

    def start(
        self, settings: PlanSettings, params: Params, initial: Plan | None = None, *, afresh: bool = False
    ) -> None:
        """Begin a run. Raises ValueError while another is in hand.

        Args:
            settings: what to plan.
            params: seed and limits.
            initial: a plan to begin from; None: what is in force for these days.
            afresh: begin from nothing but what is announced.
        """
        if self._job is not None:
            msg = "a run is in hand: stop or discard it first"
            raise ValueError(msg)
        job = _Job(next(self._numbers), settings, params, initial, afresh, time.monotonic(), self._clock.now())
        self._job, self._run, self._last_told = job, None, 0.0
        self._state = RunState(settings, PREPARING, 0.0, params.time_limit)
        self.running_changed.emit(self._state)
        self.progressed.emit(self._state)
        self._runner.read(
            self,
            partial(prepare_run, settings=settings),
            partial(self._search, job),
            partial(self._fail, job),
        )

    def stop_and_keep(self) -> None:
        """End the run in hand with its best plan; before there is one, as `discard`."""
        if self._state is None or self._job is None:
            return
        if self._run is None:
            self.discard()
            return
        self._run.stop()
        self._state = replace(self._state, is_stopping=True)
        self.progressed.emit(self._state)

    def discard(self) -> None:
        """Give the run in hand up: no plan, no message."""
        if self._run is not None:
            self._run.discard()
        if self._job is not None:
            self._end()

    def close(self, seconds: float) -> bool:
        """Give up what is in hand and end every process; False where that takes longer than allowed."""
        if self._run is not None:
            self._run.discard()
        self._job = self._run = None
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._warm.close()
        return not any(thread.is_alive() for thread in self._threads)

    # -- on the window's thread ------------------------------------------------------------------------------------

    def _is_current(self, job: _Job) -> bool:
        return self._job is job

    def _search(self, job: _Job, prepared: Prepared) -> None:
        if not self._is_current(job) or self._state is None:
            return
        self._state = replace(self._state, stage=SEARCHING, seconds=_since(job), base_cost=prepared.now_cost)
        self.progressed.emit(self._state)
        self._run = SolverRun(
            prepared.built.problem, job.params, self._command, initial=_beginning(job, prepared), warm=self._warm
        )
        self._in_thread("solver", partial(self._solve, job, self._run, prepared))

    def _take(self, arrived: tuple[_Job, Prepared, Progress | Plan | DomainError | Fault]) -> None:
        job, prepared, what = arrived
        if not self._is_current(job) or self._state is None:
            return
        if isinstance(what, Progress):
            self._state = _progressed(self._state, what, _since(job))
            self.progressed.emit(self._state)
        elif isinstance(what, DomainError):
            self._fail(job, what)
        elif isinstance(what, Fault):
            self._end()
            self._runner.faulted.emit(what)
        else:
            self._state = replace(self._state, stage=FINISHING, seconds=_since(job))
            self.progressed.emit(self._state)
            self._runner.read(
                self,
                partial(propose, prepared=prepared, plan=what, started_at=job.started_at),
                partial(self._succeed, job),
                partial(self._fail, job),
            )

    def _succeed(self, job: _Job, proposal: Proposal) -> None:
        if self._is_current(job) and self._state is not None:
            plan = proposal.plan
            last = CurvePoint(plan.seconds, plan.cost.total, plan.bound)
            self._state = replace(
                self._state,
                seconds=_since(job),
                cost=plan.cost.total,
                bound=plan.bound,
                unassigned=len(plan.unassigned),
                history=(*self._state.history, last),
            )
            self._waiting = Waiting(proposal, self._state)
            self._end()
            self.finished.emit(proposal)

    def _fail(self, job: _Job, error: DomainError) -> None:
        if self._is_current(job):
            self._end()
            self.failed.emit(error)

    def _end(self) -> None:
        self._job = self._run = None
        self.running_changed.emit(None)
        self.warm_up()

    # -- in other threads ------------------------------------------------------------------------------------------

    def _in_thread(self, name: str, task: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=task, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _warm_up(self) -> None:
        try:
            self._warm.warm_up()
        except SolverError:
            return

    def _solve(self, job: _Job, run: SolverRun, prepared: Prepared) -> None:
        def tell(what: Progress | Plan | DomainError | Fault) -> None:
            try:
                self._arrived.emit((job, prepared, what))
            except RuntimeError:  # the window is gone: nobody wants the plan
                run.discard()

        def on_progress(progress: Progress) -> None:
            now = time.monotonic()
            if now - self._last_told >= MOST_EVENTS_SECONDS:
                self._last_told = now
                tell(progress)

        try:
            tell(run.run(on_progress))
        except RunGivenUpError:
            return
        except DomainError as error:
            tell(error)
        except Exception as error:  # noqa: BLE001 -- told on the window's thread, which reports it
            tell(Fault(error))


def _beginning(job: _Job, prepared: Prepared) -> Plan | None:
    if job.initial is not None or job.afresh or prepared.now is None:
        return job.initial
    return Plan(prepared.now.assignments, (), "feasible", CostParts(), None, 0.0, 0)


def _since(job: _Job) -> float:
    return time.monotonic() - job.began


def _progressed(state: RunState, progress: Progress, seconds: float) -> RunState:
    history = state.history
    if progress.cost is not None:
        point = CurvePoint(progress.seconds, progress.cost, progress.bound)
        if not history or (history[-1].cost, history[-1].bound) != (point.cost, point.bound):
            history = (*history, point)
    if len(history) > MOST_POINTS:
        history = (*history[:-1:2], history[-1])
    return replace(
        state,
        seconds=seconds,
        cost=progress.cost,
        bound=progress.bound,
        unassigned=progress.unassigned,
        history=history,
    )
