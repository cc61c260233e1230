"""What a visit found: the outcome follows, a second result replaces the first, and the report goes its way."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.clock import FixedClock
from desktop.errors import BadInputError, ConflictError, RefusedError
from desktop.services.bus import Desk
from desktop.services.commands import (
    AbortVisit,
    ChangeSetting,
    ReceiveReport,
    RecordArrival,
    RecordClientDecision,
    RecordFinished,
    RecordResult,
    ReleaseReport,
    ReviewReport,
    TakeBackTime,
)
from desktop.services.commands.inspection import DefectEntry
from desktop.services.inspection.reading import reports_due, visit_card
from desktop.services.inspection.record import supplier_record
from desktop.services.inspection.rows import VisitCard
from desktop.services.requests.risk import read_risk
from tests.unit.services.inspection.conftest import LATER, at

SEAMS = (DefectEntry("major", 6, "open seam"), DefectEntry("minor", 2, "loose thread"))


@pytest.fixture
def ended(desk: Desk) -> Desk:
    """R1 has been looked at: 430 of 1,000 pieces were made, so 50 are drawn and 3 major, 5 minor are accepted."""
    desk.handle(RecordFinished("R1", at("1 16:40"), pieces_made=430))
    return desk


def card(desk: Desk, code: str = "R1") -> VisitCard:
    return visit_card(desk.store, LATER, code)


def test_the_outcome_follows_from_what_was_found(ended: Desk) -> None:
    assert ended.handle(RecordResult("R1", SEAMS)).label == "Record result of R1, fail: 6 major, 3 are accepted"
    sheet = card(ended).result
    assert (sheet.major.found, sheet.major.accept, sheet.minor.accept, sheet.sample_size) == (6, 3, 5, 50)
    assert (supplier_record(ended.store, LATER, "F1").failed, card(ended).row.outcome) == (1, "fail")
    assert "failed" in read_risk(ended.store, LATER, "R1").assessment.because

    said = ended.handle(RecordResult("R1", SEAMS[1:]))
    assert said.messages == ("The outcome was fail before.",)
    assert [row.text for row in card(ended).result.defects] == ["loose thread"]
    said = ended.handle(RecordResult("R1", SEAMS[1:], sample_size=32, missing="the needle detector was broken"))
    assert said.label.endswith("pending: 32 of 50 pieces were drawn and not checked: the needle detector was broken")
    assert supplier_record(ended.store, LATER, "F1").pending == 1


def test_a_lot_that_is_corrected_is_judged_again(ended: Desk) -> None:
    ended.handle(RecordResult("R1", (DefectEntry("major", 4, "open seam"),)))
    assert card(ended).row.outcome == "fail"
    said = ended.handle(RecordFinished("R1", at("1 16:40"), pieces_made=900))
    # 5 major are accepted now, of 80 pieces; 50 were drawn
    assert said.messages[-1] == "The outcome is pending by the lot of 900 pieces; it was fail."


def test_a_share_that_nobody_counted_leaves_a_dupro_pending(desk: Desk) -> None:
    desk.handle(RecordFinished("R1", at("1 16:40")))
    assert "the lot is not known" in desk.handle(RecordResult("R1")).label
    said = desk.handle(RecordResult("R1", percent_made=43))
    assert (said.messages, card(desk).row.outcome) == (("The outcome was pending before.",), "pass")


WRONG = (
    (RecordResult("R1", (DefectEntry("major", 51, "x"),)), "defect 1 was found on 51 of 50 pieces drawn"),
    (RecordResult("R1", (DefectEntry("major", 0, "x"),)), "defect 1 was found 0 times"),
    (RecordResult("R1", (DefectEntry("major", 1, " "),)), "defect 1 has no words"),
    (RecordResult("R1", (DefectEntry("grave", 1, "x"),)), "defect 1 is grave"),  # type: ignore[arg-type]
    (RecordResult("R1", sample_size=431), "431 pieces of a lot of 430 cannot have been drawn"),
)


def test_results_that_cannot_be(ended: Desk) -> None:
    for result, why in WRONG:
        with pytest.raises(BadInputError, match=why):
            ended.handle(result)
    assert card(ended).row.outcome == ""


def test_the_second_of_two_who_type_a_result_is_refused(ended: Desk) -> None:
    seen = card(ended).row.version
    ended.handle(RecordResult("R1", SEAMS, version=seen))
    with pytest.raises(ConflictError, match="has been changed"):
        ended.handle(RecordResult("R1", version=seen))


def test_a_report_is_released_when_another_has_reviewed_it(ended: Desk) -> None:
    with pytest.raises(RefusedError, match="has not been reviewed"):
        ended.handle(ReleaseReport("R1"))
    said = ended.handle(ReceiveReport("R1", at("1 22:00")))
    assert said.messages == ("The report was due on Wed 2 Dec 2026 16:40, 113 h ago.",)
    with pytest.raises(RefusedError, match="no result yet"):
        ended.handle(ReviewReport("R1"))
    ended.handle(RecordResult("R1", SEAMS))
    with pytest.raises(RefusedError, match="inspector 1 made the visit"):
        ended.handle(ReviewReport("R1", by="inspector 1"))
    ended.handle(ReviewReport("R1"))
    ended.handle(RecordResult("R1", SEAMS[1:]))
    assert card(ended).row.stage == "report in"  # what was reviewed is not what it says now
    ended.handle(ReviewReport("R1", by="Minh"))
    assert [row.request for row in reports_due(ended.store, LATER)] == ["R1"]
    ended.handle(ReleaseReport("R1"))
    assert (card(ended).row.stage, card(ended).reviewed_by, card(ended).row.report_due) == ("released", "Minh", None)
    with pytest.raises(RefusedError, match="what it says stays"):
        ended.handle(RecordResult("R1"))
    with pytest.raises(RefusedError, match="Take back the release first"):
        ended.handle(TakeBackTime("R1", "reviewed"))
    ended.handle(TakeBackTime("R1", "released"))
    ended.handle(RecordResult("R1"))
    ended.undo()
    ended.undo()
    assert card(ended).row.stage == "released"


def test_a_review_of_a_visit_in_vain_is_none_of_the_inspection_that_was_made_after_all(desk: Desk) -> None:
    desk.handle(AbortVisit("R1", "not ready", at("1 10:00"), remark="The gate was shut"))
    desk.handle(ReceiveReport("R1", at("1 22:00")))
    desk.handle(ReviewReport("R1"))
    desk.handle(AbortVisit("R1", "wrong address", at("1 10:00"), remark="The gate was shut"))
    with pytest.raises(RefusedError, match="has not been reviewed"):
        desk.handle(ReleaseReport("R1"))
    desk.handle(ReviewReport("R1"))
    desk.handle(RecordFinished("R1", at("1 16:40"), pieces_made=430))
    with pytest.raises(RefusedError, match="has not been reviewed"):
        desk.handle(ReleaseReport("R1"))
    assert (card(desk).row.stage, card(desk).result.remark) == ("report in", "")


def test_hours_of_a_report_may_be_those_of_working_days(desk: Desk) -> None:
    friday = Desk(desk.store, FixedClock(LATER), "Lan")
    friday.handle(RecordFinished("R1", at("4 16:40")))
    friday.handle(ChangeSetting("results", {"report_working_days": True}))
    assert card(friday).row.report_due == dt.datetime(2026, 12, 7, 8, 40, tzinfo=dt.UTC)


def test_the_client_decides_about_what_did_not_pass_and_the_outcome_stays(ended: Desk) -> None:
    with pytest.raises(RefusedError, match="has no outcome yet"):
        ended.handle(RecordClientDecision("R1", "accepted"))
    ended.handle(RecordResult("R1", SEAMS))
    ended.handle(RecordClientDecision("R1", "accepted", "Ms Weber", "at a discount"))
    found = card(ended)
    assert (found.row.outcome, found.result.client_decision, found.result.client_note) == (
        "fail",
        "accepted",
        "at a discount",
    )
    ended.handle(RecordResult("R1"))
    assert card(ended).result.client_decision == ""
    with pytest.raises(RefusedError, match="has the outcome pass"):
        ended.handle(RecordClientDecision("R1", "accepted"))


def test_results_wait_for_the_end_of_work(desk: Desk) -> None:
    desk.handle(RecordArrival("R1", at("1 09:10")))
    for command in (RecordResult("R1"), ReceiveReport("R1")):
        with pytest.raises(RefusedError, match="The work for R1 has not ended yet"):
            desk.handle(command)
