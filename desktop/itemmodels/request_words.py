"""How a request is said in the few words of a table, in the user's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels import clock_words
from desktop.services.requests.rows import RequestRow, Risk, Status
from desktop.services.words import DAYS, MONTHS, sentence

ARROW = "\N{RIGHTWARDS ARROW}"
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
HOURS_SAID = 100  # beyond, days say it better


translate = QCoreApplication.translate


def short_day(date: dt.date) -> str:
    """A day without its year: "Fri 9 Oct"."""
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


def short_days(first: dt.date, last: dt.date) -> str:
    """A span: "9 Oct", "5-9 Oct" or "28 Sep - 9 Oct", with a dash between."""
    end = f"{last.day} {MONTHS[last.month - 1]}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{end}"
    return f"{first.day} {MONTHS[first.month - 1]} {DASH} {end}"


def received(row: RequestRow, now: dt.datetime) -> str:
    """When it came in, by the clock of this machine: "Mon 09:06", older ones by date."""
    local = row.received.astimezone()
    if abs((now - row.received).days) < 6:
        return f"{DAYS[local.weekday()]} {local:%H:%M}"
    if now.year == local.year:
        return short_day(local.date())
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def hours_left(row: RequestRow, now: dt.datetime) -> str:
    """Time left to be on site: "22 h", "6 d", below zero with its sign; "" where it no longer matters.

    Where the clock does not run, what is missing: "no phone".
    """
    hours = row.hours_left(now)
    if hours is None:
        return clock_words.stopped_at(row.missing)
    sign = MINUS if hours < 0 else ""
    if abs(hours) < HOURS_SAID:
        return translate("requests", "{number} h").format(number=f"{sign}{int(abs(hours))}")
    return translate("requests", "{number} d").format(number=f"{sign}{int(abs(hours) // 24)}")


def made(row: RequestRow) -> str:
    """What is made now and at the visit: "44 to 52" with an arrow; "" where nothing is known of production."""
    if row.made is None:
        return ""
    now = f"{row.made.now:.0f}"
    return f"{now} %" if row.made.at_visit is None else f"{now} {ARROW} {row.made.at_visit:.0f}"


def window(row: RequestRow) -> str:
    """The days on which it may be visited."""
    if row.earliest is None or row.latest is None:
        return translate("requests", "no window")
    return short_days(row.earliest, row.latest)


def money(row: RequestRow) -> str:
    """The price in whole dollars."""
    return f"${round(row.price_cents / 100):,}"


def status(value: Status) -> str:
    """Where a request stands."""
    words = {
        "new": translate("requests", "New"),
        "ready": translate("requests", "Ready"),
        "unassigned": translate("requests", "No slot"),
        "planned": translate("requests", "Planned"),
        "published": translate("requests", "Published"),
        "done": translate("requests", "Done"),
        "cancelled": translate("requests", "Cancelled"),
    }
    return words[value]


def risk(value: Risk) -> str:
    """A risk in two or three words."""
    day = "" if value.day is None else short_day(value.day)
    texts = {
        "past_window": translate("requests", "Window ended {day}").format(day=day),
        "outside": _outside_in_short(value, day[:3]) if value.kind == "outside" else "",
        "late": translate("requests", "{days} d late").format(days=value.days),
        "overdue": translate("requests", "Overdue"),
        "not_placed": translate("requests", "Factory not placed"),
        "no_slot": translate("requests", "No slot"),
        "no_window": translate("requests", "No window"),
        "incomplete": translate("requests", "Clock stopped"),
        "window_ends": translate("requests", "Window ends {day}").format(day=day[:3]),
    }
    return texts[value.kind]


def worst_risk(row: RequestRow, now: dt.datetime) -> str:
    """The worst risk of a request in a word or two, or ""."""
    risks = row.risks(now)
    return risk(risks[0]) if risks else ""


def risk_told(value: Risk, row: RequestRow) -> str:
    """A risk in a sentence."""
    day = "" if value.day is None else short_day(value.day)
    texts = {
        "past_window": translate("requests", "The window ended on {day} and nobody is planned to go.").format(day=day),
        "outside": _outside(value, row, day) if value.kind == "outside" else "",
        "late": translate("requests", "The visit on {day} begins {days} d after the day due.").format(
            day=day, days=value.days
        ),
        "overdue": translate("requests", "Somebody should have been on site already, and nobody is planned to go."),
        "not_placed": translate("requests", "The factory has no coordinates yet: no way there can be planned."),
        "no_slot": "\n".join(sentence(reason.text) for reason in row.reasons),
        "incomplete": clock_words.missing_told(row.missing),
        "no_window": sentence(row.window_missing or translate("requests", "It has no window")),
        "window_ends": translate("requests", "The window ends on {day} and nobody is planned to go.").format(day=day),
    }
    return texts[value.kind]


def _outside_in_short(value: Risk, day: str) -> str:
    if value.packed is not None:
        return translate("requests", "{percent} % packed").format(percent=f"{value.packed:.0f}")
    if value.percent is None:
        return translate("requests", "Outside window")
    return translate("requests", "{percent} % on {day}").format(percent=f"{value.percent:.0f}", day=day)


def _outside(value: Risk, row: RequestRow, day: str) -> str:
    """A visit on whose day the goods are not as the service wants them, or that lies outside the window."""
    if value.percent is None or row.made is None:
        return translate("requests", "The visit on {day} lies outside the window.").format(day=day)
    needs = {
        "PPI": translate("requests", "at most 10 %"),
        "PSI": translate("requests", "100 %, and 80 % packed"),
        "LOADING": translate("requests", "100 % packed"),
    }.get(row.service, f"{row.made.low:.0f}{DASH}{row.made.high:.0f} %")
    told = translate("requests", "{percent} % made on {day}, needs {needs}")
    if value.packed is not None:
        told = translate("requests", "{percent} % packed on {day}, needs {needs}")
    percent = value.percent if value.packed is None else value.packed
    return told.format(percent=f"{percent:.0f}", day=day, needs=needs)


def risks_told(row: RequestRow, now: dt.datetime, but: Collection[str] = ()) -> list[str]:
    """All risks of a request but some, a sentence each; what two of them say is said once."""
    risks = (found for found in row.risks(now) if found.kind not in but)
    told = (line for found in risks for line in risk_told(found, row).split("\n"))
    return list(dict.fromkeys(told))


def code(row: RequestRow) -> str:
    """What it is called: a week of longer monitoring by the whole, "R00012 2/3"."""
    return row.code if row.week is None else f"{row.week.series} {row.week.number}/{row.week.weeks}"


def week(row: RequestRow) -> str:
    """Which week of longer monitoring it is, in a sentence; "" for others."""
    if row.week is None:
        return ""
    return translate("requests", "Week {number} of {weeks} of {series}, for the same inspector").format(
        number=row.week.number, weeks=row.week.weeks, series=row.week.series
    )


def place(row: RequestRow) -> str:
    """Who goes when: "Fri 9 Oct, Liang Yuting"."""
    if row.place is None:
        return ""
    people = " + ".join(row.place.people)
    return translate("requests", "{day}, {people}").format(day=short_day(row.place.first_day), people=people)


def sample(row: RequestRow) -> str:
    """Code letter and pieces drawn: "L 200"."""
    return "" if row.sample is None else f"{row.sample.letter} {row.sample.pieces:,}"


def man_days(row: RequestRow) -> str:
    """Man-days with a decimal."""
    return f"{row.man_days:.1f}"
