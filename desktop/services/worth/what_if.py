"""What-ifs: people hired, trained or ill, clients dropped, another promise; solved with and without, by equal runs."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Collection, Sequence
from statistics import median

from desktop.errors import BadInputError, NotFoundError
from desktop.services.distance import km_between
from desktop.services.worth.asking import Hire, Train, WhatIfAsked
from desktop.services.worth.solving import Solving
from desktop.services.worth.subject import Subject, with_due
from desktop.services.worth.sums import Found, best_of, saving, sum_of
from desktop.services.worth.views import WhatIf
from scheduler.compare import compare
from scheduler.instance import Instance
from scheduler.plan import Plan
from scheduler.prices.more import HIGHEST_LEVEL, levels_asked
from scheduler.problem import Inspector, Problem, Site
from scheduler.standing import Standing

MOST_HIRED = 50


def study_what_if(subject: Subject, asked: WhatIfAsked, solving: Solving) -> WhatIf:
    """Solve with everything that was asked changed, and once without.

    Raises:
        NotFoundError: a person or client is not known to the plan.
        BadInputError: nothing would change, or nobody there has such a skill.
    """
    changed, people, price = changed_problem(subject, asked)
    solving.runs = 2
    runs = [subject.with_bound(solving.solve(subject.problem, subject.plan, asked.seconds, "as it is"))]
    runs.append(solving.solve(changed, _beginning(subject.plan, changed), asked.seconds, "with the change"))
    without, with_it = best_of(runs) if len(changed.requests) == len(subject.problem.requests) else runs
    return WhatIf(
        asked, sum_of(without), sum_of(with_it), *saving(without, with_it), price, people, _moved(without, with_it)
    )  # fmt: skip


def changed_problem(subject: Subject, asked: WhatIfAsked) -> tuple[Problem, tuple[str, ...], int]:
    """The problem changed as asked, the people hired or ill, and the price of the requests given up, in cents."""
    problem, people = subject.problem, list[str]()
    if asked.hours is not None:
        due = subject.due[asked.hours]
        if asked.hours_client:
            _refuse_unknown("client", {asked.hours_client}, set(subject.client.values()))
            due = {code: day for code, day in due.items() if subject.client[code] == asked.hours_client}
        problem = with_due(problem, due)
    for train in asked.train:
        problem = _trained(problem, train)
    ill = _ill(subject, asked)
    if ill:
        problem, people = _without_people(problem, ill), [*people, *ill]
    for hire in asked.hire:
        hired = _hired(problem, hire, sum(one.id.startswith("hired ") for one in problem.inspectors))
        problem = dataclasses.replace(problem, inspectors=(*problem.inspectors, *hired[0]))
        people.append(f"like {hired[1]}")
    price = 0
    if asked.drop_clients:
        _refuse_unknown("client", set(asked.drop_clients), set(subject.client.values()))
        gone = {code for code, client in subject.client.items() if client in asked.drop_clients}
        price = sum(subject.price[code] for code in gone)
        problem = _without_requests(problem, gone)
    if problem == subject.problem:
        raise BadInputError(
            "Nothing would be otherwise.", "Give somebody to hire or train, a client to drop, hours, or who is ill."
        )
    return problem, tuple(people), price


def _refuse_unknown(kind: str, names: Collection[str], known: Collection[str]) -> None:
    for name in sorted(set(names) - set(known)):
        raise NotFoundError(f"The plan has no {kind} {name}.", f"Name a {kind} by the code on record.")


def _beginning(plan: Plan, problem: Problem) -> Plan:
    known = {request.id for request in problem.requests}
    return dataclasses.replace(
        plan, assignments=tuple(entry for entry in plan.assignments if entry.request in known), bound=None
    )


def _moved(without: Found, with_it: Found) -> int:
    """Requests that the two plans have otherwise."""
    instance = Instance(without.problem)
    before, after = (Standing.of(instance, found.assignments) for found in (without, with_it))
    return len(compare(before, after).requests)


def _trained(problem: Problem, train: Train) -> Problem:
    _refuse_unknown("inspector", {train.person}, {one.id for one in problem.inspectors})
    people = tuple(_learned(problem, one, train) if one.id == train.person else one for one in problem.inspectors)
    return dataclasses.replace(problem, inspectors=people)


def _learned(problem: Problem, person: Inspector, train: Train) -> Inspector:
    if train.level is not None:
        if not 1 <= train.level <= HIGHEST_LEVEL:
            raise BadInputError(f"There is no level {train.level}.", f"Give a level from 1 to {HIGHEST_LEVEL}.")
        level = max(train.level, person.skills.get(train.what, 0))
        return dataclasses.replace(person, skills={**person.skills, train.what: level})
    known = {name for one in problem.inspectors for name in one.certificates}
    known |= {name for request in problem.requests for name in request.certificates}
    if train.what in known:
        return dataclasses.replace(person, certificates={**person.certificates, train.what: problem.horizon.end})
    languages = {name for one in problem.inspectors for name in one.languages}
    _refuse_unknown("language or certificate", {train.what}, languages)
    return dataclasses.replace(person, languages=tuple(sorted({*person.languages, train.what})))


def _ill(subject: Subject, asked: WhatIfAsked) -> tuple[str, ...]:
    """Who is ill: those named, and some of those who have visits, drawn by the seed."""
    known = {one.id for one in subject.problem.inspectors}
    _refuse_unknown("inspector", set(asked.ill), known)
    working = {person for entry in subject.plan.assignments for person in entry.inspectors}
    drawn = sorted((working & known) - set(asked.ill))
    if asked.ill_number > len(drawn):
        raise BadInputError(
            f"{asked.ill_number} people cannot be ill: {len(drawn)} have visits.", f"Give at most {len(drawn)}."
        )
    return (*asked.ill, *sorted(random.Random(asked.seed).sample(drawn, asked.ill_number)))


def _without_people(problem: Problem, ill: Collection[str]) -> Problem:
    """People away all days, and free of what is pinned to them."""
    people = tuple(
        dataclasses.replace(one, available=(False,) * len(one.available)) if one.id in ill else one
        for one in problem.inspectors
    )
    requests = tuple(
        dataclasses.replace(request, pin=None)
        if request.pin is not None and not set(request.pin.inspectors or ()).isdisjoint(ill)
        else request
        for request in problem.requests
    )
    return dataclasses.replace(problem, inspectors=people, requests=requests)


def _without_requests(problem: Problem, gone: Collection[str]) -> Problem:
    return dataclasses.replace(
        problem,
        requests=tuple(request for request in problem.requests if request.id not in gone),
        published={code: told for code, told in problem.published.items() if code not in gone},
    )


def _hired(problem: Problem, hire: Hire, number: int) -> tuple[Sequence[Inspector], str]:
    """People more, and the code of the one whom they are like: the nearest of that skill, region and pay.

    They live at the factory in the middle of the region, have what he has and the level that is asked for there, and
    the working days of most people of his country.
    """
    if not 1 <= hire.number <= MOST_HIRED:
        raise BadInputError(f"{hire.number} people cannot be hired at once.", f"Give 1 to {MOST_HIRED}.")
    sites = [site for site in problem.sites if site.area == hire.region]
    if not sites:
        regions = ", ".join(sorted({site.area for site in problem.sites if site.area}))
        raise NotFoundError(f"The plan has no factory in {hire.region}.", f"Its regions are: {regions}.")
    at = _middle(sites)
    able = [one for one in problem.inspectors if hire.skill in one.skills and one.day_costs]
    paid = [one for one in able if (one.day_costs[0] > 0) == (hire.pay == "freelancer")]
    if not able or not paid:
        raise NotFoundError(
            f"Nobody on the roster is {hire.pay} and has the skill {hire.skill}: their costs are not known.",
            "Name a skill and a pay that somebody has.",
        )
    model = min(
        paid,
        key=lambda one: (hire.region not in one.works_in, km_between((at.lat, at.lon), (one.lat, one.lon)), one.id),
    )
    level = max(model.skills[hire.skill], min(HIGHEST_LEVEL, levels_asked(problem).get(hire.skill, 1)))
    available, may_travel = _usual_days(problem, model.country)
    made = [
        dataclasses.replace(
            model,
            id=f"hired {number + n}",
            lat=at.lat,
            lon=at.lon,
            country=at.country,
            works_in={**model.works_in, hire.region: None},
            skills={**model.skills, hire.skill: level},
            available=available,
            may_travel=may_travel,
            worked_before=type(model.worked_before)(),
            start=None,
        )
        for n in range(1, hire.number + 1)
    ]
    return made, model.id


def _middle(sites: Sequence[Site]) -> Site:
    lat, lon = median(site.lat for site in sites), median(site.lon for site in sites)
    return min(sites, key=lambda site: ((site.lat - lat) ** 2 + (site.lon - lon) ** 2, site.id))


def _usual_days(problem: Problem, country: str) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """The half-days and the days of travel that most people of a country have."""
    people = [one for one in problem.inspectors if one.country == country]
    available = tuple(
        2 * sum(one.available[slot] for one in people) > len(people) for slot in range(2 * problem.horizon.days)
    )
    travel = tuple(
        2 * sum(one.may_travel[day] for one in people) > len(people) for day in range(problem.horizon.days + 2)
    )
    return available, travel
