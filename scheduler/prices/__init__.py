"""What one more is worth: a proven ceiling on what any plan could save with a day, a level or a hand more.

`more` names the changes, `carry` takes the prices of a proven bound over to the changed problem, `sums` holds the bound
as a sum over requests and inspectors, `ceilings` puts the rows together and `exact` solves anew for those asked about.
docs/solver.md proves the ceiling.
"""

from __future__ import annotations

from scheduler.prices.ceilings import Ceiling, Ceilings, find_ceilings
from scheduler.prices.exact import Exact, solve_exactly
from scheduler.prices.more import More, changed, everything_more

__all__ = ["Ceiling", "Ceilings", "Exact", "More", "changed", "everything_more", "find_ceilings", "solve_exactly"]
