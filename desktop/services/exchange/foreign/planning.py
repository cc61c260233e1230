"""Which sheets of a file are read, and how: found out, then changed by what people say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.errors import BadInputError
from desktop.services.exchange.columns import Sheet
from desktop.services.exchange.foreign.guessing import follow, guess_plan, header_texts
from desktop.services.exchange.foreign.sheet_plan import Profile, SheetPlan
from desktop.services.exchange.foreign.tables import FileTables, Table
from desktop.services.exchange.foreign.targets import LIST, Target, targets_of
from desktop.services.exchange.headers import folded
from desktop.services.exchange.reading import READ_ME
from desktop.services.exchange.sheets import SHEETS
from desktop.services.words import spell_list

SHORT_NAMES = {
    "client": "client.name",
    "factory": "factory.name",
    "order": "order.code",
    "po": "order.code",
    "day": "request.day",
}
"""What people call targets of a booking list for short."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """How a file is read.

    Attributes:
        file: its sheets.
        read: those that are read, each with how.
        is_own: whether all of them have the shape of our own templates: nothing is left to say.
        warnings: sheets and columns that are passed over.
    """

    file: FileTables
    read: tuple[tuple[Table, SheetPlan], ...]
    is_own: bool
    warnings: tuple[str, ...] = ()

    @property
    def needs_no_words(self) -> bool:
        """Whether it can be tried out as it is: known by its shape or by a profile."""
        return self.is_own or any(plan.profile for _, plan in self.read)


def plan_file(
    file: FileTables,
    profiles: Sequence[Profile] = (),
    *,
    wanted: Sheet | None = None,
    sheet: str = "",
    layout: str = "",
) -> FilePlan:
    """How a file is to be read, as far as it tells.

    Args:
        file: its sheets.
        profiles: what was remembered of other files.
        wanted: the kind of its records, where somebody has said it.
        sheet: the one sheet to read; "": those of our own shape, else the one that explains itself best.
        layout: LIST, where somebody has said so.

    Raises:
        BadInputError: nothing of it is known here, or there is no such sheet.
    """
    tables = [table for table in file.tables if not sheet or folded(table.name) == folded(sheet)]
    if sheet and not tables:
        names = spell_list([f'"{table.name}"' for table in file.tables])
        raise BadInputError(f'{file.name} has no sheet "{sheet}".', f"It has {names}.")
    plans = [(table, plan) for table in tables if (plan := guess_plan(table, wanted, profiles, layout)) is not None]
    if not plans:
        raise BadInputError(
            f"{file.name} has no row that could be the header of {_sought(wanted)}.",
            "Check the sheet and the encoding, or write a template and copy the records into it.",
        )
    own = [found for found in plans if _is_own(found[1])]
    best = max(plans, key=lambda found: (_worth(found[1]), len(found[0].rows)))
    read = tuple(own) if _is_own(best[1]) else (best,)
    left = [
        table
        for table in file.tables
        if table.rows and table.name != READ_ME and all(table is not one for one, _ in read)
    ]
    return FilePlan(file, read, bool(own) and _is_own(best[1]), tuple(_left_out(file, left, read)))


def follow_profile(file: FileTables, profile: Profile, sheet: str = "") -> FilePlan:
    """Read a file as a profile says, although its headers may differ.

    Raises:
        BadInputError: none of the columns that the profile names are there.
    """
    for table in file.tables:
        if sheet and folded(table.name) != folded(sheet):
            continue
        for number, _ in table.rows[:15]:
            plan = follow(table, (number,), header_texts(table, (number,)), profile)
            if len(plan.targets) >= min(2, len(profile.columns)):
                return FilePlan(file, ((table, plan),), False)
    raise BadInputError(
        f"{file.name} has no row with the columns of the profile {profile.name}.",
        f"It looks for {spell_list([header for header, target in profile.columns.items() if target])}.",
    )


def with_words(plan: SheetPlan, maps: Iterable[str], constants: Iterable[str]) -> SheetPlan:
    """A plan changed by words such as "Their header=quantity" and "client=C001".

    Raises:
        BadInputError: where a header or a field is none.
    """
    for text in maps:
        header, target = _two(text, "--map", plan.layout)
        places = [match.place for match in plan.matches if folded(match.header) == folded(header)]
        if not places:
            known = spell_list([f'"{match.header}"' for match in plan.matches if match.header], 20)
            raise BadInputError(f'There is no column "{header}".', f"There are {known}.")
        plan = plan.with_target(places[0], target)
    for text in constants:
        target, value = _two(text, "--constant", plan.layout, first=True)
        plan = plan.with_constant(target, value)
    return plan


def target_named(layout: str, name: str) -> Target:
    """The target that somebody calls by a name: "order.quantity", "quantity", "client", "Qty".

    Raises:
        BadInputError: there is none, or several.
    """
    targets = targets_of(layout)
    told = folded(name)
    if layout == LIST and told in SHORT_NAMES:
        return targets[SHORT_NAMES[told]]
    exact = [target for target in targets.values() if name.strip().casefold() == target.name]
    same = exact or [
        target for target in targets.values()
        if told in {folded(word) for word in (target.field, target.title, target.column.header, *target.words)}
    ]  # fmt: skip
    if len(same) == 1:
        return same[0]
    if same:
        raise BadInputError(f'"{name}" may be {spell_list([target.name for target in same])}.', "Name one of them.")
    raise BadInputError(f'There is no field "{name}".', f"There are {', '.join(targets)}.")


def _two(text: str, option: str, layout: str, *, first: bool = False) -> tuple[str, str]:
    left, mark, right = text.partition("=") if first else text.rpartition("=")
    if not mark or not left.strip():
        form = "field=value" if first else "Their header=field"
        raise BadInputError(f'"{text}" after {option} is not of the form {form}.', f'Write {option} "{form}".')
    if first:
        return target_named(layout, left).name, right.strip()
    return left.strip(), target_named(layout, right).name if right.strip() not in ("", "-") else ""


def _is_own(plan: SheetPlan) -> bool:
    """Whether a sheet's columns are ours by their very words, without a profile."""
    known = all(match.confidence == 100 and not match.why for match in plan.matches if match.target)
    return plan.layout != LIST and known and not plan.profile


def _worth(plan: SheetPlan) -> float:
    return sum(match.confidence for match in plan.matches if match.target) + (1000 if plan.profile else 0)


def _sought(wanted: Sheet | None) -> str:
    return wanted.title if wanted else f"a booking list, {', '.join(sheet.title for sheet in SHEETS)}"


def _left_out(file: FileTables, left: Sequence[Table], read: Sequence[tuple[Table, SheetPlan]]) -> Iterable[str]:
    for table in left:
        yield f"The sheet {table.name or file.name} is not read."
    for table, plan in read:
        name = table.name or file.name
        unread = [
            match.header
            for match in plan.matches
            if match.header and not match.target and not match.header.startswith("#")
        ]
        if unread:
            texts = spell_list([f'"{text}"' for text in unread], 8)
            one = len(unread) == 1
            yield f"The column{'' if one else 's'} {texts} of {name} {'is' if one else 'are'} not read."


def with_order(plan: SheetPlan, order: str) -> SheetPlan:
    """A plan with the order of days in figures.

    Raises:
        BadInputError: it is neither dmy nor mdy.
    """
    if order not in ("dmy", "mdy"):
        raise BadInputError(f'"{order}" is no order of days.', "Write dmy for 31/12/2026, mdy for 12/31/2026.")
    return replace(plan, date_order=order)  # type: ignore[arg-type]
