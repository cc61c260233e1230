"""The command palette: type a few letters, press Enter, and it is done or shown."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.itemmodels.palette_list import ENTRY, PaletteEntry, PaletteList
from desktop.jobs.db_runner import Job
from desktop.services.finding import Hit, find_records
from desktop.views.context import PageContext
from desktop.views.palette.entries import commands, fitting, records
from desktop.views.palette.matching import plain
from desktop.views.palette.row_painting import ROW_HEIGHT, PaletteRows

WIDTH, TOP, MOST_SHOWN = 600, 84, 12
REMEMBERED = 12
MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_SHOWN, Qt.Key.Key_PageUp: -MOST_SHOWN}


class Palette(QFrame):
    """A list that floats over the window while it is wanted."""

    def __init__(self, context: PageContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._menus: dict[str, str] = {}
        self._commands: tuple[PaletteEntry, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self._job: Job[tuple[Hit, ...]] | None = None
        self._came_from: QWidget | None = None
        self._is_open = False
        self.setProperty("role", "float")
        self.field = QLineEdit(self)
        self.field.setProperty("role", "palette")
        self.model = PaletteList(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteRows(context.look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel(self)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(14, 8, 14, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 4)
        layout.setSpacing(2)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._on_clicked)
        self.list.entered.connect(self.list.setCurrentIndex)
        context.look.changed.connect(self.list.viewport().update)
        window.installEventFilter(self)
        self.update_words()
        self.hide()

    def update_words(self) -> None:
        """Say everything in the language in force."""
        self.field.setPlaceholderText(self.tr("Type a command, a request, or a name"))
        self.field.setAccessibleName(self.tr("Command, request or name"))
        self.list.setAccessibleName(self.tr("Commands and records"))
        self._nothing.setText(self.tr("Nothing fits. Codes and names are as the records show them."))

    def open(self, menus: dict[str, str]) -> None:
        """Show it, over whatever has the focus; `menus` gives the titles of menus by name."""
        if self._is_open:
            self.dismiss()
            return
        self._came_from = QApplication.focusWidget()
        self._is_open = True
        self._menus = menus
        self._commands = commands(self._context.actions, menus)
        self.field.clear()
        self._on_text("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Go, and give the focus back to where it was."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        came_from, self._came_from = self._came_from, None
        self._is_open = False
        self.hide()
        if came_from is not None and shiboken6.isValid(came_from) and came_from.isVisible():
            came_from.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list while the field has the focus; the window's size."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        elif event.type() == QEvent.Type.FocusOut and self._is_open and not self._is_focus_elsewhere():
            self.dismiss()
        return super().eventFilter(watched, event)

    def _is_focus_elsewhere(self) -> bool:
        """Whether the focus went to another program, or nowhere: then the palette stays."""
        return QApplication.focusWidget() in (None, self.field)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in MOVES:
            self._move(MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key != Qt.Key.Key_Tab:
            return False
        return True

    def _move(self, rows: int) -> None:
        """To the next row that can be chosen; from the last to the first."""
        usable = [row for row, entry in enumerate(self.model.entries) if entry.is_enabled]
        if not usable:
            return
        row = self.list.currentIndex().row()
        place = usable.index(row) if row in usable else -1
        wanted = place + rows
        place = wanted % len(usable) if abs(rows) == 1 else max(0, min(wanted, len(usable) - 1))
        self.list.setCurrentIndex(self.model.index(usable[place]))

    def _on_text(self, text: str) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._hits = ()
        self._show(text)
        if len(text.strip()) > 1:
            self._job = self._context.runner.read(self, partial(find_records, text=text), self._on_hits, self._on_error)

    def _on_hits(self, hits: tuple[Hit, ...]) -> None:
        self._job = None
        self._hits = hits
        self._show(self.field.text())

    def _on_error(self, _error: object) -> None:
        """Commands are found all the same; that the database is away is said elsewhere."""
        self._job = None

    def _show(self, text: str) -> None:
        recent = self._context.preferences.value("palette.recent", list[str]())
        found = fitting(self._commands, text, recent)
        hits = records(self._hits)
        named = found and plain(text) in plain(found[0].text)
        self.model.show((*found[:6], *hits, *found[6:]) if named else (*hits, *found))
        rows = min(len(self.model.entries), MOST_SHOWN)
        self.list.setFixedHeight(rows * ROW_HEIGHT)
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self._move(1)
        self._place()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, PaletteEntry) or not entry.is_enabled:
            return
        self.dismiss()
        if entry.is_record:
            self._go_to(*entry.key.split(":", maxsplit=1))
            return
        recent = [key for key in self._context.preferences.value("palette.recent", list[str]()) if key != entry.key]
        self._context.preferences.put("palette.recent", [entry.key, *recent][:REMEMBERED])
        self._context.actions.action(entry.key).trigger()

    def _go_to(self, kind: str, code: str) -> None:
        selection = self._context.selection
        if kind == "request":
            selection.show_request(code)
        elif kind == "inspector":
            selection.show_inspector(code)
        else:
            selection.show_plan(code, "plans")

    def _place(self) -> None:
        width = min(WIDTH, self._window.width() - 40)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._window.width() - width) // 2, TOP)
