"""A Dask cluster's workers: `distributed` is an extra, and the workers need the same version of this package."""

from __future__ import annotations

import contextlib
import importlib
import time
import uuid
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from scheduler.errors import SchedulerError

Result = TypeVar("Result")
ANSWER_SECONDS = 5  # that a scheduler has to answer
ASK_SECONDS = 0.5  # between two questions of a task to the scheduler whether to stop


@dataclass(slots=True)
class EventStop:
    """A stop that says yes once an event of the cluster is set, or the cluster does not answer."""

    name: str
    _asked: float = field(default=0.0, compare=False)
    _said: bool = field(default=False, compare=False)

    def __call__(self) -> bool:
        """Whether to stop now; the answer may be half a second old."""
        now = time.monotonic()
        if not self._said and now - self._asked >= ASK_SECONDS:
            self._asked = now
            try:
                self._said = bool(_distributed().Event(self.name).is_set())
            except (OSError, ValueError):
                self._said = True
        return self._said


def _distributed() -> Any:  # noqa: ANN401 -- it is an extra and mostly without types
    return importlib.import_module("distributed")


class Cluster:
    """The workers of a cluster; who comes later works too."""

    def __init__(self, address: str) -> None:
        """Meet the cluster whose scheduler is at an address.

        Raises:
            SchedulerError: where the extra is not installed, nobody answers, or there are no workers.
        """
        try:
            distributed = _distributed()
        except ImportError as error:
            text = "needs the package distributed: install dupro-desk with its extra, dupro-desk[cluster]"
            raise SchedulerError(f"executor dask://{address}: {text}") from error
        try:
            self._client = distributed.Client(f"tcp://{address}", timeout=ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            text = f"no Dask scheduler answers there within {ANSWER_SECONDS} s: start one, or correct host and port"
            raise SchedulerError(f"executor dask://{address}: {text}") from error
        self.count = sum(self._client.nthreads().values())
        if not self.count:
            self._client.close()
            raise SchedulerError(f"executor dask://{address}: has no workers: start some with its address")
        self._losses: tuple[type[BaseException], ...] = (distributed.KilledWorker, CancelledError, OSError)
        self._executor = self._client.get_executor(pure=False)
        name = f"stop-{uuid.uuid4()}"
        self.stop = EventStop(name)
        self._event = distributed.Event(name, client=self._client)

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:  # noqa: ANN401
        """Have a function called by a worker of the cluster."""
        future: Future[Result] = self._executor.submit(function, *arguments)
        return future

    def is_loss(self, error: BaseException) -> bool:
        """Whether a worker went away with its task; the cluster has tried others by then."""
        return isinstance(error, self._losses)

    def renew(self) -> None:
        """Nothing: the cluster replaces its workers itself."""

    def end_tasks(self) -> None:
        """Tell all tasks to end with what they have."""
        with contextlib.suppress(OSError):
            self._event.set()

    def close(self) -> None:
        """Leave the cluster; tasks that still run are told to end."""
        self.end_tasks()
        self._executor.shutdown(wait=False)
        self._client.close(timeout=1)
