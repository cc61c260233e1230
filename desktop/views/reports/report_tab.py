"""One report: its headlines, its cards, and beside them the list behind the figure that was asked about."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.services.reports.report import Report
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import Language
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.reports.behind_panel import WIDTHS, BehindPanel
from desktop.views.reports.card import TONES, TableCard, is_wide
from desktop.views.reports.card_grid import GAP, CardGrid
from desktop.views.reports.headline_strip import HeadlineStrip
from desktop.views.reports.wording import note_text
from desktop.views.widgets.page_bar import EmptyPlace
from desktop.views.widgets.panel_splitter import PanelSplitter

GREY_AFTER_MS = 200
"""A report that comes sooner does not make the page flicker."""
GREY = 0.45


class ReportTab(QWidget):
    """A report.

    Attributes:
        report: what is shown; None before the first.
        asked, is_stale, is_reading: of what it was asked to tell last, whether data have changed since, and whether
            a report is to come.
        opened: (table, row of the frame, key of the column): what is behind is asked for.
        means_asked: (keys of figures, place (QPoint, global)).
        export_wanted: (table, ending of a file).
        large_wanted: a Table.
        cleared: the filters are to be taken away.
    """

    opened = Signal(object)
    means_asked = Signal(object)
    export_wanted = Signal(object)
    large_wanted = Signal(object)
    cleared = Signal()

    def __init__(self, context: PageContext, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.language = context, language
        self.report: Report | None = None
        self.asked: Scope | None = None
        self.is_stale = True
        self.is_reading = False
        self._as_rows: set[str] = set()
        self.headlines = HeadlineStrip(self)
        self.headlines.hide()
        self.message = InlineMessage(context.look, self)
        self.splitter = PanelSplitter(WIDTHS, self)
        self._places = QStackedWidget(self.splitter)
        self.area = QScrollArea(self._places)
        self.grid = CardGrid(self.area)
        self.empty = EmptyPlace(self._places)
        self.empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.side = BehindPanel(context, language, self.splitter)
        self.side.hide()
        self._notes: list[QLabel] = []
        self._greying = QTimer(self)
        self._greying.setSingleShot(True)
        self._greying.setInterval(GREY_AFTER_MS)
        self._greying.timeout.connect(self._grey)
        self._lay_out()
        self.empty.button.clicked.connect(self.cleared)
        self.headlines.asked.connect(self._on_headline)

    def _lay_out(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget(self.area)
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(GAP, 0, GAP, 0)
        self._above.setSpacing(4)
        self._inside.addLayout(self._above)
        self._inside.addWidget(self.grid, 1)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._places.addWidget(self.area)
        self._places.addWidget(self.empty)
        self._places.setCurrentWidget(self.empty)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.headlines)
        self.column.addWidget(self.message)
        self.column.addWidget(self.splitter, 1)

    def take_focus(self) -> None:
        """The cards take the keys, or the words in their place."""
        (self.area if self.area.isVisibleTo(self) else self.empty).setFocus()

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def cards(self) -> tuple[TableCard, ...]:
        """The cards in order."""
        return tuple(card for card in self.grid.cards if isinstance(card, TableCard))

    def card(self, name: str) -> TableCard:
        """The card of a table."""
        return next(card for card in self.cards if card.table is not None and card.table.name == name)

    def show_reading(self, scope: Scope) -> None:
        """Another report is being made: the figures that are shown are greyed in a moment."""
        self.asked = scope
        self.is_stale = False
        self.is_reading = True
        if self.report is None:
            self.empty.explain(self.tr("Reading the figures\N{HORIZONTAL ELLIPSIS}"))
        self._greying.start()

    def show_report(self, report: Report) -> None:
        """Show a report."""
        self._greying.stop()
        self.is_reading = report.is_partial
        self.report = report
        self.message.clear()
        self.headlines.show_report(report, self.language)
        self._show_notes(report)
        self.show_cards(report)
        self.grid.setGraphicsEffect(None)  # type: ignore[arg-type]
        is_empty = all(table.frame.empty for table in report.tables)
        if is_empty:
            self.empty.explain(self.empty_text(report), self.tr("Clear filters") if report.scope.only else "")
        had_focus = self.empty.hasFocus() or self.area.hasFocus()
        self._places.setCurrentWidget(self.empty if is_empty else self.area)
        if had_focus:
            self.take_focus()

    def empty_text(self, report: Report) -> str:
        """What is said in the place of figures where there are none."""
        if report.scope.only:
            return self.tr("No figures for these weeks. Widen the weeks or clear the filters.")
        said = [note_text(note, self.language) for note in report.notes if note.tone != "plain"]
        return "\n".join((self.tr("No figures for these weeks. Choose other weeks (W)."), *said))

    def show_error(self, error: DomainError) -> None:
        """Say why there is no report; the figures before stay, greyed."""
        self._greying.stop()
        self.is_reading = False
        if self.report is None:
            self.empty.explain("")
        else:
            self._grey()
        self.is_stale = True
        self.message.show_error(error)

    def show_cards(self, report: Report) -> None:
        """Cards of tables that were shown before are filled anew, so that they keep their place."""
        before = {card.table.name: card for card in self.cards if card.table is not None}
        cards = [(card, True) for card in self.first_cards()]
        for table in report.tables:
            card = before.pop(table.name, None) or self._make_card()
            card.show_table(report, table, as_rows=table.name in self._as_rows)
            cards.append((card, is_wide(table)))
        self.grid.show_cards(cards)
        for old in before.values():
            old.deleteLater()

    def first_cards(self) -> list[QWidget]:
        """What stands before the tables, over the whole width."""
        return []

    def _make_card(self) -> TableCard:
        card = TableCard(self.context, self.language, self.grid)
        card.opened.connect(self.opened)
        card.means_asked.connect(self.means_asked)
        card.export_wanted.connect(self.export_wanted)
        card.large_wanted.connect(self.large_wanted)
        card.turned.connect(self._on_turned)
        return card

    def _show_notes(self, report: Report) -> None:
        for old in self._notes:
            self._above.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._notes = []
        for note in report.notes:
            label = QLabel(note_text(note, self.language), self)
            label.setProperty("role", TONES[note.tone])
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            self._above.addWidget(label)
            self._notes.append(label)
        self._above.setContentsMargins(GAP + 2, GAP if self._notes else 0, GAP, 0)

    def _grey(self) -> None:
        if self.report is not None:
            effect = QGraphicsOpacityEffect(self.grid)
            effect.setOpacity(GREY)
            self.grid.setGraphicsEffect(effect)

    def _on_turned(self, turned: tuple[str, bool]) -> None:
        name, as_rows = turned
        (self._as_rows.add if as_rows else self._as_rows.discard)(name)

    def _on_headline(self, asked: tuple[str, object]) -> None:
        key, place = asked
        self.means_asked.emit(([key], place))

    def ask_for_means(self) -> None:
        """Say what every figure of the report means."""
        if self.report is not None:
            keys = [headline.key for headline in self.report.headlines]
            keys += [column.key for table in self.report.tables for column in table.columns]
            self.means_asked.emit((keys, self.mapToGlobal(self.area.pos())))

    # -- kept ----------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """Widths, and which tables are shown as rows."""
        return {"sizes": self.splitter.state(), "rows": sorted(self._as_rows)}

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        self.splitter.restore(state.get("sizes"))
        rows = state.get("rows")
        if isinstance(rows, list):
            self._as_rows = {name for name in rows if isinstance(name, str)}
