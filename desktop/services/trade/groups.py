"""Product groups: what of the trade's rules depends on the kind of goods, and how a client's word leads to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

GROUPS: Mapping[str, tuple[str, ...]] = {
    "garment": ("apparel", "clothing", "shirt", "dress", "jacket", "trousers", "服装", "成衣", "may mặc", "quần áo"),
    "electronics": ("electronic", "electrical", "lamp", "speaker", "charger", "电子", "电器", "điện tử"),
    "footwear": ("shoe", "boot", "slipper", "sandal", "鞋", "giày", "dép"),
    "textile": ("towel", "linen", "curtain", "fabric", "blanket", "纺织", "毛巾", "dệt", "vải"),
    "toys": ("toy", "plush", "puzzle", "game", "玩具", "đồ chơi"),
    "furniture": ("chair", "table", "stool", "shelf", "cabinet", "家具", "nội thất"),
    "bags": ("bag", "purse", "backpack", "wallet", "leather goods", "箱包", "包袋", "túi", "ba lô"),
    "hardware": ("tool", "screw", "hinge", "handle", "metal", "五金", "kim khí"),
    "packaging": ("carton", "box", "label", "hang tag", "trims", "包装", "bao bì"),
    "food-contact": ("bottle", "cutlery", "tableware", "ceramic", "kitchen", "餐具", "食品接触", "đồ ăn"),
}
"""The house's groups, each with words that a product may be called by; English, Chinese, Vietnamese."""


@lru_cache(maxsize=4096)
def group_of(given: str, product: str, skill: str) -> str:
    """The group of goods: as given, else what the client's word for them names, else the skill's; "" where unknown.

    A longer word says more: "gift boxes for shoes" are packaging by "box" only where no longer word is found.
    """
    if given:
        return given
    told = f" {product.casefold()} "
    hits = [
        (len(word), group)
        for group, words in GROUPS.items()
        for word in (group, *words)
        if re.search(rf"\b{re.escape(word)}" if word.isascii() else re.escape(word), told)
    ]
    if hits:
        return max(hits, key=lambda hit: hit[0])[1]
    return skill if skill in GROUPS else ""
