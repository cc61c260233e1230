"""Reading the arguments and running the command that they name."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from scheduler.cli import questions
from scheduler.cli.output import BAD_INPUT, OK, say
from scheduler.errors import BadProblemError, SchedulerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    args = _parser().parse_args(arguments)
    try:
        return COMMANDS[args.command](args)
    except BadProblemError as error:
        for fault in error.faults:
            say(sys.stderr, str(fault))
        return BAD_INPUT
    except (SchedulerError, OSError) as error:
        say(sys.stderr, str(error))
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scheduler", description="Plan inspections, or ask about a plan.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_solve(commands.add_parser("solve", help="plan a problem"))
    checker = _on_plan(commands.add_parser("check", help="list the rules that a plan breaks, and add up its cost"))
    checker.add_argument("--json", action="store_true", help="give the judgement as JSON")
    ranker = _on_plan(commands.add_parser("rank", help="the best places of a request, also where others move for it"))
    ranker.add_argument("request", help="the request's id")
    ranker.add_argument("--top", type=_count, default=10, help="places of each kind to give (10)")
    ranker.add_argument("--repeat", type=_count, default=1, help="times to ask, each as the first time (1)")
    judge = _on_plan(commands.add_parser("verdict", help="what putting a request somewhere would mean"))
    judge.add_argument("request", help="the request's id")
    judge.add_argument("--inspector", action="append", required=True, help="an inspector's id; once for each of a crew")
    judge.add_argument("--slot", type=int, required=True, help="first half-day, from 0, the first morning planned")
    judge.add_argument("--mode", type=int, help="the request's mode, from 0 (the one that fits the crew)")
    differ = _on_plan(commands.add_parser("diff", help="two plans by request and person"))
    differ.add_argument("other", help="the plan file to compare with the first")
    commands.add_parser("wait", help="wait for one line on the input: a JSON list of arguments of solve")
    return parser


def _on_plan(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("problem", help="the problem file")
    parser.add_argument("plan", help="the plan file")
    return parser


def _add_solve(solver: argparse.ArgumentParser) -> None:
    solver.add_argument("problem", help="the problem file")
    solver.add_argument("--out", required=True, help="the plan file to write")
    solver.add_argument("--time-limit", type=_positive, help="seconds to work (60, without a limit of steps)")
    solver.add_argument("--seed", type=int, default=0, help="seed of every random choice (0)")
    solver.add_argument("--iteration-limit", type=_whole, help="improvement steps at most: same steps, same plan")
    solver.add_argument("--initial", help="a plan file to begin from, as far as it keeps the rules")
    solver.add_argument(
        "--events", action="store_true", help="report progress as JSON lines; obey `stop` on the input, and its end"
    )


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


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of 1 or more")
    return value


def _solve(args: argparse.Namespace) -> int:
    from scheduler.cli import solving  # noqa: PLC0415 -- loads compiled code, for which questions need not wait

    return solving.solve_files(args)


def _wait(_: argparse.Namespace) -> int:
    from scheduler.cli import solving  # noqa: F401, PLC0415 -- loaded before there is anything to solve

    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip():
        return OK
    try:
        arguments = json.loads(line)
    except ValueError:
        arguments = None
    if not isinstance(arguments, list) or not all(isinstance(part, str) for part in arguments):
        say(sys.stderr, "The line on the input is not a JSON list of arguments of solve.")
        return BAD_INPUT
    return main(["solve", *arguments])


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "solve": _solve,
    "wait": _wait,
    "check": questions.check,
    "rank": questions.rank,
    "verdict": questions.verdict,
    "diff": questions.diff,
}
