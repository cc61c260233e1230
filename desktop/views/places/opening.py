"""Opens the window of places: one, however often it is asked for."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.views.context import PageContext
from desktop.views.places.dialog import PlacesDialog


def open_places(context: PageContext, parent: QWidget, code: str = "") -> PlacesDialog:
    """Bring the window forward, on the factory of a code where one is given; made where there is none."""
    found = parent.findChild(QObject, PlacesDialog.NAME)
    dialog = found if isinstance(found, PlacesDialog) and shiboken6.isValid(found) else PlacesDialog(context, parent)
    if code:
        dialog.show_factory(code)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog
