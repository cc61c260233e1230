"""Requests of the inbox are released to planning; where something of them is missing that is asked first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop.itemmodels.clock_words import lacks_listed
from desktop.services.requests.rows import RequestRow
from desktop.views.feedback import Feedback

MOST_TOLD = 6  # requests named in the question


class Releasing(QObject):
    """Asks which requests are meant."""

    def __init__(self, feedback: Feedback) -> None:
        super().__init__()
        self._feedback = feedback

    def ask(self, rows: Sequence[RequestRow], then: Callable[[Sequence[RequestRow]], object]) -> None:
        """Have something done with requests at once if all are complete, else with those that somebody wants."""
        lacking = [row for row in rows if row.missing]
        if not lacking:
            then(rows)
            return
        whole = [row for row in rows if not row.missing]
        told = [f"{row.code}: {lacks_listed(row.missing)}" for row in lacking[:MOST_TOLD]]
        if len(lacking) > MOST_TOLD:
            told.append(self.tr("and %n more", "", len(lacking) - MOST_TOLD))
        choices = [self.tr("Release %n request(s)", "", len(rows))]
        if whole:
            choices.append(self.tr("Only the %n complete", "", len(whole)))
        self._feedback.ask(
            self.tr("%n request(s) are not complete", "", len(lacking)),
            "\n".join((self.tr("Their on-site clocks do not run until this is known:"), *told)),
            (*choices, self.tr("Keep in the inbox")),
            lambda choice: then((rows, whole, ())[choice]),
        )
