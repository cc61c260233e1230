"""What an inspection is sold for: man-days at a rate, what is charged beside them, what is included.

Every line is rounded to the coin of the quote's currency, half up, and the total is the sum of the lines as they stand:
whoever adds them up finds it. The rate of a man-day is converted and rounded first, then multiplied by the man-days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from desktop.services.trade.man_days import count_days
from desktop.services.trade.money import DOLLAR, converted, rounded, spelled

HALVES = 2  # half-days of a man-day


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


@dataclass(frozen=True, slots=True)
class Rate:
    """What a man-day is sold for; nothing named: to every client, for every service, anywhere."""

    cents: int
    currency: str = DOLLAR
    client: str | None = None
    service: str | None = None
    country: str | None = None
    area: str | None = None

    def fits(self, client: str, service: str, country: str, area: str) -> bool:
        """Whether it is a rate for an inspection."""
        pairs = ((self.client, client), (self.service, service), (self.country, country), (self.area, area))
        return all(own is None or own == asked for own, asked in pairs)

    @property
    def particular(self) -> tuple[bool, bool, bool, bool]:
        """The more particular of two is the greater: by client, then area, then country, then service."""
        return self.client is not None, self.area is not None, self.country is not None, self.service is not None

    @property
    def whose(self) -> str:
        """For what it holds: "C001, DUPRO, CN"; "" for the house's."""
        return ", ".join(word for word in (self.client, self.service, self.country, self.area) if word)


def rate_for(rates: Iterable[Rate], client: str, service: str, country: str, area: str) -> Rate | None:
    """The most particular rate that fits an inspection; None where none does."""
    fitting = [rate for rate in rates if rate.fits(client, service, country, area)]
    return max(fitting, key=lambda rate: rate.particular, default=None)


@dataclass(frozen=True, slots=True)
class Job:
    """What is quoted.

    Attributes:
        half_days: of one inspector.
        rest_half_days: of those, on Sundays and public holidays.
        days_left: working days from the booking to the visit; None where the day is not known.
        overtime_hours: agreed beforehand.
        same_day_report: whether the client wants it on the evening.
        travel_cents, night_cents: of the cheapest slot, in US cents; None where none was found.
    """

    half_days: int
    rest_half_days: int = 0
    days_left: int | None = None
    overtime_hours: int = 0
    same_day_report: bool = False
    travel_cents: int | None = None
    night_cents: int | None = None


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line; hundredths of the quote's currency."""

    text: str
    cents: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What an inspection is sold for.

    Attributes:
        lines: in the order in which they are shown; the first is the man-days.
        warnings: for the house alone.
        includes: what is not charged beside the man-days.
        terms: what would be charged, and when.
    """

    currency: str
    lines: tuple[QuoteLine, ...]
    warnings: tuple[str, ...]
    includes: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def total_cents(self) -> int:
        """The sum of the lines."""
        return sum(line.cents for line in self.lines)


def quote(
    job: Job, rate: Rate, currency: str, units: Mapping[str, float], settings: QuoteSettings = HOUSE_QUOTE
) -> Quote:
    """The quote of a job in a currency.

    Raises:
        KeyError: a currency, of the quote or of the rate, has no rate of exchange.
        ValueError: there is no half-day to sell, or more of them on rest days than there are.
    """
    if job.half_days < 1 or not 0 <= job.rest_half_days <= job.half_days:
        raise ValueError(f"{job.half_days} half-days, {job.rest_half_days} of them on rest days, are no job")

    def dollars(cents: int | Fraction) -> int:
        return converted(cents, DOLLAR, currency, units)

    each = converted(rate.cents, rate.currency, currency, units)
    days = Fraction(job.half_days, HALVES)
    lines = [
        QuoteLine(f"{count_days(job.half_days / HALVES)} at {spelled(each, currency)}", rounded(each * days, currency))
    ]
    lines += _surcharges(job, settings, dollars, currency)
    for wanted, cents, text in (
        (settings.bills_travel, job.travel_cents, "Travel"),
        (settings.bills_nights, job.night_cents, "Hotel"),
    ):
        if wanted and cents:
            lines.append(QuoteLine(text, dollars(cents)))
    return Quote(
        currency,
        tuple(lines),
        _warnings(job, rate, units, settings),
        _included(settings),
        _terms(settings, dollars, currency),
    )


def _surcharges(job: Job, settings: QuoteSettings, dollars: Callable[..., int], currency: str) -> list[QuoteLine]:
    lines = []
    left = job.days_left
    if left is not None and left < settings.rush_days and settings.rush_cents:
        lines.append(QuoteLine(f"Booking {_ahead(left)}", dollars(settings.rush_cents)))
    elif left is not None and left < settings.express_days and settings.express_cents:
        lines.append(QuoteLine(f"Express booking, {_ahead(left)}", dollars(settings.express_cents)))
    if job.rest_half_days and settings.rest_day_cents:
        each = spelled(dollars(settings.rest_day_cents), currency)
        amount = dollars(Fraction(settings.rest_day_cents * job.rest_half_days, HALVES))
        lines.append(QuoteLine(f"{count_days(job.rest_half_days / HALVES)} on a Sunday or holiday at {each}", amount))
    if job.overtime_hours:
        hours = f"{job.overtime_hours} {'hour' if job.overtime_hours == 1 else 'hours'} of overtime"
        each = spelled(dollars(settings.overtime_cents), currency)
        lines.append(QuoteLine(f"{hours} at {each}", dollars(settings.overtime_cents * job.overtime_hours)))
    if job.same_day_report and settings.same_day_report_cents:
        lines.append(QuoteLine("Report on the same day", dollars(settings.same_day_report_cents)))
    return lines


def _warnings(job: Job, rate: Rate, units: Mapping[str, float], settings: QuoteSettings) -> tuple[str, ...]:
    found = []
    in_dollars = converted(rate.cents, rate.currency, DOLLAR, units)
    low, high = settings.usual_from_cents, settings.usual_to_cents
    if not low <= in_dollars <= high:
        usual = f"{spelled(low, DOLLAR)} to {spelled(high, DOLLAR)}"
        found.append(f"The rate, {spelled(in_dollars, DOLLAR)}, lies outside the usual {usual}.")
    for wanted, cents, text in (
        (settings.bills_travel, job.travel_cents, "travel"),
        (settings.bills_nights, job.night_cents, "hotel"),
    ):
        if wanted and cents is None:
            found.append(f"The {text} is billed, and its cost is not known: no slot was found.")
    return tuple(found)


def _included(settings: QuoteSettings) -> tuple[str, ...]:
    held = ["inspection on site by the sampling plan", "report with photos within 24 hours"]
    held += ["" if settings.bills_travel else "travel", "" if settings.bills_nights else "hotel"]
    return tuple(word for word in held if word)


def _terms(settings: QuoteSettings, dollars: Callable[..., int], currency: str) -> tuple[str, ...]:
    late = spelled(dollars(settings.late_change_cents), currency)
    found = []
    if settings.late_change_cents:
        found.append(
            f"Changed or called off after {settings.late_change_hour}:00 on the working day before: {late} for each"
            " man-day, and travel already paid."
        )
    found.append(
        f"Called off after {settings.full_fee_hour}:00 on that day, or the goods not ready on arrival: the whole fee."
    )
    if settings.rest_day_cents:
        each = spelled(dollars(settings.rest_day_cents), currency)
        found.append(f"Moved to a Sunday or public holiday: {each} for each man-day.")
    return tuple(found)


def _ahead(days: int) -> str:
    return "for the next day" if days == 0 else f"{days} working {'day' if days == 1 else 'days'} ahead"
