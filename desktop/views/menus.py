"""The menu bar: mark and name at the left, the menus of the table of actions, badge and user at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QMenu, QMenuBar

from desktop.config import APP_NAME
from desktop.recent import short_name
from desktop.views.actions.spec import MENUS
from desktop.views.context import PageContext
from desktop.views.widgets.mark import Mark


class Menus(QObject):
    """The menus of one window.

    Attributes:
        bar: of Qt; on some systems it is shown at the top of the screen.
        recent_wanted: a database (str) that was open lately is to be opened.
    """

    recent_wanted = Signal(object)

    def __init__(self, context: PageContext, window: QMainWindow) -> None:
        super().__init__(window)
        self._menus: dict[str, QMenu] = {}
        self._recent = QMenu(window)
        self._look = context.look
        row = QFrame(window)
        row.setProperty("role", "menu-row")
        self.bar = QMenuBar(row)
        self._build(context)
        self._badge = QLabel(row)
        self._badge.setProperty("role", "chip-warn")
        self._badge.hide()
        self._picture = QLabel(row)
        self._lay_out(row, context.runner.actor)
        window.setMenuWidget(row)
        context.look.changed.connect(self._paint)
        self._paint()
        self.update_words()
        self.show_recent(())

    def menu(self, name: str) -> QMenu:
        """A menu by its name in MENUS."""
        return self._menus[name]

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the menus by name."""
        return {name: menu.title() for name, menu in self._menus.items()}

    @property
    def recent(self) -> QMenu:
        """The databases that were open lately."""
        return self._recent

    def show_recent(self, databases: Sequence[str]) -> None:
        """Offer databases that were open lately."""
        self._recent.clear()
        for database in databases:
            action = self._recent.addAction(short_name(database))
            action.setToolTip(database)
            action.triggered.connect(partial(self.recent_wanted.emit, database))
        self._recent.setEnabled(bool(databases))

    def show_sample(self, is_sample: bool) -> None:
        """Say that the records are invented."""
        self._badge.setVisible(is_sample)

    def update_words(self) -> None:
        """Say everything in the language in force."""
        names = {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "requests": self.tr("&Requests"),
            "board": self.tr("&Board"),
            "dispatch": self.tr("&Dispatch"),
            "roster": self.tr("Ros&ter"),
            "plan": self.tr("&Plan"),
            "reports": self.tr("Rep&orts"),
            "tools": self.tr("Too&ls"),
            "help": self.tr("&Help"),
        }
        for name, menu in self._menus.items():
            menu.setTitle(names[name])
        self._recent.setTitle(self.tr("Open lately"))
        self._badge.setText(self.tr("Sample company"))
        self._badge.setToolTip(self.tr("Everything in this database is invented."))

    def _build(self, context: PageContext) -> None:
        actions = context.actions
        for name in MENUS:
            rows = [spec for spec in actions.table if spec.menu == name]
            if not rows:
                continue
            menu = self.bar.addMenu("")
            menu.setToolTipsVisible(True)
            self._menus[name] = menu
            group = rows[0].group
            for spec in rows:
                if spec.group != group:
                    menu.addSeparator()
                    group = spec.group
                menu.addAction(actions.action(spec.id))
                if spec.id == "file.open":
                    menu.addMenu(self._recent)

    def _lay_out(self, row: QFrame, actor: str) -> None:
        name, who = QLabel(APP_NAME, row), QLabel(actor, row)
        name.setProperty("role", "strong")
        who.setProperty("role", "muted")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(12, 0, 14, 0)
        layout.setSpacing(0)
        layout.addWidget(Mark(self._look, 16, row))
        layout.addSpacing(8)
        layout.addWidget(name)
        layout.addSpacing(10)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(12)
        layout.addWidget(self._picture)
        layout.addSpacing(6)
        layout.addWidget(who)

    def _paint(self) -> None:
        self._picture.setPixmap(self._look.icon("account").pixmap(14, 14))
