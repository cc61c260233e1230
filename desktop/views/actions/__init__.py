"""Everything that can be done in the window: one table, from which menus, shortcuts, tips and the palette are made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from desktop.views.actions.board import BOARD
from desktop.views.actions.dispatch import DISPATCH
from desktop.views.actions.plans import PLANS
from desktop.views.actions.reports import REPORTS
from desktop.views.actions.requests import REQUESTS
from desktop.views.actions.roster import ROSTER
from desktop.views.actions.shell import SHELL
from desktop.views.actions.spec import ActionSpec
from desktop.views.actions.today import TODAY
from desktop.views.actions.urgent import URGENT
from desktop.views.actions.visits import VISITS
from desktop.views.look import Look

ACTIONS: tuple[ActionSpec, ...] = (
    *SHELL,
    *REQUESTS,
    *BOARD,
    *TODAY,
    *URGENT,
    *DISPATCH,
    *VISITS,
    *ROSTER,
    *PLANS,
    *REPORTS,
)


class Actions(QObject):
    """The actions of one window. Those of a page work only while it is shown."""

    def __init__(self, look: Look, parent: QObject, table: tuple[ActionSpec, ...] = ACTIONS) -> None:
        super().__init__(parent)
        self._look = look
        self.table = table
        self._specs = {spec.id: spec for spec in table}
        self._made: dict[str, QAction] = {}
        self._wanted: dict[str, bool] = {spec.id: False for spec in table if spec.waits}
        self._page = ""
        for spec in table:
            self._made[spec.id] = self._make(spec)
            self._settle(spec)
        self._paint_icons()
        look.changed.connect(self._paint_icons)

    def action(self, action_id: str) -> QAction:
        """The action of an id; KeyError where the table has none."""
        return self._made[action_id]

    def on(self, action_id: str, slot: Callable[[], object]) -> None:
        """Do something when the action is triggered."""
        self._made[action_id].triggered.connect(slot)

    def enable(self, action_id: str, enabled: bool) -> None:
        """Say whether it can be done now. One of a page stays off while the page is not shown."""
        self._wanted[action_id] = enabled
        self._settle(self._specs[action_id])

    def show_state(self, action_id: str, checked: bool) -> None:
        """Show a checkable action as on or off, without triggering it."""
        self._made[action_id].setChecked(checked)

    def show_page(self, page: str) -> None:
        """A page is shown from now on: its actions work, those of the others do not."""
        self._page = page
        for spec in self.table:
            self._settle(spec)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for spec in self.table:
            self._put_words(self._made[spec.id], spec)

    def _settle(self, spec: ActionSpec) -> None:
        here = not spec.page or spec.page == self._page
        self._made[spec.id].setEnabled(here and self._wanted.get(spec.id, True))

    def _make(self, spec: ActionSpec) -> QAction:
        made = QAction(self)
        made.setObjectName(spec.id)
        made.setCheckable(spec.checkable)
        made.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._put_words(made, spec)
        return made

    @staticmethod
    def _put_words(made: QAction, spec: ActionSpec) -> None:
        text = QCoreApplication.translate("actions", spec.text)
        tip = QCoreApplication.translate("actions", spec.tip) if spec.tip else text
        keys = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        made.setText(text)
        made.setStatusTip(tip)
        made.setToolTip(f"{tip} ({keys})" if keys else tip)

    def _paint_icons(self) -> None:
        for spec in self.table:
            if spec.icon:
                self._made[spec.id].setIcon(self._look.icon(spec.icon))
