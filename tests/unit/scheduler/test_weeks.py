"""The price of one inspector's visits: the unit in which a drag is previewed and an urgent request ranked."""

from __future__ import annotations

from scheduler.instance import Instance
from scheduler.plan import CostParts
from scheduler.problem import Announcement
from scheduler.rules import Broken
from scheduler.weeks import Weeks
from tests.helpers.small import day, inspector, problem, request, site

MADE = problem(
    (request("R1", affinity={"I1": -40}), request("R2", latest=day(1)), request("R3", "S2")),
    (inspector("I1"), inspector("I2")),
    (site(), site("S2", 900.5)),
    published={"R2": Announcement(("I2",), 2, 30, 10, 20)},
)


def weeks() -> Weeks:
    return Weeks(Instance(MADE))


def test_a_week_costs_its_days_journeys_and_persons() -> None:
    # two days 1000 + 1100, a night away 500 (home would be 590), 295 there and back; affinity -40, not announced 30
    own = weeks()
    visits = (own.instance.visit(0, 0, 0), own.instance.visit(1, 0, 2))
    expected = CostParts(work=2100, travel=590, nights=500, affinity=-40, change=30)
    assert own.price(0, visits) == expected
    assert own.price(0, visits) is own.price(0, visits)


def test_nothing_to_do_costs_nothing() -> None:
    assert weeks().price(0, ()) == CostParts()


def test_the_first_broken_rule_is_given() -> None:
    own = weeks()
    for visit, code in ((own.instance.visit(1, 0, 4), "late"), (own.instance.visit(2, 0, 4), "journey")):
        broken = own.price(0, (visit,))
        assert isinstance(broken, Broken)
        assert broken.code == code
