"""What a file is follows from its content; names of files are safe to write anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.inspection.media import ENDINGS, LONGEST_NAME, Media, media_of, numbered, safe_name
from tests.unit.services.inspection.pictures import gif, heic, jpeg, office, png, webp


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (png(), Media("image/png", 640, 480)),
        (jpeg(), Media("image/jpeg", 640, 480)),
        (gif(), Media("image/gif", 640, 480)),
        (webp(), Media("image/webp", 640, 480)),
        (heic(), Media("image/heic", 4032, 3024)),
        (b"%PDF-1.7\n", Media("application/pdf")),
    ],
)
def test_kinds_by_content(data: bytes, media: Media) -> None:
    assert media_of(data) == media


def test_documents_without_macros_are_known_by_their_parts() -> None:
    assert media_of(office("word/document.xml")) == Media(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    assert media_of(office("xl/workbook.xml")) is not None
    assert media_of(office("xl/workbook.xml", "xl/vbaProject.bin")) is None
    assert media_of(office("something.txt")) is None


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90\x00", b"<html><script>", b"#!/bin/sh\n", b"PK\x03\x04cut", png()[:20], jpeg()[:12], png(0, 5)],
)
def test_what_is_nothing_to_attach(data: bytes) -> None:
    assert media_of(data) is None


@settings(max_examples=80)
@given(st.binary(max_size=60), st.sampled_from((b"", jpeg(), webp(), heic(), office("a"), gif())), st.integers(0, 60))
def test_no_bytes_make_it_stumble(noise: bytes, beginning: bytes, cut: int) -> None:
    found = media_of(beginning[:cut] + noise)
    assert found is None or found.type in ENDINGS


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("IMG_0001.JPG", "IMG_0001.JPG"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\lan\\photo.jpeg", "photo.jpeg"),
        ("photo.jpg.exe", "photo.jpg.exe.jpg"),
        ("report\u202egpj.exe", "reportgpj.exe.jpg"),
        ('a<b>:"c|d?*.jpg', "a-b---c-d--.jpg"),
        (".hidden", "hidden.jpg"),
        ("con.jpg", "file-con.jpg"),
        ("", "file.jpg"),
        ("线缝 mở.jpg", "线缝 mở.jpg"),
    ],
)
def test_names(name: str, safe: str) -> None:
    assert safe_name(name, Media("image/jpeg")) == safe


@settings(max_examples=50)
@given(st.text(max_size=200), st.sampled_from(sorted(ENDINGS)))
def test_any_name_becomes_one_that_can_be_written(name: str, kind: str) -> None:
    safe = safe_name(name, Media(kind))
    assert 0 < len(safe) <= LONGEST_NAME
    assert safe.casefold().endswith(ENDINGS[kind])
    assert not set(safe) & set('/\\<>:"|?*\0')
    assert safe[0] not in " ."
    assert safe_name(safe, Media(kind)) == safe


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert numbered("Photo.jpg", frozenset({"photo.jpg", "photo (2).jpg"})) == "Photo (3).jpg"
