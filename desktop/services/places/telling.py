"""Why a place is taken for that of an address, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.services.places.located import Candidate
from desktop.services.places.mentions import Mention
from desktop.services.places.weighing import Weighed
from desktop.services.words import spell_list

MOST_QUOTED = 4


def why_a_place(weighed: Weighed, name_share: float) -> str:
    """What speaks for a place and against it: no full stop, so that it can stand in a line."""
    said = _quoted(mention for mention in weighed.explained if mention.share > name_share)
    named = _quoted(mention for mention in weighed.explained if mention.share == name_share)
    other = _quoted(mention for mention in weighed.unexplained if mention.share > name_share)
    parts = []
    if said:
        parts.append(f"the address says {spell_list(said, MOST_QUOTED)}")
    if named:
        parts.append(f"the firm's name says {spell_list(named, MOST_QUOTED)}")
    if other:
        parts.append(f"not explained: {spell_list(other, MOST_QUOTED)}")
    return "; ".join(parts)


def why_unsure(candidates: Sequence[Candidate], *, is_named_by_firm: bool) -> str:
    """What would have to be known for a place to be taken unasked: a sentence or two."""
    best = candidates[0]
    if best.level == "province":
        return f"Only the province is known, {best.title}: its middle may be far off."
    if is_named_by_firm:
        return f"Only the firm's name says {best.title}; the address does not."
    rivals = [
        other.title for other in candidates[1:] if other.place.area != best.place.area or other.level == best.level
    ]
    if rivals and candidates[1].confidence > best.confidence / 3:
        return f"It may be {best.title} or {rivals[0]}: the address does not decide it."
    return f"Too little speaks for {best.title}."


def _quoted(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(f'"{mention.shown}"' for mention in mentions))
