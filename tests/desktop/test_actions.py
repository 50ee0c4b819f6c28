"""Everything that can be asked has a name, a key of its own and, where it needs an open filing, waits for one."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from desktop.actions import Actions
from desktop.kept_keys import KEPT
from tests.desktop.conftest import children

# What Qt's fields make of keys on X11, beyond cutting, copying, pasting and taking back; no test screen does that.
TAKEN_BY_FIELDS = {"Ctrl+A", "Ctrl+Shift+A", "Ctrl+D", "Ctrl+E", "Ctrl+H", "Ctrl+K", "Ctrl+U", "Ctrl+M", "Ctrl+Shift+M"}
NEED_A_FILING = ("print", "xlsx", "export", "check", "next")


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(window: QMainWindow) -> Actions:
    return Actions(window)


def named(window: QMainWindow) -> list[QAction]:
    return [one for one in window.actions() if one.objectName().startswith("action-")]


def test_every_action_has_words_and_a_tip_and_no_key_twice(actions: Actions, window: QMainWindow) -> None:
    every = named(window)
    assert len(every) > 10
    assert all(one.text() and one.iconText() and one.toolTip() for one in every)
    keys = Counter(one.shortcut().toString() for one in every if not one.shortcut().isEmpty())
    assert set(keys.values()) == {1}


def test_the_keys_a_clerk_is_told_are_these(actions: Actions) -> None:
    assert actions["check"].shortcut() == QKeySequence("F5")
    assert actions["next"].shortcut() == QKeySequence("F8")
    assert actions["print"].shortcut() == QKeySequence(QKeySequence.StandardKey.Print)
    assert "F5" in actions["check"].toolTip()


def test_no_action_has_a_key_that_a_field_takes_for_itself(actions: Actions, window: QMainWindow) -> None:
    keys = {key.toString() for one in named(window) for key in one.shortcuts()} - set(KEPT)
    assert keys.isdisjoint(TAKEN_BY_FIELDS)


def test_everything_can_be_asked_by_keys(actions: Actions, window: QMainWindow) -> None:
    assert [one.objectName() for one in named(window) if one.shortcut().isEmpty()] == []
    assert all("&" in menu.title() for menu in children(window, QMenu) if menu.title())


def test_without_an_open_filing_what_needs_one_cannot_be_chosen(actions: Actions) -> None:
    assert not any(actions[name].isEnabled() for name in (*NEED_A_FILING, "undo", "redo"))
    assert all(actions[name].isEnabled() for name in ("new", "import", "verify", "quit"))
    actions.enable_filing(on=True)
    assert all(actions[name].isEnabled() for name in NEED_A_FILING)
    assert not actions["undo"].isEnabled()


def test_undo_and_redo_tell_the_step_they_are_about(actions: Actions) -> None:
    actions.name_steps("增加指标", "")
    assert actions["undo"].isEnabled()
    assert not actions["redo"].isEnabled()
    assert "增加指标" in actions["undo"].text()
    assert "增加指标" in actions["undo"].toolTip()
    assert actions["undo"].iconText() == "撤销"


def test_a_choice_has_one_mark_and_is_heard(actions: Actions, window: QMainWindow) -> None:
    heard: list[str] = []
    actions.add_choice("theme", "dark", heard.append)
    choices = [one for one in children(window, QAction) if one.objectName().startswith("theme-")]
    assert [one.isChecked() for one in choices] == [one.objectName() == "theme-dark" for one in choices]
    next(one for one in choices if one.objectName() == "theme-light").trigger()
    assert heard == ["light"]
    assert sum(one.isChecked() for one in choices) == 1


def test_actions_do_what_they_are_joined_to(actions: Actions) -> None:
    done: list[str] = []
    actions.connect_all({"new": lambda: done.append("new"), "check": lambda: done.append("check")})
    actions["new"].trigger()
    actions["check"].trigger()
    assert done == ["new"]
