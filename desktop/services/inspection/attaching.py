"""Files kept with visits: attached, described, removed. Their content is kept once, whoever refers to it."""

from __future__ import annotations

import hashlib
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, RefusedError
from desktop.models import Attachment, Request, Visit
from desktop.services.changes import Step
from desktop.services.commands.inspection import AttachFile, DescribeFile, FileKind, RemoveFile
from desktop.services.editing.fields import refuse_faults
from desktop.services.inspection.contents import drop_contents_of_removed, keep_content
from desktop.services.inspection.files import attachment_by_key, file_bounds, too_large, too_many
from desktop.services.inspection.media import ENDINGS, Media, media_of, numbered, safe_name
from desktop.services.inspection.visited import Visited
from desktop.services.lookup import check_version
from desktop.services.words import spell_list
from desktop.services.work import Work

MOST_CAPTION = 500


def attach_file(work: Work, command: AttachFile) -> Step:
    """Keep a file with a visit: under a safe name, as what its content is.

    Raises:
        NotFoundError: no such request.
        RefusedError: nothing is announced, the visit has not begun (another may take its place until then), the file
            is attached already, or the visit has too many.
        BadInputError: it is too large, or nothing that may be attached.
    """
    visited = Visited(work, command.request, "have photos or a report")
    # locked: nobody lets it not have begun before this transaction is over
    status = select(Visit.status).where(Visit.id == visited.visit.id).with_for_update()
    if work.session.scalars(status).one() == "planned":
        raise RefusedError(
            f"The visit of {visited.code} has not begun: there is nothing to attach to it yet.",
            "Note that the inspector has left or arrived first.",
        )
    data, name = command.file.data, command.file.name
    bounds = file_bounds(work.session)
    if len(data) > bounds.file_bytes:
        raise too_large(name, bounds)
    media = media_of(data)
    if media is None:
        known = spell_list([endings[0] for endings in ENDINGS.values()], len(ENDINGS))
        raise BadInputError(f"{name} is no file that can be attached, by what is in it.", f"Attach one of {known}.")
    if media.side > bounds.image_side:
        raise BadInputError(
            f"{name} is a picture of {media.width:,} x {media.height:,} pixels; the house keeps"
            f" {bounds.image_side:,} at most along a side.",
            "Make it smaller first.",
        )
    _check_words(command.caption, command.kind)
    sha256 = hashlib.sha256(data).hexdigest()
    there = work.session.scalars(select(Attachment).where(Attachment.visit_id == visited.visit.id)).all()
    same = next((row for row in there if row.sha256 == sha256), None)
    if same is not None:
        raise RefusedError(f"{name} is attached to the visit of {visited.code} already, as {same.name}.")
    if sum(row.size for row in there) + len(data) > bounds.visit_bytes:
        raise too_many(name, bounds)
    kept = numbered(safe_name(name, media), frozenset(row.name for row in there))
    keep_content(work.session, sha256, data)
    work.session.add(
        Attachment(
            visit_id=visited.visit.id,
            kind=command.kind or _usual_kind(media),
            name=kept,
            media_type=media.type,
            size=len(data),
            sha256=sha256,
            caption=command.caption.strip(),
            added_at=work.now,
            added_by=work.actor,
        )
    )
    messages = () if kept == name else (f"{name} is kept as {kept}.",)
    return Step(f"Attach {kept} to {visited.code}", (*messages, *drop_contents_of_removed(work)))


def describe_file(work: Work, command: DescribeFile) -> Step:
    """Change what is said of a file.

    Raises:
        NotFoundError, ConflictError, BadInputError: there is no such file, somebody changed it, or it cannot be said.
    """
    row = attachment_by_key(work.session, command.attachment)
    check_version(row, command.version, work.session)
    _check_words(command.caption or "", command.kind)
    if command.caption is not None:
        row.caption = command.caption.strip()
    if command.kind is not None:
        row.kind = command.kind
    return Step(f"Describe {row.name} of {_code(work.session, row)}")


def remove_file(work: Work, command: RemoveFile) -> Step:
    """Take a file away from a visit. Its content stays as long as somebody may want it back; older ones go now.

    Raises:
        NotFoundError, ConflictError: there is no such file, or somebody changed it.
        RefusedError: it is the report that has been released.
    """
    row = attachment_by_key(work.session, command.attachment)
    check_version(row, command.version, work.session)
    code = _code(work.session, row)
    if row.kind == "report" and "released" in Visited(work, code, "have a report").times():
        raise RefusedError(
            f"{row.name} is the report of {code}, which has been released: it stays.", "Take the release back first."
        )
    name = row.name
    work.session.delete(row)
    return Step(f"Remove {name} from {code}", drop_contents_of_removed(work))


def _usual_kind(media: Media) -> FileKind:
    """What a file is taken for where nobody says it: a picture for a photo, a document for the report."""
    return "photo" if media.is_image else "report"


def _check_words(caption: str, kind: str | None) -> None:
    faults = []
    if len(caption) > MOST_CAPTION:
        faults.append(f"the caption has {len(caption):,} characters; give {MOST_CAPTION} at most")
    if kind is not None and kind not in get_args(FileKind):
        faults.append(f"{kind} is no kind of file; there are {', '.join(get_args(FileKind))}")
    refuse_faults("The file", faults)


def _code(session: Session, row: Attachment) -> str:
    query = select(Request.code).join(Visit, Visit.request_id == Request.id).where(Visit.id == row.visit_id)
    return session.scalars(query).one()
