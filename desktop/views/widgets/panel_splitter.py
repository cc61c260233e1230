"""A list with a panel beside it, each as wide as the user wants it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class PanelSplitter(QSplitter):
    """Gives the panel, which is added second, its share of the width until the user has said how wide it is to be.

    Attributes:
        is_set: whether the user has.
    """

    def __init__(self, widths: Sequence[tuple[int, int]], parent: QWidget) -> None:
        """Begin without list and panel; `widths`: how wide the panel is at first, below so many pixels of both."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._widths = widths
        self.is_set = False
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        if not self.is_set:
            panel = next(width for most, width in self._widths if self.width() < most)
            self.setSizes([self.width() - panel, panel])

    def state(self) -> list[int]:
        """The widths that the user has set; empty where there are none."""
        return self.sizes() if self.is_set else []

    def restore(self, sizes: object) -> None:
        """The same again; whatever does not fit is passed over."""
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self.setSizes(sizes)
            self.is_set = True

    def _on_moved(self, _place: int, _handle: int) -> None:
        self.is_set = True
