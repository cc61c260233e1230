"""`python -m tests.screenshots`: every scene in both themes and all sizes, as pictures to look at."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop.preferences import Preferences
from desktop.views.look import Look, ThemeChoice
from desktop.views.translations import Languages
from tests.helpers.office import PlannedCompany
from tests.helpers.stores import SqliteTemplate
from tests.screenshots.scenes import PEOPLE, REQUESTS, SCENES, SIZES, WEEKS, dress, picture, staged

THEMES: tuple[ThemeChoice, ...] = ("light", "dark")


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/screenshots"))
    parser.add_argument("--only", default="", help="only scenes with this in their name")
    parser.add_argument("--size", default="", help="only this size: 1280x800")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    look = Look(application, "light")
    Languages(application, Preferences())
    with tempfile.TemporaryDirectory() as folder:
        company = _company(Path(folder))
        for scene in SCENES:
            if asked.only not in scene.name:
                continue
            for width, height in SIZES:
                if asked.size not in ("", f"{width}x{height}"):
                    continue
                with (
                    tempfile.TemporaryDirectory(dir=folder) as own,
                    staged(scene, company, Path(own), look, (width, height)) as shown,
                ):
                    for theme in THEMES:
                        dress(look, theme, shown)
                        path = asked.out / f"{scene.name}-{theme}-{width}x{height}.png"
                        picture(shown).save(str(path))
                        sys.stdout.write(f"{path}\n")
    return 0


def _company(folder: Path) -> PlannedCompany:
    return PlannedCompany.make(SqliteTemplate.make(folder), folder, inspectors=PEOPLE, requests=REQUESTS, weeks=WEEKS)


if __name__ == "__main__":
    sys.exit(main())
