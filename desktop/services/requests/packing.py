"""Many requests kept small: what is over is a tuple of plain values until somebody looks at it.

Plain tuples are nothing to the garbage collector. A hundred thousand objects that never go away would have it stop the
program for half a second now and then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import overload

from desktop.services.requests.rows import FactoryRef, Place, RequestRow

Plain = str | int | float | bool | dt.date | dt.datetime | None
Packed = tuple[Plain, ...]
MOST_UNPACKED = 2000
BETWEEN = "\x1f"  # between the names of a crew


class Rows(Sequence[RequestRow]):
    """Requests by position."""

    def __init__(self, kept: list[RequestRow | Packed], factories: dict[str, FactoryRef]) -> None:
        self._kept = kept
        self._factories = factories
        self._unpacked: dict[int, RequestRow] = {}

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, place: int) -> RequestRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[RequestRow]: ...
    def __getitem__(self, place: int | slice) -> RequestRow | list[RequestRow]:
        """The request of a position."""
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self._kept)))]
        kept = self._kept[place]
        if isinstance(kept, RequestRow):
            return kept
        found = self._unpacked.get(place)
        if found is None:
            if len(self._unpacked) > MOST_UNPACKED:
                self._unpacked = {}
            found = self._unpacked[place] = unpacked(kept, self._factories)
        return found

    def put(self, place: int, row: RequestRow) -> None:
        """Put a request in a position, or behind the last one. For rows that nobody else holds yet."""
        self._factories[row.factory.code] = row.factory
        kept = row if row.is_open else packed(row)
        if place == len(self._kept):
            self._kept.append(kept)
        else:
            self._kept[place] = kept
            self._unpacked.pop(place, None)

    def open_ones(self) -> list[RequestRow]:
        """Those that somebody still has to do something about."""
        return [kept for kept in self._kept if isinstance(kept, RequestRow)]

    def taken(self, positions: Iterable[int] | None = None) -> Rows:
        """Those of some positions, or all of them, to put more into."""
        kept = list(self._kept) if positions is None else [self._kept[n] for n in positions]
        return Rows(kept, dict(self._factories))


def packed(row: RequestRow) -> Packed:
    """A closed request as plain values; nothing that only open ones have is kept."""
    place = row.place
    there: Packed = (None,) * 8
    if place is not None:
        there = (
            place.plan,
            place.published,
            place.visit_id,
            place.first_slot,
            place.last_slot,
            place.first_day,
            BETWEEN.join(place.people),
            place.status,
        )
    return (
        *(row.id, row.code, row.version, row.received, row.client, row.client_name, row.factory.code, row.order),
        *(row.order_id, row.service, row.skill, row.level, row.record_status, row.man_days, row.modes),
        *(row.earliest, row.latest, row.window_entered, row.due, row.price_cents, row.price_entered, row.note),
        *(row.pin_id, row.unassigned_id),
        *there,
    )


def unpacked(kept: Packed, factories: dict[str, FactoryRef]) -> RequestRow:
    """The request that was packed."""
    *own, plan, published, visit, first_slot, last_slot, first_day, people, status = kept
    (key, code, version, received, client, client_name, factory, order, order_id, service, skill, level) = own[:12]
    (record_status, man_days, modes, earliest, latest, entered, due, price, own_price, note, pin, left_out) = own[12:]
    place = None
    if visit is not None:
        crew = tuple(str(people).split(BETWEEN)) if people else ()
        place = Place(plan, published, visit, first_slot, last_slot, first_day, crew, status)  # type: ignore[arg-type]
    return RequestRow(
        *(key, code, version, received, client, client_name, factories[str(factory)], order, order_id),  # type: ignore[arg-type]
        *(service, skill, level, record_status, man_days, modes, earliest, latest, entered, "", due),  # type: ignore[arg-type]
        *(None, None, price, own_price, place, (), note, pin, left_out),  # type: ignore[arg-type]
    )
