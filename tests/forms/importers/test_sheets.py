"""Forms of several sheets, blocks side by side, computed places: read back from tables that look alike."""

from __future__ import annotations

import pytest

from forms.importers.matching import Imported, match
from forms.importers.text import read
from forms.template.load import load
from forms.template.model import Template

BUDGET = load("""
语法: 1
编号: demo-yusuan
模板: 单位预算
版本: "1"
单位: 万元
字段: {单位名称: 文本*, 收入总计: 金额*, 支出总计: 金额*, 备注: 文本, 合计数: "金额 = SUM(本级[金额])"}
表:
  收入: {列: {收入项目: 行名, 收入数: 金额}, 行: [拨款, 其他收入]}
  支出: {列: {层次: 整数, 支出项目: 文本*, 支出数: 金额}, 行: 1..50, 级: 层次}
  本级: {列: {编码: 编码, 名称: 文本, 金额: 金额}, 行: 1..50, 级: {编码: [0, 3, 5]}}
  转移: {列: {编码: 编码, 名称: 文本, 金额: 金额}, 行: 0..50, 级: {编码: [0, 3, 5]}}
页:
  - 名: 表1
    标题: 收支总表
    抬头: {左: 表1, 右: "部门名称：[单位名称]　　单位：万元"}
    列宽: [2, 1, 2, 1]
    版式: |
      收入 | < | 支出 | <
      项目 | 预算数 | 项目 | 预算数
      @收入 | < | @支出 | <
      收入总计 | [收入总计] | 支出总计 | [支出总计]
  - 名: 表2
    标题: 本级支出表
    抬头: {左: 表2, 右: "部门名称：[单位名称]　　单位：万元"}
    列宽: [1, 2, 1]
    版式: |
      编码 | 名称 | 金额
      @本级
      合计 | < | [合计数]
  - 名: 表3
    标题: 转移支出表
    抬头: {左: 表3, 右: 单位：万元}
    列宽: [1, 2, 1]
    版式: |
      编码 | 名称 | 金额
      @转移
      # 注：[备注]
别名: {收入项目: [项目], 支出项目: [项目], 收入数: [预算数], 支出数: [预算数]}
""")

SIDES = load("""
语法: 1
编号: demo-liangqi
模板: 两期目标表
版本: "1"
标题: 两期目标表
单位: 万元
期间: [中期, 年度]
字段: {项目名称: 文本*, 金额: 金额}
指标:
  中期:
    列: {三级指标: 名称*, 指标值: 指标值*}
    树: {产出指标: [数量指标, 质量指标], 满意度指标: [服务对象满意度指标]}
  年度: {同: 中期}
列宽: [1, 1, 2, 1, 1, 2, 1]
版式: |
  项目名称 | [项目名称] | < | 金额 | [金额] | < | <
  一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
  @中期 | < | < | < | @年度
""")

HEAD = "部门名称： 云溪市水利局\n单位：万元\n"
FIRST = "表 1\n收支总表\n" + HEAD + "收入\t\t支出\t\n项目\t2026年预算数\t项目\t2026 年预算数\n"
SECOND = "表 2\n本级支出表\n" + HEAD + "编码\t名称\t金额\n"
THIRD = "表 3\n转移支出表\n单位：万元\n编码\t名称\t金额\n\t\t0\n\n注：本年没有。\n"


def imported(text: str, template: Template = BUDGET) -> list[Imported]:
    return match(read(text.encode()), [template], "来文.txt", "set")


def cells(one: Imported, table: str) -> list[list[str]]:
    return [[row.label, *row.cells.values()] if row.label else [*row.cells.values()] for row in one.filing.rows(table)]


@pytest.fixture
def whole() -> str:
    pages = [
        FIRST + "拨款\t10\t一、服务\t7\n其他收入\t2\t日常\t4\n",
        FIRST + "\t\t专项\t3\n\t\t二、住房\t5\n收入总计\t12\t支出总计\t12\n",
        SECOND + "\t\t9\n201\t服务\t9\n20101\t日常\t4\n",
        SECOND + "20102\t专项\t5\n合计\t\t9\n",
        THIRD,
    ]
    return "\n".join(pages)


