"""Records as the values that people enter, and back: references as codes, child rows as lists in one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from desktop.models import (
    Base,
    Inspector,
    InspectorCertificate,
    InspectorSkill,
    Permit,
    Pin,
    PinInspector,
    Request,
    RequestAffinity,
    RequestExclusion,
)
from desktop.services.exchange.codes import Codes, chunks
from desktop.services.exchange.columns import Sheet, Values
from scheduler.problem import WAIVERS

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _ChildList:
    """A list in one cell that is rows of a table: what names a row, and what it says (None: nothing more)."""

    rows: str
    model: type[Any]
    name: str
    value: str | None

    @property
    def names_inspectors(self) -> bool:
        return self.name == "inspector_id"

    def get(self, record: Base, codes: Codes) -> tuple[Any, ...]:
        found = []
        for row in getattr(record, self.rows):
            name = getattr(row, self.name)
            name = codes.code_of("inspector", name) if self.names_inspectors else name
            found.append((name, getattr(row, self.value)) if self.value else name)
        return tuple(sorted(found, key=lambda item: item[0] if self.value else item))

    def put(self, record: Base, wanted: Iterable[Any], codes: Codes) -> None:
        """Make the rows say what is wanted, touching only those that differ."""
        rows = getattr(record, self.rows)
        named = {}
        for item in wanted:
            name, value = item if self.value else (item, None)
            named[codes.id_of("inspector", name) if self.names_inspectors else name] = value
        standing = {getattr(row, self.name): row for row in rows}
        for name, row in standing.items():
            if name not in named:
                rows.remove(row)
        for name, value in named.items():
            said = {self.value: value} if self.value else {}
            if name not in standing:
                rows.append(self.model(**{self.name: name}, **said))
            elif self.value and getattr(standing[name], self.value) != value:
                setattr(standing[name], self.value, value)


_LISTS: Mapping[tuple[str, str], _ChildList] = {
    ("inspector", "skills"): _ChildList("skills", InspectorSkill, "skill", "level"),
    ("inspector", "certificates"): _ChildList("certificates", InspectorCertificate, "certificate", "valid_until"),
    ("inspector", "permits"): _ChildList("permits", Permit, "area", "valid_until"),
    ("request", "excluded"): _ChildList("exclusions", RequestExclusion, "inspector_id", None),
    ("request", "affinities"): _ChildList("affinities", RequestAffinity, "inspector_id", "cents"),
}

_PIN_FIELDS = ("pinned", "pin_inspectors", "pin_start", "pin_mode", "pin_waive", "pin_reason")

_EAGER: Mapping[str, tuple[Any, ...]] = {
    "inspector": (
        selectinload(Inspector.skills),
        selectinload(Inspector.certificates),
        selectinload(Inspector.permits),
    ),
    "request": (
        selectinload(Request.exclusions),
        selectinload(Request.affinities),
        selectinload(Request.pin).selectinload(Pin.inspectors),
    ),
}


def values_of(sheet: Sheet, record: Base, codes: Codes) -> dict[str, Any]:
    """All fields of a record. The codes it refers to must have been fetched: see `fetch_references`."""
    values: dict[str, Any] = {}
    for column in sheet.columns:
        if child := _LISTS.get((sheet.kind, column.field)):
            values[column.field] = child.get(record, codes)
        elif column.field in _PIN_FIELDS:
            continue
        elif column.refers_to:
            row_id = getattr(record, f"{column.field}_id")
            values[column.field] = None if row_id is None else codes.code_of(column.refers_to, row_id)
        else:
            values[column.field] = getattr(record, column.field)
    if isinstance(record, Request):
        values |= _pin_values(record.pin, codes)
    return values


def put_values(sheet: Sheet, record: Base, values: Values, codes: Codes) -> None:
    """Set fields of a record. The codes that they name must have been fetched."""
    for field, value in values.items():
        column = sheet.by_field[field]
        if child := _LISTS.get((sheet.kind, field)):
            child.put(record, value, codes)
        elif field in _PIN_FIELDS:
            continue
        elif column.refers_to:
            setattr(record, f"{field}_id", None if value is None else codes.id_of(column.refers_to, value))
        else:
            setattr(record, field, value)
    if isinstance(record, Request) and values.keys() & set(_PIN_FIELDS):
        now = _pin_values(record.pin, codes) | {key: values[key] for key in _PIN_FIELDS if key in values}
        _put_pin(record, now, codes)


def find(session: Session, sheet: Sheet, keys: Iterable[Key], codes: Codes) -> dict[Key, list[Base]]:
    """The records of some keys, oldest first, with all that `values_of` needs. Fetches the codes they refer to."""
    wanted = set(keys)
    records: list[Base] = []
    for condition in _conditions(sheet, wanted, codes):
        model: Any = sheet.model
        query = select(model).where(condition).options(*_EAGER.get(sheet.kind, ())).order_by(model.id)
        records.extend(session.scalars(query))
    fetch_references(sheet, records, codes)
    found: dict[Key, list[Base]] = {}
    for record in records:
        key = key_of(sheet, record, codes)
        if key in wanted:
            found.setdefault(key, []).append(record)
    return found


def every(session: Session, sheet: Sheet, codes: Codes, *conditions: ColumnElement[bool]) -> list[Base]:
    """All records of a sheet that meet the conditions, in the order of their keys. Fetches codes as `find` does."""
    model: Any = sheet.model
    query = select(model).where(*conditions).options(*_EAGER.get(sheet.kind, ())).order_by(model.id)
    records = list(session.scalars(query))
    fetch_references(sheet, records, codes)
    return records


def key_of(sheet: Sheet, record: Base, codes: Codes) -> Key:
    """The key of a record."""
    parts = []
    for field in sheet.key:
        kind = sheet.by_field[field].refers_to
        if kind is None:
            parts.append(getattr(record, field))
        else:
            row_id = getattr(record, f"{field}_id")
            parts.append(None if row_id is None else codes.code_of(kind, row_id))
    return tuple(parts)


def fetch_references(sheet: Sheet, records: Sequence[Base], codes: Codes) -> None:
    """Fetch every code that some records refer to."""
    for column in sheet.columns:
        if column.refers_to and not _is_child(sheet, column.field):
            ids = (getattr(record, f"{column.field}_id") for record in records)
            codes.fetch_ids(column.refers_to, {row_id for row_id in ids if row_id is not None})
    requests = [record for record in records if isinstance(record, Request)]
    people = {row.inspector_id for request in requests for row in request.exclusions}
    people |= {affinity.inspector_id for request in requests for affinity in request.affinities}
    people |= {pinned.inspector_id for request in requests if request.pin for pinned in request.pin.inspectors}
    codes.fetch_ids("inspector", people)


def _is_child(sheet: Sheet, field: str) -> bool:
    return (sheet.kind, field) in _LISTS or field in _PIN_FIELDS


def _conditions(sheet: Sheet, keys: set[Key], codes: Codes) -> Iterable[ColumnElement[bool]]:
    """The keys by their first field, in portions."""
    field = sheet.key[0]
    kind = sheet.by_field[field].refers_to
    column: Any = getattr(sheet.model, f"{field}_id" if kind else field)
    first = {key[0] for key in keys}
    if None in first:
        yield column.is_(None)
        first.discard(None)
    wanted: Callable[[Any], Any] = (lambda code: codes.id_of(kind, code)) if kind else (lambda value: value)
    for portion in chunks(sorted(value for value in map(wanted, first) if value is not None)):
        yield column.in_(portion)


def _pin_values(pin: Pin | None, codes: Codes) -> dict[str, Any]:
    if pin is None:
        return {
            "pinned": False,
            "pin_inspectors": (),
            "pin_start": None,
            "pin_mode": None,
            "pin_waive": (),
            "pin_reason": "",
        }
    return {
        "pinned": True,
        "pin_inspectors": tuple(sorted(codes.code_of("inspector", row.inspector_id) for row in pin.inspectors)),
        "pin_start": pin.start_slot,
        # people count the ways from 1
        "pin_mode": None if pin.mode is None else pin.mode + 1,
        "pin_waive": tuple(rule for rule in WAIVERS if rule in pin.waive),
        "pin_reason": pin.reason,
    }


def _put_pin(request: Request, values: Values, codes: Codes) -> None:
    if not values["pinned"]:
        request.pin = None
        return
    pin = request.pin
    if pin is None:
        pin = Pin(inspectors=[])
        request.pin = pin
    pin.start_slot = values["pin_start"]
    pin.mode = None if values["pin_mode"] is None else values["pin_mode"] - 1
    pin.waive = tuple(values["pin_waive"])
    pin.reason = values["pin_reason"]
    wanted = {codes.id_of("inspector", code) for code in values["pin_inspectors"]}
    for row in [row for row in pin.inspectors if row.inspector_id not in wanted]:
        pin.inspectors.remove(row)
    standing = {row.inspector_id for row in pin.inspectors}
    for row_id in sorted(row_id for row_id in wanted if row_id is not None and row_id not in standing):
        pin.inspectors.append(PinInspector(inspector_id=row_id))
