"""The panel beside the list: one request with its history, a new one, or several at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels import request_words as words
from desktop.itemmodels.record_history import ENTRY, RecordHistoryModel
from desktop.services.history import HistoryEntry
from desktop.services.requests.rows import RequestRow
from desktop.views.bar_painting import paint_cap, painting
from desktop.views.feedback import InlineMessage
from desktop.views.look import Look
from desktop.views.requests.clock_line import ClockLine
from desktop.views.requests.form import RequestForm
from desktop.views.requests.tabs import RequestTab
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.flow_layout import FlowLayout

CAP = 20
BOOKING, HISTORY = 0, 1  # numbers of the tabs that are always there, and their places in the stack
CHIP_ROLES = {"new": "chip-accent", "unassigned": "chip-bad", "published": "chip-ok"}


class Cap(QWidget):
    """The letter of a service on its colour."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._service = ""
        self.setFixedSize(QSize(CAP, CAP))
        look.changed.connect(self.update)

    def show_service(self, service: str) -> None:
        """Show a service; "" for none."""
        self._service = service
        self.setVisible(bool(service))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The cap."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_cap(painter, self._look.theme, QRectF(self.rect()), self._service)


class HistoryView(QWidget):
    """What has been changed of a request, and by whom."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = RecordHistoryModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("History"))
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        self.details = QLabel(self)
        self.details.setProperty("role", "muted")
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setContentsMargins(12, 8, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)

    def show_entries(self, entries: tuple[HistoryEntry, ...]) -> None:
        """Show changes, the newest first."""
        self.model.show_entries(entries)
        self.details.setText("" if entries else self.tr("Nothing has been changed by hand yet."))
        if entries:
            self.table.selectRow(0)

    def _on_current(self) -> None:
        entry = self.table.currentIndex().data(ENTRY)
        self.details.setText(self.model.details(entry) if isinstance(entry, HistoryEntry) else "")


class RequestPanel(QFrame):
    """Head, tabs, form and foot; what is saved, and how, is the editor's.

    Attributes:
        form: the fields.
        message: stands over the fields.
        closed: somebody wants the panel gone.
        history_wanted: the history was turned to.
        tab_wanted: another tab was turned to (RequestTab).
        place_wanted: the factory is to be placed.
        client_wanted: the client is to be looked at.
        visit_wanted: the announced visit is to be looked at.
    """

    closed = Signal()
    history_wanted = Signal()
    tab_wanted = Signal(object)
    place_wanted = Signal()
    client_wanted = Signal()
    visit_wanted = Signal()

    def __init__(self, look: Look, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._look = look
        self.cap = Cap(look, self)
        self.heading = ElidedLabel(self)
        self.heading.setProperty("role", "panel-title")
        self.chip = QLabel(self)
        self.chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.subtitle = ElidedLabel(self)
        self.subtitle.setProperty("role", "muted")
        self.client_button = self._flat(self.tr("Client…"))
        self.client_button.setToolTip(self.tr("Client: contact, hours that count, production window, rates"))
        self.client_button.clicked.connect(self.client_wanted)
        self.clock = ClockLine(self)
        self.place = QLabel(self)
        self.place.setProperty("role", "muted")
        self.place.setWordWrap(True)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place_button = QPushButton(self.tr("Place the factory on a map"), self)
        self.place_button.setProperty("role", "link")
        self.place_button.hide()
        self.place_button.clicked.connect(self.place_wanted)
        self.visit_button = self._flat(self.tr("Open the visit"))
        self.visit_button.clicked.connect(self.visit_wanted)
        self.visit_button.hide()
        self.close_button = self._flat(self.tr("Close the panel"))
        self.close_button.clicked.connect(self.closed)
        self.message = InlineMessage(look, self)
        self.stack = QStackedWidget(self)
        self.fields = QScrollArea(self.stack)
        self.form = RequestForm(look, today, self.fields.viewport())
        self.history = HistoryView(self.stack)
        self.tabs = QButtonGroup(self)
        self.booking_tab = self._tab(self.tr("Booking"), BOOKING)
        self.history_tab = self._tab(self.tr("History"), HISTORY)
        self._makers: dict[int, Callable[[QWidget], RequestTab]] = {}
        self._made: dict[int, RequestTab] = {}
        self.state = QLabel(self)
        self.state.setProperty("role", "muted")
        self.discard_button = QPushButton(self.tr("Discard"), self)
        self.save_button = QPushButton(self.tr("Save"), self)
        self.save_button.setProperty("role", "primary")
        self._lay_out()
        look.changed.connect(self._paint)
        self._paint()
        self.tabs.idClicked.connect(self._on_tab)
        self.booking_tab.setChecked(True)

    def _flat(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("role", "flat")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _tab(self, text: str, number: int) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("role", "tab")
        button.setCheckable(True)
        self.tabs.addButton(button, number)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.cap)
        head.addWidget(self.heading, 1)
        head.addWidget(self.chip)
        head.addWidget(self.visit_button)
        head.addWidget(self.close_button)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 8, 4)
        top.setSpacing(4)
        top.addLayout(head)
        whose = QHBoxLayout()
        whose.setSpacing(8)
        whose.addWidget(self.subtitle, 1)
        whose.addWidget(self.client_button)
        top.addLayout(whose)
        top.addWidget(self.clock)
        top.addWidget(self.place)
        top.addWidget(self.place_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._tab_row = QFrame(self)
        self._tab_row.setProperty("role", "strip")
        self._tab_layout = FlowLayout(self._tab_row, 0)
        self._tab_layout.setContentsMargins(8, 0, 8, 0)
        self._tab_layout.addWidget(self.booking_tab)
        self._tab_layout.addWidget(self.history_tab)
        self.fields.setWidgetResizable(True)
        self.fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields.setWidget(self.form)
        self.form.setBackgroundRole(QPalette.ColorRole.Base)
        self.form.setAutoFillBackground(True)
        self.stack.addWidget(self.fields)
        self.stack.addWidget(self.history)
        self._foot = QFrame(self)
        self._foot.setProperty("role", "foot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.discard_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._tab_row)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot)

    def show_row(self, row: RequestRow, now: dt.datetime) -> None:
        """Head the panel with a request of the list."""
        self.cap.show_service(row.service)
        self.heading.setText(row.code)
        self._show_chip(words.status(row.status), CHIP_ROLES.get(row.status, "chip"))
        self.subtitle.setText(" · ".join((row.client_name, row.service, words.received(row, now))))
        self.client_button.show()
        self.visit_button.setVisible(row.record_status in ("published", "done"))
        self.clock.show_row(row, now)
        lines = [words.place(row)] if row.place is not None else []
        lines += [words.week(row)] if row.week is not None else []
        lines += words.risks_told(row, now, but=("incomplete",))
        self.place.setText("\n".join(line for line in lines if line))
        self.place.setVisible(bool(lines))
        self.place_button.setVisible(not row.factory.placed)
        self._tab_row.show()

    def show_title(self, title: str, subtitle: str) -> None:
        """Head the panel with a new request, or with several."""
        self.cap.show_service("")
        self.heading.setText(title)
        self._show_chip("", "chip")
        self.subtitle.setText(subtitle)
        self.client_button.hide()
        self.visit_button.hide()
        self.clock.hide()
        self.place.hide()
        self.place_button.hide()
        self._tab_row.hide()
        self.show_booking()

    def add_tab(self, title: str, make: Callable[[QWidget], RequestTab]) -> QPushButton:
        """One tab more, before the history; what it shows is made when it is first turned to."""
        number = HISTORY + 1 + len(self._makers)
        button = self._tab(title, number)
        self._makers[number] = make
        self._tab_layout.removeWidget(self.history_tab)
        self._tab_layout.addWidget(button)
        self._tab_layout.addWidget(self.history_tab)
        return button

    @property
    def current_tab(self) -> RequestTab | None:
        """The tab that shows a side of the request; None for the booking itself and its history."""
        return self._made.get(self.tabs.checkedId())

    def show_booking(self) -> None:
        """Turn to the fields."""
        self.booking_tab.setChecked(True)
        self._on_tab(BOOKING)

    def show_state(self, text: str, *, is_bad: bool = False) -> None:
        """Say in the foot how things stand."""
        self.state.setText(text)
        role = "error" if is_bad else "muted"
        if self.state.property("role") != role:
            self.state.setProperty("role", role)
            self.state.style().unpolish(self.state)
            self.state.style().polish(self.state)

    def show_buttons(self, save: str, *, can_discard: bool) -> None:
        """Name the button that saves."""
        self.save_button.setText(save)
        self.discard_button.setVisible(can_discard)

    def _show_chip(self, text: str, role: str) -> None:
        self.chip.setProperty("role", role)
        self.chip.style().unpolish(self.chip)
        self.chip.style().polish(self.chip)
        self.chip.clear()  # a label keeps its old size until its text changes
        self.chip.setText(text)
        self.chip.setVisible(bool(text))

    def _on_tab(self, number: int) -> None:
        self._foot.setVisible(number == BOOKING)
        if number in self._makers:
            if number not in self._made:
                self._made[number] = self._makers[number](self.stack)
                self.stack.addWidget(self._made[number])
            self.stack.setCurrentWidget(self._made[number])
            self.tab_wanted.emit(self._made[number])
            return
        self.stack.setCurrentIndex(number)
        if number == HISTORY:
            self.history_wanted.emit()

    def _paint(self) -> None:
        self.close_button.setIcon(self._look.icon("close"))
        self.visit_button.setIcon(self._look.icon("clipboard-check-outline"))
        self.client_button.setIcon(self._look.icon("account-tie-outline"))
