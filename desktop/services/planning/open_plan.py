"""Plans held open for those who look at them and change them by hand."""

from __future__ import annotations

from desktop.services.lookup import plan_by_code
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.problems import problems_of
from desktop.services.planning.reading import Source, reading
from desktop.store.engine import Store

__all__ = ["OpenPlan", "open_plan"]


def open_plan(source: Source, code: str) -> OpenPlan:
    """Open a stored plan, on the records as they are now.

    Given the store, a plan that was open before is not read again as long as nothing has changed but what is known.

    Raises:
        NotFoundError: there is no plan of that code.
    """
    problems = problems_of(source if isinstance(source, Store) else None)
    with reading(source) as session:
        return problems.opened(session, plan_by_code(session, code))
