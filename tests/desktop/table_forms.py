"""Small and large tables for window tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from desktop.bridge import Bridge
from forms.draft import Draft
from forms.filing import Filing, Place, Row, TemplateRef
from forms.template.load import load
from forms.template.model import Template

FORM = """
语法: 1
编号: test-biaoge
模板: 表格测试表
版本: "1"
标题: 表格测试表
单位: 万元
字段: {项目: 文本}
表:
  任务:
    列:
      序号: 序号
      名称: 文本*
      内容: 长文
      总额: 金额*
      加倍: 金额 = 总额 * 2
      性质: [约束性, 指导性]
      达标: [√]
    行: 1..5
  资金:
    列: {项: 行名, 预算数: 金额, 分值: 金额, 说明: 文本}
    行: [合计, 拨款, 其他]
    无格: {拨款: [分值], 其他: [分值]}
别名: {总额: [资金总额]}
列宽: [4, 3, 6, 10, 5, 5, 5, 4]
版式: |
  项目 | [项目]
  任务 | 序号 | 任务 | < | 金额（万元） | < | 性质 | 达标
  ^ | ^ | 名称 | 内容 | 总额 | 加倍 | ^ | ^
  ^ | @任务
  资金 | | < | 预算数 | 分值 | < | 说明 | <
  ^ | @资金
"""


@cache
def form() -> Template:
    """The template of these tests."""
    return load(FORM)


def row(ident: str, **texts: str) -> Row:
    """A row of 任务, named after its id and complete unless told otherwise."""
    cells = {"名称": f"任务{ident}", "总额": "1"} | texts
    return Row(ident, {name: text for name, text in cells.items() if text})


def at(ident: str, column: str = "名称") -> Place:
    return Place(table="任务", row=ident, column=column)


def opened(rows: Sequence[Row] = (), funds: Sequence[Row] = ()) -> Bridge:
    """A filing with these rows, open."""
    template = form()
    tables = {name: tuple(kept) for name, kept in (("任务", rows), ("资金", funds)) if kept}
    reference = TemplateRef(template.id, template.version, template.digest)
    return Bridge(Draft(Filing("f", reference, tables=tables)), template)


def large(count: int) -> Bridge:
    """A filing of the same form with a table of so many rows, of texts of all lengths."""
    template = load(FORM.replace("行: 1..5\n", "行: 1..5000\n"))
    rows = tuple(row(f"r{number}", 内容="完成情况的说明" * (number % 9)) for number in range(count))
    reference = TemplateRef(template.id, template.version, template.digest)
    return Bridge(Draft(Filing("f", reference, tables={"任务": rows})), template)
