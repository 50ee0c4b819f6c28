"""What is said of one entry alone, and offers of repair that repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.entries import row_problems
from forms.filing import Filing, Indicator, Place, Row
from forms.problem import Problem, Severity
from forms.rules import Review
from forms.template.load import load
from forms.template.model import Template
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, filings

KINDS = load(
    """
语法: 1
编号: kinds
模板: 各种
版本: "1"
单位: 万元
字段:
  必: 文本*
  金: 金额
  率: 百分比.1
  年: 年度
  日: 日期
  整: 整数
  选: [约束性, 指导性]
  短: 文本3
  算: 金额* = 金 + 1
表:
  任务: {列: {名: 文本*, 数: 金额*}, 行: 2..3}
  固定: {列: {项: 行名, 数: 金额*}, 行: [头, 尾], 无格: {尾: [数]}}
指标:
  列: {三级指标: 名称*3, 指标值: 指标值*, 依据: 依据}
  树: {产出: [数量], 效益: [经济]}
  至少: 2
  必填: [效益, 数量]
列宽: [1, 1, 1, 1, 1, 1, 1, 1, 1]
版式: |
  [必] | [金] | [率] | [年] | [日] | [整] | [选] | [短] | [算]
  名 | < | < | < | 数 | < | < | < | <
  @任务
  项 | < | < | < | 数 | < | < | < | <
  @固定
  一级指标 | 二级指标 | 三级指标 | 指标值 | 依据 | < | < | < | <
  @指标
