"""Messages on their way out, seen from the window: composed, noted as begun, sent or written aside, noted again.

The network and the disk are used by a thread that neither the window nor the database waits for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.errors import ConflictError, DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.services.commands.dispatching import Addressee, BeginSendings, Outgoing, RecordSendings
from desktop.services.dispatching.house import MailSettings
from desktop.services.dispatching.mail import MailAccount, account_of, read_mail
from desktop.services.dispatching.messages import Message, compose
from desktop.services.dispatching.outbox import (
    Done,
    Paint,
    is_hopeless,
    known_of,
    lots_of,
    send_mail,
    write_files,
)
from desktop.services.exchange.atomic import replacing
from scheduler.stop import Stop

T = TypeVar("T")
NOT_DUE = ConflictError(
    "Nothing of this is to be sent any more: somebody has told them meanwhile.", "Look at what is due now."
)


@dataclass(frozen=True, slots=True)
class Gone:
    """What became of some messages: all that were tried, and why some did not go out."""

    outgoing: tuple[Outgoing, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Why some did not go out, each cause once."""
        return tuple(dict.fromkeys(found.fault for found in self.outgoing if found.fault))

    @property
    def sent(self) -> int:
        """How many went out."""
        return sum(not found.fault for found in self.outgoing)


PutOut = Callable[[Sequence[Message], Paint, Done, Stop], tuple[Outgoing, ...]]


@dataclass(frozen=True, slots=True)
class _Way:
    """How messages leave; what goes by mail is noted before it does."""

    put_out: PutOut
    by_mail: bool


