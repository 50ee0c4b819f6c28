"""Writing in the window: Chinese in fields, tables and trees, a language switched in the middle, a drag taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from pytestqt.qtbot import QtBot

from desktop.editor.row_view import TableView
from desktop.editor.tree import IndicatorView
from desktop.window import Window
from forms.filing import Place
from forms.store.library import Library
from tests.desktop.conftest import WAIT_MS, children, compose
from tests.desktop.parts import part
from tests.desktop.test_indicator_drag import Mouse
from tests.flows.clerk import AMOUNT, GOAL, find, focused, go_to, picture, retype, text

pytestmark = pytest.mark.usefixtures("chinese_and_light")


def test_chinese_is_written_into_a_field_letter_by_letter_and_saved(desk: Window, library: Path, qtbot: QtBot) -> None:
    field = go_to(desk, GOAL, qtbot)
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    before = text(desk, GOAL)
    for preedit in ("ni", "nian", "nian di"):
        QCoreApplication.sendEvent(field, QInputMethodEvent(preedit, []))
        assert text(desk, GOAL) == before  # what is being composed is not typed yet
    picture(desk, "6-composing")
    compose(field, "nian di qian", commit="年底前")
    compose(field, "wan gong", commit="完工，")
    compose(field, commit="满意度９０％")  # full-width letters stay as they are typed
    assert text(desk, GOAL) == "年底前完工，满意度９０％"
    assert desk.open is not None
    ident = desk.open.ident
    assert desk.close()
    with Library.open(library) as kept:
        assert kept.filing(ident).text(GOAL) == "年底前完工，满意度９０％"


def test_chinese_is_written_into_a_cell_that_was_clicked_in_a_tree(desk: Window, qtbot: QtBot) -> None:
    assert desk.open is not None
    tree = part(desk.open.form, IndicatorView)
    first = desk.open.bridge.filing.indicators[0]
    place = Place(indicator=first.id, column="三级指标")
    desk.reveal(Place(indicator=first.id, column="指标值"))
    qtbot.waitUntil(lambda: desk.open is not None and desk.open.place is not None, timeout=WAIT_MS)
    spot = tree.visualRect(tree.tree_model.find(place)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: desk.open is not None and desk.open.place == place, timeout=WAIT_MS)
    retype(focused(), "新建污水管网长度", qtbot)
    assert text(desk, place) == "新建污水管网长度"
    picture(desk, "6-tree")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert desk.open.place == Place(indicator=first.id, column="指标值")
    retype(focused(), "≥９公里", qtbot)
    assert text(desk, desk.open.place) == "≥９公里"


def test_chinese_is_written_into_a_cell_of_a_table(window: Window, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    find(window, "任务清单", qtbot)
    assert window.open is not None
    table = part(window.open.form, TableView)
    rows = window.open.bridge.filing.rows("任务")
    place = Place(table="任务", row=rows[0].id, column="工作量")
    retype(go_to(window, place, qtbot), "改造泵站２座", qtbot)
    assert text(window, place) == "改造泵站２座"
    picture(window, "6-table")
    table.flush()
    qtbot.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text(window, place) == rows[0].cells["工作量"]


def test_the_language_is_switched_in_the_middle_of_a_word_and_nothing_typed_is_lost(desk: Window, qtbot: QtBot) -> None:
    field = go_to(desk, AMOUNT, qtbot)
    retype(field, "12", qtbot)
    english = next(one for one in children(desk, QAction) if one.objectName() == "language-en")
    english.trigger()
    qtbot.waitUntil(lambda: desk.docks.library.windowTitle() == "Library", timeout=WAIT_MS)
    assert focused() is field
    compose(field, commit="3")
    assert text(desk, AMOUNT) == "123"
    assert desk.actions_["check"].text() == "Check"
    qtbot.waitUntil(lambda: desk.status.saving.startswith("Saved "), timeout=WAIT_MS)
    picture(desk, "7-english")


def test_a_dragged_indicator_is_put_back_by_undo(desk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.open is not None
    tree = part(desk.open.form, IndicatorView)
    before = desk.open.bridge.filing.indicators
    moved, goal = before[0], next(one for one in before if one.level2 != before[0].level2)
    desk.reveal(Place(indicator=goal.id, column="三级指标"))
    start, end = (
        tree.visualRect(tree.tree_model.find(Place(indicator=one.id, column="三级指标"))) for one in (moved, goal)
    )
    Mouse(tree, qtbot, monkeypatch).drag(start.center(), end.center().__class__(end.center().x(), end.bottom() - 1))
    after = desk.open.bridge.filing.indicator(moved.id)
    assert after is not None
    assert (after.level2, len(desk.open.bridge.filing.indicators)) == (goal.level2, len(before))
    picture(desk, "8-dragged")
    assert "移动" in desk.actions_["undo"].text()
    desk.actions_["undo"].trigger()
    assert desk.open.bridge.filing.indicators == before
