"""Words of firms' names that do not tell one firm from another: legal forms, trades, and what every other has too.

Latin letters without marks. Chinese ones stand in the order in which they are looked for: the longer first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def word_set(text: str) -> frozenset[str]:
    """The words of a text that is nothing but a list of them."""
    return frozenset(text.split())


LEGAL_PHRASES = re.compile(
    r"\b(?:cong ty|c ty|cty|ctcp|trach nhiem huu han|tnhh|mot thanh vien|mtv|1 ?tv|hai thanh vien|co phan|cp"
    r"|doanh nghiep tu nhan|dntn|chi nhanh|nha may|xi nghiep|joint stock|private limited)\b"
)
"""Vietnamese legal forms, and those of several words; their words alone may be a firm's own name."""

LEGAL_WORDS = word_set(
    "co company ltd limited corp corporation inc incorporated llc plc gmbh pte pvt sdn bhd jsc group holding holdings"
    " enterprise enterprises lda srl"
)

CHINESE_LEGAL = (
    "股份有限公司", "有限责任公司", "有限公司", "责任公司", "分公司", "总公司", "公司", "集团", "控股", "厂",
)  # fmt: skip

TRADES: Mapping[str, tuple[str, str, str]] = {
    "garment": (
        "garment garments apparel apparels clothing clothes fashion fashions dress wear knitwear uniform",
        "制衣 服装 服饰 时装 衣",
        "may mac;thoi trang",
    ),
    "knitting": ("knit knits knitting knitters", "针织", "det kim"),
    "textile": ("textile textiles weaving fabric fabrics dyeing", "纺织 织造 布业 印染", "det may;det nhuom"),
    "shoe": ("shoe shoes footwear", "制鞋 鞋业 鞋", "da giay;giay"),
    "leather": ("leather bag bags handbag handbags luggage", "皮革 皮具 箱包 手袋 皮", "tui xach;thuoc da"),
    "electronics": ("electronic electronics electron semiconductor", "电子", "dien tu"),
    "appliance": ("electric electrical electricals appliance appliances", "电器 电气 家电", "dien may;dien gia dung"),
    "metal": ("hardware metal metals metalware steel", "五金 金属 钢", "kim loai;kim khi;co khi"),
    "plastic": ("plastic plastics rubber mould mold", "塑胶 塑料 橡胶 模具", "nhua;cao su"),
    "toy": ("toy toys", "玩具", "do choi"),
    "furniture": ("furniture wood wooden woodwork", "家具 家私 木业", "noi that;do go"),
    "printing": ("printing packing packaging paper", "印刷 包装 纸品 彩印", "bao bi;in an"),
    "lighting": ("lighting lightings lamp lamps", "照明 灯饰", "chieu sang"),
    "ceramic": ("ceramic ceramics porcelain", "陶瓷", "gom su"),
    "craft": ("gift gifts craft crafts handicraft handicrafts", "工艺品 工艺 礼品", "my nghe;thu cong"),
}
"""What firms make: in English, in Chinese, in Vietnamese without marks (there with ";" between).

Left out are Vietnamese words that are as often a part of a name: may (to sew), det (to weave), dien (electric).
"""

GENERIC = word_set(
    "industry industries industrial ind trading trade import export imp exp manufacturing manufacture manufacturer"
    " manufactory mfg production products product factory factories plant works mill mills technology technologies tech"
    " international intl development the and of service services science"
)

GENERIC_PHRASES = re.compile(
    r"\b(?:cong nghiep|cong nghe|thuong mai|xuat nhap khau|xnk|san xuat|quoc te|phat trien|dich vu|dau tu|va)\b"
)

CHINESE_GENERIC = (
    "进出口", "制造", "制品", "实业", "工业", "工贸", "贸易", "科技", "技术", "国际", "发展", "生产", "产品",
)  # fmt: skip
