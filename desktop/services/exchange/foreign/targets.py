"""What a column of another firm's file can mean: the fields of our sheets, under the words that firms use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop.services.exchange.columns import Column, Sheet
from desktop.services.exchange.kinds import DATE
from desktop.services.exchange.sheets import BY_KIND, SHEETS

LIST = "list"
"""The shape of a client's booking list: each row holds a booking, its order and its factory at once."""

LIST_KINDS = ("client", "factory", "order", "request")
"""The kinds of record that a row of a booking list is split into, in the order in which they are stored."""

DAY = "request.day"
"""Not a field of ours: the one day that was asked for, which is both ends of the window."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a column can mean.

    Attributes:
        name: of the kind and the field: "order.quantity".
        column: of our sheet.
        title: what people choose: "Order: Quantity".
        words: headers that mean it, besides.
    """

    name: str
    column: Column
    title: str
    words: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.name.partition(".")[0]

    @property
    def field(self) -> str:
        """The field."""
        return self.name.partition(".")[2]


_DAY_COLUMN = Column("Inspection date", "day", DATE, "The day that is asked for: both ends of the window.")

_WORDS: Mapping[str, tuple[str, ...]] = {
    "request.code": ("Booking No", "Booking number", "Inspection No", "Request No", "Ref", "Reference", "预约编号",
                     "验货单号", "Mã đặt hàng kiểm"),
    "request.service": ("Service", "Type of inspection", "Inspection type", "Service type", "Stage", "服务类型",
                        "验货类型", "检验类型", "Loại kiểm hàng", "Loại dịch vụ"),
    DAY: ("Inspection date", "Insp. date", "Requested date", "Requested inspection date", "Date of inspection",
          "Planned date", "Visit date", "验货日期", "检验日期", "期望验货日期", "Ngày kiểm", "Ngày kiểm hàng"),
    "request.earliest": ("Earliest date", "Date from", "Window from", "From date", "最早日期"),
    "request.latest": ("Latest date", "Date to", "Window to", "To date", "Deadline", "最晚日期"),
    "request.modes": ("Man-days", "Mandays", "MD", "Manday", "人天", "人日", "Ngày công"),
    "request.price_cents": ("Price", "Fee", "Inspection fee", "费用", "Phí"),
    "request.note": ("Note", "Remarks", "Comments", "Special instructions", "Instructions", "特殊要求"),
    "request.skill": ("Product skill", "Skill"),
    "request.level": (),
    "request.languages": (),
    "request.certificates": (),
    "request.due": (),
    "request.requested_at": ("Booking date", "Booked on", "Date of booking", "预约日期", "Ngày đặt"),
    "request.inspection_level": ("Inspection level", "AQL level", "Sampling level", "检验水平", "Mức kiểm tra"),
    "request.aql_major": ("Major", "AQL Maj", "主要缺陷"),
    "request.aql_minor": ("Minor", "AQL Min", "次要缺陷"),
    "request.test_minutes": (),
    "request.containers": ("No. of containers", "柜数"),
    "order.code": ("PO", "PO No", "PO number", "P.O.", "Purchase order", "Order No", "Order number", "Contract No",
                   "订单号", "订单编号", "合同号", "采购单号", "Số PO", "Số đơn hàng", "Đơn hàng"),
    "order.product": ("Product", "Product name", "Item", "Item name", "Article", "Goods", "产品", "产品名称", "品名",
                      "货物", "Tên sản phẩm", "Mặt hàng"),
    "order.description": ("Description", "Style", "Style No", "Item No", "Model", "SKU", "产品描述", "款号", "型号",
                          "货号", "Mô tả", "Mã hàng"),
    "order.quantity": ("Quantity", "Qty", "Order qty", "Total qty", "Order quantity", "Pcs", "Pieces", "Units",
                       "数量", "订单数量", "总数", "件数", "Số lượng", "SL"),
    "order.production_start": ("Production start date", "Start of production", "Prod. start", "生产开始", "投产日期",
                               "Ngày bắt đầu sản xuất"),
    "order.daily_rate": ("Output per day", "Daily output", "Capacity per day", "Năng suất ngày"),
    "order.ready_date": ("Ready date", "Goods ready", "Goods ready date", "Ex-factory date", "Ex-factory", "ETD",
                         "Shipment date", "Ship date", "Delivery date", "交货日期", "出货日期", "货好日期", "交期",
                         "Ngày giao hàng", "Ngày xuất hàng"),
    "order.product_group": ("Product category", "Category", "Product type", "类别", "Loại hàng"),
    "order.variants": ("No. of styles", "Number of styles", "Colours", "SKUs"),
    "order.is_new_product": ("New item", "新产品"),
    "order.value_cents": ("Order amount", "Amount", "金额", "Giá trị đơn hàng"),
    "order.standards": ("Requirements", "Certificates of the product"),
    "order.golden_sample": ("Approved sample", "Sample", "签样"),
    "order.specifications": ("Specification", "Spec", "Specs", "规格", "Quy cách"),
    "order.packing": ("Packing", "Packaging", "Packing method", "包装", "Đóng gói"),
    "factory.code": ("Factory code", "Factory No", "Supplier code", "Vendor code", "Vendor No", "工厂代码",
                     "供应商编号"),
    "factory.name": ("Factory", "Factory name", "Supplier", "Supplier name", "Vendor", "Vendor name", "Manufacturer",
                     "工厂", "工厂名称", "供应商", "供应商名称", "生产厂家", "Nhà máy", "Tên nhà máy", "Nhà cung cấp"),
    "factory.local_name": ("Local name", "Chinese name", "Factory name (Chinese)", "中文名称", "工厂中文名"),
    "factory.address": ("Factory address", "Supplier address", "Inspection place", "Inspection address", "Location",
                        "地址", "工厂地址", "验货地址", "验货地点", "Địa chỉ nhà máy", "Địa chỉ"),
    "factory.contact": ("Contact", "Contact person", "Factory contact", "Supplier contact", "联系人", "工厂联系人",
                        "Người liên hệ"),
    "factory.phone": ("Phone", "Tel", "Telephone", "Mobile", "Contact phone", "Contact number", "联系电话", "电话",
                      "手机", "Số điện thoại", "SĐT"),
    "factory.area": ("Province", "Area", "Region", "省", "省份", "Tỉnh", "Tỉnh thành"),
    "factory.country": ("Country", "国家", "Quốc gia"),
    "factory.lat": (),
    "factory.lon": (),
    "client.name": ("Client", "Client name", "Customer", "Customer name", "Buyer", "Brand", "Importer", "客户",
                    "客户名称", "买家", "Khách hàng"),
    "client.code": ("Client code", "Customer code", "客户代码"),
}  # fmt: skip
"""The targets of a booking list, each with the headers that firms were seen to use or may."""


