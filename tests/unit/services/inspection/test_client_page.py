"""What a client is told of its bookings, and when; figures, words, days and the file itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import string
from typing import get_args

import pytest

from desktop.clock import FixedClock
from desktop.errors import BadInputError, NotFoundError
from desktop.services.bus import Desk
from desktop.services.client_page import photos
from desktop.services.client_page.document import page_document
from desktop.services.client_page.markup import element
from desktop.services.client_page.periods import quarter_of, read_quarter, usual_language
from desktop.services.client_page.photos import chosen_photos, read_photos
from desktop.services.client_page.reading import read_client_page
from desktop.services.client_page.render import Picture, render_html
from desktop.services.client_page.rows import BookingLine, ClientPage, State, VisitLine
from desktop.services.client_page.wording import LONGEST_NAME, inert, read_words
from desktop.services.commands import (
    AbortVisit,
    AttachFile,
    ChangeSetting,
    OpenActions,
    ReceiveReport,
    RecordArrival,
    RecordFinished,
    RecordResult,
    ReleaseReport,
    ReviewReport,
)
from desktop.services.commands.inspection import (
    AbortReason,
    ActionStep,
    ClientDecision,
    DefectEntry,
    FileContents,
    OwnerParty,
    Severity,
)
from desktop.services.inspection.rows import Outcome
from tests.helpers.company import MONDAY
from tests.unit.services.inspection.conftest import LATER, at
from tests.unit.services.inspection.pictures import jpeg, png

FIRST, LAST = MONDAY, dt.date(2026, 12, 6)
CLIENT = "C1"


def page(desk: Desk, now: dt.datetime = LATER) -> ClientPage:
    return read_client_page(desk.store, now, CLIENT, FIRST, LAST)


def booking(told: ClientPage, code: str = "R1") -> BookingLine:
    return next(line for line in told.bookings if line.request == code)


def visit(told: ClientPage, code: str = "R1") -> VisitLine:
    return next(line for line in told.visits if line.request == code)


def attach(desk: Desk, name: str, data: bytes) -> None:
    desk.handle(AttachFile("R1", FileContents(name, data, hashlib.sha256(data).hexdigest()), caption=f"of {name}"))


@pytest.fixture
def failed(desk: Desk) -> Desk:
    """R1 was visited in time and has failed; its report is reviewed and not out yet."""
    desk.handle(RecordArrival("R1", at("1 09:10")))
    desk.handle(RecordFinished("R1", at("1 16:40"), pieces_made=430))
    desk.handle(RecordResult("R1", (DefectEntry("major", 6, "open seam"), DefectEntry("minor", 2, "loose thread"))))
    desk.handle(ReceiveReport("R1", at("1 20:00")))
    desk.handle(ReviewReport("R1", by="Minh", at=at("2 09:00")))
    desk.handle(OpenActions("R1"))
    return desk


def test_a_result_is_told_once_its_report_is_out(failed: Desk) -> None:
    before = page(failed)
    assert booking(before).state == visit(before).state == "report in work"
    assert visit(before).finding is None
    assert not before.actions
    assert (before.figures.failed, before.figures.reports_in_time, before.figures.reports) == (0, 0, 1)
    assert "open seam" not in render_html(before, "en")
    failed.handle(ReleaseReport("R1", at("2 10:00")))
    after = page(failed)
    finding = visit(after).finding
    assert finding is not None
    assert [(one.severity, one.found, one.accept) for one in finding.classes] == [
        ("critical", 0, 0),
        ("major", 6, 3),
        ("minor", 2, 5),
    ]
    assert [action.row.text for action in after.actions] == ["open seam", "loose thread"]
    figures = after.figures
    assert (figures.visits, figures.failed, figures.major, figures.reports_in_time) == (1, 1, 6, 1)
    assert (figures.kept, figures.in_target, figures.in_limit) == (1, 1, 1)
    assert all("open seam" in render_html(after, language) for language in ("en", "zh", "vi"))


def test_factories_are_counted_by_what_has_begun(failed: Desk) -> None:
    failed.handle(ReleaseReport("R1", at("2 10:00")))
    sections = {part.key: part for part in page_document(page(failed), "en").sections}
    table = sections["factories"].table
    assert table is not None
    assert [[cell[0].text for cell in row] for row in table.rows] == [
        ["Factory 1", "1", "0", "1", "0", "0", "0", "6", "2"]
    ]
    assert len(sections["visits"].table.rows if sections["visits"].table else ()) == 2


def test_what_is_overdue_is_marked(failed: Desk) -> None:
    failed.handle(ReleaseReport("R1", at("4 10:00")))
    told = page(failed, LATER + dt.timedelta(days=3))
    assert visit(told).is_late
    assert told.figures.reports_in_time == 0
    assert {action.row.days_late for action in told.actions} == {0, 2}
    assert "2 days overdue" in render_html(told, "en")


def test_a_visit_in_vain_is_told_with_its_charge(desk: Desk) -> None:
    desk.handle(AbortVisit("R1", "not ready", at("1 10:00"), remark="the gate was shut", charged_cents=12_300))
    told = page(desk)
    assert booking(told).state == "aborted"
    assert told.figures.aborted == 1
    assert told.figures.reports == 0
    text = render_html(told, "en")
    assert "The goods were not ready." in text
    assert "USD 123.00" in text
    assert "gate" not in text


def test_inspectors_are_counted_unless_the_house_names_them(desk: Desk) -> None:
    told = page(desk)
    assert (visit(told).inspectors, visit(told).names) == (1, ())
    assert "Inspector 1" not in render_html(told, "en")
    desk.handle(ChangeSetting("results", {"names_to_clients": True}))
    assert visit(page(desk)).names == ("Inspector 1",)


def test_what_is_planned_and_not_announced_is_being_planned(desk: Desk) -> None:
    told = read_client_page(desk.store, LATER, "C2", dt.date(2026, 11, 1), LAST)
    states = {line.request: line.state for line in told.bookings}
    assert states["R6"] == "being planned"
    assert states["R2"] == "announced"


def test_days_and_clients_that_cannot_be_are_refused(desk: Desk) -> None:
    with pytest.raises(BadInputError, match="before the first"):
        read_client_page(desk.store, LATER, CLIENT, LAST, FIRST)
    with pytest.raises(NotFoundError, match="C9"):
        read_client_page(desk.store, LATER, "C9", FIRST, LAST)


def test_photos_are_those_drawn_anew_and_no_others(failed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    failed_files = {"a.png": png(), "b.jpg": jpeg()}
    for name, data in failed_files.items():
        attach(failed, name, data)
    failed.handle(ReleaseReport("R1", at("2 10:00")))
    told = page(failed)
    assert dict(read_photos(failed.store, told)) == dict(zip((1, 2), failed_files.values(), strict=True))
    text = render_html(told, "en", {1: Picture(b"drawn", 4, 3)})
    assert 'src="data:image/jpeg;base64,ZHJhd24="' in text
    assert 'alt="of a.png"' in text
    assert "Photos not shown here: 1" in text
    monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
    assert [photo.name for photo in chosen_photos(told)] == ["a.png"]


def test_quarters() -> None:
    assert read_quarter("2026-Q3") == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert quarter_of(dt.date(2026, 2, 3), 1) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    with pytest.raises(BadInputError, match="2026-Q5"):
        read_quarter("2026-Q5")
    assert [usual_language(country) for country in ("CN", "vn", "DE", "")] == ["zh", "vi", "en", "en"]


def test_every_word_is_there_in_three_languages() -> None:
    texts = read_words().texts
    kinds = {"state": State, "outcome": Outcome, "step": ActionStep, "abort": AbortReason, "owner": OwnerParty}
    asked = {f"{key}_{value}" for key, kind in kinds.items() for value in get_args(kind)}
    asked |= {f"decision_{value}" for value in get_args(ClientDecision) if value} | set(get_args(Severity))
    assert asked <= texts.keys()
    for key, text in texts.items():
        said = (text.en, text.zh, text.vi)
        assert all(said), key
        assert len({frozenset(field for _, field, _, _ in string.Formatter().parse(one) if field) for one in said}) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\n two\u2028three", "one two three"),
        ("\u202egpj.exe\u202c \u2066x\u2069\u200f", "gpj.exe x"),
        ("\x07a\ufffeb\ufdd0c\ufeff", "abc"),
        ("\U0001f469\u200d\U0001f52c Đồng", "\U0001f469\u200d\U0001f52c Đồng"),
        ("W" * 999, "W" * (LONGEST_NAME - 1) + "\u2026"),
    ],
)
def test_texts_are_made_harmless(text: str, kept: str) -> None:
    assert inert(text) == kept


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("script", {}),
        ("iframe", {}),
        ("p", {"onclick": "x"}),
        ("p", {"style": "x"}),
        ("a", {"href": "https://example.com"}),
        ("a", {"href": "javascript:x"}),
        ("img", {"src": "https://example.com/x.png"}),
        ("img", {"src": "data:text/html,x"}),
    ],
)
def test_what_runs_or_leads_elsewhere_cannot_be_made(tag: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"page|no element"):
        element(tag, **attributes)


def test_open_actions_of_earlier_visits_stay_on_the_page(failed: Desk) -> None:
    failed.handle(ReleaseReport("R1", at("2 10:00")))
    desk = Desk(failed.store, FixedClock(LATER), "Lan")
    later = read_client_page(desk.store, LATER, CLIENT, dt.date(2026, 12, 7), dt.date(2026, 12, 31))
    assert not later.visits
    assert len(later.actions) == 2
    assert later.before.failed == 1
