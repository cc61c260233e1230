"""What is looked at: each page of the window in the states in which people see it, on the sample company."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from desktop.app import PAGES, Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import PublishPlan, RecordAbsence
from desktop.services.planning.reading import list_plans, plan_view
from desktop.services.planning.week import settings_for
from desktop.services.repair.proposing import RepairSettings
from desktop.views.board.page import BoardPage
from desktop.views.board.surface import BoardSurface
from desktop.views.crash import CrashDialog
from desktop.views.look import Look, ThemeChoice
from desktop.views.places.opening import open_places
from desktop.views.reports.page import ReportsPage
from desktop.views.requests.page import RequestsPage
from desktop.views.requests.quote_tab import QuoteTab
from desktop.views.roster.page import RosterPage
from desktop.views.start.window import StartWindow
from desktop.views.urgent.page import UrgentPage
from desktop.views.visits.page import VisitsPage
from scheduler.params import Params
from tests.helpers.board_hands import BoardHands
from tests.helpers.office import MONDAY, NOW, PlannedCompany, office_on
from tests.helpers.windows import button, click, open_up, press, settle, type_text, work

SIZES = ((1280, 800), (1600, 1000), (2560, 1440))
PEOPLE, REQUESTS, WEEKS = 60, 200, 1
LONGEST_SECONDS = 60.0
REPORT = "DUPRO Desk 0.1.0\nTraceback (most recent call last):\n  ...\nValueError: an example of a report"


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the program.

    Attributes:
        name: as its pictures are called.
        prepare: brings a window at rest into that state and gives the widget to look at.
    """

    name: str
    prepare: Callable[[Office], QWidget]


def page(name: str) -> Callable[[Office], QWidget]:
    """A page as it is when it is opened."""

    def show(office: Office) -> QWidget:
        office.window.show_page(name)
        settle(office)
        return office.window

    return show


def request_form(office: Office) -> QWidget:
    """The request that stands first, beside the list."""
    return _first_row_of(office, "requests")


def request_tab(title: str) -> Callable[[Office], QWidget]:
    """A tab of the panel, on a DUPRO with an order."""

    def show(office: Office) -> QWidget:
        window = request_form(office)
        shown = office.window.page
        assert isinstance(shown, RequestsPage)
        known = shown.list.loader.index.open_ones()
        shown.list.show_code(min(row.code for row in known if row.service == "DUPRO" and row.order))
        settle(office)
        click(button(shown.panel, title))
        settle(office)
        tab = shown.panel.current_tab
        if isinstance(tab, QuoteTab):
            _until(lambda: not tab.search.is_seeking)
            settle(office)
        return window

    return show


def person(office: Office) -> QWidget:
    """The person who stands first, beside the list."""
    return _first_row_of(office, "roster")


def _first_row_of(office: Office, name: str) -> QWidget:
    window = page(name)(office)
    table = next(found for found in window.findChildren(QTableView) if found.isVisible() and found.model().rowCount())
    table.setFocus()
    table.selectRow(0)
    settle(office)
    return window


def person_calendar(office: Office) -> QWidget:
    """His calendar."""
    window = person(office)
    shown = office.window.page
    assert isinstance(shown, RosterPage)
    shown.panel.tabs.setCurrentIndex(2)
    settle(office)
    return window


def board(office: Office) -> tuple[BoardPage, BoardHands]:
    """The board at rest."""
    page("board")(office)
    shown = office.window.page
    assert isinstance(shown, BoardPage)
    _until(lambda: shown.shown.is_settled)
    return shown, BoardHands(shown)


def board_selected(office: Office) -> QWidget:
    """A visit looked at: who else could go, and what that would cost."""
    shown, hands = board(office)
    shown.show_request(hands.target("ok")[0])
    settle(office)
    return office.window


def board_drag(office: Office) -> QWidget:
    """A visit carried over another person's day."""
    shown, hands = board(office)
    request, _ = hands.target("ok")
    shown.show_request(request)
    settle(office)
    request, target = hands.target("ok")
    hands.carry(hands.take(request), target)
    return office.window


def reports_list(office: Office) -> QWidget:
    """The visits behind a figure of cost, beside the cards."""
    window = page("reports")(office)
    shown = office.window.page
    assert isinstance(shown, ReportsPage)
    shown.show_tab("cost")
    settle(office)
    card = shown.tab.card("cost_services")
    card.turn(as_rows=True)
    assert card.table is not None
    card.opened.emit((card.table, 0, "cost"))
    settle(office)
    return window


def urgent_ranked(office: Office) -> QWidget:
    """An urgent booking at the factory where most can go."""
    window = page("urgent")(office)
    shown = office.window.page
    assert isinstance(shown, UrgentPage)
    entry = shown.panel.fields.factory
    for name in ("Haishu", "Houjie"):
        press("Ctrl+A", entry)
        type_text(name, entry)
        settle(office)
        if entry.is_open:
            press("Return", entry.popup)
        _until(lambda: shown.is_settled)
        settle(office)
        if len(shown.shown) > 1:
            break
    return window


def visits_actions(office: Office) -> QWidget:
    """What is done about defects, across visits."""
    window = page("visits")(office)
    shown = office.window.page
    assert isinstance(shown, VisitsPage)
    shown.show_tab("actions")
    settle(office)
    return window


