"""Reports: long lines are shown whole at any width, results in the colour of what they mean."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.dialogs.reports import ReportTree

LONG = "来源未签名：不能证明由谁填报，请与盖章纸质件上的核验码核对。" * 5


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def tree(owner: QWidget) -> ReportTree:
    made = ReportTree("reports", owner)
    made.resize(900, 300)
    owner.show()
    return made


def height(tree: ReportTree, item: QTreeWidgetItem) -> int:
    return tree.visualItemRect(item).height()


def test_a_long_line_is_as_high_as_its_words_at_the_width_there_is(tree: ReportTree, qtbot: QtBot) -> None:
    item = tree.add("表.zip", "完整", "good")
    short, long = tree.tell(item, "完整。"), tree.tell(item, LONG)
    assert item.isExpanded()
    letter = tree.fontMetrics().height()
    assert height(tree, short) < 2 * letter <= height(tree, long)
    wide = height(tree, long)
    tree.resize(450, 300)
    qtbot.waitUntil(lambda: height(tree, long) > wide)


def test_a_result_may_change_with_its_colour(tree: ReportTree) -> None:
    item = tree.add("表.zip", "可以导出", "good")
    assert item.foreground(1).color() == theme.colour("good")
    before = tree.columnWidth(1)
    tree.judge(item, "没有导出，因为文件夹写不进去", "error")
    assert item.foreground(1).color() == theme.colour("error")
    assert tree.columnWidth(1) > before
