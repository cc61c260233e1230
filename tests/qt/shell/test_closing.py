"""Closing while something is at work: it asks, waits with a limit, and keeps what it was told to keep."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.app import Office
from desktop.errors import RefusedError
from desktop.program import Program
from desktop.services.bus import Desk
from desktop.services.commands import CancelRequest
from desktop.services.lookup import request_by_code
from desktop.services.planning.reading import list_plans
from desktop.services.planning.week import settings_for
from desktop.store.engine import Store
from desktop.views.closing_sheet import ClosingSheet
from desktop.views.feedback import Question
from desktop.views.plans.plan_deeds import PlanDeeds
from desktop.views.roster.export import RosterExport
from scheduler.params import Params
from tests.helpers.office import MONDAY

LONG = 60_000


@pytest.fixture
def busy(program: Program, company_store: Store, qtbot: QtBot) -> Office:
    """The window while a plan is being made, with one found already."""
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office = program.office
    assert office is not None
    office.plan_runs.start(settings_for(company_store, MONDAY), Params(seed=1, time_limit=50.0))
    qtbot.waitUntil(
        lambda: office.plan_runs.state is not None and office.plan_runs.state.cost is not None, timeout=LONG
    )
    return office


def press(dialog: QDialog, text: str, qtbot: QtBot) -> None:
    (button,) = [button for button in dialog.findChildren(QPushButton) if button.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def question(office: Office) -> Question:
    found = office.window.findChild(Question)
    assert found is not None
    return found


def test_going_on_keeps_the_run_and_giving_up_closes_and_stores_nothing(
    busy: Office, program: Program, company_store: Store, qtbot: QtBot
) -> None:
    before = len(list_plans(company_store))
    busy.window.close()
    with qtbot.waitSignal(busy.stays):
        qtbot.keyClick(question(busy), Qt.Key.Key_Escape)
    assert busy.plan_runs.is_running
    assert busy.window.isVisible()
    qtbot.waitUntil(lambda: busy.window.findChild(Question) is None)
    busy.window.close()
    with qtbot.waitSignal(program.ended, timeout=LONG):
        press(question(busy), "Give the plan up and close", qtbot)
    assert len(list_plans(company_store)) == before


def test_a_plan_that_is_ready_before_the_answer_is_kept_too(
    busy: Office, program: Program, company_store: Store, qtbot: QtBot
) -> None:
    before = len(list_plans(company_store))
    busy.window.close()
    with qtbot.waitSignal(busy.plan_runs.finished, timeout=LONG):
        busy.plan_runs.stop_and_keep()
    with qtbot.waitSignal(program.ended, timeout=LONG):
        press(question(busy), "Keep the best plan and close", qtbot)
    assert len(list_plans(company_store)) == before + 1


def test_a_plan_that_waits_for_a_decision_is_not_lost_without_a_word(
    busy: Office, program: Program, company_store: Store, qtbot: QtBot
) -> None:
    before = len(list_plans(company_store))
    with qtbot.waitSignal(busy.plan_runs.finished, timeout=LONG):
        busy.plan_runs.stop_and_keep()
    busy.window.close()
    with qtbot.waitSignal(program.ended, timeout=LONG):
        press(question(busy), "Keep the new plan and close", qtbot)
    assert len(list_plans(company_store)) == before + 1


def test_a_plan_that_is_being_kept_is_not_kept_once_more(
    busy: Office, program: Program, company_store: Store, qtbot: QtBot
) -> None:
    before = len(list_plans(company_store))
    busy.window.show_page("plans")
    with qtbot.waitSignal(busy.plan_runs.finished, timeout=LONG):
        busy.plan_runs.stop_and_keep()
    accept = busy.window.context.actions.action("plans.accept")
    qtbot.waitUntil(accept.isEnabled, timeout=LONG)
    may_go_on = threading.Event()
    busy.runner.work(busy, lambda _desk: may_go_on.wait(20))
    accept.trigger()
    busy.window.close()
    press(question(busy), "Keep the new plan and close", qtbot)
    with qtbot.waitSignal(program.ended, timeout=LONG):
        may_go_on.set()
    assert len(list_plans(company_store)) == before + 1


def test_asked_twice_to_close_it_asks_once_and_keeps_the_best_plan_as_one_draft(
    busy: Office, program: Program, company_store: Store, qtbot: QtBot
) -> None:
    before = len(list_plans(company_store))
    busy.window.close()
    busy.window.close()
    assert len(busy.window.findChildren(Question)) == 1
    with qtbot.waitSignal(program.ended, timeout=LONG):
        press(question(busy), "Keep the best plan and close", qtbot)
        busy.window.close()
    plans = list_plans(company_store)
    assert len(plans) == before + 1
    assert plans[0].status == "draft"


def test_a_run_that_fails_before_its_first_plan_leaves_the_choice(
    program: Program, company_store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_fail = threading.Event()

    def fail(_built: object) -> None:
        may_fail.wait(20)
        msg = "These days cannot be planned."
        raise RefusedError(msg)

    monkeypatch.setattr("desktop.jobs.plan_run.check_built", fail)
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office = program.office
    assert office is not None
    office.plan_runs.start(settings_for(company_store, MONDAY), Params(seed=1, time_limit=50.0))
    qtbot.waitUntil(lambda: any(thread.name == "solver" for thread in threading.enumerate()))
    office.window.close()
    press(question(office), "Keep the best plan and close", qtbot)
    with qtbot.waitSignal(office.stays):
        may_fail.set()
    with qtbot.assertNotEmitted(office.closed, wait=100):
        assert office.window.isVisible()


def test_what_was_asked_for_is_finished_before_the_window_goes(
    program: Program, company_store: Store, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office = program.office
    assert office is not None
    may_go_on = threading.Event()

    def slow(desk: Desk) -> None:
        may_go_on.wait(20)
        desk.handle(CancelRequest("R00001"))

    office.runner.work(office, slow)
    office.window.close()
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in office.window.findChildren(ClosingSheet)))
    with qtbot.waitSignal(program.ended, timeout=LONG):
        may_go_on.set()
    with company_store.session() as session:
        assert request_by_code(session, "R00001").status == "cancelled"


def test_a_file_asked_for_is_written_before_the_window_goes(
    program: Program, company_store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office = program.office
    assert office is not None
    may_go_on = threading.Event()
    office.runner.work(office, lambda _desk: may_go_on.wait(20))
    (plan,) = list_plans(company_store)
    deeds = PlanDeeds(office.window.context, office.window)
    deeds.write(plan.code, lambda _source, code, path: path.write_text(code), str(tmp_path / "plan.csv"))
    RosterExport(office.window.context, office.window).write(str(tmp_path / "roster.xlsx"))
    office.window.close()
    with qtbot.waitSignal(program.ended, timeout=LONG):
        may_go_on.set()
    assert (tmp_path / "plan.csv").exists()
    assert (tmp_path / "roster.xlsx").exists()


def test_what_never_ends_is_left_behind_after_the_limit(
    program: Program, company_store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "CLOSING_SECONDS", 0.3)
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office = program.office
    assert office is not None
    may_end = threading.Event()

    def endless(_desk: Desk) -> None:
        may_end.wait(30)

    office.runner.work(office, endless)
    with qtbot.waitSignal(office.closed, timeout=LONG) as closed:
        office.window.close()
    assert closed.args == [False]
    may_end.set()
    worker = next(thread for thread in threading.enumerate() if thread.name == "database")
    worker.join(10)
