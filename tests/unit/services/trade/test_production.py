"""When an order's goods can be inspected, by hand-made lines: 1,000 pieces at 100 a day are a tenth a day."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.services.trade.production import (
    Line,
    Production,
    Report,
    Window,
    band_of,
    pace_of_whole,
    paces_between_reports,
    spread_of,
)
from desktop.services.trade.production_window import window_of

START = dt.date(2026, 11, 2)  # a Monday
HOUSE = (10.0, 50.0)


def november(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def order(
    rate: float | None = 100.0,
    start: dt.date | None = START,
    ready: dt.date | None = None,
    report: Report | None = None,
    quantity: int = 1000,
) -> Production:
    return Production("O1", quantity, start, rate, ready, () if report is None else (report,))


def always(_: dt.date) -> bool:
    return True


def not_sundays(date: dt.date) -> bool:
    return date.weekday() != 6


def window(service: str, line: Production, share: tuple[float, float] = HOUSE) -> Window | str:
    return window_of(service, line, share, not_sundays)


def test_a_dupro_visits_while_the_share_is_made() -> None:
    # the second day begins with 10 % made; Saturday the 7th with 50 %
    assert window("DUPRO", order()) == Window(november(3), november(7))


def test_closed_days_make_nothing() -> None:
    # with 8 % a day: evenings 8, 16, ..., 48 on Saturday the 7th; Sunday rests; Monday goes from 48 to 56
    assert window("DUPRO", order(rate=80.0)) == Window(november(3), november(9))
    # with Sundays worked the day that passes 50 % is Sunday itself
    assert window_of("DUPRO", order(rate=80.0), HOUSE, always) == Window(november(3), november(8))


def test_an_order_made_in_a_day_is_visited_that_day() -> None:
    assert window("DUPRO", order(rate=1000.0)) == Window(START, START)


def test_a_share_of_its_own_moves_the_window() -> None:
    # mornings: 20 % on Wednesday the 4th, 80 % on Wednesday the 11th (the 8th is a Sunday)
    assert window("DUPRO", order(), (20.0, 80.0)) == Window(november(4), november(11))


def test_a_report_shifts_the_line_from_its_evening_on() -> None:
    # 10 % instead of 40 % on the evening of Thursday the 5th: at (10 + 50) / (40 + 50) of the pace six working days
    # after it make the 40 % that are missing: the seventh, Friday the 13th, begins with 50 %
    late = order(report=Report(november(5), 10.0))
    assert window("DUPRO", late) == Window(november(6), november(13))


def test_a_report_ahead_of_the_plan_tells_how_it_came_there() -> None:
    # 40 % on the evening of the 3rd: 20 % on each of two days; at 90 / 70 of the pace the 4th ends with 52.9 %
    early = order(report=Report(november(3), 40.0))
    assert window("DUPRO", early) == Window(november(2), november(4))


def test_a_report_of_nothing_before_the_start_changes_nothing() -> None:
    assert window("DUPRO", order(report=Report(dt.date(2026, 10, 20), 0.0))) == window("DUPRO", order())


def test_a_report_alone_is_a_line_where_the_rate_is_known() -> None:
    line = order(start=None, report=Report(november(5), 10.0))
    assert window("DUPRO", line) == Window(november(6), november(11))


def test_without_a_rate_the_pace_is_that_of_start_and_ready_date() -> None:
    # ready on the morning of the 13th: ten working days from Monday the 2nd to Thursday the 12th
    assert window("DUPRO", order(rate=None, ready=november(13))) == Window(november(3), november(7))


def test_a_final_inspection_begins_on_the_ready_date() -> None:
    assert window("PSI", order(ready=november(20))) == Window(
        november(20), november(25)
    )  # a Friday, and a Sunday between


def test_a_report_that_shows_delay_moves_the_final_inspection() -> None:
    # 50 % instead of 100 % on the evening of Friday the 13th, at 100 / 150 of the pace: eight working days are left,
    # the 14th to the 23rd without two Sundays
    late = order(ready=november(12), report=Report(november(13), 50.0))
    assert window("PSI", late) == Window(november(24), november(28))


def test_without_a_ready_date_the_line_tells_when_all_is_made() -> None:
    # ten working days: the 2nd to the 7th, the 9th to the 12th; the inspector comes on the morning after
    assert window("PSI", order()) == Window(november(13), november(18))


def test_a_loading_is_a_day_after_the_final_inspection() -> None:
    assert window("LOADING", order(ready=november(20))) == Window(november(21), november(26))


def test_a_final_inspection_waits_until_enough_is_packed() -> None:
    # all is made by the 13th, but 30 % were packed when 60 % were made on Saturday the 7th: 10 % a day more as planned,
    # and the 80 % are there after the five working days to Friday the 13th
    behind = order(report=Report(november(7), 60.0, 30.0))
    assert window("PSI", behind) == Window(november(14), november(19))
    assert window("LOADING", behind) == Window(november(17), november(21))


@pytest.mark.parametrize("service", ["PSI", "LOADING"])
def test_goods_that_are_ready_in_a_holiday_wait_until_it_is_over(service: str) -> None:
    # Thursday 1 to Wednesday 7 October are holidays; Saturday the 10th and Sunday the 11th are no working days
    def is_open(date: dt.date) -> bool:
        return date.weekday() < 5 and not dt.date(2026, 10, 1) <= date <= dt.date(2026, 10, 7)

    promised = order(rate=None, start=None, ready=dt.date(2026, 10, 1))
    assert window_of(service, promised, HOUSE, is_open) == Window(dt.date(2026, 10, 8), dt.date(2026, 10, 14))
    assert "closed for three years" in str(window_of(service, promised, HOUSE, lambda _: False))


def test_what_is_made_and_packed_is_ready_whatever_was_promised() -> None:
    done = order(ready=november(20), report=Report(november(11), 100.0, 85.0))
    assert window("PSI", done) == Window(november(12), november(17))


def test_several_reports_tell_the_way_and_a_correction_counts() -> None:
    reports = (Report(november(3), 60.0), Report(november(5), 30.0))
    line = Line(Production("O1", 1000, START, 100.0, None, reports), not_sundays)
    assert line.made_by(november(4)) == pytest.approx(30.0), "no more than what was found later"
    assert line.made_by(november(6)) == pytest.approx(30.0)
    assert line.made_by(november(7)) == pytest.approx(30.0 + 10.0 * 80 / 90)


def test_start_and_report_are_a_line_where_nothing_was_planned() -> None:
    line = Line(order(rate=None, report=Report(november(5), 20.0)), not_sundays)
    assert line.pace == pytest.approx(5.0)


def test_the_band_is_the_default_where_nothing_is_known_and_narrows_with_orders_that_kept_to_their_plans() -> None:
    assert spread_of(()) == pytest.approx(0.25)
    assert spread_of((1.0,) * 12) == pytest.approx(0.125)
    assert spread_of((0.5, 0.5, 2.0, 2.0)) > 0.5
    slow, fast = band_of(order(report=Report(november(5), 40.0)), not_sundays, 0.25)
    assert slow.made_by(november(6)) == fast.made_by(november(6)) == pytest.approx(40.0), "what is reported is known"
    assert slow.made_by(november(7)) == pytest.approx(40.0 + 10.0 / 1.3777, abs=0.01)
    assert fast.made_by(november(7)) == pytest.approx(40.0 + 10.0 * 1.3777, abs=0.01)


def test_how_far_an_order_kept_to_its_plan() -> None:
    half = order(report=Report(november(7), 30.0))
    assert pace_of_whole(half, not_sundays) == pytest.approx(0.5)
    assert paces_between_reports(half, not_sundays) == pytest.approx((0.5,))
    assert pace_of_whole(order(report=Report(november(7), 100.0)), not_sundays) is None, "when all was made is not said"


def test_a_ppi_is_before_production_and_until_a_tenth_is_made() -> None:
    # Monday ends with 10 %, Tuesday begins with it
    assert window("PPI", order()) == Window(dt.date(2026, 10, 28), november(3))


def test_a_ppi_needs_no_rate() -> None:
    assert window("PPI", order(rate=None)) == Window(dt.date(2026, 10, 28), START)


def test_monitoring_watches_the_whole_production() -> None:
    assert window("MONITORING", order()) == Window(START, november(12))


@pytest.mark.parametrize(
    ("service", "line", "missing"),
    [
        ("DUPRO", order(rate=None), "no daily rate"),
        ("DUPRO", order(start=None), "no production start"),
        ("DUPRO", order(start=None, rate=None), "no production start and no daily rate"),
        ("PPI", order(start=None, rate=None), "no production start"),
        ("PSI", order(start=None), "neither a ready date"),
        ("LOADING", order(rate=None), "neither a ready date"),
        ("MONITORING", order(rate=None), "no production start and end"),
    ],
)
def test_what_is_missing_is_said(service: str, line: Production, missing: str) -> None:
    said = window(service, line)
    assert isinstance(said, str)
    assert missing in said
    assert "O1" in said


def test_a_factory_that_never_works_has_no_window() -> None:
    said = window_of("DUPRO", order(), HOUSE, lambda _: False)
    assert isinstance(said, str)
    assert "no working day" in said


@pytest.mark.parametrize(
    ("day", "percent"),
    [(1, 0.0), (2, 0.0), (3, 10.0), (8, 60.0), (9, 60.0), (12, 90.0), (13, 100.0), (30, 100.0)],
)
def test_what_is_made_by_a_morning(day: int, percent: float) -> None:
    # a tenth a day on ten working days: the 2nd to the 7th, the 9th to the 12th; Sunday the 8th is off
    assert Line(order(), not_sundays).made_by(november(day)) == pytest.approx(percent)


def test_a_report_is_what_the_line_is_reckoned_from_in_both_directions() -> None:
    line = Line(order(report=Report(november(4), 50.0)), not_sundays)
    assert line.made_by(november(5)) == pytest.approx(50.0)
    assert line.made_by(november(6)) == pytest.approx(50.0 + 10.0 * 100 / 80)
    assert line.made_by(november(3)) == pytest.approx(50.0 / 3)


def test_without_a_line_nothing_is_known_of_what_is_made() -> None:
    assert Line(order(rate=None), not_sundays).made_by(november(5)) is None
