"""What stands in a scrolling area, put anew."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget


def put_inside(area: QScrollArea, inside: QWidget) -> None:
    """Show something else in an area.

    What stood there goes only once the window has nothing else to do: a signal of it may be what asks for this, and
    `setWidget` would delete it at once.
    """
    before = area.takeWidget()
    if before is not None:
        before.setParent(area)  # else it would go with the last name that Python has for it
        before.hide()
        before.deleteLater()
    area.setWidget(inside)
