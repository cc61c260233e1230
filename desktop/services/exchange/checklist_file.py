"""A client's checklist in a spreadsheet: read into items, and an empty one to fill with the house's keys beside it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInputError
from desktop.models import ChecklistItem
from desktop.services.editing.checklists import MOST_ITEMS
from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cells import Cell, CellFault, text_of
from desktop.services.exchange.columns import NEEDED, Column, Sheet
from desktop.services.exchange.foreign.reader import Tell, read_tables
from desktop.services.exchange.headers import LINES_SEARCHED
from desktop.services.exchange.kinds import TEXT, Kind, choice
from desktop.services.exchange.reading import ReadRow, read_sheets
from desktop.services.exchange.record_workbook import write_sheet
from desktop.services.exchange.sources import RawSheet
from desktop.services.exchange.styles import MUTED
from desktop.services.exchange.template import example_row, explained
from desktop.services.trade.groups import GROUPS
from desktop.services.trade.protocols import (
    LANGUAGES,
    OWN_SECTION,
    SERVICES,
    ClientItem,
    Text,
    house_keys,
    house_sections,
    standard_protocol,
)
from desktop.services.words import count

MOST_ROWS = MOST_ITEMS + LINES_SEARCHED  # of a sheet, with its title and header
MOST_QUOTED = 20  # faults that an error spells out; all of them stand in its `faults`
HOUSE_SHEET = "House items"  # of the template, for people only
SECTION_WORDS = {
    "materials": ("material", "raw material", "components", "原料", "物料", "nguyên liệu", "vật liệu"),
    "workmanship": ("visual", "appearance", "quality", "外观", "工艺", "ngoại quan", "tay nghề"),
    "function": ("function", "functional", "safety", "test", "tests", "功能", "测试", "安全", "chức năng", "an toàn"),
    "measurements": ("measurement", "size", "dimension", "dimensions", "尺寸", "测量", "đo", "kích thước"),
    "line": ("production", "progress", "schedule", "生产", "进度", "dây chuyền", "tiến độ"),
    "packing": ("packaging", "package", "pack", "marking", "包装", "唛头", "đóng gói", "bao bì"),
    "loading": ("container", "stuffing", "装柜", "监装", "xếp hàng"),
}
"""Other words that clients have for the house's sections."""
DEFECT_WORDS = {
    "critical": ("CR", "crit", "致命", "致命缺陷", "nghiêm trọng", "lỗi nghiêm trọng"),
    "major": ("MA", "maj", "严重", "主要", "主要缺陷", "严重缺陷", "nặng", "lỗi nặng", "lỗi lớn"),
    "minor": ("MI", "min", "轻微", "次要", "轻微缺陷", "次要缺陷", "nhẹ", "lỗi nhẹ", "lỗi nhỏ"),
}


@dataclass(frozen=True, slots=True)
class ReadChecklist:
    """A client's list as a file has it; `warnings` name the sheets and columns that were passed over."""

    items: tuple[ClientItem, ...]
    warnings: tuple[str, ...]


def read_checklist(path: Path, tell: Tell = lambda _done, _total, _text: None) -> ReadChecklist:
    """Read a client's list from a .xlsx or .csv file, by a process of its own: it comes from outside.

    A row without a section belongs to the one named last above it, so that headings and merged cells are understood.

    Args:
        path: the file.
        tell: told now and then how many rows are read; what it raises ends the reading.

    Raises:
        BadInputError: where the file cannot be read or any row has a fault; every fault names its row and column.
    """
    tables = read_tables(path, tell=tell).tables
    # of a file that is far too long no more is judged than shows it
    found = [RawSheet(table.name, iter(table.rows[: MOST_ROWS + 1])) for table in tables]
    read = read_sheets(path.name, found, CHECKLIST)
    rows = [row for sheet in read.sheets for row in sheet.rows]
    too_long = {table.name or path.name for table in tables if len(table.rows) > MOST_ROWS}
    if len(rows) > MOST_ITEMS or any(sheet.name in too_long for sheet in read.sheets):
        raise BadInputError(
            f"{path.name} has more rows than the {MOST_ITEMS} items of a checklist at most.",
            "Check that it is the right file, or split the list by product group or service.",
        )
    items: list[ClientItem] = []
    for sheet in read.sheets:
        section = OWN_SECTION
        for row in sheet.rows:
            section = row.values.get("section", section)
            if row.values.keys() - {"section"} or row.faults:
                items.append(_item(row, section))
    faults = [fault.text for row in rows for fault in row.faults]
    if faults:
        more = [f"  ... and {len(faults) - MOST_QUOTED:,} more"] if len(faults) > MOST_QUOTED else []
        quoted = [f"  {fault}" for fault in faults[:MOST_QUOTED]]
        raise BadInputError(
            "\n".join((f"Nothing of {path.name} was stored: {count(len(faults), 'fault')}.", *quoted, *more)),
            "Correct the cells and import the file again.",
            faults,
        )
    if not items:
        raise BadInputError(f"{path.name} has no item below its header.", "Write a row for each thing to check.")
    odd = tuple(text for text in read.warnings if not text.startswith(f"The sheet {HOUSE_SHEET} "))
    return ReadChecklist(tuple(items), odd)


