"""Plans in files: what each sheet says, that text stays text, and that other programs agree on the JSON pair."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import BadInputError, NotFoundError
from desktop.models import CalendarDay, Client, Factory, Inspector, Order, Plan, Request, Unassigned, Visit
from desktop.services.bus import Desk
from desktop.services.demo import make_sample
from desktop.services.exchange.plan_files import export_pair, export_plan_csv
from desktop.services.exchange.plan_workbook import export_plan_workbook
from desktop.services.exchange.record_workbook import write_records
from desktop.services.exchange.week_sheet import lines_of
from desktop.services.planning import plan_week, settings_for
from desktop.store.engine import Store
from scheduler.params import Params
from scheduler.wire import load_plan, load_problem
from tests.helpers.company import MONDAY, NOW, found_company
from tests.helpers.shared import SHARED, needs_shared
from tests.helpers.soak import scaled
from tests.helpers.stores import SqliteTemplate

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    """The draft P1 of a small company: R1 to R5 are served, R6 is left out. These tests only look at it."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("company")) as store:
        found_company(store)
        with store.session(write=True) as session:
            session.add(
                CalendarDay(country="CN", date=MONDAY + dt.timedelta(days=3), kind="holiday", name="Made-up day")
            )
            session.commit()
        yield store


def rows_of(page: Worksheet) -> list[dict[str, object]]:
    header, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def workbook(company: Store, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("export") / "plan.xlsx"
    export_plan_workbook(company, "P1", path)
    return openpyxl.load_workbook(path)


def test_the_sheets_and_how_they_print(workbook: openpyxl.Workbook) -> None:
    assert workbook.sheetnames == ["Week", "Visits", "Unassigned", "Costs"]
    for page in (workbook["Week"], workbook["Visits"], workbook["Unassigned"]):
        assert page.freeze_panes
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
    fonts = {cell.font.name for page in workbook for row in page.iter_rows() for cell in row if cell.value is not None}
    assert fonts == {"Arial"}


def test_the_week_has_people_by_days(workbook: openpyxl.Workbook) -> None:
    page = workbook["Week"]
    assert str(page["A1"].value).startswith("P1, Mon 30 Nov 2026 to Sun 6 Dec 2026, draft")
    assert "5 bookings assigned, 1 unassigned" in str(page["A2"].value)
    days = [cell.value for cell in page[3]][6:13]
    assert days == [dt.datetime(2026, 11, 30) + dt.timedelta(days=number) for number in range(7)]  # noqa: DTZ001
    assert page["G3"].number_format == "[$-409]ddd d mmm"
    assert page["J4"].value == "Made-up day CN"
    by_code = {row[0].value: row for row in page.iter_rows(min_row=5)}
    first = by_code["I1"]
    assert str(first[5].value).startswith("1 / ")
    assert str(first[7].value).startswith("D R1")
    assert "Factory 1" in str(first[7].value)
    assert first[7].fill.fgColor.rgb == "FFDCEAF8"
    assert first[12].fill.fgColor.rgb == "FFEEF0F3"


def test_visits_are_rows_with_typed_days(workbook: openpyxl.Workbook) -> None:
    rows = {row["Request"]: row for row in rows_of(workbook["Visits"])}
    assert list(rows) == ["R2", "R4", "R1", "R3", "R5"]
    row = rows["R1"]
    assert (row["Service"], row["Client"], row["Factory name"], row["Inspectors"]) == ("DUPRO", "C1", "Factory 1", "I1")
    assert row["First day"] == dt.datetime(2026, 12, 1)  # noqa: DTZ001 -- as openpyxl gives it
    assert (row["From"], row["Until"], row["Way"], row["Man-days"]) == ("morning", "afternoon", "1 person 1 day", 1)
    assert (row["Days late"], row["Status"], row["Pinned"]) == (None, "planned", "no")


def test_what_is_left_out_has_its_reasons(workbook: openpyxl.Workbook) -> None:
    (row,) = rows_of(workbook["Unassigned"])
    assert (row["Request"], row["Reason"]) == ("R6", "no room")


def test_costs_say_what_is_proven_and_what_was_asked(workbook: openpyxl.Workbook) -> None:
    said = {row[0].value: (row[1].value, row[2].value) for row in workbook["Costs"].iter_rows()}
    assert said["Total"][0] == 0
    assert said["Bound"] == ("none yet", "nothing is proven of how good the plan is")
    assert "Gap" not in said
    assert said["Late cost (USD)"][0] == 120
    assert said["By rail"] == ("100 to 2000 km in CN", "130 minutes and 180 km/h; USD 5.00 and 0.05 a km")


def test_a_bound_comes_with_its_gap(company: Store, tmp_path: Path, sqlite_template: SqliteTemplate) -> None:
    with sqlite_template.new_store(tmp_path) as store:
        found_company(store)
        with store.session(write=True) as session:
            plan = session.scalars(select(Plan)).one()
            plan.cost_cents, plan.bound_cents, plan.cost_parts = 1_000_000, 990_000, {"work": 1_000_000}
            session.commit()
        export_plan_workbook(store, "P1", tmp_path / "plan.xlsx")
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Costs"]
    said = {row[0].value: (row[1].value, row[2].value) for row in page.iter_rows()}
    assert said["Work"] == (10_000, "days worked")
    assert said["Bound"][0] == 9_900
    assert said["Gap"] == (0.01, "at most USD 100.00 to gain")


def test_csv_has_a_row_for_each_inspector_of_each_visit(company: Store, tmp_path: Path) -> None:
    assert export_plan_csv(company, "P1", tmp_path / "plan.csv") == 5
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Request"] for row in rows} == {"R1", "R2", "R3", "R4", "R5"}
    assert [row["Inspector"] for row in rows] == sorted(row["Inspector"] for row in rows)
    assert (rows[0]["Plan"], rows[0]["Request"], rows[0]["First day"], rows[0]["Man-days"]) == (
        "P1",
        "R1",
        "2026-12-01",
        "1",
    )


def test_an_unknown_plan_and_a_missing_folder_are_named(company: Store, tmp_path: Path) -> None:
    for export in (export_plan_workbook, export_plan_csv):
        with pytest.raises(NotFoundError, match="P404"):
            export(company, "P404", tmp_path / "plan")
        with pytest.raises(BadInputError, match="cannot be written"):
            export(company, "P1", tmp_path / "nowhere" / "plan")
    with pytest.raises(BadInputError, match="cannot be written"):
        export_pair(company, "P1", tmp_path / "nowhere" / "problem.json", tmp_path / "plan.json")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_the_old_file(
    company: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"the plan of last week")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInputError, match="No space left"):
        export_plan_workbook(company, "P1", path)
    assert path.read_bytes() == b"the plan of last week"
    assert list(tmp_path.iterdir()) == [path]


