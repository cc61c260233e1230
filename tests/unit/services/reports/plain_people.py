"""What people can work, worked out from plain rows day by day: no word of the program's own code."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


def rows_of(session: Session, table: str) -> list[dict[str, Any]]:
    """All rows of a table, as the engine gives them."""
    return [dict(row) for row in session.execute(text(f'SELECT * FROM "{table}" ORDER BY id')).mappings()]  # noqa: S608


def value_of(field: object) -> Any:  # noqa: ANN401 - JSON, read or not by the engine
    """A JSON field, which some engines give as text."""
    return json.loads(field) if isinstance(field, str) else field


def date_of(field: object) -> dt.date:
    """A date, which some engines give as text."""
    return dt.date.fromisoformat(field) if isinstance(field, str) else field  # type: ignore[return-value]


def kinds_of_days(session: Session) -> dict[tuple[str, dt.date], str]:
    """Holidays and make-up days by country and date."""
    return {(row["country"], date_of(row["date"])): row["kind"] for row in rows_of(session, "calendar_day")}


def half_days_on_hand(session: Session, mondays: Sequence[dt.date]) -> dict[tuple[str, dt.date], int]:
    """Half-days by person and week, where there are any, of a firm without exceptional days and people who left."""
    kinds = kinds_of_days(session)
    absent: dict[int, set[int]] = {}
    for row in rows_of(session, "absence"):
        absent.setdefault(row["inspector_id"], set()).update(range(row["first_slot"], row["last_slot"] + 1))
    found = {}
    for person in rows_of(session, "inspector"):
        for monday in mondays:
            days = []
            for number in range(7):
                date = monday + dt.timedelta(days=number)
                kind = kinds.get((person["country"], date))
                works = number in value_of(person["weekdays"])
                works = kind == "make-up" or (works and (kind != "holiday" or person["works_on_holidays"]))
                slots = {2 * date.toordinal(), 2 * date.toordinal() + 1} - absent.get(person["id"], set())
                days.append(len(slots) if works else 0)
            most = len(value_of(person["day_costs_cents"]))
            if total := sum(sorted(days, reverse=True)[:most]):
                found[person["code"], monday] = total
    return found
