"""Absences of everybody, or of one person, between two days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Absence, Inspector
from desktop.models.halfday import morning
from desktop.services.lookup import inspector_by_code
from desktop.services.planning.reading import Source, reading
from desktop.services.roster.listing import AbsenceSpan, absence_span


@dataclass(frozen=True, slots=True)
class PersonAbsence:
    """Whose absence, and when."""

    inspector: str
    name: str
    span: AbsenceSpan


def absences_between(
    source: Source, first: dt.date, last: dt.date | None = None, inspector: str | None = None
) -> tuple[PersonAbsence, ...]:
    """Absences that reach into some days, by their first half-day.

    Args:
        source: where the records are.
        first: the first day looked at.
        last: the last; None: without end.
        inspector: of this person only.

    Raises:
        NotFoundError: there is nobody of that code.
    """
    query = (
        select(Absence, Inspector.code, Inspector.name)
        .join(Inspector, Absence.inspector_id == Inspector.id)
        .where(Absence.last_slot >= morning(first))
        .order_by(Absence.first_slot, Inspector.code)
    )
    if last is not None:
        query = query.where(Absence.first_slot <= morning(last) + 1)
    with reading(source) as session:
        if inspector is not None:
            query = query.where(Absence.inspector_id == inspector_by_code(session, inspector).id)
        return tuple(PersonAbsence(code, name, absence_span(row)) for row, code, name in session.execute(query))
