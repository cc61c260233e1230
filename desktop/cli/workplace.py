"""The desk that a command works at: a database, opened in somebody's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.cli.output import remark
from desktop.clock import SystemClock
from desktop.config import current_actor, default_database_url
from desktop.errors import NotFoundError
from desktop.services.bus import Desk
from desktop.services.planning.reading import latest_draft, list_plans
from desktop.store.engine import open_store


@contextmanager
def opened(database: str | None, user: str | None = None, *, create: bool = False) -> Iterator[Desk]:
    """A desk on the database named, or on the user's own. Without `create` a missing database is an error."""
    with open_store(database_url(database), create=create, on_message=remark) as store:
        yield Desk(store, SystemClock(), user or current_actor())


def database_url(database: str | None) -> str:
    """The database that a command is about."""
    return database or default_database_url()


def plan_or_draft(desk: Desk, plan: str | None) -> str:
    """The plan named, or the draft made last."""
    if plan is not None:
        return plan
    draft = latest_draft(desk.store)
    if draft is None:
        raise NotFoundError("There is no draft.", "Make one with `dupro-desk plan`, or name a plan with --plan.")
    return draft


def latest_plan(desk: Desk) -> str:
    """The draft made last, else the latest plan there is."""
    draft = latest_draft(desk.store)
    if draft is not None:
        return draft
    headers = list_plans(desk.store)
    if not headers:
        raise NotFoundError("There is no plan yet.", "Make one with `dupro-desk plan`.")
    return headers[0].code
