"""An example is opened to play with from the window, says what it is, and cannot be exported."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.exporting import ExportDialog
from desktop.dialogs.practising import PracticeDialog
from desktop.window import Window
from forms.practice import examples
from tests.desktop.conftest import WAIT_MS
from tests.desktop.parts import button, part, press, said


@pytest.fixture
def practising(window: Window, qtbot: QtBot) -> Window:
    press(window, "welcome-practice")
    dialog = part(window, PracticeDialog, "practice_dialog")
    listed = part(dialog, QListWidget, "examples")
    assert listed.count() == len(examples())
    QTest.keyClick(listed, Qt.Key.Key_Down)
    press(dialog, "take")
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    return window


def test_the_copy_says_that_it_is_for_practice(practising: Window) -> None:
    assert practising.open is not None
    assert practising.open.bridge.filing.is_practice
    assert practising.open.title.startswith("（练习）")
    assert "练习" in practising.notice.text
    assert "练习" in practising.windowTitle()


def test_the_export_dialog_refuses_it(practising: Window, qtbot: QtBot) -> None:
    practising.actions_["export"].trigger()
    qtbot.waitUntil(lambda: practising.findChild(ExportDialog) is not None, timeout=WAIT_MS)
    dialog = part(practising, ExportDialog, "export_dialog")
    qtbot.waitUntil(lambda: "还不能导出" in said(dialog, "export_verdict"), timeout=WAIT_MS)
    assert not button(dialog, "export").isEnabled()
    dialog.reject()
