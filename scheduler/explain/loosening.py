"""Single changes of what a request asks of everybody: the window, a level, a language, a closed day, its pin."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.instance import Instance
from scheduler.problem import Mode, Request

MOST_DAYS = 3  # that a window is widened by


class Looser(NamedTuple):
    """A problem that asks less of one request.

    Attributes:
        kind, detail: which change; of equal ones the further are not tried once one lets the request in.
        text: the change, in a planner's words.
        amount, unit: how large it is.
        instance: the problem changed.
    """

    kind: str
    detail: str
    text: str
    amount: int | None
    unit: str | None
    instance: Instance


def looser_requests(instance: Instance, number: int) -> Iterator[Looser]:
    """Every single change of a request, the smaller of a kind before the larger."""
    request = instance.requests[number]
    yield from _wider(instance, number, request)
    yield from _opened(instance, number)
    for fewer in range(1, request.level + 1):
        level = request.level - fewer
        other = dataclasses.replace(request, level=level)
        text = f"{request.skill} at level {level} instead of {request.level}"
        yield Looser("level", "", text, fewer, "levels", instance.with_request(number, other))
    for language in request.languages:
        left = tuple(name for name in request.languages if name != language)
        other = dataclasses.replace(request, languages=left)
        yield _dropped("language", language, instance, number, other)
    for certificate in request.certificates:
        left = tuple(name for name in request.certificates if name != certificate)
        other = dataclasses.replace(request, certificates=left)
        yield _dropped("certificate", certificate, instance, number, other)
    if request.lead is not None:
        other = dataclasses.replace(request, lead=None)
        yield Looser("lead", "", "no lead asked for", None, None, instance.with_request(number, other))
    for name in sorted(request.excluded):
        other = dataclasses.replace(request, excluded=request.excluded - {name})
        yield Looser("excluded", name, f"{name} not excluded", None, None, instance.with_request(number, other))
    yield from _longer(instance, number, request)
    if request.pin is not None:
        yield Looser("pin", request.id, f"{request.id} freed from its pin", None, None, instance.with_pin(number, None))


def _wider(instance: Instance, number: int, request: Request) -> Iterator[Looser]:
    """The window open some days longer, or earlier, as far as the horizon goes."""
    for days in range(1, MOST_DAYS + 1):
        plural = "s" * (days > 1)
        other = dataclasses.replace(request, latest=request.latest + dt.timedelta(days=days))
        if instance.latest[number] + days < instance.days:
            text = f"its window closing {days} day{plural} later, on {other.latest}"
            yield Looser("later", "", text, days, "days", instance.with_request(number, other))
    for days in range(1, MOST_DAYS + 1):
        plural = "s" * (days > 1)
        other = dataclasses.replace(request, earliest=request.earliest - dt.timedelta(days=days))
        if instance.earliest[number] - days >= 0:
            text = f"its window opening {days} day{plural} earlier, on {other.earliest}"
            yield Looser("earlier", "", text, days, "days", instance.with_request(number, other))


def _opened(instance: Instance, number: int) -> Iterator[Looser]:
    site = instance.site_of[number]
    low, high = max(0, instance.earliest[number]), min(instance.days - 1, instance.latest[number])
    for day in sorted(instance.closed[site]):
        if low <= day <= high:
            text = f"site {instance.sites[site].id} open on {instance.date(day)}"
            yield Looser("site", str(instance.date(day)), text, 1, "days", instance.with_open(site, day))


def _longer(instance: Instance, number: int, request: Request) -> Iterator[Looser]:
    """The same man-days done by fewer inspectors, who take longer."""
    if request.pin is not None:
        return
    known = set(request.modes)
    for mode in request.modes:
        for crew in range(mode.crew - 1, 0, -1):
            other = Mode(crew, -(-mode.crew * mode.half_days // crew))
            if other not in known:
                known.add(other)
                text = f"{crew} for {other.half_days} half-days instead of {mode.crew} for {mode.half_days}"
                split = dataclasses.replace(request, modes=(*request.modes, other))
                by = mode.crew - crew
                yield Looser("split", text, text, by, "inspectors", instance.with_request(number, split))


def _dropped(kind: str, name: str, instance: Instance, number: int, other: Request) -> Looser:
    return Looser(kind, name, f"{name} not asked for", 1, f"{kind}s", instance.with_request(number, other))
