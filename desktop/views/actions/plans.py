"""What can be done on the page "plans"."""

from __future__ import annotations

from desktop.views.actions.spec import ActionSpec

PLANS: tuple[ActionSpec, ...] = ()
