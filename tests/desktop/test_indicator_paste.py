"""Rows of the indicator tree through the clipboard: from other programs after a look at them, our own at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from desktop.dialogs.pasting import PasteDialog
from desktop.editor.tree import IndicatorView
from desktop.editor.tree_clipboard import pasted
from forms.commands import SetValue
from tests.desktop.conftest import children
from tests.desktop.indicator_forms import (
    CHOICES,
    ECONOMY,
    QUALITY,
    QUANTITY,
    at,
    chosen,
    editor,
    in_row,
    indicator,
    opened,
    place,
    rows,
    shown,
)

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot) -> IndicatorView:
    return shown(qtbot, opened([indicator("a"), indicator("b"), indicator("c", QUALITY)]))


def waiting(view: IndicatorView, branch: tuple[str, str]) -> None:
    """Go into the row that waits in an empty branch."""
    view.go_to(view.tree_model.index(0, 0, view.tree_model.branch_index(*branch)))


def asked(view: IndicatorView) -> PasteDialog:
    """The dialog that shows what would be pasted."""
    (found,) = [one for one in children(view, PasteDialog) if one.isVisible()]
    return found


def preview(dialog: PasteDialog) -> list[list[str]]:
    """The cells a dialog shows, its headings first."""
    (table,) = children(dialog, QTableView)
    model = table.model()
    columns = range(model.columnCount())
    head = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    return [head, *([str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount()))]


def test_copied_rows_come_back_with_their_branches_and_without_a_question(view: IndicatorView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a"), '两行\n带"引号"'))
    view.choose([view.tree_model.find(at("a")), view.tree_model.find(at("c"))])
    view.rows.copy()
    assert QGuiApplication.clipboard().text().startswith('产出指标\t数量指标\t"两行\n带""引号"""\t1\t')
    in_row(view, qtbot, "b")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    assert not children(view, PasteDialog)
    assert rows(view, QUANTITY) == ['两行\n带"引号"', "指标b", '两行\n带"引号"']
    assert rows(view, QUALITY) == ["指标c", "指标c"]
    assert view.bridge.draft.undo_title == "粘贴指标"
    view.bridge.undo()
    assert len(view.bridge.filing.indicators) == 3


def test_rows_of_another_form_are_looked_at(view: IndicatorView, qtbot: QtBot) -> None:
    other = shown(qtbot, opened([chosen("x", 计算符号="≥", 值="5")], CHOICES))
    in_row(other, qtbot, "x")
    qtbot.keyClick(other, Key.Key_C, CTRL)
    in_row(view, qtbot, "c")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    assert preview(asked(view))[1][2:5] == ["指标x", "≥", "5"]
    asked(view).reject()
    in_row(other, qtbot, "x")
    qtbot.keyClick(other, Key.Key_V, CTRL)
    assert rows(other, QUANTITY) == ["指标x", "指标x"]


def test_a_table_from_elsewhere_is_looked_at_before_it_fills_the_empty_row_and_goes_on_below(
    view: IndicatorView, qtbot: QtBot,
) -> None:  # fmt: skip
    QGuiApplication.clipboard().setText("甲\t1\r\n乙\t2\t两个\r\n\r\n丙\t3\t4\t5\t6\t多出来的\t还有\r\n")
    waiting(view, ECONOMY)
    before = view.bridge.filing
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    assert view.bridge.filing is before
    dialog = asked(view)
    head, first, second, third = preview(dialog)
    assert head == ["一级指标", "二级指标", "三级指标", "指标值", "完成数", "权重", "加倍"]
    assert first[:4] == ["效益指标", "经济效益指标", "甲", "1"]
    assert second[4].startswith("两个\n必须改：")
    assert third[2:6] == ["丙", "3", "4", "5"]
    dialog.accept()
    assert rows(view, ECONOMY) == ["甲", "乙", "丙"]
    assert view.bridge.filing.indicators[-1].columns == {"三级指标": "丙", "指标值": "3", "完成数": "4", "权重": "5"}
    assert editor(view).text() == "甲"
    view.bridge.undo()
    assert rows(view, ECONOMY) == []


