"""Visits that were moved after they had been announced: how long before, what for; and visits in vain by cause."""

from __future__ import annotations

import pandas as pd

from desktop.services.reports.facts import Facts
from desktop.services.reports.making import known, summed
from desktop.services.reports.report import Chart, Column, Table

NOTICE = {"notice_1": 24.0, "notice_2": 48.0, "notice_3": 72.0, "notice_4": float("inf")}
"""Hours before the visit, up to which a change belongs to each class."""

CAUSES = ("absence", "not_ready", "overrun", "urgent", "closure", "others")
"""Told apart here; the report of cost tells of every cause."""
SERIES = tuple(f"changes_{cause}" for cause in CAUSES)
MOVED_COLUMNS = (
    Column("notice", "word"),
    Column("changes", "count", is_additive=True),
    *(Column(key, "count", is_additive=True) for key in SERIES),
)
VAIN_COLUMNS = (
    Column("cause", "word", "cause"),
    Column("visits_in_vain", "count", is_additive=True),
    Column("man_days", "man_days", is_additive=True),
    Column("charged", "money", is_additive=True),
    Column("cost", "money", is_additive=True),
)


def notice_table(changes: pd.DataFrame) -> Table:
    """Changes by how long before the visit they came, in columns by cause; `changes` as `read_changes` gives them."""
    classes = pd.cut(changes["notice_hours"], [-float("inf"), *NOTICE.values()], right=False, labels=list(NOTICE))
    causes = _causes(changes)
    rows = []
    for name in NOTICE:
        its = causes[classes == name]
        counts = its.value_counts()
        rows.append([name, len(its), *(int(counts.get(cause, 0)) for cause in CAUSES)])
    frame = pd.DataFrame(rows, columns=[column.key for column in MOVED_COLUMNS])
    total = {column.key: known(frame[column.key].sum()) for column in MOVED_COLUMNS if column.is_additive}
    return Table("moved", frame, MOVED_COLUMNS, Chart("stack", "notice", SERIES), total)


def moved_weeks_table(changes: pd.DataFrame) -> Table:
    """Changes by the week that had been announced, in columns by cause."""
    counts = pd.crosstab(changes["week"], _causes(changes)).reindex(columns=list(CAUSES), fill_value=0)
    frame = counts.set_axis(list(SERIES), axis=1).reset_index()
    frame.insert(1, "changes", frame[list(SERIES)].sum(axis=1))
    columns = (Column("week", "week", "week"), *MOVED_COLUMNS[1:])
    total = {column.key: known(frame[column.key].sum()) for column in columns if column.is_additive}
    chart = Chart("stack", "week", SERIES)
    return Table("moved_weeks", frame[[column.key for column in columns]], columns, chart, total, "changes")


def vain_table(facts: Facts) -> Table:
    """Visits that ended without an inspection, by cause, the most frequent first."""
    visits = facts.visits
    its = visits.loc[(visits["outcome"] == "aborted").to_numpy(), ["cause", "man_days", "charged", "cost"]]
    frame = summed(its, ["cause"], ["man_days", "charged", "cost"], "visits_in_vain")
    frame = frame.astype({"cause": str}).sort_values("visits_in_vain", ascending=False, kind="stable")
    frame = frame[[column.key for column in VAIN_COLUMNS]].reset_index(drop=True)
    total = {column.key: known(frame[column.key].sum()) for column in VAIN_COLUMNS if column.is_additive}
    return Table("in_vain", frame, VAIN_COLUMNS, Chart("bars", "cause", ("visits_in_vain",)), total, "visits")


def _causes(changes: pd.DataFrame) -> pd.Series:
    """The cause of each change, one of CAUSES."""
    causes = changes["change_cause"].astype(str).str.removeprefix("cause_")
    return causes.where(causes.isin(CAUSES), "others")