def write_checklist_template(path: Path, product_group: str = "", service: str = "DUPRO") -> int:
    """Write an empty list with its columns explained, and beside it the house's items that it may replace.

    Returns:
        How many items of the house it shows.

    Raises:
        BadInputError: where the file cannot be written, or is no .xlsx, or there is no such group or service.
    """
    check_goods(product_group, service)
    if path.suffix.lower() != ".xlsx":
        raise BadInputError(f"{path.name} is no .xlsx file.", "Give it this ending.")
    protocol = standard_protocol(product_group, service or "DUPRO")
    with writing_workbook(path) as (book, formats):
        page = write_sheet(book, formats, CHECKLIST, ())
        remark = formats.get(italic=True, font_color=MUTED)
        for place, (column, cell) in enumerate(zip(CHECKLIST.columns, example_row(CHECKLIST), strict=True)):
            put(page, 1, place, cell or None, remark)
            page.write_comment(0, place, explained(column), {"x_scale": 1.8, "font_name": "Arial", "font_size": 9})
        house = book.add_worksheet(HOUSE_SHEET)
        house.freeze_panes(1, 0)
        wrapped = formats.get(text_wrap=True, valign="top")
        heads = (("Key of the house", 30), ("Part", 26), ("House item", 34), ("How", 60), ("公司标准", 34), ("Mục", 34))
        for place, (head, width) in enumerate(heads):
            house.set_column(place, place, width)
            house.write_string(0, place, head, formats.header)
        lines = [(section, item) for section in protocol.sections for item in section.items]
        for number, (section, item) in enumerate(lines, 1):
            en, zh, vi = (item.title.said(language) for language in LANGUAGES)
            for place, text in enumerate((item.key, section.title.en, en, item.requirement.en, zh, vi)):
                put(house, number, place, text, wrapped)
    return len(lines)


def check_goods(product_group: str, service: str) -> None:
    """Refuse a product group or service that there is not; "" is every one.

    Raises:
        BadInputError: naming those that there are.
    """
    for word, given, known in (("product group", product_group, GROUPS), ("service", service, SERVICES)):
        if given and given not in known:
            raise BadInputError(f'There is no {word} "{given}".', f"There are {', '.join(known)}.")


def _item(row: ReadRow, section: str) -> ClientItem:
    """A row as an item; what is wrong with the whole row becomes a fault of it."""
    values = row.values
    title = Text(values.get("text", ""), values.get("text_zh", ""), values.get("text_vi", ""))
    if title.is_blank and not row.faults:
        row.blame(CHECKLIST.by_field["text"], None, "says in no language what is checked", "Write it, or empty the row")
    return ClientItem(
        section, title, values.get("requirement", ""), values.get("defect", ""), values.get("replaces", "")
    )


def _read_key(cell: Cell) -> str:
    """The key of a house's item, in any case."""
    text = text_of(cell)
    known = {key.casefold(): key for key in house_keys()}
    if found := known.get(text.casefold()):
        return found
    near = difflib.get_close_matches(text.casefold(), known, n=1, cutoff=0.6)
    remedy = f"Maybe {known[near[0]]}?" if near else "Leave the cell blank, or write a key that the template lists"
    raise CellFault("is the key of no item of the house", remedy)


def _section_kind() -> Kind:
    words = {
        section.key: (section.title.en, section.title.zh, section.title.vi, *SECTION_WORDS[section.key])
        for section in house_sections()
    }
    return choice("section of the house, or another", words, open_ended=True)


CHECKLIST = Sheet(
    kind="checklist",
    title="Checklist",
    one="item",
    columns=(
        Column(
            "Section", "section", _section_kind(), "What it is checked with; blank: as the row above.", "function",
            aliases=("Category", "Group", "Part", "Area", "类别", "分类", "部分", "Nhóm", "Phần", "Hạng mục"),
        ),
        Column(
            "Check", "text", TEXT, "What is checked, in English or the client's own language.", "Zip runs smoothly",
            NEEDED,
            aliases=(
                "Check point", "Checkpoint", "Checklist", "Item", "Inspection item", "Inspection point", "Point",
                "Description", "English", "Test", "检查项目", "检验项目", "检查内容", "项目", "Mục kiểm",
                "Nội dung kiểm tra", "Nội dung",
            ),
        ),
        Column(
            "中文", "text_zh", TEXT, "The same in Chinese.", "拉链顺滑",
            aliases=("Chinese", "Check (Chinese)", "中文说明", "中文内容", "Tiếng Trung"),
        ),
        Column(
            "Tiếng Việt", "text_vi", TEXT, "The same in Vietnamese.", "Dây kéo chạy êm",
            aliases=("Vietnamese", "Check (Vietnamese)", "越南文", "越文"),
        ),
        Column(
            "Requirement", "requirement", TEXT, "How it is checked, or what is accepted.", "20 times, all sizes",
            aliases=(
                "Requirements", "Standard", "Criteria", "Acceptance", "Method", "Specification", "Tolerance", "要求",
                "标准", "方法", "Yêu cầu", "Tiêu chuẩn",
            ),
        ),
        Column(
            "Defect class", "defect", choice("class of a failure", DEFECT_WORDS),
            "critical, major or minor; blank: as the item it replaces, else nothing is counted.", "major",
            aliases=(
                "Defect", "Class", "Classification", "Severity", "Defect level", "Defect type", "缺陷等级", "缺陷类别",
                "等级", "Loại lỗi", "Mức lỗi",
            ),
        ),
        Column(
            "Replaces", "replaces", Kind("key of a house's item", _read_key, lambda key: key or None, width=28),
            "Key of the house's item in whose place it stands; blank: it is one more.", "garment.closures",
            aliases=("House key", "Instead of", "Replaces key", "代替", "Thay cho"),
        ),
    ),
    key=("text",),
    model=ChecklistItem,
    help="What a client wants checked beside the house's protocol, one row each.",
    aliases=("Check list", "检查表", "检验清单", "Danh mục kiểm"),
)  # fmt: skip
"""The columns of a client's list. It is no sheet of the general import: its rows belong to one client."""
