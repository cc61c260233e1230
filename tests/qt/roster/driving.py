"""The roster driven in tests: people chosen, fields overwritten, a colleague at work beside."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.itemmodels.roster_table import SHOWN
from desktop.services.bus import Desk
from desktop.services.roster.listing import InspectorRow, roster_list
from desktop.store.engine import Store
from desktop.views.roster.page import RosterPage
from tests.helpers.office import NOW
from tests.helpers.windows import click, settle, type_text

TODAY = NOW.date()
PEOPLE = 12
PLAIN = Qt.KeyboardModifier.NoModifier


def shown(page: RosterPage) -> list[str]:
    return [row.code for row in page.model.shown_rows]


def stored(store: Store, code: str) -> InspectorRow:
    return next(row for row in roster_list(store, TODAY).rows if row.code == code)


def row_place(page: RosterPage, row: int, column: str = "name") -> QPoint:
    return page.table.visualRect(page.model.index(row, SHOWN.index(column))).center()


def choose(
    office: Office, page: RosterPage, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> str:
    click(page.table.viewport(), row_place(page, row), modifiers)
    settle(office)
    return page.model.person(row).code


def line(page: RosterPage, field: str) -> QLineEdit:
    form = page.panel.person_form if field in page.panel.person_form.rows else page.panel.cost_form
    editor = form.rows[field].editor
    assert isinstance(editor, QLineEdit)
    return editor


def overwrite(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    type_text(text, editor)


def desk_of(store: Store, actor: str = "Tran Bich Ngoc") -> Desk:
    return Desk(store, FixedClock(NOW), actor)
