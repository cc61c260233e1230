"""A file is checked, told of, stored as one step, and taken back; what cannot be stored is written out."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from desktop.app import Office
from desktop.services.exchange import check_file
from desktop.services.requests.cards import read_choices
from desktop.store.engine import Store
from desktop.views.requests.page import RequestsPage
from tests.helpers.windows import bring_forward, button, click, press, settle, type_text, work

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

    click(report.foot.faults_button)
    choose(page, tmp_path / "faults.xlsx")
    settle(office)
    assert check_file_of(company_store, tmp_path / "faults.xlsx") == 2

    click(report.foot.import_button)
    settle(office)
    assert stored(page, "Z1")
    assert not stored(page, "Z2")
    assert report.foot.faults_button.isVisible(), "the faults can still be saved"
    click(button(office.window, "Undo"))
    settle(office)
    assert not stored(page, "Z1")
    click(report.foot.import_button)
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
        if page.importing.foot.import_button.isEnabled():
            click(page.importing.foot.import_button)
            settle(office)
    assert "known already" in page.importing.check_step.explanation.text()


def test_an_empty_workbook_is_written(page: RequestsPage, office: Office, tmp_path: Path) -> None:
    office.window.context.actions.action("requests.template").trigger()
    choose(page, tmp_path / "empty.xlsx")
    settle(office)
    assert (tmp_path / "empty.xlsx").stat().st_size > 5000


LIST = (
    "PO No.\t品名 Item\tQty\t工厂名称\tAddress\tInsp. date\tType\n"
    "HP-1\tPadded jacket\t900\t东莞市示例制衣有限公司\t广东省东莞市虎门镇示例路8号\t14/12/2026\tFinal\n"
    "HP-2\tShirt\tmany\t东莞市示例制衣有限公司\t广东省东莞市虎门镇示例路8号\t03/12/2026\tDUPRO\n"
)


def test_rows_of_another_firm_are_pasted_matched_mended_and_remembered(
    page: RequestsPage, office: Office, company_store: Store
) -> None:
    copied = QMimeData()
    copied.setText(LIST)
    QApplication.clipboard().setMimeData(copied)
    page.list.view.setFocus()
    press("Ctrl+V", page.list.view)
    finish(page, office)
    panel = page.importing
    columns = panel.columns_step
    assert columns.isVisible()
    assert "Client" in columns.lacking()
    assert not panel.foot.import_button.isEnabled()
    assert [box.currentData() for box in columns.boxes.values()] == [
        "order.code", "order.product", "order.quantity", "factory.name", "factory.address", "request.day",
        "request.service",
    ]  # fmt: skip
    client = columns.constants["client.name"]
    client.setFocus()
    type_text(next(iter(read_choices(company_store).clients)), client.lineEdit())
    press("Tab")
    columns.further.setCurrentIndex(columns.further.findData("request.note"))
    columns.further.activated.emit(columns.further.currentIndex())
    type_text("by mail", columns.constants["request.note"].lineEdit())
    columns.profile.setText("Harrow list")
    press("Ctrl+Return", columns.profile)
    finish(page, office)

    check = panel.check_step
    bring_forward(office.window)
    assert {name: chip.text().split()[0] for name, chip in check.chips.items()} == {
        "wrong": "1",
        "new": "1",
        "names": "1",
    }
    press("F2", check.table)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    type_text("600", editor)
    press("Return", editor)
    finish(page, office)
    assert "wrong" not in check.chips
    assert panel.foot.import_button.text().startswith("Import 2")
    click(panel.foot.import_button)
    settle(office)
    assert "2 orders, 2 bookings" in panel.done_step.text()
    made = [row for row in page.list.loader.index.rows if row.order in ("HP-1", "HP-2")]
    assert [row.note for row in made] == ["by mail", "by mail"]

    press("Ctrl+V", page.list.view)
    finish(page, office)
    assert check.isVisible(), "the columns are known again"
    assert "Harrow list" in check.explanation.text()
    assert {name: chip.text().split()[0] for name, chip in check.chips.items()} == {"wrong": "1", "unchanged": "1"}


def test_what_holds_no_table_says_so_and_a_long_file_is_given_up(
    page: RequestsPage, office: Office, tmp_path: Path
) -> None:
    copied = QMimeData()
    copied.setText("Good morning")
    QApplication.clipboard().setMimeData(copied)
    page.paste()
    finish(page, office)
    assert "no table" in page.importing.message.text
    path = tmp_path / "long.csv"
    path.write_text(HEADER + "\n" + "Z1,C1,F1,PSI,garment,1,1,2026-11-30,2026-12-04\n" * 30_000, "utf-8")
    page.check_file(str(path))
    assert page.importing.progress.isVisible()
    click(page.importing.foot.cancel_button)
    finish(page, office)
    assert not page.importing.isVisible()
    assert not [child for child in psutil.Process().children() if "foreign.child" in " ".join(child.cmdline())]


def test_how_a_file_is_read_can_be_changed(page: RequestsPage, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"PO No.,Qty,Factory,Insp. date\nHP-1,900,C\xf4ng ty V\xed D\xf2,2026-12-14\n")
    page.check_file(str(path))
    finish(page, office)
    panel = page.importing
    step = panel.file_step
    click(panel.steps.tabs[0])
    found = step.encoding.currentText()
    tries = (
        ("utf-8-sig", found, "not encoded in UTF-8"),
        ("cp1252", "Windows-1252", ""),
        ("cp1258", "Windows-1258", ""),
    )
    for codec, shown, message in tries:
        step.encoding.setCurrentIndex(step.encoding.findData(codec))
        step.encoding.activated.emit(step.encoding.currentIndex())
        finish(page, office)
        assert step.isVisible(), "one stays where one looks"
        assert step.encoding.currentText() == shown
        assert message in panel.message.text if message else not panel.message.text
    assert str(step.preview.index(1, 2).data()).startswith("Công ty Ví D")
