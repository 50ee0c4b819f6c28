"""A form with everything the checks look at, filled in with a few words, and what one check finds in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms.filing import Filing, Indicator, Place, Row
from forms.problem import Problem
from forms.rules import Review
from forms.template.load import load
from tests.forms.filled_forms import blank

FORM = load(
    """
语法: 1
编号: looked-over
模板: 样样都看的表
版本: "1"
单位: 万元
期间: [年度]
字段:
  项目名称: 文本
  填报单位: 文本
  实施年度: 年度
  开始时间: 文本
  完成时间: 文本
  资金需求: 金额
  财政资金: 金额
  其他资金: 金额
  第一季度: 百分比
  第二季度: 百分比
  第三季度: 百分比
  第四季度: 百分比
  资金用途: 长文
  实施内容: 长文
  政策依据: 长文
  总体目标: 长文
  审核意见: 长文
表:
  任务:
    列: {任务名称: 文本, 主要内容: 长文, 预算金额: 金额, 任务目标: 长文}
    行: 0..40
指标:
  列: {三级指标: 名称, 指标解释: 描述, 目标值: 指标值, 确定依据: 依据, 权重: 权重}
  树:
    产出指标: [数量指标, 质量指标, 时效指标, 成本指标]
    效益指标: [经济效益指标, 社会效益指标, 生态效益指标, 可持续影响指标, {"……": 自填}]
    满意度指标: [服务对象满意度指标]
列宽: [1, 1, 1, 1, 1, 1, 1]
版式: |
  [项目名称] | [填报单位] | [实施年度] | [开始时间] | [完成时间] | [审核意见] | <
  [资金需求] | [财政资金] | [其他资金] | [第一季度] | [第二季度] | [第三季度] | [第四季度]
  [资金用途] | [实施内容] | [政策依据] | [总体目标] | < | < | <
  任务名称 | 主要内容 | 预算金额 | 任务目标 | < | < | <
  @任务
  一级指标 | 二级指标 | 三级指标 | 指标解释 | 目标值 | 确定依据 | 权重
  @指标
"""
)

LEVEL1 = {branch.label: limb.label for limb in FORM.trees["指标"].limbs for branch in limb.branches}

Line = tuple[str, str, str] | tuple[str, str, str, Mapping[str, str]]


def filled(
    fields: Mapping[str, str] | None = None, lines: Sequence[Line] = (), tasks: Sequence[Mapping[str, str]] = ()
) -> Filing:
    """A filing of 2026: these fields, indicators (二级 without 指标, name, value, other columns) and tasks."""
    rows = tuple(Row(f"r{number}", dict(cells)) for number, cells in enumerate(tasks))
    return blank(
        FORM,
        values=dict(fields or {}),
        tables={"任务": rows} if rows else {},
        indicators=tuple(_indicator(f"i{number}", *line) for number, line in enumerate(lines)),
    )


def _indicator(ident: str, level2: str, name: str, value: str, others: Mapping[str, str] | None = None) -> Indicator:
    branch = f"{level2}指标" if f"{level2}指标" in LEVEL1 else level2
    typed = {"三级指标": name, "目标值": value, **(others or {})}
    return Indicator(ident, LEVEL1.get(branch, "效益指标"), branch, {key: text for key, text in typed.items() if text})


def found(rule: str, filing: Filing) -> list[Problem]:
    """What one check finds."""
    return [one for one in Review(FORM, filing).problems if one.rule == rule]


def in_field(rule: str, name: str, text: str) -> list[Problem]:
    """What one check finds where nothing but this field is filled in."""
    return [one for one in found(rule, filled({name: text})) if one.at == Place(field=name)]


def in_line(rule: str, level2: str, name: str, value: str, **columns: str) -> list[Problem]:
    """What one check finds in a single indicator."""
    return [one for one in found(rule, filled(lines=[(level2, name, value, columns)])) if one.at.indicator == "i0"]


def marked(problem: Problem, filing: Filing) -> str:
    """The characters a problem points at."""
    assert problem.span is not None
    return filing.text(problem.at)[slice(*problem.span)]
