"""Lists in one cell: `garment 4; textile 3`. A name that holds a separator stands in double quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.services.exchange.cells import Cell, CellFault, text_of

V = TypeVar("V")

# Chinese keyboards type the wide ones.
SEPARATORS = ";,\n\uff1b\uff0c\u3001"
# An empty list, where a blank cell means something else.
NOTHING = "none"
_NOTHING_TOO = (NOTHING, "无", "không")
_NEEDS_QUOTES = re.compile(rf'[{re.escape(SEPARATORS)}"]|^$')


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its text, or the quoted name with the text that follows it."""

    text: str
    quoted: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Pairing(Generic[V]):
    """How names with a value each are written in one cell.

    Attributes:
        form: the form of an item, for people: "SKILL LEVEL".
        suffix: finds the value behind a name; its only group is the value's text (or None: there is none).
        read: gives the value of that text; None stands for no text.
        write: gives the text behind the name, its leading space with it.
        doubtful: finds names that must be quoted because they end like one with a value.
    """

    form: str
    suffix: re.Pattern[str]
    read: Callable[[str | None], V]
    write: Callable[[V], str]
    doubtful: re.Pattern[str] = re.compile(r"(?!)")

    def read_cell(self, cell: Cell) -> tuple[tuple[str, V], ...]:
        """Names and values, sorted by name.

        Raises:
            CellFault: where an item has another form, a value cannot be read, or a name occurs twice.
        """
        pairs = [self._pair(item) for item in split(cell)]
        _check_distinct([name for name, _ in pairs])
        return tuple(sorted(pairs, key=lambda pair: pair[0]))

    def write_cell(self, pairs: Iterable[tuple[str, V]]) -> Cell:
        """One cell that reads as these pairs again."""
        return "; ".join(f"{quoted(name, self.doubtful)}{self.write(value)}" for name, value in pairs) or None

    def _pair(self, item: Item) -> tuple[str, V]:
        if item.quoted:
            name = item.text
            found = self.suffix.fullmatch(f" {item.rest}" if item.rest else "")
        else:
            found = self.suffix.search(item.text)
            name = item.text[: found.start()].strip() if found else ""
        if found is None or not name:
            text = f'"{item.text}" {item.rest}'.strip() if item.quoted else item.text
            raise CellFault(f"has {text} where {self.form} belongs", f"Write items as {self.form}, semicolons between")
        try:
            return name, self.read(found[1])
        except CellFault as fault:
            raise CellFault(f"has {found[1]} for {name}, which {fault.reason}", fault.remedy) from None


def split(cell: Cell) -> tuple[Item, ...]:
    """The items of a list.

    Raises:
        CellFault: where a quote is not closed.
    """
    text = text_of(cell)
    if text.lower() in _NOTHING_TOO:
        return ()
    items = []
    at = 0
    while at < len(text):
        if text[at] in SEPARATORS or text[at].isspace():
            at += 1
            continue
        name = None
        if text[at] == '"':
            name, at = _quoted(text, at)
        end = next((place for place in range(at, len(text)) if text[place] in SEPARATORS), len(text))
        rest = text[at:end].strip()
        items.append(Item(rest) if name is None else Item(name, quoted=True, rest=rest))
        at = end
    return tuple(items)


def read_names(cell: Cell, one: Callable[[str], str] = str) -> tuple[str, ...]:
    """Names in their order, each once; `one` reads each.

    Raises:
        CellFault: where a name occurs twice or cannot be read.
    """
    names = []
    for item in split(cell):
        if item.rest:
            raise CellFault(f'has "{item.rest}" after the name {item.text}', "Put a semicolon between two names")
        names.append(one(item.text))
    _check_distinct(names)
    return tuple(names)


def write_names(names: Sequence[str] | None, *, blank_means_none: bool = True) -> Cell:
    """Names as one cell."""
    if not names:
        return None if blank_means_none else NOTHING
    if len(names) == 1 and names[0].lower() in _NOTHING_TOO:
        return f'"{names[0]}"'
    return "; ".join(map(quoted, names))


def quoted(name: str, doubtful: re.Pattern[str] | None = None) -> str:
    """A name as it stands in a list: in double quotes where it must."""
    if _NEEDS_QUOTES.search(name) or (doubtful and doubtful.search(name)):
        return '"{}"'.format(name.replace('"', '""'))
    return name


def _quoted(text: str, start: int) -> tuple[str, int]:
    at = start + 1
    while (end := text.find('"', at)) >= 0:
        if text[end + 1 : end + 2] != '"':
            return text[start + 1 : end].replace('""', '"').strip(), end + 1
        at = end + 2
    raise CellFault("opens a quote that it does not close", 'Close the name with ", or leave both out')


def _check_distinct(names: Sequence[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CellFault(f"names {twice[0]} twice", "Name it once")
