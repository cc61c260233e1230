"""Held places whose time has run out: freed by whoever looks, in the house's own name. Quick where there is none."""

from __future__ import annotations

from sqlalchemy import select

from desktop.clock import Clock
from desktop.models import SlotHold
from desktop.models.holding import ACTIVE
from desktop.services.bus import Desk
from desktop.services.commands import ReleaseExpiredHolds
from desktop.store.engine import Store

HOUSE = "DUPRO Desk"
"""In whose name they are freed: nobody's own undo takes that back."""


def release_expired(store: Store, clock: Clock) -> tuple[str, ...]:
    """Free every place whose time has run out; gives sentences on what was freed."""
    query = select(SlotHold.id).where(SlotHold.state.in_(ACTIVE), SlotHold.until <= clock.now()).limit(1)
    with store.session() as session:
        if session.scalars(query).first() is None:
            return ()
    return Desk(store, clock, HOUSE).handle(ReleaseExpiredHolds()).messages
