"""The sheets of clients, factories and orders."""

from __future__ import annotations

from desktop.models import CalendarDay, Client, Factory, FactoryClosure, Order, ProductionWindow, ProgressReport
from desktop.models.factory import PRECISIONS
from desktop.services.exchange.columns import NEEDED, Column, Faults, Sheet, Values
from desktop.services.exchange.kinds import (
    CODE,
    COUNT,
    COUNTRY,
    DATE,
    EMAIL,
    LABEL,
    LATITUDE,
    LONGITUDE,
    MONEY,
    NAMES,
    PERCENT,
    RATE,
    TEXT,
    TIME_ZONE,
    WEEKDAY_LIST,
    YES_NO,
    choice,
)
from desktop.services.trade.groups import GROUPS

PRECISION = choice("how sure the place is", {name: () for name in PRECISIONS})
DAY_KIND = choice("kind of day", {"holiday": ("节假日", "ngày lễ"), "make-up": ("working day", "调休", "làm bù")})
PRODUCT_GROUP = choice("product group", GROUPS)


def _window_faults(values: Values) -> Faults:
    if values["from_percent"] >= values["to_percent"]:
        return {"to_percent": ("is not above the percentage it starts from", "Write a larger percentage")}
    return {}


def factory_faults(values: Values) -> Faults:
    """What is wrong with a factory's place."""
    if (values["lat"] is None) != (values["lon"] is None):
        missing = "lat" if values["lat"] is None else "lon"
        return {missing: ("is blank beside the other coordinate", "Write both coordinates, or neither")}
    return {}


def _closure_faults(values: Values) -> Faults:
    if values["last_date"] < values["first_date"]:
        return {"last_date": ("lies before the first day", "Exchange the two, or correct one")}
    return {}


def _order_faults(values: Values) -> Faults:
    start, ready = values["production_start"], values["ready_date"]
    if start is not None and ready is not None and ready < start:
        return {"ready_date": (f"lies before the production start, {start}", "Exchange the two, or correct one")}
    return {}


def _progress_faults(values: Values) -> Faults:
    if values["percent_packed"] > values["percent_made"]:
        return {
            "percent_packed": (
                f"is more than is made, {values['percent_made']:g} %",
                "Exchange the two, or correct one",
            )
        }
    return {}


CLIENTS = Sheet(
    "client",
    "Clients",
    "client",
    (
        Column(
            "Code", "code", CODE, "Short name that bookings refer to.", "C900", NEEDED, aliases=("客户编号", "Mã KH")
        ),
        Column("Name", "name", LABEL, "Name of the buyer.", "Harrow Example Ltd", NEEDED, aliases=("客户", "Tên")),
        Column("Contact", "contact", LABEL, "Person to ask.", "Ann Example", aliases=("联系人", "Liên hệ")),
        Column("E-mail", "email", EMAIL, "Where reports go.", "ann@example.com", aliases=("Email", "邮箱")),
        Column("Country", "country", COUNTRY, "Two letters.", "GB", aliases=("国家", "Quốc gia")),
        Column(
            "Clock in working hours",
            "clock_in_working_hours",
            YES_NO,
            "Whether the hours until on site are counted in working hours only.",
            "no",
            False,
        ),
    ),
    ("code",),
    Client,
    "Buyers who book inspections.",
    aliases=("Client", "Customers", "客户", "Khách hàng"),
)

WINDOWS = Sheet(
    "window",
    "Production windows",
    "production window",
    (
        Column("Client", "client", CODE, "Blank: of every client.", "C900", None, "client"),
        Column("Product", "product", LABEL, "Blank: of every product.", "padded jacket", None),
        Column("From %", "from_percent", PERCENT, "Share made before which no DUPRO visits.", "10 %", NEEDED),
        Column("To %", "to_percent", PERCENT, "Share made after which no DUPRO visits.", "50 %", NEEDED),
    ),
    ("client", "product"),
    ProductionWindow,
    "The share of an order made between which a DUPRO may visit; the house's own where nothing stands here.",
    check=_window_faults,
)

