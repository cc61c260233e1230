"""How well a few typed letters fit a text: letters in order, better together and at the beginnings of words."""

from __future__ import annotations

import unicodedata

TOGETHER, WORD, FIRST, SKIPPED = 8, 10, 6, 1


def plain(text: str) -> str:
    """A text without case, accents and menu signs, letter by letter as long as before where that is possible."""
    folded = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).replace("đ", "d")


def fit(query: str, text: str) -> int | None:
    """How well a query fits: the more the better; None where its letters do not all occur in order.

    Both as `plain` gives them. Spaces in the query count for nothing.
    """
    wanted = query.replace(" ", "")
    if not wanted:
        return 0
    best: int | None = None
    start = text.find(wanted[0])
    while start >= 0:
        found = _from(wanted, text, start)
        if found is None:
            break
        best = found if best is None else max(best, found)
        start = text.find(wanted[0], start + 1)
    return best


def _from(wanted: str, text: str, start: int) -> int | None:
    """The value of taking each letter at its first place from a start on."""
    value, last = FIRST if start == 0 else 0, start - 1
    for letter in wanted:
        at = text.find(letter, last + 1)
        if at < 0:
            return None
        if at == last + 1 and at != start:
            value += TOGETHER
        elif at == 0 or not text[at - 1].isalnum():
            value += WORD
        value -= min(SKIPPED * (at - last - 1), 10)
        last = at
    return value - len(text) // 20
