"""Corrective actions: proposed by defect, taken step by step, late, opened again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.clock import FixedClock
from desktop.errors import BadInputError, RefusedError
from desktop.services.bus import Desk
from desktop.services.commands import (
    AdvanceAction,
    ChangeAction,
    OpenActions,
    RecordFinished,
    RecordResult,
    ReopenAction,
    TakeBackTime,
)
from desktop.services.commands.inspection import ActionEntry, DefectEntry
from desktop.services.inspection.actions import open_actions, propose_actions
from desktop.services.inspection.reading import visit_rows
from desktop.services.inspection.rows import ActionRow
from tests.helpers.company import MONDAY
from tests.unit.services.inspection.conftest import LATER, at

DAY = dt.timedelta(days=1)
TODAY = LATER.date()
FOUND = (DefectEntry("minor", 2, "loose thread"), DefectEntry("critical", 1, "needle"), DefectEntry("major", 6, "seam"))


@pytest.fixture
def failed(desk: Desk) -> Desk:
    desk.handle(RecordFinished("R1", at("1 16:40"), percent_made=43))
    desk.handle(RecordResult("R1", FOUND))
    return desk


def later(desk: Desk, days: int) -> Desk:
    return Desk(desk.store, FixedClock(LATER + days * DAY), "Lan")


def actions(desk: Desk, *, overdue_only: bool = False, with_done: bool = False) -> tuple[ActionRow, ...]:
    return open_actions(desk.store, desk.clock.now(), overdue_only=overdue_only, with_done=with_done)


def test_one_is_proposed_for_each_defect_the_worst_first(failed: Desk) -> None:
    proposed = propose_actions(failed.store, LATER, "R1")
    assert [(one.entry.severity, one.entry.text, one.entry.defect) for one in proposed] == [
        ("critical", "needle", 2),
        ("major", "seam", 3),
        ("minor", "loose thread", 1),
    ]
    assert (proposed[0].entry.owner, proposed[0].entry.due) == ("Contact 1", TODAY + DAY)
    failed.handle(OpenActions("R1", (proposed[0].entry,)))
    assert [one.entry.text for one in propose_actions(failed.store, LATER, "R1")] == ["seam", "loose thread"]
    failed.handle(OpenActions("R1"))
    with pytest.raises(RefusedError, match="An action is open for every defect of R1"):
        failed.handle(OpenActions("R1"))
    failed.handle(RecordResult("R1", FOUND[:1]))  # two of the defects are gone, what is done about them is not
    assert [(row.text, row.defect) for row in actions(failed)] == [
        ("needle", None),
        ("seam", None),
        ("loose thread", 1),
    ]


def test_an_action_stays_with_its_defect_where_others_go_or_come_before_it(failed: Desk) -> None:
    failed.handle(OpenActions("R1"))
    thread, needle, seam = FOUND
    failed.handle(RecordResult("R1", (seam, replace(thread, number=3))))
    assert {row.text: row.defect for row in actions(failed)} == {"needle": None, "seam": 1, "loose thread": 2}
    assert propose_actions(failed.store, LATER, "R1") == ()
    failed.handle(RecordResult("R1", (replace(seam, text="open seam"), replace(needle, text="stain"))))
    assert {row.text: row.defect for row in actions(failed)} == {"needle": None, "seam": 1, "loose thread": None}
    failed.undo()
    assert {row.text: row.defect for row in actions(failed)} == {"needle": None, "seam": 1, "loose thread": 2}


def test_its_steps_are_taken_in_order_each_with_its_day(failed: Desk) -> None:
    failed.handle(OpenActions("R1", (ActionEntry("major", "Seams hold", due=TODAY),)))
    key = actions(failed)[0].id
    with pytest.raises(RefusedError, match='"solution" of action 1 cannot be done before "communicated"'):
        failed.handle(AdvanceAction(key, "solution", "x", "y"))
    with pytest.raises(BadInputError, match="to whom it was communicated is missing"):
        failed.handle(AdvanceAction(key, "communicated", " "))
    failed.handle(AdvanceAction(key, "communicated", "Ms Wei", at=at("6 09:00")))
    failed.handle(AdvanceAction(key, "root cause", "Worn needle", at=at("6 10:00")))
    with pytest.raises(BadInputError, match="what is done about the pieces to come is missing"):
        failed.handle(AdvanceAction(key, "solution", "All 430 sewn again"))
    with pytest.raises(BadInputError, match="after root cause"):
        failed.handle(AdvanceAction(key, "communicated", "Mr Wei", at=at("6 11:00")))
    said = failed.handle(AdvanceAction(key, "solution", "All 430 sewn again", "Needles changed daily"))
    assert said.messages == ('"verified" is due on Mon 21 Dec 2026.',)
    row = actions(failed)[0]
    assert (row.next_step, row.due, [step.text for step in row.steps][:3]) == (
        "verified",
        dt.date(2026, 12, 21),
        ["Ms Wei", "Worn needle", "All 430 sewn again"],
    )
    done = later(failed, 3).handle(AdvanceAction(key, "verified", "Twenty pieces pulled"))
    assert done.messages == ("Action 1 is done.",)
    assert actions(failed) == ()
    assert actions(failed, with_done=True)[0].steps[3].more == "Lan"
    later(failed, 4).handle(ReopenAction(key, "solution"))
    row = actions(later(failed, 4))[0]
    assert (row.next_step, row.due, row.steps[2].text) == ("solution", TODAY + 11 * DAY, "All 430 sewn again")


def test_what_is_late_is_known_by_the_date_at_the_factory(failed: Desk) -> None:
    failed.handle(OpenActions("R1"))
    assert actions(failed, overdue_only=True) == ()
    two_days_on = later(failed, 2)
    assert [(row.text, row.days_late) for row in actions(two_days_on, overdue_only=True)] == [
        ("needle", 1),
        ("seam", 1),
    ]
    listed = visit_rows(failed.store, two_days_on.clock.now(), MONDAY, MONDAY + 6 * DAY)
    assert [(row.actions, row.actions_overdue) for row in listed if row.request == "R1"] == [(3, 2)]
    failed.handle(ChangeAction(1, owner="Mr Bo", owner_party="house", due=TODAY + 9 * DAY))
    assert [row.text for row in actions(two_days_on, overdue_only=True)] == ["seam"]
    with pytest.raises(BadInputError, match="is owned by nobody"):
        failed.handle(ChangeAction(1, owner_party="nobody"))  # type: ignore[arg-type]


def test_actions_need_a_result_and_a_result_with_actions_stays(failed: Desk) -> None:
    with pytest.raises(RefusedError, match="nothing asks for corrective actions"):
        failed.handle(OpenActions("R2"))
    with pytest.raises(BadInputError, match="action 1 is about defect 7"):
        failed.handle(OpenActions("R1", (ActionEntry("major", "x", defect=7),)))
    failed.handle(OpenActions("R1"))
    with pytest.raises(RefusedError, match="has led to corrective actions"):
        failed.handle(TakeBackTime("R1", "result"))
