"""Reports as workbooks: what a reader of the file finds in it."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.errors import BadInputError
from desktop.services.reports.files.page import HEAD
from desktop.services.reports.files.table_sheet import ORDINARY
from desktop.services.reports.files.workbook import LONGEST_NAME, MOST_ROWS, SheetNames, write_workbook
from desktop.services.reports.report import Chart, Column, Note, Table
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import LANGUAGES, say, words
from tests.helpers import reports_made as made
from tests.helpers.soak import scaled

FIRST = HEAD + 2  # the first row of figures, as spreadsheet programs count
FORMULAS = ('=HYPERLINK("x")', "+1", "-1", "@sum", "\uff1d1", "=cmd|' /C calc'!A0")
ODD = (*FORMULAS, "a\x01b\ud800c", "  Đồng Nai ", "_x0041_")


def odd_table() -> Table:
    """Text that a spreadsheet program would take for something else, and figures that are missing."""
    frame = pd.DataFrame({"region": ODD, "visits": range(len(ODD)), "cost": [100 * n + 5 for n in range(len(ODD))]})
    frame["margin_share"] = [0.5, None, float("nan"), *[0.25] * (len(ODD) - 3)]
    frame["week"] = made.mondays(len(ODD))
    frame["man_days_sold"] = 0.5  # its heading has a space
    columns = (
        Column("region", "text", "region"), Column("visits", "count", is_additive=True),
        Column("cost", "money", is_additive=True), Column("margin_share", "share"), Column("week", "week"),
        Column("man_days_sold", "man_days", is_additive=True),
    )  # fmt: skip
    total: dict[str, float] = {
        "visits": int(frame["visits"].sum()),
        "cost": int(frame["cost"].sum()),
        "margin_share": 0.3,
    }
    return Table("bars", frame, columns, Chart("bars", "region", ("visits",), goal=4), total)


def column_of(sheet: Worksheet, letter: str, rows: int) -> list[object]:
    return [sheet[f"{letter}{row}"].value for row in range(FIRST, FIRST + rows)]


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with every kind of chart, and with odd text."""
    path = tmp_path_factory.mktemp("workbook") / "report.xlsx"
    write_workbook(made.made_report(odd_table(), *made.every_table()), path)
    return path


def test_figures_are_numbers_and_text_is_text(every_kind: Path) -> None:
    sheet = load_workbook(every_kind)["Visits by region"]
    assert column_of(sheet, "A", 6) == list(FORMULAS)
    assert {sheet[f"A{row}"].data_type for row in range(FIRST, FIRST + len(ODD))} == {"s"}
    assert sheet[f"A{FIRST + 6}"].value in ("a\x01b?c", "a_x0001_b?c")
    assert sheet[f"A{FIRST + 7}"].value == ODD[7]
    assert column_of(sheet, "C", 3) == [0.05, 1.05, 2.05]
    assert column_of(sheet, "D", 4) == [0.5, None, None, 0.25]
    assert sheet[f"D{FIRST}"].number_format == "0.0%"
    assert column_of(sheet, "E", 1) == [dt.datetime.combine(made.mondays(len(ODD))[0], dt.time())]


