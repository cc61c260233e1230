"""The end of a review: whether the plan still answers what the records say, and what is to become of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.itemmodels.plan_score import signed
from desktop.services.planning.proposals import ChangeNote, Proposal, ProposalCheck
from desktop.services.repair.partial import RepairCheck
from desktop.services.repair.views import PartSum
from desktop.services.words import spell_list
from desktop.views.look import Look
from desktop.views.plans.wording import clock_time
from desktop.views.words import money

MOST_LINES = 3
ICONS = {"ok": "check-circle", "warn": "alert", "bad": "alert-circle", "muted": "timer-sand"}


class ProposalFoot(QFrame):
    """Says how a proposal stands, with the buttons to discard it, run again, or keep it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._token = "muted"
        self.setProperty("role", "foot")
        self._icon, self._text = QLabel(self), QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.discard, self.again, self.accept = (QPushButton(self) for _ in range(3))
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._text, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.discard, self.again, self.accept):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(said)
        layout.addLayout(buttons)
        look.changed.connect(self._paint)
        self._offer(self.tr("Accept"), can_accept=False, again_first=False)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def use_actions(self, discard: QAction, again: QAction, accept: QAction) -> None:
        """Let the buttons do what these actions do."""
        for button, action in ((self.discard, discard), (self.again, again), (self.accept, accept)):
            button.setText(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)

    def show_checking(self, proposal: Proposal) -> None:
        """The answer is on its way."""
        self._say("muted", self.tr("Looking for changes since {time}").format(time=clock_time(proposal.started_at)))
        self._offer(self.tr("Accept"), can_accept=False, again_first=False)

    def show_check(self, proposal: Proposal, check: ProposalCheck) -> None:
        """Say how the proposal stands."""
        if check.is_fresh:
            self._say("ok", self._fresh(proposal.started_at, check))
            self._offer(self.tr("Accept"), can_accept=True, again_first=False)
        elif check.plan is not None:
            self._say("warn", self._stale(proposal, check))
            self._offer(self.tr("Accept as judged now"), can_accept=True, again_first=True)
        else:
            self._say("bad", self._broken(proposal, check))
            self._offer(self.tr("Accept"), can_accept=False, again_first=True)

    def show_repair(self, proposal: Proposal, check: RepairCheck, together: PartSum) -> None:
        """Say how a repair stands, and what is ticked of it."""
        words = self._repair_words(proposal, check)
        lines = [words, self._sum_words(together)]
        self._say("ok" if check.is_fresh else "bad" if check.broken else "warn", "\n".join(lines))
        text = self._apply_words(together, is_fresh=check.is_fresh)
        self._offer(text, can_accept=together.can_be_kept, again_first=bool(check.broken))

    def show_sum(self, together: PartSum) -> None:
        """Something else is ticked. While the answer is on its way, it will say so itself."""
        if self._token == "muted":
            return
        *words, _ = self._text.text().split("\n")
        self._say(self._token, "\n".join([*words, self._sum_words(together)]))
        text = self._apply_words(together, is_fresh=self._token == "ok")
        self._offer(text, can_accept=together.can_be_kept, again_first=self._token == "bad")

    def show_keeping(self) -> None:
        """It is being stored."""
        self._say("muted", self.tr("Checking the plan once more and keeping it"))
        self._offer(self.accept.text(), can_accept=False, again_first=False)

    def show_problem(self, text: str) -> None:
        """It could not be found out, or not be kept."""
        self._say("bad", text)
        self._offer(self.tr("Accept"), can_accept=False, again_first=False)

    # -- words ---------------------------------------------------------------------------------------------------------

    def _fresh(self, since: dt.datetime, check: ProposalCheck) -> str:
        time = clock_time(since)
        if not check.change_count:
            return self.tr("Nobody has changed anything since the run began at {time}.").format(time=time)
        return self.tr("%n change(s) since {time}, none of which concerns this plan.", "", check.change_count).format(
            time=time
        )

    def _since(self, proposal: Proposal, check: ProposalCheck) -> list[str]:
        head = self.tr("The records have changed since {time}:").format(time=clock_time(proposal.started_at))
        lines = [head, *(self._change(note) for note in check.changes[:MOST_LINES])]
        if check.change_count > MOST_LINES:
            lines.append(self.tr("and %n more", "", check.change_count - MOST_LINES))
        return lines

    def _change(self, note: ChangeNote) -> str:
        return self.tr("· {label}, by {who} at {time}").format(
            label=note.label, who=note.actor, time=clock_time(note.at)
        )

    def _stale(self, proposal: Proposal, check: ProposalCheck) -> str:
        lines = self._since(proposal, check)
        change = check.cost.total - proposal.plan.cost.total
        lines.append(
            self.tr("It breaks no rule and costs {cost} by now ({change}).").format(
                cost=money(check.cost.total), change=signed(change)
            )
        )
        if check.arrived:
            lines.append(self.tr("%n request(s) came since and would be left out.", "", len(check.arrived)))
        return "\n".join(lines)

    def _broken(self, proposal: Proposal, check: ProposalCheck) -> str:
        lines = self._since(proposal, check)
        lines.append(self.tr("It cannot be kept, for by now it breaks %n rule(s):", "", len(check.broken)))
        lines += [f"· {text}" for text in check.broken[:MOST_LINES]]
        if len(check.broken) > MOST_LINES:
            lines.append(self.tr("and %n more", "", len(check.broken) - MOST_LINES))
        return "\n".join(lines)

    def _repair_words(self, proposal: Proposal, check: RepairCheck) -> str:
        time = clock_time(proposal.started_at)
        if check.is_fresh:
            return self.tr("Nobody has edited these visits since the repair began at {time}.").format(time=time)
        lines = [self.tr("The records have changed since {time}:").format(time=time)]
        lines += [self._change(note) for note in check.changes[:MOST_LINES]]
        if check.edited:
            lines.append(self.tr("Edited by hand: {codes}.").format(codes=spell_list(check.edited)))
        if check.broken:
            lines.append(self.tr("All of it together breaks a rule by now: {rule}").format(rule=check.broken[0]))
        return "\n".join(lines)

    def _apply_words(self, together: PartSum, *, is_fresh: bool) -> str:
        if not together.all_groups and together.hopeless:
            return self.tr("Take %n out", "", together.hopeless)
        number = together.changes
        return self.tr("Apply %n", "", number) if is_fresh else self.tr("Apply %n anyway", "", number)

    def _sum_words(self, together: PartSum) -> str:
        """What is ticked: "33 of 34 changes ticked, -$10,424 beside changing nothing"."""
        ticked = self.tr("{some} of {all} changes ticked, {cents} beside changing nothing").format(
            some=f"{together.changes:,}",
            all=f"{together.all_changes:,}",
            cents=signed(together.difference.total),
        )
        if together.hits_left:
            ticked += ". " + self.tr("%n visit(s) hit would have nobody", "", together.hits_left)
        return ticked

    def _say(self, token: str, text: str) -> None:
        self._token = token
        self._text.setText(text)
        self.setAccessibleName(text)
        self._paint()

    def _offer(self, accept: str, *, can_accept: bool, again_first: bool) -> None:
        """Which button is the one to press."""
        self.accept.setText(accept)
        self.accept.setEnabled(can_accept)
        for button, first in ((self.accept, not again_first), (self.again, again_first)):
            button.setProperty("role", "primary" if first else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def _paint(self) -> None:
        self._icon.setPixmap(self._look.icon(ICONS[self._token], self._token).pixmap(16, 16))
