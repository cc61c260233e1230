"""Factories of a file that come without coordinates."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy import select

from desktop.models import Factory
from desktop.services.exchange import import_file, store_report
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.foreign.planning import plan_file, with_words
from desktop.services.exchange.foreign.tables import FileTables, Table
from desktop.services.exchange.foreign.trial import try_out
from desktop.services.exchange.sources import Unreadable
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


def test_a_guessed_province_places_nobody(company: Store) -> None:
    rows: list[list[Cell | Unreadable]] = [
        ["PO No.", "Item", "Qty", "Factory name", "Address", "Insp. date", "Type of inspection"],
        ["HP-1", "Shirt", "500", "Kite Garment", "8 Example Road, Suzhou", "14/12/2026", "DUPRO"],
        ["HP-2", "Shirt", "500", "Kettle Garment", "8 Example Road, Hangzhou, Zhejiang", "14/12/2026", "DUPRO"],
    ]
    plan = plan_file(FileTables("list.csv", (Table("", tuple(enumerate(rows, 1))),)))
    table, columns = plan.read[0]
    with company.session() as session:
        trial = try_out(session, "list.csv", ((table, with_words(columns, (), ("client=C1",))),))
    said = "\n".join(trial.report.warnings)
    store_report(desk_of(company), trial.report)
    with company.session() as session:
        placed = {row.name: row.precision for row in session.scalars(select(Factory))}
    assert (placed["Kite Garment"], placed["Kettle Garment"]) == ("none", "city")
    assert "perhaps in 江苏省, not placed (It may be 江苏省苏州市 or 安徽省宿州市" in said
