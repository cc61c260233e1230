"""What does not fit on a screen: texts larger than their room, widgets beyond their parent's edge, sideways scroll."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedLayout,
    QStyle,
    QStyleOptionButton,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

from desktop.views import bar_painting
from desktop.views.bar_painting import Ink
from desktop.views.theme import font

SLACK = 1  # pixels by which rounding may differ
ICON_GAP = 4
ELLIPSIS = "…"
HEAD_PIXELS, HEAD_PADDING, HEAD_MARK = 11, 8, 12
LEAVES = (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


def clipped(widget: QWidget) -> list[str]:
    """A line for every text visible in a widget that is larger than the room it has.

    What a widget of ours paints by itself is not seen here: `painted_texts` sees it.
    """
    return [line for part in _visible(widget) for line in _faults(part)]


def beyond_the_edge(widget: QWidget) -> list[str]:
    """A line for every label, button or field of which a parent cuts something off; what can be scrolled to is not."""
    lines = []
    for leaf in _visible(widget):
        if not isinstance(leaf, LEAVES) or isinstance(leaf.parent(), (QComboBox, QAbstractSpinBox)):
            continue
        inner: QWidget = leaf
        place = leaf.rect()
        while (outer := inner.parentWidget()) is not None and inner is not widget:
            place.translate(inner.pos())
            if isinstance(outer.parent(), QAbstractScrollArea):
                break
            if not outer.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
                lines.append(f"{_name(leaf)} lies at {_spell(place)} of {_name(outer)}, which is {_size(outer.size())}")
                break
            inner = outer
    return lines


def overlapping(widget: QWidget) -> list[str]:
    """A line for every two widgets of one layout that cover each other."""
    lines = []
    for part in _visible(widget):
        placed = [found for found in _laid_out(part.layout()) if found.isVisible()]
        for number, one in enumerate(placed):
            for other in placed[number + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > SLACK and common.height() > SLACK:
                    lines.append(f"{_name(one)} and {_name(other)} share {_size(common.size())}")
    return lines


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    """The widgets that a layout and those in it put in their places; of a stack only one is to be seen."""
    for number in range(0 if layout is None or isinstance(layout, QStackedLayout) else layout.count()):
        item = layout.itemAt(number) if layout is not None else None
        placed = None if item is None else item.widget()
        if placed is not None:
            yield placed
        elif item is not None:
            yield from _laid_out(item.layout())


def sideways(widget: QWidget) -> list[str]:
    """A line for everything in a widget that has to be scrolled sideways to be seen."""
    return [
        f"{_name(area)} hides {area.horizontalScrollBar().maximum()} px at its side"
        for area in _visible(widget)
        if isinstance(area, QAbstractScrollArea)
        and area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.horizontalScrollBar().maximum() > area.horizontalScrollBar().minimum()
    ]


# -- widgets -------------------------------------------------------------------------------------------------------


def _visible(widget: QWidget) -> Iterator[QWidget]:
    if widget.isVisible():
        yield widget
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            yield from _visible(child)


def _faults(part: QWidget) -> Iterator[str]:
    if isinstance(part, QTabBar):
        yield from _tabs(part)
    elif isinstance(part, QHeaderView):
        yield from _sections(part)
    elif not _paints_itself(part):
        fault = _fault(part)
        if fault:
            yield fault


def _fault(part: QWidget) -> str:
    """What is wrong with a widget of a kind that Qt paints; "" where nothing is."""
    for kind, check in CHECKS.items():
        if isinstance(part, kind):
            return check(part)
    return ""


def _label(label: QLabel) -> str:
    text = label.text()
    if not text or text.endswith(ELLIPSIS):
        return ""
    margin = label.margin()
    room = label.contentsRect().adjusted(margin, margin, -margin, -margin)
    return _too_large(label, text, _text_size(label, room.width()), room)


def _text_size(label: QLabel, width: int) -> QSize:
    """How large a label's text is, wrapped at a width where it may be."""
    plain = label.textFormat() == Qt.TextFormat.PlainText
    rich = label.textFormat() in (Qt.TextFormat.RichText, Qt.TextFormat.MarkdownText)
    if rich or (not plain and "</" in label.text()):
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(label.text())
        document.setTextWidth(width if label.wordWrap() else -1)
        return document.size().toSize()
    flags = Qt.TextFlag.TextWordWrap.value if label.wordWrap() else 0
    return (
        label.fontMetrics().boundingRect(QRect(0, 0, width if flags else 1 << 14, 1 << 14), flags, label.text()).size()
    )


def _push_button(button: QPushButton) -> str:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    size = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    if not button.icon().isNull():
        size += QSize(button.iconSize().width() + ICON_GAP if button.text() else button.iconSize().width(), 0)
    return _too_large(button, button.text(), size, room)


def _tool_button(button: QToolButton) -> str:
    hides_text = button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull()
    return "" if hides_text else _by_hint(button)


def _by_hint(button: QAbstractButton) -> str:
    size = QSize(button.sizeHint().width(), button.fontMetrics().height())
    return _too_large(button, button.text(), size, button.rect())


def _group(group: QGroupBox) -> str:
    return _too_large(group, group.title(), group.fontMetrics().size(0, group.title()), group.rect())


def _combo(combo: QComboBox) -> str:
    room = _spare(combo, QSize(22 + 14, 2))
    return _too_large(combo, combo.currentText(), _one_line(combo.fontMetrics(), combo.currentText()), room)


