"""The sheet in which filters are put together, named, and taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.requests.filter import RequestFilter
from desktop.services.requests.listing import Facet, RequestIndex
from desktop.services.requests.rows import RISKS, fold
from desktop.views.look import Look
from desktop.views.requests.filter_words import risk_name
from desktop.views.requests.saved_filters import SavedFilter
from desktop.views.widgets.word_chips import WordChips
from desktop.views.words import country_name

WIDTH = 460
LIST_HEIGHT = 132
VALUE = Qt.ItemDataRole.UserRole


class FacetList(QWidget):
    """Values with counts to tick, found by typing. `edited`: something was ticked."""

    edited = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(title)
        self._field.setAccessibleName(title)
        self._field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._field)
        column.addWidget(self.list)
        self._field.textChanged.connect(self._search)
        self.list.itemChanged.connect(self._on_tick)

    def offer(self, facets: Sequence[Facet], chosen: Iterable[str]) -> None:
        """Show values, the chosen ones ticked and first."""
        ticked = set(chosen)
        self.list.blockSignals(True)
        self.list.clear()
        for facet in sorted(facets, key=lambda facet: facet.value not in ticked):
            item = QListWidgetItem(f"{facet.count:,}   {facet.label}", self.list)
            item.setToolTip(facet.label)
            item.setData(VALUE, facet.value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if facet.value in ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._search(self._field.text())

    def values(self) -> tuple[str, ...]:
        """What is ticked."""
        items = [self.list.item(n) for n in range(self.list.count())]
        return tuple(item.data(VALUE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _search(self, text: str) -> None:
        wanted = fold(text)
        for n in range(self.list.count()):
            item = self.list.item(n)
            item.setHidden(wanted not in fold(item.text()))

    def _on_tick(self, _item: QListWidgetItem) -> None:
        self.edited.emit()


class FilterSheet(QFrame):
    """A sheet under the filter button; every tick filters at once.

    Attributes:
        edited: the RequestFilter as it is now.
        applied: a SavedFilter.
        saved: a name to keep the present filter under.
        renamed: (old name, new name).
        deleted: a name.
    """

    edited = Signal(object)
    applied = Signal(object)
    saved = Signal(object)
    renamed = Signal(object)
    deleted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "float")
        self.setAccessibleName(self.tr("Filters"))
        self.setFixedWidth(WIDTH)
        self._look = look
        self._wanted = RequestFilter()
        self._today = dt.date.min
        self._renaming = ""
        self.services = self._chips()
        self.countries = self._chips()
        self.risks = self._chips()
        self.pins = self._chips()
        self.weeks = self._chips()
        self.clients = FacetList(self.tr("Search clients"), self)
        self.areas = FacetList(self.tr("Search provinces"), self)
        self.clients.edited.connect(self._on_edit)
        self.areas.edited.connect(self._on_edit)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Name for this filter"))
        self.name.setAccessibleName(self.tr("Name for this filter"))
        self.save_button = QPushButton(self.tr("Save filter"), self)
        self.clear_button = QPushButton(self.tr("Clear"), self)
        self.save_button.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.clear_button.clicked.connect(self._clear)
        self._rows: list[QWidget] = []
        self._lay_out()

    def _chips(self) -> WordChips:
        chips = WordChips(parent=self)
        chips.edited.connect(self._on_edit)
        return chips

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(8)
        self._saved_title = self._label(self.tr("Saved filters"))
        self._saved = QVBoxLayout()
        self._saved.setSpacing(2)
        self._column.addWidget(self._saved_title)
        self._column.addLayout(self._saved)
        for title, widget in (
            (self.tr("Service"), self.services),
            (self.tr("Country"), self.countries),
            (self.tr("Risk"), self.risks),
            (self.tr("Window reaches into"), self.weeks),
            (self.tr("Pins"), self.pins),
        ):
            self._column.addWidget(self._label(title))
            self._column.addWidget(widget)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.clients)
        pair.addWidget(self.areas)
        self._column.addLayout(pair)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.name, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.clear_button)
        self._column.addLayout(foot)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        return label

    def show_filter(self, wanted: RequestFilter, index: RequestIndex, today: dt.date) -> None:
        """Offer what there is, with what is asked for now chosen."""
        self._wanted, self._today = wanted, today
        services = [facet.value for facet in index.facets("service")]
        countries = [facet.value for facet in index.facets("country")]
        self.services.offer(services)
        self.services.choose(wanted.services)
        self.countries.offer(countries, [country_name(code) for code in countries])
        self.countries.choose(wanted.countries)
        self.risks.offer(RISKS, [risk_name(kind) for kind in RISKS])
        self.risks.choose(wanted.risks)
        self.pins.offer(("pinned", "free"), (self.tr("Pinned"), self.tr("Not pinned")))
        self.pins.choose(() if wanted.pinned is None else ("pinned" if wanted.pinned else "free",))
        self.weeks.offer(("this", "next"), (self.tr("This week"), self.tr("Next week")))
        reach = (wanted.reaches_from, wanted.reaches_until)
        self.weeks.choose(name for name in ("this", "next") if reach == self._week(name))
        self.clients.offer(index.facets("client"), wanted.clients)
        self.areas.offer(index.facets("area"), wanted.areas)

    def show_saved(self, saved: Sequence[SavedFilter], current: str) -> None:
        """Show the named filters."""
        for row in self._rows:
            self._saved.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._saved_row(entry, current) for entry in saved]
        for row in self._rows:
            self._saved.addWidget(row)
            row.show()
        self._saved_title.setVisible(bool(saved))
        self.name.setText(current)
        self._renaming = ""
        self.adjustSize()

    def popup(self, corner: QPoint) -> None:
        """Open with the right upper corner at a point of the screen."""
        self.adjustSize()
        self.move(corner.x() - self.width(), corner.y())
        self.show()
        self.name.setFocus()

    def _saved_row(self, entry: SavedFilter, current: str) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        apply = QPushButton(entry.name, row)
        apply.setProperty("role", "chip-accent" if entry.name == current else "chip")
        apply.setObjectName(f"apply {entry.name}")
        apply.clicked.connect(partial(self.applied.emit, entry))
        line.addWidget(apply)
        line.addStretch(1)
        for icon, tip, act in (
            ("pencil-outline", self.tr("Rename {name}"), self._begin_rename),
            ("delete-outline", self.tr("Delete {name}"), self._delete),
        ):
            button = QPushButton(row)
            button.setProperty("role", "flat")
            button.setIcon(self._look.icon(icon))
            button.setToolTip(tip.format(name=entry.name))
            button.setAccessibleName(tip.format(name=entry.name))
            button.clicked.connect(partial(act, entry.name))
            line.addWidget(button)
        return row

    def _begin_rename(self, name: str) -> None:
        self._renaming = name
        self.name.setText(name)
        self.name.selectAll()
        self.name.setFocus()
        self.save_button.setText(self.tr("Rename"))

    def _delete(self, name: str) -> None:
        self.deleted.emit(name)

    def _save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        if self._renaming:
            self.renamed.emit((self._renaming, name))
            self.save_button.setText(self.tr("Save filter"))
        else:
            self.saved.emit(name)

    def _clear(self) -> None:
        self.edited.emit(RequestFilter(text=self._wanted.text))

    def _on_edit(self) -> None:
        pins, weeks = self.pins.words, self.weeks.words
        first, last = self._week(weeks[-1]) if weeks else (None, None)
        self._wanted = replace(
            self._wanted,
            services=self.services.words,
            countries=self.countries.words,
            risks=tuple(kind for kind in RISKS if kind in self.risks.words),
            pinned=None if len(pins) != 1 else pins[0] == "pinned",
            reaches_from=first,
            reaches_until=last,
            clients=self.clients.values(),
            areas=self.areas.values(),
        )
        self.edited.emit(self._wanted)

    def _week(self, name: str) -> tuple[dt.date, dt.date]:
        monday = self._today - dt.timedelta(days=self._today.weekday()) + dt.timedelta(days=7 * (name == "next"))
        return monday, monday + dt.timedelta(days=6)
