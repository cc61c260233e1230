"""What inspectors, factories and clients have been told of a visit, and what they answered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.models.base import Base, Versioned, reference
from desktop.models.types import UtcTime

PARTIES = ("inspector", "factory", "client")
NOTICE_STATES = ("new", "sent", "cancelled")
SENDING_STATES = ("begun", "sent", "failed")
ANSWERS = ("", "confirmed", "declined")
METHODS = ("request", "cancel")
CHANNELS = ("smtp", "eml", "ics", "text", "pdf", "phone")


class Notice(Versioned, Base):
    """What one party knows of the visit of a request. The first message makes it; later ones change it.

    `uid` names the event in their calendars for good; `sequence` is that of the last message. `told`, its `digest`,
    `first_slot` and `last_slot` (absolute) are what was told last: where the visit says otherwise, an update is due.
    `state` is "new" as long as nothing has gone out for certain. An `answer` is one to the last message.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("uid"),
        CheckConstraint(f"party IN {PARTIES!r}", name="party"),
        CheckConstraint("(party = 'inspector') = (inspector_id IS NOT NULL)", name="whose"),
        CheckConstraint(f"state IN {NOTICE_STATES!r}", name="state"),
        CheckConstraint(f"answer IN {ANSWERS!r}", name="answer"),
        {"sqlite_autoincrement": True},
    )

    request_id: Mapped[int] = mapped_column(reference("request.id"), index=True)
    party: Mapped[str]
    inspector_id: Mapped[int | None] = mapped_column(reference("inspector.id"), index=True)
    uid: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="sent")
    first_slot: Mapped[int]
    last_slot: Mapped[int]
    digest: Mapped[str]
    told: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    answer_note: Mapped[str] = mapped_column(default="")
    remind_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)

    sendings: Mapped[list[Sending]] = relationship(cascade="all, delete-orphan", order_by="Sending.id")


# nulls are alike here: a unique constraint would let a factory be told twice
Index("uq_notice_whom", Notice.request_id, Notice.party, func.coalesce(Notice.inspector_id, 0), unique=True)


class Sending(Base):
    """One message of a notice as it went out: which version, by which channel, to whom, when, by whom.

    `body` is the text as it was sent; `digest` that of what it told. `state` is "begun" from before it is handed to a
    mail server until it is known what became of it; `fault` is why it did not go out, "" where it did.
    """

    __tablename__ = "sending"
    __table_args__ = (
        CheckConstraint(f"method IN {METHODS!r}", name="method"),
        CheckConstraint(f"channel IN {CHANNELS!r}", name="channel"),
        CheckConstraint(f"state IN {SENDING_STATES!r}", name="state"),
        {"sqlite_autoincrement": True},
    )

    notice_id: Mapped[int] = mapped_column(reference("notice.id"), index=True)
    sequence: Mapped[int]
    method: Mapped[str]
    channel: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    digest: Mapped[str]
    sent_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    sent_by: Mapped[str]
    state: Mapped[str] = mapped_column(default="sent")
    fault: Mapped[str] = mapped_column(default="")
