"""The day of a visit and what comes after it.

`rows` has what the queries give out; they are:

- `reading.visit_rows(source, now, first_day, last_day)`: the announced visits of some days, one row each;
  `reading.visit_rows_of(source, now, keys)`: those of some visits by key; `reading.visit_card(source, now, request)`:
  one whole; `reading.reports_due(source, now)`: finished ones whose report is not released, the most urgent first.
- `life.visit_life(source, request)`: every event of a request's visit in order.
- `actions.open_actions(source, now, overdue_only=..., request=...)`, `actions.propose_actions(source, now, request)`.
- `follow_ups.propose_follow_ups(source, now, request)`: none, one or two; nothing is written.
- `files.read_file(path, bounds)` before a file is attached, `files.file_bounds(source)`,
  `files.file_data(source, key)`, `files.save_file(source, key, path)`.
- `record.supplier_record(source, now, factory)`, `record.rotation_counts(source, now, factory=..., inspector=...)`.

`now` is aware. Everything is changed by the commands of `services.commands.inspection` and by `RecordArrival`. They
touch the tables visit, visit_result, defect, attachment, corrective_action, request, follow_up and progress_report.
"""
