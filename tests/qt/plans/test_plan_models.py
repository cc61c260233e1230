"""The item models of plans."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop.itemmodels import plan_requests, plan_score
from desktop.itemmodels.plan_requests import PlanRequestsModel
from desktop.itemmodels.plan_score import PlanScoreModel, dollars, signed
from desktop.itemmodels.plan_table import ROW, PlanTableModel
from desktop.services.plan_review import RequestReview, Spot
from desktop.services.planning.stored_plans import PlanRow
from desktop.services.planning.views import PlanHeader
from scheduler.plan import CostParts, Reason

MONDAY = dt.date(2026, 11, 30)
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def plan(code: str) -> PlanRow:
    header = PlanHeader(code, "draft", MONDAY, 7, NOW, None, "feasible", 100, {}, None, 1.0, 0, 3, 1)
    return PlanRow(header, "lan")


def request(code: str, **values: object) -> RequestReview:
    usual: dict[str, object] = {"now": None, "new": None}
    return RequestReview(code, "PSI", "A client", "A factory", **(usual | values))  # type: ignore[arg-type]


def text(model: PlanRequestsModel | PlanScoreModel, row: int, column: int) -> object:
    return model.index(row, column).data()


def test_plans(qtmodeltester: ModelTester) -> None:
    model = PlanTableModel()
    model.show_rows((plan("W1"), plan("W2")))
    qtmodeltester.check(model)
    kept = QPersistentModelIndex(model.index_of("W2"))
    gone = QPersistentModelIndex(model.index_of("W1"))
    model.show_rows((plan("W3"), plan("W2")))
    assert (kept.row(), kept.data(), gone.isValid()) == (1, "W2", False)
    assert model.index_of("W3").data(ROW) == plan("W3")
    assert not model.index_of("W1").isValid()


def test_a_score_of_two_plans(qtmodeltester: ModelTester) -> None:
    model = PlanScoreModel()
    model.show_costs(CostParts(work=10_000, late=500), CostParts(work=9_000, travel=200, unserved=700))
    qtmodeltester.check(model)
    titles = [text(model, row, 0) for row in range(model.rowCount())]
    assert titles == [
        "Day rates", "Travel", "Money", "Late", "Unassigned requests", "Penalties of the policy", "Plan cost",
    ]  # fmt: skip
    assert [text(model, 2, column) for column in range(4)] == ["Money", "$100", "$92", "\N{MINUS SIGN}$8"]
    assert [text(model, 6, column) for column in range(4)] == ["Plan cost", "$105", "$99", "\N{MINUS SIGN}$6"]
    assert [model.index(row, 3).data(plan_score.TOKEN) for row in (0, 1)] == ["ok", "warn"]
    assert model.index(6, 0).data(plan_score.SUM) is True


def test_a_score_of_one_plan(qtmodeltester: ModelTester) -> None:
    model = PlanScoreModel()
    model.show_costs(None, CostParts(work=10_000))
    qtmodeltester.check(model)
    assert model.columnCount() == 2
    assert [text(model, row, 1) for row in range(model.rowCount())] == ["$100", "$100", "$0", "$100"]


def test_requests_placed(qtmodeltester: ModelTester) -> None:
    model = PlanRequestsModel("placed")
    late = request("R1", new=Spot(("Lan", "Hoa"), 3, 4, 1), cents=-70_000)
    model.show_rows((late, request("R2", new=Spot(("Lan",), 0, 1, 0))), MONDAY)
    qtmodeltester.check(model)
    shown = [text(model, 0, column) for column in range(model.columnCount())]
    assert shown[:5] == ["R1", "A client", "A factory", "Lan, Hoa", "Tue 1 Dec, afternoon"]
    assert shown[6] == "\N{MINUS SIGN}$700"
    assert model.index(0, 5).data(plan_requests.TOKEN) == "bad"
    assert text(model, 1, 5) == "in time"


def test_requests_left_out(qtmodeltester: ModelTester) -> None:
    model = PlanRequestsModel("left_out")
    reasons = (Reason("full", "everyone is busy", "a wider window"), Reason("far", "too far"))
    model.show_rows((request("R1", reasons=reasons),), MONDAY)
    qtmodeltester.check(model)
    assert (text(model, 0, 3), text(model, 0, 4)) == ("Everyone is busy. Too far.", "a wider window")
    header = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert header == ["Request", "Client", "Factory", "Why", "What would let it in"]


def test_money_in_few_words() -> None:
    assert (dollars(-12_345), signed(12_345), signed(-40), signed(0)) == ("\N{MINUS SIGN}$123", "+$123", "$0", "$0")
