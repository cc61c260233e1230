"""The window of places: a factory placed by a candidate or by hand, two made one, each undone by one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.jobs.db_runner import Committed
from desktop.models import Factory
from desktop.services.bus import Desk
from desktop.services.commands import AddFactory, EditRecord
from desktop.services.places.duplicates import Duplicate
from desktop.services.places.resemblance import FactoryEntry
from desktop.store.engine import Store
from desktop.views.maps.projection import MapPlace
from desktop.views.places.dialog import PlacesDialog
from desktop.views.places.opening import open_places
from desktop.views.requests.page import RequestsPage
from tests.helpers.office import NOW
from tests.helpers.windows import bring_forward, button, click, drag, press, settle, type_text, wheel, work

UNSURE = AddFactory("F900", "Ngoc Anh Garment", "Tỉnh Nam Định", "VN", address="Chau Thanh, Vietnam")
LEFT = Qt.MouseButton.LeftButton


def stored(store: Store, code: str) -> Factory | None:
    with store.session() as session:
        return session.scalars(select(Factory).where(Factory.code == code)).one_or_none()


@pytest.fixture
def dialog(office: Office, page: RequestsPage, company_store: Store, qtbot: QtBot) -> Iterator[PlacesDialog]:
    """The window, everything read and compared. F900 is not placed; F901 is F0001 in characters."""
    first = stored(company_store, "F0001")
    assert first is not None
    twin = AddFactory(
        "F901",
        first.local_name or first.name.upper(),
        first.area,
        first.country,
        address=first.address,
        phone=first.phone,
    )
    Desk(company_store, FixedClock(NOW), "post").handle_all([UNSURE, twin], "Two factories came in")
    made = open_places(office.window.context, page)
    bring_forward(made)
    qtbot.waitUntil(lambda: not made.finder.is_comparing, timeout=30_000)
    settle(office)
    yield made
    made.close()


def go_to(dialog: PlacesDialog, office: Office, key: str) -> None:
    """Type a code into the field over the list, and go down to it."""
    dialog.search.setFocus()
    dialog.search.selectAll()
    type_text(key)
    number = next(number for number, row in enumerate(dialog.list.rows.rows) if key in f"{row.key} {row.detail}")
    click(dialog.list.viewport(), dialog.list.visualRect(dialog.list.rows.index(number, 0)).center())
    settle(office)


def test_a_candidate_is_chosen_on_the_map_and_taken(dialog: PlacesDialog, office: Office, company_store: Store) -> None:
    go_to(dialog, office, "F900")
    assert len(dialog.place.candidates) > 1, "Vietnam has several Châu Thành"
    assert len(dialog.map.pins) == len(dialog.place.candidates)
    second = dialog.place.candidates[1]
    press("2", dialog.map)
    assert dialog.place.candidate == second
    assert second.title in dialog.spot.text()
    click(dialog.place_button)
    settle(office)
    record = stored(company_store, "F900")
    assert record is not None
    assert (record.lat, record.lon, record.precision) == (second.lat, second.lon, second.level)
    assert record.area == second.place.area
    click(button(dialog, "Undo"))
    settle(office)
    record = stored(company_store, "F900")
    assert record is not None
    assert (record.lat, record.precision) == (None, "none")


def test_a_place_is_set_by_hand_and_dragged(dialog: PlacesDialog, office: Office, company_store: Store) -> None:
    go_to(dialog, office, "F900")
    shown = dialog.map
    at = QPoint(40, shown.height() - 60)
    QTest.mouseDClick(shown, LEFT, pos=at)
    assert shown.hand is not None
    before = shown.hand
    assert "By hand" in dialog.spot.text()
    head = at - QPoint(0, 16)
    drag(shown, head, head + QPoint(60, -30))
    assert (shown.at(shown.hand) - at - QPoint(60, -30)).manhattanLength() < 1.5, "its tip is where it was let go"
    candidate = shown.box_of(0).center().toPoint()
    drag(shown, candidate, candidate + QPoint(-25, 40))
    tip = shown.at(MapPlace(shown.pins[0].lat, shown.pins[0].lon)) + QPoint(-25, 40)
    assert (shown.at(shown.hand) - tip).manhattanLength() < 1.5, "a candidate put right by hand"
    assert shown.hand != before
    dropped = shown.hand
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(office)
    record = stored(company_store, "F900")
    assert record is not None
    assert (record.lat, record.lon) == pytest.approx((dropped.lat, dropped.lon), abs=1e-5)
    assert (record.precision, record.area) == ("address", "Tỉnh Nam Định")


def test_the_map_is_moved_by_hand_and_keys(dialog: PlacesDialog, office: Office) -> None:
    go_to(dialog, office, "F900")
    shown = dialog.map
    middle = shown.rect().center()
    before = shown.view
    drag(shown, middle, middle + QPoint(50, 20))
    assert (shown.view.x, shown.view.y) == pytest.approx(
        (before.x - 50 / before.scale, before.y - 20 / before.scale), abs=5 / before.scale
    )
    wheel(shown, 1)
    press("+", shown)
    assert shown.view.scale > before.scale * 1.5
    held = shown.view
    press("Right", shown)
    assert shown.view.x > held.x
    press("0", shown)
    assert shown.view == before
    at = shown.box_of(1).center()
    under = shown._pins_at(at)
    seen = set()
    for _ in under:
        click(shown, at.toPoint())
        seen.add(shown.chosen)
    assert seen == set(under), "of pins over each other each has its turn"
    assert 1 in seen


def test_two_records_are_made_one(dialog: PlacesDialog, office: Office, company_store: Store, qtbot: QtBot) -> None:
    go_to(dialog, office, "F901")
    pair = dialog.pair.pair
    assert pair is not None
    assert {pair.kept.code, pair.merged.code} == {"F0001", "F901"}
    if pair.kept.code != "F0001":
        click(dialog.turn_button)
    assert dialog.merge_button.text() == "Merge F901 into F0001"
    click(dialog.merge_button)
    settle(office)
    assert stored(company_store, "F901") is None
    assert all(not isinstance(row.value, Duplicate) for row in dialog.list.rows.rows)
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(office)
    assert stored(company_store, "F901") is not None
    qtbot.waitUntil(lambda: not dialog.finder.is_comparing, timeout=30_000)
    go_to(dialog, office, "F901")
    click(dialog.apart_button)
    assert all(not isinstance(row.value, Duplicate) for row in dialog.list.rows.rows)
    dialog.finder.start()
    qtbot.waitUntil(lambda: not dialog.finder.is_comparing, timeout=30_000)
    assert all(not isinstance(row.value, Duplicate) for row in dialog.list.rows.rows), "the answer is remembered"


def test_what_is_being_answered_stays_while_others_work(
    dialog: PlacesDialog, office: Office, company_store: Store, qtbot: QtBot
) -> None:
    colleague = Desk(company_store, FixedClock(NOW), "Li Na")

    def somebody_adds(code: str) -> None:
        outcome = colleague.handle(replace(UNSURE, code=code, name=f"Newcomer {code}"))
        office.runner.tell_of_others(Committed(outcome.changes, outcome.label, own=False))
        settle(office)
        qtbot.waitUntil(lambda: not dialog.finder.is_comparing, timeout=30_000)
        dialog.search.clear()
        work(0)

    go_to(dialog, office, "F900")
    click(dialog.place.search)
    type_text("Nam Dinh")
    qtbot.waitUntil(lambda: not dialog.place._wait.isActive(), timeout=5_000)
    settle(office)
    QTest.mouseDClick(dialog.map, LEFT, pos=QPoint(40, dialog.map.height() - 60))
    hand = dialog.map.hand
    assert hand is not None
    somebody_adds("F800")
    assert any(row.key == "F800" for row in dialog.list.rows.rows)
    current = dialog.list.current
    assert current is not None
    assert (current.key, dialog.place.search.text(), dialog.map.hand) == ("F900", "Nam Dinh", hand)
    assert dialog.place_button.isEnabled()

    go_to(dialog, office, "F901")
    click(dialog.turn_button)
    said = dialog.merge_button.text()
    somebody_adds("F801")
    assert dialog.merge_button.text() == said, "the one that is to be kept stays so"
    assert dialog.pair.pair is not None
    assert said == f"Merge {dialog.pair.pair.merged.code} into {dialog.pair.pair.kept.code}"


def test_a_factory_that_is_asked_for_is_gone_to(dialog: PlacesDialog, office: Office, company_store: Store) -> None:
    for code in ("F0002", "F900", "F0003"):
        dialog.show_factory(code)
        settle(office)
        entry = dialog.place.entry
        assert entry is not None
        assert entry.code == code


def test_nothing_to_ask_is_said(dialog: PlacesDialog, office: Office) -> None:
    dialog.search.setFocus()
    type_text("no such factory")
    work(0)
    assert dialog.empty.isVisible()
    assert dialog.empty.text() == "Nothing to ask about a factory of this name."
    assert not dialog.place_button.isVisible()


def test_a_request_leads_to_its_factory(office: Office, page: RequestsPage, company_store: Store) -> None:
    page.list.show_code("N1")
    settle(office)
    (row,) = page.list.selected()
    assert not page.panel.place_button.isVisible()
    unplaced = EditRecord("factory", row.factory.code, {"lat": None, "lon": None})
    Desk(company_store, FixedClock(NOW), "post").handle(unplaced)
    page.refresh()
    settle(office)
    click(page.panel.place_button)
    settle(office)
    shown = page.findChild(PlacesDialog)
    assert isinstance(shown, PlacesDialog)
    entry = shown.list.current.value if shown.list.current else None
    assert isinstance(entry, FactoryEntry)
    assert entry.code == row.factory.code
    assert shown.place.isVisible()
    shown.close()