def _field(field: QLineEdit) -> str:
    if isinstance(field.parent(), (QComboBox, QAbstractSpinBox)):
        return ""
    text = field.placeholderText() if not field.text() else ""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    for button in field.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if button.isVisible():
            room.setWidth(room.width() - button.width())
    room = room.marginsRemoved(field.textMargins()).adjusted(2, 0, -2, 0)
    size = _one_line(field.fontMetrics(), text)
    return _too_large(field, text, size if text else QSize(0, field.fontMetrics().height()), room)


def _tabs(bar: QTabBar) -> Iterator[str]:
    if _paints_itself(bar):
        return
    for number in range(bar.count()):
        if not bar.isTabVisible(number):
            continue
        place = bar.tabRect(number)
        if place.right() > bar.width() + SLACK:
            yield f"tab {bar.tabText(number)!r} of {_name(bar)} ends at {place.right()} of {bar.width()}"
        elif bar.elideMode() != Qt.TextElideMode.ElideNone and place.width() + SLACK < bar.tabSizeHint(number).width():
            yield f"tab {bar.tabText(number)!r} of {_name(bar)} has {place.width()} px"


def _sections(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() == Qt.Orientation.Vertical or _overrides(header, "paintSection"):
        return
    for number in range(header.count()):
        text = model.headerData(number, header.orientation())
        if header.isSectionHidden(number) or not text or header.sectionViewportPosition(number) > header.width():
            continue
        needed = _head_width(header, number, str(text))
        if needed > header.sectionSize(number) + SLACK:
            yield f"head {text!r} needs {needed} px and has {header.sectionSize(number)}"


def _head_width(header: QHeaderView, number: int, text: str) -> int:
    """What the style sheet gives a head: small letters, room at both sides, and a mark where it is sorted by."""
    sorted_by = header.isSortIndicatorShown() and header.sortIndicatorSection() == number
    return QFontMetrics(font(HEAD_PIXELS)).horizontalAdvance(text) + 2 * HEAD_PADDING + HEAD_MARK * sorted_by


def _too_large(part: QWidget, text: str, needed: QSize, room: QRect) -> str:
    if not text and not isinstance(part, QLineEdit):
        return ""
    if needed.width() <= room.width() + SLACK and needed.height() <= room.height() + SLACK:
        return ""
    return f"{_name(part)} needs {_size(needed)} and has {_size(room.size())}"


def _spare(part: QWidget, taken: QSize) -> QRect:
    return QRect(QPoint(0, 0), part.size() - taken)


def _one_line(metrics: QFontMetrics, text: str) -> QSize:
    return QSize(metrics.horizontalAdvance(text), metrics.height())


def _paints_itself(part: QWidget) -> bool:
    return _overrides(part, "paintEvent")


def _overrides(part: QWidget, method: str) -> bool:
    ours = (kind for kind in type(part).__mro__ if not kind.__module__.startswith(("PySide6", "Shiboken")))
    return any(method in vars(kind) for kind in ours)


def _name(part: QWidget) -> str:
    text = getattr(part, "text", None)
    said = text() if callable(text) and not isinstance(part, QLineEdit) else ""
    if isinstance(part, QLineEdit):
        said = part.placeholderText()
    if isinstance(part, QComboBox):
        said = part.currentText()
    return f"{type(part).__name__} {said or part.objectName() or part.accessibleName()!r}"


def _size(size: QSize) -> str:
    return f"{size.width()} x {size.height()}"


def _spell(place: QRect) -> str:
    return f"{place.x()}, {place.y()} with {_size(place.size())}"


CHECKS: dict[type[QWidget], Callable[[Any], str]] = {
    QLabel: _label,
    QPushButton: _push_button,
    QToolButton: _tool_button,
    QCheckBox: _by_hint,
    QRadioButton: _by_hint,
    QComboBox: _combo,
    QLineEdit: _field,
    QGroupBox: _group,
}


# -- what is painted by hand ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaintedText:
    """A text that was written into a box.

    Attributes:
        text: the whole.
        ink: what its letters cover, as far as they were not cut off, in the box's coordinates.
    """

    text: str
    box: QRectF
    ink: QRectF

    @property
    def fits(self) -> bool:
        """Whether no letter stands out above or below."""
        return self.ink.top() >= self.box.top() - SLACK and self.ink.bottom() <= self.box.bottom() + SLACK


@contextmanager
def painted_texts() -> Iterator[list[PaintedText]]:
    """Note every text that is written by `bar_painting.write` inside the block."""
    noted: list[PaintedText] = []
    real = bar_painting.write

    def noting(painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
        real(painter, box, text, ink)
        if text and box.width() >= 4:
            noted.append(PaintedText(text, QRectF(box), _covered(painter, box, text, ink)))

    modules: list[Any] = [module for module in sys.modules.values() if getattr(module, "write", None) is real]
    for module in modules:
        module.write = noting
    try:
        yield noted
    finally:
        for module in modules:
            module.write = real


def _covered(painter: QPainter, box: QRectF, text: str, ink: Ink) -> QRectF:
    """As `write` places it: the middle of the line's height on the middle of the box."""
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    letters = metrics.tightBoundingRect(shown)
    width = metrics.horizontalAdvance(shown)
    x = box.left()
    if ink.where & Qt.AlignmentFlag.AlignRight:
        x += box.width() - width
    elif ink.where & Qt.AlignmentFlag.AlignHCenter:
        x += (box.width() - width) / 2
    y = box.top() + (box.height() + metrics.ascent() - metrics.descent()) / 2
    return letters.translated(x, y)
