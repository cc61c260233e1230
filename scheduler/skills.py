"""Until which day each inspector may serve, and could lead, each request: rule 4 for all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from scheduler.instance import ALWAYS, NEVER, Instance
from scheduler.pins import PinSearch
from scheduler.problem import Inspector, Lead, Request

if TYPE_CHECKING:  # whoever only asks who is fit does not load the compiler
    from scheduler.compiled import Flags, Ints


class Skills:
    """Answers for one request at a time, for all inspectors; equal demands are worked out once."""

    def __init__(self, instance: Instance, search: PinSearch) -> None:
        self._instance = instance
        self._search = search
        self._people: Sequence[Inspector] = instance.inspectors
        self._held: dict[tuple[str, str], Ints] = {}

    def with_instance(self, instance: Instance, search: PinSearch) -> Skills:
        """The same people on a problem that says otherwise of some requests."""
        twin = Skills(instance, search)
        twin._held = self._held
        return twin

    def until(self, number: int) -> Ints:
        """The last day on which each inspector may serve a request, its pin asked too; `NEVER` for on none."""
        instance, request = self._instance, self._instance.requests[number]
        if request.pin is not None:
            return self._pinned(number, request)
        area = instance.sites[instance.site_of[number]].area
        until = np.minimum(self._area(area), self._qualified(request, request))
        until[~self._knows("service", request.service)] = NEVER
        for name in request.excluded:
            if name in instance.inspector_number:
                until[instance.inspector_number[name]] = NEVER
        return until

    def lead_until(self, number: int) -> Ints:
        """The last day on which each inspector could lead a request; `ALWAYS` where no lead is wanted."""
        request = self._instance.requests[number]
        if request.lead is None:
            return np.full(len(self._people), ALWAYS, dtype=np.int32)
        return self._qualified(request, request.lead)

    def _pinned(self, number: int, request: Request) -> Ints:
        until = np.full(len(self._people), NEVER, dtype=np.int32)
        waived = "eligibility" in self._instance.waived[number]
        for person in self._search.people(number):
            until[person] = ALWAYS if waived else self._instance.eligible_until(person, number)
        return until

    def _qualified(self, request: Request, wanted: Request | Lead) -> Ints:
        levels = self._remembered(
            "skill", request.skill, (person.skills.get(request.skill, 0) for person in self._people)
        )
        until = np.where(levels >= wanted.level, ALWAYS, NEVER).astype(np.int32)
        for language in wanted.languages:
            until[~self._knows("language", language)] = NEVER
        for certificate in wanted.certificates:
            dates = (self._day(person.certificates.get(certificate)) for person in self._people)
            until = np.minimum(until, self._remembered("certificate", certificate, dates))
        return until

    def _area(self, area: str) -> Ints:
        permits = (
            NEVER if area not in person.works_in else self._permit_end(person.works_in[area]) for person in self._people
        )
        return self._remembered("area", area, permits)

    def _permit_end(self, date: dt.date | None) -> int:
        return ALWAYS if date is None else self._day(date)

    def _day(self, date: dt.date | None) -> int:
        return NEVER if date is None else self._instance.problem.horizon.day(date)

    def _knows(self, kind: str, name: str) -> Flags:
        if kind == "service":
            known = self._remembered(kind, name, (name in person.services for person in self._people))
        else:
            known = self._remembered(kind, name, (name in person.languages for person in self._people))
        return known.astype(np.bool_)

    def _remembered(self, kind: str, name: str, values: Iterable[int]) -> Ints:
        found = self._held.get((kind, name))
        if found is None:
            found = self._held[kind, name] = np.fromiter(values, dtype=np.int32, count=len(self._people))
        return found
