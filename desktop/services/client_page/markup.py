"""HTML built from elements, never from text: what stands in it is escaped where it is written, and nowhere else.

Only elements and attributes that a page to be read needs can be made; there is none that runs, fetches or sends
anything. What is written is also well-formed XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

VOID: Final = frozenset({"meta", "img"})
TAGS: Final = VOID | {
    "html", "head", "title", "style", "body", "header", "main", "section", "footer", "nav", "article", "h1", "h2",
    "h3", "p", "div", "span", "a", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES: Final = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "scope", "dir", "tabindex", "role",
    "aria-label", "aria-labelledby", "src", "alt", "width", "height",
}  # fmt: skip
PICTURE: Final = "data:image/jpeg;base64,"
STYLE: Final = "style"
_MARKUP = re.compile("[<&]")
_ANCHOR = re.compile(r"#[a-z]+")


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its children; made by `element`."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]


def element(tag: str, *children: Element | str | None, **attributes: str | int) -> Element:
    """An element. Strings are text, None is nothing. `_` in a name is "-", and one at its end is left out: `class_`.

    Raises:
        ValueError: it is none that a page may have. Links lead to places of the page itself, pictures are within it.
    """
    if tag not in TAGS:
        raise ValueError(f"no page has the element {tag}")
    given = tuple((name.rstrip("_").replace("_", "-"), str(value)) for name, value in attributes.items())
    for name, value in given:
        if name not in ATTRIBUTES:
            raise ValueError(f"no element has the attribute {name}")
        if name == "href" and not _ANCHOR.fullmatch(value):
            raise ValueError(f"a link leads to a place of the page, not to {value}")
        if name == "src" and not value.startswith(PICTURE):
            raise ValueError("a picture stands in the page itself")
    kept = tuple(child for child in children if child is not None)
    if tag == STYLE and any(not isinstance(child, str) or _MARKUP.search(child) for child in kept):
        raise ValueError("a style sheet is text without markup: it cannot be escaped")
    return Element(tag, given, kept)


def written(root: Element) -> str:
    """The whole page as text."""
    return f"<!DOCTYPE html>\n{''.join(_pieces(root))}\n"


def _pieces(node: Element | str) -> Iterable[str]:
    if isinstance(node, str):
        yield html.escape(node)
        return
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes)
    if node.tag in VOID:
        yield f"<{node.tag}{attributes} />"
        return
    yield f"<{node.tag}{attributes}>"
    for child in node.children:
        yield from (child,) if node.tag == STYLE and isinstance(child, str) else _pieces(child)
    yield f"</{node.tag}>"
    if node.tag in ("section", "tr", "article", STYLE):
        yield "\n"
