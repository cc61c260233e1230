"""What reports are made of: visits and their crews as frames, every row and figure of them for one scope.

Visits are those in force, not cancelled, that begin in the scope's weeks by the clock of the factory. Where a scope
keeps people, teams or ways of pay, man-days and money are the share of the people who are kept: so figures of
people add up, too, and the frames of a part are the part of the frames.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from desktop.services.planning.booking_records import read_shares
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.week import settings_for
from desktop.services.reports.company import Company, read_company
from desktop.services.reports.currency import exchanged
from desktop.services.reports.languages import language_of
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import Array, Week, Weeks, weeks_of
from desktop.services.trade.production_window import NEAR

MONEY = ("work", "premium", "travel", "night", "price", "charged", "cost", "revenue")
"""Columns in cents of the scope's currency: parts of the cost, the request's price, what was charged for coming in
vain, all parts together, and what the client pays: the price, or for a visit in vain what was charged."""
SHARED = (*MONEY, "nights", "man_days")
"""Columns of a visit that its crew share; they add up over people and over visits."""
PARTS = ("work", "premium", "travel", "night")
SEVERITIES = ("critical", "major", "minor")

OF_VISITS = ("country", "region", "city", "factory", "client", "service", "skill", "product", "outcome", "cause")
OF_CREW = ("person", "team", "pay")


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The frames of a scope. Texts are categoricals: group them with `observed=True`.

    Attributes:
        scope: of what they tell.
        visits: a row a visit: `visit`, `request`, `plan` (keys), `code` (of the request), `week` (ordinal of its
            Monday), `first_slot`, `last_slot`, `status`, `service`, `skill`, `languages` (JSON), `product` (group),
            `country`, `region`, `city`, `factory`, `client` (codes), `crew` (people), `man_days`, money (MONEY),
            `nights` (of hotels, of all people), `is_done` (costs and nights of others are 0, whatever is noted),
            `is_priced`, `outcome` and `cause` ("" where there is none), `in_target`, `in_limit`, `in_window` (1, 0, or
            NaN: nothing to keep), `requested_hours` (from booking to arrival), `report_hours` (from end of work to
            report; NaN: not known), `drawn` (pieces of the sample), `critical`, `major`, `minor` (defects found in it).
        crew: a row an assignment: `row` (position of its visit in `visits`), `person`, `team`, `pay`, `home_country`,
            `home_region`, `home_city`, and its share of everything that is SHARED.
        people: by code `name`, `local_name`, `team`, `pay`, `country`, `region`, `city`, `active`.
        factories: by code `name`, `local_name`, `country`, `region`, `city`.
        clients: by code `name`, `country`.
    """

    scope: Scope
    visits: pd.DataFrame
    crew: pd.DataFrame
    people: pd.DataFrame
    factories: pd.DataFrame
    clients: pd.DataFrame

    def crew_with(self, *columns: str) -> pd.DataFrame:
        """The crew's rows with some columns of their visits."""
        rows = self.crew["row"].to_numpy()
        return self.crew.assign(**{name: self.visits[name].array.take(rows) for name in columns})


def read_facts(source: Source, scope: Scope) -> Facts:
    """The facts of a scope, as they are on record now.

    Raises:
        BadInputError: an amount cannot be told in the scope's currency, as no rate of its day is on record.
    """
    with reading(source) as session:
        held = weeks_of(session)
        company = held.made(session, "company", lambda: read_company(session))
        whole = replace(scope, only=())
        visits, crew = held.made(session, whole, lambda: _frames(session, whole, held, company))
    visits, crew = _kept(scope, visits, crew)
    return Facts(scope, visits, crew, company.people, company.factories, company.clients)


def dates_of(ordinals: Iterable[int]) -> list[dt.date]:
    """The days of ordinals, such as the Mondays of `week`."""
    return [dt.date.fromordinal(int(ordinal)) for ordinal in ordinals]


