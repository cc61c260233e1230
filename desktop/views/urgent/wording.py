"""What the page of urgent bookings says of an answer, in its short words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.services.board import BoardBar, BoardRow
from desktop.services.urgent.answer import (
    MovedVisit,
    PersonRows,
    UrgentAnswer,
    UrgentArrival,
    UrgentCandidate,
    UrgentCost,
    UrgentNeed,
)
from desktop.services.verdicts import VerdictLine
from desktop.services.words import DAYS
from desktop.views.maps.projection import MapPlace
from desktop.views.urgent.cards import CandidateCard, CardMove, CardVerdict, WeekBar, WeekRow, Weeks
from desktop.views.urgent.neighbourhood import Comer, MovedWork, Scene
from desktop.views.urgent.production_track import Track
from desktop.views.words import MINUS, days, money

translate = QCoreApplication.translate

CHINESE = "\u2e80"  # from here on the signs of Chinese
ARROW = "\N{RIGHTWARDS ARROW}"

ON_CARD = ("Skill", "Window", "Target", "Travel", "Rotation", "Load")
"""What a card says also where it is kept; anything else it says only where it is not."""
LEAST_DAYS, MOST_DAYS = 5, 7  # of an open card
LONG = 36  # characters of a remark that still stand on a card


def signed(cents: int) -> str:
    """A difference of cost with its sign: "+$111", "\N{MINUS SIGN}$14", "$0"."""
    dollars = round(abs(cents) / 100)
    return f"{'+' if cents > 0 else MINUS}${dollars:,}" if dollars else "$0"


def short_name(name: str, local_name: str) -> str:
    """What one calls a person for short: Chinese by the family name, which stands first, others by the last word."""
    words = name.split()
    if len(words) < 2:
        return name
    return words[0] if local_name >= CHINESE else words[-1]


def key_of(candidate: UrgentCandidate) -> Hashable:
    """Tells whether two answers have the same candidate."""
    return candidate.to, tuple((move.request, move.after) for move in candidate.moves)


def day_word(date: dt.date) -> str:
    """A day that is near: "Thu 8"."""
    return f"{DAYS[date.weekday()]} {date.day}"


# -- a card ------------------------------------------------------------------------------------------------------------


def card_of(rank: int, candidate: UrgentCandidate, answer: UrgentAnswer) -> CandidateCard:
    """A candidate in words."""
    need = answer.need
    first = candidate.crew[0]
    others = candidate.crew[1:]
    is_chinese = first.local_name >= CHINESE
    known_as = first.name if is_chinese or not first.local_name else first.local_name
    name = f"{known_as} +{len(others)}" if others else known_as
    level = f"{need.skill.capitalize()} L{first.level}" if need.skill else ""
    where = translate("Urgent", "freelancer") if first.freelancer else first.base
    under = " · ".join(part for part in (first.local_name if is_chinese else "", where, level) if part)
    if others:
        under = translate("Urgent", "with {people}").format(people=", ".join(person.name for person in others))
    begins = candidate.begins.astimezone(ZoneInfo(need.time_zone))
    when = f"{day_word(candidate.first_day)}, {begins:%H:%M}"
    hours = translate("Urgent", "{hours} h").format(hours=f"{candidate.hours:.1f}")
    way = way_in_words(candidate.arrivals)
    price = signed(candidate.cost.total)
    moves = tuple(_move(move, answer.first_day) for move in candidate.moves)
    verdicts = tuple(_verdicts(candidate))
    moved = ", ".join(f"{move.request} {move.text}" for move in moves) or translate("Urgent", "Nothing moves")
    remarks = [verdict.text for verdict in verdicts if verdict.state != "ok"]
    spoken = (
        f"{rank}. {name}. {when}. {hours} {translate('Urgent', 'to on site')}. {price}. {moved}. {'. '.join(remarks)}"
    )
    parts = tuple(_parts(candidate.cost))
    total = translate("Urgent", "Sum {price}").format(price=price)
    if candidate.cost.penalties:
        total = translate("Urgent", "Paid {paid} · sum {price}").format(paid=signed(candidate.cost.money), price=price)
    return CandidateCard(
        rank, name, under, when, way, hours, not candidate.in_time, price, moves, verdicts, parts, total, spoken
    )


def way_in_words(arrivals: Sequence[UrgentArrival]) -> str:
    """How the first of a crew comes: "38 km, car", "rail 3 h 12, eve": he travels on the day before."""
    if not arrivals:
        return ""
    way = arrivals[0]
    if not way.mode:
        return translate("Urgent", "on the spot")
    if way.mode == "car":
        said = translate("Urgent", "{km} km car").format(km=f"{way.km:.0f}")
    else:
        said = translate("Urgent", "{mode} {hours} h {minutes}").format(
            mode=way.mode, hours=way.minutes // 60, minutes=f"{way.minutes % 60:02d}"
        )
    return translate("Urgent", "{way}, eve").format(way=said) if way.night_before else said


def _move(move: MovedVisit, start: dt.date) -> CardMove:
    """Whereto in short: to another day where the same people go, else to whom."""
    was, will = (day_word(start + dt.timedelta(days=to.start_slot // 2)) for to in (move.before, move.after))
    if move.before.inspectors == move.after.inspectors:
        text = f"{was} {ARROW} {will}"
    else:
        text = f"{will} {ARROW} {move.after_text.rsplit(', ', maxsplit=1)[0]}"
    whole = f"{move.request} {move.factory_name}: {move.before_text} {ARROW} {move.after_text}"
    return CardMove(move.service, move.request, text, move.announced, whole)


def _verdicts(candidate: UrgentCandidate) -> Iterable[CardVerdict]:
    lines = {line.title: line for line in candidate.lines}
    for title in ON_CARD:
        if title in lines:
            yield _verdict(lines[title], candidate)
    for title, line in lines.items():
        if title not in ON_CARD and line.state != "ok":
            yield _verdict(line, candidate)


def _verdict(line: VerdictLine, candidate: UrgentCandidate) -> CardVerdict:
    whole = f"{line.title}: {line.text}" if line.text else line.title
    state, text = line.state, line.title
    if line.title == "Window" and candidate.percent is not None:
        text = translate("Urgent", "Window {percent} %").format(percent=f"{candidate.percent:.0f}")
        if candidate.chance is not None and state != "ok":
            text += translate("Urgent", ", holds {chance} %").format(chance=f"{100 * candidate.chance:.0f}")
    elif line.title == "Travel":
        text = line.text.rsplit(", ", maxsplit=1)[-1].capitalize()
    elif line.title == "Target":
        text = translate("Urgent", "In time") if state == "ok" else line.text.split(":", maxsplit=1)[0]
    elif state != "ok" and line.text:
        text = line.text.rstrip(".") if len(line.text) <= LONG else line.title
    return CardVerdict(state, text, whole)


def _parts(cost: UrgentCost) -> Iterable[tuple[str, str]]:
    """The parts of a price: what is paid first, then what only counts."""
    named = (
        (translate("Urgent", "Day rate"), cost.work, True),
        (translate("Urgent", "Premium"), cost.premium, False),
        (translate("Urgent", "Travel"), cost.travel, True),
        (translate("Urgent", "Hotel"), cost.nights, True),
        (translate("Urgent", "Calls"), cost.change, False),
        (translate("Urgent", "Late"), cost.late, False),
        (translate("Urgent", "Other team"), cost.affinity, False),
    )
    for name, cents, always in named:
        if cents or always:
            yield name, money(cents)
    if cost.others:
        yield translate("Urgent", "of it others"), signed(cost.others)


def beside(one: UrgentCandidate, other: UrgentCandidate, rank: int) -> str:
    """How a candidate stands to another: what it costs more, how much later it is."""
    price = signed(one.cost.total - other.cost.total)
    hours = one.hours - other.hours
    when = translate("Urgent", "at the same time")
    if abs(hours) >= 0.05:
        word = translate("Urgent", "{hours} h later") if hours > 0 else translate("Urgent", "{hours} h sooner")
        when = word.format(hours=f"{abs(hours):.1f}")
    return translate("Urgent", "Beside {rank}: {price}, {when}").format(rank=rank, price=price, when=when)


# -- the weeks of an open card -----------------------------------------------------------------------------------------


def weeks_of(answer: UrgentAnswer, candidate: UrgentCandidate, people: Sequence[PersonRows]) -> Weeks:
    """Before and after, on the days that the candidate touches and some round them."""
    first, last = days_touched(answer, candidate)
    rows = []
    for person in people:
        before, after = person.before, person.after
        old = {_place(bar) for bar in before.bars}
        rows.append(
            WeekRow(
                short_name(before.name, before.local_name),
                before.cells[2 * first : 2 * (last + 1)],
                tuple(_bar(bar, first) for bar in _shown(before, first, last)),
                tuple(_bar(bar, first, is_new=_place(bar) not in old) for bar in _shown(after, first, last)),
            )
        )
    return Weeks(answer.first_day + dt.timedelta(days=first), last - first + 1, tuple(rows))


def days_touched(answer: UrgentAnswer, candidate: UrgentCandidate) -> tuple[int, int]:
    """The first and last day that an open card shows; 0 is the plan's first."""
    touched = [(candidate.first_day - answer.first_day).days, (candidate.last_day - answer.first_day).days]
    for move in candidate.moves:
        touched += [move.before.start_slot // 2, move.after.start_slot // 2]
    first, last = max(0, min(touched)), min(answer.days - 1, max(touched))
    last = min(answer.days - 1, max(last, first + LEAST_DAYS - 1))
    first = max(0, min(first, last - LEAST_DAYS + 1))
    return first, min(last, first + MOST_DAYS - 1)


def _shown(row: BoardRow, first: int, last: int) -> list[BoardBar]:
    return [bar for bar in row.bars if bar.last_slot >= 2 * first and bar.first_slot <= 2 * last + 1]


def _place(bar: BoardBar) -> tuple[str, int, int]:
    return bar.request, bar.first_slot, bar.last_slot


def _bar(bar: BoardBar, first: int, *, is_new: bool = False) -> WeekBar:
    return WeekBar(bar.request, bar.service, bar.factory, bar.first_slot - 2 * first, bar.last_slot - 2 * first, is_new)


# -- the map -----------------------------------------------------------------------------------------------------------


def scene_of(need: UrgentNeed, shown: Sequence[UrgentCandidate], chosen: int, most: int) -> Scene:
    """The map of the best candidates and of the one chosen, whose rank is given (0: none)."""
    if need.lat is None or need.lon is None:
        return Scene()
    comers = [
        Comer(rank, short_name(each.crew[0].name, each.crew[0].local_name), _start(each), _told(rank, each))
        for rank, each in enumerate(shown, 1)
        if rank <= most or rank == chosen
    ]
    return Scene(
        site=MapPlace(need.lat, need.lon),
        label=f"{need.code} {need.factory_name}",
        comers=tuple(comers),
        chosen=chosen,
        moved=tuple(_moved_work(move) for move in shown[chosen - 1].moves) if chosen else (),
    )


def _moved_work(move: MovedVisit) -> MovedWork:
    """Where work goes to another, whence it is reached then; where the day alone changes, only where it is."""
    label, site = f"{move.request} {move.factory_name}", MapPlace(move.lat, move.lon)
    if move.before.inspectors == move.after.inspectors:
        return MovedWork(label, site, move.service)
    return MovedWork(label, site, move.service, move.home_name, MapPlace(move.home_lat, move.home_lon))


def _told(rank: int, candidate: UrgentCandidate) -> str:
    return f"{rank} {candidate.crew[0].name}, {way_in_words(candidate.arrivals)}"


def _start(candidate: UrgentCandidate) -> MapPlace | None:
    if candidate.arrivals:
        way = candidate.arrivals[0]
        return MapPlace(way.from_lat, way.from_lon)
    person = candidate.crew[0]
    return MapPlace(person.lat, person.lon)


# -- the head, the foot, what is known of the need ---------------------------------------------------------------------


def head_of(answer: UrgentAnswer, shown: int) -> str:
    """How many can, with or without a move: "8 best of 17 who can"."""
    able = max(answer.can, len({each.to.inspectors for each in answer.candidates}))
    if not able:
        return translate("Urgent", "Nobody can")
    if shown < able:
        return translate("Urgent", "{shown} best of {can} who can").format(shown=shown, can=able)
    return translate("Urgent", "{can} can").format(can=able)


def track_of(need: UrgentNeed, candidate: UrgentCandidate | None) -> Track:
    """Production now and at the visit."""
    then, text = None, ""
    if candidate is not None and candidate.percent is not None:
        then = candidate.percent
        text = translate("Urgent", "{percent} % on {day}").format(
            percent=f"{then:.0f}", day=DAYS[candidate.first_day.weekday()]
        )
    closes = ""
    if need.latest is not None:
        closes = translate("Urgent", "closes {day}").format(day=day_word(need.latest))
    now = need.percent_now
    if now is None and need.made:
        now = need.made[0]
    return Track(need.share, now, then, text, closes)


def nobody_in_words(answer: UrgentAnswer) -> str:
    """Why the list is empty, in the first line: "No one can be there by Thu 8 Oct."."""
    need = answer.need
    if need.fault:
        return need.fault
    if need.earliest is not None and need.latest is not None:
        return translate("Urgent", "No one can be there {days}.").format(days=days(need.earliest, need.latest))
    return translate("Urgent", "No one can be there in time.")
