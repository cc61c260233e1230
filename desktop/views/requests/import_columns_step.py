"""Second step of an import: what each column of the file means, and what stands in every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.services.exchange.foreign.guessing import SURE
from desktop.services.exchange.foreign.sheet_plan import Match, SheetPlan
from desktop.services.exchange.foreign.targets import LIST, targets_of
from desktop.services.exchange.kinds import SERVICE_WORDS
from desktop.views.look import Look
from desktop.views.requests.import_words import title_of
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.scrolled import put_inside

FACTORS = (1, 12, 1000, 10_000)
ASKED = ("client.name", "request.service", "request.skill", "factory.area", "factory.country")
"""What is asked for a booking list where no column gives it; the first two are needed."""
NEEDED = ("client.name", "request.service")
STANDS_FOR = {"client.name": "client.code", "request.skill": "order.product"}
"""What a column gives as well by which these follow."""


class ImportColumnsStep(QScrollArea):
    """The columns of one sheet.

    Attributes:
        changed: the plan is another now: a SheetPlan.
    """

    changed = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.plan = SheetPlan()
        self._clients: Mapping[str, str] = {}
        self._day = ""
        self._more: tuple[str, ...] = ()
        self.boxes: dict[int, QComboBox] = {}
        self.constants: dict[str, QComboBox] = {}
        self.order = QComboBox(self)
        self.factor = QComboBox(self)
        self.further = QComboBox(self)
        self.profile = QLineEdit(self)
        for field in (self.order, self.factor, self.further, self.profile):
            field.hide()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_plan(self, plan: SheetPlan, clients: Mapping[str, str], day: str) -> None:
        """Show a plan.

        Args:
            plan: what is known of the columns.
            clients: names by code, to choose from.
            day: one that can be read in two ways; "" where none is.
        """
        name = self.profile.text() if self.boxes else plan.profile
        self._more = self._more if self.boxes else ()
        self.plan, self._clients, self._day = plan, clients, day
        inside = QWidget()
        inside.setProperty("role", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(8)
        # what has to be said stands before what was found
        column.addWidget(self._title(self.tr("In every row")))
        column.addLayout(self._settings(inside))
        column.addWidget(self._title(self.tr("What the columns mean")))
        column.addLayout(self._columns(inside))
        self.profile = QLineEdit(name, inside)
        self.profile.setPlaceholderText(self.tr("Name, such as the client's; blank: do not remember"))
        self.profile.setAccessibleName(self.tr("Remember these columns as"))
        column.addWidget(self._title(self.tr("Remember these columns as")))
        column.addWidget(self.profile)
        column.addStretch(1)
        put_inside(self, inside)

    def _title(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "strong")
        label.setContentsMargins(0, 4, 0, 0)
        return label

    # -- the columns of the file ---------------------------------------------------------------------------------------

    def _columns(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        self.boxes = {}
        targets = targets_of(self.plan.layout)
        for line, match in enumerate(match for match in self.plan.matches if match.header and match.header[0] != "#"):
            grid.addWidget(self._theirs(match, parent), line, 0)
            box = QComboBox(parent)
            box.setAccessibleName(self.tr("Meaning of {header}").format(header=match.header))
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.addItem(self.tr("not read"), "")
            for target in targets.values():
                box.addItem(title_of(target), target.name)
            box.setCurrentIndex(box.findData(match.target))
            box.activated.connect(partial(self._on_target, match.place))
            grid.addWidget(box, line, 1)
            grid.addWidget(self._sureness(match, parent), line, 2, Qt.AlignmentFlag.AlignVCenter)
            self.boxes[match.place] = box
        return grid

    def _theirs(self, match: Match, parent: QWidget) -> QWidget:
        both = QWidget(parent)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = ElidedLabel(both)
        header.setText(match.header)
        samples = ElidedLabel(both)
        samples.setProperty("role", "muted")
        samples.setText(" · ".join(match.samples) or self.tr("empty"))
        column.addWidget(header)
        column.addWidget(samples)
        return both

    def _sureness(self, match: Match, parent: QWidget) -> QLabel:
        chip = QLabel(parent)
        if match.target:
            chip.setText(f"{match.confidence} %")
            chip.setProperty("role", "chip-ok" if match.confidence >= SURE else "chip-warn")
            chip.setToolTip(match.why)
        return chip

    def _on_target(self, place: int, _index: int) -> None:
        self._tell(self.plan.with_target(place, self.boxes[place].currentData()))
        self.boxes[place].setFocus()  # it is another box now

    # -- what stands in every row --------------------------------------------------------------------------------------

    def _settings(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        self.constants = {}
        for target in self._asked():
            label = title_of(targets_of(self.plan.layout)[target])
            self._add(grid, f"{label} *" if target in NEEDED else label, self._constant(target, parent))
        self.order = QComboBox(parent)
        self.order.setAccessibleName(self.tr("Order of days"))
        for order, text in (
            ("", self.tr("choose which figure is the day")),
            ("dmy", self.tr("day first: 31/12/2026")),
            ("mdy", self.tr("month first: 12/31/2026")),
        ):
            self.order.addItem(text, order)
        self.order.setCurrentIndex(self.order.findData(self.plan.date_order))
        self.order.activated.connect(self._on_order)
        if self._day or self.plan.date_order:
            title = self.tr("Days like {day} *").format(day=self._day) if self._day else self.tr("Days are written")
            self._add(grid, title, self.order)
        else:
            self.order.hide()
        self.factor = QComboBox(parent)
        self.factor.setAccessibleName(self.tr("Unit of quantities"))
        units = (self.tr("pieces"), self.tr("dozens"), self.tr("thousands"), self.tr("ten thousands (万)"))
        for factor, text in zip(FACTORS, units, strict=True):
            self.factor.addItem(text, factor)
        self.factor.setCurrentIndex(max(0, self.factor.findData(self.plan.factor)))
        self.factor.activated.connect(self._on_factor)
        if "order.quantity" in self.plan.targets:
            self._add(grid, self.tr("Quantities are in"), self.factor)
        else:
            self.factor.hide()
        self._add(grid, self.tr("Another field"), self._further(parent))
        return grid

    def _further(self, parent: QWidget) -> QComboBox:
        """What lets one more field be the same in every row."""
        self.further = QComboBox(parent)
        self.further.setAccessibleName(self.tr("Another field that is the same in every row"))
        self.further.addItem(self.tr("choose one"), "")
        for target in targets_of(self.plan.layout).values():
            if target.name not in self.plan.targets and target.name not in self.constants:
                self.further.addItem(title_of(target), target.name)
        self.further.activated.connect(self._on_further)
        return self.further

    def _on_further(self) -> None:
        if name := self.further.currentData():
            self._more = (*self._more, name)
            self._tell(self.plan)
            self.constants[name].setFocus()

    def _add(self, grid: QGridLayout, text: str, field: QWidget) -> None:
        line = grid.rowCount()
        label = QLabel(text)
        label.setBuddy(field)
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.addWidget(label, line, 0)
        grid.addWidget(field, line, 1)

    def _asked(self) -> tuple[str, ...]:
        given = self.plan.targets
        asked: tuple[str, ...] = ()
        if self.plan.layout == LIST:
            asked = tuple(name for name in ASKED if name not in given and STANDS_FOR.get(name) not in given)
        return tuple(dict.fromkeys((*asked, *self.plan.constants, *(name for name in self._more if name not in given))))

    def _constant(self, target: str, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setAccessibleName(title_of(targets_of(self.plan.layout)[target]))
        if target == "client.name":
            for code, name in self._clients.items():
                box.addItem(f"{code} {name}", code)
        elif target == "request.service":
            for service in SERVICE_WORDS:
                box.addItem(service, service)
        else:
            for choice in targets_of(self.plan.layout)[target].column.kind.choices:
                box.addItem(choice, choice)
        value = self.plan.constants.get(target, "")
        at = box.findData(value)
        box.setCurrentIndex(at)
        if at < 0:
            box.setEditText(value)
        box.editTextChanged.connect(partial(self._on_constant, target))
        if (completer := box.completer()) is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line = box.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("choose or type") if target in NEEDED else self.tr("as the file says"))
        self.constants[target] = box
        return box

    def _on_constant(self, target: str, typed: str) -> None:
        box = self.constants[target]
        at = box.findText(typed)
        text = box.itemData(at) if at >= 0 else typed
        if text != self.plan.constants.get(target, ""):
            # what is typed is kept without building the step anew: the keys stay where they are
            self.plan = self.plan.with_constant(target, text)
            self.changed.emit(self.plan)

    def _on_factor(self) -> None:
        self.plan = replace(self.plan, factor=self.factor.currentData())
        self.changed.emit(self.plan)

    def _on_order(self) -> None:
        self.plan = replace(self.plan, date_order=self.order.currentData())
        self.changed.emit(self.plan)

    def _tell(self, plan: SheetPlan) -> None:
        place = self.verticalScrollBar().value()
        self.show_plan(plan, self._clients, self._day)
        self.verticalScrollBar().setValue(place)
        self.changed.emit(plan)

    def focus_first(self) -> None:
        """Give the keys to the first thing that has to be said."""
        lacking = [box for name, box in self.constants.items() if name in NEEDED and not box.currentText()]
        if lacking:
            lacking[0].setFocus()
        elif self._day and not self.plan.date_order:
            self.order.setFocus()

    def lacking(self) -> str:
        """What has to be said before the rows can be tried out; "" where nothing is."""
        given = {**self.plan.targets, **self.plan.constants}
        if self.plan.layout == LIST:
            for name in NEEDED:
                if name not in given and STANDS_FOR.get(name) not in given:
                    return self.tr("Choose the field {field}, or one value for every row.").format(
                        field=title_of(targets_of(LIST)[name])
                    )
        if self._day and not self.plan.date_order:
            return self.tr("Say which figure of {day} is the day.").format(day=self._day)
        return ""
