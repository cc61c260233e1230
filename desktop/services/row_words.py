"""How a row is said to people: "visit of R00012", "skill textile of I0003", and its fields and values in words."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Date, Table, select
from sqlalchemy.orm import Session

from desktop.models import Base, ChangedRow
from desktop.models.types import Modes, UtcTime
from desktop.services.words import DAYS, spell_day, spell_money, spell_slots, spell_time
from scheduler.problem import Mode

Image = Mapping[str, Any]

# fields in braces; a foreign key stands for the name of the row that it points to
_NAMES = {
    "absence": "absence of {inspector_id}",
    "announced_change": "taken back announcement of {request_id}",
    "announcement": "announcement of {request_id}",
    "announcement_inspector": "{inspector_id} in the {announcement_id}",
    "assignment": "{inspector_id} on the {visit_id}",
    "attachment": "file {name} of the {visit_id}",
    "calendar_day": "{date} in {country}",
    "checklist": "checklist {revision} of {client_id}",
    "checklist_item": "item {position} of the {checklist_id}",
    "client": "{code}",
    "client_rate": "man-day rate",
    "corrective_action": "corrective action of the {visit_id}",
    "day_exception": "{inspector_id} on {date}",
    "defect": "defect {position} in the {result_id}",
    "exchange_rate": "rate of {currency} on {date}",
    "factory": "{code}",
    "factory_alias": "other name {code} of {factory_id}",
    "factory_closure": "closing of {factory_id}",
    "follow_up": "what {request_id} follows",
    "import_profile": "import profile {name}",
    "inspector": "{code}",
    "inspector_certificate": "certificate {certificate} of {inspector_id}",
    "inspector_position": "position of {inspector_id}",
    "inspector_skill": "skill {skill} of {inspector_id}",
    "notice": "notice of {request_id} to the {party}",
    "order": "{code}",
    "past_visit": "past visit of {inspector_id} to {factory_id}",
    "permit": "permit of {inspector_id} for {area}",
    "pin": "pin of {request_id}",
    "pin_inspector": "{inspector_id} in the {pin_id}",
    "plan": "{code}",
    "production_window": "production window",
    "progress_report": "progress of {order_id}",
    "request": "{code}",
    "request_affinity": "preference of {request_id} for {inspector_id}",
    "request_exclusion": "exclusion of {inspector_id} from {request_id}",
    "sending": "message {sequence} of the {notice_id}",
    "setting": "setting {name}",
    "slot_hold": "hold of {request_id}",
    "study": "study {label} of {plan_id}",
    "unassigned": "{request_id} left out of {plan_id}",
    "visit": "visit of {request_id}",
    "visit_result": "result of the {visit_id}",
}


class RowNames:
    """Names of rows, present and past ones; what was looked up is remembered."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._images: dict[tuple[str, int], Image | None] = {}

    def of(self, table: str, row_id: int) -> str:
        """The name of a row by key; a row that nothing is known of has its number for a name."""
        image = self._image(table, row_id)
        return f"{_spaced(table)} {row_id}" if image is None else self.of_image(table, image)

    def of_image(self, table: str, image: Image) -> str:
        """The name of the row that an image shows."""
        template = _NAMES[table]
        fields = [field for _, field, _, _ in string.Formatter().parse(template) if field]
        return template.format_map({field: self.value(table, field, image.get(field)) for field in fields})

    def value(self, table: str, field: str, value: Any) -> str:  # noqa: ANN401 -- any value of any column, as JSON
        """A value of a field in words: a day, half-days, money, the name of the record referred to."""
        column = Base.metadata.tables[table].columns.get(field)
        if value is None or column is None:
            return "none" if value is None else str(value)
        target = _target(column)
        if target is not None:
            return self.of(target, int(value))
        return _spell(column, value)

    def remember(self, table: str, row_id: int, image: Image) -> None:
        """Take the name of a row from this image, without asking the database."""
        self._images.setdefault((table, row_id), image)

    def _image(self, table: str, row_id: int) -> Image | None:
        key = (table, row_id)
        if key not in self._images:
            self._images[key] = self._present(table, row_id) or self._past(table, row_id)
        return self._images[key]

    def _present(self, table: str, row_id: int) -> Image | None:
        columns = Base.metadata.tables[table]
        row = self._session.execute(select(columns).where(columns.c.id == row_id)).mappings().one_or_none()
        return None if row is None else {name: _plain(value) for name, value in row.items()}

    def _past(self, table: str, row_id: int) -> Image | None:
        return self._session.scalars(
            select(ChangedRow.before)
            .where(ChangedRow.table_name == table, ChangedRow.row_id == row_id, ChangedRow.operation == "delete")
            .order_by(ChangedRow.id.desc())
            .limit(1)
        ).first()


def field_words(field: str) -> str:
    """The name of a field for people: "first slot", "client"."""
    for suffix in ("_id", "_cents"):
        field = field.removesuffix(suffix)
    return field.replace("_", " ")


def table_of(name: str) -> Table:
    """The table of a name."""
    return Base.metadata.tables[name]


def _spaced(table: str) -> str:
    return table.replace("_", " ")


def _target(column: Column[Any]) -> str | None:
    """The table that a column points to. An assignment's first pointer is its visit."""
    if column.name == "visit_id":
        return "visit"
    keys = [key for key in column.foreign_keys if key.column.name == "id"]
    return keys[0].column.table.name if keys and column.name.endswith("_id") else None


def _plain(value: Any) -> Any:  # noqa: ANN401 -- as above
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _spell(column: Column[Any], value: Any) -> str:  # noqa: ANN401 -- as above
    for applies, spell in _SPELLINGS:
        if applies(column, value):
            return spell(value)
    return str(value) or "empty"


def _spell_modes(modes: Any) -> str:  # noqa: ANN401 -- pairs from an image, Modes from a record
    pairs = [(mode.crew, mode.half_days) if isinstance(mode, Mode) else mode for mode in modes]
    return "; ".join(f"{crew} x {half_days / 2:g} d" for crew, half_days in pairs)


# the first that applies to a column and its value, and how such a value is said
_SPELLINGS: tuple[tuple[Callable[[Column[Any], Any], bool], Callable[[Any], str]], ...] = (
    (lambda column, _: column.name.endswith("_slot"), lambda slot: spell_slots(slot, slot)),
    (lambda column, _: column.name.endswith("_cents"), spell_money),
    (lambda column, _: isinstance(column.type, UtcTime), lambda text: spell_time(dt.datetime.fromisoformat(text))),
    (lambda column, _: isinstance(column.type, Date), lambda text: spell_day(dt.date.fromisoformat(text))),
    (lambda column, _: isinstance(column.type, Modes), _spell_modes),
    (lambda column, _: column.name.endswith("weekdays"), lambda days: ", ".join(DAYS[day] for day in days) or "none"),
    (lambda _, value: isinstance(value, bool), lambda value: "yes" if value else "no"),
    (lambda _, value: isinstance(value, list | tuple), lambda items: ", ".join(map(str, items)) or "none"),
)
