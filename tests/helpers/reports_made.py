"""Reports made by hand: every kind of chart, with names as long and figures as odd as those on record."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import pandas as pd

from desktop.services.reports.report import Chart, Column, Headline, Note, Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import LANGUAGES, words

MADE_AT = dt.datetime(2026, 10, 7, 11, 31, tzinfo=dt.UTC)  # a Wednesday of week 41
THIS_WEEK = dt.date(2026, 10, 5)
REGIONS = ("广东省", "浙江省", "江苏省", "福建省", "山东省", "Tỉnh Bắc Ninh", "Thành phố Hồ Chí Minh")
LONG = "Công ty Cổ phần Dệt may Đầu tư Thương mại Thành Công Chi nhánh Bình Dương"


def mondays(weeks: int, last: dt.date = THIS_WEEK) -> list[dt.date]:
    """So many weeks up to one."""
    return [last - dt.timedelta(days=7 * (weeks - 1 - number)) for number in range(weeks)]


def made_report(*tables: Table, weeks: int = 12, **others: object) -> Report:
    """A report of some tables, of weeks up to week 41 of 2026."""
    given: dict[str, object] = {
        "name": "made",
        "scope": Scope(mondays(weeks)[0], weeks),
        "made_at": MADE_AT,
        "database": "sample.db",
        "badge": "Sample company",
        "headlines": (
            Headline("visits", "count", 2916, Note("made", {"number": 19}), "warn"),
            Headline("cost", "money", 8407),
            Headline("in_limit", "share", 0.961, None, "ok"),
            Headline("man_days", "man_days", None),
        ),
        "tables": tables or every_table(),
        "notes": (Note("made", {"number": 3}),),
    }
    return Report(**(given | others))  # type: ignore[arg-type]


def every_table() -> tuple[Table, ...]:
    """A table for every kind of chart."""
    return (share_by_week(), parts_by_region(), lines_by_week(), cost_and_price(), heat(), spread(), by_province())


def share_by_week(weeks: int = 12, **others: object) -> Table:
    """The share on site by week, with a goal of 95 %: bars up."""
    days = mondays(weeks)
    shares = [0.912, 0.924, 0.931, 0.928, 0.94, 0.946, 0.937, 0.951, 0.958, 0.949, 0.884, 0.961]
    frame = pd.DataFrame({"week": days, "in_limit": [shares[n % 12] for n in range(weeks)]})
    columns = (Column("week", "week", "week"), Column("in_limit", "share"))
    chart = Chart("bars", "week", ("in_limit",), goal=0.95)
    return Table("shares", frame, columns, chart, behind="visits", **others)  # type: ignore[arg-type]


def bars_by_name(values: Sequence[float | None], kind: str = "bars") -> Table:
    """A bar a region: bars to the right."""
    names = [REGIONS[n] if n < len(REGIONS) else f"{LONG} {n}" for n in range(len(values))]
    frame = pd.DataFrame(
        {"region": names, "visits": pd.array(values, dtype="Float64").to_numpy(float, na_value=math.nan)}
    )
    columns = (Column("region", "text", "region"), Column("visits", "count", is_additive=True))
    return Table("bars", frame, columns, Chart(kind, "region", ("visits",)), behind="visits")  # type: ignore[arg-type]


def parts_by_region() -> Table:
    """Four parts of cost by region: a stack."""
    frame = pd.DataFrame({"region": [*REGIONS[:6], LONG]})
    for number, key in enumerate(("work", "premium", "travel", "nights_cost")):
        frame[key] = [(9000 - 900 * number) * (row + 2) // (number + 1) for row in range(7)]
    columns = (
        Column("region", "text", "region"),
        *(Column(key, "money", is_additive=True) for key in frame.columns[1:]),
    )
    chart = Chart("stack", "region", tuple(frame.columns[1:]))
    return Table("parts", frame, columns, chart, total={key: int(frame[key].sum()) for key in frame.columns[1:]})


def lines_by_week(weeks: int = 20) -> Table:
    """Man-days on hand and booked, the last four weeks forecast with a band."""
    days = mondays(weeks, THIS_WEEK + dt.timedelta(days=28))
    booked = [2400 + 300 * math.sin(n / 3) + 10 * n for n in range(weeks)]
    frame = pd.DataFrame({"week": days, "man_days": booked, "on_hand": [2800.0] * weeks})
    frame["low"] = [math.nan if n < weeks - 4 else booked[n] - 60 * (n - weeks + 5) for n in range(weeks)]
    frame["high"] = [math.nan if n < weeks - 4 else booked[n] + 60 * (n - weeks + 5) for n in range(weeks)]
    columns = (
        Column("week", "week", "week"),
        *(Column(key, "man_days") for key in ("man_days", "on_hand", "low", "high")),
    )
    chart = Chart("lines", "week", ("man_days", "on_hand"), forecast_from=days[-4])
    return Table("lines", frame, columns, chart)


def cost_and_price() -> Table:
    """Cost and price per man-day by region: pairs, with the margin."""
    cost = [8400, 8600, 8300, 10400, 9700, 6100, 6600]
    price = [24800, 24800, 24800, 26200, 24800, 22900, 23800]
    frame = pd.DataFrame({"region": REGIONS, "cost": cost, "price": price})
    frame["margin_share"] = 1 - frame["cost"] / frame["price"]
    columns = (
        Column("region", "text", "region"),
        Column("cost", "money"),
        Column("price", "money"),
        Column("margin_share", "share"),
    )
    return Table("pairs", frame, columns, Chart("pairs", "region", ("cost", "price")), behind="visits")


def heat(weeks: int = 8, rows: int = 14) -> Table:
    """Load by region, skill and week, the last weeks forecast: a grid."""
    days = mondays(weeks, THIS_WEEK + dt.timedelta(days=35))
    lines = []
    for row in range(rows):
        for column, day in enumerate(days):
            load = 0.4 + ((row * 7 + column * 3) % 12) / 16
            short = round(max(0.0, load - 1) * 100)
            region = REGIONS[row // 2] if row < 14 else f"{LONG} {row // 2}"
            lines.append((region, "garment" if row % 2 else "electrical", day, load, -short))
    frame = pd.DataFrame(lines, columns=["region", "skill", "week", "load", "short"])
    columns = (
        Column("region", "text", "region"), Column("skill", "text", "skill"), Column("week", "week", "week"),
        Column("load", "share"), Column("short", "man_days", is_additive=True),
    )  # fmt: skip
    chart = Chart(
        "heat", "week", ("load",), ("region", "skill"), mark="short", forecast_from=THIS_WEEK + dt.timedelta(days=7)
    )
    return Table("heat", frame, columns, chart, behind="people")


def spread() -> Table:
    """Use of people by team: low, quartiles, median, high."""
    frame = pd.DataFrame({"region": REGIONS})
    for key, share in (("low", 0.3), ("lower", 0.6), ("median", 0.72), ("upper", 0.85), ("high", 1.04)):
        frame[key] = [share + row / 60 for row in range(len(REGIONS))]
    columns = (Column("region", "text", "region"), *(Column(key, "share") for key in frame.columns[1:]))
    return Table("spread", frame, columns, Chart("spread", "region", tuple(frame.columns[1:])), behind="people")


def by_province() -> Table:
    """What one more man-day would save, by province: a map."""
    frame = pd.DataFrame({"region": [*REGIONS, "Atlantis"], "cost": [21400, 15800, 4600, 17300, 0, 2200, 13100, 500]})
    columns = (Column("region", "text", "region"), Column("cost", "money"))
    return Table("map", frame, columns, Chart("map", "region", ("cost",)))


WORDS = {
    "report.made": "Made by hand",
    "table.shares": "On site within 72 h",
    "table.bars": "Visits by region",
    "table.parts": "Cost by part",
    "table.lines": "Man-days on hand and booked",
    "table.pairs": "Cost and price per man-day",
    "table.heat": "Capacity against demand",
    "table.spread": "Use of people by region",
    "table.map": "What one more saves",
    "figure.visits": "Visits",
    "figure.in_limit": "On site in 72 h",
    "figure.man_days": "Man-days",
    "figure.cost": "Cost",
    "figure.price": "Price",
    "figure.margin_share": "Margin",
    "figure.load": "Load",
    "figure.short": "Short",
    "figure.skill": "Skill",
    "figure.low": "Low",
    "figure.lower": "Lower quartile",
    "figure.median": "Median",
    "figure.upper": "Upper quartile",
    "figure.high": "High",
    "figure.work": "Work",
    "figure.premium": "Premium",
    "figure.travel": "Travel",
    "figure.nights_cost": "Nights",
    "figure.on_hand": "On hand",
    "note.made": "{number} not placed yet",
}


def teach(key: str, text: str) -> None:
    """Put a word for a report made by hand beside those that are shipped, which stay as they are."""
    for language in LANGUAGES:
        known = words(language)
        assert isinstance(known, dict)
        known.setdefault(key, text)
        if key.startswith(("table.", "figure.")):
            known.setdefault(f"{key}.about", "by week and region")
            known.setdefault(f"{key}.means", f"{text}, counted by the week in which the visit begins.")


for _key, _text in (WORDS | {"table.people": "People"}).items():
    teach(_key, _text)
