"""A sheet with many rows that are put into the file as whole columns, not cell by cell.

A table of 20,000 rows and 30 columns has 600,000 cells; most of what a workbook of it costs are the looks at each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.cells import Cell
from desktop.services.reports.files.drawn import drawn_cells


class TallSheet(Worksheet):  # type: ignore[misc]  # shipped without annotations by its authors
    """A worksheet as others, with one block of rows that it has as columns."""

    dim_rowmin: int
    dim_rowmax: int

    def __init__(self) -> None:
        super().__init__()
        self._first_row = 0
        self._columns: Sequence[Sequence[Cell]] = ()
        self._forms: Sequence[Format] = ()

    def write_columns(self, first_row: int, columns: Sequence[Sequence[Cell]], forms: Sequence[Format]) -> None:
        """Write rows from the first column on; charts that draw from them find them only when the file is opened.

        Args:
            first_row: where they begin, counted from 0.
            columns: of equal length, not empty. Cells that are written beside them, further right, stay.
            forms: the format of each column's cells.
        """
        self._first_row, self._columns, self._forms = first_row, columns, forms
        self._check_dimensions(first_row + len(columns[0]) - 1, len(columns) - 1)

    def _write_rows(self) -> None:
        """The rows above, the block, the rows below."""
        if not self._columns:
            super()._write_rows()
            return
        first, last = self.dim_rowmin, self.dim_rowmax
        behind = self._first_row + len(self._columns[0])
        self.dim_rowmax = self._first_row - 1
        super()._write_rows()
        self._write_block()
        self.dim_rowmin, self.dim_rowmax = behind, last
        super()._write_rows()
        self.dim_rowmin = first

    def _write_block(self) -> None:
        for row, text in enumerate(self._drawn_rows(), self._first_row):
            self.fh.write(text)
            for place, cell in sorted(self.table.get(row, {}).items()):
                self._write_cell(row, place, cell)
            self.fh.write("</row>")

    def _drawn_rows(self) -> Iterator[str]:
        """Each row without its end."""
        drawn = [
            drawn_cells(cells, form._get_xf_index())  # noqa: SLF001 -- the number is nowhere else
            for cells, form in zip(self._columns, self._forms, strict=True)
        ]
        places = [xl_col_to_name(place) for place in range(len(drawn))]
        # a row's number takes the place of the sign, then its cells those of theirs
        pattern = '<row r="@">' + "".join(f'<c r="{place}@"%s' for place in places)
        for number, cells in enumerate(zip(*drawn, strict=True), self._first_row + 1):
            yield pattern.replace("@", str(number)) % cells


def new_tall_sheet(book: Workbook, name: str) -> TallSheet:
    """A sheet of this kind, at the end of a workbook.

    Raises:
        TypeError: the workbook has made another kind.
    """
    sheet = book.add_worksheet(name, TallSheet)
    if not isinstance(sheet, TallSheet):
        raise TypeError(f"{sheet!r} is no tall sheet")
    return sheet
