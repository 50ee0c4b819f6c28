"""Files in and out of the window: an import that is given up, a workbook, a PDF, packages verified, a second start."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QListWidget, QTreeWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs import intake
from desktop.single import SingleWindow
from desktop.window import Window
from forms.incoming import reading
from forms.incoming.reading import Brought
from forms.titles import APART
from tests.desktop.conftest import WAIT_MS, MakeWindow
from tests.desktop.open_forms import EXAMPLE, incoming
from tests.desktop.parts import button, part, press, said
from tests.flows.clerk import dialog_named, drop, gone, picture
from tests.flows.running import Person

pytestmark = pytest.mark.usefixtures("chinese_and_light")


def test_an_import_is_given_up_while_it_reads_and_while_it_is_looked_at(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()

    read_each = reading.read_each

    def slowly(*given: Any, **named: Any) -> Generator[Brought, None, None]:
        go.wait(30)
        yield from read_each(*given, **named)

    window = make_window(tmp_path / "library.jixiao")
    monkeypatch.setattr(intake, "read_each", slowly)
    drop(window, EXAMPLE)
    waiting = dialog_named(window, "waiting", qtbot)
    picture(waiting, "9-reading")
    press(waiting, "cancel")
    go.set()
    gone(window, "waiting", qtbot)
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=WAIT_MS)
    drop(window, EXAMPLE)
    dialog = dialog_named(window, "import_dialog", qtbot)
    press(dialog, "cancel")
    gone(window, "import_dialog", qtbot)
    assert window.library.model.rowCount() == 0
    assert window.open is None


def test_the_same_file_dropped_twice_says_what_is_there_already(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(tmp_path / "library.jixiao")
    drop(window, EXAMPLE)
    press(dialog_named(window, "import_dialog", qtbot), "accept")
    gone(window, "import_dialog", qtbot)
    qtbot.waitUntil(lambda: window.library.model.rowCount() == len(incoming()), timeout=WAIT_MS)
    drop(window, EXAMPLE)
    dialog = dialog_named(window, "import_dialog", qtbot)
    assert said(dialog, "already").startswith(f"{len(incoming())} 份与库中已有的相同")
    picture(dialog, "9-again")
    forms = part(dialog, QListWidget, "forms")
    forms.setCurrentRow(1)
    qtbot.keyClick(forms, Qt.Key.Key_Space)  # meant all the same
    press(dialog, "accept")
    qtbot.waitUntil(lambda: window.library.model.rowCount() == len(incoming()) + 1, timeout=WAIT_MS)


def test_workbook_and_pdf_are_offered_under_the_title_where_the_person_was_last(
    desk: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[Path] = []

    def choose(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(suggested))
        return str(tmp_path / "送审" / Path(suggested).name), ""

    (tmp_path / "送审").mkdir()
    desk.settings.folder = tmp_path
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    desk.actions_["xlsx"].trigger()
    assert desk.open is not None
    workbook = tmp_path / "送审" / "{}.xlsx".format(desk.open.title.replace(APART, "_"))
    qtbot.waitUntil(lambda: workbook.name in desk.status.currentMessage(), timeout=WAIT_MS)
    assert "校验" in load_workbook(workbook).sheetnames
    desk.actions_["print"].trigger()
    printing = dialog_named(desk, "print_dialog", qtbot)
    qtbot.waitUntil(button(printing, "print").isEnabled, timeout=WAIT_MS)
    picture(printing, "10-print")
    press(printing, "save_pdf")
    pdf = workbook.with_suffix(".pdf")
    qtbot.waitUntil(lambda: pdf.name in desk.status.currentMessage(), timeout=WAIT_MS)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert offered == [tmp_path / workbook.name, pdf]  # the second time in the folder of the first
    qtbot.keyClick(printing, Qt.Key.Key_Escape)


def test_a_package_is_verified_beside_one_that_was_changed(
    desk: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings.folder = tmp_path
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(desk, Qt.Key.Key_E, keys)
    exporting = dialog_named(desk, "export_dialog", qtbot)
    qtbot.waitUntil(button(exporting, "export").isEnabled, timeout=WAIT_MS)
    press(exporting, "export")
    qtbot.waitUntil(button(exporting, "open_folder").isEnabled, timeout=WAIT_MS)
    qtbot.keyClick(exporting, Qt.Key.Key_Escape)
    gone(desk, "export_dialog", qtbot)
    good = next(tmp_path.glob("*.zip"))
    data = bytearray(good.read_bytes())
    data[data.find(b"data/form.pdf") + 40] ^= 1
    changed = tmp_path / "改过.zip"
    changed.write_bytes(data)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(good), str(changed)], ""))
    qtbot.keyClick(desk, Qt.Key.Key_K, keys)
    verifying = dialog_named(desk, "verify_dialog", qtbot)
    press(verifying, "choose")
    tree = part(verifying, QTreeWidget, "reports")
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 2, timeout=WAIT_MS)
    assert [tree.topLevelItem(row).text(1) for row in range(2)] == ["完整", "不完整"]
    picture(verifying, "11-verified")
    qtbot.keyClick(verifying, Qt.Key.Key_Escape)


def test_a_second_start_raises_the_window_of_the_first(
    make_window: MakeWindow, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(library)
    first = SingleWindow(library)
    assert first.claim()
    first.raised.connect(window.come_to_front)
    window.showMinimized()
    outcome: list[int] = []
    start = threading.Thread(
        target=lambda: outcome.append(Person(tmp_path, QT_QPA_PLATFORM="offscreen").run("--library", library).code)
    )
    start.start()
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=3 * WAIT_MS)
    start.join()
    first.release()
    assert outcome == [0]
    assert QApplication.activeWindow() is window
