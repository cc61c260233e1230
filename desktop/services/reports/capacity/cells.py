"""Capacity by place, by what is needed and by week: on hand, asked for, and short."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from desktop.services.reports.capacity.asked import KINDS, Asked
from desktop.services.reports.capacity.on_hand import ABLE, OF_PEOPLE, OnHand, needed
from desktop.services.reports.capacity.sharing import Flags, Floats, Ints, brought, share_out
from desktop.services.reports.languages import NO_LANGUAGE
from desktop.services.reports.scope import Scope

UNITS = 200  # of a man-day: so fine is what a forecast expects
FIGURES = ("on_hand", "able", *KINDS, "expected", "required", "short", "elsewhere")
"""In man-days; `short` is what is missing, below zero.

`able` counts a person's days once for everything that he can do, so that it does not add up.
"""
SUMMED = tuple(name for name in FIGURES if name != "able")

Place = tuple[str, ...]
Thing = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """What is on hand and what is asked for in some weeks, for figures of any break-down.

    Attributes:
        mondays: the weeks.
        expected: what is still to be expected beside what is asked for: `week` (date), `country`, `region`, `skill`,
            `service` and `man_days`.
        this_week: the Monday of the current week: from then on people of other regions are looked at.
        is_partial: what is to be expected has not been read yet.
    """

    mondays: tuple[dt.date, ...]
    on_hand: OnHand
    asked: Asked
    expected: pd.DataFrame
    this_week: dt.date
    is_partial: bool = False
    _made: dict[tuple[tuple[str, ...], tuple[str, ...]], pd.DataFrame] = field(default_factory=dict)

    def cells(self, scope: Scope, places: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
        """A row for each place, thing and week that has anything: the dimensions, `week` (date), FIGURES and `load`.

        Args:
            scope: what is kept of the places, of people's homes and of what they can do; its weeks are these ones.
            places: "country", "region" and perhaps "city": people are shared within the last.
            by: of ABLE, what is told apart. What the scope narrows beside that is shared apart, too, then summed.
        """
        names = (*by, *(name for name in ABLE if name not in by and scope.kept(name) is not None))
        frame = self._everything(tuple(places), names)
        for name in (*places, *names):
            if (values := scope.kept(name)) is not None:
                frame = frame[frame[name].isin(values)]
        if any(scope.kept(name) is not None for name in OF_PEOPLE):
            homes = self.on_hand.people.set_index(list(places)).index
            frame = frame[frame.set_index(list(places)).index.isin(homes)]
        if len(names) > len(by):
            frame = frame.groupby([*places, *by, "week"], as_index=False, sort=False)[list(FIGURES)].sum()
        return with_load(frame)

    def _everything(self, places: tuple[str, ...], names: tuple[str, ...]) -> pd.DataFrame:
        found = self._made.get((places, names))
        if found is None:
            spots, things = self._places(places), self._things(names)
            figures = self._figures(places, names, spots, things)
            found = self._made[places, names] = _frame(
                figures, (places, spots), (names, things), self.mondays, self._ahead()
            )
        return found

    def _places(self, names: Sequence[str]) -> list[Place]:
        known = pd.concat([self.asked.rows[list(names)], self.on_hand.people[list(names)]]).drop_duplicates()
        return sorted(map(tuple, known.itertuples(index=False)))

    def _things(self, names: Sequence[str]) -> list[Thing]:
        """Everything that is asked for or that anybody can do; last, for whoever can do nothing of it, nothing."""
        parts = []
        for name in names:
            # most requests ask for no language: what people speak beside those asked for would be empty rows
            own = {NO_LANGUAGE} if name == "language" else itertools.chain.from_iterable(self.on_hand.people[name])
            parts.append(sorted({*own, *self.asked.rows[name]}))
        return [*itertools.product(*parts), *([("",) * len(names)] if names else [])]

    def _figures(
        self, places: Sequence[str], names: Sequence[str], spots: list[Place], things: list[Thing]
    ) -> dict[str, Floats]:
        """By figure, man-days by week, place and thing."""
        people = self.on_hand.people
        spot = {place: number for number, place in enumerate(spots)}
        home = np.array([spot[tuple(row)] for row in people[list(places)].itertuples(index=False)], dtype=np.int64)
        can = self._can(names, things)
        supply = self.on_hand.half_days * (UNITS // 2)
        asked = self._asked(places, names, spots, things)
        wanted = sum(asked.values(), np.zeros((len(self.mondays), len(spots), len(things))))
        units = np.rint(wanted * UNITS).astype(np.int64)
        shared = share_out(supply, home, can, units)
        able = np.zeros(units.shape)
        for number in np.unique(home):
            here = home == number
            able[:, number] = supply[:, here] @ can[here].astype(np.int64)
        elsewhere = np.zeros(units.shape)
        if places[-1] == "region":
            elsewhere = np.minimum(self._elsewhere(shared.free, shared.short, can, spots), shared.short)
        return asked | {
            "on_hand": shared.on_hand / UNITS,
            "able": able / UNITS,
            "required": wanted,
            "short": np.where(shared.short > 0, -shared.short / UNITS, 0.0),
            "elsewhere": elsewhere / UNITS,
        }

    def _can(self, names: Sequence[str], things: list[Thing]) -> Flags:
        """What each person can do: (p, v)."""
        people = self.on_hand.people
        can = np.ones((len(people), len(things)), dtype=bool)
        for number, name in enumerate(names):
            own = [frozenset(values) for values in people[name]]
            needs = [needed(name, thing[number]) for thing in things]
            can &= np.array([[need <= values for need in needs] for values in own], dtype=bool).reshape(can.shape)
        if names:
            can[:, -1] = ~can[:, :-1].any(axis=1)
        return can

    def _asked(
        self, places: Sequence[str], names: Sequence[str], spots: list[Place], things: list[Thing]
    ) -> dict[str, Floats]:
        """Man-days by kind: by week, place and thing."""
        shape = (len(self.mondays), len(spots), len(things))
        found = {kind: np.zeros(shape) for kind in (*KINDS, "expected")}
        rows = self.asked.rows
        begin = self.mondays[0].toordinal()
        at = [(rows["week"].to_numpy(dtype=np.int64) - begin) // 7, *_numbers(rows, (places, spots), (names, things))]
        for kind in KINDS:
            its = (rows["kind"] == kind).to_numpy(dtype=bool)
            np.add.at(found[kind], tuple(index[its] for index in at), rows["man_days"].to_numpy(dtype=float)[its])
        expected = self.expected
        if len(expected) and set(names) <= set(expected.columns) and places[-1] in expected.columns:
            week = np.array([(day.toordinal() - begin) // 7 for day in expected["week"]], dtype=np.int64)
            spot, thing = _numbers(expected, (places, spots), (names, things))
            known = (spot >= 0) & (thing >= 0)
            amounts = expected["man_days"].to_numpy(dtype=float)
            np.add.at(found["expected"], (week[known], spot[known], thing[known]), amounts[known])
        return found

    def _ahead(self) -> Flags:
        """Which weeks are the current one or to come."""
        return np.array([monday >= self.this_week for monday in self.mondays], dtype=bool)

    def _elsewhere(self, free: Floats, short: Floats, can: Flags, spots: list[Place]) -> Ints:
        """What people of other regions who may go there have left for what is short, from the current week on."""
        covered = np.zeros(short.shape, dtype=np.int64)
        ahead = self._ahead()
        may = self.on_hand.may_go([spot[-1] for spot in spots])[ahead]
        short_units = np.ceil(short[ahead]).astype(np.int64)
        covered[ahead] = brought(np.floor(free[ahead]).astype(np.int64), short_units, can, may)
        return covered


def with_load(frame: pd.DataFrame) -> pd.DataFrame:
    """Figures with what is required as a share of what is on hand; NaN where nothing is on hand."""
    required, on_hand = frame["required"].to_numpy(dtype=float), frame["on_hand"].to_numpy(dtype=float)
    load = np.divide(required, on_hand, out=np.full(len(frame), np.nan), where=on_hand > 0)
    return frame.assign(load=load).reset_index(drop=True)


def _numbers(rows: pd.DataFrame, *sides: tuple[Sequence[str], Sequence[tuple[str, ...]]]) -> list[Ints]:
    """Of each row the number of its place and of its thing, -1 where it is not among them."""
    found = []
    for names, known in sides:
        if names:
            index = pd.MultiIndex.from_tuples(known, names=list(names))
            found.append(index.get_indexer(pd.MultiIndex.from_frame(rows[list(names)])).astype(np.int64))
        else:
            found.append(np.zeros(len(rows), dtype=np.int64))
    return found


def _frame(
    figures: dict[str, Floats],
    places: tuple[Sequence[str], list[Place]],
    things: tuple[Sequence[str], list[Thing]],
    mondays: Sequence[dt.date],
    ahead: Flags,
) -> pd.DataFrame:
    """Rows of the places and things that have anything in any week: where most is open first, then the busiest.

    Open is what is short from the current week on and cannot be covered from elsewhere: there somebody has to act.

    Places and things come as the names of their dimensions and their values.
    """
    matters = (figures["required"] + figures["able"]).sum(axis=0) > 0
    total = figures["required"].sum(axis=0)
    left = (figures["short"] + figures["elsewhere"])[ahead].sum(axis=0).round(1)
    rows = sorted(
        np.argwhere(matters).tolist(),
        key=lambda cell: (
            *(left[cell[0]].sum(), -total[cell[0]].sum(), places[1][cell[0]]),
            *(left[cell[0], cell[1]], -total[cell[0], cell[1]], things[1][cell[1]]),
        ),
    )
    spot, thing = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    weeks, count = len(mondays), len(rows)
    columns: dict[str, object] = {}
    for (names, keys), which in ((places, spot), (things, thing)):
        for number, name in enumerate(names):
            values = np.array([key[number] for key in keys], dtype=object)
            columns[name] = np.repeat(values[which], weeks)
    columns["week"] = np.tile(np.array(mondays, dtype=object), count)
    for name in FIGURES:
        columns[name] = figures[name][:, spot, thing].T.ravel()
    return pd.DataFrame(columns)
