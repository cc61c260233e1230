"""One thing of a day, whole: what it is, why it is here, who can be called, and what can be done."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.itemmodels.slot_words import moment, slots
from desktop.itemmodels.today_rows import answer_words, hours_token, hours_words, kind_token, kind_words
from desktop.services.roster.card import masked_phone
from desktop.services.today.rows import Answer, TodayRow, Way
from desktop.views.look import Look

ICONS: dict[Way, str] = {
    "repair": "wrench-outline",
    "board": "view-grid",
    "request": "open-in-new",
    "call people": "phone",
    "call factory": "phone",
    "send": "send",
    "publish": "bullhorn-outline",
    "arrived": "map-marker-check-outline",
    "visit": "clipboard-check-outline",
    "place": "lightning-bolt",
}
LEAST_WIDTH = 300


class TodayPanel(QFrame):
    """What is gone to.

    Attributes:
        way_wanted: a Way (str): the way out that was chosen.
        ways: the buttons, by way.
    """

    way_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setMinimumWidth(LEAST_WIDTH)
        self._look = look
        self._row: TodayRow | None = None
        self._now: dt.datetime | None = None
        self._shown_numbers: set[Way] = set()
        self.ways: dict[Way, QPushButton] = {}
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        look.changed.connect(self._build)
        self._build()

    def show_row(self, row: TodayRow | None, now: dt.datetime) -> None:
        """Show one; numbers that were shown of another are hidden again."""
        if row is None or self._row is None or row.key != self._row.key:
            self._shown_numbers.clear()
        if (row, now) != (self._row, self._now):
            self._row, self._now = row, now
            self._build()

    def show_number(self, way: Way) -> None:
        """Show the numbers to call in full."""
        self._shown_numbers.add(way)
        self._build()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        body = QWidget(self._area)
        body.setProperty("role", "surface")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self.ways = {}
        if self._row is None or self._now is None:
            column.addWidget(_label(self.tr("Nothing is selected."), "muted", body))
        else:
            self._fill(column, body, self._row, self._now)
        column.addStretch(1)
        self._area.setWidget(body)

    def _fill(self, column: QVBoxLayout, body: QWidget, row: TodayRow, now: dt.datetime) -> None:
        of = row.about
        token = kind_token(row.kind)
        head = QHBoxLayout()
        head.setSpacing(8)
        title = of.request if of is not None else kind_words(row.kind)
        head.addWidget(_label(title, "panel-title", body))
        if of is not None:
            head.addWidget(_label(of.service, "chip", body))
            head.addWidget(_label(kind_words(row.kind), f"chip-{token}" if token else "chip", body))
        head.addStretch(1)
        left = hours_token(row, now)
        hours = _label(hours_words(row, now), {"bad": "error", "warn": "warn"}.get(left, "muted"), body)
        head.addWidget(hours)
        column.addLayout(head)
        if row.cause:
            column.addWidget(_label(row.cause, "strong" if row.is_to_do else "", body))
        if row.who:
            column.addWidget(_label(self.tr("by {who}").format(who=row.who), "muted", body))
        if row.kind == "news":
            column.addWidget(_label(moment(row.until, None, now), "muted", body))
        self._add_ways(column, body, row)
        if of is not None:
            facts = [of.client_name]
            if row.first_slot is not None and row.last_slot is not None:
                facts.insert(0, slots(row.first_slot, row.last_slot))
            if row.plan:
                facts.append(self.tr("plan {plan}").format(plan=row.plan))
            column.addWidget(_label(" · ".join(facts), "muted", body))
            self._add_people(column, body, row)
            names = [name for name in (of.factory_name, of.factory_local_name) if name]
            answer = row.factory_answer if row.has_answers else None
            self._add_party(column, body, (" ".join(names), of.area), answer)
            self._add_number(column, body, of.contact, of.phone, "call factory")
        if len(row.requests) > 1:
            column.addWidget(_label(", ".join(row.requests[:60]), "muted", body))

    def _add_people(self, column: QVBoxLayout, body: QWidget, row: TodayRow) -> None:
        for person in row.people:
            answer = person.answer if row.has_answers else None
            self._add_party(column, body, (person.name, person.code), answer)
            self._add_number(column, body, "", person.phone, "call people")

    @staticmethod
    def _add_party(column: QVBoxLayout, body: QWidget, names: tuple[str, str], answer: Answer | None) -> None:
        """Somebody by name, under it what else is said, and whether he knows of the visit."""
        name, under = names
        column.addWidget(_label(name, "name", body))
        if answer is None:
            column.addWidget(_label(under, "muted", body))
        else:
            role = {"confirmed": "ok", "declined": "error", "told": "warn", "untold": "muted"}[answer]
            column.addWidget(_label(f"{under} · {answer_words(answer)}", role, body))

    def _add_number(self, column: QVBoxLayout, body: QWidget, contact: str, phone: str, way: Way) -> None:
        if not phone and not contact:
            column.addWidget(_label(self.tr("No phone number is on record."), "muted", body))
            return
        is_whole = way in self._shown_numbers or way == "call factory"
        number = phone if is_whole else masked_phone(phone)
        text = " · ".join(part for part in (contact, number) if part)
        label = _label(text, "figure" if way in self._shown_numbers else "", body)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)

    def _add_ways(self, column: QVBoxLayout, body: QWidget, row: TodayRow) -> None:
        for number, way in enumerate(row.ways):
            button = QPushButton(way_words(self, way), body)
            is_first = number == 0 and row.is_to_do
            button.setProperty("role", "primary" if is_first else "")
            button.setIcon(self._look.icon(ICONS[way], "on_accent" if is_first else "muted"))
            button.clicked.connect(partial(self.way_wanted.emit, way))
            self.ways[way] = button
            column.addWidget(button)


def way_words(where: QWidget, way: Way) -> str:
    """What a way out does."""
    return {
        "repair": where.tr("Repair the plan…"),
        "board": where.tr("Show on the board"),
        "request": where.tr("Open the request"),
        "call people": where.tr("Call the inspectors"),
        "call factory": where.tr("Call the factory"),
        "send": where.tr("Send notices"),
        "publish": where.tr("Publish…"),
        "arrived": where.tr("Record the arrival"),
        "visit": where.tr("Open the visit"),
        "place": where.tr("Find a place"),
    }[way]


def _label(text: str, role: str, parent: QWidget) -> QLabel:
    made = QLabel(text, parent)
    made.setProperty("role", role)
    made.setWordWrap(len(text) > 24)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
