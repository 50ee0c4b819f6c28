"""A filing goes into the recycle bin from the list and comes back; only a question lets it go for good."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.recycling import BinDialog
from desktop.models.library import ID_ROLE
from desktop.two_lines import DETAILS_ROLE
from desktop.window import Window
from tests.desktop.conftest import WAIT_MS, children, compose
from tests.desktop.parts import button, part, press, said


@pytest.fixture
def removed(window: Window, qtbot: QtBot) -> str:
    """The first filing of the list, open and then put into the bin by Del."""
    index = window.library.model.index(0, 0)
    ident, count = str(index.data(ID_ROLE)), window.library.model.rowCount()
    window.work.open(ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    window.library.filings.setCurrentIndex(index)
    QTest.keyClick(window.library.filings, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.library.model.rowCount() == count - 1, timeout=WAIT_MS)
    return ident


@pytest.fixture
def dialog(window: Window, removed: str, qtbot: QtBot) -> BinDialog:
    window.actions_["bin"].trigger()
    found = part(window, BinDialog, "bin_dialog")
    qtbot.waitUntil(lambda: found.chosen() == (removed,), timeout=WAIT_MS)
    return found


def test_the_open_form_is_taken_off_the_screen_and_the_window_says_where_it_is(window: Window, removed: str) -> None:
    assert window.open is None
    assert "回收站" in window.statusBar().currentMessage()
    assert window.library.model.row_of(removed) < 0


def test_it_comes_back_whole(dialog: BinDialog, window: Window, removed: str, qtbot: QtBot) -> None:
    press(dialog, "restore")
    qtbot.waitUntil(lambda: window.library.model.row_of(removed) >= 0, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: said(dialog, "bin_words") == "回收站是空的。", timeout=WAIT_MS)
    assert not button(dialog, "delete").isEnabled()


def test_it_goes_for_good_only_after_a_question(dialog: BinDialog, removed: str, qtbot: QtBot) -> None:
    press(dialog, "delete")
    question = part(dialog, QMessageBox, "delete_for_good")
    default = question.defaultButton()
    assert default is not None
    assert default.text() == "取消"
    QTest.mouseClick(default, Qt.MouseButton.LeftButton)
    assert dialog.chosen() == (removed,)
    press(dialog, "delete")
    (asked,) = (one for one in children(dialog, QMessageBox) if one.isVisible())
    next(one for one in asked.buttons() if one.text() == "彻底删除").click()
    qtbot.waitUntil(lambda: dialog.list.model().rowCount() == 0, timeout=WAIT_MS)


def test_words_within_a_form_find_it_and_are_shown_with_their_line(window: Window, qtbot: QtBot) -> None:
    model = window.library.model
    everything = model.rowCount()
    compose(window.library.search, commit="车载气相色谱")
    qtbot.waitUntil(lambda: 0 < model.rowCount() < everything, timeout=WAIT_MS)
    assert "车载气相色谱" in str(model.index(0, 0).data(DETAILS_ROLE))
    window.library.search.clear()
    assert model.rowCount() == everything
