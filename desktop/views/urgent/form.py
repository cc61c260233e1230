"""The form of an urgent booking: what a dispatcher hears on the telephone, and little more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.services.requests.cards import FormChoices, Named
from desktop.services.requests.form import EntryFault
from desktop.services.requests.order_entry import read_order_fact
from desktop.services.trade.sampling import AQLS
from desktop.services.trade_words import GOODS
from desktop.services.urgent.answer import MayMove, UrgentForm, UrgentNeed
from desktop.views.look import Look
from desktop.views.theme import SERVICE_NAMES
from desktop.views.urgent.day_chips import DayChips
from desktop.views.urgent.field_words import goods_word, language_word, service_word
from desktop.views.urgent.named_entry import NamedEntry
from desktop.views.urgent.production_track import ProductionTrack, Track
from desktop.views.widgets.entries import ChoiceEntry, DayEntry, LineEntry, SearchEntry
from scheduler.problem import Mode

DUPRO = "DUPRO"
USUAL_AQL = "2.5 / 4.0"
AQL_PAIRS = (USUAL_AQL, "1.5 / 4.0", "1.5 / 2.5", "1.0 / 2.5", "1.0 / 4.0", "0.65 / 1.5", "4.0 / 6.5")
MODES = (Mode(1, 1), Mode(1, 2), Mode(1, 3), Mode(1, 4), Mode(2, 2), Mode(1, 6), Mode(3, 2))
LEVELS = (1, 2, 3, 4, 5)
GOODS_GROUPS = tuple(GOODS)


class UrgentFields(QWidget):
    """The fields. Everything that is left empty follows from the records and the rules of the trade.

    Attributes:
        edited: something was changed by the user.
        orders_wanted: the text (str) of an order that somebody looks for.
    """

    edited = Signal()
    orders_wanted = Signal(object)

    def __init__(self, look: Look, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._choices: FormChoices | None = None
        self._request = self._offered = ""
        self.factory = NamedEntry("factory", look, self, self._find("factory"))
        self.client = NamedEntry("client", look, self, self._find("client"))
        self.order = SearchEntry("order", self)
        self.service, self.man_days, self.skill, self.level, self.language, self.aql, self.goods = (
            ChoiceEntry(may_add=False, parent=self) for _ in range(7)
        )
        self.product, self.quantity, self.percent, self.rate = (
            LineEntry(name, self) for name in ("product", "quantity", "percent", "daily_rate")
        )
        self.ready = DayEntry("ready_date", look, today, self)
        self.by = DayChips(self)
        self.track = ProductionTrack(look, self)
        self.factory_line, self.fault, self.assumed = (QLabel(self) for _ in range(3))
        self.request_button = QPushButton(self)
        self.request_button.setProperty("role", "link")
        self.request_button.hide()
        self.moves = {
            "proposed": QCheckBox(self.tr("Proposed bars"), self),
            "announced": QCheckBox(self.tr("Published bars, with a call"), self),
            "locked": QCheckBox(self.tr("Locked bars"), self),
            "freelancers": QCheckBox(self.tr("Freelancers"), self),
        }
        self._lay_out()
        self._offer_words()
        self.empty()
        self._connect()

    # -- what stands there ---------------------------------------------------------------------------------------------

    def form(self) -> UrgentForm | None:
        """What is asked, as far as it can be read; None while no factory is named. What cannot be read is said."""
        values, faults = {}, []
        for name, entry in (("quantity", self.quantity), ("daily_rate", self.rate), ("ready", self.ready)):
            try:
                values[name] = self._fact(name, entry.text())
            except EntryFault as fault:
                faults.append(str(fault))
        percent = self._percent(faults)
        self.fault.setText("\n".join(faults))
        self.fault.setVisible(bool(faults))
        if not self.factory.code and not self._request:
            return None
        major, minor = self.aql.raw().split(" / ") if self.aql.raw() else USUAL_AQL.split(" / ")
        number = self.man_days.currentIndex()
        return UrgentForm(
            factory=self.factory.code,
            client=self.client.code,
            order=self.order.text().strip(),
            product=self.product.text().strip(),
            product_group=self.goods.raw(),
            percent=percent,
            service=self.service.raw() or DUPRO,
            skill=self.skill.raw(),
            level=int(self.level.raw()) if self.level.raw() else None,
            languages=(self.language.raw(),) if self.language.raw() else None,
            modes=(MODES[number - 1],) if number > 0 else (),
            aql_major=major,
            aql_minor=minor,
            by=self.by.day,
            request=self._request,
            may_move=self.may_move(),
            **values,
        )

    def may_move(self) -> MayMove:
        """What may move, and who may go."""
        return MayMove(**self.ticks())

    def unticked(self) -> tuple[tuple[str, str], ...]:
        """The boxes that are not ticked, by name, with their words."""
        return tuple((name, box.text()) for name, box in self.moves.items() if not box.isChecked())

    def ticks(self) -> dict[str, bool]:
        """Which boxes are ticked, by name."""
        return {name: box.isChecked() for name, box in self.moves.items()}

    def tick(self, ticks: object) -> None:
        """Tick the same again; what does not fit is passed over."""
        for name, box in self.moves.items():
            wanted = ticks.get(name) if isinstance(ticks, dict) else None
            if isinstance(wanted, bool):
                box.setChecked(wanted)

    def empty(self) -> None:
        """Forget what was typed; what may move stays as it is ticked."""
        self._request = ""
        for entry in (self.factory, self.client):
            entry.show_named(None)
        for line in (self.order, self.product, self.quantity, self.percent, self.rate, self.ready):
            line.clear()
        for choice in (self.man_days, self.skill, self.level, self.language, self.goods):
            choice.setCurrentIndex(0)
        self.service.show_value(DUPRO)
        self.aql.show_value(USUAL_AQL)
        self.by.choose(None)
        self._free_fields(free=True)
        self.show_need(None)

    def show_request(self, code: str) -> None:
        """Seek for an existing request; of the fields only how far production is, the day and what may move count."""
        self.empty()
        self._request = code
        self.request_button.hide()
        self._free_fields(free=False)

    def offer_request(self, code: str | None) -> None:
        """Offer to seek for the request that is looked at elsewhere, while nothing else is sought."""
        self._offered = code or ""
        self.request_button.setText(self.tr("Find a place for {request}").format(request=code))
        self.request_button.setVisible(bool(code) and self.is_empty)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been typed."""
        lines = (self.order, self.product, self.quantity, self.percent, self.rate, self.ready)
        return not self._request and not any(line.text() for line in (self.factory, self.client, *lines))

    @property
    def request(self) -> str:
        """The existing request that a place is sought for; "" for a new one."""
        return self._request

    def _fact(self, name: str, text: str) -> Any:  # noqa: ANN401 -- a number or a day
        field = "ready_date" if name == "ready" else name
        return read_order_fact(field, text, self._today) if text.strip() else None

    def _percent(self, faults: list[str]) -> float | None:
        text = self.percent.text().replace("%", "").replace(",", ".").strip()
        if not text:
            return None
        try:
            percent = float(text)
        except ValueError:
            percent = -1.0
        if not 0 <= percent <= 100:
            faults.append(self.tr('"{text}" is no share made. Give a number from 0 to 100.').format(text=text))
            return None
        return percent

    # -- what is known of it -------------------------------------------------------------------------------------------

    def offer(self, choices: FormChoices) -> None:
        """Offer the records as they are now; what is chosen stays."""
        self._choices = choices
        self._offer(self.service, choices.services, tuple(map(service_word, choices.services)))
        by_rules = self.tr("Auto")
        skills = (self.tr("{skill}").format(skill=skill.capitalize()) for skill in choices.skills)
        self._offer(self.skill, ("", *choices.skills), (by_rules, *skills))
        self._offer(self.language, ("", *choices.languages), (by_rules, *map(language_word, choices.languages)))

    def offer_orders(self, found: tuple[tuple[str, str], ...]) -> None:
        """Offer orders: code, and what tells them apart."""
        self.order.offer(found)

    def show_need(self, need: UrgentNeed | None) -> None:
        """Say what the form comes to: the place, and what the rules give for what was left open."""
        by_rules = self.tr("Auto")
        self.factory_line.setVisible(need is not None)
        self.assumed.setVisible(need is not None and bool(need.assumed))
        for choice in (self.man_days, self.skill, self.level, self.language):
            choice.setItemText(0, by_rules)
        self.man_days.setToolTip("" if need is None else need.man_days_text)
        self.factory.setPlaceholderText(need.factory_name if need is not None and self._request else "")
        self.client.setPlaceholderText("" if need is None else need.client_name)
        self.product.setPlaceholderText("" if need is None else need.product)
        self.quantity.setPlaceholderText("" if need is None or need.quantity is None else f"{need.quantity:,}")
        if need is not None and self._request:
            self.service.show_value(need.service)
        known = None if need is None else need.percent_now
        self.percent.setPlaceholderText("" if known is None else f"{known:.0f}")
        if need is None:
            self.track.show_track(Track())
            return
        place = "" if need.lat is None or need.lon is None else f"{need.lat:.3f} N, {need.lon:.3f} E"
        visits = self.tr("%n visit(s) known", "", need.visits_known)
        parts = (need.factory_local_name, place or self.tr("not placed yet"), visits)
        self.factory_line.setText(" · ".join(part for part in parts if part))
        self.assumed.setText("\n".join(need.assumed))
        self.man_days.setItemText(0, self.tr("{days:g}, auto").format(days=need.man_days))
        self.skill.setItemText(0, need.skill.capitalize() or by_rules)
        self.level.setItemText(0, self.tr("L{level} or better").format(level=need.level))
        self.language.setItemText(0, ", ".join(map(language_word, need.languages)) or self.tr("Any"))

    def show_days(self, days: tuple[tuple[dt.date, str], ...], limit: str) -> None:
        """Offer days to be on site by, and what the house promises at most."""
        self.by.offer(days, limit)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _find(self, field: str) -> Callable[[str], tuple[Named, ...]]:
        def find(text: str) -> tuple[Named, ...]:
            return () if self._choices is None else self._choices.matching(field, text)

        return find

    @staticmethod
    def _offer(choice: ChoiceEntry, words: tuple[str, ...], texts: tuple[str, ...]) -> None:
        if tuple(choice.itemData(n) for n in range(choice.count())) != words:
            choice.offer(words, texts)
            if choice.currentIndex() < 0:
                choice.setCurrentIndex(0)

    def _offer_words(self) -> None:
        by_rules = self.tr("Auto")
        self.service.offer(tuple(SERVICE_NAMES), tuple(map(service_word, SERVICE_NAMES)))
        ways = (self._way(mode) for mode in MODES)
        self.man_days.offer(("", *(f"{mode.crew}x{mode.half_days}" for mode in MODES)), (by_rules, *ways))
        self.skill.offer(("",), (by_rules,))
        levels = (self.tr("L{level} or better").format(level=level) for level in LEVELS)
        self.level.offer(("", *(str(level) for level in LEVELS)), (by_rules, *levels))
        self.language.offer(("",), (by_rules,))
        self.goods.offer(("", *GOODS_GROUPS), (self.tr("Not known"), *map(goods_word, GOODS_GROUPS)))
        known = [pair for pair in AQL_PAIRS if all(part in AQLS for part in pair.split(" / "))]
        self.aql.offer(known)

    def _way(self, mode: Mode) -> str:
        if mode.crew > 1:
            return self.tr("{days:g}, {crew} people").format(days=mode.man_days, crew=mode.crew)
        return f"{mode.man_days:g}"

    def _connect(self) -> None:
        self.factory.meant.connect(self._on_factory)
        self.client.meant.connect(self.edited)
        self.request_button.clicked.connect(self._take_request)
        self.order.searched.connect(self.orders_wanted)
        lines = (self.order, self.product, self.quantity, self.percent, self.rate, self.ready)
        choices = (self.service, self.man_days, self.skill, self.level, self.language, self.aql, self.goods)
        for entry in (*lines, *choices):
            entry.edited.connect(self.edited)
        self.by.chosen.connect(self.edited)
        for box in self.moves.values():
            box.clicked.connect(self.edited)

    def _on_factory(self) -> None:
        """Another factory is another booking."""
        if self._request:
            self._request = ""
            self.service.show_value(DUPRO)
            self._free_fields(free=True)
        self.request_button.hide()
        self.edited.emit()

    def _take_request(self) -> None:
        self.show_request(self._offered)
        self.percent.setFocus()
        self.edited.emit()

    def _free_fields(self, *, free: bool) -> None:
        """What the record of an existing request says is not entered here."""
        lines = (self.client, self.order, self.product, self.quantity, self.rate, self.ready)
        choices = (self.service, self.man_days, self.skill, self.level, self.language, self.goods, self.aql)
        for field in (*lines, *choices):
            field.setEnabled(free)

    def _lay_out(self) -> None:
        for label, role in ((self.factory_line, "muted"), (self.fault, "error"), (self.assumed, "faint")):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self._field(self.tr("Factory"), self.factory))
        column.addWidget(self.factory_line)
        column.addWidget(self.request_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows: tuple[tuple[tuple[str, QWidget, int], ...], ...] = (
            ((self.tr("Service"), self.service, 3), (self.tr("Man-days"), self.man_days, 2)),
            ((self.tr("Skill"), self.skill, 1), (self.tr("Level"), self.level, 1)),
            ((self.tr("Product"), self.product, 3), (self.tr("Quantity, pcs"), self.quantity, 2)),
            ((self.tr("Goods"), self.goods, 3), (self.tr("AQL"), self.aql, 2)),
            ((self.tr("Client"), self.client, 3), (self.tr("Language"), self.language, 2)),
            ((self.tr("Order"), self.order, 3), (self.tr("Pieces a day"), self.rate, 2)),
        )
        for row in rows:
            column.addLayout(self._row(row))
        column.addLayout(self._field(self.tr("On site by"), self.by))
        made = ((self.tr("Made now, %"), self.percent, 2), (self.tr("Ready"), self.ready, 3))
        column.addLayout(self._row(made))
        column.addWidget(self.track)
        column.addWidget(self.fault)
        column.addWidget(self.assumed)
        column.addWidget(self._rule())
        said = QLabel(self.tr("What may move"), self)
        said.setProperty("role", "muted")
        column.addWidget(said)
        boxes = QVBoxLayout()
        boxes.setSpacing(2)
        for box in self.moves.values():
            boxes.addWidget(box)
        column.addLayout(boxes)
        self.tick(asdict(MayMove()))

    def _rule(self) -> QWidget:
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        return rule

    def _row(self, row: tuple[tuple[str, QWidget, int], ...]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for said, widget, share in row:
            line.addLayout(self._field(said, widget), share)
        return line

    def _field(self, said: str, widget: QWidget) -> QVBoxLayout:
        label = QLabel(said, self)
        label.setProperty("role", "muted")
        label.setBuddy(widget)
        widget.setAccessibleName(said)
        if isinstance(widget, QComboBox):  # as wide as its column, whatever it could say
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            widget.setMinimumContentsLength(3)
        if not isinstance(widget, DayChips):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout()
        box.setSpacing(3)
        box.addWidget(label)
        box.addWidget(widget)
        return box
