"""What the pages about plans say of facts and figures, in short main clauses."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.plan_score import signed
from desktop.services.plan_review import Fact, PersonReview
from desktop.views.plans.counted import counted
from desktop.views.theme import LIGHT, Theme
from desktop.views.words import MINUS, day

HALF_DOLLAR = 50


def fact_text(fact: Fact, first_day: dt.date) -> str:
    """A fact as a sentence without its full stop; codes of requests come with the letter of their service."""
    code = f"{letter(fact.service)} {fact.request}" if fact.request else ""
    before = day(first_day + dt.timedelta(days=fact.first_slot // 2))
    after = day(first_day + dt.timedelta(days=fact.second_slot // 2))
    number = fact.number
    texts = {
        "takes_unserved": QCoreApplication.translate("Plans", "Takes {code}, which had nobody"),
        "takes_from": QCoreApplication.translate("Plans", "Takes {code} from {person}"),
        "gives_to": QCoreApplication.translate("Plans", "{code} goes to {person}"),
        "gives_up": QCoreApplication.translate("Plans", "{code} is left out"),
        "moves": QCoreApplication.translate("Plans", "{code} moves from {before} to {after}"),
        "splits": QCoreApplication.translate("Plans", "{code} is split otherwise"),
        "no_longer_late": QCoreApplication.translate("Plans", "{code} is no longer late"),
        "late": counted("late", number),
        "travel": QCoreApplication.translate("Plans", "Less travel")
        if fact.cents < 0
        else QCoreApplication.translate("Plans", "More travel"),
        "nights": counted("fewer_nights", -number) if number < 0 else counted("more_nights", number),
        "days": counted("fewer_days", -number) if number < 0 else counted("more_days", number),
        "calls": counted("calls", number),
    }
    if fact.kind == "moves" and before == after:
        text = QCoreApplication.translate("Plans", "{code} moves to the other half of {after}")
    else:
        text = texts[fact.kind]
    return text.format(code=code, person=fact.person, before=before, after=after)


def fact_line(fact: Fact, first_day: dt.date) -> str:
    """A fact with what it costs or saves, where that is not said by the rest of the row."""
    text = fact_text(fact, first_day)
    told = fact.kind in ("travel", "nights", "days", "late", "no_longer_late") and abs(fact.cents) >= HALF_DOLLAR
    return f"{text} · {signed(fact.cents)}" if told else text


def fact_icon(fact: Fact) -> tuple[str, str]:
    """The icon of a fact and the colour of the theme that it has."""
    icons = {
        "takes_unserved": ("plus", "ok"),
        "takes_from": ("arrow-left", "accent"),
        "gives_to": ("arrow-right", "muted"),
        "gives_up": ("close", "bad"),
        "moves": ("swap-horizontal", "accent"),
        "splits": ("call-split", "accent"),
        "no_longer_late": ("check", "ok"),
        "late": ("alert-outline", "bad"),
        "travel": ("car", "muted"),
        "nights": ("bed", "muted"),
        "days": ("calendar", "muted"),
        "calls": ("phone", "warn"),
    }
    return icons[fact.kind]


def letter(service: str) -> str:
    """The letter that stands for a service on the board; the same in every theme."""
    return LIGHT.service(service).letter


def change_count(person: PersonReview) -> str:
    """How much changes for somebody: "3 changes, 2 announced"."""
    text = counted("changes", person.changes)
    if person.announced_changes:
        told = counted("told", person.announced_changes)
        text = f"{text}, {told}"
    return text


def change_token(cents: int) -> str:
    """The colour of a difference in cost: less is good."""
    return "ok" if cents < 0 else "text"


def change_colour(theme: Theme, cents: int) -> str:
    """The same, as a colour."""
    return str(getattr(theme, change_token(cents)))


def cost_change(cents: int) -> str:
    """A difference in words for the eye: "+$31", or that there is none."""
    return signed(cents) if round(abs(cents) / 100) else QCoreApplication.translate("Plans", "same")


def count_change(number: int) -> str:
    """A difference of a count with its sign, or that there is none."""
    if not number:
        return QCoreApplication.translate("Plans", "same")
    return f"{MINUS if number < 0 else '+'}{abs(number):,}"


def clock_time(time: dt.datetime) -> str:
    """A time of day on this machine: "11:29"."""
    return f"{time.astimezone():%H:%M}"


def span(seconds: float) -> str:
    """How long something took: "8 s", "1 min 52 s"."""
    whole = int(seconds)
    if whole < 60:
        return QCoreApplication.translate("Plans", "{seconds} s").format(seconds=whole)
    return QCoreApplication.translate("Plans", "{minutes} min {seconds} s").format(
        minutes=whole // 60, seconds=whole % 60
    )


def status_word(status: str) -> str:
    """The state of a stored plan."""
    words = {
        "draft": QCoreApplication.translate("Plans", "draft"),
        "published": QCoreApplication.translate("Plans", "published"),
        "discarded": QCoreApplication.translate("Plans", "discarded"),
        "superseded": QCoreApplication.translate("Plans", "replaced"),
    }
    return words.get(status, status)


def gap_word(gap: float | None) -> str:
    """How far from proven a plan is."""
    if gap is None:
        return QCoreApplication.translate("Plans", "no bound yet")
    return QCoreApplication.translate("Plans", "gap {percent} %").format(percent=f"{100 * gap:.1f}")
