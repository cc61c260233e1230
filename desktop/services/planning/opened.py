"""A plan held open: what a board shows of it, what a change would mean before it is made, and the plan after it.

Everything is answered from what was read when it was opened. It is not changed once made, so that any thread may ask;
a change gives another, which shares all that it does not touch.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from desktop.models import Request
from desktop.services.board import WeekBoard
from desktop.services.planning.board_rows import NOT_STORED, Drawing
from desktop.services.planning.booking_records import CLOSED
from desktop.services.planning.bookkeeping import mode_for
from desktop.services.planning.offers import Offering
from desktop.services.planning.plan_sheet import TAKEN_OUT, Change, PlanSheet
from desktop.services.planning.verdict_lines import Asked, lines_of
from desktop.services.verdicts import Offer, Place, RequestCard, Verdict, VerdictLine
from desktop.services.words import sentence
from scheduler.plan import Assignment, CostParts
from scheduler.problem import WAIVERS, Mode, Pin, Problem
from scheduler.rules import Broken
from scheduler.rules.visits import lead_in_words
from scheduler.standing import Standing, visit_of
from scheduler.stop import Stop, never
from scheduler.verdict import judge_place

FIXED = ("code", "client_id", "factory_id", "order_id")
"""What of a request's record, once changed, is read anew with all that hangs on it."""


