"""Import profiles: how files of a shape are read, remembered under a name."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, NotFoundError
from desktop.models import ImportProfile
from desktop.services.changes import Step
from desktop.services.commands import SaveImportProfile
from desktop.services.exchange.foreign.sheet_plan import Profile, SheetPlan, profile_of
from desktop.services.exchange.foreign.targets import LIST
from desktop.services.work import Work

LONGEST_NAME = 80


def read_profiles(session: Session) -> tuple[Profile, ...]:
    """All profiles that this version can follow, by name."""
    found = []
    for record in session.scalars(select(ImportProfile).order_by(ImportProfile.name)):
        with suppress(BadInputError):
            found.append(profile_of(record.name, record.mapping))
    return tuple(found)


def profile_named(session: Session, name: str) -> Profile:
    """The profile of a name.

    Raises:
        NotFoundError: there is none.
        BadInputError: this version cannot follow it.
    """
    record = session.scalars(select(ImportProfile).where(ImportProfile.name == name)).one_or_none()
    if record is None:
        names = session.scalars(select(ImportProfile.name).order_by(ImportProfile.name)).all()
        raise NotFoundError(
            f'There is no import profile "{name}".',
            f"There are {', '.join(names)}." if names else "Import a file with --save-profile NAME first.",
        )
    return profile_of(record.name, record.mapping)


def save_command(name: str, plan: SheetPlan, encoding: str = "") -> SaveImportProfile:
    """The command that remembers a plan under a name."""
    kind = "request" if plan.layout == LIST else plan.layout
    return SaveImportProfile(name.strip(), kind, plan.to_profile(encoding))


def save_import_profile(work: Work, command: SaveImportProfile) -> Step:
    """Add a profile, or put another mapping under its name.

    Raises:
        BadInputError: the name is none, or the mapping cannot be followed.
    """
    if not 0 < len(command.name) <= LONGEST_NAME or "\n" in command.name:
        raise BadInputError(
            f'"{command.name}" is no name for an import profile.', f"Write 1 to {LONGEST_NAME} characters on one line."
        )
    profile_of(command.name, command.mapping)
    record = work.session.scalars(select(ImportProfile).where(ImportProfile.name == command.name)).one_or_none()
    if record is None:
        work.session.add(ImportProfile(name=command.name, kind=command.kind, mapping=dict(command.mapping)))
        return Step(f"Save import profile {command.name}")
    record.kind = command.kind
    record.mapping = dict(command.mapping)
    return Step(f"Change import profile {command.name}")
