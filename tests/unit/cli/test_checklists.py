"""Checklists and work sheets on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.store.engine import Store
from tests.helpers.company import found_company


@pytest.mark.usefixtures("qapp")
def test_a_list_is_imported_shown_and_printed(
    sqlite_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found_company(sqlite_store)
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    file = tmp_path / "list.csv"
    file.write_text("Section,Check,Tiếng Việt,Replaces\nFunction,Zip,Dây kéo,garment.closures\n", "utf-8")

    def say(*arguments: str | Path, code: int = 0) -> str:
        assert main([str(word) for word in arguments]) == code
        told = capsys.readouterr()
        return told.out + told.err

    assert "no checklist of its own: house protocol 1 holds" in say("checklist", "revisions", "C1")
    assert "revision 1" in say("checklist", "import", file, "--client", "C1", "--group", "garment")
    assert "Nothing had to be changed" in say("checklist", "import", file, "--client", "C1", "--group", "garment")
    assert "in force" in say("checklist", "revisions", "C1")
    shown = say("checklist", "show", "R1", "--language", "vi")
    assert "Dây kéo" in shown
    assert "danh mục của khách, bản 1 (garment)" in shown
    assert "khuy bấm, nút" not in shown
    out = tmp_path / "sheet.pdf"
    assert f"Wrote {out}, 4 pages." in say("worksheet", "R1", "--language", "vi", "--out", out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert "There are en, zh, vi" in say("worksheet", "R1", "--language", "de", "--out", out, code=2)
    assert "41 items" in say("checklist", "template", tmp_path / "list.xlsx", "--group", "garment")
    assert "There are garment" in say("checklist", "import", file, "--client", "C1", "--group", "gold", code=2)
    assert "Empty checklist of C1 for garment, revision 2" in say("checklist", "withdraw", "C1", "--group", "garment")
    assert "khuy bấm, nút" in say("checklist", "show", "R1", "--language", "vi"), "the house's own is back"
    file.write_text("Check,Defect class\nZip,awful\n", "utf-8")
    refused = say("checklist", "import", file, "--client", "C1", code=2)
    assert 'list.csv row 2: Defect class "awful"' in refused
    assert refused.count("awful") == 1
