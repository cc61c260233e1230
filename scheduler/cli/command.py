"""Reading the arguments and running the command that they name."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from scheduler.cli import explaining, questions
from scheduler.cli.output import BAD_INPUT, OK, say
from scheduler.errors import BadProblemError, SchedulerError


def main(arguments: Sequence[str] | None = None, began: float | None = None) -> int:
    """Run a command; gives the exit status.

    Args:
        arguments: the command line; None: the process's own.
        began: when a limit of time begins, in seconds of `time.perf_counter`; None: now.
    """
    now = time.perf_counter()
    args = _parser().parse_args(arguments)
    args.began = now if began is None else began
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
    explainer = _on_plan(commands.add_parser("explain", help="why a request is left out, or served as it is"))
    explainer.add_argument("request", nargs="?", help="the request's id (all of the plan in short)")
    explainer.add_argument("--top", type=_count, default=5, help="places and people of each kind to give (5)")
    _add_weighing(commands)
    commands.add_parser("wait", help="wait for one line on the input: a JSON list of arguments of solve")
    return parser


def _on_plan(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("problem", help="the problem file")
    parser.add_argument("plan", help="the plan file")
    return parser


def _add_weighing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    pricer = _on_plan(commands.add_parser("prices", help="a proven ceiling on what one more of anything can save"))
    pricer.add_argument(
        "--time-limit", type=_positive, default=30.0, help="seconds for the bound, for the ceilings, for a solve (30)"
    )
    pricer.add_argument("--seed", type=int, default=0, help="seed of every random choice (0)")
    pricer.add_argument("--top", type=_count, default=50, help="ceilings to give, the highest (50)")
    pricer.add_argument("--exact", type=_whole, default=0, help="how many of them to try by solving anew (0)")
    pricer.add_argument("--out", help="the file to write instead of the output")
    pricer.add_argument("--progress", choices=["jsonl"], help="report progress as JSON lines; obey `stop` on the input")
    curve = commands.add_parser("stability", help="what is kept, and what it costs, as taking back gets dearer")
    curve.add_argument("problem", help="the problem file, with what was published")
    curve.add_argument(
        "--prices", type=_factors, default=_factors("0,0.5,1,2,4"), help="factors of those published (0,0.5,1,2,4)"
    )
    curve.add_argument("--time-limit", type=_positive, help="seconds to work at each price (60, without steps)")
    curve.add_argument("--iterations", type=_whole, help="improvement steps at each price: same steps, same curve")
    curve.add_argument("--seed", type=int, default=0, help="seed of every random choice (0)")


def _add_solve(solver: argparse.ArgumentParser) -> None:
    solver.add_argument("problem", help="the problem file")
    solver.add_argument("--out", required=True, help="the plan file to write")
    solver.add_argument("--time-limit", type=_positive, help="seconds to work (60, without a limit of steps)")
    solver.add_argument("--gap", type=_share, help="end at this gap, as a share: 0.01 is 1 %% (0.0001)")
    solver.add_argument("--iterations", type=_whole, help="improvement steps at most: same steps, same plan")
    solver.add_argument("--seed", type=int, default=0, help="seed of every random choice (0)")
    solver.add_argument("--start", help="a plan file to begin from; what breaks a rule is mended, and said")
    solver.add_argument(
        "--executor",
        default="none",
        help="who improves regions at the same time: processes[:N], dask://host:port, or none (none: all in one)",
    )
    solver.add_argument(
        "--progress", choices=["jsonl"], help="report progress as JSON lines; obey `stop` on the input, and its end"
    )


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return value


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share, 0 up to 1 (1 % is 0.01)")
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


def _factors(text: str) -> tuple[float, ...]:
    values = tuple(float(part) for part in text.split(","))
    if not all(0 <= value < float("inf") for value in values):
        raise argparse.ArgumentTypeError(f"{text} are not factors of 0 or more, with commas between them")
    return values


def _solve(args: argparse.Namespace) -> int:
    from scheduler.cli import solving  # noqa: PLC0415 -- loads compiled code, for which questions need not wait

    return solving.solve_files(args, args.began)


def _prices(args: argparse.Namespace) -> int:
    from scheduler.cli import weighing  # noqa: PLC0415 -- loads compiled code

    return weighing.prices(args)


def _stability(args: argparse.Namespace) -> int:
    from scheduler.cli import weighing  # noqa: PLC0415 -- loads compiled code

    return weighing.stability(args)


def _wait(_: argparse.Namespace) -> int:
    from scheduler import warm  # noqa: PLC0415 -- loaded before there is anything to solve

    kernels = threading.Thread(target=warm.warm, name="warm", daemon=True)
    kernels.start()
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
    kernels.join()
    return main(["solve", *arguments])


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "solve": _solve,
    "wait": _wait,
    "check": questions.check,
    "rank": questions.rank,
    "verdict": questions.verdict,
    "diff": questions.diff,
    "explain": explaining.explain,
    "prices": _prices,
    "stability": _stability,
}
