"""A repair accepted whole or in part: what a set of its groups would be, and keeping just these as a draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import ConflictError, RefusedError
from desktop.models import Pin, Plan, Request
from desktop.services.changes import Outcome
from desktop.services.commands import AdoptPlan, Command, UnpinRequest
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.news import news_of
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.problems import problem_of, stamp_of
from desktop.services.planning.proposals import ChangeNote, changes_since
from desktop.services.planning.reading import Source, reading
from desktop.services.repair.calling import Calling
from desktop.services.repair.links import Changes, changes_between
from desktop.services.repair.proposing import PreparedRepair, Repair
from desktop.services.repair.views import Call, Group, HitSolved, PartSum
from desktop.services.words import count, sentence, spell_day, spell_list
from scheduler import plan as made
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.plan import Assignment, Reason, Unassigned
from scheduler.problem import Problem
from scheduler.standing import Standing
from scheduler.wire import digest

if TYPE_CHECKING:
    from desktop.services.bus import Desk

NOT_TAKEN = Reason("not_taken", "its new place was not accepted", "accepting it, or another place by hand")


class PartialReview:
    """A repair to be ticked group by group. Asks no database; what was asked once is known.

    Attributes:
        repair: what is reviewed.
        groups: its changes as they hang together: those with visits hit first, then by what they save.
    """

    def __init__(self, repair: Repair) -> None:
        self.repair = repair
        prepared = repair.prepared
        self._instance = Instance(prepared.problem)
        self._base = Standing.of(self._instance, prepared.base)
        new = {entry.request: entry for entry in repair.plan.assignments}
        self._changes: Changes = changes_between(self._base.placed, new)
        self._told = {entry.request: entry for entry in prepared.toll.told}
        self._calling = Calling(prepared.problem, prepared.toll.told, prepared.contacts)
        self.groups = self._ranked(repair.groups)
        self._group_of = {code: group.number for group in self.groups for code in group.requests}

    def group_of(self, request: str) -> int | None:
        """The number of the group that changes a request (by code); None where none does."""
        return self._group_of.get(request)

    @property
    def all(self) -> frozenset[int]:
        """The numbers of all groups."""
        return frozenset(range(len(self.groups)))

    def sum(self, ticked: Collection[int]) -> PartSum:
        """What some groups (by number) would be together."""
        changes = self._chosen(ticked)
        weighed = self._base.weigh_all(changes)
        told = changes_between(self._told, self._placed(changes)).keys() & self._told.keys()
        placed = self._placed(changes)
        return PartSum(
            groups=len(set(ticked)),
            all_groups=len(self.groups),
            changes=len(changes),
            all_changes=len(self._changes),
            cost=self._base.cost + weighed.cost,
            difference=weighed.cost,
            told=len(told),
            hits_left=sum(hit.request not in placed for hit in self.repair.prepared.hits),
            hopeless=len(self._hopeless),
        )

    def calls(self, ticked: Collection[int]) -> tuple[Call, ...]:
        """Who has to be told something else than before, were only some groups accepted."""
        return self._calling.calls(self._placed(self._chosen(ticked)))

    def solved(self, ticked: Collection[int]) -> tuple[HitSolved, ...]:
        """What would become of the visits hit, those with least time left first."""
        placed = self._placed(self._chosen(ticked))
        left = {entry.request: entry.reasons for entry in self.repair.plan.unassigned}
        return tuple(
            HitSolved(
                hit,
                self._calling.spot(placed.get(hit.request)),
                () if hit.request in placed else tuple(reason.text for reason in left.get(hit.request, (NOT_TAKEN,))),
            )
            for hit in self.repair.prepared.hits
        )

    def requests(self, ticked: Collection[int]) -> tuple[str, ...]:
        """Codes of the requests to be published with some groups: what they change, and hits without any other place.

        Those are taken out of force: nobody can come.
        """
        return tuple(sorted({*self._chosen(ticked), *self._hopeless}))

    def assignments(self, ticked: Collection[int]) -> tuple[Assignment, ...]:
        """The plan with only some groups, by request."""
        placed = self._placed(self._chosen(ticked))
        return tuple(placed[code] for code in sorted(placed))

    @property
    def _hopeless(self) -> set[str]:
        found = {entry.request for entry in self.repair.plan.assignments}
        return {hit.request for hit in self.repair.prepared.hits} - found

    def _chosen(self, ticked: Collection[int]) -> dict[str, Assignment | None]:
        return {code: self._changes[code] for number in sorted(set(ticked)) for code in self.groups[number].requests}

    def _placed(self, changes: Changes) -> dict[str, Assignment]:
        placed = dict(self._base.placed)
        for code, to in changes.items():
            placed.pop(code, None)
            if to is not None:
                placed[code] = to
        return placed

    def _ranked(self, groups: Iterable[tuple[str, ...]]) -> tuple[Group, ...]:
        hit = {entry.request for entry in self.repair.prepared.hits}
        found = [self._group(codes, hit) for codes in groups]
        found.sort(key=lambda group: (not group.hits, group.cents, group.requests))
        return tuple(replace(group, number=number) for number, group in enumerate(found))

    def _group(self, codes: tuple[str, ...], hit: Collection[str]) -> Group:
        changes = {code: self._changes[code] for code in codes}
        places = [(self._told.get(code), self._base.placed.get(code), changes[code]) for code in codes]
        ends = [entry for of_request in places for entry in of_request if entry is not None]
        people = sorted({person for entry in ends for person in entry.inspectors})
        hits = tuple(code for code in codes if code in hit)
        announced = sum(code in self._told for code in codes)
        return Group(0, codes, tuple(people), hits, announced, self._base.weigh_all(changes).cost.total)


# -- whether it still holds --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RepairCheck:
    """How a repair stands with the records as they are now.

    Attributes:
        is_fresh: they say what they said when it was prepared, as far as it concerns these days.
        changes: the steps made since, the newest first; `change_count`: how many there were.
        edited: codes of requests that somebody has pinned elsewhere, or let go of, since.
        broken: rules that the whole of it breaks by now, in sentences.
    """

    is_fresh: bool
    changes: tuple[ChangeNote, ...]
    change_count: int
    edited: tuple[str, ...]
    broken: tuple[str, ...]


def check_repair(source: Source, repair: Repair) -> RepairCheck:
    """Whether a repair still answers what the records say, and if not: who changed what, and what it means."""
    prepared = repair.prepared
    mark = prepared.prepared.mark
    with reading(source) as session:
        stamp = stamp_of(session)
        notes = changes_since(session, mark)
        problem = prepared.problem if stamp == mark else _problem_now(source, prepared)
    if digest(problem) == prepared.prepared.built.digest:
        return RepairCheck(True, notes, stamp.changes - mark.changes, (), ())
    known = {request.id for request in problem.requests}
    judged = evaluate(problem, [entry for entry in repair.plan.assignments if entry.request in known])
    broken = tuple(dict.fromkeys(sentence(entry.text) for entry in judged.broken))
    return RepairCheck(
        False, notes, stamp.changes - mark.changes, _edited(prepared.prepared.built.problem, problem), broken
    )


def _problem_now(source: Source, prepared: PreparedRepair) -> Problem:
    """The problem of the same days on the records as they are now, without the pins that are lifted."""
    problem = problem_of(source, prepared.prepared.settings).problem
    lifted = set(prepared.unpinned)
    requests = tuple(replace(entry, pin=None) if entry.id in lifted else entry for entry in problem.requests)
    return replace(problem, requests=requests)


def _edited(before: Problem, after: Problem) -> tuple[str, ...]:
    pins = {request.id: request.pin for request in before.requests}
    return tuple(sorted(entry.id for entry in after.requests if entry.id in pins and entry.pin != pins[entry.id]))


# -- keeping it --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Accepted:
    """A part of a repair that has become a draft of this code, by a step; `requests` are those that it changes."""

    code: str
    outcome: Outcome
    requests: tuple[str, ...]


def accept_part(desk: Desk, review: PartialReview, ticked: Collection[int]) -> Accepted:
    """Keep some groups of a repair as a draft, in one step; all else stays as it is in force.

    What has changed since is taken into account as far as the rules allow it.

    Raises:
        RefusedError: no group is ticked, and some could be.
        ConflictError: the records have changed so that a rule would be broken, or what it changes is announced
            otherwise by now.
    """
    prepared = review.repair.prepared
    together = review.sum(ticked)
    if not together.can_be_kept:
        raise RefusedError("Nothing of the repair is ticked: there is nothing to keep.", "Tick what is to be changed.")
    wanted = review.requests(ticked)
    with desk.store.session() as session:
        problem = _problem_now(session, prepared)
        kept = _kept(review, ticked, problem, announced_assignments(session, problem))
    judged = evaluate(problem, kept)
    if judged.broken:
        rules = [sentence(entry.text) for entry in judged.broken]
        raise ConflictError(f"The records have changed since the repair was made: {rules[0]}", "Repair again.")
    plan = _part(review, problem, kept, judged.cost)
    with desk.store.session() as session:
        unpin: list[Command] = [UnpinRequest(code) for code in _pinned(session, prepared.unpinned)]
    number = together.changes or together.hopeless
    adopt = AdoptPlan(plan, prepared.prepared.settings.to_json(), digest(problem))
    label = f"Repair from {spell_day(prepared.prepared.settings.first_day)}, {count(number, 'change')}"
    outcome = desk.handle_all([*unpin, adopt], label)
    with desk.store.session() as session:
        code = session.scalars(select(Plan.code).where(Plan.id.in_(outcome.changes.rows["plan"]))).one()
    news = set(news_of(desk.store, code))
    return Accepted(code, outcome, tuple(request for request in wanted if request in news))


def _kept(
    review: PartialReview, ticked: Collection[int], problem: Problem, told: Collection[Assignment]
) -> tuple[Assignment, ...]:
    """A part of a repair beside what is announced by now: what others have announced since stays as it is.

    Raises:
        ConflictError: they have announced otherwise what the part changes.
    """
    known = {request.id for request in problem.requests}
    before = {entry.request: entry for entry in review.repair.prepared.toll.told}
    since = changes_between(before, {entry.request: entry for entry in told})
    clashes = sorted(known & since.keys() & set(review.requests(ticked)))
    if clashes:
        verb = "has" if len(clashes) == 1 else "have"
        raise ConflictError(
            f"{spell_list(clashes)} {verb} been announced otherwise since the repair was made.", "Repair again."
        )
    placed = {entry.request: entry for entry in review.assignments(ticked)} | since
    return tuple(to for code, to in sorted(placed.items()) if to is not None and code in known)


def _pinned(session: Session, codes: Collection[str]) -> tuple[str, ...]:
    """Those of some requests that are pinned."""
    query = select(Request.code).join(Pin, Pin.request_id == Request.id).where(Request.code.in_(codes))
    return tuple(session.scalars(query.order_by(Request.code)))


def _part(review: PartialReview, problem: Problem, kept: tuple[Assignment, ...], cost: made.CostParts) -> made.Plan:
    """A part of a repair as a plan."""
    served = {entry.request for entry in kept}
    solved = review.repair.plan
    why: Mapping[str, tuple[Reason, ...]] = {entry.request: entry.reasons for entry in solved.unassigned}
    asked = {request.id for request in review.repair.prepared.problem.requests}
    left = tuple(
        Unassigned(request.id, why.get(request.id) or ((NOT_TAKEN,) if request.id in asked else (ARRIVED_AFTER,)))
        for request in problem.requests
        if request.id not in served
    )
    return replace(solved, assignments=kept, unassigned=left, cost=cost, status="feasible", bound=None)
