"""Records and plans in files: workbooks and CSV in, workbooks, CSV and JSON out.

Each name is loaded when it is first asked for: readers and writers of workbooks are much to load, and a window that
only wants to read what somebody typed needs none of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.exchange.checking import check_file
    from desktop.services.exchange.fault_workbook import write_fault_workbook
    from desktop.services.exchange.intake import import_file, store_report
    from desktop.services.exchange.record_workbook import write_records
    from desktop.services.exchange.report import Fault, FaultyRowsError, ImportReport
    from desktop.services.exchange.template import write_template

__all__ = [
    "Fault",
    "FaultyRowsError",
    "ImportReport",
    "check_file",
    "import_file",
    "store_report",
    "write_fault_workbook",
    "write_records",
    "write_template",
]

_PLACES = {
    "Fault": "report",
    "FaultyRowsError": "report",
    "ImportReport": "report",
    "check_file": "checking",
    "import_file": "intake",
    "store_report": "intake",
    "write_fault_workbook": "fault_workbook",
    "write_records": "record_workbook",
    "write_template": "template",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)
