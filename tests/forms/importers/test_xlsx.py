from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from forms.errors import SourceRefused
from forms.importers.source import Source, SourceCell, SourceRow
from forms.importers.xlsx import read
from tests.forms.importers.office import Parts, R, S, relations, rows, words, xlsx


def made(fill: Callable[[Worksheet], None], *, more_sheets: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表一"
    fill(sheet)
    for number in range(more_sheets):
        book.create_sheet(f"附{number}")["B2"] = "附"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def table(source: Source) -> list[list[SourceCell]]:
    return [block.cells for block in source.blocks if isinstance(block, SourceRow)]


def texts(source: Source) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table(source)]


def told(source: Source) -> str:
    return "；".join(message.format(**params) for message, params in source.notices)


def test_merged_cells_stand_once_with_their_span() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["申报表"])
        sheet.append(["项目名称", None, "甲"])
        sheet.append(["总体目标", None, "乙"])
        sheet["C4"] = "丙"
        for merged in ("A1:C1", "A2:B2", "A3:B4"):
            sheet.merge_cells(merged)

    assert table(read(made(fill))) == [
        [SourceCell("申报表", 0, 3, address="A1")],
        [SourceCell("项目名称", 0, 2, address="A2"), SourceCell("甲", 2, address="C2")],
        [SourceCell("总体目标", 0, 2, 2, address="A3"), SourceCell("乙", 2, address="C3")],
        [SourceCell("", 0, 2, covered=True, address="A4"), SourceCell("丙", 2, address="C4")],
    ]


def test_empty_rows_say_nothing_and_empty_edges_are_dropped() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"], sheet["B5"] = "甲", "乙"
        sheet["C3"] = " "
        sheet.merge_cells("A4:B4")
        sheet["H9"].number_format = "0.00"

    source = read(made(fill))
    assert [(block.row, block.table) for block in source.blocks if isinstance(block, SourceRow)] == [(2, 1), (5, 1)]
    assert texts(source) == [["", "甲"], ["", "乙"]]


def test_empty_answer_cells_merged_beyond_the_last_text_stay() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "项目名称"
        sheet.merge_cells("B1:D1")

    assert table(read(made(fill)))[0] == [SourceCell("项目名称", 0, address="A1"), SourceCell("", 1, 3, address="B1")]


def test_a_title_merged_over_the_whole_row_is_as_wide_as_the_table() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B2"] = "申报表", "甲"
        sheet.merge_cells("A1:XFD1")

    title, row = table(read(made(fill)))
    assert title[0].cols == len(row) == 50


def test_addresses_name_the_sheet_when_there_are_several() -> None:
    source = read(made(lambda sheet: sheet.append(["甲"]), more_sheets=2))
    assert [(block.table, block.row) for block in source.blocks if isinstance(block, SourceRow)] == [
        (1, 1),
        (2, 2),
        (3, 2),
    ]
    assert [row[-1].address for row in table(source)] == ["表一!A1", "附0!B2", "附1!B2"]


def test_numbers_are_read_as_shown_and_rounding_is_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for column, (value, number_format) in enumerate(
            [(50, '0"万元"'), (0.95, "0%"), (2110199, "General"), (1234.567, "#,##0.00"), (44561, "General")], start=1
        ):
            cell = sheet.cell(1, column, value)
            cell.number_format = number_format

    source = read(made(fill))
    assert texts(source) == [["50万元", "95%", "2110199", "1,234.57", "44561"]]
    assert told(source) == "单元格显示的数字比实际存的短，按显示的读入：D1 1,234.57（1,234.567）。请核对。"


@pytest.mark.parametrize(("epoch", "number", "text"), [("0", 45291, "2023年12月31日"), ("1", 43829, "2023年12月31日")])
def test_dates_stored_as_numbers_follow_the_epoch_and_the_unwritten_chinese_formats(
    epoch: str, number: int, text: str
) -> None:
    parts: Parts = {
        "xl/styles.xml": f'<styleSheet xmlns="{S}"><cellXfs><xf/><xf numFmtId="31"/></cellXfs></styleSheet>',
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", styles="styles.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{S}" xmlns:r="{R}"><workbookPr date1904="{epoch}"/>'
            '<sheets><sheet name="表一" sheetId="1" r:id="worksheet"/></sheets></workbook>'
        ),
    }
    source = read(xlsx(rows(f'<c s="1"><v>{number}</v></c>'), parts))
    assert texts(source) == [[text]]


