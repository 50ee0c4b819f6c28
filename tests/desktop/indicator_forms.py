"""Small and large indicator trees for window tests."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.bridge import Bridge
from forms.draft import Draft
from forms.filing import Filing, Indicator, TemplateRef
from forms.template.load import load
from forms.template.model import Template

FORM = """
语法: 1
编号: test-zhibiao
模板: 指标测试表
版本: "1"
标题: 指标测试表
单位: 万元
字段: {项目: 文本}
指标:
  列: {三级指标: 名称*, 指标值: 指标值*, 完成数: 整数, 权重: 权重, 加倍: 金额 = 权重 * 2}
  树:
    产出指标: [数量指标, 质量指标, {"……": 自填}]
    效益指标: [经济效益指标]
列宽: [4, 5, 6, 14, 12, 8, 8, 8]
版式: |
  项目 | < | < | [项目]
  绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成数 | 权重 | 加倍
  ^ | @指标
"""
BRANCHES = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "经济效益指标"))

QUANTITY, QUALITY, ECONOMY = BRANCHES


def form() -> Template:
    """The template of these tests, loaded anew."""
    return load(FORM)


def indicator(
    ident: str, branch: tuple[str, str] = QUANTITY, name: str = "", value: str = "1", **more: str
) -> Indicator:
    """An indicator called after its id unless another name is given."""
    columns = {"三级指标": name or f"指标{ident}", "指标值": value, **more}
    return Indicator(ident, *branch, {column: text for column, text in columns.items() if text})


def opened(indicators: Sequence[Indicator] = ()) -> Bridge:
    """A filing with these indicators, open."""
    template = form()
    reference = TemplateRef(template.id, template.version, template.digest)
    return Bridge(Draft(Filing("f", reference, indicators=tuple(indicators))), template)


def thousand() -> Bridge:
    """A filing of 1,000 indicators in all the branches, with names of all lengths."""
    made = []
    for number in range(1_000):
        name = f"第 {number} 项任务按期完成并经县级验收合格" * (1 + number % 3)
        made.append(indicator(f"i{number}", BRANCHES[number % 3], name, f"≥{number % 100}%", 权重="0.1"))
    return opened(made)
