"""Factories of a file without coordinates: placed where their addresses leave no doubt, and all of it said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from desktop.services.exchange.columns import Values
from desktop.services.exchange.reading import ReadRow
from desktop.services.places.located import Level
from desktop.services.places.settling import LEVEL_WORDS, settle
from desktop.services.words import count, spell_list

MOST_NAMED = 10
"""Factories that are told apart by row; a file of thousands says how many more there are."""


@dataclass(slots=True)
class Placings:
    """What became of the factories without coordinates."""

    levels: Counter[Level] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)

    def place(self, row: ReadRow, before: Values | None, after: dict[str, Any]) -> None:
        """Place a factory by its address, where it is new or its address is, and the row does not say it has no place.

        Args:
            row: of the file.
            before: what is stored.
            after: what would be; gets the place.
        """
        is_told = row.values.get("precision") == "none"
        is_known = before is not None and before["address"] == after["address"]
        if after["lat"] is not None or is_told or is_known:
            return
        settled = settle(after)
        if settled.place is not None:
            after["lat"], after["lon"] = settled.place.lat, settled.place.lon
            after["precision"] = settled.place.level
            self.levels[settled.place.level] += 1
        elif settled.said:
            self.asked.append(f"{row.sheet} row {row.number}: {after['code']} is not placed yet. {settled.said}")

    def sentences(self) -> Iterator[str]:
        """What was placed, and what has to be asked."""
        if placed := self.levels.total():
            levels = [f"{number:,} {LEVEL_WORDS[level]}" for level, number in self.levels.most_common()]
            verb = "is" if placed == 1 else "are"
            yield f"{count(placed, 'factory', 'factories')} {verb} placed by the address: {spell_list(levels)}."
        yield from self.asked[:MOST_NAMED]
        if (rest := len(self.asked) - MOST_NAMED) > 0:
            more = count(rest, "more factory", "more factories")
            yield f"{more} cannot be placed unasked: `dupro-desk places check` says what the addresses may mean."
