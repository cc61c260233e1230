"""What is checked: complete in every group, service and language, and what a client's list does to it."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QRawFont

import resources
from desktop.services.trade.groups import GROUPS
from desktop.services.trade.protocols import (
    DEFECTS,
    LANGUAGES,
    SERVICES,
    WHOLE_SAMPLE,
    ClientItem,
    ClientList,
    Text,
    house_keys,
    house_sections,
    house_version,
    merged,
    read_words,
    standard_protocol,
)
from desktop.services.worksheets import PAPERS, WITHOUT_SAMPLE

ALL = [(group, service) for group in GROUPS for service in SERVICES]
FIVE = ["materials", "workmanship", "function", "measurements", "line"]
SECTIONS = {
    "PPI": FIVE,
    "DUPRO": [*FIVE, "packing"],
    "PSI": [*FIVE, "packing"],
    "LOADING": ["workmanship", "measurements", "line", "packing", "loading"],
    "MONITORING": [*FIVE, "packing"],
}
KEYS = house_keys()
PRINTED = (1, "8f16d037d25efada")
"""The version that sheets are printed with now, and what its items say."""


@pytest.mark.parametrize(("group", "service"), ALL)
def test_a_protocol_has_its_sections_and_every_item_all_languages(group: str, service: str) -> None:
    protocol = standard_protocol(group, service)
    assert [section.key for section in protocol.sections if section.items] == SECTIONS[service]
    for item in protocol.items:
        for text in (item.title, item.requirement):
            assert all((text.en.strip(), text.zh.strip(), text.vi.strip())), item.key
            assert len({text.en, text.zh, text.vi}) == 3, f"{item.key} is not translated"
            assert re.search("[\u4e00-\u9fff]", text.zh), item.key
        assert item.defect in (*DEFECTS, ""), item.key
        assert item.sample in ("aql", "once") or (isinstance(item.sample, int) and item.sample > 0), item.key
        assert item.uses in (*PAPERS, ""), item.key
        assert item.sample != WHOLE_SAMPLE or (item.defect and service not in WITHOUT_SAMPLE), item.key
    own = [item for item in protocol.items if item.key.startswith(f"{group}.")]
    assert len(own) >= (1 if service == "LOADING" else 5)


def test_whoever_changes_an_item_raises_the_version() -> None:
    folder = Path(resources.__file__).parent / "protocols"
    told = [tomllib.loads((folder / f"{file}.toml").read_text("utf-8")) for file in ("protocol", "common", *GROUPS)]
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    assert (house_version(), digest[:16]) == PRINTED, "see resources/protocols/README.md"


def test_keys_are_unique_and_every_item_is_in_some_protocol() -> None:
    assert [key for key, number in Counter(KEYS).items() if number > 1] == []
    assert {item.key for pair in ALL for item in standard_protocol(*pair).items} == set(KEYS)


def test_every_word_has_three_languages_with_the_same_blanks() -> None:
    for key, text in read_words().texts.items():
        blanks = [{field for _, field, _, _ in Formatter().parse(text.said(spoken)) if field} for spoken in LANGUAGES]
        assert all((text.en, text.zh, text.vi)), key
        assert blanks[0] == blanks[1] == blanks[2], key


def test_the_bundled_fonts_can_write_all_of_it(qapp: object) -> None:
    folder = Path(resources.__file__).parent
    fonts = [QRawFont(str(folder / "fonts" / name), 12) for name in ("Inter-Regular.otf", "NotoSansSC-subset.otf")]
    text = set("".join(path.read_text("utf-8") for path in (folder / "protocols").glob("*.toml"))) - {"\n"}
    assert [char for char in sorted(text) if not any(have.supportsCharacter(ord(char)) for have in fonts)] == []


def test_goods_of_no_group_have_what_is_common_and_an_unknown_service_what_a_final_inspection_has() -> None:
    assert {item.key.split(".")[0] for item in standard_protocol("", "PSI").items} == {"common"}
    assert standard_protocol("toys", "AUDIT").sections == standard_protocol("toys", "PSI").sections
    with pytest.raises(ValueError, match="gold"):
        standard_protocol("gold", "PSI")


def item(title: str, replaces: str = "", section: str = "function", defect: str = "") -> ClientItem:
    return ClientItem(section, Text(title), "", defect, replaces)  # type: ignore[arg-type]


def test_a_clients_item_stands_in_place_of_the_houses_and_keeps_what_it_leaves_open() -> None:
    protocol = standard_protocol("garment", "DUPRO")
    old = next(found for found in protocol.items if found.key == "garment.closures")
    sections = merged(protocol, [ClientList("", "", 2, (item("Zips", "garment.closures"),))])
    before = [found.key for found in protocol.items]
    after = [found for section in sections for found in section.items]
    new = after[before.index("garment.closures")]
    assert (new.title.en, new.replaced, new.origin.said("en")) == (
        "Zips",
        "garment.closures",
        "client's list, revision 2",
    )
    assert (new.requirement, new.defect, new.sample) == (old.requirement, old.defect, old.sample)
    assert len(after) == len(before)


def test_a_list_for_fewer_goods_goes_before_one_for_more_and_lists_for_others_do_not_count() -> None:
    protocol = standard_protocol("garment", "DUPRO")
    every = ClientList("", "", 1, (item("of all", "garment.fit"), item("of all", "garment.closures")))
    own = ClientList("garment", "DUPRO", 3, (item("own a", "garment.closures"), item("own b", "garment.closures")))
    other = ClientList("toys", "", 7, (item("toys", "garment.closures"), item("more")))
    for lists in ([every, own, other], [other, own, every]):
        titles = [found.title.en for section in merged(protocol, lists) for found in section.items]
        assert titles.count("own a") == titles.count("own b") == 1
        assert "toys" not in titles
        assert titles.count("of all") == 1, "the fit is the house's no more, the closures are the particular list's"
    said = {found.origin.said("vi") for section in merged(protocol, [own]) for found in section.items}
    assert said == {"quy trình công ty 1", "danh mục của khách, bản 3 (garment DUPRO)"}


def test_sections_of_the_clients_own_come_last_and_the_orders_words_stand_by_their_items() -> None:
    protocol = standard_protocol("garment", "DUPRO")
    mine = ClientList("", "", 1, (item("No child at work", section="Social"), item("Tag", section="packing")))
    sections = merged(protocol, [mine], {"golden_sample": "no. 12"})
    assert [section.key for section in sections] == [*(one.key for one in protocol.sections), "Social"]
    assert sections[-2].items[-1].title.en == "Tag"
    assert sections[0].items[0].note == "no. 12"


ITEMS = st.builds(
    item,
    st.sampled_from("abcde"),
    st.sampled_from(("", "", *KEYS)),
    st.sampled_from([*(section.key for section in house_sections()), "Own", "Other"]),
    st.sampled_from(("", *DEFECTS)),
)
LISTS = st.lists(
    st.builds(
        ClientList,
        st.sampled_from(("", "garment", "toys")),
        st.sampled_from(("", "DUPRO", "PSI")),
        st.integers(1, 9),
        st.lists(ITEMS, max_size=8).map(tuple),
    ),
    max_size=4,
    unique_by=lambda found: (found.product_group, found.service),
)


@settings(max_examples=25)
@given(st.sampled_from([pair for pair in ALL if pair[0] in ("garment", "toys")]), LISTS)
def test_nothing_of_the_house_is_lost_but_what_is_replaced_and_no_item_of_the_client(
    goods: tuple[str, str], lists: list[ClientList]
) -> None:
    protocol = standard_protocol(*goods)
    sections = merged(protocol, lists)
    assert merged(protocol, reversed(lists)) == sections, "it does not matter in which order lists are given"
    items = [found for section in sections for found in section.items]
    wanted = [line for given in lists if given.is_for(*goods) for line in given.items]
    named = {line.replaces for line in wanted}
    assert [found.key for found in items if found.key] == [one.key for one in protocol.items if one.key not in named]
    assert {line.title for line in wanted if not line.replaces} <= {found.title for found in items}
    assert {found.replaced for found in items if found.replaced} == named & {one.key for one in protocol.items}
    keys = [section.key for section in sections]
    assert len(keys) == len(set(keys))
