"""A client's page as one file of HTML that any browser shows, with nothing fetched from elsewhere and nothing run."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from desktop.services.client_page.document import page_document
from desktop.services.client_page.layout import Card, Cell, Document, Line, Section, Table, Tile
from desktop.services.client_page.markup import PICTURE, Element, element, written
from desktop.services.client_page.rows import ClientPage
from desktop.services.client_page.wording import say
from desktop.services.trade.protocols import Language

LANGUAGE_TAGS: Mapping[Language, str] = {"en": "en", "zh": "zh-Hans", "vi": "vi"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is shown: JPEG, drawn anew from what was kept, with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def render_html(page: ClientPage, language: Language, pictures: Mapping[int, Picture] | None = None) -> str:
    """The page as HTML.

    Args:
        page: of one client.
        language: of its words; what was entered stays as it was.
        pictures: photos to show, by the key of their file.
    """
    return written(_Page(page_document(page, language), pictures or {}).whole())


@cache
def style_sheet() -> str:
    """How the page looks. It has no characters that HTML would take for its own."""
    text = importlib.resources.files("resources").joinpath("client_page", "page.css").read_text(encoding="utf-8")
    return text.strip()


def content_policy() -> str:
    """What a browser may do with the page: its own style, pictures that it has in itself, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; script-src 'none'; connect-src 'none'; "
        "form-action 'none'; base-uri 'none'"
    )


class _Page:
    def __init__(self, document: Document, pictures: Mapping[int, Picture]) -> None:
        self._d = document
        self._pictures = pictures

    def whole(self) -> Element:
        """Everything."""
        return element("html", self._head(), self._body(), lang=LANGUAGE_TAGS[self._d.language])

    def _head(self) -> Element:
        return element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=content_policy()),
            element("meta", name="referrer", content="no-referrer"),
            element("meta", name="robots", content="noindex"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", self._d.title),
            element("style", style_sheet()),
        )

    def _body(self) -> Element:
        d = self._d
        tiles = element("dl", *(self._tile(tile) for tile in d.tiles), class_="tiles")
        return element(
            "body",
            element(
                "header",
                element("h1", d.title, dir="auto"),
                *(element("p", _line(line)) for line in d.head),
                element("nav", element("ul", *self._links()), aria_label=d.title),
            ),
            element(
                "main",
                element("section", tiles, aria_label=d.at_a_glance),
                *(self._section(section) for section in d.sections),
            ),
            element("footer", element("p", d.foot)),
        )

    def _links(self) -> Iterator[Element]:
        for section in self._d.sections:
            yield element("li", element("a", section.title, href=f"#{section.key}"))

    def _tile(self, tile: Tile) -> Element:
        return element(
            "div",
            element("dt", tile.label),
            element("dd", tile.value, class_="value"),
            *(element("dd", _line(line), class_="small") for line in tile.notes),
            class_="tile",
        )

    def _section(self, section: Section) -> Element:
        parts = [self._card(card) for card in section.cards]
        if section.table is not None:
            parts.insert(0, self._table(section.table, section.title))
        if not parts:
            parts.append(element("p", section.empty, class_="muted"))
        heading = f"{section.key}title"
        return element(
            "section",
            element("h2", section.title, id=heading),
            *parts,
            id=section.key,
            aria_labelledby=heading,
        )

    def _table(self, table: Table, name: str) -> Element:
        kinds = [{"class_": "number"} if column.is_number else {} for column in table.columns]
        head = element(
            "tr",
            *(
                element("th", column.title, scope="col", **kind)
                for column, kind in zip(table.columns, kinds, strict=True)
            ),
        )
        rows = []
        for cells in table.rows:
            first = element("th", *_lines(cells[0]), scope="row")
            others = (element("td", *_lines(cell), **kind) for cell, kind in zip(cells[1:], kinds[1:], strict=True))
            rows.append(element("tr", first, *others))
        whole = element("table", element("thead", head), element("tbody", *rows))
        return element("div", whole, class_="scroll", role="region", tabindex=0, aria_label=name)

    def _card(self, card: Card) -> Element:
        facts = [part for label, line in card.facts for part in (element("dt", label), element("dd", _line(line)))]
        return element(
            "article",
            element(
                "header",
                element("div", element("h3", card.title, dir="auto"), element("p", card.under, class_="muted small")),
                element("p", _line(card.mark)),
            ),
            element("dl", *facts, class_="facts") if facts else None,
            *(self._table(table, card.title) for table in card.tables),
            self._photos(card),
            class_="card",
        )

    def _photos(self, card: Card) -> Element | None:
        if not card.photos:
            return None
        shown = [(one, self._pictures[one.photo.key]) for one in card.photos if one.photo.key in self._pictures]
        items = [
            element(
                "li",
                element(
                    "figure",
                    element(
                        "img",
                        src=PICTURE + base64.b64encode(picture.jpeg).decode(),
                        alt=one.title,
                        width=picture.width,
                        height=picture.height,
                    ),
                    element("figcaption", one.title, dir="auto"),
                ),
            )
            for one, picture in shown
        ]
        left = len(card.photos) - len(shown)
        return element(
            "div",
            element("ul", *items, class_="photos") if items else None,
            element("p", say("photos_left_out", self._d.language, number=left), class_="muted small") if left else None,
        )


def _line(line: Line) -> Element:
    classes = " ".join(filter(None, ("badge" if line.is_badge else "", line.tone)))
    attributes = {"class_": classes} if classes else {}
    return element("span", line.text, dir="auto", **attributes)


def _lines(cell: Cell) -> list[Element]:
    return [element("p", _line(line)) for line in cell]
