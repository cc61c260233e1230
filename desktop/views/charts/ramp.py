"""Colours for figures: one blue ramp up to what is full, a red one above it; lightness alone tells them in order."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor

from desktop.views.theme import Theme

Stop = tuple[float, str]
LIGHT_BLUE: tuple[str, str] = ("#F3F6FA", "#8FADD3")
LIGHT_RED: tuple[str, str] = ("#F6CFCB", "#B3261E")
DARK_BLUE: tuple[str, str] = ("#1F2630", "#3B6699")
DARK_RED: tuple[str, str] = ("#5C2B28", "#FF8F85")
FULL, MOST, LEAST = 1.0, 1.14, 0.4
"""Of shares: where red begins, where it is strongest, and what is as pale as nothing."""
CONTRAST = 0.36  # of lightness, from which on dark letters are read better


class Ramp(NamedTuple):
    """Figures to colours.

    Attributes:
        low: the figure with the palest colour.
        full: the figure with the strongest blue.
        most: the figure with the strongest red; above `full` all is red.
        below: the figure with the strongest red under nothing, where figures are negative; else 0.
        theme: whose colours they are.
    """

    low: float
    full: float
    most: float
    below: float
    theme: Theme

    def colour(self, number: float) -> str:
        """The colour of a figure."""
        blue, red = (DARK_BLUE, DARK_RED) if self.theme.name == "dark" else (LIGHT_BLUE, LIGHT_RED)
        if number < 0 and self.below < 0:
            return _between(red, number / self.below)
        if number > self.full + 1e-9:
            return _between(red, (number - self.full) / max(self.most - self.full, 1e-9))
        return _between(blue, (number - self.low) / max(self.full - self.low, 1e-9))

    def ink(self, number: float) -> str:
        """The colour of words on it."""
        ground = QColor(self.colour(number))
        lightness = 0.2126 * ground.redF() ** 2.2 + 0.7152 * ground.greenF() ** 2.2 + 0.0722 * ground.blueF() ** 2.2
        dark, light = ("#14171C", "#FFFFFF") if self.theme.name == "dark" else (self.theme.text, "#FFFFFF")
        return dark if lightness > CONTRAST * 0.5 else light

    def steps(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Figures for a legend: of the blue part, of the red one."""
        if self.full == FULL and self.low == LEAST:
            return (0.4, 0.6, 0.8, 0.95, 1.0), (1.01, 1.07, 1.14)
        quarter = (self.full - self.low) / 4
        blue = tuple(self.low + quarter * step for step in range(5))
        return blue, (self.below, self.below / 2) if self.below < 0 else ()


def ramp_of(numbers: list[float], theme: Theme, *, is_share: bool) -> Ramp:
    """The ramp for some figures: of shares what is full is 100 %, of others the largest there is."""
    below = min(0.0, min(numbers, default=0.0))
    if is_share and below == 0.0:
        return Ramp(LEAST, FULL, MOST, 0.0, theme)
    largest = max(numbers, default=0.0)
    return Ramp(0.0, largest if largest > 0 else 1.0, float("inf"), below, theme)


@lru_cache(maxsize=4096)
def _mixed(first: str, last: str, hundredth: int) -> str:
    one, other, share = QColor(first), QColor(last), hundredth / 100
    parts = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts)).name().upper()


def _between(ends: tuple[str, str], share: float) -> str:
    return _mixed(*ends, round(100 * min(1.0, max(0.0, share))))
