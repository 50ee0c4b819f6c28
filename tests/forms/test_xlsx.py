from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from forms.errors import ExportRefused
from forms.filing import Place
from forms.grid.arrange import arrange
from forms.grid.cells import Cell, Grid, Head, Piece, Style
from forms.render.typed_cells import cell_at, figure, put_text
from forms.render.xlsx import render
from forms.template.load import load
from forms.template.model import Field, Template
from forms.typeset.papers import Paper
from forms.values import Kind
from tests.forms.sample_workbook import FULL, TASKS, TEMPLATE_TEXT, cell_with, drawn, filing_of, opened, sheet_of

LINE = Style("center")


@pytest.fixture(scope="module")
def template() -> Template:
    return load(TEMPLATE_TEXT)


def grid_of(*cells: Cell, name: str = "表", heights: tuple[float, ...] = (30.0, 30.0), **changes: object) -> Grid:
    blank = Grid(name, Paper("A4", 595.0, 842.0), (56.7, 51.0, 56.7, 51.0), (105.0, 52.5), heights, cells, (), 4, 1.3)
    return blank._replace(**changes)  # type: ignore[arg-type]  # any attribute of a Grid


def cell_of(text: str, *, row: int = 0, rows: int = 1, cols: int = 1, style: Style = LINE, field: str = "") -> Cell:
    piece = Piece(text, Place(field=field) if field else None)
    return Cell(row, 0, rows, cols, "blank", (piece,), (text,), style)


def test_numbers_are_numeric_cells_shown_as_typed_with_their_words(template: Template) -> None:
    sheet = sheet_of(drawn(template, filing_of(template, FULL)))
    shown = {
        1354: "#,##0.00",
        1000.5: '0.0"万元"',
        353.5: '"其他"0.0"万元";"其他"-0.0"万元"',
        2022: '0"年"',
        25: '0"%"',
        100: "0.00",
    }
    for value, number_format in shown.items():
        cell = cell_with(sheet, value)
        assert (cell.data_type, cell.number_format) == ("n", number_format)


def test_several_amounts_in_prose_are_one_text(template: Template) -> None:
    cell = cell_with(sheet_of(drawn(template, filing_of(template, FULL))), "甲1000万元，乙354万元")
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_unread_amounts_stay_as_typed(template: Template) -> None:
    sheet = sheet_of(drawn(template, filing_of(template, {**FULL, "总额": "12a", "二季": "约5"})))
    assert cell_with(sheet, "12a").data_type == "s"
    assert cell_with(sheet, "约5").data_type == "s"


def test_an_empty_amount_is_an_empty_cell_ready_for_a_number(template: Template) -> None:
    sheet = sheet_of(drawn(template, filing_of(template, {"名称": "丙"})))
    label = cell_with(sheet, "总额")
    cell = sheet.cell(label.row, label.column + 1)
    assert (cell.value, cell.number_format) == (None, "General")


def test_percent_signs_and_codes_never_become_formulas(template: Template) -> None:
    cell = cell_with(sheet_of(drawn(template, filing_of(template, FULL))), "=100%")
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


def test_every_text_of_the_grid_stands_in_the_sheet(template: Template) -> None:
    filing = filing_of(template, {**FULL, "总额": "12a", "财政": "", "其他": "", "一季": "", "年份": ""}, TASKS)
    (grid,) = arrange(template, filing, {})
    sheet = sheet_of(render([grid], template, filing))
    for cell in grid.cells:
        target = sheet.cell(cell.row + 1, cell.col + 1)
        if target.data_type == "n" and target.value is not None:
            assert Decimal(str(target.value)) == Decimal(cell.text.strip("%").replace(",", ""))
        else:
            assert (target.value or "") == cell.text


def test_merges_borders_and_sizes_are_those_of_the_grid(template: Template) -> None:
    filing = filing_of(template, FULL, TASKS)
    (grid,) = arrange(template, filing, {})
    sheet = sheet_of(render([grid], template, filing))
    wide = {(c.col + 1, c.row + 1, c.col + c.cols, c.row + c.rows) for c in grid.cells if c.rows * c.cols > 1}
    assert {area.bounds for area in sheet.merged_cells.ranges} == wide
    for row, height in enumerate(grid.heights, 1):
        assert sheet.row_dimensions[row].height == pytest.approx(height, abs=0.01)
    widths = [sheet.column_dimensions[letter].width * 5.25 for letter in "ABCDE"]
    assert widths == pytest.approx(grid.widths, abs=0.01)


def test_styles_are_carried_over(template: Template) -> None:
    vertical = Style("center", vertical=True, face="heading", size=9.0)
    top = Style("right", valign="top", border=False)
    grid = grid_of(cell_of("竖排", style=vertical, rows=2), cell_of("注", style=top)._replace(col=1))
    sheet = sheet_of(render([grid], template, filing_of(template, {})))
    label, note = sheet["A1"], sheet["B1"]
    assert (label.font.name, label.font.size, label.alignment.textRotation) == ("黑体", 9, 255)
    assert label.border.left.style == "thin"
    assert not (note.border.left and note.border.left.style)
    assert (note.font.name, note.alignment.horizontal, note.alignment.vertical) == ("宋体", "right", "top")
    assert (label.alignment.wrap_text or False, note.alignment.wrap_text) == (False, True)
    assert sheet["A2"].border.bottom.style == "thin"


