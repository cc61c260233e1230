"""The proportions of the trade: services, man-days, prices, production."""

from __future__ import annotations

import random

from scheduler.problem import Mode

SERVICE_SHARE = {"DUPRO": 45, "PSI": 35, "PPI": 8, "LOADING": 8, "MONITORING": 4}
MAN_DAY_SHARE = {1: 78, 2: 16, 3: 4, 4: 2}
PRICES = (25000, 28000, 30000, 35000)  # of a man-day, cents
LINE_DAYS = (15, 45)  # working days that an order is in production
DAILY_RATES = {  # pieces a working day
    "garment": (300, 2500),
    "electronics": (400, 4000),
    "footwear": (300, 2000),
    "textile": (500, 4000),
    "toys": (500, 5000),
    "furniture": (20, 200),
    "bags": (200, 1500),
    "hardware": (800, 8000),
    "packaging": (2000, 20000),
    "food-contact": (500, 5000),
}
GOODS = {
    "garment": ("men's polo shirts", "girls' dresses", "rain jackets", "knitted pullovers"),
    "electronics": ("desk lamps", "bluetooth speakers", "hair dryers", "phone chargers"),
    "footwear": ("canvas shoes", "rubber boots", "house slippers", "running shoes"),
    "textile": ("bath towels", "curtains", "bed linen", "tablecloths"),
    "toys": ("plush bears", "wooden trains", "toy kitchens", "jigsaw puzzles"),
    "furniture": ("bar stools", "bookcases", "garden chairs", "bedside tables"),
    "bags": ("school bags", "travel bags", "purses", "lunch bags"),
    "hardware": ("door handles", "screwdriver sets", "cabinet hinges", "garden shears"),
    "packaging": ("gift boxes", "paper bags", "shipping cartons", "hang tags"),
    "food-contact": ("water bottles", "ceramic bowls", "cutlery sets", "lunch boxes"),
}


UNIT_CENTS = {  # what a client pays for a piece
    "garment": (400, 2200),
    "electronics": (500, 3500),
    "footwear": (600, 2800),
    "textile": (200, 1500),
    "toys": (200, 1800),
    "furniture": (2500, 14000),
    "bags": (400, 3000),
    "hardware": (100, 900),
    "packaging": (10, 120),
    "food-contact": (150, 1200),
}
STANDARDS = {
    "electronics": ("CE", "RoHS", "FCC", "UL"),
    "toys": ("EN 71", "CPSIA", "ASTM F963", "CE"),
    "food-contact": ("FDA", "LFGB", "REACH"),
    "textile": ("OEKO-TEX", "REACH"),
    "garment": ("OEKO-TEX", "GOTS"),
    "furniture": ("FSC",),
}


def order_facts(number: int, skill: str, quantity: int) -> dict[str, object]:
    """What an order is worth, which standards it has to meet, whether its product is new; some is not on record.

    Drawn from its number, so that it shifts nothing else.
    """
    rng = random.Random(number)
    low, high = UNIT_CENTS[skill]
    value = round(quantity * rng.uniform(low, high), -4)
    known = STANDARDS.get(skill, ())
    strict = skill in ("electronics", "toys", "food-contact")
    wanted = rng.choices((0, 1, 2), (30, 45, 25) if strict else (75, 25, 0))[0]
    return {
        "value_cents": None if rng.random() < 0.2 else int(min(value, 200_000_000)),
        "standards": tuple(rng.sample(known, min(wanted, len(known)))),
        "is_new_product": rng.random() < 0.12,
    }


def draw_modes(rng: random.Random, service: str, man_days: int) -> tuple[Mode, ...]:
    """The ways to split the man-days of an inspection."""
    if service == "LOADING":
        return (Mode(1, 1),)
    if service == "MONITORING":
        return (Mode(1, 2 * rng.choices((3, 4, 5), (5, 3, 2))[0]),)
    return {
        1: (Mode(1, 2),),
        2: (Mode(1, 4), Mode(2, 2)),
        3: (Mode(1, 6), Mode(3, 2)),
        4: (Mode(2, 4), Mode(4, 2)),
    }[man_days]


def draw_man_days(rng: random.Random) -> int:
    """How many man-days an inspection takes: nearly always one."""
    return rng.choices(tuple(MAN_DAY_SHARE), tuple(MAN_DAY_SHARE.values()))[0]


def days_of(mode: Mode) -> int:
    """Calendar days that a mode takes."""
    return (mode.half_days + 1) // 2
