"""Factories of a file that come without coordinates."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy import select

from desktop.models import Factory
from desktop.services.exchange import import_file
from desktop.store.engine import Store
from tests.helpers.company import desk_of

HEADS = ("Code", "Name", "Area", "Country", "Address", "Precision")
ROWS = (
    ("F91", "Kite", "广东省", "CN", "Long Gang Qu, Shen Zhen", ""),
    ("F92", "Kettle", "CN", "CN", "8 Example Road, Fuzhou", ""),
    ("F93", "Candle", "广东省", "CN", "Long Gang Qu, Shen Zhen", "none"),
    ("F94", "Ladle", "Tỉnh Long An", "VN", "Huyen Duc Hoa, Tay Ninh", ""),
)


def factories_file(path: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEADS, *rows))
    return path


def test_a_file_places_what_is_sure_and_says_what_is_not(company: Store, tmp_path: Path) -> None:
    desk = desk_of(company)
    outcome = import_file(desk, factories_file(tmp_path / "factories.csv", ROWS), kind="Factories")
    with company.session() as session:
        placed = {row.code: (row.precision, row.lat is None) for row in session.scalars(select(Factory))}
    assert [placed[row[0]] for row in ROWS] == [
        ("district", False),
        ("none", True),
        ("none", True),
        ("district", False),
    ]
    said = "\n".join(outcome.messages)
    assert "2 factories are placed by the address: 2 to the district." in said
    assert "row 3: F92 is not placed yet. It may be 福建省福州市 or 江西省抚州市" in said
    assert "F93 is not placed" not in said
    again = import_file(desk, factories_file(tmp_path / "factories.csv", ROWS), kind="Factories")
    assert again.messages == ("Everything in it is known already.",)
    moved = ("F92", "Kettle", "CN", "CN", "8 Example Road, Fuzhou, Fujian", "")
    import_file(desk, factories_file(tmp_path / "factories.csv", (moved,)), kind="Factories")
    with company.session() as session:
        assert session.scalars(select(Factory.precision).where(Factory.code == "F92")).one() == "city"
