"""Large problems region by region, by many workers at the same time: processes, or a Dask cluster.

`split` draws the borders, `part` makes a problem of a region and a plan of the regions' plans, `work` is what a worker
does, `gather` has tasks done and done again, `spread` is the run. `workers` names who works: `processes` or `cluster`.
"""

from __future__ import annotations

from scheduler.regions.spread import solve_by_regions

__all__ = ["solve_by_regions"]
