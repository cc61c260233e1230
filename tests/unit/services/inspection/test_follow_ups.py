"""What a visit leads to: once more, the final inspection, or nothing; linked, charged, by others."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from desktop.errors import RefusedError
from desktop.models import FollowUp, Request
from desktop.services.bus import Desk
from desktop.services.commands import (
    AbortVisit,
    AddRequest,
    AdvanceAction,
    BookFollowUp,
    CancelRequest,
    ChangeSetting,
    OpenActions,
    RecordClientDecision,
    RecordFinished,
    RecordResult,
)
from desktop.services.commands.inspection import DefectEntry
from desktop.services.inspection.follow_ups import propose_follow_ups
from desktop.services.inspection.reading import visit_card
from desktop.services.inspection.rows import FollowUpProposal
from desktop.store.engine import Store
from tests.helpers.company import ONE_DAY
from tests.unit.services.inspection.conftest import LATER, at

TODAY = LATER.date()


def looked_at(desk: Desk, code: str, *defects: DefectEntry) -> tuple[FollowUpProposal, ...]:
    """What is proposed when a visit has found something."""
    desk.handle(RecordFinished(code, at("1 16:40"), percent_made=43 if code != "R2" else 100))
    desk.handle(RecordResult(code, defects))
    return propose_follow_ups(desk.store, LATER, code)


def stored(store: Store, code: str) -> tuple[Request, list[int]]:
    with store.session() as session:
        found = session.scalars(select(Request).where(Request.code == code)).one()
        return found, [row.inspector_id for row in found.exclusions]


def test_a_failed_dupro_leads_to_another_and_to_the_final_one(announced: Store, desk: Desk) -> None:
    again, final = looked_at(desk, "R1", DefectEntry("major", 6, "seam"))
    assert (again.kind, again.service, again.code, again.charged_to, again.excluded) == (
        "reinspection", "DUPRO", "R9", "supplier", ("I1",),
    )  # fmt: skip
    assert (again.earliest, again.latest) == (TODAY + dt.timedelta(days=13), TODAY + dt.timedelta(days=17))
    assert (final.kind, final.service, final.code, final.charged_to, final.excluded) == (
        "final", "PSI", "R10", "client", (),
    )  # fmt: skip
    desk.handle(OpenActions("R1"))
    assert propose_follow_ups(announced, LATER, "R1")[0].earliest == again.earliest  # not the day of their first step
    for step in ("communicated", "root cause", "solution"):
        desk.handle(AdvanceAction(1, step, "done", "done"))
    assert propose_follow_ups(announced, LATER, "R1")[0].earliest == TODAY + dt.timedelta(days=1)

    said = desk.handle(BookFollowUp("R1", "reinspection", earliest=dt.date(2026, 12, 14)))
    assert said.label == "Book R9 as re-inspection of R1"
    booked, excluded = stored(announced, "R9")
    before, _ = stored(announced, "R1")
    assert (booked.order_id, booked.aql_major, booked.skill) == (before.order_id, before.aql_major, before.skill)
    assert (booked.earliest, booked.latest) == (dt.date(2026, 12, 14), dt.date(2026, 12, 18))
    assert len(excluded) == 1
    card = visit_card(announced, LATER, "R1")
    assert [(link.request, link.kind, link.charged_to) for link in card.follow_ups] == [
        ("R9", "reinspection", "supplier")
    ]
    assert card.row.follow_up == "R9"
    with pytest.raises(RefusedError, match="or it is booked already"):
        desk.handle(BookFollowUp("R1", "reinspection"))
    desk.handle(CancelRequest("R9"))
    assert propose_follow_ups(announced, LATER, "R1")[0].kind == "reinspection"
    desk.undo()
    desk.undo()
    with announced.session() as session:
        assert session.scalars(select(FollowUp.id)).all() == []


def test_what_passed_or_was_accepted_is_not_looked_at_again(desk: Desk) -> None:
    assert [one.kind for one in looked_at(desk, "R1")] == ["final"]
    desk.handle(AddRequest("R20", "C1", "F1", "PSI", "textile", 1, ONE_DAY, order="O1"))
    assert propose_follow_ups(desk.store, LATER, "R1") == ()
    assert [one.kind for one in looked_at(desk, "R2", DefectEntry("critical", 1, "needle"))] == ["reinspection"]
    desk.handle(RecordClientDecision("R2", "accepted"))
    assert propose_follow_ups(desk.store, LATER, "R2") == ()


def test_the_house_says_who_pays_who_goes_and_how_much_is_drawn(announced: Store, desk: Desk) -> None:
    house = {"supplier_pays": False, "other_inspector": False, "closer_level": True}
    desk.handle(ChangeSetting("results", house))
    again = looked_at(desk, "R1", DefectEntry("major", 6, "seam"))[0]
    assert (again.charged_to, again.excluded, again.inspection_level) == ("client", (), "III")
    desk.handle(BookFollowUp("R1", "reinspection", code="R1-B", charged_to="house", exclude=True))
    booked, excluded = stored(announced, "R1-B")
    assert (booked.inspection_level, len(excluded)) == ("III", 1)


def test_a_visit_in_vain_is_made_again_at_the_cost_of_who_caused_it(desk: Desk) -> None:
    desk.handle(AbortVisit("R1", "refused entry"))
    (again,) = propose_follow_ups(desk.store, LATER, "R1")
    assert (again.charged_to, again.excluded, again.earliest) == ("supplier", (), TODAY + dt.timedelta(days=1))
    desk.handle(AbortVisit("R2", "other"))
    assert propose_follow_ups(desk.store, LATER, "R2")[0].charged_to == "client"
