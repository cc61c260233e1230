"""Solving from files: progress as events, stopped by signals, by a line on the input or by its end."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from scheduler.cli.output import OK, say
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.result import Progress
from scheduler.solve import solve
from scheduler.stop import StopFlag
from scheduler.wire import load_plan, load_problem, plan_to_json, save_json

EVENT_SECONDS = 0.2  # least time between two progress events of the same phase
DEFAULT_SECONDS = 60.0


def solve_files(args: argparse.Namespace) -> int:
    """Solve the problem file named, and write the plan; gives the exit status."""
    stop = StopFlag()
    time_limit = args.time_limit if args.iteration_limit is not None else args.time_limit or DEFAULT_SECONDS
    params = Params(seed=args.seed, time_limit=time_limit, iteration_limit=args.iteration_limit)
    with _stopped_by_signals(stop):
        problem = load_problem(args.problem)
        initial = None if args.initial is None else load_plan(args.initial)
        if args.events:
            threading.Thread(target=_listen, args=(stop,), daemon=True).start()
        events = _Events() if args.events else None
        plan = solve(problem, params, stop, events.on_progress if events else _quiet, initial)
    save_json(args.out, plan_to_json(plan))
    if events is not None:
        events.send("result", out=args.out, status=plan.status, cost=plan.cost.total, bound=plan.bound)
    else:
        say(sys.stdout, _summary(plan))
    return OK


def _summary(plan: Plan) -> str:
    """The plan in a line."""
    gap = "no bound" if plan.gap is None else f"gap {100 * plan.gap:.2f} %"
    served, left = len(plan.assignments), len(plan.unassigned)
    return (
        f"{plan.status}: {served} assigned, {left} left out, USD {plan.cost.total / 100:,.2f}, {gap}, {plan.seconds} s"
    )


@contextlib.contextmanager
def _stopped_by_signals(stop: StopFlag) -> Iterator[None]:
    """Set `stop` on an interrupt or a request to terminate, while the block runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen(stop: StopFlag) -> None:
    """Set `stop` once a line on the input says so, or the input ends: whoever listened is gone."""
    if sys.stdin is None:
        return
    for line in sys.stdin:
        if line.strip() == "stop":
            break
    stop.set()


def _quiet(_: Progress) -> None:
    """Tell nobody."""


class _Events:
    """Writes events as JSON lines; progress of one phase at most every `EVENT_SECONDS`."""

    def __init__(self) -> None:
        self._phase = ""
        self._last = -EVENT_SECONDS

    def on_progress(self, progress: Progress) -> None:
        now = time.perf_counter()
        if progress.phase != self._phase or now - self._last >= EVENT_SECONDS:
            self._phase, self._last = progress.phase, now
            self.send("progress", **dataclasses.asdict(progress))

    @staticmethod
    def send(event: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON the event carries
        say(sys.stdout, json.dumps({"event": event, **values}, ensure_ascii=False))
