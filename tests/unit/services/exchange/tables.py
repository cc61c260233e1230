"""Small CSV files for tests."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.services.exchange import ImportReport, check_file
from desktop.store.engine import Store

GOOD: Mapping[str, dict[str, str]] = {
    "Clients": {"Code": "C9", "Name": "Petit Example"},
    "Production windows": {"Client": "C1", "Product": "jacket", "From %": "20", "To %": "40"},
    "Factories": {"Code": "F9", "Name": "Sen Example", "Area": "A", "Country": "CN"},
    "Factory closures": {"Factory": "F1", "First day": "2027-02-01", "Last day": "2027-02-20"},
    "Orders": {"Code": "O9", "Client": "C1", "Factory": "F1", "Quantity": "500"},
    "Progress": {"Order": "O1", "Day": "2026-11-20", "Made %": "30", "Packed %": "10"},
    "Calendar": {"Country": "CN", "Day": "2027-01-01", "Kind": "holiday"},
    "Inspectors": {
        "Code": "I9",
        "Name": "Li Example",
        "Latitude": "23.1",
        "Longitude": "113.2",
        "Country": "CN",
        "Services": "DUPRO; PSI",
        "Skills": "garment 4",
        "Day costs (USD)": "60; 60",
        "Night (USD)": "30",
        "Travel day (USD)": "35",
    },
    "Absences": {"Inspector": "I1", "From": "2026-12-01", "To": "2026-12-02"},
    "Day exceptions": {"Inspector": "I1", "Day": "2026-12-06", "Morning": "yes"},
    "Positions": {"Inspector": "I1", "As of": "2026-11-30", "Days in a row": "2"},
    "Past visits": {"Inspector": "I1", "Factory": "F1", "Day": "2026-10-09"},
    "Bookings": {
        "Code": "R99",
        "Client": "C1",
        "Factory": "F1",
        "Service": "DUPRO",
        "Skill": "garment",
        "Ways": "1 person 1 day",
        "Earliest": "2026-12-01",
        "Latest": "2026-12-04",
    },
}
"""A row of each kind that the company of tests.helpers.company can take."""


def write_table(path: Path, *rows: Mapping[str, str]) -> Path:
    """A CSV file with every column that one of the rows has."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def check_rows(source: Store | Session, folder: Path, kind: str, *rows: Mapping[str, str]) -> ImportReport:
    """The report on rows of one kind."""
    path = write_table(folder / "rows.csv", *rows)
    if isinstance(source, Session):
        return check_file(source, path, kind)
    with source.session() as session:
        return check_file(session, path, kind)
