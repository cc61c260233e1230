"""Clients' own checklists: a list that differs from the one that holds becomes its next revision."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Checklist, ChecklistItem
from desktop.services.changes import Step
from desktop.services.checklists import client_item, list_name
from desktop.services.commands import StoreChecklist
from desktop.services.editing.fields import refuse_faults
from desktop.services.lookup import client_by_code
from desktop.services.trade.groups import GROUPS
from desktop.services.trade.protocols import DEFECTS, SERVICES, ClientItem, house_keys
from desktop.services.words import count
from desktop.services.work import Work

MOST_ITEMS = 500  # of one list: more than anybody checks in a day
LONGEST = 2000  # characters of a text


def store_checklist(work: Work, command: StoreChecklist) -> Step:
    """Store a client's list as a new revision; one that says what holds already is not stored again."""
    client = client_by_code(work.session, command.client)
    name = list_name(client.code, command.product_group, command.service)
    _check(name, command)
    latest = _latest(work.session, client.id, command)
    standing = [] if latest is None else [client_item(row) for row in latest.items]
    if list(command.items) == standing:
        said = f"Revision {latest.revision} says the same already." if latest else "There is no item to store."
        return Step(f"Store {name}", (said,))
    revision = 1 if latest is None else latest.revision + 1
    work.session.add(
        Checklist(
            client_id=client.id,
            product_group=command.product_group,
            service=command.service,
            revision=revision,
            stored_at=work.now,
            source=command.source.strip(),
            items=[_row(position, item) for position, item in enumerate(command.items, 1)],
        )
    )
    told = (f"Revision {revision} has {count(len(command.items), 'item')}.",) if command.items else ()
    return Step(f"{'Store' if command.items else 'Empty'} {name}, revision {revision}", told)


def _latest(session: Session, client_id: int, command: StoreChecklist) -> Checklist | None:
    return session.scalars(
        select(Checklist)
        .where(
            Checklist.client_id == client_id,
            Checklist.product_group == command.product_group,
            Checklist.service == command.service,
        )
        .order_by(Checklist.revision.desc())
        .limit(1)
    ).first()


def _row(position: int, item: ClientItem) -> ChecklistItem:
    return ChecklistItem(
        position=position,
        section=item.section,
        text=item.title.en,
        text_zh=item.title.zh,
        text_vi=item.title.vi,
        requirement=item.requirement,
        defect=item.defect,
        replaces=item.replaces,
    )


def _check(name: str, command: StoreChecklist) -> None:
    """Refuse what no list can hold."""
    faults = []
    if command.product_group and command.product_group not in GROUPS:
        faults.append(f'product_group is "{command.product_group}": it should be one of {", ".join(GROUPS)}, or empty')
    if command.service and command.service not in SERVICES:
        faults.append(f'service is "{command.service}": it should be one of {", ".join(SERVICES)}, or empty')
    if len(command.items) > MOST_ITEMS:
        faults.append(f"items are {len(command.items):,}: a list has at most {MOST_ITEMS}")
    keys = set(house_keys()) if any(item.replaces for item in command.items) else set()
    for number, item in enumerate(command.items[:MOST_ITEMS], 1):
        faults.extend(f"item {number}: {fault}" for fault in _faults(item, keys))
    refuse_faults(f"{name[0].upper()}{name[1:]}", faults)


def _faults(item: ClientItem, keys: set[str]) -> Sequence[str]:
    texts = (item.section, item.title.en, item.title.zh, item.title.vi, item.requirement)
    faults = []
    if not item.section.strip():
        faults.append("section is empty: name what it is checked with, such as workmanship")
    if item.title.is_blank:
        faults.append("it says in no language what is checked")
    if max(map(len, texts)) > LONGEST:
        faults.append(f"a text has more than {LONGEST:,} characters")
    if any(ord(char) < 32 and char not in "\n\t" for text in texts for char in text):
        faults.append("a text has control characters")
    if item.defect and item.defect not in DEFECTS:
        faults.append(f'defect is "{item.defect}": it should be one of {", ".join(DEFECTS)}, or empty')
    if item.replaces and item.replaces not in keys:
        faults.append(f'replaces is "{item.replaces}": no protocol of the house has an item of that key')
    return faults
