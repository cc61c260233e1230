"""Boards made by hand for tests."""

from __future__ import annotations

import datetime as dt

from desktop.services.board import BoardBar, BoardRow, BoardUnassigned, CellKind, WeekBoard

MONDAY = dt.date(2026, 11, 30)
WORKING: tuple[CellKind, ...] = ("work",) * 10 + ("off",) * 4


def bar(request: str, first: int, last: int, *crew: str, service: str = "PSI", **values: object) -> BoardBar:
    return BoardBar(request, service, f"Factory of {request}", first, last, crew, **values)  # type: ignore[arg-type]


def person(code: str, team: str = "South", *bars: BoardBar, **values: object) -> BoardRow:
    fields: dict[str, object] = {
        "name": f"Name {code}",
        "local_name": "安娜",
        "home": "Dongguan",
        "skills": ("garment 4",),
        "worked": sum(entry.last_slot - entry.first_slot + 1 for entry in bars),
        "available": 10,
        "cells": WORKING,
    }
    return BoardRow(inspector=code, team=team, bars=bars, **{**fields, **values})  # type: ignore[arg-type]


def board(*rows: BoardRow, unassigned: tuple[BoardUnassigned, ...] = (), **values: object) -> WeekBoard:
    fields: dict[str, object] = {"days": 7, "cost": 1_000_000, "bound": None, "assigned": 0, "late": 0}
    return WeekBoard(
        plan="P1",
        status="draft",
        first_day=MONDAY,
        rows=rows,
        unassigned=unassigned,
        **{**fields, **values},  # type: ignore[arg-type]
    )


def left_out(request: str, man_days: float = 1.0, earliest: dt.date | None = MONDAY) -> BoardUnassigned:
    return BoardUnassigned(
        request, "PPI", f"Factory of {request}", "A client", man_days, earliest, None, "all are full"
    )
