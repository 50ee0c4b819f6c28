"""Whoever asked hears where the focus moves; a widget that goes with the focus in it is never called any more."""

from __future__ import annotations

import gc

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from desktop.focus_moves import on_focus_moved
from tests.desktop.conftest import WAIT_MS


class Listener(QLineEdit):
    """A field that hears of moves and keeps them in a list that outlives it."""

    def __init__(self, heard: list[tuple[QWidget | None, QWidget | None]]) -> None:
        super().__init__()
        self.heard = heard
        on_focus_moved(self.moved)

    def moved(self, old: QWidget | None, new: QWidget | None) -> None:
        self.heard.append((old, new))


def test_moves_are_heard_until_the_listener_goes(qtbot: QtBot) -> None:
    window, other = QWidget(), QLineEdit()
    heard: list[tuple[QWidget | None, QWidget | None]] = []
    listener: Listener | None = Listener(heard)
    assert listener is not None
    layout = QHBoxLayout(window)
    layout.addWidget(listener)
    layout.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    listener.setFocus()
    other.setFocus()
    assert (listener, other) in heard
    listener.setFocus()
    count = len(heard)
    with capture_exceptions() as exceptions:
        layout.removeWidget(listener)
        listener.setParent(None)
        del listener
        gc.collect()
        other.setFocus()
        qtbot.waitUntil(other.hasFocus, timeout=WAIT_MS)
    assert exceptions == []
    assert len(heard) <= count + 1  # leaving the window may still be heard, while it lives
