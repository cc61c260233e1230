"""What travels between the reader and the window arrives as it was; a day in figures is read as it was written."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.exchange.cells import Cell
from desktop.services.exchange.foreign.days import in_order
from desktop.services.exchange.foreign.pasted import rows_of_paste
from desktop.services.exchange.foreign.tables import from_json, to_json

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.integers(-(10**8), 10**8).map(lambda seconds: dt.timedelta(seconds=seconds)),
)
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf")), min_size=1, max_size=8)


@given(CELLS)
def test_cells_arrive_as_they_were(cell: Cell) -> None:
    arrived = from_json(json.loads(json.dumps(to_json(cell))))
    assert (type(arrived), arrived) == (type(cell), cell)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(("/", ".", "-")))
def test_days_in_figures_are_those_that_were_written(day: dt.date, mark: str) -> None:
    assert in_order(f"{day.day:02}{mark}{day.month}{mark}{day.year}", "dmy") == day.isoformat()
    assert in_order(f"{day.month}{mark}{day.day:02}{mark}{day.year} 09:30", "mdy") == f"{day} 09:30"


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=2, max_size=6))
def test_rows_copied_from_a_spreadsheet_arrive_cell_by_cell(rows: list[tuple[str, str, str]]) -> None:
    copied = "\n".join("\t".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows)
    assert [tuple(cells) for _, cells in rows_of_paste("", copied)] == rows
