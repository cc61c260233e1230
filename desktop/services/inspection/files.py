"""Files of visits: read before they are attached, listed, and given out."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, NotFoundError, RefusedError
from desktop.models import Attachment, FileContent, Request, Visit
from desktop.services.commands.inspection import FileContents, FileKind
from desktop.services.inspection.rows import FileRow
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.house import read_trade_settings

MEGABYTE = 1 << 20
_PORTION = 1 << 18


@dataclass(frozen=True, slots=True)
class FileBounds:
    """The most bytes of a file and of all files of a visit, and the most pixels along a side of a picture."""

    file_bytes: int
    visit_bytes: int
    image_side: int


def file_bounds(source: Source) -> FileBounds:
    """What the house allows."""
    with reading(source) as session:
        settings = read_trade_settings(session).results
    return FileBounds(settings.file_megabytes * MEGABYTE, settings.visit_megabytes * MEGABYTE, settings.image_side)


def read_file(path: Path, bounds: FileBounds) -> FileContents:
    """Read a file that is to be attached, portion by portion and no further than the bounds allow. From any thread.

    Raises:
        BadInputError: it cannot be read, is empty, no plain file, or too large.
    """
    digest, portions, size = hashlib.sha256(), [], 0
    try:
        if not path.is_file():
            raise BadInputError(f"{path} is no file.", "Name a photo, a PDF, or a document.")
        with path.open("rb") as file:
            while portion := file.read(_PORTION):
                size += len(portion)
                if size > bounds.file_bytes:
                    raise too_large(path.name, bounds)
                digest.update(portion)
                portions.append(portion)
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {os.strerror(error.errno or 0)}.", "Check where it is.") from error
    if not size:
        raise BadInputError(f"{path.name} is empty.", "Name a file with something in it.")
    return FileContents(path.name, b"".join(portions), digest.hexdigest())


def too_large(name: str, bounds: FileBounds) -> BadInputError:
    """What is said of a file beyond the bounds."""
    most = bounds.file_bytes // MEGABYTE
    return BadInputError(
        f"{name} is larger than {most:,} MB, the most that a file may be.",
        "Make it smaller, or allow larger files in the settings.",
    )


def too_many(name: str, bounds: FileBounds) -> RefusedError:
    """What is said of a file that a visit has no room for."""
    return RefusedError(
        f"With {name} the files would have more than {bounds.visit_bytes // MEGABYTE:,} MB, the most for a visit.",
        "Make photos smaller, or remove some.",
    )


def list_files(session: Session, visit_id: int, request: str) -> tuple[FileRow, ...]:
    """The files of a visit, reports first, then as they were attached."""
    rows = session.scalars(select(Attachment).where(Attachment.visit_id == visit_id).order_by(Attachment.id))
    found = [file_row(row, request) for row in rows]
    return tuple(sorted(found, key=lambda file: (file.kind != "report", file.id)))


def file_row(row: Attachment, request: str) -> FileRow:
    """A record of a file as it is given out."""
    return FileRow(
        row.id,
        row.version,
        request,
        cast(FileKind, row.kind),
        row.name,
        row.media_type,
        row.size,
        row.sha256,
        row.caption,
        row.added_at,
        row.added_by,
    )


def file_of(source: Source, key: int) -> FileRow:
    """The file of a key. Raises NotFoundError."""
    with reading(source) as session:
        row = attachment_by_key(session, key)
        code = session.scalars(
            select(Request.code).join(Visit, Visit.request_id == Request.id).where(Visit.id == row.visit_id)
        ).one()
        return file_row(row, code)


def file_data(source: Source, key: int) -> bytes:
    """The bytes of a file, checked to be those that were attached.

    Raises:
        NotFoundError: there is no such file, or its content is not kept any more.
        BadInputError: what is kept is damaged.
    """
    with reading(source) as session:
        row = attachment_by_key(session, key)
        data = session.scalars(select(FileContent.data).where(FileContent.sha256 == row.sha256)).one_or_none()
        name, sha256 = row.name, row.sha256
    if data is None:
        raise NotFoundError(f"The content of {name} is not kept any more.", "Restore a backup that still has it.")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BadInputError(f"The content of {name} is damaged.", "Restore a backup, or attach the file again.")
    return bytes(data)


def save_file(source: Source, key: int, path: Path) -> Path:
    """Write a file of a visit into a folder, under its own name, or as a new file.

    Raises:
        NotFoundError, BadInputError: as `file_data`, or it cannot be written.
        RefusedError: there is a file of that name already.
    """
    data = file_data(source, key)
    target = path / file_of(source, key).name if path.is_dir() else path
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise RefusedError(f"{target} is there already.", "Give another name, or remove that file first.") from None
    except OSError as error:
        raise BadInputError(
            f"{target} cannot be written: {os.strerror(error.errno or 0)}.", "Check the folder."
        ) from error
    return target


def attachment_by_key(session: Session, key: int) -> Attachment:
    """The record of a file. Raises NotFoundError."""
    found = session.get(Attachment, key)
    if found is None:
        raise NotFoundError(
            f"There is no file with the number {key}.", "It may have been removed: look at the visit's files."
        )
    return found
