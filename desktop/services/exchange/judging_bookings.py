"""What bookings need beyond what their fields say together: their order, their status, the plans they stand in."""

from __future__ import annotations

import difflib
import zoneinfo
from typing import Any

from desktop.services.exchange.columns import Sheet, Values
from desktop.services.exchange.context import Context
from desktop.services.exchange.kinds import way_text
from desktop.services.exchange.reading import ReadRow
from desktop.services.exchange.sheets_bookings import BOOKINGS, PIN_FIELDS

_OPEN_STATUSES = ("new", "ready")


def settle_booking(row: ReadRow, before: Values | None, after: dict[str, Any], context: Context) -> None:
    """Fill in what follows: client and factory from the order, the zone of a time, the number of a pinned way."""
    if before is None and after["order"] in context.orders:
        client, factory = context.orders[after["order"]]
        after.setdefault("client", client)
        after.setdefault("factory", factory)
    booked = after["requested_at"]
    if booked is not None and booked.tzinfo is None:
        zone = context.zones.get(after.get("factory", ""), "UTC")
        after["requested_at"] = booked.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    _settle_status(row, before, after, context)
    if row.values.get("pinned") is False:
        # what is not said of a pin goes with it
        after.update({field: BOOKINGS.by_field[field].default for field in PIN_FIELDS if field not in row.values})
    elif before is not None and "pin_mode" not in row.values and before["pin_mode"] is not None:
        pinned = before["modes"][before["pin_mode"] - 1]
        if pinned in after["modes"]:
            after["pin_mode"] = after["modes"].index(pinned) + 1


def _settle_status(row: ReadRow, before: Values | None, after: dict[str, Any], context: Context) -> None:
    """Bookings become published by publishing a plan alone; "ready" says no more of one that is."""
    if before is not None and before["status"] == "published" and after["status"] == "ready":
        after["status"] = "published"
    elif after["status"] == "published" and (before is None or before["status"] != "published"):
        after["status"] = "ready"
        context.warnings.append(
            f"{row.sheet} row {row.number}: {after.get('code')} is stored as ready: a plan's publication publishes it."
        )


def judge_booking(sheet: Sheet, row: ReadRow, before: Values | None, after: Values, context: Context) -> None:
    """Blame a booking whose order, service, status or plans speak against it."""
    by_field = sheet.by_field
    if after["order"] in context.orders:
        for field, known in zip(("client", "factory"), context.orders[after["order"]], strict=True):
            if after[field] != known:
                row.blame(
                    by_field[field],
                    after[field],
                    f"is not the {field} of its order {after['order']}, {known}",
                    f"Correct the {field} or the order",
                )
    if "service" in row.values and after["service"] not in context.services:
        near = difflib.get_close_matches(after["service"], context.services, n=1)
        remedy = f"Maybe {near[0]}?" if near else f"Write one of {', '.join(sorted(context.services))}"
        row.blame(by_field["service"], after["service"], "is a service that nobody on the roster offers", remedy)
    if before is not None:
        _judge_change(sheet, row, before, after, context)


def _judge_change(sheet: Sheet, row: ReadRow, before: Values, after: Values, context: Context) -> None:
    changed = {field for field, value in after.items() if before[field] != value}
    status = before["status"]
    column = sheet.by_field["status"]
    if status in ("done", "cancelled") and "status" not in changed:
        fixed = sorted(changed - {"note"})
        if fixed:
            first = sheet.by_field[fixed[0]]
            remedy = "Book again under a new code" if status == "done" else 'Write "ready" under Status if it is wanted'
            row.blame(first, None, f"cannot change: the booking is {status}", remedy)
    elif "status" in changed:
        wanted = after["status"]
        if status == "done" or wanted == "done":
            row.blame(column, wanted, "is not set by hand: the result of the visit sets it", f'Write "{status}"')
        elif status == "published" and wanted in _OPEN_STATUSES:
            row.blame(column, wanted, "takes back what is published", 'Write "published", or "cancelled"')
    if "modes" in changed and not after["modes"]:
        ways = sheet.by_field["modes"]
        row.blame(ways, None, "stands for nothing, where the booking has ways", "Write ways, or leave the cell blank")
    elif "modes" in changed:
        pinned = None if before["pin_mode"] is None else before["modes"][before["pin_mode"] - 1]
        if pinned is not None and pinned not in after["modes"] and "pin_mode" not in row.values:
            ways = sheet.by_field["modes"]
            remedy = f'Keep that way, or write the number of another, or "-", under {sheet.by_field["pin_mode"].header}'
            row.blame(ways, ways.kind.write(after["modes"]), f"leaves out {way_text(pinned)}, which is pinned", remedy)
        lost = sorted(way_text(mode) for mode in context.planned.get(after["code"], set()) - set(after["modes"]))
        if lost:
            ways = sheet.by_field["modes"]
            remedy = "Keep that way, or take the booking out of the plan first"
            row.blame(ways, ways.kind.write(after["modes"]), f"leaves out {lost[0]}, as it stands in a plan", remedy)
