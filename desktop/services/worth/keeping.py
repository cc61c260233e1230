"""Studies on record: kept by one command, read again, and whether they still hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Study
from desktop.services.changes import Step
from desktop.services.commands import KeepStudy
from desktop.services.lookup import plan_by_code
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.problems import Stamp, says_the_same, stamp_of
from desktop.services.planning.reading import Source, reading
from desktop.services.work import Work
from desktop.services.worth.asking import StudyKind
from desktop.services.worth.views import (
    Ceilings,
    Content,
    PlanChoice,
    Promise,
    Rules,
    StudyHeader,
    WhatIf,
    WhatIfShown,
    WorthView,
)

C = TypeVar("C", Ceilings, Promise, Rules, WhatIf)
MOST_WHAT_IFS = 12  # shown of a plan
MOST_PLANS = 12  # to choose from
NO_PLAN = WorthView("", "", None, 0, 0, None, None, None, ())

_KINDS: Mapping[str, type[Content]] = {"ceilings": Ceilings, "promise": Promise, "rules": Rules, "what-if": WhatIf}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    """Reads and writes a kind of study as JSON; made when first asked for, as that takes a while."""
    return TypeAdapter(_KINDS[kind])


@dataclass(frozen=True, slots=True)
class Made:
    """A study that was made and is not kept yet.

    Attributes:
        plan, label, digest, cost, bound: as `KeepStudy` has them.
        broken: how many rules the plan breaks.
        stamp: the state of the database that was read.
        seconds: that it took.
        content: what was found.
    """

    plan: str
    kind: StudyKind
    label: str
    digest: str
    cost: int
    broken: int
    bound: int | None
    stamp: Stamp
    seconds: float
    content: Content

    def command(self) -> KeepStudy:
        """The command that keeps it."""
        content = {
            "seconds": round(self.seconds, 1),
            "broken": self.broken,
            "stamp": list(self.stamp),
            "study": _adapter(self.kind).dump_python(self.content, mode="json"),
        }
        return KeepStudy(self.plan, self.kind, self.label, self.digest, self.cost, self.bound, content)


def keep_study(work: Work, command: KeepStudy) -> Step:
    """Keep a study beside the others of its plan."""
    plan = plan_by_code(work.session, command.plan)
    work.session.add(
        Study(
            plan_id=plan.id,
            kind=command.kind,
            label=command.label,
            made_at=work.now,
            made_by=work.actor,
            problem_digest=command.problem_digest,
            cost_cents=command.cost,
            bound_cents=command.bound,
            content=dict(command.content),
        )
    )
    return Step(f"Keep a study of {plan.code}: {command.label}")


def plan_to_study(source: Source) -> str | None:
    """The code of the plan that is studied where none is named: of the latest days, the published one, else the draft.

    None where there is neither.
    """
    with reading(source) as session:
        return next((plan.code for plan in _plans(session)), None)


def _plans(session: Session) -> tuple[PlanChoice, ...]:
    """The plans that can be studied: of the latest days first, of those the published before the drafts."""
    query = (
        select(Plan.code, Plan.status)
        .where(Plan.status.in_(("published", "draft")))
        .order_by(Plan.first_day.desc(), Plan.status.desc(), Plan.id.desc())
        .limit(MOST_PLANS)
    )
    return tuple(PlanChoice(code, status) for code, status in session.execute(query))


def plan_last_studied(source: Source) -> str | None:
    """The code of the plan that the latest study is of; None where there is no study."""
    with reading(source) as session:
        query = select(Plan.code).join(Study, Study.plan_id == Plan.id).order_by(Study.id.desc()).limit(1)
        return session.scalars(query).first()


def worth_view(source: Source, plan: str | None = None) -> WorthView:
    """The latest studies of a plan (by code; None: the one studied last, else the one that would be).

    Raises:
        NotFoundError: there is no plan of that code.
    """
    with reading(source) as session:
        code = plan or plan_last_studied(session) or plan_to_study(session)
        if code is None:
            return NO_PLAN
        found = plan_by_code(session, code)
        holding = _Holding(session, found.id)
        studies = session.scalars(select(Study).where(Study.plan_id == found.id).order_by(Study.id.desc())).all()
        latest: dict[str, Study] = {}
        for study in studies:
            latest.setdefault(study.kind, study)
        whatifs = [study for study in studies if study.kind == "what-if"][:MOST_WHAT_IFS]

        def shown(kind: str, content: type[C]) -> tuple[StudyHeader, C] | None:
            study = latest.get(kind)
            return None if study is None else (_header(study, found.code, holding), _content(study, content))

        return WorthView(
            plan=found.code,
            status=found.status,
            first_day=found.first_day,
            days=found.days,
            cost=found.cost_cents,
            ceilings=shown("ceilings", Ceilings),
            promise=shown("promise", Promise),
            rules=shown("rules", Rules),
            whatifs=tuple(WhatIfShown(_header(one, found.code, holding), _content(one, WhatIf)) for one in whatifs),
            plans=_plans(session),
        )


class _Holding:
    """Whether studies of one plan (by key) still hold, in one state of the database."""

    def __init__(self, session: Session, plan: int) -> None:
        self._session = session
        self._plan = plan
        self._now = stamp_of(session)
        self._opened: tuple[str, int] | None = None

    def holds(self, study: Study) -> bool:
        """Whether a study does. Quick where nothing of the plan's records has changed since."""
        if says_the_same(self._session, Stamp(*study.content["stamp"]), self._now):
            return True
        return self._read() == (study.problem_digest, study.cost_cents)

    def _read(self) -> tuple[str, int]:
        """The problem and the cost of the plan as they are."""
        if self._opened is None:
            plan = self._session.get_one(Plan, self._plan)
            opened = open_plan(self._session, plan.code)
            self._opened = opened.digest, opened.cost.total
        return self._opened


def _header(study: Study, plan: str, holding: _Holding) -> StudyHeader:
    return StudyHeader(
        number=study.id,
        kind=cast("StudyKind", study.kind),
        label=study.label,
        plan=plan,
        made_at=study.made_at,
        made_by=study.made_by,
        seconds=float(study.content["seconds"]),
        cost=study.cost_cents,
        bound=study.bound_cents,
        broken=int(study.content.get("broken", 0)),
        holds=holding.holds(study),
    )


def _content(study: Study, _kind: type[C]) -> C:
    found: C = _adapter(study.kind).validate_python(study.content["study"])
    return found
