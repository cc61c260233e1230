"""A client's page on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.clock import FixedClock
from desktop.store.engine import Store
from tests.helpers.client_firm import NOW, found_firm, mark


def test_a_page_is_written_for_the_days_and_in_the_language_asked_for(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found_firm(sqlite_store, 5, clients=2)
    monkeypatch.setenv("DUPRO_DATABASE", str(sqlite_store.path))
    monkeypatch.setattr("desktop.cli.workplace.SystemClock", lambda: FixedClock(NOW))
    client, out = f"{mark(1)}C", tmp_path / "page.html"

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["client-page", client, "--out", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    code, said = run(str(out), "--quarter", "2026-Q4", "--language", "vi", "--photos")
    assert code == 0
    assert "Thu 1 Oct 2026 to Thu 31 Dec 2026" in said
    assert "0 photos" in said  # those of this firm are none that can be read
    assert 'lang="vi"' in out.read_text(encoding="utf-8")
    code, said = run(str(out), "--from", "2026-10-01")
    assert (code, 'lang="en"' in out.read_text(encoding="utf-8")) == (0, True)
    assert "Thu 1 Oct 2026 to Mon 21 Dec 2026" in said
    for arguments, told in (
        ((str(out), "--quarter", "2026-Q4", "--from", "2026-10-01"), "A quarter has its own first and last day."),
        ((str(out), "--language", "de"), "There are en, zh, vi."),
        ((str(tmp_path / "page.doc"),), "ends in .html or .pdf"),
    ):
        code, said = run(*arguments)
        assert code == 2
        assert told in said
