"""One transaction: everything in it is saved, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from desktop.errors import DomainError
from desktop.store.bookings import bookings_of, explain, forget
from desktop.store.engine import Store
from desktop.store.faults import is_double_booking, translate
from desktop.store.recorder import Recorder, RowImage


class UnitOfWork:
    """A session that rolls back at its end unless `commit` was called, and knows which rows it has changed.

    Attributes:
        session: open within the `with` block.
        recorder: where a statement that bypasses the session notes its rows.
    """

    session: Session

    def __init__(self, store: Store, *, write: bool = True) -> None:
        self._store = store
        self._write = write
        self.recorder = Recorder()

    def __enter__(self) -> Self:
        self.session = self._store.session(write=self._write)
        self.recorder.attach(self.session)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed. Errors of the engine leave as the sentences they stand for."""
        try:
            if isinstance(error, SQLAlchemyError):
                raise self._expected(error) from error
        finally:
            self.session.close()

    def commit(self) -> None:
        """Save everything.

        Raises:
            ConflictError: somebody else has changed one of the records since it was read.
            RefusedError: the database refuses it: a double booking, a missing record, an altered history.
            StoreError: the database cannot be written.
        """
        with self._translated():
            self.session.commit()
        self._forget()

    def rollback(self) -> None:
        """Give up everything since the last commit."""
        self.session.rollback()
        self._forget()

    def changed_rows(self) -> tuple[RowImage, ...]:
        """The rows changed since the last commit, those still waiting to be flushed too; history is not among them."""
        with self._translated():
            self.session.flush()
        return self.recorder.images()

    def _forget(self) -> None:
        self.recorder.clear()
        forget(self.session)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise self._expected(error) from error

    def _expected(self, error: SQLAlchemyError) -> DomainError:
        """What an error stands for. Rolls back."""
        tried, given_up = bookings_of(self.session), self.recorder.deleted("assignment")
        self.rollback()
        if not is_double_booking(error):
            return translate(error, self._store.name)
        refusal = explain(self.session, tried, given_up)
        self.session.rollback()
        return refusal
