"""A planner's morning in the real window: import, look, drag, undo, solve, stop, accept, publish, reopen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from desktop.preferences import Preferences
from desktop.services.requests.cards import read_choices
from desktop.store.engine import Store, open_store
from desktop.views.board.page import BoardPage
from desktop.views.look import Look
from desktop.views.plans.page import PlansPage
from desktop.views.requests.page import RequestsPage
from tests.helpers import xvfb
from tests.helpers.morning import COLLEAGUE, PATIENCE_MS, Morning, colleague_moves
from tests.helpers.office import PlannedCompany, office_on
from tests.helpers.program import ROOT
from tests.helpers.snapshots import snapshot
from tests.helpers.windows import button, click, drop_file, open_up, press, said, settle, type_text

SOLVING_SECONDS = 2
BOOKED = 5
DAYS = ("2026-11-30", "2026-12-04")


def bookings(path: Path, store: Store) -> None:
    """A client's workbook: five bookings, and one of a service that nobody offers."""
    choices = read_choices(store)
    client, factories = next(iter(choices.clients)), list(choices.factories)
    heads = ("Code", "Client", "Factory", "Service", "Skill", "Level", "Ways", "Earliest", "Latest", "Price (USD)")
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bookings")
        sheet.write_row(0, 0, heads)
        for number in range(BOOKED + 1):
            service = "PSI" if number < BOOKED else "XRAY"
            row = (f"M{number}", client, factories[number], service, "garment", 1, "1 person 1 day", *DAYS, 250)
            sheet.write_row(1 + number, 0, row)


def import_and_look(morning: Morning, store: Store, folder: Path, qtbot: QtBot) -> None:
    """Drop the workbook on the page, read the report, take the good rows, find them in the list."""
    page = morning.go_to("Ctrl+1", RequestsPage)
    before = snapshot(store)
    bookings(folder / "bookings.xlsx", store)
    drop_file(page, folder / "bookings.xlsx")
    morning.wait_for(f"Import {BOOKED} row")
    assert "XRAY" in {page.importing.check_step.rows.index(0, column).data() for column in range(6)}
    assert snapshot(store) == before, "nothing is stored before somebody says so"
    with qtbot.waitSignal(morning.office.runner.committed, timeout=PATIENCE_MS):
        click(button(page, f"Import {BOOKED} row"))
    settle(morning.office)
    known = {row["code"] for row in snapshot(store, ["request"])["request"]}
    assert {f"M{number}" for number in range(BOOKED)} <= known
    assert f"M{BOOKED}" not in known

    click(button(page, "Close"))
    press("/", morning.window)
    type_text("M3")
    press("Down")
    settle(morning.office)
    press("Return")
    settle(morning.office)
    assert "M3" in said(page).splitlines()


def drag_about(morning: Morning, store: Store) -> None:
    """Drag a visit to where it may be, to where it may not, and after a colleague has moved it; undo the first."""
    page, hands = morning.board()
    code = page.shown.plan.code if page.shown.plan else ""
    before = snapshot(store)

    request, target = hands.target("ok")
    was = morning.place(code, request)
    hands.drag(request, target)
    morning.rest(page)
    assert morning.place(code, request) == ((target[0],), target[1], True)
    assert hands.bar(request)[1].pinned
    morning.wait_for(f"{request} moved to")
    after_move = snapshot(store)

    other, forbidden = hands.target("bad", unlike=request)
    hands.drag(other, forbidden)
    morning.rest(page)
    morning.wait_for(f"{other} stays where it is")
    assert snapshot(store) == after_move

    press("Ctrl+Z", morning.window)
    morning.wait_for("Undone")
    morning.rest(page)
    assert morning.place(code, request) == was
    assert snapshot(store) == before

    stale, wanted = hands.target("ok")
    theirs = next(
        (offer.inspector, offer.first_slot)
        for offer in hands.plan.offers(stale)
        if offer.inspectors == (offer.inspector,) and (offer.inspector, offer.first_slot) != wanted
    )
    held = hands.carry(hands.take(stale), wanted)
    assert store.path is not None
    colleague_moves(store.path, code, stale, theirs)
    hands.let_go(held)
    morning.wait_for(COLLEAGUE)
    morning.rest(page)
    assert morning.place(code, stale) == ((theirs[0],), theirs[1], True)
    assert hands.bar(stale)[0] == theirs[0]


