"""Studies beside a window that goes on: in the solver's own process, kept by the database's worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.clock import FixedClock
from desktop.errors import DomainError, NotFoundError
from desktop.jobs.db_runner import DbRunner
from desktop.jobs.study_run import StudyRuns, StudyState
from desktop.services.bus import Desk
from desktop.services.worth.asking import CeilingsAsked, PromiseAsked
from desktop.services.worth.keeping import worth_view
from desktop.store.engine import Store
from tests.helpers.office import NOW
from tests.helpers.solvers import solvers


@pytest.fixture
def runner(company_store: Store) -> Iterator[DbRunner]:
    made = DbRunner(Desk(company_store, FixedClock(NOW), "lan"))
    yield made
    assert made.close(10)
    made.deleteLater()


@pytest.fixture
def studies(runner: DbRunner) -> Iterator[StudyRuns]:
    made = StudyRuns(runner)
    yield made
    assert made.close(20)
    made.deleteLater()


def test_a_study_tells_how_far_it_is_and_is_kept(studies: StudyRuns, company_store: Store, qtbot: QtBot) -> None:
    seen: list[StudyState] = []
    studies.progressed.connect(seen.append)
    with qtbot.waitSignal(studies.finished, timeout=30_000) as told:
        studies.start(CeilingsAsked(exact=0, seconds=0.3))
    assert not studies.is_running
    view = worth_view(company_store)
    assert view.ceilings is not None
    header, found = view.ceilings
    assert header.made_by == "lan"
    assert header.holds
    assert told.args[0].label.endswith(header.label)
    assert found.gap is None or all(row.at_most >= found.gap for row in found.rows)
    assert seen
    assert all(state.plan == view.plan for state in seen)


def test_a_study_that_is_stopped_leaves_nothing(studies: StudyRuns, company_store: Store, qtbot: QtBot) -> None:
    failures: list[DomainError] = []
    studies.failed.connect(failures.append)
    studies.start(PromiseAsked(seconds=120.0))
    with pytest.raises(ValueError, match="in hand"):
        studies.start(PromiseAsked())
    qtbot.waitUntil(lambda: bool(solvers()), timeout=30_000)
    studies.stop()
    assert studies.state is not None
    assert studies.state.is_stopping
    qtbot.waitUntil(lambda: not studies.is_running, timeout=30_000)
    assert failures == []
    assert worth_view(company_store).headers == ()


def test_a_plan_that_is_not_there_is_told(studies: StudyRuns, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studies.failed, timeout=10_000) as told:
        studies.start(PromiseAsked(), "2020-W01-1")
    assert isinstance(told.args[0], NotFoundError)
    assert not studies.is_running
