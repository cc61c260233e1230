"""Every text has its room in every scene, at the smallest screen and the largest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import PAGES
from desktop.preferences import Preferences
from desktop.views.look import Look
from desktop.views.translations import Languages
from tests.helpers.office import PlannedCompany
from tests.helpers.screens import beyond_the_edge, clipped, overlapping, painted_texts, sideways
from tests.screenshots.scenes import SCENES, SIZES, Scene, dress, staged


@pytest.fixture
def _english(qapp: QApplication) -> Iterator[None]:
    """With its plurals, as the program speaks it."""
    languages = Languages(qapp, Preferences())
    yield
    languages.choose("")
    languages.deleteLater()


def unfit(shown: QWidget) -> list[str]:
    """All that does not fit."""
    with painted_texts() as painted:
        shown.grab()
    by_hand = [f"painted {text.text!r}: {text.ink} in {text.box}" for text in painted if not text.fits]
    return [*clipped(shown), *beyond_the_edge(shown), *overlapping(shown), *by_hand]


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(
    ("scene", "size"),
    [
        *(pytest.param(scene, SIZES[0], id=f"{scene.name}-small") for scene in SCENES),
        *(pytest.param(scene, SIZES[-1], id=f"{scene.name}-large") for scene in SCENES[: len(PAGES)]),
    ],
)
def test_every_text_fits(
    scene: Scene, size: tuple[int, int], sample_company: PlannedCompany, look: Look, tmp_path: Path
) -> None:
    with staged(scene, sample_company, tmp_path, look, size) as shown:
        found = unfit(shown)
        # the days of a board may be wider than any screen, as may be the figures of a row that somebody has turned to
        if "board" not in scene.name and scene.name != "reports-list":
            found += sideways(shown)
        dress(look, "dark", shown)
        found += [f"in the dark theme: {line}" for line in unfit(shown) if line not in found]
    look.choose("light")  # the window is gone: nothing has to be laid out once more
    assert not found, "\n".join(found)