def plan_anew(morning: Morning, qtbot: QtBot) -> str:
    """Search for two seconds, stop, keep what was found, and accept it; gives the new draft."""
    page = morning.go_to("Ctrl+4", PlansPage)
    known = set(morning.drafts())
    press("F5", morning.window)
    runs = morning.office.plan_runs
    qtbot.waitUntil(lambda: runs.state is not None and runs.state.cost is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: runs.state is not None and runs.state.seconds > SOLVING_SECONDS, timeout=PATIENCE_MS)
    assert set(morning.drafts()) == known, "nothing is stored while a plan is made"
    with qtbot.waitSignal(runs.finished, timeout=PATIENCE_MS):
        click(button(page, "Stop and keep"))
    settle(morning.office)
    assert set(morning.drafts()) == known
    with qtbot.waitSignal(morning.office.runner.committed, timeout=PATIENCE_MS):
        click(button(page, "Accept"))
    settle(morning.office)
    (fresh,) = set(morning.drafts()) - known
    return fresh


def publish(morning: Morning, code: str, qtbot: QtBot) -> None:
    """Announce a draft, having read what that means."""
    page = morning.go_to("Ctrl+4", PlansPage)
    assert page.selected == code
    number = len(morning.plan(code).visits)
    click(button(page, "Publish…"))
    morning.wait_for(f"Publish {code}?")
    with qtbot.waitSignal(morning.office.runner.committed, timeout=PATIENCE_MS):
        click(button(morning.dialog(), f"Publish {number} visit"))
    settle(morning.office)
    assert morning.plan(code).header.status == "published"
    assert all(visit.published for visit in morning.plan(code).visits)


def test_a_morning(
    planned_company: PlannedCompany, qapp: QApplication, look: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "preferences.json")
    with planned_company.copied(tmp_path) as store, office_on(store, qapp, look, preferences=preferences) as office:
        office.window.resize(1600, 1000)
        open_up(office)
        morning = Morning(office, qtbot)
        import_and_look(morning, store, tmp_path, qtbot)
        drag_about(morning, store)
        code = plan_anew(morning, qtbot)
        publish(morning, code, qtbot)
        page, _ = morning.board()
        assert page.shown.plan is not None
        assert page.shown.plan.code == code
        left = snapshot(store)
        click(button(page, "Fold the tray"))
        assert page.tray.is_folded
        with qtbot.waitSignal(office.closed, timeout=PATIENCE_MS):
            press("Ctrl+Q", office.window)

    path = tmp_path / "company.db"
    again = Preferences(tmp_path / "preferences.json")
    with open_store(str(path), create=False) as store, office_on(store, qapp, look, preferences=again) as office:
        open_up(office)
        assert snapshot(store) == left
        page_again = office.window.page
        assert isinstance(page_again, BoardPage)
        assert page_again.shown.plan is not None
        assert page_again.shown.plan.code == code
        assert page_again.tray.is_folded
        assert "published" in said(office.window)


@pytest.mark.skipif(bool(xvfb.why_not()), reason=xvfb.why_not())
def test_a_morning_on_a_display(tmp_path: Path) -> None:
    """The same on X11, where the window system and not Qt alone decides on focus, sizes and paints."""
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "inner"))
    with xvfb.display() as environment:
        done = subprocess.run(
            (*command, f"{Path(__file__).relative_to(ROOT)}::test_a_morning"),
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert done.returncode == 0, done.stdout + done.stderr
