"""What is said of some half-days of a person's calendar, as commands; and what stands in the way, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.halfday import date_of, morning
from desktop.services.commands import SetDayException
from desktop.services.planning.working_days import OPEN
from desktop.services.roster.card import BookedVisit, CalendarDate, DayTerms, PersonCalendar
from desktop.services.words import count, spell_list, spell_slots

ABSENCE_KINDS = ("leave", "sickness", "training", "other")
"""What the house calls absences; any other word may be kept too."""

AS_USUAL = DayTerms(None, None, None, None)


def set_half_days(
    calendar: PersonCalendar, first_slot: int, last_slot: int, works: bool | None
) -> tuple[SetDayException, ...]:
    """The commands that make half-days worked, free, or (None) as the week and the calendar have them.

    What else was said of these days, such as a premium, stays; with None it goes from days that are covered whole.
    """
    return tuple(
        _exception(calendar.inspector, day, first_slot, last_slot, works)
        for day in calendar.dates
        if first_slot <= morning(day.date) + 1 and last_slot >= morning(day.date)
        if works is not None or day.own is not None
    )


def work_days_between(calendar: PersonCalendar, first_slot: int, last_slot: int) -> float:
    """Days of work, in halves, that an absence of these half-days would take."""
    begin = morning(calendar.first_day)
    cells = [cell for day in calendar.dates for cell in day.cells]
    return sum(cell in OPEN for cell in cells[max(0, first_slot - begin) : last_slot - begin + 1]) / 2


def visits_in_the_way(visits: Sequence[BookedVisit]) -> str:
    """What of a plan falls into some half-days: "2 visits in draft P1: R00012 and R00014". Empty: nothing does."""
    parts = []
    for published in (True, False):
        found = [visit for visit in visits if visit.published is published]
        if found:
            where = "published" if published else f"in draft {found[0].plan}"
            parts.append(f"{count(len(found), 'visit')} {where}: {spell_list([visit.request for visit in found])}")
    return "; ".join(parts)


def half_day_words(calendar: PersonCalendar, slot: int) -> str:
    """Everything about one half-day in a line, for those who hear the calendar instead of seeing it."""
    day: CalendarDate = calendar.dates[(date_of(slot) - calendar.first_day).days]
    kind = day.cells[slot % 2]
    words = [spell_slots(slot, slot), "works" if kind in OPEN else {"leave": "absent"}.get(kind, kind)]
    absence = calendar.absence_at(slot)
    if absence is not None:
        words[-1] = f"absent, {absence.kind}" + (f" ({absence.note})" if absence.note else "")
    if day.holiday:
        words.append(day.holiday)
    words += [f"{visit.request}, {visit.service}, {visit.factory}" for visit in calendar.visits_between(slot, slot)]
    if day.own is not None:
        words.append("set for this day")
    return "; ".join(words)


def _exception(
    inspector: str, day: CalendarDate, first_slot: int, last_slot: int, works: bool | None
) -> SetDayException:
    own, slot = day.own or AS_USUAL, morning(day.date)
    early = works if first_slot <= slot <= last_slot else own.morning
    late = works if first_slot <= slot + 1 <= last_slot else own.afternoon
    if works is None and early is None and late is None:
        return SetDayException(inspector, day.date)
    return SetDayException(inspector, day.date, early, late, own.may_travel, own.premium_cents)
