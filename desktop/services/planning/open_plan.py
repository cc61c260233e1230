"""A plan held open: what a board shows of it, what a change would mean before it is made, and the plan after it.

Everything is answered from what was read when it was opened. It is not changed once made, so that any thread may ask;
a change gives another, which shares all that it does not touch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, Unassigned, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.board import WeekBoard
from desktop.services.lookup import plan_by_code
from desktop.services.planning.board_rows import NOT_STORED, Drawing, VisitFacts, deadline_of
from desktop.services.planning.bookings import zone_of
from desktop.services.planning.building import Building
from desktop.services.planning.commitments import LONGEST_VISIT
from desktop.services.planning.costing import assignments_of, sentence, settings_of_plan
from desktop.services.planning.moving import mode_for
from desktop.services.planning.offers import Offering
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.plan_sheet import PlanSheet
from desktop.services.planning.reading import BookingViews, Source, badge_of, holiday_views, reading, views_of
from desktop.services.planning.verdict_lines import Asked, lines_of
from desktop.services.planning.weighing import Standing, Weighed, visit_of
from desktop.services.verdicts import Offer, Place, RequestCard, Verdict, VerdictLine
from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.problem import WAIVERS, Mode, Pin
from scheduler.rules import Broken
from scheduler.rules.visits import lead_in_words
from scheduler.stop import Stop, never


class OpenPlan:
    """A plan held open.

    Attributes:
        board: the plan as a board shows it; its rows are drawn once and shared by what `moved` gives.
        standing: the plan on its problem, with what could be placed by hand besides.
    """

    def __init__(self, sheet: PlanSheet, drawing: Drawing, board: WeekBoard) -> None:
        self._sheet = sheet
        self._drawing = drawing
        self.standing = drawing.standing
        self.board = board
        self._verdicts: dict[tuple[str, tuple[str, ...], int, int | None], Verdict] = {}

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
        """Names the problem that the plan was opened with."""
        return self._sheet.built.digest

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
        return self._after(request, self.standing.weigh(request, to, _pin(to, waive)), tuple(sorted(waive)))

    def unassigned(self, request: str) -> OpenPlan:
        """The plan as it would be with a request taken out."""
        return self._after(request, self.standing.weigh(request, None, None), None)

    def card(self, request: str) -> RequestCard:
        """What is known of a request. Raises KeyError for one that this plan does not know."""
        sheet, booking = self._sheet, self._sheet.bookings[request]
        row, instance = sheet.rows[request], self.standing.instance
        factory = sheet.factories.by_id[row.factory_id]
        window = sheet.booked.window(row)
        order = None if row.order_id is None else sheet.orders.get(row.order_id)
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
            deadline=deadline_of(row.requested_at, sheet.settings.target_hours),
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
        if request not in self._sheet.rows:
            return Broken("plan", "request", f"this plan does not know {request}", request)
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
        weighed = self.standing.weigh(request, to, _pin(to, ()))
        fast = self.standing.weigh(request, to, _pin(to, WAIVERS)).broken if weighed.broken else ()
        waivable = [entry for entry in weighed.broken if entry not in fast]
        waive = () if fast else tuple(sorted({entry.rule for entry in weighed.broken}))
        lines = lines_of(self.standing, weighed, to, self._asked(request), waivable)
        cost = None if self._is_unpriced(weighed) else weighed.cost
        return Verdict(request, inspectors, mode, first_slot, last, lines, weighed.broken, waive, cost)

    @staticmethod
    def _is_unpriced(weighed: Weighed) -> bool:
        """Whether a place has no price: no way leads there, or the visit is none."""
        return any(entry.rule in ("travel", "plan") or entry.code == "horizon" for entry in weighed.broken)

    def _asked(self, request: str) -> Asked:
        sheet = self._sheet
        row = sheet.rows[request]
        return Asked(
            names=sheet.names,
            made=sheet.made(request),
            requested_at=row.requested_at,
            target_hours=sheet.settings.target_hours,
            zone=zone_of(sheet.factories.by_id[row.factory_id].time_zone),
            pinned=request in self._drawing.pins,
        )

    def _after(self, request: str, weighed: Weighed, waived: tuple[str, ...] | None) -> OpenPlan:
        """The plan after a change; `waived` None: the request is pinned no more."""
        after = weighed.after
        pins = {code: rules for code, rules in self._drawing.pins.items() if code != request}
        facts = {code: entry for code, entry in self._drawing.facts.items() if code != request}
        if waived is not None:
            pins[request] = waived
        drawing = Drawing(after, self._drawing.bookings, facts, pins)
        crews = (entry.inspectors for entry in (self.standing.placed.get(request), after.placed.get(request)) if entry)
        touched = {name for crew in crews for name in crew}
        board = self._sheet.redrawn(drawing, self.board, request, touched)
        if not self._is_narrowed(request, after):
            board = replace(board, bound=None)
        return OpenPlan(self._sheet, drawing, board)

    def _is_narrowed(self, request: str, after: Standing) -> bool:
        """Whether what is proven of the problem before a change is proven for the one after it too."""
        number = after.instance.request_number.get(request)
        if number is None:
            return True
        old, new = self.standing.instance.requests[number].pin, after.instance.requests[number].pin
        return (old is None or old == new) and (new is None or not new.waive)


def _pin(to: Assignment, waive: Sequence[str]) -> Pin:
    """The pin that a move makes."""
    return Pin(to.inspectors or None, to.start_slot, to.mode, frozenset(name for name in WAIVERS if name in waive))


def open_plan(source: Source, code: str) -> OpenPlan:
    """Open a stored plan, on the records as they are now. Raises NotFoundError."""
    with reading(source) as session:
        return _opened(session, plan_by_code(session, code))


def _opened(session: Session, plan: Plan) -> OpenPlan:
    settings = settings_of_plan(plan)
    building = Building(session, settings, plan, (), everything=False)
    built = building.build()
    booked = building.bookings
    views = BookingViews(session, booked, building.factories, building.wanted)
    standing = Standing.of(Instance(built.wide), assignments_of(session, plan))
    codes = {row.id: row.code for row in booked.rows}
    reasons = {codes[row]: reason for row, reason in _reasons(session, plan).items()}
    if plan.status == "draft":
        known = standing.placed.keys() | reasons.keys()
        new = [request.id for request in built.problem.requests if request.id not in known]
        reasons |= dict.fromkeys(new, ARRIVED_AFTER.text)
    sheet = PlanSheet(
        settings=settings,
        built=built,
        booked=booked,
        rows={row.code: row for row in booked.rows},
        bookings={row.code: views.view(row) for row in booked.rows},
        factories=building.factories,
        orders=views.orders,
        people={person.code: person for person in views_of(building.roster, built.problem.horizon)},
        reasons=reasons,
    )
    pins = {codes[row]: pin.waive for row, pin in booked.pins.items()}
    drawing = Drawing(standing, sheet.bookings, _facts(session, plan), pins)
    header = WeekBoard(
        plan=plan.code,
        status=plan.status,
        first_day=plan.first_day,
        days=plan.days,
        cost=0,
        bound=plan.bound_cents if plan.bound_cents is not None and built.digest == plan.problem_digest else None,
        assigned=0,
        late=0,
        rows=(),
        unassigned=(),
        badge=badge_of(session),
        published_until=_published_until(session, plan.first_day),
        frozen_until=plan.first_day + dt.timedelta(days=settings.freeze_days - 1) if settings.freeze_days else None,
    )
    return OpenPlan(sheet, drawing, sheet.drawn(drawing, header, holiday_views(session, sheet.horizon)))


def _facts(session: Session, plan: Plan) -> dict[str, VisitFacts]:
    query = (
        select(Request.code, Visit.version, Visit.published, Visit.status)
        .join(Visit, Visit.request_id == Request.id)
        .where(Visit.plan_id == plan.id)
    )
    return {
        code: VisitFacts(version, published, status in ("started", "done"))
        for code, version, published, status in session.execute(query)
    }


def _reasons(session: Session, plan: Plan) -> dict[int, str]:
    """Why a plan leaves requests out, by their keys."""
    query = select(Unassigned.request_id, Unassigned.reasons).where(Unassigned.plan_id == plan.id)
    return {request: reasons[0]["text"] if reasons else "" for request, reasons in session.execute(query)}


def _published_until(session: Session, first_day: dt.date) -> dt.date | None:
    """The last day from some weeks before the board on that has a published visit."""
    query = select(func.max(Visit.last_slot)).where(
        Visit.published, Visit.status != "cancelled", Visit.first_slot >= morning(first_day) - LONGEST_VISIT
    )
    slot = session.scalars(query).one()
    return None if slot is None else date_of(slot)
