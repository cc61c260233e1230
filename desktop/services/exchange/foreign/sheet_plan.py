"""What was decided about a sheet of another firm's shape, and how a profile remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from desktop.errors import BadInputError
from desktop.services.exchange.foreign.targets import LIST, targets_of

DateOrder = Literal["", "dmy", "mdy"]
"""Which of the first two figures of 03/04/2026 is the day; "": nobody has said."""

PROFILE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Match:
    """What one column of a file means.

    Attributes:
        place: of the column, from 0.
        header: what stands above it.
        target: the name of a target; "": it is not read.
        confidence: 0 to 100, how sure that is. 100: said by somebody, or the very word.
        why: in words.
        samples: the first values below it.
    """

    place: int
    header: str
    target: str
    confidence: int
    why: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How a sheet is read.

    Attributes:
        layout: LIST, or the kind of a sheet.
        header: the row numbers of its header, as a spreadsheet shows them.
        matches: what its columns mean.
        constants: what stands in every row of a target that no column gives, or where its cell is blank.
        date_order: of days in figures.
        factor: pieces in one of the quantities given: 12 for dozens.
        names: codes for names of factories and clients that were chosen by hand: "factory", folded name -> code.
        profile: the name of the profile that this follows; "" where it was found or made here.
    """

    layout: str = LIST
    header: tuple[int, ...] = ()
    matches: tuple[Match, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder = ""
    factor: int = 1
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    profile: str = ""

    @property
    def targets(self) -> Mapping[str, int]:
        """The places of the columns that are read, by target."""
        return {match.target: match.place for match in self.matches if match.target}

    def with_target(self, place: int, target: str) -> SheetPlan:
        """The same with one column meaning something else; a column that meant it before means nothing now."""
        matches = []
        for match in self.matches:
            if match.place == place:
                matches.append(replace(match, target=target, confidence=100, why="as you chose"))
            elif target and match.target == target:
                matches.append(replace(match, target="", confidence=0, why=""))
            else:
                matches.append(match)
        return replace(self, matches=tuple(matches))

    def with_constant(self, target: str, text: str) -> SheetPlan:
        """The same with one constant; "" takes it away."""
        constants = {name: value for name, value in self.constants.items() if name != target}
        if text.strip():
            constants[target] = text.strip()
        return replace(self, constants=constants)

    def to_profile(self, encoding: str = "") -> dict[str, Any]:
        """What is remembered, as JSON."""
        return {
            "version": PROFILE_VERSION,
            "layout": self.layout,
            "columns": {match.header: match.target for match in self.matches if match.header},
            "constants": dict(self.constants),
            "date_order": self.date_order,
            "factor": self.factor,
            "names": [[kind, name, code] for (kind, name), code in self.names.items()],
            "encoding": encoding,
        }


@dataclass(frozen=True, slots=True)
class Profile:
    """A remembered mapping. `columns` are targets by header, "" for those that are not read."""

    name: str
    layout: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    date_order: DateOrder
    factor: int
    names: Mapping[tuple[str, str], str]
    encoding: str


def profile_of(name: str, mapping: Any) -> Profile:  # noqa: ANN401 -- JSON of a record
    """A profile from its JSON.

    Raises:
        BadInputError: where it is not what `SheetPlan.to_profile` writes, or names fields that are no more.
    """
    try:
        layout, columns = str(mapping["layout"]), dict(mapping["columns"])
        # a shape or a field that there is no more: KeyError, as for a part that is missing
        _ = [targets_of(layout)[target] for target in columns.values() if target]
        order = mapping.get("date_order", "")
        return Profile(
            name,
            layout,
            columns,
            {
                target: str(text)
                for target, text in mapping.get("constants", {}).items()
                if target in targets_of(layout)
            },
            order if order in ("dmy", "mdy") else "",
            max(1, int(mapping.get("factor", 1))),
            {(kind, told): code for kind, told, code in mapping.get("names", ())},
            str(mapping.get("encoding", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInputError(
            f"The import profile {name} was made by another version and cannot be followed.",
            "Match the columns again, and save it under the same name.",
        ) from error
