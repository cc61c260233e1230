"""Two records of one factory made one: what names the one that goes names the other from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Factory, FactoryAlias, FactoryClosure, Order, PastVisit, Plan, Request, Visit
from desktop.models.factory import PRECISIONS
from desktop.services.changes import Step
from desktop.services.commands import MergeFactories
from desktop.services.distance import km_between
from desktop.services.lookup import factory_by_code
from desktop.services.words import count, spell_list, spell_slots
from desktop.services.work import Work

SAME_PLACE_KM = 2.0
"""A visit that people have been sent to may be moved so far by a merger: in a town, as precise as most places are."""

TAKEN_OVER = ("local_name", "address", "contact", "phone")
PLACE = ("lat", "lon", "precision", "area")
AHEAD = ("planned", "started")


def merge_factories(work: Work, command: MergeFactories) -> Step:
    """Let everything that names one factory name another, and keep its code, name and address as another writing.

    What the kept one lacks of names, address, contact and phone it takes over; the place too, where the other's is
    known more exactly and nobody has been sent to its own.

    Raises:
        RefusedError: they are one record already or lie in different countries; or people have been sent to the one
            that would go, and the other lies elsewhere.
    """
    session = work.session
    kept, merged = _record(session, command.kept), _record(session, command.merged)
    _check_pair(kept, merged)
    takes_place = _rank(merged) > _rank(kept) and not (kept.lat is not None and _sent_to(session, kept, merged))
    if not takes_place:
        _check_sent(kept, merged, _sent_to(session, merged, kept))
    label = f"Merge {merged.code} into {kept.code}"
    moved = (merged, kept) if takes_place else (merged,)
    messages = [*_take_over(kept, merged, with_place=takes_place), *_drafts(session, moved)]
    if set(kept.closed_weekdays) != set(merged.closed_weekdays) or kept.closes_on_holidays != merged.closes_on_holidays:
        messages.append(f"Their closing days differ: those of {kept.code} stay.")
    messages.insert(0, _move(session, kept, merged))
    alias = FactoryAlias(
        factory_id=kept.id,
        code=merged.code,
        name=merged.name,
        local_name=merged.local_name,
        address=merged.address,
    )
    session.add(alias)
    session.delete(merged)
    session.flush()
    session.expire(kept)
    return Step(label, tuple(message for message in messages if message))


def _record(session: Session, code: str) -> Factory:
    """The factory of a code, which must not be one that was merged before. Raises NotFoundError, RefusedError."""
    found = factory_by_code(session, code)
    if found.code != code:
        raise RefusedError(
            f"{code} has been merged into {found.code} already.", f"Name {found.code}, or undo that merger."
        )
    return found


def _check_pair(kept: Factory, merged: Factory) -> None:
    if kept is merged:
        raise RefusedError(f"{kept.code} cannot be merged into itself.", "Name two factories.")
    if kept.country != merged.country:
        raise RefusedError(
            f"{merged.code} ({merged.country}) cannot be merged into {kept.code} ({kept.country}):"
            " they are in different countries.",
            "Correct the country of the one that is wrong first.",
        )


def _check_sent(kept: Factory, merged: Factory, sent: Sequence[str]) -> None:
    if sent:
        how_far = "is not placed" if kept.lat is None else f"lies {_km(kept, merged):,.0f} km from there"
        raise RefusedError(
            f"{merged.code} cannot be merged into {kept.code} now: people have been sent to {merged.code},"
            f" and {kept.code} {how_far}.",
            f"Keep {merged.code} instead, place {kept.code} first, or merge when these visits are over.",
            sent,
        )


def _sent_to(session: Session, factory: Factory, other: Factory) -> list[str]:
    """The published visits ahead at a factory, in words, that would be elsewhere if it lay where another one does."""
    if other.lat is not None and _km(factory, other) <= SAME_PLACE_KM and factory.area == other.area:
        return []
    query = (
        select(Request.code, Visit.first_slot, Visit.last_slot)
        .join(Visit, Visit.request_id == Request.id)
        .where(Request.factory_id == factory.id, Visit.published, Visit.status.in_(AHEAD))
        .order_by(Visit.first_slot)
    )
    return [f"{code} is published for {spell_slots(first, last)}" for code, first, last in session.execute(query)]


def _km(one: Factory, other: Factory) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    return km_between((one.lat, one.lon), (other.lat, other.lon))


def _rank(factory: Factory) -> int:
    """How exactly a factory is placed: the more the larger."""
    return -PRECISIONS.index(factory.precision)


def _take_over(kept: Factory, merged: Factory, *, with_place: bool) -> list[str]:
    taken = [field for field in TAKEN_OVER if not getattr(kept, field) and getattr(merged, field)]
    for field in (*taken, *(PLACE if with_place else ())):
        setattr(kept, field, getattr(merged, field))
    said = [field.replace("_", " ") for field in taken] + (["place"] if with_place else [])
    return [f"{kept.code} has taken over its {spell_list(said)}."] if said else []


def _move(session: Session, kept: Factory, merged: Factory) -> str:
    """Let the rows that name one factory name another; says how many."""
    kinds: tuple[tuple[Any, str], ...] = ((Order, "order"), (Request, "request"), (PastVisit, "past visit"))
    said = []
    for model, word in kinds:
        rows = session.scalars(select(model).where(model.factory_id == merged.id)).all()
        for row in rows:
            row.factory_id = kept.id
        if rows:
            said.append(count(len(rows), word))
    spans = {(closure.first_date, closure.last_date) for closure in kept.closures}
    for closure in session.scalars(select(FactoryClosure).where(FactoryClosure.factory_id == merged.id)).all():
        if (closure.first_date, closure.last_date) not in spans:
            closure.factory_id = kept.id
    for alias in session.scalars(select(FactoryAlias).where(FactoryAlias.factory_id == merged.id)).all():
        alias.factory_id = kept.id
    session.flush()
    session.expire(merged)  # what has moved is not deleted with it
    return f"Of {kept.code} now: {spell_list(said)} of {merged.code}." if said else ""


def _drafts(session: Session, moved: Sequence[Factory]) -> list[str]:
    """The drafts that have visits at factories which lie elsewhere now: the ways there may be others."""
    query = (
        select(Plan.code, func.count(Visit.id))
        .join(Visit, Visit.plan_id == Plan.id)
        .join(Request, Request.id == Visit.request_id)
        .where(Request.factory_id.in_([factory.id for factory in moved]), Plan.status == "draft")
        .group_by(Plan.code)
        .order_by(Plan.code)
    )
    return [
        f"{plan} has {count(number, 'visit')} there: look whether the ways still fit."
        for plan, number in session.execute(query)
    ]
