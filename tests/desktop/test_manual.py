"""The manual opens at the chapter about what is being done, shows its pictures, finds words, knows the real keys."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.manual import Manual, chapters
from desktop.window import Window
from forms.files import resource
from forms.filing import Place
from tests.desktop.conftest import WAIT_MS, compose
from tests.desktop.parts import part

_PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
_KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:F\d+|[A-Z])\b|\bF\d+\b")
_OF_FIELDS = {"Ctrl+D", "F4", "Ctrl+C", "Ctrl+V"}  # keys of tables and blanks, which are no actions of the window


@pytest.fixture
def manual(qtbot: QtBot) -> Manual:
    made = Manual()
    qtbot.addWidget(made)
    made.open_at()
    return made


def shown_chapters(manual: Manual) -> list[str]:
    items = [manual.contents.item(row) for row in range(manual.contents.count())]
    return [item.text() for item in items if not item.isHidden()]


def heading(manual: Manual) -> str:
    return manual.page.toPlainText().splitlines()[0]


def test_every_chapter_has_a_heading_and_every_picture_is_there(manual: Manual) -> None:
    assert len(chapters()) > 5
    for one in chapters():
        assert one.heading
        for name in _PICTURE.findall(one.text):
            assert not QImage(str(resource("manual", name))).isNull()
            kind = QTextDocument.ResourceType.ImageResource
            assert isinstance(manual.page.loadResource(kind.value, QUrl(name)), QImage)


def test_nothing_outside_the_manual_is_shown(manual: Manual) -> None:
    kind = QTextDocument.ResourceType.ImageResource
    assert manual.page.loadResource(kind.value, QUrl("../pictures/window.png")) is None


def test_every_key_the_manual_names_is_a_key_of_the_window(window: Window) -> None:
    real = {key.toString() for action in window.actions() for key in action.shortcuts()} | _OF_FIELDS
    named = {key for one in chapters() for key in _KEYS.findall(one.text)}
    assert named - real == set()
    assert QKeySequence("F1").toString() in named


def test_words_leave_the_chapters_that_have_them_and_are_marked(manual: Manual) -> None:
    compose(manual.search, "he", commit="核验码")
    assert shown_chapters(manual) == ["打印、Word、申报包"]
    assert heading(manual) == "打印、Word、申报包"
    assert manual.page.textCursor().selectedText() == "核验码"
    first = manual.page.textCursor().position()
    QTest.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.page.textCursor().position() > first
    manual.search.clear()
    assert len(shown_chapters(manual)) == len(chapters())


def test_a_word_that_is_nowhere_is_told(manual: Manual) -> None:
    compose(manual.search, commit="高铁")
    assert shown_chapters(manual) == []
    assert manual._none.isVisible()


def test_f1_opens_the_chapter_about_what_is_being_done(window: Window, qtbot: QtBot) -> None:
    window.library.search.setFocus()
    window.actions_["manual"].trigger()
    manual = part(window, Manual, "manual")
    assert heading(manual) == "库、历史、备份"
    window.work.begin("gd-quyu-2022")
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    window.reveal(Place(field="总体目标"))
    window.actions_["manual"].trigger()
    assert heading(manual) == "填表"
    QTest.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()
