"""Whatever hands do to the window: no crash, no warning, nothing left behind, and all of it can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import PAGES, Office
from desktop.store.engine import Store
from tests.helpers.monkey import Monkey
from tests.helpers.snapshots import snapshot
from tests.helpers.soak import scaled
from tests.helpers.windows import settle

EVENTS = 2000
MOST_STEPS = 2000


def undo_all(office: Office) -> int:
    """Take back every step that there is; gives how many."""
    undo = office.window.context.actions.action("edit.undo")
    for steps in range(MOST_STEPS):
        if not undo.isEnabled():
            return steps
        undo.trigger()
        settle(office, rounds=2)
    pytest.fail(f"{undo.text()!r} can still be undone after {MOST_STEPS} steps")


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_hands(office: Office, company_store: Store, seed: int) -> None:
    settle(office)
    before = snapshot(company_store)
    monkey = Monkey(office, seed)
    try:
        monkey.act(scaled(EVENTS))
        monkey.rest()
        undo_all(office)
        assert snapshot(company_store) == before
    except BaseException:
        print("\n".join(monkey.done[-60:]))  # noqa: T201 - the way there, shown where the test fails
        raise
    finally:
        monkey.deleteLater()


@pytest.mark.soak
def test_pages_shown_again_and_again_leave_nothing_behind(office: Office) -> None:
    counts = []
    for _ in range(max(4, scaled(40))):
        for kind in PAGES:
            office.window.show_page(kind.NAME)
            settle(office, rounds=2)
        counts.append(len(QApplication.allWidgets()))
    assert counts[-1] <= counts[1]
