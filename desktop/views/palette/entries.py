"""What the palette lists for some letters: commands by how well they fit, and the records found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desktop.itemmodels.palette_list import PaletteEntry
from desktop.services.finding import Hit
from desktop.views.actions import Actions
from desktop.views.palette.matching import fit, plain

MOST_COMMANDS = 40
RECENT_BONUS = 4
FEWEST_POINTS = 4  # for each letter: those that lie far apart in a text were not meant for it
_ICONS = {"request": "inbox-arrow-down", "inspector": "account", "plan": "chart-timeline"}


def commands(actions: Actions, menus: dict[str, str]) -> tuple[PaletteEntry, ...]:
    """Every action as an entry; `menus` gives the titles of menus by name."""
    return tuple(
        PaletteEntry(
            spec.id,
            action.text().replace("&", ""),
            menus.get(spec.menu, "").replace("&", ""),
            action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            spec.icon,
            action.isEnabled(),
        )
        for spec in actions.table
        if spec.id != "tools.palette"
        for action in (actions.action(spec.id),)
    )


def fitting(entries: Sequence[PaletteEntry], query: str, recent: Sequence[str]) -> tuple[PaletteEntry, ...]:
    """The commands that fit, the best first: what can be done now before what cannot, what was used lately first."""
    wanted = plain(query)
    order = {key: place for place, key in enumerate(recent)}
    found = []
    for place, entry in enumerate(entries):
        value = fit(wanted, plain(f"{entry.text} {entry.more}"))
        if value is None or value < FEWEST_POINTS * len(wanted.replace(" ", "")):
            continue
        lately = order.get(entry.key)
        if lately is not None:
            value += max(1, RECENT_BONUS - lately) if wanted else 1000 - lately
        found.append((not entry.is_enabled, -value, place, entry))
    found.sort(key=lambda item: item[:3])
    return tuple(entry for *_, entry in found[:MOST_COMMANDS])


def records(hits: Sequence[Hit]) -> tuple[PaletteEntry, ...]:
    """Records that were found."""
    return tuple(_record(hit) for hit in hits)


def _record(hit: Hit) -> PaletteEntry:
    kinds = {
        "request": QCoreApplication.translate("palette", "Request"),
        "inspector": QCoreApplication.translate("palette", "Inspector"),
        "plan": QCoreApplication.translate("palette", "Plan"),
    }
    text = " ".join(part for part in (hit.code, hit.name) if part)
    more = " · ".join(part for part in (kinds[hit.kind], hit.more) if part)
    return PaletteEntry(f"{hit.kind}:{hit.code}", text, more, icon=_ICONS[hit.kind], is_record=True)
