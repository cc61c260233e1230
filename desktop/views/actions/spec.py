"""What an action is: one row of the table from which menus, shortcuts, tooltips and the command palette are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # its own stub gives object

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
        """Mark a text for translation, and give it as it is."""
        ...
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["MENUS", "QT_TRANSLATE_NOOP", "ActionSpec"]

MENUS = ("file", "edit", "view", "requests", "board", "dispatch", "roster", "plan", "reports", "tools", "help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done in the window.

    Attributes:
        id: stable name, page first: "requests.new".
        text: as a menu shows it, English, marked with `QT_TRANSLATE_NOOP("actions", ...)`.
        menu: one of MENUS.
        tip: one sentence more, marked too; "" where the text says all.
        shortcuts: as QKeySequence reads them, the first is shown.
        icon: name in the mdi6 set, without prefix.
        page: name of the page on which it works; "" everywhere.
        checkable: it is on or off.
        group: a line is drawn in the menu where this number changes.
        waits: it cannot be done before somebody enables it.
    """

    id: str
    text: str
    menu: str
    tip: str = ""
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    page: str = ""
    checkable: bool = False
    group: int = 0
    waits: bool = False
