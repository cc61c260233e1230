"""What can be done on every page and has a window or panel of its own: palette, settings, history, keys, about, log."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMainWindow

from desktop.logs import log_folder
from desktop.views.context import PageContext
from desktop.views.look import ThemeChoice
from desktop.views.menus import Menus
from desktop.views.palette.palette import Palette
from desktop.views.widgets.keys_through import KeysThrough

THEMES: tuple[ThemeChoice, ...] = ("light", "dark", "system")


class Tools(QObject):
    """The tools of one window, each made when it is first wanted."""

    def __init__(self, context: PageContext, menus: Menus, window: QMainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._menus = menus
        self._window = window
        self.palette = Palette(context, window)
        actions = context.actions
        self._keys = KeysThrough([keys.toString() for keys in actions.action("tools.palette").shortcuts()], window)
        actions.on("tools.palette", self._open_palette)
        actions.on("view.light", self._choose_light)
        actions.on("view.dark", self._choose_dark)
        actions.on("view.system", self._choose_system)
        actions.on("help.log", self._show_log)
        self._show_theme()

    def update_words(self) -> None:
        """Say everything in the language in force."""
        self.palette.update_words()

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Use a theme from now on, in later runs too."""
        self._context.look.choose(choice)
        self._context.preferences.put("theme", choice)
        self._show_theme()

    def _choose_light(self) -> None:
        self.choose_theme("light")

    def _choose_dark(self) -> None:
        self.choose_theme("dark")

    def _choose_system(self) -> None:
        self.choose_theme("system")

    def _show_theme(self) -> None:
        for choice in THEMES:
            self._context.actions.show_state(f"view.{choice}", self._context.look.choice == choice)

    def _open_palette(self) -> None:
        self.palette.open(self._menus.titles)

    def _show_log(self) -> None:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
