"""Messages in words: the subject, the whole text, and a short one to paste into a chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.models.halfday import date_of
from desktop.services.commands.dispatching import Party
from desktop.services.dispatching.directions import Journey, map_link
from desktop.services.dispatching.due import NoticeKind
from desktop.services.dispatching.facts import NAMES, VisitNow, may_name
from desktop.services.dispatching.house import DispatchSettings
from desktop.services.dispatching.standing import Concerned, Head
from desktop.services.dispatching.wording import (
    labelled,
    one_line,
    read_words,
    say,
    write_day,
    write_slots,
    write_when,
)
from desktop.services.trade.protocols import Language

NEEDED = ("need_helper", "need_table", "need_tools", "need_papers")
SHORT = ("visit", "factory", "address", "contact", "going", "people")
"""What of an inspector's and a factory's lines goes into a chat."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in words."""

    subject: str
    text: str
    chat: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a message is written about.

    Attributes:
        slots: the visit's first and last half-day, absolute; of a cancellation as told last.
        before: those told last; None: nothing was.
        journey: an inspector's; None: not known, or not for him.
    """

    kind: NoticeKind
    concerned: Concerned
    head: Head
    slots: tuple[int, int]
    before: tuple[int, int] | None
    journey: Journey | None
    settings: DispatchSettings
    now: dt.datetime

    @property
    def party(self) -> Party:
        """To whom."""
        return self.concerned.to.party


def letter(occasion: Occasion, language: Language) -> Letter:
    """A message in a language."""
    writer = _Writer(occasion, language)
    return Letter(writer.subject(), writer.text(), writer.chat())


class _Writer:
    def __init__(self, occasion: Occasion, language: Language) -> None:
        self._o, self._language = occasion, language
        self._visit = occasion.concerned.visit

    def _say(self, key: str, /, **given: object) -> str:
        return say(key, self._language, **given)

    def _line(self, key: str, text: str) -> str:
        return labelled(key, text, self._language).rstrip()

    def subject(self) -> str:
        """One line."""
        day = write_day(date_of(self._o.slots[0]), self._language)
        name = self._factory_name()
        return one_line(self._say(f"subject_{self._o.kind}", request=self._o.head.request, day=day, factory=name))

    def text(self) -> str:
        """The whole message."""
        parts = [self._intro(), "\n".join(self._changes()), "\n".join(line for _, line in self._lines())]
        if self._visit is not None and self._o.party == "factory":
            parts.append("\n".join(self._needed(self._visit)))
        parts.append("\n".join(self._end()))
        return "\n\n".join(filter(None, parts)) + "\n"

    def chat(self) -> str:
        """The same in short, one thing a line."""
        lines = [f"{self._intro()} ({self._o.head.request})"]
        lines += list(self._changes())[1:]
        lines += [line for key, line in self._lines() if key in SHORT or self._visit is None]
        if self._visit is not None:
            lines.append(self._say(f"confirm_{self._o.party}"))
        return "\n".join(dict.fromkeys(lines))

    def _intro(self) -> str:
        return self._say(f"{self._o.party}_{self._o.kind}")

    def _end(self) -> Iterator[str]:
        if self._visit is None:
            return
        yield self._say(f"confirm_{self._o.party}")
        if self._o.party == "inspector":
            yield self._say("sheet_attached")
        if self._o.party == "factory" and not may_name(self._o.settings, self._visit, self._o.now):
            yield self._say("unnamed")

    # -- what has changed ----------------------------------------------------------------------------------------------

    def _changes(self) -> Iterator[str]:
        o = self._o
        if o.kind != "update" or not o.concerned.changed or o.concerned.notice is None:
            return
        yield self._line("changed", "")
        old = o.concerned.notice.told
        for key in o.concerned.changed:
            before, now = old.get(key, ""), o.concerned.told.get(key, "")
            if key == "visit" and o.before is not None:
                before, now = write_slots(*o.before, self._language), write_slots(*o.slots, self._language)
            before, now = (one_line(text) or self._say("nothing") for text in (before, now))
            yield "- " + self._say("change", label=self._say(key), now=now, before=before)

    # -- what it is about ----------------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[tuple[str, str]]:
        """Key and line of each thing told, empty ones left out."""
        for key, text in self._things():
            said = one_line(text)
            if said:
                yield key, self._line(key, said)

    def _things(self) -> Iterator[tuple[str, str]]:
        o, visit = self._o, self._visit
        yield "visit", (write_slots if visit is None else write_when)(*o.slots, self._language)
        yield "service", o.head.service
        yield "factory", self._factory_name()
        if visit is not None:
            yield from self._about(visit)
        yield "reference", o.head.request

    def _about(self, visit: VisitNow) -> Iterator[tuple[str, str]]:
        party, site, goods = self._o.party, visit.factory, visit.goods
        if party != "client":
            yield "address", site.address
        if party == "inspector":
            yield "place", self._o.concerned.told.get("place", "")
            yield "map", map_link(visit)
            yield "contact", self._say("comma").join(filter(None, (site.contact, site.phone)))
            if self._o.journey is not None:
                yield "going", "; ".join(self._o.journey.lines(self._language))
        if party != "client":
            yield "client", visit.client.name
        if goods is not None:
            pieces = self._say("pieces", number=f"{goods.quantity:,}")
            yield "goods", self._say("comma").join(filter(None, (goods.code, goods.product, pieces)))
        yield from self._crew(visit)
        if party == "inspector":
            yield from self._checked(visit)

    def _crew(self, visit: VisitNow) -> Iterator[tuple[str, str]]:
        if self._o.party == "inspector":
            if len(visit.crew) > 1:
                yield "people", self._o.concerned.told.get("people", "")
            return
        number = len(visit.crew)
        yield "people", self._say("one_person") if number == 1 else self._say("many_people", number=number)
        yield "names", self._o.concerned.told.get(NAMES, "")

    def _checked(self, visit: VisitNow) -> Iterator[tuple[str, str]]:
        yield "aql", f"{visit.level}; {visit.aql_major} / {visit.aql_minor}"
        if visit.sample is not None:
            plans = visit.sample
            classes = (("critical", plans.critical), ("major", plans.major), ("minor", plans.minor))
            drawn = (f"{self._say(key)} {plan.size:,} ({plan.accept}/{plan.reject})" for key, plan in classes)
            yield "sample", "; ".join(drawn)
        yield "checklist", visit.checklist(self._language)
        yield "remark", visit.remark

    def _needed(self, visit: VisitNow) -> Iterator[str]:
        yield self._line("needed", "")
        key = f"goods_{visit.service}"
        if key in read_words().texts:
            yield "- " + self._say(key, percent=f"{visit.from_percent:g}")
        for need in NEEDED:
            yield "- " + self._say(need)

    def _factory_name(self) -> str:
        head = self._o.head
        local = head.factory_local_name
        if self._o.party == "client" or not local:
            return head.factory_name
        return local if self._language == "zh" and head.factory_country == "CN" else f"{head.factory_name} ({local})"
