"""A stored plan as a board: its people by days."""

from __future__ import annotations

from desktop.services.board import WeekBoard
from desktop.services.planning.board_rows import home_town
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.reading import Source

__all__ = ["home_town", "week_board"]


def week_board(source: Source, code: str) -> WeekBoard:
    """The board of a plan; its cost and its ways are those of the records as they are now.

    Raises:
        NotFoundError: there is no plan of that code.
    """
    return open_plan(source, code).board
