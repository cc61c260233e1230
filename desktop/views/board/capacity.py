"""What people could give and what a plan takes of them, by half-day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.board import BoardRow, WeekBoard

OPEN = ("work", "make-up")


@dataclass(frozen=True, slots=True)
class Capacity:
    """Half-days of some people, one number for each day of the board."""

    taken: tuple[int, ...]
    open: tuple[int, ...]

    @property
    def all_taken(self) -> int:
        """Over all days."""
        return sum(self.taken)

    @property
    def all_open(self) -> int:
        """Over all days."""
        return sum(self.open)

    def short(self, day: int) -> int:
        """Half-days taken beyond what there is."""
        return max(0, self.taken[day] - self.open[day])


def capacity_of(rows: Sequence[BoardRow], days: int) -> Capacity:
    """The capacity of these people."""
    taken, free = [0] * days, [0] * days
    for row in rows:
        for slot, kind in enumerate(row.cells[: 2 * days]):
            if kind in OPEN:
                free[slot // 2] += 1
        for bar in row.bars:
            for slot in range(max(0, bar.first_slot), min(2 * days, bar.last_slot + 1)):
                taken[slot // 2] += 1
    return Capacity(tuple(taken), tuple(free))


def unassigned_by_day(board: WeekBoard) -> tuple[float, ...]:
    """Man-days left out by day; each request stands on the first day of its window that the board shows."""
    sums = [0.0] * board.days
    for entry in board.unassigned:
        day = 0 if entry.earliest is None else (entry.earliest - board.first_day).days
        sums[min(max(day, 0), board.days - 1)] += entry.man_days
    return tuple(sums)
