"""Every text can be read on every background that it may stand on, in both themes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from desktop.views.stylesheet import stylesheet
from desktop.views.theme import DARK, LIGHT, Theme

READABLE = 4.5
GROUNDS = ("window", "surface", "raised", "sunken", "accent_background")
CELLS = ("cell_off", "cell_holiday", "cell_make_up", "cell_make_up_stripe")
TEXTS = ("text", "muted", "faint")
PAIRS = (
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((text, cell) for text in ("text", "muted") for cell in CELLS),
    *((text, ground) for text in ("ok", "warn", "bad", "accent") for ground in GROUNDS[:4]),
    *((text, f"{text}_background") for text in ("ok", "warn", "bad", "accent")),
    ("text", "ok_background"),
    ("text", "warn_background"),
    ("text", "bad_background"),
    ("on_accent", "accent"),
    ("surface", "ruler"),
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    made = QColor(colour)
    parts = [made.redF(), made.greenF(), made.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_colours() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_texts_stand_out(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= READABLE


@THEMES
def test_services_stand_out(theme: Theme) -> None:
    for name, service in (*theme.services.items(), ("other", theme.other_service)):
        assert contrast(theme.on_cap, service.cap) >= READABLE, name
        for text in ("text", "muted"):
            assert contrast(getattr(theme, text), service.tint) >= READABLE, (name, text)


@THEMES
def test_the_style_sheet_has_no_colour_of_its_own(theme: Theme) -> None:
    tokens = {str(getattr(theme, name)).upper() for name in Theme.__slots__}
    assert {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{6}\b", stylesheet(theme))} <= tokens