class OpenPlan:
    """A plan held open.

    Attributes:
        board: the plan as a board shows it; its rows are drawn once and shared by what `moved` gives.
        standing: the plan on its problem, with what could be placed by hand besides.
        aside: codes of the requests that are not in the problem, and could be placed by hand.
    """

    def __init__(self, sheet: PlanSheet, drawing: Drawing, aside: frozenset[str], board: WeekBoard) -> None:
        self._sheet = sheet
        self.aside = aside
        self._drawing = drawing
        self.standing = drawing.standing
        self.board = board
        self._verdicts: dict[tuple[str, tuple[str, ...], int, int | None], Verdict] = {}

    @property
    def sheet(self) -> PlanSheet:
        """The parts of the plan that no move changes."""
        return self._sheet

    @property
    def drawing(self) -> Drawing:
        """What rows of the plan are drawn from."""
        return self._drawing

    @property
    def code(self) -> str:
        """The plan's code; "" where there is no plan yet for these days."""
        return self.board.plan

    @property
    def status(self) -> str:
        """The plan's status."""
        return self.board.status

    @property
    def digest(self) -> str:
        """Names the problem that the plan answers as it stands."""
        return self._sheet.fingerprint.digest(self.problem)

    @property
    def problem(self) -> Problem:
        """The problem that the plan answers as it stands."""
        return self._sheet.problem(self.standing, self.aside)

    @property
    def cost(self) -> CostParts:
        """What the plan costs."""
        return self.board.parts

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The rules that the plan breaks on the records as they were when it was opened."""
        return tuple(entry for entry in self.standing.broken if entry.request not in self.aside)

    # -- what would be -------------------------------------------------------------------------------------------------

    def verdict(self, request: str, inspectors: Sequence[str], first_slot: int, mode: int | None = None) -> Verdict:
        """What putting a request somewhere would mean; the mode as `MoveVisit` takes it where none is said.

        `ok` where a move there would be accepted, `warn` where it would be with `waive` and a reason.
        """
        key = (request, tuple(inspectors), first_slot, mode)
        found = self._verdicts.get(key)
        if found is None:
            found = self._verdicts[key] = self._judge(*key)
        return found

    def offers(self, request: str, stop: Stop = never) -> tuple[Offer, ...]:
        """Every legal place of a request but its present one, cheapest first; those found until `stop` says so."""
        if request not in self.standing.instance.request_number or self._refusal(request) is not None:
            return ()
        return Offering(self.standing, request).offers(stop)

    def moved(
        self,
        request: str,
        inspectors: Sequence[str],
        first_slot: int,
        mode: int | None = None,
        waive: Sequence[str] = (),
    ) -> OpenPlan:
        """The plan as it would be with a request elsewhere, pinned there. Nothing is asked of the rules."""
        to = Assignment(request, self._mode(request, len(inspectors), mode), first_slot, tuple(sorted(inspectors)))
        return self.after((Change(request, to, pin_of(to, waive)),))

    def unassigned(self, request: str) -> OpenPlan:
        """The plan as it would be with a request taken out."""
        return self.after((Change(request, None, None, reason=TAKEN_OUT),))

    def card(self, request: str) -> RequestCard:
        """What is known of a request. Raises KeyError for one that this plan does not know."""
        sheet, booking = self._sheet, self._sheet.bookings[request]
        row, instance = sheet.rows[request], self.standing.instance
        factory = sheet.factories.by_id[row.factory_id]
        window = sheet.booked.window(row)
        order = None if row.order_id is None else sheet.views.orders.get(row.order_id)
        number = instance.request_number.get(request)
        wanted = None if number is None else instance.requests[number]
        asks = "" if wanted is None or wanted.lead is None else lead_in_words(wanted, wanted.lead)
        left = next((entry.reason for entry in self.board.unassigned if entry.request == request), "")
        return RequestCard(
            code=request,
            status=row.status,
            service=booking.service,
            client=booking.client,
            client_name=booking.client_name,
            factory=booking.factory,
            factory_name=booking.factory_name,
            factory_local_name=booking.factory_local_name,
            address=booking.factory_address,
            area=booking.area,
            country=booking.country,
            order=booking.order,
            product=booking.product,
            quantity=None if order is None else order.quantity,
            skill=row.skill,
            level=row.level,
            languages=row.languages,
            certificates=row.certificates,
            lead=asks,
            earliest=booking.earliest,
            latest=booking.latest,
            no_window=window if isinstance(window, str) else "",
            due=booking.due,
            requested_at=row.requested_at,
            clock=sheet.clock(row),
            missing=sheet.booked.missing(row),
            time_zone=factory.time_zone,
            man_days=booking.man_days,
            modes=row.modes,
            price_cents=round(sheet.booked.price(row)),
            price_entered=row.price_cents is not None,
            note=row.note,
            pinned=request in self._drawing.pins,
            waived=self._drawing.pins.get(request, ()),
            made=sheet.made(request),
            place=self._place(request),
            broken=tuple(dict.fromkeys(sentence(entry.text) for entry in self._broken(request))),
            reason=left,
        )

    # -- how it is found -----------------------------------------------------------------------------------------------

    def _place(self, request: str) -> Place | None:
        entry = self.standing.placed.get(request)
        visit = None if entry is None else visit_of(self.standing.instance, entry)
        if entry is None or visit is None:
            return None
        facts = self._drawing.facts.get(request, NOT_STORED)
        names = tuple(self._sheet.names.get(code, code) for code in entry.inspectors)
        return Place(entry.inspectors, names, entry.mode, visit.first, visit.last, facts.published, facts.version)

    def _broken(self, request: str) -> list[Broken]:
        """The rules that a request breaks where it is."""
        crew = self.standing.crew(self.standing.placed.get(request))
        weeks = [entry for person in crew for entry in self.standing.of_person(person).broken]
        return [*self.standing.of_request(request).broken, *(entry for entry in weeks if entry.request == request)]

    def _mode(self, request: str, crew: int, wanted: int | None) -> int:
        """The mode that a move takes: as said, else as it is where the crew's size allows, else the first that does."""
        if wanted is not None:
            return wanted
        row, entry = self._sheet.rows.get(request), self.standing.placed.get(request)
        return 0 if row is None else mode_for(row.modes, None if entry is None else entry.mode, crew)

    def _refusal(self, request: str) -> Broken | None:
        """Why a move is refused before any rule is asked."""
        row = self._sheet.rows.get(request)
        if row is None:
            return Broken("plan", "request", f"this plan does not know {request}", request)
        if row.status in CLOSED:
            return Broken("plan", "request", f"{request} is {row.status}", request)
        if self.status not in ("draft", ""):
            return Broken("plan", "status", f"plan {self.code} is {self.status}: only a draft can be changed", request)
        return None

    def _judge(self, request: str, inspectors: tuple[str, ...], first_slot: int, wanted: int | None) -> Verdict:
        mode = self._mode(request, len(inspectors), wanted)
        modes: Sequence[Mode] = self._sheet.rows[request].modes if request in self._sheet.rows else ()
        half_days = modes[mode].half_days if 0 <= mode < len(modes) else 1
        last = first_slot + half_days - 1
        refusal = self._refusal(request)
        if refusal is None and not 0 <= mode < len(modes):
            refusal = Broken("plan", "mode", f"{request} has no mode {mode}, only {len(modes)}", request)
        if refusal is not None:
            line = VerdictLine("bad", "Plan", sentence(refusal.text))
            return Verdict(request, inspectors, mode, first_slot, last, (line,), (refusal,), (), None)
        to = Assignment(request, mode, first_slot, tuple(sorted(inspectors)))
        found = judge_place(self.standing, to, pin_of(to, ()))
        lines = lines_of(self.standing, found.weighed, to, self._asked(request), found.waivable)
        return Verdict(request, inspectors, mode, first_slot, last, lines, found.broken, found.waive, found.cost)

    def _asked(self, request: str) -> Asked:
        sheet = self._sheet
        row = sheet.rows[request]
        return Asked(
            names=sheet.names,
            made=sheet.made(request),
            clock=sheet.clock(row),
            counting=sheet.booked.counting(row),
            target_hours=sheet.settings.target_hours,
            pinned=request in self._drawing.pins,
        )

    # -- the plan after a change ---------------------------------------------------------------------------------------

    def after(self, changes: Sequence[Change]) -> OpenPlan:
        """The plan with some requests elsewhere. Nothing is asked of the rules; only rows touched are drawn anew."""
        standing, drawing = self.standing, self._drawing
        facts, pins, aside, names = dict(drawing.facts), dict(drawing.pins), set(self.aside), set[str]()
        narrowed = True
        for change in changes:
            code = change.request
            old = standing
            standing = standing.moved(code, change.to, change.pin)
            narrowed = narrowed and _is_narrowed(old, standing, code)
            facts.pop(code, None)
            pins.pop(code, None)
            if change.facts is not None:
                facts[code] = change.facts
            if change.pin is not None:
                pins[code] = tuple(sorted(change.pin.waive))
            aside.discard(code)
            if self.knows(code) and not self._sheet.holds(code, change.to, change.pin):
                aside.add(code)
            crews = (entry.inspectors for entry in (old.placed.get(code), change.to) if entry is not None)
            names.update(name for crew in crews for name in crew)
        drawing = Drawing(standing, drawing.bookings, facts, pins, drawing.elsewhere)
        board = self._sheet.redrawn(drawing, self.board, changes, names, frozenset(aside))
        if not narrowed:
            board = replace(board, bound=None)
        return OpenPlan(self._sheet, drawing, frozenset(aside), board)

    def with_bound(self, bound: int | None) -> OpenPlan:
        """The same with a bound that is proven for it."""
        if bound == self.board.bound:
            return self
        return OpenPlan(self._sheet, self._drawing, self.aside, replace(self.board, bound=bound))

    def has_record(self, key: int) -> bool:
        """Whether the record of a request (by key) was read for the plan."""
        return key in self._sheet.keys

    def has_order(self, key: int) -> bool:
        """Whether an order (by key) is that of a request that was read for the plan."""
        return key in self._sheet.views.orders

    def shows(self, request: str) -> bool:
        """Whether a request is known, or stands in the tray though nothing can be done with it."""
        return request in self._sheet.rows

    def knows(self, request: str) -> bool:
        """Whether a request is in the problem, or could be placed by hand."""
        return request in self.standing.instance.request_number

    def can_be_kept(self, request: str) -> bool:
        """Whether a request that is not known may have a place in the problem all the same, were it asked for."""
        row = self._sheet.rows.get(request)
        if row is None:
            return True
        is_placed = self._sheet.factories.by_id[row.factory_id].lat is not None
        return is_placed and not isinstance(self._sheet.booked.window(row), str)

    def edited(self, row: Request, excluded: Collection[str], affinity: Mapping[str, int]) -> OpenPlan | None:
        """The plan where a record of a request has been changed; None where all must be read anew.

        Where the plan has it is to be said by `after` next.
        """
        code = row.code
        old = self._sheet.rows.get(code)
        if old is None or old.id != row.id or any(getattr(old, name) != getattr(row, name) for name in FIXED):
            return None
        placed = self.standing.placed.get(code)
        if placed is not None and placed.mode >= len(row.modes):
            return None
        if old.status != row.status and self._sheet.building.is_announced(row):
            return None
        sheet, standing = self._sheet.with_row(row, excluded, affinity), self.standing
        request = sheet.request(row)
        if self.knows(code) != (request is not None):
            return None
        if request is not None:
            number = standing.instance.request_number[code]
            standing = standing.edited(replace(request, pin=standing.instance.requests[number].pin))
        drawing = Drawing(standing, sheet.bookings, self._drawing.facts, self._drawing.pins, self._drawing.elsewhere)
        return OpenPlan(sheet, drawing, self.aside, self.board)

    def can_follow(self, change: Change) -> bool:
        """Whether `after` is the plan that reading all anew would give, where a change is in the records.

        It is not where a request would come into the problem, or leave it, on which more may hang.
        """
        code, sheet = change.request, self._sheet
        if sheet.settings.freeze_days:
            return False  # what is frozen hangs on where the plan has it
        if code not in sheet.rows:
            return change.to is None
        is_member = sheet.holds(code, change.to, change.pin)
        if not self.knows(code):
            return not is_member and change.reason is None
        return is_member != (code in self.aside) or not sheet.building.hangs_on(sheet.rows[code])


def _is_narrowed(old: Standing, new: Standing, request: str) -> bool:
    """Whether what is proven of the problem before a change is proven for the one after it too."""
    number = new.instance.request_number.get(request)
    if number is None:
        return True
    was, now = old.instance.requests[number].pin, new.instance.requests[number].pin
    return (was is None or was == now) and (now is None or not now.waive)


def pin_of(to: Assignment, waive: Sequence[str]) -> Pin:
    """The pin that a move makes."""
    return Pin(to.inspectors or None, to.start_slot, to.mode, frozenset(name for name in WAIVERS if name in waive))
