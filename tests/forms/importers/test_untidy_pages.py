"""Forms broken over pages, cut off, or set among other things: nothing is lost and what is missing is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forms.errors import SourceRefused
from forms.importers import text
from tests.forms.importers import untidy_files as files
from tests.forms.importers import untidy_forms as untidy
from tests.forms.importers.untidy_expectations import (
    FUND_TITLE,
    LIST_TITLE,
    TITLE,
    Write,
    every_file,
    expect_regional,
    indicators,
    only,
    read,
)
from tests.forms.importers.untidy_files import Block, Box, Table, label
from tests.forms.importers.untidy_forms import INDICATORS, REGIONAL

# Pages


@every_file
def test_a_title_and_heading_repeated_on_the_next_page_change_nothing(write: Write) -> None:
    table = untidy.tasks()
    again = Table([table.rows[0], *table.rows[2:]])
    one = only(write([LIST_TITLE, Table(table.rows[:2]), LIST_TITLE, again]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()
    assert one.unplaced == ()


@every_file
def test_a_form_goes_on_with_its_title_and_first_row_repeated(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    pages: list[Block] = [
        TITLE,
        Table(rows[:6]),
        TITLE,
        Table([rows[0], *rows[6:], *untidy.indicator_rows(INDICATORS)]),
    ]
    expect_regional(only(write(pages)))


@every_file
def test_indicators_go_on_in_a_table_of_their_own(write: Write) -> None:
    flat = [[Box(), label(a), label(b), Box(c), Box(d)] for a, b, c, d in INDICATORS]
    heading = untidy.indicator_rows(())[0]
    pages: list[Block] = [TITLE, Table([*untidy.field_rows(REGIONAL), heading, *flat[:5]]), "（续表）", Table(flat[5:])]
    one = only(write(pages))
    assert indicators(one) == list(INDICATORS)
    assert one.complete


@every_file
def test_a_cell_cut_by_a_page_break_is_joined_again(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    cut = "年底前消除列入清单"
    rows[-1] = [rows[-1][0], replace(rows[-1][1], text=cut)]
    rest = [Box(cols=2), Box(REGIONAL["总体目标"].removeprefix(cut), 3)]
    expect_regional(only(write([TITLE, Table([*rows, rest, *untidy.indicator_rows(INDICATORS)])])))


@every_file
def test_a_row_of_a_table_cut_by_a_page_break_is_joined_again(write: Write) -> None:
    table = untidy.tasks()
    whole = table.rows[1]
    table.rows[1:2] = [
        [replace(box, text="清淤") if box.text == "清淤 12 处" else box for box in whole],
        [Box(" 12 处") if box.text == "清淤 12 处" else Box() for box in whole],
    ]
    one = only(write([LIST_TITLE, table]))
    rows = [row.cells for row in one.filing.tables["任务"]]
    assert rows == untidy.task_cells()


@every_file
def test_an_indicator_cut_by_a_page_break_is_joined_again(write: Write) -> None:
    flat = [[Box(), label(a), label(b), Box(c), Box(d)] for a, b, c, d in INDICATORS]
    heading = untidy.indicator_rows(())[0]
    flat[6:7] = [[*flat[6][:4], Box("约 4000")], [Box(), Box(), Box(), Box(), Box(" 人")]]
    expect_regional(only(write([TITLE, Table([*untidy.field_rows(REGIONAL), heading, *flat])])))


def test_a_row_broken_off_in_the_text_is_joined_with_the_next_line() -> None:
    table = untidy.tasks()
    first, second = table.rows[1][:6], table.rows[1][6:]
    one = only(files.as_cells([LIST_TITLE, Table([table.rows[0], first, second, *table.rows[2:]])]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()
    assert one.complete


def test_a_heading_broken_off_in_the_text_is_joined_with_the_next_line() -> None:
    table = untidy.tasks()
    heading = table.rows[0]
    one = only(files.as_cells([LIST_TITLE, Table([heading[:6], heading[6:], *table.rows[1:]])]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()


@every_file
def test_a_heading_repeated_within_the_table_is_no_row(write: Write) -> None:
    rows = untidy.tasks().rows
    one = only(write([LIST_TITLE, Table([*rows[:2], rows[0], *rows[2:]])]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()
    assert one.unplaced == ()


@every_file
def test_a_label_printed_again_beside_the_rest_of_its_text_is_joined(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    cut = "年底前消除列入清单"
    parts = (cut, REGIONAL["总体目标"].removeprefix(cut))
    rows[-1:] = [[label("总体目标", 2), Box(part, 3)] for part in parts]
    expect_regional(only(write([TITLE, Table([*rows, *untidy.indicator_rows(INDICATORS)])])))


# What is cut off


@pytest.mark.parametrize("kept", range(1, 11))
@every_file
def test_a_form_cut_off_is_incomplete_and_keeps_what_is_there(kept: int, write: Write) -> None:
    if kept > 9:
        table = Table([*untidy.field_rows(REGIONAL), *untidy.indicator_rows(INDICATORS[:5])])
    else:
        table = Table(untidy.field_rows(REGIONAL)[:kept])
    one = only(write([TITLE, table]))
    assert not one.complete
    held = {"地区": "云溪市"} | REGIONAL
    assert one.filing.values.items() <= held.items()
    assert len(one.filing.values) >= min(kept, 9)


@every_file
def test_a_form_of_which_only_the_title_is_left_is_incomplete(write: Write) -> None:
    one, two = read(write([TITLE, untidy.regional(), "4、区域绩效目标申报表（石门市）"]))
    expect_regional(one)
    assert (two.filing.values, two.complete) == ({"地区": "石门市"}, False)


@every_file
def test_a_heading_without_rows_in_a_filled_form_is_incomplete(write: Write) -> None:
    assert not only(write([FUND_TITLE, untidy.fund(indicators=())])).complete


def test_a_list_that_ends_inside_a_row_is_incomplete() -> None:
    table = untidy.tasks()
    table.rows[-1] = table.rows[-1][:5]
    one = only(files.as_cells([LIST_TITLE, table]))
    assert not one.complete
    assert len(one.filing.tables["任务"]) == 3


@every_file
def test_a_form_of_which_most_is_missing_is_incomplete(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    assert not only(write([TITLE, Table([rows[0], *rows[-2:], *untidy.indicator_rows(INDICATORS)])])).complete


# Around


@every_file
def test_covers_narrative_and_unknown_tables_stay_apart(write: Write) -> None:
    contacts = Table([[Box("姓名"), Box("电话")], [Box("张三"), Box("12345")]])
    narrative = "总体目标：到年底各项任务全部完成。请各地填写区域绩效目标申报表"
    first, second = read(write([
        "云溪市水利局", "二〇二四年三月", narrative, contacts,
        TITLE, untidy.regional(), "说明：以上数据截至三月。", contacts,
        "4、区域绩效目标申报表（石门市）", untidy.regional(),
    ]))  # fmt: skip
    assert first.filing.values == {"地区": "云溪市"} | REGIONAL
    assert indicators(first) == indicators(second) == list(INDICATORS)
    for word in ("云溪市水利局", "二〇二四年三月", narrative, "说明：以上数据截至三月。"):
        assert word in first.unplaced
    assert [first.unplaced.count(box.text) for box in files.boxes(contacts)] == [2, 2, 2, 2]
    expect_regional(second, 地区="石门市")


@every_file
def test_a_row_the_form_does_not_have_is_kept_apart(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    rows.insert(4, [Box("联系人", 2), Box("赵六", 3)])
    one = only(write([TITLE, Table([*rows, *untidy.indicator_rows(INDICATORS)])]))
    assert one.filing.values == {"地区": "云溪市"} | REGIONAL
    assert one.unplaced == ("联系人", "赵六")


def test_a_file_without_a_known_form_is_refused_with_what_to_do() -> None:
    with pytest.raises(SourceRefused) as refused:
        read(files.as_docx(["会议纪要", Table([[Box("姓名"), Box("电话")]])]))
    assert "来文.docx" in str(refused.value)
    assert "核对表的标题和栏目" in str(refused.value)


@every_file
def test_an_unknown_table_with_words_of_the_form_is_no_part_of_it(write: Write) -> None:
    strange = Table([
        [Box("序号"), Box("项目名称", label=True), Box("负责人"), Box("电话"), Box("备注")],
        [Box("1"), Box("甲项目"), Box("张三"), Box("123"), Box("无")],
        [Box("2"), Box("乙项目"), Box("李四"), Box("456"), Box("无")],
    ])  # fmt: skip
    one, two = read(
        write([TITLE, untidy.regional(), "联系人名单", strange, "4、区域绩效目标申报表（石门市）", untidy.regional()])
    )
    assert one.filing.values == {"地区": "云溪市"} | REGIONAL
    assert indicators(one) == list(INDICATORS)
    for word in ("甲项目", "张三", "123", "乙项目", "李四", "456"):
        assert word in one.unplaced
    expect_regional(two, 地区="石门市")


@every_file
def test_lines_of_signatures_in_the_table_stay_apart(write: Write) -> None:
    rows = [*untidy.regional().rows, [Box("填报人：王五", 2), Box("联系电话：12345", 3)]]
    one = only(write([TITLE, Table(rows)]))
    assert indicators(one) == list(INDICATORS)
    assert one.unplaced == ("填报人：王五", "联系电话：12345")
    assert one.complete


def test_a_list_cut_behind_the_number_of_a_row_keeps_the_number_and_is_incomplete() -> None:
    table = untidy.tasks()
    table.rows[-1] = table.rows[-1][:1]
    one = only(files.as_cells([LIST_TITLE, table]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()[:2]
    assert (one.complete, one.unplaced) == (False, ("3",))


@every_file
def test_the_numbers_of_blank_rows_are_no_rows(write: Write) -> None:
    blank = [[Box(str(number)), *[Box()] * 10] for number in range(1, 5)]
    one = only(write([LIST_TITLE, Table([untidy.tasks().rows[0], *blank])]))
    assert (one.filing.tables, one.complete) == ({}, True)


@pytest.mark.samples
@pytest.mark.parametrize("start", ["广东2022", "秦皇岛2020"])
def test_a_published_file_cut_anywhere_keeps_the_forms_before_the_cut(start: str, samples: Path) -> None:
    (path,) = samples.glob(start + "*.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    whole = read(text.read("\n".join(lines).encode()))
    for end in range(len(lines) // 2, len(lines), 97):
        *before, last = read(text.read("\n".join(lines[:end]).encode()))
        assert [one.filing.values for one in before] == [one.filing.values for one in whole[: len(before)]]
        assert [indicators(one) for one in before] == [indicators(one) for one in whole[: len(before)]]
        kept = whole[len(before)]
        assert last.filing.values.keys() <= kept.filing.values.keys()
        assert len(last.filing.indicators) <= len(kept.filing.indicators)
