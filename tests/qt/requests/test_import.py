"""A file is checked, told of, stored as one step, and taken back; what cannot be stored is written out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.app import Office
from desktop.services.exchange import check_file
from desktop.services.requests.cards import read_choices
from desktop.store.engine import Store
from desktop.views.requests.page import RequestsPage
from tests.helpers.windows import button, click, press, settle, work

HEADER = "Code,Client,Factory,Service,Skill,Level,Man-days,Earliest,Latest"


@pytest.fixture
def file(tmp_path: Path, company_store: Store) -> Path:
    """Three rows: one new, one new with a level that there is not, one with a client that there is not."""
    choices = read_choices(company_store)
    client, factory = next(iter(choices.clients)), next(iter(choices.factories))
    rows = (
        f"Z1,{client},{factory},PSI,garment,1,1,2026-11-30,2026-12-04",
        f"Z2,{client},{factory},PSI,garment,9,1,2026-11-30,2026-12-04",
        f"Z3,NOBODY,{factory},PSI,garment,1,1,2026-11-30,2026-12-04",
    )
    path = tmp_path / "bookings.csv"
    path.write_text("\n".join((HEADER, *rows)), "utf-8")
    return path


def finish(page: RequestsPage, office: Office, seconds: float = 60) -> None:
    """Wait until the file is read and tried out, or refused."""
    until = time.monotonic() + seconds
    settle(office)
    while page.importing.run.is_busy:
        assert time.monotonic() < until, "the import still works"
        work(0.01)
    settle(office)


def stored(page: RequestsPage, code: str) -> bool:
    return page.list.loader.index.row_of(code) is not None


def dialog_of(page: RequestsPage) -> QFileDialog:
    found = [part for part in page.importing.findChildren(QFileDialog) if part.isVisible()]
    assert found, "no chooser of files is open"
    return found[-1]


def choose(page: RequestsPage, path: Path) -> None:
    dialog = dialog_of(page)
    dialog.selectFile(str(path))
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_a_file_with_faults_is_told_of_and_the_rest_is_imported(
    page: RequestsPage, office: Office, file: Path, tmp_path: Path, company_store: Store
) -> None:
    click(page.toolbar.import_button)
    choose(page, file)
    finish(page, office)
    report = page.importing
    assert report.isVisible()
    assert report.heading.text() == "Import bookings.csv"
    check = report.check_step
    assert {name: chip.text().split()[0] for name, chip in check.chips.items()} == {"wrong": "2", "new": "1"}
    faults = {
        (check.rows.index(n, 1).data(), check.rows.index(n, 2).data()): check.rows.index(n, 3).data()
        for n in range(check.rows.rowCount())
    }
    assert faults == {("3", "Level"): "9", ("4", "Client"): "NOBODY"}
    assert not stored(page, "Z1"), "nothing is stored before one says so"

    click(report.faults_button)
    choose(page, tmp_path / "faults.xlsx")
    settle(office)
    assert check_file_of(company_store, tmp_path / "faults.xlsx") == 2

    click(report.import_button)
    settle(office)
    assert stored(page, "Z1")
    assert not stored(page, "Z2")
    assert report.faults_button.isVisible(), "the faults can still be saved"
    click(button(office.window, "Undo"))
    settle(office)
    assert not stored(page, "Z1")
    click(report.import_button)
    assert not report.isVisible()


def check_file_of(store: Store, path: Path) -> int:
    with store.session() as session:
        return check_file(session, path).bad


def test_a_file_is_dropped_on_the_page(page: RequestsPage, office: Office, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    entering = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, dropping)
    finish(page, office)
    assert page.importing.isVisible()
    assert page.importing.check_step.rows.rowCount() == 2
    press("Ctrl+Return", page.importing.check_step.table)
    settle(office)
    assert stored(page, "Z1")


def test_other_files_cannot_be_dropped(page: RequestsPage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.png"))])
    entering = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    entering.ignore()
    QApplication.sendEvent(page, entering)
    assert not entering.isAccepted()


def test_a_file_that_cannot_be_read_says_so_with_a_way_on(page: RequestsPage, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Weather,Mood\nrain,good\n", "utf-8")
    page.check_file(str(path))
    finish(page, office)
    assert "odd.csv" in page.importing.message.text
    click(button(page.importing, "Choose another file"))
    assert dialog_of(page).isVisible()
    dialog_of(page).close()


def test_a_file_of_known_rows_has_nothing_to_import(page: RequestsPage, office: Office, file: Path) -> None:
    file.write_text("\n".join(file.read_text("utf-8").splitlines()[:2]), "utf-8")
    for _ in range(2):
        page.check_file(str(file))
        finish(page, office)
        if page.importing.import_button.isEnabled():
            click(page.importing.import_button)
            settle(office)
    assert "known already" in page.importing.check_step.explanation.text()


def test_an_empty_workbook_is_written(page: RequestsPage, office: Office, tmp_path: Path) -> None:
    office.window.context.actions.action("requests.template").trigger()
    choose(page, tmp_path / "empty.xlsx")
    settle(office)
    assert (tmp_path / "empty.xlsx").stat().st_size > 5000