class OutboxRun(QObject):
    """One sending at a time: lot by lot, so that others are served by the database in between.

    Attributes:
        began: messages (int) are about to go out.
        advanced: an Advance.
        gone: a Gone: all that went out is on record.
        failed: a DomainError: nothing, or nothing more, was sent.
        ended: whatever came of it, another may begin.
    """

    began = Signal(object)
    advanced = Signal(object)
    gone = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, runner: DbRunner, clock: Clock, paint: Paint, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
        self._paint = paint
        self._stop = threading.Event()
        self._total = 0
        self._left: list[Sequence[Addressee]] = []
        self._done: list[Outgoing] = []
        self.is_running = False
        runner.closing.connect(self._stop.set)

    def send(self, addressees: Sequence[Addressee]) -> None:
        """Send by e-mail what is due for these."""
        if self._begin(addressees):
            self._runner.read(self, read_mail, self._find_account, self._on_failed)

    def write(self, addressees: Sequence[Addressee], folder: Path) -> None:
        """Write it into a folder."""
        if self._begin(addressees):
            self._go(_Way(partial(_write, folder), by_mail=False))

    def save(self, addressees: Sequence[Addressee], folder: Path) -> None:
        """Write work sheets and calendar files into a folder, for somebody who hands them over by himself."""
        if self._begin(addressees):
            self._go(_Way(partial(_save, folder), by_mail=False))

    def record(self, outgoing: Sequence[Outgoing]) -> None:
        """Note what has gone out by a way that needs no machine: pasted, handed over, read out."""
        if self._begin(()):
            self._record(tuple(outgoing), self._end)

    def stop(self) -> None:
        """Send nothing more; what has gone out is noted."""
        self._stop.set()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _begin(self, addressees: Sequence[Addressee]) -> bool:
        if self.is_running:
            return False
        self.is_running = True
        self._stop.clear()
        self._total, self._left, self._done = len(addressees), list(lots_of(addressees)), []
        return True

    def _find_account(self, settings: MailSettings) -> None:
        self._start(partial(_account, settings), self._on_account, self._on_failed)

    def _on_account(self, account: MailAccount) -> None:
        self._go(_Way(partial(_send, account), by_mail=True))

    def _go(self, way: _Way) -> None:
        self.began.emit(self._total)
        self._next(way)

    def _next(self, way: _Way) -> None:
        """The next lot, unless there is none or it is told to stop."""
        if not self._left or self._stop.is_set():
            self._end()
            return
        query = partial(compose, now=self._clock.now(), addressees=self._left.pop(0), due_only=True)
        self._runner.read(self, query, partial(self._on_composed, way), self._on_failed)

    def _on_composed(self, way: _Way, messages: tuple[Message, ...]) -> None:
        if not messages:  # somebody else has told all of them
            self._next(way)
        elif way.by_mail:
            command = BeginSendings(tuple(message.by("smtp") for message in messages))
            self._runner.handle(self, command, lambda _outcome: self._put_out(way, messages), self._on_failed)
        else:
            self._put_out(way, messages)

    def _put_out(self, way: _Way, messages: tuple[Message, ...]) -> None:
        known: list[Outgoing] = []
        before, total = len(self._done), self._total

        def work(tell: Tell) -> tuple[Outgoing, ...]:
            def on_done(outgoing: Outgoing) -> None:
                known.append(outgoing)
                tell(before + len(known), total, outgoing.recipient)

            return way.put_out(messages, self._paint, on_done, self._stop.is_set)

        def broke_off(error: DomainError) -> None:
            done = known_of(messages, known) if way.by_mail else tuple(known)
            self._record(done, partial(self._on_failed, error))

        self._start(work, partial(self._on_put_out, way), broke_off)

    def _on_put_out(self, way: _Way, done: tuple[Outgoing, ...]) -> None:
        if way.by_mail and is_hopeless(done):
            self._left.clear()
        self._record(done, partial(self._next, way))

    def _start(
        self, work: Callable[[Tell], T], then: Callable[[T], object], otherwise: Callable[[DomainError], object]
    ) -> None:
        job = BackgroundJob("sending", work, self)
        job.advanced.connect(self.advanced)
        job.finished.connect(partial(self._on_done, job, then))
        job.failed.connect(partial(self._on_done, job, otherwise))
        job.faulted.connect(partial(self._on_fault, job, otherwise))
        job.start()

    @staticmethod
    def _on_done(job: BackgroundJob, then: Callable[[T], object], result: T) -> None:
        job.deleteLater()
        then(result)

    def _on_fault(self, job: BackgroundJob, otherwise: Callable[[DomainError], object], fault: Fault) -> None:
        job.deleteLater()
        self._runner.faulted.emit(fault)
        otherwise(FaultError("This could not be sent: the program has a fault.", "Try it again."))

    def _record(self, outgoing: tuple[Outgoing, ...], then: Callable[[], object]) -> None:
        if not outgoing:  # stopped before the first
            then()
            return
        self._done += outgoing
        self._runner.handle(self, RecordSendings(outgoing), lambda _outcome: then(), self._on_failed)

    def _end(self) -> None:
        if self._done:
            gone = Gone(tuple(self._done))
            self.is_running = False
            self.ended.emit()
            self.gone.emit(gone)
        elif self._total and not self._stop.is_set():
            self._on_failed(NOT_DUE)
        else:
            self.is_running = False
            self.ended.emit()

    def _on_failed(self, error: DomainError) -> None:
        self.is_running = False
        self.ended.emit()
        self.failed.emit(error)


def _account(settings: MailSettings, _tell: Tell) -> MailAccount:
    """The keyring may ask its owner first, and take its time."""
    return account_of(settings)


def _send(
    account: MailAccount, messages: Sequence[Message], paint: Paint, on_done: Done, stop: Stop
) -> tuple[Outgoing, ...]:
    return send_mail(messages, account, paint, on_done, stop)


def _write(folder: Path, messages: Sequence[Message], paint: Paint, on_done: Done, stop: Stop) -> tuple[Outgoing, ...]:
    return write_files(messages, folder, paint, on_done, stop)


def _save(folder: Path, messages: Sequence[Message], paint: Paint, on_done: Done, stop: Stop) -> tuple[Outgoing, ...]:
    """Gives what to note: a work sheet where there is one, else the calendar file. Ends early where told to."""
    noted: list[Outgoing] = []
    for message in messages:
        if stop():
            break
        with replacing(folder / f"{message.stem}.ics") as draft:
            draft.write_bytes(message.calendar)
        if message.sheet is not None:
            with replacing(folder / f"{message.stem}.pdf") as draft:
                draft.write_bytes(paint(message.sheet, message.language))
        noted.append(message.by("pdf" if message.sheet is not None else "ics"))
        on_done(noted[-1])
    return tuple(noted)
