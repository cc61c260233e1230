"""What has no announced visit and runs out of time: requests whose target nears, and places kept for a client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, SlotHold, Unassigned, Visit
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.reading import read_reason
from desktop.services.requests.references import draft_in_hand
from desktop.services.settings import PlanSettings
from desktop.services.today.facts import DAY, read_about
from desktop.services.today.rows import TodayRow, Way
from desktop.services.words import sentence
from scheduler.problem import Horizon

HOUR = dt.timedelta(hours=1)
NEAR_HOURS = 48
HOLD_HOURS = 4


def waiting_rows(session: Session, now: dt.datetime, settings: PlanSettings) -> Iterator[TodayRow]:
    """Requests that are ready, announced nowhere, and to be on site within NEAR_HOURS."""
    # a clock does not begin before the window opens: what opens later has more time than that
    soon = or_(Request.earliest.is_(None), Request.earliest <= now.date() + 2 * DAY, Request.due.is_not(None))
    counts = or_(Request.complete_at.is_not(None), Request.due.is_not(None))
    wanted = select(Request.id).where(Request.status == "ready", soon, counts)
    sites = select(Request.factory_id).where(Request.id.in_(wanted))
    bookings = Bookings(session, settings, Horizon(now.date(), 1), Factories(session, Daybook(session), sites), wanted)
    urgent: dict[int, dt.datetime] = {}
    for record in bookings.rows:
        window = bookings.window(record)
        target = bookings.clock(record, None if isinstance(window, str) else window).target
        if target is not None and (target - now) / HOUR <= NEAR_HOURS:
            urgent[record.id] = target
    about, places, reasons = read_about(session, urgent), _drafted(session), _reasons(session)
    for key, target in urgent.items():
        of, place = about[key], places.get(key)
        left = (target - now) / HOUR
        when = f"Its target is in {int(left)} h" if left >= 0 else f"Its target passed {int(-left)} h ago"
        if place is not None:
            plan, first, last = place
            text = f"{when}. Draft {plan} has it, and nobody has been told."
            yield TodayRow(
                f"unannounced/{of.request}", "unannounced", target, of, text, ("publish", "board", "request"),
                plan, first, last, requests=(of.request,),
            )  # fmt: skip
            continue
        why = reasons.get(key, "")
        text = f"{when}, and it has no place. {why}".strip() if why else f"{when}, and it has no place."
        ways: tuple[Way, ...] = ("place", "board", "request", "call factory")
        yield TodayRow(f"unplaced/{of.request}", "unplaced", target, of, text, ways, requests=(of.request,))


def hold_rows(session: Session, now: dt.datetime) -> Iterator[TodayRow]:
    """Places kept for a client that run out within HOLD_HOURS, or have."""
    query = (
        select(SlotHold.request_id, SlotHold.until, SlotHold.state, SlotHold.held_by, Visit.first_slot, Visit.last_slot)
        .join(Visit, (Visit.request_id == SlotHold.request_id) & (Visit.plan_id == SlotHold.plan_id))
        .where(SlotHold.state.in_(("held", "offered")), SlotHold.until <= now + HOLD_HOURS * HOUR)
    )
    found = session.execute(query).all()
    about = read_about(session, {row.request_id for row in found})
    for key, until, state, who, first, last in found:
        minutes = round((until - now).total_seconds() / 60)
        when = f"runs out in {minutes} min" if minutes >= 0 else f"ran out {-minutes} min ago"
        text = f"{who} keeps it ({state}), which {when}. Confirm it or free it."
        of = about[key]
        yield TodayRow(
            f"hold/{of.request}", "hold", until, of, text, ("place", "board", "request"), "", first, last,
            requests=(of.request,),
        )  # fmt: skip


def _drafted(session: Session) -> Mapping[int, tuple[str, int, int]]:
    """Where the draft in hand has requests: its code and the half-days."""
    query = (
        select(Visit.request_id, Plan.code, Visit.first_slot, Visit.last_slot)
        .join(Plan, Visit.plan_id == Plan.id)
        .where(Visit.plan_id == draft_in_hand(session), Visit.status != "cancelled")
    )
    return {request: (plan, first, last) for request, plan, first, last in session.execute(query)}


def _reasons(session: Session) -> Mapping[int, str]:
    """Why the draft in hand leaves requests out: the first reason of each."""
    query = select(Unassigned.request_id, Unassigned.reasons).where(Unassigned.plan_id == draft_in_hand(session))
    return {request: sentence(read_reason(reasons[0]).text) for request, reasons in session.execute(query) if reasons}
