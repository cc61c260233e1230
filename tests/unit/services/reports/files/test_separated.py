"""Reports as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from desktop.errors import BadInputError
from desktop.services.reports.files.separated import csv_cells, write_csv
from desktop.services.reports.report import Column, Table
from tests.helpers import reports_made as made


def rows_of(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_nothing_has_no_sign() -> None:
    assert csv_cells([-0.0, -0.004, -1.5], "money") == ["0.00", "0.00", "-1.50"]
    assert csv_cells([-0.0, -1e-9, -0.25], "hours") == ["0", "0", "-0.25"]


def test_figures_are_plain_and_text_is_no_formula(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "region": ["=1+1", '广东省, "x"', None],
            "week": made.mondays(3),
            "cost": [123456, None, -5],
            "margin_share": [0.123456789, 1.0, float("nan")],
            "visits": [1.0, 2.0, None],
            "man_days": [0.5, 2.0, 1.25],
        }
    )
    columns = (
        Column("region", "text"), Column("week", "week"), Column("cost", "money"), Column("margin_share", "share"),
        Column("visits", "count"), Column("man_days", "man_days"),
    )  # fmt: skip
    (path,) = write_csv(made.made_report(Table("bars", frame, columns)), tmp_path / "one.csv")
    assert rows_of(path) == [
        ["Region", "Week", "Cost, USD", *rows_of(path)[0][3:]],
        ["'=1+1", "2026-09-21", "1234.56", "0.123457", "1", "0.5"],
        ['广东省, "x"', "2026-09-28", "", "1", "2", "2"],
        ["", "2026-10-05", "-0.05", "", "", "1.25"],
    ]


def test_a_folder_gets_a_file_a_table_and_one_file_has_them_below_each_other(tmp_path: Path) -> None:
    report = made.made_report()
    files = write_csv(report, tmp_path / "new" / "folder")
    assert {file.name for file in files} == {f"made-{table.name}.csv" for table in report.tables}
    (one,) = write_csv(report, tmp_path / "all.csv")
    rows = rows_of(one)
    titles = [place for place, row in enumerate(rows) if place == 0 or not rows[place - 1]]
    assert len(titles) == len(report.tables)
    assert rows[titles[1] + 1 :][: len(report.tables[1].frame) + 1] == rows_of(files[1])
    (alone,) = write_csv(report, tmp_path / "pairs.csv", table="pairs")
    assert rows_of(alone) == rows_of(next(file for file in files if "pairs" in file.name))


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    report = made.made_report()
    with pytest.raises(BadInputError, match="no table none"):
        write_csv(report, tmp_path / "x.csv", table="none")
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInputError, match="cannot be made"):
        write_csv(report, tmp_path / "file")
