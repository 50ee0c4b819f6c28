"""The table under real keys, clicks, pastes and input methods."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QScrollArea, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.bridge import Bridge
from desktop.dialogs.pasting import PasteDialog
from desktop.editor.row_view import TableView
from desktop.editor.table_menu import cell_menu
from desktop.editor.tree_cell import CellEditor
from desktop.editor.tree_choice import ChoiceCell, Editor, TickCell
from forms.commands import Batch, DropRow, SetValue
from forms.filing import Place, Row
from tests.desktop.conftest import compose
from tests.desktop.table_forms import at, large, opened, row

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NAME, CONTENT, TOTAL, DOUBLE, SORT, TICK = range(1, 7)


def shown(qtbot: QtBot, bridge: Bridge, table: str = "任务", width: int = 900) -> TableView:
    """A table shown between two other fields."""
    window = QWidget()
    layout = QVBoxLayout(window)
    before, after = QLineEdit(), QLineEdit()
    before.setObjectName("before")
    after.setObjectName("after")
    layout.addWidget(before)
    block = next(one for one in bridge.template.sheets[0].blocks if one.name == table)
    view = TableView(bridge, block)
    layout.addWidget(view)
    layout.addWidget(after)
    layout.addStretch(1)
    window.resize(width, 700)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    before.setFocus()
    QApplication.processEvents()
    view.window_kept = window  # type: ignore[attr-defined]  # a widget without an owner would be gone
    return view


@pytest.fixture
def view(qtbot: QtBot) -> TableView:
    """A table of three rows."""
    return shown(qtbot, opened([row("a"), row("b"), row("c")]))


def editor(view: TableView) -> Editor:
    """The open editor, which is expected to be there."""
    found = view.cell_editor()
    assert found is not None
    return found


def text_editor(view: TableView) -> CellEditor:
    found = editor(view)
    assert isinstance(found, CellEditor)
    return found


def names(view: TableView) -> list[str]:
    """The names of the rows in the filing."""
    return [one.cells.get("名称", "") for one in view.bridge.filing.rows("任务")]


def value(view: TableView, ident: str, column: str = "名称") -> str:
    return view.bridge.filing.text(at(ident, column))


def place(view: TableView) -> Place:
    return view.row_model.place(view.currentIndex())


def waiting(view: TableView, column: int = NAME) -> QModelIndex:
    return view.row_model.index(view.row_model.rowCount() - 1, column)


def in_row(view: TableView, qtbot: QtBot, ident: str) -> None:
    """Go to a row and leave its cell."""
    view.reveal(at(ident))
    qtbot.keyClick(editor(view), Key.Key_Escape)
    assert view.cell_editor() is None


def dialog(view: TableView) -> PasteDialog:
    """The preview of a paste, which is expected to be there."""
    found = [one for one in view.children() if isinstance(one, PasteDialog) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def focus() -> str:
    found = QApplication.focusWidget()
    return found.objectName() if found is not None else ""


# --- letters


def test_letters_go_into_the_filing_as_they_are_typed_and_are_one_step(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a", "总额"))
    qtbot.keyClicks(editor(view), "25")
    assert value(view, "a", "总额") == "125"
    assert view.row_model.text(0, DOUBLE) == "250"
    view.bridge.undo()
    assert value(view, "a", "总额") == "1"
    assert editor(view).text() == "1"


def test_the_first_letter_in_the_waiting_row_makes_it_and_one_step_takes_all_of_it(
    view: TableView, qtbot: QtBot
) -> None:
    told: list[Place] = []
    view.focused.connect(told.append)
    view.go_to(waiting(view))
    typing = editor(view)
    qtbot.keyClicks(typing, "new")
    assert view.cell_editor() is typing
    assert names(view) == ["任务a", "任务b", "任务c", "new"]
    assert view.row_model.rowCount() == 5
    assert [one.row for one in told] == ["", place(view).row]
    view.bridge.undo()
    assert names(view) == ["任务a", "任务b", "任务c"]
    assert view.cell_editor() is typing
    assert typing.text() == ""
    assert not view.bridge.draft.can_undo


def test_composed_letters_enter_only_when_they_are_committed(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a", "总额"))
    before = view.bridge.filing
    for composed in ("s", "sh", "shi"):
        QApplication.sendEvent(editor(view), QInputMethodEvent(composed, []))
        assert view.bridge.filing is before
    qtbot.keyClick(editor(view), Key.Key_Return)  # belongs to the input method
    assert place(view) == at("a", "总额")
    compose(editor(view), commit="２３")
    assert value(view, "a", "总额") == "1２３"
    assert view.row_model.text(0, DOUBLE) == "246"


def test_an_input_method_on_a_chosen_cell_opens_it_and_keeps_its_first_word(view: TableView, qtbot: QtBot) -> None:
    view.go_to(waiting(view, CONTENT), edit=False)
    view.setFocus()
    QApplication.sendEvent(view, QInputMethodEvent("er", []))
    compose(editor(view), commit="二")
    assert [one.cells for one in view.bridge.filing.rows("任务")][-1] == {"内容": "二"}


def test_a_change_of_somebody_else_does_not_disturb_the_composing(view: TableView) -> None:
    view.reveal(at("a"))
    QApplication.sendEvent(editor(view), QInputMethodEvent("xin", []))
    view.bridge.do(SetValue(at("a"), "别人改的"))
    assert editor(view).text() == "任务a"
    assert editor(view).composing


def test_flush_takes_what_was_typed_and_leaves_the_cell_open(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    text_editor(view).insertPlainText("新")
    view.flush()
    assert value(view, "a").endswith("新")
    assert view.cell_editor() is not None


def test_hard_blanks_and_line_breaks_stay_what_they_are(view: TableView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a"), "甲\u00a0乙"))
    view.reveal(at("a"))
    qtbot.keyClick(editor(view), Key.Key_End)
    qtbot.keyClick(editor(view), Key.Key_Return, CTRL)
    qtbot.keyClicks(editor(view), "2")
    assert value(view, "a") == "甲\u00a0乙\n2"


def test_looking_at_cells_changes_nothing(view: TableView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a"), "一\r\n二"))
    before = view.bridge.filing
    view.reveal(at("a"))
    for _ in range(8):
        qtbot.keyClick(editor(view), Key.Key_Tab)
    view.flush()
    assert view.bridge.filing is before


# --- keys


def test_tab_goes_through_the_cells_for_typing_and_out_at_both_ends(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("b", "总额"))
    seen = []
    for _ in range(3):
        qtbot.keyClick(editor(view), Key.Key_Tab)
        seen.append(place(view))
    assert seen == [at("b", "性质"), at("b", "达标"), at("c")]  # 加倍 is computed, 序号 is counted
    qtbot.keyClick(editor(view), Key.Key_Backtab, SHIFT)
    assert place(view) == at("b", "达标")
    view.go_to(waiting(view, TICK))
    qtbot.keyClick(editor(view), Key.Key_Tab)
    assert focus() == "after"
    view.reveal(at("a"))
    qtbot.keyClick(editor(view), Key.Key_Backtab, SHIFT)
    assert focus() == "before"


def test_who_comes_by_tab_is_in_the_first_cell_or_coming_back_in_the_last(view: TableView, qtbot: QtBot) -> None:
    before = QApplication.focusWidget()
    assert before is not None
    qtbot.keyClick(before, Key.Key_Tab)
    assert place(view) == at("a")
    qtbot.keyClick(editor(view), Key.Key_Tab, CTRL)
    assert focus() == "after"
    after = QApplication.focusWidget()
    assert after is not None
    qtbot.keyClick(after, Key.Key_Backtab, SHIFT)
    assert view.currentIndex() == waiting(view, TICK)


def test_tab_in_a_row_goes_into_its_next_cell(view: TableView, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_Tab)
    assert place(view) == at("a", "内容")
    assert isinstance(editor(view), CellEditor)


def test_enter_goes_down_to_a_new_row_and_no_further(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("b", "总额"))
    qtbot.keyClick(editor(view), Key.Key_Return)
    assert place(view) == at("c", "总额")
    qtbot.keyClick(editor(view), Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert view.currentIndex() == waiting(view, TOTAL)
    qtbot.keyClick(editor(view), Key.Key_Return)  # nothing stands in this one: no second empty row
    assert view.currentIndex() == waiting(view, TOTAL)
    assert len(names(view)) == 3


def test_arrows_leave_a_text_at_its_ends(view: TableView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("b", "内容"), "一\n二"))
    view.reveal(at("b", "内容"), (0, 0))
    qtbot.keyClick(editor(view), Key.Key_Down)
    assert place(view) == at("b", "内容")
    qtbot.keyClick(editor(view), Key.Key_Down)
    assert place(view) == at("c", "内容")
    qtbot.keyClick(editor(view), Key.Key_Up)
    assert place(view) == at("b", "内容")


def test_row_keys_delete_duplicate_and_move(view: TableView, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_D, CTRL)
    assert names(view) == ["任务a", "任务a", "任务b", "任务c"]
    qtbot.keyClick(view, Key.Key_Delete)
    assert names(view) == ["任务a", "任务b", "任务c"]
    assert place(view) == at("b")
    for _ in range(3):
        qtbot.keyClick(view, Key.Key_Down, ALT)
    assert names(view) == ["任务a", "任务c", "任务b"]
    qtbot.keyClick(view, Key.Key_Up, ALT)
    assert names(view) == ["任务a", "任务b", "任务c"]
    for _ in range(4):
        view.bridge.undo()
    assert names(view) == ["任务a", "任务b", "任务c"]
    assert not view.bridge.draft.can_undo


def test_in_a_cell_the_rows_are_moved_under_the_caret(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    typing = editor(view)
    qtbot.keyClick(typing, Key.Key_Home)
    qtbot.keyClick(typing, Key.Key_Delete)
    assert names(view) == ["务a", "任务b", "任务c"]
    qtbot.keyClick(typing, Key.Key_Down, ALT)
    assert names(view) == ["任务b", "务a", "任务c"]
    assert view.cell_editor() is typing
    view.fit_rows()
    QApplication.processEvents()
    assert view.visualRect(view.currentIndex()).top() == typing.y()
    qtbot.keyClick(typing, Key.Key_Delete, CTRL)
    assert names(view) == ["任务b", "任务c"]
    assert editor(view).text() == "任务c"


def test_several_rows_are_moved_and_go_in_one_step(view: TableView, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_Down, SHIFT)
    qtbot.keyClick(view, Key.Key_Down, ALT)
    assert names(view) == ["任务c", "任务a", "任务b"]
    assert view.work.chosen() == [1, 2]
    assert view.bridge.draft.undo_title == "移动行"
    qtbot.keyClick(view, Key.Key_Delete)
    assert names(view) == ["任务c"]
    assert view.bridge.draft.undo_title == "删除行"
    view.bridge.undo()
    view.bridge.undo()
    assert names(view) == ["任务a", "任务b", "任务c"]


def test_insert_puts_an_empty_row_under_the_current_one(view: TableView, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_Insert)
    qtbot.keyClicks(editor(view), "x")
    assert names(view) == ["任务a", "x", "任务b", "任务c"]
    in_row(view, qtbot, "c")
    qtbot.keyClick(view, Key.Key_Insert)
    assert view.currentIndex() == waiting(view)
    assert len(names(view)) == 4


def test_a_full_table_refuses_another_row_and_says_so(qtbot: QtBot) -> None:
    view = shown(qtbot, opened([row(ident) for ident in "abcde"]))
    in_row(view, qtbot, "b")
    before = view.bridge.filing
    qtbot.keyClick(view, Key.Key_D, CTRL)
    assert view.bridge.filing is before
    assert "至多 5 行" in QToolTip.text()
    qtbot.keyClick(view, Key.Key_Insert)
    assert view.bridge.filing is before
    assert view.row_model.rowCount() == 5


def test_fixed_rows_are_filled_in_and_nothing_else(qtbot: QtBot) -> None:
    view = shown(qtbot, opened(), "资金")
    before = view.bridge.filing
    view.go_to(view.row_model.index(1, 1))
    for key, modifier in ((Key.Key_D, CTRL), (Key.Key_Delete, CTRL), (Key.Key_Down, ALT)):
        QToolTip.hideText()
        qtbot.keyClick(editor(view), key, modifier)
        assert view.bridge.filing is before
    qtbot.keyClick(editor(view), Key.Key_Tab)
    assert view.currentIndex() == view.row_model.index(1, 3)  # 分值 does not exist in this row
    qtbot.keyClicks(editor(view), "ok")
    (made,) = view.bridge.filing.rows("资金")
    assert (made.label, made.cells) == ("拨款", {"说明": "ok"})
    qtbot.keyClick(editor(view), Key.Key_Escape)
    qtbot.keyClick(view, Key.Key_Delete)
    assert len(view.bridge.filing.rows("资金")) == 1
    assert "表样规定" in QToolTip.text()


def test_a_row_taken_out_under_the_open_editor_leaves_the_caret_in_the_next(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    view.bridge.do(DropRow("任务", "a"))
    qtbot.waitUntil(lambda: view.cell_editor() is not None)
    assert place(view) == at("b")
    assert editor(view).text() == "任务b"


# --- the mouse


def test_a_click_opens_the_cell_and_shift_chooses_rows(view: TableView, qtbot: QtBot) -> None:
    spot = view.visualRect(view.row_model.find(at("b", "内容"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert place(view) == at("b", "内容")
    qtbot.keyClicks(editor(view), "z")
    assert value(view, "b", "内容") == "z"
    spot = view.visualRect(view.row_model.find(at("c", "内容"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=spot)
    assert view.cell_editor() is None
    assert view.work.chosen() == [1, 2]


def test_a_box_is_ticked_by_one_click_by_space_and_emptied_by_del(view: TableView, qtbot: QtBot) -> None:
    spot = view.visualRect(view.row_model.find(at("b", "达标"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert value(view, "b", "达标") == "√"
    assert isinstance(editor(view), TickCell)
    qtbot.keyClick(editor(view), Key.Key_Space)
    assert value(view, "b", "达标") == ""
    qtbot.keyClick(editor(view), Key.Key_Space)
    qtbot.keyClick(editor(view), Key.Key_Delete)
    assert value(view, "b", "达标") == ""
    view.go_to(waiting(view, TICK))
    qtbot.keyClick(editor(view), Key.Key_Space)
    assert [one.cells for one in view.bridge.filing.rows("任务")][-1] == {"达标": "√"}


def test_a_choice_takes_typing_and_keeps_what_is_typed(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a", "性质"))
    choosing = editor(view)
    assert isinstance(choosing, ChoiceCell)
    compose(choosing, "yue", commit="约")
    assert value(view, "a", "性质") == "约"
    view.row_model.set_quiet("")
    assert view.row_model.severity(0, SORT) == "warning"
    choosing.take("约束性")
    assert value(view, "a", "性质") == "约束性"
    qtbot.keyClick(choosing, Key.Key_Tab)
    assert value(view, "a", "性质") == "约束性"


def test_the_wheel_changes_no_value(view: TableView) -> None:
    for column in ("总额", "性质", "达标"):
        view.reveal(at("a", column))
        before = view.bridge.filing
        turn = QWheelEvent(
            QPointF(3, 3), QPointF(3, 3), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        open_editor = editor(view)
        target = open_editor.viewport() if isinstance(open_editor, CellEditor) else open_editor
        QApplication.sendEvent(target, turn)
        assert view.bridge.filing is before


def drop(view: TableView, lines: list[int], spot: QPoint) -> bool:
    """Drag rows over the table and let them go at `spot`, the way Qt reports it; whether they were taken."""
    data = view.row_model.mimeData([view.row_model.index(line, 0) for line in lines])
    action, buttons, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(spot, action, data, buttons, none))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(spot, action, data, buttons, none))
    event = QDropEvent(QPointF(spot), action, data, buttons, none)
    event.ignore()
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_rows_are_dropped_between_rows_and_behind_the_last(view: TableView) -> None:
    target = view.visualRect(view.row_model.find(at("a")))
    assert drop(view, [2], QPoint(target.center().x(), target.top() + 1))
    assert names(view) == ["任务c", "任务a", "任务b"]
    target = view.visualRect(view.row_model.find(at("b")))
    assert drop(view, [0, 1], QPoint(target.center().x(), target.bottom() - 1))
    assert names(view) == ["任务b", "任务c", "任务a"]
    assert view.bridge.draft.undo_title == "移动行"
    assert drop(view, [0], view.visualRect(waiting(view)).center())
    assert names(view) == ["任务c", "任务a", "任务b"]
    for _ in range(3):
        view.bridge.undo()
    assert names(view) == ["任务a", "任务b", "任务c"]


def test_a_drag_takes_nothing_out_and_changes_no_cell(
    view: TableView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[QDrag] = []

    def carry(drag: QDrag, _: Qt.DropAction) -> Qt.DropAction:
        carried.append(drag)
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", carry)
    before = view.bridge.filing
    spot = view.visualRect(view.row_model.find(at("b"))).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    for step in range(1, 4):
        there = QPointF(spot) + QPointF(0, 12 * step)
        move = QMouseEvent(
            QEvent.Type.MouseMove, there, view.viewport().mapToGlobal(there), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), move)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(0, 36))
    assert carried
    assert not carried[0].pixmap().isNull()
    assert view.bridge.filing is before
    assert not view.row_model.removeRow(0)
    assert view.cell_editor() is None


def test_rows_of_another_table_are_not_taken(qtbot: QtBot, view: TableView) -> None:
    funds = shown(qtbot, opened(funds=[Row("x", {"说明": "1"}, "合计")]), "资金")
    before = view.bridge.filing
    data = funds.row_model.mimeData([funds.row_model.index(0, 0)])
    action = Qt.DropAction.MoveAction
    assert not view.row_model.dropMimeData(data, action, 0, 0, QModelIndex())
    assert not funds.row_model.canDropMimeData(data, action, 0, 0, QModelIndex())
    strange = QMimeData()
    strange.setData("application/x-jixiao-dragged-rows", b"no json")
    assert not view.row_model.dropMimeData(strange, action, 0, 0, QModelIndex())
    assert view.bridge.filing is before


# --- copy and paste


def test_a_block_is_shown_before_it_enters_and_is_one_step(view: TableView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText('甲\t"两行\n内容"\t5\r\n乙\t\t约6\r\n')
    view.reveal(at("b"))
    before = view.bridge.filing
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    assert view.bridge.filing is before
    dialog(view).accept()
    assert names(view) == ["任务a", "甲", "乙"]
    assert value(view, "b", "内容") == "两行\n内容"
    assert (value(view, "c", "总额"), value(view, "c", "内容")) == ("约6", "")
    view.bridge.undo()
    assert view.bridge.filing == before


def test_a_refused_paste_changes_nothing(view: TableView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("甲\t乙\n丙\t丁\n")
    view.reveal(at("b"))
    before = view.bridge.filing
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    qtbot.keyClick(dialog(view), Key.Key_Escape)
    assert view.bridge.filing is before


def test_one_cell_is_pasted_as_a_text(view: TableView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText('"两行\n一格"')
    in_row(view, qtbot, "b")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    assert value(view, "b") == "两行\n一格"
    view.reveal(at("c"))
    QGuiApplication.clipboard().setText("第一段\n第二段")
    text_editor(view).selectAll()
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    assert value(view, "c") == "第一段\n第二段"


def test_copied_rows_come_back_as_new_rows_without_a_question(view: TableView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a"), '两行\n带"引号"'))
    view.choose([view.row_model.index(line, 0) for line in (0, 1)])
    view.work.copy()
    assert QGuiApplication.clipboard().text().startswith('1\t"两行\n带""引号"""\t')
    in_row(view, qtbot, "c")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    assert names(view) == ['两行\n带"引号"', "任务b", "任务c", '两行\n带"引号"', "任务b"]
    assert view.work.chosen() == [3, 4]
    view.bridge.undo()
    in_row(view, qtbot, "b")
    qtbot.keyClick(view, Key.Key_X, CTRL)
    assert names(view) == ['两行\n带"引号"', "任务c"]


