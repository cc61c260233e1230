"""The middle: who can go, best first, how many were looked at, and why the others cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.itemmodels.two_line_list import TwoLineRow
from desktop.services.urgent.answer import CannotCount, Sort, UrgentAnswer, WhyNot
from desktop.views.actions import Actions
from desktop.views.feedback import InlineMessage
from desktop.views.look import Look
from desktop.views.places.two_line_view import TwoLineView
from desktop.views.urgent.candidate_list import CandidateList
from desktop.views.urgent.nobody import Nobody
from desktop.views.urgent.wording import head_of, nobody_in_words
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.flow_layout import FlowLayout

SORTS: tuple[Sort, ...] = ("in time", "cost", "soonest")
MOST_CAUSES = 6


class CandidatesPane(QWidget):
    """Head, cards, foot.

    Attributes:
        list: the cards.
        nobody: what stands there instead.
        reasons: why each of the others cannot.
        message: what went wrong with a booking.
        sort_changed: another order is wanted.
    """

    sort_changed = Signal()

    def __init__(self, look: Look, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.list = CandidateList(look, self)
        self.nobody = Nobody(self)
        self.reasons = TwoLineView(look, self.tr("Why the others cannot"), self)
        self.message = InlineMessage(look, self)
        self.head = QLabel(self)
        self.head.setProperty("role", "name")
        self.checked = ElidedLabel(self)
        self.checked.setProperty("role", "muted")
        self.speed = QLabel(self)
        self.speed.setProperty("role", "chip-ok")
        self.sort_box = QComboBox(self)
        self.sort_box.setAccessibleName(self.tr("Sort"))
        words = (self.tr("In time first, then cost"), self.tr("Least cost first"), self.tr("Soonest first"))
        for sort, text in zip(SORTS, words, strict=True):
            self.sort_box.addItem(text, sort)
        self.sort_box.activated.connect(self.sort_changed)
        self._foot = QFrame(self)
        self._flow = FlowLayout(self._foot, 12)
        self._causes: list[QLabel] = []
        self._speed = ""
        self.why_button = QPushButton(self.tr("Show why not"), self._foot)
        self.why_button.setProperty("role", "link")
        self.why_button.clicked.connect(actions.action("urgent.why_not").trigger)
        self.stack = QStackedWidget(self)
        self._lay_out()
        self.show_cannot(())
        self.show_answer(None, 0)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def sort(self) -> Sort:
        """The order that is wanted."""
        return cast("Sort", self.sort_box.currentData())

    def show_sort(self, sort: object) -> None:
        """Choose an order."""
        if sort in SORTS:
            self.sort_box.setCurrentIndex(SORTS.index(sort))

    def show_answer(self, answer: UrgentAnswer | None, shown: int) -> None:
        """Say how many can, of how many, found how fast; None: nothing was asked yet."""
        self.sort_box.setVisible(shown > 1)
        self.speed.setVisible(answer is not None)
        if answer is None:
            self.head.setText("")
            self.checked.setText("")
            self.show_cannot(())
            return
        self.head.setText(head_of(answer, shown))
        self.checked.setText(self.tr("{checked} checked").format(checked=f"{answer.checked:,}"))
        if answer.stage == "direct" and not answer.whole:
            self._speed = self.tr("ranked in {ms} ms").format(ms=f"{1000 * answer.seconds:,.0f}")
        moves = self.tr("{speed} · moves {seconds} s").format(speed=self._speed, seconds=f"{answer.seconds:.1f}")
        self.speed.setText(moves if answer.whole else self._speed)
        self.show_cannot(answer.cannot)

    def show_hint(self) -> None:
        """Say what the page waits for."""
        self.nobody.explain(self.tr("Name the factory. Who can go there stands here as you type."))
        self.show_list()

    def show_nobody(self, answer: UrgentAnswer, loosen: Sequence[tuple[str, str]]) -> None:
        """Say why there is nobody; `loosen`: the boxes of the form that could be ticked."""
        if not answer.whole and not answer.need.fault:
            self.nobody.explain(self.tr("Nobody is free without a move. Moves are being looked for …"))
        else:
            possible = () if answer.need.fault else tuple(loosen)
            self.nobody.explain(nobody_in_words(answer), answer.next_days, possible)

    def show_busy(self) -> None:
        """Say that an answer is on its way."""
        self.speed.setText(self.tr("ranking …"))
        self.speed.show()

    def show_cannot(self, counts: Sequence[CannotCount]) -> None:
        """Say why the others cannot, in numbers."""
        for label in self._causes:
            self._flow.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._flow.removeWidget(self.why_button)
        self._causes = []
        total = sum(count.number for count in counts)
        texts = [self.tr("{number} cannot:").format(number=f"{total:,}")] if total else []
        texts += [count.text for count in counts[:MOST_CAUSES]]
        for text in texts:
            label = QLabel(text, self._foot)
            label.setProperty("role", "muted")
            self._flow.addWidget(label)
            label.show()
            self._causes.append(label)
        self._flow.addWidget(self.why_button)
        self._foot.setVisible(bool(total))
        self._foot.updateGeometry()

    def show_reasons(self, found: Sequence[WhyNot], names: Sequence[CannotCount]) -> None:
        """List everybody who cannot, cause by cause."""
        order = [count.cause for count in names]
        titles = {count.cause: count.text for count in names}
        rows: list[TwoLineRow] = []
        before = ""
        for each in sorted(found, key=lambda w: (order.index(w.cause) if w.cause in order else len(order), w.name)):
            if each.cause != before:
                before = each.cause
                rows.append(TwoLineRow(f"head {before}", titles.get(each.cause, each.cause), is_head=True))
            rows.append(TwoLineRow(each.person, each.name, each.text))
        self.reasons.rows.show(rows)
        self.stack.setCurrentWidget(self.reasons)
        self.why_button.setText(self.tr("Back to the candidates"))

    def show_list(self) -> None:
        """Back to the cards, or to what stands there where there are none."""
        self.stack.setCurrentWidget(self.list if self.list.cards else self.nobody)
        self.why_button.setText(self.tr("Show why not"))

    @property
    def shows_reasons(self) -> bool:
        """Whether the list of those who cannot is shown."""
        return self.stack.currentWidget() is self.reasons

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(724, 700)

    def _lay_out(self) -> None:
        self._bar = QFrame(self)
        self._bar.setProperty("role", "strip")
        self._bar.setFixedHeight(32)
        self.bar_row = QHBoxLayout(self._bar)
        self.bar_row.setContentsMargins(12, 0, 12, 0)
        self.bar_row.setSpacing(8)
        self.bar_row.addWidget(self.head)
        self.bar_row.addWidget(self.checked, 1)
        self.bar_row.addWidget(self.speed, 0, Qt.AlignmentFlag.AlignVCenter)
        self.sort_box.setFixedHeight(24)
        self.sort_box.setProperty("role", "plain")
        self.bar_row.addWidget(self.sort_box)
        for widget in (self.list, self.nobody, self.reasons):
            self.stack.addWidget(widget)
        self._flow.setContentsMargins(14, 6, 14, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot, 0, Qt.AlignmentFlag.AlignBottom)
        self.stack.setCurrentWidget(self.nobody)
