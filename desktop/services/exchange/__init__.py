"""Records and plans in files: workbooks and CSV in, workbooks, CSV and JSON out."""

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
