"""Records by the codes that people use, with an answer for those who mistype one, and who changed a record last."""

from __future__ import annotations

import difflib
import re
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import ConflictError, NotFoundError, RefusedError
from desktop.models import (
    Absence,
    Base,
    Change,
    ChangedRow,
    Client,
    Factory,
    FactoryAlias,
    Inspector,
    Order,
    Plan,
    Request,
)
from desktop.models.base import Versioned
from desktop.services.words import spell_time, with_article

Coded = TypeVar("Coded", Client, Factory, Order, Request, Inspector, Plan)

KIND_OF_TABLE = {
    "client": "client",
    "factory": "factory",
    "order": "order",
    "request": "request",
    "inspector": "inspector",
    "plan": "plan",
}
"""What people call the records that have a code, by table."""

NEAR_CANDIDATES = 2000
"""Codes looked at for a near match: enough for a roster, and a mistyped request stays quick among 350,000."""


def client_by_code(session: Session, code: str) -> Client:
    """The client of a code. Raises NotFoundError, which names near matches."""
    return _by_code(session, Client, code)


def factory_by_code(session: Session, code: str) -> Factory:
    """The factory of a code, now or before a merger. Raises NotFoundError, which names near matches."""
    found = session.scalars(select(Factory).where(Factory.code == code)).one_or_none()
    if found is None:
        old = select(FactoryAlias.factory_id).where(FactoryAlias.code == code)
        found = session.scalars(select(Factory).where(Factory.id.in_(old))).one_or_none()
    return found or _by_code(session, Factory, code)


def order_by_code(session: Session, code: str) -> Order:
    """The order of a code. Raises NotFoundError, which names near matches."""
    return _by_code(session, Order, code)


def request_by_code(session: Session, code: str) -> Request:
    """The request of a code. Raises NotFoundError, which names near matches."""
    return _by_code(session, Request, code)


def inspector_by_code(session: Session, code: str) -> Inspector:
    """The inspector of a code. Raises NotFoundError, which names near matches."""
    return _by_code(session, Inspector, code)


def plan_by_code(session: Session, code: str) -> Plan:
    """The plan of a code. Raises NotFoundError, which names near matches."""
    return _by_code(session, Plan, code)


def absence_by_key(session: Session, absence_id: int) -> Absence:
    """The absence of a key. Raises NotFoundError."""
    absence = session.get(Absence, absence_id)
    if absence is None:
        raise NotFoundError(
            f"There is no absence with the number {absence_id}.",
            "It may have been removed already: look at the inspector's absences.",
        )
    return absence


def check_version(record: Versioned, version: int | None, session: Session) -> None:
    """Refuse a change made from an older state of a record than the present one; None skips the check.

    Raises:
        ConflictError: naming who changed the record since, and when.
    """
    if version is None or record.version == version:
        return
    assert isinstance(record, Base)
    table = record.__tablename__
    raise ConflictError(
        f"{describe(record)} has been changed {last_change(session, table, record.id)} since you looked at it.",
        "Look at it as it is now, and make your change again if it is still wanted.",
    )


def refuse_taken(session: Session, model: type[Coded], code: str) -> None:
    """Refuse a code for a new record that another has.

    Raises:
        RefusedError: naming the record.
    """
    if session.scalars(select(model.id).where(model.code == code)).first() is not None:
        kind = KIND_OF_TABLE[model.__tablename__]
        raise RefusedError(f"There is {with_article(kind)} {code} already.", "Edit that one, or take another code.")
    if model is Factory and session.scalars(select(FactoryAlias.id).where(FactoryAlias.code == code)).first():
        kept = factory_by_code(session, code).code
        raise RefusedError(f"{code} is the old code of factory {kept}.", f"Edit {kept}, or take another code.")


def last_change(session: Session, table: str, row_id: int) -> str:
    """Who changed a row last, when and by which step: 'by Li Na on Mon 23 Nov 2026 at 14:05 UTC ("Edit R00012")'."""
    row = session.execute(
        select(Change.actor, Change.at, Change.label)
        .join(ChangedRow, ChangedRow.change_id == Change.id)
        .where(ChangedRow.table_name == table, ChangedRow.row_id == row_id)
        .order_by(Change.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return "by somebody unknown"
    return f'by {row.actor} on {spell_time(row.at)} ("{row.label}")'


def describe(record: Base) -> str:
    """A record for the start of a sentence: "Request R00012", "Absence 7"."""
    kind = record.__tablename__.replace("_", " ")
    name = getattr(record, "code", None) or getattr(record, "name", None) or record.id
    return f"{kind[0].upper()}{kind[1:]} {name}"


def _by_code(session: Session, model: type[Coded], code: str) -> Coded:
    record = session.scalars(select(model).where(model.code == code)).one_or_none()
    if record is None:
        kind = KIND_OF_TABLE[model.__tablename__]
        raise NotFoundError(f'There is no {kind} "{code}".', _near_hint(session, model, code))
    return record


def _near_hint(session: Session, model: type[Coded], code: str) -> str:
    near = near_codes(session, model, code)
    if near:
        return f"Maybe {' or '.join(near)}?"
    if session.scalars(select(model.id).limit(1)).first() is None:
        return f"The database has no {KIND_OF_TABLE[model.__tablename__]} at all yet."
    return "Look for it in the list: codes are as the records show them."


def near_codes(session: Session, model: type[Coded], code: str) -> list[str]:
    """Up to three codes of existing records that somebody who typed `code` may have meant, the likeliest first."""
    wanted = code.strip().lower()
    candidates: dict[str, None] = {}
    for length in range(len(wanted), -1, -1):
        prefix = wanted[:length].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = (
            select(model.code)
            .where(func.lower(model.code).like(f"{prefix}%", escape="\\"))
            .order_by(model.code)
            .limit(NEAR_CANDIDATES)
        )
        candidates.update(dict.fromkeys(session.scalars(query)))
        if len(candidates) >= NEAR_CANDIDATES or (candidates and length <= 1):
            break
    same_number: list[str] = [found for found in candidates if _number_form(found) == _number_form(wanted)]
    by_lower: dict[str, str] = {found.lower(): found for found in candidates}
    close: list[str] = [by_lower[key] for key in difflib.get_close_matches(wanted, by_lower, n=3, cutoff=0.6)]
    return list(dict.fromkeys([*same_number, *close]))[:3]


def _number_form(code: str) -> str:
    """A code without case and leading zeros of its numbers: R12 means R00012."""
    return re.sub(r"0+(?=\d)", "", code.strip().lower())
