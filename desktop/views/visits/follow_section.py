"""What a visit leads to: an inspection once more, or the final one; proposed as a card, booked by one click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.itemmodels.request_words import short_days
from desktop.services.commands.inspection import BookFollowUp, FollowUpKind, Payer
from desktop.services.inspection.rows import FollowUpProposal, LinkedRequest, VisitCard
from desktop.views.context import PageContext
from desktop.views.visits.section import Section, emptied

PAYERS: tuple[Payer, ...] = ("supplier", "client", "house")


class ProposalCard(QFrame):
    """One proposal with why, when, who pays and who is not sent again.

    Attributes:
        wanted: a BookFollowUp.
    """

    wanted = Signal(object)

    def __init__(self, context: PageContext, request: str, proposal: FollowUpProposal, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self._request = request
        self.proposal = proposal
        title = QLabel(self._title(), self)
        title.setProperty("role", "strong")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.payer = QComboBox(self)
        words = {
            "supplier": self.tr("The supplier pays"),
            "client": self.tr("The client pays"),
            "house": self.tr("Our house pays"),
        }
        for payer in PAYERS:
            self.payer.addItem(words[payer], payer)
        self.payer.setCurrentIndex(PAYERS.index(proposal.charged_to))
        self.payer.setAccessibleName(self.tr("Who pays"))
        self.payer.setToolTip(proposal.charge_words)
        self.others = QCheckBox(self.tr("Send another inspector"), self)
        self.others.setChecked(bool(proposal.excluded))
        self.others.setToolTip(", ".join(proposal.excluded))
        self.book = QPushButton(self.tr("Book {code}").format(code=proposal.code), self)
        self.book.setProperty("role", "primary")
        self.book.clicked.connect(self._book)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(4)
        column.addWidget(title)
        for text in (proposal.because, self._terms(), proposal.charge_words):
            label = QLabel(text, self)
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setVisible(bool(text))
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.payer)
        row.addWidget(self.others)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.book, 0, Qt.AlignmentFlag.AlignLeft)
        context.look.changed.connect(self.update)

    def _title(self) -> str:
        kind = self.tr("Inspect again") if self.proposal.kind == "reinspection" else self.tr("Final inspection")
        return f"{kind} \N{MIDDLE DOT} {self.proposal.service}"

    def _terms(self) -> str:
        """Window and sample."""
        found = self.proposal
        if found.earliest is None or found.latest is None:
            window = self.tr("Window by the order's production")
        else:
            window = short_days(found.earliest, found.latest)
        sample = self.tr("level {level}, AQL {major} / {minor}").format(
            level=found.inspection_level, major=found.aql_major, minor=found.aql_minor
        )
        return f"{window} \N{MIDDLE DOT} {sample}"

    def _book(self) -> None:
        kind: FollowUpKind = self.proposal.kind
        self.wanted.emit(
            BookFollowUp(
                self._request,
                kind,
                charged_to=self.payer.currentData(),
                exclude=self.others.isChecked(),
            )
        )


class FollowSection(Section):
    """Proposals, and the requests before and after this one.

    Attributes:
        request_wanted: the code (str) of a request to be shown.
    """

    request_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.heading.setText(self.tr("What follows"))
        self.proposals: list[ProposalCard] = []
        self._holder = QVBoxLayout()
        self._holder.setSpacing(6)
        self.body.addLayout(self._holder)

    def show_card(self, card: VisitCard) -> None:
        """Show what a visit leads to."""
        before = None if self.card is None else _shown_of(self.card)
        self.card = card
        if before != _shown_of(card):
            emptied(self._holder)
            self.proposals = []
            if card.follows is not None:
                self._put_link(self.tr("Follows {code}"), card.follows)
            for link in card.follow_ups:
                self._put_link(self.tr("{code} follows"), link)
            for proposal in card.proposed_follow_ups:
                made = ProposalCard(self.context, card.row.request, proposal, self)
                made.wanted.connect(self.wanted)
                self._holder.addWidget(made)
                self.proposals.append(made)
        self.setVisible(bool(card.follows or card.follow_ups or card.proposed_follow_ups))

    def _put_link(self, words: str, link: LinkedRequest) -> None:
        text = f"{words.format(code=link.request)} \N{MIDDLE DOT} {link.service}"
        button = self.button(text, "link")
        button.clicked.connect(partial(self.request_wanted.emit, link.request))
        self._holder.addWidget(button)


def _shown_of(card: VisitCard) -> tuple[object, ...]:
    return card.row.request, card.follows, card.follow_ups, card.proposed_follow_ups