def test_a_row_taller_than_excel_allows_becomes_several_merged_ones(template: Template) -> None:
    tall, after = cell_of("长"), cell_of("后")._replace(row=1)
    sheet = sheet_of(render([grid_of(tall, after, heights=(1000.0, 30.0))], template, filing_of(template, {})))
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3, 4)] == [333.33, 333.33, 333.33, 30]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:A3"]
    assert sheet["A4"].value == "后"


def test_print_set_up_follows_the_paper(template: Template) -> None:
    heads = (Head(range(1, 2), range(1, 9)), Head(range(2, 3), range(1, 9)), Head(range(5, 6), range(5, 9)))
    wide = grid_of(heads=heads, heights=(30.0,) * 9, paper=Paper("A3横", 1190.6, 841.9))
    sheet = sheet_of(render([wide], template, filing_of(template, {}), code="ABCD-EFGH-IJKL"))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_margins.left == pytest.approx(51 / 72, abs=0.001)
    assert sheet.print_title_rows == "$2:$3"
    assert sheet.oddFooter
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.oddFooter.right.text == "核验码 ABCD-EFGH-IJKL"


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (["a[b]:c*d?e/f\\g"], ["a b  c d e f g"]),
        (["表" * 40, "表" * 40], ["表" * 31, "表" * 28 + "(2)"]),
        (["History", "'引号'", "", " "], ["History表", "引号", "表", "表(2)"]),
        (["校验"], ["校验"]),
    ],
)
def test_sheet_titles_are_made_acceptable_and_different(
    template: Template, names: list[str], titles: list[str]
) -> None:
    book = opened(render([grid_of(name=name) for name in names], template, filing_of(template, {})))
    assert book.sheetnames[:-1] == titles
    assert book.sheetnames[-1] == ("校验(2)" if "校验" in titles else "校验")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("a\x0bb\r\nc\rd", "a\nb\nc\nd"), ("a\x00\x08\x1fb\uffff", "ab"), ("_x0041_", "_x005F_x0041_"), ("𠮷䶮", "𠮷䶮")],
)
def test_control_characters_neither_break_nor_change_a_text(template: Template, typed: str, shown: str) -> None:
    sheet = sheet_of(render([grid_of(cell_of(typed))], template, filing_of(template, {})))
    assert sheet["A1"].value == shown


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_comes_back_from_the_workbook(text: str) -> None:
    sheet = Workbook().worksheets[0]
    put_text(cell_at(sheet, 1, 1), text)
    saved = io.BytesIO()
    assert sheet.parent
    sheet.parent.save(saved)
    cell = openpyxl.load_workbook(saved).worksheets[0]["A1"]
    kept = re.sub(r"[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]", "", re.sub(r"\r\n|[\r\x0b]", "\n", text))
    assert re.sub("_x005F_", "_", str(cell.value or "")) == kept
    assert cell.data_type == ("s" if kept else "n")


@pytest.mark.parametrize("text", ["字" * 32_768, "𠮷" * 16_384, "\ud842"])
def test_a_text_no_cell_can_hold_is_refused_with_its_place(template: Template, text: str) -> None:
    with pytest.raises(ExportRefused, match=r"“表”的 A1 格"):
        render([grid_of(cell_of(text))], template, filing_of(template, {}))


def test_a_text_as_long_as_a_cell_is_kept_whole(template: Template) -> None:
    sheet = sheet_of(render([grid_of(cell_of("字" * 32_767))], template, filing_of(template, {})))
    assert len(str(sheet["A1"].value)) == 32_767


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.MONEY, "210", "210", "0"),
        (Kind.MONEY, "-3.50", "-3.50", "0.00"),
        (Kind.MONEY, "¥1,354.5", "1354.5", '"¥"#,##0.0;"¥"-#,##0.0'),
        (Kind.MONEY, "60.00万元", "60.00", '0.00"万元"'),
        (Kind.MONEY, "５０", "50", "0"),
        (Kind.PERCENT, "25％", "25", '0"％"'),
        (Kind.INTEGER, "007", "7", "000"),
        (Kind.YEAR, "2022年", "2022", '0"年"'),
    ],
)
def test_figures_keep_their_decimals_as_typed(
    template: Template, kind: Kind, typed: str, value: str, shown: str
) -> None:
    found = figure((Piece(typed),), 0, Field("数", kind), template)
    assert found is not None
    assert (found.value, found.format) == (Decimal(value), shown)


@pytest.mark.parametrize("typed", ["", "12a", "220万", "1234567890.123456"])
def test_what_a_workbook_cannot_show_exactly_stays_a_text(template: Template, typed: str) -> None:
    assert figure((Piece(typed),), 0, Field("数", Kind.MONEY), template) is None


def test_words_in_a_number_format_are_literal(template: Template) -> None:
    parts = (Piece('约"0.#'), Piece("5", Place(field="总额")), Piece("[红]"))
    found = figure(parts, 1, template.fields["总额"], template)
    assert found is not None
    assert found.format == '"约"\\""0.#"0"[红]";"约"\\""0.#"-0"[红]"'
    assert figure((Piece("长" * 255), parts[1]), 1, template.fields["总额"], template) is None


def test_two_saves_are_identical_and_tell_no_time(template: Template) -> None:
    filing = filing_of(template, FULL, TASKS)
    first = drawn(template, filing)
    assert drawn(template, filing) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
