"""The languages of the window: which there are, and the one in force."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

import resources
from desktop.preferences import Preferences

FOLDER = Path(resources.__file__).parent / "translations"
ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """Codes of the languages that there are texts for; English is always one."""
    return tuple(sorted({ENGLISH, *(path.stem.removeprefix("desktop_") for path in FOLDER.glob("desktop_*.qm"))}))


def language_name(code: str) -> str:
    """A language in its own words."""
    return QLocale(code).nativeLanguageName().capitalize() if code != ENGLISH else "English"


class Languages(QObject):
    """The language of one running program."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        """Use the language that the user chose last."""
        super().__init__(application)
        self._application = application
        self._preferences = preferences
        self._installed: list[QTranslator] = []
        self.setObjectName("languages")
        wanted = preferences.value("language", ENGLISH)
        self.code = ""
        self._use(wanted if wanted in languages() else ENGLISH)

    def choose(self, code: str) -> None:
        """Use a language from now on, in later runs too. Every window is told by Qt."""
        if code != self.code:
            self._preferences.put("language", code)
            self._use(code)

    def _use(self, code: str) -> None:
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed.clear()
        self.code = code
        own_of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{code}", own_of_qt), (f"desktop_{code}", str(FOLDER))):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._installed.append(translator)
                self._application.installTranslator(translator)
            else:
                translator.deleteLater()
