"""Calendar files: read by another library, kept by a real calendar store, and taken out of a client's calendar."""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import threading
import wsgiref.simple_server
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import radicale.config
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from radicale.app import Application

from desktop.models.halfday import morning
from desktop.services.dispatching.house import MailSettings
from desktop.services.dispatching.invitation import Invitation, calendar_file
from desktop.services.dispatching.mail import Attachment, Mail, make_email
from desktop.services.dispatching.wording import one_line, plain
from tests.helpers.company import NOW

TUESDAY = morning(dt.date(2026, 12, 1))
USUAL = Invitation(
    uid="6f0a8f0e-9d55-4f0e-8f43-0d5a3c1f9b11",
    sequence=0,
    method="request",
    slots=(TUESDAY, TUESDAY + 1),
    zone="Asia/Ho_Chi_Minh",
    summary="DUPRO Công ty TNHH May Mặc",
    location="Lot E11, Road N2; Bình Dương",
    description="When: Tue 1 Dec 2026\nBring: tape, gauge; scale\n",
    place=(10.9804, 106.6519),
    organizer="dispatch@house.test",
    organizer_name="Dispatch, North",
    attendee="i1@house.test",
    attendee_name="Nguyễn Văn A",
    alarm_hours=14,
)
HOSTILE = st.one_of(
    st.sampled_from(
        [
            "Jacket\r\nBCC: everybody@evil.test",
            "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:mine",
            'a,b;c:d\\n"quoted"\\',
            "深圳市" * 200,
            "\u202egnirts desrever\u202c",
            "<script>alert(1)</script>",
            "👷🏽\u200d♀️ factory",
            "\x00\x07\x0b\x0c\x85\u2028\u2029",
            "=?utf-8?q?injected?=",
            "",
        ]
    ),
    st.text(max_size=60),
)


def read_back(content: bytes) -> Any:  # noqa: ANN401 -- a library without types
    return vobject.readOne(content.decode("utf-8"), validate=True)


def test_an_invitation_is_read_back_by_another_library() -> None:
    read = read_back(calendar_file(USUAL, NOW))
    event = read.vevent
    assert read.method.value == "REQUEST"
    assert event.uid.value == USUAL.uid
    assert event.sequence.value == "0"
    assert event.dtstart.value.isoformat() == "2026-12-01T08:00:00+07:00"
    assert event.dtend.value.isoformat() == "2026-12-01T17:00:00+07:00"
    assert event.summary.value == USUAL.summary
    assert event.location.value == USUAL.location
    assert event.description.value == USUAL.description
    assert event.geo.value == "10.9804;106.6519"
    assert event.attendee.value == "mailto:i1@house.test"
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert event.attendee.params["CN"] == ["Nguyễn Văn A"]
    assert event.organizer.params["CN"] == ["Dispatch, North"]
    assert event.valarm.trigger.value == dt.timedelta(hours=-14)
    assert all(len(line) <= 75 for line in calendar_file(USUAL, NOW).split(b"\r\n"))


@pytest.mark.parametrize(
    ("slots", "begins", "ends", "days"),
    [
        ((TUESDAY, TUESDAY), "2026-12-01T08:00:00", "2026-12-01T12:00:00", 1),
        ((TUESDAY + 1, TUESDAY + 1), "2026-12-01T13:00:00", "2026-12-01T17:00:00", 1),
        ((TUESDAY, TUESDAY + 5), "2026-12-01T08:00:00", "2026-12-01T17:00:00", 3),
        ((TUESDAY + 1, TUESDAY + 4), "2026-12-01T13:00:00", "2026-12-03T12:00:00", 1),
    ],
)
def test_half_days_have_their_hours_and_whole_days_are_a_series(
    slots: tuple[int, int], begins: str, ends: str, days: int
) -> None:
    event = read_back(calendar_file(replace(USUAL, slots=slots, zone="Asia/Shanghai"), NOW)).vevent
    assert event.dtstart.value.isoformat() == f"{begins}+08:00"
    assert event.dtend.value.isoformat() == f"{ends}+08:00"
    occurrences = list(event.rruleset) if event.rruleset else [event.dtstart.value]
    assert len(occurrences) == days


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("America/New_York", "2026-12-01T08:00:00-05:00"),
        ("UTC", "2026-12-01T08:00:00+00:00"),
        ("Nowhere/City", "2026-12-01T08:00:00+00:00"),
    ],
)
def test_hours_are_those_of_the_factorys_zone(zone: str, begins: str) -> None:
    assert read_back(calendar_file(replace(USUAL, zone=zone), NOW)).vevent.dtstart.value.isoformat() == begins


def test_without_an_address_it_is_published_and_cancelled_all_the_same() -> None:
    unknown = replace(USUAL, attendee="", organizer="")
    assert read_back(calendar_file(unknown, NOW)).method.value == "PUBLISH"
    gone = read_back(calendar_file(replace(unknown, method="cancel", sequence=1), NOW))
    assert (gone.method.value, gone.vevent.status.value) == ("CANCEL", "CANCELLED")


