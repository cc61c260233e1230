"""A small sound problem and a plan in which every field of the formats stands: what malformed ones are made from.

Week of Monday 2026-11-30, three people around one town, five bookings; the sums do not matter here.
"""

from __future__ import annotations

import copy
from typing import Any

Json = dict[str, Any]
MONDAY = "2026-11-30"
DAYS = 7


def person(name: str, **fields: object) -> Json:
    """An inspector in the town who may do everything."""
    return {
        "id": name,
        "lat": 23.0,
        "lon": 113.0,
        "country": "CN",
        "works_in": {"south": None, "north": "2027-06-30"},
        "services": ["DUPRO", "PSI"],
        "skills": {"garment": 3, "toys": 5},
        "languages": ["zh", "en"],
        "certificates": {"social-audit": "2027-01-31"},
        "available": [True] * (2 * DAYS),
        "may_travel": [True] * (DAYS + 2),
        "day_costs": [0, 0, 6500, 6700, 6900, 9900],
        "day_premiums": [0, 0, 0, 0, 0, 6500, 6500],
        "night_cost": 3800,
        "travel_day_cost": 1500,
        "max_consecutive_days": 6,
        "worked_before": {"days_this_week": 0, "consecutive_days": 1},
        "start": None,
    } | copy.deepcopy(fields)


def booking(name: str, **fields: object) -> Json:
    """A request for a day of one person, any day of the week, at the factory in the town."""
    return {
        "id": name,
        "site": "S1",
        "service": "DUPRO",
        "skill": "garment",
        "level": 2,
        "languages": [],
        "certificates": [],
        "lead": None,
        "modes": [{"crew": 1, "half_days": 2}],
        "earliest": MONDAY,
        "latest": "2026-12-06",
        "due": "2026-12-02",
        "late_cost": 3000,
        "unserved_cost": 30000,
        "excluded": [],
        "affinity": {},
        "pin": None,
    } | copy.deepcopy(fields)


def pin(**fields: object) -> Json:
    """A pin that fixes what is given."""
    return {"inspectors": None, "start_slot": None, "mode": None, "waive": []} | fields


def whole_problem() -> Json:
    """The problem, new at each call."""
    away = {"slot": 2, "lat": 23.1, "lon": 113.1, "country": "CN", "worked_days": [0]}
    crew = [{"crew": 2, "half_days": 2}, {"crew": 1, "half_days": 4}]
    lead = {"level": 3, "languages": ["en"], "certificates": ["social-audit"]}
    fixed = pin(inspectors=["I1"], start_slot=4, mode=0, waive=["window"])
    return {
        "format": "inspection-planning/1",
        "horizon": {"start": MONDAY, "days": DAYS},
        "travel": {
            "detour": 1.3,
            "time_cost_per_hour": 600,
            "modes": [
                {
                    "name": "car",
                    "countries": ["CN", "VN"],
                    "min_km": 0,
                    "max_km": 700,
                    "fixed_minutes": 10,
                    "kmh": 50,
                    "fixed_cost": 0,
                    "cost_per_km": 11,
                },
            ],
        },
        "limits": {"midday": 60, "morning": 120, "evening": 150, "relocate": 240, "free_day": 600, "away_nights": 3},
        "rotation": {"max_visits": 3, "within_days": 90},
        "sites": [
            {"id": "S1", "lat": 23.0, "lon": 113.0, "country": "CN", "area": "south", "closed": ["2026-12-06"]},
            {"id": "S2", "lat": 23.2, "lon": 113.2, "country": "CN", "area": "north", "closed": []},
        ],
        "inspectors": [person("I1"), person("I2", start=away), person("I3")],
        "requests": [
            booking("R1", modes=crew, lead=lead, languages=["zh"], certificates=["social-audit"]),
            booking("R2", excluded=["I3"], affinity={"I1": -800, "I2": 2000}, latest="2026-11-30", pin=fixed),
            booking("R3", site="S2"),
            booking("R4", pin=pin(inspectors=["I3"])),
            booking("R5"),
        ],
        "history": [{"inspector": "I1", "site": "S1", "date": "2026-11-02"}],
        "published": {
            "R3": {"inspectors": ["I1"], "start_slot": 2, "inspector_cost": 1000, "day_cost": 2500, "drop_cost": 6000},
        },
    }


def whole_plan() -> Json:
    """A plan of `whole_problem` in which every key stands; its rules and sums are not looked at."""
    return {
        "format": "inspection-plan/1",
        "assignments": [{"request": "R2", "mode": 0, "start_slot": 4, "inspectors": ["I1"]}],
        "unassigned": [{"request": "R1", "reasons": [{"code": "full", "text": "All are busy.", "lift": "One more."}]}],
        "status": "feasible",
        "cost": {
            "total": 30,
            "parts": {
                "work": 10,
                "premium": 0,
                "travel": 5,
                "nights": 0,
                "late": 0,
                "affinity": -5,
                "change": 0,
                "unserved": 20,
            },
        },
        "bound": 27,
        "gap": 0.1,
        "seconds": 1.5,
        "seed": 1,
        "log": {"steps": 3},
    }
