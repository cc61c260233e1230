"""What the panel of requests is about, and what was typed over requests and not saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.services.requests.cards import RequestCard
from desktop.services.requests.rows import RequestRow
from desktop.views.requests.form import FormKind, RequestForm


@dataclass(slots=True)
class LookedAt:
    """What the panel is about: a new request, one, or several. The card of one is None until it is fetched."""

    kind: FormKind = "edit"
    row: RequestRow | None = None
    card: RequestCard | None = None
    several: tuple[RequestRow, ...] = ()

    def turn(self, kind: FormKind, row: RequestRow | None = None, several: tuple[RequestRow, ...] = ()) -> None:
        """Be about something else from now on."""
        self.kind, self.row, self.card, self.several = kind, row, None, several


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed over a request and not saved: the card it was typed over, and the fields touched."""

    card: RequestCard
    typed: Mapping[str, Any]


class Drafts(QObject):
    """Keeps what was typed while something else is looked at.

    Attributes:
        unsaved: codes of requests with entries that are not saved (tuple), without the one that is looked at.
    """

    unsaved = Signal(object)

    def __init__(self, form: RequestForm, looked_at: LookedAt) -> None:
        super().__init__(form)
        self._form = form
        self._looked_at = looked_at
        self._drafts: dict[str, Draft] = {}

    def keep(self) -> None:
        """Keep what was typed over the request that is left."""
        card = self._looked_at.card
        if self._looked_at.kind == "edit" and card is not None:
            if self._form.touched():
                self._drafts[card.code] = Draft(card, self.typed())
            else:
                self.drop(card.code)
        self.tell()

    def typed(self) -> dict[str, Any]:
        """The fields that were touched, as they are now."""
        values = self._form.values()
        return {name: values[name] for name in self._form.touched() if name in values}

    def of(self, code: str) -> Draft | None:
        """What was typed over a request."""
        return self._drafts.get(code)

    def drop(self, code: str) -> None:
        """Give up what was typed over a request."""
        self._drafts.pop(code, None)

    def tell(self) -> None:
        """Say of which requests something is kept."""
        row = self._looked_at.row
        looked_at = None if row is None else row.code
        self.unsaved.emit(tuple(code for code in self._drafts if code != looked_at))
