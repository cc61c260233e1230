"""Stored plans on their page: published, discarded, compared, exported; and what surrounds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.services.planning import plan_view
from desktop.services.planning.reading import latest_draft
from desktop.store.engine import Store
from desktop.views.plans.page import OVERVIEW, REVIEW, PlansPage
from tests.helpers.plans_page import (
    DRAFT,
    SECOND,
    WAIT,
    choose,
    question,
    reviewed,
    searching,
    shown,
    toasts,
)
from tests.helpers.windows import bring_forward, button, click, press, said, settle


def test_publishing_asks_first(office: Office, page: PlansPage, company_store: Store, qtbot: QtBot) -> None:
    click(button(page.overview.detail, "Publish…"))
    asked = question(office, qtbot)
    assert "It cannot be undone" in said(asked)
    assert DRAFT in said(asked)
    click(asked.buttons[-1])
    settle(office)
    assert plan_view(company_store, DRAFT).header.status == "draft"
    bring_forward(office.window)
    press("Ctrl+Shift+Return", page)
    asked = question(office, qtbot)
    visits = len(plan_view(company_store, DRAFT).visits)
    assert f"Publish {visits}" in asked.buttons[0].text()
    click(asked.buttons[0])
    qtbot.waitUntil(lambda: plan_view(company_store, DRAFT).header.status == "published", timeout=WAIT)
    settle(office)
    assert "published" in said(page.overview.detail)
    assert f"{visits} visits published" in toasts(office)
    assert not office.window.context.actions.action("plans.publish").isEnabled()


def test_a_draft_is_discarded_and_undone(office: Office, page: PlansPage, company_store: Store, qtbot: QtBot) -> None:
    press("Del", page.overview.plans)
    qtbot.waitUntil(lambda: plan_view(company_store, DRAFT).header.status == "discarded", timeout=WAIT)
    settle(office)
    assert "discarded" in said(page.overview.detail)
    press("Ctrl+Z", page)
    qtbot.waitUntil(lambda: plan_view(company_store, DRAFT).header.status == "draft", timeout=WAIT)
    settle(office)
    assert "draft" in said(page.overview.detail)


def test_a_draft_is_begun_by_hand_and_compared(
    office: Office, page: PlansPage, company_store: Store, qtbot: QtBot
) -> None:
    click(button(page, "Begin by hand"))
    qtbot.waitUntil(lambda: page.overview.detail.code == SECOND, timeout=WAIT)
    settle(office)
    assert page.selected == SECOND
    click(button(page.overview.detail, "More"))
    choose(qtbot, "Compare with")
    choose(qtbot, DRAFT)
    qtbot.waitUntil(lambda: shown(page) == REVIEW, timeout=WAIT)
    assert f"{SECOND} beside {DRAFT}" in said(page)
    review = page.review.review
    assert review is not None
    assert len(review.dropped) > 10
    assert page.review.foot.isHidden(), "there is nothing to decide"
    bring_forward(office.window)
    press("Esc", page.review.people)
    assert shown(page) == OVERVIEW
    settle(office)


def test_a_plan_is_shown_on_the_board(page: PlansPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.context.selection.page_wanted) as told:
        click(button(page.overview.detail, "Show on the board"))
    assert told.args == ["board"]
    assert page.context.selection.plan == DRAFT


@pytest.mark.parametrize(("entry", "suffix"), [("workbook", "xlsx"), ("CSV", "csv"), ("JSON", "json")])
def test_a_plan_is_exported(  # noqa: PLR0917 - fixtures and cases
    office: Office, page: PlansPage, qtbot: QtBot, tmp_path: Path, entry: str, suffix: str
) -> None:
    click(button(page.overview.detail, "More"))
    choose(qtbot, entry)
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)), timeout=WAIT)
    dialog = page.findChildren(QFileDialog)[-1]
    target = tmp_path / f"plan.{suffix}"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(target.exists, timeout=WAIT)
    settle(office)
    assert str(target) in toasts(office)
    assert target.stat().st_size > 1000


def test_a_company_without_plans_says_what_to_do(office: Office, page: PlansPage, company_store: Store) -> None:
    planner = Desk(company_store, office.window.context.clock, "planner")
    planner.undo()
    planner.undo()
    press("Ctrl+R", page)
    settle(office)
    assert page.overview.detail.message == "No plan yet. Optimise the week of Mon 30 Nov."
    assert page.selected == ""


def test_another_language_leaves_run_and_new_plan_where_they_are(
    office: Office, page: PlansPage, company_store: Store, qtbot: QtBot
) -> None:
    """Pages are built anew then."""
    reviewed(office, page, qtbot)
    QApplication.sendEvent(office.window, QEvent(QEvent.Type.LanguageChange))
    fresh = office.window.page
    assert isinstance(fresh, PlansPage)
    assert fresh is not page
    settle(office)
    assert "waits" in said(fresh.overview)
    fresh.overview.form.restore({"time_limit": 600})
    press("F5", fresh)
    qtbot.waitUntil(lambda: not fresh.overview.run.isHidden(), timeout=WAIT)
    QApplication.sendEvent(office.window, QEvent(QEvent.Type.LanguageChange))
    last = office.window.page
    assert isinstance(last, PlansPage)
    assert not last.overview.run.isHidden()
    click(button(last.overview.run, "Discard the run"))
    click(button(last.overview, "Review the new plan"))
    qtbot.waitUntil(button(last.review.foot, "Accept").isEnabled, timeout=WAIT)
    click(button(last.review.foot, "Accept"))
    qtbot.waitUntil(lambda: latest_draft(company_store) == SECOND, timeout=WAIT)
    settle(office)


def test_a_run_is_told_on_every_page(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    line = office.window.statusBar()
    assert "Planning" not in said(line)
    searching(office, page, qtbot)
    qtbot.waitUntil(lambda: "unassigned" in said(line), timeout=WAIT)
    assert "$" in said(line)
    with qtbot.waitSignal(page.context.selection.page_wanted) as told:
        click(button(line, "Planning"))
    assert told.args == ["plans"]
    press("Shift+F5", page)
    qtbot.waitUntil(lambda: shown(page) == REVIEW, timeout=WAIT)
    assert "Planning" not in said(line)
    settle(office)
