"""Contents of files are kept once, carried by backups, and dropped when nobody can want them back; on both engines."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from sqlalchemy import func, select

from desktop.clock import FixedClock
from desktop.models import FileContent
from desktop.services.bus import Desk
from desktop.services.commands import AttachFile, RemoveFile
from desktop.services.commands.inspection import FileContents
from desktop.services.inspection.contents import KEPT_DAYS
from desktop.services.inspection.files import file_data
from desktop.services.inspection.life import visit_life
from desktop.services.inspection.reading import visit_card
from desktop.services.inspection.record import rotation_counts, supplier_record
from desktop.services.inspection.rows import FileRow
from desktop.store.backup import back_up
from desktop.store.engine import Store, open_store
from desktop.store.unit_of_work import UnitOfWork
from tests.store.bookings import found, visit

LATER = dt.datetime(2026, 12, 7, 2, 0, tzinfo=dt.UTC)
PHOTO = b"\xff\xd8\xff\xc0\x00\x11\x08\x01\xe0\x02\x80" + bytes(range(256)) * 40


def contents(data: bytes, name: str = "seam.jpg") -> FileContents:
    return FileContents(name, data, hashlib.sha256(data).hexdigest())


def kept(store: Store) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(FileContent)) or 0


def files(store: Store, code: str = "R1") -> tuple[FileRow, ...]:
    return visit_card(store, LATER, code).files


def test_a_content_is_kept_once_and_as_long_as_somebody_may_want_it(any_store: Store, tmp_path: Path) -> None:
    found(any_store)
    with UnitOfWork(any_store) as work:
        begun = [visit(1, number, (number,), 0, 1, published=True) for number in (1, 2)]
        for one in begun:
            one.status = "started"
        work.session.add_all(begun)
        work.commit()
    desk = Desk(any_store, FixedClock(LATER), "Lan")
    desk.handle(AttachFile("R1", contents(PHOTO), caption="Left sleeve"))
    desk.handle(AttachFile("R2", contents(PHOTO, "IMG_1.jpg")))
    desk.handle(AttachFile("R1", contents(b"%PDF-1.7\n", "R1.pdf")))
    assert [(file.kind, file.name, file.caption) for file in files(any_store)] == [
        ("report", "R1.pdf", ""),
        ("photo", "seam.jpg", "Left sleeve"),
    ]
    assert kept(any_store) == 2
    # queries that each engine writes in its own way
    assert visit_life(any_store, "R1")[0].kind == "booked"
    assert {(row.inspector, row.visits) for row in rotation_counts(any_store, LATER)} == {("I1", 1), ("I2", 1)}
    assert supplier_record(any_store, LATER, "F1").undecided == 0

    copy = back_up(any_store, tmp_path / "copy.db")
    with open_store(str(copy)) as other:
        assert file_data(other, files(other)[1].id) == PHOTO

    key = files(any_store)[1].id
    desk.handle(RemoveFile(key))
    desk.undo()
    assert file_data(any_store, key) == PHOTO
    desk.handle(RemoveFile(key))
    desk.handle(RemoveFile(files(any_store, "R2")[0].id))
    assert kept(any_store) == 2  # either removal may still be undone
    later = Desk(any_store, FixedClock(LATER + dt.timedelta(days=KEPT_DAYS + 1)), "Lan")
    said = later.handle(RemoveFile(files(any_store)[0].id))
    assert said.messages == ("The content of 1 file removed more than 30 days ago is gone.",)
    assert kept(any_store) == 1
    later.undo()
    assert file_data(any_store, files(any_store)[0].id) == b"%PDF-1.7\n"
