"""The solver in a process of its own: started through its command line, listened to, stopped or given up.

The child is told to stop by a line on its input, and by the end of that input: so it does not outlive a parent that
is killed. The problem goes in and the plan comes back as files of the two formats. A child may be started ahead
(`WarmSolver`): then the job is a line on its input, and all the rest is the same.
"""

from __future__ import annotations

import dataclasses
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from desktop.errors import SolverError
from scheduler.errors import BadProblemError
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import OnProgress, Progress, ignore
from scheduler.stop import Stop, never
from scheduler.wire import load_plan, plan_to_json, problem_to_json, save_json

COMMAND = (sys.executable, "-m", "scheduler")
POLL_SECONDS = 0.1  # how soon a stop is noticed
STOP_GRACE_SECONDS = 60.0  # to end with the best plan once told to stop
KILL_GRACE_SECONDS = 2.0  # to end at all once told to terminate
PROBLEM, INITIAL, PLAN, PRICES = "problem.json", "initial.json", "plan.json", "prices.json"
ALL_ROWS = 1_000_000  # of ceilings: all there are
SHOWN_LINES = 8  # of what the child said last, where it ends without a plan


class RunGivenUpError(SolverError):
    """The run was given up: there is no plan, and nobody wants one."""

    code = "given-up"


class SolverRun:
    """One run of the solver. `run` waits for it; `stop` and `discard` may be called meanwhile from another thread."""

    def __init__(  # noqa: PLR0913 - the first two say what, the others how
        self,
        problem: Problem,
        params: Params,
        command: Sequence[str] = COMMAND,
        grace: float = STOP_GRACE_SECONDS,
        *,
        initial: Plan | None = None,
        warm: WarmSolver | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            problem: a problem without faults.
            params: seed and limits.
            command: the program that understands the solver's command line; a packaged one has no `-m`.
            grace: seconds in which it must end with its plan once it was told to stop.
            initial: a plan to begin from, as far as it keeps the rules.
            warm: whose waiting child is taken, if there is one alive; `command` is for where there is none.
        """
        self._problem = problem
        self._params = params
        self._command = tuple(command)
        self._grace = grace
        self._initial = initial
        self._warm = warm
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
        with ExitStack() as stack:
            folder, plan = self._hand_over(stack)
            with self._child(["solve", *self._arguments(folder, plan)]) as child:
                self._attend(child, on_progress, stop)
                status = child.wait(KILL_GRACE_SECONDS)
            if status != 0 or not plan.exists():
                raise _ended_badly(status, child.last_words())
            try:
                return load_plan(plan)
            except BadProblemError as error:
                raise SolverError("The solver wrote a plan that cannot be read.", str(error)) from error

    def prices(self, on_progress: OnProgress = ignore, stop: Stop = never) -> Mapping[str, Any]:
        """Find ceilings on what one more can save of the plan to begin from, as `prices` of the solver says them.

        The limit of time is for the bound, and as long again for the ceilings. Once stopped, what is found is given.

        Raises:
            SolverError, RunGivenUpError: as from `run`.
        """
        with ExitStack() as stack:
            folder, _ = self._hand_over(stack)
            out = folder / PRICES
            arguments = [str(folder / PROBLEM), str(folder / INITIAL), "--out", str(out), "--progress", "jsonl"]
            arguments += ["--top", str(ALL_ROWS)]
            if self._params.time_limit is not None:
                arguments += ["--time-limit", str(self._params.time_limit)]
            with _Child([*self._command, "prices", *arguments]) as child:
                self._attend(child, on_progress, stop)
                status = child.wait(KILL_GRACE_SECONDS)
            if status != 0 or not out.exists():
                raise _ended_badly(status, child.last_words())
            found: Mapping[str, Any] = json.loads(out.read_bytes())
            return found

    def _hand_over(self, stack: ExitStack) -> tuple[Path, Path]:
        """Write what the child needs; gives the folder and the file that it is to write."""
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dupro-solve-")))
            save_json(folder / PROBLEM, problem_to_json(self._problem))
            if self._initial is not None:
                save_json(folder / INITIAL, plan_to_json(self._initial))
        except OSError as error:
            raise SolverError(
                f"The problem cannot be handed to the solver: {error.strerror or error}.",
                "Make room where temporary files are kept, and plan again.",
            ) from error
        return folder, folder / PLAN

    def _child(self, arguments: Sequence[str]) -> _Child:
        """A child at work: one that waited, or a new one."""
        waiting = None if self._warm is None else self._warm.take()
        if waiting is None:
            return _Child([*self._command, *arguments])
        waiting.tell(json.dumps(arguments[1:]))
        return waiting

    def _arguments(self, folder: Path, plan: Path) -> list[str]:
        params = self._params
        arguments = [str(folder / PROBLEM), "--out", str(plan), "--progress", "jsonl", "--seed", str(params.seed)]
        if params.time_limit is not None:
            arguments += ["--time-limit", str(params.time_limit)]
        if params.iteration_limit is not None:
            arguments += ["--iterations", str(params.iteration_limit)]
        if params.gap_limit is not None:
            arguments += ["--gap", str(params.gap_limit)]
        if self._initial is not None:
            arguments += ["--start", str(folder / INITIAL)]
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


class WarmSolver:
    """A solver that waits for work, so that a run need not wait for a process to start. For use by any thread.

    At most one child waits. It ends with `close`, or with this process, however that ends.
    """

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        """Prepare; nothing is started before `warm_up`.

        Args:
            command: the program that understands the solver's command line.
        """
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._waiting: _Child | None = None
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """Of the child that waits; None where there is none alive."""
        with self._lock:
            return self._waiting.process_id if self._waiting is not None and self._waiting.is_alive else None

    def warm_up(self) -> None:
        """Have a child wait from now on; one that has died meanwhile is replaced.

        Raises:
            SolverError: it cannot be started.
        """
        with self._lock:
            if self._closed or (self._waiting is not None and self._waiting.is_alive):
                return
            self._end()
            self._waiting = _Child([*self._command, "wait"])

    def take(self) -> _Child | None:
        """The child that waits, from now on the caller's to end; None where there is none alive."""
        with self._lock:
            if self._waiting is None or not self._waiting.is_alive:
                self._end()
                return None
            taken, self._waiting = self._waiting, None
            return taken

    def close(self) -> None:
        """End the child that waits; no other is started."""
        with self._lock:
            self._closed = True
            self._end()

    def _end(self) -> None:
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None


CLOSED = object()  # what a child that has closed its output sends last


class _Child:
    """The solver's process. Leaving the block ends it, whatever happened within."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._said: deque[str] = deque(maxlen=SHOWN_LINES)
        try:
            # a session of its own: an interrupt at the terminal is the parent's to pass on
            self._process = subprocess.Popen(
                arguments,
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

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_id(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process and all that listens to it."""
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
        return Progress(**{entry.name: event[entry.name] for entry in dataclasses.fields(Progress)})
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
