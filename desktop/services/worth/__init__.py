"""What one more is worth to a plan, what a promise and a rule cost, and what-ifs: studies, solved for and kept.

How a caller goes about it:

- `prepare_study(source, plan, asked)` (`running.py`): reads a plan and its problem, in the worker; gives a `Subject`.
- `run_study(subject, asked, on_progress, stop)`: solves in the solver's process; needs no database, so any thread may
  wait for it. Gives a `Made`; `asked` is one of `asking.py`.
- `keep(desk, made)`, or `made.command()` for who has a runner: keeps it, one step.
- `worth_view(source, plan)` (`keeping.py`): the latest studies of a plan, and whether they still hold.
"""
