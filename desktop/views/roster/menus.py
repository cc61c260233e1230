"""Menus that the roster opens by itself: what can be done with whoever is selected, and by what to sort."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.itemmodels.roster_table import SHOWN, RosterTableModel
from desktop.views.actions import Actions
from desktop.views.roster.roster_table import RosterTable

MENU = (
    ("roster.edit", "roster.skill", "roster.absence", "roster.contact"),
    ("roster.deactivate", "roster.activate"),
    ("roster.board",),
)
CORNER = QPoint(12, 12)


def offer_actions(page: QWidget, actions: Actions, place: QPoint) -> None:
    """Open the menu of what can be done."""
    menu = _menu(page)
    for group in MENU:
        for name in group:
            menu.addAction(actions.action(name))
        menu.addSeparator()
    menu.popup(place)


def offer_sorting(table: RosterTable, model: RosterTableModel) -> None:
    """Open a menu of the columns to sort by."""
    menu = _menu(table)
    for number, name in enumerate(SHOWN):
        action = QAction(str(model.headerData(number, Qt.Orientation.Horizontal)), menu)
        action.setCheckable(True)
        action.setChecked(model.sorted_by[0] == name)
        action.triggered.connect(partial(_sort, table, name))
        menu.addAction(action)
    menu.popup(table.mapToGlobal(CORNER))


def _sort(table: RosterTable, column: str, _checked: bool = False) -> None:
    table.sort_by(column)


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
