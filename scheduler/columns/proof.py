"""The proof beside the search: column generation in a thread of its own, fed with what the search comes by."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence

from scheduler.columns.closing import close
from scheduler.columns.dive import is_ripe
from scheduler.columns.generate import Generation, Outlook
from scheduler.search.search import Service, Week
from scheduler.stop import Stop, never
from scheduler.tables import Tables

MOST_WEEKS, LATER_WEEKS = 5_000, 300  # handed over at first, and before each further round
MOST_GAP = 0.5  # of the fractional plan's cost: floors further below it, proven at prices far off, are not reported
CLOSE = 0.02  # of the cost: a larger gap is not worth trying to close
SHRUNK = 0.8  # of the distance tried last that is worth another try
ENDS_WITHIN = 2.0  # seconds that an interrupted round is waited for: a kernel ends between two inspectors only


class Proof:
    """Raises a floor under every plan in a thread of its own, and closes the gap to a plan that is near."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._generation: Generation | None = None  # made once it is fed: making it takes a while too
        self._closed: int | None = None
        self._tried = math.inf  # the distance between plan and bound over which closing was tried last
        self._weeks: list[Week] = []
        self._hungry = threading.Event()
        self._fed = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._hungry.set()

    @property
    def bound(self) -> int | None:
        """Cents that no plan costs less than; None until proven, and until it says something."""
        generation = self._generation
        if self._closed is not None or generation is None or generation.bound is None:
            return self._closed
        cost = generation.cost
        says_nothing = cost is not None and generation.bound < cost - MOST_GAP * abs(cost)
        return None if says_nothing else generation.bound

    @property
    def columns(self) -> int:
        """Horizons in the master."""
        return 0 if self._generation is None else self._generation.columns

    @property
    def outlook(self) -> Outlook | None:
        """What is known of the whole; None at first."""
        return None if self._generation is None else self._generation.outlook

    @property
    def is_ripe(self) -> bool:
        """Whether the fractional plan is worth diving from."""
        return is_ripe(self.outlook)

    @property
    def is_over(self) -> bool:
        """Whether it raises `bound` no more."""
        return self._generation is not None and self._generation.is_done

    @property
    def is_hungry(self) -> bool:
        """Whether new horizons are welcome."""
        return self._hungry.is_set()

    def feed(self, weeks: Sequence[Week]) -> None:
        """Hand over horizons; the first begin the proof."""
        self._weeks = list(weeks[-(LATER_WEEKS if self._fed.is_set() else MOST_WEEKS) :])
        self._hungry.clear()
        self._fed.set()

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="proof", daemon=True)
        self._thread.start()

    def prove(self, rounds: int, stop: Stop = never) -> None:
        """So many rounds, in this thread, while `stop` says no: equal calls prove equal floors."""
        self._generation = Generation(self._tables)
        self._generation.give(self._weeks)
        while rounds > 0 and not self._generation.is_done and not stop():
            self._generation.round(stop)
            rounds -= 1

    def close(self, cost: int, stop: Stop) -> list[Service | None] | None:
        """Look for the best plan of all once `is_over`, the best plan known costing so much; gives a cheaper one."""
        generation = self._generation
        if self._closed is not None or generation is None or not generation.is_done:
            return None
        if generation.bound is None or generation.prices is None or generation.least is None:
            return None
        room = cost - generation.bound
        if not 0 < room <= min(CLOSE * abs(cost), SHRUNK * self._tried):
            return None
        self._tried = room
        closed = close(self._tables, generation.prices, generation.least, generation.bound, cost, stop)
        if closed is None:
            return None
        if closed.bound > generation.bound:
            self._closed = closed.bound
        return closed.services

    def halt(self) -> None:
        """Tell it to end; `stop` waits until it has."""
        self._stopped.set()
        self._fed.set()
        if self._generation is not None:
            self._generation.interrupt()

    def stop(self) -> None:
        """End, and raise what went wrong."""
        self.halt()
        if self._thread is not None:
            self._thread.join(ENDS_WITHIN)
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        self._fed.wait()
        if self._stopped.is_set():
            return
        try:
            self._generation = generation = Generation(self._tables)
            while not generation.is_done and not self._stopped.is_set():
                if not self._hungry.is_set():
                    generation.give(self._weeks)
                    self._hungry.set()
                generation.round(self._stopped.is_set)
        except BaseException as error:  # noqa: BLE001 -- raised again where the proof is stopped
            self._error = error
