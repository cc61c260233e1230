"""Writing a `Problem` as the data of a problem file."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Announcement, Inspector, PastVisit, Pin, Problem, Request, Site

PROBLEM_FORMAT = "inspection-planning/1"
EXACT_WHOLE = 2.0**53  # beyond it a float no longer tells neighbouring whole numbers apart


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """The data of a problem file; `read_problem` gives the same problem back."""
    return {
        "format": PROBLEM_FORMAT,
        "horizon": {"start": problem.horizon.start.isoformat(), "days": problem.horizon.days},
        "travel": {
            "detour": _number(problem.travel.detour),
            "time_cost_per_hour": _number(problem.travel.time_cost_per_hour),
            "modes": [
                {
                    "name": mode.name,
                    "countries": None if mode.countries is None else list(mode.countries),
                    "min_km": _number(mode.min_km),
                    "max_km": None if mode.max_km is None else _number(mode.max_km),
                    "fixed_minutes": _number(mode.fixed_minutes),
                    "kmh": _number(mode.kmh),
                    "fixed_cost": _number(mode.fixed_cost),
                    "cost_per_km": _number(mode.cost_per_km),
                }
                for mode in problem.travel.modes
            ],
        },
        "limits": {
            "midday": problem.limits.midday,
            "morning": problem.limits.morning,
            "evening": problem.limits.evening,
            "relocate": problem.limits.relocate,
            "free_day": problem.limits.free_day,
            "away_nights": problem.limits.away_nights,
        },
        "rotation": {"max_visits": problem.rotation.max_visits, "within_days": problem.rotation.within_days},
        "sites": [site_to_json(site) for site in problem.sites],
        "inspectors": [inspector_to_json(inspector) for inspector in problem.inspectors],
        "requests": [request_to_json(request) for request in problem.requests],
        "history": [past_visit_to_json(visit) for visit in problem.history],
        "published": {request: announcement_to_json(entry) for request, entry in problem.published.items()},
    }


def _number(value: float) -> float:
    """A number as short as JSON allows, so that 600 and 600.0 are written alike."""
    return int(value) if abs(value) < EXACT_WHOLE and float(value).is_integer() else value


def site_to_json(site: Site) -> dict[str, Any]:
    """The data of a site."""
    return {
        "id": site.id,
        "lat": _number(site.lat),
        "lon": _number(site.lon),
        "country": site.country,
        "area": site.area,
        "closed": sorted(date.isoformat() for date in site.closed),
    }


def inspector_to_json(inspector: Inspector) -> dict[str, Any]:
    """The data of an inspector."""
    start = inspector.start
    return {
        "id": inspector.id,
        "lat": _number(inspector.lat),
        "lon": _number(inspector.lon),
        "country": inspector.country,
        "works_in": {area: None if last is None else last.isoformat() for area, last in inspector.works_in.items()},
        "services": list(inspector.services),
        "skills": dict(inspector.skills),
        "languages": list(inspector.languages),
        "certificates": {own: last.isoformat() for own, last in inspector.certificates.items()},
        "available": list(inspector.available),
        "may_travel": list(inspector.may_travel),
        "day_costs": list(inspector.day_costs),
        "day_premiums": list(inspector.day_premiums),
        "night_cost": inspector.night_cost,
        "travel_day_cost": inspector.travel_day_cost,
        "max_consecutive_days": inspector.max_consecutive_days,
        "worked_before": {
            "days_this_week": inspector.worked_before.days_this_week,
            "consecutive_days": inspector.worked_before.consecutive_days,
        },
        "start": None
        if start is None
        else {
            "slot": start.slot,
            "lat": _number(start.lat),
            "lon": _number(start.lon),
            "country": start.country,
            "worked_days": list(start.worked_days),
        },
    }


def request_to_json(request: Request) -> dict[str, Any]:
    """The data of a request."""
    lead = request.lead
    return {
        "id": request.id,
        "site": request.site,
        "service": request.service,
        "skill": request.skill,
        "level": request.level,
        "languages": list(request.languages),
        "certificates": list(request.certificates),
        "lead": None
        if lead is None
        else {"level": lead.level, "languages": list(lead.languages), "certificates": list(lead.certificates)},
        "modes": [{"crew": mode.crew, "half_days": mode.half_days} for mode in request.modes],
        "earliest": request.earliest.isoformat(),
        "latest": request.latest.isoformat(),
        "due": request.due.isoformat(),
        "late_cost": request.late_cost,
        "unserved_cost": request.unserved_cost,
        "excluded": sorted(request.excluded),
        "affinity": dict(request.affinity),
        "pin": None if request.pin is None else _pin(request.pin),
    }


def past_visit_to_json(visit: PastVisit) -> dict[str, Any]:
    """The data of a visit made before the horizon."""
    return {"inspector": visit.inspector, "site": visit.site, "date": visit.date.isoformat()}


def _pin(pin: Pin) -> dict[str, Any]:
    return {
        "inspectors": None if pin.inspectors is None else list(pin.inspectors),
        "start_slot": pin.start_slot,
        "mode": pin.mode,
        "waive": sorted(pin.waive),
    }


def announcement_to_json(entry: Announcement) -> dict[str, Any]:
    """The data of what has been announced of a request."""
    return {
        "inspectors": list(entry.inspectors),
        "start_slot": entry.start_slot,
        "inspector_cost": entry.inspector_cost,
        "day_cost": entry.day_cost,
        "drop_cost": entry.drop_cost,
    }
