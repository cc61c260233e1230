"""Clients' own checklists as they are stored: those that hold, and every revision that there was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from desktop.models import Checklist, ChecklistItem
from desktop.services.lookup import client_by_code
from desktop.services.trade.protocols import ClientItem, ClientList, Defect, Text
from desktop.store.engine import Store


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of one of a client's lists.

    Attributes:
        product_group, service: what goods and which service it is for; "" for every one.
        stored_at: aware.
        source: where it came from, such as a file's name.
        items: how many there are.
        holds: no later one has taken its place.
    """

    product_group: str
    service: str
    revision: int
    stored_at: dt.datetime
    source: str
    items: int
    holds: bool


def list_name(client: str, product_group: str, service: str) -> str:
    """What a list is called in a sentence: "checklist of C001 for garment DUPRO"."""
    goods = " ".join(filter(None, (product_group, service)))
    return f"checklist of {client}{f' for {goods}' if goods else ''}"


def client_item(row: ChecklistItem) -> ClientItem:
    """A stored item as the trade's rules take it."""
    return ClientItem(
        section=row.section,
        title=Text(row.text, row.text_zh, row.text_vi),
        requirement=row.requirement,
        defect=cast(Defect, row.defect),  # the handler stores no other
        replaces=row.replaces,
    )


def lists_that_hold(session: Session, client_id: int) -> tuple[ClientList, ...]:
    """The highest revision of each of a client's lists, by group and service."""
    highest = (
        select(Checklist.product_group, Checklist.service, func.max(Checklist.revision).label("revision"))
        .where(Checklist.client_id == client_id)
        .group_by(Checklist.product_group, Checklist.service)
        .subquery()
    )
    rows = session.scalars(
        select(Checklist)
        .join(
            highest,
            (Checklist.product_group == highest.c.product_group)
            & (Checklist.service == highest.c.service)
            & (Checklist.revision == highest.c.revision),
        )
        .where(Checklist.client_id == client_id)
        .options(selectinload(Checklist.items))
        .order_by(Checklist.product_group, Checklist.service)
    )
    return tuple(
        ClientList(row.product_group, row.service, row.revision, tuple(map(client_item, row.items))) for row in rows
    )


def read_revisions(store: Store, client: str) -> tuple[Revision, ...]:
    """Every revision of a client's lists, each list's newest first. Raises NotFoundError."""
    with store.session() as session:
        key = client_by_code(session, client).id
        return revisions_of(session, key)


def revisions_of(session: Session, client_id: int) -> tuple[Revision, ...]:
    """The same by key."""
    counted = session.execute(
        select(ChecklistItem.checklist_id, func.count())
        .join(Checklist, Checklist.id == ChecklistItem.checklist_id)
        .where(Checklist.client_id == client_id)
        .group_by(ChecklistItem.checklist_id)
    )
    held: dict[int, int] = {key: number for key, number in counted}
    rows: Sequence[Checklist] = session.scalars(
        select(Checklist)
        .where(Checklist.client_id == client_id)
        .order_by(Checklist.product_group, Checklist.service, Checklist.revision.desc())
    ).all()
    seen: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        holds = (row.product_group, row.service) not in seen
        seen.add((row.product_group, row.service))
        found.append(
            Revision(
                row.product_group, row.service, row.revision, row.stored_at, row.source, held.get(row.id, 0), holds
            )
        )
    return tuple(found)
