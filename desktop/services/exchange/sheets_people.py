"""The sheets of inspectors: who they are, when they are away, where they are, where they have been."""

from __future__ import annotations

from desktop.models import Absence, DayException, Inspector, InspectorPosition, PastVisit
from desktop.services.exchange.columns import NEEDED, Column, Faults, Sheet, Values
from desktop.services.exchange.kinds import (
    CERTIFICATES,
    CODE,
    COUNT,
    COUNTRY,
    DATE,
    DATE_LIST,
    EMAIL,
    FIRST_HALF,
    LABEL,
    LAST_HALF,
    LATITUDE,
    LONGITUDE,
    MONEY,
    MONEY_LIST,
    NAMES,
    PERMITS,
    SERVICES,
    SKILLS,
    TEXT,
    WEEKDAY_LIST,
    WHOLE,
    YES_NO,
    choice,
)

WORKING_WEEK = (0, 1, 2, 3, 4)
SHEET_LANGUAGE = choice("language", {"zh": ("Chinese", "中文"), "vi": ("Vietnamese", "Tiếng Việt"), "en": ("English",)})


def _inspector_faults(values: Values) -> Faults:
    if not 1 <= len(values["day_costs_cents"]) <= 7:
        return {"day_costs_cents": ("names no day, or more than a week has", "Write 1 to 7 amounts")}
    if any(cents < 0 for cents in values["day_costs_cents"]):
        return {"day_costs_cents": ("has an amount below 0", "Write 0 for a day that costs nothing")}
    return {}


def _absence_faults(values: Values) -> Faults:
    if values["last_slot"] < values["first_slot"]:
        return {"last_slot": ("lies before the first day", "Exchange the two, or correct one")}
    return {}


def _position_faults(values: Values) -> Faults:
    place = ("start_slot", "lat", "lon", "country")
    if len({values[field] is None for field in place}) == 1:
        return {}
    return {
        field: ("is blank, while others of From, Latitude, Longitude and Country are given", "Fill all four, or none")
        for field in place
        if values[field] is None
    }


INSPECTORS = Sheet(
    "inspector",
    "Inspectors",
    "inspector",
    (
        Column("Code", "code", CODE, "Short name that plans refer to.", "I900", NEEDED, aliases=("工号", "Mã NV")),
        Column("Name", "name", LABEL, "Name in Latin letters.", "Li Example", NEEDED, aliases=("姓名", "Họ tên")),
        Column("Local name", "local_name", LABEL, "Name in Chinese or Vietnamese.", aliases=("Chinese name", "中文名")),
        Column(
            "Phone",
            "phone",
            LABEL,
            "With the country's prefix.",
            "+86 000 0000 0000",
            aliases=("Mobile", "电话", "手机"),
        ),
        Column("E-mail", "email", EMAIL, "Where dispatches go.", "li@example.com", aliases=("Email", "邮箱")),
        Column("Team", "team", LABEL, "Group of the roster.", "South", aliases=("Group", "组")),
        Column(
            "Home address", "home_address", TEXT, "Where journeys begin.", "2 Example Lane", aliases=("Address", "住址")
        ),
        Column(
            "Latitude", "lat", LATITUDE, "Degrees north, of home.", "23.02", NEEDED, aliases=("Lat", "纬度", "Vĩ độ")
        ),
        Column(
            "Longitude",
            "lon",
            LONGITUDE,
            "Degrees east, of home.",
            "113.75",
            NEEDED,
            aliases=("Lon", "Lng", "经度", "Kinh độ"),
        ),
        Column("Country", "country", COUNTRY, "Of home: CN or VN.", "CN", NEEDED, aliases=("国家", "Quốc gia")),
        Column(
            "Services", "services", SERVICES, "What may be given to this person.", "DUPRO; PSI", (), aliases=("服务",)
        ),
        Column(
            "Skills",
            "skills",
            SKILLS,
            "Product skills with levels 1 to 5.",
            "garment 4; textile 3",
            (),
            aliases=("技能",),
        ),
        Column("Languages", "languages", NAMES, "Spoken at work.", "zh; en", (), aliases=("语言", "Ngôn ngữ")),
        Column(
            "Messages in",
            "sheet_language",
            SHEET_LANGUAGE,
            "Language of messages and work sheets. Default: that of the country.",
            "zh",
        ),
        Column(
            "Certificates",
            "certificates",
            CERTIFICATES,
            "Each with its last valid day.",
            "gb-electrical until 2028-06-30",
            (),
            aliases=("证书",),
        ),
        Column(
            "Permits",
            "permits",
            PERMITS,
            "Areas that may be worked in, with a last day where there is one.",
            "广东省; 福建省 until 2028-06-30",
            (),
            aliases=("Areas", "地区"),
        ),
        Column(
            "Weekdays",
            "weekdays",
            WEEKDAY_LIST,
            'Worked in a plain week. Blank: Mon-Fri; "none": on no day but those of Day exceptions.',
            "Mon-Sat",
            WORKING_WEEK,
            aliases=("Working days",),
        ),
        Column("Works on holidays", "works_on_holidays", YES_NO, "Whether holidays are worked.", "no", False),
        Column(
            "Travels on rest days", "travels_on_rest_days", YES_NO, "Whether days off may be travelled on.", "no", False
        ),
        Column(
            "Day costs (USD)",
            "day_costs_cents",
            MONEY_LIST,
            "Of the 1st, 2nd, ... day worked in a week; as many as may be worked.",
            "60; 60; 60; 60; 60; 90",
            NEEDED,
            aliases=("Day costs",),
        ),
        Column(
            "Weekend premium (USD)",
            "weekend_premium_cents",
            MONEY,
            "On top, for a day at the weekend.",
            "20",
            0,
            aliases=("Weekend premium",),
        ),
        Column(
            "Holiday premium (USD)",
            "holiday_premium_cents",
            MONEY,
            "On top, for a public holiday.",
            "120",
            0,
            aliases=("Holiday premium",),
        ),
        Column(
            "Night (USD)", "night_cost_cents", MONEY, "A night away from home.", "30", NEEDED, aliases=("Night cost",)
        ),
        Column(
            "Travel day (USD)",
            "travel_day_cost_cents",
            MONEY,
            "A day spent travelling.",
            "35",
            NEEDED,
            aliases=("Travel day cost",),
        ),
        Column("Most days in a row", "max_consecutive_days", COUNT, "Longest run of days worked.", "6", 6),
        Column("Active", "active", YES_NO, "Whether this person is planned.", "yes", True),
    ),
    ("code",),
    Inspector,
    "The roster.",
    aliases=("Inspector", "Roster", "Inspectors roster", "验货员", "Nhân viên"),
    check=_inspector_faults,
)

