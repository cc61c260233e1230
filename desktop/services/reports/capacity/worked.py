"""What people worked in some weeks: days, weekends, holidays, nights, runs of days, and how much of what they could."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy.orm import Session

from desktop.services.planning.daybook import HOLIDAY, MAKE_UP, SATURDAY, Daybook
from desktop.services.reports.capacity.on_hand import ABLE, OF_PEOPLE, PLACES, OnHand, needed, read_on_hand
from desktop.services.reports.facts import read_facts
from desktop.services.reports.making import share_of
from desktop.services.reports.scope import Scope

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

OF_VISITS = ("factory", "client", "product")
"""What narrows the visits that are counted; everything else narrows people, places by their homes."""
DAYS = ("weekend_days", "holiday_days", "longest_run", "busiest_week")


def read_worked(session: Session, scope: Scope) -> tuple[pd.DataFrame, Floats]:
    """A row for each person of a scope, and by week and person the share worked of what was on hand (w, p).

    Whoever has left is among them where his last visit is not before the scope's weeks.

    The columns are `person`, `name`, `team`, `pay`, `country`, `region`, `city`, `skills`, `visits_joined`, `man_days`,
    `on_hand`, `utilisation` (NaN of those with nothing on hand), `nights`, `cost` (cents), `man_days_sold` (of visits
    done, whose cost is on record) and DAYS.
    """
    on_hand = read_on_hand(session, scope, OF_PEOPLE)
    kept = _kept(on_hand, scope)
    people, half_days = on_hand.people[kept], on_hand.half_days[:, kept]
    only = tuple((name, values) for name, values in scope.only if name in OF_VISITS)
    facts = read_facts(session, replace(scope, only=only))
    crew = facts.crew_with("week", "first_slot", "last_slot", "is_done")
    at = pd.Index(people.index).get_indexer(facts.people.index)[crew["person"].cat.codes.to_numpy()]
    crew, at = crew[at >= 0], at[at >= 0]
    week = (crew["week"].to_numpy(dtype=np.int64) - scope.first_day.toordinal()) // 7
    worked = np.zeros(half_days.shape)
    np.add.at(worked, (week, at), crew["man_days"].to_numpy(dtype=float))
    count = len(people)
    found = people[["name", "team", "pay", *PLACES]].rename_axis("person").reset_index()
    found = found.assign(
        skills=[", ".join(skills) for skills in people["skill"]],
        visits_joined=np.bincount(at, minlength=count),
        man_days=worked.sum(axis=0),
        on_hand=half_days.sum(axis=0) / 2,
        man_days_sold=np.bincount(at, crew["man_days"].to_numpy(dtype=float) * crew["is_done"].to_numpy(), count),
        nights=_sums(at, crew["nights"], count),
        cost=_sums(at, crew["cost"], count),
        **_days(session, people["country"].tolist(), at, crew),
    )
    found["utilisation"] = share_of(found["man_days"], found["on_hand"])
    return found, share_of(worked, half_days / 2)


def _kept(on_hand: OnHand, scope: Scope) -> npt.NDArray[np.bool_]:
    people = on_hand.people
    kept = np.ones(len(people), dtype=bool)
    for name in (*PLACES, *ABLE):
        values = scope.kept(name)
        if values is None:
            continue
        if name in PLACES:
            kept &= people[name].isin(values).to_numpy(dtype=bool)
        else:
            needs = [needed(name, value) for value in sorted(values)]
            kept &= np.array([any(need.issubset(own) for need in needs) for own in people[name]], dtype=bool)
    return kept


def _sums(at: Ints, values: pd.Series, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, at, values.to_numpy(dtype=np.int64))
    return total


def _days(session: Session, countries: Sequence[str], at: Ints, crew: pd.DataFrame) -> dict[str, Ints]:
    """DAYS of each person: what was worked on weekends and holidays of his country, and how many days in a row."""
    count = len(countries)
    if not len(at):
        return {name: np.zeros(count, dtype=np.int64) for name in DAYS}
    first, last = (crew[name].to_numpy(dtype=np.int64) // 2 for name in ("first_slot", "last_slot"))
    length = last - first + 1
    begins = np.repeat(first, length)
    within = np.arange(len(begins)) - np.repeat(length.cumsum() - length, length)
    low = int(first.min())
    span = int(last.max()) - low + 1
    # each day of a person once, in order: a day with two visits is one day
    person, day = np.divmod(np.unique(np.repeat(at, length) * span + begins + within - low), span)
    rest, holiday = _kinds(session, countries, low, span)
    number = {country: place for place, country in enumerate(sorted(set(countries)))}
    country = np.array([number[name] for name in countries], dtype=np.int64)[person]
    return {
        "weekend_days": np.bincount(person[rest[country, day]], minlength=count),
        "holiday_days": np.bincount(person[holiday[country, day]], minlength=count),
        "longest_run": _longest(person, day, count),
        "busiest_week": _busiest(person, (day + low - 1) // 7, count),
    }


def _kinds(
    session: Session, countries: Sequence[str], low: int, span: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """By country and day whether it lies on a weekend and is no make-up day, and whether it is a holiday."""
    daybook = Daybook(session)
    dates = [dt.date.fromordinal(low + day) for day in range(span)]
    kinds = [[daybook.kind(country, date) for date in dates] for country in sorted(set(countries))]
    weekend = np.array([date.weekday() >= SATURDAY for date in dates])
    rest = np.array([[kind != MAKE_UP for kind in days] for days in kinds]) & weekend
    return rest, np.array([[kind == HOLIDAY for kind in days] for days in kinds])


def _longest(person: Ints, day: Ints, count: int) -> Ints:
    """The most days in a row of each person; days come sorted by person and day."""
    breaks = np.flatnonzero((np.diff(person) != 0) | (np.diff(day) != 1)) + 1
    starts = np.concatenate([[0], breaks])
    found = np.zeros(count, dtype=np.int64)
    np.maximum.at(found, person[starts], np.diff(np.concatenate([starts, [len(person)]])))
    return found


def _busiest(person: Ints, week: Ints, count: int) -> Ints:
    """The most days of a week that each person worked."""
    low = int(week.min())
    span = int(week.max()) - low + 1
    days = np.bincount(person * span + week - low, minlength=count * span)
    most: Ints = days.reshape(count, span).max(axis=1)
    return most