"""
)


def problems(filing: Filing, *, at: Place | None = None) -> list[Problem]:
    return [one for one in Review(KINDS, filing).problems if at is None or one.at == at]


@pytest.mark.parametrize(
    ("name", "typed", "rule", "severity", "fix"),
    [
        ("必", " ", "R-REQ", Severity.ERROR, None),
        ("金", "220万", "R-MONEY-FMT", Severity.ERROR, "改为“220”"),
        ("金", "2200000元", "R-MONEY-FMT", Severity.ERROR, "改为“220”"),
        ("金", "很多", "R-MONEY-FMT", Severity.ERROR, None),
        ("率", "25.55", "R-PLAN-FMT", Severity.ERROR, None),
        ("年", "汕尾市2022年执法装备", "R-YEAR", Severity.ERROR, "改为“2022”"),
        ("日", "2022年2月30日", "R-DATE", Severity.ERROR, None),
        ("整", "187人", "R-NUM-FMT", Severity.ERROR, "改为“187”"),
        ("选", "指导性任务", "R-ENUM", Severity.WARNING, "改为“指导性”"),
        ("短", "四个字了", "R-LEN", Severity.ERROR, None),
    ],
)
def test_a_field_says_what_is_wrong(name: str, typed: str, rule: str, severity: Severity, fix: str | None) -> None:
    (problem,) = problems(blank(KINDS, values={"必": "有", name: typed}), at=Place(field=name))
    assert (problem.rule, problem.severity) == (rule, severity)
    assert (str(problem.fix) if problem.fix else None) == fix or rule == "R-PLAN-FMT"
    assert str(problem).endswith("。")


def test_spans_mark_the_text_that_is_meant() -> None:
    (long,) = problems(blank(KINDS, values={"短": "四个字了呀"}), at=Place(field="短"))
    assert long.span == (3, 5)
    (unread,) = problems(blank(KINDS, values={"金": "220万"}), at=Place(field="金"))
    assert unread.span == (0, 4)


def test_a_computed_field_is_never_asked_for() -> None:
    assert not problems(blank(KINDS), at=Place(field="算"))


def test_an_empty_row_is_neutral_and_a_begun_one_must_be_finished() -> None:
    table = (Row("a", {}), Row("b", {"名": "一"}), Row("c", {"名": " "}))
    filing = blank(KINDS, tables={"任务": table})
    assert [one.at.row for one in problems(filing) if one.at.row] == ["b"]
    assert str(problems(filing, at=Place(table="任务"))[0]) == "表“任务”至少要填 2 行，现有 1 行。"


def test_rows_beyond_the_last_are_too_many() -> None:
    table = tuple(Row(f"r{n}", {"名": "一", "数": "1"}) for n in range(4))
    (problem,) = problems(blank(KINDS, tables={"任务": table}), at=Place(table="任务"))
    assert str(problem) == "表“任务”至多 3 行，现有 4 行。"


def test_a_cell_that_does_not_exist_is_not_asked_for() -> None:
    table = (Row("a", {"项": "x"}, "头"), Row("b", {"项": "x"}, "尾"))
    assert [one.at.row for one in problems(blank(KINDS, tables={"固定": table})) if one.at.row] == ["a"]


def test_an_indicator_needs_a_name_and_a_value() -> None:
    some = (
        Indicator("a", "产出", "数量", {}),
        Indicator("b", "产出", "数量", {"指标值": "≥1"}),
        Indicator("c", "产出", "数量", {"三级指标": "-", "指标值": "≥1"}),
        Indicator("d", "产出", "数量", {"三级指标": "名"}),
        Indicator("e", "产出", "数量", {"三级指标": "名称太长", "指标值": "1"}),
    )
    grave = [one for one in problems(blank(KINDS, indicators=some)) if one.severity is Severity.ERROR]
    told = {one.at.indicator: one.rule for one in grave if one.at.indicator}
    assert told == {"b": "R-NAME-EMPTY", "c": "R-NAME-EMPTY", "d": "R-VAL-EMPTY", "e": "R-LEN"}


def test_a_tree_asks_for_its_least_and_its_required_branches() -> None:
    one = Indicator("a", "产出", "数量", {"三级指标": "名", "指标值": "1"})
    said = [str(problem) for problem in problems(blank(KINDS, indicators=(one,)), at=Place(table="指标"))]
    assert said == ["至少要填 2 条指标，现有 1 条。", "“效益”下至少要有一条指标。"]
    other = Indicator("b", "效益", "经济", {"三级指标": "名", "指标值": "1"})
    assert not problems(blank(KINDS, indicators=(one, other)), at=Place(table="指标"))


@pytest.mark.parametrize("template", [*TEMPLATES, KINDS], ids=lambda template: template.id)
@given(st.data())
@FEW
def test_every_repair_on_offer_mends_what_it_is_for(template: Template, data: st.DataObject) -> None:
    filing = data.draw(filings(template))
    for problem in Review(template, filing).problems:
        if problem.fix is None:
            continue
        mended = filing
        for command in problem.fix.commands:
            mended, _ = command.apply(mended)
        left = [(one.rule, one.at) for one in Review(template, mended).problems]
        assert (problem.rule, problem.at) not in left


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
@given(st.data())
@FEW
def test_spans_lie_within_the_text_and_sentences_are_whole(template: Template, data: st.DataObject) -> None:
    filing = data.draw(filings(template))
    for problem in Review(template, filing).problems:
        if problem.span:
            start, end = problem.span
            assert 0 <= start < end <= len(filing.text(problem.at))
        assert problem.dimension in ("完整性", "相关性", "适当性", "可行性")
        assert str(problem)


def test_a_row_of_an_outline_without_its_level_is_told_for_no_sum_would_look_at_it() -> None:
    template = BY_ID["sz-bumen-2023"]
    table = next(one for one in template.tables.values() if one.level_column and not one.level_lengths)
    row = Row("r1", {table.columns[1].name: "一般公共服务"})
    (found,) = [one for one in row_problems(template, table, row) if one.rule == "R-LEVEL"]
    assert (found.at.column, found.severity) == (table.level_column, Severity.WARNING)
    levelled = Row("r1", row.cells | {table.level_column: "1"})
    assert not [one for one in row_problems(template, table, levelled) if one.rule == "R-LEVEL"]
    assert not [one for one in row_problems(template, table, Row("r2", {})) if one.rule == "R-LEVEL"]
