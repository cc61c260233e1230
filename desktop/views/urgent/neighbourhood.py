"""The map beside the candidates: the factory, from where each of them comes, and what moves for the chosen one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.views.bar_painting import CENTRE, Ink, shade, write
from desktop.views.look import Look
from desktop.views.maps.painting import MapPin
from desktop.views.maps.projection import MapPlace, fitted
from desktop.views.theme import Theme
from desktop.views.widgets.small_map import SmallMap

PIN = 20.0  # pixels across
LABEL = 11
COLOURED = ("DUPRO", "LOADING", "PSI", "PPI")
"""Services whose caps colour the first routes: the pairs told apart best."""
FACTORY_ZOOM = 260_000.0
NEAR_KM = 150.0  # whoever is further away is not what the map is fitted to
RING_KM = 10.0
EARTH_KM = 6371.0
AWAY = 1.5  # pins nearer to each other than so many pins are set on a ring
MARGIN = 64.0


@dataclass(frozen=True, slots=True)
class Comer:
    """A candidate on the map.

    Attributes:
        rank: from 1.
        name: as his label says.
        start: from where he comes; None where that is not known.
        told: in words, for the tip.
    """

    rank: int
    name: str
    start: MapPlace | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class MovedWork:
    """Work that moves for the chosen candidate: where it is, and whence it is reached now."""

    label: str
    site: MapPlace
    service: str
    name: str = ""
    start: MapPlace | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What the map shows.

    Attributes:
        site: of the factory; None while none is named.
        label: of it.
        comers: the candidates, best first.
        chosen: rank of the one chosen; 0 for none.
        moved: of the chosen one.
    """

    site: MapPlace | None = None
    label: str = ""
    comers: tuple[Comer, ...] = ()
    chosen: int = 0
    moved: tuple[MovedWork, ...] = ()


Kind = Literal["plain", "front", "factory"]


class _Label(NamedTuple):
    """A name beside a place. Plain ones are left out where there is no room next to it."""

    at: QPointF
    text: str
    kind: Kind = "plain"
    away: float = PIN / 2 + 3


def colour_of(theme: Theme, rank: int) -> str:
    """The colour of a candidate on the map and in his card."""
    name = COLOURED[rank - 1] if 1 <= rank <= len(COLOURED) else "MONITORING"
    return theme.services[name].cap


