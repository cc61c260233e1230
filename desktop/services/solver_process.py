"""The solver in a process of its own: started through its command line, listened to, stopped or given up.

The child is told to stop by a line on its input, and by the end of that input: so it does not outlive a parent that
is killed. The problem goes in and the plan comes back as files of the two formats.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from desktop.errors import SolverError
from scheduler.errors import BadProblemError
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import OnProgress, Progress, ignore
from scheduler.stop import Stop, never
from scheduler.wire import load_plan, problem_to_json, save_json

COMMAND = (sys.executable, "-m", "scheduler")
POLL_SECONDS = 0.1  # how soon a stop is noticed
STOP_GRACE_SECONDS = 60.0  # to end with the best plan once told to stop
KILL_GRACE_SECONDS = 2.0  # to end at all once told to terminate
SHOWN_LINES = 8  # of what the child said last, where it ends without a plan


class RunGivenUpError(SolverError):
    """The run was given up: there is no plan, and nobody wants one."""

    code = "given-up"


class SolverRun:
    """One run of the solver. `run` waits for it; `stop` and `discard` may be called meanwhile from another thread."""

    def __init__(
        self, problem: Problem, params: Params, command: Sequence[str] = COMMAND, grace: float = STOP_GRACE_SECONDS
    ) -> None:
        """Prepare a run.

        Args:
            problem: a problem without faults.
            params: seed and limits.
            command: the program that understands the solver's command line; a packaged one has no `-m`.
            grace: seconds in which it must end with its plan once it was told to stop.
        """
        self._problem = problem
        self._params = params
        self._command = tuple(command)
        self._grace = grace
        self._stop_wanted = threading.Event()
        self._given_up = threading.Event()

    def stop(self) -> None:
        """End with the best plan so far."""
        self._stop_wanted.set()

    def discard(self) -> None:
        """End without a plan; `run` raises RunGivenUpError."""
        self._given_up.set()

    def run(self, on_progress: OnProgress = ignore, stop: Stop = never) -> Plan:
        """Solve, and give the plan. `on_progress` is called in the thread that waits here, as `stop` is asked.

        Raises:
            SolverError: the child ended without a plan; its last words are part of the text.
            RunGivenUpError: `discard` was called.
        """
        with tempfile.TemporaryDirectory(prefix="dupro-solve-") as folder:
            problem, plan = Path(folder) / "problem.json", Path(folder) / "plan.json"
            save_json(problem, problem_to_json(self._problem))
            with _Child(self._arguments(problem, plan)) as child:
                self._attend(child, on_progress, stop)
                status = child.wait(KILL_GRACE_SECONDS)
            if status != 0 or not plan.exists():
                raise _ended_badly(status, child.last_words())
            try:
                return load_plan(plan)
            except BadProblemError as error:
                raise SolverError("The solver wrote a plan that cannot be read.", str(error)) from error

    def _arguments(self, problem: Path, plan: Path) -> list[str]:
        params = self._params
        arguments = [*self._command, "solve", str(problem), "--out", str(plan), "--events", "--seed", str(params.seed)]
        if params.time_limit is not None:
            arguments += ["--time-limit", str(params.time_limit)]
        if params.iteration_limit is not None:
            arguments += ["--iteration-limit", str(params.iteration_limit)]
        return arguments

    def _attend(self, child: _Child, on_progress: OnProgress, stop: Stop) -> None:
        """Pass progress on until the child has nothing more to say, or has been told to stop in vain."""
        told_at = None
        while (event := child.next_event(POLL_SECONDS)) is not CLOSED:
            if self._given_up.is_set():
                raise RunGivenUpError("The run was given up: no plan was kept.")
            if told_at is None and (self._stop_wanted.is_set() or stop()):
                told_at = time.monotonic()
                child.tell("stop")
            elif told_at is not None and time.monotonic() - told_at > self._grace:
                return
            if isinstance(event, Progress):
                on_progress(event)


CLOSED = object()  # what a child that has closed its output sends last


class _Child:
    """The solver's process. Leaving the block ends it, whatever happened within."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = arguments
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._said: deque[str] = deque(maxlen=SHOWN_LINES)

    def __enter__(self) -> _Child:
        try:
            # a session of its own: an interrupt at the terminal is the parent's to pass on
            self._process = subprocess.Popen(
                self._arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise SolverError(f"The solver cannot be started: {error}.", "Reinstall the program.") from error
        self._threads = [
            threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._overhear, args=(self._process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._pipe(self._process.stdin).close()
        if self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(KILL_GRACE_SECONDS)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdout, self._process.stderr):
            self._pipe(stream).close()

    def next_event(self, seconds: float) -> object:
        """The next progress, `CLOSED`, or None where nothing came within the time."""
        try:
            return self._events.get(timeout=seconds)
        except queue.Empty:
            return None

    def tell(self, line: str) -> None:
        """Write a line to the child, if it still listens."""
        with suppress(OSError):
            pipe = self._pipe(self._process.stdin)
            pipe.write(line + "\n")
            pipe.flush()

    def wait(self, seconds: float) -> int | None:
        """The exit status, or None where it has not ended within the time."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def last_words(self) -> tuple[str, ...]:
        """The last lines of its error stream."""
        return tuple(self._said)

    @staticmethod
    def _pipe(stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            progress = _progress(line)
            if progress is not None:
                self._events.put(progress)
        self._events.put(CLOSED)

    def _overhear(self, stream: IO[str]) -> None:
        self._said.extend(line.rstrip() for line in stream if line.strip())


def _progress(line: str) -> Progress | None:
    """The progress that a line tells of; None where it tells of something else."""
    try:
        event: Any = json.loads(line)
        if event["event"] != "progress":
            return None
        names = ("phase", "seconds", "iterations", "cost", "bound", "unassigned")
        return Progress(**{name: event[name] for name in names})
    except (ValueError, TypeError, KeyError):
        return None


def _ended_badly(status: int | None, said: Sequence[str]) -> SolverError:
    if status is None:
        what = "did not end when it was told to"
    elif status < 0:
        what = f"was ended by signal {-status}"
    else:
        what = f"ended with status {status}"
    words = "\n".join(f"  {line}" for line in said)
    return SolverError(f"The solver {what} and left no plan." + (f"\n{words}" if words else ""), "Nothing was stored.")
