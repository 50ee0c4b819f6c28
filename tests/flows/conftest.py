"""The window's fixtures, for errands that are done in it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.window import Window
from tests.desktop.conftest import chinese_and_light, library, make_window, qapp, settings, window
from tests.flows.clerk import find

__all__ = ["chinese_and_light", "desk", "library", "make_window", "qapp", "settings", "window"]


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window on a clerk's screen with the sound form of 沙渡 open."""
    window.resize(1366, 768)
    find(window, "沙渡", qtbot)
    return window
