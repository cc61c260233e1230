"""Pages that are loaded late are what the table of pages says of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop.app import PAGES
from desktop.views.page import LatePage
from tests.helpers.program import ROOT

# each of them takes a tenth of a second or more to load, and no first page needs it
NOT_AT_START = (
    "typer",
    "alembic",
    "psycopg",
    "ortools",
    "holidays",
    "xlsxwriter",
    "python_calamine",
    "qtawesome",
    "pandas",
)
TABS = tuple(f"desktop.views.requests.{name}_tab" for name in ("production", "sampling", "quote", "papers"))
"""A tenth of a second together, with what they show."""


@pytest.mark.parametrize("page", PAGES, ids=[page.NAME for page in PAGES])
def test_name_and_icon_are_those_of_the_page(page: LatePage) -> None:
    kind = page.load()
    assert (kind.NAME, kind.ICON) == (page.NAME, page.ICON)


def test_the_window_starts_without_what_only_commands_and_files_need() -> None:
    script = (
        "import sys, desktop.program; from desktop.app import PAGES; PAGES[0].load();"
        f"print(*[name for name in {NOT_AT_START + TABS!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
