"""How quick the window is on a large company. Each group is measured in a process of its own, without a display."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import PAGES, Office
from desktop.jobs.pauses import collect_rarely, take_turns_quickly
from desktop.program import load_ahead
from desktop.services.bus import Desk
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.proposals import Proposal, check_proposal, keep_proposal
from desktop.services.planning.week import settings_for
from desktop.store.engine import Store, open_store
from desktop.views.board.page import BoardPage
from desktop.views.look import Look
from scheduler.params import Params
from tests.benchmarks.board_paint import measure_board
from tests.benchmarks.changes import Timed, committed, draft_of, dropped, judged, offered, timed
from tests.benchmarks.company import copy_of, large_company
from tests.benchmarks.operations import CLOCK, MONDAY
from tests.benchmarks.requests_page import measure_requests
from tests.benchmarks.stalls import StallWatch
from tests.benchmarks.starting import started
from tests.benchmarks.urgent import Step, measure_urgent
from tests.helpers.board_hands import BoardHands
from tests.helpers.office import office_on
from tests.helpers.windows import settle, wheel, work

SIZE = (2560, 1440)
SOLVER_SECONDS = 12
MANY_REQUESTS = 100_000
NOTCH_SECONDS = 0.016
DROPS, CARRIED = 4, 40
Row = dict[str, Any]


def row(measure: str, seconds: float, aim_ms: float | None, remark: str = "") -> Row:
    """A line of the table."""
    return {"measure": measure, "ms": round(1000 * seconds, 1), "aim_ms": aim_ms, "remark": remark}


def open_copy(folder: Path) -> Store:
    """A copy of the large company's database, open."""
    return open_store(str(copy_of(large_company(), folder)), backups=folder / "backups")


@contextmanager
def large_office() -> Iterator[Office]:
    """The window on a copy of the large company, shown and at rest."""
    collect_rarely()  # both as the program does when it starts
    take_turns_quickly()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_copy(Path(folder)) as store,
        office_on(store, application, Look(application, "light")) as office,
    ):
        office.window.resize(*SIZE)
        office.open()
        settle(office)
        yield office


def dragging() -> list[Row]:
    """A visit of the large company carried over the board by hand, and put down."""
    moves: Timed = []
    drops: Timed = []
    stored: Timed = []
    with large_office() as office:
        office.window.show_page("board")
        settle(office)
        page = office.window.page
        assert isinstance(page, BoardPage)
        hands = BoardHands(page)
        for number in range(DROPS):
            request, target = hands.target("ok", unlike=f"{number}")
            grip = hands.take(request)
            for step in range(CARRIED):
                place = grip + QPoint(11 * step, 7 * step)
                timed(partial(_move, hands.surface, place), moves)
            place = hands.carry(place, target)
            begun = time.perf_counter()
            timed(partial(_let_go, hands, place), drops)
            while not page.shown.is_settled:
                work(0.005)
            stored.append(time.perf_counter() - begun)
            office.window.context.actions.action("edit.undo").trigger()
            settle(office)
    return [
        row("verdict and ghost under the moving mouse, 95 %", share_of(moves, 0.95), 50, f"{len(moves)} moves"),
        row("from the drop to the new picture, longest", max(drops), 100, f"{len(drops)} drops"),
        row("from the drop until it is stored and read again, longest", max(stored), None),
    ]


def _move(surface: QWidget, place: QPoint) -> None:
    QTest.mouseMove(surface, place)
    QApplication.processEvents()


def _let_go(hands: BoardHands, place: QPoint) -> None:
    hands.let_go(place)
    QApplication.processEvents()


def _told_nobody(_done: int, _total: int, _text: str) -> None:
    """Nobody looks on."""


def switching() -> list[Row]:
    """From the wish for another page to its picture: the first time, which builds it, and later, all pairs."""
    first: list[tuple[float, str]] = []
    later: list[tuple[float, str]] = []
    with large_office() as office:
        load_ahead(PAGES, _told_nobody)  # as the program does while nobody waits
        for kind in PAGES[1:]:
            first.append((_switch(office, kind.NAME), f"to {kind.NAME}, which is built and painted"))
            settle(office)
        for one in PAGES:
            for other in PAGES:
                if one is not other:
                    _switch(office, one.NAME)
                    settle(office)
                    later.append((_switch(office, other.NAME), f"{one.NAME} to {other.NAME}"))
                    settle(office)
    return [
        row("page switch, first visit, longest", max(first)[0], 150, max(first)[1]),
        row("page switch, longest of all pairs", max(later)[0], 150, max(later)[1]),
        row("page switch, median of all pairs", statistics.median(took for took, _ in later), 150),
    ]


