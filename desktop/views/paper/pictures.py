"""Photos drawn anew for those outside the house: small, without what a camera has noted beside them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from desktop.services.client_page.render import Picture
from desktop.views.bar_painting import painting
from desktop.views.small_picture import small_picture

SIDE = 720
"""Pixels along the longer side."""
QUALITY = 78
"""Of JPEG, of 100."""


def redrawn(photos: Iterable[tuple[int, bytes]]) -> dict[int, Picture]:
    """Photos by their keys, decoded and drawn anew one by one; those that cannot be read are left out."""
    pictures = {}
    for key, data in photos:
        picture = redraw(data)
        if picture is not None:
            pictures[key] = picture
    return pictures


def redraw(data: bytes) -> Picture | None:
    """One photo; None: it cannot be read, or is larger than is decoded. Nothing of its bytes is taken over."""
    small = small_picture(data, SIDE)
    if small.isNull():
        return None
    image = QImage(small.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with painting(image) as painter:
        painter.drawImage(0, 0, small)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    if not writer.write(image):
        return None
    return Picture(bytes(buffer.data().data()), image.width(), image.height())
