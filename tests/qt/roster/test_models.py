"""The roster's item models: as Qt wants them, and what their cells say."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.itemmodels.record_history import RecordHistoryModel
from desktop.itemmodels.roster_parts import PartsTableModel
from desktop.itemmodels.roster_table import ROW, SHOWN, TOKEN, RosterTableModel, skill_signs
from desktop.services.history import FieldChange, HistoryEntry, RowChange
from desktop.services.roster.filter import RosterFilter, RosterIndex
from desktop.services.roster.listing import AbsenceSpan, Credential, InspectorRow, Skill

TODAY = dt.date(2026, 11, 27)
ENDED, SOON, LATER = (Credential(f"c{days}", TODAY + dt.timedelta(days), days) for days in (-1, 12, 90))


def person(code: str, **values: object) -> InspectorRow:
    plain: dict[str, object] = {
        "code": code,
        "name": f"Inspector {code}",
        "local_name": "梁雨婷",
        "team": "South",
        "home_town": "Dongguan",
        "home_address": "东莞市",
        "country": "CN",
        "services": ("PSI",),
        "skills": (Skill("garment", 4), Skill("toys", 2)),
        "languages": ("zh", "en"),
        "certificates": (),
        "permits": (Credential("广东省", None, None),),
        "worked": 5,
        "available": 10,
        "absences": (),
        "absent_today": None,
        "active": True,
        "version": 1,
    }
    return InspectorRow(**(plain | values))  # type: ignore[arg-type]


def listed(*rows: InspectorRow) -> RosterIndex:
    return RosterIndex(rows)


@pytest.fixture
def model(qapp: object) -> RosterTableModel:
    made = RosterTableModel()
    made.show_index(listed(person("I1"), person("I2", worked=9), person("I3", active=False)))
    return made


def cell(model: RosterTableModel, row: int, column: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.data(model.index(row, SHOWN.index(column)), role)


def test_they_are_models_as_qt_wants_them(qtmodeltester: ModelTester, model: RosterTableModel) -> None:
    qtmodeltester.check(model, force_py=True)
    parts = PartsTableModel(("Certificate", "Valid until"))
    parts.show_parts((ENDED, LATER))
    qtmodeltester.check(parts, force_py=True)
    changes = RecordHistoryModel()
    changes.show_entries((entry(),))
    qtmodeltester.check(changes, force_py=True)


def test_a_row_says_who_and_what(model: RosterTableModel) -> None:
    told = {column: cell(model, 0, column) for column in SHOWN}
    assert told == {
        "name": "Inspector I1 梁雨婷",
        "code": "I1",
        "team": "South",
        "home": "Dongguan",
        "skills": "garment 4, toys 2",
        "services": "PSI",
        "languages": "zh, en",
        "certificates": "",
        "permits": "1",
        "load": "50 %",
        "absence": "",
    }
    assert cell(model, 0, "load", Qt.ItemDataRole.ToolTipRole) == "5 of 10 half-days"
    found = cell(model, 0, "name", ROW)
    assert isinstance(found, InspectorRow)
    assert found.code == "I1"


@pytest.mark.parametrize(
    ("held", "token"), [((ENDED, LATER), "bad"), ((SOON, LATER), "warn"), ((LATER,), ""), ((), "")]
)
def test_what_ends_is_read_in_its_colour(qapp: object, held: tuple[Credential, ...], token: str) -> None:
    made = RosterTableModel()
    made.show_index(listed(person("I1", certificates=held)))
    assert cell(made, 0, "certificates", TOKEN) == token


def test_an_absence_today_is_marked(qapp: object) -> None:
    made = RosterTableModel()
    slot = 2 * TODAY.toordinal()
    made.show_index(listed(person("I1", absent_today=AbsenceSpan(3, 1, slot, slot + 1, "leave", ""))))
    assert (cell(made, 0, "absence"), cell(made, 0, "absence", TOKEN)) == ("today", "warn")
    assert cell(made, 0, "absence", Qt.ItemDataRole.ToolTipRole) == "leave: Fri 27 Nov 2026"


def test_sorting_keeps_who_is_selected(model: RosterTableModel, qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.selectionModel().setCurrentIndex(model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.sort(SHOWN.index("load"), Qt.SortOrder.DescendingOrder)
    assert [row.code for row in model.shown_rows] == ["I2", "I1"]
    assert view.currentIndex().row() == 1


def test_who_has_left_is_shown_when_asked_for(model: RosterTableModel) -> None:
    assert (model.total, model.rowCount()) == (2, 2)
    model.show_matching(RosterFilter(inactive=True))
    assert (model.total, model.rowCount(), model.row_of("I3")) == (3, 3, 2)
    assert cell(model, 2, "absence") == "has left"


def test_only_rows_that_differ_are_told_of(model: RosterTableModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged) as told, qtbot.assertNotEmitted(model.modelReset):
        model.show_index(listed(person("I1"), person("I2", worked=10), person("I3", active=False)))
    assert told.args is not None
    assert (told.args[0].row(), told.args[1].row()) == (1, 1)


def test_every_skill_has_a_sign_of_its_own() -> None:
    names = ("food-contact", "footwear", "furniture", "garment", "toys", "textile", "hardware", "handbags", "f")
    signs = skill_signs(names)
    assert len(set(signs.values())) == len(names)
    assert (signs["garment"], signs["food-contact"]) == ("Ga", "Fc")


def entry() -> HistoryEntry:
    change = RowChange("inspector", "I1", "update", (FieldChange("team", "North", "South"),))
    return HistoryEntry(
        7, dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC), "Lan", "Edit I1: team South", "step", (change,), 3, None
    )


def test_a_change_tells_what_it_changed(qapp: object) -> None:
    changes = RecordHistoryModel()
    changes.show_entries((entry(),))
    *lines, rest = changes.details(entry()).split("\n")
    assert lines == ["Edit I1: team South", "Lan, Fri 27 Nov 2026 at 09:00 UTC", "I1: team North → South"]
    assert rest.startswith("and 2 more record")  # its plural is the translation's
    assert str(changes.data(changes.index(0, 2))).startswith("27 Nov ")
