"""Solving from files: progress as events, stopped by signals, by a line on the input or by its end."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

from scheduler.cli.output import OK, say
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.regions import solve_by_regions
from scheduler.result import Progress, ignore
from scheduler.solve import solve
from scheduler.stop import StopFlag
from scheduler.wire import load_plan, load_problem, plan_to_json, save_json

DEFAULT_SECONDS = 60.0
LEAVE_SECONDS = 0.2  # of the time limit, to write the plan and end the process
TERMINATE_SECONDS = 1.7  # from the signal to terminate to the end, with a plan or without
TERMINATED = 143  # exit status of who has no plan by then: 128 and the signal's number


def solve_files(args: argparse.Namespace, began: float) -> int:
    """Solve the problem file named, and write the plan; gives the exit status.

    Args:
        args: of `solve`.
        began: when the time limit begins, in seconds of `time.perf_counter`.
    """
    stop = StopFlag()
    began -= LEAVE_SECONDS
    time_limit = args.time_limit if args.iterations is not None else args.time_limit or DEFAULT_SECONDS
    params = Params(seed=args.seed, time_limit=time_limit, iteration_limit=args.iterations, gap_limit=args.gap)
    with stopped_by_signals(stop):
        if args.progress:
            obey_input(stop)
        problem = load_problem(args.problem)
        start = None if args.start is None else load_plan(args.start)
        tell = tell_progress if args.progress else ignore
        if args.executor == "none":
            plan = solve(problem, params, stop, tell, initial=start, began=began)
        else:
            plan = solve_by_regions(problem, params, args.executor, stop, tell, initial=start, began=began)
        save_json(args.out, plan_to_json(plan))
    for entry in plan.log["mended"]:
        say(sys.stderr, f"mended: {entry['text']}")
    if args.progress:
        _send("result", out=args.out, status=plan.status, cost=plan.cost.total, bound=plan.bound)
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
def stopped_by_signals(stop: StopFlag) -> Iterator[None]:
    """Set `stop` on an interrupt or a request to terminate, while the block runs; the latter is not waited on long.

    A thread of its own learns of the signals: this one looks for them between two kernels only.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    threading.Thread(target=_obey, args=(reader, stop), name="signals", daemon=True).start()
    outer = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(outer)
        writer.close()


def _obey(signals: socket.socket, stop: StopFlag) -> None:
    """Set `stop` once signals come; end the process where it works on long after one to terminate."""
    with signals:
        try:
            while numbers := signals.recv(64):
                stop.set()
                if signal.SIGTERM in numbers:
                    signals.settimeout(TERMINATE_SECONDS)
        except TimeoutError:
            os._exit(TERMINATED)


def obey_input(stop: StopFlag) -> None:
    """Listen, in a thread of its own, to what the input says."""
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()


def _listen(stop: StopFlag) -> None:
    """Set `stop` once a line on the input says so, or the input ends: whoever listened is gone."""
    if sys.stdin is None:
        return
    for line in sys.stdin:
        if line.strip() == "stop":
            break
    stop.set()


def tell_progress(progress: Progress) -> None:
    """Write how a run stands as a line of JSON."""
    _send("progress", **dataclasses.asdict(progress))


def _send(event: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON the event carries
    """Write an event as a line of JSON."""
    say(sys.stdout, json.dumps({"event": event, **values}, ensure_ascii=False))