def _frames(session: Session, scope: Scope, held: Weeks, company: Company) -> tuple[pd.DataFrame, pd.DataFrame]:
    weeks = held.read(session, scope.first_day, scope.weeks)
    visits = _visits(session, scope, weeks, held.words, company)
    return visits, _crew(weeks, company, visits)


def _visits(
    session: Session, scope: Scope, weeks: Sequence[Week], words: Sequence[str], company: Company
) -> pd.DataFrame:
    read = {name: np.concatenate([week.visits[name] for week in weeks]) for name in weeks[0].visits}
    sizes = [np.bincount(week.crew["at"], minlength=len(week.visits["visit"])) for week in weeks]
    found: dict[str, Any] = {
        name: read[name] for name in ("visit", "request", "plan", "code", "first_slot", "last_slot")
    }
    days = read["first_slot"] // 2
    found["week"] = days - (days - 1) % 7
    named = {"status": "status", "service": "service", "skill": "skill", "languages": "languages"}
    for name, column in (named | {"product": "group", "outcome": "outcome", "cause": "cause"}).items():
        found[name] = _categories(read[column], words)
    found |= company.of_factories(read["factory"])
    found["client"] = company.of_clients(read["client"])
    found["crew"] = np.concatenate(sizes).astype(np.int32)
    found["man_days"] = found["crew"] * read["half_days"] / 2
    found |= _money(session, scope, read, days, words)
    found["nights"] = np.where(found["is_done"], np.nan_to_num(read["nights"]), 0).astype(np.int64)
    found["in_window"] = _in_window(session, scope, read, words)
    for name in ("in_target", "in_limit", "requested_hours", "report_hours"):
        found[name] = read[name]
    drawn = np.nan_to_num(read["drawn"])
    found["drawn"] = drawn.astype(np.int32)
    for name in SEVERITIES:
        found[name] = np.where(drawn > 0, np.nan_to_num(read[name]), 0).astype(np.int32)
    return pd.DataFrame(found, copy=False)


def _money(
    session: Session, scope: Scope, read: Mapping[str, Array], days: Array, words: Sequence[str]
) -> dict[str, Array]:
    is_done = _is_word(read["status"], "done", words)
    cents = {name: np.nan_to_num(read[name]).astype(np.int64) for name in (*PARTS, "price", "charged")}
    cents |= {name: np.where(is_done, cents[name], 0) for name in PARTS}
    found: dict[str, Array] = exchanged(session, scope.currency, cents, days)
    found["cost"] = sum((found[name] for name in PARTS), np.zeros(len(days), dtype=np.int64))
    is_in_vain = _is_word(read["outcome"], "aborted", words)
    found["revenue"] = np.where(is_in_vain, found["charged"], found["price"])
    found["is_done"] = is_done
    found["is_priced"] = is_in_vain | np.isfinite(read["price"])
    return found


def _in_window(session: Session, scope: Scope, read: Mapping[str, Array], words: Sequence[str]) -> Array:
    """1 where a DUPRO found its order made to a share within client's, product's or house's window, 0 where not."""
    settings = settings_for(session, scope.first_day)
    shares = read_shares(session)
    house = shares.get((None, None), (settings.dupro_from_percent, settings.dupro_to_percent))
    low, high = (np.full(len(read["client"]), bound) for bound in house)
    particular = sorted(shares.items(), key=lambda item: (item[0][0] is not None, item[0][1] is not None))
    for (client, product), (begins, ends) in particular:
        its = np.ones(len(low), dtype=bool)
        if client is not None:
            its &= read["client"] == client
        if product is not None:
            its &= _is_word(read["goods"], product, words)
        low[its], high[its] = begins, ends
    made = read["percent_made"]
    is_told = _is_word(read["service"], "DUPRO", words) & np.isfinite(made)
    with np.errstate(invalid="ignore"):
        is_inside = (made >= low - NEAR) & (made <= high + NEAR)
    return np.where(is_told, is_inside.astype(np.float64), np.nan)


