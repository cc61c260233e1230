"""What came after a visit of the sample: its times, what kinds of defects there were, and what is done about them.

Everything is drawn from the visit's own number, so that it shifts nothing else. Defects and corrective actions are
written for the latest visits only: nobody looks at older ones, and years of them would make the sample large.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.models import CorrectiveAction, Defect
from desktop.services.demo.writer import RowWriter
from desktop.services.trade.results import HOUSE_RESULTS, STEPS

REVIEWERS = ("Nguyen Thu Ha", "Zhou Min", "Elena Marsh")
RECENT_DAYS = 40
LATELY = dt.timedelta(hours=24)
FORGOTTEN = 0.015  # of the reports
WRITING = (0.5, 0.7, 0.9)
LEAST = tuple(dt.timedelta(hours=hours) for hours in (0, 12, 18, 21))
IN_TIME, LATE = (0.4, 0.6, 0.75, 0.9), (1.4, 2.0)
"""How long a step of an action takes, as a share of its days: of most, and of the few that are late."""
MOSTLY = 0.95
LEAST_ON_SITE = dt.timedelta(minutes=60)
FINDINGS = {
    "critical": ("needle left in a piece", "sharp edge within reach", "mould in a carton"),
    "major": ("open seam", "hole in the fabric", "part does not fit", "wrong colour", "function fails", "wrong label"),
    "minor": ("loose thread", "light stain", "scratch on the back", "creased packing", "uneven print"),
}
CAUSES = ("worn tool", "new worker on the line", "wrong setting after a change of style", "raw material of two lots")
SOLUTIONS = (
    ("all pieces made are checked and mended", "the tool is changed every day"),
    ("pieces with the defect are taken out and made again", "the line leader checks the first ten of each hour"),
    ("the lot is sorted by the factory", "the instruction hangs at the workplace"),
)
MISSING = ("the colour card had not come", "the carton drop test", "function of the samples in the mail")
ABORTS = ("not ready", "not ready", "not ready", "wrong address", "refused entry", "other")


@dataclass(frozen=True, slots=True)
class Made:
    """A visit that was made, as its aftermath needs it.

    Attributes:
        zone: of the factory.
        ends: when its last day ends; `sent`: when its report went out, whether that has come yet or not.
        columns: of its result, by name.
        accept: the major and minor defects that are accepted; None where no sample was drawn.
    """

    visit: int
    zone: dt.tzinfo
    ends: dt.datetime
    sent: dt.datetime
    arrived: dt.datetime
    columns: dict[str, object]
    lot: int
    accept: tuple[int, int] | None


def result_columns(made: Made, now: dt.datetime) -> dict[str, object]:
    """The columns of a result that tell of the visit's end, its report and its outcome, as far as they have come."""
    rng = random.Random(7 * made.visit)
    finished = min(max(made.ends - dt.timedelta(minutes=rng.randrange(15, 120)), made.arrived + LEAST_ON_SITE), now)
    sent = max(made.sent, finished + 2 * LEAST_ON_SITE)
    if now - made.ends < LATELY:
        sent = max(sent, made.ends + rng.choice(LEAST))  # in time, and yet seen on its way in a small firm too
    if rng.random() < FORGOTTEN:
        sent = max(sent, made.ends + 3 * LATELY)
    came_in = finished + (sent - finished) * rng.choice(WRITING)
    reviewed = sent - (sent - came_in) * 0.4
    decided = None if came_in > now else came_in
    columns = made.columns if decided is not None else _not_known_yet(made.columns)
    is_aborted = columns["outcome"] == "aborted"
    accept = made.accept if decided is not None and columns["sample_size"] is not None else None
    return columns | {
        "finished_at": finished,
        "abort_reason": rng.choice(ABORTS) if is_aborted else "",
        "decided_at": decided,
        "lot": None if accept is None else made.lot,
        "accept_major": None if accept is None else accept[0],
        "accept_minor": None if accept is None else accept[1],
        "missing": rng.choice(MISSING) if columns["outcome"] == "pending" and decided is not None else "",
        "report_in_at": decided,
        "reviewed_at": None if reviewed > now else reviewed,
        "reviewed_by": "" if reviewed > now else rng.choice(REVIEWERS),
        "report_sent_at": None if sent > now else sent,
    }


