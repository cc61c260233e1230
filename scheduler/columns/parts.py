"""A plan improved part by part, by one thread or by several at once."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

from scheduler.columns.dive import SecondsLeft
from scheduler.columns.generate import Outlook
from scheduler.columns.neighbourhood import CentsOf, Change, Neighbourhoods
from scheduler.search.search import Service, Week
from scheduler.stop import Stop
from scheduler.tables import Tables

ENDS_WITHIN = 2.0  # seconds that a helper's step in hand is waited for


class Parts:
    """The plan in hand, and those who improve it. One thread alone gives equal plans in equal runs."""

    def __init__(self, tables: Tables, cents_of: CentsOf, seed: int, left: SecondsLeft | None) -> None:
        """For `cents_of` and `left` see `Neighbourhoods`."""
        self._left = left
        self._lock = threading.Lock()
        self._workers = [Neighbourhoods(tables, cents_of, seed=2 * seed + number) for number in range(2)]
        self._services: list[Service | None] = []
        self._helper: threading.Thread | None = None
        self._ended = threading.Event()
        self._error: BaseException | None = None
        self._outlook: Outlook | None = None
        self.steps = 0
        self.gained = 0

    @property
    def services(self) -> list[Service | None]:
        """How the plan in hand serves each request."""
        with self._lock:
            return list(self._services)

    def begin(self, services: Sequence[Service | None], weeks: Iterable[Week]) -> None:
        """Take over a plan, and horizons that may be of use."""
        with self._lock:
            self._services = list(services)
        found = list(weeks)
        for worker in self._workers:
            worker.remember(found)

    def step(self, stop: Stop, outlook: Outlook | None) -> bool:
        """Try to improve one part, or dive, with what is known of the whole; gives whether that changed the plan."""
        self._outlook = outlook
        return self._step(self._workers[0], stop)

    def get_help(self, stop: Stop) -> None:
        """Let a thread of its own improve other parts meanwhile, until `stop` says yes."""
        if self._helper is None:
            self._helper = threading.Thread(target=self._help, args=(stop,), name="parts", daemon=True)
            self._helper.start()

    def end(self) -> None:
        """Let the helper end, and raise what went wrong there."""
        self._ended.set()
        if self._helper is not None:
            self._helper.join(ENDS_WITHIN)
        if self._error is not None:
            raise self._error

    def _help(self, stop: Stop) -> None:
        def ends() -> bool:
            return self._ended.is_set() or stop()

        try:
            while not ends():
                self._step(self._workers[1], ends)
        except BaseException as error:  # noqa: BLE001 -- raised again at the end
            self._error = error

    def _step(self, worker: Neighbourhoods, stop: Stop) -> bool:
        worker.look(self._outlook)
        if worker.may_dive(self._left):
            self.steps += 1
            return self._dive(worker, stop)
        before = self.services
        change = worker.change(before, stop, self._left)
        self.steps += 1
        if change is None or stop():
            return False
        with self._lock:
            if not self._still_fits(change, before):
                return False
            for request, service in change.services.items():
                self._services[request] = service
            self.gained += change.gain
        return True

    def _dive(self, worker: Neighbourhoods, stop: Stop) -> bool:
        """Put a plan of its own in place of the one in hand where it is cheaper."""
        found = worker.dive(stop, self._left)
        if found is None or stop():
            return False
        cost = worker.cost_of(found)
        while True:
            before = self.services
            gain = worker.cost_of(before) - cost  # a while, in which the other thread may change the plan
            if gain <= 0:
                return False
            with self._lock:
                if self._services == before:
                    self._services = found
                    self.gained += gain
                    return True

    def _still_fits(self, change: Change, before: Sequence[Service | None]) -> bool:
        """Whether nobody has changed anything in the part meanwhile."""
        for request, (old, new) in enumerate(zip(before, self._services, strict=True)):
            if old == new:
                continue
            crew = {*(old.crew if old else ()), *(new.crew if new else ())}
            if request in change.services or not change.people.isdisjoint(crew):
                return False
        return True
