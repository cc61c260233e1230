"""Whether promises were kept, and what was found at whose factory.

`promises` counts what was promised and kept, `moved` and `unserved` what was taken back and left out, `actions` what is
done about defects. `service_report` puts them together; `suppliers_report` compares factories and products.
"""

from desktop.services.reports.service.service_report import service_report
from desktop.services.reports.service.suppliers_report import suppliers_report

__all__ = ["service_report", "suppliers_report"]
