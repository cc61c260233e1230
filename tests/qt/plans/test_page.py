"""The page of plans by mouse and keys: a run, its review, what becomes of it, stored plans."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.models.halfday import morning
from desktop.services.bus import Desk
from desktop.services.commands import AddRequest, RecordAbsence, SetAffinity
from desktop.services.planning import list_plans, plan_view
from desktop.services.planning.reading import latest_draft
from desktop.store.engine import Store
from desktop.views.feedback import Toast
from desktop.views.plans.page import OVERVIEW, REVIEW, PlansPage
from desktop.views.plans.people_view import HEADER, ROW
from desktop.views.plans.review_painting import Geometry, bar_box
from scheduler.problem import Mode
from tests.helpers.office import MONDAY, NOW
from tests.helpers.plans_page import (
    DRAFT,
    SECOND,
    WAIT,
    reviewed,
    searching,
    shown,
)
from tests.helpers.solvers import solvers
from tests.helpers.windows import button, click, press, said, settle

# -- looking -----------------------------------------------------------------------------------------------------------


def test_the_stored_plan_is_shown(office: Office, page: PlansPage) -> None:
    words = said(page.overview.detail)
    assert DRAFT in words
    assert "draft" in words
    assert page.overview.detail.requests.model().rowCount() > 0
    assert page.overview.run.isHidden()
    actions = office.window.context.actions
    assert actions.action("plans.publish").isEnabled()
    assert not actions.action("plans.stop").isEnabled()
    assert not actions.action("plans.accept").isEnabled()


def test_the_countries_of_the_factories_are_offered(page: PlansPage) -> None:
    assert {"CN", "VN"} >= set(page.overview.form._countries) > set()
    assert page.overview.form.wish().values["countries"] == ()
    code, box = next(iter(page.overview.form._countries.items()))
    click(box, QPoint(8, box.height() // 2))
    assert page.overview.form.wish().values["countries"] == (code,)


def test_the_form_is_remembered(page: PlansPage) -> None:
    form = page.overview.form
    form.restore(
        {"days": 5, "freeze_days": 2, "time_limit": 600, "seed": 9, "areas": ["广东省", "浙江省"], "more": True}
    )
    again = form.state()
    form.restore({"days": 7, "freeze_days": 0, "time_limit": 30, "seed": 0, "areas": []})
    page.restore({"form": again, "widths": "wide", "unknown": 3})
    wish = form.wish()
    assert wish.values["days"] == 5
    assert wish.values["freeze_days"] == 2
    assert wish.values["areas"] == ("广东省", "浙江省")
    assert (wish.params.seed, wish.params.time_limit) == (9, 600.0)


# -- a run and its review ----------------------------------------------------------------------------------------------


def test_a_run_is_reviewed_accepted_and_undone(
    office: Office, page: PlansPage, company_store: Store, qtbot: QtBot
) -> None:
    reviewed(office, page, qtbot)
    assert len(list_plans(company_store)) == 1, "nothing is stored before it is accepted"
    review = page.review.review
    assert review is not None
    assert review.now is not None
    assert review.now.name == DRAFT
    assert str(len(review.people)) in page.review.tab_button("changed").text()
    click(button(page.review.foot, "Accept"))
    qtbot.waitUntil(lambda: latest_draft(company_store) == SECOND, timeout=WAIT)
    settle(office)
    assert shown(page) == OVERVIEW
    qtbot.waitUntil(lambda: page.overview.detail.code == SECOND, timeout=WAIT)
    assert page.context.selection.plan == SECOND
    assert plan_view(company_store, SECOND).header.cost_cents == review.new.cost.total
    toast = next(toast for toast in office.window.findChildren(Toast) if SECOND in toast.label.text())
    assert toast.undo is not None
    click(toast.undo)
    qtbot.waitUntil(lambda: latest_draft(company_store) == DRAFT, timeout=WAIT)
    settle(office)
    assert page.selected == DRAFT


def test_accepting_by_key(office: Office, page: PlansPage, company_store: Store, qtbot: QtBot) -> None:
    reviewed(office, page, qtbot)
    press("Ctrl+Return", page.review.people)
    qtbot.waitUntil(lambda: latest_draft(company_store) == SECOND, timeout=WAIT)
    settle(office)


def test_people_are_walked_through_by_keys(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    reviewed(office, page, qtbot)
    people = page.review.people
    assert people.hasFocus()
    assert people.current == people.rows[0]
    press("Down")
    assert people.current == people.rows[1]
    assert people.rows[1].name in people.accessibleDescription()
    assert people.rows[1].name in said(page.review.panel)
    press("End")
    assert people.current == people.rows[-1]
    assert people.row_box(len(people.rows) - 1).bottom() <= people.viewport().height() + 1, "brought into sight"
    press("Home")
    press("PgDown")
    assert people.current not in (people.rows[0], None)
    press("Up")
    click(people.viewport(), QPoint(30, HEADER + ROW + ROW // 2 - people.verticalScrollBar().value()))
    assert people.current == people.rows[1]


def test_a_bar_leads_to_its_request(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    reviewed(office, page, qtbot)
    people, review = page.review.people, page.review.review
    assert review is not None
    bar = people.rows[0].new[0]
    place = Geometry(float(people.viewport().width()), review.days)
    where = bar_box(place, place.lane(people.row_box(0).top(), 1), bar).center().toPoint()
    with qtbot.waitSignal(page.context.selection.request_wanted) as told:
        qtbot.mouseDClick(people.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args[0].code == bar.request


def test_tabs_show_requests(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    reviewed(office, page, qtbot)
    review = page.review.review
    assert review is not None
    for name, rows in (("placed", review.placed), ("left_out", review.left_out), ("dropped", review.dropped)):
        click(page.review.tab_button(name))
        assert page.review.tab == name
        assert page.review.tables[name].model().rowCount() == len(rows)  # type: ignore[index]
        assert page.review.tables[name].isVisible()  # type: ignore[index]
    click(page.review.tab_button("unchanged"))
    assert page.review.unchanged.rows == review.unchanged


def test_going_back_leaves_the_plan_waiting(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    badges: list[object] = []
    page.badge.connect(badges.append)
    reviewed(office, page, qtbot)
    assert badges == [1]
    press("Esc", page.review.people)
    assert shown(page) == OVERVIEW
    assert "waits" in said(page.overview)
    click(button(page.overview, "Review the new plan"))
    assert shown(page) == REVIEW
    settle(office)
    click(button(page.review.foot, "Discard"))
    assert shown(page) == OVERVIEW
    assert "waits" not in said(page.overview)
    assert badges == [1, None]


def test_a_review_in_which_nobody_changes_says_so(page: PlansPage, qtbot: QtBot) -> None:
    page.comparing.compare(DRAFT, DRAFT)
    qtbot.waitUntil(lambda: shown(page) == REVIEW, timeout=WAIT)
    assert page.review.people.rows == ()
    assert "already the best found" in page.review.people.empty_text
    assert len(page.review.unchanged.rows) > 5


# -- stopping, giving up, failing --------------------------------------------------------------------------------------


def test_a_run_is_seen_and_stopped(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    searching(office, page, qtbot)
    qtbot.waitUntil(lambda: "Looking for better plans" in said(page.overview.run), timeout=WAIT)
    words = said(page.overview.run)
    assert "no bound yet" in words
    assert "$" in words
    assert page.overview.form.isHidden() or not page.overview.form.isVisible()
    assert not office.window.context.actions.action("plans.optimise").isEnabled()
    qtbot.waitUntil(button(page.overview.run, "Stop and keep").isEnabled, timeout=WAIT)
    click(button(page.overview.run, "Stop and keep"))
    qtbot.waitUntil(lambda: shown(page) == REVIEW, timeout=WAIT)
    assert "stopped by you" in said(page.review.panel)
    settle(office)


def test_a_run_is_discarded(office: Office, page: PlansPage, company_store: Store, qtbot: QtBot) -> None:
    searching(office, page, qtbot)
    click(button(page.overview.run, "Discard the run"))
    assert not office.plan_runs.is_running
    assert page.overview.run.isHidden()
    assert shown(page) == OVERVIEW
    assert len(list_plans(company_store)) == 1


def test_a_solver_that_is_killed_is_told_on_the_page_and_it_goes_on(
    office: Office, page: PlansPage, qtbot: QtBot
) -> None:
    searching(office, page, qtbot)
    for child in solvers():
        child.kill()
    qtbot.waitUntil(lambda: not page.overview.message.isHidden(), timeout=WAIT)
    assert "ended by signal 9" in page.overview.message.text
    page.overview.form.restore({"time_limit": 1})
    click(button(page.overview.message, "Try again"))
    qtbot.waitUntil(lambda: shown(page) == REVIEW, timeout=WAIT)
    assert page.overview.message.isHidden()
    settle(office)


def test_days_without_requests_are_told_on_the_page(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    page.overview.form.restore({"areas": ["nowhere"]})
    click(button(page, "Optimise"))
    qtbot.waitUntil(lambda: not page.overview.message.isHidden(), timeout=WAIT)
    assert "There is nothing to plan" in page.overview.message.text


# -- records that change meanwhile -------------------------------------------------------------------------------------


def test_a_plan_that_became_stale_says_so_and_is_kept_as_judged_now(
    office: Office, page: PlansPage, company_store: Store, qtbot: QtBot
) -> None:
    reviewed(office, page, qtbot)
    placed = page.review.people.rows[0].new[0].request
    person = page.review.people.rows[0].code
    with qtbot.waitSignal(office.runner.committed):
        office.runner.handle(page, SetAffinity(placed, person, 1200))
    qtbot.waitUntil(lambda: "It breaks no rule" in page.review.foot.text, timeout=WAIT)
    assert "by Mei Ling Goh" in page.review.foot.text
    assert "+$12" in page.review.foot.text
    click(button(page.review.foot, "Accept as judged now"))
    qtbot.waitUntil(lambda: latest_draft(company_store) == SECOND, timeout=WAIT)
    settle(office)
    assert plan_view(company_store, SECOND).header.bound_cents is None


def test_a_plan_that_breaks_a_rule_by_now_can_only_be_run_again(
    office: Office, page: PlansPage, company_store: Store, qtbot: QtBot
) -> None:
    reviewed(office, page, qtbot)
    row = page.review.people.rows[0]
    first = morning(MONDAY) + row.new[0].first_slot
    with qtbot.waitSignal(office.runner.committed):
        office.runner.handle(page, RecordAbsence(row.code, first, first))
    qtbot.waitUntil(lambda: "It cannot be kept" in page.review.foot.text, timeout=WAIT)
    assert row.code in page.review.foot.text
    assert not page.review.foot.accept.isEnabled()
    press("Ctrl+Return", page.review.people)
    settle(office)
    assert len(list_plans(company_store)) == 1
    click(button(page.review.foot, "Run again"))
    assert office.plan_runs.is_running
    qtbot.waitUntil(lambda: "Nobody has changed" in page.review.foot.text and shown(page) == REVIEW, timeout=WAIT)
    settle(office)


def test_somebody_else_was_quicker(office: Office, page: PlansPage, company_store: Store, qtbot: QtBot) -> None:
    """A change that this window has not heard of: the plan is not kept, and then it is said why."""
    reviewed(office, page, qtbot)
    other = Desk(company_store, office.window.context.clock, "Hoa Tran")
    known = plan_view(company_store, DRAFT).visits[0].booking
    other.handle(
        AddRequest(
            "R99999", known.client, known.factory, known.service, known.skill, 1, (Mode(1, 2),), None, MONDAY,
            MONDAY.replace(day=MONDAY.day), requested_at=NOW,
        )
    )  # fmt: skip
    click(button(page.review.foot, "Accept"))
    qtbot.waitUntil(lambda: "by Hoa Tran" in page.review.foot.text, timeout=WAIT)
    assert len(list_plans(company_store)) == 1, "never silently"
    assert "1 request" in page.review.foot.text
    settle(office)