@settings(max_examples=40)
@given(name=HOSTILE, text=HOSTILE, subject=HOSTILE)
@example(name="x\r\nATTENDEE:mailto:evil@evil.test", text="\r\nEND:VCALENDAR", subject="x\r\nX-Evil: 1")
def test_hostile_names_survive_and_inject_nothing(name: str, text: str, subject: str) -> None:
    hostile = replace(USUAL, summary=subject, location=name, description=text, attendee_name=name, organizer_name=name)
    content = calendar_file(hostile, NOW)
    assert read_back(calendar_file(USUAL, NOW)).getChildValue("method") == "REQUEST"
    read = read_back(content)
    assert len(list(read.getChildren())) == len(list(read_back(calendar_file(USUAL, NOW)).getChildren()))
    assert len(read.vevent_list) == 1
    event = read.vevent
    assert len(event.attendee_list) == 1
    assert event.summary.value == one_line(subject)
    assert event.location.value == one_line(name)
    assert event.description.value == plain(text)

    sheet = Attachment("a.pdf", b"%PDF", "application", "pdf")
    mail = Mail("i1@house.test", name, subject, text, "key", content, "REQUEST", (sheet,))
    email = make_email(mail, MailSettings(sender="dispatch@house.test", sender_name=name), NOW)
    raw = bytes(email)
    heads = raw.split(b"\r\n\r\n", 1)[0].decode("ascii")
    names = {line.split(":", 1)[0] for line in heads.split("\r\n") if not line.startswith((" ", "\t"))}
    assert names == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    assert [address.addr_spec for address in email["To"].addresses] == ["i1@house.test"]
    body = email.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == plain(text).rstrip("\n")


# -- a real calendar store ---------------------------------------------------------------------------------------------


class _Quiet(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Tests have nothing to read there."""


@dataclass
class CalendarStore:
    """Radicale on a port of its own, asked as calendar programs ask it."""

    port: int

    def ask(self, method: str, path: str, content: bytes = b"") -> tuple[int, str]:
        account = base64.b64encode(b"i1:any").decode()
        heads = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": f"Basic {account}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, content, heads)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@pytest.fixture
def calendars(tmp_path: Path) -> Iterator[CalendarStore]:
    configuration = radicale.config.load()
    configuration.update(
        {
            "storage": {"filesystem_folder": str(tmp_path), "_filesystem_fsync": "False"},
            "auth": {"type": "none"},
            "rights": {"type": "owner_only"},
            "logging": {"level": "critical"},
        },
        "test",
        privileged=True,
    )
    app = Application(configuration)
    with wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield CalendarStore(server.server_port)
        server.shutdown()
        thread.join()


def stored(content: bytes) -> bytes:
    """An invitation as a client puts it into its calendar: METHOD is of the message, not of the event."""
    return content.replace(b"METHOD:REQUEST\r\n", b"")


def test_of_two_versions_under_one_uid_the_later_stands_in_a_caldav_store(calendars: CalendarStore) -> None:
    assert calendars.ask("MKCALENDAR", "/i1/week/")[0] == 201
    later = replace(USUAL, sequence=1, slots=(TUESDAY + 2, TUESDAY + 3), summary="Moved")
    path = f"/i1/week/{USUAL.uid}.ics"
    assert calendars.ask("PUT", path, stored(calendar_file(USUAL, NOW)))[0] == 201
    assert calendars.ask("PUT", path, stored(calendar_file(later, NOW)))[0] in (201, 204)
    status, text = calendars.ask("GET", path)
    assert status == 200
    event = vobject.readOne(text).vevent
    assert (event.uid.value, event.sequence.value, event.summary.value) == (USUAL.uid, "1", "Moved")
    assert event.dtstart.value.date() == dt.date(2026, 12, 2)
    clash, _ = calendars.ask("PUT", "/i1/week/another.ics", stored(calendar_file(later, NOW)))
    assert clash in (400, 403, 409), "one UID is one event in a calendar"
    _, whole = calendars.ask("GET", "/i1/week/")
    assert whole.count("BEGIN:VEVENT") == 1


# -- a client that follows RFC 5546 ------------------------------------------------------------------------------------


@dataclass
class Diary:
    """A small calendar: takes messages as section 2.1.5 of RFC 5546 has it, by UID, SEQUENCE, then DTSTAMP."""

    events: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, tuple[int, dt.datetime]] = field(default_factory=dict)

    def take(self, content: bytes) -> None:
        read = read_back(content)
        event = read.vevent
        uid, version = event.uid.value, (int(event.sequence.value), event.dtstamp.value)
        if version < self.seen.get(uid, (-1, dt.datetime.min.replace(tzinfo=dt.UTC))):
            return
        self.seen[uid] = version
        if read.method.value == "CANCEL":
            self.events.pop(uid, None)
        else:
            self.events[uid] = event


def test_a_cancellation_takes_the_event_out_of_a_diary() -> None:
    diary, later = Diary(), NOW + dt.timedelta(hours=1)
    moved = calendar_file(replace(USUAL, sequence=1, slots=(TUESDAY + 2, TUESDAY + 3)), later)
    other = calendar_file(replace(USUAL, uid="other"), NOW)
    for content in (calendar_file(USUAL, NOW), other, moved):
        diary.take(content)
    assert diary.events[USUAL.uid].dtstart.value.date() == dt.date(2026, 12, 2)
    diary.take(calendar_file(replace(USUAL, sequence=2, method="cancel"), later))
    assert list(diary.events) == ["other"]
    diary.take(moved)
    assert list(diary.events) == ["other"], "an older version comes too late"
    diary.take(calendar_file(replace(USUAL, sequence=3), later))
    assert USUAL.uid in diary.events, "invited once more"
