"""The problem as arrays, for the kernels that search and price: built once, read by compiled code.

`legs` holds the legs between places, `options` every visit that could be planned, `people` what is asked of each
inspector alone, `pairs` who could take which option and what it costs him. `Tables` puts them together. All of it
follows from the rules of `rules`, `journeys` and `weeks`; a property test holds both against each other.
"""

from __future__ import annotations

from scheduler.tables.legs import NO_LEG
from scheduler.tables.tables import Tables, tables_of

__all__ = ["NO_LEG", "Tables", "tables_of"]
