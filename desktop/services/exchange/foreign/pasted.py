"""Tables that were copied: from a spreadsheet, from a web page or mail as HTML, as plain text, or as "Key: value"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from desktop.errors import BadInputError
from desktop.services.exchange.sources import Row
from desktop.services.exchange.xlsx_guard import MOST_COLUMNS, MOST_ROWS

_PAIR = re.compile(r"\s*[-*\u2022]?\s*(?P<key>[^:\uff1a\t|]{1,40}?)\s*[:\uff1a]\s*(?P<value>.*\S)?\s*")
_GAP = re.compile(r" {2,}|\t")
_RULE = re.compile(r"[\s|+:=\-\u2500-\u257f]*")
# What stands before a line that is quoted in a mail.
_QUOTED = re.compile(r"^(?:\s*>)+ ?")


def rows_of_paste(html: str, text: str) -> list[Row]:
    """The rows of a table, its header first.

    Raises:
        BadInputError: where neither holds a table.
    """
    rows = _rows_of_html(html) if html else []
    if len(rows) < 2 or max(map(len, rows)) < 2:
        rows = _rows_of_text(text) or rows
    rows = [[cell.strip() for cell in row] for row in rows]
    if not rows or max(map(len, rows)) < 2:
        raise BadInputError(
            "There is no table in what was copied.",
            "Copy the rows with their header row, or lines like \u201cPO: 4711\u201d, and paste again.",
        )
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise BadInputError(
            f"What was copied has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.",
            "Save it as a file, and import that.",
        )
    return [(number, [cell or None for cell in row]) for number, row in enumerate(rows, 1)]


def _rows_of_text(text: str) -> list[list[str]]:
    lines = [_QUOTED.sub("", line).rstrip() for line in text.replace("\0", " ").splitlines()]
    filled = [line for line in lines if line.strip()]
    for mark in ("\t", "|"):
        if len(filled) >= 2 and sum(mark in line for line in filled) > len(filled) / 2:
            return _delimited(filled, mark)
    return _pairs(lines) or _aligned(filled)


def _delimited(lines: Sequence[str], mark: str) -> list[list[str]]:
    if mark == "|":
        lines = [line.strip().strip("|") for line in lines if "|" in line and not _RULE.fullmatch(line)]
        return [line.split(mark) for line in lines]
    return _quoted_cells("\n".join(lines))


def _quoted_cells(text: str) -> list[list[str]]:
    """What a spreadsheet copies: tabs between cells, quotes around those with line breaks in them."""
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        if text[at : at + 1] == '"' and (end := _closing(text, at + 1)) >= 0:
            cell, at = text[at + 1 : end].replace('""', '"'), end + 1
        else:
            found = re.compile(r"[^\t\n]*").match(text, at)
            cell = found[0] if found else ""
            at += len(cell)
        rows[-1].append(cell)
        if text[at : at + 1] == "\n":
            rows.append([])
        at += 1
    return rows


def _closing(text: str, start: int) -> int:
    """Where a quoted cell ends; -1 where the quote is none of a cell."""
    at = text.find('"', start)
    while at >= 0 and text[at + 1 : at + 2] == '"':
        at = text.find('"', at + 2)
    return at if at >= 0 and text[at + 1 : at + 2] in ("", "\t", "\n") else -1


def _pairs(lines: Sequence[str]) -> list[list[str]]:
    """Blocks of "Key: value" as rows: a key that comes again, or an empty line after several, begins another."""
    records: list[dict[str, str]] = [{}]
    others = 0
    for line in lines:
        found = _PAIR.fullmatch(line)
        if found is None or not found["value"]:
            if line.strip():
                others += 1
            elif len(records[-1]) > 1:
                records.append({})
            continue
        key = found["key"].strip()
        if key in records[-1]:
            records.append({})
        records[-1][key] = found["value"]
    records = [record for record in records if len(record) > 1]
    told = sum(len(record) for record in records)
    if not records or others > 2 * told:
        return []
    keys = list(dict.fromkeys(key for record in records for key in record))
    return [keys, *([record.get(key, "") for key in keys] for record in records)]


def _aligned(lines: Sequence[str]) -> list[list[str]]:
    """Columns held apart by two spaces or more."""
    rows = [_GAP.split(line.strip()) for line in lines if not _RULE.fullmatch(line)]
    width = max(map(len, rows), default=0)
    return [row for row in rows if len(row) > 1] if width > 1 else []


class _Tables(HTMLParser):
    """Collects the tables of a page; of tables within tables the innermost hold the rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self._cell = None
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            self._close_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 100) if span.isdigit() and len(span) < 4 else 1
        elif tag in ("br", "p") and self._cell:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            self.tables.append([row for row in self._open.pop() if any(row)])

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        if not self._open[-1]:
            self._open[-1].append([])
        text = " ".join("".join(self._cell).split())
        self._open[-1][-1].extend([text, *[""] * (self._span - 1)])
        self._cell = None


def _rows_of_html(html: str) -> list[list[str]]:
    """The largest table of a page."""
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return max(parser.tables, key=lambda table: sum(map(len, table)), default=[])
