"""What one more is worth, by mouse: a what-if is asked, solved, kept, and stands in the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.worth.asking import Hire, WhatIfAsked
from desktop.services.worth.keeping import NO_PLAN, worth_view
from desktop.services.worth.views import Candidate, CeilingRow, Ceilings, PlanChoice, StudyHeader, WorthView
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.reports.page import ReportsPage
from desktop.views.reports.what_if_sheet import WhatIfSheet
from desktop.views.reports.worth_tab import WorthTab
from tests.helpers.office import MONDAY, NOW, PlannedCompany, office_on
from tests.helpers.soak import scaled
from tests.helpers.windows import bring_forward, click, press, settle

SOLVES = pytest.mark.skipif(scaled(20) < 20, reason="solving takes ten seconds: make soak does")


@pytest.fixture
def store(planned_company: PlannedCompany, tmp_path: Path) -> Iterator[Store]:
    with planned_company.copied(tmp_path) as made:
        yield made


@pytest.fixture
def worth(store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[tuple[Office, WorthTab]]:
    with office_on(store, qapp, look, pages=(ReportsPage,)) as office:
        office.window.resize(1600, 1000)
        office.open()
        bring_forward(office.window)
        page = office.window.page
        assert isinstance(page, ReportsPage)
        page.show_tab("worth")
        settle(office)
        tab = page.tab
        assert isinstance(tab, WorthTab)
        yield office, tab


def begin_what_if(office: Office, tab: WorthTab) -> WhatIfAsked:
    """Ask for two people more, and start."""
    click(tab.bench.buttons["what-if"])
    settle(office)
    sheet = tab.findChild(WhatIfSheet)
    assert sheet is not None
    assert not sheet.run.isEnabled()
    sheet.number.setFocus()
    press("Up", sheet.number)
    press("Up", sheet.number)
    sheet.seconds.setValue(5)
    asked = sheet.asked
    assert [hire.number for hire in asked.hire] == [2]
    click(sheet.run)
    assert office.study_runs.is_running
    assert tab.bench.stop.isVisible()
    assert not tab.bench.buttons["ceilings"].isVisible()
    return asked


def ceiling(skill: str, at_most: int, exact: int | None, units: tuple[int, ...] = ()) -> CeilingRow:
    who = (Candidate("I0007", "Đặng Thị Ế", "浙江省", 412, is_free=True, is_freelancer=False),)
    day = MONDAY
    return CeilingRow("hand", "福建省", skill, day, "", "", "", "", "", at_most, at_most, exact, units, who)


def test_the_best_place_says_what_the_first_and_the_next_save_and_is_tried(
    worth: tuple[Office, WorthTab], qtbot: QtBot
) -> None:
    office, tab = worth
    rows = (ceiling("toys", 90_000, None), ceiling("footwear", 40_000, 21_400, (21_400, 9_600, 0)))
    header = StudyHeader(1, "ceilings", "", "P-1", NOW, "Mei", 30.0, 800_000, 790_000, 0, holds=True)
    found = Ceilings(rows, 2, 0, 0, 10_000, 0)
    view = WorthView("P-1", "draft", MONDAY, 7, 800_000, (header, found), None, None, ())
    assert tab.best.show_view(view)
    assert tab.best.figure.text() == "$214"
    for words in ("footwear", "福建省", "at most $400", "second one saves $96", "third $0"):
        assert words in tab.best.text.text()
    assert "Valid until" in tab.best.valid.text()
    people: list[object] = []
    office.window.context.selection.inspector_wanted.connect(people.append)
    tab.best.make_who().actions()[0].trigger()
    assert [getattr(one, "code", "") for one in people] == ["I0007"]
    tab.best.trial.click()
    qtbot.waitUntil(lambda: tab.findChild(WhatIfSheet) is not None, timeout=30_000)
    sheet = tab.findChild(WhatIfSheet)
    assert sheet is not None
    assert sheet.asked.hire == (Hire(1, "footwear", "福建省"),)
    sheet.hours.setValue(60)
    assert sheet.asked.hours == 60
    sheet.close()

    gone = replace(header, holds=False)
    assert tab.best.show_view(replace(view, ceilings=(gone, found)))
    assert "changed since" in tab.best.valid.text()
    assert not tab.best.show_view(replace(view, ceilings=None))
    tab._show_view(NO_PLAN)
    assert "no plan to study" in tab.empty.text.text()


def test_the_plan_of_the_latest_days_is_studied_next_or_the_one_chosen(worth: tuple[Office, WorthTab]) -> None:
    _, tab = worth
    plans = (PlanChoice("P-3", "published"), PlanChoice("P-2", "draft"), PlanChoice("P-1", "published"))
    view = WorthView("P-1", "published", MONDAY, 7, 800_000, None, None, None, (), plans)
    tab.bench.show_view(view)
    assert tab.bench.chosen == "P-3", "not the one studied last"
    tab.bench.choice.setFocus()
    press("Down", tab.bench.choice)
    assert tab.bench.chosen == "P-2"
    later = (PlanChoice("P-4", "draft"), *plans)
    tab.bench.show_view(replace(view, plans=later))
    assert tab.bench.chosen == "P-2"
    tab.bench.show_view(replace(view, plans=later[:1]))
    assert tab.bench.chosen == "P-4"


@SOLVES
def test_a_study_that_is_stopped_leaves_nothing(worth: tuple[Office, WorthTab], store: Store, qtbot: QtBot) -> None:
    office, tab = worth
    assert "Nothing has been studied" in tab.empty.text.text()
    begin_what_if(office, tab)
    click(tab.bench.stop)
    qtbot.waitUntil(lambda: not office.study_runs.is_running, timeout=60_000)
    settle(office)
    assert worth_view(store).whatifs == ()
    assert tab.bench.buttons["ceilings"].isVisible()
    assert not tab.message.text


@SOLVES
def test_a_what_if_is_solved_and_kept_beside_the_plan(
    worth: tuple[Office, WorthTab], store: Store, qtbot: QtBot
) -> None:
    office, tab = worth
    asked = begin_what_if(office, tab)
    qtbot.waitUntil(lambda: not office.study_runs.is_running, timeout=60_000)
    settle(office)
    assert [shown.content.asked for shown in worth_view(store).whatifs] == [asked]
    assert not tab.message.text
