"""Taking a change back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RevertChange:
    """Undo or redo one change: put every row of it back as it was before."""

    change_id: int
