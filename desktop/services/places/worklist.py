"""What there is to ask about places: factories that are not placed, or only roughly; and the commands that answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.services.commands import EditRecord, MergeFactories
from desktop.services.places.duplicates import Duplicate, read_entries
from desktop.services.places.located import Candidate, Located
from desktop.services.places.resemblance import FactoryEntry
from desktop.services.places.resolver import locate
from desktop.store.engine import Store

ROUGH = ("province", "city")
"""Precisions that are asked about: a city of China is often a hundred kilometres across."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """The factories of a database, and those among them to ask about; those that are named most often first.

    Attributes:
        unplaced: without a place: no visit can be planned there.
        rough: of which only the city or province is known.
        entries: all of them, oldest first.
    """

    unplaced: tuple[FactoryEntry, ...]
    rough: tuple[FactoryEntry, ...]
    entries: tuple[FactoryEntry, ...]

    def entry(self, code: str) -> FactoryEntry | None:
        """The factory of a code."""
        return next((entry for entry in self.entries if entry.code == code), None)


def read_worklist(store: Store) -> Worklist:
    """What there is to ask now, without the suspected duplicates, which take longer."""
    with store.session() as session:
        entries = read_entries(session)
    by_use = sorted(entries, key=lambda entry: (-entry.used, entry.code))
    return Worklist(
        tuple(entry for entry in by_use if entry.lat is None),
        tuple(entry for entry in by_use if entry.lat is not None and entry.precision in ROUGH),
        tuple(entries),
    )


def candidates_for(entry: FactoryEntry, text: str = "") -> Located:
    """The places where a factory may be, by its address and names; by a text instead, where somebody types one."""
    if text:
        return locate(text, entry.country)
    return locate(entry.address, entry.country, entry.name, entry.local_name, entry.area)


def place_at(entry: FactoryEntry, candidate: Candidate) -> EditRecord:
    """The command that places a factory where a candidate is; permits go by the candidate's province then."""
    values = {"lat": candidate.lat, "lon": candidate.lon, "precision": candidate.level}
    area = {"area": candidate.place.area} if candidate.place.area else {}
    return EditRecord("factory", entry.code, values | area, entry.version)


def place_by_hand(entry: FactoryEntry, lat: float, lon: float) -> EditRecord:
    """The command that places a factory where somebody has pointed: as good as its address."""
    values = {"lat": round(lat, 5), "lon": round(lon, 5), "precision": "address"}
    return EditRecord("factory", entry.code, values, entry.version)


def is_placed_alike(one: FactoryEntry, other: FactoryEntry) -> bool:
    """Whether two states of a record ask the same about its place: who names it or rings it up is all the same."""
    return replace(one, used=0, version=None, phone="") == replace(other, used=0, version=None, phone="")


def merger(pair: Duplicate) -> MergeFactories:
    """The command that makes two records one."""
    return MergeFactories(pair.kept.code, pair.merged.code)


def turned(pair: Duplicate) -> Duplicate:
    """The same pair with the other one to keep."""
    return replace(pair, kept=pair.merged, merged=pair.kept)
