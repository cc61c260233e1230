"""What an inspection is sold for: man-days at a rate, and what the trade charges beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuoteSettings:
    """The house's rate and surcharges, in US cents. The amounts are those that one large firm publishes.

    Attributes:
        rate_cents: of a man-day, where no client's rate says otherwise; the trade asks 250 to 350 dollars.
        usual_from_cents, usual_to_cents: a rate outside is pointed out.
        express_cents: for a booking that leaves fewer than `express_days` working days.
        rush_cents: instead of it, where it leaves fewer than `rush_days`.
        rest_day_cents: for each man-day on a Sunday or a public holiday.
        overtime_cents: for each hour beyond the day.
        same_day_report_cents: for the report on the evening of the visit.
        late_change_cents: for each man-day of a visit that is changed or called off late.
        late_change_hour: on the working day before the visit from which a change is late, by the factory's clock.
        full_fee_hour: on the same day from which the whole fee is due.
        bills_travel: whether the way is billed as it costs.
        bills_nights: whether hotel nights are.
        valid_days: for which the quote stands.
    """

    rate_cents: int = 30_000
    usual_from_cents: int = 25_000
    usual_to_cents: int = 35_000
    express_cents: int = 3_000
    express_days: int = 2
    rush_cents: int = 10_000
    rush_days: int = 1
    rest_day_cents: int = 10_000
    overtime_cents: int = 5_000
    same_day_report_cents: int = 3_000
    late_change_cents: int = 10_000
    late_change_hour: int = 9
    full_fee_hour: int = 18
    bills_travel: bool = False
    bills_nights: bool = False
    valid_days: int = 30


HOUSE_QUOTE = QuoteSettings()
