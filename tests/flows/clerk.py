"""What a clerk does in the window: type, click, drop files, answer dialogs; and pictures for the build output."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.window import Window
from forms.filing import Place
from tests.desktop.conftest import WAIT_MS, children, compose

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
AMOUNT = Place(field="资金需求")
GOAL = Place(field="总体目标")
_CONTROL = Qt.KeyboardModifier.ControlModifier


def picture(widget: QWidget, name: str) -> None:
    """Keep what the widget looks like now."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    QApplication.processEvents()
    assert widget.grab().save(str(SCREENSHOTS / f"{name}.png"))


def dialog_named(window: Window, name: str, qtbot: QtBot) -> QDialog:
    """The dialog of a name, once it is on the screen."""

    def shown() -> QDialog | None:
        every = children(window, QDialog)
        return next((one for one in every if one.objectName() == name and one.isVisible()), None)

    qtbot.waitUntil(lambda: shown() is not None, timeout=WAIT_MS)
    found = shown()
    assert found is not None
    return found


def gone(window: Window, name: str, qtbot: QtBot) -> None:
    """Wait until no dialog of that name is there any more."""
    qtbot.waitUntil(lambda: not window.findChildren(QDialog, name), timeout=WAIT_MS)
    window.activateWindow()  # on the screen of the tests nobody gives the keys back to it
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=WAIT_MS)


def drop(window: Window, *paths: Path) -> None:
    """Let files fall on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, data, buttons, keys))


def find(window: Window, words: str, qtbot: QtBot) -> None:
    """Open the filing that a search finds."""
    qtbot.keyClick(window, Qt.Key.Key_F, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    search = window.library.search
    search.clear()
    compose(search, commit=words)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.open is not None and words in window.windowTitle(), timeout=WAIT_MS)


def go_to(window: Window, place: Place, qtbot: QtBot) -> QWidget:
    """Put the caret at a place; gives the widget that takes the keys."""
    window.reveal(place)
    qtbot.waitUntil(lambda: window.open is not None and window.open.place == place, timeout=WAIT_MS)
    return focused()


def focused() -> QWidget:
    """The widget that takes the keys."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def retype(widget: QWidget, text: str, qtbot: QtBot) -> None:
    """Select what stands there and write over it with an input method."""
    qtbot.keyClick(widget, Qt.Key.Key_A, _CONTROL)
    compose(widget, "…", commit=text)


def text(window: Window, place: Place) -> str:
    """What the open filing holds at a place."""
    assert window.open is not None
    return window.open.bridge.filing.text(place)
