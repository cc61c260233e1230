"""The house's own figures for the rules of the trade. They are no part of a plan's settings.

The defaults are the trade's; a `setting` record named like a field replaces it, as the settings dialog and
`dupro-desk set` write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Setting
from desktop.services.dispatching.house import HOUSE_DISPATCH, NO_MAIL, DispatchSettings, MailSettings
from desktop.services.trade.clock import HOUSE_CLOCK, ClockSettings
from desktop.services.trade.man_days import HOUSE_PACE, Pace
from desktop.services.trade.notice import HOUSE_URGENT, UrgentSettings
from desktop.services.trade.quote import HOUSE_QUOTE, QuoteSettings
from desktop.services.trade.results import HOUSE_RESULTS, ResultSettings
from desktop.services.trade.risk import HOUSE_RISK, RiskSettings


@dataclass(frozen=True, slots=True)
class TradeSettings:
    """The figures of every rule, rule by rule.

    Attributes:
        pace: what fits in a man-day.
        quote: what a man-day costs, and what is charged beside it.
        risk: how risky orders are, and from when on a DUPRO is suggested.
        clock: within how many hours somebody is on site at the very latest, and when working hours are.
        urgent: how much notice people get of urgent bookings.
        dispatch: who is told of visits, and when they are asked again.
        mail: the mail server.
        results: when reports and corrective actions are due, what is charged, and how large files may be.
    """

    pace: Pace = HOUSE_PACE
    quote: QuoteSettings = HOUSE_QUOTE
    clock: ClockSettings = HOUSE_CLOCK
    risk: RiskSettings = HOUSE_RISK
    results: ResultSettings = HOUSE_RESULTS
    urgent: UrgentSettings = HOUSE_URGENT
    dispatch: DispatchSettings = HOUSE_DISPATCH
    mail: MailSettings = NO_MAIL

    def to_json(self) -> dict[str, Any]:
        """As JSON values; `from_json` gives the same settings again."""
        return ADAPTER.dump_python(self, mode="json")  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TradeSettings:
        """Read what `to_json` wrote. Raises pydantic.ValidationError on anything else."""
        return ADAPTER.validate_python(data)

    def with_values(self, values: Mapping[str, Any]) -> TradeSettings:
        """These settings with some rules' figures replaced; of a rule a part will do."""
        return self.from_json(merged(self.to_json(), values))


ADAPTER: TypeAdapter[TradeSettings] = TypeAdapter(TradeSettings)
TRADE_SETTINGS = tuple(field.name for field in fields(TradeSettings))
"""The names under which the figures are stored."""


def merged(whole: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with the values of another in the place of its own, however deep they lie."""
    found = dict(whole)
    for name, value in part.items():
        standing = found.get(name)
        if isinstance(standing, Mapping) and isinstance(value, Mapping):
            found[name] = merged(standing, value)
        else:
            found[name] = value
    return found


def read_trade_settings(session: Session) -> TradeSettings:
    """The figures of the house as they are now."""
    query = select(Setting.name, Setting.value).where(Setting.name.in_(TRADE_SETTINGS))
    return TradeSettings().with_values({name: value for name, value in session.execute(query) if value is not None})
