"""What differs from tab to tab of the list: the order at first, and the columns that say nothing there."""

from __future__ import annotations

from desktop.itemmodels.request_table import ColumnName
from desktop.services.requests.filter import Tab
from desktop.services.requests.listing import Sort, SortKey

USUAL_SORT: dict[Tab, Sort] = {
    "published": Sort("visit"),
    "done": Sort("visit", descending=True),
    "cancelled": Sort("received", descending=True),
    "all": Sort("received", descending=True),
}
"""Where hours left are not what counts."""

UNFIT: dict[Tab, tuple[ColumnName, ...]] = {
    "inbox": ("visit", "status"),
    "ready": ("visit",),
    "planned": ("status", "received"),
    "published": ("status", "received", "target"),
    "done": ("target", "made", "risk", "status"),
    "cancelled": ("target", "made", "risk", "visit", "status"),
    "all": (),
}
"""Columns that say nothing of the requests of a tab."""

SORT_KEYS: tuple[SortKey, ...] = (
    "code",
    "received",
    "client",
    "factory",
    "area",
    "target",
    "made",
    "risk",
    "man_days",
    "sample",
    "price",
    "visit",
    "status",
)


def read_sort(tab: Tab, data: object) -> dict[Tab, Sort]:
    """An order kept for a tab; nothing where it is not one."""
    if not isinstance(data, list) or len(data) != 2:
        return {}
    key = next((known for known in SORT_KEYS if known == data[0]), None)
    return {} if key is None else {tab: Sort(key, bool(data[1]))}