def test_a_formula_without_a_stored_value_is_told_and_one_with_it_is_read() -> None:
    source = read(xlsx(rows("<c><f>1+1</f><v>2</v></c><c><f>SUM(A1)</f></c>" + words("甲"))))
    assert texts(source) == [["2", "", "甲"]]
    assert told(source) == "公式没有存下结果，读作空白：B1。请用 WPS 或 Excel 打开文件保存一次再导入。"


def test_a_formula_that_gives_an_empty_text_is_no_missing_value() -> None:
    assert read(xlsx(rows('<c t="str"><f>""</f><v></v></c>' + words("甲")))).notices == []


def test_many_noted_cells_are_counted_and_the_first_named() -> None:
    source = read(xlsx(rows("<c t='e'><v>#REF!</v></c>" * 9)))
    assert texts(source) == [["#REF!"] * 9]
    assert "A1 #REF!、B1 #REF!、C1 #REF!、D1 #REF!、E1 #REF!…（9）" in told(source)


def test_text_under_a_merge_joins_the_merged_cell_and_is_told() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    source = read(xlsx(rows(words("甲") + words("藏一"), words("") + words("藏二") + words("乙")) + merged))
    assert texts(source) == [["甲\n藏一\n藏二", ""], ["", "乙"]]
    assert "遮住" in told(source)


def test_hidden_sheets_hidden_lines_and_comments_are_told() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "甲"
        sheet["A1"].comment = Comment("批", "人")
        sheet.row_dimensions[2].hidden = True

    book = openpyxl.load_workbook(BytesIO(made(fill, more_sheets=1)))
    book.worksheets[1].sheet_state = "veryHidden"
    file = BytesIO()
    book.save(file)
    source = read(file.getvalue())
    assert [row[-1].text for row in table(source)] == ["甲", "附"]
    assert "“表一”有隐藏的行或列" in told(source)
    assert "“表一”有批注" in told(source)
    assert "“附0”是隐藏的" in told(source)


def test_booleans_and_rich_text_are_text_and_sounds_are_not() -> None:
    rich = '<r><t>绩</t></r><r><t xml:space="preserve">效 </t></r><rPh sb="0" eb="1"><t>ji</t></rPh>'
    assert texts(read(xlsx(rows(f'<c t="b"><v>1</v></c><c t="inlineStr"><is>{rich}</is></c>')))) == [["TRUE", "绩效 "]]


def test_empty_formatting_down_to_the_last_row_is_harmless() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{words("甲", "A1")}</row>{far}</sheetData>'
    assert texts(read(xlsx(sheet))) == [["甲"]]


def test_a_workbook_without_any_text_gives_no_rows() -> None:
    assert read(made(lambda _sheet: None)).blocks == []


@pytest.mark.parametrize(
    "sheet", [rows('<c t="s"><v>7</v></c>'), rows("<c><v>nan</v></c>"), rows("<c><v>" + "1" * 5000 + "</v></c>")]
)
def test_markup_that_is_no_workbook_is_refused(sheet: str) -> None:
    with pytest.raises(SourceRefused):
        read(xlsx(sheet))


def test_a_formula_with_an_empty_value_as_openpyxl_writes_it_is_told() -> None:
    source = read(made(lambda sheet: sheet.append(["甲", "=50+50.5"])))
    assert told(source) == "公式没有存下结果，读作空白：B1。请用 WPS 或 Excel 打开文件保存一次再导入。"


def test_a_number_format_that_is_not_understood_is_told_once() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([12345, 23456, 3])
        for cell, number_format in zip(sheet[1], ["0!.0,", "0!.0,", '[>=1]"≥"0"次";0'], strict=True):
            cell.number_format = number_format

    source = read(made(fill))
    assert texts(source) == [["12345", "23456", "3"]]
    assert told(source) == "单元格的数字格式无法识别，按实际存的数读入：A1 12345、C1 3。请核对。"
