"""A client's page in words: what it says, in the order in which it is read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from desktop.services.client_page.cards import Cards
from desktop.services.client_page.layout import Card, Cell, Column, Document, Line, Section, Table, Tile, Tone
from desktop.services.client_page.phrases import Phrases
from desktop.services.client_page.rows import BookingLine, ClientPage, Figures, VisitLine
from desktop.services.client_page.wording import inert, service_words
from desktop.services.dispatching.wording import write_day, write_slots
from desktop.services.trade.money import DOLLAR, spelled
from desktop.services.trade.protocols import Language


def page_document(page: ClientPage, language: Language) -> Document:
    """The page in a language."""
    return _Writer(page, language).document()


class _Writer(Phrases):
    def __init__(self, page: ClientPage, language: Language) -> None:
        super().__init__(language)
        self._page = page

    def document(self) -> Document:
        """All of it."""
        page, language = self._page, self.language
        cards = Cards(page, language)
        first, last = (write_day(day, language) for day in (page.first_day, page.last_day))
        head = [Line(self.say("period", first=first, last=last))]
        if page.badge:
            head.append(Line(inert(page.badge), "warn", is_badge=True))
        return Document(
            language=language,
            client=inert(page.name),
            title=self.say("title", client=inert(page.name)),
            head=tuple(head),
            at_a_glance=self.say("figures"),
            tiles=tuple(self._tiles()),
            sections=(
                self._section("factories", self._factories()),
                self._section("bookings", self._bookings()),
                self._section("visits", self._visits()),
                self._section("results", cards=cards.results()),
                self._section("actions", cards=cards.actions()),
                self._section("reports", self._reports()),
            ),
            foot=f"{self.say('made', moment=self.moment(page.made_at, dt.UTC))} {self.say('clocks')}",
        )

    # -- at a glance ---------------------------------------------------------------------------------------------------

    def _tiles(self) -> list[Tile]:
        page = self._page
        now, before, promised = page.figures, page.before, page.promises
        in_limit = self.say("tile_on_site_limit", hours=promised.limit_hours, share=_percent(now.in_limit, now.kept))
        vain = Line(self.say("tile_in_vain", number=now.aborted), "warn" if now.aborted else "muted")
        open_ones = [action.row for action in page.actions if action.row.next_step is not None]
        late = sum(row.is_overdue for row in open_ones)
        return [
            self._share_tile(self.say("tile_on_site", hours=promised.target_hours), "on site", in_limit),
            self._share_tile(self.say("tile_reports", hours=promised.report_hours), "reports"),
            Tile(
                self.say("tile_results"),
                f"{now.passed:,} / {now.failed:,} / {now.pending:,}",
                (self._before(f"{before.passed:,} / {before.failed:,} / {before.pending:,}"),),
            ),
            Tile(self.say("tile_visits"), f"{now.visits:,}", (vain, self._before(f"{before.visits:,}"))),
            Tile(
                self.say("tile_defects"),
                f"{now.critical:,} / {now.major:,} / {now.minor:,}",
                (
                    Line(self.say("tile_defects_note"), "muted"),
                    self._before(f"{before.critical:,} / {before.major:,} / {before.minor:,}"),
                ),
            ),
            Tile(
                self.say("tile_actions"),
                f"{len(open_ones):,}",
                (Line(self.say("tile_overdue", number=late), "bad" if late else "muted"),),
            ),
        ]

    def _share_tile(self, label: str, which: str, note: str = "") -> Tile:
        part, whole = _shares(self._page.figures)[which]
        if not whole:
            return Tile(label, self.say("none"), (Line(self.say("no_visits"), "muted"),))
        counted = self.say("of", part=f"{part:,}", whole=f"{whole:,}")
        lines = [Line(self.say("comma").join(filter(None, (counted, note))), "muted")]
        earlier = _shares(self._page.before)[which]
        if earlier[1]:
            lines.append(self._before(_percent(*earlier)))
        return Tile(label, _percent(part, whole), tuple(lines))

    def _before(self, text: str) -> Line:
        return Line(self.say("before", text=text), "muted")

    # -- tables --------------------------------------------------------------------------------------------------------

    def _section(self, key: str, table: Table | None = None, cards: Sequence[Card] = ()) -> Section:
        shown = table if table is not None and table.rows else None
        return Section(key, self.say(key), self.say(f"empty_{key}"), shown, tuple(cards))

    def _bookings(self) -> Table:
        columns = self.columns(("booking", 20), ("factory", 22), ("goods", 18), ("when", 20), ("state", 12))
        price = Column(self.say("price"), 13, is_number=True)
        return Table((*columns, price), tuple(self._booking(line) for line in self._page.bookings))

    def _booking(self, line: BookingLine) -> tuple[Cell, ...]:
        made = self.say("booked_on", day=write_day(line.requested_on, self.language))
        follows = self.say("follows", request=inert(line.follows)) if line.follows else ""
        price = "" if line.price_cents is None else spelled(line.price_cents, DOLLAR)
        return (
            self.cell(inert(line.request), service_words(line.service, self.language), made, follows),
            self.place(line.place),
            self.goods(line.goods),
            self.cell(self._when(line)),
            (self.state(line.state),),
            self.cell(price),
        )

    def _when(self, line: BookingLine) -> str:
        """The announced visit, else the window."""
        if line.first_slot is not None and line.last_slot is not None:
            return write_slots(line.first_slot, line.last_slot, self.language)
        first, last = (None if day is None else write_day(day, self.language) for day in (line.earliest, line.latest))
        if first is not None and last is not None:
            return first if first == last else self.say("window", first=first, last=last)
        if first is not None:
            return self.say("from", first=first)
        return "" if last is None else self.say("until", last=last)

    def _visits(self) -> Table:
        columns = self.columns(
            ("when", 22), ("booking", 17), ("factory", 23), ("arrived", 14), ("finished", 14), ("result", 16)
        )
        return Table(columns, tuple(self._visit(line) for line in self._page.visits))

    def _visit(self, line: VisitLine) -> tuple[Cell, ...]:
        number = line.inspectors
        crew = self.say("crew_one") if number == 1 else self.say("crew_many", number=number)
        who = self.say("comma").join(inert(name) for name in line.names) or crew
        zone = line.place.zone
        finding = line.finding
        return (
            self.cell(write_slots(line.first_slot, line.last_slot, self.language), who),
            self.cell(inert(line.request), service_words(line.service, self.language)),
            self.place(line.place),
            self.cell("" if line.arrived_at is None else self.moment(line.arrived_at, zone)),
            self.cell("" if line.finished_at is None else self.moment(line.finished_at, zone)),
            (self.state(line.state) if finding is None else self.outcome(finding.outcome),),
        )

    def _reports(self) -> Table:
        columns = self.columns(
            ("booking", 18), ("finished", 17), ("due", 17), ("released", 17), ("state", 11), ("files", 20)
        )
        rows = [self._report(line) for line in self._page.visits if line.report_due is not None or line.released_at]
        return Table(columns, tuple(rows))

    def _report(self, line: VisitLine) -> tuple[Cell, ...]:
        times = (line.finished_at, line.report_due, line.released_at)
        moments = ("" if at is None else self.moment(at, line.place.zone) for at in times)
        key, tone = _promptness(line)
        files = () if line.finding is None else line.finding.reports
        return (
            self.cell(inert(line.request), service_words(line.service, self.language)),
            *(self.cell(moment) for moment in moments),
            (Line(self.say(key), tone, is_badge=True),),
            self.cell(*(inert(name) for name in files)),
        )

    def _factories(self) -> Table:
        by_code: dict[str, list[VisitLine]] = defaultdict(list)
        for line in self._page.visits:
            if line.has_begun:
                by_code[line.place.code].append(line)
        titles = ("tile_visits", "outcome_pass", "outcome_fail", "outcome_pending", "outcome_aborted")
        classes = ("critical", "major", "minor")
        columns = [Column(self.say("factory"), 28)]
        columns += [Column(self.say(key), 9, is_number=True) for key in (*titles, *classes)]
        rows = []
        for _, lines in sorted(by_code.items(), key=lambda entry: (-len(entry[1]), entry[0])):
            found = [line.finding for line in lines if line.finding is not None]
            counts = [len(lines)]
            counts += [
                sum(one.outcome == outcome for one in found) for outcome in ("pass", "fail", "pending", "aborted")
            ]
            counts += [sum(one.classes[number].found for one in found) for number in range(len(classes))]
            rows.append((self.place(lines[0].place), *(self.cell(f"{number:,}") for number in counts)))
        return Table(tuple(columns), tuple(rows))


def _shares(figures: Figures) -> dict[str, tuple[int, int]]:
    return {"on site": (figures.in_target, figures.kept), "reports": (figures.reports_in_time, figures.reports)}


def _percent(part: int, whole: int) -> str:
    """A share in whole per cent; all and nothing are said only of all and nothing."""
    if not whole:
        return "\u2013"
    percent = round(100 * part / whole)
    if part not in (0, whole):
        percent = min(99, max(1, percent))
    return f"{percent} %"


def _promptness(line: VisitLine) -> tuple[str, Tone]:
    """The word for how a report stands to its time, and its tone."""
    if line.released_at is None:
        return ("overdue", "bad") if line.is_late else ("state_report in work", "")
    if line.report_due is None:
        return "released", ""
    return ("late", "warn") if line.is_late else ("in_time", "ok")
