"""Who works: processes of this machine, or the workers of a Dask cluster; both are `concurrent.futures` executors."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from scheduler.errors import SchedulerError
from scheduler.stop import Stop

Result = TypeVar("Result")
CLUSTER = "dask://"


class Workers(Protocol):
    """An executor whose workers can be told to end their tasks, and replaced where they are gone.

    Attributes:
        count: tasks that run at the same time.
    """

    count: int

    @property
    def stop(self) -> Stop:
        """What tasks ask whether to end; can be sent with them."""
        ...

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:  # noqa: ANN401
        """Have a function called by a worker."""
        ...

    def is_loss(self, error: BaseException) -> bool:
        """Whether a task failed because its worker is gone, and may well succeed with another."""
        ...

    def renew(self) -> None:
        """Replace workers that are gone; tasks submitted before may be lost."""
        ...

    def end_tasks(self) -> None:
        """Tell all tasks to end with what they have."""
        ...

    def close(self) -> None:
        """Let all workers go, at once."""
        ...


def open_workers(executor: str) -> Workers:
    """The workers that an executor's name means: `processes`, `processes:4` or `dask://host:port`.

    Raises:
        SchedulerError: where the name means nothing, or there is no cluster to work with.
    """
    if executor.startswith(CLUSTER):
        from scheduler.regions.cluster import Cluster  # noqa: PLC0415 -- its package is an extra

        return Cluster(executor.removeprefix(CLUSTER))
    kind, _, count = executor.partition(":")
    if kind != "processes" or not (executor == kind or (count.isascii() and count.isdigit() and int(count) > 0)):
        text = "is none of none, processes, processes:N (N of them, 1 or more) and dask://host:port"
        raise SchedulerError(f"executor {executor}: {text}")
    from scheduler.regions.processes import Processes  # noqa: PLC0415 -- loads the machinery only where it is used

    return Processes(int(count) if count else os.cpu_count() or 1)