FACTORIES = Sheet(
    "factory",
    "Factories",
    "factory",
    (
        Column(
            "Code", "code", CODE, "Short name that bookings refer to.", "F900", NEEDED, aliases=("工厂编号", "Mã NM")
        ),
        Column("Name", "name", LABEL, "Name in Latin letters.", "Sen Example Garment Co", NEEDED, aliases=("Tên",)),
        Column(
            "Local name",
            "local_name",
            LABEL,
            "Name in Chinese or Vietnamese.",
            "",
            aliases=("Chinese name", "厂名", "工厂名称", "工厂"),
        ),
        Column("Address", "address", TEXT, "As it was given.", "No. 1 Example Road", aliases=("地址", "Địa chỉ")),
        Column("Contact", "contact", LABEL, "Person at the factory.", "Mr Example", aliases=("联系人", "Liên hệ")),
        Column(
            "Phone",
            "phone",
            LABEL,
            "With the country's prefix.",
            "+86 000 0000 0000",
            aliases=("Mobile", "电话", "手机", "Điện thoại"),
        ),
        Column("E-mail", "email", EMAIL, "Where announcements go.", "factory@example.com", aliases=("Email", "邮箱")),
        Column(
            "Latitude",
            "lat",
            LATITUDE,
            "Degrees north; blank: by the address, if that leaves no doubt.",
            "23.13",
            None,
            aliases=("Lat", "纬度", "Vĩ độ"),
        ),
        Column(
            "Longitude",
            "lon",
            LONGITUDE,
            "Degrees east; blank: by the address, if that leaves no doubt.",
            "113.26",
            None,
            aliases=("Lon", "Lng", "经度", "Kinh độ"),
        ),
        Column(
            "Precision",
            "precision",
            PRECISION,
            "What the coordinates stand for; none: has no place, and gets none by its address.",
            "town",
            "none",
        ),
        Column(
            "Area",
            "area",
            LABEL,
            "The name that permits are given for, as the roster writes it.",
            "广东省",
            NEEDED,
            aliases=("Province", "省", "省份", "Tỉnh"),
        ),
        Column("Country", "country", COUNTRY, "Two letters: CN or VN.", "CN", NEEDED, aliases=("国家", "Quốc gia")),
        Column("Time zone", "time_zone", TIME_ZONE, "Blank: that of China or Vietnam.", "Asia/Shanghai", None),
        Column(
            "Closed weekdays",
            "closed_weekdays",
            WEEKDAY_LIST,
            'Blank: none. "-" stands for none too.',
            "Sun",
            (),
            aliases=("Weekly closing day", "休息日"),
        ),
        Column(
            "Closes on holidays", "closes_on_holidays", YES_NO, "Whether public holidays are observed.", "yes", True
        ),
    ),
    ("code",),
    Factory,
    "Places where goods are made and inspected.",
    aliases=("Factory", "Suppliers", "工厂", "Nhà máy"),
    check=factory_faults,
)

CLOSURES = Sheet(
    "closure",
    "Factory closures",
    "closure",
    (
        Column("Factory", "factory", CODE, "Code of the factory.", "F900", NEEDED, "factory"),
        Column("First day", "first_date", DATE, "First day closed.", "2027-02-01", NEEDED, aliases=("From",)),
        Column("Last day", "last_date", DATE, "Last day closed.", "2027-02-20", NEEDED, aliases=("To", "Until")),
        Column("Reason", "reason", TEXT, "Why.", "lunar new year"),
    ),
    ("factory", "first_date", "last_date"),
    FactoryClosure,
    "Days on which a factory is closed beside its weekly day and the holidays.",
    aliases=("Closures",),
    repeats=True,
    check=_closure_faults,
)

