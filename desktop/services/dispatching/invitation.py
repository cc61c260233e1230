"""Calendar files: an invitation, its update, or its cancellation (RFC 5545, RFC 5546).

A message has one event. Its UID stays for good and SEQUENCE rises, so that a calendar changes the event that it has.
A visit of several whole days is a series by days with the hours of work; one that begins or ends with half a day is
one event from the first hour to the last. Times are by the clocks of the factory, whose zone the file describes.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vRecur, vText

from desktop.config import APP_NAME, APP_VERSION
from desktop.models.halfday import date_of
from desktop.services.commands.dispatching import Method
from desktop.services.dispatching.wording import one_line, plain
from desktop.services.planning.bookings import zone_of
from desktop.services.trade.clock import ENDS, STARTS

NOBODY = "dispatch@dupro-desk.invalid"
"""Who invites where the house has no address yet."""
LONGEST = 4000  # characters of a description; some calendars take no more


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a calendar is told.

    Attributes:
        slots: first and last half-day, absolute.
        zone: name of the factory's time zone; one that nobody knows is taken for UTC.
        attendee: address of the one who is invited; "": none is known, then the event is only published.
        alarm_hours: before it begins; 0: no alarm.
    """

    uid: str
    sequence: int
    method: Method
    slots: tuple[int, int]
    zone: str
    summary: str
    location: str
    description: str
    place: tuple[float, float] | None
    organizer: str
    organizer_name: str
    attendee: str
    attendee_name: str
    alarm_hours: int


def calendar_file(invitation: Invitation, now: dt.datetime) -> bytes:
    """The .ics file, UTF-8, lines folded."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{APP_NAME}//{APP_VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method_of(invitation))
    first, last = (date_of(slot).year for slot in invitation.slots)
    if isinstance(zone_of(invitation.zone), zoneinfo.ZoneInfo):
        calendar.add_component(_zone(invitation.zone, first, last))
    calendar.add_component(_event(invitation, now))
    content: bytes = calendar.to_ical()
    return content


def method_of(invitation: Invitation) -> str:
    """REQUEST, CANCEL, or PUBLISH where nobody's address is known."""
    if invitation.method == "cancel":
        return "CANCEL"
    return "REQUEST" if invitation.attendee else "PUBLISH"


def hours_of(slots: tuple[int, int], zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
    """From when until when somebody is on site, by the clocks of a place."""
    first, last = slots
    begins = dt.datetime.combine(date_of(first), dt.time(STARTS[first % 2]), zone)
    return begins, dt.datetime.combine(date_of(last), dt.time(ENDS[last % 2]), zone)


@lru_cache(maxsize=64)
def _zone(name: str, first_year: int, last_year: int) -> Timezone:
    """The clocks of a zone in some years. The library takes its time to find them out."""
    found = Timezone.from_tzid(name, first_date=dt.date(first_year, 1, 1), last_date=dt.date(last_year + 1, 1, 1))
    found.pop("comment", None)
    return found


def _event(invitation: Invitation, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", invitation.sequence)
    _add_times(event, invitation)
    event.add("summary", one_line(invitation.summary))
    event.add("location", one_line(invitation.location))
    event.add("description", plain(invitation.description)[:LONGEST])
    if invitation.place is not None:
        event.add("geo", tuple(round(degree, 6) for degree in invitation.place))
    event["organizer"] = _address(invitation.organizer or NOBODY, invitation.organizer_name)
    if invitation.attendee:
        attendee = _address(invitation.attendee, invitation.attendee_name)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        if invitation.method == "request":
            attendee.params["RSVP"] = vText("TRUE")
        event.add("attendee", attendee, encode=False)
    event.add("status", "CANCELLED" if invitation.method == "cancel" else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if invitation.method == "cancel" else "OPAQUE")
    if invitation.alarm_hours and invitation.method == "request":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -dt.timedelta(hours=invitation.alarm_hours))
        alarm.add("description", one_line(invitation.summary))
        event.add_component(alarm)
    return event


def _add_times(event: Event, invitation: Invitation) -> None:
    first, last = invitation.slots
    begins, ends = hours_of(invitation.slots, zone_of(invitation.zone))
    days = last // 2 - first // 2 + 1
    if days > 1 and first % 2 == 0 and last % 2 == 1:
        ends = hours_of((first, first + 1), begins.tzinfo or dt.UTC)[1]
        event.add("rrule", vRecur({"FREQ": ["DAILY"], "COUNT": [days]}))
    event.add("dtstart", begins)
    event.add("dtend", ends)


def _address(address: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{one_line(address)}")
    shown = one_line(name).replace('"', "'")
    if shown:
        found.params["CN"] = vText(shown)
    return found
