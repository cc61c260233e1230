"""A quote as PDF, for the client: what stands in its text, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from desktop.services.requests.quoting import QuoteSheet
from desktop.services.trade.man_days import count_days
from desktop.services.trade.money import spelled
from desktop.services.words import spell_day
from desktop.views.paper.flow import INNER, Ink, RowStyle, Strip, application, cell, gap, paragraph, row, write_pdf
from desktop.views.theme import LIGHT

AMOUNT = 130.0  # points for the column of amounts
WIDTHS = (INNER - AMOUNT, AMOUNT)
BOLD = QFont.Weight.DemiBold
RIGHT = Qt.AlignmentFlag.AlignRight


def write_quote(sheet: QuoteSheet, path: Path) -> int:
    """Write a quote as PDF. Needs no display.

    Returns:
        The number of pages.

    Raises:
        BadInputError: where the file cannot be written.
    """
    with application():
        return write_pdf(
            path, list(_strips(sheet)), lambda page, of: f"{sheet.code}, {page} / {of}", f"Quote {sheet.code}"
        )


def _strips(sheet: QuoteSheet) -> Iterator[Strip]:
    yield paragraph(f"Quote {sheet.code}", Ink(18, BOLD), after=2)
    yield paragraph(f"{spell_day(sheet.quoted_on)}, stands until {spell_day(sheet.valid_until)}", _muted(), after=14)
    goods = ", ".join(
        word for word in (sheet.product, "" if sheet.quantity is None else f"{sheet.quantity:,} pieces") if word
    )
    for title, text in (
        ("Client", sheet.client_name),
        ("Inspection", f"{sheet.service}, {count_days(sheet.man_days)}"),
        ("Factory", f"{sheet.factory_name}, {sheet.area}"),
        ("Order", " · ".join(word for word in (sheet.order, goods) if word)),
        ("Visit", sheet.visit),
    ):
        if text:
            yield row((90.0, INNER - 90.0), (cell(90.0, (title, _muted())), cell(INNER - 90.0, (text, Ink(9)))))
    yield gap(14)
    yield _line("What", f"Amount in {sheet.quote.currency}", Ink(8, BOLD), RowStyle(fill=LIGHT.raised))
    for line in sheet.quote.lines:
        yield _line(line.text, spelled(line.cents, sheet.quote.currency), Ink(9))
    total = spelled(sheet.quote.total_cents, sheet.quote.currency)
    yield _line("Total", total, Ink(10, BOLD), RowStyle(fill=LIGHT.raised))
    yield gap(14)
    yield paragraph(f"Included: {', '.join(sheet.quote.includes)}.", Ink(9), after=6)
    for term in sheet.quote.terms:
        yield paragraph(term, Ink(9), after=3)
    for rate in sheet.exchange:
        text = f"1 USD = {rate.units_per_dollar:,.10g} {rate.currency}, rate of {spell_day(rate.date)}."
        yield paragraph(text, _muted(), after=3)


def _line(text: str, amount: str, ink: Ink, style: RowStyle | None = None) -> Strip:
    right = Ink(ink.size, ink.weight, ink.colour, RIGHT)
    return row(WIDTHS, (cell(WIDTHS[0], (text, ink)), cell(AMOUNT, (amount, right))), style or RowStyle())


def _muted() -> Ink:
    return Ink(8, colour=LIGHT.muted)
