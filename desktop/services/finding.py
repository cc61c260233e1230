"""Records by a part of their code or name, for whoever types it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models import Client, Factory, Inspector, Plan, Request
from desktop.store.engine import Store

HitKind = Literal["request", "inspector", "plan"]
FEWEST = 2  # letters; fewer say nothing


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    Attributes:
        code: of the record.
        name: of the person; of a request's client; "" for a plan.
        more: factory of a request, team of a person, status of a plan.
    """

    kind: HitKind
    code: str
    name: str
    more: str


def find_records(store: Store, text: str, limit: int = 8) -> tuple[Hit, ...]:
    """Requests, people and plans whose code begins with a text, and people whose name contains it.

    Codes are found by their index however many there are. Numbers without their letter are taken for requests.
    """
    wanted = text.strip()
    if len(wanted) < FEWEST:
        return ()
    with store.session() as session:
        hits = [*_people(session, wanted, limit), *_requests(session, wanted, limit), *_plans(session, wanted, limit)]
    exact = [hit for hit in hits if hit.code.casefold() == wanted.casefold()]
    return tuple(dict.fromkeys([*exact, *hits]))[:limit]


def _requests(session: Session, wanted: str, limit: int) -> list[Hit]:
    starts = {wanted, wanted.upper()}
    if wanted.isdigit():
        starts |= {f"R{wanted}", f"R{int(wanted):05d}"}
    query = (
        select(Request.code, Client.name, Factory.name)
        .join(Client, Request.client_id == Client.id)
        .join(Factory, Request.factory_id == Factory.id)
        .where(or_(*(_begins(Request.code, start) for start in starts)))
        .order_by(Request.code)
        .limit(limit)
    )
    return [Hit("request", code, client, factory) for code, client, factory in session.execute(query)]


def _begins(column: InstrumentedAttribute[str], start: str) -> ColumnElement[bool]:
    """As a range, which an index answers; a pattern alone would be compared with every row."""
    return and_(
        column >= start, column < f"{start[:-1]}{chr(ord(start[-1]) + 1)}", column.startswith(start, autoescape=True)
    )


def _people(session: Session, wanted: str, limit: int) -> list[Hit]:
    part = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    begins = Inspector.name.ilike(f"{part}%", escape="\\")
    query = (
        select(Inspector.code, Inspector.name, Inspector.local_name, Inspector.team)
        .where(
            or_(
                Inspector.code.ilike(f"{part}%", escape="\\"),
                Inspector.name.ilike(f"%{part}%", escape="\\"),
                Inspector.local_name.like(f"%{part}%", escape="\\"),
            )
        )
        .order_by(case((begins, 0), else_=1), Inspector.name)
        .limit(limit)
    )
    return [
        Hit("inspector", code, f"{name} {local}".strip(), team) for code, name, local, team in session.execute(query)
    ]


def _plans(session: Session, wanted: str, limit: int) -> list[Hit]:
    start = wanted.upper()
    query = select(Plan.code, Plan.status).where(_begins(Plan.code, start)).order_by(Plan.code.desc()).limit(limit)
    return [Hit("plan", code, "", status) for code, status in session.execute(query)]
