"""Reading a problem file's data into a `Problem`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from scheduler.errors import BadProblemError, Fault
from scheduler.problem import (
    WAIVERS,
    Announcement,
    Horizon,
    Inspector,
    Lead,
    Limits,
    Mode,
    PastVisit,
    Pin,
    Problem,
    Request,
    Rotation,
    Site,
    Start,
    Travel,
    TravelMode,
    Waiver,
    WorkedBefore,
)
from scheduler.wire.fields import (
    EMPTY,
    Reader,
    WrongValueError,
    anything,
    date,
    exactly,
    flag,
    many,
    mapping,
    name,
    number,
    optional,
    text,
    whole,
)
from scheduler.wire.writing import PROBLEM_FORMAT

T = TypeVar("T")
SOME_DAY = dt.date(1970, 1, 1)  # stands in for a date that could not be read; the problem is refused anyway

names = many(name)
wholes = many(whole)
flags = many(flag)
dates = many(date)


def _keys(record: type) -> frozenset[str]:
    """The keys that a record has in a file: those of its dataclass."""
    return frozenset(entry.name for entry in dataclasses.fields(record))


_PROBLEM = _keys(Problem) | {"format"}
_HORIZON = _keys(Horizon)
_TRAVEL = _keys(Travel)
_TRAVEL_MODE = _keys(TravelMode)
_LIMITS = _keys(Limits)
_ROTATION = _keys(Rotation)
_SITE = _keys(Site)
_INSPECTOR = _keys(Inspector)
_WORKED_BEFORE = _keys(WorkedBefore)
_START = _keys(Start)
_REQUEST = _keys(Request)
_MODE = _keys(Mode)
_LEAD = _keys(Lead)
_PIN = _keys(Pin)
_PAST = _keys(PastVisit)
_ANNOUNCED = _keys(Announcement)


def read_problem(data: object) -> Problem:
    """The problem that a file's data states.

    Raises:
        BadProblemError: with every fault of shape or type, each naming its record and field. What the values mean
            together is not looked at: see `validate.check_problem`.
    """
    faults: list[Fault] = []
    top = Reader(data, "problem", faults)
    top.take("format", exactly(PROBLEM_FORMAT), None)
    if faults:
        raise BadProblemError(tuple(faults))
    problem = Problem(
        horizon=_horizon(_section(top, "horizon")),
        travel=_travel(_section(top, "travel")),
        limits=_limits(_section(top, "limits")),
        rotation=_rotation(_section(top, "rotation")),
        sites=_records(top, "sites", "site", _site),
        inspectors=_records(top, "inspectors", "inspector", _inspector),
        requests=_records(top, "requests", "request", _request),
        history=tuple(
            _past_visit(Reader(entry, f"history[{n}]", faults))
            for n, entry in enumerate(top.take("history", many(anything), ()))
        ),
        published={
            request: _announcement(Reader(entry, f"published {request}", faults))
            for request, entry in top.take("published", mapping(anything), EMPTY).items()
        },
    )
    top.close(_PROBLEM)
    if faults:
        raise BadProblemError(tuple(faults))
    return problem


def _section(top: Reader, key: str) -> Reader:
    """An object of the file that is a record of its own in messages."""
    if not top.has(key):
        top.raw(key)
        return Reader({}, key, [])
    return Reader(top.raw(key), key, top.faults)


def _records(top: Reader, key: str, kind: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
    """The records of a list, each named in messages by its id, or by its place where it has none."""
    found = []
    for n, entry in enumerate(top.take(key, many(anything), ())):
        own = entry.get("id") if isinstance(entry, dict) else None
        found.append(
            read(Reader(entry, f"{kind} {own}" if own and isinstance(own, str) else f"{key}[{n}]", top.faults))
        )
    return tuple(found)


def _horizon(reader: Reader) -> Horizon:
    horizon = Horizon(reader.take("start", date, SOME_DAY), reader.take("days", whole, 1))
    reader.close(_HORIZON)
    return horizon


def _travel(reader: Reader) -> Travel:
    travel = Travel(
        reader.take("detour", number, 1.0),
        reader.take("time_cost_per_hour", number, 0.0),
        tuple(_travel_mode(part) for part in reader.parts("modes")),
    )
    reader.close(_TRAVEL)
    return travel


def _travel_mode(reader: Reader) -> TravelMode:
    mode = TravelMode(
        name=reader.take("name", name, ""),
        countries=reader.take("countries", optional(names), None),
        min_km=reader.take("min_km", number, 0.0),
        max_km=reader.take("max_km", optional(number), None),
        fixed_minutes=reader.take("fixed_minutes", number, 0.0),
        kmh=reader.take("kmh", number, 1.0),
        fixed_cost=reader.take("fixed_cost", number, 0.0),
        cost_per_km=reader.take("cost_per_km", number, 0.0),
    )
    reader.close(_TRAVEL_MODE)
    return mode


def _limits(reader: Reader) -> Limits:
    limits = Limits(
        midday=reader.take("midday", whole, 0),
        morning=reader.take("morning", whole, 0),
        evening=reader.take("evening", whole, 0),
        relocate=reader.take("relocate", whole, 0),
        free_day=reader.take("free_day", whole, 0),
        away_nights=reader.take("away_nights", whole, 0),
    )
    reader.close(_LIMITS)
    return limits


def _rotation(reader: Reader) -> Rotation:
    rotation = Rotation(reader.take("max_visits", whole, 0), reader.take("within_days", whole, 0))
    reader.close(_ROTATION)
    return rotation


def _site(reader: Reader) -> Site:
    site = Site(
        id=reader.take("id", name, ""),
        lat=reader.take("lat", number, 0.0),
        lon=reader.take("lon", number, 0.0),
        country=reader.take("country", text, ""),
        area=reader.take("area", text, ""),
        closed=frozenset(reader.take("closed", dates, ())),
    )
    reader.close(_SITE)
    return site


def _inspector(reader: Reader) -> Inspector:
    before = reader.need("worked_before")
    start = reader.part("start")
    inspector = Inspector(
        id=reader.take("id", name, ""),
        lat=reader.take("lat", number, 0.0),
        lon=reader.take("lon", number, 0.0),
        country=reader.take("country", text, ""),
        works_in=reader.take("works_in", mapping(optional(date)), EMPTY),
        services=reader.take("services", names, ()),
        skills=reader.take("skills", mapping(whole), EMPTY),
        languages=reader.take("languages", names, ()),
        certificates=reader.take("certificates", mapping(date), EMPTY),
        available=reader.take("available", flags, ()),
        may_travel=reader.take("may_travel", flags, ()),
        day_costs=reader.take("day_costs", wholes, ()),
        day_premiums=reader.take("day_premiums", wholes, ()),
        night_cost=reader.take("night_cost", whole, 0),
        travel_day_cost=reader.take("travel_day_cost", whole, 0),
        max_consecutive_days=reader.take("max_consecutive_days", whole, 1),
        worked_before=WorkedBefore(
            before.take("days_this_week", whole, 0),
            before.take("consecutive_days", whole, 0),
        ),
        start=None if start is None else _start(start),
    )
    before.close(_WORKED_BEFORE)
    reader.close(_INSPECTOR)
    return inspector


def _start(reader: Reader) -> Start:
    start = Start(
        slot=reader.take("slot", whole, 0),
        lat=reader.take("lat", number, 0.0),
        lon=reader.take("lon", number, 0.0),
        country=reader.take("country", text, ""),
        worked_days=reader.take("worked_days", wholes, ()),
    )
    reader.close(_START)
    return start


def _request(reader: Reader) -> Request:
    lead = reader.part("lead")
    pin = reader.part("pin")
    request = Request(
        id=reader.take("id", name, ""),
        site=reader.take("site", name, ""),
        service=reader.take("service", text, ""),
        skill=reader.take("skill", text, ""),
        level=reader.take("level", whole, 0),
        modes=tuple(_mode(part) for part in reader.parts("modes")),
        earliest=reader.take("earliest", date, SOME_DAY),
        latest=reader.take("latest", date, SOME_DAY),
        due=reader.take("due", date, SOME_DAY),
        late_cost=reader.take("late_cost", whole, 0),
        unserved_cost=reader.take("unserved_cost", whole, 0),
        languages=reader.take("languages", names, ()),
        certificates=reader.take("certificates", names, ()),
        lead=None if lead is None else _lead(lead),
        excluded=frozenset(reader.take("excluded", names, ())),
        affinity=reader.take("affinity", mapping(whole), EMPTY),
        pin=None if pin is None else _pin(pin),
    )
    reader.close(_REQUEST)
    return request


def _mode(reader: Reader) -> Mode:
    mode = Mode(reader.take("crew", whole, 1), reader.take("half_days", whole, 1))
    reader.close(_MODE)
    return mode


def _lead(reader: Reader) -> Lead:
    lead = Lead(
        reader.take("level", whole, 0),
        reader.take("languages", names, ()),
        reader.take("certificates", names, ()),
    )
    reader.close(_LEAD)
    return lead


def _waiver(value: object) -> Waiver:
    for waiver in WAIVERS:
        if value == waiver:
            return waiver
    raise WrongValueError(f"must be one of {', '.join(WAIVERS)}", value)


def _pin(reader: Reader) -> Pin:
    pin = Pin(
        inspectors=reader.take("inspectors", optional(names), None),
        start_slot=reader.take("start_slot", optional(whole), None),
        mode=reader.take("mode", optional(whole), None),
        waive=frozenset(reader.take("waive", many(_waiver), ())),
    )
    reader.close(_PIN)
    return pin


def _past_visit(reader: Reader) -> PastVisit:
    visit = PastVisit(
        reader.take("inspector", name, ""),
        reader.take("site", name, ""),
        reader.take("date", date, SOME_DAY),
    )
    reader.close(_PAST)
    return visit


def _announcement(reader: Reader) -> Announcement:
    announced = Announcement(
        inspectors=reader.take("inspectors", names, ()),
        start_slot=reader.take("start_slot", whole, 0),
        inspector_cost=reader.take("inspector_cost", whole, 0),
        day_cost=reader.take("day_cost", whole, 0),
        drop_cost=reader.take("drop_cost", whole, 0),
    )
    reader.close(_ANNOUNCED)
    return announced
