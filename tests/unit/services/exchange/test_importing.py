"""All rows of a file or none; one step that can be undone; what depends on a changed booking goes with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from desktop.errors import BadInputError, ConflictError
from desktop.models import Absence, Base, Change, Client, Factory, Inspector, PastVisit, Pin, Request, Visit
from desktop.models.halfday import morning
from desktop.services.exchange import FaultyRowsError, check_file, import_file, store_report
from desktop.store.engine import Store, open_store
from scheduler.problem import Mode
from tests.helpers.company import NOW, desk_of, found_company
from tests.unit.services.exchange.tables import GOOD, write_table


@pytest.fixture
def company(any_store: Store) -> Store:
    found_company(any_store)
    return any_store


def whole_workbook(path: Path) -> Path:
    """The good rows of every kind, those that refer to others before them."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for kind in reversed(list(GOOD)):
        page = book.add_worksheet(kind)
        page.write_row(0, 0, GOOD[kind].keys())
        page.write_row(1, 0, GOOD[kind].values())
    book.close()
    return path


def count(store: Store, model: type[Base]) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def request_of(store: Store, code: str) -> Request:
    with store.session() as session:
        found = session.scalars(select(Request).where(Request.code == code)).one()
        assert found.pin is None or found.pin.inspectors is not None  # loads what tests look at
        assert found.exclusions is not None
        return found