@pytest.fixture(scope="module")
def tall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of so many rows that most are put into the file as columns, with a goal beside all of them."""
    path = tmp_path_factory.mktemp("tall") / "tall.xlsx"
    few = odd_table()
    times = 3 + ORDINARY // len(ODD)
    frame = pd.concat([few.frame] * times, ignore_index=True)
    total: dict[str, float] = {key: int(frame[key].sum()) for key in ("visits", "cost")}
    chart = Chart("lines", "week", ("visits",), goal=4)
    table = Table("bars", frame, few.columns, chart, total, notes=(Note("made", {"number": 1}),))
    write_workbook(made.made_report(table), path)
    return path


def test_rows_that_are_written_as_columns_are_as_those_written_cell_by_cell(tall: Path) -> None:
    sheet = load_workbook(tall)["Visits by region"]
    rows, every = len(ODD), sheet.max_row - HEAD - 1
    assert every > ORDINARY + rows
    for row in range(FIRST + rows, FIRST + (3 + ORDINARY // rows) * rows):
        for place in range(1, 9):  # with the goal, which stands beside the table
            found, first = sheet.cell(row, place), sheet.cell(FIRST + (row - FIRST) % rows, place)
            # openpyxl takes the sign of an escape away only where strings are shared
            value = found.value.replace("_x005F_", "_") if isinstance(found.value, str) else found.value
            assert (value, found.data_type) == (first.value, first.data_type), found.coordinate
            assert first.value is None or found.style_id == first.style_id, found.coordinate
    (table,) = sheet.tables.values()
    last = int(table.ref.partition(":F")[2])
    assert sheet.cell(last, 2).value == f"=SUBTOTAL(109,t_made_bars[{say('figure.visits')}])"
    assert sheet.cell(last - 1, 2).value == rows - 1
    assert sheet.dimensions == f"A1:H{last + 2}"
    assert sheet.cell(last + 2, 1).value


def test_the_figures_of_everything_stand_above_and_sums_follow_the_filter(every_kind: Path) -> None:
    rows = len(ODD)
    sheet = load_workbook(every_kind)["Visits by region"]
    assert [sheet.cell(HEAD, place).value for place in range(1, 5)] == ["All of it", 36, 36.45, 0.3]
    assert sheet[f"B{FIRST + rows}"].value == f"=SUBTOTAL(109,t_made_bars[{say('figure.visits')}])"
    assert sheet[f"C{FIRST + rows}"].value == f"=SUBTOTAL(109,t_made_bars[{say('figure.cost')}, USD])"
    assert sheet[f"D{FIRST + rows}"].value is None
    kept = load_workbook(every_kind, data_only=True)["Visits by region"]
    assert [kept[f"{letter}{FIRST + rows}"].value for letter in "ABC"] == ["Rows shown", 36, 36.45]
    (table,) = sheet.tables.values()
    assert (table.ref, table.totalsRowCount) == (f"A{HEAD + 1}:F{FIRST + rows}", 1)
    assert sheet.freeze_panes == f"B{FIRST}"


def test_each_chart_has_title_unit_period_and_source(every_kind: Path) -> None:
    with zipfile.ZipFile(every_kind) as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 6  # of the nine tables two are a grid and a map
    for chart in charts:
        assert "2026-07-20 to 2026-10-11, 12 weeks" in chart
        assert "Records of sample.db, read 2026-10-07 11:31 UTC" in chart
        assert "<c:ser>" in chart
    units = ("number", "per cent", "USD", "man-days")
    assert all(any(f">{unit}" in chart for unit in units) for chart in charts)


def test_a_heat_map_is_a_grid_of_figures_with_what_is_short_beside_them(every_kind: Path) -> None:
    book = load_workbook(every_kind)
    grid = book["Capacity against demand (grid)"]
    frame = made.heat().frame
    first = frame.iloc[0]
    assert [grid.cell(FIRST, place).value for place in (1, 2)] == [first["region"], first["skill"]]
    width = frame["week"].nunique()
    found = [grid.cell(row, place).value for row in range(FIRST, FIRST + 14) for place in range(3, 3 + width)]
    assert found == pytest.approx(frame["load"].tolist())
    formats = {grid.cell(FIRST, place).number_format for place in range(3, 3 + width)}
    assert formats == {"0%" if not short else f'0%" \u2212{-short:g}"' for short in frame["short"].head(width)}
    assert grid.cell(FIRST + 1, 3 + width).value == frame["short"][width : 2 * width].sum()
    assert len(next(iter(grid.conditional_formatting)).rules) == 7


def test_what_is_short_where_nobody_is_stands_alone_in_the_grid(tmp_path: Path) -> None:
    table = made.heat(weeks=2, rows=1)
    table.frame["load"], table.frame["short"] = [None, 0.5], [-2.5, 0.0]
    write_workbook(made.made_report(table), tmp_path / "report.xlsx")
    grid = load_workbook(tmp_path / "report.xlsx")["Capacity against demand (grid)"]
    assert [grid.cell(FIRST, place).value for place in (3, 4)] == ["\u22122.5", 0.5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_says_what_it_is_and_what_figures_mean(tmp_path: Path, language: str) -> None:
    path = tmp_path / "report.xlsx"
    scope = Scope(made.mondays(12)[0], 12, (("country", frozenset({"VN", "CN"})),), "EUR")
    spoken = next(one for one in LANGUAGES if one == language)
    report = made.made_report(made.cost_and_price(), scope=scope)
    write_workbook(report, path, spoken)
    sheet = load_workbook(path).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    text = "\n".join(cells)
    badge = {"en": "Sample company", "zh": "示例公司", "vi": "Công ty mẫu"}[language]
    for said in (badge, "2026-07-20", "2026-10-11", "CN, VN", "EUR", "2026-10-07 11:31 UTC", "sample.db"):
        assert said in text
    means = {"en": "The province or municipality", "zh": "省或直辖市", "vi": "Tỉnh hoặc thành phố"}
    assert means[language] in text
    assert "2916" in cells
    assert "84.07" in cells


def test_private_columns_stay_out_unless_asked_for(tmp_path: Path) -> None:
    frame = pd.DataFrame({"region": ["A", "B"], "skill": ["0901", "0902"], "visits": [1, 2]})
    columns = (Column("region", "text"), Column("skill", "text", is_private=True), Column("visits", "count"))
    report = made.made_report(Table("bars", frame, columns, Chart("bars", "skill", ("visits",))))
    texts = {}
    for private in (False, True):
        path = tmp_path / f"{private}.xlsx"
        write_workbook(report, path, private=private)
        book = load_workbook(path)
        texts[private] = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "0901" not in texts[False]
    assert f"Left out: {say('figure.skill')}." in texts[False]
    assert "0901" in texts[True]
    assert any(str(text).startswith(f"Included: {say('figure.skill')}.") for text in texts[True])


def test_sheets_have_short_names_of_which_no_two_are_alike() -> None:
    titles = {"bars": "A very long title: of visits / by region [and] more", "pairs": "History", "map": "About"}
    tables = (made.bars_by_name([1]), made.bars_by_name([2]), made.heat(), made.cost_and_price(), made.by_province())
    with pytest.MonkeyPatch.context() as patch:
        for name, title in titles.items():
            patch.setitem(words("en"), f"table.{name}", title)
        sheets = SheetNames(made.made_report(*tables), "en")
    names = [name for pair in sheets.tables for name in pair if name] + [sheets.about, sheets.charts]
    assert len({name.casefold() for name in names}) == len(names) == 8
    assert all(len(name) <= LONGEST_NAME and not set(name) & set("[]:*?/\\") for name in names)
    assert "history" not in {name.casefold() for name in names}
    assert names[3] == "Capacity against demand (grid)"


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    table = made.bars_by_name([])
    write_workbook(made.made_report(table), path)
    assert load_workbook(path)["Visits by region"][f"A{FIRST}"].value == "There is nothing of this in these weeks."


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    frame = pd.DataFrame({"visits": pd.Series(1, index=range(MOST_ROWS), dtype="int8")})
    table = Table("bars", frame, (Column("visits", "count"),), notes=(Note("made", {"number": 1}),))
    with pytest.raises(BadInputError, match=r"1,048,576 rows"):
        write_workbook(made.made_report(table), tmp_path / "report.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.soak
def test_an_office_program_reads_the_same_figures(every_kind: Path, tall: Path, tmp_path: Path) -> None:
    """LibreOffice counts the sums itself, so a workbook that it had to mend would show."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    if scaled(20) < 20:
        pytest.skip("LibreOffice takes seconds to start: the long campaigns do it")
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        [program, home, "--headless", "--convert-to", sheets, "--outdir", str(tmp_path), str(every_kind), str(tall)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    for path in (every_kind, tall):
        for sheet in load_workbook(path, data_only=True).worksheets[1:]:
            with (tmp_path / f"{path.stem}-{sheet.title}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            for given, found in zip(sheet.iter_rows(min_row=FIRST), rows[HEAD + 1 :], strict=False):
                numbers = [cell.value for cell in given if isinstance(cell.value, int | float)]
                read = [number_of(found[cell.column - 1]) for cell in given if isinstance(cell.value, int | float)]
                assert read == pytest.approx(numbers), sheet.title


def number_of(text: str) -> float:
    """A figure as LibreOffice writes it: shares in per cent, what is short behind them."""
    figure, percent, _ = text.partition("%")
    return float(figure) / (100 if percent else 1)
