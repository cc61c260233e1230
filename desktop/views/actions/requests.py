"""What can be done on the page "requests"."""

from __future__ import annotations

from desktop.views.actions.spec import ActionSpec

REQUESTS: tuple[ActionSpec, ...] = ()
