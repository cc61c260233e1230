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

__all__ = [
    "AddClient",
    "AddFactory",
    "AddInspector",
    "AddOrder",
    "AddRequest",
    "AdoptPlan",
    "BeginSendings",
    "BookUrgent",
    "CancelRequest",
    "ChangeSetting",
    "CloseFactory",
    "Command",
    "ConfirmHold",
    "DiscardPlan",
    "EditRecord",
    "ExcludeInspector",
    "GrantPermit",
    "HoldSlot",
    "ImportProblem",
    "ImportRecords",
    "MergeFactories",
    "MoveVisit",
    "OfferHold",
    "OpenFactory",
    "PinRequest",
    "PublishPlan",
    "PublishVisits",
    "RecordAbsence",
    "RecordAnswer",
    "RecordArrival",
    "RecordSendings",
    "ReleaseExpiredHolds",
    "ReleaseHold",
    "RemoveAbsence",
    "ReportNotReady",
    "ReportOverrun",
    "ReportProgress",
    "RevertChange",
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
