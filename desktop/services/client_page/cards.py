"""Results and corrective actions of a client's page, told at length."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator

from desktop.services.client_page.layout import Card, Cell, Column, Line, Shown, Table
from desktop.services.client_page.phrases import Phrases
from desktop.services.client_page.rows import ActionLine, ClientPage, Finding, VisitLine
from desktop.services.client_page.wording import LONGEST_TEXT, inert, service_words
from desktop.services.dispatching.wording import write_day, write_slots
from desktop.services.inspection.rows import StepRow
from desktop.services.trade.money import DOLLAR, spelled
from desktop.services.trade.protocols import Language

OWNER = "owner_"


class Cards(Phrases):
    """The cards of one page."""

    def __init__(self, page: ClientPage, language: Language) -> None:
        super().__init__(language)
        self._page = page

    def results(self) -> list[Card]:
        """Results of which there is more to say than the outcome."""
        return [
            self._result(visit, visit.finding)
            for visit in self._page.visits
            if visit.finding is not None and _has_more(visit.finding)
        ]

    def actions(self) -> list[Card]:
        """Corrective actions, the one that is due first at the top, done ones last."""
        return [self._action(action) for action in self._page.actions]

    # -- results -------------------------------------------------------------------------------------------------------

    def _result(self, visit: VisitLine, finding: Finding) -> Card:
        days = write_slots(visit.first_slot, visit.last_slot, self.language)
        where = [inert(visit.place.name), days]
        if visit.goods is not None:
            where.append(" ".join(filter(None, (inert(visit.goods.order), inert(visit.goods.product)))))
        tables = []
        if finding.outcome != "aborted":
            tables.append(self._classes(finding))
        if finding.defects:
            tables.append(self._defects(finding))
        photos = tuple(
            Shown(photo, inert(photo.caption) or self.say("photo", number=number))
            for number, photo in enumerate(finding.photos, 1)
        )
        return Card(
            title=f"{inert(visit.request)}, {service_words(visit.service, self.language)}",
            under=self.say("comma").join(where),
            mark=self.outcome(finding.outcome),
            facts=tuple((self.say(key), Line(text)) for key, text in self._facts(finding) if text),
            tables=tuple(tables),
            photos=photos,
        )

    def _facts(self, finding: Finding) -> Iterator[tuple[str, str]]:
        if finding.outcome == "aborted":
            yield "in_vain", self.say(f"abort_{finding.abort_reason}")
            yield "charged", spelled(finding.charged_cents, DOLLAR) if finding.charged_cents else ""
            return
        yield "made_share", "" if finding.percent_made is None else f"{finding.percent_made:.4g} %"
        yield "lot", "" if finding.lot is None else self.say("pieces", number=f"{finding.lot:,}")
        yield "sample", "" if finding.sample_size is None else self.say("pieces", number=f"{finding.sample_size:,}")
        yield "missing", inert(finding.missing, LONGEST_TEXT)
        if finding.decision:
            note = inert(finding.decision_note, LONGEST_TEXT)
            yield "decision", self.say("comma").join(filter(None, (self.say(f"decision_{finding.decision}"), note)))

    def _classes(self, finding: Finding) -> Table:
        columns = (
            Column(self.say("class"), 40),
            *(Column(self.say(key), 30, is_number=True) for key in ("found", "accepted")),
        )
        rows: list[tuple[Cell, ...]] = []
        for counted in finding.classes:
            found = Line(f"{counted.found:,}", "bad" if counted.is_over else "")
            accept = self.cell("" if counted.accept is None else f"{counted.accept:,}")
            rows.append((self.cell(self.say(counted.severity)), (found,), accept))
        return Table(columns, tuple(rows))

    def _defects(self, finding: Finding) -> Table:
        columns = (*self.columns(("defect", 66), ("class", 19)), Column(self.say("number"), 15, is_number=True))
        rows = tuple(
            (self.cell(inert(row.text, LONGEST_TEXT)), self.cell(self.say(row.severity)), self.cell(f"{row.number:,}"))
            for row in finding.defects
        )
        return Table(columns, rows)

    # -- corrective actions --------------------------------------------------------------------------------------------

    def _action(self, action: ActionLine) -> Card:
        row = action.row
        owner = "" if row.owner_party == "house" else inert(row.owner)
        by = self.say("comma").join(filter(None, (owner, self.say(OWNER + row.owner_party))))
        facts = [(self.say("owner"), Line(by))]
        if row.is_overdue:
            facts.append((self.say("next_due"), Line(write_day(row.due, self.language), "bad")))
        days = write_day(row.visit_day, self.language)
        columns = self.columns(("step", 22), ("done_on", 20), ("words", 58))
        steps = tuple(self._step(step, action.place.zone, is_next=step.step == row.next_step) for step in row.steps)
        return Card(
            title=f"{inert(row.text, LONGEST_TEXT)} ({self.say(row.severity)})",
            under=self.say("comma").join((inert(row.request), inert(row.factory_name), days)),
            mark=self._mark(action),
            facts=tuple(facts),
            tables=(Table(columns, steps),),
        )

    def _mark(self, action: ActionLine) -> Line:
        late = action.row.days_late
        if late:
            said = self.say("days_late_one") if late == 1 else self.say("days_late", number=f"{late:,}")
            return Line(said, "bad", is_badge=True)
        if action.row.next_step is None:
            return Line(self.say("done"), "ok", is_badge=True)
        return Line(self.say("due_on", day=write_day(action.row.due, self.language)), is_badge=True)

    def _step(self, step: StepRow, zone: zoneinfo.ZoneInfo, *, is_next: bool) -> tuple[Cell, ...]:
        """A step; the words of one that was opened again are not told before it is done once more."""
        if step.at is None:
            return (
                self.cell(self.say(f"step_{step.step}")),
                self.cell(self.say("open") if is_next else ""),
                self.cell(""),
            )
        texts = [inert(step.text, LONGEST_TEXT)]
        if step.step == "solution":
            made, coming = texts[0], inert(step.more, LONGEST_TEXT)
            texts = [self.say("for_made", text=made), self.say("for_coming", text=coming)]
        day = write_day(step.at.astimezone(zone).date(), self.language)
        words = tuple(Line(text) for text in texts if text) or self.cell("")
        return self.cell(self.say(f"step_{step.step}")), self.cell(day), words


def _has_more(finding: Finding) -> bool:
    """Whether there is more to say of a result than its outcome."""
    return finding.outcome != "pass" or bool(finding.defects or finding.photos or finding.missing)
