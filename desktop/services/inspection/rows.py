"""What is given out about the day of a visit and what comes after it. Times are aware and in UTC.

`request` is the code by which a visit is named. `zone` is that of the factory, by whose clocks its day is told.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from typing import Literal

from desktop.services.commands.inspection import (
    ActionEntry,
    ActionStep,
    FileKind,
    FollowUpKind,
    OwnerParty,
    Payer,
    Severity,
)

Stage = Literal["planned", "travelling", "on site", "finished", "aborted", "report in", "reviewed", "released"]
STAGES: tuple[Stage, ...] = (
    "planned",
    "travelling",
    "on site",
    "finished",
    "aborted",
    "report in",
    "reviewed",
    "released",
)
"""How far a visit is, in order."""

Outcome = Literal["pass", "fail", "pending", "aborted", ""]
"""What a visit came to; "" while it is not known. Computed, never typed."""


@dataclass(frozen=True, slots=True)
class Person:
    """An inspector of a crew."""

    code: str
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """An announced visit in a list.

    Attributes:
        id: key of the visit, as `ChangeSet` names it.
        request_id: key of its request.
        version: of the visit, for a change that checks it.
        first_day, last_day: planned.
        last_at: when its last recorded time was; None: nothing is recorded.
        report_due: until when the report is to be released; None before the end of work and after the release.
        is_overdue: the report is due and not released.
        actions, actions_overdue: corrective actions that are not verified, and those of them that are late.
        follow_up: code of a request that follows from it, or "".
        abort_reason: why it was aborted, or "".
        client_decision: "accepted", "rejected" or "".
    """

    id: int
    request_id: int
    version: int
    request: str
    service: str
    client: str
    client_name: str
    factory: str
    factory_name: str
    factory_local_name: str
    area: str
    zone: zoneinfo.ZoneInfo
    order: str
    product: str
    crew: tuple[Person, ...]
    first_slot: int
    last_slot: int
    first_day: dt.date
    last_day: dt.date
    stage: Stage
    last_at: dt.datetime | None
    outcome: Outcome
    report_due: dt.datetime | None
    is_overdue: bool
    files: int
    actions: int
    actions_overdue: int
    follow_up: str
    abort_reason: str
    client_decision: str


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Defects of one class: found, most accepted (None: not known or not drawn), pieces that are drawn for it."""

    severity: Severity
    found: int
    accept: int | None
    drawn: int | None

    @property
    def is_over(self) -> bool:
        """Whether more were found than are accepted."""
        return self.accept is not None and self.found > self.accept


