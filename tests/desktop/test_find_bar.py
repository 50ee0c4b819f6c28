"""Words are found and exchanged from the keyboard, the caret going to the very characters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.find_bar import FindBar
from desktop.window import Window
from forms.filing import Place
from tests.desktop.conftest import WAIT_MS, compose
from tests.desktop.parts import press, said

GOAL, NAME = Place(field="总体目标"), Place(field="项目名称")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bar(window: Window, qtbot: QtBot) -> FindBar:
    window.work.begin("gd-quyu-2022")
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    window.activateWindow()
    for place, text in ((NAME, "监测站建设"), (GOAL, "建成监测站，监测站运行稳定。")):
        window.reveal(place)
        focus = QApplication.focusWidget()
        assert focus is not None
        compose(focus, commit=text)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F, CONTROL)
    assert window.find_bar.isVisible()
    return window.find_bar


def text(window: Window, place: Place) -> str:
    assert window.open is not None
    return window.open.bridge.filing.text(place)


def test_places_are_counted_while_typing_and_the_caret_stays(bar: FindBar) -> None:
    assert bar.words.hasFocus()
    compose(bar.words, "jian", commit="监测站")
    assert said(bar, "find-count") == "–/3"
    assert bar.words.hasFocus()


def test_enter_goes_from_place_to_place_and_round(bar: FindBar, window: Window) -> None:
    compose(bar.words, commit="监测站")
    places = []
    for _ in range(4):
        QTest.keyClick(bar.words, Qt.Key.Key_Return)
        assert window.open is not None
        places.append(window.open.place)
    assert places == [NAME, GOAL, GOAL, NAME]
    assert said(bar, "find-count") == "1/3"
    assert bar.words.hasFocus()


def test_escape_leaves_the_caret_on_what_was_found(bar: FindBar, window: Window) -> None:
    compose(bar.words, commit="运行")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.open is not None
    assert window.open.place == GOAL


def test_one_is_exchanged_then_the_next(bar: FindBar, window: Window) -> None:
    compose(bar.words, commit="监测站")
    compose(bar.others, commit="监测点")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    press(bar, "replace-one")
    assert text(window, GOAL) == "建成监测点，监测站运行稳定。"
    press(bar, "replace-one")
    assert text(window, GOAL) == "建成监测点，监测点运行稳定。"
    assert text(window, NAME) == "监测站建设"


def test_all_are_exchanged_as_one_step_of_undo(bar: FindBar, window: Window) -> None:
    compose(bar.words, commit="监测站")
    compose(bar.others, commit="监测点")
    press(bar, "replace-all")
    assert (text(window, NAME), text(window, GOAL)) == ("监测点建设", "建成监测点，监测点运行稳定。")
    assert said(bar, "find-count") == "换了 3 处"
    assert "监测站" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    assert (text(window, NAME), text(window, GOAL)) == ("监测站建设", "建成监测站，监测站运行稳定。")


def test_what_is_not_there_is_said_and_nothing_can_be_exchanged(bar: FindBar) -> None:
    compose(bar.words, commit="高铁")
    assert said(bar, "find-count") == "没有找到"
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert said(bar, "find-count") == "没有找到"


def test_the_bar_goes_away_with_the_filing(bar: FindBar, window: Window, qtbot: QtBot) -> None:
    assert window.work.leave()
    window.work.put_away()
    assert not bar.isVisible()
