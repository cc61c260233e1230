"""Demand in man-days up to twelve weeks ahead: from bookings, orders in production and the same season of past years.

`ledger` has requests, visits and orders as arrays (`ledger_reading` reads them); `calendar` knows how much of a week is
worked; `known` and `pipeline` say what was on record and expected at which time; `seasons` and `blending` forecast
countries, `sharing` their parts; `held_back` measures how wrong that was; `demand` tells it by region, skill and the
like, `telling` as a report.
"""

from desktop.services.reports.forecast.demand import demand_forecast
from desktop.services.reports.forecast.telling import build_forecast

__all__ = ["build_forecast", "demand_forecast"]
