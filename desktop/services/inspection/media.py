"""What a file is, by its first bytes and not by its name; how large a picture is; and a name that is safe to write.

Nothing of a file is run or unpacked: of a picture its header is read, of an office document the list of its parts.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

JPEG, PNG, GIF, WEBP, HEIC = "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENDINGS: Mapping[str, tuple[str, ...]] = {
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    GIF: (".gif",),
    WEBP: (".webp",),
    HEIC: (".heic", ".heif"),
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
"""What may be attached, with the endings that names of such files have; the first one is given where another stands."""

LONGEST_NAME = 120  # characters: any file system takes so many, in any script
_MOST_PARTS = 5000
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_WITHOUT_SIZE = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # those of JPEG's markers that tell the size
_END_OF_HEADER = (0xD9, 0xDA)


@dataclass(frozen=True, slots=True)
class Media:
    """What a file is: its media type, and of a picture its width and height in pixels where the header tells them."""

    type: str
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.type.startswith("image/")

    @property
    def side(self) -> int:
        """Pixels of the longer side; 0 where that is not known."""
        return max(self.width or 0, self.height or 0)


def media_of(data: bytes) -> Media | None:
    """What some bytes are; None: nothing that may be attached, or a picture whose header is cut off."""
    for kind, begins, size in _PICTURES:
        if begins.match(data):
            found = size(data)
            return None if found is None or min(found) < 1 else Media(kind, *found)
    if data.startswith(b"%PDF-"):
        return Media(PDF)
    return _office(data) if data.startswith(b"PK\x03\x04") else None


def safe_name(name: str, media: Media) -> str:
    """A name under which a file may be kept and written on any system: no folders, no hidden or reserved names.

    Its ending is one that files of this kind have.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in base if unicodedata.category(char)[0] != "C")  # controls, and what turns text round
    kept = _FORBIDDEN.sub("-", kept).strip(" .") or "file"
    endings = ENDINGS[media.type]
    stem, ending = kept, endings[0]
    for known in endings:
        if kept.casefold().endswith(known):
            stem, ending = kept[: -len(known)], kept[-len(known) :]
    stem = stem[: LONGEST_NAME - len(ending)].rstrip(" .") or "file"
    if _RESERVED.fullmatch(stem):
        stem = f"file-{stem}"[: LONGEST_NAME - len(ending)]
    return stem + ending


def numbered(name: str, taken: frozenset[str]) -> str:
    """A name that is not taken yet, in any case: "photo (2).jpg" beside "photo.jpg"."""
    known = {other.casefold() for other in taken}
    stem, dot, ending = name.rpartition(".")
    number, found = 1, name
    while found.casefold() in known:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    return found


def _unpacked(form: str, data: bytes, at: int) -> tuple[int, int] | None:
    if len(data) < at + struct.calcsize(form):
        return None
    first, second = struct.unpack_from(form, data, at)
    return int(first), int(second)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """From the first frame's header."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_SIZE:
            at += 2
        elif marker in _FRAMES:
            found = _unpacked(">HH", data, at + 5)
            return None if found is None else (found[1], found[0])
        elif marker in _END_OF_HEADER:
            return None
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if form == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if form == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        found = _unpacked("<HH", data, 26)
        return None if found is None else (found[0] & 0x3FFF, found[1] & 0x3FFF)
    return None


def _heic_size(data: bytes) -> tuple[int, int] | None:
    """The largest picture that the header names: a photo also has small ones, and the tiles that it is made of."""
    sizes = []
    at = data.find(b"ispe", 0, 1 << 20)
    while at >= 0:
        found = _unpacked(">II", data, at + 8)
        if found is not None:
            sizes.append(found)
        at = data.find(b"ispe", at + 4, 1 << 20)
    return max(sizes, default=None, key=lambda size: size[0] * size[1])


_PICTURES: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], tuple[int, int] | None]], ...] = (
    (JPEG, re.compile(rb"\xff\xd8\xff"), _jpeg_size),
    (PNG, re.compile(rb"\x89PNG\r\n\x1a\n"), lambda data: _unpacked(">II", data, 16)),
    (GIF, re.compile(rb"GIF8[79]a"), lambda data: _unpacked("<HH", data, 6)),
    (WEBP, re.compile(rb"RIFF....WEBP", re.DOTALL), _webp_size),
    (HEIC, re.compile(rb"....ftyp(hei[cxms]|hevc|mif1|msf1)", re.DOTALL), _heic_size),
)
"""Pictures: how their files begin, and where they tell their size."""


def _office(data: bytes) -> Media | None:
    """A document or a spreadsheet without macros, by the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return None
    if len(names) > _MOST_PARTS or any("vbaproject" in name.casefold() for name in names):
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return Media(DOCX)
    return Media(XLSX) if "xl/workbook.xml" in names else None
