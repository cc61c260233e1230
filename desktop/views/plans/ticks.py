"""Which parts of a repair are ticked: changes that hang together are ticked together."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop.services.repair.partial import PartialReview
from desktop.services.repair.views import Call, PartSum


class Ticks(QObject):
    """The ticks of one repair; at first all of it is ticked.

    Attributes:
        changed: something was ticked, or a tick taken away.
        part: the repair.
    """

    changed = Signal()

    def __init__(self, part: PartialReview, parent: QObject) -> None:
        super().__init__(parent)
        self.part = part
        self._ticked = set(part.all)
        self._groups: dict[str, set[int]] = {}
        for group in part.groups:
            for person in group.people:
                self._groups.setdefault(person, set()).add(group.number)

    @property
    def ticked(self) -> frozenset[int]:
        """The numbers of the groups that are ticked."""
        return frozenset(self._ticked)

    @property
    def sum(self) -> PartSum:
        """What they come to together."""
        return self.part.sum(self._ticked)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Whom they disturb."""
        return self.part.calls(self._ticked)

    def state_of(self, person: str) -> Qt.CheckState | None:
        """Whether what changes for somebody (by code) is ticked, all or some of it; None: nothing can be."""
        groups = self._groups.get(person)
        if groups is None:
            return None
        if not groups & self._ticked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if groups <= self._ticked else Qt.CheckState.PartiallyChecked

    def toggle(self, person: str) -> None:
        """Tick all that changes for somebody, with all that hangs on it; or take the ticks away."""
        groups = self._groups.get(person, set())
        if not groups:
            return
        if groups <= self._ticked:
            self._ticked -= groups
        else:
            self._ticked |= groups
        self.changed.emit()
