"""What the solver is measured on: problems of the generator, time limits, and what was set as aims before measuring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.benchmarks.peers.__main__ import PEERS

Kind = Literal["solve", "disruption", "rank"]
YANGTZE = ("--province", "上海市", "--province", "江苏省", "--province", "浙江省")
FIRM = ("--inspectors", "700", "--requests", "2300")
THREE = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table.

    Attributes:
        name: what `--row` calls it.
        problem: arguments of the generator, without its seed.
        seconds: the time limit of each run, of the peers too.
        seeds: the seeds of problem and solver.
        goal: the gap to reach, as a share.
        least: the gap to reach at least.
        goal_mb: the memory to stay under, least_mb to stay under at least.
        peers: who else plans the problem of the first seed.
        crews: False: modes with a crew are dropped, and requests that have none else.
        worst: the aims are for the worst seed, not the median one.
        kind: how it is measured.
    """

    name: str
    problem: tuple[str, ...]
    seconds: float
    seeds: tuple[int, ...] = THREE
    goal: float | None = None
    least: float | None = None
    goal_mb: int | None = None
    least_mb: int | None = None
    peers: tuple[str, ...] = ()
    crews: bool = True
    worst: bool = False
    kind: Kind = "solve"


def _growth(inspectors: int) -> Row:
    requests = round(inspectors * 23 / 7)
    size = ("--inspectors", str(inspectors), "--requests", str(requests))
    return Row(f"growth-{inspectors}", size, 60, (1,))


SMALL = ("--inspectors", "12", "--requests", "30", "--province", "广东省")
REGION = ("--inspectors", "100", "--requests", "330", *YANGTZE)
VIETNAM = ("--inspectors", "60", "--requests", "180", "--country", "VN")
FORTNIGHT = ("--inspectors", "60", "--requests", "400", "--days", "14")
MONTH = ("--inspectors", "60", "--requests", "200", "--days", "28")

ROWS = (
    Row("small", SMALL, 20, tuple(range(1, 21)), 0.0001, 0.001, worst=True),
    Row("region-20", REGION, 20, THREE, 0.003, 0.015, peers=PEERS),
    Row("region-120", REGION, 120, THREE, 0.001, 0.005, peers=PEERS),
    Row("region-no-crews", REGION, 60, THREE, peers=PEERS, crews=False),
    Row("vietnam", VIETNAM, 60, THREE, 0.001, 0.005, peers=PEERS),
    Row("fortnight", FORTNIGHT, 120, THREE, 0.005, 0.02, peers=PEERS),
    Row("firm-120", FIRM, 120, THREE, 0.005, 0.05, 2048, 4096, peers=PEERS),
    Row("firm-900", FIRM, 900, THREE, 0.002, 0.02, 2048, 4096),
    Row("disruption", FIRM, 10, THREE, 0.005, 0.02, kind="disruption"),
    Row("month", MONTH, 120),
    Row("rank", FIRM, 120, (1,), kind="rank"),
    *(_growth(inspectors) for inspectors in (100, 300, 500, 700)),
)


def row_named(name: str) -> Row:
    """The row of a name.

    Raises:
        ValueError: where there is none.
    """
    for row in ROWS:
        if row.name == name:
            return row
    raise ValueError(f"no row is called {name}: there are {', '.join(row.name for row in ROWS)}")
