"""The headings above tables and trees: the paper's own cells over exactly the columns of the view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from desktop.editor.heads import BlockHeader, Head
from forms.template.load import load
from forms.template.model import Template

FORM = """
语法: 1
编号: test-biaotou
模板: 表头测试表
版本: "1"
标题: 表头测试表
字段: {项目: 文本}
表:
  收入: {列: {层次: 整数, 收入项目: 文本, 收入数: 金额}, 行: 1..9, 级: 层次}
  支出: {列: {支出项目: 文本, 支出数: 金额}, 行: 1..9}
  任务: {列: {任务名称: 文本, 总额: 金额, 财政: 金额, 其他: 金额, 备注: 文本}, 行: 1..9}
  措施: {列: {措施: 长文}, 行: 1..9, 样: "{n}.{措施}"}
列宽: [4, 2, 4, 2, 4]
版式: |
  项目 | [项目]
  收入 | < | 支出 | < | 合计
  收入项目 | 收入数 | 支出项目 | 支出数 | ^
  @收入 | < | @支出 | < | ^
  任务名称 | 预算金额（万元） | < | < | 备注
  ^ | 总额 | 财政 | 其他 | ^
  @任务
  # 措施
  @措施
"""


@pytest.fixture(scope="module")
def template() -> Template:
    return load(FORM)


def over(qtbot: QtBot, template: Template, name: str, sections: list[str]) -> BlockHeader:
    """The header of a block over a view with these sections, all 80 wide."""
    sheet = template.sheets[0]
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(0, len(sections), view)
    model.setHorizontalHeaderLabels(sections)
    header = BlockHeader(sheet, next(one for one in sheet.blocks if one.name == name), view)
    view.setHorizontalHeader(header)
    view.setModel(model)
    for section in range(len(sections)):
        view.setColumnWidth(section, 80)
    view.resize(600, 200)
    view.show()
    header.view_kept = view  # type: ignore[attr-defined]  # a widget without an owner would be gone
    return header


def test_cells_are_merged_across_and_down_as_on_paper(qtbot: QtBot, template: Template) -> None:
    header = over(qtbot, template, "任务", ["任务名称", "总额", "财政", "其他", "备注"])
    assert header.heads() == [
        Head(0, 0, 0, 2, "任务名称"),
        Head(1, 3, 0, 1, "预算金额（万元）"),
        Head(4, 4, 0, 2, "备注"),
        Head(1, 1, 1, 1, "总额"),
        Head(2, 2, 1, 1, "财政"),
        Head(3, 3, 1, 1, "其他"),
    ]


def test_of_two_blocks_side_by_side_each_has_its_own_headings(qtbot: QtBot, template: Template) -> None:
    words = [head.text for head in over(qtbot, template, "支出", ["支出项目", "支出数"]).heads()]
    assert words == ["支出", "支出项目", "支出数"]


def test_a_column_that_is_not_drawn_has_its_name_beside_all_rows(qtbot: QtBot, template: Template) -> None:
    heads = over(qtbot, template, "收入", ["层次", "收入项目", "收入数"]).heads()
    assert heads[0] == Head(0, 0, 0, 2, "层次")
    assert heads[1] == Head(1, 2, 0, 1, "收入")


def test_a_block_without_headings_has_the_names_of_its_columns(qtbot: QtBot, template: Template) -> None:
    assert over(qtbot, template, "措施", ["措施"]).heads() == [Head(0, 0, 0, 1, "措施")]


def test_columns_in_another_order_part_what_was_merged(qtbot: QtBot, template: Template) -> None:
    heads = over(qtbot, template, "任务", ["总额", "任务名称", "财政", "其他"]).heads()
    assert [(one.first, one.last) for one in heads if one.text.startswith("预算")] == [(0, 0), (2, 3)]


def test_it_is_as_high_as_its_words_need_in_their_widths(qtbot: QtBot, template: Template) -> None:
    header = over(qtbot, template, "任务", ["任务名称", "总额", "财政", "其他", "备注"])
    wide = header.sizeHint().height()
    for section in (1, 2, 3):
        header.resizeSection(section, 20)
    assert header.sizeHint().height() > wide
    font = header.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    before = header.sizeHint().height()
    header.setFont(font)
    assert header.sizeHint().height() > before


def test_lines_are_drawn_around_cells_and_not_through_them(qtbot: QtBot, template: Template) -> None:
    header = over(qtbot, template, "任务", ["任务名称", "总额", "财政", "其他", "备注"])
    for section in range(5):
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.resizeSection(section, 80)
    image = header.grab().toImage()
    row = header.sizeHint().height() // 2
    ground = image.pixelColor(3, 3)
    assert image.pixelColor(200, row - 1) != ground or image.pixelColor(200, row) != ground  # under 预算金额
    assert image.pixelColor(5, row - 1) == image.pixelColor(5, row) == ground  # through 任务名称 goes none
    assert image.pixelColor(159, row + 5) != ground  # between 总额 and 财政
    assert image.pixelColor(159, 3) == ground  # above them there is nothing to part
