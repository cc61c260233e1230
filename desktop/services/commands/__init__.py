"""Every change that a user can ask for, as a frozen value. Codes are those that people see: R00012, I0003.

`version`, where a command has one, is that of the record its sender saw; None skips the check.
"""

from __future__ import annotations

from desktop.services.commands.dispatching import BeginSendings, RecordAnswer, RecordSendings, SetReminder
from desktop.services.commands.disruption import ReportNotReady, ReportOverrun
from desktop.services.commands.factories import CloseFactory, MergeFactories, OpenFactory, ReportProgress
from desktop.services.commands.house import (
    ChangeSetting,
    SetCalendarDay,
    SetClientRate,
    SetExchangeRate,
    SetProductionWindow,
    StoreChecklist,
)
from desktop.services.commands.inspection import (
    AbortVisit,
    AdvanceAction,
    AttachFile,
    BookFollowUp,
    ChangeAction,
    DescribeFile,
    OpenActions,
    ReceiveReport,
    RecordClientDecision,
    RecordFinished,
    RecordResult,
    RecordTravelling,
    ReleaseReport,
    RemoveFile,
    ReopenAction,
    ReviewReport,
    TakeBackTime,
)
from desktop.services.commands.intake import ImportProblem, ImportRecords, SaveImportProfile
from desktop.services.commands.planning import (
    AdoptPlan,
    DiscardPlan,
    MoveVisit,
    PinRequest,
    PublishPlan,
    PublishVisits,
    RevisePlan,
    UnassignVisit,
    UnpinRequest,
)
from desktop.services.commands.records import AddClient, AddFactory, AddInspector, AddOrder, EditRecord
from desktop.services.commands.requests import (
    AddRequest,
    CancelRequest,
    ExcludeInspector,
    RecordArrival,
    SetAffinity,
    SplitMonitoring,
)
from desktop.services.commands.roster import GrantPermit, RecordAbsence, RemoveAbsence, RevokePermit, SetDayException
from desktop.services.commands.undoing import RevertChange
from desktop.services.commands.urgent import (
    BookUrgent,
    ConfirmHold,
    HoldSlot,
    OfferHold,
    ReleaseExpiredHolds,
    ReleaseHold,
    UrgentMove,
)
from desktop.services.commands.worth import KeepStudy

__all__ = [
    "AbortVisit",
    "AddClient",
    "AddFactory",
    "AddInspector",
    "AddOrder",
    "AddRequest",
    "AdoptPlan",
    "AdvanceAction",
    "AttachFile",
    "BeginSendings",
    "BookFollowUp",
    "BookUrgent",
    "CancelRequest",
    "ChangeAction",
    "ChangeSetting",
    "CloseFactory",
    "Command",
    "ConfirmHold",
    "DescribeFile",
    "DiscardPlan",
    "EditRecord",
    "ExcludeInspector",
    "GrantPermit",
    "HoldSlot",
    "ImportProblem",
    "ImportRecords",
    "KeepStudy",
    "MergeFactories",
    "MoveVisit",
    "OfferHold",
    "OpenActions",
    "OpenFactory",
    "PinRequest",
    "PublishPlan",
    "PublishVisits",
    "ReceiveReport",
    "RecordAbsence",
    "RecordAnswer",
    "RecordArrival",
    "RecordClientDecision",
    "RecordFinished",
    "RecordResult",
    "RecordSendings",
    "RecordTravelling",
    "ReleaseExpiredHolds",
    "ReleaseHold",
    "ReleaseReport",
    "RemoveAbsence",
    "RemoveFile",
    "ReopenAction",
    "ReportNotReady",
    "ReportOverrun",
    "ReportProgress",
    "RevertChange",
    "ReviewReport",
    "RevisePlan",
    "RevokePermit",
    "SaveImportProfile",
    "SetAffinity",
    "SetCalendarDay",
    "SetClientRate",
    "SetDayException",
    "SetExchangeRate",
    "SetProductionWindow",
    "SetReminder",
    "SplitMonitoring",
    "StoreChecklist",
    "TakeBackTime",
    "UnassignVisit",
    "UnpinRequest",
    "UrgentMove",
]

Command = (
    RevertChange
    | ImportRecords
    | ImportProblem
    | SaveImportProfile
    | AddClient
    | AddFactory
    | AddOrder
    | AddInspector
    | EditRecord
    | AddRequest
    | CancelRequest
    | SplitMonitoring
    | ExcludeInspector
    | SetAffinity
    | RecordArrival
    | AbortVisit
    | AdvanceAction
    | AttachFile
    | BookFollowUp
    | ChangeAction
    | DescribeFile
    | OpenActions
    | ReceiveReport
    | RecordClientDecision
    | RecordFinished
    | RecordResult
    | RecordTravelling
    | ReleaseReport
    | RemoveFile
    | ReopenAction
    | ReviewReport
    | TakeBackTime
    | RecordAbsence
    | RemoveAbsence
    | GrantPermit
    | RevokePermit
    | SetDayException
    | CloseFactory
    | OpenFactory
    | MergeFactories
    | SetProductionWindow
    | SetClientRate
    | SetExchangeRate
    | ReportProgress
    | ReportNotReady
    | ReportOverrun
    | ChangeSetting
    | SetCalendarDay
    | StoreChecklist
    | KeepStudy
    | AdoptPlan
    | DiscardPlan
    | MoveVisit
    | UnassignVisit
    | PinRequest
    | UnpinRequest
    | PublishPlan
    | PublishVisits
    | RevisePlan
    | BookUrgent
    | ConfirmHold
    | HoldSlot
    | OfferHold
    | ReleaseExpiredHolds
    | ReleaseHold
    | BeginSendings
    | RecordSendings
    | RecordAnswer
    | SetReminder
)

LASTING = (BeginSendings, RecordSendings)
"""Commands whose steps stay, as what has happened outside: undo passes over them, and takes back what was before."""
