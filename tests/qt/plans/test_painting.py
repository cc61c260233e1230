"""What is painted by hand on the page of plans: curve, figures, rows of people."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.jobs.plan_run import CurvePoint
from desktop.services.plan_review import PersonReview, PlanReview, ReviewBar, Side, Tally
from desktop.views.look import Look
from desktop.views.plans.curve import Curve, nice_step, short_money, short_span
from desktop.views.plans.kpi_strip import review_figures
from desktop.views.plans.people_view import PeopleView
from desktop.views.plans.review_painting import Geometry, bar_box
from scheduler.plan import CostParts

MONDAY = dt.date(2026, 11, 30)
NOW = Side("W1", "published", CostParts(work=100_000, late=12_000), None, 9, 3, 2, 1, 20, 5)
NEW = Side("", "", CostParts(work=90_000, travel=4_000), 80_000, 11, 1, 4, 0, 24, 5)


def person(number: int) -> PersonReview:
    return PersonReview(
        f"I{number}",
        f"Person {number}",
        "",
        "",
        ("work",) * 14,
        (ReviewBar("R1", "DUPRO", "A factory", 0, 1, "leaves"),),
        (ReviewBar("R2", "DUPRO", "A factory", 4, 5, "arrives"),),
        changes=2,
        cost=CostParts(work=-1_000),
    )


REVIEW = PlanReview(
    MONDAY,
    7,
    NOW,
    NEW,
    40,
    ((1, "CN", "Rest day"),),
    tuple(person(n) for n in range(50)),
    (),
    (),
    (),
    (),
    Tally(calls=2),
)


@pytest.mark.parametrize(("least", "step"), [(0, 1), (0.3, 0.5), (1, 1), (11, 20), (21, 50), (51, 100), (999, 1000)])
def test_steps_of_an_axis(least: float, step: float) -> None:
    assert nice_step(least) == pytest.approx(step)


def test_words_of_an_axis() -> None:
    assert [short_money(c, s) for c, s in ((650_000, 10_000), (26_500_000, 200_000), (9_650_000, 50_000))] == [
        "$6,500", "$265k", "$96.5k",
    ]  # fmt: skip
    assert [short_span(s, step) for s, step in ((0, 20), (30, 10), (120, 120), (90, 30))] == [
        "0 s", "30 s", "2 min", "90 s",
    ]  # fmt: skip


def test_a_curve_says_what_it_shows(look: Look, qtbot: QtBot) -> None:
    curve = Curve(look)
    qtbot.addWidget(curve)
    curve.resize(360, 170)
    curve.show_points((), 120_000, 3.0)
    assert curve.accessibleName() == "No plan has been found yet."
    curve.show_points((CurvePoint(1.0, 120_000, None), CurvePoint(4.0, 95_000, 90_000)), 118_000, 8.0)
    assert curve.accessibleName() == (
        "Best plan found: $950. No plan can cost less than $900. The plan now costs $1,180."
    )
    image = curve.grab().toImage()
    accent = QColor(look.theme.accent).rgb()
    assert any(image.pixel(x, y) == accent for x in range(60, 340) for y in range(12, 150)), "the best plan's line"


def test_figures_of_a_review() -> None:
    figures = {figure.title: figure for figure in review_figures(REVIEW)}
    cost = figures["Plan cost"]
    assert (cost.now, cost.new, cost.under, cost.token) == ("$1,120", "$940", "\N{MINUS SIGN}$180", "ok")
    nights = figures["Hotel nights"]
    assert (nights.now, nights.new, nights.under, nights.token) == ("2", "4", "+2", "warn")
    assert figures["Calls to make"].new == "2"
    assert figures["Utilisation"].new == "60.0 %"
    alone = {figure.title: figure for figure in review_figures(replace(REVIEW, now=None))}
    assert alone["Plan cost"].now == ""
    assert "Calls to make" not in alone


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_bar_that_arrives_is_framed_where_it_belongs(look: Look, qtbot: QtBot, theme: str) -> None:
    look.choose("dark" if theme == "dark" else "light")
    try:
        view = PeopleView(look)
        qtbot.addWidget(view)
        view.resize(1000, 600)
        view.show_rows(REVIEW, REVIEW.people, "")
        view.show()
        qtbot.waitExposed(view)
        image = view.viewport().grab().toImage()
        place = Geometry(float(view.viewport().width()), 7)
        row = view.row_box(0)
        arrives = bar_box(place, place.lane(row.top(), 1), REVIEW.people[0].new[0])
        top = image.pixelColor(int(arrives.center().x()), int(arrives.top()))
        assert top.name() == QColor(look.theme.accent).name()
        cap = image.pixelColor(int(arrives.left()) + 3, int(arrives.center().y()))
        assert cap.name() == QColor(look.theme.service("DUPRO").cap).name()
        edge = image.pixelColor(1, int(row.center().y()))
        assert edge.name() == QColor(look.theme.accent).name(), "the selected row"
    finally:
        look.choose("light")
