"""The one way to change anything: a command in, one transaction, its history, and what changed out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from desktop.clock import Clock
from desktop.config import APP_VERSION
from desktop.errors import DomainError
from desktop.models import Change, ChangedRow
from desktop.services.changes import ChangeSet, Outcome, Step
from desktop.services.commands import LASTING, Command, RevertChange
from desktop.services.planning.problems import PlansAtWork, problems_of
from desktop.services.undo import Direction, next_step, nothing_left
from desktop.services.work import Work
from desktop.store.engine import Store
from desktop.store.faults import CollisionError
from desktop.store.recorder import RowImage, rows_touched
from desktop.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from desktop.services.handlers import Handler

ATTEMPTS = 3
"""How often a command is tried that collides with another transaction. Nothing of the failed attempt is left."""


class Desk:
    """Where a person works: carries out commands on one database in one person's name.

    Every command is one transaction: all of it is saved, with its history, or nothing. Commands raise DomainError
    when they are refused. Not to be used by two threads at once.

    Attributes:
        store: the database.
        clock: tells the time of changes.
        actor: in whose name.
    """

    def __init__(
        self, store: Store, clock: Clock, actor: str, *, handlers: Mapping[type, Handler] | None = None
    ) -> None:
        self.store = store
        self.clock = clock
        self.actor = actor
        self._handlers = handlers
        self._listener: Callable[[Outcome], None] = _nobody

    def listen(self, listener: Callable[[Outcome], None]) -> None:
        """Have someone told of every change, right after it is committed and on the thread that made it."""
        self._listener = listener

    def handle(self, command: Command) -> Outcome:
        """Carry out one command.

        Raises:
            NotFoundError, ConflictError, RefusedError, BadInputError, StoreError: nothing was changed.
        """
        return self._carry_out((command,), "")

    def handle_all(self, commands: Sequence[Command], label: str) -> Outcome:
        """Carry out several commands as one step with one name: all of them or none, undone together.

        Raises:
            ValueError: one of them takes a change back, or cannot be taken back itself; that is a step of its own.
            DomainError: as from `handle`.
        """
        if any(isinstance(command, (RevertChange, *LASTING)) for command in commands):
            msg = "taking a change back, or noting what stays, cannot be part of another step"
            raise ValueError(msg)
        return self._carry_out(tuple(commands), label)

    def undo(self, actor: str | None = None) -> Outcome:
        """Take back the last step of this person (or of `actor`) that is in force.

        Raises:
            RefusedError: there is none since the last publication.
            ConflictError: somebody has changed since what it changed.
        """
        return self._revert("undo", actor or self.actor)

    def redo(self) -> Outcome:
        """Do again what this person undid last. Raises as `undo`."""
        return self._revert("redo", self.actor)

    def undo_label(self) -> str | None:
        """The name of the step that `undo` would take back; None where there is none."""
        return self._label("undo")

    def redo_label(self) -> str | None:
        """The name of the step that `redo` would do again; None where there is none."""
        return self._label("redo")

    def _label(self, direction: Direction) -> str | None:
        with self.store.session() as session:
            found = next_step(session, self.actor, direction)
            return None if found is None else found.label

    def _revert(self, direction: Direction, actor: str) -> Outcome:
        with self.store.session() as session:
            found = next_step(session, actor, direction)
            if found is None:
                raise nothing_left(session, actor, direction)
        return self.handle(RevertChange(found.change_id))

    def _carry_out(self, commands: tuple[Command, ...], label: str) -> Outcome:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._attempt(commands, label)
            except DomainError as error:
                if not _is_collision(error):
                    raise
        return self._attempt(commands, label)

    def _attempt(self, commands: tuple[Command, ...], label: str) -> Outcome:
        now = self.clock.now()
        with UnitOfWork(self.store) as unit:
            plans = PlansAtWork(problems_of(self.store), unit.session)
            work = Work(unit.session, now, self.actor, unit.recorder, plans)
            step = _joined([self._done(work, command) for command in commands], label)
            work.finish()
            images = unit.changed_rows()
            if not images:
                return Outcome(None, step.label, ChangeSet(), None, step.messages)
            followed = plans.after(images)
            change_id = self._write_history(unit.session, commands, step, images, now)
            unit.commit()
            plans.committed(change_id, followed)
        stays = step.barrier or any(isinstance(command, LASTING) for command in commands)
        inverse = None if stays else RevertChange(change_id)
        outcome = Outcome(change_id, step.label, ChangeSet(rows_touched(images)), inverse, step.messages)
        self._listener(outcome)
        return outcome

    def _done(self, work: Work, command: Command) -> Step:
        """One command, and what follows from it for the clocks of bookings."""
        from desktop.services.requests.completeness import note_completeness  # noqa: PLC0415 -- as below

        step = self._handler(command)(work, command)
        note_completeness(work, is_reverting=step.reverts is not None)
        return step

    def _handler(self, command: Command) -> Handler:
        if self._handlers is None:
            from desktop.services.handlers import HANDLERS  # noqa: PLC0415 -- all that commands need: much to load

            self._handlers = HANDLERS
        return self._handlers[type(command)]

    def _write_history(
        self, session: Session, commands: tuple[Command, ...], step: Step, images: Sequence[RowImage], now: dt.datetime
    ) -> int:
        kind = "barrier" if step.barrier else step.reverts.kind if step.reverts else "step"
        change = Change(
            at=now,
            actor=self.actor,
            command=", ".join(dict.fromkeys(type(command).__name__ for command in commands)),
            label=step.label,
            kind=kind,
            reverts_id=step.reverts.change_id if step.reverts else None,
            app_version=APP_VERSION,
        )
        session.add(change)
        session.flush()
        rows = [
            {
                "change_id": change.id,
                "table_name": image.table,
                "row_id": image.row_id,
                "operation": image.operation,
                "before": image.before,
                "after": image.after,
            }
            for image in images
        ]
        session.connection().execute(insert(ChangedRow.__table__), rows)  # type: ignore[arg-type]
        return change.id


def _nobody(_outcome: Outcome) -> None:
    """Stands where nobody listens."""


def _is_collision(error: DomainError) -> bool:
    """Whether the database refused for what another transaction did meanwhile: tried again, a command meets it.

    Then either it succeeds after all, or its own checks say what is in the way in better words than the database's.
    """
    return isinstance(error, CollisionError) or isinstance(error.__cause__, StaleDataError | IntegrityError)


def _joined(steps: Sequence[Step], label: str) -> Step:
    """Several steps as one."""
    return Step(
        label or "; ".join(step.label for step in steps),
        tuple(message for step in steps for message in step.messages),
        any(step.barrier for step in steps),
        steps[0].reverts if len(steps) == 1 else None,
    )
