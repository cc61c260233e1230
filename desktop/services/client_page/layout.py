"""What a client's page is made of, whichever form it is given: tiles, tables, cards. All texts are harmless by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.services.client_page.rows import Photo
from desktop.services.trade.protocols import Language

Tone = Literal["", "muted", "ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Line:
    """Words with their tone. `is_badge`: a state, set off from what stands round it."""

    text: str
    tone: Tone = ""
    is_badge: bool = False


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share`: of the width on paper, of the sum of all."""

    title: str
    share: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many as there are columns. The first cell of a row names it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo with its words."""

    photo: Photo
    title: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing told at length."""

    title: str
    under: str
    mark: Line
    facts: tuple[tuple[str, Line], ...]
    tables: tuple[Table, ...]
    photos: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. `empty` is said where it has neither table nor card."""

    key: str
    title: str
    empty: str
    table: Table | None = None
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at the head."""

    label: str
    value: str
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The page in words of one language.

    Attributes:
        client: its name.
        head: lines under the title.
        at_a_glance: title of the tiles.
        foot: the last line.
    """

    language: Language
    client: str
    title: str
    head: tuple[Line, ...]
    at_a_glance: str
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    foot: str
