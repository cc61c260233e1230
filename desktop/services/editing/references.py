"""From the codes that people enter to the keys that records hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from desktop.services.lookup import client_by_code, factory_by_code, order_by_code


def resolve_references(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns from fields: codes of client, order and factory become keys. Raises NotFoundError."""
    columns = dict(values)
    if "client" in columns:
        columns["client_id"] = client_by_code(session, columns.pop("client")).id
    if "factory" in columns:
        columns["factory_id"] = factory_by_code(session, columns.pop("factory")).id
    if "order" in columns:
        order = columns.pop("order")
        columns["order_id"] = None if order is None else order_by_code(session, order).id
    return columns
