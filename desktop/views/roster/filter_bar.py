"""What is asked of the roster: a search, menus of words, chips for what needs a look, and how many are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.roster.filter import RosterChoices, RosterCounts, RosterFilter
from desktop.views.look import Look

SEARCH_WIDTH = 260
KINDS = ("teams", "countries", "skills", "languages")


class SearchLine(QLineEdit):
    """A search: Esc empties it, then leaves it; arrow down goes on to what was found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a search."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """The two rows above the list.

    Attributes:
        wanted: a RosterFilter, at every change by the user.
        left: the search is over: the list is to take the keys.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.filter = RosterFilter()
        self._choices = RosterChoices()
        self.search = SearchLine(self)
        self.search.setPlaceholderText(self.tr("Search people, codes, towns"))
        self.search.setAccessibleName(self.tr("Search the roster"))
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.setMinimumWidth(120)
        self.menus = {kind: self._menu_button(kind) for kind in KINDS}
        self.new_button = QPushButton(self.tr("New inspector"), self)
        self.new_button.setProperty("role", "primary")
        self.ended = self._chip("chip-bad")
        self.ends_soon = self._chip("chip-warn")
        self.absent = self._chip("chip")
        self.inactive = self._chip("chip")
        self.inactive.setText(self.tr("Who has left too"))
        self.clear_button = QPushButton(self.tr("Clear filters"), self)
        self.clear_button.setProperty("role", "link")
        self.shown = QLabel(self)
        self.shown.setProperty("role", "muted")
        self._lay_out(title)
        self._connect()
        self.show_filter(self.filter)
        self._paint_icons()

    def _chip(self, role: str) -> QPushButton:
        made = QPushButton(self)
        made.setProperty("role", role)
        made.setCheckable(True)
        return made

    def _menu_button(self, kind: str) -> QToolButton:
        made = QToolButton(self)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(made)
        menu.aboutToShow.connect(partial(self._fill, kind))
        made.setMenu(menu)
        return made

    def _lay_out(self, title: str) -> None:
        bar, strip = QFrame(self), QFrame(self)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(46)
        strip.setProperty("role", "strip")
        strip.setFixedHeight(36)
        heading = QLabel(title, bar)
        heading.setProperty("role", "title")
        upper, lower, column = QHBoxLayout(bar), QHBoxLayout(strip), QVBoxLayout(self)
        upper.setContentsMargins(12, 0, 12, 0)
        upper.setSpacing(8)
        upper.addWidget(heading)
        upper.addSpacing(8)
        upper.addWidget(self.search, 2)
        for button in self.menus.values():
            upper.addWidget(button)
        upper.addStretch(1)
        upper.addWidget(self.new_button)
        lower.setContentsMargins(12, 0, 12, 0)
        lower.setSpacing(8)
        for chip in (self.ended, self.ends_soon, self.absent, self.inactive):
            lower.addWidget(chip)
        lower.addWidget(self.clear_button)
        lower.addStretch(1)
        lower.addWidget(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(strip)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_text)
        self.search.left.connect(self.left)
        for chip, field in (
            (self.ended, "expiring"),
            (self.ends_soon, "expiring"),
            (self.absent, "absent"),
            (self.inactive, "inactive"),
        ):
            chip.clicked.connect(partial(self._on_chip, chip, field))
        self.clear_button.clicked.connect(self.clear)
        self._look.changed.connect(self._paint_icons)

    def _paint_icons(self) -> None:
        for button in self.menus.values():
            button.setIcon(self._look.icon("chevron-down"))
        self.new_button.setIcon(self._look.icon("plus", "on_accent"))
        self.ended.setIcon(self._look.icon("alert", "bad"))
        self.ends_soon.setIcon(self._look.icon("alert-outline", "warn"))

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_filter(self, wanted: RosterFilter) -> None:
        """Show a filter as the one in force."""
        self.filter = wanted
        if self.search.text() != wanted.text:
            self.search.setText(wanted.text)
        names = self._names()
        for kind, button in self.menus.items():
            chosen = sorted(getattr(wanted, kind))
            text = f"{names[kind]}: {', '.join(chosen[:2])}" if chosen else names[kind]
            button.setText(f"{text} +{len(chosen) - 2}" if len(chosen) > 2 else text)
            button.setToolTip(", ".join(chosen))
        self.ended.setChecked(wanted.expiring)
        self.ends_soon.setChecked(wanted.expiring)
        self.absent.setChecked(wanted.absent)
        self.inactive.setChecked(wanted.inactive)
        self.clear_button.setVisible(not wanted.is_empty)

    def show_counts(self, counts: RosterCounts, choices: RosterChoices, *, left: int) -> None:
        """Say how many need a look; chips that would find nobody are not there."""
        self._choices = choices
        self.ended.setText(self.tr("%n ended", "", counts.ended))
        self.ended.setToolTip(self.tr("People with a certificate or permit that has ended, or ends within 30 days"))
        self.ends_soon.setText(self.tr("%n end within 30 days", "", counts.ends_soon))
        self.ends_soon.setToolTip(self.ended.toolTip())
        self.absent.setText(self.tr("%n absent today", "", counts.absent_today))
        self.absent.setToolTip(self.tr("People who are absent today or in the week shown"))
        self.ended.setVisible(counts.ended > 0 or (self.filter.expiring and not counts.ends_soon))
        self.ends_soon.setVisible(counts.ends_soon > 0)
        self.absent.setVisible(counts.absent_today > 0 or self.filter.absent)
        self.inactive.setVisible(left > 0 or self.filter.inactive)

    def show_number(self, shown: int, total: int, week: str) -> None:
        """Say how many people are shown, and which week the load is of."""
        number = (
            self.tr("%n people", "", total)
            if shown == total
            else self.tr("{shown} of {total} people").format(shown=shown, total=total)
        )
        self.shown.setText(f"{number} · {week}" if week else number)

    def _names(self) -> Mapping[str, str]:
        return {
            "teams": self.tr("Team"),
            "countries": self.tr("Country"),
            "skills": self.tr("Skill"),
            "languages": self.tr("Language"),
        }

    # -- what is asked -------------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Ask for everybody, those who have left as before."""
        self._ask(RosterFilter(inactive=self.filter.inactive))

    def open_menu(self) -> None:
        """Open the first of the menus."""
        self.menus["teams"].showMenu()

    def _ask(self, wanted: RosterFilter) -> None:
        self.show_filter(wanted)
        self.wanted.emit(wanted)

    def _on_text(self, text: str) -> None:
        self._ask(replace(self.filter, text=text))

    def _on_chip(self, chip: QPushButton, field: str) -> None:
        self._ask(self.filter.with_switch(field, chip.isChecked()))

    def _fill(self, kind: str) -> None:
        """Make a menu of the words there are, with the number of people who have each."""
        menu = self.menus[kind].menu()
        menu.clear()
        chosen: frozenset[str] = getattr(self.filter, kind)
        for word, number in getattr(self._choices, kind).items():
            action = QAction(f"{word}\t{number}", menu)
            action.setCheckable(True)
            action.setChecked(word in chosen)
            action.setData(word)
            action.triggered.connect(partial(self._on_word, kind, action))
            menu.addAction(action)

    def _on_word(self, kind: str, action: QAction) -> None:
        self._ask(self.filter.with_word(kind, str(action.data()), action.isChecked()))
