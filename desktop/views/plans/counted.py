"""Texts about plans that count something. Their plurals are found in `tr` only, so a QObject says them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject

Counts = Literal[
    "late", "fewer_nights", "more_nights", "fewer_days", "more_days", "calls", "changes", "told", "visits", "days",
    "people", "pinned",
]  # fmt: skip


class Counted(QObject):
    """Says how many."""

    def text(self, what: Counts, number: int) -> str:
        """A text with its number; the code of a request is still to be put in."""
        return {
            "late": self.tr("{code} is %n day(s) late", "", number),
            "fewer_nights": self.tr("Saves %n hotel night(s)", "", number),
            "more_nights": self.tr("%n hotel night(s) more", "", number),
            "fewer_days": self.tr("Works %n day(s) less", "", number),
            "more_days": self.tr("Works %n day(s) more", "", number),
            "calls": self.tr("Announced otherwise: %n call(s) to make", "", number),
            "changes": self.tr("%n change(s)", "", number),
            "told": self.tr("%n announced", "", number),
            "visits": self.tr("%n announced visit(s) to change", "", number),
            "days": self.tr("%n day(s)", "", number),
            "people": self.tr("%n person(s)", "", number),
            "pinned": self.tr("%n pinned", "", number),
        }[what]


def counted(what: Counts, number: int) -> str:
    """A text with its number."""
    return Counted().text(what, number)
