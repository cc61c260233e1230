"""A window with the page of urgent bookings alone, on the small planned company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.store.engine import Store
from desktop.views.feedback import Toast
from desktop.views.look import Look
from desktop.views.urgent.page import UrgentPage
from tests.helpers.office import office_on
from tests.helpers.windows import bring_forward, open_up, press, settle, type_text

WAIT_MS = 20_000


@dataclass
class Caller:
    """A dispatcher at the telephone."""

    office: Office
    page: UrgentPage
    store: Store
    qtbot: QtBot

    def ask(self, name: str) -> None:
        """Type the name of a factory, take the first that is offered, and wait for the whole answer."""
        entry = self.page.panel.fields.factory
        entry.setFocus()
        type_text(name, entry)
        if entry.is_open:
            press("Return", entry.popup)
            bring_forward(self.office.window)
        self.answered()

    def answered(self) -> None:
        """Wait until nothing more is to come."""
        self.qtbot.waitUntil(lambda: self.page.is_settled, timeout=WAIT_MS)
        settle(self.office, rounds=2)
        self.qtbot.waitUntil(lambda: self.page.is_settled, timeout=WAIT_MS)

    def toasts(self) -> list[Toast]:
        return self.office.window.findChildren(Toast)

    def colleague(self) -> Desk:
        """Somebody else on the same database."""
        return Desk(self.store, self.office.window.context.clock, "Tran Bich Ngoc")


@pytest.fixture
def caller(company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Caller]:
    with office_on(company_store, qapp, look, pages=(UrgentPage,)) as office:
        office.window.resize(1600, 1000)
        open_up(office)
        page = office.window.page
        assert isinstance(page, UrgentPage)
        yield Caller(office, page, company_store, qtbot)
