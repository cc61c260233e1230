"""Filters that a user has named, kept with the preferences of this user on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.errors import BadInputError
from desktop.preferences import Preferences
from desktop.services.requests.filter import TABS, RequestFilter, Tab, read_filter

NAME = "requests.filters"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter by name, with the tab that it was made on."""

    name: str
    wanted: RequestFilter
    tab: Tab


class SavedFilters:
    """The named filters, in the order of their making."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def all(self) -> tuple[SavedFilter, ...]:
        """Every one that can be read; one of a newer version is passed over, and kept."""
        found = (_read(entry) for entry in self._entries())
        return tuple(entry for entry in found if entry is not None)

    def save(self, name: str, wanted: RequestFilter, tab: Tab) -> None:
        """Keep a filter under a name; one that has the name already is replaced, in its place."""
        entry: dict[str, object] = {"name": name, "filter": wanted.to_json(), "tab": tab}
        entries = self._entries()
        places = [n for n, known in enumerate(entries) if known.get("name") == name]
        if places:
            entries[places[0]] = entry
        else:
            entries.append(entry)
        self._preferences.put(NAME, entries)

    def rename(self, name: str, new: str) -> bool:
        """Give a filter another name; False where another one has it already."""
        if new != name and any(known.get("name") == new for known in self._entries()):
            return False
        renamed = [{**known, "name": new} if known.get("name") == name else known for known in self._entries()]
        self._preferences.put(NAME, renamed)
        return True

    def delete(self, name: str) -> None:
        """Forget a filter."""
        self._preferences.put(NAME, [known for known in self._entries() if known.get("name") != name])

    def _entries(self) -> list[dict[str, object]]:
        return [dict(entry) for entry in self._preferences.value(NAME, list[object]()) if isinstance(entry, Mapping)]


def _read(entry: Mapping[str, object]) -> SavedFilter | None:
    try:
        wanted = read_filter(entry.get("filter"))
    except BadInputError:
        return None
    tab: Tab = next((known for known in TABS if known == entry.get("tab")), "all")
    return SavedFilter(str(entry.get("name", "")), wanted, tab)