def plan_running(office: Office) -> QWidget:
    """A plan that is being made."""
    window = page("plans")(office)
    office.plan_runs.start(settings_for(office.store, MONDAY), Params(seed=1, time_limit=LONGEST_SECONDS))
    _until(lambda: office.plan_runs.state is not None and len(office.plan_runs.state.history) > 1)
    return window


def plan_review(office: Office) -> QWidget:
    """A plan that waits to be accepted."""
    window = page("plans")(office)
    office.plan_runs.start(settings_for(office.store, MONDAY), Params(seed=2, iteration_limit=400))
    _until(lambda: not office.plan_runs.is_running)
    settle(office)
    return window


def _something_broke(office: Office) -> None:
    """The week is published, and the one who comes first is ill."""
    desk = Desk(office.store, FixedClock(NOW), "planner")
    plan = next(row for row in list_plans(office.store) if row.status == "draft")
    desk.handle(PublishPlan(plan.code))
    first = min(plan_view(office.store, plan.code).visits, key=lambda visit: (visit.first_slot, visit.request))
    desk.handle(RecordAbsence(first.inspectors[0].code, first.first_slot, first.first_slot + 3, "sickness"))
    office.window.refresh()


def repair_review(office: Office) -> QWidget:
    """A repair that waits to be accepted, whole or in part."""
    _something_broke(office)
    window = page("plans")(office)
    office.plan_runs.start_repair(RepairSettings(first_day=MONDAY, seconds=1.0))
    _until(lambda: not office.plan_runs.is_running)
    settle(office)
    return window


def command(action_id: str, typed: str = "") -> Callable[[Office], QWidget]:
    """What a command opens."""

    def open_it(office: Office) -> QWidget:
        before = set(QApplication.topLevelWidgets())
        office.window.context.actions.action(action_id).trigger()
        settle(office)
        if typed:
            type_text(typed)
            settle(office)
        dialogs = [found for found in QApplication.topLevelWidgets() if found.isVisible() and found not in before]
        return dialogs[0] if dialogs else office.window

    return open_it


def places(office: Office) -> QWidget:
    """Where factories are, asked on a map."""
    window = page("requests")(office)
    dialog = open_places(office.window.context, window)
    _until(lambda: not dialog.finder.is_comparing)
    settle(office)
    return dialog


def start(office: Office) -> QWidget:
    """What is shown before there is a database."""
    window = StartWindow(office.window.context.look, Path("Documents"))
    window.setParent(office.window, window.windowFlags())
    window.show_ways(["Documents/spring.db", "Documents/autumn.db"])
    window.resize(office.window.size())
    window.show()
    return window


def crash(office: Office) -> QWidget:
    """What is shown when the program has a fault."""
    dialog = CrashDialog(office.window.context.look, REPORT, Path("logs"))
    dialog.setParent(office.window, dialog.windowFlags())
    dialog.show()
    return dialog


def dress(look: Look, choice: ThemeChoice, shown: QWidget) -> None:
    """Look at a scene in a theme, wholly laid out and painted."""
    look.choose(choice)
    work(0.05)  # a style sheet is laid out in two rounds
    shown.grab()
    boards = [surface for surface in shown.findChildren(BoardSurface) if surface.isVisible()]
    _until(lambda: all(surface.is_finished for surface in boards))


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not done():
        assert time.monotonic() < end, "the scene does not come about"
        work(0.01)


SCENES: tuple[Scene, ...] = (
    *(Scene(kind.NAME, page(kind.NAME)) for kind in PAGES),
    Scene("requests-form", request_form),
    *(Scene(f"requests-{tab.lower()}", request_tab(tab)) for tab in ("Production", "Sampling", "Quote", "Papers")),
    Scene("places", places),
    Scene("board-selected", board_selected),
    Scene("board-drag", board_drag),
    Scene("urgent-ranked", urgent_ranked),
    Scene("roster-person", person),
    Scene("roster-calendar", person_calendar),
    Scene("plans-running", plan_running),
    Scene("plans-review", plan_review),
    Scene("plans-repair", repair_review),
    Scene("visits-actions", visits_actions),
    Scene("reports-list", reports_list),
    Scene("publish", command("dispatch.publish")),
    Scene("settings", command("tools.settings")),
    Scene("palette", command("tools.palette", "plan")),
    Scene("start", start),
    Scene("crash", crash),
)


@contextmanager
def staged(scene: Scene, company: PlannedCompany, folder: Path, look: Look, size: tuple[int, int]) -> Iterator[QWidget]:
    """A scene in a window of a size, on a copy of a company; gives what is to be looked at."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with company.copied(folder) as store, office_on(store, application, look) as office:
        office.window.resize(*size)
        open_up(office)
        shown = scene.prepare(office)
        work(0)
        yield shown
        press("Esc", office.window)


def picture(widget: QWidget) -> QPixmap:
    """A window with every menu that stands over it."""
    made = widget.grab()
    painter = QPainter(made)
    for other in QApplication.topLevelWidgets():
        if other is not widget and other.isVisible() and widget.isAncestorOf(other):
            painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - widget.mapToGlobal(QPoint(0, 0)), other.grab())
    painter.end()
    return made
