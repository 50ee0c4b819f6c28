from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.importers.source import Source, SourceRow, SourceText
from forms.importers.text import read


def outline(text: str) -> list[str | list[str]]:
    """Paragraphs as strings, rows as lists of their cells."""
    blocks = read(text.encode()).blocks
    return [block.text if isinstance(block, SourceText) else [cell.text for cell in block.cells] for block in blocks]


def tables(source: Source) -> list[tuple[int, int]]:
    return [(block.table, block.row) for block in source.blocks if isinstance(block, SourceRow)]


def test_a_cell_a_line_with_a_blank_line_before_each_row() -> None:
    text = "附件1\n清单\n\n\t序号\n\t地区\n\n\t1\n\t广州市\n\t\n"
    assert outline(text) == ["附件1", "清单", ["序号", "地区"], ["1", "广州市", ""]]


def test_a_line_without_a_tab_goes_on_with_the_cell_above_even_after_a_blank_line() -> None:
    text = "\t绩\n\n效\n\t  设备\n\n 完好率\n第三行\n\t100%\n\n\t乙\n\t\n"
    assert outline(text) == [["绩\n效", "  设备\n 完好率\n第三行", "100%"], ["乙", ""]]


def test_a_line_far_below_a_row_is_a_paragraph_and_ends_the_table() -> None:
    text = "\t甲\n\t乙\n\t丙\n\n\n1、申报表（广州市）\n（续）\n\n\t丁\n\t戊\n\t己\n"
    assert outline(text) == [["甲", "乙", "丙"], "1、申报表（广州市）", "（续）", ["丁", "戊", "己"]]
    assert tables(read(text.encode())) == [(1, 1), (2, 1)]


def test_a_row_broken_off_by_blank_lines_goes_on_as_a_new_row_of_the_table() -> None:
    text = "\t2\n\t珠海市\n\t210\n\n\n\t2022年底\n\n\t3\n\t汕头市\n\t220\n"
    assert outline(text) == [["2", "珠海市", "210"], ["2022年底"], ["3", "汕头市", "220"]]
    assert tables(read(text.encode())) == [(1, 1), (1, 2), (1, 3)]


def test_blanks_alone_make_a_blank_line() -> None:
    assert outline("\t绩效目标\n\t1、甲\n2、乙\n\n\n \n\t一级指标\n\t值\n") == [
        ["绩效目标", "1、甲\n2、乙"],
        ["一级指标", "值"],
    ]


def test_a_row_a_line_with_tabs_between_its_cells() -> None:
    text = "表 1\n\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n\t\t行政\t20\n\n注：无。\n"
    assert outline(text) == [
        "表 1",
        ["收入", "", "支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["", "", "行政", "20"],
        "注：无。",
    ]


def test_a_page_break_inside_a_table_of_rows_does_not_end_it() -> None:
    text = "名称\t内容\t金额\n甲\t完成 15 个\t300\n\n\t\t功能区噪声\t\n乙\t丙\t200\n"
    assert outline(text)[2] == ["", "", "功能区噪声", ""]
    assert tables(read(text.encode())) == [(1, 1), (1, 2), (1, 3), (1, 4)]


def test_marks_of_paragraphs_and_underlines_and_bookmarks_are_no_text() -> None:
    text = "[bookmark: _Toc471398463]\n[bookmark: _Toc1]标题\n<u>任务</u>\t<p>一、甲</p> <p>二、<乙></p>\t<b>\n"
    assert outline(text) == ["标题", ["任务", "一、甲\n二、<乙>", "<b>"]]


def test_cells_with_line_ends_come_quoted_from_the_clipboard_of_a_workbook() -> None:
    text = '项目\t目标\t值\n"甲\n乙"\t"说""好""\n\n完"\t5\n丙\t"丁"\t6"\n'
    assert outline(text) == [["项目", "目标", "值"], ["甲\n乙", '说"好"\n\n完', "5"], ["丙", '"丁"', '6"']]


def test_a_quotation_mark_that_is_never_closed_is_text() -> None:
    assert outline('甲\t"乙\n丙\t丁\n') == [["甲", '"乙'], ["丙", "丁"]]
    assert outline('"甲\n乙\t丙\n') == ['"甲', ["乙", "丙"]]


def test_both_ways_may_stand_in_one_file() -> None:
    text = "收入\t支出\n1\t2\n3\t4\n\n\n\t项目\n\t甲\n\t乙\n\n\t目标\n\t丙\n\t丁\n\n\n5\t6\n7\t8\n"
    first, second = [["收入", "支出"], ["1", "2"], ["3", "4"]], [["项目", "甲", "乙"], ["目标", "丙", "丁"]]
    assert outline(text) == [*first, *second, ["5", "6"], ["7", "8"]]


def test_a_tab_in_a_paragraph_of_a_file_of_cells_makes_no_row() -> None:
    text = "（六）\t强化监管。\n目标\n\n\n\t甲\n\t乙\n\t丙\n"
    assert outline(text) == ["（六）\t强化监管。", "目标", ["甲", "乙", "丙"]]


def test_a_table_pasted_with_an_empty_first_column_stays_a_table_of_rows() -> None:
    assert outline("标签\t值\n\t甲\n\t乙\n丙\t丁\n") == [["标签", "值"], ["", "甲"], ["", "乙"], ["丙", "丁"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_the_same(end: str) -> None:
    assert outline("\t甲\n\t乙\n\t丙\n\n\t丁\n".replace("\n", end)) == [["甲", "乙", "丙"], ["丁"]]


@given(st.text('甲乙1\t\n "<p>/u[bookmark: _]（）', max_size=60))
def test_no_character_is_lost_or_doubled(text: str) -> None:
    cleaned = text.translate(dict.fromkeys(map(ord, '"<>/pu[bokmar:_]')))
    held = "".join(part if isinstance(part, str) else "".join(part) for part in outline(cleaned))
    assert sorted("".join(held.split())) == sorted("".join(cleaned.split()))
    assert isinstance(outline(text), list)


def test_a_cell_keeps_several_blank_lines_where_its_row_goes_on() -> None:
    text = "\t甲\n\t乙\n\t丙\n\n\t1、做\n\n\n2、再做\n\t100%\n\t无\n\n\n\n附注\n"
    assert outline(text) == [["甲", "乙", "丙"], ["1、做\n\n\n2、再做", "100%", "无"], "附注"]
