"""The inspector's work sheet on paper: head, sample, the things to check with room to write, tally, signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.services.exchange.atomic import replacing
from desktop.services.trade.protocols import DEFECTS, Item, Language, Section, read_words
from desktop.services.worksheets import EVERY_DAY, PAPERS, WITHOUT_SAMPLE, ClassPlan, Sampling, WorkSheet
from desktop.views.paper.flow import (
    INNER,
    Ink,
    RowStyle,
    Strip,
    Words,
    as_pdf,
    as_pictures,
    cell,
    gap,
    paragraph,
    row,
    tick_boxes,
)
from desktop.views.theme import LIGHT, load_fonts
from desktop.views.words import DASH

DEMIBOLD, MEDIUM = QFont.Weight.DemiBold, QFont.Weight.Medium
CENTRE = Qt.AlignmentFlag.AlignHCenter
TITLE, HEADING = Ink(17, DEMIBOLD), Ink(10, DEMIBOLD)
LABEL, VALUE = Ink(7, colour=LIGHT.faint), Ink(9)
HEAD, BODY, STRONG, SMALL = Ink(7, MEDIUM, LIGHT.muted), Ink(8), Ink(8, MEDIUM), Ink(7, colour=LIGHT.muted)
MISSING = Ink(8, MEDIUM, LIGHT.warn)
INKS = {"critical": Ink(8, DEMIBOLD, LIGHT.bad), "major": Ink(8, MEDIUM), "minor": Ink(8, colour=LIGHT.muted)}
CHECK_WIDTHS = (24.0, 237.0, 42.0, 46.0, 64.0, 36.0, 78.0)
SAMPLE_WIDTHS = (117.0, 60.0, 60.0, 80.0, 70.0, 70.0, 70.0)
TALLY_WIDTHS = (277.0, 60.0, 60.0, 60.0, 70.0)
LEAST_ROW, TALLY_ROWS, WRITING, SIGNING = 26.0, 8, 22.0, 58.0
LONGEST = 600  # characters printed of a text: more makes a row that no page holds


def write_worksheet(sheet: WorkSheet, language: Language, path: Path) -> int:
    """Write the sheet as PDF. Needs no display.

    Returns:
        The number of pages.

    Raises:
        BadInputError: where the file cannot be written.
    """
    with _application():
        content, pages = _as_pdf(sheet, language)
    with replacing(path) as draft:
        draft.write_bytes(content)
    return pages


def worksheet_pdf(sheet: WorkSheet, language: Language) -> bytes:
    """The sheet as PDF. Needs no display, and may be made on any thread."""
    with _application():
        return _as_pdf(sheet, language)[0]


def worksheet_pictures(sheet: WorkSheet, language: Language, scale: float) -> list[QImage]:
    """The pages as pictures, so many pixels a point."""
    with _application():
        return as_pictures(*_laid_out(sheet, language), scale)


@contextmanager
def _application() -> Iterator[None]:
    """An application for as long as something is painted, where there is none."""
    made = QApplication.instance() or QApplication(["dupro-desk", "-platform", "offscreen"])
    load_fonts()
    yield
    del made


def _words(key: str, language: Language, /, **given: object) -> str:
    return read_words().said(key, language).format(**given)


def _as_pdf(sheet: WorkSheet, language: Language) -> tuple[bytes, int]:
    """The file, and how many pages it has."""
    return as_pdf(*_laid_out(sheet, language), f"{_words('title', language)} {sheet.request}")


def _laid_out(sheet: WorkSheet, language: Language) -> tuple[list[Strip], Callable[[int, int], str]]:
    """All strips, and what stands at the foot of a page."""
    made = _Sheet(sheet, language)
    return list(made.strips()), made.foot


class _Sheet:
    """One sheet being put together, in one language."""

    def __init__(self, sheet: WorkSheet, language: Language) -> None:
        self._sheet, self._language = sheet, language

    def _say(self, key: str, /, **given: object) -> str:
        return _words(key, self._language, **given)

    def foot(self, page: int, pages: int) -> str:
        """The line at the foot of a page: which sheet it is, by which lists, and which page."""
        sheet = self._sheet
        lists = (given.origin.said(self._language) for given in sheet.lists)
        house = self._say("origin_house", number=sheet.protocol_version)
        return " · ".join((sheet.request, house, *lists, self._say("page", page=page, pages=pages)))

    def strips(self) -> Iterator[Strip]:
        """The sheet from top to bottom."""
        sheet = self._sheet
        yield paragraph(self._say("title"), TITLE, after=2)
        yield paragraph(f"{sheet.request} · {sheet.service}", Ink(12, MEDIUM, LIGHT.muted), after=8)
        yield from self._head()
        yield gap(8)
        yield from self._sampling()
        number = 0
        for section in sheet.sections:
            if section.items:
                yield gap(10)
                yield from self._section(section, number)
                number += len(section.items)
        yield gap(12)
        yield from self._tally()
        yield gap(10)
        yield from self._end()

    # -- head ----------------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[Strip]:
        sheet, goods = self._sheet, self._sheet.goods
        visit = self._say("not_planned")
        if sheet.first_day is not None:
            visit = sheet.when or _days(sheet.first_day, sheet.last_day or sheet.first_day)
        people = ", ".join(" ".join(filter(None, (who.name, who.local_name))) for who in sheet.people)
        factory = sheet.factory
        pairs = [
            ("client", f"{sheet.client.name} ({sheet.client.code})"),
            ("visit", visit),
            ("factory", "\n".join(filter(None, (f"{factory.name} ({factory.code})", factory.local_name)))),
            ("inspectors", people or self._say("not_planned")),
            ("address", factory.address),
            ("contact", "\n".join(filter(None, (factory.contact, factory.phone)))),
        ]
        if goods is not None:
            pairs += [
                ("order", goods.code),
                ("quantity", f"{goods.quantity:,}"),
                ("product", "\n".join(filter(None, (goods.product, goods.description)))),
                ("standards", ", ".join(goods.standards)),
            ]
        for left, right in zip(pairs[::2], pairs[1::2], strict=True):
            yield row((INNER / 2, INNER / 2), [self._pair(INNER / 2, *pair) for pair in (left, right)])
        for label, told in (("place", sheet.place), ("going", "\n".join(sheet.going))):
            if told:
                yield row((INNER,), [self._pair(INNER, label, told)])
        for field in PAPERS:
            text = "" if goods is None else goods.notes[field]
            yield row((INNER,), [self._pair(INNER, field, text, self._say("missing"))])
        if sheet.containers:
            yield row((INNER,), [self._pair(INNER, "containers", str(sheet.containers))])
        if sheet.remark:
            yield row((INNER,), [self._pair(INNER, "remark", sheet.remark)])

    def _pair(self, width: float, label: str, value: str, missing: str = "") -> Words:
        told = (_short(value, keep_lines=True), VALUE) if value.strip() or not missing else (missing, MISSING)
        return cell(width, (self._say(label), LABEL), told if told[0] else (DASH, VALUE))

    # -- sample --------------------------------------------------------------------------------------------------------

    def _sampling(self) -> Iterator[Strip]:
        sampling = self._sheet.sampling
        yield paragraph(self._say("sampling"), HEADING, after=3, keeps=True)
        if sampling is None:
            yield paragraph(self._without_sample(), BODY)
            return
        standard = self._say("standard", level=self._sheet.level)
        yield paragraph(f"{standard}. {self._say('lot')}: {self._lot(sampling)}.", BODY, after=3, keeps=True)
        heads = ("class", "aql", "letter", "sample", "accept", "reject", "found")
        yield self._heads(SAMPLE_WIDTHS, heads)
        for line in sampling.classes:
            yield row(SAMPLE_WIDTHS, self._class_cells(line), RowStyle(20, keeps=line.defect != "minor"))
        if sampling.in_work:
            drawn = ", ".join(
                f"{self._say(line.defect)} {line.plan.size:,} ({line.plan.accept} / {line.plan.reject})"
                for line in sampling.in_work_classes
            )
            yield gap(3)
            yield paragraph(self._say("in_work", pieces=f"{sampling.in_work:,}", drawn=drawn), BODY)
        if sampling.day is not None:
            yield gap(3)
            yield paragraph(self._say("recount"), SMALL)

    def _without_sample(self) -> str:
        sheet = self._sheet
        if sheet.service == EVERY_DAY:
            return self._say("daily_sampling", level=sheet.level, major=sheet.aql_major, minor=sheet.aql_minor)
        if sheet.service in WITHOUT_SAMPLE:
            return self._say("no_sampling")
        return self._say("no_lot", level=sheet.level, major=sheet.aql_major, minor=sheet.aql_minor)

    def _lot(self, sampling: Sampling) -> str:
        pieces, quantity = f"{sampling.lot:,}", f"{sampling.quantity:,}"
        if sampling.day is None:
            return self._say("lot_ordered", pieces=pieces)
        percent = f"{100 * sampling.lot / sampling.quantity:.0f}"
        return self._say("lot_made", pieces=pieces, percent=percent, quantity=quantity, day=sampling.day.isoformat())

    def _class_cells(self, line: ClassPlan) -> list[Words | None]:
        plan = line.plan
        size = f"{plan.size:,}" + (f" ({self._say('whole_lot')})" if plan.is_whole else "")
        letter = plan.letter if plan.letter == plan.of_letter else f"{plan.of_letter} → {plan.letter}"
        texts = (line.aql or self._say("not_allowed"), letter, size, str(plan.accept), str(plan.reject))
        ink = INKS[line.defect]
        cells: list[Words | None] = [cell(SAMPLE_WIDTHS[0], (self._say(line.defect), ink))]
        cells += [cell(width, (text, BODY)) for width, text in zip(SAMPLE_WIDTHS[1:], texts, strict=False)]
        return [*cells, None]

    # -- what is checked -----------------------------------------------------------------------------------------------

    def _section(self, section: Section, before: int) -> Iterator[Strip]:
        heads = ("number", "check", "on", "class", "result", "defects", "remarks")
        head = self._heads(CHECK_WIDTHS, heads)
        yield paragraph(section.title.said(self._language), HEADING, after=3, keeps=True)
        yield head
        for number, item in enumerate(section.items, before + 1):
            yield row(
                CHECK_WIDTHS,
                self._item_cells(number, item),
                RowStyle(LEAST_ROW, draw=_boxes if item.defect else None, head=head),
            )

    def _item_cells(self, number: int, item: Item) -> list[Words | None]:
        language = self._language
        origin = "" if item.origin.kind == "house" else item.origin.said(language)
        if item.replaced:
            origin += f", {self._say('replaces', key=item.replaced)}"
        note = f"{self._say(item.uses)}: {_short(item.note)}" if item.note else ""
        unit = f" ({item.unit_said(language)})" if item.unit else ""
        told = cell(
            CHECK_WIDTHS[1],
            (f"{_short(item.title.said(language))}{unit}", STRONG),
            (_short(item.requirement.said(language)), SMALL),
            (note, Ink(7, MEDIUM)),
            (origin, Ink(7, colour=LIGHT.accent)),
        )
        defect = cell(CHECK_WIDTHS[3], (self._say(item.defect), INKS[item.defect])) if item.defect else None
        on = cell(CHECK_WIDTHS[2], (self._sheet.on(item, language), BODY))
        return [cell(CHECK_WIDTHS[0], (str(number), BODY)), told, on, defect, None, None, None]

    # -- what was found ------------------------------------------------------------------------------------------------

    def _tally(self) -> Iterator[Strip]:
        head = self._heads(TALLY_WIDTHS, ("defect", *DEFECTS, "photo"))
        yield paragraph(self._say("tally"), HEADING, after=3, keeps=True)
        yield head
        for _ in range(TALLY_ROWS):
            yield row(TALLY_WIDTHS, [None] * len(TALLY_WIDTHS), RowStyle(WRITING, head=head))
        total = cell(TALLY_WIDTHS[0], (self._say("total"), STRONG))
        yield row(TALLY_WIDTHS, [total, None, None, None, None], RowStyle(WRITING, head=head, keeps=True))
        sampling = self._sheet.sampling
        if sampling is not None:
            numbers = [f"{line.plan.accept} / {line.plan.reject}" for line in sampling.classes]
            cells = [
                cell(width, (text, BODY)) for width, text in zip(TALLY_WIDTHS, ("Ac / Re", *numbers), strict=False)
            ]
            yield row(TALLY_WIDTHS, [*cells, None], RowStyle(fill=LIGHT.raised))

    def _end(self) -> Iterator[Strip]:
        half = INNER / 2
        times = [cell(half, (self._say(key), LABEL)) for key in ("arrival", "percent_made")]
        yield row((half, half), times, RowStyle(36, keeps=True))
        verdict = cell(INNER, (self._say("conclusion"), LABEL), (self._say("conclusions"), VALUE))
        yield row((INNER,), [verdict], RowStyle(34, keeps=True))
        signed = [cell(half, (self._say(f"signature_{who}"), LABEL)) for who in ("inspector", "factory")]
        yield row((half, half), signed, RowStyle(SIGNING))

    def _heads(self, widths: Sequence[float], keys: Sequence[str]) -> Strip:
        cells = [cell(width, (self._say(key), HEAD)) for width, key in zip(widths, keys, strict=True)]
        return row(widths, cells, RowStyle(fill=LIGHT.raised, keeps=True))


def _boxes(painter: QPainter, boxes: Sequence[QRectF]) -> None:
    tick_boxes(painter, boxes[4], 3)


def _days(first: dt.date, last: dt.date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} {DASH} {last.isoformat()}"


def _short(text: str, *, keep_lines: bool = False) -> str:
    """A text as it fits into a row: on one paragraph, and not longer than a page."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    joined = ("\n" if keep_lines and len(lines) <= 4 else " ").join(filter(None, lines))
    return joined if len(joined) <= LONGEST else f"{joined[: LONGEST - 2]} …"
