"""The rows of a table by their places in a grid."""

from __future__ import annotations

from collections.abc import Sequence


class Grid:
    """Found once for a table, which may have tens of thousands of rows.

    Attributes:
        across: the values of the columns.
        down: the names of the lines, each as long as there are columns of names.
        cells: of each line by column the row of the frame.
    """

    def __init__(self, across: Sequence[object], names: Sequence[Sequence[object]], *, is_sorted: bool) -> None:
        """Place every row.

        Args:
            across: of each row the value of its column.
            names: columns of names, row by row.
            is_sorted: columns stand in the order of their values, not in that of the rows.
        """
        order = list(dict.fromkeys(across))
        if is_sorted:
            order.sort(key=lambda value: value)  # type: ignore[arg-type, return-value]
        columns = {value: place for place, value in enumerate(order)}
        lines: dict[tuple[object, ...], int] = {}
        self.across: list[object] = order
        self.cells: list[dict[int, int]] = []
        for row, name in enumerate(zip(*names, strict=True)):
            line = lines.setdefault(name, len(lines))
            if line == len(self.cells):
                self.cells.append({})
            self.cells[line][columns[across[row]]] = row
        self.down: list[tuple[object, ...]] = list(lines)
