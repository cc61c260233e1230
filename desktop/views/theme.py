"""Colours, type and fonts: the tokens that everything on screen and on paper is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase

import resources

FAMILIES = ("Inter", "Noto Sans SC Subset", "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC")


@dataclass(frozen=True, slots=True)
class ServiceColours:
    """How a service looks: the letter on its cap, the cap, the tint of the bar, its edge."""

    letter: str
    cap: str
    tint: str
    edge: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colour roles."""

    name: str
    window: str
    surface: str
    raised: str
    sunken: str
    line: str
    line_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    accent_background: str
    on_cap: str
    ok: str
    ok_background: str
    warn: str
    warn_background: str
    bad: str
    bad_background: str
    ruler: str
    cell_off: str
    cell_holiday: str
    cell_make_up: str
    cell_make_up_stripe: str
    leave_hatch: str
    sea: str
    land: str
    border: str
    services: dict[str, ServiceColours]
    other_service: ServiceColours

    def service(self, name: str) -> ServiceColours:
        """The look of a service; one that the house has no colours for is grey, with its own first letter."""
        known = self.services.get(name)
        if known is not None:
            return known
        grey = self.other_service
        return ServiceColours(name[:1].upper() or "?", grey.cap, grey.tint, grey.edge)


LIGHT = Theme(
    name="light",
    window="#EDF0F4",
    surface="#FFFFFF",
    raised="#F6F7F9",
    sunken="#E7EAEF",
    line="#DEE2E8",
    line_strong="#BFC6D0",
    text="#1A2330",
    muted="#4F5B6A",
    faint="#5B6674",
    accent="#4A3FC4",
    on_accent="#FFFFFF",
    accent_background="#ECEBFB",
    on_cap="#FFFFFF",
    ok="#0B6B3F",
    ok_background="#E3F2EA",
    warn="#8A4B00",
    warn_background="#FCF0DA",
    bad="#B3261E",
    bad_background="#FCE9E7",
    ruler="#2B3646",
    cell_off="#EEF0F3",
    cell_holiday="#FBEFE2",
    cell_make_up="#F5FAF9",
    cell_make_up_stripe="#E4F1EE",
    leave_hatch="#C4CBD5",
    sea="#E9EEF4",
    land="#FBFBFC",
    border="#CFD6DF",
    services={
        "DUPRO": ServiceColours("D", "#0E559F", "#DCEAF8", "#8DB8E2"),
        "PSI": ServiceColours("F", "#0A7561", "#DAF0EA", "#86C7B7"),
        "PPI": ServiceColours("P", "#B4489D", "#F7E2F2", "#D99CCB"),
        "LOADING": ServiceColours("L", "#935600", "#FBEBCF", "#DDB470"),
        "MONITORING": ServiceColours("M", "#343D49", "#E4E7EC", "#A3ADB9"),
    },
    other_service=ServiceColours("?", "#5B6674", "#E7EAEF", "#BFC6D0"),
)

DARK = Theme(
    name="dark",
    window="#12151A",
    surface="#1A1E25",
    raised="#20252D",
    sunken="#0E1115",
    line="#2C333D",
    line_strong="#485261",
    text="#E7EAEF",
    muted="#AAB3C0",
    faint="#929CAA",
    accent="#A8A0FF",
    on_accent="#14171C",
    accent_background="#2B2A4C",
    on_cap="#101318",
    ok="#6FCB9B",
    ok_background="#173227",
    warn="#EBB95F",
    warn_background="#3A2D14",
    bad="#FF8F85",
    bad_background="#43211F",
    ruler="#D5DAE2",
    cell_off="#14171C",
    cell_holiday="#30261B",
    cell_make_up="#1C262A",
    cell_make_up_stripe="#1B302D",
    leave_hatch="#3E4754",
    sea="#12161C",
    land="#21262E",
    border="#3B4452",
    services={
        "DUPRO": ServiceColours("D", "#5AA0E6", "#1B3550", "#3A6B99"),
        "PSI": ServiceColours("F", "#45C2A3", "#15392F", "#2F7B69"),
        "PPI": ServiceColours("P", "#EE9AD8", "#43243C", "#8E5580"),
        "LOADING": ServiceColours("L", "#E0A647", "#3F2F14", "#8A682E"),
        "MONITORING": ServiceColours("M", "#D3DAE4", "#2E353F", "#5F6A79"),
    },
    other_service=ServiceColours("?", "#929CAA", "#0E1115", "#485261"),
)

SERVICE_NAMES = {"DUPRO": "DUPRO", "PSI": "PSI, final", "PPI": "PPI", "LOADING": "Loading", "MONITORING": "Monitoring"}


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; needs an application. Calling it again costs nothing much."""
    if FAMILIES[0] in QFontDatabase.families() and FAMILIES[1] in QFontDatabase.families():
        return
    for path in sorted((Path(resources.__file__).parent / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The house's font with figures of equal width; `pixels` as in the type scale."""
    made = QFont(list(FAMILIES))
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def colour(token: str, share: float = 1.0) -> QColor:
    """A colour of the theme, with a share of its strength."""
    made = QColor(token)
    made.setAlphaF(share)
    return made