ORDERS = Sheet(
    "order",
    "Orders",
    "order",
    (
        Column(
            "Code",
            "code",
            CODE,
            "Number of the purchase order.",
            "PO-900",
            NEEDED,
            aliases=("PO", "Order", "订单号", "Số PO"),
        ),
        Column("Client", "client", CODE, "Code of the client.", "C900", NEEDED, "client", ("客户编号", "Mã KH")),
        Column("Factory", "factory", CODE, "Code of the factory.", "F900", NEEDED, "factory", ("工厂编号", "Mã NM")),
        Column("Product", "product", LABEL, "Kind of goods.", "padded jacket", aliases=("产品", "Sản phẩm")),
        Column("Description", "description", TEXT, "Model, colours, destination.", "AW27, 3 colours"),
        Column("Quantity", "quantity", COUNT, "Pieces ordered.", "10400", NEEDED, aliases=("Qty", "数量", "Số lượng")),
        Column(
            "Production start",
            "production_start",
            DATE,
            "First day of production.",
            "2026-11-20",
            None,
            aliases=("Start date", "开工日期"),
        ),
        Column(
            "Pieces a day", "daily_rate", RATE, "Made on a working day.", "800", None, aliases=("Daily rate", "日产量")
        ),
        Column(
            "Ready date",
            "ready_date",
            DATE,
            "The day from whose morning on all is made.",
            "2026-12-10",
            None,
            aliases=("Ready", "完货日期"),
        ),
        Column(
            "Product group",
            "product_group",
            PRODUCT_GROUP,
            "What the trade's rules go by. Blank: guessed from the product.",
            "garment",
            aliases=("产品类别", "Nhóm sản phẩm"),
        ),
        Column(
            "Styles and colours",
            "variants",
            COUNT,
            "Styles times colours or sizes.",
            "3",
            1,
            aliases=("Styles", "款式数"),
        ),
        Column("New product", "is_new_product", YES_NO, "Whether it is made for the first time.", "no", False),
        Column(
            "Order value (USD)",
            "value_cents",
            MONEY,
            "What the client pays for the goods.",
            "86000",
            None,
            aliases=("Order value", "Value", "订单金额"),
        ),
        Column("Standards", "standards", NAMES, "That the goods must meet.", "REACH", (), aliases=("Standard", "标准")),
        Column("Golden sample", "golden_sample", LABEL, "Where the approved sample is.", "sealed, at the factory"),
        Column("Specifications", "specifications", TEXT, "What they are, or where.", "tech pack AW27 rev. C"),
        Column("Packing rules", "packing", TEXT, "How the goods are packed.", "12 pieces a carton"),
    ),
    ("code",),
    Order,
    "Goods in production: a DUPRO without dates is planned from start and pieces a day.",
    aliases=("Order", "Purchase orders", "订单", "Đơn hàng"),
    check=_order_faults,
)

PROGRESS = Sheet(
    "progress",
    "Progress reports",
    "progress report",
    (
        Column("Order", "order", CODE, "Number of the order.", "PO-900", NEEDED, "order", ("PO", "订单号", "Số PO")),
        Column(
            "Day", "reported_on", DATE, "Day of the report.", "2026-11-24", NEEDED, aliases=("Date", "日期", "Ngày")
        ),
        Column(
            "Made %", "percent_made", PERCENT, "Share of the order made.", "25 %", NEEDED, aliases=("Percent made",)
        ),
        Column(
            "Packed %", "percent_packed", PERCENT, "Share of the order packed.", "5 %", 0.0, aliases=("Percent packed",)
        ),
        Column("Source", "source", LABEL, "Who says so.", "factory, by phone"),
    ),
    ("order", "reported_on"),
    ProgressReport,
    "What share of an order is made and packed on a day.",
    aliases=("Progress",),
    check=_progress_faults,
)

CALENDAR = Sheet(
    "calendar",
    "Calendar days",
    "calendar day",
    (
        Column("Country", "country", COUNTRY, "CN or VN.", "CN", NEEDED),
        Column("Day", "date", DATE, "A day that differs from the plain week.", "2027-01-01", NEEDED, aliases=("Date",)),
        Column("Kind", "kind", DAY_KIND, "A public holiday, or a weekend day that is worked.", "holiday", NEEDED),
        Column("Name", "name", LABEL, "What the day is called.", "New Year"),
        Column("Provisional", "provisional", YES_NO, "Whether an official notice is still to come.", "no", False),
    ),
    ("country", "date"),
    CalendarDay,
    "Holidays and make-up working days.",
    aliases=("Calendar", "Holidays"),
)