@cache
def targets_of(layout: str) -> Mapping[str, Target]:
    """What columns can mean in a shape: LIST, or the kind of a sheet. By name."""
    if layout != LIST:
        sheet = BY_KIND[layout]
        named = (Target(f"{sheet.kind}.{column.field}", column, column.header) for column in sheet.columns)
        return {target.name: _with_words(sheet, target) for target in named}
    found = {}
    # "Tên" and "工厂" say enough on our own sheets; in a list they are the name of somebody in particular
    told = {"Tên", *(word for words in _WORDS.values() for word in words)}
    for name, words in _WORDS.items():
        kind, _, field = name.partition(".")
        sheet = BY_KIND[kind]
        column = _DAY_COLUMN if name == DAY else sheet.by_field[field]
        also = tuple(word for word in column.aliases if word not in told)
        found[name] = Target(name, column, f"{sheet.one.capitalize()}: {column.header}", (*words, *also))
    return found


def _with_words(sheet: Sheet, target: Target) -> Target:
    words = (*target.column.aliases, *_WORDS.get(target.name, ()))
    # in a list of another kind, a "Product" or "Contact" stands for its own field alone
    others = {
        word for column in sheet.columns if column is not target.column for word in (column.header, *column.aliases)
    }
    return Target(target.name, target.column, target.title, tuple(word for word in words if word not in others))


def layouts() -> tuple[str, ...]:
    """Every shape that a sheet may have: the booking list, then each kind of record alone."""
    return (LIST, *(sheet.kind for sheet in SHEETS))
