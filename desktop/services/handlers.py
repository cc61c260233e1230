"""Which function carries out which command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.services import commands
from desktop.services.changes import Step
from desktop.services.dispatching.recording import begin_sendings, record_answer, record_sendings, set_reminder
from desktop.services.editing.arrivals import record_arrival
from desktop.services.editing.checklists import store_checklist
from desktop.services.editing.disruption import report_not_ready, report_overrun
from desktop.services.editing.factories import (
    add_client,
    add_factory,
    add_order,
    close_factory,
    open_factory,
    report_progress,
    set_production_window,
)
from desktop.services.editing.merging import merge_factories
from desktop.services.editing.rates import set_client_rate, set_exchange_rate
from desktop.services.editing.records import edit_record
from desktop.services.editing.requests import add_request, cancel_request, exclude_inspector, set_affinity
from desktop.services.editing.roster import (
    add_inspector,
    grant_permit,
    record_absence,
    remove_absence,
    revoke_permit,
    set_day_exception,
)
from desktop.services.editing.series import split_monitoring
from desktop.services.editing.settings import change_setting, set_calendar_day
from desktop.services.exchange.foreign.profiles import save_import_profile
from desktop.services.exchange.importing import import_records
from desktop.services.inspection.acting import advance_action, change_action, open_actions_of, reopen_action
from desktop.services.inspection.attaching import attach_file, describe_file, remove_file
from desktop.services.inspection.day import abort_visit, record_finished, record_travelling, take_back_time
from desktop.services.inspection.follow_ups import book_follow_up
from desktop.services.inspection.results import (
    receive_report,
    record_client_decision,
    record_result,
    release_report,
    review_report,
)
from desktop.services.planning.adopting import adopt_plan, discard_plan
from desktop.services.planning.moving import move_visit, pin_request, unassign_visit, unpin_request
from desktop.services.planning.publishing import publish_plan
from desktop.services.planning.publishing_part import publish_visits
from desktop.services.planning.revising import revise_plan
from desktop.services.planning.storing import import_problem
from desktop.services.undo import revert_change
from desktop.services.urgent.booking import book_urgent
from desktop.services.urgent.holding import (
    confirm_hold,
    hold_slot,
    offer_hold,
    release_expired_holds,
    release_hold,
)
from desktop.services.work import Work
from desktop.services.worth.keeping import keep_study

Handler = Callable[[Work, Any], Step]

HANDLERS: Mapping[type, Handler] = {
    commands.RevertChange: revert_change,
    # records
    commands.AddClient: add_client,
    commands.AddFactory: add_factory,
    commands.AddOrder: add_order,
    commands.AddInspector: add_inspector,
    commands.AddRequest: add_request,
    commands.EditRecord: edit_record,
    commands.CancelRequest: cancel_request,
    commands.SplitMonitoring: split_monitoring,
    commands.ExcludeInspector: exclude_inspector,
    commands.SetAffinity: set_affinity,
    commands.RecordArrival: record_arrival,
    commands.RecordAbsence: record_absence,
    commands.RemoveAbsence: remove_absence,
    commands.GrantPermit: grant_permit,
    commands.RevokePermit: revoke_permit,
    commands.SetDayException: set_day_exception,
    commands.CloseFactory: close_factory,
    commands.OpenFactory: open_factory,
    commands.MergeFactories: merge_factories,
    commands.SetProductionWindow: set_production_window,
    commands.SetClientRate: set_client_rate,
    commands.SetExchangeRate: set_exchange_rate,
    commands.ReportProgress: report_progress,
    commands.ReportNotReady: report_not_ready,
    commands.ReportOverrun: report_overrun,
    commands.ChangeSetting: change_setting,
    commands.SetCalendarDay: set_calendar_day,
    commands.StoreChecklist: store_checklist,
    # dispatching
    commands.BeginSendings: begin_sendings,
    commands.RecordSendings: record_sendings,
    commands.RecordAnswer: record_answer,
    commands.SetReminder: set_reminder,
    # exchange
    commands.ImportRecords: import_records,
    commands.ImportProblem: import_problem,
    commands.SaveImportProfile: save_import_profile,
    # the day of a visit, and after
    commands.RecordTravelling: record_travelling,
    commands.RecordFinished: record_finished,
    commands.AbortVisit: abort_visit,
    commands.TakeBackTime: take_back_time,
    commands.RecordResult: record_result,
    commands.RecordClientDecision: record_client_decision,
    commands.ReceiveReport: receive_report,
    commands.ReviewReport: review_report,
    commands.ReleaseReport: release_report,
    commands.AttachFile: attach_file,
    commands.DescribeFile: describe_file,
    commands.RemoveFile: remove_file,
    commands.OpenActions: open_actions_of,
    commands.AdvanceAction: advance_action,
    commands.ReopenAction: reopen_action,
    commands.ChangeAction: change_action,
    commands.BookFollowUp: book_follow_up,
    # planning
    commands.AdoptPlan: adopt_plan,
    commands.DiscardPlan: discard_plan,
    commands.MoveVisit: move_visit,
    commands.UnassignVisit: unassign_visit,
    commands.PinRequest: pin_request,
    commands.UnpinRequest: unpin_request,
    commands.PublishPlan: publish_plan,
    commands.PublishVisits: publish_visits,
    commands.RevisePlan: revise_plan,
    commands.KeepStudy: keep_study,
    # urgent bookings
    commands.BookUrgent: book_urgent,
    commands.HoldSlot: hold_slot,
    commands.OfferHold: offer_hold,
    commands.ConfirmHold: confirm_hold,
    commands.ReleaseHold: release_hold,
    commands.ReleaseExpiredHolds: release_expired_holds,
}