def test_rows_that_have_no_room_are_told_and_left_out(view: TableView, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("\n".join(f"行{number}\t内容" for number in range(4)))
    in_row(view, qtbot, "c")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    notes = dialog(view).findChild(QLabel, "notes")
    assert isinstance(notes, QLabel)
    assert notes.text() == "多出 2 行，这张表至多 5 行，不粘贴。"
    dialog(view).accept()
    assert names(view)[3:] == ["行0", "行1"]


def test_rows_that_bring_their_numbers_stand_under_the_right_columns(view: TableView, qtbot: QtBot) -> None:
    view.bridge.do(Batch((DropRow("任务", "b"), DropRow("任务", "c"))))
    QGuiApplication.clipboard().setText("序号\t名 称\n8\t甲\n9\t乙\n")
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    dialog(view).accept()
    QGuiApplication.clipboard().setText("8\t丙\n")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    dialog(view).accept()
    assert names(view) == ["任务a", "甲", "丙", "乙"]


# --- what is wrong


def test_gaps_of_the_row_at_work_are_left_unsaid_until_it_is_left(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a", "总额"))
    qtbot.keyClick(editor(view), Key.Key_Backspace)
    assert view.row_model.message(0, TOTAL) == ""
    view.show_missing(True)
    assert "必须填写" in view.row_model.message(0, TOTAL)
    view.show_missing(False)
    view.reveal(at("b"))
    assert "必须填写" in view.row_model.message(0, TOTAL)
    view.reveal(at("a", "总额"))
    after = view.window().findChild(QLineEdit, "after")
    assert isinstance(after, QLineEdit)
    after.setFocus()
    assert "必须填写" in view.row_model.message(0, TOTAL)


def test_a_new_row_says_nothing_of_its_gaps(view: TableView, qtbot: QtBot) -> None:
    view.go_to(waiting(view))
    qtbot.keyClicks(editor(view), "n")
    assert view.row_model.message(3, TOTAL) == ""
    qtbot.keyClick(editor(view), Key.Key_Return)
    assert "必须填写" in view.row_model.message(3, TOTAL)


def test_a_repair_from_the_menu_is_one_step(view: TableView) -> None:
    view.bridge.do(SetValue(at("a", "总额"), "３千元"))
    view.reveal(at("a", "总额"))
    menu = cell_menu(view, view.currentIndex())
    (fix,) = [action for action in menu.actions() if action.objectName().startswith("fix")]
    assert fix.text() == "改为“0.3”"
    fix.trigger()
    assert value(view, "a", "总额") == "0.3"
    assert editor(view).text() == "0.3"
    view.bridge.undo()
    assert value(view, "a", "总额") == "３千元"


def test_the_menu_of_an_open_cell_has_its_deeds_with_their_keys(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("b", "性质"))
    typing = text_editor(view)
    QApplication.sendEvent(typing.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert {"choice", "paste_text", "duplicate", "remove", "move_up"} <= set(actions)
    assert actions["remove"].shortcut().toString() == "Ctrl+Del"
    actions["remove"].trigger()
    menu.close()
    assert names(view) == ["任务a", "任务c"]
    choices = [action for action in cell_menu(view, view.row_model.find(at("c", "性质"))).actions()
               if action.objectName() == "choice"]  # fmt: skip
    choices[1].trigger()
    assert value(view, "c", "性质") == "指导性"


# --- reveal, size, look


def test_reveal_opens_the_cell_and_marks_the_span(view: TableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.focused) as told:
        assert view.reveal(at("c"), (0, 2))
    assert told.args == [at("c")]
    assert text_editor(view).textCursor().selectedText() == "任务"
    assert not view.reveal(Place(field="项目"))
    assert not view.reveal(Place(table="资金"))
    assert view.reveal(Place(table="任务"))
    assert place(view) == at("a")
    assert view.reveal(at("b", "加倍"))  # computed: shown, but not opened
    assert (place(view), view.cell_editor()) == (at("b", "加倍"), None)
    assert focus() == "table:任务"


def test_the_row_grows_with_the_text_in_its_editor_and_so_does_the_table(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a", "内容"))
    before, height = view.visualRect(view.currentIndex()).height(), view.sizeHint().height()
    qtbot.keyClicks(editor(view), "long words " * 20)
    view.fit_rows()
    QApplication.processEvents()
    grown = view.visualRect(view.currentIndex()).height()
    assert grown > 2 * before
    assert abs(editor(view).height() - grown) <= 2
    assert view.sizeHint().height() == height + grown - before
    assert view.height() == view.sizeHint().height()


def test_the_table_is_as_high_as_its_rows_up_to_a_limit(qtbot: QtBot) -> None:
    few, many = shown(qtbot, opened([row("a")])), shown(qtbot, large(200))
    assert few.verticalScrollBar().maximum() == 0
    assert few.sizeHint().height() < 200
    assert many.sizeHint().height() == 1_200
    assert many.verticalScrollBar().maximum() > 0


def test_columns_share_the_width_as_drawn_and_scroll_where_it_is_too_narrow(view: TableView, qtbot: QtBot) -> None:
    widths = [view.columnWidth(column) for column in range(7)]
    assert sum(widths) == view.viewport().width()
    assert widths[CONTENT] > widths[NAME] > widths[TOTAL]
    view.setFixedWidth(220)
    QApplication.processEvents()
    two = view.fontMetrics().horizontalAdvance("国国")
    assert all(view.columnWidth(column) > two for column in range(7))
    assert view.horizontalScrollBar().maximum() > 0


def test_larger_letters_and_another_theme_are_followed(view: TableView, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = view.rowHeight(0)
    theme.apply(app, "dark", 150)
    QApplication.processEvents()
    view.fit_rows()
    assert view.rowHeight(0) > before
    image = view.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() - 4).lightness() < 128


def test_a_switch_of_language_is_followed(view: TableView) -> None:
    view.bridge.do(SetValue(at("b", "总额"), "x"))
    told: list[object] = []
    view.row_model.dataChanged.connect(lambda *_: told.append(None))
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert told


def test_of_many_rows_only_those_in_sight_are_measured(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.editor.table_delegate import TableDelegate

    measured: set[int] = set()
    measure = TableDelegate.row_height

    def count(self: TableDelegate, line: int) -> int:
        measured.add(line)
        return measure(self, line)

    monkeypatch.setattr(TableDelegate, "row_height", count)
    view = shown(qtbot, large(3_000))
    assert view.reveal(at("r2500", "内容"))
    QApplication.processEvents()
    view.fit_rows()
    assert len(measured) < 150
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())
    assert view.rowHeight(2_500) == view.visualRect(view.currentIndex()).height()


def test_the_caret_stays_in_sight_in_a_cell_higher_than_the_table(view: TableView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a", "内容"), "很长的内容" * 300))
    view.reveal(at("a", "内容"))
    for _ in range(3):
        qtbot.keyClick(editor(view), Key.Key_Return, CTRL)
        view.fit_rows()
    typing = text_editor(view)
    assert typing.height() > view.viewport().height()
    caret = typing.viewport().mapTo(view.viewport(), typing.cursorRect().bottomLeft())
    assert 0 < caret.y() <= view.viewport().height()


def test_the_form_scrolls_with_the_caret(qtbot: QtBot) -> None:
    view = shown(qtbot, opened([row(ident) for ident in "abcd"]))
    area, body = QScrollArea(), QWidget()
    layout = QVBoxLayout(body)
    layout.addWidget(view)
    area.setWidgetResizable(True)
    area.setWidget(body)
    area.resize(700, 110)
    qtbot.addWidget(area)
    area.show()
    view.reveal(at("a"))
    for _ in range(3):
        qtbot.keyClick(editor(view), Key.Key_Return)
        QApplication.processEvents()
    assert place(view) == at("d")
    centre = editor(view).mapTo(area.viewport(), editor(view).rect().center())
    assert area.viewport().rect().contains(centre)


def test_many_keys_leave_the_view_alive(view: TableView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    for _ in range(40):
        for key, modifier in (
            (Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Key.Key_D, CTRL), (Key.Key_Down, ALT),
            (Key.Key_Tab, Qt.KeyboardModifier.NoModifier), (Key.Key_Delete, CTRL), (Key.Key_Z, CTRL),
        ):  # fmt: skip
            qtbot.keyClick(view.cell_editor() or view, key, modifier)
            if QApplication.focusWidget() is not view and view.cell_editor() is None:
                view.reveal(Place(table="任务"))
    while view.bridge.draft.can_undo:
        view.bridge.undo()
    assert names(view) == ["任务a", "任务b", "任务c"]


def test_a_mime_of_another_program_with_a_single_column_is_a_block(view: TableView, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("甲\r\n乙\r\n")
    data.setHtml("<html><body><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table></body></html>")
    QGuiApplication.clipboard().setMimeData(data)
    view.reveal(at("a"))
    qtbot.keyClick(editor(view), Key.Key_V, CTRL)
    dialog(view).accept()
    assert names(view) == ["甲", "乙", "任务c"]


def test_a_narrow_fixed_table_keeps_its_rows(qtbot: QtBot) -> None:
    view = shown(qtbot, opened(funds=[Row("x", {"说明": "长" * 80}, "合计")]), "资金", width=320)
    assert view.row_model.rowCount() == 3
    assert view.rowHeight(0) > 3 * view.rowHeight(2)
