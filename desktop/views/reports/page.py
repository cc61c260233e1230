"""The page of reports: which weeks, which part of the firm, in which currency; a tab for each report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.clock import Clock, local_today
from desktop.errors import DomainError, StoreError
from desktop.jobs.db_runner import Committed
from desktop.services.planning.reading import Source
from desktop.services.reports.catalogue import CATALOGUE, Build
from desktop.services.reports.choices import Choice, read_choices
from desktop.services.reports.report import Report, Table
from desktop.services.reports.scope import DIMENSIONS, Scope
from desktop.services.reports.vocabulary import words
from desktop.services.trade.money import CURRENCIES, DOLLAR
from desktop.views.charts.drawing import read_ahead
from desktop.views.context import PageContext
from desktop.views.reports.export_sheet import Wish
from desktop.views.reports.filing import ReportFiling
from desktop.views.reports.filter_sheet import FilterSheet, Only
from desktop.views.reports.large_window import LargeWindow
from desktop.views.reports.means import AllMeans, MeansSheet
from desktop.views.reports.report_tab import ReportTab
from desktop.views.reports.trail import Trail
from desktop.views.reports.weeks import WeekChoice, WeeksSheet
from desktop.views.reports.wording import only_words, weeks_words, window_language
from desktop.views.reports.worth_tab import WorthTab
from desktop.views.widgets.page_bar import PageBar
from desktop.views.widgets.tabbed_page import TabbedPage

SETTLE_MS = 1500
"""How long after a change of data the figures are read again: plans are edited in bursts."""
MOST_FILTER = 28
"""Letters of a filter that its button says."""
ORDER = ("capacity", "people", "cost", "clients", "service", "suppliers", "forecast", "worth")
"""The tabs, as far as there are such reports; others follow."""
OF_REPORT = ("export", "excel", "pdf", "image", "print")
ELSEWHERE = {"visit": "visits", "board": "board", "request": "requests"}
FILES = {"excel": "xlsx", "pdf": "pdf", "image": "png"}


class ReportsPage(TabbedPage[ReportTab]):
    """Reports."""

    NAME: ClassVar[str] = "reports"
    ICON: ClassVar[str] = "chart-box"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.language = window_language(context.preferences)
        self.choice = WeekChoice()
        self.only: Only = {}
        self.currency = QComboBox(self)
        self._trails: dict[str, Trail] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._is_ahead = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._read_if_shown)
        self._make_bar()
        self.filing = ReportFiling(context, self, lambda: self.tab.message)
        self._connect()
        self.show_tab(next(iter(self.tabs)))

    def _make_bar(self) -> None:
        names = sorted(CATALOGUE, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
        titles = {name: self._tab_title(name) for name in names}
        bar = PageBar(self.context.look, self.title(), titles, "", self)
        actions = self.context.actions
        self.weeks_button = bar.add_tool(actions.action("reports.weeks"), "", "calendar")
        self.filter_button = bar.add_tool(actions.action("reports.filter"), self.tr("Whole firm"), "filter-outline")
        self.currency.addItems(CURRENCIES)
        self.currency.setAccessibleName(self.tr("Currency of the reports"))
        self.currency.setToolTip(self.tr("Each amount at the rate of its own day"))
        bar.add_widget(self.currency)
        self.export_button = bar.add_tool(actions.action("reports.export"), self.tr("Export…"), "export-variant")
        self.file_buttons: list[QPushButton] = [
            bar.add_tool(actions.action(f"reports.{name}"), text, icon)
            for name, text, icon in (
                ("excel", self.tr("Excel"), "file-excel"),
                ("pdf", self.tr("PDF"), "file-pdf-box"),
                ("image", self.tr("Image"), "file-image-outline"),
                ("print", self.tr("Print"), "printer"),
            )
        ]
        self.furnish(bar, {name: self._make_tab(name) for name in names})

    def _make_tab(self, name: str) -> ReportTab:
        kind = WorthTab if name == "worth" else ReportTab
        tab = kind(self.context, self.language, self)
        tab.means_asked.connect(self._on_means)
        tab.export_wanted.connect(self._on_table_export)
        tab.large_wanted.connect(partial(self._on_large, name))
        tab.cleared.connect(self.clear)
        tab.side.settled.connect(self.settle)
        tab.side.export_wanted.connect(self._on_list_export)
        trail = self._trails[name] = Trail(self.context, name, tab, self.language)
        trail.moved.connect(self.settle)
        return tab

    def title(self) -> str:
        """Its name."""
        return self.tr("Reports")

    def _tab_title(self, name: str) -> str:
        known = {
            "capacity": self.tr("Capacity"),
            "people": self.tr("People"),
            "cost": self.tr("Cost"),
            "clients": self.tr("Clients"),
            "service": self.tr("Service"),
            "suppliers": self.tr("Suppliers"),
            "forecast": self.tr("Forecast"),
            "worth": self.tr("One more"),
        }
        return known.get(name) or words(self.language).get(f"report.{name}", name)

    # -- the window ----------------------------------------------------------------------------------------------------

    def changed(self, _committed: Committed) -> None:
        """Every figure may be another: read again when all has settled, of what is not shown when it is."""
        for tab in self.tabs.values():
            tab.is_stale = True
        self.is_stale = True
        self._settling.start()

    def refresh(self) -> None:
        """Read everything again."""
        for tab in self.tabs.values():
            tab.is_stale = True
        super().refresh()

    def deactivate(self) -> None:
        """Another page is shown: nobody waits for what is being read."""
        self._settling.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room: one button for all files."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Every kind of file has a button of its own where there is room for all of them."""
        self._show_file_buttons(are_shown=True)
        if self.bar.room_wanted() > self.width():
            self._show_file_buttons(are_shown=False)

    def _show_file_buttons(self, *, are_shown: bool) -> None:
        self.export_button.setHidden(are_shown)
        for button in self.file_buttons:
            button.setVisible(are_shown)

    def state(self) -> dict[str, object]:
        """Weeks, filters, currency, and what the tabs keep."""
        only = {name: sorted(kept) for name, kept in self.only.items()}
        own = {"weeks": self.choice.to_json(), "only": only, "currency": self.currency.currentText()}
        return super().state() | own

    def restore(self, state: dict[str, object]) -> None:
        """The same again."""
        self.choice = WeekChoice.from_json(state.get("weeks"))
        only = state.get("only")
        if isinstance(only, dict):
            self.only = {
                str(name): frozenset(str(value) for value in kept)
                for name, kept in only.items()
                if name in DIMENSIONS and isinstance(kept, list) and kept
            }
        if state.get("currency") in CURRENCIES:
            self.currency.setCurrentText(str(state["currency"]))
        super().restore(state)
        self._say_scope()

    # -- of what they tell ---------------------------------------------------------------------------------------------

    def scope(self, name: str) -> Scope:
        """Of what a report tells now."""
        kind = CATALOGUE[name]
        first_day, weeks = self.choice.of(local_today(self.context.clock), kind.weeks, kind.ahead)
        only = tuple(sorted((dimension, kept) for dimension, kept in self.only.items()))
        return Scope(first_day, weeks, only, self.currency.currentText() or DOLLAR)

    def _say_scope(self) -> None:
        scope = self.scope(self.shown)
        self.weeks_button.setText(weeks_words(scope.first_day, scope.weeks, self.language))
        said = only_words(scope, self._names)
        short = said if len(said) <= MOST_FILTER else f"{said[: MOST_FILTER - 1]}\N{HORIZONTAL ELLIPSIS}"
        self.filter_button.setText(short.replace("&", "&&"))
        self.filter_button.setToolTip(said)
        self.filter_button.setProperty("role", "chip-accent" if scope.only else "")
        self.context.actions.enable("reports.clear", bool(scope.only))
        self._fit_bar()

    def _ask_for_weeks(self) -> None:
        scope = self.scope(self.shown)
        today = local_today(self.context.clock)
        sheet = WeeksSheet((scope.first_day, scope.weeks), self.choice, today, self)
        sheet.chosen.connect(self.show_weeks)
        sheet.popup(_below(self.weeks_button))

    def show_weeks(self, choice: WeekChoice) -> None:
        """Tell of other weeks."""
        self.choice = choice
        self._on_scope()

    def _ask_for_filter(self) -> None:
        self.context.readings.ask("report choices", _choices, self._show_filter, self.on_failure)

    def _show_filter(self, choices: Mapping[str, tuple[Choice, ...]]) -> None:
        self._names = {(name, one.value): one.name for name, values in choices.items() for one in values}
        sheet = FilterSheet(choices, self.only, self.language, self)
        sheet.edited.connect(self.narrow)
        sheet.popup(_below(self.filter_button))

    def narrow(self, only: Only) -> None:
        """Tell of a part of the firm."""
        self.only = dict(only)
        self._on_scope()

    def clear(self) -> None:
        """Tell of the whole firm."""
        self.narrow({})

    def _on_currency(self, _number: int) -> None:
        self._on_scope()

    def _on_scope(self) -> None:
        for trail in self._trails.values():
            trail.close()
        self._say_scope()
        self._read_if_shown()

    # -- reports -------------------------------------------------------------------------------------------------------

    def show_tab(self, name: str) -> None:
        """Look at a report; it is made if it has not been, or if it is not of what is asked for now."""
        super().show_tab(name)
        self._say_scope()
        if self.isVisible():
            self.read_all()

    def _read_if_shown(self) -> None:
        if self.isVisible():
            self.read_all()

    def read_all(self) -> None:
        """The report that is looked at, where it is not of what is asked for, or data have changed."""
        self.is_stale = False
        name, tab = self.shown, self.tab
        scope = self.scope(name)
        if not tab.is_stale and tab.asked == scope:
            return
        tab.show_reading(scope)
        self.settle()
        self.context.readings.drop(f"whole report {name}")
        build = partial(_build, CATALOGUE[name].at_once or CATALOGUE[name].build, scope)
        # each report by itself: one that is left before it has come holds up no other
        self.context.readings.ask(
            f"report {name}", build, partial(self._show_report, name), partial(self._on_no_report, name)
        )

    def _show_report(self, name: str, report: Report) -> None:
        self._read_ahead()
        self.tabs[name].show_report(report)
        self._trails[name].renew(report)
        self.settle()
        if report.is_partial:
            # by itself: other weeks that are asked for meanwhile do not wait for it
            self.context.readings.ask(
                f"whole report {name}",
                partial(_build, CATALOGUE[name].build, report.scope),
                partial(self._show_report, name),
                partial(self._on_no_report, name),
            )

    def _read_ahead(self) -> None:
        """While the first report is looked at, the weeks that the others tell of are read: cost reads most of them."""
        if not self._is_ahead:
            self._is_ahead = True
            build = partial(_build, CATALOGUE["cost"].build, self.scope("cost"))
            self.context.readings.ask("reports ahead", build, _leave, _leave)  # what it holds is what is wanted

    def _on_no_report(self, name: str, error: DomainError) -> None:
        if isinstance(error, StoreError):
            self.tabs[name].is_stale = True
            self.on_failure(error)
        else:
            self.tabs[name].show_error(error)
        self.settle()

    def settle(self) -> None:
        """Offer what can be done with what is shown."""
        enable, tab = self.context.actions.enable, self.tab
        is_whole = tab.report is not None and not tab.report.is_partial
        for name in OF_REPORT:
            enable(f"reports.{name}", is_whole and not self.filing.run.is_running)
        enable("reports.weeks", self.shown != "worth")  # studies are of one plan
        is_open = not tab.side.isHidden()
        enable("reports.panel", is_open)
        self.context.actions.show_state("reports.panel", is_open)
        enable("reports.visit", is_open and bool(tab.side.code))
        enable("reports.request", is_open and bool(tab.side.code))
        enable("reports.board", is_open and bool(tab.side.code or tab.side.person))

    # -- meanings, windows, files --------------------------------------------------------------------------------------

    def _on_means(self, asked: tuple[list[str], QPoint]) -> None:
        keys, place = asked
        sheet = MeansSheet(keys, self.language, self)
        sheet.all_wanted.connect(self._show_all_means)
        sheet.popup(place)

    def _ask_for_means(self) -> None:
        self.tab.ask_for_means()

    def _show_all_means(self) -> None:
        AllMeans(self.language, self).open()

    def _on_large(self, name: str, table: Table) -> None:
        report = self.tabs[name].report
        if report is not None:
            window = LargeWindow(self.context, report, table, self.language, self)
            # the report that it shows: the tab may tell of other weeks by then
            window.card.opened.connect(partial(self._on_opened_large, name, report))
            window.card.means_asked.connect(self._on_means)
            window.card.export_wanted.connect(partial(self._export_table, report))
            window.show()

    def _on_opened_large(self, name: str, report: Report, asked: tuple[Table, int, str]) -> None:
        self.show_tab(name)
        self._trails[name].begin(report, asked)

    def _on_table_export(self, asked: tuple[Table, str]) -> None:
        if self.tab.report is not None:
            self._export_table(self.tab.report, asked)

    def _export_table(self, report: Report, asked: tuple[Table, str]) -> None:
        table, ending = asked
        self.filing.ask_for_file(report, Wish(ending, self.language), table)

    def _on_list_export(self, report: Report) -> None:
        self.filing.ask_for_file(report, Wish("csv", self.language), report.tables[0])

    def _export(self) -> None:
        if self.tab.report is not None:
            self.filing.ask(self.tab.report, self.language)

    def _save(self, ending: str) -> None:
        if self.tab.report is not None:
            self.filing.ask_for_file(self.tab.report, Wish(ending, self.language))

    def _print(self) -> None:
        if self.tab.report is not None:
            self.filing.print(self.tab.report, self.language)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.currency.activated.connect(self._on_currency)
        self.filing.running_changed.connect(self._on_running)
        deeds: dict[str, Callable[[], object]] = {
            "weeks": self._ask_for_weeks,
            "filter": self._ask_for_filter,
            "clear": self.clear,
            "means": self._ask_for_means,
            "export": self._export,
            "print": self._print,
            "panel": self._close_list,
        }
        for name, page in ELSEWHERE.items():
            deeds[name] = partial(self._show_elsewhere, page)
        for name, ending in FILES.items():
            deeds[name] = partial(self._save, ending)
        for name, deed in deeds.items():
            self.on(name, deed)

    def _show_elsewhere(self, page: str) -> None:
        self._trails[self.shown].show_elsewhere(page)

    def _close_list(self) -> None:
        self._trails[self.shown].close()

    def _on_running(self, _is_running: bool) -> None:
        self.settle()


def _build(build: Build, scope: Scope, source: Source, clock: Clock) -> Report:
    report = build(source, scope, clock)
    read_ahead(report)
    return report


def _choices(source: Source, _clock: Clock) -> Mapping[str, tuple[Choice, ...]]:
    return read_choices(source)


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height() + 2))


def _leave(_found: object) -> None:
    """Nothing is shown of what was read ahead."""
