"""Undo and redo: the history is the stack, and taking a change back is a command like any other.

A step is put on its actor's stack by being done. Undoing it is a change of its own (kind `undo`) that reverts it;
redoing is a change (kind `redo`) that reverts the undo. So a step, its undo, its redo, ... are a chain in which each
reverts the one before, and the step is in force where the chain has an odd length. A barrier (a publication)
by anybody ends the stack for everybody. A step that lasts, such as messages that went out, is on nobody's stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Row, func, select, true
from sqlalchemy.orm import Session

from desktop.errors import NotFoundError, RefusedError
from desktop.models import Change
from desktop.services.changes import Reversal, Step
from desktop.services.commands import LASTING, RevertChange
from desktop.services.inspection.belongings import refuse_to_take_back
from desktop.services.restore_rows import put_back
from desktop.services.words import spell_time
from desktop.services.work import Work

Direction = Literal["undo", "redo"]
_PAGE = 50
_LASTING = tuple(command.__name__ for command in LASTING)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What undo or redo would take: the change to revert, and the name of the step."""

    change_id: int
    label: str


def next_step(session: Session, actor: str, direction: Direction) -> NextStep | None:
    """What an actor's undo or redo would take now; None where there is nothing.

    Whoever undoes a step can redo it, also if another did it.
    """
    taken_back: set[int] = set()
    for change in _of_concern(session, actor):
        if change.id in taken_back:
            continue
        if change.reverts_id is not None:
            taken_back.add(change.reverts_id)
        if change.actor != actor:
            continue
        is_undo = change.kind == "undo"
        if is_undo == (direction == "redo"):
            return NextStep(change.id, change.label)
        if direction == "redo" and change.kind == "step":
            return None  # a new step has cleared what could be redone
    return None


def nothing_left(session: Session, actor: str, direction: Direction) -> RefusedError:
    """The refusal where `next_step` gives None."""
    barrier = _last_barrier(session)
    if direction == "redo":
        return RefusedError("There is nothing to redo.", "Only a step that was undone just before can be done again.")
    if barrier is None:
        return RefusedError(f"There is nothing to undo: no step of {actor} is in force.")
    return RefusedError(
        f'There is nothing to undo: {actor} has changed nothing since "{barrier.label}"'
        f" ({barrier.actor}, {spell_time(barrier.at)}).",
        "What was published stays; change it by planning again.",
    )


def revert_change(work: Work, command: RevertChange) -> Step:
    """Take a change back: every row of it as it was before.

    Raises:
        NotFoundError: there is no such change.
        RefusedError: it lies behind a barrier, has been taken back already, or leaves files with a visit not begun.
        ConflictError: a row has been changed since; nothing is touched.
    """
    session = work.session
    target = session.get(Change, command.change_id)
    if target is None:
        raise NotFoundError(f"There is no change {command.change_id} in the history.", "The history lists them.")
    verb = "redone" if target.kind == "undo" else "undone"
    if target.command in _LASTING:
        raise RefusedError(
            f'"{target.label}" cannot be undone: nobody can call a message back.',
            "Change the visit and publish it; then an update or a cancellation is due.",
        )
    barrier = _last_barrier(session)
    if barrier is not None and barrier.id >= target.id:
        raise RefusedError(
            f'"{target.label}" cannot be {verb} any more: "{barrier.label}" came after it'
            f" ({barrier.actor}, {spell_time(barrier.at)})."
            if barrier.id > target.id
            else f'"{target.label}" cannot be undone: people act on it.',
            "What was published stays; change it by planning again.",
        )
    last, is_in_force = _end_of_chain(session, target)
    if not is_in_force:
        raise RefusedError(
            f'"{target.label}" has been {verb} already, by {last.actor} on {spell_time(last.at)}.',
        )
    put_back(work, last)
    refuse_to_take_back(work)
    kind: Direction = "redo" if last.kind == "undo" else "undo"
    return Step(last.label, reverts=Reversal(last.id, kind))


def _end_of_chain(session: Session, change: Change) -> tuple[Change, bool]:
    """The last change of a chain, and whether the effect of the first is in force."""
    is_in_force = True
    last = change
    while reverting := session.scalars(select(Change).where(Change.reverts_id == last.id)).one_or_none():
        last = reverting
        is_in_force = not is_in_force
    return last, is_in_force


def _last_barrier(session: Session) -> Change | None:
    return session.scalars(select(Change).where(Change.kind == "barrier").order_by(Change.id.desc()).limit(1)).first()


def _of_concern(session: Session, actor: str) -> Iterator[Row[int, str, str, str, int | None]]:
    """What an actor did and what anybody took back since the last barrier, from the newest back.

    Read a page at a time: the answer is mostly on the first.
    """
    barrier = select(func.coalesce(func.max(Change.id), 0)).where(Change.kind == "barrier").scalar_subquery()
    query = select(Change.id, Change.actor, Change.kind, Change.label, Change.reverts_id).where(
        Change.id > barrier,
        Change.command.not_in(_LASTING),
        (Change.actor == actor) | Change.reverts_id.is_not(None),
    )
    below: ColumnElement[bool] = true()
    while True:
        page = session.execute(query.where(below).order_by(Change.id.desc()).limit(_PAGE)).all()
        yield from page
        if len(page) < _PAGE:
            return
        below = Change.id < page[-1].id
