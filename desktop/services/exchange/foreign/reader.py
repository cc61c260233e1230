"""Reads files in a process of its own, which is given up when it takes too much time, memory or patience."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop.errors import BadInputError
from desktop.services.exchange.foreign.tables import FileTables, Table, from_json
from desktop.services.exchange.sources import Row

COMMAND = (sys.executable, "-m", "desktop.services.exchange.foreign.child")
POLL_SECONDS = 0.1
ENDING_SECONDS = (
    5.0  # to end once it has nothing more to say; the process that reads ends itself so much after its time
)
LONGEST_PASTE = 2 * 2**20  # characters

Tell = Callable[[int, int, str], None]
"""Says how far the work is: rows read, of how many (0: not known), what is being done. What it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Attributes:
        child_bytes: address space of the process that reads: so its memory stays below.
        text_bytes: of what it gives, as JSON: five times as much in memory here.
        seconds: whatever the size of the file.
        seconds_a_megabyte: more for a long one.
    """

    child_bytes: int = 480 * 2**20
    text_bytes: int = 64 * 2**20
    seconds: float = 8.0
    seconds_a_megabyte: float = 2.0


LIMITS = Limits()


def _nothing(_done: int, _total: int, _text: str) -> None:
    return None


def read_tables(path: Path, encoding: str | None = None, tell: Tell = _nothing, limits: Limits = LIMITS) -> FileTables:
    """Read every sheet of a file.

    Args:
        path: a workbook or a text file.
        encoding: of a text file, one of `sources.ENCODINGS`; None: found out.
        tell: told now and then how many rows are read; what it raises ends the reading.
        limits: of time and memory.

    Raises:
        BadInputError: the file cannot be read, or only beyond the limits.
    """
    path = path.absolute()
    size = path.stat().st_size if path.is_file() else 0
    seconds = limits.seconds + limits.seconds_a_megabyte * size / 2**20
    asked = {"path": str(path), "encoding": encoding}
    return _Reading(path.name, asked, seconds, limits, tell).run()


def read_paste(name: str, html: str, text: str, tell: Tell = _nothing, limits: Limits = LIMITS) -> FileTables:
    """Read a table that was copied from a spreadsheet, a web page or a mail, or lines of "Key: value".

    Args:
        name: what the rows are called in messages.
        html: the clipboard's HTML; "" where it has none.
        text: its plain text; read alone where the HTML is too long and it has cells apart.
        tell: told now and then; what it raises ends the reading.
        limits: of time and memory.

    Raises:
        BadInputError: there is no table in it, or it is too long.
    """
    if len(html) + len(text) > LONGEST_PASTE and "\t" in text:
        html = ""  # of what a spreadsheet copies nearly all is how the cells look
    if len(html) + len(text) > LONGEST_PASTE:
        raise BadInputError(
            f"What was copied has {len(html) + len(text):,} characters.", "Save it as a file, and import that."
        )
    return _Reading(name, {"html": html, "text": text}, limits.seconds, limits, tell).run()


class _Reading:
    """One file being read."""

    def __init__(self, name: str, asked: dict[str, Any], seconds: float, limits: Limits, tell: Tell) -> None:
        self._name = name
        # who asks may be gone: the process then ends itself
        self._asked = asked | {"bytes": limits.child_bytes, "seconds": seconds + ENDING_SECONDS}
        self._seconds = seconds
        self._limits = limits
        self._tell = tell
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._sheets: list[tuple[str, list[Row]]] = []
        self._rows = 0
        self._received = 0
        self._end: dict[str, Any] | None = None

    def run(self) -> FileTables:
        try:
            process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                start_new_session=True,
            )
        except OSError as error:
            raise BadInputError(f"{self._name} cannot be read: {error}.", "Reinstall the program.") from error
        listener = threading.Thread(target=self._listen, args=(process.stdout,), daemon=True)
        try:
            listener.start()
            self._ask(process.stdin)
            self._attend()
            if self._end is None:
                raise self._ended_early(process)
        finally:
            process.kill()
            process.wait()
            listener.join()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
        return self._result()

    def _ask(self, pipe: IO[str] | None) -> None:
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.write(json.dumps(self._asked) + "\n")
                pipe.flush()

    def _listen(self, pipe: IO[str] | None) -> None:
        heard = 0
        # of a child that says more than it may no more is kept than shows it
        while pipe is not None and heard <= self._limits.text_bytes:
            line = pipe.readline(self._limits.text_bytes + 1)
            if not line:
                break
            heard += len(line)
            self._lines.put(line)
        self._lines.put(None)

    def _attend(self) -> None:
        until = time.monotonic() + self._seconds
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise self._refused(f"takes longer than {self._seconds:.0f} seconds to read")
            try:
                line = self._lines.get(timeout=min(left, POLL_SECONDS))
            except queue.Empty:
                self._tell(self._rows, 0, self._name)
                continue
            if line is None:
                return
            self._received += len(line)
            if self._received > self._limits.text_bytes:
                raise self._refused(f"holds more than {self._limits.text_bytes // 2**20} MB of text")
            self._take(json.loads(line))
            self._tell(self._rows, 0, self._name)

    def _take(self, said: dict[str, Any]) -> None:
        if "sheet" in said:
            self._sheets.append((said["sheet"], []))
        elif "rows" in said:
            rows = self._sheets[-1][1]
            rows.extend((number, [from_json(cell) for cell in cells]) for number, cells in said["rows"])
            self._rows += len(said["rows"])
        elif said.get("hint") == "memory":
            raise self._too_much_memory()
        elif "refused" in said:
            raise BadInputError(said["refused"], said["hint"])
        else:
            self._end = said

    def _result(self) -> FileTables:
        assert self._end is not None
        tables = tuple(Table(name, tuple(rows)) for name, rows in self._sheets)
        return FileTables(self._name, tables, self._end["end"], self._end["peak"])

    def _ended_early(self, process: subprocess.Popen[str]) -> BadInputError:
        try:
            status = process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            return BadInputError(
                f"{self._name} cannot be read: the process that reads files says nothing more and does not end.",
                "Try it again.",
            )
        if status < 0:
            # the system has ended it: for want of memory, in all that was ever seen
            return self._too_much_memory()
        return BadInputError(
            f"{self._name} cannot be read: the process that reads files ended with status {status}.",
            "Reinstall the program.",
        )

    def _too_much_memory(self) -> BadInputError:
        return self._refused(f"takes more than {self._limits.child_bytes // 2**20} MB of memory to read")

    def _refused(self, why: str) -> BadInputError:
        return BadInputError(f"{self._name} is not read: it {why}.", "Split it into several files.")
