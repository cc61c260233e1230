"""What the program says when it cannot: a sentence that names the thing, an exit code, and nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.program import Program, within

MONDAY = "2026-11-30"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a small sample company."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "small.db"
    within(Program(folder, str(path)), "demo", "--inspectors", "6", "--requests", "12", "--from", MONDAY)
    return path


@pytest.fixture
def program(tmp_path: Path, small: Path) -> Program:
    """The program on a copy of that database."""
    path = tmp_path / "plans.db"
    path.write_bytes(small.read_bytes())
    return Program(tmp_path, str(path))


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    said = within(Program(tmp_path, str(tmp_path / "missing.db")), "plans", code=3).err
    assert "missing.db" in said
    assert not (tmp_path / "missing.db").exists()


def test_a_file_that_is_not_there(program: Program) -> None:
    assert "nowhere.xlsx" in within(program, "import", "nowhere.xlsx", code=2).err


def test_rows_with_faults_are_named_and_nothing_is_stored(program: Program) -> None:
    before = within(program, "history", "--json").out
    rows = ["Code,Name", "C9001,Kite & Kettle", ",Nameless", "C9002,"]
    (program.folder / "clients.csv").write_text("\n".join(rows), encoding="utf-8")
    refused = within(program, "import", "clients.csv", "--faults", "faults.xlsx", code=2)
    assert "row 3" in refused.err
    assert "row 4" in refused.err
    assert not refused.changes
    assert within(program, "history", "--json").out == before
    assert (program.folder / "faults.xlsx").stat().st_size > 0
    assert within(program, "import", "clients.csv", "--dry-run", code=2).out.count("row ") >= 2
    assert len(within(program, "import", "clients.csv", "--skip-bad").changes) == 1


def spoil_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def spoil_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content) - 4096, 8192):
        content[start : start + 2048] = b"\xa5" * 2048
    path.write_bytes(content)


def spoil_all(path: Path) -> None:
    path.write_text("These are the minutes of Tuesday's meeting. " * 500, encoding="utf-8")


def spoil_length(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


@pytest.mark.parametrize(
    ("spoil", "word"),
    [(spoil_version, "newer"), (spoil_pages, "damaged"), (spoil_all, "plans.db"), (spoil_length, "damaged")],
)
def test_a_database_that_cannot_be_used(program: Program, spoil: Callable[[Path], None], word: str) -> None:
    path = Path(program.database)
    spoil(path)
    before = path.read_bytes()
    said = within(program, "plan", "--from", MONDAY, "--time-limit", "1", code=3).err
    assert word in said
    assert "plans.db" in said
    assert path.read_bytes() == before


def test_a_database_that_somebody_else_is_writing(program: Program) -> None:
    # locks are those of processes, so this takes two
    with closing(sqlite3.connect(program.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = program.run("set", "target_hours", "24", code=3).err
        assert "plans.db" in said
        other.execute("ROLLBACK")
    assert len(within(program, "set", "target_hours", "24").changes) == 1


def test_a_full_disk(program: Program) -> None:
    """The system refuses to let a file grow, as a full disk does."""
    before = program.run("history", "--json").out
    clients = (f"C{number},Client number {number}" for number in range(10_000, 13_000))
    (program.folder / "clients.csv").write_text("\n".join(("Code,Name", *clients)), encoding="utf-8")
    refused = program.run("import", "clients.csv", code=3, largest_file=100_000)
    assert str(program.folder) in refused.err
    assert not refused.changes
    assert program.run("history", "--json").out == before
    program.run("import", "clients.csv")
    said = program.run("export", "--records", "--out", "company.xlsx", code=2, largest_file=40_000).err
    assert "company.xlsx" in said
    assert not list(program.folder.glob("*company*"))


def test_codes_that_nothing_has(program: Program) -> None:
    within(program, "plan", "--from", MONDAY, "--time-limit", "0.5")
    for arguments, named in (
        (("move", "R99999", "--to", "I0001", "--on", MONDAY), "R99999"),
        (("move", "R00001", "--to", "I9999", "--on", MONDAY), "I9999"),
        (("show", "--plan", "2026-W01-9"), "2026-W01-9"),
        (("publish", "--plan", "2026-W01-9"), "2026-W01-9"),
        (("history", "--record", "X1"), "X1"),
        (("set", "targit_hours", "24"), "target_hours"),
    ):
        said = within(program, *arguments, code=1)
        assert named in said.err
        assert not said.changes


def test_what_needs_a_plan_says_that_there_is_none(program: Program) -> None:
    for command in (("publish",), ("show",), ("check",), ("unassign", "R00001")):
        assert "dupro-desk plan" in within(program, *command, code=1).err


def test_nothing_to_undo(program: Program) -> None:
    within(program, "undo", code=1)
    within(program, "redo", code=1)


def test_a_command_line_that_cannot_be_understood(program: Program) -> None:
    assert "frobnicate" in within(program, "frobnicate", code=2).err
    assert "30.11.2026" in within(program, "plan", "--from", "30.11.2026", code=2).err
    assert "--days" in within(program, "plan", "--days", "29", code=2).err
    assert "docx" in within(program, "export", "--format", "docx", code=2).err
    assert "mysql" in within(program, "plans", "--database", "mysql://host/plans", code=3).err


def test_a_password_is_not_repeated(program: Program) -> None:
    said = within(program, "plans", "--database", "postgresql://mei:s3cret@127.0.0.1:1/plans", code=3).err
    assert "s3cret" not in said
    assert said
