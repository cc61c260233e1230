"""Which bookings lack something, and the moment at which each was complete, kept right by every change.

`request.complete_at` follows from the request, its factory and its order. After every command the rows that it touched
are looked at here, and only here. Taking a change back puts a moment back as any other value; bookings that the change
did not touch may have come since, and are looked at as after any command.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set

from sqlalchemy import Select, bindparam, exists, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from desktop.models import Factory, Order, ProgressReport, Request
from desktop.services.requests.references import portions
from desktop.services.trade.completeness import Asked, Goods, Lack, Site, Told, missing
from desktop.services.work import Work
from desktop.store.recorder import Image, RowImage, image_of

AWAITED = ("new", "ready")
"""Bookings whose clock can still stop; what has been announced or made was complete enough."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "request": (
        "service", "factory_id", "order_id", "containers", "earliest", "latest", "requested_at", "status",
    ),
    "factory": ("contact", "phone", "address", "lat"),
    "order": (
        "product", "production_start", "daily_rate", "ready_date",
    ),
    "progress_report": (),
}  # fmt: skip
"""Columns on which completeness depends, by table; none: on the row being there."""


def lacks_of(session: Session, wanted: Select[int]) -> dict[int, tuple[Lack, ...]]:
    """What is missing of some requests, by key; also those that lack nothing are among them."""
    has_report = exists().where(ProgressReport.order_id == Order.id)
    query = (
        select(
            *(Request.id, Request.service, Request.earliest, Request.latest, Request.containers),
            *(Factory.contact, Factory.phone, Factory.address, Factory.lat),
            *(Order.product, Order.production_start, Order.daily_rate, Order.ready_date, has_report),
        )
        .join(Factory, Factory.id == Request.factory_id)
        .outerjoin(Order, Order.id == Request.order_id)
        .where(Request.id.in_(wanted))
    )
    found: dict[int, tuple[Lack, ...]] = {}
    for key, service, earliest, latest, containers, contact, phone, address, lat, *order in session.execute(query):
        asked = Asked(service, earliest is not None and latest is not None, containers)
        product, start, rate, ready, reported = order
        goods = None if product is None else Goods(product, start, rate, ready, bool(reported))
        found[key] = missing(Told(asked, Site(contact, phone, address, lat is not None), goods))
    return found


def lacks_of_request(session: Session, key: int) -> tuple[Lack, ...]:
    """What is missing of one request."""
    return lacks_of(session, select(Request.id).where(Request.id == key)).get(key, ())


def note_completeness(work: Work, *, is_reverting: bool = False) -> None:
    """Set or clear the moment at which bookings were complete, for those that the last command concerns.

    `is_reverting`: it took a change back; bookings that were put back with their moment keep it.
    """
    work.session.flush()
    news = work.recorder.news()
    images = [image for image in news if _matters(image)]
    if not images:
        return
    dated = {image.row_id for image in images if image.table == "request" and _began_with_it(image.before)}
    kept = {image.row_id for image in news if is_reverting and _has_moment(image)}
    added = {
        image.row_id: image
        for image in images
        if image.table == "request" and image.before is None and not _has_moment(image)
    }
    for portion in portions(sorted((_concerned(work.session, images) | added.keys()) - kept)):
        _note(work, portion, added, dated)


def _has_moment(image: RowImage) -> bool:
    return image.table == "request" and image.after is not None and image.after["complete_at"] is not None


def _began_with_it(before: Image | None) -> bool:
    """Whether a booking was complete when it came."""
    return before is not None and before["complete_at"] is not None and before["complete_at"] == before["requested_at"]


def _matters(image: RowImage) -> bool:
    """Whether a change of a row can complete a booking, or take something from it."""
    fields = FIELDS.get(image.table)
    if fields is None or (image.after is None and image.table != "progress_report"):
        return False
    if image.before is None or image.after is None:
        return True
    return any(image.before.get(field) != image.after.get(field) for field in fields)


def _concerned(session: Session, images: Iterable[RowImage]) -> set[int]:
    """Keys of the requests that some rows concern."""
    keys: dict[str, set[int]] = {"request": set(), "factory": set(), "order": set()}
    for image in images:
        if image.table != "progress_report":
            keys[image.table].add(image.row_id)
        elif (row := image.after or image.before) is not None:
            keys["order"].add(row["order_id"])
    found = keys["request"]
    for column, among in ((Request.factory_id, keys["factory"]), (Request.order_id, keys["order"])):
        for portion in portions(sorted(among)):
            query = select(Request.id).where(column.in_(portion), Request.status.in_(AWAITED))
            found.update(session.scalars(query))
    return found


def _note(work: Work, keys: Sequence[int], added: Mapping[int, RowImage], dated: Set[int]) -> None:
    """`dated`: bookings that were complete when they came; another date of theirs is another moment."""
    lacks = lacks_of(work.session, select(Request.id).where(Request.id.in_(keys)))
    _note_added(work, [added[key] for key in keys if key in added], lacks)
    standing = [key for key in keys if key not in added]
    moments = []
    for request in work.session.scalars(select(Request).where(Request.id.in_(standing))).all():
        moment = _moment(request, work.now, is_whole=not lacks[request.id])
        if moment is not None and request.complete_at is not None and request.id in dated:
            moment = request.requested_at
        if request.status in AWAITED and moment != request.complete_at:
            moments.append((request, moment))
    if moments:
        _set(work, moments)


def _moment(request: Request, now: dt.datetime, *, is_whole: bool) -> dt.datetime | None:
    """When a booking of before was complete, by what is known of it now."""
    if not is_whole:
        return None
    return max(request.requested_at, request.complete_at or now)


def _set(work: Work, moments: Sequence[tuple[Request, dt.datetime | None]]) -> None:
    """By one statement that leaves the versions: nobody who has a booking open has to read it again for this."""
    befores = [image_of(request) for request, _ in moments]
    work.session.connection().execute(
        update(Request.__table__)  # type: ignore[arg-type]
        .where(Request.id == bindparam("row_id"))
        .values(complete_at=bindparam("moment")),
        [{"row_id": request.id, "moment": moment} for request, moment in moments],
    )
    for (request, moment), before in zip(moments, befores, strict=True):
        set_committed_value(request, "complete_at", moment)
        work.recorder.note("request", request.id, before, image_of(request))


def _note_added(work: Work, images: Sequence[RowImage], lacks: Mapping[int, tuple[Lack, ...]]) -> None:
    """New bookings that lack nothing were complete when they came. Many come at once, so one statement sets them."""
    whole = [
        image
        for image in images
        if image.after is not None and not (image.after["status"] in AWAITED and lacks[image.row_id])
    ]
    if whole:
        keys = [image.row_id for image in whole]
        work.session.execute(
            update(Request).where(Request.id.in_(keys)).values(complete_at=Request.requested_at),
            execution_options={"synchronize_session": "fetch"},
        )
    for image in whole:
        if image.after is not None:
            after = image.after | {"complete_at": image.after["requested_at"]}
            work.recorder.note("request", image.row_id, None, after)


def complete_all(session: Session) -> None:
    """Say of every booking when it was complete, as if all had come with what is known of them now."""
    awaited = select(Request.id).where(Request.status.in_(AWAITED))
    lacking = [key for key, lacks in lacks_of(session, awaited).items() if lacks]
    session.execute(update(Request).values(complete_at=Request.requested_at))
    for portion in portions(lacking):
        session.execute(update(Request).where(Request.id.in_(portion)).values(complete_at=None))
