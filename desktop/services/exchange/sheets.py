"""Every sheet of an import file, in the order in which its records are stored: nothing refers to a later one."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.errors import BadInputError
from desktop.services.exchange.columns import Sheet
from desktop.services.exchange.sheets_bookings import BOOKINGS
from desktop.services.exchange.sheets_companies import (
    CALENDAR,
    CLIENTS,
    CLOSURES,
    FACTORIES,
    ORDERS,
    PROGRESS,
    WINDOWS,
)
from desktop.services.exchange.sheets_money import CLIENT_RATES, EXCHANGE_RATES
from desktop.services.exchange.sheets_people import ABSENCES, EXCEPTIONS, INSPECTORS, PAST_VISITS, POSITIONS

SHEETS: tuple[Sheet, ...] = (
    CLIENTS,
    WINDOWS,
    CLIENT_RATES,
    EXCHANGE_RATES,
    FACTORIES,
    CLOSURES,
    ORDERS,
    PROGRESS,
    CALENDAR,
    INSPECTORS,
    ABSENCES,
    EXCEPTIONS,
    POSITIONS,
    PAST_VISITS,
    BOOKINGS,
)

BY_KIND: Mapping[str, Sheet] = {sheet.kind: sheet for sheet in SHEETS}


def sheet_named(name: str) -> Sheet:
    """The sheet of a kind or title, in any case.

    Raises:
        BadInputError: where there is none.
    """
    folded = name.strip().casefold()
    for sheet in SHEETS:
        if folded in {word.casefold() for word in (sheet.kind, sheet.title, sheet.one, *sheet.aliases)}:
            return sheet
    raise BadInputError(
        f'There is no kind of record called "{name}".', f"Use one of {', '.join(sheet.title for sheet in SHEETS)}."
    )
