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
from desktop.errors import DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.services.changes import Outcome
from desktop.services.commands.dispatching import Addressee, BeginSendings, Outgoing, RecordSendings
from desktop.services.dispatching.house import MailSettings
from desktop.services.dispatching.mail import MailAccount, account_of, read_mail
from desktop.services.dispatching.messages import Message, compose
from desktop.services.dispatching.outbox import Paint, send_mail, write_files
from desktop.services.exchange.atomic import replacing
from desktop.services.planning.reading import Source

T = TypeVar("T")


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


class OutboxRun(QObject):
    """One sending at a time.

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
        self.is_running = False
        runner.closing.connect(self._stop.set)

    def send(self, addressees: Sequence[Addressee]) -> None:
        """Send by e-mail what is due for these, or what they know already once more."""
        if self._begin():
            self._runner.read(self, partial(self._read, addressees), self._send, self._on_failed)

    def write(self, addressees: Sequence[Addressee], folder: Path) -> None:
        """Write it into a folder."""
        if self._begin():
            query = partial(compose, now=self._clock.now(), addressees=addressees)
            self._runner.read(self, query, partial(self._write, folder), self._on_failed)

    def save(self, addressees: Sequence[Addressee], folder: Path) -> None:
        """Write work sheets and calendar files into a folder, for somebody who hands them over by himself."""
        if self._begin():
            query = partial(compose, now=self._clock.now(), addressees=addressees)
            self._runner.read(self, query, partial(self._save, folder), self._on_failed)

    def record(self, outgoing: Sequence[Outgoing]) -> None:
        """Note what has gone out by a way that needs no machine: pasted, handed over, read out."""
        if self._begin():
            self._record(tuple(outgoing))

    def stop(self) -> None:
        """Send nothing more; what has gone out is noted."""
        self._stop.set()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _begin(self) -> bool:
        if self.is_running:
            return False
        self.is_running = True
        self._stop.clear()
        return True

    def _read(self, addressees: Sequence[Addressee], source: Source) -> tuple[tuple[Message, ...], MailSettings]:
        return compose(source, self._clock.now(), addressees), read_mail(source)

    def _send(self, found: tuple[tuple[Message, ...], MailSettings]) -> None:
        messages, settings = found
        self._start(partial(_account, settings), partial(self._note_begun, messages))

    def _note_begun(self, messages: tuple[Message, ...], account: MailAccount) -> None:
        command = BeginSendings(tuple(message.by("smtp") for message in messages))
        self._runner.handle(self, command, partial(self._on_noted, messages, account), self._on_failed)

    def _on_noted(self, messages: tuple[Message, ...], account: MailAccount, _outcome: Outcome) -> None:
        self._put_out(len(messages), partial(_send, messages, account, self._paint, self._stop.is_set))

    def _write(self, folder: Path, messages: tuple[Message, ...]) -> None:
        self._put_out(len(messages), partial(_write, messages, folder, self._paint))

    def _save(self, folder: Path, messages: tuple[Message, ...]) -> None:
        self._put_out(len(messages), partial(_save, messages, folder, self._paint, self._stop.is_set))

    def _put_out(self, number: int, work: Callable[[Tell], tuple[Outgoing, ...]]) -> None:
        self.began.emit(number)
        self._start(work, self._record)

    def _start(self, work: Callable[[Tell], T], then: Callable[[T], object]) -> None:
        job = BackgroundJob("sending", work, self)
        job.advanced.connect(self.advanced)
        job.finished.connect(partial(self._on_done, job, then))
        job.failed.connect(partial(self._on_done, job, self._on_failed))
        job.faulted.connect(partial(self._on_fault, job))
        job.start()

    @staticmethod
    def _on_done(job: BackgroundJob, then: Callable[[T], object], result: T) -> None:
        job.deleteLater()
        then(result)

    def _on_fault(self, job: BackgroundJob, fault: Fault) -> None:
        job.deleteLater()
        self._runner.faulted.emit(fault)
        self._on_failed(FaultError("This could not be sent: the program has a fault.", "Try it again."))

    def _record(self, outgoing: tuple[Outgoing, ...]) -> None:
        if not outgoing:  # stopped before the first
            self.is_running = False
            self.ended.emit()
            return
        then = partial(self._on_recorded, Gone(outgoing))
        self._runner.handle(self, RecordSendings(outgoing), then, self._on_failed)

    def _on_recorded(self, gone: Gone, _outcome: Outcome) -> None:
        self.is_running = False
        self.ended.emit()
        self.gone.emit(gone)

    def _on_failed(self, error: DomainError) -> None:
        self.is_running = False
        self.ended.emit()
        self.failed.emit(error)


def _account(settings: MailSettings, _tell: Tell) -> MailAccount:
    """The keyring may ask its owner first, and take its time."""
    return account_of(settings)


def _send(
    messages: Sequence[Message], account: MailAccount, paint: Paint, stop: Callable[[], bool], tell: Tell
) -> tuple[Outgoing, ...]:
    return send_mail(messages, account, paint, _Counter(len(messages), tell), stop)


def _write(messages: Sequence[Message], folder: Path, paint: Paint, tell: Tell) -> tuple[Outgoing, ...]:
    return write_files(messages, folder, paint, _Counter(len(messages), tell))


def _save(
    messages: Sequence[Message], folder: Path, paint: Paint, stop: Callable[[], bool], tell: Tell
) -> tuple[Outgoing, ...]:
    """Gives what to note: a work sheet where there is one, else the calendar file. Ends early where told to."""
    noted: list[Outgoing] = []
    count = _Counter(len(messages), tell)
    for message in messages:
        if stop():
            break
        with replacing(folder / f"{message.stem}.ics") as draft:
            draft.write_bytes(message.calendar)
        if message.sheet is not None:
            with replacing(folder / f"{message.stem}.pdf") as draft:
                draft.write_bytes(paint(message.sheet, message.language))
        noted.append(message.by("pdf" if message.sheet is not None else "ics"))
        count(noted[-1])
    return tuple(noted)


class _Counter:
    """Tells how many messages have gone out."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total = total
        self._tell = tell
        self._done = 0

    def __call__(self, outgoing: Outgoing) -> None:
        self._done += 1
        self._tell(self._done, self._total, outgoing.recipient)
