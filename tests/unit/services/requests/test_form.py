"""The form for requests: text and values, faults with their ways out, codes, and the commands it makes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop.errors import BadInputError
from desktop.services.commands import AddRequest, CancelRequest, EditRecord
from desktop.services.requests.cards import (
    FormChoices,
    OrderChoice,
    RequestCard,
    find_order,
    find_orders,
    read_card,
    read_choices,
)
from desktop.services.requests.form import (
    EntryFault,
    Fix,
    add_command,
    blank_values,
    bulk_commands,
    cancel_commands,
    check_form,
    duplicate_values,
    edit_command,
    read_entry,
    rebased,
    text_of,
)
from desktop.store.engine import Store
from scheduler.problem import Mode
from tests.helpers.company import MONDAY, NOW, desk_of

TODAY = dt.date(2026, 11, 27)
FRIDAY = MONDAY + dt.timedelta(days=4)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("earliest", "Fri 4 Dec 2026", FRIDAY),
        ("earliest", "2026-12-04", FRIDAY),
        ("earliest", "4 Dec", FRIDAY),
        ("due", "5 Jan", dt.date(2027, 1, 5)),
        ("due", "", None),
        ("price_cents", "$1,234.50", 123450),
        ("price_cents", "280", 28000),
        ("level", "3", 3),
        ("lead_level", "", None),
        ("modes", "1 person 2 days; 2 people 1 day", (Mode(1, 4), Mode(2, 2))),
        ("modes", "2", (Mode(1, 4), Mode(2, 2))),
        ("modes", "0.5", (Mode(1, 1),)),
        ("note", "  Ask for 王小姐 ", "Ask for 王小姐"),
        ("skill", "textile", "textile"),
        ("order", "", None),
    ],
)
def test_what_is_typed_is_read(field: str, text: str, value: Any) -> None:  # noqa: ANN401
    assert read_entry(field, text, TODAY) == value
    assert read_entry(field, text_of(field, value), TODAY) == value


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("client", "", "Every request needs a client"),
        ("modes", "", "number of man-days"),
        ("earliest", "03/04/2026", "can be read as day 3 of month 4 or day 4 of month 3"),
        ("earliest", "soon", "is not a day. Write it as Fri 27 Nov 2026"),
        ("level", "7", "5"),
        ("price_cents", "300 RMB", "300 RMB"),
        ("price_cents", "-5", "-5"),
        ("modes", "many", "no way to split the work"),
        ("code", "R" * 70, "60"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(field: str, text: str, said: str) -> None:
    with pytest.raises(EntryFault) as caught:
        read_entry(field, text, TODAY)
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")
    assert ".." not in str(caught.value)


def test_choices_are_what_the_records_have(any_company: Store) -> None:
    choices = read_choices(any_company)
    assert choices.next_code == "R9"
    assert [choices.clients[code].name for code in ("C1", "C2", "C3")] == ["Client 1", "Client 2", "Client 3"]
    assert choices.factories["F4"].detail == "Đồng Nai"
    assert choices.skills == ("garment", "textile")
    assert choices.services[0] == "DUPRO"
    assert [entry.code for entry in choices.matching("factory", "factory 2")] == ["F2"]
    assert choices.near("client", "c1")[0] == "C1"


def test_a_factory_is_found_by_its_chinese_name(company: Store) -> None:
    desk_of(company).handle(EditRecord("factory", "F2", {"local_name": "佳山袜业"}))
    assert [entry.code for entry in read_choices(company).matching("factory", "袜")] == ["F2"]


def test_orders_of_a_client_or_factory(company: Store) -> None:
    assert [order.code for order in find_orders(company)] == ["O3", "O2", "O1"]
    assert [order.code for order in find_orders(company, factory="F2")] == ["O2"]
    assert [order.code for order in find_orders(company, "jack", client="C1")] == ["O1"]
    found = find_order(company, "O1")
    assert found is not None
    assert (found.client, found.factory, found.quantity) == ("C1", "F1", 1000)
    assert find_order(company, "O") is None


def values_with(store: Store, **changed: Any) -> tuple[dict[str, Any], FormChoices]:  # noqa: ANN401
    choices = read_choices(store)
    blank = blank_values(choices)
    return {**blank, "client": "C1", "factory": "F1", "skill": "textile", **changed}, choices


def faults(store: Store, named: OrderChoice | None = None, **changed: Any) -> list[tuple[str, tuple[Fix, ...]]]:  # noqa: ANN401
    values, choices = values_with(store, **changed)
    found = check_form(values, choices, named, changed, {"R1", "R2"}.__contains__)
    assert all(fault.text.endswith(".") for fault in found)
    return [(fault.field, fault.fixes) for fault in found]


def test_a_sound_form_has_no_faults(company: Store) -> None:
    assert faults(company, code="R9", client="C1", factory="F1", earliest=MONDAY, latest=FRIDAY, due=MONDAY) == []


def test_faults_come_with_ways_out(company: Store) -> None:
    assert faults(company, code="R2") == [("code", (Fix((("code", "R9"),)),))]
    assert ("client", "C1") in faults(company, client="c1")[0][1][0].values
    (field, fixes) = faults(company, earliest=FRIDAY, latest=MONDAY)[0]
    assert field == "latest"
    assert fixes[0] == Fix((("latest", FRIDAY),))
    (field, fixes) = faults(company, earliest=FRIDAY)[0]
    assert (field, fixes[1]) == ("latest", Fix((("earliest", None), ("latest", None))))
    assert faults(company, earliest=FRIDAY, latest=FRIDAY, due=MONDAY)[0][1][0] == Fix((("due", FRIDAY),))
    assert faults(company, lead_languages=("en",))[0] == ("lead_languages", (Fix((("lead_languages", ()),)),))


def test_an_order_brings_its_client_and_factory(company: Store) -> None:
    order = find_order(company, "O2")
    found = faults(company, order, order="O2")
    both = (Fix((("client", "C2"), ("factory", "F2"))),)
    assert found == [("client", both), ("factory", both)]


@pytest.mark.parametrize(
    "changed",
    [
        {"earliest": FRIDAY, "latest": MONDAY},
        {"earliest": FRIDAY},
        {"due": MONDAY - dt.timedelta(days=9), "earliest": MONDAY, "latest": FRIDAY},
        {"lead_certificates": ("gb",)},
        {"order": "O2"},
    ],
)
def test_what_the_form_blames_the_command_refuses_in_the_same_words(company: Store, changed: dict[str, Any]) -> None:
    order = find_order(company, "O2") if "order" in changed else None
    values, choices = values_with(company, **changed)
    blamed = check_form(values, choices, order, changed, lambda _: False)
    with pytest.raises(BadInputError) as refused:
        desk_of(company).handle(add_command(values))
    assert {fault.text.lower() for fault in blamed} == {f"{text}.".lower() for text in refused.value.faults}


def test_a_new_one_is_stored_as_entered(any_company: Store) -> None:
    values, _ = values_with(
        any_company, order="O1", modes=(Mode(2, 2),), earliest=MONDAY, latest=FRIDAY, note="Red", languages=("en",)
    )
    desk_of(any_company).handle(add_command(values))
    card = read_card(any_company, "R9")
    assert {field: card.values[field] for field in values} == values
    assert card.values["requested_at"] == NOW


def test_a_card_has_every_field_and_an_edit_only_what_differs(company: Store) -> None:
    card = read_card(company, "R1")
    assert (card.values["client"], card.values["order"], card.values["factory"]) == ("C1", "O1", "F1")
    assert edit_command(card, card.values) is None
    command = edit_command(card, {**card.values, "note": "Call first", "level": 3})
    assert command == EditRecord("request", "R1", {"note": "Call first", "level": 3}, card.version)


def test_a_duplicate_is_all_but_its_code(company: Store) -> None:
    card, choices = read_card(company, "R1"), read_choices(company)
    command = add_command(duplicate_values(card, choices))
    assert isinstance(command, AddRequest)
    assert (command.code, command.order, command.price_cents) == ("R9", "O1", 28000)
    assert command.requested_at is None, "it was asked for now"
    desk_of(company).handle(command)
    assert read_choices(company).next_code == "R10"


def test_several_at_once_are_one_step(company: Store) -> None:
    desk = desk_of(company)
    both = [(code, read_card(company, code).version) for code in ("R7", "R8")]
    desk.handle_all(bulk_commands(both, {"price_cents": 30000, "level": 1}), "Edit 2 requests")
    assert read_card(company, "R8").values["price_cents"] == 30000
    later = [(code, read_card(company, code).version) for code in ("R7", "R8")]
    commands = cancel_commands(later)
    assert commands == (CancelRequest("R7", later[0][1]), CancelRequest("R8", later[1][1]))
    desk.handle_all(commands, "Cancel 2 requests")
    assert read_card(company, "R7").status == "cancelled"
    desk.undo()
    assert read_card(company, "R7").status == "ready"


def test_what_was_typed_is_put_on_what_somebody_else_stored() -> None:
    base = RequestCard("R1", 1, {"note": "", "level": 2, "due": MONDAY})
    theirs = RequestCard("R1", 2, {"note": "theirs", "level": 3, "due": MONDAY})
    mine = {"note": "mine", "level": 2, "due": MONDAY}
    assert rebased(theirs, base, mine) == {"note": "mine", "level": 3, "due": MONDAY}


def test_codes_go_on_in_their_own_way(company: Store) -> None:
    desk = desk_of(company)
    values, _ = values_with(company, code="B-0099")
    desk.handle(add_command(values))
    assert read_choices(company).next_code == "B-0100"
    desk.handle(add_command(values | {"code": "urgent"}))
    assert read_choices(company).next_code == "urgent-2"
