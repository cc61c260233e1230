"""Rows of a report as the window lists them: sorted, with the total below, and bars in proportion."""

from __future__ import annotations

import math

import pandas as pd
from PySide6.QtCore import Qt

from desktop.itemmodels.report_table import SHARE, TOTAL, Heading, ReportTableModel
from desktop.services.reports.report import Column, Table

COLUMNS = (Column("region", "text", "region"), Column("visits", "count", is_additive=True))
DESCENDING = Qt.SortOrder.DescendingOrder


def model(values: list[float], total: float | None = None) -> ReportTableModel:
    frame = pd.DataFrame({"region": ["b", "C", "a"][: len(values)], "visits": values})
    table = Table("t", frame, COLUMNS, total={} if total is None else {"visits": total})
    made = ReportTableModel()
    made.show_table(table, COLUMNS, [Heading("Region", "", str), Heading("Visits", "", "{:g}".format)], "All", "visits")
    return made


def column(made: ReportTableModel, number: int) -> list[str]:
    return [made.text(row, number) for row in range(made.rowCount())]


def test_the_total_stays_last_and_missing_figures_before_it() -> None:
    made = model([3.0, math.nan, 5.0], total=8.0)
    made.sort(1, DESCENDING)
    assert column(made, 0) == ["a", "b", "C", "All"]
    made.sort(1)
    assert column(made, 0) == ["b", "a", "C", "All"]
    made.sort(0)
    assert column(made, 0) == ["a", "b", "C", "All"]
    made.sort(-1)
    assert column(made, 0) == ["b", "C", "a", "All"]
    assert made.index(3, 1).data(TOTAL)
    assert made.index(3, 1).data() == "8"
    assert made.place(3) is None


def test_the_row_of_the_report_is_known_after_sorting() -> None:
    made = model([3.0, 9.0, 5.0])
    made.sort(1, DESCENDING)
    assert [made.place(row) for row in range(3)] == [1, 2, 0]
    assert made.row_of(0) == 2


def test_one_row_needs_no_total() -> None:
    assert model([3.0], total=3.0).rowCount() == 1


def test_bars_are_in_proportion_to_the_largest() -> None:
    made = model([3.0, 12.0, 0.0], total=15.0)
    assert [made.index(row, 1).data(SHARE) for row in range(4)] == [0.25, 1.0, 0.0, None]
    assert made.index(0, 0).data(SHARE) is None
