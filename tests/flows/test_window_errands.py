"""Whole errands of a clerk in the window, by keys and clicks; each leaves pictures in build/screenshots."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.window import Window
from forms.filing import Place
from forms.package.packing import open_package
from forms.problem import Severity
from forms.store.library import Library
from tests.desktop.conftest import WAIT_MS, MakeWindow, children, compose
from tests.desktop.open_forms import EXAMPLE

pytestmark = pytest.mark.usefixtures("chinese_and_light")

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
AMOUNT = Place(field="资金需求")
GOAL = Place(field="总体目标")


def picture(widget: QWidget, name: str) -> None:
    """Keep what the widget looks like now."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    assert widget.grab().save(str(SCREENSHOTS / f"{name}.png"))


def dialog_named(window: Window, name: str, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: window.findChild(QDialog, name) is not None, timeout=WAIT_MS)
    found = window.findChild(QDialog, name)
    assert isinstance(found, QDialog)
    return found


def button(dialog: QWidget, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, data, buttons, keys))


def go_to(window: Window, place: Place, qtbot: QtBot) -> QWidget:
    """Put the caret at a place; gives the widget that takes the keys."""
    window.reveal(place)
    qtbot.waitUntil(lambda: window.open is not None and window.open.place == place, timeout=WAIT_MS)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def retype(widget: QWidget, text: str, qtbot: QtBot) -> None:
    """Select what stands there and type over it."""
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose(widget, "…", commit=text)


def text(window: Window, place: Place) -> str:
    assert window.open is not None
    return window.open.bridge.filing.text(place)


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window on a clerk's screen with the sound form of 沙渡 open."""
    window.resize(1366, 768)
    compose(window.library.search, commit="沙渡")
    qtbot.keyClick(window.library.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    return window


def test_a_first_form_from_a_word_file_to_the_package(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(tmp_path / "library.jixiao")
    window.resize(1092, 614)
    picture(window, "1-empty")
    drop(window, EXAMPLE)
    dialog = dialog_named(window, "import_dialog", qtbot)
    picture(dialog, "1-import")
    qtbot.mouseClick(button(dialog, "accept"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.open is not None and window.library.model.rowCount() > 1, timeout=WAIT_MS)
    compose(window.library.search, commit="沙渡")
    qtbot.keyClick(window.library.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "沙渡" in window.windowTitle(), timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    picture(window, "1-checked")
    window.settings.folder = tmp_path
    window.actions_["export"].trigger()
    exporting = dialog_named(window, "export_dialog", qtbot)
    listed = children(exporting, QTreeWidget)[0]
    qtbot.waitUntil(lambda: listed.topLevelItemCount() == 1, timeout=WAIT_MS)
    qtbot.mouseClick(button(exporting, "export"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.zip"))) == 1, timeout=WAIT_MS)
    picture(exporting, "1-exported")
    qtbot.keyClick(exporting, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.open is not None and window.open.bridge.filing.state == "exported", timeout=WAIT_MS)
    package = open_package(next(tmp_path.glob("*.zip")).read_bytes())
    assert window.open is not None
    assert package.filing == window.open.bridge.filing


def test_a_wrong_amount_is_put_right_by_its_button_and_can_be_taken_back(desk: Window, qtbot: QtBot) -> None:
    good = text(desk, AMOUNT)
    field = go_to(desk, AMOUNT, qtbot)
    retype(field, f"{good}万", qtbot)
    assert text(desk, AMOUNT) == f"{good}万"
    qtbot.keyClick(desk, Qt.Key.Key_F5)
    assert desk.open is not None
    wrong = [one for one in desk.open.bridge.problems_at(AMOUNT) if one.fix is not None]
    assert wrong
    assert wrong[0].severity is Severity.ERROR
    picture(desk, "2-wrong")
    view = desk.problems.view
    view.setFocus()
    view.selectRow(0)
    qtbot.mouseClick(button(desk.problems, "fix"), Qt.MouseButton.LeftButton)
    assert text(desk, AMOUNT) == good
    picture(desk, "2-right")
    desk.actions_["undo"].trigger()
    assert text(desk, AMOUNT) == f"{good}万"


def test_f8_walks_to_what_is_to_be_done(desk: Window, qtbot: QtBot) -> None:
    field = go_to(desk, AMOUNT, qtbot)
    retype(field, "很多", qtbot)
    go_to(desk, GOAL, qtbot)
    qtbot.keyClick(desk, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: desk.open is not None and desk.open.place == AMOUNT, timeout=WAIT_MS)
    picture(desk, "3-next")


def test_typing_is_taken_back_by_ctrl_z_in_the_field_itself(desk: Window, qtbot: QtBot) -> None:
    before = text(desk, GOAL)
    field = go_to(desk, GOAL, qtbot)
    retype(field, "年底前全部完工。", qtbot)
    assert text(desk, GOAL) == "年底前全部完工。"
    picture(desk, "4-typed")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text(desk, GOAL) == before


def test_what_stands_in_the_field_under_the_caret_is_saved_on_closing(
    desk: Window, library: Path, qtbot: QtBot
) -> None:
    assert desk.open is not None
    ident = desk.open.ident
    retype(go_to(desk, GOAL, qtbot), "刚刚写下的话", qtbot)
    assert desk.close()
    with Library.open(library) as kept:
        assert kept.filing(ident).text(GOAL) == "刚刚写下的话"


def test_a_kill_between_key_and_save_leaves_a_whole_filing_and_a_quiet_word(
    make_window: MakeWindow, library: Path, qtbot: QtBot
) -> None:
    from tests.reliability.test_window_kill import type_and_kill

    with Library.open(library) as opened:
        ident = next(one.id for one in opened.list() if "沙渡" in one.title)
    saved = type_and_kill(library, ident, 3)
    window = make_window(library)
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: "没有丢失" in window.status.currentMessage(), timeout=WAIT_MS)
    window.work.open(ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    assert int(text(window, AMOUNT)) >= saved
    picture(window, "5-recovered")


def test_two_thousand_keys_are_two_thousand_keys(desk: Window, qtbot: QtBot) -> None:
    field = go_to(desk, GOAL, qtbot)
    retype(field, "始", qtbot)
    for _ in range(2_000):
        qtbot.keyClick(field, Qt.Key.Key_1)
    assert text(desk, GOAL) == "始" + "1" * 2_000
