"""A paper on the screen before it is printed: its pages one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

WIDTH, HEIGHT = 860, 900


class PreviewDialog(QDialog):
    """Shows pages; closed with Esc or by its frame.

    Attributes:
        pages: a label for each page.
        print_button: asks for a printer; hidden where nobody prints from here.
        printer_chosen: a QPrinter on which the pages are wanted.
    """

    printer_chosen = Signal(object)

    def __init__(
        self, title: str, pictures: Sequence[QImage], parent: QWidget, *, is_printed_from: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        area = QScrollArea(self)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sheet = QWidget(area)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        self.pages: list[QLabel] = []
        ratio = self.devicePixelRatioF()
        for number, picture in enumerate(pictures, 1):
            picture.setDevicePixelRatio(ratio)
            page = QLabel(sheet)
            page.setPixmap(QPixmap.fromImage(picture))
            page.setAccessibleName(self.tr("Page {number}").format(number=number))
            column.addWidget(page)
            self.pages.append(page)
        area.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.print_button = QPushButton(self.tr("Print…"), self)
        self.print_button.setVisible(is_printed_from)
        self.print_button.clicked.connect(self.ask_for_printer)
        if is_printed_from:
            foot = QHBoxLayout()
            foot.setContentsMargins(16, 8, 16, 8)
            foot.addStretch(1)
            foot.addWidget(self.print_button)
            whole.addLayout(foot)
        room = parent.window().size()
        self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))

    def ask_for_printer(self) -> None:
        """Ask which printer, then say so by `printer_chosen`."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - only who prints loads it

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._say_chosen, printer))
        QDialog.open(dialog)

    def _say_chosen(self, printer: QPrinter, _same: object = None) -> None:
        self.printer_chosen.emit(printer)
