"""The solver's command line, which the desktop uses too.

    python -m scheduler solve PROBLEM --out PLAN [--time-limit S] [--gap G] [--iterations N] [--seed N] [--start PLAN]
                        [--executor E] [--progress jsonl]
    python -m scheduler check PROBLEM PLAN [--json]
    python -m scheduler rank PROBLEM PLAN REQUEST [--top N] [--repeat K]
    python -m scheduler verdict PROBLEM PLAN REQUEST --inspector I ... --slot S [--mode M]
    python -m scheduler diff PROBLEM PLAN PLAN
    python -m scheduler explain PROBLEM PLAN [REQUEST] [--top N]
    python -m scheduler prices PROBLEM PLAN [--time-limit S] [--top N] [--exact N] [--seed N]
    python -m scheduler stability PROBLEM [--prices F,F,...] [--time-limit S] [--iterations N] [--seed N]
    python -m scheduler wait

`wait` is a `solve` started before there is anything to solve: all is loaded, and one line on the input, a JSON list of
what would follow `solve`, begins it. The end of the input before that line ends it at once, with 0.

Exit status: 0 done and in order, 1 the plan checked or the place judged breaks a rule, 2 a file or an argument cannot
be used: its faults stand on the error stream, one a line. The signals to interrupt and to terminate end a solve with
its best plan, as under `--progress jsonl` the line "stop" on the input does, and the input's end; then the plan's
status is "stopped". Who is told to terminate and has no plan soon ends without, with 143.

`solving` plans, `questions` and `explaining` answer on plans without loading what plans, `weighing` answers by
planning, `inputs` reads and `output` writes.
"""

from __future__ import annotations

from scheduler.cli.command import main

__all__ = ["main"]
