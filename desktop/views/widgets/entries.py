"""What one enters a value in: a line, a day with its calendar, one of several words, many words, a long text.

All speak alike: `raw` gives what stands there, `show_value` puts a value in without telling anybody,
`edited` tells that the user has changed it, `left` that he has gone on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QDate, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.requests.form import text_of
from desktop.views.look import Look
from desktop.views.widgets.word_chips import WordChips

NOTE_HEIGHT = 56
SEPARATOR = "   "


class LineEntry(QLineEdit):
    """One line of text."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self.left)

    def raw(self) -> str:
        """The text."""
        return self.text()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 -- any value of the field
        """Put a value in."""
        self.setText(text_of(self._field, value))
        self.setCursorPosition(0)


class CalendarSheet(QFrame):
    """A calendar under a field. `chosen` carries a date."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "float")
        self.calendar = QCalendarWidget(self)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(False)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.calendar)

    def open_at(self, corner: QPoint, day: dt.date) -> None:
        """Open with a day chosen."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(corner)
        self.show()
        self.calendar.setFocus()

    def _choose(self, date: QDate) -> None:
        self.hide()
        self.chosen.emit(dt.date(date.year(), date.month(), date.day()))


class DayEntry(LineEntry):
    """A day, typed in any way that can be read in one way only, or chosen from a calendar (arrow down)."""

    def __init__(self, field: str, look: Look, today: dt.date, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._look = look
        self._today = today
        self._sheet: CalendarSheet | None = None
        self._icon = self.addAction(look.icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        self._icon.setToolTip(self.tr("Choose from a calendar"))
        self._icon.triggered.connect(self.open_calendar)
        look.changed.connect(self._paint)

    def open_calendar(self) -> CalendarSheet:
        """Open the calendar at the day that stands there."""
        if self._sheet is None:
            self._sheet = CalendarSheet(self)
            self._sheet.chosen.connect(self._on_chosen)
        self._sheet.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)), self._day_shown())
        return self._sheet

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down opens the calendar."""
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _day_shown(self) -> dt.date:
        words = self.text().split()
        try:
            return dt.datetime.strptime(" ".join(words[1:]), "%d %b %Y").replace(tzinfo=dt.UTC).date()
        except ValueError:
            return self._today

    def _on_chosen(self, day: dt.date) -> None:
        self.show_value(day)
        self.edited.emit()
        self.setFocus()
        self.left.emit()

    def _paint(self) -> None:
        self._icon.setIcon(self._look.icon("calendar"))


class SearchEntry(LineEntry):
    """A record by its code; words of its names are enough to find it.

    Attributes:
        searched: the text (str) that somebody looks for.
        popup: the list of what was found.
    """

    searched = Signal(object)

    def __init__(self, field: str, parent: QWidget) -> None:
        super().__init__(field, parent)
        self._lines = QStringListModel(self)
        completer = QCompleter(self._lines, self)
        self.popup = QListView()
        completer.setPopup(self.popup)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        completer.activated.connect(self.take)
        self._completer = completer
        completer.setWidget(self)
        self.textEdited.connect(self._on_typed)

    @property
    def is_open(self) -> bool:
        """Whether the list is open."""
        return self.popup.isVisible()

    def offered(self) -> list[str]:
        """The lines of the list."""
        return self._lines.stringList()

    def offer(self, found: Sequence[tuple[str, str]]) -> None:
        """Offer records: code and what tells them apart."""
        self._lines.setStringList([f"{code}{SEPARATOR}{said}" for code, said in found])
        if found and self.hasFocus():
            self._completer.complete()
            self.popup.setCurrentIndex(self._lines.index(0, 0))
        else:
            self.popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down offers what there is; Enter and Tab take the one that is marked."""
        popup = self.popup
        if popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.take(str(popup.currentIndex().data() or ""))
            popup.hide()
            if event.key() != Qt.Key.Key_Tab:
                return
        if event.key() == Qt.Key.Key_Down and not popup.isVisible():
            self.searched.emit(self.text())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No list without a field."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.popup.hide()
        super().focusOutEvent(event)

    def _on_typed(self, text: str) -> None:
        self.searched.emit(text)

    def take(self, line: str) -> None:
        """Use a line of the list."""
        code = line.split(SEPARATOR, maxsplit=1)[0]
        if code:
            self.setText(code)
            self.edited.emit()
            self.left.emit()


class ChoiceEntry(QComboBox):
    """One of some words; others can be typed where `may_add`."""

    edited = Signal()
    left = Signal()

    def __init__(self, *, may_add: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(may_add)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.activated.connect(self._on_activated)
        line = self.lineEdit()
        if line is not None:
            line.textEdited.connect(self.edited)
            line.editingFinished.connect(self.left)

    def offer(self, words: Iterable[str], texts: Sequence[str] = ()) -> None:
        """Show these words; `texts` are what they are called, where that differs."""
        chosen = self.raw()
        self.clear()
        for number, word in enumerate(words):
            self.addItem(texts[number] if texts else word, word)
        self.show_value(chosen)

    def raw(self) -> str:
        """The word."""
        if self.isEditable():
            return self.currentText()
        return str(self.currentData() or "")

    def show_value(self, value: Any) -> None:  # noqa: ANN401 -- a word, a number or None
        """Put a word in; one that is not offered is added."""
        word = "" if value is None else str(value)
        place = self.findData(word)
        if place < 0 and word:
            self.addItem(word, word)
            place = self.findData(word)
        self.setCurrentIndex(place)
        if self.isEditable():
            self.setEditText(word)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form, not the value."""
        event.ignore()

    def _on_activated(self, _number: int) -> None:
        self.edited.emit()
        self.left.emit()


class WordsEntry(WordChips):
    """Several words."""

    left = Signal()

    def __init__(self, *, may_add: bool, parent: QWidget) -> None:
        super().__init__(may_add=may_add, parent=parent)
        self.edited.connect(self.left)

    def raw(self) -> tuple[str, ...]:
        """The words that are chosen."""
        return self.words

    def show_value(self, value: Any) -> None:  # noqa: ANN401 -- a tuple of words or None
        """Choose words."""
        self.choose(value or ())


class NoteEntry(QPlainTextEdit):
    """A text of some lines. Tab goes on to the next field."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(NOTE_HEIGHT)
        self._quiet = False
        self.textChanged.connect(self._on_change)

    def raw(self) -> str:
        """The text."""
        return self.toPlainText()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 -- text or None
        """Put a text in."""
        self._quiet = True
        self.setPlainText(value or "")
        self._quiet = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """He has gone on."""
        super().focusOutEvent(event)
        self.left.emit()

    def _on_change(self) -> None:
        if not self._quiet:
            self.edited.emit()


Entry = LineEntry | ChoiceEntry | WordsEntry | NoteEntry
