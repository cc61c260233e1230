"""The solver's command line, which the desktop uses too.

    python -m scheduler solve PROBLEM --out PLAN [--time-limit S] [--seed N] [--iteration-limit K] [--events]
    python -m scheduler check PROBLEM PLAN [--json]
    python -m scheduler wait

`wait` is a `solve` started before there is anything to solve: all is loaded, and one line on the input, a JSON list of
what would follow `solve`, begins it. The end of the input before that line ends it at once, with 0.

Exit status: 0 done and in order, 1 the plan checked breaks a rule, 2 a file cannot be used: its faults stand on the
error stream, one a line. The signals to interrupt and to terminate end a solve with its best plan, as under `--events`
the line "stop" on the input does, and the input's end; then the plan's status is "stopped".
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

from scheduler.errors import BadProblemError, SchedulerError
from scheduler.evaluate import evaluate_plan
from scheduler.params import Params
from scheduler.plan import CostParts, Plan
from scheduler.result import Progress
from scheduler.solve import solve
from scheduler.stop import StopFlag
from scheduler.validate import check_problem
from scheduler.wire import load_plan, load_problem, plan_to_json, save_json

EVENT_SECONDS = 0.2  # least time between two progress events of the same phase
DEFAULT_SECONDS = 60.0
OK, BROKEN, BAD_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    args = _parser().parse_args(arguments)
    try:
        return COMMANDS[args.command](args)
    except BadProblemError as error:
        for fault in error.faults:
            _say(sys.stderr, str(fault))
        return BAD_INPUT
    except (SchedulerError, OSError) as error:
        _say(sys.stderr, str(error))
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scheduler", description="Plan inspections, or judge a plan.")
    commands = parser.add_subparsers(dest="command", required=True)
    solver = commands.add_parser("solve", help="plan a problem")
    solver.add_argument("problem", help="the problem file")
    solver.add_argument("--out", required=True, help="the plan file to write")
    solver.add_argument("--time-limit", type=_positive, help="seconds to work (60, without a limit of steps)")
    solver.add_argument("--seed", type=int, default=0, help="seed of every random choice (0)")
    solver.add_argument("--iteration-limit", type=_whole, help="improvement steps at most: same steps, same plan")
    solver.add_argument("--initial", help="a plan file to begin from, as far as it keeps the rules")
    solver.add_argument(
        "--events", action="store_true", help="report progress as JSON lines; obey `stop` on the input, and its end"
    )
    checker = commands.add_parser("check", help="list the rules that a plan breaks, and add up its cost")
    checker.add_argument("problem", help="the problem file")
    checker.add_argument("plan", help="the plan file")
    checker.add_argument("--json", action="store_true", help="give the judgement as JSON")
    commands.add_parser("wait", help="wait for one line on the input: a JSON list of arguments of solve")
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return value


def _whole(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number of steps, 0 or more")
    return value


def _solve(args: argparse.Namespace) -> int:
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
        _say(sys.stdout, _summary(plan))
    return OK


def _wait(_: argparse.Namespace) -> int:
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip():
        return OK
    try:
        arguments = json.loads(line)
    except ValueError:
        arguments = None
    if not isinstance(arguments, list) or not all(isinstance(part, str) for part in arguments):
        _say(sys.stderr, "The line on the input is not a JSON list of arguments of solve.")
        return BAD_INPUT
    return main(["solve", *arguments])


def _summary(plan: Plan) -> str:
    """The plan in a line."""
    gap = "no bound" if plan.gap is None else f"gap {100 * plan.gap:.2f} %"
    served, left = len(plan.assignments), len(plan.unassigned)
    return (
        f"{plan.status}: {served} assigned, {left} left out, USD {plan.cost.total / 100:,.2f}, {gap}, {plan.seconds} s"
    )


def _check(args: argparse.Namespace) -> int:
    problem = load_problem(args.problem)
    faults = check_problem(problem)
    if faults:
        raise BadProblemError(faults)
    plan = load_plan(args.plan)
    judged = evaluate_plan(problem, plan)
    if args.json:
        result = {
            "broken": [dataclasses.asdict(broken) for broken in judged.broken],
            "cost": {"total": judged.cost.total, "parts": _parts(judged.cost)},
            "assigned": len(plan.assignments),
            "requests": len(problem.requests),
            "bound": plan.bound,
        }
        _say(sys.stdout, json.dumps(result, indent=1, ensure_ascii=False))
    else:
        for broken in judged.broken:
            _say(sys.stdout, f"{broken.rule}: {broken.text}")
        served, cost = len(plan.assignments), judged.cost.total / 100
        _say(sys.stdout, f"{served}/{len(problem.requests)} assigned, USD {cost:,.2f}, {len(judged.broken)} broken")
    return BROKEN if judged.broken else OK


def _parts(cost: CostParts) -> dict[str, int]:
    return dataclasses.asdict(cost)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {"solve": _solve, "check": _check, "wait": _wait}


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
        _say(sys.stdout, json.dumps({"event": event, **values}, ensure_ascii=False))


def _say(stream: IO[str], line: str) -> None:
    stream.write(line + "\n")
    stream.flush()
