"""Whole errands of a clerk in the window, by keys and clicks; each leaves pictures in build/screenshots."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.window import Window
from forms.package.packing import open_package
from forms.problem import Severity
from forms.store.library import Library
from tests.desktop.conftest import WAIT_MS, MakeWindow
from tests.desktop.open_forms import EXAMPLE
from tests.desktop.parts import button, press
from tests.flows.clerk import AMOUNT, GOAL, dialog_named, drop, find, go_to, picture, retype, text

pytestmark = pytest.mark.usefixtures("chinese_and_light")


def test_a_first_form_from_a_word_file_to_the_package(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(tmp_path / "library.jixiao")
    window.resize(1092, 614)
    picture(window, "1-empty")
    drop(window, EXAMPLE)
    dialog = dialog_named(window, "import_dialog", qtbot)
    picture(dialog, "1-import")
    press(dialog, "accept")
    qtbot.waitUntil(lambda: window.open is not None and window.library.model.rowCount() > 1, timeout=WAIT_MS)
    find(window, "沙渡", qtbot)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    picture(window, "1-checked")
    window.settings.folder = tmp_path
    window.actions_["export"].trigger()
    exporting = dialog_named(window, "export_dialog", qtbot)
    qtbot.waitUntil(button(exporting, "export").isEnabled, timeout=WAIT_MS)
    press(exporting, "export")
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
    press(desk.problems, "fix")
    assert text(desk, AMOUNT) == good
    picture(desk, "2-right")
    desk.actions_["undo"].trigger()
    assert text(desk, AMOUNT) == f"{good}万"


def test_f8_walks_to_what_is_to_be_done(desk: Window, qtbot: QtBot) -> None:
    field = go_to(desk, AMOUNT, qtbot)
    retype(field, "很多", qtbot)
    go_to(desk, GOAL, qtbot)
    qtbot.keyClick(desk, Qt.Key.Key_F8)  # to the heading below that has no indicator, then round to the amount
    qtbot.waitUntil(lambda: desk.open is not None and desk.open.place != GOAL, timeout=WAIT_MS)
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
    qtbot.waitUntil(lambda: "保存过的内容都在" in window.status.currentMessage(), timeout=WAIT_MS)
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