def test_a_look_that_is_cancelled_changes_nothing(view: IndicatorView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("甲\t1\n乙\t2\n")
    before = view.bridge.filing
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    qtbot.keyClick(asked(view), Key.Key_Escape)
    assert view.bridge.filing is before
    assert not view.bridge.draft.can_undo


def test_cells_pasted_into_a_cell_go_over_the_rows_from_there_on(view: IndicatorView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("7\t70\n8\t80\n9\t90\n")
    view.reveal(at("a", "指标值"))
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    dialog = asked(view)
    assert [row[2:5] for row in preview(dialog)[1:]] == [["指标a", "7", "70"], ["指标b", "8", "80"], ["", "9", "90"]]
    dialog.accept()
    kept = [one.columns for one in view.bridge.filing.indicators if one.level2 == QUANTITY[1]]
    assert [(one.get("三级指标"), one["指标值"], one["完成数"]) for one in kept] == [
        ("指标a", "7", "70"), ("指标b", "8", "80"), (None, "9", "90"),
    ]  # fmt: skip
    assert place(view) == at("a", "指标值")
    view.bridge.undo()
    assert not view.bridge.draft.can_undo


def test_in_row_mode_they_become_new_rows(view: IndicatorView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("甲\t1\n乙\t2\n")
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    asked(view).accept()
    assert rows(view, QUANTITY) == ["指标a", "甲", "乙", "指标b"]
    assert len(view.rows.chosen()) == 2


@pytest.mark.parametrize(
    ("text", "html", "entered"),
    [
        ('"一行\n两行"\n', "<table><tr><td>一行<br>两行</td></tr></table>", "一行\n两行"),
        ("一段\n又一段", "<p>一段</p><p>又一段</p>", "一段\n又一段"),
        ('写着 2" 的', "", '写着 2" 的'),
    ],
)
def test_a_single_cell_and_prose_are_texts_like_any_other(
    view: IndicatorView, qtbot: QtBot, text: str, html: str, entered: str
) -> None:
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    waiting(view, ECONOMY)
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    assert not children(view, PasteDialog)
    assert rows(view, ECONOMY) == [entered]


def test_a_column_of_a_spreadsheet_becomes_rows(view: IndicatorView, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("甲\n乙\n")
    data.setHtml("<TABLE><tr><td>甲</td></tr><tr><td>乙</td></tr></TABLE>")
    QGuiApplication.clipboard().setMimeData(data)
    waiting(view, ECONOMY)
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    asked(view).accept()
    assert rows(view, ECONOMY) == ["甲", "乙"]


def test_rows_fill_the_waiting_rows_of_the_blank_form(qtbot: QtBot) -> None:
    view = shown(qtbot, opened([chosen("a")], CHOICES))
    QGuiApplication.clipboard().setText("甲\t≥\t5\n乙\t至少\t6\n丙\t≤\t7\n")
    quantity = view.tree_model.branch_index(*QUANTITY)
    view.go_to(view.tree_model.index(1, 0, quantity))
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    asked(view).accept()
    assert rows(view, QUANTITY) == ["指标a", "甲", "乙", "丙"]
    assert view.tree_model.rowCount(quantity) == 4
    assert editor(view).text() == "甲"


def test_a_heading_tells_which_column_is_which_and_notes_what_is_unusual(view: IndicatorView) -> None:
    text = "指标值\t二级指标\t一级指标\t三级指标\t加倍\n≥3\t甲类\t产出指标\t名字\t9\t多的\n"
    found = pasted(view.tree_model, text)
    assert found.rows == ((("产出指标", "甲类"), {"三级指标": "名字", "指标值": "≥3"}),)
    assert found.notes == (
        "右边多出 1 格，并入“加倍”。",
        "“加倍”由程序计算，贴来的内容不要。",
        "表样里没有“产出指标 甲类”，这些行会另成一类。",
    )
    assert pasted(view.tree_model, "\n \n").rows == ()
