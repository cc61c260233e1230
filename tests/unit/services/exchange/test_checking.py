"""Every reason for which a row is refused, told by row, column and value; what is new, changed and as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from desktop.services import commands
from desktop.services.exchange import Fault, check_file
from desktop.store.engine import Store
from tests.helpers.company import desk_of, found_company
from tests.helpers.stores import SqliteTemplate
from tests.unit.services.exchange.tables import GOOD, check_rows


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Store]:
    """A company that these tests only look at."""
    with sqlite_template.new_store(tmp_path_factory.mktemp("company")) as store:
        found_company(store)
        yield store


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_row_of_each_kind_is_new(company: Store, tmp_path: Path, kind: str) -> None:
    report = check_rows(company, tmp_path, kind, GOOD[kind])
    assert report.faults == ()
    assert (report.new, report.changed, report.unchanged, report.bad) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "spoiled", "column", "reason"),
    [
        ("Clients", {"Code": ""}, "Code", "is blank"),
        ("Clients", {"Code": "-"}, "Code", "stands for nothing, where something must stand"),
        ("Clients", {"Name": ""}, "Name", "is blank"),
        ("Clients", {"E-mail": "ann"}, "E-mail", "is no e-mail address"),
        ("Production windows", {"From %": "60"}, "To %", "is not above the percentage it starts from"),
        ("Production windows", {"Client": "C404"}, "Client", "is the code of no client"),
        ("Factories", {"Latitude": "23.1"}, "Longitude", "is blank beside the other coordinate"),
        ("Factories", {"Latitude": "113.2", "Longitude": "23.1"}, "Latitude", "is not from -90 to 90"),
        ("Factories", {"Precision": "somewhere"}, "Precision", "is none of address, town"),
        ("Factories", {"Country": "TR"}, "Time zone", "is blank, and TR has no single one"),
        ("Factories", {"Time zone": "Asia/Atlantis"}, "Time zone", "is not a time zone"),
        ("Factory closures", {"Last day": "2027-01-01"}, "Last day", "lies before the first day"),
        ("Orders", {"Quantity": "0"}, "Quantity", "is not 1 or more"),
        ("Orders", {"Pieces a day": "0"}, "Pieces a day", "or more"),
        (
            "Orders",
            {"Production start": "2026-12-02", "Ready date": "2026-12-01"},
            "Ready date",
            "lies before the production start, 2026-12-02",
        ),
        ("Progress", {"Made %": "110"}, "Made %", "is not from 0 to 100"),
        ("Progress", {"Packed %": "40"}, "Packed %", "is more than is made, 30 %"),
        ("Progress", {"Order": "O404"}, "Order", "is the code of no order"),
        ("Calendar", {"Kind": "party"}, "Kind", "is none of holiday, make-up"),
        ("Inspectors", {"Day costs (USD)": "1;1;1;1;1;1;1;1"}, "Day costs (USD)", "or more than a week has"),
        ("Inspectors", {"Day costs (USD)": "none"}, "Day costs (USD)", "names no day"),
        ("Inspectors", {"Day costs (USD)": "60; -1"}, "Day costs (USD)", "has an amount below 0"),
        ("Inspectors", {"Most days in a row": "0"}, "Most days in a row", "is not 1 or more"),
        ("Inspectors", {"Latitude": ""}, "Latitude", "is blank"),
        ("Absences", {"To": "2026-11-30"}, "To", "lies before the first day"),
        ("Absences", {"Inspector": "I404"}, "Inspector", "is the code of no inspector"),
        ("Day exceptions", {"Premium (USD)": "-1"}, "Premium (USD)", "is below 0.00"),
        ("Positions", {"From": "2026-11-30 afternoon"}, "Latitude", "is blank, while others of From"),
        ("Past visits", {"Factory": "F404"}, "Factory", "is the code of no factory"),
        ("Bookings", {"Service": "DUPR0"}, "Service", "is a service that nobody on the roster offers"),
        ("Bookings", {"Latest": ""}, "Latest", "is blank beside the other end of the window"),
        ("Bookings", {"Latest": "2026-11-30"}, "Latest", "lies before the earliest day, 2026-12-01"),
        ("Bookings", {"Due": "2026-11-30"}, "Due", "lies before the earliest day, 2026-12-01"),
        ("Bookings", {"Lead languages": "en"}, "Lead level", "is blank, while the lead's languages"),
        ("Bookings", {"Order": "O2"}, "Client", "is not the client of its order O2, C2"),
        ("Bookings", {"Order": "O2", "Client": "C2"}, "Factory", "is not the factory of its order O2, F2"),
        ("Bookings", {"Status": "lost"}, "Status", "is none of new, ready"),
        ("Bookings", {"Excluded inspectors": "I1; I404"}, "Excluded inspectors", "is the code of no inspector"),
        ("Bookings", {"Affinities (USD)": "I404 5"}, "Affinities (USD)", "is the code of no inspector"),
        ("Bookings", {"Pinned way": "1"}, "Pinned way", "is given for a booking that is not pinned"),
        ("Bookings", {"Pinned": "yes", "Pinned way": "2"}, "Pinned way", "is not the number of a way: there are 1"),
        (
            "Bookings",
            {"Pinned": "yes", "Pinned way": "1", "Pinned inspectors": "I1; I2"},
            "Pinned inspectors",
            "names 2, and the pinned way takes 1",
        ),
        (
            "Bookings",
            {"Pinned": "yes", "Waived rules": "window"},
            "Waived rules",
            "waives rules of a pin that leaves something open",
        ),
        ("Bookings", {"Pinned": "yes", "Waived rules": "gravity"}, "Waived rules", "is none of window, site"),
        (
            "Bookings",
            {"Pinned": "yes", "Pinned inspectors": "I1", "Excluded inspectors": "I1"},
            "Excluded inspectors",
            "names I1, who is pinned",
        ),
    ],
)
def test_a_faulty_row_is_refused(
    company: Store, tmp_path: Path, *, kind: str, spoiled: dict[str, str], column: str, reason: str
) -> None:
    report = check_rows(company, tmp_path, kind, GOOD[kind] | spoiled)
    assert (report.new, report.bad) == (0, 1)
    assert report.command is None
    found = [fault for fault in report.faults if fault.column == column and reason in fault.reason]
    assert len(found) == 1, [fault.text for fault in report.faults]
    assert found[0].row == 2
    assert found[0].remedy
    assert found[0].text.startswith(f"rows.csv row 2: {column}")


def test_a_fault_quotes_the_value_as_it_stands() -> None:
    fault = Fault("Bookings", 17, "Latest", "2026-02-30", "is a day that no calendar has", "Write another")
    assert fault.text == 'Bookings row 17: Latest "2026-02-30" is a day that no calendar has. Write another.'


def test_all_faults_of_a_row_are_named_at_once(company: Store, tmp_path: Path) -> None:
    spoiled = GOOD["Bookings"] | {"Level": "9", "Client": "C404", "Latest": "03/04/2026"}
    report = check_rows(company, tmp_path, "Bookings", spoiled)
    assert {fault.column for fault in report.faults} == {"Level", "Client", "Latest"}


def test_a_mistyped_code_comes_with_a_guess(company: Store, tmp_path: Path) -> None:
    report = check_rows(company, tmp_path, "Bookings", GOOD["Bookings"] | {"Factory": "f1"})
    assert report.faults[0].remedy.startswith("Maybe F1")


def test_a_code_that_stands_twice_is_a_fault_of_both_rows(company: Store, tmp_path: Path) -> None:
    report = check_rows(company, tmp_path, "Clients", GOOD["Clients"], {"Code": "C8", "Name": "x"}, GOOD["Clients"])
    assert [(fault.row, fault.reason) for fault in report.faults] == [
        (2, "stands in row 4 too"),
        (4, "stands in row 2 too"),
    ]
    assert report.new == 1


def test_a_record_said_twice_counts_twice_where_that_has_a_meaning(company: Store, tmp_path: Path) -> None:
    report = check_rows(company, tmp_path, "Past visits", GOOD["Past visits"], GOOD["Past visits"])
    assert (report.new, report.bad) == (2, 0)
    assert "row 3 says the same as row 2" in report.warnings[0]


def test_a_row_that_refers_to_a_faulty_row_is_faulty_too(company: Store, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "two.xlsx"))
    for kind, row in (("Bookings", GOOD["Bookings"] | {"Factory": "F9"}), ("Factories", GOOD["Factories"])):
        page = book.add_worksheet(kind)
        page.write_row(0, 0, row.keys())
        page.write_row(1, 0, (row | ({"Area": ""} if kind == "Factories" else {})).values())
    book.close()
    report = check_file(desk_of(company), tmp_path / "two.xlsx")
    assert [(fault.sheet, fault.column, fault.reason) for fault in report.faults] == [
        ("Bookings", "Factory", "stands in this file under Factories, in a row with faults"),
        ("Factories", "Area", "is blank"),
    ]


def test_known_records_are_changed_only_where_the_file_differs(company: Store, tmp_path: Path) -> None:
    report = check_rows(
        company,
        tmp_path,
        "Clients",
        {"Code": "C1", "Name": "Client 1", "Country": ""},
        {"Code": "C2", "Name": "Renamed", "Country": ""},
        {"Code": "C3", "Name": "", "Country": "-"},
    )
    assert (report.new, report.changed, report.unchanged, report.bad) == (0, 2, 1, 0)
    assert report.command is not None
    assert report.command.rows == {"client": ({"name": "Renamed", "code": "C2"}, {"country": "", "code": "C3"})}


def test_a_new_record_needs_its_columns_and_a_known_one_does_not(company: Store, tmp_path: Path) -> None:
    report = check_rows(company, tmp_path, "Bookings", {"Code": "R1", "Level": "3"}, {"Code": "R77", "Level": "3"})
    assert {fault.column for fault in report.faults} == {"Client", "Factory", "Service", "Skill"}
    assert {fault.row for fault in report.faults} == {3}
    assert report.changed == 1


def test_client_and_factory_of_a_booking_follow_from_its_order(company: Store, tmp_path: Path) -> None:
    row = GOOD["Bookings"] | {"Client": "", "Factory": "", "Order": "O2"}
    report = check_rows(company, tmp_path, "Bookings", row)
    assert report.command is not None
    stored = report.command.rows["request"][0]
    assert (stored["client"], stored["factory"]) == ("C2", "F2")


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-20 09:00", "2026-11-20 01:00"),
        ("2026-11-20 09:00 UTC", "2026-11-20 09:00"),
        ("2026-11-20", "2026-11-19 16:00"),
    ],
)
def test_times_are_of_the_factory_unless_a_zone_is_written(
    company: Store, tmp_path: Path, written: str, utc: str
) -> None:
    report = check_rows(company, tmp_path, "Bookings", GOOD["Bookings"] | {"Booked at": written})
    assert report.command is not None
    booked = report.command.rows["request"][0]["requested_at"]
    assert f"{booked.astimezone(dt.UTC):%Y-%m-%d %H:%M}" == utc


def test_words_that_nobody_uses_are_warned_of(company: Store, tmp_path: Path) -> None:
    row = GOOD["Bookings"] | {"Skill": "garnment", "Languages": "fr"}
    warnings = check_rows(company, tmp_path, "Bookings", row).warnings
    assert any('the skill "garnment", which 1 row (R99) names' in warning for warning in warnings)
    assert any('the language "fr"' in warning for warning in warnings)


class TestBookingsThatAreKnown:
    """What may change of a booking depends on how far it is."""

    def change(self, store: Store, folder: Path, **cells: str) -> tuple[list[str], dict[str, object]]:
        row = {header.replace("_", " "): cell for header, cell in cells.items()}
        report = check_rows(store, folder, "Bookings", {"Code": "R1"} | row)
        changed = dict(report.command.rows["request"][0]) if report.command else {}
        return [fault.reason for fault in report.faults], changed

    def test_a_cancelled_one_stays_as_it_is(self, sqlite_store: Store, tmp_path: Path) -> None:
        company = sqlite_store
        found_company(company)
        desk_of(company).handle(commands.CancelRequest("R1"))
        assert self.change(company, tmp_path, Level="5")[0] == ["cannot change: the booking is cancelled"]
        assert self.change(company, tmp_path, Note="gone")[0] == []
        faults, changed = self.change(company, tmp_path, Level="5", Status="ready")
        assert faults == []
        assert (changed["status"], changed["level"]) == ("ready", 5)

    def test_nobody_sets_done_by_hand(self, company: Store, tmp_path: Path) -> None:
        assert self.change(company, tmp_path, Status="done")[0] == [
            "is not set by hand: the result of the visit sets it"
        ]

    def test_only_publishing_publishes(self, company: Store, tmp_path: Path) -> None:
        assert self.change(company, tmp_path, Status="published") == ([], {})

    def test_a_way_that_a_plan_uses_cannot_go(self, company: Store, tmp_path: Path) -> None:
        faults, _ = self.change(company, tmp_path, Ways="7 people 7 days")
        assert faults
        assert "as it stands in a plan" in faults[0]
