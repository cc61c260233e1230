"""Having tasks done, whatever becomes of those who do them."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from scheduler.regions.work import Improved, Task, improve
from scheduler.regions.workers import Workers
from scheduler.stop import Stop

LOOK_SECONDS = 0.05  # between two looks at whether to stop
SLACK, GRACE_SECONDS = 1.25, 10.0  # how much longer than it should a turn may take, as a factor and in seconds
STOP_SECONDS = 0.5  # that tasks have to end once told to
LEAST_SECONDS = 0.2  # that a task must have left to be begun again
TRIES = 3  # of a task that is lost with its worker, before it is done here


class Gathering:
    """Tasks that are done at the same time, as far as there are workers.

    Attributes:
        again: how often a task was begun again because its worker was lost.
    """

    def __init__(self, workers: Workers, tasks: Sequence[Task], stop: Stop) -> None:
        self._workers, self._tasks, self._stop = workers, tasks, stop
        self._found: list[Improved | None] = [None] * len(tasks)
        self._tries = [0] * len(tasks)
        self._waiting: dict[Future[Improved], tuple[int, int]] = {}  # task, and which workers have it
        self._renewed = 0
        self._began = time.perf_counter()
        seconds = max((task.seconds for task in tasks if task.seconds is not None), default=None)
        waves = math.ceil(len(tasks) / workers.count)
        self._ends = None if seconds is None else self._began + waves * seconds
        self.again = 0

    def results(self) -> list[Improved | None]:
        """The tasks' results in their order; None where the run was stopped or the time was over before.

        Raises:
            Exception: what a task raised, unless it was lost with its worker.
        """
        for number in range(len(self._tasks)):
            self._submit(number)
        told: float | None = None
        while self._waiting:
            done, _ = wait(self._waiting, LOOK_SECONDS, FIRST_COMPLETED)
            self._begin_again([lost for future in done if (lost := self._taken(future)) is not None])
            now = time.perf_counter()
            if told is None and self._stop():
                told = now
                self._workers.end_tasks()
            if told is not None and now - told >= STOP_SECONDS:
                break
            if self._ends is not None and now - self._began > SLACK * (self._ends - self._began) + GRACE_SECONDS:
                self._give_up()
        return self._found

    def _submit(self, number: int) -> None:
        future = self._workers.submit(improve, self._tasks[number])
        self._waiting[future] = number, self._renewed

    def _taken(self, future: Future[Improved]) -> tuple[int, int] | None:
        """Keep a result; gives the task, and who had it, where it was lost."""
        task = self._waiting.pop(future)
        if future.cancelled():
            return task
        error = future.exception()
        if error is None:
            self._found[task[0]] = future.result()
            return None
        if not self._workers.is_loss(error):
            raise error
        return task

    def _begin_again(self, lost: Sequence[tuple[int, int]]) -> None:
        if any(renewed == self._renewed for _, renewed in lost):
            self._workers.renew()
            self._renewed += 1
        for number, _ in sorted(lost):
            task = self._tasks[number]
            if task.seconds is not None and self._ends is not None:
                left = min(task.seconds, self._ends - time.perf_counter())
                if left < LEAST_SECONDS:
                    continue
                task = dataclasses.replace(task, seconds=left)
            if self._stop():
                continue
            self.again += 1
            self._tries[number] += 1
            if self._tries[number] < TRIES:
                self._waiting[self._workers.submit(improve, task)] = number, self._renewed
            else:
                self._found[number] = improve(dataclasses.replace(task, stop=self._stop))

    def _give_up(self) -> None:
        """Wait no longer for what should have been there long ago: those workers hang."""
        for future in self._waiting:
            future.cancel()
        self._waiting.clear()
        self._workers.renew()
