"""Announced visits that cannot be as announced: what the rule engine and the newest forecast say, as rows of a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.models.halfday import date_of
from desktop.services.collecting import undisturbed
from desktop.services.planning.reading import Source, reading
from desktop.services.repair.hits import hits
from desktop.services.repair.views import Hit, HitCause
from desktop.services.today.announced import day_words
from desktop.services.today.facts import Told, answer_of, read_about, read_crews, read_keys, read_near, read_told
from desktop.services.today.goods import goods_rows
from desktop.services.today.horizon import days_ahead
from desktop.services.today.rows import About, Kind, Person, TodayRow, Way, in_order
from desktop.services.words import spell_list

KIND_OF: Mapping[HitCause, Kind] = {
    "absent": "absent",
    "overran": "absent",
    "window": "window",
    "closed": "closed",
    "lapsed": "papers",
}
DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
REPAIRED: tuple[Way, ...] = ("repair", "board", "call people", "call factory", "request")


def read_judged(source: Source, now: dt.datetime) -> tuple[TodayRow, ...]:
    """The announced visits that break a rule by now, and near ones at risk by their goods or their clock, in order.

    Builds the problem of the plan in force, which takes seconds for a large house after a change; asked again it is
    quick as long as nothing has changed.
    """
    with reading(source) as session, undisturbed():
        ahead = days_ahead(session, now)
        found = () if ahead is None else hits(session, now, ahead)
        goods = goods_rows(session, now, read_near(session, now))
        keys = read_keys(session, (hit.request for hit in found))
        about = read_about(session, set(keys.values()))
        crews = read_crews(session, {code for hit in found for code in hit.inspectors})
        told = read_told(session, now, set(keys.values()))
        broken = [_row(hit, about[keys[hit.request]], crews, told.get(keys[hit.request], ())) for hit in found]
        outside = {row.request for row in broken if row.kind == "window"}
        return in_order((*broken, *(row for row in goods if row.kind != "forecast" or row.request not in outside)), now)


def _row(hit: Hit, about: About, crews: Mapping[str, tuple[int, Person]], told: Sequence[Told]) -> TodayRow:
    times = (hit.first_slot, hit.last_slot)
    answers = {entry.person: answer_of(entry, times) for entry in told}
    crew = [crews[code] for code in hit.inspectors if code in crews]
    kind = KIND_OF.get(hit.cause, "rule")
    return TodayRow(
        key=f"{kind}/{hit.request}",
        kind=kind,
        until=hit.starts_at,
        about=about,
        cause=cause_of(hit),
        ways=REPAIRED,
        first_slot=hit.first_slot,
        last_slot=hit.last_slot,
        people=tuple(replace(person, answer=answers.get(key, "untold")) for key, person in crew),
        factory_answer=answers.get(None, "untold"),
        requests=(hit.request,),
    )


def cause_of(hit: Hit) -> str:
    """Why, with names instead of codes where they say it all."""
    names = dict(zip(hit.inspectors, hit.names, strict=True))
    who = spell_list([names.get(code, code) for code in hit.culprits or hit.inspectors])
    day = day_words(date_of(hit.first_slot))
    if hit.cause == "absent":
        return f"{who} cannot come on {day}."
    if hit.cause == "overran":
        return f"{who} will still be at another visit on {day}."
    if hit.cause == "closed":
        return f"The factory is closed during the visit of {day}."
    # the rules name their request and write days as numbers
    told = DATE.sub(lambda found: day_words(dt.date.fromisoformat(found[0])), hit.text)
    return f"It {rest}" if (rest := told.removeprefix(f"{hit.request} ")) != told else told
