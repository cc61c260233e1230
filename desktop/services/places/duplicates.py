"""Factories that are stored twice, or that somebody is about to store again.

Comparing every factory with every other takes minutes with thousands. So only those are compared that share a sign
which few have: a word of the name, the name but for one letter, the phone, house number and a word of the address.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Factory, Order, PastVisit, Request
from desktop.services.places.resemblance import FactoryEntry, Profile, Resemblance, compare, profile_of
from desktop.store.engine import Store

LIKELY = 0.6
"""From which likelihood on two factories are offered for merging."""

MOST_SHARING = 60  # a sign that more factories have says nothing
LEAST_WORD = 3  # letters
MOST_SAID = 20
OFTEN = 200  # factories or pairs between two calls of `tell`
TYPED = ("code", "name", "local_name", "address", "phone", "country", "area", "lat", "lon", "precision")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two records that may be one factory.

    Attributes:
        kept: the one that the other would go into: it is named more often, or older.
        merged: the other.
        score: how likely they are one, 0.6 to 1.
        why: in words.
    """

    kept: FactoryEntry
    merged: FactoryEntry
    score: float
    why: str

    @property
    def percent(self) -> int:
        """The likelihood in whole percent, never told as certain."""
        return min(99, round(100 * self.score))


def read_entries(session: Session) -> list[FactoryEntry]:
    """Every factory, oldest first."""
    used: Counter[int] = Counter()
    for model in (Order, Request, PastVisit):
        counted = select(model.factory_id, func.count()).group_by(model.factory_id)
        used.update({key: number for key, number in session.execute(counted)})
    columns = (getattr(Factory, field) for field in TYPED)
    rows = session.execute(select(Factory.id, Factory.version, *columns).order_by(Factory.id)).all()
    return [
        FactoryEntry(**dict(zip(TYPED, typed, strict=True)), used=used[key], version=version)
        for key, version, *typed in rows
    ]


def find_duplicates(store: Store) -> tuple[Duplicate, ...]:
    """All pairs of stored factories that may be one, the likeliest first."""
    with store.session() as session:
        entries = read_entries(session)
    return duplicates_among(entries)


def duplicates_among(entries: Sequence[FactoryEntry], tell: Callable[[], None] = lambda: None) -> tuple[Duplicate, ...]:
    """Those of some factories that may be one, the likeliest first. Takes a second or two for three thousand.

    Args:
        entries: the factories.
        tell: called now and then; what it raises ends the work.
    """
    index = FactoryIndex(entries, tell)
    found = []
    for number, (one, other) in enumerate(index.pairs()):
        if number % OFTEN == 0:
            tell()
        judged = compare(index.profiles[one], index.profiles[other], index.bearers)
        if judged.score >= LIKELY:
            found.append(_duplicate(entries[one], entries[other], judged))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.kept.code, pair.merged.code)))


def resembling(session: Session, rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """A sentence for each factory that is about to be stored, by its fields, and may be one that there is already."""
    given = [row for row in rows if "name" in row and "country" in row]
    if not given:
        return ()
    stored = read_entries(session)
    known = {entry.code for entry in stored}
    new = [FactoryEntry(**{field: row[field] for field in TYPED if field in row}) for row in given]
    new = [entry for entry in new if entry.code not in known]
    index = FactoryIndex([*stored, *new])
    turn = {profile.entry.code: number for number, profile in enumerate(index.profiles)}
    said = []
    for entry in new:
        earlier = (pair for pair in index.like(entry) if turn[pair.kept.code] < turn[entry.code])
        if (pair := next(earlier, None)) is not None:
            said.append(
                f"{entry.code} ({entry.name}) may be the factory {pair.kept.code} ({pair.kept.name}): {pair.why}."
            )
    rest = len(said) - MOST_SAID
    return (*said[:MOST_SAID], *((f"{rest:,} more may be factories that there are already.",) if rest > 0 else ()))


class FactoryIndex:
    """Factories by the signs that they share.

    Attributes:
        profiles: of the factories, in the order given.
        bearers: how many of them have an own name.
    """

    def __init__(self, entries: Iterable[FactoryEntry], tell: Callable[[], None] = lambda: None) -> None:
        self.profiles: list[Profile] = []
        self.bearers: Counter[str] = Counter()
        self._blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            if number % OFTEN == 0:
                tell()
            profile = profile_of(entry)
            self.profiles.append(profile)
            self.bearers.update({form.own for form in profile.names})
            for sign in _signs(profile):
                self._blocks[sign].append(number)

    def pairs(self) -> set[tuple[int, int]]:
        """Numbers of the factories of one country that are worth a comparison, the smaller first."""
        return {
            (one, other)
            for block in self._blocks.values()
            if 1 < len(block) <= MOST_SHARING
            for at, one in enumerate(block)
            for other in block[at + 1 :]
            if self.profiles[one].entry.country == self.profiles[other].entry.country
        }

    def like(self, entry: FactoryEntry, most: int = 3) -> tuple[Duplicate, ...]:
        """Those that a factory may be which is not among them, the likeliest first; they are the ones to keep."""
        profile = profile_of(entry)
        near = {number for sign in _signs(profile) for number in self._few(sign)}
        found = []
        for number in near:
            other = self.profiles[number]
            if other.entry.country == entry.country and other.entry.code != entry.code:
                judged = compare(profile, other, self.bearers)
                if judged.score >= LIKELY:
                    found.append(Duplicate(other.entry, entry, judged.score, judged.why))
        return tuple(sorted(found, key=lambda pair: (-pair.score, pair.kept.code)))[:most]

    def _few(self, sign: tuple[str, str]) -> list[int]:
        block = self._blocks.get(sign, [])
        return block if len(block) <= MOST_SHARING else []


def _signs(profile: Profile) -> Iterator[tuple[str, str]]:
    """What other writings of the same factory are likely to share."""
    found: set[tuple[str, str]] = set()
    for form in profile.names:
        own = form.own
        found.add(("own", own))
        # a letter wrong, missing, too many, or two exchanged: without one letter each, they are the same
        found.update(("own", own[:at] + own[at + 1 :]) for at in range(len(own) if LEAST_WORD < len(own) <= 24 else 0))
        found.update(("word", word) for word in form.words if len(word) > LEAST_WORD)
        found.update(("two", "".join(form.words[at : at + 2])) for at in range(len(form.words) - 1))
    if profile.phone:
        found.add(("phone", profile.phone))
    for number in profile.numbers:
        found.update((number, word) for word in profile.address.split())
    yield from found


def _duplicate(one: FactoryEntry, other: FactoryEntry, judged: Resemblance) -> Duplicate:
    """The one to keep first; of two that are named equally often the one that stands first, the older."""
    kept, merged = (other, one) if other.used > one.used else (one, other)
    return Duplicate(kept, merged, judged.score, judged.why)
