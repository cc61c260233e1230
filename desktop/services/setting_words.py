"""The settings of the house in words: what each is called, what it means, and between which values it may lie."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.services.dispatch_words import DISPATCH_WORDS
from desktop.services.result_words import RESULT_WORDS
from desktop.services.setting_kinds import SettingWords
from desktop.services.trade_words import TRADE_WORDS

WORDS: Mapping[str, SettingWords] = {
    **TRADE_WORDS,
    **DISPATCH_WORDS,
    **RESULT_WORDS,
    "days": SettingWords(
        "Days planned at once", "Horizon", "whole", "How long a plan is where nothing else is asked for.", "days", 1, 28
    ),
    "freeze_days": SettingWords(
        "Days kept as announced",
        "Horizon",
        "whole",
        "Announced visits that begin within so many days of the plan's first day stay as they are.",
        "days",
        0,
        28,
    ),
    "countries": SettingWords(
        "Countries planned",
        "Horizon",
        "names",
        "Only requests and inspectors of these countries, by their two letters. None named: all.",
        lowest=None,
    ),
    "areas": SettingWords(
        "Areas planned",
        "Horizon",
        "names",
        "Only requests at factories of these areas, written as the factories have them. None named: all.",
        lowest=None,
    ),
    "every_open_request": SettingWords(
        "Plan every open request",
        "Horizon",
        "switch",
        "Also requests whose window does not reach into the days planned: they are listed with the reason.",
        lowest=None,
    ),
    "default_price_cents": SettingWords(
        "Price of a man-day", "Prices and penalties", "money", "Taken where a request names no price."
    ),
    "late_cost_cents": SettingWords(
        "Penalty for a day late",
        "Prices and penalties",
        "money",
        "For each day that a visit begins after it is due, where the request names no penalty. It is no bill.",
    ),
    "unserved_share": SettingWords(
        "Penalty for leaving a request out",
        "Prices and penalties",
        "share",
        "As a share of the request's price, where the request names no penalty: 1 is the whole price.",
        "of the price",
    ),
    "unserved_extra_cents": SettingWords(
        "Added for the client's trust",
        "Prices and penalties",
        "money",
        "Added to the penalty for leaving a request out.",
    ),
    "can_wait_share": SettingWords(
        "Share for a request that can wait",
        "Prices and penalties",
        "share",
        "How much of that penalty counts where the next plan can still serve the request in its window.",
        "of the penalty",
    ),
    "target_hours": SettingWords(
        "On site within", "Prices and penalties", "whole", "From the booking on. The day on which it ends is due.", "h"
    ),
    "dupro_from_percent": SettingWords(
        "DUPRO from",
        "Production",
        "percent",
        "How much of an order must be made before a DUPRO. Clients and products may have windows of their own.",
        "% made",
        0,
        100,
    ),
    "dupro_to_percent": SettingWords(
        "DUPRO until", "Production", "percent", "How much may be made at most when a DUPRO begins.", "% made", 0, 100
    ),
    "announced_inspector_cost_cents": SettingWords(
        "Sending somebody else",
        "Announced visits",
        "money",
        "Penalty for each person of an announced visit who is exchanged.",
    ),
    "announced_day_cost_cents": SettingWords(
        "Moving the day", "Announced visits", "money", "Penalty where an announced visit begins on another day."
    ),
    "announced_drop_cost_cents": SettingWords(
        "Dropping a visit", "Announced visits", "money", "Penalty where an announced visit is not made at all."
    ),
    "travel.detour": SettingWords(
        "Detour", "Travel", "number", "The way by road or rail for each kilometre of the great circle.", "km"
    ),
    "travel.time_cost_per_hour": SettingWords(
        "An hour on the way", "Travel", "money", "What an hour of travel costs on top of fare and fuel."
    ),
    "travel.modes": SettingWords(
        "Ways to travel",
        "Travel",
        "modes",
        "Each with the distances and countries that it is offered for, its speed and what it costs.",
        lowest=None,
    ),
    "limits.morning": SettingWords(
        "To the first visit in the morning", "Limits", "whole", "The longest way before work begins.", "min"
    ),
    "limits.midday": SettingWords(
        "Between two visits at midday", "Limits", "whole", "The longest way from a morning's visit on.", "min"
    ),
    "limits.evening": SettingWords(
        "Home in the evening", "Limits", "whole", "A longer way means a night away, or a travel day.", "min"
    ),
    "limits.relocate": SettingWords(
        "To the next hotel", "Limits", "whole", "The longest way between two sites after work.", "min"
    ),
    "limits.free_day": SettingWords(
        "On a travel day", "Limits", "whole", "The longest way on a day without visits.", "min"
    ),
    "limits.away_nights": SettingWords(
        "Nights away without a visit", "Limits", "whole", "The most nights that a gap between two visits may have.", ""
    ),
    "rotation.max_visits": SettingWords(
        "Visits of one person to one factory",
        "Rotation",
        "whole",
        "The most, so that nobody grows too familiar with a factory.",
        "visits",
        1,
    ),
    "rotation.within_days": SettingWords(
        "Counted within", "Rotation", "whole", "The days of the past in which visits count.", "days"
    ),
}
"""By name; a setting with parts is named by each part: "limits.midday"."""
