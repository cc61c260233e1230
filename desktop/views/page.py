"""What every page of the window is."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.jobs.db_runner import Committed
from desktop.views.context import PageContext


class Page(QWidget):
    """A page: built cheaply, filled by the worker, told of every change of data.

    Attributes:
        NAME: how it is called in actions, preferences and selections.
        ICON: of its place on the rail.
        badge: a number for the rail, or None.
    """

    NAME: ClassVar[str]
    ICON: ClassVar[str]
    badge = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(self.NAME)

    def title(self) -> str:
        """Its name in the user's language."""
        raise NotImplementedError

    def activate(self) -> None:
        """It is shown now."""

    def deactivate(self) -> None:
        """Another page is shown now."""

    def changed(self, committed: Committed) -> None:
        """Data have changed: fetch again what is concerned, keep the place."""

    def refresh(self) -> None:
        """Fetch everything again: the user asks, or the database was away."""

    def state(self) -> dict[str, object]:
        """What is to be as it was at the next start: JSON values."""
        return {}

    def restore(self, state: dict[str, object]) -> None:
        """Put back what `state` gave, in an earlier run or version: whatever does not fit is passed over."""


@dataclass(frozen=True, slots=True)
class LatePage:
    """A page whose code is loaded when it is first shown, or ahead of that: the first one is ready sooner.

    Attributes:
        NAME: as in the page itself.
        ICON: likewise.
        module: where its class lies.
        kind: the class's name.
    """

    NAME: str
    ICON: str
    module: str
    kind: str

    def load(self) -> type[Page]:
        """Its class."""
        found: type[Page] = getattr(importlib.import_module(self.module), self.kind)
        return found

    def __call__(self, context: PageContext, parent: QWidget | None = None) -> Page:
        """Build it."""
        return self.load()(context, parent)


PageKind = type[Page] | LatePage
"""What a window is given to build its pages of."""
