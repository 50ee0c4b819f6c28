"""Rows, columns and amounts as people lay them out: the right text comes into the right place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from forms.importers import text
from tests.forms.importers import untidy_files as files
from tests.forms.importers import untidy_forms as untidy
from tests.forms.importers.untidy_expectations import (
    FUND_TITLE,
    LIST_TITLE,
    TITLE,
    Write,
    every_file,
    expect_fund,
    expect_regional,
    indicators,
    messages,
    only,
    read,
    relabel,
)
from tests.forms.importers.untidy_files import Box, Table, label
from tests.forms.importers.untidy_forms import FUND, INDICATORS, REGIONAL

# As drawn


@every_file
def test_a_regional_form_comes_in_as_it_was_written(write: Write) -> None:
    one = only(write([TITLE, untidy.regional()]))
    expect_regional(one)
    assert (one.filing.year, one.filing.unit.name, one.filing.set and one.filing.set.position) == (
        "2024", "云溪市水利局", "3",
    )  # fmt: skip


@every_file
def test_the_form_of_a_fund_comes_in_as_it_was_written(write: Write) -> None:
    one = only(write(["5、桥梁安全检测绩效目标表", untidy.fund()]))
    expect_fund(one)


@every_file
def test_a_list_of_tasks_comes_in_as_it_was_written(write: Write) -> None:
    one = only(write(["附件2", LIST_TITLE, untidy.tasks()]))
    assert one.filing.values == {"预算年度": "2024", "资金名称": "河湖整治资金", "附件号": "2"}
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()
    assert one.complete
    assert one.unplaced == ()


@every_file
def test_many_forms_in_one_file_come_in_one_by_one(write: Write) -> None:
    other = REGIONAL | {"地方主管部门": "石门市水利局", "资金需求": "20"}
    forms = read(write([
        "附件2", LIST_TITLE, untidy.tasks(), TITLE, untidy.regional(),
        "4、区域绩效目标申报表（石门市）", untidy.regional(other), "5、桥梁安全检测绩效目标表", untidy.fund(),
    ]))  # fmt: skip
    assert [one.template.name for one in forms] == [
        "任务清单", "区域绩效目标申报表", "区域绩效目标申报表", "专项资金绩效目标表",
    ]  # fmt: skip
    expect_regional(forms[1])
    expect_regional(forms[2], 地区="石门市", 地方主管部门="石门市水利局", 资金需求="20")
    expect_fund(forms[3])
    assert all(one.complete for one in forms)


@every_file
def test_an_empty_form_is_complete_and_empty(write: Write) -> None:
    blank = untidy.regional(dict.fromkeys(REGIONAL, ""), [(a, b, "", "") for a, b, *_ in INDICATORS])
    one = only(write(["区域绩效目标申报表（）", blank]))
    assert (one.filing.values, one.filing.indicators, one.complete, one.unplaced) == ({}, (), True, ())


@every_file
def test_a_form_that_prints_its_units_is_empty_when_only_they_are_there(write: Write) -> None:
    rows = untidy.regional().rows
    rows[4] = [rows[4][0], Box("年", 3)]
    rows[5] = [rows[5][0], Box("万元", 3)]
    expect_regional(only(write([TITLE, Table(rows)])), 预算年度="", 资金需求="")


# Rows and columns


@every_file
def test_rows_may_stand_in_another_order(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    expect_regional(only(write([TITLE, Table([rows[0], *rows[:0:-1], *untidy.indicator_rows(INDICATORS)])])))


@every_file
def test_rows_may_follow_the_indicators(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    table = Table([*rows[:4], *untidy.indicator_rows(INDICATORS), *rows[4:]])
    expect_regional(only(write([TITLE, table])))


@every_file
def test_a_missing_row_is_told_and_the_form_is_complete(write: Write) -> None:
    kept = {name: text for name, text in REGIONAL.items() if name not in ("政策依据", "项目等级")}
    one = only(write([TITLE, untidy.regional(kept)]))
    expect_regional(one, 政策依据="", 项目等级="")
    (told,) = [notice for notice in one.notices if "没有这些栏" in notice.message]
    assert told.params == {"labels": "项目等级、政策依据"}


@every_file
def test_two_labels_of_two_rows_may_share_one(write: Write) -> None:
    first, second, third, *rest = untidy.field_rows(REGIONAL)
    pair = [second[0], replace(second[1], cols=1), replace(third[0], cols=1), replace(third[1], cols=1)]
    expect_regional(only(write([TITLE, Table([first, pair, *rest, *untidy.indicator_rows(INDICATORS)])])))


@every_file
def test_blank_rows_do_no_harm(write: Write) -> None:
    rows = [row for one in untidy.field_rows(REGIONAL) for row in (one, [Box(cols=2), Box(cols=3)])]
    expect_regional(only(write([TITLE, Table([*rows, *untidy.indicator_rows(INDICATORS)])])))


@every_file
def test_blank_rows_between_a_heading_and_its_figures_do_no_harm(write: Write) -> None:
    rows = untidy.fund().rows
    rows[2][0] = replace(rows[2][0], rows=1)
    table = Table([*rows[:3], [Box(cols=7)], [Box(), *rows[3]], *rows[4:]])
    expect_fund(only(write([FUND_TITLE, table])))


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (0, 1, 3, 2), (2, 3, 0, 1), (3, 2, 1, 0)])
@every_file
def test_columns_may_stand_in_another_order(order: Sequence[int], write: Write) -> None:
    words = ("一级指标", "二级指标", "三级指标", "指标值")
    heading = [Box(), *(label(words[at]) for at in order)]
    rows = [[Box(), *(Box(one[at], label=at < 2) for at in order)] for one in INDICATORS]
    expect_regional(only(write([TITLE, Table([*untidy.field_rows(REGIONAL), heading, *rows])])))


@every_file
def test_unknown_columns_are_kept_apart_and_missing_ones_told(write: Write) -> None:
    order = [0, 4, 1, 10, 6]
    rows = [[*(Box(row[at]) for at in order), Box(f"说明{row[0]}")] for row in untidy.TASKS]
    heading = [*(label(untidy.TASK_COLUMNS[at]) for at in order), Box("备注")]
    one = only(write([LIST_TITLE, Table([heading, *rows])]))
    kept = [untidy.TASK_NAMES[at] for at in order[1:]]
    expected = [{name: row[name] for name in kept} for row in untidy.task_cells()]
    assert [row.cells for row in one.filing.tables["任务"]] == expected
    assert one.unplaced == ("备注", "说明1", "说明2", "说明3")
    assert {"表样中没有“{column}”一列，它的内容在未能放置的文字里。", "来文没有这些列：{columns}。"} <= set(
        messages(one)
    )
    assert one.complete


@every_file
def test_totals_and_remarks_are_no_rows(write: Write) -> None:
    total = [Box("合计", label=False), Box(cols=3), Box("164.25"), Box(cols=6)]
    remark = [Box("注：资金单位为万元，由市级分配。", 11)]
    one = only(write([LIST_TITLE, Table([*untidy.tasks().rows, total, remark])]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()
    assert one.unplaced == ("合计", "164.25", remark[0].text)
    assert one.complete


@every_file
def test_a_remark_below_the_indicators_is_no_indicator(write: Write) -> None:
    table = Table([*untidy.regional().rows, [Box("注：本表一式两份。", 5)]])
    one = only(write([TITLE, table, "填表人：王五"]))
    assert indicators(one) == list(INDICATORS)
    assert one.unplaced == ("注：本表一式两份。", "填表人：王五")
    assert one.complete


@every_file
def test_one_level_may_be_blank_instead_of_merged(write: Write) -> None:
    rows = untidy.indicator_rows(INDICATORS)[:1]
    for number, one in enumerate(INDICATORS):
        before = INDICATORS[number - 1] if number else ("", "")
        rows.append([*(Box() if one[at] == before[at] else label(one[at]) for at in (0, 1)), Box(one[2]), Box(one[3])])
    expect_regional(only(write([TITLE, Table([*untidy.field_rows(REGIONAL), *rows])])))


@every_file
def test_labels_may_be_repeated_on_every_row(write: Write) -> None:
    rows = [[label("绩效指标"), label(a), label(b), Box(c), Box(d)] for a, b, c, d in INDICATORS]
    heading = [label(words) for words in ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")]
    expect_regional(only(write([TITLE, Table([*untidy.field_rows(REGIONAL), heading, *rows])])))


@pytest.mark.parametrize("slide", [-1, 1])
@every_file
def test_a_row_that_slid_sideways_is_read_from_its_label(slide: int, write: Write) -> None:
    rows = [[Box(), label(a), label(b), Box(c), Box(d), Box()] for a, b, c, d in INDICATORS]
    rows[3] = [*rows[3][1:], Box()] if slide < 0 else [Box(), *rows[3][:-1]]
    heading = [label("绩效指标"), *(label(w) for w in ("一级指标", "二级指标", "三级指标", "指标值")), Box()]
    one = only(write([TITLE, Table([*untidy.field_rows(REGIONAL), heading, *rows])]))
    expect_regional(one)
    assert "这些行错了列，已按二级指标的位置对齐，请核对：{rows}。" in messages(one)


@every_file
def test_a_row_of_a_table_that_slid_sideways_is_read_by_its_numbers(write: Write) -> None:
    table = untidy.tasks()
    table.rows[2] = [*table.rows[2][1:], Box()]
    table.rows[3] = [Box("3"), *table.rows[3][1:]]
    one = only(write([LIST_TITLE, table]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()


@every_file
def test_an_unknown_branch_is_kept_as_it_is(write: Write) -> None:
    extra = ("效益指标", "安全指标", "事故", "0起")
    one = only(write([TITLE, untidy.regional(indicators=[*INDICATORS[:9], extra, INDICATORS[9]])]))
    assert indicators(one) == [*INDICATORS[:9], extra, INDICATORS[9]]
    assert any("没有二级指标" in message for message in messages(one))


def test_a_cell_merged_over_rows_of_a_table_says_the_same_of_each() -> None:
    table = untidy.tasks()
    table.rows[1][2] = replace(table.rows[1][2], rows=3)
    for row in table.rows[2:]:
        del row[2]
    for write in (files.as_docx, files.as_xlsx):
        one = only(write([LIST_TITLE, table]))
        assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()


@every_file
def test_a_plan_may_be_written_as_pairs(write: Write) -> None:
    rows = untidy.fund().rows
    pairs = [part for name in ("3月底", "6月底", "10月底", "12月底") for part in (label(name), Box(FUND[name]))]
    table = Table([*rows[:4], [label("资金支出计划（%）"), *pairs], *rows[6:]])
    expect_fund(only(write([FUND_TITLE, table])))


@every_file
def test_swapped_months_take_their_figures_along(write: Write) -> None:
    rows = untidy.fund().rows
    rows[4][1:] = [replace(box, cols=1) for box in reversed(rows[4][1:])]
    rows[5] = [replace(box, cols=1) for box in reversed(rows[5])]
    expect_fund(only(write([FUND_TITLE, Table(rows)])))


@every_file
def test_a_tree_without_its_heading_is_read_in_the_forms_order(write: Write) -> None:
    flat = [[Box(), label(a), label(b), Box(c), Box(d)] for a, b, c, d in INDICATORS]
    one = only(write([TITLE, Table([*untidy.field_rows(REGIONAL), *flat])]))
    assert indicators(one) == list(INDICATORS)
    assert any("没有指标表的表头" in message for message in messages(one))


@every_file
def test_numbers_of_the_columns_are_no_row(write: Write) -> None:
    rows = untidy.tasks().rows
    numbers = [Box(str(number)) for number in range(1, 12)]
    one = only(write([LIST_TITLE, Table([rows[0], numbers, *rows[1:]])]))
    assert [row.cells for row in one.filing.tables["任务"]] == untidy.task_cells()


@every_file
def test_a_table_may_begin_in_the_second_column(write: Write) -> None:
    moved = [Table([[Box(), *row] for row in untidy.regional().rows[:10]])]
    flat = [[Box(), Box(), label(a), label(b), Box(c), Box(d)] for a, b, c, d in INDICATORS]
    heading = [Box(), *(label(w) for w in ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"))]
    table = Table([*moved[0].rows[:-1], heading, *flat])
    expect_regional(only(write([TITLE, table])))


@every_file
def test_a_pair_may_lack_one_label_or_be_swapped(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    swapped = [
        label("地方主管部门", 2),
        Box(REGIONAL["地方主管部门"]),
        label("省级主管部门"),
        Box(REGIONAL["省级主管部门"]),
    ]
    indicator_rows = untidy.indicator_rows(INDICATORS)
    expect_regional(only(write([TITLE, Table([*rows[:3], swapped, *rows[4:], *indicator_rows])])))
    alone = [label("地方主管部门", 2), Box(REGIONAL["地方主管部门"], 3)]
    one = only(write([TITLE, Table([*rows[:3], alone, *rows[4:], *indicator_rows])]))
    expect_regional(one, 省级主管部门="")


def test_rows_of_a_text_whose_last_tabs_were_stripped_are_whole() -> None:
    empty = [(a, b, "", "") if b == "成本指标" else (a, b, c, d) for a, b, c, d in INDICATORS]
    table = untidy.regional(indicators=empty)
    lines = []
    for line in table.grid():
        cells = [
            part
            for box, _, below in line
            for part in ("" if below else box.text.replace("\n", ""), *[""] * (box.cols - 1))
        ]
        lines.append("\t".join(cells).rstrip("\t"))
    one = only(text.read("\n".join([TITLE, *lines]).encode()))
    expected = [(a, b, c.replace("\n", ""), d) for a, b, c, d in empty if c]
    assert indicators(one) == expected
    assert one.complete


def test_rows_of_a_text_without_the_lower_cells_of_merges_are_read_from_their_labels() -> None:
    single = [one for number, one in enumerate(INDICATORS) if number != 1]
    lines = [TITLE]
    for row in untidy.regional(indicators=single).rows:
        lines.extend(["", *("\t" + box.text for box in row)])
    assert indicators(only(text.read("\n".join(lines).encode()))) == single


# Amounts


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("50万元", "50"),
        ("220万", "220万"),
        ("1,354.00", "1,354.00"),
        ("２１０", "２１０"),
        ("50.00", "50.00"),
        ("无", "无"),
    ],
)
@every_file
def test_amounts_are_kept_as_typed_but_for_the_printed_unit(written: str, held: str, write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    rows[5] = [rows[5][0], Box(written, 3)]
    one = only(write([TITLE, Table([*rows, *untidy.indicator_rows(INDICATORS)])]))
    expect_regional(one, 资金需求=held)


@every_file
def test_a_unit_of_the_label_that_is_not_the_forms_goes_with_the_number(write: Write) -> None:
    rows = untidy.field_rows(REGIONAL)
    rows[5] = [label("资金需求（元）", 2), Box("1355000", 3)]
    expect_regional(only(write([TITLE, Table([*rows, *untidy.indicator_rows(INDICATORS)])])), 资金需求="1355000元")


@every_file
def test_a_line_of_units_that_is_not_the_forms_goes_with_every_number(write: Write) -> None:
    one = only(write([LIST_TITLE, "单位：元", relabel(untidy.tasks(), lambda w: w.replace("（万元）", ""))]))
    assert [row.cells["补助资金"] for row in one.filing.tables["任务"]] == ["135.50元", "20元", "8.75元"]


def test_numbers_of_a_workbook_are_read_as_shown() -> None:
    table = untidy.tasks()
    for row in table.rows[1:]:
        row[0] = replace(row[0], number=float(row[0].text))
        row[4] = replace(row[4], number=float(row[4].text))
    one = only(files.as_xlsx([LIST_TITLE, table]))
    assert [row.cells["补助资金"] for row in one.filing.tables["任务"]] == ["135.5", "20", "8.75"]


def test_numbers_years_and_percents_of_a_workbook() -> None:
    rows = untidy.field_rows(REGIONAL)
    rows[4] = [rows[4][0], Box("2024", 3, number=2024)]
    rows[5] = [rows[5][0], Box("135.5", 3, number=135.5)]
    table = Table([*rows, *untidy.indicator_rows(INDICATORS)])
    expect_regional(only(files.as_xlsx([TITLE, table])), 资金需求="135.5")


@every_file
def test_a_unit_of_a_column_goes_with_its_numbers(write: Write) -> None:
    table = relabel(untidy.tasks(), lambda words: words.replace("万元", "元"))
    one = only(write([LIST_TITLE, table]))
    assert [row.cells["补助资金"] for row in one.filing.tables["任务"]] == ["135.50元", "20元", "8.75元"]
