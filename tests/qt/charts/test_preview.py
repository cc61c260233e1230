"""Pages before they are printed."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.paper.preview import PreviewDialog


def test_a_printer_is_asked_for_and_said(qtbot: QtBot) -> None:
    page = QWidget()
    pictures = [QImage(30, 40, QImage.Format.Format_RGB32) for _ in range(2)]
    preview = PreviewDialog("Cost", pictures, page, is_printed_from=True)
    preview.open()
    assert len(preview.pages) == 2
    chosen: list[object] = []
    preview.printer_chosen.connect(chosen.append)
    preview.print_button.click()
    dialog = preview.findChild(QPrintDialog)
    assert dialog is not None
    dialog.accept()
    assert [type(one) for one in chosen] == [QPrinter]
    preview.close()
    assert not PreviewDialog("Sheet", pictures, page).print_button.isVisibleTo(page)
    page.deleteLater()
