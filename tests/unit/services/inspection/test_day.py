"""The day of a visit: times in any order that makes sense, what was made, visits in vain, and taking back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from desktop.errors import BadInputError, RefusedError
from desktop.models import Order, Request
from desktop.services.bus import Desk
from desktop.services.commands import (
    AbortVisit,
    ChangeSetting,
    RecordArrival,
    RecordFinished,
    RecordResult,
    RecordTravelling,
    TakeBackTime,
)
from desktop.services.commands.inspection import DefectEntry
from desktop.services.inspection.reading import visit_card, visit_rows
from desktop.services.inspection.record import rotation_counts
from desktop.services.inspection.rows import VisitCard
from desktop.store.engine import Store
from tests.helpers.company import MONDAY
from tests.unit.services.inspection.conftest import LATER, at


def card(desk: Desk, code: str = "R1") -> VisitCard:
    return visit_card(desk.store, LATER, code)


def reports(store: Store, order: str = "O1") -> list[tuple[str, float, float, str]]:
    """What is reported of an order: day, made, packed, by whom."""
    with store.session() as session:
        found = session.scalars(select(Order).where(Order.code == order)).one()
        return [
            (row.reported_on.isoformat(), row.percent_made, row.percent_packed, row.source) for row in found.progress
        ]


def statuses(store: Store, code: str = "R1") -> str:
    with store.session() as session:
        return session.scalars(select(Request.status).where(Request.code == code)).one()


def test_a_day_is_told_step_by_step_whatever_comes_first(announced: Store, desk: Desk) -> None:
    assert card(desk).row.stage == "planned"
    desk.handle(RecordArrival("R1", at("1 09:10")))
    desk.handle(RecordTravelling("R1", at("1 07:30")))
    assert card(desk).row.stage == "on site"
    said = desk.handle(RecordFinished("R1", at("1 16:40"), pieces_made=430, percent_packed=5))
    assert said.label == "Record end of work for R1, Tue 1 Dec 2026 16:40"
    found = card(desk)
    assert (found.row.stage, found.row.outcome, statuses(announced)) == ("finished", "", "done")
    assert list(found.times) == ["travelling", "arrived", "finished"]
    assert found.row.report_due == dt.datetime(2026, 12, 2, 8, 40, tzinfo=dt.UTC)
    assert found.row.is_overdue
    assert (found.result.lot, found.result.sample_planned, found.result.lot_words) == (430, 50, "43 % of 1,000 made")
    assert reports(announced) == [("2026-12-01", 43.0, 5.0, "visit of R1")]
    assert [row.request for row in visit_rows(announced, LATER, MONDAY, MONDAY)] == ["R2", "R4"]


def test_a_corrected_end_moves_its_report_and_a_corrected_share_says_what_it_was(announced: Store, desk: Desk) -> None:
    desk.handle(RecordFinished("R1", at("2 16:40"), percent_made=43, percent_packed=5))
    desk.handle(RecordFinished("R1", at("1 17:00")))
    assert reports(announced) == [("2026-12-01", 43.0, 5.0, "visit of R1")]
    again = desk.handle(RecordFinished("R1", at("1 17:00"), percent_made=40))
    assert "43 % was on record before." in again.messages
    desk.undo()
    desk.undo()
    assert reports(announced) == [("2026-12-02", 43.0, 5.0, "visit of R1")]


CONTRADICTIONS = (
    (RecordArrival("R1", at("1 17:00")), "the end of work, Tue 1 Dec 2026 16:40, is before the arrival"),
    (RecordTravelling("R1", at("1 09:30")), "the arrival, Tue 1 Dec 2026 09:10, is before the departure"),
    (RecordFinished("R1", at("1 09:00")), "the end of work, Tue 1 Dec 2026 09:00, is before the arrival"),
    (RecordFinished("R1", at("7 11:00")), "it is Mon 7 Dec 2026 10:00 at the factory now"),
    (RecordFinished("R1", percent_made=40, pieces_made=400), "both percent and pieces made are given"),
    (RecordFinished("R1", pieces_made=1001), "1,001 pieces are made; the order has 1,000"),
    (RecordFinished("R1", percent_made=100.5), "100.5 % are made"),
)


def test_contradictions_are_refused_with_their_cause(desk: Desk) -> None:
    desk.handle(RecordArrival("R1", at("1 09:10")))
    desk.handle(RecordFinished("R1", at("1 16:40")))
    for command, why in CONTRADICTIONS:
        with pytest.raises(BadInputError, match=why):
            desk.handle(command)


def test_a_visit_in_vain_is_charged_by_its_cause_and_counts_for_no_rotation(announced: Store, desk: Desk) -> None:
    soon = LATER.replace(hour=3)
    assert [row.inspector for row in rotation_counts(announced, soon, factory="F1")] == ["I1", "I5"]
    said = desk.handle(AbortVisit("R1", "not ready", at("1 10:00"), "Only cut parts"))
    assert said.messages[0].startswith("USD 280.00 is charged")
    found = card(desk)
    assert (found.row.stage, found.row.outcome, found.charged_cents) == ("aborted", "aborted", 28_000)
    assert found.result.because == ("aborted: not ready",)
    assert statuses(announced) == "done"
    assert [row.inspector for row in rotation_counts(announced, soon, factory="F1")] == ["I5"]
    with pytest.raises(RefusedError, match=r"was aborted \(not ready\): nothing was inspected"):
        desk.handle(RecordResult("R1"))
    again = desk.handle(RecordFinished("R1", at("1 16:40"), percent_made=40))
    assert again.messages[0] == "It was recorded as aborted (not ready); that no longer holds."
    assert (card(desk).row.stage, card(desk).row.abort_reason, card(desk).charged_cents) == ("finished", "", 0)

    desk.handle(ChangeSetting("results", {"abort_man_days": 0.5}))
    assert desk.handle(AbortVisit("R2", "wrong address")).messages[0].startswith("USD 140.00")
    assert desk.handle(AbortVisit("R4", "other")).messages == ("Book it again as a follow-up.",)


def test_what_was_noted_by_mistake_is_taken_back_in_order(announced: Store, desk: Desk) -> None:
    desk.handle(RecordArrival("R1", at("1 09:10")))
    desk.handle(RecordFinished("R1", at("1 16:40"), percent_made=43))
    desk.handle(RecordResult("R1", (DefectEntry("minor", 1, "stain"),)))
    with pytest.raises(RefusedError, match="R1 has a result, which needs the end of work"):
        desk.handle(TakeBackTime("R1", "finished"))
    desk.handle(TakeBackTime("R1", "result"))
    assert (card(desk).row.outcome, card(desk).result.defects) == ("", ())
    desk.handle(TakeBackTime("R1", "finished"))
    assert reports(announced) == []
    assert (card(desk).row.stage, statuses(announced)) == ("on site", "published")
    desk.handle(TakeBackTime("R1", "arrived"))
    assert card(desk).row.stage == "planned"
    with pytest.raises(RefusedError, match="The arrival of R1 is not on record"):
        desk.handle(TakeBackTime("R1", "arrived"))
    with pytest.raises(RefusedError, match="nobody can have left for it"):
        desk.handle(RecordTravelling("R6"))
