"""The sheet that says what a plan costs, how good it is known to be, and what it was made with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.styles import DAY_FORMAT, MUTED, Formats
from desktop.services.planning.views import PlanHeader, PlanView
from desktop.services.settings import PlanSettings
from desktop.services.words import spell_money, spell_time
from scheduler.problem import TravelMode

MEANINGS: Mapping[str, str] = {
    "work": "days worked",
    "premium": "weekends and holidays",
    "travel": "legs and travel days",
    "nights": "nights away from home",
    "late": "days after due: a penalty, no bill",
    "affinity": "preferences for and against people: no bill",
    "change": "taking back what was announced: a penalty, no bill",
    "unserved": "bookings left out: a penalty, no bill",
}
_MONEY = "#,##0.00"


def add_costs(book: Workbook, formats: Formats, view: PlanView) -> None:
    """Add the sheet "Costs"."""
    page: Worksheet = book.add_worksheet("Costs")
    page.hide_gridlines(2)
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 30)
    page.set_column(2, 2, 60)
    row = _add_parts(page, formats, view.header)
    row = _add_quality(page, formats, view, row + 2)
    _add_settings(page, formats, view.settings, row + 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _add_parts(page: Worksheet, formats: Formats, header: PlanHeader) -> int:
    for place, text in enumerate(("Cost", "USD", "What it is")):
        page.write_string(0, place, text, formats.header)
    amount, muted = formats.get(num_format=_MONEY), formats.get(font_color=MUTED)
    row = 0
    for row, (part, cents) in enumerate(header.cost_parts.items(), 1):
        put(page, row, 0, part.capitalize(), formats.get())
        page.write_number(row, 1, cents / 100, amount)
        put(page, row, 2, MEANINGS.get(part), muted)
    row += 1
    page.write_string(row, 0, "Total", formats.get(bold=True, top=1))
    page.write_number(row, 1, header.cost_cents / 100, formats.get(bold=True, top=1, num_format=_MONEY))
    page.write_string(row, 2, "", formats.get(top=1))
    return row


def _add_quality(page: Worksheet, formats: Formats, view: PlanView, start: int) -> int:
    header = view.header
    money, share, day = _MONEY, "0.00 %", DAY_FORMAT
    facts: list[tuple[str, Cell, str, str]] = [
        ("Plan", header.code, "@", view.badge),
        ("Status", header.status, "@", ""),
        ("First day", header.first_day, day, ""),
        ("Last day", header.last_day, day, ""),
        ("Assigned", header.assigned, "0", "bookings"),
        ("Unassigned", header.left_out, "0", "bookings"),
    ]
    if header.bound_cents is None:
        facts.append(("Bound", "none yet", "@", "nothing is proven of how good the plan is"))
    else:
        left = f"at most {spell_money(header.cost_cents - header.bound_cents)} to gain"
        facts.append(("Bound", header.bound_cents / 100, money, "no plan that keeps the rules costs less"))
        facts.append(("Gap", header.gap, share, left))
    facts += [
        ("Solver", header.solver_status, "@", ""),
        ("Seconds", round(header.seconds, 1), "0.0", ""),
        ("Seed", header.seed, "0", ""),
        ("Made", spell_time(header.created_at), "@", ""),
    ]
    if header.published_at is not None:
        facts.append(("Published", spell_time(header.published_at), "@", ""))
    return _add_facts(page, formats, "The plan", facts, start)


def _add_settings(page: Worksheet, formats: Formats, settings: PlanSettings, start: int) -> int:
    facts: list[tuple[str, Cell, str, str]] = []
    for field in fields(settings):
        value = getattr(settings, field.name)
        name = field.name.replace("_", " ")
        if field.name in ("travel", "limits", "rotation"):
            continue
        if name.endswith(" cents"):
            facts.append((f"{name.removesuffix(' cents')} (USD)", value / 100, _MONEY, ""))
        elif isinstance(value, bool):
            facts.append((name, "yes" if value else "no", "@", ""))
        elif isinstance(value, tuple):
            facts.append((name, ", ".join(value) or "all", "@", ""))
        else:
            facts.append((name, value, DAY_FORMAT if isinstance(value, dt.date) else "General", ""))
    limits, rotation = settings.limits, settings.rotation
    longest = ("midday", "morning", "evening", "relocate", "free_day")
    facts += [(f"longest way, {name.replace('_', ' ')}", getattr(limits, name), "0", "minutes") for name in longest]
    facts.append(("most nights away in one gap", limits.away_nights, "0", ""))
    facts.append(("most visits to one factory", rotation.max_visits, "0", f"within {rotation.within_days} days"))
    facts.append(("detour", settings.travel.detour, "0.00", "road to straight line"))
    facts.append(("hour of travel (USD)", settings.travel.time_cost_per_hour / 100, _MONEY, ""))
    facts += [(f"by {mode.name}", _reach(mode), "@", _pace(mode)) for mode in settings.travel.modes]
    return _add_facts(page, formats, "Made with", facts, start)


def _reach(mode: TravelMode) -> str:
    most = "" if mode.max_km is None else f" to {mode.max_km:g}"
    where = "" if mode.countries is None else f" in {', '.join(mode.countries)}"
    return f"{mode.min_km:g}{most or ' and more'} km{where}"


def _pace(mode: TravelMode) -> str:
    return (
        f"{mode.fixed_minutes:g} minutes and {mode.kmh:g} km/h; "
        f"USD {mode.fixed_cost / 100:.2f} and {mode.cost_per_km / 100:.2f} a km"
    )


def _add_facts(
    page: Worksheet, formats: Formats, title: str, facts: Sequence[tuple[str, Cell, str, str]], start: int
) -> int:
    for place, text in enumerate((title, "", "")):
        put(page, start, place, text, formats.header)
    row = start
    for row, (name, value, form, remark) in enumerate(facts, start + 1):
        put(page, row, 0, f"{name[0].upper()}{name[1:]}", formats.get())
        align = "left" if isinstance(value, str | dt.date) else "right"
        put(page, row, 1, value, formats.get(num_format=form, align=align))
        put(page, row, 2, remark, formats.get(font_color=MUTED))
    return row
