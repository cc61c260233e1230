"""Small pictures of large ones, decoded within bounds of size and memory."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MOST_PIXELS: Final = 80_000_000
"""Of the picture as it is kept: beyond, nothing is decoded."""
MOST_MEGABYTES: Final = 256
"""Of memory for one picture while it is decoded."""


def small_picture(data: bytes, side: int) -> QImage:
    """A picture no larger than a square of some pixels; a null image where the data is no picture that may be read.

    JPEG is decoded at its small size at once, so that a photo costs no more than what is shown of it.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    return reader.read()
