"""Where the header of a sheet stands, and what its columns mean, by their words and by their values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from desktop.services.exchange.cells import REMARK, CellFault, is_blank, shown
from desktop.services.exchange.columns import Column, Sheet
from desktop.services.exchange.foreign.days import DAY_KINDS, day_order, in_order
from desktop.services.exchange.foreign.sheet_plan import DateOrder, Match, Profile, SheetPlan
from desktop.services.exchange.foreign.tables import Table
from desktop.services.exchange.foreign.targets import DAY, Target, layouts, targets_of
from desktop.services.exchange.headers import Header, likely_sheet
from desktop.services.exchange.headers import folded as fold_anew
from desktop.services.exchange.kinds import SERVICE_WORDS
from desktop.services.exchange.reading import READ_ME
from desktop.services.exchange.sources import Row, Unreadable

LINES_SEARCHED = 15
SAMPLES = 20  # values that a guess is held against
SHOWN_SAMPLES = 3
SURE = 90  # what is more is not asked about
LEAST = 60  # a guess below is none
# Parts of headers that say the unit alone.
_PIECES = ((re.compile(r"dozens?|\bdoz\b|\bdz\b|打"), 12), (re.compile(r"thousands?|\bk ?pcs\b|千|'000"), 1000),
           (re.compile("万"), 10_000))  # fmt: skip


folded = lru_cache(20_000)(fold_anew)


def guess_plan(
    table: Table, wanted: Sheet | None = None, profiles: Sequence[Profile] = (), layout: str = ""
) -> SheetPlan | None:
    """How a sheet is to be read, as far as it tells.

    Args:
        table: the sheet.
        wanted: the kind of its records, where somebody has said it.
        profiles: what was remembered of other files.
        layout: its shape, where somebody has said it; "" for the likeliest.

    Returns:
        A plan to look at; None where nothing of it is known here.
    """
    if table.name == READ_ME or not table.rows:
        return None
    if not layout and (followed := _by_profile(table, profiles)):
        return followed
    if not layout and (own := _own_shape(table, wanted)):
        return own
    if wanted is not None:
        layout = wanted.kind
    header = _header_rows(table)
    if not header:
        return None
    texts = header_texts(table, header)
    found = [_guess(table, header, texts, shape) for shape in ((layout,) if layout else layouts())]
    # the list first: of two shapes that explain as much it is the one that asks for less
    best = max(found, key=lambda plan: sum(match.confidence for match in plan.matches if match.target))
    return best if layout or len(best.targets) >= 2 else None


def plan_at(table: Table, header: int, layout: str) -> SheetPlan:
    """How a sheet is to be read whose header is said to stand in a row."""
    rows = tuple(number for number, _ in table.rows if number == header)
    return _guess(table, rows, header_texts(table, rows), layout)


def header_texts(table: Table, header: Sequence[int]) -> tuple[str, ...]:
    """What stands above each column; of a header of two rows both, the words of the upper first."""
    rows = [cells for number, cells in table.rows if number in header]
    width = max((len(cells) for cells in rows), default=0)
    texts = []
    for place in range(width):
        parts = [_text(cells[place]) for cells in rows if place < len(cells)]
        texts.append(" ".join(dict.fromkeys(part for part in parts if part)))
    return tuple(texts)


def rows_below(table: Table, header: Sequence[int]) -> Iterator[Row]:
    """The rows below the header."""
    last = max(header, default=0)
    return (row for row in table.rows if row[0] > last)


# -- which row is the header -------------------------------------------------------------------------------------------


def _header_rows(table: Table) -> tuple[int, ...]:
    """The row with most known words in it, with the one below where that says the same in another language."""
    first = table.rows[:LINES_SEARCHED]
    counts = [sum(_is_known(text) for text in map(_text, cells) if text) for _, cells in first]
    if not counts or max(counts) < 2:
        return ()
    at = counts.index(max(counts))
    header = [first[at][0]]
    for other in (at - 1, at + 1):
        if 0 <= other < len(first) and abs(first[other][0] - first[at][0]) == 1:
            filled = sum(bool(_text(cell)) for cell in first[other][1])
            if counts[other] >= 2 and 2 * counts[other] > filled:
                header.append(first[other][0])
    return tuple(sorted(header))


def _is_known(text: str) -> bool:
    words = _all_words()
    if any(part in words for part in _parts(text)):
        return True
    return process.extractOne(folded(text), words, scorer=fuzz.ratio, score_cutoff=88) is not None


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for layout in layouts() for target in targets_of(layout).values() for word in _words(target))


# -- what columns mean -------------------------------------------------------------------------------------------------


def _guess(table: Table, header: tuple[int, ...], texts: Sequence[str], layout: str) -> SheetPlan:
    samples = _samples(table, header, len(texts))
    told = day_order(value for values in samples for value in values)
    order: DateOrder = "dmy" if told == "dmy" else "mdy" if told == "mdy" else ""
    ranked = []
    for place, text in enumerate(texts):
        if not text or text.startswith(REMARK):
            continue
        for number, target in enumerate(targets_of(layout).values()):
            score, why = _score(text, target)
            if score >= LEAST and _fit(target.column, samples[place], order) < 0.5:
                score, why = round(score * 0.6), f"{why}, but its values are no {target.column.kind.name}"
            if score >= LEAST:
                ranked.append((-score, number, place, target.name, why))
    ranked.extend(_by_values(texts, samples, layout))
    taken: dict[int, tuple[str, int, str]] = {}
    given: set[str] = set()
    for score, _, place, name, why in sorted(ranked):
        if place not in taken and name not in given and not _speaks_against(name, given):
            taken[place] = (name, -score, why)
            given.add(name)
    matches = tuple(
        Match(place, text, *taken.get(place, ("", 0, "")), _shown(samples[place])) for place, text in enumerate(texts)
    )
    return SheetPlan(layout, header, matches, date_order=order, factor=_factor(matches))


def _speaks_against(name: str, given: set[str]) -> bool:
    """The day asked for stands for both ends of the window: with one of them it would say it twice."""
    ends = {"request.earliest", "request.latest"}
    return (name == DAY and bool(ends & given)) or (name in ends and DAY in given)


def _score(text: str, target: Target) -> tuple[int, str]:
    whole, best, why = folded(text), 0.0, ""
    for word in _words(target):
        if whole == word:
            return 100, "the same word"
        for part in _parts(text):
            if part == word and best < 95:
                best, why = 95, f"has the word {part}"
        if len(word) < 3 and word.isascii():
            continue  # "md" or "po" within another word says nothing
        if word in whole:
            likely = 55 + 35 * len(word) / len(whole)
        else:
            likely = fuzz.ratio(whole, word) - 6 if min(len(whole), len(word)) > 3 else 0
        if likely > best:
            best, why = likely, f"is much like {word}"
    return round(best), why


def _by_values(
    texts: Sequence[str], samples: Sequence[Sequence[object]], layout: str
) -> Iterator[tuple[int, int, int, str, str]]:
    """Columns that show by their values what they are: services, which are few and known."""
    if "request.service" not in targets_of(layout):
        return
    words = {folded(word) for service, others in SERVICE_WORDS.items() for word in (service, *others)}
    for place, values in enumerate(samples):
        if (
            texts[place]
            and len(values) >= 2
            and sum(folded(str(value)) in words for value in values) >= 0.8 * len(values)
        ):
            yield -80, 0, place, "request.service", "its values are services"


def _fit(column: Column, values: Sequence[str | float | int | object], order: str) -> float:
    """The share of values that can be read as the column's kind."""
    if not values:
        return 1.0
    good = 0
    for value in values:
        told = value
        if column.kind in DAY_KINDS and isinstance(value, str):
            told = in_order(value, "dmy" if order != "mdy" else "mdy")
        try:
            column.kind.read(told)  # type: ignore[arg-type]
        except CellFault:
            continue
        good += 1
    return good / len(values)


