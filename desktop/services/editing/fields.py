"""What may be stored in each field that people enter, and how text becomes its type. One table per kind of record."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from desktop.errors import BadInputError
from desktop.models.factory import PRECISIONS
from desktop.models.request import REQUEST_STATUSES
from desktop.services.trade.groups import GROUPS
from desktop.services.trade.sampling import AQLS
from desktop.services.trade.sampling import Level as InspectionLevel
from desktop.services.words import with_article
from scheduler.problem import Mode

TIME_ZONES = {"CN": "Asia/Shanghai", "VN": "Asia/Ho_Chi_Minh"}
"""The zone of a country that has one only."""

DATE_EXAMPLE = "a date such as 2026-12-01"
TIME_EXAMPLE = "a time with its zone, such as 2026-12-01T08:30+08:00"
MOST_CREW = 20
MOST_HALF_DAYS = 56  # four weeks, the longest horizon


def _not_bool(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("it should be a number")  # noqa: TRY004 -- pydantic turns ValueError into a fault
    return value


def _date(value: object) -> object:
    """A date from ISO text. A number would otherwise be read as seconds since 1970."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"it should be {DATE_EXAMPLE}") from None
    if isinstance(value, int | float):
        raise ValueError(f"it should be {DATE_EXAMPLE}")  # noqa: TRY004 -- as above
    return value


def _time(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError(f"it should be {TIME_EXAMPLE}")  # noqa: TRY004 -- as above
    return value


def _no_control(value: str) -> str:
    if any(ord(char) < 32 and char not in "\n\t" for char in value):
        raise ValueError("it should have no control characters")
    return value


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) < len(values):
        raise ValueError("it should name nothing twice")
    return values


