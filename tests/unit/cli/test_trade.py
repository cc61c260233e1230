"""Man-days, samples and quotes on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.store.engine import Store
from tests.helpers.company import found_company


@pytest.fixture
def store(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    found_company(sqlite_store)
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    return sqlite_store


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(list(arguments)) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_a_sample_needs_no_database(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUPRO_DATABASE", "nowhere.db")
    told = said(capsys, "sampling", "--lot", "4300", "--level", "II", "--aql", "2.5")
    assert "Letter L: draw 200 of 4,300." in told
    assert "Accept with up to 10 defective, reject with 11 or more." in told
    assert "(arrow down to E)" in said(capsys, "sampling", "--lot", "60", "--level", "I", "--aql", "1")
    plan = json.loads(said(capsys, "sampling", "--lot", "10", "--aql", "6.5", "--json"))
    assert (plan["size"], plan["accept"], plan["is_whole"]) == (2, 0, False)
    assert "There is no AQL 3" in said(capsys, "sampling", "--lot", "10", "--aql", "3", code=2)


def test_man_days_with_why(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    del store
    told = said(capsys, "man-days", "R2")
    assert "Lot: 2,000 pieces, the whole order O2." in told
    assert "125 pieces drawn, 125 of garment fit in a day" in told
    found = json.loads(said(capsys, "man-days", "R2", "--json"))
    assert (found["man_days"], found["finished"]["major"]["reject"]) == (1.0, 8)


def test_a_quote_as_text_json_and_paper(store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    del store
    said(capsys, "rate", "290", "--client", "C2")
    assert "What EUR is worth" in said(capsys, "quote", "R2", "--currency", "EUR", code=2)
    said(capsys, "exchange-rate", "EUR", "2020-01-01", "0.9")
    told = said(capsys, "quote", "R2", "--currency", "EUR", "--pdf", str(tmp_path / "q.pdf"))
    client, inside = told.split("Not on the quote:")
    assert "1 man-day at EUR 261.00" in client
    assert "1 USD = 0.9 EUR, rate of Wed 1 Jan 2020." in client
    assert "Rate of C2." in inside
    assert (tmp_path / "q.pdf").read_bytes().startswith(b"%PDF")
    found = json.loads(said(capsys, "quote", "R2", "--json"))
    assert found["total_cents"] == sum(line["cents"] for line in found["lines"])
