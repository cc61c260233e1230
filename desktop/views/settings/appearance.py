"""How the window looks and which language it speaks: kept for this user on this machine."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QFrame, QLabel, QWidget

from desktop.views.look import Look, ThemeChoice
from desktop.views.translations import Languages, language_name, languages


class Appearance(QFrame):
    """Theme and language.

    Attributes:
        theme_chosen: a ThemeChoice.
    """

    theme_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = QComboBox(self)
        for choice, text in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(text, choice)
        self.theme.setCurrentIndex(self.theme.findData(look.choice))
        self.theme.activated.connect(self._on_theme)
        self.language = QComboBox(self)
        for code in languages():
            self.language.addItem(language_name(code), code)
        found = QApplication.instance().findChild(Languages)  # type: ignore[union-attr]
        self._languages = found if isinstance(found, Languages) else None
        self.language.setEnabled(self._languages is not None and self.language.count() > 1)
        if self._languages is not None:
            self.language.setCurrentIndex(self.language.findData(self._languages.code))
        self.language.activated.connect(self._on_language)
        form = QFormLayout(self)
        form.setContentsMargins(0, 8, 0, 8)
        form.setSpacing(8)
        form.setHorizontalSpacing(24)
        for text, field in ((self.tr("Theme"), self.theme), (self.tr("Language"), self.language)):
            field.setFixedWidth(220)
            field.setAccessibleName(text)
            label = QLabel(text, self)
            label.setBuddy(field)
            form.addRow(label, field)

    def matches(self, text: str) -> bool:
        """Whether a search means these."""
        told = " ".join((self.tr("Appearance"), self.tr("Theme"), self.tr("Language"), self.tr("Dark"))).casefold()
        return all(word in told for word in text.casefold().split())

    def _on_theme(self, _index: int) -> None:
        self.theme_chosen.emit(cast("ThemeChoice", self.theme.currentData()))

    def _on_language(self, _index: int) -> None:
        if self._languages is not None:
            self._languages.choose(str(self.language.currentData()))
