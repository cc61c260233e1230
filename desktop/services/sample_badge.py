"""Whether a database holds an invented company, which every page says."""

from __future__ import annotations

from sqlalchemy import select

from desktop.models import Setting
from desktop.store.engine import Store

SETTING = "sample"


def is_sample(store: Store) -> bool:
    """Whether its records were made by `make_sample`."""
    with store.session() as session:
        return session.scalars(select(Setting.id).where(Setting.name == SETTING)).first() is not None
