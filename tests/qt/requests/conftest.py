"""The page of requests in a window, on the small planned company with three requests in its inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.preferences import Preferences
from desktop.services.bus import Desk
from desktop.services.commands import AddRequest
from desktop.services.requests.cards import read_choices
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.requests.page import RequestsPage
from scheduler.problem import Mode
from tests.helpers.office import MONDAY, NOW, office_on
from tests.helpers.windows import settle


def new_request(store: Store, code: str) -> AddRequest:
    choices = read_choices(store)
    return AddRequest(
        code,
        next(iter(choices.clients)),
        next(iter(choices.factories)),
        "PSI",
        "garment",
        1,
        (Mode(1, 2),),
        earliest=MONDAY,
        latest=MONDAY + dt.timedelta(days=4),
        status="new",
        requested_at=NOW - dt.timedelta(hours=5),
    )


@pytest.fixture
def preferences() -> Preferences:
    return Preferences()


@pytest.fixture
def office(
    company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot, preferences: Preferences
) -> Iterator[Office]:
    """The window, with its list read."""
    first = new_request(company_store, "N1")
    Desk(company_store, FixedClock(NOW), "post").handle_all(
        [
            first,
            replace(first, code="N2", service="DUPRO", earliest=NOW.date()),
            replace(first, code="N3", note="Ask for 王小姐"),
        ],
        "Three requests came in",
    )
    with company_store.session(write=True) as session:  # the clocks of two run, though they name no order
        session.execute(text("UPDATE request SET complete_at = requested_at WHERE code IN ('N1', 'N2')"))
        session.commit()
    with office_on(company_store, qapp, look, pages=(RequestsPage,), preferences=preferences) as made:
        made.window.resize(1600, 1000)
        made.open()
        qtbot.waitExposed(made.window)
        settle(made)
        yield made


@pytest.fixture
def page(office: Office) -> RequestsPage:
    shown = office.window.page
    assert isinstance(shown, RequestsPage)
    return shown


@pytest.fixture
def colleague(company_store: Store) -> Desk:
    """Somebody else on the same database."""
    return Desk(company_store, FixedClock(NOW), "Li Na")
