"""One field of a person's form: its label, where it is entered, and what is wrong with it, under it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.services.roster.form import Entered, EntryField
from desktop.views.actions.spec import QT_TRANSLATE_NOOP
from desktop.views.widgets.word_chips import WordChips

WEEKDAYS = tuple(str(number) for number in range(7))
WEEKDAY_NAMES = (
    QT_TRANSLATE_NOOP("weekdays", "Mon"),
    QT_TRANSLATE_NOOP("weekdays", "Tue"),
    QT_TRANSLATE_NOOP("weekdays", "Wed"),
    QT_TRANSLATE_NOOP("weekdays", "Thu"),
    QT_TRANSLATE_NOOP("weekdays", "Fri"),
    QT_TRANSLATE_NOOP("weekdays", "Sat"),
    QT_TRANSLATE_NOOP("weekdays", "Sun"),
)


class EntryRow(QWidget):
    """A field of a form.

    Attributes:
        edited: its entry has changed by the user.
        left: the user has gone on: it is time to say what is wrong.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, field: EntryField, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = self._make_editor(title)
        self._fault = QLabel(self)
        self._fault.setProperty("role", "error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if field.kind != "switch":
            self._label = QLabel(f"{title} *" if field.is_required else title, self)
            self._label.setProperty("role", "muted")
            self._label.setBuddy(self.editor)
            column.addWidget(self._label)
        column.addWidget(self.editor)
        if hint:
            words = QLabel(hint, self)
            words.setProperty("role", "faint")
            words.setWordWrap(True)
            column.addWidget(words)
        column.addWidget(self._fault)
        column.addStretch(1)

    def add_below(self, widget: QWidget) -> None:
        """Show something more under the field."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def _make_editor(self, title: str) -> QWidget:
        if self.field.kind == "switch":
            box = QCheckBox(title, self)
            box.clicked.connect(self._on_chosen)
            return box
        if self.field.kind in ("names", "weekdays"):
            chips = WordChips(may_add=self.field.kind == "names", parent=self)
            if self.field.kind == "weekdays":
                chips.offer(WEEKDAYS, [QCoreApplication.translate("weekdays", name) for name in WEEKDAY_NAMES])
            chips.setAccessibleName(title)
            chips.edited.connect(self._on_chosen)
            return chips
        line = QLineEdit(self)
        line.setAccessibleName(title)
        if self.field.kind in ("number", "whole", "money"):
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.textEdited.connect(self.edited)
        line.editingFinished.connect(self.left)
        return line

    def _on_chosen(self) -> None:
        self.edited.emit()
        self.left.emit()

    # -- the entry -----------------------------------------------------------------------------------------------------

    @property
    def entry(self) -> Entered:
        """What is entered."""
        if isinstance(self.editor, QCheckBox):
            return self.editor.isChecked()
        if isinstance(self.editor, WordChips):
            words = self.editor.words
            return tuple(sorted(int(word) for word in words)) if self.field.kind == "weekdays" else words
        assert isinstance(self.editor, QLineEdit)
        return self.editor.text()

    def enter(self, entry: Entered) -> None:
        """Show an entry, as if nobody had touched the field yet."""
        if isinstance(self.editor, QCheckBox):
            self.editor.setChecked(bool(entry))
        elif isinstance(self.editor, WordChips):
            assert isinstance(entry, tuple)
            self.editor.choose(str(word) for word in entry)
        else:
            assert isinstance(self.editor, QLineEdit)
            self.editor.setText(str(entry))
            self.editor.setCursorPosition(0)
        self.show_fault("")

    def offer(self, words: tuple[str, ...]) -> None:
        """Offer words to choose from; what is chosen stays."""
        if isinstance(self.editor, WordChips):
            chosen = self.editor.words
            self.editor.offer(words)
            self.editor.choose(chosen)

    def show_masked(self, text: str) -> None:
        """Show something that cannot be changed before it is seen in full."""
        assert isinstance(self.editor, QLineEdit)
        self.editor.setText(text)
        self.editor.setReadOnly(True)
        self.editor.setEnabled(False)

    def unmask(self) -> None:
        """It can be changed from now on."""
        assert isinstance(self.editor, QLineEdit)
        self.editor.setReadOnly(False)
        self.editor.setEnabled(True)

    # -- faults --------------------------------------------------------------------------------------------------------

    @property
    def fault(self) -> str:
        """What is said to be wrong; "" where nothing is."""
        return self._fault.text()

    def show_fault(self, text: str) -> None:
        """Say what is wrong under the field; "" nothing."""
        if text == self._fault.text():
            return
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        self.editor.setProperty("fault", "true" if text else "")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def take_focus(self) -> None:
        """Put the keyboard there."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()
