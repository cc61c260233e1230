"""Workbooks that no spreadsheet program made: built part by part, as an attacker would."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Clients" sheetId="1" r:id="s1"/></sheets>'
    "</workbook>"
)


def workbook_rels(target: str = "worksheets/sheet1.xml") -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s1" Type="{OFFICE}/worksheet" Target="{target}"/>'
        "</Relationships>"
    )


def sheet(rows: str, prologue: str = "") -> str:
    return f'{prologue}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_cell(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f"<row r='1'>{text_cell('A1', 'Code')}{text_cell('B1', 'Name')}</row>"
GOOD_ROW = f"<row r='2'>{text_cell('A2', 'C1')}{text_cell('B2', 'Client')}</row>"


def write_parts(
    path: Path, parts: Mapping[str, str | bytes] | None = None, packing: int = zipfile.ZIP_DEFLATED
) -> None:
    """A workbook with one sheet, some of its parts replaced."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": workbook_rels(),
        "xl/worksheets/sheet1.xml": sheet(HEADER + GOOD_ROW),
    }
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in (whole | dict(parts or {})).items():
            archive.writestr(name, content)
