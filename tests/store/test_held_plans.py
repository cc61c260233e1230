"""Plans held open are what reading them anew would give, whatever was done to the database, and by whom."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import cast

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import DomainError
from desktop.models import Plan
from desktop.services.bus import Desk
from desktop.services.commands import (
    AddFactory,
    CancelRequest,
    Command,
    EditRecord,
    ExcludeInspector,
    MoveVisit,
    PinRequest,
    SetAffinity,
    UnassignVisit,
    UnpinRequest,
)
from desktop.services.planning import problems
from desktop.services.planning.open_plan import OpenPlan, open_plan
from desktop.services.planning.opening import read_plan
from desktop.store.engine import Store, open_store
from tests.helpers.company import NOW, desk_of, found_company
from tests.helpers.odd_commands import TEST_HANDLERS
from tests.helpers.random_commands import Draw
from tests.helpers.soak import scaled
from tests.helpers.stores import wipe

BY_HAND = (MoveVisit, UnassignVisit, PinRequest, UnpinRequest)


def told(opened: OpenPlan) -> dict[str, object]:
    """All that a plan held open says."""
    return {
        "board": opened.board,
        "aside": opened.aside & {entry.request for entry in opened.board.unassigned},
        "problem": opened.problem,
        "digest": opened.digest,
        "cost": opened.cost,
        "broken": sorted(map(str, opened.broken)),
        "placed": opened.standing.assignments,
        "cards": [opened.card(entry.request) for entry in opened.board.unassigned],
    }


def found_places(store: Store) -> None:
    """Factories where nobody has booked yet: near the others, far from all, and nowhere."""
    desk = desk_of(store)
    for code, lat, lon in (("F5", 22.9, 113.9), ("F6", 23.2, 112.9), ("F7", 44.0, 87.0)):
        desk.handle(AddFactory(code, f"Factory {code}", "广东省", "CN", lat=lat, lon=lon))


def hold_against_records(store: Store) -> list[str]:
    """Every plan as it is held is what the records say. The codes of those that were held already."""
    kept = []
    with store.session() as session:
        for plan in session.scalars(select(Plan).order_by(Plan.id)).all():
            if problems.problems_of(store).known(plan.id, problems.stamp_of(session)) is not None:
                kept.append(plan.code)
            held = open_plan(store, plan.code)
            assert told(held) == told(read_plan(session, plan)), plan.code
    return kept


def live_through(store: Store, other: Store, seed: int, seen: Counter[str]) -> None:
    """Commands by two people at two machines, undo and redo, several as one step; looked at after each."""
    random = Random(seed)
    draw = Draw(random)
    mine = Desk(store, FixedClock(NOW), "Lan", handlers=TEST_HANDLERS)
    theirs = Desk(other, FixedClock(NOW), "Hoa", handlers=TEST_HANDLERS)
    hold_against_records(store)
    for _ in range(random.randint(5, 10)):
        desk = theirs if random.random() < 0.25 else mine
        turn = random.random()
        try:
            if turn < 0.2:
                outcome, step = desk.handle_all(draw.arrival(), "Arrival"), "arrival"
            elif turn < 0.35:
                outcome, step = desk.undo(), "undo"
            elif turn < 0.45:
                outcome, step = desk.redo(), "redo"
            elif turn < 0.6:
                commands = [draw.move(), draw.move() if turn < 0.52 else draw.command()]
                outcome = desk.handle_all([cast("Command", command) for command in commands], "Several")
                step = "several"
            else:
                command = draw.move() if turn < 0.8 else draw.command()
                outcome = desk.handle(cast("Command", command))
                kinds = {BY_HAND: "by hand", (EditRecord, CancelRequest, ExcludeInspector, SetAffinity): "edit"}
                step = next((name for kind, name in kinds.items() if isinstance(command, kind)), "other")
        except DomainError:
            continue
        kept = hold_against_records(store)
        if outcome.change_id is not None:
            seen[step if desk is mine else "by another"] += len(kept)


@pytest.mark.soak
def test_a_plan_held_is_what_the_records_say(any_store: Store) -> None:
    seen: Counter[str] = Counter()
    with open_store(any_store.engine.url.render_as_string(hide_password=False)) as other:
        for seed in range(61_000, 61_000 + scaled(150)):
            found_company(any_store)
            found_places(any_store)
            live_through(any_store, other, seed, seen)
            wipe(any_store)
            wipe(other)
    assert seen["by hand"]
    assert seen["undo"]
    assert seen["edit"]
    assert seen["arrival"]
    assert not seen["by another"]
