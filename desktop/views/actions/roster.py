"""What can be done on the page "roster"."""

from __future__ import annotations

from desktop.views.actions.spec import ActionSpec

ROSTER: tuple[ActionSpec, ...] = ()