class Neighbourhood(SmallMap):
    """A map of one factory and of those who could go there. Its pins are the candidates; `chosen` counts from 0."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.may_place = False
        self.scene = Scene()
        self.lit = 0
        self._heads: tuple[QPointF, ...] = ()
        self._heads_of: object = None
        self.setAccessibleName(self.tr("Map of the neighbourhood"))

    def show_scene(self, scene: Scene) -> None:
        """Show other candidates; the part of the map stays where the factory does."""
        moved = scene.site != self.scene.site or not self.scene.comers
        self.scene = scene
        self.pins = tuple(
            MapPin(comer.start.lat, comer.start.lon, str(comer.rank), told=comer.told)
            for comer in scene.comers
            if comer.start is not None
        )
        self._ranks = tuple(comer.rank for comer in scene.comers if comer.start is not None)
        self.chosen = self._ranks.index(scene.chosen) if scene.chosen in self._ranks else None
        self.setAccessibleDescription("; ".join(comer.told for comer in scene.comers[:9]))
        self._heads_of = None
        if moved:
            self.show_all()
        self.forget_ground()

    def taken(self) -> Sequence[QRectF]:
        """Names of places stay off the discs, the factory and its label."""
        boxes = [self.box_of(number).adjusted(-8, -4, 8, 18) for number in range(len(self.pins))]
        site = self._site_at()
        return boxes if site is None else [*boxes, QRectF(site.x() - 96, site.y() - 42, 192, 60)]

    def light(self, rank: int) -> None:
        """Let one route stand out, as the pointer is over its card; 0: none."""
        if rank != self.lit:
            self.lit = rank
            self.update()

    def rank_of(self, chosen: object) -> int:
        """The rank of a pin as `chosen_changed` tells it; 0 where it is none."""
        return self._ranks[chosen] if isinstance(chosen, int) and chosen < len(self._ranks) else 0

    def show_all(self) -> None:
        """Show the factory and those who are near it, and the chosen one wherever he is."""
        site = self.scene.site
        if site is None:
            super().show_all()
            return
        starts = [(comer.rank, comer.start) for comer in self.scene.comers if comer.start is not None]
        near = [at for rank, at in starts if rank == self.scene.chosen or distance_km(site, at) < NEAR_KM]
        places = [site, *near]
        places += [work.site for work in self.scene.moved if distance_km(site, work.site) < NEAR_KM]
        margin = min(MARGIN, 0.2 * min(self.width(), self.height()))
        self.show_view(fitted(places, QSizeF(max(1, self.width()), max(1, self.height())), margin, FACTORY_ZOOM))

    def box_of(self, number: int) -> QRectF:
        """Where a candidate's disc is painted: on his place, or beside it where several would cover each other."""
        at = self._discs()[number]
        return QRectF(at.x() - PIN / 2, at.y() - PIN / 2, PIN, PIN)

    def _discs(self) -> tuple[QPointF, ...]:
        key = (self.view, self.size().toTuple())
        if self._heads_of != key:
            self._heads = spread([self.at(MapPlace(pin.lat, pin.lon)) for pin in self.pins], self._site_at())
            self._heads_of = key
        return self._heads

    def _site_at(self) -> QPointF | None:
        return None if self.scene.site is None else self.at(self.scene.site)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click is a click."""
        self.mousePressEvent(event)

    # -- painting ------------------------------------------------------------------------------------------------------

    def paint_marks(self, painter: QPainter) -> None:
        """Ways first, then discs, labels last, so that no way crosses a name."""
        site = self._site_at()
        if site is None:
            return
        theme = self._look.theme
        order = sorted(range(len(self.pins)), key=lambda n: (self._ranks[n] == self._front, -n))
        for number in order:
            self._paint_way(painter, theme, number, site)
        taken = [QRectF(site.x() - 14, site.y() - 14, 28, 28), *(self.box_of(n) for n in range(len(self.pins)))]
        works = [self.at(place) for work in self.scene.moved for place in (work.site, work.start) if place]
        taken += [QRectF(at.x() - 7, at.y() - 7, 14, 14) for at in works]
        labels: list[_Label] = []
        for work in self.scene.moved:
            labels += self._paint_moved(painter, theme, work)
        for number in order:
            self._paint_disc(painter, theme, number)
        self._paint_factory(painter, theme, site)
        self._paint_label(painter, _Label(site, self.scene.label, "factory", 20.0), taken)
        names = {comer.rank: comer.name for comer in self.scene.comers}
        for number in reversed(order):
            rank = self._ranks[number]
            if rank == self._front or rank <= 8:
                kind: Kind = "front" if rank == self._front else "plain"
                self._paint_label(painter, _Label(self.box_of(number).center(), names[rank], kind), taken)
        for label in labels:
            self._paint_label(painter, label, taken)

    @property
    def _front(self) -> int:
        return self.lit or self.scene.chosen

    def _paint_way(self, painter: QPainter, theme: Theme, number: int, site: QPointF) -> None:
        rank = self._ranks[number]
        is_chosen = rank == self.scene.chosen
        fades = self.lit not in (0, rank)
        pen = QPen(shade(colour_of(theme, rank), 0.25 if fades else 1.0), 4.0 if is_chosen else 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if rank == self.lit and not is_chosen:
            pen.setWidthF(3.0)
        if not is_chosen:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start = self.box_of(number).center()
        painter.drawPath(bent(start, site))

    def _paint_disc(self, painter: QPainter, theme: Theme, number: int) -> None:
        rank, box = self._ranks[number], self.box_of(number)
        fades = self.lit not in (0, rank)
        painter.setOpacity(0.45 if fades else 1.0)
        painter.setPen(QPen(shade(theme.surface), 1.5))
        painter.setBrush(shade(colour_of(theme, rank)))
        painter.drawEllipse(box)
        write(painter, box, str(rank), Ink(theme.on_cap, LABEL, QFont.Weight.DemiBold, CENTRE))
        painter.setOpacity(1.0)

    def _paint_moved(self, painter: QPainter, theme: Theme, work: MovedWork) -> list[_Label]:
        at = self.at(work.site)
        labels = [_Label(at, work.label)]
        if work.start is not None:
            start = self.at(work.start)
            pen = QPen(shade(theme.ruler), 2.0)
            pen.setDashPattern([0.6, 2.2])
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(bent(start, at))
            painter.setPen(QPen(shade(theme.surface), 1.2))
            painter.setBrush(shade(theme.ruler))
            painter.drawPolygon(_house(start))
            labels.append(_Label(start, work.name))
        painter.setPen(QPen(shade(theme.surface), 1.2))
        painter.setBrush(shade(theme.service(work.service).cap))
        painter.drawRect(QRectF(at.x() - 5, at.y() - 5, 10, 10))
        return labels

    def _paint_factory(self, painter: QPainter, theme: Theme, at: QPointF) -> None:
        ring = max(24.0, RING_KM / self.view.km_per_pixel())
        pen = QPen(shade(theme.bad), 1.0)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(shade(theme.bad, 0.04))
        if ring < min(self.width(), self.height()):
            painter.drawEllipse(at, ring, ring)
        painter.setPen(QPen(shade(theme.surface), 1.5))
        painter.setBrush(shade(theme.bad))
        diamond = ((0, -13), (13, 0), (0, 13), (-13, 0))
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in diamond]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.on_cap))
        bolt = ((1.5, -7), (-4.5, 1), (-0.6, 1), (-1.5, 7), (4.5, -1), (0.6, -1))
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in bolt]))

    def _paint_label(self, painter: QPainter, label: _Label, taken: list[QRectF]) -> None:
        """A name in a box beside its place, where no other stands; left out where there is no room."""
        theme, at, away = self._look.theme, label.at, label.away
        if not label.text:
            return
        weight = QFont.Weight.Medium if label.kind == "plain" else QFont.Weight.DemiBold
        is_factory = label.kind == "factory"
        ink = Ink(theme.bad if is_factory else theme.text, LABEL, weight, CENTRE)
        size = QSizeF(min(ink.width_of(label.text) + 12, 190.0), 17.0)
        whole = QRectF(self.rect())
        free = (b for b in _beside(at, size, away, label.kind) if whole.contains(b))
        box = next((b for b in free if not any(b.intersects(o) for o in taken)), None)
        if box is None:
            return
        taken.append(box)
        painter.setPen(QPen(shade(theme.bad if is_factory else theme.line_strong), 1.4 if is_factory else 1.0))
        painter.setBrush(shade(theme.surface))
        painter.drawRoundedRect(box, 3, 3)
        write(painter, box.adjusted(4, 0, -4, 0), label.text, ink)


def distance_km(one: MapPlace, other: MapPlace) -> float:
    """As the crow flies."""
    lat, lon = math.radians(other.lat - one.lat), math.radians(other.lon - one.lon)
    near = math.cos(math.radians(one.lat)) * math.cos(math.radians(other.lat))
    return 2 * EARTH_KM * math.asin(math.sqrt(math.sin(lat / 2) ** 2 + near * math.sin(lon / 2) ** 2))


def spread(places: Sequence[QPointF], avoided: QPointF | None) -> tuple[QPointF, ...]:
    """Places of discs, none over another: those that would be are put round it, further out the more there are."""
    found: list[QPointF] = []
    blocked = [] if avoided is None else [avoided]
    for place in places:
        at, turn = place, 0
        while turn < 48 and any(_is_near(at, other) for other in (*blocked, *found)):
            ring, step = 1 + turn // 8, turn % 8
            angle = math.pi * (step / 4 + 0.5)
            reach = ring * PIN * 1.1
            at = place + QPointF(reach * math.cos(angle), reach * math.sin(angle))
            turn += 1
        found.append(at)
    return tuple(found)


def _is_near(one: QPointF, other: QPointF) -> bool:
    return math.hypot(one.x() - other.x(), one.y() - other.y()) < PIN + 1


def bent(start: QPointF, end: QPointF) -> QPainterPath:
    """A way between two points, a little bent, so that ways along each other can be told apart."""
    along = end - start
    middle = start + along / 2 + QPointF(-along.y(), along.x()) * 0.08
    path = QPainterPath(start)
    path.quadTo(middle, end)
    return path


def _beside(at: QPointF, size: QSizeF, away: float, kind: Kind) -> Iterator[QRectF]:
    """Boxes near a place, the nearest first; only names that must be read are put further off."""
    width, height = size.width(), size.height()
    for step in range(1 if kind == "plain" else 5):
        reach = away + 17 * step
        above, below = at.y() - reach - height, at.y() + reach
        middle = at.y() - height / 2
        centre, right, left = at.x() - width / 2, at.x() + reach, at.x() - reach - width
        first, second = (above, below) if kind == "factory" else (below, above)
        for x, y in (
            (centre, first),
            (right, middle),
            (left, middle),
            (centre, second),
            (at.x(), first),
            (at.x() - width, first),
            (at.x(), second),
            (at.x() - width, second),
        ):
            yield QRectF(QPointF(x, y), size)


def _house(at: QPointF) -> QPolygonF:
    shape = ((0, -7), (6, -1), (6, 6), (-6, 6), (-6, -1))
    return QPolygonF([at + QPointF(x, y) for x, y in shape])
