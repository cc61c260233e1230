"""Column types: aware UTC times, and small tuples kept as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from scheduler.problem import Mode


class UtcTime(TypeDecorator[dt.datetime]):
    """An aware time, kept in UTC on engines that keep no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn to UTC; a naive time is a fault of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a time without a zone cannot be stored: {value!r}"
            raise ValueError(msg)
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class TupleOf(TypeDecorator[tuple[Any, ...]]):
    """A tuple of strings, numbers or booleans as a JSON list. Immutable: assign a new tuple to change it."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> list[Any] | None:
        """A list, as JSON has no tuples."""
        return None if value is None else list(value)

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> tuple[Any, ...] | None:
        """A tuple again."""
        return None if value is None else tuple(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], tuple[Any, ...] | None] | None:
        """Read every text once where values come as text: few differ among thousands."""
        return _tuple_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class Modes(TypeDecorator[tuple[Mode, ...]]):
    """The ways to split the man-days of a request, as JSON pairs of crew and half-days. Their order is their index."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Mode, ...] | None, dialect: Dialect) -> list[list[int]] | None:
        """Pairs of numbers."""
        return None if value is None else [[mode.crew, mode.half_days] for mode in value]

    def process_result_value(self, value: list[list[int]] | None, dialect: Dialect) -> tuple[Mode, ...] | None:
        """Modes again."""
        return None if value is None else tuple(Mode(crew, half_days) for crew, half_days in value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], tuple[Mode, ...] | None] | None:
        """Read every text once where values come as text: few differ among thousands."""
        return _modes_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=4096)
def _tuple_of(text: str | None) -> tuple[Any, ...] | None:
    value = None if text is None else json.loads(text)
    return None if value is None else tuple(value)


@lru_cache(maxsize=4096)
def _modes_of(text: str | None) -> tuple[Mode, ...] | None:
    value = None if text is None else json.loads(text)
    return None if value is None else tuple(Mode(crew, half_days) for crew, half_days in value)
