"""The manual's page of figures, made from the vocabulary: `python -m tests.helpers.figures_page` writes it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/manual/figures.md"
WORDS = ROOT / "resources/reports"
PARTS = {
    "common": "Weeks and places",
    "facts": "Visits, people and money",
    "capacity": "Capacity and people",
    "cost": "Cost and clients",
    "service": "Service and suppliers",
    "forecast": "Forecast",
    "worth": "What one more is worth",
    "files": "The list of all visits",
}
BEGIN = """# Figures

What every figure of the [reports](reports.md) counts, and what it does not. The same sentences stand one click from the
figure in the window, on the first sheet of a workbook and at the end of a PDF. This page is made from them.
"""

Row = Mapping[str, str]


def rows_of(path: Path) -> list[Row]:
    """The texts of a part, by key and language."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def render() -> str:
    """The page."""
    return "\n".join((BEGIN, *_sections()))


def _sections() -> Iterator[str]:
    known = sorted(WORDS.glob("*.csv"), key=lambda path: (*PARTS, path.stem).index(path.stem))
    for path in known:
        texts = {row["key"]: row for row in rows_of(path)}
        figures = [key for key in texts if key.startswith("figure.") and f"{key}.means" in texts]
        if not figures:
            continue
        yield f"## {PARTS.get(path.stem, path.stem.capitalize())}\n"
        yield "| figure | 中文 | Tiếng Việt | what it means |"
        yield "| --- | --- | --- | --- |"
        for key in sorted(figures, key=lambda key: texts[key]["en"].casefold()):
            row = texts[key]
            yield f"| **{row['en']}** | {row['zh']} | {row['vi']} | {texts[f'{key}.means']['en']} |"
        yield ""


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
