"""Reading one JSON object field by field, going on after a fault so that all of them are found."""

from __future__ import annotations

import datetime as dt
import functools
import json
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from scheduler.errors import Fault

T = TypeVar("T")
U = TypeVar("U")
EMPTY: dict[str, Any] = {}  # stands in for a map that could not be read
SHOWN = 60  # characters of a value that a message repeats


class WrongValueError(Exception):
    """A value is not of the kind its field takes; `text` says which kind, `shown` is the value meant."""

    def __init__(self, text: str, shown: object) -> None:
        self.text = text
        self.shown = shown
        super().__init__(text)


def shown(value: object) -> str:
    """A value as a message repeats it: JSON, cut where long."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def text(value: object) -> str:
    """A string."""
    if type(value) is not str:
        raise WrongValueError("must be text", value)
    return value


def name(value: object) -> str:
    """A string that is not empty."""
    if type(value) is not str or not value:
        raise WrongValueError("must be text, not empty", value)
    return value


def whole(value: object) -> int:
    """An integer; neither a truth value nor a number with a point."""
    if type(value) is not int:
        raise WrongValueError("must be a whole number", value)
    return value


def number(value: object) -> float:
    """A finite number."""
    if type(value) is int:
        try:
            return float(value)
        except OverflowError:
            raise WrongValueError("must be a finite number", value) from None
    if type(value) is not float or not math.isfinite(value):
        raise WrongValueError("must be a finite number", value)
    return value


def flag(value: object) -> bool:
    """A truth value."""
    if type(value) is not bool:
        raise WrongValueError("must be true or false", value)
    return value


@functools.lru_cache(maxsize=4096)
def _iso_date(value: str) -> dt.date:
    if len(value) != 10 or value[4] != "-" or value[7] != "-":
        raise ValueError
    return dt.date.fromisoformat(value)


def date(value: object) -> dt.date:
    """A date written year-month-day."""
    try:
        return _iso_date(value)
    except (TypeError, ValueError):
        raise WrongValueError("must be a date written like 2026-11-23", value) from None


def exactly(wanted: str) -> Callable[[object], str]:
    """One string and no other."""

    def read(value: object) -> str:
        if value != wanted:
            raise WrongValueError(f"must be {wanted!r}", value)
        return wanted

    return read


def optional(parse: Callable[[object], T]) -> Callable[[object], T | None]:
    """What `parse` takes, or null."""

    def read(value: object) -> T | None:
        return None if value is None else parse(value)

    return read


def many(parse: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A list of what `parse` takes."""

    def read(value: object) -> tuple[T, ...]:
        if type(value) is not list:
            raise WrongValueError("must be a list", value)
        try:
            return tuple([parse(entry) for entry in value])
        except WrongValueError:
            raise _entries_wrong(parse, list(enumerate(value))) from None

    return read


def mapping(parse: Callable[[object], T]) -> Callable[[object], dict[str, T]]:
    """An object from any key to what `parse` takes; the key `info` is ignored, as everywhere."""

    def read(value: object) -> dict[str, T]:
        if type(value) is not dict:
            raise WrongValueError("must be an object", value)
        entries = {key: entry for key, entry in value.items() if key != "info"}
        try:
            return {key: parse(entry) for key, entry in entries.items()}
        except WrongValueError:
            raise _entries_wrong(parse, list(entries.items())) from None

    return read


def _entries_wrong(parse: Callable[[object], Any], entries: list[tuple[object, object]]) -> WrongValueError:
    """One error that names every entry that `parse` refuses, with the first value."""
    wrong = []
    for key, entry in entries:
        try:
            parse(entry)
        except WrongValueError as error:
            wrong.append((key, error))
    places = ", ".join(str(key) for key, _ in wrong[:8]) + (" ..." if len(wrong) > 8 else "")
    return WrongValueError(f"entry {places} {wrong[0][1].text}", wrong[0][1].shown)


class Reader:
    """One object of a file. `take` gives its fields typed; what is wrong is added to `faults` and replaced."""

    __slots__ = ("_data", "_taken", "faults", "prefix", "record")

    def __init__(self, data: object, record: str, faults: list[Fault], prefix: str = "") -> None:
        self.record = record
        self.faults = faults
        self.prefix = prefix
        self._taken = 0
        if type(data) is dict:
            self._data: Mapping[str, object] = data
        else:
            self._data = {}
            self.fault("", "must be an object", data)
            self._taken = -1000  # its missing fields are not faults of their own

    def fault(self, key: str, what: str, value: object) -> None:
        """Note a fault of the field `key`."""
        self.faults.append(Fault(self.record, (self.prefix + key).rstrip("."), shown(value), what))

    def has(self, key: str) -> bool:
        """Whether the object has a key at all."""
        return key in self._data

    def raw(self, key: str) -> object:
        """A field as it stands, None where it is missing (then a fault is noted)."""
        if key in self._data:
            self._taken += 1
            return self._data[key]
        if self._taken >= 0:
            self.faults.append(Fault(self.record, self.prefix + key, "", "is missing"))
        return None

    def take(self, key: str, parse: Callable[[object], T], instead: U) -> T | U:
        """A field read by `parse`; `instead` where it is missing or wrong."""
        if key not in self._data:
            if self._taken >= 0:
                self.faults.append(Fault(self.record, self.prefix + key, "", "is missing"))
            return instead
        self._taken += 1
        try:
            return parse(self._data[key])
        except WrongValueError as error:
            self.fault(key, error.text, error.shown)
            return instead

    def part(self, key: str) -> Reader | None:
        """An object within the object, or None where it is null."""
        value = self.raw(key)
        return None if value is None else Reader(value, self.record, self.faults, f"{self.prefix}{key}.")

    def need(self, key: str) -> Reader:
        """An object within the object that must not be null."""
        if key in self._data and self._data[key] is None:
            self._taken += 1
            self.fault(key, "must be an object", None)
        elif key in self._data:
            self._taken += 1
            return Reader(self._data[key], self.record, self.faults, f"{self.prefix}{key}.")
        elif self._taken >= 0:
            self.faults.append(Fault(self.record, self.prefix + key, "", "is missing"))
        return Reader({}, self.record, [], f"{self.prefix}{key}.")

    def parts(self, key: str) -> list[Reader]:
        """A list of objects within the object."""
        return [
            Reader(entry, self.record, self.faults, f"{self.prefix}{key}[{n}].")
            for n, entry in enumerate(self.take(key, many(anything), ()))
        ]

    def close(self, keys: frozenset[str]) -> None:
        """Note every key that is not among `keys`; `info` is allowed in any object."""
        if self._taken >= 0 and self._taken + ("info" in self._data) != len(self._data):
            for key in self._data:
                if key not in keys and key != "info":
                    self.fault(key, "is not a known key: remove it, or put it under `info`", self._data[key])


def anything(value: object) -> object:
    """Any JSON value, as it is."""
    return value
