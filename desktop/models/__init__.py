"""The persistent records: what is kept, and the invariants that the database itself holds. No Qt, no rules of use."""

from desktop.models.announcement import Announcement, AnnouncementInspector
from desktop.models.attachment import Attachment, FileContent
from desktop.models.base import Base
from desktop.models.calendar import CalendarDay
from desktop.models.checklist import Checklist, ChecklistItem
from desktop.models.client import Client, ClientRate, ProductionWindow
from desktop.models.corrective_action import CorrectiveAction
from desktop.models.factory import Factory, FactoryAlias, FactoryClosure
from desktop.models.history import Change, ChangedRow
from desktop.models.holding import SlotHold
from desktop.models.import_profile import ImportProfile
from desktop.models.inspector import (
    Absence,
    DayException,
    Inspector,
    InspectorCertificate,
    InspectorPosition,
    InspectorSkill,
    PastVisit,
    Permit,
)
from desktop.models.money import ExchangeRate
from desktop.models.notice import Notice, Sending
from desktop.models.order import Order, ProgressReport
from desktop.models.plan import Plan, Unassigned
from desktop.models.request import FollowUp, Pin, PinInspector, Request, RequestAffinity, RequestExclusion
from desktop.models.setting import Setting
from desktop.models.study import AnnouncedChange, Study
from desktop.models.visit import Assignment, Defect, Visit, VisitResult

__all__ = [
    "Absence",
    "AnnouncedChange",
    "Announcement",
    "AnnouncementInspector",
    "Assignment",
    "Attachment",
    "Base",
    "CalendarDay",
    "Change",
    "ChangedRow",
    "Checklist",
    "ChecklistItem",
    "Client",
    "ClientRate",
    "CorrectiveAction",
    "DayException",
    "Defect",
    "ExchangeRate",
    "Factory",
    "FactoryAlias",
    "FactoryClosure",
    "FileContent",
    "FollowUp",
    "ImportProfile",
    "Inspector",
    "InspectorCertificate",
    "InspectorPosition",
    "InspectorSkill",
    "Notice",
    "Order",
    "PastVisit",
    "Permit",
    "Pin",
    "PinInspector",
    "Plan",
    "ProductionWindow",
    "ProgressReport",
    "Request",
    "RequestAffinity",
    "RequestExclusion",
    "Sending",
    "Setting",
    "SlotHold",
    "Study",
    "Unassigned",
    "Visit",
    "VisitResult",
]
