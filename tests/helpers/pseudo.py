"""A language that nobody speaks: texts in marks and two fifths longer. What is shown without marks was forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QObject, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from desktop.services.words import DAYS, MONTHS

FIRST, LAST = "⟦", "⟧"
FILLING = "éoéoéoéo"
PLACES = re.compile(r"\{\w*\}|%n")
LETTERS = re.compile(r"[A-Za-z]{2,}")
# days are named by the services, in English everywhere for now
DATES = re.compile(rf"\b({'|'.join((*DAYS, *MONTHS))})\b")


class PseudoTranslator(QTranslator):
    """Marks and lengthens whatever is translated."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """A text as this language says it."""
        del context, disambiguation, n
        if not source:
            return ""
        more = (len(PLACES.sub("", source)) * 2 + 4) // 5
        return f"{FIRST}{source}{(FILLING * (more // len(FILLING) + 1))[:more]}{LAST}"

    def isEmpty(self) -> bool:
        """It is not."""
        return False


def said(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget and what is in it show or tell: whose, and the text."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root):
            continue
        for text in _texts(widget):
            if text:
                yield _name(widget), text


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QHeaderView) and isinstance(model := widget.model(), QAbstractItemModel):
        for section in range(widget.count()):
            yield str(model.headerData(section, widget.orientation(), Qt.ItemDataRole.DisplayRole) or "")
    yield widget.toolTip()
    yield widget.accessibleName()


def actions_said(root: QObject) -> Iterator[tuple[str, str]]:
    """The texts of all actions below an object."""
    for action in root.findChildren(QAction):
        for text in (action.text(), action.toolTip()):
            if text:
                yield action.objectName(), text


def forgotten(text: str, data: frozenset[str]) -> bool:
    """Whether a text has words and no mark, and is not among what the records say."""
    if FIRST in text or text in data:
        return False
    return bool(LETTERS.search(DATES.sub("", text)))


def _name(widget: QWidget) -> str:
    parents: list[str] = []
    current: QObject | None = widget
    while current is not None and len(parents) < 4:
        parents.append(current.objectName() or type(current).__name__)
        current = current.parent()
    return " < ".join(parents)