def test_sheets_that_look_alike_are_told_by_their_titles_and_make_one_filing(whole: str) -> None:
    (one,) = imported(whole)
    assert one.filing.values == {
        "单位名称": "云溪市水利局", "收入总计": "12", "支出总计": "12", "备注": "本年没有。",
    }  # fmt: skip
    assert cells(one, "本级") == [["9"], ["201", "服务", "9"], ["20101", "日常", "4"], ["20102", "专项", "5"]]
    assert cells(one, "转移") == [["0"]]
    assert (one.complete, one.unplaced, one.filing.year) == (True, (), "2026")


def test_blocks_side_by_side_are_read_each_on_its_own_over_two_pages(whole: str) -> None:
    (one,) = imported(whole)
    assert cells(one, "收入") == [["拨款", "10"], ["其他收入", "2"]]
    assert cells(one, "支出") == [
        ["一、服务", "7", "1"],
        ["日常", "4", "2"],
        ["专项", "3", "2"],
        ["二、住房", "5", "1"],
    ]


def test_a_sheet_that_is_not_there_is_told(whole: str) -> None:
    (one,) = imported(whole[: whole.index("表 3")])
    assert not one.complete
    assert {"sheets": "表3"} in [notice.params for notice in one.notices]


def test_the_same_sheets_once_more_are_another_filing(whole: str) -> None:
    first, second = imported(whole + whole.replace("云溪市", "青澜市"))
    assert [one.filing.unit.name for one in (first, second)] == ["", ""]
    assert [one.filing.values["单位名称"] for one in (first, second)] == ["云溪市水利局", "青澜市水利局"]


def test_a_computed_place_is_left_to_the_form_and_told_where_the_source_says_something_else(whole: str) -> None:
    (one,) = imported(whole)
    told = [notice.params for notice in one.notices if notice.params.get("name") == "合计数"]
    assert told == [{"name": "合计数", "value": "27", "text": "9"}]
    assert all(found.place.field != "合计数" for found in one.matches)


def test_a_computed_place_in_which_the_source_agrees_is_not_worth_a_word(whole: str) -> None:
    (one,) = imported(whole.replace("合计\t\t9", "合计\t\t27.0"))
    assert not [notice for notice in one.notices if notice.params.get("name") == "合计数"]


def test_trees_side_by_side_take_their_own_columns() -> None:
    text = (
        "两期目标表\n项目名称\t治理\t\t金额\t10\t\t\n"
        "一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t治理里程\t≥30公里\t数量指标\t治理里程\t≥10公里\n"
        "\t\t\t\t\t新建站点\t≥2个\n"
        "\t质量指标\t合格率\t100%\t质量指标\t\t\n"
        "满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t服务对象满意度指标\t群众满意度\t≥85%\n"
    )
    (one,) = imported(text, SIDES)
    found = [(i.tree, i.level2, *i.columns.values()) for i in one.filing.indicators]
    assert found == [
        ("中期", "数量指标", "治理里程", "≥30公里"),
        ("中期", "质量指标", "合格率", "100%"),
        ("中期", "服务对象满意度指标", "群众满意度", "≥90%"),
        ("年度", "数量指标", "治理里程", "≥10公里"),
        ("年度", "数量指标", "新建站点", "≥2个"),
        ("年度", "服务对象满意度指标", "群众满意度", "≥85%"),
    ]
    assert (one.unplaced, one.complete) == ((), True)
    assert {"unit": "万元"} in [notice.params for notice in one.notices]  # nothing says what 10 is in


def test_a_stated_unit_is_not_told_again() -> None:
    (one,) = imported("两期目标表\n项目名称\t治理\t\t金额（万元）\t10\t\t\n", SIDES)
    assert {"unit": "万元"} not in [notice.params for notice in one.notices]
