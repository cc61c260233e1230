"""The map of provinces, coloured by a figure; the figure is written on those that stand out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.views.bar_painting import shade
from desktop.views.charts.axes import LABEL_HEIGHT
from desktop.views.charts.numbers import is_missing
from desktop.views.charts.ramp import Ramp, ramp_of
from desktop.views.charts.strokes import Box, Hit, Script, Sheet, Word
from desktop.views.charts.subject import BOLD, SMALL, Subject
from desktop.views.maps.outlines import UNIT
from desktop.views.maps.projection import MapPlace, MapView, fitted, project
from desktop.views.maps.regions import Region, Ring, read_regions

HEIGHT = 380.0
LEGEND = 34.0
EVERYWHERE = (MapPlace(8.2, 97.5), MapPlace(45.5, 127.0))
AIR = 1.5  # degrees round the regions that have figures
SWATCH, EDGE = 44.0, 0.8
MOST_SCALE = 60_000.0
MOST_NAMED = 4


def provinces_height(subject: Subject, width: float) -> float:
    """How high the map wants to be."""
    return min(HEIGHT, max(240.0, 0.75 * width)) + LEGEND


def draw_provinces(subject: Subject, sheet: Sheet, area: QRectF) -> None:
    """The whole chart."""
    theme, key = subject.theme, subject.chart.series[0]
    known = read_regions()
    regions = known.by_name
    rows = {str(value): row for row, value in enumerate(subject.values(subject.chart.x)) if not is_missing(value)}
    found = {name: row for name, row in rows.items() if name in regions}
    land = QRectF(area.left(), area.top(), area.width(), max(40.0, area.height() - LEGEND))
    view = _view(regions, found, land.size())
    ramp = ramp_of(subject.known(key), theme, is_share=subject.unit(key) == "share")
    sheet.add(Box(land, theme.sea))
    numbers = subject.numbers(key)
    pieces = [(ring.polygon, theme.land, "") for ring in _in_sight(known.neighbours, view, land)]
    for region in regions.values():
        row = found.get(region.name)
        is_known = row is not None and not math.isnan(numbers[row])
        fill = ramp.colour(numbers[row]) if row is not None and is_known else theme.land
        pieces += [(ring.polygon, fill, theme.border) for ring in _in_sight(region.rings, view, land)]
        if row is not None:
            box = _box(region, view, land)
            if not box.isEmpty():
                sheet.marks.append(Hit(row, key, box))
    sheet.add(_Land(land, view, pieces))
    _write_figures(subject, sheet, found, view, land)
    _draw_legend(subject, sheet, ramp, area)
    _say_missing(subject, sheet, [name for name in rows if name not in regions])


def _view(regions: Mapping[str, Region], found: dict[str, int], size: QSizeF) -> MapView:
    """The part of the map where figures are, with some land round it."""
    places = [place for name in found for place in regions[name].corners]
    if not places:
        return fitted(EVERYWHERE, size, 0.0, MOST_SCALE)
    return fitted(places, size, 12.0, MOST_SCALE)


class _Land(NamedTuple):
    """Outlines inside a rectangle: polygon, fill, and the colour of the edge, "" for none."""

    rect: QRectF
    view: MapView
    pieces: list[tuple[QPolygonF, str, str]]

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        del script
        painter.save()
        painter.setClipRect(self.rect, Qt.ClipOperation.IntersectClip)
        painter.translate(self.rect.center())
        scale = self.view.scale / UNIT
        painter.scale(scale, scale)
        painter.translate(-self.view.x * UNIT, -self.view.y * UNIT)
        for polygon, fill, edge in self.pieces:
            painter.setPen(QPen(shade(edge), EDGE / scale) if edge else Qt.PenStyle.NoPen)
            painter.setBrush(shade(fill))
            painter.drawPolygon(polygon)
        painter.restore()


def _in_sight(rings: Iterable[Ring], view: MapView, land: QRectF) -> Iterator[Ring]:
    shown = view.shown(land.size())
    return (ring for ring in rings if ring.bounds.intersects(shown))


def _box(region: Region, view: MapView, land: QRectF) -> QRectF:
    """Round the largest part of a region, as far as it is in sight."""
    bounds = region.rings[0].bounds
    corner = view.to_screen(bounds.topLeft(), land.size()) + land.topLeft()
    return QRectF(corner, QSizeF(bounds.width() * view.scale, bounds.height() * view.scale)).intersected(land)


def _write_figures(subject: Subject, sheet: Sheet, found: dict[str, int], view: MapView, land: QRectF) -> None:
    """Names and figures, the largest first, where there is room for them."""
    key = subject.chart.series[0]
    numbers = subject.numbers(key)
    taken: list[QRectF] = []
    ranked = sorted(
        ((numbers[row], name, row) for name, row in found.items() if not math.isnan(numbers[row])), reverse=True
    )
    for number, name, row in ranked:
        region = read_regions().by_name[name]
        centre = view.to_screen(project(region.middle.lat, region.middle.lon), land.size()) + land.topLeft()
        lines = (subject.written(subject.chart.x, row), subject.short(number, key))
        wide = max(subject.width_of(line, SMALL, BOLD) for line in lines) + 8
        box = QRectF(centre.x() - wide / 2, centre.y() - LABEL_HEIGHT, wide, 2 * LABEL_HEIGHT - 3)
        if not land.contains(box) or any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        sheet.add(Box(box, subject.theme.surface, radius=3.0, share=0.82))
        upper, lower = QRectF(box), QRectF(box)
        upper.setHeight(LABEL_HEIGHT - 1)
        lower.setTop(upper.bottom() - 1)
        sheet.add(Word(upper, lines[0], subject.centred(subject.theme.text)))
        sheet.add(Word(lower, lines[1], subject.centred(subject.theme.text, SMALL, BOLD)))


def _draw_legend(subject: Subject, sheet: Sheet, ramp: Ramp, area: QRectF) -> None:
    """Swatches with their figures at the foot of the area."""
    x, top, key = area.left(), area.bottom() - LEGEND + 7, subject.chart.series[0]
    blue, red = ramp.steps()
    steps = (*red, *blue) if ramp.below < 0 else (*blue, *red)
    wide = min(SWATCH, area.width() / len(steps))
    for step in steps:
        sheet.add(Box(QRectF(x, top, wide, 9), ramp.colour(step), subject.theme.line))
        box = QRectF(x, top + 10, wide, LABEL_HEIGHT)
        sheet.add(Word(box, subject.short(step, key), subject.centred(subject.theme.muted)))
        x += wide
    box = QRectF(x + 10, top - 3, max(0.0, area.right() - x - 10), LABEL_HEIGHT)
    sheet.add(Word(box, subject.heading(key), subject.ink(subject.theme.muted)))


def _say_missing(subject: Subject, sheet: Sheet, names: list[str]) -> None:
    if names:
        more = f" + {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
        sheet.remarks.append(subject.say("elsewhere", names=", ".join(names[:MOST_NAMED]) + more))
