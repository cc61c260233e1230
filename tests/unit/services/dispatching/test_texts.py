"""Messages as they read, in three languages."""

from __future__ import annotations

import datetime as dt
import string

import pytest

from desktop.models.halfday import morning
from desktop.services import commands
from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.directions import Journey
from desktop.services.dispatching.facts import LABELS
from desktop.services.dispatching.messages import compose
from desktop.services.dispatching.wording import read_words, write_slots
from desktop.services.trade.protocols import LANGUAGES, Language
from desktop.store.engine import Store
from tests.helpers.company import NOW, desk_of

TUESDAY = morning(dt.date(2026, 12, 1))


def test_every_text_is_in_every_language_with_the_same_gaps() -> None:
    for key, text in read_words().texts.items():
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text.said(spoken)) if name} for spoken in LANGUAGES]
        assert all((text.en, text.zh, text.vi)), key
        if key not in ("day", "summary"):
            assert gaps[0] == gaps[1] == gaps[2], key
    assert LABELS.keys() <= read_words().texts.keys()


@pytest.mark.parametrize(
    ("slots", "language", "said"),
    [
        ((TUESDAY, TUESDAY + 1), "en", "Tue 1 Dec 2026"),
        ((TUESDAY, TUESDAY), "vi", "T3 1/12/2026 sáng"),
        ((TUESDAY, TUESDAY + 3), "zh", "2026年12月1日 周二至2026年12月2日 周三"),
        ((TUESDAY + 1, TUESDAY + 2), "en", "Tue 1 Dec 2026 afternoon to Wed 2 Dec 2026 morning"),
    ],
)
def test_days_are_written_as_people_write_them(slots: tuple[int, int], language: Language, said: str) -> None:
    assert write_slots(*slots, language) == said


def test_an_inspector_learns_where_when_how_and_what(announced: Store) -> None:
    (message,) = compose(announced, NOW, [Addressee("R2", "inspector", "I2")], "en")
    assert message.text.splitlines()[2:] == [
        "When: Mon 30 Nov 2026, 8:00-17:00 by the clocks there",
        "Service: PSI",
        "Factory: Factory 2",
        "Coordinates: 22.52000, 113.42000",
        "Map: https://uri.amap.com/marker?position=113.420000,22.520000&coordinate=wgs84",
        "Contact: Contact 2, +86 100 2",
        "How to go: by car, about 11 km, 24 min, from home",
        "Client: Client 2",
        "Order: O2, jacket, 2,000 pcs",
        "Level and AQL: II; 2.5 / 4.0",
        "Sample (accept/reject): critical 125 (0/1); major 125 (7/8); minor 125 (10/11)",
        "Checklist: house protocol 1",
        "Reference: R2",
        "",
        "Please confirm: answer this message, or call your coordinator.",
        "The work sheet with the checklist is attached.",
    ]
    assert "AQL" not in message.chat
    assert message.chat.count("\n") == 5
    assert message.sheet is not None
    assert message.sheet.going == ("by car, about 11 km, 24 min, from home",)
    assert message.sheet.when.startswith("Mon 30 Nov 2026")


def test_the_sheet_is_of_what_is_in_force_whatever_a_draft_has(announced: Store) -> None:
    desk = desk_of(announced)
    desk.handle(commands.RevisePlan(dt.date(2026, 11, 30), 7))
    desk.handle(commands.MoveVisit("2026-W49-1", "R2", ("I2",), TUESDAY + 4))
    (message,) = compose(announced, NOW, [Addressee("R2", "inspector", "I2")])
    assert message.sheet is not None
    assert message.sheet.first_day == dt.date(2026, 11, 30)


def test_a_factory_learns_what_is_needed_and_not_who_comes(announced: Store) -> None:
    (message,) = compose(announced, NOW, [Addressee("R1", "factory")], "en")
    assert "Inspectors: 1 person" in message.text
    assert "- At least 10 % of the order finished, the line running" in message.text
    assert "- A table under good light" in message.text
    assert "Inspector 1" not in message.text + message.calendar.decode()
    assert message.sheet is None


def test_a_journey_says_when_one_goes_and_where_one_sleeps() -> None:
    nights = (dt.date(2026, 11, 30), dt.date(2026, 12, 1))
    far = Journey("rail", 612.4, 260, "Factory 9", on_eve=True, nights=nights)
    assert far.lines("en") == (
        "by train, about 612 km, 260 min, from Factory 9",
        "You come the day before and sleep near the factory.",
        "Nights away: Mon 30 Nov 2026, Tue 1 Dec 2026",
    )
    assert Journey("", 0, 0, "home", on_eve=False, nights=()).lines("vi") == ("Anh/chị đã ở tại chỗ.",)
    assert Journey("ferry", 12, 40, "stay", on_eve=False, nights=()).lines("en") == (
        "ferry, about 12 km, 40 min, from where you are",
    )
