"""Finding things on a board: what of it matches a few words."""

from __future__ import annotations

from desktop.services.board import WeekBoard


class Finder:
    """The words of a board, ready to be searched at every key."""

    def __init__(self, board: WeekBoard) -> None:
        self._people = [
            (
                row.inspector,
                " ".join((row.inspector, row.name, row.local_name, row.home, row.team, *row.skills)).casefold(),
                frozenset(bar.request for bar in row.bars),
            )
            for row in board.rows
        ]
        texts: dict[str, str] = {}
        for row in board.rows:
            for bar in row.bars:
                texts[bar.request] = f"{bar.request} {bar.factory} {bar.service}".casefold()
        for entry in board.unassigned:
            texts[entry.request] = f"{entry.request} {entry.factory} {entry.client} {entry.service}".casefold()
        self._requests = texts

    def find(self, text: str) -> tuple[frozenset[str], frozenset[str]] | None:
        """The requests that match, and the people who do not and have none of them; None: nothing is looked for.

        Every word must be found. Whoever matches has all his requests with him.
        """
        words = text.casefold().split()
        if not words:
            return None
        lit = {code for code, hay in self._requests.items() if all(word in hay for word in words)}
        own = {code for _, hay, codes in self._people if all(word in hay for word in words) for code in codes}
        matching = {name for name, hay, _ in self._people if all(word in hay for word in words)}
        dim = {name for name, _, codes in self._people if name not in matching and not codes & lit}
        return frozenset(lit | own), frozenset(dim)

    @property
    def requests(self) -> frozenset[str]:
        """All requests of the board."""
        return frozenset(self._requests)
