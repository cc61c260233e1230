"""A firm along a meridian: enough inspectors for regions, little enough to do for a test."""

from __future__ import annotations

from scheduler.problem import Lead, Mode, Pin, Problem, Rotation
from tests.helpers.small import inspector, problem, request, site

PEOPLE, SITES, REQUESTS = 190, 60, 240
LENGTH_KM = 600.0
AREAS = 12  # people may work where they live and in the area after it


def long_land() -> Problem:
    """190 inspectors and 240 requests on 600 km; every twelfth request wants two people, every fortieth is pinned."""
    people = tuple(
        inspector(
            f"I{n}",
            LENGTH_KM * n / PEOPLE,
            works_in={f"A{n * AREAS // PEOPLE}": None, f"A{n * AREAS // PEOPLE + 1}": None},
            skills={"toys": 3 + n % 3},
            day_costs=(1000, 1100 + n % 7 * 10, 1200),
        )
        for n in range(PEOPLE)
    )
    sites = tuple(site(f"S{n}", 5.0 + LENGTH_KM * n / SITES, area=f"A{n * AREAS // SITES}") for n in range(SITES))
    requests = []
    for n in range(REQUESTS):
        crew = (Mode(2, 2),) if n % 12 == 0 else (Mode(1, 1 + n % 3),)
        pin = Pin(start_slot=2 * (n % 4)) if n % 40 == 1 else None
        lead = Lead(5) if n % 24 == 0 else None
        wanted = request(
            f"R{n}", f"S{n * 7 % SITES}", modes=crew, level=2 + n % 3, lead=lead, pin=pin, unserved_cost=3000 + 37 * n
        )
        requests.append(wanted)
    return problem(tuple(requests), people, sites, rotation=Rotation(2, 90))
