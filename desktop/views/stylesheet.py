"""The style sheet of the whole application, from the tokens of a theme.

Widgets choose a look by the dynamic property `role`: QPushButton "primary", "danger", "flat"; QLabel "title",
"panel-title", "headline", "figure", "figure-ok", "figure-bad", "muted", "faint", "error", "warn", "ok", "link", "chip",
"chip-accent", "chip-ok", "chip-warn", "chip-bad"; QComboBox "plain"; QFrame "card", "panel", "bar", "strip", "toast".
Sizes are those of the type scale and the grid of four.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from string import Template

import resources
from desktop.views.theme import FAMILIES, Theme

# $name is a colour of the theme
SHEET = Template("""
* { font-family: $families; font-size: 12px; }
QWidget { color: $text; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $surface; color: $text; border: 1.5px solid $ruler; border-radius: 4px; padding: 4px 6px; }

QFrame[role="menu-row"] { background: $raised; border: none; border-bottom: 1px solid $line; min-height: 27px;
  max-height: 27px; }
QMenuBar { background: transparent; border: none; }
QMenuBar::item { background: transparent; padding: 5px 9px; margin: 1px 0; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $accent_background; color: $accent; }
QMenu { background: $surface; border: 1.5px solid $ruler; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_background; color: $accent; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $raised; border-top: 1px solid $line; min-height: 23px; max-height: 23px; }
QStatusBar::item { border: none; }
QStatusBar QLabel, QStatusBar QPushButton { font-size: 11px; }

