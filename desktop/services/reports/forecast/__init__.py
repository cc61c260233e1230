"""Demand in man-days up to twelve weeks ahead: from bookings, orders in production and the same season of past years.

`ledger` reads requests, visits and orders as arrays; `calendar` knows how much of a week is worked; `known` says what
was on record at which time; `seasons` and `blending` forecast; `held_back` measures how wrong that was; `demand` tells
it by region, skill and the like, and `telling` as a report.
"""

from desktop.services.reports.forecast.demand import demand_forecast
from desktop.services.reports.forecast.telling import build_forecast

__all__ = ["build_forecast", "demand_forecast"]