def _crew(weeks: Sequence[Week], company: Company, visits: pd.DataFrame) -> pd.DataFrame:
    starts = np.concatenate([[0], np.cumsum([len(week.visits["visit"]) for week in weeks])])[:-1]
    rows = np.concatenate([week.crew["at"] + start for week, start in zip(weeks, starts, strict=True)]).astype(np.int32)
    people = np.concatenate([week.crew["person"] for week in weeks])
    found: dict[str, Any] = {"row": rows} | company.of_people(people)
    sizes = visits["crew"].to_numpy()[rows]
    firsts = np.concatenate([[True], rows[1:] != rows[:-1]])[: len(rows)]
    for name in SHARED:
        whole = visits[name].to_numpy()[rows]
        if name == "man_days":
            found[name] = whole / sizes
            continue
        # what does not divide goes to the first of a crew, so that no cent is lost
        found[name] = whole // sizes + np.where(firsts, whole % sizes, 0)
    return pd.DataFrame(found, copy=False)


def _kept(scope: Scope, visits: pd.DataFrame, crew: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    if not scope.only:
        # what is held stays as it is, whatever somebody adds to these
        return visits.copy(deep=False), crew.copy(deep=False)
    is_kept = np.ones(len(visits), dtype=bool)
    for name in OF_VISITS:
        if (values := scope.kept(name)) is not None:
            is_kept &= _is_one_of(visits[name], values)
    if (languages := scope.kept("language")) is not None:
        is_kept &= _asks_for(visits["languages"], languages)
    is_member = is_kept[crew["row"].to_numpy()]
    of_people = [name for name in OF_CREW if scope.kept(name) is not None]
    for name in of_people:
        is_member &= _is_one_of(crew[name], cast("frozenset[str]", scope.kept(name)))
    crew = crew[is_member]
    if of_people:
        visits, is_kept = _shares(visits, crew, is_kept)
    places = np.cumsum(is_kept, dtype=np.int32) - np.int32(1)
    crew = crew.assign(row=places[crew["row"].to_numpy()]).reset_index(drop=True)
    return visits[is_kept].reset_index(drop=True), crew


def _shares(visits: pd.DataFrame, crew: pd.DataFrame, is_kept: Array) -> tuple[pd.DataFrame, Array]:
    """Visits with the share of the people who are kept, and which of them have any."""
    rows, count = crew["row"].to_numpy(), len(visits)
    sizes = np.bincount(rows, minlength=count)
    shares: dict[str, Array] = {}
    for name in SHARED:
        total = np.zeros(count, dtype=visits[name].dtype)
        np.add.at(total, rows, crew[name].to_numpy())
        shares[name] = total
    return visits.assign(crew=sizes.astype(np.int32), **shares), is_kept & (sizes > 0)


def _categories(numbers: Array, words: Sequence[str]) -> pd.Categorical:
    """Words by their numbers, as a categorical of those that there are."""
    present = np.bincount(numbers, minlength=len(words)).nonzero()[0]
    names = [words[number] for number in present.tolist()]
    order = np.argsort(names) if names else np.zeros(0, dtype=np.int64)
    places = np.zeros(len(words), dtype=np.int16)
    places[present[order]] = np.arange(len(names))
    return pd.Categorical.from_codes(places[numbers], [names[n] for n in order.tolist()])


def _is_word(numbers: Array, word: str, words: Sequence[str]) -> Array:
    number = words.index(word) if word in words else -1
    return cast("Array", numbers == number)


def _is_one_of(column: pd.Series, values: frozenset[str]) -> Array:
    categories = column.cat.categories
    kept = np.array([name in values for name in categories] + [False])
    return cast("Array", kept[column.cat.codes.to_numpy()])


def _asks_for(column: pd.Series, languages: frozenset[str]) -> Array:
    kept = np.array([language_of(json.loads(text)) in languages for text in column.cat.categories] + [False])
    return cast("Array", kept[column.cat.codes.to_numpy()])
