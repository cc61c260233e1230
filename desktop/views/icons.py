"""Icons of the Material Design set, drawn from its font in any colour.

The font is that of the package QtAwesome. Only this one of its fonts is loaded, and none of its code: it loads a dozen
others, and the window would be ready a fifth of a second later.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from desktop.views.bar_painting import painting

STEM = "materialdesignicons6-webfont"
SHARE = 0.875  # of the box that a glyph fills: the set is drawn for 24 units with a margin of 1.5


class Glyph(QIconEngine):
    """One letter of the font, as an icon."""

    def __init__(self, letter: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._letter = letter
        self._colour = colour
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """The letter in the middle of a box."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setPen(QColor(self._disabled if mode == QIcon.Mode.Disabled else self._colour))
        font = QFont(_family())
        font.setPixelSize(max(1, round(SHARE * rect.height())))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter.setFont(font)
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The letter on nothing."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        with painting(made) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return made

    def clone(self) -> Glyph:
        """Another one of the same."""
        return Glyph(self._letter, self._colour, self._disabled)


def make_icon(name: str, colour: str, disabled: str) -> QIcon:
    """An icon by its name in the set, such as "lightning-bolt". KeyError where it has none of that name."""
    return QIcon(Glyph(_letters()[name], colour, disabled))


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("qtawesome")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _letters() -> dict[str, str]:
    (path,) = _folder().glob(f"{STEM}-charmap-*.json")
    return {name: chr(int(code, 16)) for name, code in json.loads(path.read_text("utf-8")).items()}


@cache
def _family() -> str:
    (path,) = (path for path in _folder().glob(f"{STEM}-*.ttf"))
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))[0]
