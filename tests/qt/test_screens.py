"""The finders of what does not fit find it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.views import bar_painting
from desktop.views.bar_painting import Ink
from desktop.views.look import Look
from tests.helpers.screens import beyond_the_edge, clipped, overlapping, painted_texts, sideways

WORDS = "Thirty-two man-days are not placed"


def wrapped(parent: QWidget) -> QLabel:
    label = QLabel(f"{WORDS}. {WORDS}.", parent)
    label.setWordWrap(True)
    return label


def field(parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setPlaceholderText(WORDS)
    return made


def combo(parent: QWidget) -> QComboBox:
    made = QComboBox(parent)
    made.addItem(WORDS)
    return made


def tool(parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(WORDS)
    return made


def tabs(parent: QWidget) -> QTabBar:
    made = QTabBar(parent)
    made.addTab("Short")
    made.addTab(WORDS)
    return made


def chip(parent: QWidget) -> QLabel:
    made = QLabel(WORDS, parent)
    made.setProperty("role", "chip")
    return made


def rich(parent: QWidget) -> QLabel:
    return QLabel(f"<b>{WORDS}</b>", parent)


@pytest.mark.parametrize(
    ("make", "enough", "wanting"),
    [
        (lambda parent: QLabel(WORDS, parent), (230, 20), (120, 20)),
        (lambda parent: QLabel(WORDS, parent), (230, 20), (230, 9)),
        (chip, (230, 22), (180, 22)),
        (rich, (240, 20), (140, 20)),
        (wrapped, (230, 40), (230, 20)),
        (wrapped, (120, 100), (120, 40)),
        (lambda parent: QPushButton(WORDS, parent), (250, 28), (200, 28)),
        (lambda parent: QPushButton(WORDS, parent), (250, 28), (250, 10)),
        (lambda parent: QCheckBox(WORDS, parent), (250, 22), (180, 22)),
        (tool, (260, 32), (180, 32)),
        (field, (250, 28), (150, 28)),
        (combo, (280, 28), (180, 28)),
        (tabs, (350, 32), (230, 32)),
    ],
)
def test_a_text_is_held_against_its_room(
    look: Look,
    qtbot: QtBot,
    make: Callable[[QWidget], QWidget],
    enough: tuple[int, int],
    wanting: tuple[int, int],
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 200)
    part = make(window)
    window.show()
    part.setFixedSize(QSize(*enough))
    assert clipped(window) == []
    part.setFixedSize(QSize(*wanting))
    found = clipped(window)
    assert len(found) == 1
    assert WORDS in found[0]
    part.hide()
    assert clipped(window) == []


def test_heads_of_columns_are_held_against_their_width(look: Look, qtbot: QtBot) -> None:
    class Model(QStringListModel):
        def headerData(
            self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
        ) -> object:
            return WORDS if role == Qt.ItemDataRole.DisplayRole else None

    table = QTableView()
    qtbot.addWidget(table)
    model = Model(["one"], table)
    table.setModel(model)
    table.resize(500, 200)
    table.setColumnWidth(0, 260)
    table.show()
    assert clipped(table) == []
    table.setColumnWidth(0, 90)
    assert len(clipped(table)) == 1


def test_what_a_parent_cuts_off_or_a_neighbour_covers_is_found(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 100)
    one, other = QPushButton("One", window), QPushButton("Other", window)
    row = QHBoxLayout(window)
    row.addWidget(one)
    row.addWidget(other)
    window.show()
    one.setGeometry(10, 10, 100, 28)
    other.setGeometry(120, 10, 100, 28)
    assert beyond_the_edge(window) == overlapping(window) == []
    other.move(100, 10)
    assert len(overlapping(window)) == 1
    other.move(250, 10)
    assert len(beyond_the_edge(window)) == 1


def test_what_must_be_scrolled_sideways_is_found(look: Look, qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QLabel(WORDS)
    area.setWidget(inside)
    area.resize(300, 100)
    inside.setFixedSize(200, 300)
    area.show()
    assert sideways(area) == []
    inside.setFixedSize(400, 300)
    qtbot.waitUntil(lambda: len(sideways(area)) == 1)


def test_painted_texts_are_noted_with_what_their_letters_cover(look: Look) -> None:
    image = QImage(200, 60, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    with painted_texts() as noted:
        bar_painting.write(painter, QRectF(4, 4, 100, 14), "Đặng Thị Ế", Ink("#000000", 11))
        bar_painting.write(painter, QRectF(4, 30, 100, 6), "Đặng Thị Ế", Ink("#000000", 11))
    bar_painting.write(painter, QRectF(4, 30, 100, 6), "unseen", Ink("#000000", 11))
    painter.end()
    assert [found.fits for found in noted] == [True, False]
    assert 40 < noted[0].ink.width() < 100
