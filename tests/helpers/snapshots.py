"""All that a database holds but history and version counters, comparable between moments and between engines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from desktop.models import Base
from desktop.store.engine import Store

HISTORY = ("change", "changed_row")
TABLES = tuple(table for table in Base.metadata.sorted_tables if table.name not in HISTORY)
Rows = tuple[dict[str, Any], ...]
Snapshot = dict[str, Rows]


def snapshot(store: Store, tables: Iterable[str] | None = None) -> Snapshot:
    """Rows by table in the order of their keys, without version counters; all tables unless some are named."""
    wanted = None if tables is None else set(tables)
    with store.engine.connect() as connection:
        return {
            table.name: tuple(
                {name: value for name, value in row.items() if name != "version"}
                for row in connection.execute(select(table).order_by(table.c.id)).mappings()
            )
            for table in TABLES
            if wanted is None or table.name in wanted
        }


def relabelled(rows: Snapshot) -> Snapshot:
    """The same with every key replaced by its rank: engines differ in the keys that a refused step uses up."""
    ranks = {table: {row["id"]: rank for rank, row in enumerate(content)} for table, content in rows.items()}
    targets = {
        (table.name, key.parent.name): key.column.table.name
        for table in TABLES
        for key in table.foreign_keys
        if key.column.name == "id"
    }
    return {
        table: tuple(
            {
                name: ranks[target][value] if target and value is not None else value
                for name, value in row.items()
                for target in [table if name == "id" else targets.get((table, name))]
            }
            | ({"plan_id": ranks["plan"][row["plan_id"]]} if table == "assignment" else {})
            for row in content
        )
        for table, content in rows.items()
    }
