"""People one under the other, found by bisection."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.board import BoardRow
from desktop.views.board.row_axis import (
    CAPACITY_HEIGHT,
    GROUP_HEIGHT,
    Arrangement,
    Density,
    PersonLine,
    RowAxis,
    SkillLine,
    TeamLine,
)
from tests.unit.views.board.boards import person

TEAMS = ("North", "South", "West")
rows_drawn = st.lists(st.tuples(st.sampled_from(TEAMS), st.sampled_from(("toys 3", "bags 2"))), max_size=40).map(
    lambda drawn: [person(f"I{n:04}", team, skills=(skill,)) for n, (team, skill) in enumerate(drawn)]
)
axes = st.builds(
    lambda rows, closed, skills, density: RowAxis(Arrangement(frozenset(closed), skills=skills).lines(rows), density),
    rows_drawn,
    st.sets(st.sampled_from(TEAMS)),
    st.booleans(),
    st.sampled_from(Density),
)


@given(axes)
def test_every_line_is_found_at_its_own_pixels(axis: RowAxis) -> None:
    for index in range(len(axis)):
        assert axis.index_at(axis.top(index)) == index
        assert axis.index_at(axis.top(index) + axis.height_of(index) - 1) == index
    assert axis.index_at(-1) is None
    assert axis.index_at(axis.height) is None


@given(axes, st.integers(-100, 3000), st.integers(1, 2000))
def test_lines_between_are_those_that_are_touched(axis: RowAxis, top: int, height: int) -> None:
    touched = [
        index
        for index in range(len(axis))
        if axis.top(index) < top + height and axis.top(index) + axis.height_of(index) > top
    ]
    assert list(axis.between(top, top + height)) == touched


@given(axes)
def test_people_are_found_by_their_codes_and_by_steps(axis: RowAxis) -> None:
    people = axis.people()
    for number, row in enumerate(people):
        index = axis.index_of(row.inspector)
        assert index is not None
        assert axis.person_at(index) is row
        following = axis.next_person(index, 1)
        assert (following is None) == (number == len(people) - 1)
        far = axis.next_person(index, 100)
        assert far is None or axis.person_at(far) is people[-1]
    assert axis.index_of("nobody") is None


@given(rows_drawn)
def test_nobody_is_lost_by_any_order(rows: list[BoardRow]) -> None:
    plain = {row.inspector for row in RowAxis(Arrangement().lines(rows)).people()}
    turned = Arrangement(key=lambda row: row.inspector, descending=True, first={"I0003": 0})
    axis = RowAxis(turned.lines(rows))
    assert {row.inspector for row in axis.people()} == plain == {row.inspector for row in rows}
    for line in axis.lines:
        if isinstance(line, TeamLine) and any(row.inspector == "I0003" for row in line.rows):
            place = axis.lines.index(line)
            first = next(entry for entry in axis.lines[place:] if isinstance(entry, PersonLine))
            assert first.row.inspector == "I0003"


def test_a_closed_team_is_one_line_and_heights_are_those_of_the_design() -> None:
    rows = [person("I1", "A", skills=("toys 2",)), person("I2", "A", skills=("bags 2",)), person("I3", "B")]
    axis = RowAxis(Arrangement(frozenset({"B"})).lines(rows), Density.ROOMY)
    kinds = [type(line) for line in axis.lines]
    assert kinds == [TeamLine, SkillLine, SkillLine, PersonLine, PersonLine, TeamLine]
    assert axis.height == 2 * GROUP_HEIGHT + 2 * CAPACITY_HEIGHT + 2 * 40
    assert axis.index_of("I3") is None


def test_only_the_teams_asked_for_are_shown() -> None:
    rows = [person("I1", "A"), person("I2", "B")]
    axis = RowAxis(Arrangement(teams=frozenset({"B"})).lines(rows))
    assert [row.inspector for row in axis.people()] == ["I2"]
