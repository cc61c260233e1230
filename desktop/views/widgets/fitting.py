"""Dialogs that grow with what they say: a layout asks for the width of wrapped lines only, never for their height."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def grow_to_fit(dialog: QWidget) -> None:
    """Make a dialog as high as its lines, wrapped at its width, need; never lower than it is."""
    layout = dialog.layout()
    if layout is None:
        return
    for inner in dialog.findChildren(QLayout):
        inner.invalidate()
    layout.activate()
    needed = max(layout.totalHeightForWidth(dialog.width()), layout.totalSizeHint().height())
    dialog.resize(dialog.width(), max(dialog.height(), needed))
