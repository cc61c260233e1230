"""What cannot be done yet is not offered, whichever pages have been looked at."""

from __future__ import annotations

from desktop.app import Office


def test_a_run_cannot_be_stopped_before_there_is_one(office: Office) -> None:
    actions = office.window.context.actions
    assert office.window.page is not None
    assert office.window.page.NAME != "plans"
    assert not actions.action("plans.stop").isEnabled()
    assert not actions.action("plans.give_up").isEnabled()