def _one_of(*choices: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in choices:
            raise ValueError(f"it should be one of {', '.join(choices)}")
        return value

    return AfterValidator(check)


def _country(value: str) -> str:
    if not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise ValueError("it should be the two letters of a country, such as CN or VN")
    return value.upper()


def _no_country_or(value: str) -> str:
    return _country(value) if value else value


def _email(value: str) -> str:
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise ValueError("it should be an e-mail address such as lan@example.com, or empty")
    return value


def _known_zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("it should be the name of a time zone such as Asia/Shanghai") from None
    return value


def _mode(value: object) -> object:
    """A mode from a pair, as records keep it."""
    if isinstance(value, Mapping):
        return Mode(int(value["crew"]), int(value["half_days"]))
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        return Mode(int(value[0]), int(value[1]))
    return value


def _workable(mode: Mode) -> Mode:
    if not (1 <= mode.crew <= MOST_CREW and 1 <= mode.half_days <= MOST_HALF_DAYS):
        raise ValueError(f"it should have a crew of 1 to {MOST_CREW} and 1 to {MOST_HALF_DAYS} half-days")
    return mode


def _aware(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError(f"it should be {TIME_EXAMPLE}")
    return value.astimezone(dt.UTC)


Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_no_control)]
Name = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[Text, StringConstraints(min_length=1, max_length=60)]
Country = Annotated[Text, AfterValidator(_country)]
MaybeCountry = Annotated[Text, AfterValidator(_no_country_or)]
Email = Annotated[Text, AfterValidator(_email)]
Date = Annotated[dt.date, BeforeValidator(_date)]
Time = Annotated[dt.datetime, BeforeValidator(_time), AfterValidator(_aware)]
Whole = Annotated[int, BeforeValidator(_not_bool), Field(ge=-(2**31), lt=2**31)]
Count = Annotated[Whole, Field(ge=1)]
Minutes = Annotated[Whole, Field(ge=0, le=10_000)]
Cents = Annotated[Whole, Field(ge=0)]
Level = Annotated[Whole, Field(ge=1, le=5)]
Number = Annotated[float, BeforeValidator(_not_bool), Field(allow_inf_nan=False)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Weekday = Annotated[Whole, Field(ge=0, le=6)]
Weekdays = Annotated[tuple[Weekday, ...], AfterValidator(_distinct), AfterValidator(lambda days: tuple(sorted(days)))]
Names = Annotated[tuple[Name, ...], AfterValidator(_distinct)]
OneMode = Annotated[Mode, BeforeValidator(_mode), AfterValidator(_workable)]
ModeList = Annotated[tuple[OneMode, ...], Field(min_length=1), AfterValidator(_distinct)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Precision = Annotated[str, _one_of(*PRECISIONS)]
RequestStatus = Annotated[str, _one_of(*REQUEST_STATUSES)]
Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]

FIELDS: dict[str, dict[str, Any]] = {
    "client": {
        "code": Code,
        "name": Name,
        "contact": Text,
        "email": Email,
        "country": MaybeCountry,
        "clock_in_working_hours": bool,
    },
    "factory": {
        "code": Code,
        "name": Name,
        "local_name": Text,
        "address": Text,
        "contact": Text,
        "phone": Text,
        "email": Email,
        "lat": Latitude | None,
        "lon": Longitude | None,
        "precision": Precision,
        "area": Name,
        "country": Country,
        "time_zone": Zone,
        "closed_weekdays": Weekdays,
        "closes_on_holidays": bool,
    },
    "order": {
        "code": Code,
        "client": Code,
        "factory": Code,
        "product": Text,
        "description": Text,
        "quantity": Count,
        "production_start": Date | None,
        "daily_rate": Annotated[Number, Field(gt=0)] | None,
        "ready_date": Date | None,
        "product_group": Annotated[str, _one_of("", *GROUPS)],
        "variants": Count,
        "is_new_product": bool,
        "value_cents": Cents | None,
        "standards": Names,
        "golden_sample": Text,
        "specifications": Text,
        "packing": Text,
    },
    "request": {
        "code": Code,
        "client": Code,
        "order": Code | None,
        "factory": Code,
        "service": Name,
        "skill": Name,
        "level": Level,
        "languages": Names,
        "certificates": Names,
        "lead_level": Level | None,
        "lead_languages": Names,
        "lead_certificates": Names,
        "modes": ModeList,
        "earliest": Date | None,
        "latest": Date | None,
        "due": Date | None,
        "late_cost_cents": Cents | None,
        "unserved_cost_cents": Cents | None,
        "price_cents": Cents | None,
        "requested_at": Time,
        "status": RequestStatus,
        "note": Text,
        "inspection_level": Annotated[str, _one_of(*InspectionLevel)],
        "aql_major": Annotated[str, _one_of(*AQLS)],
        "aql_minor": Annotated[str, _one_of(*AQLS)],
        "test_minutes": Minutes,
        "containers": Count | None,
        "man_days_reason": Text,
    },
    "inspector": {
        "code": Code,
        "name": Name,
        "local_name": Text,
        "phone": Text,
        "email": Email,
        "team": Text,
        "home_address": Text,
        "lat": Latitude,
        "lon": Longitude,
        "country": Country,
        "services": Names,
        "languages": Names,
        "weekdays": Weekdays,
        "works_on_holidays": bool,
        "travels_on_rest_days": bool,
        "day_costs_cents": tuple[Cents, ...],
        "weekend_premium_cents": Cents,
        "holiday_premium_cents": Cents,
        "night_cost_cents": Cents,
        "travel_day_cost_cents": Cents,
        "max_consecutive_days": Count,
        "sheet_language": Annotated[str, _one_of("", "zh", "vi", "en")],
        "active": bool,
        "skills": dict[Name, Level],
        "certificates": dict[Name, Date],
        "permits": dict[Name, Date | None],
    },
}
"""Every field that may be entered, by kind of record. References are codes."""

_ADAPTERS: dict[tuple[str, str], TypeAdapter[Any]] = {}


def check_values(kind: str, values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Typed values of fields of a record.

    Args:
        kind: a key of FIELDS.
        values: by field; text is turned into the field's type.
        name: what a message calls the record: "Request R00012".

    Raises:
        BadInputError: with a sentence for every field that is unknown or whose value cannot be used.
    """
    fields = FIELDS[kind]
    typed: dict[str, Any] = {}
    faults: list[str] = []
    for field, value in values.items():
        if field not in fields:
            faults.append(f"{field}: {with_article(kind)} has no such field to enter; it has {', '.join(fields)}")
            continue
        try:
            typed[field] = _adapter(kind, field).validate_python(value)
        except ValidationError as error:
            faults.extend(_fault(field, entry) for entry in error.errors(include_url=False))
    refuse_faults(name, faults)
    return typed


def refuse_faults(name: str, faults: Sequence[str]) -> None:
    """Raise BadInputError for faults of a record, if there are any."""
    if faults:
        raise BadInputError(
            f"{name} cannot be stored like this:\n" + "\n".join(f"  {fault}" for fault in faults),
            "Correct the value and try again." if len(faults) == 1 else "Correct the values and try again.",
            faults,
        )


def _adapter(kind: str, field: str) -> TypeAdapter[Any]:
    """Built when first used, and kept: an import checks thousands of values."""
    key = (kind, field)
    if key not in _ADAPTERS:
        _ADAPTERS[key] = TypeAdapter(FIELDS[kind][field])
    return _ADAPTERS[key]


def _fault(field: str, entry: ErrorDetails) -> str:
    text = entry["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    text = text.replace("at least 1 item after validation, not 0", "at least one character")
    where = "".join(f"[{part}]" for part in entry["loc"] if part != "[key]")
    return f"{field}{where} is {entry['input']!r}; {text[0].lower()}{text[1:]}"
