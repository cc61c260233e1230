"""Files that name factories by codes of before a merger: their rows go to the factory that was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Factory, FactoryAlias
from desktop.services.exchange.columns import Sheet
from desktop.services.exchange.reading import ReadRow


class MergedCodes:
    """The old codes of the factories of one database."""

    def __init__(self, session: Session) -> None:
        query = select(FactoryAlias.code, Factory.code).join(Factory, Factory.id == FactoryAlias.factory_id)
        self._kept = {old: kept for old, kept in session.execute(query)}

    def settle(self, sheet: Sheet, rows: Sequence[ReadRow]) -> Iterable[str]:
        """Let rows name the factories that were kept, and blame those that would store an old one again.

        Returns:
            A sentence for each old code that rows refer to.
        """
        if not self._kept:
            return ()
        if sheet.kind == "factory":
            for row in rows:
                self._blame(sheet, row)
            return ()
        fields = [column.field for column in sheet.columns if column.refers_to == "factory"]
        told: dict[str, None] = {}
        for row in rows:
            for field in fields:
                code = row.values.get(field)
                if code in self._kept:
                    row.values[field] = self._kept[code]
                    told[f"{code} was merged into {self._kept[code]}: its rows are stored there."] = None
        return told

    def _blame(self, sheet: Sheet, row: ReadRow) -> None:
        code = row.values.get("code")
        if code in self._kept:
            kept = self._kept[code]
            row.blame(sheet.by_field["code"], code, f"was merged into {kept}", f"Write {kept}, or leave the row out")
