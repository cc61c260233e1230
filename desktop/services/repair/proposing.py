"""The repair of a plan in force: the solver's best plan from now on that changes least of what nothing has hit.

What has begun or is over stays, and so does what was announced for the next half-days. Taking back what was announced
costs more while the solver searches than it really does; and what it changed all the same is put back where that did
not pay. The solver works in a process of its own, from what is in force without the visits hit.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.errors import RefusedError
from desktop.services.planning.building import BuiltProblem
from desktop.services.planning.differences import Label, Names
from desktop.services.planning.in_force import InForce, in_force
from desktop.services.planning.lifting import lifted
from desktop.services.planning.problems import problem_of, stamp_of
from desktop.services.planning.proposals import Prepared, Proposal, propose
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.revising import revision_settings, today_of
from desktop.services.planning.week import check_built
from desktop.services.repair.calling import Contacts, read_contacts
from desktop.services.repair.hits import Toll, in_words, toll_of
from desktop.services.repair.links import changes_between, linked
from desktop.services.repair.near import Near, near
from desktop.services.repair.views import Hit
from desktop.services.solver_process import COMMAND, SolverRun, WarmSolver
from scheduler import plan as made
from scheduler.evaluate import evaluate
from scheduler.explain.reasons import Reasons
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.plan import Assignment, CostParts
from scheduler.problem import Inspector, Pin, Problem
from scheduler.rank import Ranking
from scheduler.result import OnProgress, ignore
from scheduler.search.begin import fitting
from scheduler.stability import at_price
from scheduler.standing import Standing
from scheduler.stop import Stop, never
from scheduler.weeks import Weeks

BEGUN_AT = (8, 13)  # o'clock: from then on a morning, an afternoon is no longer planned anew
# kept for starting the solver, putting back and comparing; how long judging took tells how busy the machine is
FINISH_JUDGES, FINISH_SECONDS, FINISH_SHARE = 5.0, 2.2, 0.6  # times that; at least; of all seconds at most
LEAST_SECONDS = 1.0
TRIED = 5  # places of a request left out that are tried in the end
LEAST_CHANGED = 3  # visits that may be changed in plans of which the share allowed is fewer


@dataclass(frozen=True, slots=True)
class RepairSettings:
    """How a plan in force is repaired. Money in cents.

    Attributes:
        first_day: from when on; None: today.
        days: so many; None: to the end of the plan in force.
        seconds: for all of it.
        seed: of the search.
        steadiness: the prices of taking back what was announced are multiplied by this while searching.
        frozen_slots: announced visits that begin within so many half-days from the first morning stay, unless hit.
        worth_cents: what a change of a visit that nothing has hit has to save beyond its price.
        nearest: of a large firm so many inspectors for each open request, those who live nearest, are looked at.
        most_changed: the share of the announced visits that nothing has hit which may be changed; three of them may.
    """

    first_day: dt.date | None = None
    days: int | None = None
    seconds: float = 10.0
    seed: int = 0
    steadiness: float = 3.0
    frozen_slots: int = 3
    worth_cents: int = 1500
    nearest: int = 10
    most_changed: float = 0.05


@dataclass(frozen=True, slots=True)
class PreparedRepair:
    """All that a repair needs of the records.

    Attributes:
        settings: how it is repaired.
        prepared: the days, their problem (without the pins that cannot be kept) and what is in force.
        unpinned: codes of the requests whose pins cannot be kept.
        toll: what is in force, and what of it cannot be.
        base: what is in force without that, and what is pinned since: it keeps the rules.
        over: half-days from the first morning that are over: nothing is placed there any more.
        near: what the solver gets: what stays is pinned, half-days that are over are nobody's.
        hits: what cannot be, in words.
        contacts: how to reach those concerned.
        seconds: that reading and judging took.
        judging: seconds of that, without the reading: they tell how quick the machine is now.
    """

    settings: RepairSettings
    prepared: Prepared
    unpinned: tuple[str, ...]
    toll: Toll
    base: tuple[Assignment, ...]
    over: int
    near: Near
    hits: tuple[Hit, ...]
    contacts: Contacts
    seconds: float
    judging: float

    @property
    def problem(self) -> Problem:
        """The problem that the repaired plan answers."""
        return self.prepared.built.problem


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How much of what was announced and not hit is changed: visits changed, of how many."""

    changed: int
    announced: int

    @property
    def share(self) -> float:
        """The share that is changed."""
        return self.changed / max(1, self.announced)


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired plan that is not kept yet.

    Attributes:
        prepared: what it answers.
        proposal: the plan and its review beside what is in force.
        groups: the changes that hang together, by codes.
        steadiness: of what nothing has hit.
        put_back: changes that the solver made and that did not pay.
    """

    prepared: PreparedRepair
    proposal: Proposal
    groups: tuple[tuple[str, ...], ...]
    steadiness: Steadiness
    put_back: int

    @property
    def plan(self) -> made.Plan:
        """The repaired plan."""
        return self.proposal.plan


# -- what is read ------------------------------------------------------------------------------------------------------


def prepare_repair(source: Source, now: dt.datetime, settings: RepairSettings | None = None) -> PreparedRepair:
    """Read what is in force from now on and find out what of it is hit. Changes nothing.

    Raises:
        RefusedError: nothing is in force.
        BadInputError: the records contradict one another.
    """
    began = time.monotonic()
    settings = settings or RepairSettings()
    with reading(source) as session:
        mark = stamp_of(session)
        of_plan = revision_settings(session, today_of(now), settings.first_day, settings.days)
        built = problem_of(source, of_plan)
        read = time.monotonic()
        toll = toll_of(session, built)
        force = in_force(session, built.problem)
        if not toll.told and not toll.struck:
            raise RefusedError(
                f"Nothing is announced from {of_plan.first_day} on: there is nothing to repair.",
                "Plan these days and publish the plan first.",
            )
        check_built(replace(built, problem=toll.problem))
        over = _slots_over(now, of_plan.first_day, today_of(now))
        frozen = _frozen(toll, max(over, settings.frozen_slots))
        solvable, unpinned = _to_solve(toll, frozen, over, settings.steadiness), tuple[str, ...]()
        problem, base = toll.problem, toll.kept
        if not toll.keeps_pins:
            solvable, unpinned = lifted(solvable, frozen)
            problem = _without_pins(problem, set(unpinned).difference(frozen))
            base = fitting(Weeks(Instance(problem)), toll.kept)[0]
        label = Label() if force is None else force.label
        prepared = Prepared(
            of_plan,
            BuiltProblem(problem, built.impossible, built.notes, problem),
            mark,
            InForce(label, toll.told),
            Names.read(session, of_plan, problem, [entry.request for entry in built.impossible]),
        )
        judging = time.monotonic() - read
        part = near(solvable, base, settings.nearest)
        # what fits with nothing moved is put in at once: the search need not find it
        begun = _filled(Ranking(Standing.of(Instance(part.problem), part.begun)), over)
        return PreparedRepair(
            settings=settings,
            prepared=prepared,
            unpinned=tuple(sorted({*toll.unpinned, *unpinned}.difference(frozen))),
            toll=toll,
            base=base,
            over=over,
            near=replace(part, begun=begun.assignments),
            hits=in_words(session, now, built, toll),
            contacts=read_contacts(session, problem),
            seconds=time.monotonic() - began,
            judging=judging,
        )


def _slots_over(now: dt.datetime, first_day: dt.date, today: dt.date) -> int:
    """How many half-days from a first morning on are over, or too near to be planned anew."""
    hour = now.astimezone().hour
    return max(0, 2 * (today - first_day).days + sum(hour >= start for start in BEGUN_AT))


def _without_pins(problem: Problem, codes: Collection[str]) -> Problem:
    requests = tuple(replace(entry, pin=None) if entry.id in codes else entry for entry in problem.requests)
    return replace(problem, requests=requests)


def _frozen(toll: Toll, slots: int) -> dict[str, Assignment]:
    """What was announced for the first half-days and can stay, of requests that nobody has pinned; by request."""
    pinned = {request.id for request in toll.problem.requests if request.pin is not None}
    return {e.request: e for e in toll.kept if e.start_slot < slots and e.request not in pinned}


def _to_solve(toll: Toll, frozen: Mapping[str, Assignment], over: int, steadiness: float) -> Problem:
    """The problem for the solver: stricter than the real one, so that its plans keep the rules of that too."""
    problem = toll.problem
    modes = {request.id: request.modes for request in problem.requests}
    busy: dict[str, set[int]] = {}
    for entry in (entry for entry in toll.kept if entry.start_slot < over):
        span = range(entry.start_slot, entry.start_slot + modes[entry.request][entry.mode].half_days)
        for person in entry.inspectors:
            busy.setdefault(person, set()).update(span)
    requests = tuple(
        replace(request, pin=Pin(at.inspectors, at.start_slot, at.mode))
        if (at := frozen.get(request.id)) is not None
        else request
        for request in problem.requests
    )
    people = tuple(_from_now(person, over, busy.get(person.id, set())) for person in problem.inspectors)
    return at_price(replace(problem, requests=requests, inspectors=people), steadiness)


def _from_now(person: Inspector, over: int, busy: Collection[int]) -> Inspector:
    """Somebody who has nothing to give of the half-days that are over, but for what he does then."""
    if not over:
        return person
    free = tuple(is_free and (slot >= over or slot in busy) for slot, is_free in enumerate(person.available))
    return replace(person, available=free)


# -- what is computed --------------------------------------------------------------------------------------------------


def run_repair(  # noqa: PLR0913 -- the first two say what, the others how
    prepared: PreparedRepair,
    started_at: dt.datetime,
    on_progress: OnProgress = ignore,
    stop: Stop = never,
    *,
    command: Sequence[str] = COMMAND,
    warm: WarmSolver | None = None,
) -> Repair:
    """Find the repaired plan. Asks nothing of the database.

    Raises:
        SolverError: the solver ended without a plan.
    """
    run = solver_of(prepared, command=command, warm=warm)
    return finish_repair(prepared, run.run(on_progress, stop), started_at)


def solver_of(
    prepared: PreparedRepair, *, command: Sequence[str] = COMMAND, warm: WarmSolver | None = None
) -> SolverRun:
    """The run of the solver that a repair takes, for those who wait for it in their own way."""
    settings = prepared.settings
    after = min(max(FINISH_SECONDS, FINISH_JUDGES * prepared.judging), FINISH_SHARE * settings.seconds)
    left = settings.seconds - prepared.seconds - after
    initial = made.Plan(prepared.near.begun, (), "feasible", CostParts(), None, 0.0, 0)
    params = Params(seed=settings.seed, time_limit=max(LEAST_SECONDS, left))
    return SolverRun(prepared.near.problem, params, command, initial=initial, warm=warm)


def finish_repair(prepared: PreparedRepair, solved: made.Plan, started_at: dt.datetime) -> Repair:
    """Put back what did not pay, put in what still fits, price the plan as it is, and compare it with what is in force.

    However little time the solver had, nothing is left that one visit more would serve.
    """
    base = Standing.of(Instance(prepared.problem), prepared.base)
    wanted = {entry.request: entry for entry in prepared.near.joined(prepared.base, solved.assignments)}
    changes = changes_between(base.placed, wanted)
    kept = _paying(prepared, base, changes, linked(base, changes))
    ranking = Ranking(base.moved_all({code: changes[code] for group in kept for code in group}))
    after = _filled(ranking, prepared.over)
    plan = _priced(after, ranking, solved)
    proposal = propose(prepared.prepared, plan, started_at)
    groups = linked(base, changes_between(base.placed, after.placed))
    put_back = len(changes) - sum(len(group) for group in kept)
    return Repair(prepared, proposal, groups, steadiness_of(prepared, after), put_back)


def _filled(ranking: Ranking, over: int) -> Standing:
    """A plan with everything it leaves out put in that fits beside the rest and pays, the cheapest first."""
    standing = ranking.standing
    left = [request.id for request in standing.instance.requests if request.id not in standing.placed]
    places = [
        candidate
        for code in left
        for candidate in ranking.direct(code, TRIED)
        if candidate.to.start_slot >= over and candidate.cost.total < 0
    ]
    for candidate in sorted(places, key=lambda candidate: (candidate.cost.total, candidate.to.request)):
        to = candidate.to
        if to.request in standing.placed:
            continue
        weighed = standing.weigh_all({to.request: to})
        if not weighed.broken and weighed.cost.total < 0:
            standing = standing.moved_all({to.request: to})
    return standing


def steadiness_of(prepared: PreparedRepair, after: Standing) -> Steadiness:
    """How much of what was announced and not hit a plan changes."""
    untouched = _untouched(prepared)
    changed = changes_between(untouched, after.placed).keys() & untouched.keys()
    return Steadiness(len(changed), len(untouched))


def _untouched(prepared: PreparedRepair) -> dict[str, Assignment]:
    """What was announced and nothing has hit."""
    hit = {entry.request for entry in prepared.toll.struck}
    return {entry.request: entry for entry in prepared.toll.told if entry.request not in hit}


def _paying(
    prepared: PreparedRepair,
    base: Standing,
    changes: dict[str, Assignment | None],
    groups: Sequence[tuple[str, ...]],
) -> tuple[tuple[str, ...], ...]:
    """The groups of changes that are worth making: what they save, beyond the price of taking back, has to be enough.

    Where more of what nothing has hit would still be changed than may be, the groups that save least by it go too.
    """
    settings, untouched = prepared.settings, _untouched(prepared)
    saved = {group: -base.weigh_all({code: changes[code] for code in group}).cost.total for group in groups}
    touched = {group: sum(code in untouched for code in group) for group in groups}
    kept = [group for group in groups if saved[group] > settings.worth_cents * touched[group]]
    most = max(LEAST_CHANGED, int(settings.most_changed * len(untouched)))
    excess = sum(touched[group] for group in kept) - most
    for group in sorted(kept, key=lambda group: saved[group] / max(1, touched[group])):
        if excess <= 0:
            break
        if touched[group]:
            kept.remove(group)
            excess -= touched[group]
    return tuple(kept)


def _priced(after: Standing, ranking: Ranking, solved: made.Plan) -> made.Plan:
    """A plan of the real problem, of which nothing is proven; `ranking`: of the plan, or of one with less in it."""
    instance = after.instance
    reasons = Reasons(ranking if ranking.standing is after else Ranking(after), never)
    left = tuple(
        made.Unassigned(request.id, reasons.of(number))
        for number, request in enumerate(instance.requests)
        if request.id not in after.placed
    )
    cost = evaluate(instance.problem, after.assignments, instance).cost
    return replace(solved, assignments=after.assignments, unassigned=left, status="feasible", cost=cost, bound=None)
