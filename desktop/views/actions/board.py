"""What can be done on the page "board"."""

from __future__ import annotations

from desktop.views.actions.spec import ActionSpec

BOARD: tuple[ActionSpec, ...] = ()
