"""The corrective actions of a visit, and those that its result calls for."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.itemmodels.request_words import short_day
from desktop.itemmodels.visit_rows import severity_words
from desktop.services.commands.inspection import OpenActions
from desktop.services.inspection.rows import ActionProposal, VisitCard
from desktop.views.context import PageContext
from desktop.views.visits.action_card import ActionCard
from desktop.views.visits.section import Section, shown_as


class ActionsSection(Section):
    """Actions one below the other; proposed ones are opened by one click."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.heading.setText(self.tr("Corrective actions"))
        self.cards: list[ActionCard] = []
        self._holder = QVBoxLayout()
        self._holder.setSpacing(2)
        self.proposed = self.muted()
        self.open_button = self.button("", "primary")
        self.open_button.clicked.connect(self.open)
        self.body.addLayout(self._holder)
        self.body.addWidget(self.proposed)
        self.body.addWidget(self.open_button)

    def show_card(self, card: VisitCard) -> None:
        """Show the actions of a visit; cards of the same actions stay, with what is typed there."""
        self.card = card
        if [found.row.id for found in self.cards] != [row.id for row in card.actions]:
            self._make_cards(card)
        else:
            for found, row in zip(self.cards, card.actions, strict=True):
                found.show_action(row)
        number = len(card.proposed_actions)
        self.proposed.setText("\n".join(self._said(proposal) for proposal in card.proposed_actions))
        self.proposed.setVisible(number > 0)
        self.open_button.setText(self.tr("Open %n action(s)", "", number))
        self.open_button.setVisible(number > 0)
        late = sum(row.is_overdue for row in card.actions)
        left = sum(row.next_step is not None for row in card.actions)
        said = self.tr("%n open", "", left) if left else ""
        self.beside.setText(self.tr("{open}, {late} overdue").format(open=said, late=late) if late else said)
        shown_as(self.beside, "error" if late else "muted")
        self.setVisible(bool(card.actions or card.proposed_actions))

    def _make_cards(self, card: VisitCard) -> None:
        while (item := self._holder.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = []
        for number, row in enumerate(card.actions):
            if number:
                rule = QFrame(self)
                rule.setProperty("role", "rule")
                self._holder.addWidget(rule)
            made = ActionCard(self.context, row, self)
            made.wanted.connect(self.wanted)
            self._holder.addWidget(made)
            self.cards.append(made)

    def _said(self, proposal: ActionProposal) -> str:
        entry = proposal.entry
        due = self.tr(", due {day}").format(day=short_day(entry.due)) if entry.due is not None else ""
        return f"\N{MIDDLE DOT} {severity_words(entry.severity)}: {entry.text}{due}"

    def open(self) -> None:
        """Open those that are proposed."""
        if self.card is not None:
            self.wanted.emit(OpenActions(self.card.row.request))
