"""A person's calendar by mouse and keyboard: absences recorded, undone and removed, days set apart."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import RemoveAbsence
from desktop.services.roster.card import BookedVisit, PersonCalendar, inspector_card, person_calendar
from desktop.services.roster.listing import roster_list
from desktop.services.slots import slot_of
from desktop.store.engine import Store
from desktop.views.roster.calendar_canvas import CalendarCanvas, SlotSpan
from desktop.views.roster.calendar_grid import LABELS, CalendarGrid
from desktop.views.roster.calendar_tab import CalendarTab
from desktop.views.roster.page import RosterPage
from tests.helpers.office import MONDAY, NOW
from tests.helpers.windows import button, click, drag, press, settle, type_text

TODAY = NOW.date()
LATER = MONDAY + dt.timedelta(weeks=4)  # no plan reaches so far


@pytest.fixture
def busy(company_store: Store, page: RosterPage) -> str:
    """The code of somebody with a visit in the draft."""
    for row in roster_list(company_store, TODAY).rows:
        if row.worked and not row.absences:
            return row.code
    raise AssertionError("the draft uses nobody")


@pytest.fixture
def tab(office: Office, page: RosterPage, busy: str) -> CalendarTab:
    """That person's calendar."""
    page.table.choose([busy])
    settle(office)
    press("A", page.table)
    settle(office)
    return page.panel.calendar


def at(canvas: CalendarCanvas, slot: int) -> QPoint:
    grid = canvas.grid()
    assert grid is not None
    return grid.cell(slot).center().toPoint()


def absences(store: Store, code: str) -> list[tuple[int, int, str, str]]:
    card = inspector_card(store, code, TODAY)
    return [(span.first_slot, span.last_slot, span.kind, span.note) for span in card.absences]


def visit_of(tab: CalendarTab) -> BookedVisit:
    assert tab.calendar is not None
    return next(visit for visit in tab.calendar.visits if not visit.published)


def test_the_calendar_has_the_keys_and_begins_a_week_before_today(tab: CalendarTab) -> None:
    assert tab.canvas.hasFocus()
    assert tab.calendar is not None
    assert tab.calendar.first_day == MONDAY - dt.timedelta(weeks=2)
    assert tab.canvas.accessibleDescription().startswith("Fri 27 Nov 2026 morning; ")


def test_an_absence_is_recorded_by_dragging_undone_and_recorded_again(
    office: Office, page: RosterPage, tab: CalendarTab, busy: str, company_store: Store
) -> None:
    before = absences(company_store, busy)
    first = slot_of(LATER) + 1
    drag(tab.canvas, at(tab.canvas, first), at(tab.canvas, first + 4))
    assert tab.canvas.span == SlotSpan(first, first + 4)
    assert "working days: 2.5" in tab.sheet.headline.text()
    tab.sheet.kind.setCurrentText("training")
    tab.sheet.note.setFocus()
    type_text("forklift", tab.sheet.note)
    click(tab.sheet.record_button)
    settle(office)
    new = (first, first + 4, "training", "forklift")
    assert new in absences(company_store, busy)
    assert tab.calendar is not None
    assert tab.calendar.absence_at(first) is not None
    assert tab.sheet.remove_button.isVisible()
    press("Ctrl+Z", tab.canvas)
    settle(office)
    assert absences(company_store, busy) == before
    assert tab.calendar.absence_at(first) is None
    press("Ctrl+Y", tab.canvas)
    settle(office)
    assert new in absences(company_store, busy)


def test_an_absence_is_removed_after_a_click_on_it(
    office: Office, tab: CalendarTab, busy: str, company_store: Store
) -> None:
    first = slot_of(LATER)
    tab.canvas.select(first, first + 3)
    click(tab.sheet.record_button)
    settle(office)
    click(tab.canvas, at(tab.canvas, first + 8))
    assert tab.sheet.record_button.isVisible()
    click(tab.canvas, at(tab.canvas, first + 2))
    assert tab.canvas.span == SlotSpan(first, first + 3)
    click(tab.sheet.remove_button)
    settle(office)
    assert (first, first + 3, "leave", "") not in absences(company_store, busy)
    assert tab.sheet.record_button.isVisible()


