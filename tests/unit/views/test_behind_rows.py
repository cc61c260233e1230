"""The row of a report is found again when the report has been read anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from desktop.services.reports.report import Column, Report, Table
from desktop.services.reports.scope import Scope
from desktop.views.reports.behind import same_row

COLUMNS = (Column("client", "text", "client"), Column("cause", "word"), Column("cost", "money", is_additive=True))
ROWS = [("C1", "absence", 10), ("C1", None, 20), ("C2", np.nan, 30)]


def report_of(rows: Sequence[tuple[object, ...]], name: str = "costs") -> Report:
    table = Table(name, pd.DataFrame(list(rows), columns=[column.key for column in COLUMNS]), COLUMNS)
    moment = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    return Report("cost", Scope(dt.date(2026, 11, 23), 1), moment, "", "", (), (table,))


def test_a_row_is_known_by_what_it_names() -> None:
    table = report_of(ROWS).tables[0]
    anew = report_of([("C2", None, 31), ("C0", "absence", 5), ("C1", None, 20), ("C1", "absence", 12)])
    assert [(now := same_row(anew, table, place)) and now[1] for place in range(3)] == [3, 2, 0]


def test_a_row_that_is_gone_or_no_longer_alone_is_not_found() -> None:
    table = report_of(ROWS).tables[0]
    assert same_row(report_of(ROWS[1:]), table, 0) is None
    assert same_row(report_of([ROWS[0], ROWS[0]]), table, 0) is None
    assert same_row(report_of(ROWS, "others"), table, 0) is None
    assert same_row(report_of(ROWS), replace(table, columns=COLUMNS[2:]), 0) is None
