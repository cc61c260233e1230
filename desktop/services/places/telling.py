"""Why a place is taken for that of an address, in words."""

from __future__ import annotations

from collections.abc import Iterable, Set

from desktop.services.places.located import Candidate
from desktop.services.places.mentions import Mention, Source
from desktop.services.places.weighing import Weighed
from desktop.services.words import spell_list

MOST_QUOTED = 4


_SAYS: dict[Source, str] = {
    "address": "the address says",
    "area": "the area is",
    "firm": "the firm's name says",
}


def why_a_place(weighed: Weighed) -> str:
    """What speaks for a place and against it: no full stop, so that it can stand in a line."""
    parts = []
    for source, says in _SAYS.items():
        if names := _quoted(weighed.explained, source):
            parts.append(f"{says} {spell_list(names, MOST_QUOTED)}")
    if other := [*_quoted(weighed.unexplained, "address"), *_quoted(weighed.unexplained, "area")]:
        parts.append(f"not explained: {spell_list(other, MOST_QUOTED)}")
    return "; ".join(parts)


def why_unsure(best: Candidate, named_by: Set[Source], rival: str) -> str:
    """What would have to be known for a place to be taken unasked: a sentence.

    Args:
        best: the likeliest place.
        named_by: the sources that name it.
        rival: the title of another place that is nearly as likely; "": none is.
    """
    if best.level == "province":
        return f"Only the province is known, {best.title}: its middle may be far off."
    if named_by == {"firm"}:
        return f"Only the firm's name says {best.title}; the address does not."
    if named_by == {"area"}:
        return f"The address names no place within {best.title}."
    if rival:
        return f"It may be {best.title} or {rival}: the address does not decide it."
    return f"Too little speaks for {best.title}."


def _quoted(mentions: Iterable[Mention], source: Source) -> list[str]:
    return list(dict.fromkeys(f'"{mention.shown}"' for mention in mentions if mention.source == source))
