"""What urgency costs: visits within 48 hours of the booking, against others of the same region and service."""

from __future__ import annotations

import numpy as np
import pandas as pd

from desktop.services.reports.making import cents_of_one, known, summed
from desktop.services.reports.report import Chart, Column, Note, Table

URGENT_HOURS = 48.0
SUMS = ("man_days", "cost", "revenue")
KEYS = ["region", "service"]

COLUMNS = (
    Column("region", "text", "region"),
    Column("service", "text", "service"),
    Column("visits_urgent", "count", is_additive=True),
    Column("man_days_urgent", "man_days", is_additive=True),
    Column("cost_urgent", "money"),
    Column("cost_others", "money"),
    Column("urgency_cost", "money", is_additive=True),
    Column("price_urgent", "money"),
    Column("price_others", "money"),
    Column("urgency_price", "money", is_additive=True),
)


def is_urgent(visits: pd.DataFrame) -> pd.Series:
    """Which visits somebody arrived for within URGENT_HOURS of the booking."""
    return visits["requested_hours"] < URGENT_HOURS


def urgency_table(done: pd.DataFrame) -> Table:
    """By region and service what an urgent man-day costs and earns beside another one, the dearest first."""
    done = done[[*KEYS, *SUMS, "requested_hours"]]
    others = done[done["requested_hours"] >= URGENT_HOURS]
    urgent = summed(done[is_urgent(done)], KEYS, SUMS, "visits_urgent")
    frame = urgent.merge(summed(others, KEYS, SUMS), on=KEYS, how="left", suffixes=("", "_others"))
    found = pd.DataFrame(
        {
            "region": frame["region"].astype(str),
            "service": frame["service"].astype(str),
            "visits_urgent": frame["visits_urgent"],
            "man_days_urgent": frame["man_days"],
            "cost_urgent": cents_of_one(frame["cost"], frame["man_days"]),
            "cost_others": cents_of_one(frame["cost_others"], frame["man_days_others"]),
            "price_urgent": cents_of_one(frame["revenue"], frame["man_days"]),
            "price_others": cents_of_one(frame["revenue_others"], frame["man_days_others"]),
        }
    )
    found["urgency_cost"] = _more(found, frame, "cost")
    found["urgency_price"] = _more(found, frame, "revenue")
    found = found.sort_values("urgency_cost", ascending=False, kind="stable", ignore_index=True)
    compared = found["urgency_cost"].notna()
    total = {
        "visits_urgent": known(found["visits_urgent"].sum()),
        "man_days_urgent": known(found["man_days_urgent"].sum()),
        "urgency_cost": known(found["urgency_cost"].sum()) if compared.any() else None,
        "urgency_price": known(found["urgency_price"].sum()) if compared.any() else None,
    }
    notes = [Note("urgency_fees")]
    if not compared.all():
        notes.append(Note("urgency_alone", {"number": int((~compared).sum())}))
    chart = Chart("pairs", "region", ("cost_others", "cost_urgent"), most=12)
    frame = found[[column.key for column in COLUMNS]]
    return Table("urgency", frame, COLUMNS, chart, total, "visits_urgent", tuple(notes))


def _more(found: pd.DataFrame, frame: pd.DataFrame, sums: str) -> pd.Series:
    """What the urgent man-days of a row come to, less as many of the others; NaN where there are no others."""
    like_others = frame[f"{sums}_others"] / frame["man_days_others"] * frame["man_days"]
    return pd.Series(np.floor(frame[sums] - like_others + 0.5), index=found.index)