def test_all_of_it_by_keyboard(office: Office, tab: CalendarTab, busy: str, company_store: Store) -> None:
    canvas = tab.canvas
    for keys in ("Down", "Down", "Home", "Shift+Right", "Shift+Right", "Shift+Right"):
        press(keys, canvas)
    monday = TODAY + dt.timedelta(days=14 - TODAY.weekday())
    assert canvas.span == SlotSpan(slot_of(monday), slot_of(monday) + 3)
    press("Return", canvas)
    assert tab.sheet.kind.hasFocus()
    tab.sheet.kind.setCurrentText("sickness")
    press("Tab", tab.sheet.kind)
    assert tab.sheet.note.hasFocus()
    press("Return", tab.sheet.note)
    settle(office)
    assert (slot_of(monday), slot_of(monday) + 3, "sickness", "") in absences(company_store, busy)
    assert canvas.hasFocus()
    assert "absent, sickness" in canvas.accessibleDescription()
    press("Del", canvas)
    settle(office)
    assert (slot_of(monday), slot_of(monday) + 3, "sickness", "") not in absences(company_store, busy)
    press("Esc", canvas)
    assert canvas.span is None


def test_visits_in_the_way_are_told_before_and_after(
    office: Office, tab: CalendarTab, busy: str, company_store: Store
) -> None:
    visit = visit_of(tab)
    click(tab.canvas, at(tab.canvas, visit.first_slot))
    assert tab.sheet.warning.isVisible()
    assert visit.request in tab.sheet.warning.text()
    assert "draft 2026-W49-1" in tab.sheet.warning.text()
    click(tab.sheet.record_button)
    settle(office)
    assert f"{visit.request} on" in tab.message.text
    tab.canvas.clear()
    settle(office)
    grid = tab.canvas.grid()
    assert grid is not None
    box = next(grid.spans(visit.first_slot, visit.last_slot)).toRect()
    picture = tab.canvas.grab(box).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(box.width()) for y in range(box.height())}
    assert office.window.context.look.theme.warn.lower() in colours
    click(tab.canvas, at(tab.canvas, visit.first_slot))
    click(tab.sheet.remove_button)
    settle(office)
    click(tab.canvas, at(tab.canvas, visit.first_slot))
    click(tab.sheet.record_button)
    settle(office)
    wanted: list[object] = []
    office.window.context.selection.request_wanted.connect(wanted.append)
    click(button(tab.message, f"Show {visit.request}"))
    assert [getattr(entry, "code", "") for entry in wanted] == [visit.request]
    assert visit.request in [entry.request for entry in person_calendar(company_store, busy, TODAY).visits]


def test_half_days_are_made_free_and_as_usual_again(office: Office, tab: CalendarTab) -> None:
    slot = slot_of(LATER)
    click(tab.canvas, at(tab.canvas, slot))
    click(tab.sheet.off_button)
    settle(office)
    assert cells(tab, LATER) == ("off", "work")
    click(tab.sheet.usual_button)
    settle(office)
    assert cells(tab, LATER) == ("work", "work")
    saturday = LATER + dt.timedelta(days=5)
    tab.canvas.select(slot_of(saturday), slot_of(saturday) + 1)
    click(tab.sheet.work_button)
    settle(office)
    assert cells(tab, saturday) == ("work", "work")


def cells(tab: CalendarTab, date: dt.date) -> tuple[str, str]:
    assert tab.calendar is not None
    return next(day.cells for day in tab.calendar.dates if day.date == date)


def test_the_weeks_go_on(office: Office, tab: CalendarTab) -> None:
    assert tab.calendar is not None
    first = tab.calendar.first_day
    click(tab.later)
    settle(office)
    assert tab.calendar.first_day == first + dt.timedelta(weeks=4)
    press("PgUp", tab.canvas)
    press("PgUp", tab.canvas)
    settle(office)
    assert tab.calendar.first_day == first - dt.timedelta(weeks=4)
    click(tab.today_button)
    settle(office)
    assert tab.calendar.first_day == first


def test_a_coming_absence_is_gone_to_by_its_chip(office: Office, page: RosterPage, tab: CalendarTab) -> None:
    far = TODAY + dt.timedelta(weeks=30)
    assert tab.calendar is not None
    tab._first_day = far
    tab._read()
    settle(office)
    tab.canvas.select(slot_of(far), slot_of(far) + 1)
    click(tab.sheet.record_button)
    settle(office)
    click(tab.today_button)
    settle(office)
    chip = next(found for found in tab._chips.findChildren(type(tab.later)) if str(far.day) in found.text())
    click(chip)
    settle(office)
    assert tab.canvas.span == SlotSpan(slot_of(far), slot_of(far) + 1)
    assert tab.sheet.remove_button.isVisible()


