"""Repairing what is in force after something broke it: at least change, at least cost, to be accepted whole or in part.

How a caller goes about it:

- `hits(source, now)` (`hits.py`): which announced visits cannot be as announced, and why. One read, in the worker.
- `prepare_repair(source, now, settings)` (`proposing.py`): reads the records, in the worker; gives a `PreparedRepair`.
- `run_repair(prepared, started_at, on_progress, stop, ...)`: solves in the solver's process and compares; needs no
  database, so any thread may wait for it. Gives a `Repair`: its `proposal` (with the review), `hits`, `calls`, `tally`.
- `PartialReview(repair)` (`partial.py`): `groups`, `group_of(request)`, `sum(ticked)`, `calls(ticked)`; no database.
- `check_repair(source, repair)`: whether it still holds; `edited` names requests changed by hand since.
- `accept_part(desk, repair, ticked)`: keeps a draft with only these groups, as one step; `PublishVisits(code,
  accepted.requests)` announces just what changed.
"""
