"""Places and factories in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.two_line_list import TwoLineRow
from desktop.services.places.duplicates import Duplicate
from desktop.services.places.located import Candidate
from desktop.services.places.resemblance import FactoryEntry

translate = QCoreApplication.translate


def level(name: str) -> str:
    """How near a place is known."""
    return {
        "none": translate("places", "not placed"),
        "province": translate("places", "province"),
        "city": translate("places", "city"),
        "district": translate("places", "district"),
        "town": translate("places", "town"),
        "address": translate("places", "address"),
    }.get(name, name)


def share(number: float) -> str:
    """A likelihood, never told as more certain than it is."""
    return f"{min(99, max(1, round(100 * number)))} %"


def confidence(number: float) -> str:
    """How likely a candidate is."""
    if number >= 0.9:
        return translate("places", "very likely")
    if number >= 0.7:
        return translate("places", "likely")
    return translate("places", "possible") if number >= 0.3 else translate("places", "doubtful")


def both_names(entry: FactoryEntry) -> str:
    """The name of a factory, in both scripts where it has both."""
    return "  ".join(name for name in (entry.name, entry.local_name) if name)


def factory_row(entry: FactoryEntry) -> TwoLineRow:
    """A factory to place."""
    detail = " · ".join(part for part in (entry.code, entry.area, entry.address) if part)
    side = level(entry.precision) if entry.lat is not None else ""
    return TwoLineRow(entry.code, both_names(entry), detail, side, value=entry)


def pair_row(pair: Duplicate) -> TwoLineRow:
    """Two factories that may be one."""
    key = pair_key(pair)
    detail = f"{pair.kept.code} + {pair.merged.code} · {both_names(pair.merged)}"
    return TwoLineRow(key, both_names(pair.kept), detail, f"{pair.percent} %", value=pair)


def pair_key(pair: Duplicate) -> str:
    """The same whichever of the two is to be kept."""
    return "+".join(sorted((pair.kept.code, pair.merged.code)))


def candidate_row(number: int, candidate: Candidate) -> TwoLineRow:
    """A place where a factory may be."""
    how = f"{level(candidate.level)}, {confidence(candidate.confidence)}"
    detail = " · ".join(part for part in (how, candidate.why) if part)
    side = share(candidate.confidence)
    return TwoLineRow(str(number), candidate.title, detail, side, str(number + 1), candidate)
