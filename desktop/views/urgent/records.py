"""What the page reads beside its answers: whom a form may name, what is held, and the map's ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.jobs.db_runner import DbRunner, Job
from desktop.services.requests.cards import OrderChoice, find_orders, read_choices
from desktop.services.urgent.holding import holds
from desktop.views.maps.atlas import Atlas, read_atlas

if TYPE_CHECKING:
    from desktop.store.engine import Store

T = TypeVar("T")


class UrgentRecords(QObject):
    """Asks the worker; of the same kind only the last question is answered.

    Attributes:
        chosen_from: a FormChoices.
        held: a tuple of HoldView.
        drawn: an Atlas.
        ordered: orders that somebody looks for, as (code, words).
    """

    chosen_from = Signal(object)
    held = Signal(object)
    drawn = Signal(object)
    ordered = Signal(object)

    def __init__(self, runner: DbRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
        self._jobs: dict[str, Job[Any]] = {}

    def read_choices(self) -> None:
        """Clients, factories, skills, languages."""
        self._read("choices", read_choices, self.chosen_from.emit)

    def read_holds(self) -> None:
        """What is held now."""
        now = self._clock.now()
        self._read("holds", lambda store: holds(store, now), self.held.emit)

    def read_atlas(self) -> None:
        """What the map is painted from."""
        self._read("atlas", _atlas, self.drawn.emit)

    def look_for_orders(self, text: str, client: str, factory: str) -> None:
        """The newest orders that have a text in them."""

        def tell(found: Sequence[OrderChoice]) -> None:
            self.ordered.emit(tuple((order.code, f"{order.product}, {order.quantity:,}") for order in found))

        self._read("orders", lambda store: find_orders(store, text, client or None, factory or None), tell)

    def _read(self, kind: str, query: Callable[[Store], T], then: Callable[[T], object]) -> None:
        old = self._jobs.pop(kind, None)
        if old is not None:
            old.cancel()
        self._jobs[kind] = self._runner.read(self, query, then, background=True)


def _atlas(_store: Store) -> Atlas:
    return read_atlas()
