"""What invented orders are held against, and the lists that two invented clients have of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desktop.models import Checklist, ChecklistItem
from desktop.services.demo.writer import RowWriter

SAMPLES = ("Sealed sample {number}, with the factory's merchandiser", "Sealed sample {number}, sent to the inspector")
RULES = ("{pieces} pcs a carton, one polybag each", "{pieces} pcs a carton in inner boxes of 6, desiccant in each")

LISTS: tuple[tuple[str, tuple[tuple[str, str, str, str, str, str], ...]], ...] = (
    (
        "PSI",
        (
            ("packing", "Barcode is the one of this season", "条码为本季号码", "Mã vạch của mùa này", "major", ""),
            ("packing", "No polybag above 40 g", "胶袋不超过 40 克", "Túi nhựa không quá 40 g", "minor", ""),
            ("Social", "Fire exits are open", "消防通道畅通", "Lối thoát hiểm không bị khóa", "", ""),
        ),
    ),
    (
        "",
        (
            ("workmanship", "No smell of solvent", "无溶剂味", "Không mùi dung môi", "minor", "common.cleanliness"),
            ("function", "Three pieces to the laboratory", "三件寄实验室", "Gửi ba cái đến phòng thí nghiệm", "", ""),
        ),
    ),
)  # fmt: skip
"""Service, and section, words in three languages, class and replaced key of each item; of the second client on."""


NO_PAPERS = {"golden_sample": "", "specifications": "", "packing": ""}


def order_papers(number: int) -> dict[str, str]:
    """The papers of an order by its number: some have all of them, some none, as in life."""
    return {
        "golden_sample": SAMPLES[number % 2].format(number=number) if number % 4 != 1 else "",
        "specifications": f"Size and colour chart {number}-B, with the order" if number % 2 == 0 else "",
        "packing": RULES[number % 2].format(pieces=12 * (1 + number % 3)) if number % 3 else "",
    }


def write_checklists(writer: RowWriter, clients: Sequence[int], stored_at: dt.datetime) -> None:
    """Write the lists of some clients, given by their keys."""
    for client, (service, items) in zip(clients[1:], LISTS, strict=False):
        key = writer.add(
            Checklist,
            client_id=client,
            product_group="",
            service=service,
            revision=1,
            stored_at=stored_at,
            source="checklist.xlsx",
        )
        for position, (section, en, zh, vi, defect, replaces) in enumerate(items, 1):
            writer.add(
                ChecklistItem,
                checklist_id=key,
                position=position,
                section=section,
                text=en,
                text_zh=zh,
                text_vi=vi,
                requirement="",
                defect=defect,
                replaces=replaces,
            )
