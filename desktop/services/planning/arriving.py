"""Requests that come into the reach of a plan held open, read by themselves: booked by now, or ready to be planned."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Announcement, Plan, Request, Visit
from desktop.services.planning.board_rows import Drawing
from desktop.services.planning.booking_records import Keys, in_scope
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.factories import Factories
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.opening import changes_of
from desktop.services.planning.plan_sheet import Change, PlanSheet
from desktop.services.planning.reading import BookingViews
from scheduler.standing import Standing


def with_arrived(session: Session, plan: Plan, opened: OpenPlan, keys: Collection[int]) -> OpenPlan | None:
    """A plan held open with those of some requests (by key), none of which it knows, that concern it by now.

    None where all must be read anew. Where the plan has them is to be said by `after` next.
    """
    old = opened.sheet
    scope = in_scope(old.settings, plan, ())
    found = session.scalars(select(Request.id).where(Request.id.in_(keys), Request.id.in_(scope))).all()
    if not found:
        return opened
    wanted = select(Request.id).where(Request.id.in_(found))
    if old.settings.freeze_days or _are_told(session, wanted):
        return None  # what is frozen, or stands, hangs on more than these records
    for row in session.scalars(select(Request).where(Request.id.in_(found))):
        session.refresh(row)
    sites = select(Request.factory_id).where(Request.id.in_(found))
    factories = Factories(session, old.building.daybook, sites)
    booked = Bookings(session, old.settings, old.horizon, factories, wanted)
    sheet = old.with_others(BookingViews(session, booked, factories, wanted), factories)
    if sheet is None:
        return None
    standing, drawing = opened.standing, opened.drawing
    for change in changes_of(session, plan, found):
        sheet, standing = _widened(session, sheet, standing, change)
    drawing = Drawing(standing, sheet.bookings, drawing.facts, drawing.pins, drawing.elsewhere)
    return OpenPlan(sheet, drawing, opened.aside, opened.board)


def _are_told(session: Session, wanted: Keys) -> bool:
    """Whether one of some requests has been announced, or has a visit that people act on."""
    announced = select(Announcement.id).where(Announcement.request_id.in_(wanted)).limit(1)
    standing = select(Visit.id).where(Visit.request_id.in_(wanted), Visit.published).limit(1)
    return any(session.scalars(query).first() is not None for query in (announced, standing))


def _widened(session: Session, sheet: PlanSheet, standing: Standing, change: Change) -> tuple[PlanSheet, Standing]:
    """The problem with a request more, where reading all anew would have it there."""
    row = sheet.rows[change.request]
    request = sheet.request(row)
    is_listed = change.reason is not None
    if request is None or not (is_listed or sheet.holds(row.code, change.to, change.pin)):
        return sheet, standing
    instance, journeys = standing.instance, standing.journeys
    if request.site not in instance.site_number:
        (site,) = sheet.factories.sites((row.factory_id,), sheet.horizon)
        instance = instance.with_site(site, sheet.building.history(session, {site.id}))
        journeys = journeys.with_instance(instance)
        sheet = sheet.with_site(instance.problem, site.id)
    return sheet, standing.widened(instance.with_new(request), journeys)
