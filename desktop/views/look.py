"""How everything looks at the moment: the theme in force, told to those who paint themselves, and its icons."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from desktop.views.icons import make_icon
from desktop.views.stylesheet import stylesheet
from desktop.views.theme import DARK, LIGHT, Theme, font, load_fonts

ThemeChoice = Literal["system", "light", "dark"]
BODY_PIXELS = 12


class Look(QObject):
    """The theme of one running program.

    Attributes:
        theme: the tokens in force.
        changed: emitted after the theme has changed; what paints itself repaints then.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice: ThemeChoice = choice
        self._icons: dict[tuple[str, str, str], QIcon] = {}
        load_fonts()
        application.setStyle("Fusion")
        application.setFont(font(BODY_PIXELS))
        self.theme = self._wanted()
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_change)

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose; "system" follows the desktop."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Use a theme from now on."""
        self._choice = choice
        self._update()

    def icon(self, name: str, token: str = "muted") -> QIcon:
        """An icon of the Material Design set in a colour of the theme; ask again after `changed`.

        Args:
            name: as in the set: "lightning-bolt".
            token: a colour of Theme; shown disabled in "faint".
        """
        key = (self.theme.name, name, token)
        found = self._icons.get(key)
        if found is None:
            found = self._icons[key] = make_icon(name, getattr(self.theme, token), self.theme.line_strong)
        return found

    def _wanted(self) -> Theme:
        if self._choice == "system":
            return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _on_system_change(self, _scheme: Qt.ColorScheme) -> None:
        self._update()

    def _update(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._application.setPalette(palette(self.theme))
        self._application.setStyleSheet(stylesheet(self.theme))


def palette(theme: Theme) -> QPalette:
    """The theme for those parts that Qt's own style paints."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, token in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.raised),
        (roles.Text, theme.text),
        (roles.PlaceholderText, theme.faint),
        (roles.Button, theme.surface),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.bad),
        (roles.Highlight, theme.accent_background),
        (roles.HighlightedText, theme.text),
        (roles.ToolTipBase, theme.surface),
        (roles.ToolTipText, theme.text),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.Light, theme.surface),
        (roles.Midlight, theme.raised),
        (roles.Mid, theme.line),
        (roles.Dark, theme.line_strong),
        (roles.Shadow, theme.line_strong),
        (roles.Accent, theme.accent),
    ):
        made.setColor(role, QColor(token))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made
