"""The sample of a request: its lot, what is drawn of it, and the man-days that follow, with why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.services.changes import Outcome
from desktop.services.commands import Command, EditRecord
from desktop.services.exchange.kinds import way_text
from desktop.services.requests.form import EntryFault, read_entry
from desktop.services.requests.rows import RequestRow
from desktop.services.requests.sampling import SampleSheet, parts_of, read_sample
from desktop.services.trade.sampling import AQLS, Level
from desktop.services.trade_words import GOODS
from desktop.services.words import sentence
from desktop.views.context import PageContext
from desktop.views.requests.operating_curve import CurveDialog
from desktop.views.requests.sample_table import SampleTable
from desktop.views.requests.tabs import RequestTab

OF_ORDER = ("product_group", "variants")
PLACES = {
    "inspection_level": (0, 0, 1),
    "aql_major": (0, 1, 1),
    "aql_minor": (0, 2, 1),
    "product_group": (1, 0, 2),
    "variants": (1, 2, 1),
    "test_minutes": (2, 0, 1),
    "containers": (3, 0, 1),
}
"""Line, column and columns that a field takes."""


class SamplingTab(RequestTab):
    """The tab. What is entered is stored at once, as a step that can be undone; man-days never change by themselves."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.sheet: SampleSheet | None = None
        self.man_days = self._label("figure")
        self.reason_text = self._label("muted")
        self.offer = QFrame(self._body)
        self.offer.setProperty("role", "note-warn")
        self.offer_text = QLabel(self.offer)
        self.offer_text.setWordWrap(True)
        self.use_button = QPushButton(self.offer)
        self.why_title = self._label("name")
        self._parts = QGridLayout()
        self._part_labels: list[QLabel] = []
        self.lot_title = self._label("name")
        self.lot_text = self._label("muted")
        self.table = SampleTable(self._body)
        self.curve_button = QPushButton(self.tr("Chance of acceptance…"), self._body)
        self.curve_button.setProperty("role", "link")
        self.in_work_text = self._label("muted")
        self.fields: dict[str, QComboBox | QLineEdit] = {}
        self._titles: dict[str, QLabel] = {}
        self.other_title = self._label("name")
        self.other_title.setText(self.tr("Other man-days"))
        self.other_ways = QLineEdit(self._body)
        self.other_ways.setPlaceholderText(self.tr("2, or 1 person 2 days; 2 people 1 day"))
        self.other_ways.setAccessibleName(self.tr("Other man-days"))
        self.other_reason = QLineEdit(self._body)
        self.other_reason.setPlaceholderText(self.tr("Why they are others than the rules give"))
        self.other_reason.setAccessibleName(self.tr("Reason"))
        self.other_button = QPushButton(self.tr("Set with this reason"), self._body)
        self._lay_out()
        self.use_button.clicked.connect(self._use)
        self.curve_button.clicked.connect(self.open_curve)
        self.other_button.clicked.connect(self._set_others)
        for entry in (self.other_ways, self.other_reason):
            entry.textChanged.connect(self._offer_others)
        self._body.hide()

    # -- how it is laid out --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        note = QVBoxLayout(self.offer)
        note.setContentsMargins(10, 8, 10, 8)
        note.setSpacing(6)
        note.addWidget(self.offer_text)
        note.addWidget(self.use_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setHorizontalSpacing(8)
        self._parts.setVerticalSpacing(3)
        self._parts.setColumnStretch(1, 1)
        others = QHBoxLayout()
        others.setSpacing(8)
        others.addWidget(self.other_button)
        others.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        above: tuple[QWidget, ...] = (self.man_days, self.reason_text, self.offer, self.why_title)
        middle: tuple[QWidget, ...] = (self.lot_title, self.lot_text, self.table, self.in_work_text)
        below: tuple[QWidget, ...] = (self.other_title, self.other_ways, self.other_reason)
        for widget in above:
            column.addWidget(widget)
        column.addLayout(self._parts)
        for widget in middle:
            column.addWidget(widget)
        column.addWidget(self.curve_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._lay_out_fields())
        for widget in below:
            column.addWidget(widget)
        column.addLayout(others)
        column.addStretch(1)
        self._lay_out_body()

    def _lay_out_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        for at in range(3):
            grid.setColumnStretch(at, 1)
        titles = {
            "inspection_level": self.tr("Inspection level"),
            "aql_major": self.tr("AQL major"),
            "aql_minor": self.tr("AQL minor"),
            "product_group": self.tr("Product group"),
            "variants": self.tr("Variants"),
            "test_minutes": self.tr("Minutes of tests"),
            "containers": self.tr("Containers"),
        }
        choices = {"inspection_level": tuple(Level), "aql_major": AQLS, "aql_minor": AQLS}
        for name, title in titles.items():
            field: QComboBox | QLineEdit
            if name in choices or name == "product_group":
                field = QComboBox(self._body)
                for choice in choices.get(name, ()):
                    field.addItem(str(choice), str(choice))
                field.activated.connect(partial(self._on_chosen, name))
            else:
                field = QLineEdit(self._body)
                field.editingFinished.connect(partial(self._on_left, name))
            field.setMinimumWidth(0)
            field.setAccessibleName(title)
            label = QLabel(title, self._body)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            line, at, span = PLACES[name]
            grid.addWidget(label, 2 * line, at, 1, span)
            grid.addWidget(field, 2 * line + 1, at, 1, span)
            self.fields[name], self._titles[name] = field, label
        return grid

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_row(self, row: RequestRow, *, is_other: bool) -> None:
        """Fetch the sample of a request."""
        if is_other:
            self._body.hide()  # a field that is left by that still belongs to the sheet shown
            self.sheet = None
            self.message.clear()
            for field in self.fields.values():
                if isinstance(field, QLineEdit):
                    field.setModified(False)
            self.other_ways.clear()
            self.other_reason.clear()
        now, code = self.context.clock.now(), row.code
        self.context.runner.read(
            self,
            lambda store: read_sample(store, now, code),
            partial(self._on_sheet, code),
            partial(self._not_fetched, code),
        )

    def _on_sheet(self, code: str, sheet: SampleSheet) -> None:
        if not self.looks_at(code):
            return
        self.sheet = sheet
        ways = self.tr(" or ").join(way_text(mode) for mode in sheet.modes)
        self.man_days.setText(self._days(sheet.man_days))
        because = self.tr("{ways}, because {reason}") if sheet.reason else "{ways}"
        self.reason_text.setText(because.format(ways=ways, reason=sheet.reason))
        self._show_offer(sheet)
        self._show_parts(sheet)
        self._show_lot(sheet)
        self._show_fields(sheet)
        for widget in (self.other_title, self.other_ways, self.other_reason, self.other_button):
            widget.setVisible(not sheet.fixed)
        self._offer_others()
        self._body.show()

    def _days(self, days: float) -> str:
        return self.tr("{days} man-days").format(days=f"{days:g}") if days != 1 else self.tr("1 man-day")

    def _show_offer(self, sheet: SampleSheet) -> None:
        work = sheet.work
        if work is None or not sheet.differs:
            self.offer.hide()
            return
        ways = self.tr(" or ").join(way_text(mode) for mode in work.modes)
        text = self.tr("The rules give {days}: {ways}.").format(days=self._days(work.days), ways=ways)
        if sheet.fixed:
            text += "\n" + self.tr("{why}: its man-days stay as they are.").format(why=sheet.fixed)
        self.offer_text.setText(text)
        self.use_button.setText(self.tr("Use {days}").format(days=self._days(work.days)))
        self.use_button.setVisible(not sheet.fixed)
        self.offer.show()

    def _show_parts(self, sheet: SampleSheet) -> None:
        for label in self._part_labels:
            self._parts.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._part_labels = []
        if sheet.work is None:
            self.why_title.setText(self.tr("The rules give no man-days"))
            self._add_part("", sentence(sheet.missing))
            return
        self.why_title.setText(self.tr("Why {days}?").format(days=self._days(sheet.work.days)))
        for part in parts_of(sheet.work):
            self._add_part(f"{part.days:.2f}", part.text)

    def _add_part(self, days: str, text: str) -> None:
        row = len(self._part_labels)
        figure, words = self._label("strong"), self._label("muted")
        figure.setText(days)
        figure.setWordWrap(False)
        figure.setVisible(bool(days))
        words.setText(text)
        self._parts.addWidget(figure, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._parts.addWidget(words, row, 1)
        self._part_labels += [figure, words]

    def _show_lot(self, sheet: SampleSheet) -> None:
        plans = sheet.finished
        for widget in (self.lot_title, self.table, self.curve_button):
            widget.setVisible(plans is not None)
        self.lot_text.setText(sentence(sheet.lot_words))
        self.lot_text.setVisible(sheet.lot_words != sheet.missing)
        self.in_work_text.setVisible(plans is not None and sheet.in_work is not None)
        if plans is None:
            return
        self.lot_title.setText(self.tr("Finished goods, lot of {lot}").format(lot=f"{plans.lot:,}"))
        self.table.show_plans(plans, sheet.aql_major, sheet.aql_minor)
        if sheet.in_work is not None:
            part = sheet.in_work
            self.in_work_text.setText(
                self.tr(
                    "Semi-finished goods: about {lot} in work. The same plan draws {drawn} on the line; major {major},"
                    " minor {minor} accepted. They add no man-days."
                ).format(lot=f"{part.lot:,}", drawn=part.drawn, major=part.major.accept, minor=part.minor.accept)
            )

    def _show_fields(self, sheet: SampleSheet) -> None:
        group = self.fields["product_group"]
        if isinstance(group, QComboBox):
            group.clear()
            guess = GOODS.get(sheet.group, "")
            unknown = self.tr("unknown") if not guess else self.tr("{group}, guessed").format(group=guess)
            group.addItem(unknown if not sheet.group_given else self.tr("guess it"), "")
            for name, goods in GOODS.items():
                group.addItem(goods, name)
            group.setCurrentIndex(max(0, group.findData(sheet.group_given)))
        values = {
            "inspection_level": sheet.level,
            "aql_major": sheet.aql_major,
            "aql_minor": sheet.aql_minor,
            "variants": str(sheet.variants),
            "test_minutes": str(sheet.test_minutes),
            "containers": "" if sheet.containers is None else str(sheet.containers),
        }
        for name, value in values.items():
            field = self.fields[name]
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            elif not field.isModified():  # else somebody types in it, or what he typed was refused
                field.setText(value)
        is_loading = sheet.service == "LOADING"
        for name, field in self.fields.items():
            shown = is_loading if name == "containers" else not (is_loading or (name in OF_ORDER and not sheet.order))
            field.setVisible(shown)
            self._titles[name].setVisible(shown)

    # -- changing ------------------------------------------------------------------------------------------------------

    def _on_chosen(self, name: str, _index: int) -> None:
        field = self.fields[name]
        if isinstance(field, QComboBox):
            self._store(name, field.currentData())

    def _on_left(self, name: str) -> None:
        field = self.fields[name]
        if isinstance(field, QLineEdit) and field.isModified():
            field.setModified(False)
            self._store(name, field.text().strip() or None)

    def _store(self, name: str, value: Any) -> None:  # noqa: ANN401 -- any value of a field
        sheet = self.sheet
        if sheet is None:
            return
        # without the version: one goes from field to field faster than the sheet is read again
        kind, code = ("order", sheet.order) if name in OF_ORDER else ("request", sheet.code)
        self._handle(EditRecord(kind, code, {name: value}), sheet.code, refused=partial(self._keep, name))

    def _use(self) -> None:
        sheet = self.sheet
        if sheet is not None and sheet.work is not None:
            self._handle(
                EditRecord("request", sheet.code, {"modes": sheet.work.modes, "man_days_reason": ""}), sheet.code
            )

    def _offer_others(self) -> None:
        self.other_button.setEnabled(bool(self.other_ways.text().strip() and self.other_reason.text().strip()))

    def _set_others(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        try:
            modes = read_entry("modes", self.other_ways.text(), self.context.clock.now().date())
        except EntryFault as fault:
            self.message.show_text(str(fault), "bad")
            return
        reason = self.other_reason.text().strip()
        command = EditRecord("request", sheet.code, {"modes": modes, "man_days_reason": reason})
        self._handle(command, sheet.code, stored=self._clear_others)

    def _clear_others(self) -> None:
        self.other_ways.clear()
        self.other_reason.clear()

    def _handle(
        self,
        command: Command,
        code: str,
        *,
        stored: Callable[[], object] | None = None,
        refused: Callable[[], object] | None = None,
    ) -> None:
        """Store something of a request; what follows concerns the tab only while that is still looked at."""
        self.message.clear()
        self.context.runner.handle(
            self, command, partial(self._on_stored, code, stored), partial(self._on_refused, code, refused)
        )

    def _on_stored(self, code: str, then: Callable[[], object] | None, outcome: Outcome) -> None:
        self.context.feedback.done(outcome)
        if then is not None and self.looks_at(code):
            then()

    def _on_refused(self, code: str, then: Callable[[], object] | None, error: DomainError) -> None:
        self._not_done(code, error)
        if self.row is None or not self.looks_at(code):
            return
        if then is not None:
            then()
        self.look_at(self.row)

    def _keep(self, name: str) -> None:
        """What was typed and refused stays, to be mended."""
        field = self.fields[name]
        if isinstance(field, QLineEdit):
            field.setModified(True)

    def open_curve(self) -> CurveDialog | None:
        """Show how likely the lot is accepted; None where no sample is drawn."""
        sheet = self.sheet
        if sheet is None or sheet.finished is None:
            return None
        dialog = CurveDialog(self.context.look, sheet, sheet.finished, self.window())
        dialog.show()
        return dialog
