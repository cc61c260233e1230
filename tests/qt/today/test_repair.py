"""A repair in the window: found beside other work, ticked part by part, kept, and published for just what changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.planning.reading import list_plans
from desktop.services.planning.views import VisitView
from desktop.services.repair.proposing import RepairSettings
from desktop.views.feedback import Question
from desktop.views.plans.page import PlansPage
from desktop.views.plans.review_painting import TICK_LEFT
from desktop.views.today.page import TodayPage
from tests.helpers.windows import button, click, press, settle

WAIT = 60_000


def test_a_repair_is_ticked_in_part_kept_and_published(
    office: Office, page: TodayPage, first_visit: VisitView, qtbot: QtBot
) -> None:
    del page
    office.window.show_page("plans")
    plans = office.window.page
    assert isinstance(plans, PlansPage)
    office.plan_runs.start_repair(RepairSettings(seconds=1.0))
    qtbot.waitUntil(lambda: not office.plan_runs.is_running, timeout=WAIT)
    review = plans.review
    qtbot.waitUntil(lambda: "Nobody has edited" in review.foot.text, timeout=WAIT)
    ticks = plans._proposals.ticks
    assert ticks is not None
    assert first_visit.request in {hit.request for hit in ticks.part.repair.prepared.hits}
    everything = ticks.sum
    assert f"{everything.changes} of {everything.all_changes} changes ticked" in review.foot.text
    number, person = next(
        (n, row.code) for n, row in enumerate(review.people.rows) if ticks.state_of(row.code) is not None
    )
    calls = len(ticks.calls)
    review.people.select(number)
    where = review.people.row_box(number).topLeft() + QPoint(int(TICK_LEFT) + 4, 18)
    click(review.people.viewport(), where.toPoint())
    assert ticks.state_of(person) == Qt.CheckState.Unchecked
    assert ticks.sum.changes < everything.changes
    assert f"{ticks.sum.changes} of" in review.foot.text
    assert len(ticks.calls) <= calls
    press("Space", review.people)
    assert ticks.sum == everything

    press("Ctrl+Return", office.window)
    qtbot.waitUntil(lambda: bool(office.window.findChildren(Question)), timeout=WAIT)
    question = office.window.findChildren(Question)[-1]
    click(button(question, "Publish"))
    settle(office)
    plans_now = list_plans(office.store)
    assert [plan.status for plan in plans_now].count("published") >= 1
    assert [plan.status for plan in plans_now].count("draft") == 1
