"""Small pictures of large ones, decoded by threads of their own, never larger than allowed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

MOST_PIXELS: Final = 80_000_000
"""Of the picture as it is kept: beyond, nothing is decoded."""
MOST_MEGABYTES: Final = 256
"""Of memory for one picture while it is decoded."""
SIDE: Final = 96
"""Of a small picture, in pixels of a screen of usual density."""


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


class Thumbnails(QObject):
    """Decodes pictures one after the other, beside all other work.

    Attributes:
        ready: a key (int) and its picture (QImage, null where it cannot be shown), as a tuple.
    """

    ready = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(1000)

    def decode(self, key: int, data: bytes, side: int) -> None:
        """Have a picture decoded."""
        self._pool.start(_Decoding(self, key, data, side))

    def forget(self) -> None:
        """What has not begun is not begun."""
        self._pool.clear()

    def close(self) -> None:
        """Wait for the one at work: a small while, as sizes are bounded."""
        self._pool.clear()
        self._pool.waitForDone()


class _Decoding(QRunnable):
    def __init__(self, owner: Thumbnails, key: int, data: bytes, side: int) -> None:
        super().__init__()
        self._owner = owner
        self._key = key
        self._data = data
        self._side = side

    def run(self) -> None:
        """Decode, and tell; whoever is gone by now is not told."""
        picture = small_picture(self._data, self._side)
        try:
            self._owner.ready.emit((self._key, picture))
        except RuntimeError:
            return
