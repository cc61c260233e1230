"""Where an address lies: places of the gazetteer offered under it, to be taken with one click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.jobs.db_runner import DbRunner, Job
from desktop.services.gazetteer import Place, find_places
from desktop.views.widgets.flow_layout import FlowLayout

MOST_OFFERS = 3


class PlaceOffers(QWidget):
    """Buttons for places. `taken` carries a Place."""

    taken = Signal(object)

    def __init__(self, runner: DbRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._flow = FlowLayout(self)
        self._job: Job[tuple[Place, ...]] | None = None
        self.buttons: tuple[QPushButton, ...] = ()
        self.hide()

    def ask(self, address: str) -> None:
        """Offer places that an address names. The first search reads the gazetteer: the worker does it."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._runner.read(self, partial(_places, address=address), self._show)

    def clear(self) -> None:
        """Offer nothing."""
        if self._job is not None:
            self._job.cancel()
        self._show(())

    def _show(self, places: tuple[Place, ...]) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(self._button(place) for place in places)
        self.setVisible(bool(places))

    def _button(self, place: Place) -> QPushButton:
        words = self.tr("Use {place}: {lat}, {lon}")
        made = QPushButton(words.format(place=place.title, lat=f"{place.lat:.3f}", lon=f"{place.lon:.3f}"), self)
        made.setProperty("role", "small")
        made.clicked.connect(partial(self.taken.emit, place))
        self._flow.addWidget(made)
        made.show()
        return made


def _places(_store: object, address: str) -> tuple[Place, ...]:
    return find_places(address, limit=MOST_OFFERS)
