"""The figures of the trade in words, as `setting_words` has those of plans."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.services.setting_kinds import SettingWords

GOODS = {
    "garment": "Garments",
    "textile": "Textiles",
    "footwear": "Footwear",
    "bags": "Bags",
    "electronics": "Electronics",
    "toys": "Toys",
    "furniture": "Furniture",
    "hardware": "Hardware",
    "packaging": "Packaging",
    "food-contact": "Food-contact goods",
}
"""What the product groups are called."""

PIECES = "Pieces drawn of the lot that one inspector looks at in a day."

TRADE_WORDS: Mapping[str, SettingWords] = {
    **{
        f"pace.pieces.{group}": SettingWords(f"{goods} in a man-day", "Man-days", "whole", PIECES, "pieces", 1)
        for group, goods in GOODS.items()
    },
    "pace.other_pieces": SettingWords(
        "Other goods in a man-day", "Man-days", "whole", "Where the product group is not known.", "pieces", 1
    ),
    "pace.variants": SettingWords(
        "Variants in a man-day",
        "Man-days",
        "whole",
        "Styles times colours or sizes that fit in a day beside the pieces.",
        "variants",
        1,
    ),
    "pace.more_variants": SettingWords(
        "Variants that take another day",
        "Man-days",
        "whole",
        "So many more than fit in a day take a day more; fewer a part of it.",
        "variants",
        1,
    ),
    "pace.minutes": SettingWords(
        "On site in a man-day",
        "Man-days",
        "whole",
        "Without travel and meals. Tests on site are counted by it.",
        "min",
        1,
    ),
    "pace.day_minutes": SettingWords(
        "From door to door in a man-day",
        "Man-days",
        "whole",
        "Work and the way there and back. A longer way adds to the man-days.",
        "min",
        1,
    ),
    "pace.travel_share": SettingWords(
        "Share of the way that counts",
        "Man-days",
        "share",
        "How much of the way there and back counts as work.",
        "of the way",
        0,
        1,
    ),
    "pace.further_minutes": SettingWords(
        "Travel that takes another day",
        "Man-days",
        "whole",
        "So much work and counted travel beyond a day from door to door is another man-day.",
        "min",
        1,
    ),
    "pace.containers": SettingWords(
        "Containers in a man-day", "Man-days", "whole", "Whose loading one inspector watches in a day.", "containers", 1
    ),
    "quote.rate_cents": SettingWords(
        "Rate of a man-day",
        "Quotes",
        "money",
        "What a man-day is sold for where no rate of the client, the service or the region is entered.",
        "",
        1,
    ),
    "quote.usual_from_cents": SettingWords(
        "Usual rates from", "Quotes", "money", "A lower rate is pointed out in the quote."
    ),
    "quote.usual_to_cents": SettingWords(
        "Usual rates to", "Quotes", "money", "A higher rate is pointed out in the quote."
    ),
    "quote.express_cents": SettingWords(
        "Express booking",
        "Quotes",
        "money",
        "Charged once for a booking that leaves few working days before the visit.",
    ),
    "quote.express_days": SettingWords(
        "Express with fewer than",
        "Quotes",
        "whole",
        "Working days from the booking to the visit; with so many it is no express booking.",
        "working days",
        0,
        30,
    ),
    "quote.rush_cents": SettingWords(
        "Booking for the next day",
        "Quotes",
        "money",
        "Charged once, in the place of the express booking, where even fewer working days are left.",
    ),
    "quote.rush_days": SettingWords(
        "For the next day with fewer than",
        "Quotes",
        "whole",
        "Working days from the booking to the visit.",
        "working days",
        0,
        30,
    ),
    "quote.rest_day_cents": SettingWords(
        "Sunday or public holiday", "Quotes", "money", "For each man-day that falls on one."
    ),
    "quote.overtime_cents": SettingWords(
        "Hour of overtime", "Quotes", "money", "For each hour beyond the inspector's day."
    ),
    "quote.same_day_report_cents": SettingWords(
        "Report on the same day",
        "Quotes",
        "money",
        "Charged once where the client wants the report on the evening of the visit.",
    ),
    "quote.late_change_cents": SettingWords(
        "Late change",
        "Quotes",
        "money",
        "For each man-day of a visit that the client moves or calls off late. Stands among the terms of a quote.",
    ),
    "quote.late_change_hour": SettingWords(
        "A change is late from",
        "Quotes",
        "whole",
        "Hour of the working day before the visit, at the factory.",
        "o'clock",
        0,
        23,
    ),
    "quote.full_fee_hour": SettingWords(
        "The whole fee is due from",
        "Quotes",
        "whole",
        "Hour of the same day from which a visit called off is charged as if it had been made.",
        "o'clock",
        0,
        24,
    ),
    "quote.bills_travel": SettingWords(
        "Bill the way",
        "Quotes",
        "switch",
        "As it costs by the cheapest slot. Off: it is included in the rate.",
        lowest=None,
    ),
    "quote.bills_nights": SettingWords(
        "Bill hotel nights",
        "Quotes",
        "switch",
        "As they cost by the cheapest slot. Off: they are included in the rate.",
        lowest=None,
    ),
    "quote.valid_days": SettingWords(
        "A quote stands for", "Quotes", "whole", "From the day on which it is made.", "days", 1, 365
    ),
    "clock.limit_hours": SettingWords(
        "On site at the very latest within",
        "On-site clock",
        "whole",
        "Hours by the on-site clock; its target is among the penalties. Later is a promise not kept.",
        "h",
        1,
    ),
    "clock.opens": SettingWords(
        "The office opens at",
        "On-site clock",
        "whole",
        "Hour at the factory from which working hours count, for clients whose clock counts those only.",
        "o'clock",
        0,
        23,
    ),
    "clock.closes": SettingWords(
        "The office closes at",
        "On-site clock",
        "whole",
        "Hour until which working hours count. From 0 to 24 a working day counts whole.",
        "o'clock",
        1,
        24,
    ),
    "urgent.notice_minutes": SettingWords(
        "Notice before leaving",
        "Urgent bookings",
        "whole",
        "Between the call and leaving home, or the visit before. Who would have to leave sooner is not offered.",
        "min",
        0,
        24 * 60,
    ),
    "risk.new_supplier": SettingWords(
        "New supplier", "Risk of orders", "whole", "Where no visit to the factory is on record.", "points"
    ),
    "risk.long_ago": SettingWords(
        "Long not visited", "Risk of orders", "whole", "Where the last visit to the factory is long ago.", "points"
    ),
    "risk.long_ago_days": SettingWords(
        "Long ago is more than", "Risk of orders", "whole", "Since the last visit.", "days", 1
    ),
    "risk.new_product": SettingWords(
        "New product", "Risk of orders", "whole", "Where the goods are made for the first time.", "points"
    ),
    "risk.value": SettingWords(
        "Order of value", "Risk of orders", "whole", "Twice as many for one of high value.", "points"
    ),
    "risk.value_cents": SettingWords(
        "Order of value from", "Risk of orders", "money", "What the client pays for the goods."
    ),
    "risk.high_value_cents": SettingWords(
        "Order of high value from", "Risk of orders", "money", "What the client pays for the goods."
    ),
    "risk.many_variants": SettingWords(
        "Many variants", "Risk of orders", "whole", "Where there are many styles, colours or sizes.", "points"
    ),
    "risk.variants": SettingWords(
        "Many variants are", "Risk of orders", "whole", "Styles times colours or sizes.", "variants", 1
    ),
    "risk.complex_goods": SettingWords(
        "Complex goods", "Risk of orders", "whole", "Where the product is of one of the complex groups.", "points"
    ),
    "risk.complex_groups": SettingWords(
        "Complex groups", "Risk of orders", "names", "Product groups of many parts or strict use.", lowest=None
    ),
    "risk.failure": SettingWords(
        "Visits that failed",
        "Risk of orders",
        "whole",
        "Where the share below of them failed; fewer in proportion.",
        "points",
    ),
    "risk.unclear": SettingWords(
        "Visits left pending",
        "Risk of orders",
        "whole",
        "Where so many were left to the client; fewer in proportion.",
        "points",
    ),
    "risk.failing_share": SettingWords(
        "All points from",
        "Risk of orders",
        "share",
        "The share of the visits to a factory that failed.",
        "of the visits",
        0,
        1,
    ),
    "risk.look_back_days": SettingWords(
        "Failures within", "Risk of orders", "whole", "Older results say nothing.", "days", 1
    ),
    "risk.standard": SettingWords(
        "A standard to be met", "Risk of orders", "whole", "Where the order names one, such as RoHS.", "points"
    ),
    "risk.more_standards": SettingWords(
        "Several standards", "Risk of orders", "whole", "Where the order names more than one.", "points"
    ),
    "risk.dupro_from": SettingWords(
        "DUPRO suggested from",
        "Risk of orders",
        "whole",
        "Fewer points: the final inspection alone is enough.",
        "points",
    ),
    "risk.monitoring_from": SettingWords(
        "Monitoring suggested from",
        "Risk of orders",
        "whole",
        "So many points: somebody should watch the production.",
        "points",
    ),
}
"""By name, each part of a rule's figures by itself: "pace.variants"."""
