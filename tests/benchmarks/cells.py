"""Cells of the tables, and tables of cells."""

from __future__ import annotations

from collections.abc import Sequence


def milliseconds(value: float) -> str:
    """Time as short as it can be read."""
    return f"{value:.1f} ms" if value < 20 else f"{value:,.0f} ms"


def dollars(cents: int) -> str:
    """Money with its cents."""
    return f"${cents / 100:,.2f}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with aligned columns."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)
