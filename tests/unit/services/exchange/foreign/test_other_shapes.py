"""Files as other firms make them: understood, split into our records, corrected, stored as one step, remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from desktop.errors import BadInputError, NotFoundError
from desktop.models import Factory, Order, Request
from desktop.services.exchange import store_report, write_fault_workbook
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.foreign.days import day_order, in_order
from desktop.services.exchange.foreign.guessing import guess_plan
from desktop.services.exchange.foreign.planning import FilePlan, plan_file, with_order, with_words
from desktop.services.exchange.foreign.profiles import profile_named, read_profiles, save_command
from desktop.services.exchange.foreign.sheet_plan import SheetPlan
from desktop.services.exchange.foreign.tables import FileTables, Table
from desktop.services.exchange.foreign.targets import LIST
from desktop.services.exchange.foreign.trial import Trial, open_days, try_out
from desktop.services.exchange.sources import open_sheets
from desktop.store.engine import Store
from tests.helpers.company import desk_of
from tests.helpers.snapshots import snapshot

TITLE = ["Harrow Example: inspections of week 50"]
HEADER = [
    "No.",
    "PO No. 订单号",
    "品名 Item",
    "Qty 数量",
    "工厂名称",
    "地址 Address",
    "Tel",
    "验货日期 Insp. date",
    "Type of inspection",
]
SEN = ["东莞市示例制衣有限公司", "广东省东莞市虎门镇示例路8号", "+86 000 0000 0000"]
ROWS: list[list[Cell]] = [
    ["1", "HP-1", "Padded jacket", "1,200", *SEN, "14/12/2026", "Final inspection"],
    ["2", "HP-2", "Ladies dress", "800 pcs", *SEN, "03/12/2026", "中期验货"],
    ["3", "HP-3", "Shirt", "many", *SEN, "04/12/2026", "DUPRO"],
    ["4", "HP-4", "Shirt", "500", "Factory 2", "", "", "05/12/2026", "DUPRO"],
    ["Total", None, None, "2,500"],
]


def tables(*rows: Sequence[Cell], name: str = "list.csv") -> FileTables:
    return FileTables(name, (Table("", tuple((number, list(row)) for number, row in enumerate(rows, 1) if row)),))


LIST_FILE = tables(TITLE, [], HEADER, *ROWS)


def planned(file: FileTables = LIST_FILE, constants: Sequence[str] = ("client=C1",)) -> FilePlan:
    found = plan_file(file)
    table, plan = found.read[0]
    return replace(found, read=((table, with_words(plan, (), constants)),))


def tried(company: Store, plan: FilePlan, corrections: Mapping[tuple[str, int, str], str] | None = None) -> Trial:
    with company.session() as session:
        return try_out(session, plan.file.name, plan.read, corrections)


def test_a_booking_list_is_understood_by_its_words_and_values() -> None:
    table, plan = planned(constants=()).read[0]
    assert (plan.layout, plan.header, plan.date_order) == (LIST, (3,), "dmy")
    assert list(plan.targets) == [
        "order.code", "order.product", "order.quantity", "factory.name", "factory.address", "factory.phone",
        "request.day", "request.service",
    ]  # fmt: skip
    assert all(match.confidence >= 90 for match in plan.matches if match.target)
    assert plan.matches[0].target == "", "a running number means nothing"
    assert open_days(table, plan) == "", "14/12 says which figure is the day"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Order Qty (PCS)", "order.quantity"),
        ("Quanttiy", "order.quantity"),
        ("Supplier's name", "factory.name"),
        ("Số lượng", "order.quantity"),
        ("Tên nhà máy", "factory.name"),
        ("订单数量", "order.quantity"),
        ("Ex-factory date", "order.ready_date"),
        ("Kind", "request.service"),
        ("备注", "request.note"),
        ("Weather", ""),
    ],
)
def test_headers_are_matched_fuzzily(header: str, target: str) -> None:
    value = {"Kind": "PSI", "Ex-factory date": "2026-12-14"}.get(header, "12")
    table = tables(["PO No.", "Item name", header], ["1", "shirt", value], ["2", "shirt", value]).tables[0]
    plan = guess_plan(table, layout=LIST)
    assert plan is not None
    assert plan.matches[2].target == target
    assert (plan.matches[2].confidence > 0) == bool(target)


def test_one_row_becomes_a_booking_an_order_and_a_factory_in_one_step_that_can_be_undone(company: Store) -> None:
    before = snapshot(company)
    trial = tried(company, planned())
    assert {row.number: row.state for row in trial.rows} == {4: "new", 5: "new", 6: "wrong", 7: "new"}
    (note,) = trial.rows[2].notes
    assert (note.target, note.column, note.value) == ("order.quantity", "Qty 数量", "many")
    assert {named.name: (named.code, named.is_new) for named in trial.named if named.kind == "factory"} == {
        SEN[0]: ("F5", True),
        "Factory 2": ("F2", False),
    }
    assert any('it only says "Total"' in warning for warning in trial.report.warnings)
    assert snapshot(company) == before, "trying out stores nothing"

    desk = desk_of(company)
    outcome = store_report(desk, trial.report, skip_bad=True)
    assert outcome.label == "Import list.csv: 1 factory, 3 orders, 3 bookings"
    with company.session() as session:
        booking = session.scalars(select(Request).join(Order).where(Order.code == "HP-1")).one()
        assert (booking.service, booking.skill, booking.earliest) == ("PSI", "garment", dt.date(2026, 12, 14))
        assert booking.modes, "the man-days follow"
        made = session.get_one(Factory, booking.factory_id)
        assert (made.code, made.area, made.country, made.local_name) == ("F5", "广东省", "CN", SEN[0])
        assert session.scalars(select(Order).where(Order.code == "HP-3")).first() is None, "its only row was refused"
    again = tried(company, planned())
    assert [again.count(state) for state in ("new", "changed", "unchanged", "wrong")] == [0, 0, 3, 1]
    desk.undo()
    assert snapshot(company) == before


def test_a_cell_typed_anew_is_tried_at_once(company: Store) -> None:
    trial = tried(
        company, planned(), {("list.csv", 6, "order.quantity"): "600", ("list.csv", 4, "request.skill"): "textile"}
    )
    assert trial.count("wrong") == 0
    assert trial.report.command is not None
    rows = trial.report.command.rows
    assert [order["quantity"] for order in rows["order"]] == [1200, 800, 600, 500]
    assert rows["request"][0]["skill"] == "textile"


def test_changed_cells_are_shown_beside_what_is_on_record(company: Store) -> None:
    store_report(desk_of(company), tried(company, planned()).report, skip_bad=True)
    trial = tried(company, planned(), {("list.csv", 4, "order.quantity"): "1300"})
    (row,) = [row for row in trial.rows if row.state == "changed"]
    (note,) = row.notes
    assert (row.number, note.column, note.before, note.value) == (4, "Qty 数量", "1200", "1300")


def test_refused_rows_come_back_as_a_workbook_that_can_be_mended_and_imported(company: Store, tmp_path: Path) -> None:
    trial = tried(company, planned())
    write_fault_workbook(trial.report, tmp_path / "refused.xlsx")
    book = openpyxl.load_workbook(tmp_path / "refused.xlsx")
    page = book.active
    assert page is not None
    assert [cell.value for cell in page[1]][:3] == ["# row", "# reason", "No."]
    assert "is not a number" in str(page["B2"].value)
    page["F2"] = "600"
    book.save(tmp_path / "mended.xlsx")
    with open_sheets(tmp_path / "mended.xlsx") as sheets:
        rows = [tuple(sheet.rows) for sheet in sheets]
    found = planned(FileTables("mended.xlsx", (Table("Bookings", rows[0]),)))
    table, plan = found.read[0]
    assert open_days(table, plan), "without the other rows nothing says any more which figure is the day"
    mended = tried(company, replace(found, read=((table, with_order(plan, "dmy")),)))
    assert [(row.state, row.about.split(" · ")[2]) for row in mended.rows] == [("new", "HP-3")]


def test_a_shape_is_remembered_and_known_again(company: Store) -> None:
    desk = desk_of(company)
    plan = planned().read[0][1].with_target(2, "order.description")
    desk.handle(save_command("Harrow list", plan))
    with company.session() as session:
        known = read_profiles(session)
    reordered = tables(TITLE, list(reversed(HEADER)), *(list(reversed(row)) for row in ROWS[:2]))
    found = plan_file(reordered, known)
    assert found.needs_no_words
    followed = found.read[0][1]
    assert (followed.profile, followed.constants, followed.targets["order.description"]) == (
        "Harrow list", {"client.name": "C1"}, HEADER[::-1].index("品名 Item"),
    )  # fmt: skip
    assert tried(company, found).count("new") == 2
    desk.handle(save_command("Harrow list", plan.with_constant("client.name", "C2")))
    with company.session() as session:
        assert profile_named(session, "Harrow list").constants == {"client.name": "C2"}
        with pytest.raises(NotFoundError, match="There is no import profile"):
            profile_named(session, "Petit list")
    desk.undo()
    with company.session() as session:
        assert profile_named(session, "Harrow list").constants == {"client.name": "C1"}


def test_days_that_mean_two_are_asked_about(company: Store) -> None:
    file = tables(HEADER, ["1", "HP-1", "Shirt", "5", *SEN, "03/04/2027", "PSI"])
    plan = planned(file)
    table, sheet = plan.read[0]
    assert open_days(table, sheet) == "03/04/2027"
    for order, day in (("dmy", dt.date(2027, 4, 3)), ("mdy", dt.date(2027, 3, 4))):
        told = replace(plan, read=((table, with_order(sheet, order)),))
        trial = tried(company, told)
        assert trial.report.command is not None
        assert trial.report.command.rows["request"][0]["earliest"] == day
    assert day_order(["03/04/2027", "2027-04-30", None]) == "?"
    assert in_order("31/11/2026", "dmy") == "31/11/2026", "no day of any calendar: it is quoted as it stands"


def test_quantities_in_dozens_and_two_rows_of_headers(company: Store) -> None:
    file = tables(
        ["Order No", "Goods", "Quantity (doz)", "Vendor", "Inspection date"],
        ["订单号", "产品", "数量", "工厂", "验货日期"],
        ["HP-9", "shirt", 50.0, "Factory 1", dt.date(2026, 12, 14)],
    )
    plan = planned(file, ("client=C1", "service=PSI"))
    assert plan.read[0][1].header == (1, 2)
    trial = tried(company, plan)
    assert trial.report.command is not None
    assert trial.report.command.rows["order"][0]["quantity"] == 600


def test_a_list_that_names_no_client_says_what_is_missing(company: Store) -> None:
    with pytest.raises(BadInputError, match=r"No column of .* is Client"):
        tried(company, planned(constants=()))
    with pytest.raises(BadInputError, match='There is no field "colour"'):
        with_words(SheetPlan(), (), ("colour=red",))


def test_files_of_our_own_shape_need_no_words() -> None:
    file = tables(["Code", "Name", "Contact"], ["C1", "Harrow Example", "Ann"], name="clients.csv")
    found = plan_file(file)
    assert found.is_own
    assert found.read[0][1].layout == "client"
