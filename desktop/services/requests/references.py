"""What rows of requests refer to: clients, factories, people, the draft in hand, and where requests stand in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Client, Factory, Inspector, Plan, Visit
from desktop.models.halfday import date_of
from desktop.services.planning.bookings import LEAST_MAN_DAYS, zone_of
from desktop.services.planning.week import settings_for
from desktop.services.requests.rows import FactoryRef, Place

PORTION = 900  # keys named in one statement; SQLite allows 999 in its oldest builds


class References:
    """Read once, then shared by all rows: 100,000 of them name a few thousand factories.

    Attributes:
        settings: of the house.
        clients: code and name by key.
        factories: by key.
        people: names by key.
        draft: key of the draft in hand: the one made last; None where there is none.
    """

    def __init__(self, session: Session, today: dt.date) -> None:
        self.settings = settings_for(session, today)
        clients = session.execute(select(Client.id, Client.code, Client.name))
        self.clients = {key: (code, name) for key, code, name in clients}
        columns = (Factory.code, Factory.name, Factory.local_name, Factory.area, Factory.country)
        self.factories = {
            key: FactoryRef(code, name, local_name, area, country, zone_of(zone), lat is not None)
            for key, zone, lat, code, name, local_name, area, country in session.execute(
                select(Factory.id, Factory.time_zone, Factory.lat, *columns)
            )
        }
        people = session.execute(select(Inspector.id, Inspector.name))
        self.people = {key: name for key, name in people}
        self.draft = draft_in_hand(session)
        plans = session.execute(select(Plan.id, Plan.code))
        self.plans = {key: code for key, code in plans}

    def default_price(self, man_days: float) -> int:
        """Cents that man-days bring where the request names no price."""
        return round(self.settings.default_price_cents * max(LEAST_MAN_DAYS, man_days))

    def places(self, session: Session, condition: ColumnElement[bool]) -> Mapping[int, Place]:
        """Where the requests of some visits stand: in the draft in hand, else as published. By key of the request."""
        in_force = Visit.published | (Visit.plan_id == self.draft)
        query = select(
            Visit.id,
            Visit.request_id,
            Visit.plan_id,
            Visit.published,
            Visit.first_slot,
            Visit.last_slot,
            Visit.status,
        ).where(condition, in_force, Visit.status != "cancelled")
        crews: dict[int, list[str]] = defaultdict(list)
        crew = (
            select(Assignment.visit_id, Assignment.inspector_id)
            .join(Visit, Assignment.visit_id == Visit.id)
            .where(condition, in_force)
            .order_by(Assignment.id)
        )
        for visit, inspector in session.execute(crew):
            crews[visit].append(self.people[inspector])
        found: dict[int, Place] = {}
        for key, request, plan, published, first, last, status in session.execute(query):
            if request not in found or plan == self.draft:
                found[request] = Place(
                    self.plans[plan], published, key, first, last, date_of(first), tuple(crews[key]), status
                )
        return found


def draft_in_hand(session: Session) -> int | None:
    """The key of the draft made last; None where there is none."""
    return session.scalars(select(Plan.id).where(Plan.status == "draft").order_by(Plan.id.desc()).limit(1)).first()


def portions(keys: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Keys in lots that one statement can name."""
    rest = iter(keys)
    while portion := tuple(islice(rest, PORTION)):
        yield portion
