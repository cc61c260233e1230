"""The firm that several ways begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.program import Program


@pytest.fixture(scope="session")
def company_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a small sample company, booked for the week of 30 November 2026, as an import workbook."""
    folder = tmp_path_factory.mktemp("sample")
    program = Program(folder, str(folder / "sample.db"))
    program.run("demo", "--inspectors", "12", "--requests", "30", "--seed", "4", "--from", "2026-11-30")
    program.run("export", "--records", "--out", "company.xlsx")
    return folder / "company.xlsx"
