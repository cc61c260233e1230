"""Third step of an import: every row tried out; what is wrong is typed anew in place, names are held to records."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QGridLayout,
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

from desktop.itemmodels.import_rows import FIELDS, VALUE, ImportRowsModel
from desktop.services.exchange.foreign.firms import NEW, Named
from desktop.services.exchange.foreign.trial import State, Trial
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.scrolled import put_inside

WIDTHS = {"sheet": 80, "row": 40, "column": 96, "value": 104, "reason": 150, "remedy": 150}
MOST_WARNINGS = 4
MOST_FITTED = 200
"""Lines that are each as high as their text. To measure thousands holds the window up for seconds: those have two lines
of text each, and the rest in a tooltip."""
MOST_NAMES = 50
"""Names that are shown at once, and how many more each time."""
NAMES = "names"


class ImportCheckStep(QWidget):
    """What importing would do.

    Attributes:
        corrected: a cell was typed anew: sheet (str), row (int), target (str), text (str).
        named: a name was held to another record: kind (str), name (str), code (str, "" for a new one).
        typed: a cell in which somebody typed is left.
    """

    corrected = Signal(str, int, str, str)
    named = Signal(str, str, str)
    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.trial: Trial | None = None
        self._shown: str = "wrong"
        self._chips_area = QWidget(self)
        self._flow = FlowLayout(self._chips_area, 6)
        self.chips: dict[str, QPushButton] = {}
        self.explanation = QLabel(self)
        self.explanation.setProperty("role", "muted")
        self.explanation.setWordWrap(True)
        self.explanation.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = ImportRowsModel(self)
        self.rows.corrected.connect(self.corrected)
        self.table = self._made_table()
        # the editor itself goes a moment after it is told to
        self.table.itemDelegate().closeEditor.connect(self.typed, Qt.ConnectionType.QueuedConnection)
        self.names = QScrollArea(self)
        self.names.setWidgetResizable(True)
        self.names.setFrameShape(QFrame.Shape.NoFrame)
        self.boxes: dict[tuple[str, str], QComboBox] = {}
        self.more_names: QPushButton | None = None
        self._asked: list[Named] = []
        self._names_wanted = MOST_NAMES
        self._is_names_built = False
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.names)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(8)
        top.addWidget(self._chips_area)
        top.addWidget(self.explanation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.pages, 1)

    def _made_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.rows)
        table.setAccessibleName(self.tr("Rows of the file"))
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(2 * table.fontMetrics().lineSpacing() + 8)
        table.setTabKeyNavigation(False)
        for number, field in enumerate(FIELDS):
            table.setColumnWidth(number, WIDTHS[field])
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def show_trial(self, trial: Trial, said: str) -> None:
        """Show what was found, with a word of how the file was read."""
        line = self.table.currentIndex().row()
        self.trial = trial
        asked = self._asked = _to_look_at(trial)
        self._is_names_built = False
        counts: tuple[tuple[str, int, str, str], ...] = (
            ("wrong", trial.count("wrong"), self.tr("%n with faults", "", trial.count("wrong")), "chip-bad"),
            ("new", trial.count("new"), self.tr("%n new", "", trial.count("new")), "chip"),
            ("changed", trial.count("changed"), self.tr("%n changed", "", trial.count("changed")), "chip"),
            ("unchanged", trial.count("unchanged"), self.tr("%n as they were", "", trial.count("unchanged")), "chip"),
            (NAMES, len(asked), self.tr("%n name(s) to look at", "", len(asked)), "chip-warn"),
        )
        self._show_chips(counts)
        if not self.chips.get(self._shown):
            self._shown = next(iter(self.chips), "wrong")
        warnings = trial.report.warnings
        more = len(warnings) - MOST_WARNINGS
        rest = (self.tr("%n more remark(s)", "", more),) if more > 0 else ()
        self.explanation.setText("\n".join((said, *warnings[:MOST_WARNINGS], *rest)))
        self.show_part(self._shown)
        if self._shown == "wrong" and self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(min(max(line, 0), self.rows.rowCount() - 1), VALUE))

    def show_part(self, part: str) -> None:
        """Show the rows of a state, or the names."""
        self._shown = part
        for name, chip in self.chips.items():
            chip.setChecked(name == part)
        if part == NAMES:
            if not self._is_names_built:
                self._show_names()
            self.pages.setCurrentWidget(self.names)
            return
        self.pages.setCurrentWidget(self.table)
        if self.trial is not None:
            state: State = part  # type: ignore[assignment]
            header = self.table.verticalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            self.rows.show_rows((), state)  # lines that stay would keep the heights of those before
            self.rows.show_rows(self.trial.rows, state)
            if self.rows.rowCount() <= MOST_FITTED:
                header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            sheets = {row.sheet for row in self.trial.rows}
            self.table.setColumnHidden(FIELDS.index("sheet"), len(sheets) < 2)
            self.table.setColumnHidden(FIELDS.index("remedy"), part != "wrong")
            is_whole = part in ("new", "unchanged")
            for field in ("column", "value"):
                self.table.setColumnHidden(FIELDS.index(field), is_whole)

    @property
    def is_typing(self) -> bool:
        """Whether somebody types in a cell."""
        return self.table.state() == QAbstractItemView.State.EditingState

    @property
    def is_naming(self) -> bool:
        """Whether somebody goes through the names."""
        return self.isVisible() and self.pages.currentWidget() is self.names

    def edit_first(self) -> None:
        """Begin to type the first value that is wrong."""
        for line in range(self.rows.rowCount()):
            index: QModelIndex = self.rows.index(line, VALUE)
            if self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.table.setCurrentIndex(index)
                self.table.setFocus()
                return

    def _show_chips(self, counts: tuple[tuple[str, int, str, str], ...]) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for name, number, text, role in counts:
            if number:
                chip = QPushButton(text, self._chips_area)
                chip.setProperty("role", role)
                chip.setCheckable(True)
                chip.clicked.connect(partial(self.show_part, name))
                self._flow.addWidget(chip)
                chip.show()
                self.chips[name] = chip
        self._chips_area.setVisible(bool(self.chips))

    # -- names ---------------------------------------------------------------------------------------------------------

    def _show_names(self) -> None:
        place = self.names.verticalScrollBar().value()
        held = next((key for key, box in self.boxes.items() if box.hasFocus()), None)
        inside = QWidget()
        inside.setProperty("role", "surface")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        self.boxes = {}
        for line, named in enumerate(self._asked[: self._names_wanted]):
            label = ElidedLabel(inside)
            label.setText(named.name)
            grid.addWidget(label, line, 0)
            grid.addWidget(self._choice(named, inside), line, 1)
            chip = QLabel(self.tr("new") if named.is_new else f"{100 * named.score:.0f} %", inside)
            chip.setProperty("role", "chip-warn" if named.is_new or named.score < 1 else "chip-ok")
            chip.setToolTip(named.why)
            grid.addWidget(chip, line, 2)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 12, 12)
        column.addLayout(grid)
        more = len(self._asked) - self._names_wanted
        self.more_names = None
        if more > 0:
            self.more_names = QPushButton(self.tr("Show {count} more").format(count=min(more, MOST_NAMES)), inside)
            self.more_names.clicked.connect(self._show_more_names)
            column.addWidget(self.more_names)
        column.addStretch(1)
        put_inside(self.names, inside)
        self._is_names_built = True
        self.names.verticalScrollBar().setValue(place)
        if held in self.boxes:
            self.boxes[held].setFocus()

    def _show_more_names(self) -> None:
        self._names_wanted += MOST_NAMES
        first = self._asked[self._names_wanted - MOST_NAMES]
        self._show_names()
        self.boxes[first.kind, first.name].setFocus()

    def _choice(self, named: Named, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
        box.setAccessibleName(self.tr("Record for {name}").format(name=named.name))
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        new = self.tr("new factory") if named.kind == "factory" else self.tr("new client")
        box.addItem(f"{new} {named.code}" if named.is_new else new, NEW)
        if not named.is_new and all(code != named.code for code, _ in named.offers):
            box.addItem(named.code, named.code)
        for code, name in named.offers:
            box.addItem(f"{code} {name}", code)
        box.setCurrentIndex(0 if named.is_new else box.findData(named.code))
        box.activated.connect(partial(self._on_choice, named.kind, named.name))
        self.boxes[named.kind, named.name] = box
        return box

    def _on_choice(self, kind: str, name: str, _index: int) -> None:
        self.named.emit(kind, name, self.boxes[kind, name].currentData())


def _to_look_at(trial: Trial) -> list[Named]:
    """The names that are no record's own, the least sure first."""
    doubtful = (named for named in trial.named if named.is_new or named.offers or named.score < 1)
    return sorted(doubtful, key=lambda named: (not named.is_new, named.score))
