"""The day of a visit and what comes after it: times, result, report, files, corrective actions, follow-ups.

A visit is named by the code of its request: it is the one that is announced. Times without a zone are by the clocks of
the factory; None: now. Each time may be recorded late and corrected; one that contradicts another is refused.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

AbortReason = Literal["not ready", "wrong address", "refused entry", "other"]
Severity = Literal["critical", "major", "minor"]
OwnerParty = Literal["factory", "client", "house"]
ClientDecision = Literal["accepted", "rejected", ""]
VisitTime = Literal["travelling", "arrived", "finished", "report", "reviewed", "released"]
"""The times of a visit in their order; an abort is a `finished` one."""
ActionStep = Literal["communicated", "root cause", "solution", "verified"]
"""The steps of a corrective action in their order."""
FileKind = Literal["photo", "report", "other"]
FollowUpKind = Literal["reinspection", "final"]
Payer = Literal["client", "supplier", "house"]


@dataclass(frozen=True, slots=True)
class DefectEntry:
    """One kind of defect: how many pieces have it. `item` is the key of the checklist's item, or ""."""

    severity: Severity
    number: int
    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class FileContents:
    """A file as `services.inspection.files.read_file` read it: its name, its bytes, their SHA-256 in hex."""

    name: str
    data: bytes = field(repr=False)
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordTravelling:
    """The inspector has left for the factory."""

    request: str
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordFinished:
    """The work on site has ended, with what was found to be made: a share in percent, or pieces, not both.

    What is made goes into the order's forecast as a report of that day. None: not counted. A visit that was recorded
    as aborted is a finished one from now on.
    """

    request: str
    at: dt.datetime | None = None
    percent_made: float | None = None
    pieces_made: int | None = None
    percent_packed: float | None = None


@dataclass(frozen=True, slots=True)
class AbortVisit:
    """The inspector came, or was on the way, in vain.

    `charged_cents` None: as the house charges for the reason. What was made may be told as for `RecordFinished`.
    """

    request: str
    reason: AbortReason
    at: dt.datetime | None = None
    remark: str = ""
    charged_cents: int | None = None
    percent_made: float | None = None
    pieces_made: int | None = None


@dataclass(frozen=True, slots=True)
class TakeBackTime:
    """A time, or the result, was recorded by mistake: it goes. Later steps that need it are to be taken back before.

    Taking back `finished` takes an abort back, and what was reported as made. Taking back `released` changes what is on
    record here: what the client has been sent, the client has.
    """

    request: str
    time: VisitTime | Literal["result"]


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What a visit found; the outcome is computed from it. A second result replaces the first.

    Attributes:
        sample_size: pieces that were drawn; None: as the plan says.
        missing: what of the inspection could not be done, in words; "": nothing is missing.
        pieces_made, percent_made: the lot, where it was not told when the work ended.
    """

    request: str
    defects: tuple[DefectEntry, ...] = ()
    sample_size: int | None = None
    missing: str = ""
    remark: str = ""
    percent_made: float | None = None
    pieces_made: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordClientDecision:
    """What the client decided about goods that did not pass; the outcome stays as it is. "": not decided after all."""

    request: str
    decision: ClientDecision
    by: str = ""
    note: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceiveReport:
    """The inspector's report is in."""

    request: str
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """Somebody other than the inspectors has reviewed the report. `by` "": whoever gives the command."""

    request: str
    by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """The reviewed report has gone out to the client."""

    request: str
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Keep a photo, the report or another file with a visit. `kind` None: by what the file is."""

    request: str
    file: FileContents
    kind: FileKind | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class DescribeFile:
    """Change the caption or the kind of an attached file; None leaves it."""

    attachment: int
    caption: str | None = None
    kind: FileKind | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Take a file away from a visit."""

    attachment: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """A corrective action to be opened. `defect` is its position among the defects found (from 1), None: of several.

    `due` None: by the severity and the first step.
    """

    severity: Severity
    text: str
    owner: str = ""
    owner_party: OwnerParty = "factory"
    due: dt.date | None = None
    defect: int | None = None


@dataclass(frozen=True, slots=True)
class OpenActions:
    """Open corrective actions about what a visit found. None given: those that are proposed."""

    request: str
    actions: tuple[ActionEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvanceAction:
    """The next step of a corrective action is done.

    Attributes:
        step: which; it is the next in order, or one already done whose words are corrected.
        text: to whom it was communicated; the root cause; what is done about the pieces made; how it was verified.
        for_coming: of the solution: what is done about the pieces to come.
        by: of the verification: who verified; "": whoever gives the command.
    """

    action: int
    step: ActionStep
    text: str
    for_coming: str = ""
    by: str = ""
    at: dt.datetime | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ReopenAction:
    """A step turned out not to be done: it and those after it are open again."""

    action: int
    step: ActionStep = "verified"
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeAction:
    """Change who owns a corrective action, when its present step is due, or its words; None leaves it."""

    action: int
    owner: str | None = None
    owner_party: OwnerParty | None = None
    due: dt.date | None = None
    text: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class BookFollowUp:
    """Book the inspection that a visit leads to, as it is proposed but for what is given here.

    `exclude` None: as the house does; else whether the inspectors of the visit are excluded.
    """

    request: str
    kind: FollowUpKind
    code: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None
    charged_to: Payer | None = None
    exclude: bool | None = None
    note: str = ""
