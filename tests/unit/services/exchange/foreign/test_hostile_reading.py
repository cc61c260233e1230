"""Twenty files made to harm, read as the window and the command line read files: refused, in bounds, nothing stored."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.errors import BadInputError
from desktop.jobs.background import GivenUpError
from desktop.services.exchange import store_report
from desktop.services.exchange.foreign.child import peak_bytes
from desktop.services.exchange.foreign.planning import plan_file
from desktop.services.exchange.foreign.reader import COMMAND, Limits, read_paste, read_tables
from desktop.services.exchange.foreign.tables import FileTables
from desktop.services.exchange.foreign.trial import try_out
from desktop.services.exchange.sheets import sheet_named
from desktop.store.engine import Store, open_store
from tests.helpers.company import desk_of
from tests.helpers.snapshots import snapshot
from tests.unit.services.exchange import hostile
from tests.unit.services.exchange.hostile import GOOD_ROW, HEADER, sheet, text_cell, write_parts
from tests.unit.services.exchange.test_hostile_files import LAUGHS, XXE

SHEET = "xl/worksheets/sheet1.xml"
FAR_OUT = sheet(f"<row r='1'>{text_cell('XFD1048576', 'x')}</row>")
MOST_BYTES = 500 * 2**20
MOST_SECONDS = 10.0
GOOD = b"Code,Name\nC1,Harrow Example\n"


def workbook(name: str, part: str | bytes) -> Callable[[Path], None]:
    return lambda path: write_parts(path, {name: part})


def formula(text: str) -> Callable[[Path], None]:
    cells = f"<c r='A3'><f>{text}</f><v>1</v></c>"
    return workbook(SHEET, sheet(f"{HEADER}{GOOD_ROW}<row r='3'>{cells}</row>"))


def content(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def many_parts(path: Path) -> None:
    write_parts(path, {f"xl/p{n}.xml": "<a/>" for n in range(2001)})


def truncated(path: Path) -> None:
    write_parts(path)
    path.write_bytes(path.read_bytes()[:-300])


def string_that_fills_memory(path: Path) -> None:
    """One text of two megabytes, which 400 cells show."""
    text = random.Random(1).randbytes(2**20).hex()
    rels = hostile.workbook_rels().replace(
        "</Relationships>",
        f'<Relationship Id="s2" Type="{hostile.OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    rows = "".join(f"<row r='{n}'><c r='A{n}' t='s'><v>0</v></c></row>" for n in range(1, 401))
    strings = f"<sst xmlns='{hostile.MAIN}' count='1' uniqueCount='1'><si><t>{text}</t></si></sst>"
    write_parts(
        path,
        {"xl/_rels/workbook.xml.rels": rels, "xl/sharedStrings.xml": strings, SHEET: sheet(rows)},
        zipfile.ZIP_STORED,
    )


FILES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "zip bomb": ("b.xlsx", workbook(SHEET, b"<worksheet>" + b" " * 2**24 + b"</worksheet>"), "200 times its size"),
    "zip within a zip": ("z.xlsx", workbook("xl/embeddings/inner.zip", b"PK\3\4" + bytes(900)), "packed into it"),
    "a part too many": ("p.xlsx", many_parts, "parts"),
    "entities that multiply": ("l.xlsx", workbook(SHEET, LAUGHS + sheet(HEADER)), "document type"),
    "an entity that reads a file": ("x.xlsx", workbook("xl/workbook.xml", XXE + hostile.WORKBOOK), "document type"),
    "a million columns": ("c.csv", content(b"Code" + b",x" * 1_000_000 + b"\n"), "columns"),
    "a cell far out": ("f.xlsx", workbook(SHEET, FAR_OUT), "filled down"),
    "a formula that starts a program": ("d.xlsx", formula("cmd|'/C calc'!A0"), "starts a program"),
    "a formula that calls home": ("w.xlsx", formula("WEBSERVICE(\"http://example.com/\")"), "starts a program"),
    "a formula in a text file": ("t.csv", content(GOOD + b"C2,=cmd|' /C calc'!A0\n"), "starts another program"),
    "macros": ("m.xlsm", workbook("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600)), "holds macros"),
    "values of other files": ("e.xlsx", workbook("xl/externalLinks/externalLink1.xml", "<a/>"), "from other files"),
    "a path out of the archive": ("o.xlsx", workbook("../../../tmp/evil.xml", "<a/>"), "outside of it"),
    "levels without end": ("n.xlsx", workbook("xl/deep.xml", "<a>" * 50_000), "levels deep"),
    "a text that fills memory": ("s.xlsx", string_that_fills_memory, "MB of"),
    "a truncated workbook": ("r.xlsx", truncated, "damaged"),
    "a locked workbook": ("k.xlsx", content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "password"),
    "a document in disguise": ("q.csv", content(b"%PDF-1.7\n" + bytes(300)), "a PDF document"),
    "broken characters": ("y.csv", content(b"\x81\x8d\xff\x00\x9d\x01" * 400), "y.csv"),
    "characters that no text has": ("u.csv", content(GOOD + b"C2,a\0b\n" * 20_000), "u.csv"),
}  # fmt: skip


def bring_in(store: Store, path: Path) -> None:
    """All that importing a file does, as the command line does it."""
    planned = plan_file(read_tables(path), wanted=sheet_named("Clients"))
    with store.session() as session:
        report = try_out(session, path.name, planned.read).report
    store_report(desk_of(store), report)


def bring_in_all(database: str, *files: str) -> None:
    """Bring files in, and print of each what was said and how long it took; at the end the memory that was needed."""
    import resource  # noqa: PLC0415 -- not on every system

    told: dict[str, object] = {}
    with open_store(database) as store:
        for file in files:
            begun = time.monotonic()
            try:
                bring_in(store, Path(file))
            except BadInputError as error:
                told[Path(file).name] = (error.text, error.hint, time.monotonic() - begun)
    # a process begins with the peak of the one that started it: its own is told apart only by the system's status file
    peak = max(peak_bytes(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
    sys.stdout.write(json.dumps({"told": told, "peak": peak}))


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the memory of ended processes")
def test_twenty_hostile_files_are_refused_in_bounds_and_change_nothing(tmp_path: Path, company: Store) -> None:
    """In a process of their own: the memory of a child is counted from that of its parent, here all tests before."""
    before = snapshot(company)
    for name, make, _ in FILES.values():
        make(tmp_path / name)
    files = [str(tmp_path / name) for name, _, _ in FILES.values()]
    assert len(set(files)) == 20
    call = f"import sys; from {__name__} import bring_in_all; bring_in_all(*sys.argv[1:])"
    ended = subprocess.run(
        [sys.executable, "-c", call, str(company.path), *files], capture_output=True, text=True, check=True, timeout=200
    )
    found = json.loads(ended.stdout)
    for title, (name, _, said) in FILES.items():
        text, hint, seconds = found["told"][name]
        assert said in text, f"{title}: {text}"
        assert hint, title
        assert seconds < MOST_SECONDS, f"{title}: {seconds}"
    assert found["peak"] < MOST_BYTES
    assert snapshot(company) == before


def test_a_reading_that_takes_too_long_or_that_nobody_wants_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"Code,Name\n" + b"C1,Harrow Example\n" * 90_000)
    with pytest.raises(BadInputError, match="takes longer"):
        read_tables(path, limits=Limits(seconds=0.05, seconds_a_megabyte=0))

    def unwilling(done: int, _total: int, _text: str) -> None:
        if done:
            raise GivenUpError

    with pytest.raises(GivenUpError):
        read_tables(path, tell=unwilling)
    ours = psutil.Process().children(recursive=True)
    assert not [child for child in ours if COMMAND[-1] in child.cmdline()], "a process that reads is left behind"


def test_a_process_that_reads_ends_itself_when_nobody_listens(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"Code,Name\n" + b"C1,Harrow Example\n" * 20_000)
    asked = {"path": str(path), "encoding": None, "bytes": 480 * 2**20, "seconds": 0.5}
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdin is not None
        child.stdin.write(json.dumps(asked) + "\n")
        child.stdin.flush()
        # what it says is not taken from it: it would wait for ever
        assert child.wait(30) != 0


def test_more_text_than_is_kept_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"Code,Name\n" + b"C1,Harrow Example\n" * 2_000)
    with pytest.raises(BadInputError, match="MB of text"):
        read_tables(path, limits=Limits(text_bytes=20_000))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", 'PO\tQty\tFactory\n4711\t500\t"Sen\nExample"\n'),
        ("<table><tr><th>PO</th><th>Qty</th><th>Factory</th></tr><tr><td>4711<td>500<td>Sen<br>Example</table>", "x"),
        ("", "Dear all,\n\n| PO | Qty | Factory |\n|----|-----|---|\n| 4711 | 500 | Sen Example |\n"),
        ("", "PO      Qty   Factory\n4711    500   Sen Example"),
        ("", "Please inspect:\nPO: 4711\nQty\uff1a500\nFactory: Sen Example\n\nBest regards\nAnn"),
        ("", "> PO: 4711\n> Qty: 500\n> Factory: Sen Example"),
    ],
)
def test_rows_are_read_however_they_were_copied(html: str, text: str) -> None:
    found: FileTables = read_paste("copied rows", html, text)
    header, row = found.tables[0].rows
    assert header[1] == ["PO", "Qty", "Factory"]
    assert [" ".join(str(cell).split()) for cell in row[1]] == ["4711", "500", "Sen Example"]


def test_a_long_copy_of_a_spreadsheet_is_read_by_its_plain_cells() -> None:
    text = "PO\tQty\n" + "".join(f"HP-{number}\t500\n" for number in range(1000))
    cell = "<td style='" + "color:black;" * 100 + "'>"
    html = "<table>" + "".join(f"<tr>{cell}HP-{number}{cell}500" for number in range(1000)) + "</table>"
    assert len(html) > 2 * 2**20
    assert len(read_paste("copied rows", html, text).tables[0].rows) == 1001
    with pytest.raises(BadInputError, match="characters"):
        read_paste("copied rows", html, "no cells")

    def unwilling(_done: int, _total: int, _text: str) -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        read_paste("copied rows", "", text, unwilling)
