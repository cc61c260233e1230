"""When two problems are the same problem: order, repeats and what no rule looks at are put aside."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TypeVar

from scheduler.problem import Announcement, Inspector, Problem, Request, Site
from scheduler.wire.writing import (
    announcement_to_json,
    inspector_to_json,
    past_visit_to_json,
    problem_to_json,
    request_to_json,
    site_to_json,
)

V = TypeVar("V")


def canonical(problem: Problem) -> Problem:
    """The same problem in its one form.

    Lists whose order means nothing are sorted and freed of repeats; closed dates outside the horizon and past visits
    too old for rotation are left out. The order of a request's modes, which plans refer to, stays.
    """
    horizon = problem.horizon
    return dataclasses.replace(
        problem,
        travel=dataclasses.replace(
            problem.travel,
            modes=tuple(
                sorted(
                    (dataclasses.replace(m, countries=_optional(m.countries)) for m in problem.travel.modes),
                    key=lambda mode: (mode.name, mode.min_km, mode.kmh, mode.fixed_minutes, mode.fixed_cost),
                ),
            ),
        ),
        sites=tuple(sorted((_site(site, problem) for site in problem.sites), key=lambda site: site.id)),
        inspectors=tuple(sorted((_inspector(entry) for entry in problem.inspectors), key=lambda entry: entry.id)),
        requests=tuple(sorted((_request(entry) for entry in problem.requests), key=lambda entry: entry.id)),
        history=tuple(
            sorted(
                (v for v in problem.history if (horizon.start - v.date).days < problem.rotation.within_days),
                key=lambda v: (v.inspector, v.site, v.date),
            ),
        ),
        published=_by_key(
            {
                request: Announcement(
                    _unique(entry.inspectors),
                    entry.start_slot,
                    entry.inspector_cost,
                    entry.day_cost,
                    entry.drop_cost,
                )
                for request, entry in problem.published.items()
            },
        ),
    )


def digest(problem: Problem) -> str:
    """A hexadecimal SHA-256 that two problems share exactly where their canonical forms are equal."""
    return Fingerprint(problem).digest(problem)


class Fingerprint:
    """The digests of a problem and of those that differ from it in requests alone.

    The canonical form is written record by record and kept: the next digest writes only the requests that are others,
    and no single step of it takes long.
    """

    def __init__(self, problem: Problem) -> None:
        frame = canonical(dataclasses.replace(problem, requests=()))
        bare = dataclasses.replace(frame, sites=(), inspectors=(), history=(), published={})
        self._frame = {name: _text(value) for name, value in problem_to_json(bare).items()}
        self._inspectors = _list(_text(inspector_to_json(entry)) for entry in frame.inspectors)
        self._sites = {entry.id: _text(site_to_json(entry)) for entry in frame.sites}
        self._history = _history(frame)
        self._published = {
            name: f"{_text(name)}:{_text(announcement_to_json(entry))}" for name, entry in frame.published.items()
        }
        self._requests = {entry.id: (entry, self._written(entry)) for entry in problem.requests}

    def with_site(self, problem: Problem, site: str) -> Fingerprint:
        """The same where a problem has a site more (by id), and visits made there."""
        sites = tuple(entry for entry in problem.sites if entry.id == site)
        history = tuple(visit for visit in problem.history if visit.site == site)
        frame = canonical(
            dataclasses.replace(problem, sites=sites, history=history, inspectors=(), requests=(), published={})
        )
        twin = copy.copy(self)
        written = {entry.id: _text(site_to_json(entry)) for entry in frame.sites}
        twin._sites = _by_key(self._sites | written)  # noqa: SLF001 -- its own
        twin._history = sorted([*self._history, *_history(frame)])  # noqa: SLF001
        return twin

    def digest(self, problem: Problem) -> str:
        """The digest of a problem whose sites, history and announcements are some of the first one's."""
        requests = sorted((entry.id, self._piece(entry)) for entry in problem.requests)
        sites = {site.id for site in problem.sites}
        parts = self._frame | {
            "inspectors": self._inspectors,
            "sites": _list(text for name, text in self._sites.items() if name in sites),
            "history": _list(text for (_, site, _), text in self._history if site in sites),
            "published": "{" + ",".join(self._published[name] for name in sorted(problem.published)) + "}",
            "requests": _list(text for _, text in requests),
        }
        whole = "{" + ",".join(f"{_text(name)}:{text}" for name, text in sorted(parts.items())) + "}"
        return hashlib.sha256(whole.encode()).hexdigest()

    def _piece(self, entry: Request) -> str:
        known = self._requests.get(entry.id)
        return known[1] if known is not None and known[0] is entry else self._written(entry)

    @staticmethod
    def _written(entry: Request) -> str:
        return _text(request_to_json(_request(entry)))


def _history(frame: Problem) -> list[tuple[tuple[str, str, dt.date], str]]:
    return [((visit.inspector, visit.site, visit.date), _text(past_visit_to_json(visit))) for visit in frame.history]


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)  # one for tens of thousands


def _text(value: object) -> str:
    return _ENCODER.encode(value)


def _list(texts: Iterable[str]) -> str:
    return "[" + ",".join(texts) + "]"


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _optional(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else _unique(values)


def _by_key(entries: Mapping[str, V]) -> dict[str, V]:
    return dict(sorted(entries.items()))


def _site(site: Site, problem: Problem) -> Site:
    horizon = problem.horizon
    return dataclasses.replace(
        site,
        closed=frozenset(date for date in site.closed if 0 <= horizon.day(date) < horizon.days),
    )


def _inspector(entry: Inspector) -> Inspector:
    start = entry.start
    if start is not None:
        start = dataclasses.replace(start, worked_days=tuple(sorted(set(start.worked_days))))
    return dataclasses.replace(
        entry,
        works_in=_by_key(entry.works_in),
        services=_unique(entry.services),
        skills=_by_key(entry.skills),
        languages=_unique(entry.languages),
        certificates=_by_key(entry.certificates),
        start=start,
    )


def _request(entry: Request) -> Request:
    lead, pin = entry.lead, entry.pin
    if lead is not None:
        lead = dataclasses.replace(
            lead,
            languages=_unique(lead.languages),
            certificates=_unique(lead.certificates),
        )
    if pin is not None:
        pin = dataclasses.replace(pin, inspectors=_optional(pin.inspectors))
    return dataclasses.replace(
        entry,
        languages=_unique(entry.languages),
        certificates=_unique(entry.certificates),
        lead=lead,
        affinity=_by_key(entry.affinity),
        pin=pin,
    )
