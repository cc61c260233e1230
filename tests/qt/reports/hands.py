"""Waiting for reports, which are read beside the worker."""

from __future__ import annotations

import time

from desktop.app import Office
from desktop.views.reports.page import ReportsPage
from tests.helpers.windows import settle, work

PATIENCE_SECONDS = 30.0


def read_to_the_end(office: Office) -> None:
    """Let the window work until no report and no list is being read any more."""
    page = office.window.page
    assert isinstance(page, ReportsPage)
    until = time.monotonic() + PATIENCE_SECONDS
    while office.window.context.readings.is_busy or page.filing.run.is_running:
        assert time.monotonic() < until, "the report is still being read"
        work(0.005)
    settle(office, rounds=1)
