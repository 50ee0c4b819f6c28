"""Cells of the indicator tree with choices and boxes, and the rows a blank form keeps free."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.editor.tree import IndicatorView
from desktop.editor.tree_choice import ChoiceCell, TickCell
from desktop.models.indicator_texts import Ask
from forms.commands import DropIndicator, SetValue
from forms.filing import Place
from tests.desktop.conftest import children
from tests.desktop.indicator_forms import (
    CHOICES,
    ECONOMY,
    QUALITY,
    QUANTITY,
    at,
    chosen,
    opened,
    place,
    rows,
    shown,
)

Key = Qt.Key
FREE = ("产出指标", "……")


@pytest.fixture
def view(qtbot: QtBot) -> IndicatorView:
    """The tree with choices: one indicator of three rows kept free, and one of a branch of one."""
    return shown(qtbot, opened([chosen("a", 计算符号="≥"), chosen("b", QUALITY, 已公开="是")], CHOICES))


def choice(view: IndicatorView) -> ChoiceCell:
    found = view.cell_editor()
    assert isinstance(found, ChoiceCell)
    return found


def box(view: IndicatorView) -> TickCell:
    found = view.cell_editor()
    assert isinstance(found, TickCell)
    return found


def text(view: IndicatorView, where: Place) -> str:
    return view.bridge.filing.text(where)


def row(view: IndicatorView, branch: tuple[str, str], number: int, column: int = 0) -> None:
    """Go into a cell of a row of a branch."""
    view.go_to(view.tree_model.index(number, column, view.tree_model.branch_index(*branch)))


def idents(view: IndicatorView, branch: tuple[str, str]) -> list[str]:
    """The ids of the rows of a branch as they are shown, empty for those that wait."""
    model = view.tree_model
    found = [model.node(model.index(at, 0, model.branch_index(*branch))) for at in range(len(_nodes(view, branch)))]
    return [node.ident for node in found if node is not None]


def _nodes(view: IndicatorView, branch: tuple[str, str]) -> list[object]:
    return next(list(one.children) for one in view.tree_model.branches() if one.branch == branch)


# --- choices


def test_f4_and_the_arrow_offer_the_choices_and_the_one_taken_goes_in_like_typing(
    view: IndicatorView, qtbot: QtBot
) -> None:
    view.reveal(at("a", "计算符号"))
    qtbot.keyClick(choice(view), Key.Key_F4)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["≥", "≤", "＝"]
    assert not children(menu, QLineEdit)
    assert not children(menu, QTextEdit)
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    assert text(view, at("a", "计算符号")) == "≤"
    assert choice(view).text() == "≤"
    (arrow,) = children(choice(view), QToolButton)
    qtbot.mouseClick(arrow, Qt.MouseButton.LeftButton)
    again = QApplication.activePopupWidget()
    assert isinstance(again, QMenu)
    again.actions()[2].trigger()
    again.close()
    assert text(view, at("a", "计算符号")) == "＝"
    view.bridge.undo()
    assert text(view, at("a", "计算符号")) == "≥"


def test_what_is_no_choice_is_kept_as_typed_and_only_remarked(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "依据"))
    commit = QInputMethodEvent()
    commit.setCommitString("部门自定")
    QApplication.sendEvent(choice(view), commit)
    qtbot.keyClick(choice(view), Key.Key_Tab)
    assert text(view, at("a", "依据")) == "部门自定"
    assert view.tree_model.find(at("a", "依据")).data(Ask.SEVERITY) == ""  # somebody is still at work on the row
    view.tree_model.set_quiet("")
    assert view.tree_model.find(at("a", "依据")).data(Ask.SEVERITY) == "warning"


def test_the_wheel_changes_neither_a_choice_nor_a_box(view: IndicatorView) -> None:
    before = view.bridge.filing
    for column in ("计算符号", "已公开"):
        view.reveal(at("a", column))
        editor = view.cell_editor()
        assert editor is not None
        target = editor.viewport() if isinstance(editor, ChoiceCell) else editor
        for turn in (-240, 240):
            wheel = QWheelEvent(
                QPointF(3, 3), QPointF(3, 3), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(target, wheel)
    assert view.bridge.filing is before


# --- boxes


def test_a_click_ticks_a_box_and_another_one_empties_it(view: IndicatorView, qtbot: QtBot) -> None:
    cell = view.tree_model.find(at("a", "已公开"))
    assert cell.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(cell).center())
    assert text(view, at("a", "已公开")) == "√"
    assert cell.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    qtbot.mouseClick(box(view), Qt.MouseButton.LeftButton)
    assert text(view, at("a", "已公开")) == ""
    view.bridge.undo()
    assert not view.bridge.draft.can_undo


def test_the_keys_of_a_box_are_those_of_a_cell(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "依据"))
    qtbot.keyClick(choice(view), Key.Key_Tab)
    assert place(view) == at("a", "已公开")
    qtbot.keyClick(box(view), Key.Key_Space)
    assert text(view, at("a", "已公开")) == "√"
    qtbot.keyClick(box(view), Key.Key_Delete)  # of the box; the row stays
    assert (text(view, at("a", "已公开")), rows(view, QUANTITY)) == ("", ["指标a"])
    qtbot.keyClick(box(view), Key.Key_Down)
    assert place(view) == Place(table="指标")
    qtbot.keyClick(box(view), Key.Key_Up)
    qtbot.keyClick(box(view), Key.Key_Escape)
    assert view.cell_editor() is None
    assert view.rows.chosen() == ["a"]


def test_a_box_in_a_waiting_row_makes_the_indicator(view: IndicatorView, qtbot: QtBot) -> None:
    row(view, ECONOMY, 0, 4)
    qtbot.keyClick(box(view), Key.Key_Space)
    assert view.bridge.filing.indicators[-1].columns == {"已公开": "√"}
    qtbot.keyClick(box(view), Key.Key_Space)
    view.bridge.undo()
    assert rows(view, ECONOMY) == []
    assert not view.bridge.draft.can_undo


def test_another_text_than_the_tick_is_shown_and_can_be_changed(view: IndicatorView, qtbot: QtBot) -> None:
    cell = view.tree_model.find(at("b", "已公开"))
    assert cell.data(Qt.ItemDataRole.CheckStateRole) is None
    view.reveal(at("b", "已公开"))
    assert choice(view).text() == "是"
    choice(view).take("√")
    assert text(view, at("b", "已公开")) == "√"


def test_the_menu_of_a_box_offers_its_tick_and_the_work_on_its_row(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "已公开"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), QPoint())
    QApplication.sendEvent(box(view), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    named = {action.objectName(): action for action in menu.actions()}
    assert "cut_text" not in named
    named["choice"].trigger()
    menu.close()
    assert text(view, at("a", "已公开")) == "√"
    assert box(view).isChecked()


# --- rows of the blank form


def test_a_branch_shows_as_many_rows_as_the_blank_form_prints(view: IndicatorView) -> None:
    assert idents(view, QUANTITY) == ["a", "", ""]
    assert idents(view, QUALITY) == ["b"]
    assert idents(view, ECONOMY) == [""]


def test_typing_in_any_waiting_row_is_one_step_and_the_caret_stays_in_its_row(
    view: IndicatorView, qtbot: QtBot
) -> None:
    row(view, QUANTITY, 2)
    typing = view.cell_editor()
    qtbot.keyClicks(typing, "new")
    assert view.cell_editor() is typing
    made = place(view).indicator
    assert idents(view, QUANTITY) == ["a", made, ""]  # as it is printed
    assert place(view) == at(made)
    assert view.bridge.draft.undo_title == "增加指标"
    view.bridge.undo()
    assert not view.bridge.draft.can_undo
    assert view.cell_editor() is typing
    assert idents(view, QUANTITY) == ["a", "", ""]
    view.bridge.redo()
    assert rows(view, QUANTITY) == ["指标a", "new"]


def test_rows_beyond_those_of_the_blank_form_come_and_go(view: IndicatorView, qtbot: QtBot) -> None:
    row(view, QUANTITY, 1)
    for name in ("2", "3", "4"):
        qtbot.keyClicks(view.cell_editor(), name)
        qtbot.keyClick(view.cell_editor(), Key.Key_Return)
    assert rows(view, QUANTITY) == ["指标a", "2", "3", "4", ""]
    while view.bridge.draft.can_undo:
        view.bridge.undo()
    assert idents(view, QUANTITY) == ["a", "", ""]


def test_a_row_that_goes_leaves_a_free_one(view: IndicatorView) -> None:
    tester = QAbstractItemModelTester(view.tree_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.bridge.do(DropIndicator("a"))
    assert idents(view, QUANTITY) == ["", "", ""]
    view.bridge.undo()
    assert idents(view, QUANTITY) == ["a", "", ""]
    del tester


def test_a_free_branch_says_so_and_takes_the_name_it_is_given(view: IndicatorView, qtbot: QtBot) -> None:
    free = view.tree_model.branch_index(*FREE)
    assert free.data(Ask.SUMMARY) == "（这一类的名称由您填写）"
    view.go_to(free)
    editor = view.cell_editor()
    assert editor is not None
    assert editor.text() == ""  # the dots give way
    qtbot.keyClicks(editor, "innovation")
    qtbot.keyClick(editor, Key.Key_Return)
    named = ("产出指标", "innovation")
    assert rows(view, named) == [""]
    assert view.currentIndex().parent() == view.tree_model.branch_index(*named)
    assert view.cell_editor() is not None
    assert view.tree_model.branch_index(*named).data(Ask.SUMMARY) == "未填"
    assert idents(view, FREE) == [""]  # the form keeps it free for another one
    view.bridge.undo()
    assert not view.tree_model.branch_index(*named).isValid()


def test_the_first_letter_takes_the_place_of_the_dots(view: IndicatorView, qtbot: QtBot) -> None:
    view.go_to(view.tree_model.branch_index(*FREE), edit=False)
    view.setFocus()
    qtbot.keyClick(view, Key.Key_N)
    editor = view.cell_editor()
    assert editor is not None
    assert editor.text() == "n"
    qtbot.keyClick(editor, Key.Key_Backspace)
    qtbot.keyClick(editor, Key.Key_Tab)
    assert view.tree_model.branch_index(*FREE).isValid()  # no name is no other name


@pytest.mark.parametrize("copied", ["创新指标", "创新\n", '"创新\n指标"'])
def test_a_word_pasted_on_the_heading_of_a_free_branch_is_its_name(
    view: IndicatorView, qtbot: QtBot, copied: str
) -> None:
    view.go_to(view.tree_model.branch_index(*FREE), edit=False)
    QGuiApplication.clipboard().setText(copied)
    qtbot.keyClick(view, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    name = " ".join(copied.strip('"').split())
    assert view.currentIndex() == view.tree_model.branch_index("产出指标", name)
    assert rows(view, ("产出指标", name)) == [""]
    QGuiApplication.clipboard().setText("又改名")
    qtbot.keyClick(view, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert rows(view, ("产出指标", "又改名")) == [""]
    assert not view.tree_model.branch_index("产出指标", name).isValid()


def test_places_are_in_the_order_they_are_shown(view: IndicatorView) -> None:
    found = list(view.places())
    names = ["三级指标", "计算符号", "值", "依据", "已公开"]
    assert found[:5] == [Place(table="指标", column=name) for name in names]
    assert found[5:] == [at(ident, name) for ident in ("a", "b") for name in names]
    for one in found:
        assert view.reveal(one)
    assert view.reveal(Place(table="指标", column="值"))
    assert place(view) == at("a", "值")


def test_a_branch_that_must_have_an_indicator_is_gone_to(view: IndicatorView, qtbot: QtBot) -> None:
    assert view.reveal(Place(table="指标"))
    assert view.currentIndex().parent() == view.tree_model.branch_index(*ECONOMY)
    qtbot.keyClicks(view.cell_editor(), "jobs")
    assert view.reveal(Place(table="指标"))
    assert place(view) == at("a")


def test_a_tree_scrolled_sideways_keeps_the_height_of_its_rows(view: IndicatorView) -> None:
    view.setColumnWidth(3, 900)
    view.bridge.do(SetValue(at("a"), "一行字" * 60))
    QApplication.processEvents()
    tall = view.visualRect(view.tree_model.find(at("a"))).height()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert view.columnAt(0) > 0
    view.bridge.do(SetValue(at("b"), "别的"))
    view.scheduleDelayedItemsLayout()
    QApplication.processEvents()
    assert view.visualRect(view.tree_model.find(at("a"))).height() == tall
