"""How much of an order is made now and will be at the visit, beside the share between which it may be visited."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.views.bar_painting import CENTRE, RIGHT, Ink, painting, shade, write
from desktop.views.look import Look

HEIGHT = 52


@dataclass(frozen=True, slots=True)
class Track:
    """What is known of an order's production, in percent.

    Attributes:
        share: between which the visit has to be; None: it does not matter for the service.
        now: made today; None: not known.
        then: expected at the visit of the chosen place; None: not known.
        then_text: "45 % on Thu".
        closes: when the window closes, in words; "" where it does not.
    """

    share: tuple[float, float] | None = None
    now: float | None = None
    then: float | None = None
    then_text: str = ""
    closes: str = ""


class ProductionTrack(QWidget):
    """A track of a hundred percent: filled as far as is made, the window's frame, a tick for the visit."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._track = Track()
        self.setFixedHeight(HEIGHT)
        look.changed.connect(self.update)

    def show_track(self, track: Track) -> None:
        """Show another."""
        self._track = track
        self.setAccessibleName(self._title())
        self.setAccessibleDescription(", ".join(part for part in (self._now(), track.then_text, track.closes) if part))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(220, HEIGHT)

    def _title(self) -> str:
        share = self._track.share
        if share is None:
            return self.tr("Production")
        return self.tr("Production, window {first}\N{EN DASH}{last} %").format(
            first=f"{share[0]:g}", last=f"{share[1]:g}"
        )

    def _now(self) -> str:
        now = self._track.now
        return self.tr("not known") if now is None else self.tr("{percent} % now").format(percent=f"{now:.0f}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title, track, and what its marks mean."""
        theme, track, width = self._look.theme, self._track, float(self.width())
        with painting(self) as painter:
            write(painter, QRectF(0, 0, width, 15), self._title(), Ink(theme.muted, 11))
            bar = QRectF(0, 21, width, 9)
            painter.fillRect(bar, shade(theme.sunken))
            if track.now is not None:
                made = min(100.0, max(0.0, track.now))
                painter.fillRect(QRectF(0, 21, width * made / 100, 9), shade(theme.service("DUPRO").cap))
            if track.share is not None:
                first, last = track.share
                painter.setPen(QPen(shade(theme.accent), 1.2))
                painter.setBrush(shade(theme.accent, 0.12))
                painter.drawRect(QRectF(width * first / 100, 18.5, max(3.0, width * (last - first) / 100), 14))
            muted, bold = Ink(theme.muted, 11), Ink(theme.text, 11, QFont.Weight.DemiBold, CENTRE)
            line = QRectF(0, 36, width, 15)
            write(painter, line, self._now(), muted)
            closes = Ink(theme.warn, 11, QFont.Weight.DemiBold, RIGHT)
            write(painter, line, track.closes, closes)
            if track.then is not None:
                x = min(width - 2, max(1.0, width * track.then / 100))
                painter.fillRect(QRectF(x - 1, 16, 2, 19), shade(theme.text))
                said = bold.width_of(track.then_text)
                least = muted.width_of(self._now()) + 10
                most = width - said - (closes.width_of(track.closes) + 10 if track.closes else 0)
                if most >= least:
                    left = min(max(x - said / 2, least), most)
                    write(painter, QRectF(left, 36, said + 2, 15), track.then_text, bold)