def test_a_workbook_of_every_kind_is_one_step(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    before = count(company, Change)
    outcome = import_file(desk, whole_workbook(tmp_path / "all.xlsx"))
    assert outcome.label.startswith("Import all.xlsx: 1 client, 1 production window")
    assert count(company, Change) == before + 1
    with company.session() as session:
        inspector = session.scalars(select(Inspector).where(Inspector.code == "I9")).one()
        assert [(row.skill, row.level) for row in inspector.skills] == [("garment", 4)]
        assert inspector.day_costs_cents == (6000, 6000)
        absence = session.scalars(select(Absence)).one()
        assert (absence.first_slot, absence.last_slot) == (
            morning(dt.date(2026, 12, 1)),
            morning(dt.date(2026, 12, 2)) + 1,
        )
        factory = session.scalars(select(Factory).where(Factory.code == "F9")).one()
        assert (factory.time_zone, factory.precision) == ("Asia/Shanghai", "none")
    request = request_of(company, "R99")
    assert (request.requested_at, request.status, request.modes) == (NOW, "ready", (Mode(1, 2),))
    desk.undo()
    assert count(company, PastVisit) == 0
    desk.redo()
    assert count(company, PastVisit) == 1


def test_one_faulty_row_keeps_the_whole_file_out(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "c.csv", GOOD["Clients"], {"Code": "C8"})
    before = count(company, Change)
    with pytest.raises(FaultyRowsError) as caught:
        import_file(desk_of(company), path, kind="Clients")
    assert caught.value.text.splitlines()[0] == "Nothing of c.csv was stored: 1 row has faults."
    assert "c.csv row 3: Name is blank" in caught.value.text
    assert caught.value.report.bad == 1
    assert (count(company, Client), count(company, Change)) == (3, before)


def test_the_good_rows_are_stored_when_that_is_confirmed(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "c.csv", GOOD["Clients"], {"Code": "C8"})
    outcome = import_file(desk_of(company), path, kind="Clients", skip_bad=True)
    assert outcome.messages == ("1 row with faults was left out.",)
    assert count(company, Client) == 4


def test_what_is_odd_is_said_with_the_outcome(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "r.csv", GOOD["Bookings"] | {"Skill": "garnment", "Mood": "happy"})
    messages = import_file(desk_of(company), path, kind="Bookings").messages
    assert [said for said in messages if '"Mood" of r.csv is not read' in said]
    assert [said for said in messages if 'the skill "garnment"' in said]


def test_a_file_database_is_backed_up_before_an_import(sqlite_store: Store, tmp_path: Path) -> None:
    desk = desk_of(sqlite_store)
    path = write_table(tmp_path / "c.csv", GOOD["Clients"])
    import_file(desk, path, kind="Clients")
    assert list(sqlite_store.backups.glob("*")) == []  # there was nothing to lose
    write_table(path, GOOD["Clients"] | {"Name": "Renamed"})
    import_file(desk, path, kind="Clients")
    (backup,) = sqlite_store.backups.glob("*import*.db")
    with open_store(str(backup)) as before, before.session() as session:
        assert session.scalars(select(Client.name)).one() == "Petit Example"


def test_a_file_with_nothing_but_faults_is_refused_all_the_same(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "c.csv", {"Code": "C8", "Name": ""})
    with pytest.raises(FaultyRowsError):
        import_file(desk_of(company), path, kind="Clients", skip_bad=True)


def test_a_file_without_rows_is_refused(company: Store, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("Code,Name\n# nobody,yet\n")
    with pytest.raises(BadInputError, match="has no rows below its headers"):
        import_file(desk_of(company), path, kind="Clients")


def test_importing_again_changes_nothing(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    path = whole_workbook(tmp_path / "all.xlsx")
    import_file(desk, path)
    before = count(company, Change)
    outcome = import_file(desk, path)
    assert (outcome.change_id, outcome.messages) == (None, ("Everything in it is known already.",))
    assert count(company, Change) == before


def test_only_what_a_file_says_is_changed(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "r.csv", {"Code": "R7", "Note": "call first", "Excluded inspectors": "I3; I1"})
    before = request_of(company, "R7")
    import_file(desk_of(company), path, kind="Bookings")
    after = request_of(company, "R7")
    assert (after.note, len(after.exclusions), after.version) == ("call first", 2, before.version + 1)
    assert (after.earliest, after.price_cents, after.modes) == (before.earliest, before.price_cents, before.modes)
    write_table(tmp_path / "r.csv", {"Code": "R7", "Note": "-", "Excluded inspectors": "I1"})
    import_file(desk_of(company), path, kind="Bookings")
    assert (request_of(company, "R7").note, len(request_of(company, "R7").exclusions)) == ("", 1)


def test_a_pin_comes_changes_and_goes(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    path = tmp_path / "r.csv"
    pinned = {"Code": "R3", "Pinned": "yes", "Pinned inspectors": "I2", "Pinned start": "2026-12-01", "Pinned way": "1"}
    write_table(path, pinned | {"Waived rules": "window; rotation", "Pin reason": "the client asks"})
    import_file(desk, path, kind="Bookings")
    pin = request_of(company, "R3").pin
    assert pin is not None
    assert (pin.start_slot, pin.mode, pin.waive, len(pin.inspectors)) == (
        morning(dt.date(2026, 12, 1)),
        0,
        ("window", "rotation"),
        1,
    )
    write_table(path, {"Code": "R3", "Pinned inspectors": "I4", "Pinned way": "-", "Waived rules": "-"})
    import_file(desk, path, kind="Bookings")
    pin = request_of(company, "R3").pin
    assert pin is not None
    assert (pin.mode, pin.waive, pin.reason) == (None, (), "the client asks")
    write_table(path, {"Code": "R3", "Pinned way": "2", "Pinned inspectors": "I4; I2"})
    import_file(desk, path, kind="Bookings")
    write_table(path, {"Code": "R3", "Ways": "1 person 2 days; 7 people 1 day"})
    with pytest.raises(FaultyRowsError, match="leaves out 2 people 1 day, which is pinned"):
        import_file(desk, path, kind="Bookings")
    write_table(path, {"Code": "R3", "Pinned": "no"})
    import_file(desk, path, kind="Bookings")
    assert request_of(company, "R3").pin is None
    assert count(company, Pin) == 0


def test_a_cancelled_booking_leaves_its_draft(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "r.csv", {"Code": "R1", "Status": "cancelled", "Note": "goods not ready"})
    visits = count(company, Visit)
    outcome = import_file(desk_of(company), path, kind="Bookings")
    assert "Its visit in the draft P1 is gone." in outcome.messages
    assert count(company, Visit) == visits - 1
    assert (request_of(company, "R1").status, request_of(company, "R1").note) == ("cancelled", "goods not ready")


def test_ways_in_another_order_keep_visits_at_theirs(company: Store, tmp_path: Path) -> None:
    path = write_table(tmp_path / "r.csv", {"Code": "R3", "Ways": "2 people 1 day; 1 person 2 days"})
    outcome = import_file(desk_of(company), path, kind="Bookings")
    request = request_of(company, "R3")
    assert request.modes == (Mode(2, 2), Mode(1, 4))
    with company.session() as session:
        assert session.scalars(select(Visit.mode).where(Visit.request_id == request.id)).one() == 1
    assert outcome.messages == ("1 changed booking in P1: check that the visits still fit.",)


def test_a_record_gone_since_the_check_is_a_conflict(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    import_file(desk, write_table(tmp_path / "c.csv", GOOD["Clients"]), kind="Clients")
    renamed = write_table(tmp_path / "d.csv", {"Code": "C9", "Contact": "Somebody"})
    report = check_file(desk, renamed, "Clients")
    booked = check_file(desk, write_table(tmp_path / "o.csv", GOOD["Orders"] | {"Client": "C9"}), "Orders")
    desk.undo()
    for stale in (report, booked):
        with pytest.raises(ConflictError):
            store_report(desk, stale)
    assert count(company, Client) == 3


def test_the_second_of_two_equal_absences_is_told_from_the_first(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    first = GOOD["Absences"] | {"Note": "first"}
    path = write_table(tmp_path / "a.csv", first, GOOD["Absences"] | {"Note": "second"})
    import_file(desk, path, kind="Absences")
    write_table(path, first, GOOD["Absences"] | {"Note": "other"})
    report = check_file(desk, path, "Absences")
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    store_report(desk, report)
    with company.session() as session:
        assert session.scalars(select(Absence.note).order_by(Absence.id)).all() == ["first", "other"]


def test_a_large_step_is_undone_as_one(sqlite_store: Store, tmp_path: Path) -> None:
    desk = desk_of(sqlite_store)
    rows = [{"Code": f"C{number}", "Name": "x"} for number in range(1500)]
    import_file(desk, write_table(tmp_path / "c.csv", *rows), kind="Clients")
    assert desk.undo_label() == "Import c.csv: 1,500 clients"
    desk.undo()
    assert count(sqlite_store, Client) == 0
