"""Why it is not somebody else: what keeps the people of a team from a request at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import LineState, Offer, RequestCard
from desktop.views.board.cards import CardLine
from desktop.views.board.wording import when_in_words

MOST_NAMED = 12
RANKS: dict[LineState, int] = {"ok": 0, "warn": 1, "bad": 2}


@dataclass(frozen=True, slots=True)
class Question:
    """Who would serve a request with whom at which time: `team` is asked through."""

    request: str
    slot: int
    team: str
    crew: tuple[str, ...]


def question_about(plan: OpenPlan, card: RequestCard, offers: Sequence[Offer]) -> Question | None:
    """What to ask of a request: of its present place, else of the cheapest; None where there is neither."""
    if card.place is not None:
        crew, slot = card.place.inspectors, card.place.first_slot
    elif offers:
        crew, slot = offers[0].inspectors or (offers[0].inspector,), offers[0].first_slot
    else:
        return None
    team = next((row.team for row in plan.board.rows if row.inspector == crew[0]), None)
    return None if team is None else Question(card.code, slot, team, crew)


def why_not(plan: OpenPlan, asked: Question, stop: Callable[[], bool]) -> tuple[CardLine, ...]:
    """A line for whoever of the team cannot take the place of the first of the crew; those nearest to it first."""
    found: list[tuple[int, str, str, LineState, str]] = []
    for row in plan.board.rows:
        if stop():
            break
        if row.team != asked.team or row.inspector in asked.crew:
            continue
        verdict = plan.verdict(asked.request, tuple(sorted((row.inspector, *asked.crew[1:]))), asked.slot)
        faults = [line for line in verdict.lines if line.state != "ok"]
        if verdict.state == "ok" or not faults:
            continue
        worst = max(faults, key=lambda line: RANKS[line.state])
        found.append((RANKS[verdict.state] * 100 + len(faults), row.name, worst.text, verdict.state, worst.title))
    found.sort(key=lambda entry: entry[:2])
    lines = [CardLine("", f"{name}: {text}", state) for _, name, text, state, _ in found[:MOST_NAMED]]
    rest = Counter(title for *_, title in found[MOST_NAMED:])
    if rest:
        more = QCoreApplication.translate("board", "{count} more: {reasons}").format(
            count=sum(rest.values()), reasons=", ".join(f"{number} {title}" for title, number in rest.most_common())
        )
        lines.append(CardLine("", more))
    return tuple(lines)


def title_of(plan: OpenPlan, asked: Question) -> str:
    """What the lines answer: "Why not somebody else in Zhejiang on Tue 1 Dec"."""
    return QCoreApplication.translate("board", "Why not somebody else in {team} on {when}").format(
        team=asked.team or QCoreApplication.translate("board", "No team"),
        when=when_in_words(plan.board, asked.slot, asked.slot | 1),
    )
