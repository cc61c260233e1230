"""What an inspector checks: the house's protocol of a product group and service, merged with the client's own lists.

The house's protocols are files of `resources/protocols`; its README says what an item has. A client's item stands in
place of the house's item whose key it names, else it is one more. So the sheet always holds all that the house checks,
and says of each item whose it is.
"""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal, get_args

from desktop.services.trade.groups import GROUPS

Language = Literal["en", "zh", "vi"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Defect = Literal["critical", "major", "minor", ""]
DEFECTS: tuple[Defect, ...] = ("critical", "major", "minor")
"""From the worst on. An item may also have no class (""): then it notes something and nothing is counted."""

SERVICES = ("PPI", "DUPRO", "PSI", "LOADING", "MONITORING")
WHOLE_SAMPLE: Final = "aql"
"""What `Item.sample` says where an item is checked on every piece drawn."""
ONCE: Final = "once"
OWN_SECTION = "client"
"""Key of the section of a client's items that name none."""
COMMON = "common"
_FOLDER = "protocols"
_SPOKEN_UNITS = {
    "pcs": "unit_pcs",
    "pcs/d": "unit_pcs_day",
    "ctns": "unit_ctns",
    "h": "unit_hours",
    "min": "unit_minutes",
    "s": "unit_seconds",
}
"""Units that are words; others are signs and the same in every language."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in three languages; one that is not known is "" and shown in another."""

    en: str
    zh: str = ""
    vi: str = ""

    def said(self, language: Language) -> str:
        """The words in a language, else in the next one that has any."""
        known = {"en": self.en, "zh": self.zh, "vi": self.vi}
        return known[language] or self.en or self.zh or self.vi

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in any language."""
        return not (self.en or self.zh or self.vi)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose an item is: the house's protocol by version, or a client's list by revision.

    `list` names a client's list where it is not for all goods: "garment", "DUPRO", "garment DUPRO".
    """

    kind: Literal["house", "client"]
    number: int
    list: str = ""

    def said(self, language: Language) -> str:
        """In words: "house protocol 1", "client's list, revision 2"."""
        words = read_words()
        text = words.said(f"origin_{self.kind}", language).format(number=self.number)
        return f"{text} ({self.list})" if self.list else text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to check.

    Attributes:
        key: what a client's list names to replace it; "" of a client's item.
        section: key of a house's section, or a client's own word for one.
        title: what is checked.
        requirement: how, and what is accepted.
        defect: class of a failure; "" where nothing is counted.
        sample: WHOLE_SAMPLE, ONCE, or a number of pieces.
        unit: of what is measured, or "".
        uses: the field of the order whose text belongs to it, or "".
        origin: whose it is.
        replaced: key of the house's item in whose place it stands, or "".
        note: what the order says on it, or "".
    """

    key: str
    section: str
    title: Text
    requirement: Text
    defect: Defect
    sample: int | Literal["aql", "once"]
    unit: str
    uses: str
    origin: Origin
    replaced: str = ""
    note: str = ""

    def unit_said(self, language: Language) -> str:
        """The unit in a language."""
        return read_words().said(_SPOKEN_UNITS[self.unit], language) if self.unit in _SPOKEN_UNITS else self.unit


@dataclass(frozen=True, slots=True)
class Section:
    """Items that are checked together. `title` of a client's own section is his word."""

    key: str
    title: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ClientItem:
    """An item of a client's list; a blank `defect` of one that replaces another is that one's."""

    section: str
    title: Text
    requirement: str = ""
    defect: Defect = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class ClientList:
    """A revision of a client's list, for a product group and a service ("": for every one)."""

    product_group: str
    service: str
    revision: int
    items: tuple[ClientItem, ...]

    @property
    def origin(self) -> Origin:
        """What its items say of where they come from."""
        return Origin("client", self.revision, " ".join(filter(None, (self.product_group, self.service))))

    def is_for(self, product_group: str, service: str) -> bool:
        """Whether it concerns such goods and such a service."""
        return self.product_group in ("", product_group) and self.service in ("", service)


@dataclass(frozen=True, slots=True)
class Protocol:
    """The house's standard protocol of a product group ("": of goods of any kind) and a service."""

    version: int
    product_group: str
    service: str
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Words:
    """The printed sheet's own words, by key."""

    texts: Mapping[str, Text]

    def said(self, key: str, language: Language) -> str:
        """The words for a key in a language. Raises KeyError where there is no such key."""
        return self.texts[key].said(language)


def standard_protocol(product_group: str, service: str) -> Protocol:
    """The house's protocol. Goods of no group have the common items only.

    A service that the house has no protocol of is taken for a final inspection, whose protocol looks at most.

    Raises:
        ValueError: where there is no such group.
    """
    if product_group and product_group not in GROUPS:
        raise ValueError(f"there is no product group {product_group}: there are {', '.join(GROUPS)}")
    kind = service if service in SERVICES else "PSI"
    files = (COMMON, product_group) if product_group else (COMMON,)
    found = [item for file in files for item, of in _items(file) if kind in of]
    sections = (
        replace(section, items=tuple(item for item in found if item.section == section.key))
        for section, of in _sections()
        if kind in of
    )
    return Protocol(house_version(), product_group, service, tuple(sections))


def house_keys() -> tuple[str, ...]:
    """The keys of all items of all protocols: what a client's list may name to replace."""
    return tuple(item.key for file in (COMMON, *GROUPS) for item, _ in _items(file))


def house_sections() -> tuple[Section, ...]:
    """The sections in their order, without items."""
    return tuple(section for section, _ in _sections())


def house_version() -> int:
    """The version of the house's protocols."""
    return int(_table("protocol")["version"])


def merged(
    protocol: Protocol, lists: Iterable[ClientList], notes: Mapping[str, str] | None = None
) -> tuple[Section, ...]:
    """A protocol with a client's lists in it.

    Lists for other goods or services are passed over. A list for fewer goods speaks after one for more, so its items
    stand later, and where both replace the same item, its own do. Several items of one list may replace the same one:
    they all stand there. An item that replaces one which this protocol does not have is one more. Sections that the
    protocol has not come last, in the order in which they are first named.

    Args:
        protocol: the house's.
        lists: of one client; of each group and service the revision that holds.
        notes: what the order says, by field (golden_sample, specifications, packing).
    """
    ranked = sorted(
        (given for given in lists if given.is_for(protocol.product_group, protocol.service)),
        key=lambda given: (bool(given.product_group) + bool(given.service), bool(given.product_group)),
    )
    standing = {item.key: item for item in protocol.items}
    instead: dict[str, tuple[Item, ...]] = {}
    more: dict[str, dict[tuple[Text, str], Item]] = {}
    for given in ranked:
        own: dict[str, list[Item]] = {}
        for line in given.items:
            old = standing.get(line.replaces)
            if old is not None:
                own.setdefault(old.key, []).append(_in_place_of(old, line, given.origin))
            else:
                item = _one_more(line, given.origin)
                more.setdefault(item.section, {})[item.title, line.requirement] = item
        instead |= {key: tuple(items) for key, items in own.items()}
    sections = [
        replace(
            section,
            items=(
                *(new for item in section.items for new in instead.get(item.key, (item,))),
                *more.pop(section.key, {}).values(),
            ),
        )
        for section in protocol.sections
    ]
    known = {section.key: section.title for section in house_sections()}
    known[OWN_SECTION] = read_words().texts["section_client"]
    sections += [Section(key, known.get(key, Text(key)), tuple(items.values())) for key, items in more.items()]
    return tuple(replace(section, items=tuple(_noted(section.items, notes or {}))) for section in sections)


def _in_place_of(old: Item, line: ClientItem, origin: Origin) -> Item:
    """A client's item that replaces one: what he leaves open stays as it was."""
    return replace(
        old,
        key="",
        title=line.title,
        requirement=Text(line.requirement) if line.requirement else old.requirement,
        defect=line.defect or old.defect,
        origin=origin,
        replaced=old.key,
    )


def _one_more(line: ClientItem, origin: Origin) -> Item:
    sample: Literal["aql", "once"] = WHOLE_SAMPLE if line.defect else ONCE
    return Item("", line.section, line.title, Text(line.requirement), line.defect, sample, "", "", origin)


def _noted(items: Sequence[Item], notes: Mapping[str, str]) -> Iterator[Item]:
    for item in items:
        yield replace(item, note=notes.get(item.uses, "")) if item.uses else item


# -- reading -----------------------------------------------------------------------------------------------------------


@cache
def _sections() -> tuple[tuple[Section, frozenset[str]], ...]:
    """The sections, each with the services that have it."""
    return tuple(
        (Section(told["key"], Text(told["en"], told["zh"], told["vi"]), ()), frozenset(told["services"]))
        for told in _table("protocol")["section"]
    )


@cache
def _items(file: str) -> tuple[tuple[Item, frozenset[str]], ...]:
    """The items of a file, each with the services that it is for."""
    origin = Origin("house", house_version())
    return tuple((_item(file, told, origin), frozenset(told["services"])) for told in _table(file)["item"])


@cache
def read_words() -> Words:
    """The words of the printed sheet."""
    return Words({key: Text(*texts) for key, texts in _table("words").items()})


def _item(file: str, told: Mapping[str, Any], origin: Origin) -> Item:
    titles, requirements = zip(told["en"], told["zh"], told["vi"], strict=True)
    return Item(
        key=f"{file}.{told['key']}",
        section=told["section"],
        title=Text(*titles),
        requirement=Text(*requirements),
        defect=told.get("defect", ""),
        sample=told["sample"],
        unit=told.get("unit", ""),
        uses=told.get("uses", ""),
        origin=origin,
    )


@cache
def _table(file: str) -> dict[str, Any]:
    path = importlib.resources.files("resources").joinpath(_FOLDER, f"{file}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
