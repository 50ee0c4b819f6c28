from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forms import desk
from forms.cli.main import main
from forms.errors import ExportRefused
from forms.filing import Place
from forms.grid.cells import Cell, Grid, Head, Piece, Style
from forms.importers.docx import read
from forms.render.docx import Form, render
from forms.render.docx_text import cleaned
from forms.rules import Review
from forms.template.load import load
from forms.template.model import Template
from forms.typeset.papers import PAPERS
from tests.forms.sample_docx import (
    W,
    drawn,
    form_of,
    grids_of,
    has,
    opened,
    part,
    read_back,
    rows,
    said,
    setting,
    tables,
)
from tests.forms.sample_workbook import FULL, TASKS, TEMPLATE_TEXT, filing_of

LINE = Style("center")
BARE = Style(border=False)


@pytest.fixture(scope="module")
def template() -> Template:
    return load(TEMPLATE_TEXT)


@pytest.fixture(scope="module")
def filled(template: Template) -> bytes:
    return render([form_of(template, filing_of(template, FULL, TASKS))])


def grid_of(*cells: Cell, rows: int = 2, height: float = 30.0, heads: tuple[Head, ...] = (), paper: str = "A4") -> Grid:
    heights = (height,) * rows
    return Grid("表", PAPERS[paper], (56.7, 51.0, 56.7, 51.0), (105.0, 52.5, 52.5), heights, cells, heads, 4.0, 1.35)


def cell_of(text: str, row: int = 0, col: int = 0, *, rows: int = 1, cols: int = 1, style: Style = LINE) -> Cell:
    return Cell(row, col, rows, cols, "blank", (Piece(text, Place(field="甲")),), tuple(text.split("\n")), style)


def across(text: str, row: int, *, kind: str = "furniture") -> Cell:
    return Cell(row, 0, 1, 3, kind, (Piece(text),), (text,), BARE)  # type: ignore[arg-type]  # any kind


def long_grid() -> Grid:
    """A title, a row, then a heading beside a label over the forty rows it heads, then one row more."""
    cells = [across("标题", 0, kind="title"), cell_of("名称", 1, cols=3), cell_of("指标", 2, rows=41)]
    cells += [cell_of("一级", 2, 1), cell_of("二级", 2, 2)]
    cells += [cell_of(f"第{row}行", row, 1, cols=2) for row in range(3, 43)]
    cells.append(cell_of("意见", 43, cols=3))
    return grid_of(*cells, rows=44, heads=(Head(range(2, 3), range(3, 43)),))


def test_merged_cells_are_merged_as_on_the_paper(template: Template) -> None:
    filing = filing_of(template, FULL, TASKS)
    (grid,) = grids_of(template, filing)
    (table,) = opened(drawn(grid)).tables
    framed = [cell for cell in grid.cells if cell.style.border]
    first = min(cell.row for cell in framed)
    for cell in framed:
        areas = {
            table.cell(row - first, col)._tc
            for row in range(cell.row, cell.row + cell.rows)
            for col in range(cell.col, cell.col + cell.cols)
        }
        assert len(areas) == 1
        assert table.cell(cell.row - first, cell.col).text == cell.text
    assert len({table.cell(r, c)._tc for r in range(len(table.rows)) for c in range(5)}) == len(framed)


