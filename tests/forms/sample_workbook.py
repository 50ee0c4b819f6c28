"""A small form with every way a number can stand in a cell, and workbooks made of it."""

from __future__ import annotations

import io

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from forms.filing import Filing, Indicator, Row, TemplateRef
from forms.grid.arrange import arrange
from forms.render.xlsx import render
from forms.rules import Review
from forms.template.model import Template

TEMPLATE_TEXT = """\
语法: 1
编号: test-form
模板: 测试表
版本: "1"
适用: 测试
标题: "{名称}测试表"
单位: 万元
期间: [年度]
字段:
  名称: 文本*
  年份: 年度
  总额: 金额
  财政: 金额
  其他: 金额
  甲: 金额
  乙: 金额
  一季: 百分比
  二季: 百分比
  三季: 百分比
  说明: 长文
  类别: [甲类, 乙类]
表:
  任务:
    列: {任务名称: 文本, 金额: 金额}
    行: 2..20
指标:
  列: {三级指标: 名称, 指标值: 指标值}
  树:
    产出指标: [数量指标, 质量指标]
列宽: [4, 14, 18, 18, 18]
版式: |
  名称   | < | [名称] | 年份 | [年份]年
  金额   | 总额 | [总额] | 其中：财政 | [财政]万元
  ^      | 其他 | 其他[其他]万元 | 类别 | [类别□]
  ^      | 用途 | 甲[甲]万元，乙[乙]万元
  进度   | < | [一季] | [二季] | [三季]
  说明   | < | [说明]
  任务   | 任务名称 | < | < | 金额
  ^      | @任务
  指标   | 一级指标 | 二级指标 | 三级指标 | 指标值
  ^      | @指标
规则:
  相等: 总额 = 财政 + 其他 | 总额 {左} 不等于 {右}，差 {差}。
  为正: 总额 > 0 | 总额应大于零。
  合计: 总额 = SUM(任务[金额]) | 合计不符。
  条数: 提示 COUNTA(指标[三级指标]) >= 2 | 至少两条。
  不减: 警告 不减(一季, 二季, 三季) | 进度不应减少。
  都有: AND(总额 > 0, 财政 > 0) | 都应大于零。
  或者: OR(总额 > 100, 财政 > 100) | 应有一项大于一百。
  唯一: 唯一(任务[任务名称]) | 任务重复。
  查找: 总额 = XLOOKUP(名称, 任务[任务名称], 任务[金额]) | 与任务不符。
  分散: 甲 + 乙 = 总额 | 甲乙之和不符。
  年份: 年份 >= 2020 | 年份太早。
  空白: OR(ISBLANK(说明), LEN(说明) > 3) | 说明太短。
  清单: 总额 = 任务清单!总额 | 与清单不符。
  逐行: 警告 逐行 任务 AND(金额 > 100, 金额 <= 总额) | 这一行不对。
  关掉: 总额 > 0 | 不看。
检查: {关掉: 关, 唯一: 提示}
"""
FULL = {
    "名称": "丙", "年份": "2022", "总额": "1,354.00", "财政": "1000.5", "其他": "353.5", "甲": "1000", "乙": "354",
    "类别": "乙类",     "一季": "25%", "二季": "50", "三季": "100.00", "说明": "四个字的", "指标": "率 数",
}  # fmt: skip
TASKS = (("甲", "1000"), ("丙", "354"))


def filing_of(template: Template, values: dict[str, str], tasks: tuple[tuple[str, str], ...] = ()) -> Filing:
    rows = tuple(Row(f"r{n}", {"任务名称": name, "金额": money}) for n, (name, money) in enumerate(tasks))
    filled = {name: text for name, text in values.items() if name in template.fields}
    indicators = tuple(
        Indicator(f"i{n}", "产出指标", "数量指标", {"三级指标": name, "指标值": "=100%"})
        for n, name in enumerate(values.get("指标", "").split())
    )
    reference = TemplateRef(template.id, template.version, template.digest)
    return Filing("0123456789abcdef", reference, values=filled, tables={"任务": rows}, indicators=indicators)


def drawn(template: Template, filing: Filing, *, code: str = "", verdicts: dict[str, str] | None = None) -> bytes:
    grids = arrange(template, filing, Review(template, filing).computed)
    return render(grids, template, filing, code=code, verdicts=verdicts)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_of(data: bytes) -> Worksheet:
    return opened(data).worksheets[0]


def cell_with(sheet: Worksheet, value: object) -> SheetCell:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    found = [cell for cell in cells if isinstance(cell, SheetCell) and cell.value == value]
    assert found, value
    return found[0]
