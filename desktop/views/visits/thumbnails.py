"""Small pictures of large ones, decoded by threads of their own, never larger than allowed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from desktop.views.small_picture import small_picture

SIDE: Final = 96
"""Of a small picture, in pixels of a screen of usual density."""


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
