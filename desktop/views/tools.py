"""What can be done on every page and has a window or panel of its own: palette, settings, history, keys, about, log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QMainWindow

from desktop.logs import log_folder
from desktop.views.context import PageContext
from desktop.views.look import ThemeChoice
from desktop.views.menus import Menus
from desktop.views.palette.palette import Palette
from desktop.views.widgets.keys_through import KeysThrough

if TYPE_CHECKING:
    from desktop.views.disruption.doing import Disruptions

THEMES: tuple[ThemeChoice, ...] = ("light", "dark", "system")


class Tools(QObject):
    """The tools of one window, each loaded and made when it is first wanted."""

    def __init__(self, context: PageContext, menus: Menus, window: QMainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._menus = menus
        self._window = window
        self.palette = Palette(context, window)
        self._dialogs: dict[str, QDialog] = {}
        self._disruptions: Disruptions | None = None
        actions = context.actions
        self._keys = KeysThrough([keys.toString() for keys in actions.action("tools.palette").shortcuts()], window)
        for action_id, slot in (
            ("tools.palette", self._open_palette),
            ("tools.settings", self.open_settings),
            ("tools.history", self.open_history),
            ("tools.calendars", self.open_calendars),
            ("dispatch.publish", self.open_publishing),
            ("dispatch.mail", self.open_mail),
            ("dispatch.repair", self._ask_repair),
            ("dispatch.ill", self._ask_ill),
            ("dispatch.not_ready", self._ask_not_ready),
            ("dispatch.overrun", self._ask_overrun),
            ("help.keys", self.open_keys),
            ("help.about", self.open_about),
            ("help.log", self._show_log),
            ("view.light", self._choose_light),
            ("view.dark", self._choose_dark),
            ("view.system", self._choose_system),
        ):
            actions.on(action_id, slot)
        self._show_theme()

    def update_words(self) -> None:
        """Say everything in the language in force: what is open closes, and speaks it when it is opened again."""
        self.palette.update_words()
        for dialog in self._dialogs.values():
            if shiboken6.isValid(dialog):
                dialog.close()

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Use a theme from now on, in later runs too."""
        self._context.look.choose(choice)
        self._context.preferences.put("theme", choice)
        self._show_theme()

    def open_settings(self) -> QDialog:
        """Show the settings."""
        return self._bring("settings", self._make_settings)

    def open_history(self) -> QDialog:
        """Show the history."""
        return self._bring("history", self._make_history)

    def open_calendars(self) -> QDialog:
        """Show the calendars."""
        return self._bring("calendars", self._make_calendars)

    def open_publishing(self) -> QDialog:
        """Ask what of the draft in hand is announced."""
        return self._bring("publishing", self._make_publishing)

    def open_mail(self) -> QDialog:
        """Show the mail settings."""
        return self._bring("mail", self._make_mail)

    def open_keys(self) -> QDialog:
        """Show all shortcuts."""
        return self._bring("keys", self._make_keys)

    def open_about(self) -> QDialog:
        """Show version and licences."""
        return self._bring("about", self._make_about)

    @property
    def disruptions(self) -> Disruptions:
        """What records that a plan breaks, and mends it; loaded when it is first wanted."""
        if self._disruptions is None:
            from desktop.views.disruption.doing import Disruptions  # noqa: PLC0415 -- a window is ready sooner without

            self._disruptions = Disruptions(self._context, self._window)
        return self._disruptions

    def _ask_repair(self) -> None:
        self.disruptions.ask_repair()

    def _ask_ill(self) -> None:
        self.disruptions.ask_ill()

    def _ask_not_ready(self) -> None:
        self.disruptions.ask_not_ready()

    def _ask_overrun(self) -> None:
        self.disruptions.ask_overrun()

    def _bring(self, name: str, make: Callable[[], QDialog]) -> QDialog:
        dialog = self._dialogs.get(name)
        if dialog is None or not shiboken6.isValid(dialog):
            dialog = self._dialogs[name] = make()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _make_settings(self) -> QDialog:
        from desktop.views.settings.dialog import SettingsDialog  # noqa: PLC0415 -- a window is ready sooner without

        dialog = SettingsDialog(self._context, self._window)
        dialog.appearance.theme_chosen.connect(self.choose_theme)
        return dialog

    def _make_history(self) -> QDialog:
        from desktop.views.history.dialog import HistoryDialog  # noqa: PLC0415 -- as above

        return HistoryDialog(self._context, self._window)

    def _make_calendars(self) -> QDialog:
        from desktop.views.calendars.dialog import CalendarsDialog  # noqa: PLC0415 -- as above

        dialog = CalendarsDialog(self._context, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _make_publishing(self) -> QDialog:
        from desktop.views.dispatch.publish_sheet import PublishSheet  # noqa: PLC0415 -- as above

        return PublishSheet(self._context, self._window)

    def _make_mail(self) -> QDialog:
        from desktop.views.dispatch.mail_sheet import MailSheet  # noqa: PLC0415 -- as above

        return MailSheet(self._context, self._window)

    def _make_keys(self) -> QDialog:
        from desktop.views.help.keys import KeysDialog  # noqa: PLC0415 -- as above

        return KeysDialog(self._context.actions, self._menus.titles, self._window)

    def _make_about(self) -> QDialog:
        from desktop.views.help.about import AboutDialog  # noqa: PLC0415 -- as above

        return AboutDialog(self._context.look, self._window)

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

    @staticmethod
    def _show_log() -> None:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
