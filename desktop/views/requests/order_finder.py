"""Finds the orders that somebody types in a form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop.jobs.db_runner import DbRunner, Job
from desktop.services.requests.cards import OrderChoice, find_order, find_orders
from desktop.views.requests.form import RequestForm


class OrderFinder(QObject):
    """Answers what a form asks of orders. Of several searches only the last one is answered."""

    def __init__(self, runner: DbRunner, form: RequestForm) -> None:
        super().__init__(form)
        self._runner = runner
        self._form = form
        self._search: Job[tuple[OrderChoice, ...]] | None = None
        form.orders_wanted.connect(self._look_for)
        form.order_wanted.connect(self.fetch)

    def fetch(self, code: str) -> None:
        """Tell the form of one order."""
        self._runner.read(self, partial(find_order, code=code), partial(self._form.show_order, code))

    def _look_for(self, text: str) -> None:
        if self._search is not None:
            self._search.cancel()
        values = self._form.values()
        client, factory = values.get("client"), values.get("factory")
        self._search = self._runner.read(
            self, lambda store: find_orders(store, text, client, factory), self._form.offer_orders
        )