def test_what_cannot_be_recorded_is_said_by_the_calendar(office: Office, tab: CalendarTab) -> None:
    tab.canvas.select(slot_of(LATER), slot_of(LATER))
    tab.sheet.kind.setCurrentText(" ")
    click(tab.sheet.record_button)
    settle(office)
    assert "has no kind" in tab.message.text


def test_an_absence_that_a_colleague_has_removed(
    office: Office, tab: CalendarTab, busy: str, company_store: Store
) -> None:
    tab.canvas.select(slot_of(LATER), slot_of(LATER))
    click(tab.sheet.record_button)
    settle(office)
    assert tab.calendar is not None
    found = tab.calendar.absence_at(slot_of(LATER))
    assert found is not None
    Desk(company_store, FixedClock(NOW), "Tran Bich Ngoc").handle(RemoveAbsence(found.absence_id))
    click(tab.sheet.remove_button)
    settle(office)
    assert "no absence with the number" in tab.message.text
    assert tab.calendar.absence_at(slot_of(LATER)) is None


def test_a_wrong_button_selects_nothing(tab: CalendarTab) -> None:
    before = tab.canvas.span
    QTest.mouseClick(tab.canvas, Qt.MouseButton.RightButton, pos=at(tab.canvas, slot_of(LATER)))
    click(tab.canvas, QPoint(5, 5))
    assert tab.canvas.span == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cells_are_painted_as_planning_sees_them(office: Office, tab: CalendarTab, theme: str) -> None:
    look = office.window.context.look
    look.choose("dark" if theme == "dark" else "light")
    try:
        visit = visit_of(tab)
        tab.canvas.clear()
        picture = tab.canvas.grab().toImage()
        grid = tab.canvas.grid()
        assert grid is not None
        sunday = grid.cell(slot_of(LATER + dt.timedelta(days=6)))
        monday = grid.cell(slot_of(LATER))
        below = QPointF(0, grid.row_height / 2 - 4)
        assert picture.pixelColor((sunday.center() + below).toPoint()).name() == look.theme.cell_off.lower()
        assert picture.pixelColor((monday.center() + below).toPoint()).name() == look.theme.surface.lower()
        box = next(grid.spans(visit.first_slot, visit.last_slot))
        cap = QPointF(box.left() + 3, box.bottom() - 4).toPoint()
        assert picture.pixelColor(cap).name() == look.theme.service(visit.service).cap.lower()
    finally:
        look.choose("light")


def test_a_window_closed_while_the_calendar_is_read_leaves_nothing(office: Office, tab: CalendarTab) -> None:
    tab.refresh()
    page = office.window.page
    assert page is not None
    page.refresh()


# -- geometry ----------------------------------------------------------------------------------------------------------

GRIDS = st.builds(
    CalendarGrid,
    first_day=st.dates(dt.date(2020, 1, 6), dt.date(2030, 1, 7)).map(lambda d: d - dt.timedelta(days=d.weekday())),
    weeks=st.integers(1, 16),
    width=st.floats(200, 1200),
    height=st.floats(100, 1200),
)


@given(GRIDS, st.integers(0, 223))
def test_a_half_day_is_found_where_it_lies(grid: CalendarGrid, number: int) -> None:
    slot = grid.first_slot + number % (14 * grid.weeks)
    centre = grid.cell(slot).center()
    assert grid.slot_at(centre) == slot
    assert grid.nearest(centre) == slot
    assert grid.slot_at(QPointF(LABELS - 1, centre.y())) is None


@given(GRIDS, st.integers(-20, 240), st.integers(0, 60))
def test_a_span_covers_its_half_days_once(grid: CalendarGrid, first: int, length: int) -> None:
    begin = grid.first_slot + first
    boxes = list(grid.spans(begin, begin + length))
    inside = [slot for slot in range(begin, begin + length + 1) if grid.first_slot <= slot <= grid.last_slot]
    for slot in inside:
        assert sum(box.contains(grid.cell(slot).center()) for box in boxes) == 1
    covered = sum(round(box.width() / grid.half_width) for box in boxes)
    assert covered == len(inside)


def test_nothing_is_selected_where_there_is_no_calendar(office: Office, page: RosterPage) -> None:
    canvas = page.panel.calendar.canvas
    canvas.show_calendar(None, TODAY)
    assert canvas.grid() is None
    assert canvas.span is None
    assert isinstance(page.panel.calendar.calendar, PersonCalendar | None)
