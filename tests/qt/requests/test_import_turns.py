"""An import does one thing at a time: what was begun before is given up, what is typed or being stored is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.app import Office
from desktop.services.exchange.foreign.planning import FilePlan
from desktop.services.exchange.foreign.trial import Trial
from desktop.services.requests.cards import read_choices
from desktop.store.engine import Store
from desktop.views.requests.import_panel import ImportPanel
from desktop.views.requests.page import RequestsPage
from tests.helpers.windows import bring_forward, click, press, settle, type_text, work
from tests.qt.requests.test_import import HEADER, finish, stored

Hold = Callable[[], threading.Event]


@pytest.fixture
def files(tmp_path: Path, company_store: Store) -> tuple[Path, Path]:
    """One with two rows at fault, and one without a fault."""
    choices = read_choices(company_store)
    client, factory = next(iter(choices.clients)), next(iter(choices.factories))
    row = f"{{code}},{client},{factory},PSI,garment,{{level}},1,2026-11-30,2026-12-04"
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    bad = (row.format(code="Z1", level=9), row.format(code="Z2", level=8), row.format(code="Z3", level=1))
    first.write_text("\n".join((HEADER, *bad)), "utf-8")
    second.write_text("\n".join((HEADER, row.format(code="Z9", level=1))), "utf-8")
    return first, second


@pytest.fixture
def hold(office: Office) -> Iterator[Hold]:
    """Keeps the database busy until the event that it gives is set."""
    owner, gates = QObject(), []

    def begin() -> threading.Event:
        gate = threading.Event()
        gates.append(gate)
        office.runner.work(owner, lambda _desk: gate.wait(30))
        return gate

    yield begin
    for gate in gates:
        gate.set()


@pytest.fixture
def panel(page: RequestsPage, office: Office, files: tuple[Path, Path]) -> ImportPanel:
    """The first file tried out."""
    bring_forward(office.window)
    page.check_file(str(files[0]))
    finish(page, office)
    return page.importing


def correct(panel: ImportPanel, line: int, text: str) -> None:
    table = panel.check_step.table
    table.setFocus()
    table.setCurrentIndex(panel.check_step.rows.index(line, 3))
    press("F2", table)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    type_text(text, editor)
    press("Return", editor)
    work(0)  # only then is it taken


def test_what_is_begun_anew_replaces_what_was_begun(
    panel: ImportPanel,
    page: RequestsPage,
    office: Office,
    files: tuple[Path, Path],
    hold: Callable[[], threading.Event],
) -> None:
    planned: list[FilePlan] = []
    tried: list[Trial] = []
    panel.run.planned.connect(planned.append)
    panel.run.tried.connect(tried.append)

    gate = hold()
    correct(panel, 0, "1")
    correct(panel, 1, "1")
    assert not panel.foot.import_button.isEnabled()
    gate.set()
    finish(page, office)
    assert len(tried) == 1, "the trial without the second correction was given up"
    assert panel.foot.import_button.text() == "Import 3 row(s)" or panel.foot.import_button.text().startswith(
        "Import 3"
    )

    # a plan and a trial of the first file are not taken for the second's, and giving them up does not close anything
    run = panel.run
    gate = hold()
    click(panel.steps.tabs[1])
    click(panel.steps.tabs[2])
    assert run.is_busy
    page.check_file(str(files[1]))
    gate.set()
    finish(page, office)
    assert panel.isVisible()
    assert [plan.file.name for plan in planned] == ["second.csv"]
    assert panel.report is not None
    assert panel.report.path.name == "second.csv"
    assert len(tried) == 2

    gate = hold()
    run.plan(planned[0].file)
    click(panel.foot.cancel_button)
    assert not panel.run.is_busy, "nobody waits for a plan that was given up"
    assert panel.isVisible(), "what is known of the file stays"
    gate.set()
    settle(office)
    assert len(planned) == 1


def test_what_is_half_typed_stays_when_a_trial_arrives(
    panel: ImportPanel, page: RequestsPage, office: Office, hold: Hold
) -> None:
    gate = hold()
    correct(panel, 0, "1")
    table = panel.check_step.table
    table.setCurrentIndex(panel.check_step.rows.index(1, 3))
    press("F2", table)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    type_text("2", editor)
    gate.set()
    finish(page, office)
    assert QApplication.focusWidget() is editor
    assert editor.text() == "2"
    press("Escape", editor)
    work(0)
    settle(office)
    assert panel.check_step.rows.rowCount() == 1, "the trial is shown once nobody types"

    gate = hold()
    correct(panel, 0, "1")
    click(panel.foot.cancel_button)
    assert panel.isVisible(), "cancelling a trial keeps what was corrected"
    assert panel.foot.import_button.text() == "Check the rows"
    gate.set()
    click(panel.foot.import_button)
    finish(page, office)
    assert panel.foot.import_button.text().startswith("Import 3")


def test_nothing_else_is_done_while_rows_are_stored(
    panel: ImportPanel,
    page: RequestsPage,
    office: Office,
    files: tuple[Path, Path],
    hold: Callable[[], threading.Event],
) -> None:
    gate = hold()
    click(panel.foot.import_button)
    open_to = (panel.foot.cancel_button, panel.foot.import_button, *panel.steps.tabs[:2], panel.check_step.table)
    assert not [part for part in open_to if part.isEnabled()]
    panel.store()
    gate.set()
    settle(office)
    assert stored(page, "Z3")
    assert panel.done_step.isVisible()
    assert panel.done_step.isEnabled()
    assert panel.foot.import_button.text() == "Close"

    # a file that comes while another is stored is not taken for it
    page.check_file(str(files[1]))
    finish(page, office)
    gate = hold()
    click(panel.foot.import_button)
    page.check_file(str(files[0]))
    gate.set()
    finish(page, office)
    assert stored(page, "Z9")
    assert panel.check_step.isVisible()
    assert panel.report is not None
    assert panel.report.path.name == "first.csv"


def test_a_reading_ends_with_the_window(page: RequestsPage, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(HEADER + "\n" + "Z1,C1,F1,PSI,garment,1,1,2026-11-30,2026-12-04\n" * 50_000, "utf-8")
    page.check_file(str(path))
    until = time.monotonic() + 10
    while not readings():
        assert time.monotonic() < until
        work(0.01)
    office.close()
    assert not readings()


def readings() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "foreign.child" in " ".join(child.cmdline())]