@dataclass(frozen=True, slots=True)
class DefectRow:
    """One kind of defect found, by its position from 1."""

    position: int
    severity: Severity
    number: int
    text: str
    item: str


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """What a visit found, and what follows.

    Attributes:
        lot: pieces that the sample is drawn of; None: not known, or no sample is drawn.
        lot_words: what the lot is, or why it is not known.
        sample_planned: pieces to draw; None as `lot`.
        sample_size: pieces that were drawn; None: no result yet, or no sample is drawn.
        outcome: "" while there is no result. `because`: why it is this one, a sentence each.
        critical, major, minor: by class.
    """

    lot: int | None
    lot_words: str
    sample_planned: int | None
    sample_size: int | None
    percent_made: float | None
    critical: ClassCount
    major: ClassCount
    minor: ClassCount
    defects: tuple[DefectRow, ...]
    missing: str
    remark: str
    outcome: Outcome
    because: tuple[str, ...]
    decided_at: dt.datetime | None
    client_decision: str
    client_decided_at: dt.datetime | None
    client_decided_by: str
    client_note: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a visit. `width` and `height` are not kept; `is_image`: it may be shown as a picture."""

    id: int
    version: int
    request: str
    kind: FileKind
    name: str
    media_type: str
    size: int
    sha256: str
    caption: str
    added_at: dt.datetime
    added_by: str

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a corrective action. `at` None: not done. `text` as entered; `more` is what a step says beside it."""

    step: ActionStep
    at: dt.datetime | None
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A corrective action.

    Attributes:
        defect: position of its defect, or None.
        next_step: the one that is open; None: all are done.
        due: of that step. `days_late`: how many days that is past at the factory; 0: not late, or done.
    """

    id: int
    version: int
    request: str
    client: str
    client_name: str
    factory: str
    factory_name: str
    zone: zoneinfo.ZoneInfo
    visit_day: dt.date
    defect: int | None
    severity: Severity
    text: str
    owner: str
    owner_party: OwnerParty
    opened_at: dt.datetime
    due: dt.date
    steps: tuple[StepRow, ...]
    next_step: ActionStep | None
    days_late: int

    @property
    def is_overdue(self) -> bool:
        """Whether its present step is late."""
        return self.days_late > 0


@dataclass(frozen=True, slots=True)
class ActionProposal:
    """A corrective action that a result calls for, as `OpenActions` takes it, with the days given for each step."""

    entry: ActionEntry
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FollowUpProposal:
    """An inspection that a visit leads to, as `BookFollowUp` books it. Nothing is written.

    Attributes:
        because: why, in a sentence.
        code: the code that it gets.
        earliest, latest: its window; None: it follows from the order's production.
        excluded: codes of the inspectors who are not sent again.
        inspection_level: of its sample.
        charge_words: why this party pays, in a sentence.
    """

    kind: FollowUpKind
    because: str
    code: str
    service: str
    client: str
    factory: str
    order: str
    earliest: dt.date | None
    latest: dt.date | None
    charged_to: Payer
    charge_words: str
    excluded: tuple[str, ...]
    inspection_level: str
    aql_major: str
    aql_minor: str


@dataclass(frozen=True, slots=True)
class LinkedRequest:
    """A request before or after this one in a chain of follow-ups."""

    request: str
    kind: FollowUpKind
    service: str
    status: str
    charged_to: Payer


LifeKind = Literal[
    "booked",
    "planned",
    "moved",
    "announced",
    "sent",
    "confirmed",
    "declined",
    "travelling",
    "arrived",
    "finished",
    "aborted",
    "result",
    "report in",
    "reviewed",
    "released",
    "client decided",
    "action",
    "follow-up",
    "cancelled",
]
"""What happens to a visit, in the order in which what happened at one moment is told."""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happened to a visit. `who` "": not on record. `text` is a short main clause without a stop.

    `change_id` names the entry of the history that tells of it, where there is one.
    """

    at: dt.datetime
    kind: LifeKind
    who: str
    text: str
    change_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit whole.

    Attributes:
        address, contact, phone: of the factory.
        times: by the names of `commands.inspection.VisitTime`; those not recorded are not among them.
        possible: what may be done next, as names of commands: "RecordTravelling", "RecordArrival", ...
        charged_cents: for coming in vain.
        follows, follow_ups: the request that it follows from, and those that follow from it.
    """

    row: VisitRow
    address: str
    contact: str
    phone: str
    times: dict[str, dt.datetime]
    reviewed_by: str
    charged_cents: int
    possible: frozenset[str]
    result: ResultSheet
    files: tuple[FileRow, ...]
    actions: tuple[ActionRow, ...]
    proposed_actions: tuple[ActionProposal, ...]
    follows: LinkedRequest | None
    follow_ups: tuple[LinkedRequest, ...]
    proposed_follow_ups: tuple[FollowUpProposal, ...]


@dataclass(frozen=True, slots=True)
class SupplierRecord:
    """What the visits to a factory came to; only decided ones count. `since`: looked back to that day."""

    factory: str
    since: dt.date
    passed: int
    failed: int
    pending: int
    aborted: int
    undecided: int

    @property
    def decided(self) -> int:
        """Inspections with an outcome."""
        return self.passed + self.failed + self.pending


@dataclass(frozen=True, slots=True)
class RotationCount:
    """How often an inspector was at a factory within the days that rotation looks back; aborted visits do not count."""

    inspector: str
    inspector_name: str
    factory: str
    visits: int
    most: int
    last_day: dt.date

    @property
    def is_full(self) -> bool:
        """Whether one more would break rotation."""
        return self.visits >= self.most
