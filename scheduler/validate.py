"""Whether a problem makes sense: every fault in what its values mean, each named by record and field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from scheduler.errors import BadProblemError, Fault
from scheduler.instance import Instance
from scheduler.pins import pin_faults, together_faults
from scheduler.problem import Inspector, Lead, Problem, Request, TravelMode
from scheduler.weeks import Weeks

LONGEST_HORIZON = 28
DAYS_OF_WEEK = 7
HIGHEST_LEVEL = 5


def check_problem(problem: Problem) -> tuple[Fault, ...]:
    """Every fault of a problem; none where it can be solved.

    Pins are looked at once the rest is sound, and pins against one another once each makes sense by itself.
    """
    return _meaning(problem) or _pinning(Weeks(Instance(problem)))


def accept(problem: Problem) -> Weeks:
    """A problem without faults, compiled, with what looking for faults has priced already.

    Raises:
        BadProblemError: with every fault.
    """
    if faults := _meaning(problem):
        raise BadProblemError(faults)
    weeks = Weeks(Instance(problem))
    if faults := _pinning(weeks):
        raise BadProblemError(faults)
    return weeks


def _meaning(problem: Problem) -> tuple[Fault, ...]:
    """What is wrong whatever the pins say."""
    return (
        *_settings(problem),
        *_sites(problem),
        *_inspectors(problem),
        *_requests(problem),
        *_history(problem),
        *_published(problem),
    )


def _pinning(weeks: Weeks) -> tuple[Fault, ...]:
    faults = [*_starts(weeks), *pin_faults(weeks)]
    return tuple(faults or together_faults(weeks))


def _range(record: str, field: str, value: float, low: float, high: float | None = None) -> Iterator[Fault]:
    """A fault where a value lies outside `low ... high`."""
    if high is None and value < low:
        yield Fault(record, field, str(value), f"must be {low} or more")
    elif high is not None and not low <= value <= high:
        yield Fault(record, field, str(value), f"must be {low} to {high}")


def _twice(kind: str, ids: Iterable[str]) -> Iterator[Fault]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Fault(f"{kind} {name}", "id", name, f"occurs {count} times: give every {kind} an id of its own")


def _settings(problem: Problem) -> Iterator[Fault]:
    yield from _range("horizon", "days", problem.horizon.days, 1, LONGEST_HORIZON)
    if problem.travel.detour <= 0:
        yield Fault("travel", "detour", str(problem.travel.detour), "must be more than 0")
    yield from _range("travel", "time_cost_per_hour", problem.travel.time_cost_per_hour, 0)
    for mode in problem.travel.modes:
        yield from _travel_mode(mode)
    limits = problem.limits
    for field in ("midday", "morning", "evening", "relocate", "free_day", "away_nights"):
        yield from _range("limits", field, getattr(limits, field), 0)
    longest = max(limits.midday, limits.morning, limits.evening, limits.relocate)
    if limits.free_day < longest:
        text = f"must be the longest of the travel limits, {longest} or more"
        yield Fault("limits", "free_day", str(limits.free_day), text)
    yield from _range("rotation", "max_visits", problem.rotation.max_visits, 0)
    yield from _range("rotation", "within_days", problem.rotation.within_days, 0)


def _travel_mode(mode: TravelMode) -> Iterator[Fault]:
    record = f"travel mode {mode.name}"
    for field in ("min_km", "fixed_minutes", "fixed_cost", "cost_per_km"):
        yield from _range(record, field, getattr(mode, field), 0)
    if mode.kmh <= 0:
        yield Fault(record, "kmh", str(mode.kmh), "must be more than 0")
    if mode.max_km is not None and mode.max_km < mode.min_km:
        yield Fault(record, "max_km", str(mode.max_km), f"must be min_km, {mode.min_km}, or more")


def _place(record: str, lat: float, lon: float, prefix: str = "") -> Iterator[Fault]:
    yield from _range(record, f"{prefix}lat", lat, -90, 90)
    yield from _range(record, f"{prefix}lon", lon, -180, 180)


def _sites(problem: Problem) -> Iterator[Fault]:
    yield from _twice("site", (site.id for site in problem.sites))
    for site in problem.sites:
        yield from _place(f"site {site.id}", site.lat, site.lon)


def _inspectors(problem: Problem) -> Iterator[Fault]:
    yield from _twice("inspector", (inspector.id for inspector in problem.inspectors))
    for inspector in problem.inspectors:
        yield from _inspector(problem, inspector)


def _inspector(problem: Problem, inspector: Inspector) -> Iterator[Fault]:
    record, days = f"inspector {inspector.id}", problem.horizon.days
    yield from _place(record, inspector.lat, inspector.lon)
    for field, wanted in (("available", 2 * days), ("may_travel", days + 2), ("day_premiums", days)):
        entries = len(getattr(inspector, field))
        if entries != wanted:
            yield Fault(record, field, "", f"has {entries} entries, not {wanted} (the horizon has {days} days)")
    if len(inspector.day_costs) > DAYS_OF_WEEK:
        yield Fault(record, "day_costs", "", f"has {len(inspector.day_costs)} entries, a week has {DAYS_OF_WEEK} days")
    for field in ("day_costs", "day_premiums"):
        if any(cents < 0 for cents in getattr(inspector, field)):
            yield Fault(record, field, str(list(getattr(inspector, field))), "must not hold negative cents")
    for field in ("night_cost", "travel_day_cost", "max_consecutive_days"):
        yield from _range(record, field, getattr(inspector, field), 0)
    for skill, level in inspector.skills.items():
        yield from _range(record, f"skills.{skill}", level, 1, HIGHEST_LEVEL)
    yield from _worked(problem, inspector, record)


def _worked(problem: Problem, inspector: Inspector, record: str) -> Iterator[Fault]:
    """What was worked before the horizon, and what belongs to a start away from home."""
    before, start, weekday = inspector.worked_before, inspector.start, problem.horizon.start.weekday()
    if not 0 <= before.days_this_week <= weekday:
        text = "must be 0, as the horizon starts on a Monday"
        if weekday:
            text = f"must be 0 to {weekday}, the days of the horizon's first week that lie before it"
        yield Fault(record, "worked_before.days_this_week", str(before.days_this_week), text)
    yield from _range(record, "worked_before.consecutive_days", before.consecutive_days, 0)
    if start is None:
        return
    yield from _place(record, start.lat, start.lon, "start.")
    yield from _range(record, "start.slot", start.slot, 0, 2 * problem.horizon.days)
    last = min(start.slot // 2, problem.horizon.days - 1)
    for day in start.worked_days:
        if not 0 <= day <= last:
            text = f"must hold days before slot {start.slot} or its day, 0 to {last}"
            yield Fault(record, "start.worked_days", str(day), text)
    if len(set(start.worked_days)) != len(start.worked_days):
        yield Fault(record, "start.worked_days", str(list(start.worked_days)), "names a day twice")


def _requests(problem: Problem) -> Iterator[Fault]:
    yield from _twice("request", (request.id for request in problem.requests))
    sites = {site.id for site in problem.sites}
    inspectors = {inspector.id for inspector in problem.inspectors}
    for request in problem.requests:
        record = f"request {request.id}"
        if request.site not in sites:
            yield Fault(record, "site", request.site, "is not the id of a site")
        yield from _qualification(record, request, "")
        if request.lead is not None:
            yield from _qualification(record, request.lead, "lead.")
        yield from _work(record, request)
        yield from _strangers(record, "excluded", request.excluded, inspectors)
        yield from _strangers(record, "affinity", request.affinity, inspectors)
        if request.pin is not None:
            yield from _strangers(record, "pin.inspectors", request.pin.inspectors or (), inspectors)


def _qualification(record: str, wanted: Request | Lead, prefix: str) -> Iterator[Fault]:
    yield from _range(record, f"{prefix}level", wanted.level, 0, HIGHEST_LEVEL)


def _work(record: str, request: Request) -> Iterator[Fault]:
    """Modes, window and prices of a request."""
    if not request.modes:
        yield Fault(record, "modes", "", "is empty: give at least one crew and number of half-days")
    for n, mode in enumerate(request.modes):
        yield from _range(record, f"modes[{n}].crew", mode.crew, 1)
        yield from _range(record, f"modes[{n}].half_days", mode.half_days, 1)
    if request.latest < request.earliest:
        yield Fault(record, "latest", str(request.latest), f"must not be before earliest, {request.earliest}")
    yield from _range(record, "late_cost", request.late_cost, 0)
    yield from _range(record, "unserved_cost", request.unserved_cost, 0)


def _strangers(record: str, field: str, names: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for name in sorted(names):
        if name not in known:
            yield Fault(record, field, name, "is not the id of an inspector")


def _history(problem: Problem) -> Iterator[Fault]:
    sites = {site.id for site in problem.sites}
    inspectors = {inspector.id for inspector in problem.inspectors}
    for n, visit in enumerate(problem.history):
        record = f"history[{n}]"
        yield from _strangers(record, "inspector", (visit.inspector,), inspectors)
        if visit.site not in sites:
            yield Fault(record, "site", visit.site, "is not the id of a site")
        if visit.date >= problem.horizon.start:
            text = f"must be before the horizon, which starts on {problem.horizon.start}"
            yield Fault(record, "date", str(visit.date), text)


def _published(problem: Problem) -> Iterator[Fault]:
    requests = {request.id for request in problem.requests}
    inspectors = {inspector.id for inspector in problem.inspectors}
    for name, announced in problem.published.items():
        record = f"published {name}"
        if name not in requests:
            yield Fault(record, "", name, "is not the id of a request")
        yield from _strangers(record, "inspectors", announced.inspectors, inspectors)
        for person, count in Counter(announced.inspectors).items():
            if count > 1:
                yield Fault(record, "inspectors", person, "is named twice")
        for field in ("inspector_cost", "day_cost", "drop_cost"):
            yield from _range(record, field, getattr(announced, field), 0)


def _starts(weeks: Weeks) -> Iterator[Fault]:
    """A start away from home has a way home, even if nothing is done on the way."""
    instance = weeks.instance
    for number, inspector in enumerate(instance.inspectors):
        place, start = instance.start_place[number], inspector.start
        if place is None or start is None:
            continue
        day = (start.slot - 1) // 2
        if weeks.journeys.home(number, place, day) is None:
            yield Fault(
                f"inspector {inspector.id}",
                "start",
                f"{start.lat}, {start.lon}",
                f"has no way home within {instance.problem.limits.evening} minutes on {instance.date(day)}, nor within "
                f"{instance.problem.limits.free_day} on a travel day after it: allow travel on "
                f"{instance.date(day + 1)}, or correct the place",
            )
