"""Plans that were read are held, and held plans follow what is done to them: no change reads the whole week again.

A plan held is the plan of one state of the database, named by its history: how many changes there are, and the last
one's number. Every change of the program's own data is in the history, in the same transaction. So a held plan is right
in a transaction that finds the same history; and one that finds a change more, whose rows are known, is right again
once those rows are followed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool, Select, func, select
from sqlalchemy.orm import Session

from desktop.models import Change, ChangedRow, Pin, Plan, Request, Visit
from desktop.services.planning.arriving import with_arrived
from desktop.services.planning.booking_records import OPEN, read_affinities, read_exclusions
from desktop.services.planning.building import BuiltProblem, build_problem
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.opening import changes_of, read_plan
from desktop.services.planning.reading import Source, reading
from desktop.services.settings import PlanSettings
from desktop.store.recorder import RowImage

MOST_HELD = 3  # plans: some tens of megabytes each with 2,300 requests
OF_REQUESTS = frozenset({"request", "request_exclusion", "request_affinity"})
OF_ORDERS = frozenset({"order", "progress_report"})
FOLLOWED = OF_REQUESTS | {"plan", "visit", "assignment", "unassigned", "pin", "pin_inspector"}
"""Tables whose changes are followed. Any other may change every problem."""
ON_PAPER = frozenset({
    "checklist", "checklist_item", "notice", "sending", "slot_hold", "study", "announced_change", "attachment",
    "file_content", "defect", "corrective_action", "follow_up", "import_profile",
})  # fmt: skip
"""Tables that say nothing to a plan: what is checked, told or found, or filed with a visit, changes neither when it is
nor by whom."""
ORDER_ON_PAPER = frozenset({"golden_sample", "specifications", "packing", "version"})
"""Fields of an order of which the same is true."""
MOST_FOLLOWED = 200  # requests: beyond it reading anew is not slower


class Stamp(NamedTuple):
    """What names a state of the database: how many changes its history has, and the number of the last."""

    changes: int
    last: int

    def with_change(self, change_id: int) -> Stamp:
        """The state after one change more."""
        return Stamp(self.changes + 1, max(self.last, change_id))


def stamp_of(session: Session) -> Stamp:
    """The state of the database that a transaction sees."""
    count, last = session.execute(select(func.count(Change.id), func.coalesce(func.max(Change.id), 0))).one()
    return Stamp(count, last)


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: Stamp
    plan: OpenPlan


class Problems:
    """The plans of one database that are held open. May be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[int, _Held] = OrderedDict()
        self._built: tuple[Stamp, PlanSettings, BuiltProblem] | None = None

    def opened(self, session: Session, plan: Plan) -> OpenPlan:
        """A plan as a transaction sees it, which has changed nothing itself."""
        stamp = stamp_of(session)
        found = self.known(plan.id, stamp)
        if found is None:
            found = read_plan(session, plan)
            self.hold(plan.id, stamp, found)
        return found

    def built(self, session: Session, settings: PlanSettings) -> BuiltProblem:
        """The problem of a horizon to plan anew, as a transaction sees it, which has changed nothing itself."""
        stamp = stamp_of(session)
        known = self._built
        if known is not None and known[1] == settings and says_the_same(session, known[0], stamp):
            self._built = (stamp, settings, known[2])
            return known[2]
        found = build_problem(session, settings)
        self._built = (stamp, settings, found)
        return found

    def known(self, plan: int, stamp: Stamp) -> OpenPlan | None:
        """A plan (by key) as it is in a state of the database, where it is held."""
        with self._lock:
            held = self._held.get(plan)
            if held is None or held.stamp != stamp:
                return None
            self._held.move_to_end(plan)
            return held.plan

    def hold(self, plan: int, stamp: Stamp, opened: OpenPlan) -> None:
        """Hold a plan (by key) as it is in a state of the database."""
        with self._lock:
            self._held[plan] = _Held(stamp, opened)
            self._held.move_to_end(plan)
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)

    def of(self, stamp: Stamp) -> dict[int, OpenPlan]:
        """The plans held of a state of the database, by key."""
        with self._lock:
            return {key: held.plan for key, held in self._held.items() if held.stamp == stamp}


