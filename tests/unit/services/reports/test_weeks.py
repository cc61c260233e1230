"""What is held of the weeks is what is on record: every change is seen, whoever makes it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from desktop.models import Request, Visit
from desktop.models.halfday import morning
from desktop.services import commands
from desktop.services.reports import weeks
from desktop.services.reports.facts import Facts, read_facts
from desktop.services.reports.places import areas_of, cities_of
from desktop.services.reports.scope import Scope
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of, found_company

SCOPE = Scope(MONDAY, 1)


@pytest.fixture
def published(sqlite_store: Store) -> Store:
    return publish(sqlite_store)


def publish(store: Store) -> Store:
    found_company(store)
    desk_of(store).handle(commands.PublishPlan("P1"))
    return store


def told(facts: Facts) -> dict[str, tuple[int, float]]:
    frame = facts.visits
    return dict(zip(frame["code"], zip(frame["price"], frame["man_days"], strict=True), strict=True))


def as_if_new(store: Store, scope: Scope = SCOPE) -> Facts:
    held = weeks._OF_DATABASES.pop(store.engine.pool)
    found = read_facts(store, scope)
    weeks._OF_DATABASES[store.engine.pool] = held
    return found


def test_a_change_is_seen_at_once(any_store: Store) -> None:
    published = publish(any_store)
    before = read_facts(published, SCOPE)
    assert len(before.visits)
    code = before.visits["code"].iloc[0]
    desk = desk_of(published, "Minh")
    desk.handle(commands.EditRecord("request", code, {"price_cents": 77_700}))
    after = read_facts(published, SCOPE)
    assert told(after)[code][0] == 77_700
    pd.testing.assert_frame_equal(after.visits, as_if_new(published).visits)
    desk.undo()
    assert told(read_facts(published, SCOPE)) == told(before)


def test_names_and_places_are_those_of_now(published: Store) -> None:
    factory = read_facts(published, SCOPE).visits["factory"].iloc[0]
    desk_of(published).handle(commands.EditRecord("factory", factory, {"name": "Pepper Mill", "area": "福建省"}))
    facts = read_facts(published, SCOPE)
    assert facts.factories["name"][factory] == "Pepper Mill"
    assert set(facts.visits[facts.visits["factory"] == factory]["region"]) == {"福建省"}


def test_what_is_held_cannot_be_altered_by_who_was_given_it(published: Store) -> None:
    given = read_facts(published, SCOPE)
    given.visits["price"] = 1
    given.visits.loc[:, "man_days"] = 99.0
    assert (read_facts(published, SCOPE).visits["man_days"] < 99).all()
    assert not (read_facts(published, SCOPE).visits["price"] == 1).any()


def test_weeks_asked_for_one_by_one_make_the_same_as_all_together(past_sqlite: Store) -> None:
    mondays = [dt.date(2026, 10, 26) + dt.timedelta(days=7 * n) for n in (2, 0, 1)]
    weeks.forget(past_sqlite.engine.pool)
    parts = [read_facts(past_sqlite, Scope(monday, 1)).visits for monday in sorted(mondays)]
    joined = read_facts(past_sqlite, Scope(mondays[1], 3)).visits
    assert joined["code"].tolist() == [code for part in parts for code in part["code"]]
    assert set(joined["week"]) == {monday.toordinal() for monday in mondays}


def test_a_session_that_writes_sees_its_own_changes(published: Store) -> None:
    read_facts(published, SCOPE)
    with published.session(write=True) as session:
        row = session.scalars(select(Request).join(Visit, Visit.request_id == Request.id)).first()
        assert row is not None
        row.price_cents = 12_300
        session.flush()
        assert told(read_facts(session, SCOPE))[row.code][0] == 12_300
    assert told(read_facts(published, SCOPE))[row.code][0] != 12_300


def test_a_draft_is_not_told_of(sqlite_store: Store) -> None:
    found_company(sqlite_store)
    assert not len(read_facts(sqlite_store, SCOPE).visits)
    assert weeks.monday_of(morning(MONDAY) + 13) == MONDAY.toordinal()


def test_spots_lie_in_the_nearest_city() -> None:
    lat, lon = np.array([23.05, 22.55, 21.03, np.nan]), np.array([113.75, 114.06, 105.85, np.nan])
    assert cities_of(lat[:2], lon[:2], ["广东省", "广东省"]) == ["东莞市", "深圳市"]
    assert areas_of(lat, lon) == ["广东省", "广东省", "Thành phố Hà Nội", ""]
    assert cities_of(lat[3:], lon[3:], [""]) == [""]
