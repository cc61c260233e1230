"""What is told to inspectors, factories and clients, and what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Party = Literal["inspector", "factory", "client"]
Method = Literal["request", "cancel"]
Channel = Literal["smtp", "eml", "ics", "text", "pdf", "phone"]
Answer = Literal["confirmed", "declined", ""]


@dataclass(frozen=True, slots=True, order=True)
class Addressee:
    """Who is told of the visit of a request: one of its inspectors (by code), its factory, or its client."""

    request: str
    party: Party
    inspector: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it goes out, for the record. Times and places are in the texts.

    Attributes:
        kept: the day and half-days told: absolute slots, inclusive.
        told: what was told, by the keys of `dispatching.facts.LABELS`; the next update is due where it differs.
        body: the text as the receiver reads it.
        fault: why it did not go out; "" where it did.
        is_known: whether it is known that it did not go out, where there is a fault.
        after: key of the last message to him that was on record when this one was made; 0: there was none.
    """

    to: Addressee
    uid: str
    sequence: int
    method: Method
    channel: Channel
    recipient: str
    language: str
    subject: str
    body: str
    kept: tuple[int, int]
    told: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    is_known: bool = True
    after: int = 0


@dataclass(frozen=True, slots=True)
class BeginSendings:
    """Note what is about to go out over the network: where the program ends half way, it is known what is unknown.

    `RecordSendings` says afterwards what became of each. Cannot be undone.
    """

    messages: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class RecordSendings:
    """Note what went out, and what did not. Cannot be undone: nobody can call a message back."""

    messages: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """What an inspector, a factory or a client answered to what he was told last; "" takes the answer back.

    `at` without a zone is by the clocks of the factory; None: now.
    """

    to: Addressee
    answer: Answer
    note: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SetReminder:
    """When to ask again for an answer; None: when the house's settings say."""

    to: Addressee
    at: dt.datetime | None
