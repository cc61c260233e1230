"""Two records of one factory made one, and taken apart again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.errors import RefusedError
from desktop.models import Factory, FactoryAlias, FactoryClosure, Order, PastVisit, Request
from desktop.services.commands import (
    AddFactory,
    AddRequest,
    CloseFactory,
    Command,
    EditRecord,
    MergeFactories,
    PublishPlan,
)
from desktop.services.exchange.checking import check_file
from desktop.services.exchange.intake import store_report
from desktop.services.history import history
from desktop.services.requests.cards import read_choices
from desktop.services.requests.form import check_form
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, ONE_DAY, desk_of, factory, found_company
from tests.helpers.snapshots import snapshot

TWIN = AddFactory(
    "F9", "Factory No. 2", "广东省", "CN", local_name="二号工厂", contact="王小姐", phone="+86 755 1234 5678"
)


def the_factory(store: Store, code: str) -> Factory:
    with store.session() as session:
        return session.scalars(select(Factory).where(Factory.code == code)).one()


def with_twin(store: Store, *commands: Command) -> None:
    """Beside F2 the same factory once more, F9, with a request, a closing and a past visit of its own."""
    booked = AddRequest("R9", "C1", "F9", "PSI", "textile", 1, ONE_DAY, earliest=MONDAY, latest=MONDAY)
    bare = EditRecord("factory", "F2", {"contact": "", "phone": ""})
    twin = [bare, TWIN, booked, CloseFactory("F9", MONDAY, MONDAY, "stocktaking"), *commands]
    desk_of(store).handle_all(twin, "A second record of F2")
    with store.session(write=True) as session:
        key = session.scalars(select(Factory.id).where(Factory.code == "F9")).one()
        session.add(PastVisit(inspector_id=1, factory_id=key, visited_on=MONDAY.replace(day=2)))
        session.commit()


def test_everything_names_the_kept_one_and_one_undo_brings_all_back(any_store: Store) -> None:
    found_company(any_store)
    with_twin(any_store)
    before = snapshot(any_store)
    desk = desk_of(any_store)
    outcome = desk.handle(MergeFactories("F2", "F9"))
    assert outcome.label == "Merge F9 into F2"
    for code in ("F2", "F9", "R9"):
        assert history(any_store, 1, code)[0].label == outcome.label
    assert outcome.messages == (
        "Of F2 now: 1 request and 1 past visit of F9.",
        "F2 has taken over its local name, contact and phone.",
        "Their closing days differ: those of F2 stay.",
    )
    kept = the_factory(any_store, "F2")
    assert (kept.name, kept.local_name, kept.phone, kept.lat) == ("Factory 2", "二号工厂", TWIN.phone, factory(2).lat)
    with any_store.session() as session:
        assert session.scalars(select(Factory.id).where(Factory.code == "F9")).all() == []
        for model in (PastVisit, FactoryAlias, FactoryClosure):
            assert session.scalars(select(model.factory_id)).all() == [kept.id]
        assert session.scalars(select(Request.factory_id).where(Request.code == "R9")).one() == kept.id
    after = snapshot(any_store)
    desk.undo()
    assert snapshot(any_store) == before
    desk.redo()
    assert snapshot(any_store) == after


def test_the_old_code_finds_the_kept_one(company: Store, tmp_path: Path) -> None:
    with_twin(company)
    desk = desk_of(company)
    desk.handle(MergeFactories("F2", "F9"))
    desk.handle(EditRecord("factory", "F9", {"contact": "李先生"}))
    assert the_factory(company, "F2").contact == "李先生"
    with pytest.raises(RefusedError, match="F9 is the old code of factory F2"):
        desk.handle(replace(TWIN, name="Another"))
    with pytest.raises(RefusedError, match="F9 has been merged into F2 already"):
        desk.handle(MergeFactories("F1", "F9"))
    desk.handle(MergeFactories("F1", "F2"))
    desk.handle(AddRequest("R10", "C1", "F9", "PSI", "textile", 1, ONE_DAY))
    with company.session() as session:
        key = session.scalars(select(Request.factory_id).where(Request.code == "R10")).one()
    assert key == the_factory(company, "F1").id


def test_forms_and_files_find_it_too(company: Store, tmp_path: Path) -> None:
    with_twin(company)
    desk = desk_of(company)
    desk.handle(MergeFactories("F2", "F9"))
    choices = read_choices(company)
    assert [entry.code for entry in choices.matching("factory", "Factory No. 2", 3)] == ["F2"]
    faults = check_form({"factory": "F9"}, choices, None, ("factory",), lambda _: False)
    assert [(fault.text, fault.fixes[0].values) for fault in faults] == [
        ("F9 was merged into F2.", (("factory", "F2"),))
    ]
    file = tmp_path / "orders.csv"
    file.write_text("Code,Client,Factory,Quantity\nO9,C1,F9,500\n", encoding="utf-8")
    with company.session() as session:
        report = check_file(session, file, "order")
    assert (report.new, report.bad) == (1, 0)
    assert report.warnings == ("F9 was merged into F2: its rows are stored there.",)
    store_report(desk, report)
    with company.session() as session:
        key = session.scalars(select(Order.factory_id).where(Order.code == "O9")).one()
    assert key == the_factory(company, "F2").id
    old = tmp_path / "factories.csv"
    old.write_text("Code,Name,Area,Country\nF9,Old,广东省,CN\n", encoding="utf-8")
    with company.session() as session:
        report = check_file(session, old, "factory")
    assert report.faults[0].said == 'Code "F9" was merged into F2. Write F2, or leave the row out.'


def test_refused(company: Store) -> None:
    desk = desk_of(company)
    with pytest.raises(RefusedError, match="different countries"):
        desk.handle(MergeFactories("F1", "F4"))
    with pytest.raises(RefusedError, match="into itself"):
        desk.handle(MergeFactories("F1", "F1"))
    desk.handle(PublishPlan("P1"))
    with pytest.raises(RefusedError, match="people have been sent to F3, and F1 lies 3 km from there") as refused:
        desk.handle(MergeFactories("F1", "F3"))
    assert refused.value.broken == ("R3 is published for Tue 1 Dec 2026 to Wed 2 Dec 2026",)


def test_the_place_that_is_known_better_is_taken(company: Store) -> None:
    placed = replace(TWIN, lat=22.6, lon=113.5, precision="address")
    desk = desk_of(company)
    desk.handle(placed)
    said = desk.handle(MergeFactories("F2", "F9")).messages
    assert said[0].endswith("and place.")
    assert said[1] == "P1 has 1 visit there: look whether the ways still fit."
    assert (the_factory(company, "F2").lat, the_factory(company, "F2").precision) == (22.6, "address")
    desk.undo()
    desk.handle(PublishPlan("P1"))
    desk.handle(MergeFactories("F2", "F9"))
    assert the_factory(company, "F2").precision == "town", "people were sent to where F2 is known to be"