def result_of_begun(columns: dict[str, object]) -> dict[str, object]:
    """The same of a visit whose work goes on."""
    never = dict.fromkeys(("finished_at", "decided_at", "report_in_at", "reviewed_at", "report_sent_at"))
    unknown = dict.fromkeys(("lot", "accept_major", "accept_minor"))
    return _not_known_yet(columns) | never | unknown | dict.fromkeys(("abort_reason", "missing", "reviewed_by"), "")


def write_findings(writer: RowWriter, made: Made, result: int, columns: dict[str, object], now: dt.datetime) -> None:
    """Defects of a late visit, and the corrective actions where it failed or is pending."""
    decided = columns["decided_at"]
    if not isinstance(decided, dt.datetime) or (now - made.ends).days > RECENT_DAYS:
        return
    rng = random.Random(11 * made.visit)
    calls = columns["outcome"] in ("fail", "pending")
    for position, (severity, number, text) in enumerate(_kinds(rng, columns), 1):
        defect = writer.add(
            Defect, result_id=result, position=position, severity=severity, number=number, text=text, item=""
        )
        if calls and severity != "minor":
            _write_action(writer, rng, made, (defect, severity, text), (decided, now))


def _not_known_yet(columns: dict[str, object]) -> dict[str, object]:
    """A result whose report is not in."""
    none_found = dict.fromkeys(("critical_found", "major_found", "minor_found"), 0)
    return columns | none_found | {"outcome": "pending", "sample_size": None}


def _kinds(rng: random.Random, columns: dict[str, object]) -> Iterator[tuple[str, int, str]]:
    """The defects found by class, told as one, two or three kinds each."""
    for severity in ("critical", "major", "minor"):
        left = columns[f"{severity}_found"]
        assert isinstance(left, int)
        texts = rng.sample(FINDINGS[severity], 3)
        while left > 0:
            number = left if len(texts) == 1 else rng.randint(1, left)
            yield severity, number, texts.pop()
            left -= number


def _write_action(
    writer: RowWriter,
    rng: random.Random,
    made: Made,
    about: tuple[int, str, str],
    span: tuple[dt.datetime, dt.datetime],
) -> None:
    """An action that is as far as it would be by now: most are quicker than the house asks for, a few are late."""
    (defect, severity, text), (opened, now) = about, span
    days = HOUSE_RESULTS.days_of(severity)
    pace = rng.choice(IN_TIME if rng.random() < MOSTLY else LATE)
    done: list[dt.datetime] = []
    at = opened
    for step in days:
        at += dt.timedelta(days=max(0.3, step * pace))
        if at > now:
            break
        done.append(at)
    known = [*done, *[None] * (len(STEPS) - len(done))]
    since = done[-1] if done else opened
    solution = rng.choice(SOLUTIONS) if len(done) > 2 else ("", "")
    writer.add(
        CorrectiveAction,
        visit_id=made.visit,
        defect_id=defect,
        severity=severity,
        text=text,
        owner="",
        owner_party="factory",
        opened_at=opened,
        due=since.astimezone(made.zone).date() + dt.timedelta(days=days[min(len(done), len(days) - 1)]),
        communicated_at=known[0],
        communicated_to="the factory's quality manager" if known[0] else "",
        root_cause_at=known[1],
        root_cause=rng.choice(CAUSES) if known[1] else "",
        solution_at=known[2],
        for_made=solution[0],
        for_coming=solution[1],
        verified_at=known[3],
        verified_by=rng.choice(REVIEWERS) if known[3] else "",
        verification="twenty pieces looked at, none with the defect" if known[3] else "",
    )
