"""One more of something: a day, a level, a language, a certificate of an inspector, a day of a window, a hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from scheduler.problem import Inspector, Lead, Problem, Request, Site, WorkedBefore

HIGHEST_LEVEL = 5


@dataclass(frozen=True, slots=True)
class More:
    """A problem changed by one thing.

    Attributes:
        kind: "day", "level", "language" or "certificate" of an inspector, "later" or "earlier" of a request's window,
            "hand": somebody hired for a day.
        text: it in a planner's words.
        inspector: as changed, or hired; None where a request changes.
        request: as changed; None where an inspector does.
        date: the day opened or added; None for a level, language or certificate.
        area, skill: of a hand; the skill of a level too.
        language: of a language.
        certificate: of a certificate.
        like: of a hand: whose costs are taken.
    """

    kind: str
    text: str
    inspector: Inspector | None = None
    request: Request | None = None
    date: dt.date | None = None
    area: str | None = None
    skill: str | None = None
    language: str | None = None
    certificate: str | None = None
    like: str | None = None


def changed(problem: Problem, more: More, number: int = 1) -> Problem:
    """The problem with one more; of hands there may be several alike, hired for the same day."""
    if more.request is not None:
        requests = tuple(more.request if own.id == more.request.id else own for own in problem.requests)
        return dataclasses.replace(problem, requests=requests)
    other = more.inspector
    if other is None:
        return problem
    if more.kind == "hand":
        others = [dataclasses.replace(other, id=f"{other.id} {n}") for n in range(2, number + 1)]
        return dataclasses.replace(problem, inspectors=(*problem.inspectors, other, *others))
    inspectors = tuple(other if own.id == other.id else own for own in problem.inspectors)
    return dataclasses.replace(problem, inspectors=inspectors)


def days_more(problem: Problem, person: Inspector) -> Iterator[More]:
    """Every day on which an inspector is away for some of it, opened whole."""
    for day in range(problem.horizon.days):
        slots = (2 * day, 2 * day + 1)
        if not all(person.available[slot] for slot in slots):
            available = tuple(is_free or slot in slots for slot, is_free in enumerate(person.available))
            date = problem.horizon.date(day)
            other = dataclasses.replace(person, available=available)
            yield More("day", f"{person.id} available on {date}", inspector=other, date=date)


def levels_asked(problem: Problem) -> Mapping[str, int]:
    """The highest level that somebody asks for, by skill."""
    wanted: dict[str, int] = defaultdict(int)
    for request in problem.requests:
        lead = 0 if request.lead is None else request.lead.level
        wanted[request.skill] = max(wanted[request.skill], request.level, lead)
    return dict(sorted(wanted.items()))


def levels_more(person: Inspector, asked: Mapping[str, int]) -> Iterator[More]:
    """One level more of every skill that somebody asks for at a higher level than the inspector has."""
    for skill, most in asked.items():
        level = person.skills.get(skill, 0)
        if level < most:
            other = dataclasses.replace(person, skills={**person.skills, skill: level + 1})
            text = f"{person.id} at level {level + 1} of {skill}"
            yield More("level", text, inspector=other, skill=skill)


def languages_asked(problem: Problem) -> Sequence[str]:
    """The languages that somebody asks for."""
    wanted = {name for request in problem.requests for name in request.languages}
    wanted |= {name for request in problem.requests if request.lead is not None for name in request.lead.languages}
    return sorted(wanted)


def languages_more(person: Inspector, asked: Sequence[str]) -> Iterator[More]:
    """Every language that somebody asks for and the inspector does not speak."""
    for name in asked:
        if name not in person.languages:
            other = dataclasses.replace(person, languages=(*person.languages, name))
            yield More("language", f"{person.id} speaking {name}", inspector=other, language=name)


def certificates_asked(problem: Problem) -> Sequence[str]:
    """The certificates that somebody asks for."""
    wanted = {name for request in problem.requests for name in request.certificates}
    wanted |= {name for request in problem.requests if request.lead is not None for name in request.lead.certificates}
    return sorted(wanted)


def certificates_more(person: Inspector, asked: Sequence[str], end: dt.date) -> Iterator[More]:
    """Every certificate that somebody asks for and the inspector does not hold up to the last day planned."""
    for name in asked:
        held = person.certificates.get(name)
        if held is None or held < end:
            other = dataclasses.replace(person, certificates={**person.certificates, name: end})
            yield More("certificate", f"{person.id} with the certificate {name}", inspector=other, certificate=name)


def windows_more(problem: Problem, request: Request) -> Iterator[More]:
    """The window of a request one day longer at either end, inside the horizon."""
    one = dt.timedelta(days=1)
    for kind, field, date in (
        ("later", "latest", request.latest + one),
        ("earlier", "earliest", request.earliest - one),
    ):
        if problem.horizon.start <= date <= problem.horizon.end:
            other = dataclasses.replace(request, **{field: date})  # type: ignore[arg-type]
            verb = "closing" if kind == "later" else "opening"
            text = f"the window of {request.id} {verb} on {date}, a day {kind}"
            yield More(kind, text, request=other, date=date)


def hands(problem: Problem) -> Iterator[More]:
    """Somebody hired for one day, by area, skill and day.

    He lives at the factory in the middle of those in the area that ask for the skill, has the skill at the highest
    level, and all services, languages and certificates that they ask for with it; he may work in the area, and travel
    on any day. He costs what the cheapest inspector who may work there and has the skill costs: of those who are paid
    by the day where there are any.
    """
    sites = {site.id: site for site in problem.sites}
    groups: dict[tuple[str, str], list[Request]] = defaultdict(list)
    for request in problem.requests:
        groups[sites[request.site].area, request.skill].append(request)
    for (area, skill), requests in sorted(groups.items()):
        home = _middle([sites[request.site] for request in requests])
        model = _cheapest(problem, area, skill)
        if model is None:
            continue
        for day in range(problem.horizon.days):
            date = problem.horizon.date(day)
            hired = _hired(problem, home, model, requests, day)
            text = f"one day of {skill} in {area or 'the area without a name'} on {date}"
            text += f", home at {home.id}, priced as {model.id}"
            yield More("hand", text, inspector=hired, date=date, area=area, skill=skill, like=model.id)


def everything_more(problem: Problem) -> Iterator[More]:
    """All that is looked at: hands, then what people could have more, then windows. No two have one text."""
    yield from hands(problem)
    levels, languages, certificates = levels_asked(problem), languages_asked(problem), certificates_asked(problem)
    for person in problem.inspectors:
        yield from days_more(problem, person)
        yield from levels_more(person, levels)
        yield from languages_more(person, languages)
        yield from certificates_more(person, certificates, problem.horizon.end)
    for request in problem.requests:
        yield from windows_more(problem, request)


def _hired(problem: Problem, home: Site, model: Inspector, requests: Sequence[Request], day: int) -> Inspector:
    """Somebody for all that some requests of one area and skill ask for, on one day."""
    wanted: list[Request | Lead] = [*requests, *(request.lead for request in requests if request.lead is not None)]
    certificates = {name for asks in wanted for name in asks.certificates}
    skill = requests[0].skill
    return Inspector(
        id=f"hand {home.area} {skill} {problem.horizon.date(day)}",
        lat=home.lat,
        lon=home.lon,
        country=home.country,
        works_in={home.area: None},
        services=tuple(sorted({request.service for request in requests})),
        skills={skill: HIGHEST_LEVEL},
        languages=tuple(sorted({name for asks in wanted for name in asks.languages})),
        certificates=dict.fromkeys(sorted(certificates), problem.horizon.end),
        available=tuple(slot // 2 == day for slot in range(2 * problem.horizon.days)),
        may_travel=(True,) * (problem.horizon.days + 2),
        day_costs=model.day_costs[:1],
        day_premiums=model.day_premiums,
        night_cost=model.night_cost,
        travel_day_cost=model.travel_day_cost,
        max_consecutive_days=1,
        worked_before=WorkedBefore(),
    )


def _middle(sites: Sequence[Site]) -> Site:
    """The site nearest to the median of both coordinates; a site counts once for each request."""
    lat, lon = median(site.lat for site in sites), median(site.lon for site in sites)
    return min(sites, key=lambda site: ((site.lat - lat) ** 2 + (site.lon - lon) ** 2, site.id))


def _cheapest(problem: Problem, area: str, skill: str) -> Inspector | None:
    """Whose costs a hand has; None where nobody works a day."""
    working = [person for person in problem.inspectors if person.day_costs]
    local = [person for person in working if area in person.works_in]
    able = [person for person in local if skill in person.skills] or local or working
    paid = [person for person in able if person.day_costs[0] > 0] or able
    return min(paid, key=lambda person: (person.day_costs[0], person.night_cost, person.id), default=None)
