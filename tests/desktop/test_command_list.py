"""The list of commands: everything that can be done now is found by a few letters and run by Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from desktop.dialogs.commanding import CommandDialog
from desktop.window import Window
from tests.desktop.conftest import WAIT_MS, compose
from tests.desktop.parts import button, part, said


def names(dialog: CommandDialog) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> CommandDialog:
    made = CommandDialog(window.menuBar(), window)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_can_be_done_now_is_listed_with_menu_and_key(dialog: CommandDialog) -> None:
    listed = names(dialog)
    assert "新填一份…" in listed
    assert "打印…" not in listed  # nothing is open
    model = dialog.table.model()
    row = listed.index("核验申报包…")
    assert [str(model.index(row, column).data()) for column in (1, 2)] == ["文件", "Ctrl+Shift+K"]
    assert not [name for name in listed if "&" in name]


def test_letters_narrow_the_list_by_name_menu_and_key(dialog: CommandDialog) -> None:
    compose(dialog.search, commit="外观 深")
    assert names(dialog) == ["深色"]
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "ctrl+n")
    assert names(dialog) == ["新填一份…"]


def test_a_name_nobody_knows_is_told_and_enter_does_nothing(dialog: CommandDialog) -> None:
    compose(dialog.search, commit="泡茶")
    assert "没有" in said(dialog, "command-none")
    assert not button(dialog, "run").isEnabled()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.chosen is None


def test_arrows_walk_through_the_list_while_typing(dialog: CommandDialog) -> None:
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.table.currentIndex().row() == 1
    second = names(dialog)[1]
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen is not None
    assert dialog.chosen.text() == second


def test_the_key_opens_the_list_from_within_a_field_and_enter_runs(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    window.library.search.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.library.search, timeout=WAIT_MS)
    compose(window.library.search, commit="湖")
    QTest.keyClick(window.library.search, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = part(window, CommandDialog, "commands")
    assert window.library.search.text() == "湖"
    compose(part(dialog, QLineEdit, "command-search"), commit="关于")
    heard: list[bool] = []
    window.actions_["find"].triggered.connect(lambda: heard.append(True))
    part(dialog, QLineEdit, "command-search").clear()
    compose(part(dialog, QLineEdit, "command-search"), commit="查找表")
    assert part(dialog, QTableView, "command-table").currentIndex().row() == 0
    QTest.keyClick(part(dialog, QLineEdit, "command-search"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard), timeout=WAIT_MS)
    assert heard == [True]
