"""What fields of a request say against one another: one place for the form, the command and the sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.services.words import spell_day


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Fields that cannot stand together: the one to blame, and why, in a sentence."""

    field: str
    text: str


def contradictions(row: Mapping[str, Any], changed: Collection[str]) -> tuple[Contradiction, ...]:
    """What fields of a request say against one another, as far as one of them is among the changed."""
    touched = set(changed)
    return (*_of_window(row, touched), *_of_lead(row, touched))


def _of_window(row: Mapping[str, Any], changed: set[str]) -> Iterator[Contradiction]:
    earliest, latest, due = row.get("earliest"), row.get("latest"), row.get("due")
    if changed & {"earliest", "latest"}:
        if (earliest is None) != (latest is None):
            missing, given = ("earliest", "latest") if earliest is None else ("latest", "earliest")
            yield Contradiction(
                missing,
                f"{missing} is missing while {given} is given: give both, or neither for a window by production",
            )
        elif earliest is not None and latest is not None and earliest > latest:
            yield Contradiction("latest", f"latest is {spell_day(latest)}, before earliest, {spell_day(earliest)}")
    if changed & {"due", "latest", "earliest"} and due and earliest and due < earliest:
        yield Contradiction("due", f"due is {spell_day(due)}, before earliest, {spell_day(earliest)}")


def _of_lead(row: Mapping[str, Any], changed: set[str]) -> Iterator[Contradiction]:
    if not changed & {"lead_level", "lead_languages", "lead_certificates"} or row.get("lead_level") is not None:
        return
    for field in ("lead_languages", "lead_certificates"):
        if row.get(field):
            yield Contradiction(
                field,
                f"{field} is {', '.join(row[field])} while lead_level is empty: give the level that the lead must have",
            )


def of_another_order(order: str, field: str) -> Contradiction:
    """A request whose client or factory is not that of its order."""
    return Contradiction(field, f"order {order} has another {field}: a request has the {field} of its order")
