"""Beside the rows of a review: how the plan got better, what is behind one person's changes, and the cost by part."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.itemmodels.plan_score import PlanScoreModel, signed
from desktop.jobs.plan_run import RunState
from desktop.services.plan_review import PersonReview, PlanReview, Tally
from desktop.services.planning.proposals import Proposal
from desktop.views.bar_painting import painting
from desktop.views.look import Look
from desktop.views.plans.curve import Curve
from desktop.views.plans.tables import ScoreTable
from desktop.views.plans.wording import change_count, fact_icon, fact_line, span

MOST_FACTS = 6
FACT_ICON = 14


class ReviewPanel(QScrollArea):
    """What explains a review."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._review: PlanReview | None = None
        self._person: PersonReview | None = None
        self._score = PlanScoreModel(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QFrame(self)
        self._body.setProperty("role", "panel")
        self._run = QWidget(self._body)
        self._title, self._how = QLabel(self.tr("How the plan got better"), self._run), QLabel(self._run)
        self._curve = Curve(look, self._run)
        self._name, self._count, self._gain = (QLabel(self._body) for _ in range(3))
        self._facts = QVBoxLayout()
        self._pictures: list[tuple[QLabel, str, str]] = []
        self._table = ScoreTable(look, self._score, self._body)
        self._stays, self._stays_text = QLabel(self.tr("What stays"), self._body), QLabel(self._body)
        self._share = ShareBar(look, self._body)
        self._legend = QLabel(self._body)
        self._notes = QLabel(self._body)
        self._lay_out()
        look.changed.connect(self._paint_icons)

    def show_run(self, proposal: Proposal, state: RunState | None, *, is_repair: bool = False) -> None:
        """Show a run that has ended: its curve, and what had to be assumed.

        A repair searches with dearer prices of taking back: its curve would tell other sums than the review.
        """
        plan = proposal.plan
        how = self.tr("stopped by you at {time}") if plan.status == "stopped" else self.tr("ended after {time}")
        self._how.setText(how.format(time=span(plan.seconds)))
        history = () if state is None else state.history
        now = None if state is None else state.base_cost
        self._curve.show_points(history, now, plan.seconds)
        self._run.setVisible(not is_repair)
        self._notes.setText("\n".join(proposal.notes))
        self._notes.setVisible(bool(proposal.notes))

    def hide_run(self) -> None:
        """There is no run behind this review."""
        self._run.hide()
        self._notes.hide()

    def show_review(self, review: PlanReview) -> None:
        """Show the cost by part and what stays."""
        self._review, self._person = review, None
        self._score.show_costs(None if review.now is None else review.now.cost, review.new.cost)
        self._share.show_tally(review.tally)
        tally = review.tally
        both = tally.kept + tally.moved_day + tally.changed_person + tally.split + tally.dropped
        self._stays_text.setText(
            self.tr("{kept} of {all} visits stay as they are").format(kept=f"{tally.kept:,}", all=f"{both:,}")
        )
        for widget in (self._stays, self._stays_text, self._share, self._legend):
            widget.setVisible(review.now is not None)
        self._legend.setText(self._legend_text(tally))
        self._show_person()

    def show_person(self, person: PersonReview | None) -> None:
        """Say what is behind the changes of somebody."""
        self._person = person if person is not None and person.changes else None
        self._show_person()

    def _show_person(self) -> None:
        self._pictures.clear()
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        person, review = self._person, self._review
        for label in (self._name, self._count, self._gain):
            label.setVisible(person is not None)
        if person is None or review is None:
            return
        self._name.setText(person.name)
        self._count.setText(change_count(person))
        self._gain.setText(signed(person.cost.total))
        self._gain.setProperty("role", "ok" if person.cost.total < 0 else "strong")
        self._gain.style().unpolish(self._gain)
        self._gain.style().polish(self._gain)
        for fact in person.facts[:MOST_FACTS]:
            icon, token = fact_icon(fact)
            self._facts.addWidget(self._fact(icon, token, fact_line(fact, review.first_day)))
        if len(person.facts) > MOST_FACTS:
            more = self.tr("and %n more", "", len(person.facts) - MOST_FACTS)
            self._facts.addWidget(self._fact("dots-horizontal", "muted", more))

    def _fact(self, icon: str, token: str, text: str) -> QWidget:
        line = QWidget(self._body)
        picture, words = QLabel(line), QLabel(text, line)
        picture.setPixmap(self._look.icon(icon, token).pixmap(FACT_ICON, FACT_ICON))
        self._pictures.append((picture, icon, token))
        words.setWordWrap(True)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return line

    def _paint_icons(self) -> None:
        for picture, icon, token in self._pictures:
            picture.setPixmap(self._look.icon(icon, token).pixmap(FACT_ICON, FACT_ICON))

    def _legend_text(self, tally: Tally) -> str:
        parts = [
            self.tr("{number} change the day").format(number=f"{tally.moved_day:,}"),
            self.tr("{number} change the person").format(number=f"{tally.changed_person:,}"),
            self.tr("{number} newly placed").format(number=f"{tally.placed:,}"),
            self.tr("{number} dropped").format(number=f"{tally.dropped:,}"),
        ]
        return "   ".join(parts)

    def _lay_out(self) -> None:
        self._title.setProperty("role", "strong")
        self._name.setProperty("role", "strong")
        self._stays.setProperty("role", "strong")
        for label in (self._how, self._count, self._stays_text, self._legend, self._notes):
            label.setProperty("role", "muted")
        self._legend.setWordWrap(True)
        self._notes.setWordWrap(True)
        run = QVBoxLayout(self._run)
        run.setContentsMargins(12, 12, 12, 4)
        run.setSpacing(6)
        run.addLayout(_row(self._title, self._how))
        run.addWidget(self._curve)
        who = QVBoxLayout()
        who.setContentsMargins(12, 10, 12, 10)
        who.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._gain)
        who.addLayout(top)
        self._facts.setSpacing(5)
        who.addLayout(self._facts)
        stays = QVBoxLayout()
        stays.setContentsMargins(12, 14, 12, 12)
        stays.setSpacing(6)
        stays.addLayout(_row(self._stays, self._stays_text))
        stays.addWidget(self._share)
        stays.addWidget(self._legend)
        stays.addWidget(self._notes)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._run)
        layout.addLayout(who)
        layout.addWidget(self._table)
        layout.addLayout(stays)
        layout.addStretch(1)
        self.setWidget(self._body)


def _row(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row


class ShareBar(QWidget):
    """How much of a plan stays, and what becomes of the rest, as lengths."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tally = Tally()
        self.setFixedHeight(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_tally(self, tally: Tally) -> None:
        """Show these shares."""
        self._tally = tally
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(200, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What stays in grey first."""
        del event
        theme, tally = self._look.theme, self._tally
        with painting(self) as painter:
            shares = (
                (tally.kept, theme.sunken),
                (tally.moved_day, theme.warn),
                (tally.changed_person + tally.split, theme.accent),
                (tally.placed, theme.ok),
                (tally.dropped, theme.bad),
            )
            total = sum(number for number, _ in shares)
            x = 0.0
            for number, token in shares:
                width = self.width() * number / total if total else 0.0
                painter.fillRect(QRectF(x, 0, max(0.0, width - (token != theme.sunken)), self.height()), QColor(token))
                x += width
