"""What figures mean: a sheet beside the figure, and a dialog of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.services.reports.vocabulary import Language, words
from desktop.views.reports.wording import figure, figure_means, word

WIDTH, MOST_HEIGHT = 420, 460
ALL_SIZE = (620, 640)


def _lines(keys: Sequence[str], language: Language, parent: QWidget) -> list[tuple[str, QLabel, QLabel]]:
    made = []
    for key in keys:
        head, body = QLabel(figure(key, language), parent), QLabel(figure_means(key, language), parent)
        head.setProperty("role", "strong")
        for label in (head, body):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.append((f"{head.text()} {body.text()}", head, body))
    return made


class MeansSheet(QFrame):
    """Opens beside what was asked for and goes by a click elsewhere.

    Attributes:
        all_wanted: the meaning of every figure is asked for.
    """

    all_wanted = Signal()

    def __init__(self, keys: Sequence[str], language: Language, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "float")
        self.setAccessibleName(self.tr("What the figures mean"))
        self.setFixedWidth(WIDTH)
        inside = QWidget()
        self._texts = QVBoxLayout(inside)
        self._texts.setContentsMargins(0, 0, 4, 0)
        self._texts.setSpacing(2)
        known = [key for key in dict.fromkeys(keys) if figure_means(key, language)]
        for _, head, body in _lines(known, language, inside):
            self._texts.addWidget(head)
            self._texts.addWidget(body)
            self._texts.addSpacing(6)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.every = QPushButton(self.tr("All figures…"), self)
        self.every.setProperty("role", "link")
        self.every.clicked.connect(self._on_every)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 10, 10)
        column.setSpacing(6)
        column.addWidget(self._area)
        column.addWidget(self.every)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(label.text() for label in self._area.findChildren(QLabel))

    def popup(self, corner: QPoint) -> None:
        """Open with the left upper corner at a point of the screen, moved where it would leave it."""
        self.ensurePolished()
        height = self._texts.totalHeightForWidth(WIDTH - 40)
        self._area.setFixedHeight(min(max(height, 30), MOST_HEIGHT))
        self.adjustSize()
        screen = (QApplication.screenAt(corner) or self.screen()).availableGeometry()
        x = min(corner.x(), screen.right() - self.width())
        y = min(corner.y(), screen.bottom() - self.height())
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()
        self.every.setFocus()

    def _on_every(self) -> None:
        self.all_wanted.emit()
        self.close()


class AllMeans(QDialog):
    """Every figure of every report, to be searched."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What the figures mean"))
        self.resize(*ALL_SIZE)
        keys = [key.split(".")[1] for key in words(language) if key.startswith("figure.") and key.endswith(".means")]
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search figures"))
        self.search.setAccessibleName(self.tr("Search figures"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        inside = QWidget()
        texts = QVBoxLayout(inside)
        texts.setContentsMargins(0, 0, 8, 0)
        texts.setSpacing(2)
        known = sorted((key for key in keys if word(f"figure.{key}", language)), key=lambda key: figure(key, language))
        self.lines = _lines(known, language, inside)
        for _, head, body in self.lines:
            head.setContentsMargins(0, 8, 0, 0)
            texts.addWidget(head)
            texts.addWidget(body)
        texts.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.addWidget(self.search)
        column.addWidget(area, 1)
        self.search.setFocus()

    def _find(self, text: str) -> None:
        wanted = text.casefold().split()
        for said, head, body in self.lines:
            is_found = all(one in said.casefold() for one in wanted)
            head.setVisible(is_found)
            body.setVisible(is_found)
