"""A paper on the screen before it is printed: its pages one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

WIDTH, HEIGHT = 860, 900


class PreviewDialog(QDialog):
    """Shows pages; closed with Esc or by its frame.

    Attributes:
        pages: a label for each page.
    """

    def __init__(self, title: str, pictures: Sequence[QImage], parent: QWidget) -> None:
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
        room = parent.window().size()
        self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))
