"""Backups in the window: made by themselves, listed with what is in them, and the way back of one filing or all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.backups import BackupsDialog
from desktop.window import Window
from forms.errors import SaveFailed
from forms.store.backups import Backups
from forms.store.library import Library
from tests.desktop.conftest import WAIT_MS, MakeWindow
from tests.desktop.parts import button, part, press, said
from tests.forms.history.lives import AMOUNT, Life


@pytest.fixture
def life(tmp_path: Path) -> Life:
    """A library with two backups and changes after each."""
    life = Life(tmp_path)
    for text in ("90", "91"):
        life.clock.on(hours=1)
        life.library.keep_backup("timer")
        life.put(AMOUNT, text)
    life.library.close()
    return life


@pytest.fixture
def window(make_window: MakeWindow, life: Life, qtbot: QtBot) -> Window:
    window = make_window(life.library.path)
    window.work.open(life.ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    return window


@pytest.fixture
def dialog(window: Window, life: Life, qtbot: QtBot) -> BackupsDialog:
    window.actions_["backups"].trigger()
    qtbot.waitUntil(lambda: window.findChild(BackupsDialog) is not None, timeout=WAIT_MS)
    found = part(window, BackupsDialog, "backups_dialog")
    qtbot.waitUntil(lambda: shown(found)[-1][-1] == "完好", timeout=WAIT_MS)
    choose(found, life)
    qtbot.waitUntil(lambda: found.table.model().rowCount() > 0, timeout=WAIT_MS)
    return found


def shown(dialog: BackupsDialog) -> list[list[str]]:
    model = dialog.list.model()
    return [[str(model.index(row, column).data()) for column in range(5)] for row in range(model.rowCount())]


def choose(dialog: BackupsDialog, life: Life) -> None:
    """The older backup and in it the filing that was changed since."""
    dialog.list.selectRow(1)
    model = dialog.kept.model()
    titles = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    dialog.kept.selectRow(next(row for row, title in enumerate(titles) if "沙渡" in title))


def amount(window: Window) -> str:
    assert window.open is not None
    return window.open.bridge.filing.text(AMOUNT)


def test_each_backup_tells_time_reason_size_filings_and_whether_it_is_whole(dialog: BackupsDialog, life: Life) -> None:
    lines = shown(dialog)
    assert [(line[1], line[4]) for line in lines] == [("定时", "完好"), ("定时", "完好")]
    assert all(int(line[3]) > 1 for line in lines)
    assert lines[0][0] > lines[1][0]


def test_what_a_filing_was_then_is_seen_before_it_is_taken_back(dialog: BackupsDialog) -> None:
    model = dialog.table.model()
    assert [str(model.index(0, column).data()) for column in (1, 3, 4)] == ["资金需求", "88", "91"]
    assert "1 处不同" in said(dialog, "verdict")


def test_a_filing_comes_back_and_that_can_be_undone(dialog: BackupsDialog, window: Window, qtbot: QtBot) -> None:
    press(dialog, "retrieve")
    qtbot.waitUntil(lambda: window.open is not None and amount(window) == "88", timeout=WAIT_MS)
    qtbot.waitUntil(window.actions_["undo"].isEnabled, timeout=WAIT_MS)
    window.actions_["undo"].trigger()
    assert amount(window) == "91"


def test_a_filing_comes_back_as_another_one(dialog: BackupsDialog, window: Window, life: Life, qtbot: QtBot) -> None:
    press(dialog, "retrieve_copy")
    qtbot.waitUntil(lambda: window.open is not None and window.open.ident != life.ident, timeout=WAIT_MS)
    assert amount(window) == "88"


def test_the_whole_library_goes_back_after_a_question(
    dialog: BackupsDialog, window: Window, life: Life, qtbot: QtBot
) -> None:
    press(dialog, "retrieve_all")
    question = part(dialog, QMessageBox, "replace")
    default = question.defaultButton()
    assert default is not None
    assert default.text() == "取消"
    next(one for one in question.buttons() if one.text() == "恢复整个库").click()
    qtbot.waitUntil(lambda: "原来的库留在" in window.status.currentMessage(), timeout=WAIT_MS)
    assert window.open is None
    window.work.open(life.ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    assert amount(window) == "88"
    assert any(one.reason == "restore" for one in Backups(life.library.path.absolute()).all())


def test_one_is_made_by_hand(dialog: BackupsDialog, qtbot: QtBot) -> None:
    press(dialog, "back_up")
    qtbot.waitUntil(lambda: shown(dialog)[0][1] == "手动" and shown(dialog)[0][4] == "完好", timeout=WAIT_MS)
    assert shown(dialog)[-1][1] == "定时"  # of those of one day long ago the last is kept


def test_a_damaged_backup_says_so_and_replaces_nothing(window: Window, life: Life, qtbot: QtBot) -> None:
    newest = Backups(life.library.path.absolute()).all()[0].path
    newest.write_bytes(newest.read_bytes()[:8192])
    window.actions_["backups"].trigger()
    qtbot.waitUntil(lambda: window.findChild(BackupsDialog) is not None, timeout=WAIT_MS)
    found = part(window, BackupsDialog, "backups_dialog")
    qtbot.waitUntil(lambda: shown(found)[-1][-1] == "完好", timeout=WAIT_MS)
    found.list.selectRow(0)
    assert shown(found)[0][-1] not in ("完好", "…")
    assert not button(found, "retrieve_all").isEnabled()


def test_the_window_backs_up_what_was_changed_when_it_ends(window: Window, life: Life) -> None:
    assert window.close()
    newest = Backups(life.library.path.absolute()).all()[0]
    assert newest.reason == "exit"
    with Library.look_into(newest.path) as looked:
        assert looked.filing(life.ident).text(AMOUNT) == "91"


def test_a_backup_that_cannot_be_made_is_a_warning_and_stops_nobody(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveFailed("磁盘快满了")

    monkeypatch.setattr(Backups, "begin", full)
    window.safety.keep("timer")
    qtbot.waitUntil(lambda: "磁盘快满了" in window.notice.text, timeout=WAIT_MS)
    assert amount(window) == "91"