# -- text stays text ---------------------------------------------------------------------------------------------------


def spoil(store: Store, text: str) -> None:
    """Put a text wherever somebody from outside may have put one."""
    with store.session(write=True) as session:
        for client in session.scalars(select(Client)):
            client.name = client.contact = text
        for factory in session.scalars(select(Factory)):
            factory.name = factory.local_name = factory.address = factory.area = text
        for inspector in session.scalars(select(Inspector)):
            inspector.name = inspector.local_name = inspector.team = inspector.home_address = text
            inspector.phone = text
        for order in session.scalars(select(Order)):
            order.product = order.description = text
        for request in session.scalars(select(Request)):
            request.note = text
        for left in session.scalars(select(Unassigned)):
            left.reasons = [{"code": "x", "text": text, "lift": text}]
        session.commit()


def check_workbook(path: Path, text: str) -> None:
    """No cell is a formula or a link, and the text is there."""
    book = openpyxl.load_workbook(path, rich_text=True)
    found = False
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (page.title, cell.coordinate, cell.value)
                assert cell.hyperlink is None
                found = found or text.strip() in str(cell.value)
    assert found


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    with sqlite_template.new_store(tmp_path_factory.mktemp("spoiled")) as store:
        found_company(store)
        yield store


TEXTS = st.builds(
    lambda head, tail: head + tail,
    st.sampled_from((*DANGEROUS, "'=", " =", "http://", "mailto:", "{=", "file:///", "internal:", "&")),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
)


@given(text=TEXTS)
@settings(max_examples=scaled(100))
def test_no_text_becomes_a_formula_or_a_link(
    spoiled: Store, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("text")
    spoil(spoiled, text)
    export_plan_workbook(spoiled, "P1", folder / "plan.xlsx")
    check_workbook(folder / "plan.xlsx", text)
    write_records(spoiled, folder / "records.xlsx")
    check_workbook(folder / "records.xlsx", text)
    export_plan_csv(spoiled, "P1", folder / "plan.csv")
    write_records(spoiled, folder / "clients.csv", kinds=["Clients"])
    for name in ("plan.csv", "clients.csv"):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.lstrip(" '").startswith(DANGEROUS) and cell[0] != "'"]


@pytest.mark.parametrize("text", ["a\x0bb", "line\nbreak", "x" * 40_000, "\u202eright to left", "emoji \U0001f600"])
def test_odd_text_does_not_spoil_the_workbook(spoiled: Store, tmp_path: Path, text: str) -> None:
    spoil(spoiled, text)
    export_plan_workbook(spoiled, "P1", tmp_path / "plan.xlsx")
    assert openpyxl.load_workbook(tmp_path / "plan.xlsx")["Visits"].max_row == 6


def test_names_take_the_lines_that_they_need() -> None:
    assert lines_of("Short") == 1
    assert lines_of("Dongcheng Punctual Seesaw Electronics Co., Ltd.") == 2
    assert lines_of("东城街道准时跷跷板电子有限公司") == 2


# -- a plan that the solver made ---------------------------------------------------------------------------------------


@needs_shared
def test_the_pair_of_a_solved_week_is_judged_without_a_broken_rule(sqlite_store: Store, tmp_path: Path) -> None:
    make_sample(sqlite_store, inspectors=8, requests=16, seed=3, first_day=MONDAY, clock=FixedClock(NOW))
    desk = Desk(sqlite_store, FixedClock(NOW), "Lan")
    made = plan_week(desk, settings_for(sqlite_store, MONDAY), Params(seed=1, time_limit=2))
    export_pair(sqlite_store, made.code, tmp_path / "problem.json", tmp_path / "plan.json")
    problem, plan = load_problem(tmp_path / "problem.json"), load_plan(tmp_path / "plan.json")
    assert len(plan.assignments) + len(plan.unassigned) == len(problem.requests)
    judge = [sys.executable, str(SHARED / "tools" / "check_plan.py"), str(tmp_path / "problem.json")]
    said = subprocess.run(
        [*judge, str(tmp_path / "plan.json")], capture_output=True, text=True, check=False, timeout=60
    )
    assert "0 broken" in said.stdout, said.stdout + said.stderr
    export_plan_workbook(sqlite_store, made.code, tmp_path / "plan.xlsx")
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Visits"]
    assert page.max_row - 1 == made.assigned
    with sqlite_store.session() as session:
        assert len(session.scalars(select(Visit)).all()) == made.assigned
