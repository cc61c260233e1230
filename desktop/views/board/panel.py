"""The panel at the right: what is selected, why it is where it is, and where else it could go."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.clock_words import clock_stopped
from desktop.itemmodels.offer_table import OFFER, OfferTableModel
from desktop.services.board import WeekBoard
from desktop.services.verdicts import Offer, RequestCard, Verdict
from desktop.views.board.cards import CardLine, VerdictLines, card_lines
from desktop.views.board.gestures import price
from desktop.views.board.production_bar import ProductionBar, ServiceCap
from desktop.views.board.wording import (
    crew_in_words,
    names_of,
    needs_in_words,
    offer_rows,
    when_in_words,
    window_in_words,
)
from desktop.views.look import Look
from desktop.views.theme import SERVICE_NAMES
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.words import man_days, money

WIDTH = 324
URGENT_HOURS, SOON_HOURS = 24, 48
DEMIBOLD = QFont.Weight.DemiBold
WHY, WHY_NOT, CANDIDATES = 0, 1, 2


class RequestPanel(QFrame):
    """Everything about the selected request.

    Attributes:
        place_wanted: an Offer, to be taken.
        open_wanted: the code of a request (str), to be opened on its own page.
        visit_wanted: the code of a request (str), whose visit is to be opened.
        closed: nothing is to be selected any more.
    """

    place_wanted = Signal(object)
    open_wanted = Signal(object)
    visit_wanted = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._board: WeekBoard | None = None
        self._card: RequestCard | None = None
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Selected request"))
        self.setMinimumWidth(WIDTH - 44)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(self._make_head())
        self._factory = self._label("name")
        self._where = self._label("muted")
        self._what = self._label("muted")
        for label in (self._factory, self._where, self._what):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self._chips = QWidget(self)
        self._chips_flow = FlowLayout(self._chips)
        column.addWidget(self._chips)
        self._production = ProductionBar(look, self)
        column.addWidget(self._production)
        column.addLayout(self._make_tabs())
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._make_why())
        self._pages.addWidget(self._make_why_not())
        self._pages.addWidget(self._make_candidates())
        column.addWidget(self._pages, 1)
        self._paint()
        look.changed.connect(self._paint)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _label(self, role: str, parent: QWidget | None = None) -> QLabel:
        made = QLabel(parent or self)
        made.setProperty("role", role)
        return made

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._cap = ServiceCap(self._look, self)
        self._code = self._label("panel-title")
        self._open, self._visit, self._close = QPushButton(self), QPushButton(self), QPushButton(self)
        for button, name in (
            (self._open, self.tr("Open the request")),
            (self._visit, self.tr("Open the visit")),
            (self._close, self.tr("Close the panel")),
        ):
            button.setProperty("role", "flat")
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._open.clicked.connect(self._on_open)
        self._visit.clicked.connect(self._on_visit)
        self._close.clicked.connect(self.closed)
        row.addWidget(self._cap)
        row.addWidget(self._code)
        row.addStretch(1)
        row.addWidget(self._open)
        row.addWidget(self._visit)
        row.addWidget(self._close)
        return row

    def _make_tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self._tabs = QButtonGroup(self)
        for number, text in enumerate((self.tr("Why here"), self.tr("Why not"), self.tr("Candidates"))):
            tab = QPushButton(text, self)
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            self._tabs.addButton(tab, number)
            row.addWidget(tab)
        row.addStretch(1)
        self._tabs.button(WHY).setChecked(True)
        self._tabs.idClicked.connect(self.show_tab)
        return row

    def _make_why(self) -> QWidget:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 4, 0)
        column.setSpacing(4)
        self._here = self._label("name", inner)
        self._here_lines = VerdictLines(self._look, inner)
        self._cursor_title = self._label("name", inner)
        self._cursor_lines = VerdictLines(self._look, inner)
        self._known_title = self._label("name", inner)
        self._known_title.setText(self.tr("The request"))
        self._known = VerdictLines(self._look, inner)
        for title in (self._here, self._cursor_title):
            title.setWordWrap(True)
        for widget in (
            self._here,
            self._here_lines,
            self._cursor_title,
            self._cursor_lines,
            self._known_title,
            self._known,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        return self._scrolled(inner)

    def _make_why_not(self) -> QWidget:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 4, 0)
        column.setSpacing(4)
        self._not_title = self._label("name", inner)
        self._not_title.setWordWrap(True)
        self.not_lines = VerdictLines(self._look, inner)
        column.addWidget(self._not_title)
        column.addWidget(self.not_lines)
        column.addStretch(1)
        return self._scrolled(inner)

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _make_candidates(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self._searching = self._label("muted", page)
        self._searching.setWordWrap(True)
        self.offers = OfferTableModel(page)
        self.table = QTableView(page)
        self.table.setModel(self.offers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(26)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(40)
        self.table.setColumnWidth(1, 104)
        self.table.setColumnWidth(2, 74)
        self.table.setAccessibleName(self.tr("Places where the request could go, cheapest first"))
        self.table.activated.connect(self._on_activated)
        self._place = QPushButton(self.tr("Place here"), page)
        self._place.setProperty("role", "primary")
        self._place.clicked.connect(self._on_place)
        column.addWidget(self._searching)
        column.addWidget(self.table, 1)
        column.addWidget(self._place)
        return page

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def request(self) -> str | None:
        """The request shown."""
        return None if self._card is None else self._card.code

    @property
    def tab(self) -> int:
        """WHY or CANDIDATES."""
        return self._pages.currentIndex()

    def show_tab(self, number: int) -> None:
        """Show the reasons, or the candidates."""
        self._tabs.button(number).setChecked(True)
        self._pages.setCurrentIndex(number)

    def show_request(self, board: WeekBoard, card: RequestCard, here: Verdict | None, now: dt.datetime) -> None:
        """Show a request, with the verdict on its present place."""
        self._board, self._card = board, card
        self._cap.show_service(card.service)
        self._code.setText(card.code)
        self._factory.setText(card.factory_name)
        self._where.setText(" · ".join(part for part in (card.factory_local_name, card.address) if part))
        self._what.setText(" · ".join(part for part in (card.client_name, card.product, card.order) if part))
        self._say_chips(card, now)
        self._production.show_card(board, card)
        self._say_here(board, card, here)
        note = [CardLine(self.tr("Note"), card.note)] if card.note else []
        self._known.show_lines(
            (
                CardLine(self.tr("Window"), window_in_words(card)),
                CardLine(self.tr("Needs"), needs_in_words(card)),
                CardLine(self.tr("Price"), money(card.price_cents)),
                *note,
            )
        )
        self.show_cursor(None)

    def _say_here(self, board: WeekBoard, card: RequestCard, here: Verdict | None) -> None:
        if card.place is None or here is None:
            self._here.setText(self.tr("Not placed"))
            reason = card.reason or self.tr("nothing is known against it")
            self._here_lines.show_lines((CardLine("", f"{reason[:1].upper()}{reason[1:]}", "warn"),))
            return
        when = when_in_words(board, card.place.first_slot, card.place.last_slot)
        self._here.setText(f"{crew_in_words(names_of(board), card.place.inspectors)}, {when}")
        broken = tuple(CardLine("", text, "warn") for text in card.broken)
        self._here_lines.show_lines((*broken, *card_lines(here.lines)))

    def show_cursor(self, verdict: Verdict | None) -> None:
        """Show what putting it where the cursor stands would mean; None: it stands there, or nowhere."""
        shown = verdict is not None and self._board is not None
        self._cursor_title.setVisible(shown)
        self._cursor_lines.setVisible(shown)
        if verdict is None or self._board is None:
            return
        who = crew_in_words(names_of(self._board), verdict.inspectors)
        when = when_in_words(self._board, verdict.first_slot, verdict.last_slot)
        cost = "" if verdict.cost is None else f"  {price(verdict.cost.total)}"
        self._cursor_title.setText(self.tr("At the cursor: {place}").format(place=f"{who}, {when}{cost}"))
        self._cursor_lines.show_lines(card_lines(verdict.lines))

    def show_why_not(self, title: str, lines: tuple[CardLine, ...]) -> None:
        """Show what keeps others from it."""
        self._not_title.setText(title if lines else self.tr("Nothing keeps others from it"))
        self.not_lines.show_lines(lines)

    def show_searching(self) -> None:
        """Candidates are being looked for."""
        self._tabs.button(CANDIDATES).setText(self.tr("Candidates"))
        self._searching.setText(self.tr("Looking for places…"))
        self.show_why_not("", ())
        self._not_title.setText(self.tr("Asking the others…"))
        self._searching.show()
        self.offers.show_rows(())
        self._place.setEnabled(False)

    def show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Show the candidates, the cheapest selected."""
        assert self._board is not None
        assert self._card is not None
        self.offers.show_rows(offer_rows(self._board, self._card, offers))
        self._tabs.button(CANDIDATES).setText(self.tr("Candidates {n}").format(n=len(offers)))
        self._searching.setText(
            self.tr("No place keeps every rule. Put it where one is broken to see which.")
            if self._board.status in ("draft", "")
            else self.tr("Only a draft can be changed: optimise these days again, or begin a draft.")
        )
        self._searching.setVisible(not offers)
        self._place.setEnabled(bool(offers))
        if offers:
            self.table.selectRow(0)

    def _say_chips(self, card: RequestCard, now: dt.datetime) -> None:
        while (item := self._chips_flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        man_days_text = self.tr("1 man-day")
        if card.man_days != 1:
            man_days_text = self.tr("{count} man-days").format(count=man_days(card.man_days))
        chips = [(SERVICE_NAMES.get(card.service, card.service), "chip"), (man_days_text, "chip")]
        left = card.clock.hours_left(now)
        if card.missing:
            chips.append((clock_stopped(card.missing), "chip-warn"))
        if card.place is None and left is not None:
            hours = math.floor(left)
            role = "chip-bad" if hours < URGENT_HOURS else "chip-warn" if hours < SOON_HOURS else "chip-accent"
            text = self.tr("{hours} h to target") if hours >= 0 else self.tr("{hours} h past target")
            chips.append((text.format(hours=f"{abs(hours):,}"), role))
        if card.quantity is not None:
            chips.append((self.tr("{count} pcs").format(count=f"{card.quantity:,}"), "chip"))
        if card.pinned:
            chips.append((self.tr("pinned"), "chip-accent"))
        chips += [(self.tr("waived: {rule}").format(rule=rule), "chip-warn") for rule in card.waived]
        for text, role in chips:
            chip = self._label(role, self._chips)
            chip.setText(text)
            self._chips_flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(chips))

    # -- what is wanted ------------------------------------------------------------------------------------------------

    def _on_open(self) -> None:
        if self._card is not None:
            self.open_wanted.emit(self._card.code)

    def _on_visit(self) -> None:
        if self._card is not None:
            self.visit_wanted.emit(self._card.code)

    def _on_place(self) -> None:
        self._on_activated(self.table.currentIndex())

    def _on_activated(self, index: QModelIndex) -> None:
        offer = index.data(OFFER)
        if isinstance(offer, Offer):
            self.place_wanted.emit(offer)

    def _paint(self) -> None:
        self._open.setIcon(self._look.icon("open-in-new"))
        self._visit.setIcon(self._look.icon("clipboard-check-outline"))
        self._close.setIcon(self._look.icon("close"))
