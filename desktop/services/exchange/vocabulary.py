"""Words of a file that nothing else uses: mostly mistyped, so worth a warning; yet they can be stored."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Inspector, InspectorCertificate, InspectorSkill, Permit
from desktop.services.exchange.columns import Values
from desktop.services.words import count, spell_list

Rows = Mapping[str, Sequence[Values]]


def odd_words(session: Session, rows: Rows) -> list[str]:
    """Skills, certificates, languages and areas that bookings and factories name and nobody on the roster has."""
    roster = _Roster(session, rows.get("inspector", ()))
    if not roster.exists:
        return []
    bookings, factories = rows.get("request", ()), rows.get("factory", ())
    return [
        *_warnings("the skill", _uses(bookings, "skill"), roster.skills),
        *_warnings("the certificate", _uses(bookings, "certificates", "lead_certificates"), roster.certificates),
        *_warnings("the language", _uses(bookings, "languages", "lead_languages"), roster.languages),
        *_warnings("a permit for", _uses(factories, "area"), roster.areas),
    ]


class _Roster:
    """What the people stored, and those of the file, have."""

    def __init__(self, session: Session, rows: Iterable[Values]) -> None:
        rows = list(rows)
        spoken = [languages for languages in session.scalars(select(Inspector.languages))]
        self.exists = bool(spoken or rows)
        self.languages = {word for languages in spoken for word in languages}
        self.skills = set(session.scalars(select(InspectorSkill.skill).distinct()))
        self.certificates = set(session.scalars(select(InspectorCertificate.certificate).distinct()))
        self.areas = set(session.scalars(select(Permit.area).distinct()))
        for row in rows:
            self.languages.update(row.get("languages", ()))
            self.skills.update(name for name, _ in row.get("skills", ()))
            self.certificates.update(name for name, _ in row.get("certificates", ()))
            self.areas.update(name for name, _ in row.get("permits", ()))


def _uses(rows: Iterable[Values], *fields: str) -> dict[str, list[str]]:
    """Each word with the codes of the rows that use it."""
    uses: dict[str, list[str]] = {}
    for row in rows:
        for field in fields:
            value = row.get(field, ())
            for word in (value,) if isinstance(value, str) else value:
                uses.setdefault(word, []).append(row["code"])
    return uses


def _warnings(what: str, uses: Mapping[str, Sequence[str]], known: set[str]) -> list[str]:
    warnings = []
    for word in sorted(uses.keys() - known):
        near = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
        guess = f" Maybe {near[0]} is meant." if near else ""
        codes = uses[word]
        warnings.append(
            f'Nobody on the roster has {what} "{word}", which {count(len(codes), "row")} '
            f"({spell_list(codes, 3)}) {'names' if len(codes) == 1 else 'name'}.{guess}"
        )
    return warnings
