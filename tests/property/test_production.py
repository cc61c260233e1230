"""Windows by forecast, on drawn orders, reports and calendars: they hold what they claim; more made is never later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.services.trade.production import DAY, IsOpen, Line, Production, Report, Window
from desktop.services.trade.production_window import FINAL_PACKED, PPI_TO_PERCENT, window_of

FIRST = dt.date(2026, 9, 1)
NEAR = 1e-6  # percent
SERVICES = ("DUPRO", "PPI", "PSI", "LOADING", "MONITORING")
days = st.integers(0, 60).map(lambda n: FIRST + n * DAY)
percents = st.floats(0.0, 100.0) | st.sampled_from((0.0, 10.0, 50.0, 100.0))


@st.composite
def calendars(draw: st.DrawFn) -> IsOpen:
    rest = draw(st.sets(st.integers(0, 6), max_size=3))
    stop, length = draw(days), draw(st.integers(0, 15))
    return lambda day: day.weekday() not in rest and not stop <= day < stop + length * DAY


@st.composite
def orders(draw: st.DrawFn) -> Production:
    start, rate, ready = draw(st.none() | days), draw(st.none() | st.floats(20.0, 1200.0)), draw(st.none() | days)
    if start is not None and ready is not None and ready < start:
        start, ready = ready, start
    reported = sorted(draw(st.dictionaries(days, percents, max_size=4)).items())
    packed = draw(st.floats(0.0, 1.0))
    reports = tuple(Report(day, made, made * packed) for day, made in reported)
    return Production("O1", 1000, start, rate, ready, reports)


@st.composite
def shares(draw: st.DrawFn) -> tuple[float, float]:
    low = draw(st.integers(0, 80))
    return float(low), float(draw(st.integers(low + 5, 100)))


@settings(max_examples=120, deadline=None)
@given(orders(), shares(), calendars())
def test_a_window_by_forecast_holds_the_share_it_claims(
    order: Production, share: tuple[float, float], is_open: IsOpen
) -> None:
    line = Line(order, is_open)
    if not line.known:
        return
    for service, (low, high) in (("DUPRO", share), ("PPI", (0.0, PPI_TO_PERCENT))):
        window = window_of(service, order, share, is_open)
        if isinstance(window, str) or (service == "PPI" and line.between(low, high) is None):
            continue
        for n in range((window.latest - window.earliest).days + 1):
            day = window.earliest + n * DAY
            morning, evening = line.made_by_each((day, day + DAY))
            assert morning <= high + NEAR, f"{service}: {morning} % made on the morning of {day}"
            if service == "DUPRO" and is_open(day):
                assert evening > low - NEAR, f"{evening} % made on the evening of {day}"
    for service, packed in (("PSI", FINAL_PACKED), ("LOADING", 100.0)):
        window = window_of(service, order, share, is_open)
        if isinstance(window, Window) and line.packed_from(packed, made=100.0) is not None:
            assert (line.made_by(window.earliest) or 0.0) >= 100.0 - NEAR
            assert line.packed_by(window.earliest) >= packed - NEAR


@settings(max_examples=120, deadline=None)
@example(Production("O1", 1000, FIRST, None, None, (Report(FIRST, 0.0),)), (0.0, 50.0), lambda _: True, 1.0)
@given(orders(), shares(), calendars(), st.floats(0.0, 1.0))
def test_a_higher_percent_on_the_same_date_never_moves_a_window_later(
    order: Production, share: tuple[float, float], is_open: IsOpen, draw: float
) -> None:
    for at, report in enumerate(order.reports):
        higher = replace(report, percent=report.percent + draw * (100.0 - report.percent))
        ahead = replace(order, reports=(*order.reports[:at], higher, *order.reports[at + 1 :]))
        for service in SERVICES:
            before, after = (window_of(service, entry, share, is_open) for entry in (order, ahead))
            if isinstance(before, Window) and isinstance(after, Window):
                assert after.earliest <= before.earliest, service
                assert after.latest <= before.latest, service
