"""A plan as a workbook to print and pass on: the week by inspector, visits, what is left out, costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cost_sheet import add_costs
from desktop.services.exchange.plan_tables import UNASSIGNED, VISITS, Field, row_cells
from desktop.services.exchange.styles import DAY_FORMAT, Formats, service_look
from desktop.services.exchange.week_sheet import add_week
from desktop.services.planning.reading import Source, plan_view, reading
from desktop.services.planning.views import UnassignedView, VisitView
from desktop.services.week_board import week_board

Row = TypeVar("Row", VisitView, UnassignedView)


def export_plan_workbook(source: Source, code: str, path: str | Path) -> None:
    """Write a plan as a workbook with the sheets Week, Visits, Unassigned and Costs.

    Raises:
        NotFoundError: there is no plan of that code.
        BadInputError: the file cannot be written.
    """
    with reading(source) as session:
        view = plan_view(session, code)
        board = week_board(session, code)
    with writing_workbook(Path(path)) as (book, formats):
        add_week(book, formats, board)
        visits = sorted(view.visits, key=lambda visit: (visit.first_slot, visit.request))
        _add_table(book, formats, "Visits", VISITS, visits)
        _add_table(book, formats, "Unassigned", UNASSIGNED, view.unassigned)
        add_costs(book, formats, view)


def _add_table(book: Workbook, formats: Formats, title: str, fields: Sequence[Field[Row]], rows: Iterable[Row]) -> None:
    page: Worksheet = book.add_worksheet(title)
    page.freeze_panes(1, 1)
    page.set_row(0, 30)
    for place, field in enumerate(fields):
        page.set_column(place, place, field.width)
        page.write_string(0, place, field.header, formats.header)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, (field, cell) in enumerate(zip(fields, row_cells(fields, row), strict=True)):
            if field.header == "Service" and isinstance(cell, str):
                _, tint, _, ink = service_look(cell)
                form = formats.get(bg_color=tint, font_color=ink, bold=True)
            else:
                form = _format_of(formats, field, cell)
            put(page, last, place, cell, form)
    if last == 0:
        nothing = "Everything is placed." if title == "Unassigned" else "Nothing is planned."
        page.write_string(1, 0, nothing, formats.get(italic=True))
    page.autofilter(0, 0, max(last, 1), len(fields) - 1)
    set_print(page)
    page.repeat_rows(0)


def _format_of(formats: Formats, field: Field[Row], cell: object) -> Format:
    looks = {"font_color": "#B3261E", "bold": True} if field.header == "Days late" and cell else {}
    match field.form:
        case "date":
            return formats.get(num_format=DAY_FORMAT, align="left")
        case "number":
            return formats.get(align="right", num_format="0.##" if isinstance(cell, float) else "0", **looks)
        case "lines":
            return formats.get(text_wrap=True, valign="top")
    return formats.get()


def set_print(page: Worksheet) -> None:
    """Landscape A4, as wide as one page, numbered."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&R&P / &N")
