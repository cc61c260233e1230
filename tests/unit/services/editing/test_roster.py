"""The roster by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import BadInputError, ConflictError, NotFoundError, RefusedError
from desktop.models import ChangedRow, Inspector
from desktop.models.halfday import morning
from desktop.services.commands import (
    EditRecord,
    GrantPermit,
    RecordAbsence,
    RemoveAbsence,
    RevokePermit,
    SetDayException,
)
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of, found_company, inspector

TUESDAY = MONDAY + dt.timedelta(days=1)
SLOT = morning(TUESDAY)  # I1 serves R1 on this day in the draft P1


def person(store: Store, code: str = "I1") -> Inspector:
    with store.session() as session:
        record = session.scalars(select(Inspector).where(Inspector.code == code)).one()
        _ = (record.skills, record.certificates, record.permits, record.absences, record.exceptions)
        return record


def edit(store: Store, record: str, **values: Any) -> tuple[str, ...]:  # noqa: ANN401
    return desk_of(store).handle(EditRecord("inspector", record, values)).messages


# -- people ------------------------------------------------------------------------------------------------------------


def test_adds_a_person_with_skills_certificates_and_permits(any_store: Store) -> None:
    command = replace(inspector(1), local_name="李娜", certificates={"gb-textile": "2027-06-30"})  # type: ignore[dict-item]
    outcome = desk_of(any_store).handle(command)
    assert outcome.messages == ()
    record = person(any_store)
    assert (record.local_name, record.weekdays, record.day_costs_cents[0]) == ("李娜", (0, 1, 2, 3, 4), 4000)
    assert {row.skill: row.level for row in record.skills} == {"textile": 3, "garment": 2}
    assert {row.certificate: row.valid_until for row in record.certificates} == {"gb-textile": dt.date(2027, 6, 30)}
    assert {row.area: row.valid_until for row in record.permits} == {"广东省": None}


def test_says_what_a_new_person_lacks(company: Store) -> None:
    outcome = desk_of(company).handle(replace(inspector(9), permits={}, services=()))
    assert outcome.messages == (
        "I9 may not work in any area yet: permits are missing.",
        "I9 offers no service yet.",
    )
    with pytest.raises(RefusedError, match="There is an inspector I9 already"):
        desk_of(company).handle(inspector(9))


@pytest.mark.parametrize("days", [0, 8])
def test_costs_are_those_of_the_days_of_a_week(company: Store, days: int) -> None:
    with pytest.raises(BadInputError, match=f"day_costs_cents has {days} values"):
        desk_of(company).handle(replace(inspector(9), day_costs_cents=(100,) * days))
    with pytest.raises(BadInputError, match=f"day_costs_cents has {days} values"):
        edit(company, "I1", day_costs_cents=[100] * days)


def test_a_map_touches_only_the_rows_that_differ(any_store: Store) -> None:
    found_company(any_store)
    outcome = desk_of(any_store).handle(
        EditRecord("inspector", "I1", {"skills": {"textile": 4, "garment": 2, "toys": 1}})
    )
    with any_store.session() as session:
        rows = session.scalars(select(ChangedRow).where(ChangedRow.change_id == outcome.change_id)).all()
    assert sorted((row.operation, (row.after or {})["skill"]) for row in rows) == [
        ("insert", "toys"),
        ("update", "textile"),
    ]
    edit(any_store, "I1", skills={"garment": 2})
    assert {row.skill: row.level for row in person(any_store).skills} == {"garment": 2}


def test_whoever_leaves_has_his_visits_named(company: Store) -> None:
    assert edit(company, "I1", active=False) == ("I1 is planned then for R1 on Tue 1 Dec 2026 (P1): plan again.",)
    assert edit(company, "I1", active=False) == ()
    assert edit(company, "I1", active=True) == ()


# -- absences ----------------------------------------------------------------------------------------------------------


def test_an_absence_names_the_visits_that_it_collides_with(any_store: Store) -> None:
    found_company(any_store)
    outcome = desk_of(any_store).handle(RecordAbsence("I1", SLOT + 1, SLOT + 5, "sick", " flu "))
    assert outcome.label == "Record absence of I1, Tue 1 Dec 2026 afternoon to Thu 3 Dec 2026 afternoon"
    assert outcome.messages == ("I1 is planned then for R1 on Tue 1 Dec 2026 (P1): plan again.",)
    absence = person(any_store).absences[0]
    assert (absence.first_slot, absence.last_slot, absence.kind, absence.note) == (SLOT + 1, SLOT + 5, "sick", "flu")


def test_an_absence_beside_the_visits_names_none(company: Store) -> None:
    assert desk_of(company).handle(RecordAbsence("I1", SLOT + 2, SLOT + 9)).messages == ()
    assert desk_of(company).handle(RecordAbsence("I1", SLOT - 4, SLOT - 1)).messages == ()


def test_an_absence_within_another_changes_nothing(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(RecordAbsence("I2", SLOT, SLOT + 5))
    outcome = desk.handle(RecordAbsence("I2", SLOT + 1, SLOT + 5, "sick"))
    assert (outcome.change_id, outcome.messages) == (None, ("I2 is absent then already (leave, number 1).",))
    assert desk.handle(RecordAbsence("I2", SLOT, SLOT + 6)).change_id is not None


@pytest.mark.parametrize(
    ("first", "last", "kind", "said"),
    [
        (3, 4, "leave", "first_slot is 3; it should be a half-day between the years 2000 and 2100"),
        (SLOT, SLOT - 1, "leave", r"last_slot is \d+ \(Mon 30 Nov 2026\), before first_slot"),
        (SLOT, SLOT, " ", "has no kind"),
    ],
)
def test_an_absence_that_cannot_be(company: Store, first: int, last: int, kind: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(company).handle(RecordAbsence("I1", first, last, kind))


def test_removes_an_absence_once(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    desk.handle(RecordAbsence("I2", SLOT, SLOT + 1))
    number = person(any_store, "I2").absences[0].id
    with pytest.raises(ConflictError, match=f"Absence {number} has been changed by Lan"):
        desk.handle(RemoveAbsence(number, version=7))
    assert desk.handle(RemoveAbsence(number)).label == "Remove absence of I2, Tue 1 Dec 2026"
    with pytest.raises(NotFoundError):
        desk.handle(RemoveAbsence(number))


# -- permits -----------------------------------------------------------------------------------------------------------


def test_a_permit_is_granted_renewed_and_revoked(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    assert desk.handle(GrantPermit("I1", "福建省", TUESDAY)).label == (
        "Permit I1 to work in 福建省 until Tue 1 Dec 2026"
    )
    desk.handle(GrantPermit("I1", "福建省"))
    assert desk.handle(GrantPermit("I1", "福建省")).change_id is None
    assert {row.area: row.valid_until for row in person(any_store).permits} == {"广东省": None, "福建省": None}
    desk.handle(RevokePermit("I1", "福建省"))
    with pytest.raises(NotFoundError, match=r'I1 has no permit for "福建省"\.\nPermits are for 广东省'):
        desk.handle(RevokePermit("I1", "福建省"))


def test_a_permit_that_is_past_or_for_nowhere(company: Store) -> None:
    outcome = desk_of(company).handle(GrantPermit("I1", "福建省", dt.date(2026, 1, 1)))
    assert outcome.messages == ("That day is past: the permit is of no use.",)
    with pytest.raises(BadInputError, match="names no area"):
        desk_of(company).handle(GrantPermit("I1", " "))


# -- single days -------------------------------------------------------------------------------------------------------


def test_a_day_that_differs_and_is_as_usual_again(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    outcome = desk.handle(SetDayException("I1", TUESDAY, afternoon=False, premium_cents=500))
    assert outcome.messages == ("I1 is planned then for R1 on Tue 1 Dec 2026 (P1): plan again.",)
    desk.handle(SetDayException("I1", TUESDAY, morning=True))
    row = person(any_store).exceptions[0]
    assert (row.morning, row.afternoon, row.may_travel, row.premium_cents) == (True, None, None, None)
    desk.handle(SetDayException("I1", TUESDAY))
    assert person(any_store).exceptions == []
    with pytest.raises(BadInputError, match="is -1 cents"):
        desk.handle(SetDayException("I1", TUESDAY, premium_cents=-1))
