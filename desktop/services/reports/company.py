"""People, factories and clients as frames by code, and as categoricals for the rows that name them by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Client, Factory, Inspector
from desktop.services.reports.places import areas_of, cities_of
from desktop.services.reports.weeks import Array


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """Who and what visits name.

    Attributes:
        people, factories, clients: frames by code, as `Facts` has them.
    """

    people: pd.DataFrame
    factories: pd.DataFrame
    clients: pd.DataFrame
    _keys: tuple[Array, Array, Array]

    def of_people(self, keys: Array) -> dict[str, pd.Categorical]:
        """Columns of a crew: who, team, pay and home of inspectors named by key."""
        at = np.searchsorted(self._keys[0], keys)
        places = {f"home_{name}": _of(self.people[name], at) for name in ("country", "region", "city")}
        return {
            "person": _codes(self.people, at),
            "team": _of(self.people["team"], at),
            "pay": _of(self.people["pay"], at),
        } | places

    def of_factories(self, keys: Array) -> dict[str, pd.Categorical]:
        """Columns of visits: factory and place of factories named by key."""
        at = np.searchsorted(self._keys[1], keys)
        places = {name: _of(self.factories[name], at) for name in ("country", "region", "city")}
        return {"factory": _codes(self.factories, at)} | places

    def of_clients(self, keys: Array) -> pd.Categorical:
        """The codes of clients named by key."""
        return _codes(self.clients, np.searchsorted(self._keys[2], keys))


def read_company(session: Session) -> Company:
    """People, factories and clients as they are on record now."""
    people, person_keys = _people(session)
    factories, factory_keys = _factories(session)
    rows = session.execute(select(Client.id, Client.code, Client.name, Client.country).order_by(Client.id)).all()
    clients = _frame(rows, ("id", "code", "name", "country"))
    keys = clients.pop("id").to_numpy(dtype=np.int64)
    return Company(people, factories, clients, (person_keys, factory_keys, keys))


def _people(session: Session) -> tuple[pd.DataFrame, Array]:
    names = (
        "id", "code", "name", "local_name", "team", "country", "active", "lat", "lon", "day_costs_cents",
    )  # fmt: skip
    query = select(*(getattr(Inspector, name) for name in names)).order_by(Inspector.id)
    frame = _frame(session.execute(query).all(), names)
    # a salary is paid anyhow, so that the first day costs nothing more
    frame["pay"] = ["freelancer" if costs and costs[0] else "staff" for costs in frame.pop("day_costs_cents")]
    lat, lon = (frame.pop(name).to_numpy(dtype=np.float64) for name in ("lat", "lon"))
    frame["region"] = areas_of(lat, lon)
    frame["city"] = cities_of(lat, lon, frame["region"].tolist())
    return frame, frame.pop("id").to_numpy(dtype=np.int64)


def _factories(session: Session) -> tuple[pd.DataFrame, Array]:
    names = ("id", "code", "name", "local_name", "country", "area", "lat", "lon")
    query = select(*(getattr(Factory, name) for name in names)).order_by(Factory.id)
    frame = _frame(session.execute(query).all(), names).rename(columns={"area": "region"})
    lat, lon = (frame.pop(name).to_numpy(dtype=np.float64) for name in ("lat", "lon"))
    frame["city"] = cities_of(lat, lon, frame["region"].tolist())
    return frame, frame.pop("id").to_numpy(dtype=np.int64)


def _frame(rows: Sequence[Any], names: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(names))
    return frame.set_index("code", drop=True)


def _codes(frame: pd.DataFrame, at: Array) -> pd.Categorical:
    return pd.Categorical.from_codes(at, frame.index.tolist())


def _of(column: pd.Series, at: Array) -> pd.Categorical:
    names, numbers = np.unique(column.to_numpy(dtype=object).astype(str), return_inverse=True)
    return pd.Categorical.from_codes(numbers.reshape(-1)[at], names.tolist())
