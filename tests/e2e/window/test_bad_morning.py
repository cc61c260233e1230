"""A dispatcher's bad morning in the real window, and what comes of one of its visits.

An urgent booking, two people ill, goods that are not ready; the repair, everybody told; a visit that fails, and what
follows from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.models import Absence, Inspector, Request
from desktop.services.inspection.life import visit_life
from desktop.services.inspection.reading import visit_rows
from desktop.services.planning.views import VisitView
from desktop.services.repair.hits import hits
from desktop.services.slots import slot_of
from desktop.views.dispatch.page import DispatchPage
from desktop.views.disruption.repair_sheet import RepairSheet
from desktop.views.disruption.sheets import IllSheet, NotReadySheet
from desktop.views.feedback import Question
from desktop.views.look import Look
from desktop.views.plans.page import PlansPage
from desktop.views.today.page import TodayPage
from desktop.views.urgent.page import UrgentPage
from desktop.views.visits.page import VisitsPage
from tests.helpers.announced import announced
from tests.helpers.bad_morning import BadMorning, read_messages, tell_everybody
from tests.helpers.morning import PATIENCE_MS
from tests.helpers.office import ACTOR, PlannedCompany, office_on
from tests.helpers.plans_page import toasts
from tests.helpers.windows import button, click, open_up, press, said, settle, type_text

MORNING = dt.datetime(2026, 11, 30, 0, 5, tzinfo=dt.UTC)
"""Five past eight on Monday at the factories in China."""
THURSDAY = dt.date(2026, 12, 3)
FACTORY = "Haishu Patient Lamp"


def urgent_booking(day: BadMorning) -> str:
    """A client calls: type the factory, look at who can, book the first, announce it."""
    before = day.in_force()
    page = day.go_to("Ctrl+U", UrgentPage)
    entry = page.panel.fields.factory
    assert entry.hasFocus()
    type_text(FACTORY, entry)
    press("Return", entry.popup)
    day.qtbot.waitUntil(lambda: page.is_settled and bool(page.shown), timeout=PATIENCE_MS)
    day.wait_for("Book rank 1")
    first, code = page.shown[0], page.panel.code.text()
    assert not first.moves
    assert first.crew[0].name in page.panel.message.toPlainText() + str(page.pane.list.cards[0])
    click(page.panel.announce, QPoint(8, page.panel.announce.height() // 2))
    press("Ctrl+Return", page.pane.list)
    day.wait_for(f"{code} is announced")
    settle(day.office)
    now = day.in_force()
    assert crew(now[code]) == first.to.inspectors
    assert {key: now[key] for key in before} == before, "nobody else is disturbed"
    assert set(day.due()) == {(code, first.to.inspectors[0]), (code, "factory"), (code, "client")}
    return code


def ill(day: BadMorning, request: str, days: int) -> str:
    """Who makes a visit calls in ill, for so many days from today on; gives who."""
    page = day.today()
    visit = day.in_force()[request]
    page.show_tab("starts")
    go_to(page, f"starts/{request}")
    click(button(page.bar, "Ill today"))
    sheet = day.sheet(IllSheet)
    assert sheet.who.currentData() == crew(visit)[0]
    sheet.last.setFocus()
    for _ in range(days - 1):
        press("Up", sheet.last)
    settle(day.office)
    assert request in sheet.hits.text()
    struck = {code for code in day.in_force() if code in sheet.hits.text()}
    press("Return", sheet.record)
    settle(day.office)
    (who,) = crew(visit)
    with day.office.store.session() as session:
        absences = session.scalars(select(Absence).join(Inspector).where(Inspector.code == who)).all()
        assert slot_of(MORNING.date()) + 2 * days - 1 in {row.last_slot for row in absences if row.kind == "sickness"}
    assert not {code for code, found in day.drafted().items() if who in crew(found)} & struck
    assert {f"absent/{code}" for code in struck} <= keys(day.today())
    return who


def not_ready(day: BadMorning, request: str) -> None:
    """A factory says that its goods come three days later."""
    page = day.today()
    page.show_tab("starts")
    go_to(page, f"starts/{request}")
    page.table.setFocus()
    day.pick(page.table, "Not ready")
    sheet = day.sheet(NotReadySheet)
    ready = sheet.ready.day
    assert ready == day.in_force()[request].first_day + dt.timedelta(days=3)
    assert request in sheet.hits.text()
    press("Return", sheet.record)
    settle(day.office)
    with day.office.store.session() as session:
        assert session.scalars(select(Request.earliest).where(Request.code == request)).one() == ready
    assert request not in day.drafted()
    shown = day.today().today
    assert shown is not None
    (why,) = (row.cause for row in shown.rows if row.key == f"window/{request}")
    assert why == "It would begin on Tue 1 Dec, before its window opens on Fri 4 Dec."
    assert "lies outside its window" in toasts(day.office)


def repair(day: BadMorning, qtbot: QtBot) -> frozenset[str]:
    """Have the plan mended, take all but one part of it, and announce what that changes; gives whose visits changed."""
    before = day.in_force()
    page = day.today()
    click(button(page.bar, "Repair"))
    sheet = day.sheet(RepairSheet)
    broken = {hit.request for hit in hits(day.office.store, day.clock.now())}
    assert all(code in sheet.hits.text() for code in broken)
    press("Return", sheet.begin)
    plans = day.go_to("Ctrl+4", PlansPage)
    runs = day.office.plan_runs
    qtbot.waitUntil(lambda: runs.state is not None and runs.state.cost is not None, timeout=PATIENCE_MS)
    with qtbot.waitSignal(runs.finished, timeout=PATIENCE_MS):
        click(button(plans, "Stop and keep"))
    qtbot.waitUntil(lambda: "Nobody has edited" in plans.review.foot.text, timeout=PATIENCE_MS)
    settle(day.office)
    assert day.in_force() == before, "nothing is stored before somebody says so"
    ticks, review = plans._proposals.ticks, plans.review
    assert ticks is not None
    group = ticks.part.groups[-1]
    assert group.requests == group.hits
    number = next(n for n, row in enumerate(review.people.rows) if row.code in group.people)
    review.people.setFocus()
    review.people.select(number)
    press("Space", review.people)
    left_out = frozenset(code for one in ticks.part.groups if one.number not in ticks.ticked for code in one.requests)
    changed = frozenset(code for one in ticks.part.groups for code in one.requests) - left_out
    assert group.requests[0] in left_out
    assert changed
    assert f"{len(changed)} of {len(changed | left_out)} changes ticked" in review.foot.text
    press("Ctrl+Return", day.window)
    question = day.sheet(Question)
    assert day.in_force() == before
    with qtbot.waitSignal(day.office.runner.committed, timeout=PATIENCE_MS):
        press("Return", button(question, f"Publish {len(changed)} change"))
    settle(day.office)
    after = day.in_force()
    assert {code for code in {**before, **after} if before.get(code) != after.get(code)} == changed
    assert {hit.request for hit in hits(day.office.store, day.clock.now())} == broken - changed
    assert f"{len(changed)} visits published" in toasts(day.office)
    return changed


def tell(day: BadMorning, before: Mapping[str, VisitView], folder: Path, qtbot: QtBot) -> None:
    """Tell those whose visits changed, and nobody else, by files for a mail program."""
    after = day.in_force()
    changed = {code for code in {**before, **after} if before.get(code) != after.get(code)}
    due = day.due()
    assert {request for request, _ in due} == changed
    for code in changed:
        old, new = (set(crew(found[code]) if code in found else ()) for found in (before, after))
        kinds = dict.fromkeys(old - new, "cancellation") | dict.fromkeys(new - old, "invitation")
        if code in before and before[code].first_slot != after[code].first_slot:
            kinds |= dict.fromkeys((*(old & new), "factory", "client"), "update")
        for who, kind in kinds.items():
            assert due[code, who] == kind
    page = day.go_to("Ctrl+6", DispatchPage)
    assert page.bar.tabs["due"].text() == f"To send {len(due)}"
    click(button(page.due, "All days"))
    page.due.table.setFocus()
    press("Ctrl+A", page.due.table)
    assert page.due.buttons["send"].text() == f"Send {len(due)}"
    click(page.due.buttons["files"])
    day.choose_folder(folder)
    qtbot.waitUntil(lambda: not page.outbox.is_running and not day.due(), timeout=PATIENCE_MS)
    settle(day.office)
    assert "Everybody knows what is announced" in said(page)
    told, now = read_messages(folder.parent / "told"), read_messages(folder)
    assert now.keys() == due.keys()
    for key, kind in due.items():
        message = now[key]
        assert message.method == ("CANCEL" if kind == "cancellation" else message.method)
        assert message.is_cancelled == (kind == "cancellation")
        if kind == "invitation":
            assert key not in told
            assert message.sequence == 0
        else:
            assert (message.uid, message.sequence) == (told[key].uid, told[key].sequence + 1)
    assert not {message.uid for key, message in now.items() if key not in told} & {one.uid for one in told.values()}


def fail(day: BadMorning, code: str) -> None:
    """The day of a visit, step by step; what was found is too much."""
    visit = day.in_force()[code]
    morning = dt.datetime.combine(visit.first_day, dt.time(), dt.UTC)
    day.at(morning + dt.timedelta(minutes=-20))
    page = day.go_to("Ctrl+7", VisitsPage)
    press("/", day.window)
    type_text(code)
    press("Down")
    settle(day.office)
    assert page.visits.current is not None
    assert page.visits.current.request == code
    panel, table = page.visits.panel, page.visits.table
    assert table.hasFocus()
    for minutes, key, stage in ((5, "T", "travelling"), (40, "O", "on site")):
        day.at(day.clock.time + dt.timedelta(minutes=minutes))
        press(key, table)
        settle(day.office)
        assert day.visit(code).row.stage == stage
    day.at(morning + dt.timedelta(hours=8))
    panel.day.made.setFocus()
    type_text("100")
    table.setFocus()
    press("F", table)
    settle(day.office)
    card = day.visit(code)
    assert (card.row.stage, card.result.percent_made, card.row.outcome) == ("finished", 100, "")
    assert panel.stage.text() == "Finished"
    assert card.times == {
        "travelling": morning - dt.timedelta(minutes=15),
        "arrived": morning + dt.timedelta(minutes=25),
        "finished": morning + dt.timedelta(hours=8),
    }
    press("F2", table)
    click(panel.result.add)
    line = panel.result.lines[0]
    type_text("broken stitch at the collar")
    assert panel.result.outcome.text() == "Pass"
    accept = card.result.major.accept
    assert accept is not None
    line.number.setFocus()
    line.number.selectAll()
    type_text(str(accept + 1), line.number)
    assert panel.result.outcome.text() == "Fail"
    press("Ctrl+Return", line.number)
    settle(day.office)
    card = day.visit(code)
    assert (card.row.outcome, card.result.major.found) == ("fail", accept + 1)
    assert str(accept) in "".join(card.result.because)
    for stage in ("report in", "reviewed", "released"):
        day.at(day.clock.time + dt.timedelta(hours=2))
        table.setFocus()
        press("R", table)
        settle(day.office)
        assert day.visit(code).row.stage == stage
    assert day.visit(code).reviewed_by == ACTOR
    assert panel.stage.text() == "Released"


def follow_up(day: BadMorning, code: str) -> str:
    """What the failure calls for: an action with the factory, and another inspector to look again."""
    page = day.office.window.page
    assert isinstance(page, VisitsPage)
    panel = page.visits.panel
    click(panel.corrective.open_button)
    settle(day.office)
    (action,) = day.visit(code).actions
    assert (action.severity, action.text, action.next_step) == ("major", "broken stitch at the collar", "communicated")
    entry = panel.corrective.cards[0].first
    assert entry is not None
    entry.setFocus()
    type_text("the plant manager")
    press("Return")
    settle(day.office)
    (action,) = day.visit(code).actions
    assert (action.next_step, action.steps[0].text) == ("root cause", "the plant manager")
    at = f"{day.clock.time.astimezone(action.zone):%H:%M}"
    assert f"1 Communicated, {at}: the plant manager" in said(panel.corrective), "by the clocks of the factory"
    proposal = panel.follow.proposals[0]
    booked, who = proposal.proposal.code, crew(day.in_force()[code])
    assert proposal.others.isChecked()
    click(proposal.book)
    settle(day.office)
    (link,) = day.visit(code).follow_ups
    assert (link.request, link.kind) == (booked, "reinspection")
    assert booked in said(panel.follow)
    with day.office.store.session() as session:
        row = session.scalars(select(Request).where(Request.code == booked)).one()
        assert {session.get_one(Inspector, one.inspector_id).code for one in row.exclusions} == set(who)
    told = [event.kind for event in visit_life(day.office.store, code)]
    assert [event.kind for event in panel.life.canvas.events] == told
    days = ["travelling", "arrived", "finished", "result", "report in", "reviewed", "released"]
    assert [kind for kind in told if kind in days] == days
    assert {"booked", "announced", "sent", "action", "follow-up"} <= set(told)
    return booked


def go_to(page: TodayPage, key: str) -> None:
    assert page.table.choose(key), f"{key} is not among {[row.key for row in page.model.rows]}"
    page.table._tell()


def keys(page: TodayPage) -> set[str]:
    assert page.today is not None
    return {row.key for row in page.today.rows}


def crew(visit: VisitView) -> tuple[str, ...]:
    return tuple(person.code for person in visit.inspectors)


def test_a_bad_morning(
    planned_company: PlannedCompany, qapp: QApplication, look: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    with announced(planned_company, tmp_path / "announced").copied(tmp_path) as store:
        tell_everybody(store, tmp_path / "told")
        with office_on(store, qapp, look, now=MORNING) as office:
            clock = office.window.context.clock
            assert isinstance(clock, FixedClock)
            office.window.resize(1600, 1000)
            open_up(office)
            day = BadMorning(office, clock, qtbot)
            assert not day.due()
            announced_before = day.in_force()
            urgent_booking(day)
            ill(day, "R00022", 3)
            ill(day, "R00034", 2)
            not_ready(day, "R00026")
            repair(day, qtbot)
            tell(day, announced_before, tmp_path / "mail", qtbot)
            failing = next(
                row.request
                for row in visit_rows(store, clock.now(), THURSDAY, THURSDAY)
                if row.order and row.service in ("DUPRO", "PSI") and row.first_day == THURSDAY
            )
            fail(day, failing)
            follow_up(day, failing)