def _factor(matches: Iterable[Match]) -> int:
    header = next((match.header for match in matches if match.target == "order.quantity"), "").casefold()
    return next((factor for pattern, factor in _PIECES if pattern.search(header)), 1)


def _samples(table: Table, header: Sequence[int], width: int) -> list[list[object]]:
    found: list[list[object]] = [[] for _ in range(width)]
    for _, cells in rows_below(table, header):
        for place, cell in enumerate(cells[:width]):
            if len(found[place]) < SAMPLES and not isinstance(cell, Unreadable) and not is_blank(cell):
                found[place].append(cell)
        if all(len(values) >= SAMPLES for values in found):
            break
    return found


def _shown(values: Sequence[object]) -> tuple[str, ...]:
    texts = (shown(value) for value in values)  # type: ignore[arg-type]
    return tuple(dict.fromkeys(texts))[:SHOWN_SAMPLES]


@lru_cache(2000)
def _words(target: Target) -> tuple[str, ...]:
    column = target.column
    header = re.sub(r"\(.*\)", "", column.header)
    # a booking list's bare "Code" or "Name" is nobody's
    own = () if target.words and target.field in ("code", "name") else (column.header, header)
    words = (*own, *target.words) if target.words else (*own, *column.aliases)
    return tuple(dict.fromkeys(filter(None, map(folded, words))))


