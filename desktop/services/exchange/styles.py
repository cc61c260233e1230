"""How workbooks look: one type face that every office has, colours by what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "Arial"
TEXT, MUTED, LINE, RAISED = "#1A2330", "#4F5B6A", "#DEE2E8", "#F6F7F9"
ACCENT, WARN, BAD = "#4A3FC4", "#8A4B00", "#B3261E"
WARN_TINT, BAD_TINT = "#FCF0DA", "#FCE9E7"
# "Fri 9 Oct" in English, whatever the machine speaks
DAY_FORMAT = "[$-409]ddd d mmm"
OFF, HOLIDAY, MAKE_UP = "#EEF0F3", "#FBEFE2", "#E4F1EE"

# service: letter, tint, edge, colour of its letter
SERVICE_LOOKS: Mapping[str, tuple[str, str, str, str]] = {
    "DUPRO": ("D", "#DCEAF8", "#8DB8E2", "#0E559F"),
    "PSI": ("F", "#DAF0EA", "#86C7B7", "#0A7561"),
    "PPI": ("P", "#F7E2F2", "#D99CCB", "#B4489D"),
    "LOADING": ("L", "#FBEBCF", "#DDB470", "#935600"),
    "MONITORING": ("M", "#E4E7EC", "#A3ADB9", "#343D49"),
}


def service_look(service: str) -> tuple[str, str, str, str]:
    """Letter, tint, edge and letter colour of a service; its first letter on grey where it is no usual one."""
    return SERVICE_LOOKS.get(service, (service[:1].upper() or "?", "#E7EAEF", "#BFC6D0", TEXT))


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        """The format of these properties, in the house's type face."""
        full: dict[str, Any] = {
            "font_name": FONT,
            "font_size": 10,
            "font_color": TEXT,
            "valign": "vcenter",
        } | properties
        key = tuple(sorted(full.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(full)
        return self._made[key]

    @property
    def header(self) -> Format:
        """A header cell."""
        return self.get(bold=True, bg_color=RAISED, bottom=1, bottom_color="#BFC6D0", text_wrap=True)
