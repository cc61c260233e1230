"""What a report can be narrowed to: the values of every dimension that are on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Request
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.company import read_company


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a dimension may be narrowed to: as scopes name it, and as people do."""

    value: str
    name: str


def read_choices(source: Source) -> Mapping[str, tuple[Choice, ...]]:
    """By dimension the values on record, sorted by name; one of which there is nothing to choose is left out."""
    return {name: values for name, values in read_values(source).items() if len(values) > 1}


def read_values(source: Source) -> Mapping[str, tuple[Choice, ...]]:
    """By dimension all values on record, sorted by name; only of what the records of the firm say themselves."""
    with reading(source) as session:
        company = read_company(session)
        services = session.scalars(select(Request.service).distinct()).all()
        skills = session.scalars(select(Request.skill).distinct()).all()
    people, factories, clients = company.people, company.factories, company.clients
    return {
        "country": _plain(factories["country"]),
        "region": _plain(factories["region"]),
        "city": _plain(factories["city"]),
        "client": _named(clients.index, clients["name"]),
        "factory": _named(factories.index, factories["name"]),
        "service": _plain(services),
        "skill": _plain(skills),
        "team": _plain(people["team"]),
        "pay": _plain(people["pay"]),
        "person": _named(people.index, people["name"]),
    }


def _plain(values: Iterable[object]) -> tuple[Choice, ...]:
    texts = {str(value) for value in values if value}
    return tuple(Choice(text, text) for text in sorted(texts, key=str.casefold))


def _named(codes: Iterable[object], names: Iterable[object]) -> tuple[Choice, ...]:
    found = [Choice(str(code), f"{name} ({code})") for code, name in zip(codes, names, strict=True)]
    return tuple(sorted(found, key=lambda choice: choice.name.casefold()))