@lru_cache(20_000)
def _parts(text: str) -> tuple[str, ...]:
    """A header with its parts: what stands before and in brackets, on each line, in each script."""
    pieces = [
        text,
        re.sub(r"[(\uff08\[].*?[)\uff09\]]", " ", text),
        *re.split(r"[\n/|(),:;\uff08\uff09\uff0c\uff1a\[\]]", text),
    ]
    for piece in tuple(pieces):
        pieces.append(re.sub(r"[\u2e80-\u9fff]+", " ", piece))
        pieces.extend(re.findall(r"[\u2e80-\u9fff]+", piece))
    return tuple(dict.fromkeys(filter(None, map(folded, pieces))))


def _text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


# -- shapes that are known ---------------------------------------------------------------------------------------------


def _by_profile(table: Table, profiles: Sequence[Profile]) -> SheetPlan | None:
    """The plan of the profile that names most columns of a row, where all that it reads are there."""
    first = table.rows[:LINES_SEARCHED]
    candidates: list[tuple[int, ...]] = [(number,) for number, _ in first]
    candidates += [(one[0], other[0]) for one, other in itertools.pairwise(first)]
    best: tuple[int, SheetPlan] | None = None
    for profile in profiles:
        needed = {folded(header) for header, target in profile.columns.items() if target}
        for header in candidates:
            texts = header_texts(table, header)
            if needed and needed <= {folded(text) for text in texts} and (best is None or len(needed) > best[0]):
                best = (len(needed), follow(table, header, texts, profile))
    return None if best is None else best[1]


def follow(table: Table, header: tuple[int, ...], texts: Sequence[str], profile: Profile) -> SheetPlan:
    """The plan that a profile makes of a sheet."""
    said = {folded(text): target for text, target in profile.columns.items()}
    samples = _samples(table, header, len(texts))
    taken: set[str] = set()
    matches = []
    for place, text in enumerate(texts):
        target = said.get(folded(text), "")
        target = "" if target in taken else target
        taken.add(target)
        why = f"as {profile.name} says" if target else ""
        matches.append(Match(place, text, target, 100 if target else 0, why, _shown(samples[place])))
    return SheetPlan(
        profile.layout, header, tuple(matches), profile.constants, profile.date_order, profile.factor, profile.names,
        profile.name,
    )  # fmt: skip


def _own_shape(table: Table, wanted: Sheet | None) -> SheetPlan | None:
    """The plan of a sheet made as our templates are: all its columns known, or all that a record needs there."""
    first = table.rows[:LINES_SEARCHED]
    plain = [[None if isinstance(cell, Unreadable) else cell for cell in cells] for _, cells in first]
    likely = likely_sheet(table.name, plain, wanted)
    if likely is None:
        return None
    sheet, at, header = likely
    needed = {column.field for column in sheet.columns if column.is_needed}
    if not set(sheet.key) <= header.fields or not (wanted or not header.unknown or needed <= header.fields):
        return None
    return plan_of_header(table, sheet, (first[at][0],), header)


def plan_of_header(table: Table, sheet: Sheet, rows: tuple[int, ...], header: Header) -> SheetPlan:
    """The plan of a header whose words are ours."""
    samples = _samples(table, rows, len(header.texts))
    matches = tuple(
        Match(place, text, f"{sheet.kind}.{column.field}" if column else "", 100 if column else 0, "", _shown(values))
        for place, (text, column, values) in enumerate(zip(header.texts, header.columns, samples, strict=True))
    )
    return SheetPlan(sheet.kind, rows, matches)
