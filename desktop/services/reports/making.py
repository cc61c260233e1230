"""What every report is made with: when and from where it was read, sums of facts, shares and prices of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, badge_of, reading
from desktop.services.reports.report import Headline, Note, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import Array
from desktop.services.trade.money import COINS, DOLLAR
from desktop.store.engine import Store

SIGNS = {DOLLAR: "$", "EUR": "€", "CNY": "¥", "VND": "₫"}


def make_report(  # noqa: PLR0913 -- a report is told by its parts, each by name
    name: str,
    source: Source,
    scope: Scope,
    clock: Clock,
    *,
    headlines: Sequence[Headline] = (),
    tables: Sequence[Table] = (),
    notes: Sequence[Note] = (),
) -> Report:
    """A report of what was read of a database just now."""
    with reading(source) as session:
        badge = badge_of(session)
    return Report(
        name, scope, clock.now(), database_of(source), badge, tuple(headlines), tuple(tables), tuple(notes)
    )  # fmt: skip


def database_of(source: Source) -> str:
    """What to call the database that a report was read from: its file, or its name on the server."""
    if isinstance(source, Store):
        return source.path.name if source.path else source.name
    url = source.get_bind().engine.url
    return Path(str(url.database)).name


def summed(frame: pd.DataFrame, by: Sequence[str], columns: Sequence[str], count: str = "") -> pd.DataFrame:
    """Sums of columns by what is common, in its order; with `count` also how many rows there are, under that name."""
    groups = frame.groupby(list(by), observed=True, sort=True)
    found = groups[list(columns)].sum()
    if count:
        found.insert(0, count, groups.size())
    return found.reset_index()


def share_of(part: Any, whole: Any) -> Array:  # noqa: ANN401 - columns or numbers
    """Parts of wholes, from 0 to 1; NaN where the whole is nothing."""
    top, bottom = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    found = np.full(np.broadcast(top, bottom).shape, np.nan)
    np.divide(top, bottom, out=found, where=bottom != 0)
    return found


def cents_of_one(cents: Any, number: Any) -> Array:  # noqa: ANN401 - columns or numbers
    """What one costs, in whole cents, half a cent up; NaN where there is none."""
    return np.asarray(np.floor(share_of(cents, number) + 0.5))


def known(value: Any) -> Any:  # noqa: ANN401 - a figure
    """A single figure as a headline or a total has it: a plain number, None where it is not known."""
    number = value.item() if hasattr(value, "item") else value
    return None if isinstance(number, float) and np.isnan(number) else number


def told_money(cents: float, currency: str, *, signed: bool = False) -> str:
    """An amount as a note names it: "$84.07", "₫7,900,000"; from a thousand on without hundredths."""
    sign = "\u2212" if cents < 0 else "+" if signed and cents > 0 else ""
    decimals = 0 if abs(cents) >= 100_000 or COINS[currency] >= 100 else 2
    return f"{sign}{SIGNS[currency]}{abs(cents) / 100:,.{decimals}f}"