QFrame[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="strip"] { background: $raised; border: none; border-bottom: 1px solid $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[role="panel"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[role="foot"] { background: $raised; border: none; border-top: 1px solid $line; }
QFrame[role="rail"] { background: $raised; border: none; border-right: 1px solid $line; }
QFrame[role="float"] { background: $surface; border: 1.5px solid $ruler; border-radius: 6px; }
QFrame[role="note"] { background: $accent_background; border: none; border-radius: 6px; }
QFrame[role="note-ok"] { background: $ok_background; border: none; border-radius: 6px; }
QFrame[role="note-warn"] { background: $warn_background; border: none; border-radius: 6px; }
QFrame[role="note-bad"] { background: $bad_background; border: none; border-radius: 6px; }
QPushButton[role="way"] { min-height: 70px; border: 1px solid $line; border-radius: 6px; padding: 0; }
QPushButton[role="way"]:hover { background: $raised; border-color: $line_strong; }
QPushButton[role="way"]:pressed { background: $accent_background; border-color: $accent; }
QPushButton[role="way"]:focus { border: 2px solid $accent; min-height: 68px; padding: 0; }
QWidget[role="surface"] { background: $surface; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 14px; font-weight: 600; }
QLabel[role="panel-title"] { font-size: 16px; font-weight: 600; }
QLabel[role="headline"] { font-size: 20px; font-weight: 600; }
QLabel[role^="figure"] { font-size: 15px; font-weight: 600; }
QLabel[role="figure-ok"] { color: $ok; }
QLabel[role="figure-bad"] { color: $bad; }
QLabel[role="name"] { font-size: 13px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; font-size: 11px; }
QLabel[role="faint"] { color: $faint; font-size: 11px; }
QLabel[role="error"] { color: $bad; font-size: 11px; }
QLabel[role="warn"] { color: $warn; font-size: 11px; }
QLabel[role="ok"] { color: $ok; font-size: 11px; }
QLabel[role="link"] { color: $accent; }
QLabel[role^="chip"] { font-size: 11px; padding: 2px 6px; border-radius: 4px; background: $sunken; color: $muted; }
QLabel[role="chip-accent"] { background: $accent_background; color: $accent; }
QLabel[role="chip-ok"] { background: $ok_background; color: $ok; }
QLabel[role="chip-warn"] { background: $warn_background; color: $warn; }
QLabel[role="chip-bad"] { background: $bad_background; color: $bad; }
QPlainTextEdit[role="code"] { font-family: monospace; font-size: 11px; background: $raised; }
QLabel[role="key"] { font-size: 10px; color: $muted; border: 1px solid $line_strong; border-radius: 3px;
  padding: 0 4px; }

QPushButton, QToolButton { background: $surface; border: 1px solid $line_strong; border-radius: 4px; min-height: 26px;
  padding: 0 10px; }
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $accent_background;
  color: $accent; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 9px; min-height: 24px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $raised; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { border-color: $text; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $sunken; color: $faint; border-color: $line; }
QPushButton[role="danger"] { color: $bad; border-color: $bad; }
QPushButton[role="danger"]:hover { background: $bad_background; }
QPushButton[role="danger"]:disabled { color: $faint; border-color: $line; }
QPushButton[role="flat"], QToolButton[role="flat"] { background: transparent; border: 1px solid transparent;
  padding: 0 6px; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $sunken; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border: 1px solid $accent; padding: 0 6px;
  min-height: 26px; }
QPushButton[role="flat"]:checked, QToolButton[role="flat"]:checked { background: $accent_background; color: $accent; }
QPushButton[role="link"] { background: transparent; border: none; color: $accent; padding: 0; min-height: 18px;
  text-align: left; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }
QPushButton[role="link"]:disabled { color: $faint; }
QPushButton[role="small"] { min-height: 22px; padding: 0 8px; font-size: 11px; }
QPushButton[role^="chip"] { font-size: 11px; min-height: 20px; padding: 0 7px; border: 1px solid transparent;
  background: $sunken; color: $muted; }
QPushButton[role="chip-warn"] { background: $warn_background; color: $warn; }
QPushButton[role="chip-bad"] { background: $bad_background; color: $bad; }
QPushButton[role^="chip"]:hover { border-color: $line_strong; }
QPushButton[role^="chip"]:focus { border: 1px solid $accent; padding: 0 7px; min-height: 20px; }
QPushButton[role^="chip"]:checked { background: $accent_background; color: $accent; border-color: $accent; }
QPushButton[role="tab"] { background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
  color: $muted; min-height: 30px; padding: 0 8px; }
QPushButton[role="tab"]:hover { color: $text; }
QPushButton[role="tab"]:checked { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QPushButton[role="tab"]:focus { color: $accent; }
QPushButton[role="headline"] { background: $surface; border: none; border-right: 1px solid $line; border-radius: 0;
  padding: 0; text-align: left; }
QPushButton[role="headline"]:hover { background: $raised; }
QPushButton[role="headline"]:focus { border: 2px solid $accent; padding: 0; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $surface;
  border: 1px solid $line_strong;
  border-radius: 4px; padding: 0 6px; min-height: 26px; selection-background-color: $accent;
  selection-color: $on_accent; }
QPlainTextEdit, QTextEdit { padding: 4px 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid $accent; padding: 0 5px; min-height: 24px; }
QLineEdit[role="palette"], QLineEdit[role="palette"]:focus { border: none; border-bottom: 1px solid $line;
  border-radius: 0; padding: 0 12px; min-height: 40px; font-size: 14px; background: transparent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $raised;
  color: $faint; border-color: $line; }
QLineEdit[fault="true"], QAbstractSpinBox[fault="true"], QComboBox[fault="true"], QPlainTextEdit[fault="true"] {
  border: 2px solid $bad; padding: 0 5px; min-height: 24px; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox[role="plain"] { background: transparent; border: 1px solid transparent; color: $muted; font-size: 11px;
  min-height: 20px; }
QComboBox[role="plain"]:hover { background: $sunken; }
QComboBox[role="plain"]:focus { border: 1px solid $accent; padding: 0 6px; min-height: 20px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$icons/down-$name.svg"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px; }
QAbstractSpinBox::up-arrow { image: url("$icons/up-$name.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$icons/down-$name.svg"); width: 12px; height: 12px; }
QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit { border: none; padding: 0; min-height: 0;
  background: transparent; }
QSpinBox, QDoubleSpinBox { padding: 0 0 0 6px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
QCalendarWidget QToolButton { background: transparent; border: 1px solid transparent; }
QToolButton#qt_calendar_prevmonth { qproperty-icon: url("$icons/left-$name.svg"); }
QToolButton#qt_calendar_nextmonth { qproperty-icon: url("$icons/right-$name.svg"); }
QCalendarWidget QToolButton:hover { background: $sunken; }
QComboBox QAbstractItemView { background: $surface; border: 1.5px solid $ruler;
  selection-background-color: $accent_background;
  selection-color: $text; outline: none; }
QCheckBox, QRadioButton { background: transparent; spacing: 6px; min-height: 20px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px; height: 14px;
  background: $surface; border: 1px solid $line_strong; border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/check-$name.svg"); }
QRadioButton::indicator:checked { background: $on_accent; border: 4px solid $accent; width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $raised; border-color: $line; }

QAbstractItemView { background: $surface; alternate-background-color: $surface; border: none; outline: none;
  selection-background-color: $accent_background; selection-color: $text; gridline-color: $line; }
QListWidget[role="sections"] { background: transparent; border: none; }
QListWidget[role="sections"]::item { min-height: 28px; padding: 0 8px; border-radius: 4px; color: $muted; }
QListWidget[role="sections"]::item:hover { background: $sunken; color: $text; }
QListWidget[role="sections"]::item:selected { background: $accent_background; color: $accent; }
QTreeView::item { min-height: 22px; }
QTableWidget, QTreeWidget { border: none; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section { background: $raised; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 0 8px; min-height: 27px; font-size: 11px; }
QHeaderView::section:checked { font-weight: 400; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $raised; border: none; }
QTabWidget::pane { border: none; }
QTabBar { background: $raised; }
QTabBar::tab { background: transparent; color: $muted; padding: 0 10px; min-height: 30px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $accent; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: $surface; width: 11px; margin: 0; border: none; }
QScrollBar:horizontal { background: $surface; height: 11px; margin: 0; border: none; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: $surface; border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def stylesheet(theme: Theme) -> str:
    """The sheet in the colours of a theme."""
    tokens = {name: value for name, value in asdict(theme).items() if isinstance(value, str)}
    icons = (Path(resources.__file__).parent / "icons").as_posix()
    return SHEET.substitute(tokens, families=", ".join(f'"{family}"' for family in FAMILIES), icons=icons)