class PlansAtWork:
    """The plans held open as one transaction has them, which changes them.

    What it reads itself is not held before it is committed: the records behind it are those that it goes on changing.
    """

    def __init__(self, problems: Problems, session: Session) -> None:
        self._problems = problems
        self._session = session
        self._stamp: Stamp | None = None
        self._own: dict[int, _Own] = {}

    def opened(self, plan: Plan, images: Sequence[RowImage] = ()) -> OpenPlan:
        """A plan as it is in the transaction; `images`: the rows that it has changed so far, all flushed."""
        found = self._base(plan.id, images)
        if found is not None and images:
            found = followed(self._session, plan, found, images)
        if found is None:
            found = read_plan(self._session, plan)
        self._own[plan.id] = _Own(found, _of_records(images))
        return found

    def opened_for(self, plan: Plan, request: str, images: Sequence[RowImage] = ()) -> OpenPlan:
        """The same with a request (by code) in its problem whatever is known of that."""
        found = self.opened(plan, images)
        if found.knows(request) or not found.can_be_kept(request):
            return found
        return read_plan(self._session, plan, (request,))

    def built(self, settings: PlanSettings, images: Sequence[RowImage] = ()) -> BuiltProblem:
        """The problem of a horizon to plan anew, as it is in the transaction."""
        return build_problem(self._session, settings) if images else self._problems.built(self._session, settings)

    def after(self, images: Sequence[RowImage]) -> dict[int, OpenPlan]:
        """The plans held, by key, as they are once the transaction, of which these are all changes, is committed."""
        found = {}
        for key in self._problems.of(self._begun()).keys() | self._own.keys():
            plan, opened = self._session.get(Plan, key), self._base(key, images)
            after = None if plan is None or opened is None else followed(self._session, plan, opened, images)
            if after is not None:
                found[key] = after
        return found

    def _base(self, plan: int, images: Sequence[RowImage]) -> OpenPlan | None:
        """A plan (by key) from which `followed` gets to where the transaction is."""
        own = self._own.get(plan)
        if own is not None and own.records == _of_records(images):
            return own.plan
        return self._problems.known(plan, self._begun())

    def committed(self, change_id: int, plans: dict[int, OpenPlan]) -> None:
        """Hold what `after` gave: the transaction is committed, as a change of this number."""
        stamp = self._begun().with_change(change_id)
        for key, opened in plans.items():
            self._problems.hold(key, stamp, opened)

    def _begun(self) -> Stamp:
        """The state of the database in which the transaction began."""
        if self._stamp is None:
            self._stamp = stamp_of(self._session)
        return self._stamp


def says_the_same(session: Session, before: Stamp, now: Stamp) -> bool:
    """Whether nothing that a plan goes by has changed between two states, of which a transaction sees the later.

    Notices are sent and answered all day.
    """
    if before == now:
        return True
    query = select(ChangedRow.change_id, ChangedRow.table_name).where(ChangedRow.change_id > before.last).distinct()
    rows = session.execute(query).all()
    # a change of a lower number that came later, or one whose rows are not known, is not among them
    is_all = len({change for change, _ in rows}) == now.changes - before.changes
    return is_all and {table for _, table in rows} <= ON_PAPER


class _Own(NamedTuple):
    """A plan as a transaction had it when it had changed so much of requests and orders: the records are its own."""

    plan: OpenPlan
    records: tuple[RowImage, ...]


def _of_records(images: Sequence[RowImage]) -> tuple[RowImage, ...]:
    return tuple(image for image in images if image.table in OF_REQUESTS | OF_ORDERS)


def followed(session: Session, plan: Plan, opened: OpenPlan, images: Sequence[RowImage]) -> OpenPlan | None:
    """A plan held open after some rows have changed, as a transaction sees them; None where it must be read anew."""
    orders = {image.row_id for image in images if image.table == "order" and image.before is None}
    if not all(_is_followed(image, plan.id) or _is_new_order(image, orders, opened) for image in images):
        return None
    arrived, edited = _arrived(opened, images), _edited(opened, images)
    touched = _requests(session, plan.id, images) | edited | arrived
    if len(touched) > MOST_FOLLOWED:
        return None
    found = _with_records(session, opened, edited) if edited else opened
    if found is not None and arrived:
        found = with_arrived(session, plan, found, arrived)
    if found is None:
        return None
    opened = found
    changes = changes_of(session, plan, touched) if touched else []
    if not all(opened.can_follow(change) for change in changes):
        return None
    after = opened.after([change for change in changes if opened.shows(change.request)])
    bound = plan.bound_cents
    return after.with_bound(bound if bound is not None and after.digest == plan.problem_digest else None)


