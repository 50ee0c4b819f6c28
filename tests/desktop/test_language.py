"""The language is switched at once and everywhere: a catalogue that marks every sentence leaves none unmarked."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import look
from desktop.dialogs.importing import ImportDialog
from desktop.settings import Settings
from desktop.window import Window
from tests.desktop.conftest import WAIT_MS, children
from tests.desktop.open_forms import incoming
from tests.desktop.parts import part

MARK = "«"
CHINESE = range(0x4E00, 0x9FFF)
# The same in every language; and what Qt names the arrows of a bar of tabs once and for all.
OWN_WORDS = {"简体中文", "语言 / Language", "向左滚动", "向右滚动"}


class Marked(gettext.NullTranslations):
    """A translation that can be told from the original."""

    def gettext(self, message: str) -> str:
        return MARK + message


@pytest.fixture(autouse=True)
def _marked_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gettext, "translation", lambda *_, **__: Marked())


def choose(window: Window, name: str) -> None:
    action = window.findChild(QAction, f"language-{name}")
    assert isinstance(action, QAction)
    action.trigger()


def words(window: Window) -> set[str]:
    """Whatever the window itself says now; not what stands in filings, forms and lists of them."""
    said = {window.windowTitle()}
    said.update(one.text() for one in window.actions() if one.objectName().startswith("action-"))
    said.update(menu.title() for menu in children(window, QMenu))
    said.update(dock.windowTitle() for dock in children(window, QDockWidget))
    for root in (window.library, window.welcome, window.notice, window.problems, window.preview):
        said.update(label.text() for label in children(root, QLabel))
        said.update(button.text() for button in children(root, QAbstractButton))
        said.update(line.placeholderText() for line in children(root, QLineEdit))
        said.update(widget.accessibleName() for widget in children(root, QWidget))
    return {text for text in said if any(ord(letter) in CHINESE for letter in text)} - OWN_WORDS


def said(dialog: QDialog) -> set[str]:
    """What a dialog says in words of the program."""
    found = {dialog.windowTitle()}
    found.update(label.text() for label in children(dialog, QLabel))
    found.update(button.text() for button in children(dialog, QAbstractButton))
    found.update(line.placeholderText() for line in children(dialog, QLineEdit))
    found.update(widget.accessibleName() for widget in children(dialog, QWidget))
    for header in children(dialog, QHeaderView):
        found.update(str(header.model().headerData(n, header.orientation()) or "") for n in range(header.count()))
    return {text for text in found if any(ord(letter) in CHINESE for letter in text)} - OWN_WORDS


def test_everything_the_window_says_changes_with_the_language(window: Window, settings: Settings, qtbot: QtBot) -> None:
    chinese = words(window)
    assert chinese
    assert not any(MARK in text for text in chinese)
    choose(window, "en")
    qtbot.waitUntil(lambda: MARK in window.windowTitle())
    assert [text for text in words(window) if MARK not in text] == []
    assert settings.language == "en"
    choose(window, "zh_CN")
    qtbot.waitUntil(lambda: MARK not in window.windowTitle())
    assert words(window) == chinese


def test_the_state_of_saving_is_told_in_the_new_language(window: Window, qtbot: QtBot) -> None:
    window.status.saved("10:32:05")
    assert window.status.saving == "已保存 10:32:05"
    choose(window, "en")
    qtbot.waitUntil(lambda: window.status.saving == f"{MARK}已保存 10:32:05")


@pytest.mark.parametrize("errand", ["new", "print", "export", "verify", "compare", "carry"])
def test_an_open_dialog_changes_with_the_language(window: Window, qtbot: QtBot, errand: str) -> None:
    ident = next(one.filing.id for one in incoming() if "沙渡市" in one.filing.values.values())
    window.work.open(ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    window.actions_[errand].trigger()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=WAIT_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=WAIT_MS)
    assert said(dialog)
    choose(window, "en")
    qtbot.waitUntil(lambda: MARK in dialog.windowTitle(), timeout=WAIT_MS)
    assert [text for text in said(dialog) if MARK not in text] == []
    dialog.reject()


def test_the_import_dialog_changes_with_the_language(qtbot: QtBot) -> None:
    dialog = ImportDialog(incoming(), (), [True] * len(incoming()))
    qtbot.addWidget(dialog)
    look.speak("en")
    qtbot.waitUntil(lambda: MARK in dialog.windowTitle())
    assert [text for text in said(dialog) if MARK not in text] == []
    assert MARK in part(dialog, QListWidget, "forms").item(0).text()
