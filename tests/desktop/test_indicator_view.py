"""The indicator tree under real keys, clicks, drops and input methods."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.editor.tree import IndicatorView
from desktop.editor.tree_menu import row_menu
from desktop.models.indicator_texts import Ask
from forms.commands import DropIndicator, SetValue
from forms.filing import Place
from tests.desktop.indicator_forms import (
    ECONOMY,
    QUALITY,
    QUANTITY,
    at,
    editor,
    in_row,
    indicator,
    opened,
    place,
    rows,
    shown,
)

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def view(qtbot: QtBot) -> IndicatorView:
    """A tree of three indicators in two branches, a third one empty."""
    return shown(qtbot, opened([indicator("a"), indicator("b"), indicator("c", QUALITY)]))


def test_letters_go_into_the_filing_as_they_are_typed(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "指标值"))
    qtbot.keyClicks(editor(view), "25%")
    assert view.bridge.filing.text(at("a", "指标值")) == "125%"
    assert editor(view).text() == "125%"
    view.bridge.undo()
    assert view.bridge.filing.text(at("a", "指标值")) == "1"
    assert editor(view).text() == "1"


def test_a_click_opens_the_cell_and_the_first_letter_opens_it_from_the_row(view: IndicatorView, qtbot: QtBot) -> None:
    spot = view.visualRect(view.tree_model.find(at("b", "指标值"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert place(view) == at("b", "指标值")
    qtbot.keyClick(editor(view), Key.Key_Escape)
    assert view.cell_editor() is None
    qtbot.keyClicks(view, "9")
    assert view.bridge.filing.text(at("b", "指标值")).endswith("9")
    qtbot.keyClick(editor(view), Key.Key_Escape)
    for key in (Key.Key_F2, Key.Key_Return):
        qtbot.keyClick(view, key)
        assert editor(view).text()
        qtbot.keyClick(editor(view), Key.Key_Escape)


def test_composed_letters_enter_only_when_they_are_committed(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "完成数"))
    before = view.bridge.filing
    for composed in ("s", "sh", "shi"):
        QApplication.sendEvent(editor(view), QInputMethodEvent(composed, []))
        assert view.bridge.filing is before
    qtbot.keyClick(editor(view), Key.Key_Return)  # belongs to the input method
    assert place(view) == at("a", "完成数")
    commit = QInputMethodEvent()
    commit.setCommitString("十２")
    QApplication.sendEvent(editor(view), commit)
    assert view.bridge.filing.text(at("a", "完成数")) == "十２"
    assert view.currentIndex().data(Ask.SEVERITY) == "error"


def test_an_input_method_in_the_row_opens_the_cell_and_keeps_its_first_word(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "完成数"))
    qtbot.keyClick(editor(view), Key.Key_Escape)
    QApplication.sendEvent(view, QInputMethodEvent("er", []))
    commit = QInputMethodEvent()
    commit.setCommitString("二")
    QApplication.sendEvent(editor(view), commit)
    assert view.bridge.filing.text(at("a", "完成数")) == "二"


def test_a_change_of_somebody_else_does_not_disturb_the_composing(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    QApplication.sendEvent(editor(view), QInputMethodEvent("xin", []))
    view.bridge.do(SetValue(at("a"), "别人改的"))
    assert editor(view).text() == "指标a"
    assert editor(view).composing


def test_hard_blanks_and_line_breaks_stay_what_they_are(view: IndicatorView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a"), "甲\u00a0乙"))
    view.reveal(at("a"))
    qtbot.keyClick(editor(view), Key.Key_End)
    qtbot.keyClick(editor(view), Key.Key_Return, CTRL)
    qtbot.keyClicks(editor(view), "2")
    qtbot.keyClick(editor(view), Key.Key_Return, SHIFT)
    qtbot.keyClicks(editor(view), "3")
    assert view.bridge.filing.text(at("a")) == "甲\u00a0乙\n2\n3"
    assert place(view) == at("a")


def test_looking_at_a_cell_changes_nothing(view: IndicatorView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a"), "一\r\n二"))
    before = view.bridge.filing
    view.reveal(at("a"))
    qtbot.keyClick(editor(view), Key.Key_Tab)
    view.flush()
    assert view.bridge.filing is before


def test_tab_goes_through_the_cells_over_the_branches_and_out_at_the_end(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("b", "指标值"))
    seen = []
    for _ in range(3):
        qtbot.keyClick(editor(view), Key.Key_Tab)
        seen.append(place(view))
    assert seen == [at("b", "完成数"), at("b", "权重"), at("c")]  # 加倍 is computed
    qtbot.keyClick(editor(view), Key.Key_Backtab, SHIFT)
    assert place(view) == at("b", "权重")
    last = view.tree_model.index(0, 3, view.tree_model.branch_index(*ECONOMY))
    view.go_to(last)
    qtbot.keyClick(editor(view), Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "after"


def test_enter_goes_down_and_adds_an_indicator_under_the_last_filled_one(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "指标值"))
    qtbot.keyClick(editor(view), Key.Key_Return)
    assert place(view) == at("b", "指标值")
    qtbot.keyClick(editor(view), Key.Key_Return)
    assert rows(view, QUANTITY) == ["指标a", "指标b", ""]
    qtbot.keyClicks(editor(view), "new")
    assert rows(view, QUANTITY) == ["指标a", "指标b", "new"]
    qtbot.keyClick(editor(view), Key.Key_Return)
    qtbot.keyClick(editor(view), Key.Key_Return)  # nothing stands in this one: no second empty row
    assert rows(view, QUANTITY) == ["指标a", "指标b", "new", ""]
    assert place(view) == at("c")


def test_typing_in_the_empty_row_of_a_branch_makes_the_indicator_and_the_caret_stays(
    view: IndicatorView, qtbot: QtBot,
) -> None:  # fmt: skip
    view.go_to(view.tree_model.index(0, 0, view.tree_model.branch_index(*ECONOMY)))
    typing = editor(view)
    qtbot.keyClicks(typing, "jobs")
    assert view.cell_editor() is typing
    assert rows(view, ECONOMY) == ["jobs"]
    while view.bridge.draft.can_undo:
        view.bridge.undo()
    assert rows(view, ECONOMY) == []
    assert typing.text() == ""


def test_row_keys_delete_duplicate_and_move(view: IndicatorView, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_D, CTRL)
    assert rows(view, QUANTITY) == ["指标a", "指标a", "指标b"]
    qtbot.keyClick(view, Key.Key_Delete)
    assert rows(view, QUANTITY) == ["指标a", "指标b"]
    assert place(view) == at("b")
    for _ in range(2):
        qtbot.keyClick(view, Key.Key_Down, ALT)
    assert (rows(view, QUANTITY), rows(view, QUALITY)) == (["指标a"], ["指标c", "指标b"])
    qtbot.keyClick(view, Key.Key_Up, ALT)
    assert rows(view, QUALITY) == ["指标b", "指标c"]
    for _ in range(4):
        view.bridge.undo()
    assert rows(view, QUANTITY) == ["指标a", "指标a", "指标b"]


def test_in_a_cell_delete_is_the_texts_and_control_delete_the_rows(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    qtbot.keyClick(editor(view), Key.Key_Home)
    qtbot.keyClick(editor(view), Key.Key_Delete)
    assert rows(view, QUANTITY) == ["标a", "指标b"]
    qtbot.keyClick(editor(view), Key.Key_Down, ALT)
    assert rows(view, QUANTITY) == ["指标b", "标a"]
    assert editor(view).text() == "标a"
    qtbot.keyClick(editor(view), Key.Key_Delete, CTRL)
    assert rows(view, QUANTITY) == ["指标b"]
    assert editor(view).text() == "指标c"


def test_several_rows_go_out_in_one_step(view: IndicatorView, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Key.Key_Down, SHIFT)
    qtbot.keyClick(view, Key.Key_Delete)
    assert rows(view, QUANTITY) == []
    assert view.bridge.draft.undo_title == "删除指标"
    view.bridge.undo()
    assert rows(view, QUANTITY) == ["指标a", "指标b"]


def test_reveal_opens_the_branch_and_marks_the_span(view: IndicatorView, qtbot: QtBot) -> None:
    view.collapseAll()
    with qtbot.waitSignal(view.focused) as told:
        assert view.reveal(at("c", "三级指标"), (0, 2))
    assert told.args == [at("c", "三级指标")]
    assert view.isExpanded(view.tree_model.branch_index(*QUALITY))
    assert editor(view).textCursor().selectedText() == "指标"
    assert not view.reveal(Place(field="项目"))
    assert view.reveal(Place(table="指标"))
    assert place(view) == at("a")


def test_a_repair_from_the_menu_is_one_step(view: IndicatorView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("a", "完成数"), "３个"))
    view.reveal(at("a", "完成数"))
    menu = row_menu(view, view.currentIndex())
    (fix,) = [action for action in menu.actions() if action.objectName().startswith("fix")]
    assert fix.text() == "改为“3”"
    fix.trigger()
    assert view.bridge.filing.text(at("a", "完成数")) == "3"
    assert editor(view).text() == "3"
    view.bridge.undo()
    assert view.bridge.filing.text(at("a", "完成数")) == "３个"
    assert isinstance(menu, QMenu)


def test_the_menu_of_an_open_cell_offers_its_repair_and_the_work_on_its_row(view: IndicatorView, qtbot: QtBot) -> None:
    view.bridge.do(SetValue(at("b", "完成数"), "３个"))
    view.reveal(at("b", "完成数"))
    typing = editor(view)
    QApplication.sendEvent(typing.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert view.cell_editor() is typing
    actions = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert {"fix_0", "paste_text", "remove"} <= set(actions)
    actions["remove"].trigger()
    menu.close()
    assert rows(view, QUANTITY) == ["指标a"]


def test_gaps_of_the_row_at_work_are_left_unsaid_until_it_is_left(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a", "指标值"))
    qtbot.keyClick(editor(view), Key.Key_Backspace)
    gap = view.tree_model.find(at("a", "指标值"))
    assert gap.data(Ask.MESSAGE) == ""
    view.show_missing(True)
    assert "没有填写" in gap.data(Ask.MESSAGE)
    view.show_missing(False)
    view.reveal(at("b"))
    assert "没有填写" in view.tree_model.find(at("a", "指标值")).data(Ask.MESSAGE)


@pytest.mark.parametrize("came_from", ["its own row", "another field"])
def test_a_click_opens_the_cell_that_was_under_the_mouse_though_gaps_come_and_go(
    view: IndicatorView, qtbot: QtBot, came_from: str
) -> None:
    for column in ("指标值", "权重"):
        view.bridge.do(SetValue(at("a", column), ""))
    view.reveal(at("a", "指标值"))
    if came_from == "another field":
        other = view.window().findChild(QLineEdit, "after")
        assert isinstance(other, QLineEdit)
        other.setFocus()
    told = view.visualRect(view.tree_model.find(at("a"))).height()
    spot = view.visualRect(view.tree_model.find(at("b"))).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert place(view) == at("b")
    assert editor(view).text() == "指标b"
    changed = view.visualRect(view.tree_model.find(at("a"))).height()
    assert changed == told if came_from == "another field" else changed > told


def test_the_row_grows_with_the_text_in_its_editor(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    before = view.visualRect(view.currentIndex()).height()
    qtbot.keyClicks(editor(view), "long words " * 20)
    grown = view.visualRect(view.currentIndex()).height()
    assert grown > 2 * before
    assert editor(view).height() > 2 * before  # what is remarked of the text stands beneath it


def test_an_indicator_taken_out_under_the_open_editor_closes_it(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    view.bridge.do(DropIndicator("a"))
    qtbot.waitUntil(lambda: view.cell_editor() is None)
    assert rows(view, QUANTITY) == ["指标b"]


def test_the_wheel_changes_no_value(view: IndicatorView) -> None:
    view.reveal(at("a", "权重"))
    before = view.bridge.filing
    turn = QWheelEvent(
        QPointF(3, 3), QPointF(3, 3), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor(view).viewport(), turn)
    assert view.bridge.filing is before


def test_the_label_of_a_free_branch_is_written_by_the_filer(view: IndicatorView, qtbot: QtBot) -> None:
    view.go_to(view.tree_model.branch_index("产出指标", "……"))
    qtbot.keyClicks(editor(view), "innovation")
    assert len(view.bridge.filing.indicators) == 3  # nothing yet: the label is taken on leaving it
    qtbot.keyClick(editor(view), Key.Key_Tab)
    assert view.bridge.filing.indicators[-1].level2 == "innovation"


def test_a_switch_of_language_is_followed(view: IndicatorView) -> None:
    told: list[object] = []
    view.tree_model.dataChanged.connect(lambda *_: told.append(None))
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert told


def test_a_number_is_asked_of_the_input_method_and_a_computed_one_tells_how_it_was_made(view: IndicatorView) -> None:
    view.bridge.do(SetValue(at("a", "权重"), "10"))
    view.reveal(at("a", "权重"))
    assert editor(view).inputMethodHints() & Qt.InputMethodHint.ImhPreferNumbers
    view.reveal(at("a"))
    assert not editor(view).inputMethodHints() & Qt.InputMethodHint.ImhPreferNumbers
    tip = str(view.tree_model.find(at("a", "加倍")).data(Qt.ItemDataRole.ToolTipRole))
    assert "加倍" in tip
    assert "20" in tip


def test_many_keys_leave_the_view_alive(view: IndicatorView, qtbot: QtBot) -> None:
    view.reveal(at("a"))
    for _ in range(60):
        for key, modifier in ((Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Key.Key_D, CTRL), (Key.Key_Down, ALT)):
            qtbot.keyClick(view.cell_editor() or view, key, modifier)
    while view.bridge.draft.can_undo:
        view.bridge.undo()
    assert (rows(view, QUANTITY), rows(view, QUALITY)) == (["指标a", "指标b"], ["指标c"])


def test_a_problem_of_a_heading_leads_to_the_first_row_under_it(view: IndicatorView) -> None:
    view.reveal(Place(table="指标", column=ECONOMY[1]))
    assert view.current_node().branch == ECONOMY