def _arrived(opened: OpenPlan, images: Sequence[RowImage]) -> set[int]:
    """Keys of the requests that a plan does not know and that it may concern by now."""
    return {
        image.row_id
        for image in images
        if image.table == "request"
        and not opened.has_record(image.row_id)
        and image.after is not None
        and image.after["status"] in OPEN
    }


def _edited(opened: OpenPlan, images: Sequence[RowImage]) -> set[int]:
    """Keys of the requests of a plan whose records say something else."""
    found = set[int]()
    for image in images:
        sides = [side for side in (image.before, image.after) if side is not None]
        if image.table == "request":
            found.update({image.row_id} if opened.has_record(image.row_id) else ())
        elif image.table in OF_REQUESTS:
            found.update(key for side in sides if opened.has_record(key := side["request_id"]))
    return found


def _with_records(session: Session, opened: OpenPlan, edited: Collection[int]) -> OpenPlan | None:
    """A plan held open with some requests (by key) as their records are now; None where it must be read anew."""
    wanted = select(Request.id).where(Request.id.in_(edited))
    excluded, affinity = read_exclusions(session, wanted), read_affinities(session, wanted)
    found: OpenPlan | None = opened
    for key in sorted(edited):
        row = session.get(Request, key)
        if found is None or row is None:
            return None
        session.refresh(row)
        found = found.edited(row, excluded.get(key, ()), affinity.get(key, {}))
    return found


def _is_followed(image: RowImage, plan: int) -> bool:
    """Whether it is known what the change of a row means for a plan held open."""
    both = [side for side in (image.before, image.after) if side is not None]
    if image.table in ON_PAPER:
        return True
    if image.table == "order":
        return len(both) == 2 and all(both[0][name] == both[1][name] for name in both[0] if name not in ORDER_ON_PAPER)
    if image.table not in FOLLOWED:
        return False
    if image.table in ("visit", "assignment"):
        return not any(side["published"] for side in both)
    if image.table == "plan" and image.row_id == plan:
        fixed = ("code", "status", "first_day", "days", "settings")
        return len(both) == 2 and all(both[0][name] == both[1][name] for name in fixed)
    return True


def _is_new_order(image: RowImage, new: Collection[int], opened: OpenPlan) -> bool:
    """Whether what has changed of an order concerns none of the requests that a plan held open knew before.

    `new` are the orders (by key) that have come since.
    """
    if image.table == "order":
        return image.row_id in new
    sides = [side for side in (image.before, image.after) if side is not None]
    return image.table == "progress_report" and all(
        side["order_id"] in new or not opened.has_order(side["order_id"]) for side in sides
    )


def _requests(session: Session, plan: int, images: Sequence[RowImage]) -> set[int]:
    """Keys of the requests of which a plan, or a pin, says something else."""
    found, visits, pins = set[int](), set[int](), set[int]()
    for image in images:
        for side in (image.before, image.after):
            if side is None:
                continue
            if image.table == "pin" or (image.table in ("visit", "unassigned") and side["plan_id"] == plan):
                found.add(side["request_id"])
            elif image.table == "assignment" and side["plan_id"] == plan:
                visits.add(side["visit_id"])
            elif image.table == "pin_inspector":
                pins.add(side["pin_id"])
    found.update(_of(session, select(Visit.request_id).where(Visit.id.in_(visits)), visits))
    found.update(_of(session, select(Pin.request_id).where(Pin.id.in_(pins)), pins))
    return found


def _of(session: Session, query: Select[int], keys: Collection[int]) -> Sequence[int]:
    return session.scalars(query).all() if keys else ()


_OF_DATABASES: WeakKeyDictionary[Pool, Problems] = WeakKeyDictionary()
"""By the pool of connections, which is all that the engines of one database share."""


def problems_of(source: Source) -> Problems:
    """The plans held of an open database; for a session that may have changed something itself, new ones."""
    bind = source.get_bind() if isinstance(source, Session) else source.engine
    if not isinstance(bind, Engine) or bind.get_execution_options().get("writes", False):
        return Problems()
    return _OF_DATABASES.setdefault(bind.pool, Problems())


def problem_of(source: Source, settings: PlanSettings) -> BuiltProblem:
    """The problem of a horizon to plan anew. It is not read again as long as nothing has changed."""
    problems = problems_of(source)
    with reading(source) as session:
        return problems.built(session, settings)
