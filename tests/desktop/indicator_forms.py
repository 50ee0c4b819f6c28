"""Small and large indicator trees for window tests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.editor.tree import IndicatorView
from desktop.editor.tree_cell import CellEditor
from forms.draft import Draft
from forms.filing import Filing, Indicator, Place, TemplateRef
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
检查: {R-NAME-FORM: 关, R-NOOP: 关, R-UNIT: 关}
"""
CHOICES = """
语法: 1
编号: test-xuanxiang
模板: 选项测试表
版本: "1"
标题: 选项测试表
字段: {项目: 文本}
指标:
  列: {三级指标: 名称*, 计算符号: {选项: [≥, ≤, ＝], 角色: 符号}, 值: 数值, 依据: [计划标准, 历史标准], 已公开: [√]}
  树:
    产出指标: {数量指标: 3, 质量指标: 1, "……": 自填}
    效益指标: [经济效益指标]
  必填: [数量指标, 经济效益指标]
列宽: [4, 5, 12, 5, 5, 8, 5]
版式: |
  项目 | < | [项目]
  一级指标 | 二级指标 | 三级指标 | 指标值 | < | 依据 | 已公开
  ^ | ^ | ^ | 计算符号 | 值 | ^ | ^
  @指标
检查: {R-NAME-FORM: 关, R-NOOP: 关, R-UNIT: 关}
"""
BRANCHES = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "经济效益指标"))

QUANTITY, QUALITY, ECONOMY = BRANCHES


def form(text: str = FORM) -> Template:
    """A template of these tests, loaded anew."""
    return load(text)


def indicator(
    ident: str, branch: tuple[str, str] = QUANTITY, name: str = "", value: str = "1", **more: str
) -> Indicator:
    """An indicator called after its id unless another name is given."""
    columns = {"三级指标": name or f"指标{ident}", "指标值": value, **more}
    return Indicator(ident, *branch, {column: text for column, text in columns.items() if text})


def chosen(ident: str, branch: tuple[str, str] = QUANTITY, **texts: str) -> Indicator:
    """An indicator of the form with choices, called after its id."""
    return Indicator(ident, *branch, {"三级指标": f"指标{ident}", **texts})


def opened(indicators: Sequence[Indicator] = (), text: str = FORM) -> Bridge:
    """A filing with these indicators, open."""
    template = form(text)
    reference = TemplateRef(template.id, template.version, template.digest)
    return Bridge(Draft(Filing("f", reference, indicators=tuple(indicators))), template)


def shown(qtbot: QtBot, bridge: Bridge) -> IndicatorView:
    """The tree of a filing on the screen, between two other fields."""
    window = QWidget()
    layout = QVBoxLayout(window)
    before, after = QLineEdit(), QLineEdit()
    after.setObjectName("after")
    view = IndicatorView(bridge, bridge.template.sheets[0].blocks[0])
    for widget in (before, view, after):
        layout.addWidget(widget)
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    view.window_kept = window  # type: ignore[attr-defined]  # a widget without an owner would be gone
    return view


def editor(view: IndicatorView) -> CellEditor:
    """The open editor of a text, which is expected to be there."""
    found = view.cell_editor()
    assert isinstance(found, CellEditor)
    return found


def at(ident: str, column: str = "三级指标") -> Place:
    """The place of a cell."""
    return Place(indicator=ident, column=column)


def place(view: IndicatorView) -> Place:
    """The place the caret is at."""
    return view.tree_model.place(view.currentIndex())


def rows(view: IndicatorView, branch: tuple[str, str]) -> list[str]:
    """The names under a branch in the filing."""
    kept = view.bridge.filing.indicators
    return [one.columns.get("三级指标", "") for one in kept if (one.level1, one.level2) == branch]


def in_row(view: IndicatorView, qtbot: QtBot, ident: str) -> None:
    """Go to a row and leave its cell."""
    view.reveal(at(ident))
    qtbot.keyClick(editor(view), Qt.Key.Key_Escape)
    assert view.cell_editor() is None


def thousand() -> Bridge:
    """A filing of 1,000 indicators in all the branches, with names of all lengths."""
    made = []
    for number in range(1_000):
        name = f"第 {number} 项任务按期完成并经县级验收合格" * (1 + number % 3)
        made.append(indicator(f"i{number}", BRANCHES[number % 3], name, f"≥{number % 100}%", 权重="0.1"))
    return opened(made)
