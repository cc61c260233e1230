"""The facts behind a score, read for one request and for many."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.errors import NotFoundError
from desktop.models import PastVisit, Request
from desktop.models.inspector import Inspector
from desktop.services.attainment import attainment_record
from desktop.services.commands import ChangeSetting, EditRecord
from desktop.services.requests.risk import read_risk, read_risks
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of, request, visited

LATER = NOW + dt.timedelta(days=20)


def test_a_supplier_is_known_by_its_visits_and_an_order_by_its_facts(company: Store) -> None:
    found = read_risk(company, NOW, "R1")
    assert (found.order, found.assessment.score, found.booked) == ("O1", 25, ())
    assert found.to_book == "PSI"

    desk = desk_of(company)
    desk.handle(
        EditRecord(
            "order", "O1", {"value_cents": 6_000_000, "standards": ["CE"], "is_new_product": True, "variants": 10}
        )
    )
    found = read_risk(company, NOW, "R1")
    assert found.assessment.score == 25 + 10 + 10 + 20 + 10
    assert found.assessment.service == "MONITORING" == found.to_book
    desk.handle(ChangeSetting("risk", {"new_supplier": 0}))
    assert read_risk(company, NOW, "R1").assessment.service == "DUPRO"
    assert read_risk(company, NOW, "R1").to_book == "", "it is one itself"


def test_what_came_of_visits_counts_and_a_failed_dupro_is_followed_up(company: Store) -> None:
    visited(company, "R1", "fail")
    with company.session() as session:
        found = {risk.request: risk for risk in read_risks(session, LATER, select(Request.id)).values()}
    assert [reason.text for reason in found["R5"].assessment.reasons] == ["1 of 1 visits failed in 365 days"]
    assert "no visit on record" in found["R2"].assessment.reasons[0].text
    assert found["R1"].assessment.suggestion == "follow-up visit"
    assert read_risk(company, LATER, "R1").to_book == "DUPRO"
    desk_of(company).handle(replace(request(9), code="AGAIN", order="O1", status="new"))
    booked = read_risk(company, LATER, "R1")
    assert (booked.assessment.suggestion, booked.booked) == ("follow-up visit", (("AGAIN", "DUPRO"),))
    assert booked.to_book == "", "it is booked"


def test_visits_of_before_the_database_make_a_supplier_known(company: Store) -> None:
    with company.session(write=True) as session:
        person = session.scalars(select(Inspector.id)).first()
        factory = session.scalars(select(Request.factory_id).where(Request.code == "R1")).one()
        session.add(PastVisit(inspector_id=person, factory_id=factory, visited_on=NOW.date() - dt.timedelta(days=30)))
        session.commit()
    assert read_risk(company, NOW, "R1").assessment.score == 0
    with pytest.raises(NotFoundError):
        read_risk(company, NOW, "R99")


def test_promises_kept_are_counted_by_week_and_client(company: Store) -> None:
    desk = desk_of(company)
    for code, due in (("R1", None), ("R3", None)):
        desk.handle(EditRecord("request", code, {"due": due}))
    desk.handle(replace(request(9), code="OTHER"))
    # the window opens on Monday: 48 hours end with Tuesday, 72 with Wednesday
    wednesday = dt.datetime(2026, 12, 2, 1, tzinfo=dt.UTC)
    visited(company, "R1", "pass", wednesday - dt.timedelta(days=1))
    visited(company, "R2", "pass", wednesday)
    visited(company, "R3", "pass", wednesday)

    found = attainment_record(company, MONDAY, MONDAY + dt.timedelta(days=6))
    total = found.total
    assert (total.visits, total.in_target, total.in_limit) == (3, 1, 3)
    assert [(share.key, share.in_target) for share in found.weeks] == [("2026-11-30", 1)]
    assert [(share.key, share.visits, share.in_target) for share in found.clients] == [
        ("C1", 1, 1),
        ("C2", 1, 0),
        ("C3", 1, 0),
    ]
    assert attainment_record(company, MONDAY - dt.timedelta(days=7), MONDAY - dt.timedelta(days=1)).total.visits == 0
