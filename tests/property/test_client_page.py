"""A client's page tells of nobody else, and whatever the records say is words on it and nothing more."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.client_page.document import page_document
from desktop.services.client_page.markup import ATTRIBUTES, TAGS, VOID
from desktop.services.client_page.reading import read_client_page
from desktop.services.client_page.render import render_html, style_sheet
from desktop.services.client_page.wording import LONGEST_TEXT
from desktop.services.dispatching.wording import write_day
from desktop.services.trade.protocols import LANGUAGES
from desktop.store.engine import Store
from tests.helpers.client_firm import DRAFTED, FIRST, LAST, NOW, SECRET, UNRELEASED, found_firm, mark
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe

CLIENTS = 3
LONGEST_LINE = 2 * LONGEST_TEXT + 200
WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40), max_size=4)


class Reader(HTMLParser):
    """Reads a page as a browser does, by another hand than wrote it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert tag != "script"
        for name, value in attrs:
            assert name in ATTRIBUTES
            assert not name.startswith("on")
            self.attributes.append((name, value or ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"the page has a comment: {data}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"the page has an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        pytest.fail(f"the page has a declaration: {data}")


def read_html(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


def strings(value: object) -> Iterator[str]:
    """Every text that something is made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings(getattr(value, one.name))


def test_a_page_tells_of_one_client_alone_and_takes_its_words_for_words(sqlite_store: Store) -> None:
    @settings(max_examples=scaled(70))
    @given(st.integers(0, 2**32 - 1), WORDS)
    def check(seed: int, extra: list[str]) -> None:
        wipe(sqlite_store)
        firm = found_firm(sqlite_store, seed, CLIENTS, extra)
        for client in range(1, CLIENTS + 1):
            page = read_client_page(sqlite_store, NOW, f"{mark(client)}C", FIRST, LAST)
            language = LANGUAGES[(seed + client) % len(LANGUAGES)]
            text = render_html(page, language)
            reader = read_html(text)
            # the lines of the document are what is painted on paper
            shown = "\n".join((text, html.unescape(text), *strings(page_document(page, language))))
            others = (mark(other) for other in range(1, CLIENTS + 1) if other != client)
            for word in (*others, SECRET, UNRELEASED, write_day(DRAFTED, language)):
                assert word not in shown
            for code in firm.told[client]:
                assert any(code in line for line in reader.texts)
            check_harmless(text, reader)

    check()


def check_harmless(text: str, reader: Reader) -> None:
    """Nothing on a page leads out of it, runs, or turns round what stands beside it."""
    assert ElementTree.fromstring(text).tag == "html"
    for name, value in reader.attributes:
        assert name not in ("src", "style")
        assert name != "href" or value.startswith("#")
        assert name in ("aria-label", "content") or "://" not in value
    for char in "".join(reader.texts) + "".join(value for _, value in reader.attributes):
        assert char in "\n\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    assert max(len(line) for line in reader.texts) < LONGEST_LINE


def test_the_style_sheet_fetches_nothing() -> None:
    for word in ("url(", "@import", "@font-face", "http", "<", "&", "expression"):
        assert word not in style_sheet()


def test_both_engines_give_the_same_page(sqlite_store: Store, pg_store: Store) -> None:
    for store in (sqlite_store, pg_store):
        found_firm(store, 7)
    for client in (1, 2, 3):
        page = read_client_page(sqlite_store, NOW, f"{mark(client)}C", FIRST, LAST)
        assert page == read_client_page(pg_store, NOW, f"{mark(client)}C", FIRST, LAST)
        assert page.bookings