def _switch(office: Office, name: str) -> float:
    begun = time.perf_counter()
    office.window.show_page(name)
    QApplication.sendPostedEvents()  # paints
    return time.perf_counter() - begun


class _Waiting(QObject):
    """Takes what arrives, whatever it is."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: list[object] = []

    def take(self, what: object) -> None:
        """Keep it."""
        self.arrived.append(what)

    def wait(self, seconds: float = 120) -> object:
        """Let the window work until something has arrived; gives it."""
        until = time.monotonic() + seconds
        while not self.arrived and time.monotonic() < until:
            work(0.005)
        return self.arrived.pop(0)


def stalls() -> list[Row]:
    """The longest time for which the window took no event, while a plan is made, and while it is kept."""
    rows = []
    with large_office() as office:
        watch = StallWatch()
        try:
            work(1.0)
            rows.append(_stalled("nothing is done", watch, None))
            settle(office)
            proposal = _planned(office)
            rows.append(_stalled("a plan is made and compared", watch, 100))
            _kept(office, proposal)
            rows.append(_stalled("the plan is checked, kept and shown", watch, 100))
        finally:
            watch.end()
    return rows


def _planned(office: Office) -> Proposal:
    waiting = _Waiting()
    office.plan_runs.finished.connect(waiting.take)
    office.plan_runs.failed.connect(waiting.take)
    settings = settings_for(office.store, MONDAY)
    office.plan_runs.start(settings, Params(seed=1, time_limit=SOLVER_SECONDS))
    proposal = waiting.wait()
    assert isinstance(proposal, Proposal), proposal
    settle(office)
    return proposal


def _kept(office: Office, proposal: Proposal) -> None:
    waiting = _Waiting()
    office.runner.work(
        waiting, lambda desk: keep_proposal(desk, proposal, check_proposal(desk.store, proposal)), waiting.take
    )
    waiting.wait()
    settle(office)


def _stalled(what: str, watch: StallWatch, aim: float | None) -> Row:
    remark = f"99 % of ticks under {1000 * watch.share(0.99):.0f} ms"
    if watch.longest.seen:
        remark += f"; at the longest {watch.longest.seen.split('; ')[0]}"
    made = row(f"longest stall while {what}", watch.longest.seconds, aim, remark)
    watch.restart()
    return made


def changing() -> list[Row]:
    """A plan of the large company held open, and changed by hand."""
    with tempfile.TemporaryDirectory() as folder, open_copy(Path(folder)) as store:
        desk = Desk(store, CLOCK, "bench")
        opened: Timed = []
        plan = timed(partial(open_plan, store, draft_of(store)), opened)
        verdicts = judged(plan)
        searches, offers = offered(plan)
        drops = dropped(plan, offers)
        moves, again, undos = committed(desk, plan, offers)
    return [
        row("open the plan", opened[0], 1500, "in the worker, nothing of it known before"),
        row("open it again after a move", statistics.median(again), None, f"median of {len(again)}"),
        row("verdict under the hand, 95 %", share_of(verdicts, 0.95), 5, f"{len(verdicts)} places, each new"),
        row("verdict under the hand, longest", max(verdicts), None),
        row("picture after a drop, 95 %", share_of(drops, 0.95), 20, f"{len(drops)} legal places"),
        row("all places of a request, longest", max(searches), 1000, f"{len(searches)} requests"),
        row("store a move, longest", max(moves), 500, f"{len(moves)} moves, each undone"),
        row("undo a move, longest", max(undos), 500),
    ]


def urgent() -> list[Row]:
    """Urgent bookings beside the large company's draft, each at another factory."""
    times = measure_urgent()

    def step(what: str, step: Step, part: float, aim_ms: float | None = None, remark: str = "") -> Row:
        processor = f"{1000 * share_of(step.processor, part):.0f} ms of processor"
        return row(what, share_of(step.wall, part), aim_ms, f"{remark}; {processor}" if remark else processor)

    asked = f"{len(times.able)} factories, {statistics.median(times.able):.0f} people can at the median one"
    return [
        step("open the plan for urgent bookings", times.opened, 1, None, "in the worker, once"),
        step("read what belongs to a factory, 95 %", times.read, 0.95, None, "in the worker"),
        step("urgent: from the form to ranked places, median", times.direct, 0.5, 50, asked),
        step("urgent: from the form to ranked places, 95 %", times.direct, 0.95, 50),
        step("urgent: with moves of one and two, median", times.first, 0.5, 1000, "first form of a factory"),
        step("urgent: with moves of one and two, 95 %", times.first, 0.95, 1000),
        step("urgent: the same as the form is typed on, 95 %", times.again, 0.95, 1000),
        step("urgent: why not, of everybody, 95 %", times.refused, 0.95),
        step("urgent: store the booking, longest", times.booked, 1, None, f"{len(times.booked.wall)}, each undone"),
    ]


