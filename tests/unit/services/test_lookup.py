"""Codes that exist, codes that were mistyped, and who changed a record last."""

from __future__ import annotations

import pytest

from desktop.errors import ConflictError, NotFoundError
from desktop.models import Request
from desktop.services import lookup
from desktop.services.commands import EditRecord
from desktop.store.engine import Store
from tests.helpers.company import desk_of, request


def test_finds_each_kind(company: Store) -> None:
    with company.session() as session:
        assert lookup.client_by_code(session, "C1").name == "Client 1"
        assert lookup.factory_by_code(session, "F1").name == "Factory 1"
        assert lookup.order_by_code(session, "O1").quantity == 1000
        assert lookup.request_by_code(session, "R1").service == "DUPRO"
        assert lookup.inspector_by_code(session, "I1").name == "Inspector 1"
        assert lookup.plan_by_code(session, "P1").days == 7


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("i3", "I3"), ("I03", "I3"), ("I0003", "I3"), (" I3", "I3"), ("I33", "I3")],
)
def test_names_what_may_have_been_meant(company: Store, typed: str, meant: str) -> None:
    with company.session() as session, pytest.raises(NotFoundError) as caught:
        lookup.inspector_by_code(session, typed)
    assert caught.value.text == f'There is no inspector "{typed}".'
    assert caught.value.hint.startswith(f"Maybe {meant}")


def test_finds_a_near_match_among_many(company: Store) -> None:
    desk_of(company).handle_all(
        [request(number + 100) for number in range(30)] + [request(20000 + n) for n in range(30)], "Many"
    )
    with company.session() as session:
        assert lookup.near_codes(session, Request, "R0104")[0] == "R104"
        assert "R20011" in lookup.near_codes(session, Request, "R2011")


def test_says_that_there_is_none_at_all(sqlite_store: Store) -> None:
    with sqlite_store.session() as session, pytest.raises(NotFoundError, match="has no plan at all yet"):
        lookup.plan_by_code(session, "P1")


def test_percent_and_underscore_are_letters_of_a_code(company: Store) -> None:
    with company.session() as session, pytest.raises(NotFoundError) as caught:
        lookup.client_by_code(session, "%_")
    assert "Maybe" not in caught.value.hint


def test_an_absence_that_is_gone(company: Store) -> None:
    with company.session() as session, pytest.raises(NotFoundError, match="no absence with the number 77"):
        lookup.absence_by_key(session, 77)


def test_the_version_that_was_seen_passes_and_an_older_one_names_who_changed_it(company: Store) -> None:
    desk_of(company, "Minh").handle(EditRecord("request", "R1", {"note": "gate 3"}))
    with company.session() as session:
        record = lookup.request_by_code(session, "R1")
        lookup.check_version(record, record.version, session)
        lookup.check_version(record, None, session)
        with pytest.raises(ConflictError) as caught:
            lookup.check_version(record, record.version - 1, session)
    assert caught.value.text == (
        'Request R1 has been changed by Minh on Mon 23 Nov 2026 at 02:00 UTC ("Edit R1: note gate 3")'
        " since you looked at it."
    )


def test_a_row_that_history_does_not_know(company: Store) -> None:
    with company.session() as session:
        assert lookup.last_change(session, "plan", 1) == "by somebody unknown"
