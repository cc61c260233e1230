"""The columns of import files as a page of documentation, from the same tables that files are read by."""

from __future__ import annotations

from desktop.services.exchange.columns import NEEDED, Column, Sheet
from desktop.services.exchange.sheets import SHEETS
from desktop.services.exchange.template import RULES

_HEAD = """\
<!-- Written from the tables of desktop/services/exchange (columns_page); a test holds it equal. -->
# Import files

`dupro-desk template FILE.xlsx` writes a workbook with all these sheets, `dupro-desk import FILE` stores one, and the
records of a database are written in the same form. A file is `.xlsx`, or `.csv` with one kind of record (any usual
encoding; commas, semicolons or tabs between cells).

"""


def columns_page() -> str:
    """The page docs/import-columns.md."""
    rules = "\n".join(f"- {_safe(rule)}" for rule in RULES)
    return f"{_HEAD}{rules}\n\n{chr(10).join(_section(sheet) for sheet in SHEETS)}"


def _section(sheet: Sheet) -> str:
    key = " and ".join(sheet.by_field[field].header for field in sheet.key)
    lines = [f"## {sheet.title}", "", sheet.help]
    if sheet.repeats:
        lines.append(f"Known by {key}; the same again is a second {sheet.one}.")
    else:
        lines.append(f"Known by {key}.")
    if sheet.aliases:
        lines.append(f"Also called {', '.join(sheet.aliases)}.")
    lines += ["", "| column | form | what it says | when blank in a new record | example | also called |"]
    lines += ["| --- | --- | --- | --- | --- | --- |", *map(_line, sheet.columns), ""]
    return "\n".join(lines)


def _line(column: Column) -> str:
    cells = (
        column.header,
        column.kind.name,
        column.help,
        _blank(column),
        f"`{column.example}`" if column.example else "",
        ", ".join(column.aliases),
    )
    return f"| {' | '.join(map(_safe, cells))} |"


def _blank(column: Column) -> str:
    if column.default is NEEDED:
        return "refused"
    if column.default is None or column.default in ("", ()):
        return ""
    written = column.kind.write(column.default)
    return "" if written is None else f"{written:g}" if isinstance(written, float) else str(written)


def _safe(text: str) -> str:
    return text.replace("|", "\\|").replace("* ", "\\* ")