ABSENCES = Sheet(
    "absence",
    "Absences",
    "absence",
    (
        Column(
            "Inspector", "inspector", CODE, "Code of the inspector.", "I900", NEEDED, "inspector", ("工号", "Mã NV")
        ),
        Column(
            "From",
            "first_slot",
            FIRST_HALF,
            'A day, or "2026-12-01 afternoon".',
            "2026-12-01 afternoon",
            NEEDED,
            aliases=("First day", "Start", "开始"),
        ),
        Column(
            "To",
            "last_slot",
            LAST_HALF,
            'The last day, or "2026-12-03 morning".',
            "2026-12-03",
            NEEDED,
            aliases=("Last day", "Until", "End", "结束"),
        ),
        Column("Kind", "kind", LABEL, "Leave, sickness, training.", "leave", "leave", aliases=("Type", "类型")),
        Column("Note", "note", TEXT, "Anything else.", aliases=("Remark", "备注")),
    ),
    ("inspector", "first_slot", "last_slot"),
    Absence,
    "Days and half-days on which somebody cannot work.",
    aliases=("Absence", "Leave", "请假", "Nghỉ phép"),
    repeats=True,
    check=_absence_faults,
)

EXCEPTIONS = Sheet(
    "exception",
    "Day exceptions",
    "day exception",
    (
        Column(
            "Inspector", "inspector", CODE, "Code of the inspector.", "I900", NEEDED, "inspector", ("工号", "Mã NV")
        ),
        Column("Day", "date", DATE, "The day that differs.", "2026-12-06", NEEDED, aliases=("Date", "日期")),
        Column("Morning", "morning", YES_NO, "Whether the morning is worked. Blank: as usual.", "yes", None),
        Column("Afternoon", "afternoon", YES_NO, "Whether the afternoon is worked. Blank: as usual.", "yes", None),
        Column("May travel", "may_travel", YES_NO, "Whether the day may be travelled on. Blank: as usual.", "", None),
        Column(
            "Premium (USD)",
            "premium_cents",
            MONEY,
            "On top, for work on that day. Blank: as usual.",
            "25",
            None,
            aliases=("Premium",),
        ),
    ),
    ("inspector", "date"),
    DayException,
    "Single days on which somebody's week differs.",
    aliases=("Exceptions",),
)

POSITIONS = Sheet(
    "position",
    "Positions",
    "position",
    (
        Column(
            "Inspector", "inspector", CODE, "Code of the inspector.", "I900", NEEDED, "inspector", ("工号", "Mã NV")
        ),
        Column("As of", "as_of", DATE, "First day of the plan that it is stated for.", "2026-12-07", NEEDED),
        Column("Days this week", "days_this_week", WHOLE, "Worked in that calendar week before the day.", "0", 0),
        Column("Days in a row", "consecutive_days", WHOLE, "The run of days worked that ends the day before.", "3", 0),
        Column(
            "From",
            "start_slot",
            FIRST_HALF,
            "When the person is free, away from home. Blank: at home.",
            "2026-12-07 afternoon",
            None,
        ),
        Column("Latitude", "lat", LATITUDE, "Where the person is then.", "22.54", None, aliases=("Lat",)),
        Column("Longitude", "lon", LONGITUDE, "Where the person is then.", "114.06", None, aliases=("Lon", "Lng")),
        Column("Country", "country", COUNTRY, "Where the person is then.", "CN", None),
        Column(
            "Worked days",
            "worked_dates",
            DATE_LIST,
            "Days from that day on that count as worked already.",
            "2026-12-07",
            (),
        ),
    ),
    ("inspector", "as_of"),
    InspectorPosition,
    "Where somebody is and what he has worked when a plan begins, where it does not follow from published visits.",
    check=_position_faults,
)

PAST_VISITS = Sheet(
    "past_visit",
    "Past visits",
    "past visit",
    (
        Column(
            "Inspector", "inspector", CODE, "Code of the inspector.", "I900", NEEDED, "inspector", ("工号", "Mã NV")
        ),
        Column("Factory", "factory", CODE, "Code of the factory.", "F900", NEEDED, "factory", ("工厂编号", "Mã NM")),
        Column("Day", "visited_on", DATE, "Day of the visit.", "2026-10-09", NEEDED, aliases=("Date", "日期")),
    ),
    ("inspector", "factory", "visited_on"),
    PastVisit,
    "Visits made before this database knew of them: they count for rotation.",
    repeats=True,
)
