"""Files of visits: named, bounded, given out as they came. Their contents are in tests/store/test_file_contents."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import update

from desktop.clock import FixedClock
from desktop.errors import BadInputError, NotFoundError, RefusedError
from desktop.models import FileContent
from desktop.services.bus import Desk
from desktop.services.commands import (
    AttachFile,
    ChangeSetting,
    DescribeFile,
    PublishPlan,
    PublishVisits,
    RecordArrival,
    RecordFinished,
    RecordTravelling,
    RemoveFile,
    RevisePlan,
    TakeBackTime,
    UnassignVisit,
)
from desktop.services.commands.inspection import FileContents
from desktop.services.inspection.files import FileBounds, file_data, read_file, save_file
from desktop.services.inspection.life import visit_life
from desktop.services.inspection.reading import visit_card
from desktop.services.inspection.rows import FileRow
from desktop.services.planning.reading import latest_draft
from desktop.store.engine import Store
from tests.unit.services.inspection.conftest import LATER
from tests.unit.services.inspection.pictures import jpeg, png

BOUNDS = FileBounds(1 << 20, 1 << 22, 12_000)


@pytest.fixture
def desk(announced: Store) -> Desk:
    """Somebody is on site for R1 and R2."""
    arrived = Desk(announced, FixedClock(LATER), "Lan")
    arrived.handle_all([RecordArrival("R1"), RecordArrival("R2")], "Both arrived")
    return arrived


def contents(data: bytes, name: str = "seam.jpg") -> FileContents:
    return FileContents(name, data, hashlib.sha256(data).hexdigest())


def files(store: Store, code: str = "R1") -> tuple[FileRow, ...]:
    return visit_card(store, LATER, code).files


def test_what_a_file_is_called_and_taken_for(announced: Store, desk: Desk) -> None:
    said = desk.handle(AttachFile("R1", contents(png(), "../holes.exe"), kind="other"))
    assert said.messages == ("../holes.exe is kept as holes.exe.png.",)
    desk.handle(AttachFile("R1", contents(png(320), "holes.exe.png")))
    assert [file.name for file in files(announced)] == ["holes.exe.png", "holes.exe (2).png"]
    with pytest.raises(RefusedError, match=r"attached to the visit of R1 already, as holes.exe.png"):
        desk.handle(AttachFile("R1", contents(png(), "again.png")))
    row = files(announced)[0]
    desk.handle(DescribeFile(row.id, "Three holes", "photo"))
    assert (files(announced)[0].caption, files(announced)[0].kind) == ("Three holes", "photo")
    assert files(announced)[0].is_image


def test_files_belong_to_visits_that_have_begun(announced: Store, desk: Desk) -> None:
    with pytest.raises(RefusedError, match="The visit of R4 has not begun"):
        desk.handle(AttachFile("R4", contents(jpeg())))
    desk.handle(AttachFile("R1", contents(jpeg())))
    with pytest.raises(RefusedError, match="1 file of R1 would belong to a visit that has not begun"):
        desk.handle(TakeBackTime("R1", "arrived"))
    desk.handle(RemoveFile(files(announced)[0].id))
    desk.handle(TakeBackTime("R1", "arrived"))


def test_nothing_taken_back_leaves_a_file_with_a_visit_that_another_may_replace(announced: Store, desk: Desk) -> None:
    minh = Desk(announced, FixedClock(LATER), "Minh")
    minh.handle(AttachFile("R1", contents(jpeg())))
    with pytest.raises(RefusedError, match="1 file of R1 would belong to a visit that has not begun"):
        desk.undo()
    minh.handle(RemoveFile(files(announced)[0].id))
    desk.undo()
    with pytest.raises(RefusedError, match="1 file of R1 would belong"):
        minh.undo()
    desk.redo()
    minh.undo()
    assert [file.name for file in files(announced)] == ["seam.jpg"]


def test_a_visit_that_has_begun_keeps_all_of_its_own_whatever_is_announced_round_it(announced: Store) -> None:
    """A publication makes new visits of those that have not begun, and leaves this one where its file is."""
    morning = dt.datetime(2026, 11, 30, 1, tzinfo=dt.UTC)
    desk = Desk(announced, FixedClock(morning), "Lan")
    desk.handle(RevisePlan())
    draft = latest_draft(announced) or ""
    desk.handle(RecordTravelling("R2"))
    desk.handle(AttachFile("R2", contents(jpeg())))
    before = visit_card(announced, morning, "R2").row
    for command in (PublishVisits(draft, ("R2",)), PublishPlan(draft)):
        with pytest.raises(RefusedError) as refused:
            desk.handle(command)
        assert "R2 is started already" in refused.value.broken[0]
    desk.handle(UnassignVisit(draft, "R2"))
    desk.handle(UnassignVisit(draft, "R5"))
    desk.handle(PublishVisits(draft, ("R5",)))
    desk.handle(PublishPlan(draft))
    desk.handle(RevisePlan())
    desk.handle(PublishPlan(latest_draft(announced) or ""))
    Desk(announced, FixedClock(LATER), "Lan").handle(RecordFinished("R2"))
    after = visit_card(announced, LATER, "R2")
    assert (after.row.id, after.row.stage, len(after.files)) == (before.id, "finished", 1)
    assert {"travelling", "finished"} <= {event.kind for event in visit_life(announced, "R2")}


def test_files_beyond_the_bounds_are_refused(desk: Desk) -> None:
    desk.handle(ChangeSetting("results", {"file_megabytes": 1, "visit_megabytes": 1, "image_side": 500}))
    half = b"%PDF-1.7\n" + bytes(700_000)
    desk.handle(AttachFile("R1", contents(half, "one.pdf")))
    with pytest.raises(RefusedError, match="more than 1 MB, the most for a visit"):
        desk.handle(AttachFile("R1", contents(half + b"x", "two.pdf")))
    with pytest.raises(BadInputError, match=r"three.pdf is larger than 1 MB"):
        desk.handle(AttachFile("R2", contents(half + half, "three.pdf")))
    with pytest.raises(BadInputError, match="640 x 480 pixels; the house keeps 500 at most"):
        desk.handle(AttachFile("R2", contents(png())))
    with pytest.raises(BadInputError, match=r"photo.jpg is no file that can be attached, by what is in it"):
        desk.handle(AttachFile("R2", contents(b"MZ\x90\x00", "photo.jpg")))


def test_a_file_is_read_no_further_than_it_may_be_large(tmp_path: Path) -> None:
    path = tmp_path / "seam.jpg"
    path.write_bytes(jpeg())
    found = read_file(path, BOUNDS)
    assert (found.name, found.data, found.sha256) == ("seam.jpg", jpeg(), hashlib.sha256(jpeg()).hexdigest())
    path.write_bytes(bytes(BOUNDS.file_bytes + 1))
    with pytest.raises(BadInputError, match="larger than 1 MB"):
        read_file(path, BOUNDS)
    path.write_bytes(b"")
    with pytest.raises(BadInputError, match="is empty"):
        read_file(path, BOUNDS)
    with pytest.raises(BadInputError, match="is no file"):
        read_file(tmp_path, BOUNDS)


def test_a_file_is_given_out_as_it_came_or_not_at_all(announced: Store, desk: Desk, tmp_path: Path) -> None:
    desk.handle(AttachFile("R1", contents(jpeg())))
    key = files(announced)[0].id
    assert save_file(announced, key, tmp_path) == tmp_path / "seam.jpg"
    assert (tmp_path / "seam.jpg").read_bytes() == jpeg()
    with pytest.raises(RefusedError, match="is there already"):
        save_file(announced, key, tmp_path)
    with announced.session(write=True) as session:
        session.execute(update(FileContent).values(data=b"other"))
        session.commit()
    with pytest.raises(BadInputError, match=r"The content of seam.jpg is damaged"):
        file_data(announced, key)
    with announced.session(write=True) as session:
        session.execute(update(FileContent).values(sha256="0"))
        session.commit()
    with pytest.raises(NotFoundError, match="is not kept any more"):
        file_data(announced, key)
