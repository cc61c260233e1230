"""Filters in the few words of a chip."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels import request_words as words
from desktop.services.requests.filter import RequestFilter, Tab
from desktop.services.requests.rows import RiskKind
from desktop.views.words import country_name

translate = QCoreApplication.translate
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a filter: its fields, and how it is said."""

    fields: tuple[str, ...]
    text: str


def tab_title(tab: Tab) -> str:
    """What a tab of the list is called."""
    titles: dict[Tab, str] = {
        "inbox": translate("requests", "Inbox"),
        "ready": translate("requests", "Ready to plan"),
        "planned": translate("requests", "Planned"),
        "published": translate("requests", "Published"),
        "done": translate("requests", "Done"),
        "cancelled": translate("requests", "Cancelled"),
        "all": translate("requests", "All"),
    }
    return titles[tab]


def risk_name(kind: RiskKind) -> str:
    """A kind of risk."""
    names: dict[RiskKind, str] = {
        "past_window": translate("requests", "Window ended"),
        "outside": translate("requests", "Outside the share made"),
        "late": translate("requests", "Late"),
        "overdue": translate("requests", "Overdue"),
        "not_placed": translate("requests", "Factory not placed"),
        "no_slot": translate("requests", "No slot"),
        "no_window": translate("requests", "No window"),
        "incomplete": translate("requests", "Clock stopped: something is missing"),
        "window_ends": translate("requests", "Window ends soon"),
    }
    return names[kind]


def conditions(wanted: RequestFilter) -> tuple[Condition, ...]:
    """The conditions that a filter's chips show: all but the text and the hours, which stand elsewhere."""
    found = [
        Condition(("services",), _listed(wanted.services)),
        Condition(("countries",), _listed(tuple(country_name(code) for code in wanted.countries))),
        Condition(("areas",), _listed(wanted.areas)),
        Condition(("clients",), _listed(wanted.clients)),
        Condition(("risks",), _listed(tuple(risk_name(kind) for kind in wanted.risks))),
        Condition(("statuses",), _listed(tuple(words.status(status) for status in wanted.statuses))),
        Condition(("reaches_from", "reaches_until"), _reach(wanted)),
        Condition(("pinned",), _pinned(wanted.pinned)),
    ]
    return tuple(condition for condition in found if condition.text)


def _listed(values: tuple[str, ...]) -> str:
    if len(values) <= MOST_NAMED:
        return ", ".join(values)
    rest = translate("requests", "{names} +{more}")
    return rest.format(names=", ".join(values[:MOST_NAMED]), more=len(values) - MOST_NAMED)


def _reach(wanted: RequestFilter) -> str:
    first, last = wanted.reaches_from, wanted.reaches_until
    if first is not None and last is not None:
        return translate("requests", "Window in {days}").format(days=words.short_days(first, last))
    if first is not None:
        return translate("requests", "Window open on {day}").format(day=words.short_day(first))
    return "" if last is None else translate("requests", "Window opens by {day}").format(day=words.short_day(last))


def _pinned(pinned: bool | None) -> str:
    if pinned is None:
        return ""
    return translate("requests", "Pinned") if pinned else translate("requests", "Not pinned")
