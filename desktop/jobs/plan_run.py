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
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.clock import Clock
from desktop.errors import DomainError, FaultError, SolverError
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.services.planning.proposals import Prepared, Proposal, cost_of, prepare_run, propose
from desktop.services.planning.week import check_built
from desktop.services.settings import PlanSettings
from desktop.services.solver_process import COMMAND, RunGivenUpError, SolverRun, WarmSolver
from scheduler.params import Params
from scheduler.plan import CostParts, Plan, gap_of
from scheduler.result import Progress

if TYPE_CHECKING:
    from desktop.services.planning.reading import Source
    from desktop.services.repair.partial import PartialReview
    from desktop.services.repair.proposing import PreparedRepair, RepairSettings

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
        is_repair: what is in force is being repaired.
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
    is_repair: bool = False

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
class _Begun:
    """The search has begun; what is in force costs so many cents."""

    base_cost: int | None


@dataclass(frozen=True, slots=True)
class _Repaired:
    """What is in force is repaired."""

    part: PartialReview


_News = _Begun | Progress | Plan | Proposal | _Repaired | DomainError | Fault
_Finish = Callable[[Plan, dt.datetime], Proposal | _Repaired]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan that waits for a decision, and how its run went. `part`: of a repair, which can be accepted in part."""

    proposal: Proposal
    run: RunState
    part: PartialReview | None = None


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
        self._job, self._run = job, None
        self._state = RunState(settings, PREPARING, 0.0, params.time_limit)
        self.running_changed.emit(self._state)
        self.progressed.emit(self._state)
        self._runner.read(
            self,
            partial(prepare_run, settings=settings),
            partial(self._search, job),
            partial(self._fail, job),
        )

    def start_repair(self, settings: RepairSettings) -> None:
        """Begin to repair what is in force. Raises ValueError while another run is in hand."""
        if self._job is not None:
            msg = "a run is in hand: stop or discard it first"
            raise ValueError(msg)
        now = self._clock.now()
        of_plan = PlanSettings(settings.first_day or now.astimezone().date())
        params = Params(seed=settings.seed, time_limit=settings.seconds)
        job = _Job(next(self._numbers), of_plan, params, None, afresh=False, began=time.monotonic(), started_at=now)
        self._job, self._run = job, None
        self._state = RunState(of_plan, PREPARING, 0.0, settings.seconds, is_repair=True)
        self.running_changed.emit(self._state)
        self.progressed.emit(self._state)
        self._runner.read(
            self,
            partial(_prepare_repair, now=now, settings=settings),
            partial(self._search_repair, job),
            partial(self._fail, job),
        )

    def stop_and_keep(self) -> bool:
        """End the run in hand with its best plan, which is on its way then; False: there is none, it is discarded."""
        if self._state is None or self._job is None:
            return False
        if self._run is None:
            self.discard()
            return False
        self._run.stop()
        self._state = replace(self._state, is_stopping=True)
        self.progressed.emit(self._state)
        return True

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

    def _search(self, job: _Job, prepared: Prepared) -> None:
        if self._job is job:
            initial = _beginning(job, prepared)
            self._run = SolverRun(prepared.built.problem, job.params, self._command, initial=initial, warm=self._warm)
            self._in_thread("solver", partial(self._solve, job, self._run, prepared, partial(propose, prepared)))

    def _search_repair(self, job: _Job, repair: PreparedRepair) -> None:
        if self._job is job and self._state is not None:
            self._state = replace(self._state, settings=repair.prepared.settings)
            from desktop.services.repair.proposing import solver_of  # noqa: PLC0415 -- only who repairs loads it

            self._run = solver_of(repair, command=self._command, warm=self._warm)
            finish = partial(_finish_repair, repair)
            self._in_thread("solver", partial(self._solve, job, self._run, repair.prepared, finish))

    def _take(self, arrived: tuple[_Job, _News]) -> None:
        job, news = arrived
        if self._job is not job or self._state is None:
            return
        if isinstance(news, DomainError):
            self._fail(job, news)
        elif isinstance(news, Fault):
            self._runner.faulted.emit(news)
            self._fail(job, FaultError("No plan was made: the program has a fault.", "Try it again."))
        elif isinstance(news, Proposal):
            self._succeed(news, None)
        elif isinstance(news, _Repaired):
            self._succeed(news.part.repair.proposal, news.part)
        else:
            self._state = _after(self._state, news, time.monotonic() - job.began)
            self.progressed.emit(self._state)

    def _succeed(self, proposal: Proposal, part: PartialReview | None) -> None:
        assert self._state is not None
        self._waiting = Waiting(proposal, self._state, part)
        self._end()
        self.finished.emit(proposal)

    def _fail(self, job: _Job, error: DomainError) -> None:
        if self._job is job:
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

    def _solve(self, job: _Job, run: SolverRun, prepared: Prepared, finish: _Finish) -> None:
        """Check what was prepared, solve it, and compare: all that the database is not needed for."""
        last_told = 0.0

        def tell(news: _News) -> None:
            try:
                self._arrived.emit((job, news))
            except RuntimeError:  # the window is gone: nobody wants the plan
                run.discard()

        def on_progress(progress: Progress) -> None:
            nonlocal last_told
            now = time.monotonic()
            if now - last_told >= MOST_EVENTS_SECONDS:
                last_told = now
                tell(progress)

        try:
            check_built(prepared.built)
            tell(_Begun(cost_of(prepared)))
            plan = run.run(on_progress)
            tell(plan)
            tell(finish(plan, job.started_at))
        except RunGivenUpError:
            return
        except DomainError as error:
            tell(error)
        except Exception as error:  # noqa: BLE001 -- told on the window's thread, which reports it
            tell(Fault(error))


def _prepare_repair(source: Source, now: dt.datetime, settings: RepairSettings) -> PreparedRepair:
    from desktop.services.repair.proposing import prepare_repair  # noqa: PLC0415 -- as above

    return prepare_repair(source, now, settings)


def _finish_repair(repair: PreparedRepair, plan: Plan, started_at: dt.datetime) -> _Repaired:
    from desktop.services.repair.partial import PartialReview  # noqa: PLC0415 -- as above
    from desktop.services.repair.proposing import finish_repair  # noqa: PLC0415 -- as above

    return _Repaired(PartialReview(finish_repair(repair, plan, started_at)))


def _beginning(job: _Job, prepared: Prepared) -> Plan | None:
    if job.initial is not None or job.afresh or prepared.now is None:
        return job.initial
    return Plan(prepared.now.assignments, (), "feasible", CostParts(), None, 0.0, 0)


def _after(state: RunState, news: _Begun | Progress | Plan, seconds: float) -> RunState:
    """How a run stands after some news."""
    if isinstance(news, _Begun):
        return replace(state, stage=SEARCHING, seconds=seconds, base_cost=news.base_cost)
    if isinstance(news, Progress):
        history = state.history
        if news.incumbent is not None:
            history = _lengthened(history, CurvePoint(news.seconds, news.incumbent, news.bound))
        return replace(
            state, seconds=seconds, cost=news.incumbent, bound=news.bound, unassigned=news.unassigned, history=history
        )
    cost = news.cost.total
    return replace(
        state,
        stage=FINISHING,
        seconds=seconds,
        cost=cost,
        bound=news.bound,
        unassigned=len(news.unassigned),
        history=(*state.history, CurvePoint(news.seconds, cost, news.bound)),
    )


def _lengthened(history: tuple[CurvePoint, ...], point: CurvePoint) -> tuple[CurvePoint, ...]:
    """A curve with one more point, if that says anything new; a long one is thinned out."""
    if history and (history[-1].cost, history[-1].bound) == (point.cost, point.bound):
        return history
    longer = (*history, point)
    return longer if len(longer) <= MOST_POINTS else (*longer[:-1:2], longer[-1])
