"""The sheet of bookings: what clients ask for, and what the planner has fixed of it."""

from __future__ import annotations

from desktop.models import Request
from desktop.models.request import REQUEST_STATUSES
from desktop.services.exchange.columns import NEEDED, Column, Faults, Sheet, Values
from desktop.services.exchange.kinds import (
    AMOUNTS,
    CODE,
    CODES,
    COUNT,
    DATE,
    FIRST_HALF,
    LABEL,
    LEVEL,
    MODES,
    MOMENT,
    MONEY,
    NAMES,
    SERVICE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
    choices,
)
from desktop.services.trade.sampling import AQLS
from desktop.services.trade.sampling import Level as InspectionLevel
from scheduler.problem import WAIVERS

STATUS = choice("status", {name: () for name in REQUEST_STATUSES})
INSPECTION_LEVEL = choice("inspection level", {level: () for level in InspectionLevel})
AQL = choice("AQL", {aql: (f"{float(aql):g}",) for aql in AQLS})
WAIVED = choices("rules that may be waived", WAIVERS)

PIN_FIELDS = ("pin_inspectors", "pin_start", "pin_mode", "pin_waive", "pin_reason")


def _faults(values: Values) -> Faults:
    faults: Faults = {}
    earliest, latest, due = values["earliest"], values["latest"], values["due"]
    if (earliest is None) != (latest is None):
        missing = "earliest" if earliest is None else "latest"
        faults[missing] = (
            "is blank beside the other end of the window",
            "Write both, or neither: then production says",
        )
    elif earliest is not None and latest < earliest:
        faults["latest"] = (f"lies before the earliest day, {earliest}", "Exchange the two, or correct one")
    if due is not None and earliest is not None and due < earliest:
        faults["due"] = (f"lies before the earliest day, {earliest}", "Exchange the two, or correct one")
    if values["lead_level"] is None and (values["lead_languages"] or values["lead_certificates"]):
        faults["lead_level"] = (
            "is blank, while the lead's languages or certificates are given",
            "Write a level 1 to 5",
        )
    return faults | _pin_faults(values)


def _pin_faults(values: Values) -> Faults:
    faults: Faults = {}
    if not values["pinned"]:
        return {
            field: ("is given for a booking that is not pinned", 'Write "yes" under Pinned, or leave this blank')
            for field in PIN_FIELDS
            if values[field]
        }
    mode, crew = values["pin_mode"], values["pin_inspectors"]
    if mode is not None and not values["modes"]:
        faults["pin_mode"] = ("is the number of a way, and Ways is blank", "Write the ways too")
    elif mode is not None and mode > len(values["modes"]):
        faults["pin_mode"] = (
            f"is not the number of a way: there are {len(values['modes'])}",
            f"Write 1 to {len(values['modes'])}: ways are counted in the order of the column",
        )
    elif mode is not None and crew and len(crew) != values["modes"][mode - 1].crew:
        wanted = values["modes"][mode - 1].crew
        faults["pin_inspectors"] = (f"names {len(crew)}, and the pinned way takes {wanted}", "Name the whole crew")
    if values["pin_waive"] and not (crew and values["pin_start"] is not None and mode is not None):
        faults["pin_waive"] = (
            "waives rules of a pin that leaves something open",
            "Fill Pinned inspectors, Pinned start and Pinned way too",
        )
    barred = [code for code in crew if code in values["excluded"] and "eligibility" not in values["pin_waive"]]
    if barred:
        faults["excluded"] = (f"names {barred[0]}, who is pinned to the booking", "Take the name out of one of the two")
    return faults