def share_of(times: Timed, part: float) -> float:
    """What so many of all times stay below."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def starting() -> list[Row]:
    """The real program on the large company, several times, first page requests and first page board."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        database = copy_of(large_company(), Path(folder))
        for page in ("requests", "board"):
            times = started(database, page)
            remark = f"median of {len(times.wall)}; window shown after {statistics.median(times.shown):.2f} s; "
            remark += f"{statistics.median(times.processor):.2f} s of processor"
            rows.append(row(f"process start to {page} that can be used", statistics.median(times.wall), 2000, remark))
    return rows


def listing() -> list[Row]:
    """The list of requests with 100,000 of them; times end when the table shows the result."""
    found = measure_requests(MANY_REQUESTS)
    names = {"filter_ms": "filter", "sort_ms": "sort", "search_ms": "search"}
    rows = [row(f"{what} {MANY_REQUESTS:,} requests, 95 %", found[name] / 1000, 100) for name, what in names.items()]
    return [*rows, row("scroll the list by a notch, 95 %", found["scroll_ms"] / 1000, 16)]


def painting() -> list[Row]:
    """The board while it is scrolled: with every sign that bars can carry, and as it is on the large company."""
    drawn = measure_board()
    with large_office() as office:
        office.window.show_page("board")
        settle(office)
        frames, processor, whole = _scrolled(office)
    return [
        row(
            "paint of the board while scrolling, 95 %", drawn["scroll_p95_ms"] / 1000, 16, "700 people, 14 days, drawn"
        ),
        row("paint of the board, page by page, longest", drawn["page_max_ms"] / 1000, None, "every line new"),
        row(
            "paint of the large company's board while scrolling, 95 %",
            share_of(frames, 0.95),
            16,
            f"{whole} of {len(frames)} notches whole at once; {1000 * share_of(processor, 0.95):.1f} ms of processor",
        ),
        row("paint of the large company's board, longest", max(frames), None),
    ]


def _scrolled(office: Office) -> tuple[Timed, Timed, int]:
    """A hand turns the wheel from the first person to the last: seconds of frames, of processor in them, whole ones."""
    shown = office.window.page
    assert isinstance(shown, BoardPage)
    frames: Timed = []
    processor: Timed = []
    whole = 0
    bar, view = shown.canvas.verticalScrollBar(), shown.canvas.viewport()
    while bar.value() < bar.maximum():
        begun, used = time.perf_counter(), time.thread_time()
        wheel(view, -1)
        view.repaint()
        processor.append(time.thread_time() - used)
        frames.append(time.perf_counter() - begun)
        whole += shown.canvas.is_finished
        work(NOTCH_SECONDS)
    return frames, processor, whole


GROUPS: dict[str, Callable[[], list[Row]]] = {
    "starting": starting,
    "painting": painting,
    "listing": listing,
    "switching": switching,
    "dragging": dragging,
    "changing": changing,
    "urgent": urgent,
    "stalls": stalls,
}


def run_alone(name: str) -> list[Row]:
    """Measure a group in a process of its own; gives its rows."""
    done = subprocess.run((sys.executable, "-m", __name__, name), stdout=subprocess.PIPE, check=True)
    rows: list[Row] = json.loads(done.stdout)
    return rows


if __name__ == "__main__":
    json.dump(GROUPS[sys.argv[1]](), sys.stdout)
