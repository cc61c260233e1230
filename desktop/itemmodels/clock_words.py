"""The on-site clock in the user's language: until when, what it waits for, and what is missing of a booking."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QCoreApplication

from desktop.services.trade.clock import OnSite, wall_time
from desktop.services.trade.completeness import Key, Lack
from desktop.services.words import DAYS, MONTHS

translate = QCoreApplication.translate


def lack_name(key: Key) -> str:
    """What is missing, in a word or two."""
    names: dict[Key, str] = {
        "factory.contact": translate("clock", "contact"),
        "factory.phone": translate("clock", "phone"),
        "factory.address": translate("clock", "address"),
        "factory.place": translate("clock", "place on the map"),
        "order": translate("clock", "order"),
        "order.product": translate("clock", "product"),
        "order.ready_date": translate("clock", "ready date"),
        "order.production_start": translate("clock", "production start"),
        "order.daily_rate": translate("clock", "pieces a day"),
        "request.containers": translate("clock", "containers"),
    }
    return names[key]


def lacks_listed(lacks: tuple[Lack, ...]) -> str:
    """All that is missing: "contact, phone"."""
    return ", ".join(lack_name(lack.key) for lack in lacks)


def stopped_at(lacks: tuple[Lack, ...]) -> str:
    """What the clock waits for, for a narrow column: "no phone", "no phone +1"; "" where nothing is missing."""
    if not lacks:
        return ""
    text = translate("clock", "no {what}").format(what=lack_name(lacks[0].key))
    return text if len(lacks) == 1 else f"{text} +{len(lacks) - 1}"


def clock_stopped(lacks: tuple[Lack, ...]) -> str:
    """That the clock does not run, and why: "clock stopped: phone missing"."""
    return translate("clock", "clock stopped: {what} missing").format(what=lacks_listed(lacks))


def missing_told(lacks: tuple[Lack, ...]) -> str:
    """What is missing, in a sentence."""
    return translate("clock", "The on-site clock does not run yet. Missing: {what}.").format(what=lacks_listed(lacks))


def moment(when: dt.datetime, zone: dt.tzinfo, *, is_end: bool = True) -> str:
    """A moment at the factory, at which something ends or begins: "Wed 25 Nov 17:30"."""
    day, time = wall_time(when, zone, is_end=is_end)
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {time}"


def countdown(clock: OnSite, now: dt.datetime) -> str:
    """Hours left or over: "22 h left", "5 h over"; "" where nothing is promised."""
    left = clock.hours_left(now)
    if left is None:
        return ""
    hours = math.floor(abs(left))
    text = translate("clock", "{hours} h left") if left >= 0 else translate("clock", "{hours} h over")
    return text.format(hours=f"{hours:,}")


def clock_told(clock: OnSite, zone: dt.tzinfo, now: dt.datetime) -> str:
    """The clock in a line: from when, until when, and the very latest, by the clocks of the factory."""
    if clock.target is None or clock.limit is None:
        return ""
    target = moment(clock.target, zone)
    if clock.begins is None:
        return translate("clock", "on site by {target}, as agreed").format(target=target)
    until = translate("clock", "on site by {target}").format(target=target)
    if clock.limit != clock.target:
        until += translate("clock", ", {limit} at the very latest").format(limit=moment(clock.limit, zone))
    if clock.begins > now:
        begins = moment(clock.begins, zone, is_end=False)
        until += translate("clock", "; the clock begins on {begins}").format(begins=begins)
    return until