def test_widths_heights_and_paddings_are_those_of_the_grid(template: Template) -> None:
    (grid,) = grids_of(template, filing_of(template, FULL, TASKS))
    (table,) = tables(drawn(grid))
    columns = [int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol")]
    assert columns == pytest.approx([width * 20 for width in grid.widths], abs=1)
    assert sum(columns) == round(sum(grid.widths) * 20)
    heights = [int(one.get(f"{W}val")) for one in table.iter(f"{W}trHeight")]
    assert heights == pytest.approx([height * 20 for height in grid.heights[-len(heights) :]], abs=1)
    assert setting(table, "tblLayout", "type") == "fixed"
    assert [one.get(f"{W}w") for one in next(table.iter(f"{W}tblCellMar"))] == ["80"] * 4


def test_fonts_have_their_chinese_names_and_the_sizes_of_the_grid(filled: bytes) -> None:
    document = opened(filled)
    title, cell = document.paragraphs[0], document.tables[0].cell(0, 0).paragraphs[0]
    for paragraph, font, size in ((title, "黑体", 16), (cell, "宋体", 10.5)):
        fonts = paragraph.style.element.rPr.rFonts
        assert {fonts.get(f"{W}{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
        assert paragraph.style.font.size.pt == size
        assert paragraph.paragraph_format.line_spacing is None
        assert paragraph.style.paragraph_format.line_spacing.pt == pytest.approx(size * 1.35, abs=0.05)
    assert title.style.name == "标题 黑体三号居中 连下段"
    assert cell.style.name == "宋体五号居中"
    assert '<w:altName w:val="FangSong"/>' in part(filled, "word/fontTable.xml")


def test_narratives_and_notes_are_set_in_fang_song_their_headings_in_black() -> None:
    heading, prose = across("一、目标", 0, kind="heading"), across("完成\n任务", 1, kind="heading")
    prose = prose._replace(parts=(Piece("完成\n任务", Place(field="甲")),))
    grid = grid_of(heading, prose, across("注：说明", 2, kind="note"), rows=3)
    paragraphs = opened(drawn(grid)).paragraphs[:4]
    assert [one.text for one in paragraphs] == ["一、目标", "完成", "任务", "注：说明"]
    assert [one.style.font.name for one in paragraphs] == ["黑体", "仿宋", "仿宋", "仿宋"]


def test_lines_without_borders_are_paragraphs_and_signatures_share_a_row() -> None:
    signed = [cell_of("填报人：甲", 3, style=BARE), cell_of("日期：", 3, 1, style=BARE)]
    grid = grid_of(across("附件 4", 0), across("单位：万元", 1), cell_of("甲", 2, cols=3), *signed, rows=4)
    data = drawn(grid)
    assert [one.text for one in opened(data).paragraphs[:2]] == ["附件 4", "单位：万元"]
    (table,) = tables(data)
    framed, bare = rows(table)
    assert {setting(one, side) for one in framed.iter(f"{W}tc") for side in ("top", "bottom")} == {"single"}
    assert [said(one) for one in bare.iter(f"{W}tc")] == ["填报人：甲", "日期：", ""]
    assert {setting(one, side) for one in bare.iter(f"{W}tc") for side in ("top", "left", "bottom")} == {"nil"}


def test_vertical_labels_run_downwards() -> None:
    label = cell_of("绩效\n指标", rows=2, style=Style("center", vertical=True))
    (table,) = tables(drawn(grid_of(label, cell_of("甲", 0, 1, cols=2), cell_of("乙", 1, 1, cols=2))))
    first, beside = list(rows(table)[0].iter(f"{W}tc"))
    assert (setting(first, "textDirection"), said(first)) == ("tbRlV", "绩效指标")
    assert setting(beside, "textDirection") is None


def test_headings_at_the_top_of_a_table_are_repeated_with_the_title_above_them() -> None:
    heads = tuple(Head(range(row, row + 1), range(2, 5)) for row in (0, 1))
    body = [cell_of("甲", row, cols=3) for row in range(2, 5)]
    data = drawn(grid_of(across("标题", 0, kind="title"), cell_of("列", 1, cols=3), *body, rows=5, heads=heads))
    (table,) = tables(data)
    assert [has(row, "tblHeader") for row in rows(table)] == [True, True, False, False, False]
    assert opened(data).paragraphs[0].text == ""
    assert [said(row) for row in rows(table)][:2] == ["标题", "列"]


def test_a_long_form_is_cut_above_the_headings_inside_it_and_below_what_they_head() -> None:
    data = drawn(long_grid())
    above, headed, below = tables(data)
    assert [said(row) for row in (*rows(above), rows(headed)[0], rows(headed)[-1], *rows(below))] == [
        "名称", "一级二级", "第42行", "意见",
    ]  # fmt: skip
    assert [has(row, "tblHeader") for row in rows(headed)] == [True] + [False] * 40
    seam = above.getnext()
    assert (seam.tag, said(seam), seam.find(f"{W}pPr/{W}rPr/{W}vanish") is not None) == (f"{W}p", "", True)


def test_a_label_beside_headings_and_rows_is_two_cells_without_a_line_between() -> None:
    _, headed, _ = tables(drawn(long_grid()))
    top, first = (next(row.iter(f"{W}tc")) for row in rows(headed)[:2])
    assert (said(top), said(first)) == ("", "指标")
    assert (setting(top, "top"), setting(top, "bottom")) == ("single", None)
    assert (setting(first, "top"), setting(first, "bottom")) == (None, "single")
    assert (setting(top, "vMerge"), setting(first, "vMerge")) == (None, "restart")


def test_a_form_of_one_page_stays_one_table_with_its_label_whole() -> None:
    cells = [cell_of("名称", 0, cols=3), cell_of("指标", 1, rows=2), cell_of("列", 1, 1, cols=2)]
    grid = grid_of(*cells, cell_of("甲", 2, 1, cols=2), rows=3, heads=(Head(range(1, 2), range(2, 3)),))
    (table,) = tables(drawn(grid))
    assert not has(table, "tblHeader")
    assert [setting(next(row.iter(f"{W}tc")), "vMerge") for row in rows(table)[1:]] == ["restart", None]


def test_rows_stay_whole_unless_they_are_tall() -> None:
    grid = grid_of(cell_of("短", 0, cols=3), cell_of("长", 1, cols=3))._replace(heights=(30.0, 500.0))
    (table,) = tables(drawn(grid))
    assert [has(row, "cantSplit") for row in rows(table)] == [True, False]


def test_each_sheet_is_a_section_on_its_own_paper() -> None:
    sheets = [grid_of(cell_of("甲", cols=3), rows=1, paper=paper) for paper in ("A4", "A4横", "A3")]
    sections = opened(drawn(*sheets)).sections
    assert [(round(one.page_width.mm), round(one.page_height.mm)) for one in sections] == [
        (210, 297), (297, 210), (297, 420),
    ]  # fmt: skip
    assert [str(one.orientation) for one in sections] == ["PORTRAIT (0)", "LANDSCAPE (1)", "PORTRAIT (0)"]
    assert {(one.left_margin.pt, one.top_margin.pt) for one in sections} == {(51.0, 56.7)}


def test_every_page_tells_its_number_and_filed_forms_their_code(template: Template) -> None:
    filing = filing_of(template, FULL)
    forms = [form_of(template, filing), form_of(template, filing, code="ABCD-EFGH"), form_of(template, filing)]
    feet = [one.footer for one in opened(render(forms)).sections]
    assert [said(foot._element) for foot in feet] == ["第 1/1 页", "第 1/1 页　　核验码 ABCD-EFGH", "第 1/1 页"]
    fields = [one.get(f"{W}instr").strip() for one in feet[0]._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_only_drafts_carry_the_mark(template: Template) -> None:
    filing = filing_of(template, FULL)
    forms = [form_of(template, filing, stamp=stamp) for stamp in ("", "草稿", "")]
    heads = [etree.tostring(one.header._element, encoding="unicode") for one in opened(render(forms)).sections]
    assert ["草稿" in head for head in heads] == [False, True, False]
    assert "word/header1.xml" not in zipfile.ZipFile(io.BytesIO(render(forms[:1]))).namelist()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("区域绩效目标申报表（中山市）", "区域绩效目标申报表中山市_1"),
        ("2026年任务清单", "表2026年任务清单_1"),
        ("", "表_1"),
        ("𬭎" + "甲" * 60, "甲" * 38 + "_1"),
    ],
)
def test_every_form_has_a_bookmark_word_allows(title: str, name: str) -> None:
    data = render([Form(title, [grid_of(cell_of("甲", cols=3))])])
    assert [one.get(f"{W}name") for one in opened(data).element.body.iter(f"{W}bookmarkStart")] == [name]


def test_forms_of_one_name_and_sheets_of_one_form_have_bookmarks_of_their_own() -> None:
    grid = grid_of(cell_of("甲", cols=3))
    data = render([Form("表样", [grid]), Form("表样", [grid]), Form("表样", [grid, grid._replace(name="表12")])])
    names = [one.get(f"{W}name") for one in opened(data).element.body.iter(f"{W}bookmarkStart")]
    assert names == ["表样_1", "表样_2", "表_3", "表12_4"]


def test_text_is_never_markup() -> None:
    text = "<w:br/>&lt;]]>“引”\"'<!--"
    assert read_back(read(drawn(grid_of(cell_of(text, cols=3), rows=1)))) == [[(text, 0, 3)]]
    assert opened(render([Form(text, [grid_of(cell_of(text))])])).core_properties.title == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_read_again(text: str) -> None:
    data = drawn(grid_of(cell_of(text, cols=3), rows=1))
    assert opened(data).tables[0].cell(0, 0).text == cleaned(text)
    (row,) = read_back(read(data))
    kept = [line for line in cleaned(text).split("\n") if line.strip()]
    assert [line for cell in row for line in cell[0].split("\n") if line.strip()] == kept


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x0bb\r\nc\rd\u2028e\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\x00\x08\x1f\x7f\x9fb\ufdd0\uffff\U0001fffe", "ab"),
        ("𠮷䶮\t乙", "𠮷䶮\t乙"),
    ],
)
def test_control_characters_neither_break_nor_change_a_text(typed: str, shown: str) -> None:
    assert opened(drawn(grid_of(cell_of(typed, cols=3)))).tables[0].cell(0, 0).text == shown


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(ExportRefused, match="“表”从上往下第 2 行有半个字"):
        drawn(grid_of(cell_of("甲", cols=3), cell_of("\ud842", 1, cols=3)))


