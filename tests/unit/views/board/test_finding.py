"""What of a board matches some words."""

from __future__ import annotations

from desktop.views.board.finding import Finder
from tests.unit.views.board.boards import bar, board, left_out, person

FINDER = Finder(
    board(
        person("I1", "South", bar("R00001", 0, 1), bar("R00002", 2, 3), name="Liang Yuting"),
        person("I2", "South", bar("R00003", 0, 1), name="Trần Quốc Bảo"),
        person("I3", "North"),
        unassigned=(left_out("R00009"),),
    )
)


def test_nothing_looked_for_fades_nothing() -> None:
    assert FINDER.find("  ") is None


def test_a_code_leaves_its_bar_and_its_person() -> None:
    assert FINDER.find("r00003") == (frozenset({"R00003"}), frozenset({"I1", "I3"}))


def test_a_person_keeps_all_requests() -> None:
    assert FINDER.find("yuting") == (frozenset({"R00001", "R00002"}), frozenset({"I2", "I3"}))


def test_every_word_must_be_found_whatever_its_case_and_marks() -> None:
    assert FINDER.find("BẢO trần") == (frozenset({"R00003"}), frozenset({"I1", "I3"}))
    assert FINDER.find("bảo yuting") == (frozenset(), frozenset({"I1", "I2", "I3"}))


def test_what_is_left_out_is_found_by_its_client() -> None:
    found = FINDER.find("client")
    assert found is not None
    assert found[0] == {"R00009"}
    assert FINDER.requests == {"R00001", "R00002", "R00003", "R00009"}
