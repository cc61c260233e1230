"""The program's log: one file in the user's folder that starts anew when it is full. Nothing is sent anywhere."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import platformdirs

from desktop.redaction import redacted

LOG = logging.getLogger("desktop")
NAME = "dupro-desk.log"
LARGEST = 1_000_000  # bytes
KEPT = 3


def log_folder() -> Path:
    """Where the log lies."""
    return Path(platformdirs.user_log_dir("dupro-desk", appauthor=False))


class RedactingFormatter(logging.Formatter):
    """Writes UTC times, and nothing that `redacted` takes out."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """One entry, with its traceback if it has one."""
        return redacted(super().format(record))


def start_log(folder: Path) -> logging.Handler | None:
    """Write the log into a folder from now on; None where that cannot be written, which is no reason to stop."""
    logging.raiseExceptions = False  # a full disk must not stop what is worth more than its log
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            folder / NAME, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Close what `start_log` opened."""
    if handler is not None:
        LOG.removeHandler(handler)
        handler.close()


def last_lines(folder: Path, most: int = 40) -> tuple[str, ...]:
    """The end of the log; nothing where there is none."""
    try:
        with (folder / NAME).open(encoding="utf-8", errors="replace") as stream:
            return tuple(line.rstrip("\n") for line in deque(stream, maxlen=most))
    except OSError:
        return ()


@contextmanager
def faults_kept(folder: Path) -> Iterator[None]:
    """Where the interpreter itself crashes, what each thread was doing goes into a file beside the log."""
    with ExitStack() as stack:
        with suppress(OSError):
            stream = stack.enter_context((folder / "faults.log").open("a", encoding="utf-8"))
            faulthandler.enable(stream)
            stack.callback(faulthandler.disable)
        yield