def test_the_same_forms_give_the_same_bytes_and_tell_no_time(template: Template, filled: bytes) -> None:
    assert render([form_of(template, filing_of(template, FULL, TASKS))]) == filled
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    properties = opened(filled).core_properties
    assert (properties.created.year, properties.modified.year, properties.author) == (1980, 1980, "jixiao")
    assert properties.title == "丙测试表"


def test_every_part_is_well_formed_and_named_in_the_list_of_contents(filled: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    named = {one.get("PartName") for one in parts["[Content_Types].xml"]} - {None}
    assert named == {"/" + name for name in parts if name.endswith(".xml") and "Content_Types" not in name}
    targets = {"word/" + one.get("Target") for one in parts["word/_rels/document.xml.rels"]}
    assert targets == {name for name in parts if name.startswith("word/") and name.count("/") == 1} - {
        "word/document.xml"
    }


def test_the_desk_marks_a_form_that_may_not_be_exported(template: Template) -> None:
    sound, faulty = filing_of(template, FULL), filing_of(template, {**FULL, "总额": "12a"})
    assert not Review(template, faulty).exportable
    heads = [
        one.header._element for one in opened(desk.docx(Review(template, faulty), Review(template, sound))).sections
    ]
    assert ["草稿" in etree.tostring(head, encoding="unicode") for head in heads] == [
        True, not Review(template, sound).exportable,
    ]  # fmt: skip


def test_the_command_writes_several_forms_into_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = Path(__file__).parents[2] / "resources" / "examples" / "澜江省2026_任务清单与区域绩效目标申报表.docx"
    library, written = str(tmp_path / "库.jixiao"), tmp_path / "新 文件夹" / "表.docx"
    assert main(["--library", library, "import", str(example), "--lang", "zh_CN"]) == 0
    capsys.readouterr()
    assert main(["--library", library, "list", "--json"]) == 0
    idents = [line.split('"')[3] for line in capsys.readouterr().out.splitlines() if '"id"' in line][:2]
    written.parent.mkdir()
    assert main(["--library", library, "docx", *idents, "-o", str(written)]) == 0
    assert capsys.readouterr().out == f"已写成 {written}\n"
    assert len(opened(written.read_bytes()).sections) == 2
    assert main(["--library", library, "docx", "没有", "-o", str(written)]) == 2