BOOKINGS = Sheet(
    "request",
    "Bookings",
    "booking",
    (
        Column(
            "Code",
            "code",
            CODE,
            "Number of the booking.",
            "R900",
            NEEDED,
            aliases=("Booking", "Request", "预约号", "Mã đặt"),
        ),
        Column(
            "Client", "client", CODE, "Code of the client.", "C900", NEEDED, "client", ("客户编号", "客户", "Mã KH")
        ),
        Column("Order", "order", CODE, "Number of the order.", "PO-900", None, "order", ("PO", "订单号", "Số PO")),
        Column(
            "Factory", "factory", CODE, "Code of the factory.", "F900", NEEDED, "factory", ("工厂编号", "工厂", "Mã NM")
        ),
        Column(
            "Service",
            "service",
            SERVICE,
            "DUPRO, PSI, PPI, LOADING or MONITORING.",
            "DUPRO",
            NEEDED,
            aliases=("服务", "Dịch vụ"),
        ),
        Column(
            "Skill",
            "skill",
            LABEL,
            "Product skill that is needed, as the roster writes it.",
            "garment",
            NEEDED,
            aliases=("Product skill", "技能", "Kỹ năng"),
        ),
        Column("Level", "level", LEVEL, "Level of the skill that is needed, 1 to 5.", "2", 1, aliases=("级别", "Cấp")),
        Column(
            "Languages", "languages", NAMES, "Needed of everyone who goes.", "zh; en", (), aliases=("语言", "Ngôn ngữ")
        ),
        Column("Certificates", "certificates", NAMES, "Needed of everyone who goes.", "", (), aliases=("证书",)),
        Column("Lead level", "lead_level", LEVEL, "Level that one of the crew needs. Blank: nobody leads.", "4", None),
        Column("Lead languages", "lead_languages", NAMES, "Needed of that one.", "en", ()),
        Column("Lead certificates", "lead_certificates", NAMES, "Needed of that one.", "", ()),
        Column(
            "Ways",
            "modes",
            MODES,
            'How the man-days may be split: "1 person 2 days; 2 people 1 day". A bare number means every even split. '
            "Blank: as many as the sample of the order's goods takes.",
            "1 person 2 days; 2 people 1 day",
            (),
            aliases=("Man-days", "MD", "人天", "Ngày công"),
        ),
        Column(
            "Earliest",
            "earliest",
            DATE,
            "First day possible. Blank: from the order's production.",
            "2026-12-01",
            None,
            aliases=("From", "最早", "Từ ngày"),
        ),
        Column(
            "Latest",
            "latest",
            DATE,
            "Last day possible. Blank: from the order's production.",
            "2026-12-04",
            None,
            aliases=("To", "Until", "最晚", "Đến ngày"),
        ),
        Column(
            "Due",
            "due",
            DATE,
            "Day after which each day late costs. Blank: from the booking's hours.",
            "2026-12-03",
            None,
            aliases=("期限",),
        ),
        Column(
            "Price (USD)",
            "price_cents",
            MONEY,
            "What the client pays.",
            "280.00",
            None,
            aliases=("Price", "价格", "Giá"),
        ),
        Column(
            "Late (USD a day)",
            "late_cost_cents",
            MONEY,
            "Cost of a day after Due. Blank: the house's.",
            "",
            None,
            aliases=("Late cost",),
        ),
        Column(
            "Unserved (USD)",
            "unserved_cost_cents",
            MONEY,
            "Cost of leaving it out. Blank: from the price.",
            "",
            None,
            aliases=("Unserved cost",),
        ),
        Column(
            "Booked at",
            "requested_at",
            MOMENT,
            "Day and time, of the factory's zone unless another is written. Blank: now.",
            "2026-11-30 09:20",
            None,
            aliases=("Requested at", "Booking time", "预约时间"),
        ),
        Column("Status", "status", STATUS, "Bookings that are ready are planned.", "ready", "ready", aliases=("状态",)),
        Column("Note", "note", TEXT, "Anything else.", "", aliases=("Remark", "Remarks", "备注", "Ghi chú")),
        Column(
            "Inspection level",
            "inspection_level",
            INSPECTION_LEVEL,
            "Of ISO 2859-1: I, II, III, or S-1 to S-4.",
            "II",
            "II",
            aliases=("检验水平",),
        ),
        Column("AQL major", "aql_major", AQL, "Quality limit for major defects.", "2.5", "2.5"),
        Column("AQL minor", "aql_minor", AQL, "Quality limit for minor defects.", "4.0", "4.0"),
        Column("Test minutes", "test_minutes", WHOLE, "Of tests on site beside the sample.", "0", 0),
        Column("Containers", "containers", COUNT, "To be loaded.", "", None, aliases=("Container", "货柜")),
        Column("Man-days because", "man_days_reason", TEXT, "Why they are others than the rules give.", ""),
        Column("Excluded inspectors", "excluded", CODES, "Who may not go.", "", (), "inspector", ("Excluded",)),
        Column(
            "Affinities (USD)",
            "affinities",
            AMOUNTS,
            "What it costs, or with a minus saves, when somebody goes.",
            "I900 -5.00",
            (),
            "inspector",
            ("Affinities",),
        ),
        Column("Pinned", "pinned", YES_NO, "Whether it must be planned, as the next columns say.", "", False),
        Column("Pinned inspectors", "pin_inspectors", CODES, "The whole crew. Blank: open.", "", (), "inspector"),
        Column("Pinned start", "pin_start", FIRST_HALF, 'A day, or "2026-12-01 afternoon". Blank: open.', "", None),
        Column("Pinned way", "pin_mode", COUNT, "1 for the first of Ways. Blank: open.", "", None),
        Column(
            "Waived rules",
            "pin_waive",
            WAIVED,
            "Rules that the pin lifts: window, site, availability, eligibility, rotation.",
            "",
            (),
        ),
        Column("Pin reason", "pin_reason", TEXT, "Why.", ""),
    ),
    ("code",),
    Request,
    "What clients have asked for.",
    aliases=("Booking", "Requests", "Booking requests", "预约", "验货预约", "Đặt lịch"),
    check=_faults,
)
