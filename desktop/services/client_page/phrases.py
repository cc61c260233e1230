"""What several parts of a client's page say in the same words."""

from __future__ import annotations

import datetime as dt

from desktop.services.client_page.layout import Cell, Column, Line, Tone
from desktop.services.client_page.rows import Goods, Place, State
from desktop.services.client_page.wording import inert, say, write_moment
from desktop.services.inspection.rows import Outcome
from desktop.services.trade.protocols import Language

_OUTCOME_TONES: dict[str, Tone] = {"pass": "ok", "fail": "bad", "pending": "warn", "aborted": "warn", "": "muted"}
_STATE_TONES: dict[State, Tone] = {"reported": "ok", "aborted": "warn", "cancelled": "muted"}


class Phrases:
    """Words and cells in a language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, /, **given: object) -> str:
        """The page's own words."""
        return say(key, self.language, **given)

    def moment(self, at: dt.datetime, zone: dt.tzinfo) -> str:
        """A moment by the clocks of a place."""
        return write_moment(at, zone, self.language)

    def columns(self, *wanted: tuple[str, float]) -> tuple[Column, ...]:
        """Columns by the keys of their titles, with their shares of the width."""
        return tuple(Column(self.say(key), share) for key, share in wanted)

    def cell(self, *texts: str) -> Cell:
        """Lines of a cell, the later ones less strong; a dash where there is nothing to say."""
        kept = [text for text in texts if text]
        if not kept:
            return (Line(self.say("none"), "muted"),)
        return (Line(kept[0]), *(Line(text, "muted") for text in kept[1:]))

    def place(self, place: Place) -> Cell:
        """A factory with its name in its own language, and where it is."""
        where = self.say("comma").join(filter(None, (inert(place.local_name), inert(place.area))))
        return self.cell(inert(place.name), where)

    def goods(self, goods: Goods | None) -> Cell:
        """An order with its product and quantity."""
        if goods is None:
            return self.cell("")
        return self.cell(inert(goods.order), inert(goods.product), self.say("pieces", number=f"{goods.quantity:,}"))

    def state(self, state: State) -> Line:
        """How far a booking is."""
        return Line(self.say(f"state_{state}"), _STATE_TONES.get(state, ""), is_badge=True)

    def outcome(self, outcome: Outcome) -> Line:
        """What a visit came to."""
        return Line(self.say(f"outcome_{outcome}"), _OUTCOME_TONES[outcome], is_badge=True)
