"""Export: what blocks is listed and leads to its place; the rest becomes packages with their 核验码."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from desktop import look
from desktop.dialogs.exporting import ExportDialog
from desktop.dialogs.frame import LARGEST
from desktop.librarian import Librarian
from forms.errors import JixiaoError
from forms.filing import Place
from forms.package.packing import open_package
from tests.desktop.open_forms import incoming
from tests.desktop.parts import button, part, press, said

SOUND, BLOCKED = "青澜市", "白渚市"


def ident(words: str) -> str:
    return next(one.filing.id for one in incoming() if words in one.filing.values.values())


def dialog_for(librarian: Librarian, idents: list[str], folder: Path, qtbot: QtBot) -> ExportDialog:
    made = ExportDialog(librarian, idents, folder)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: tree(made).topLevelItemCount() == len(idents))
    return made


def tree(dialog: ExportDialog) -> QTreeWidget:
    return part(dialog, QTreeWidget, "candidates")


def result(dialog: ExportDialog, row: int) -> str:
    item = tree(dialog).topLevelItem(row)
    assert item is not None
    return item.text(1)


def state(librarian: Librarian, of: str, qtbot: QtBot) -> str:
    answers: list[str] = []

    def refuse(error: JixiaoError) -> None:
        raise AssertionError(error)

    librarian.ask(lambda desk: desk.library.filing(of).state, answers.append, refuse)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_a_sound_filing_becomes_a_package_and_its_code_is_shown(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_for(librarian, [ident(SOUND)], tmp_path / "out", qtbot)
    assert said(dialog, "export_verdict") == "都可以导出。"
    press(dialog, "export")
    qtbot.waitUntil(lambda: "核验码" in result(dialog, 0), timeout=20_000)
    (path,) = (tmp_path / "out").glob("*.zip")
    package = open_package(path.read_bytes())
    assert package.check_code in result(dialog, 0)
    assert package.filing.id == ident(SOUND)
    with qtbot.waitSignal(dialog.exported) as told:
        press(dialog, "close")
    assert told.args == [[ident(SOUND)]]
    assert state(librarian, ident(SOUND), qtbot) == "exported"


def test_nothing_can_be_exported_before_it_was_looked_at(librarian: Librarian, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(librarian, [ident(SOUND)], tmp_path)
    qtbot.addWidget(dialog)
    assert not button(dialog, "export").isEnabled()
    assert said(dialog, "export_verdict") == "正在检查…"
    qtbot.waitUntil(button(dialog, "export").isEnabled)


def test_verdict_and_results_follow_the_language(librarian: Librarian, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_for(librarian, [ident(SOUND)], tmp_path, qtbot)
    press(dialog, "export")
    qtbot.waitUntil(lambda: "核验码" in result(dialog, 0), timeout=20_000)
    look.speak("en")
    qtbot.waitUntil(lambda: "核验码" not in result(dialog, 0))
    assert "已导出" not in said(dialog, "export_verdict")


def test_a_filing_that_is_gone_is_said_in_the_place_of_the_verdict(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = ExportDialog(librarian, ["没有这一份"], tmp_path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "没有编号为" in said(dialog, "export_verdict"))
    assert not button(dialog, "export").isEnabled()


def test_what_blocks_is_listed_and_not_exported_while_the_others_are(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_for(librarian, [ident(BLOCKED), ident(SOUND)], tmp_path, qtbot)
    assert result(dialog, 0) == "还有 1 处必须改"
    assert said(dialog, "export_verdict").startswith("1 份可以导出，1 份还不能导出")
    item = tree(dialog).topLevelItem(0)
    assert item is not None
    assert item.child(0).text(0).startswith("资金需求：“180万”")
    press(dialog, "export")
    qtbot.waitUntil(lambda: "核验码" in result(dialog, 1), timeout=20_000)
    assert len(list(tmp_path.glob("*.zip"))) == 1
    assert state(librarian, ident(BLOCKED), qtbot) == "draft"


def test_with_nothing_sound_there_is_nothing_to_export(librarian: Librarian, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_for(librarian, [ident(BLOCKED)], tmp_path, qtbot)
    assert said(dialog, "export_verdict").startswith("还不能导出")
    assert not button(dialog, "export").isEnabled()


@pytest.mark.parametrize("way", ["double click", "enter"])
def test_a_blocking_problem_leads_to_its_place_and_the_dialog_steps_aside(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    dialog = dialog_for(librarian, [ident(BLOCKED)], tmp_path, qtbot)
    item = tree(dialog).topLevelItem(0)
    assert item is not None
    at = tree(dialog).visualItemRect(item.child(0)).center()
    with qtbot.waitSignal(dialog.jump) as gone:
        if way == "enter":
            tree(dialog).setCurrentItem(item.child(0))
            QTest.keyClick(tree(dialog), Qt.Key.Key_Return)
        else:
            QTest.mouseClick(tree(dialog).viewport(), Qt.MouseButton.LeftButton, pos=at)
            QTest.mouseDClick(tree(dialog).viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert gone.args[:2] == [ident(BLOCKED), Place(field="资金需求")]
    assert not dialog.isVisible()


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_marked_exported(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    dialog = dialog_for(librarian, [ident(SOUND)], tmp_path / "file", qtbot)
    press(dialog, "export")
    qtbot.waitUntil(lambda: result(dialog, 0) == "没有导出", timeout=20_000)
    item = tree(dialog).topLevelItem(0)
    assert item is not None
    assert item.child(0).text(0)
    assert state(librarian, ident(SOUND), qtbot) == "draft"


def test_the_folder_is_chosen_and_opened_by_buttons(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "chosen"))
    dialog = dialog_for(librarian, [ident(SOUND)], tmp_path, qtbot)
    assert not button(dialog, "open_folder").isEnabled()
    press(dialog, "choose_folder")
    assert dialog.folder == tmp_path / "chosen"
    press(dialog, "export")
    qtbot.waitUntil(lambda: button(dialog, "open_folder").isEnabled(), timeout=20_000)
    press(dialog, "open_folder")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "chosen"]


def test_without_a_folder_nothing_is_exported(librarian: Librarian, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_for(librarian, [ident(SOUND)], tmp_path, qtbot)
    folder = part(dialog, QLineEdit, "folder")
    folder.clear()
    assert not button(dialog, "export").isEnabled()
    QTest.keyClicks(folder, str(tmp_path))
    assert button(dialog, "export").isEnabled()


def test_closing_in_the_middle_finishes_one_package_and_begins_no_other(
    librarian: Librarian, qtbot: QtBot, tmp_path: Path
) -> None:
    others = [ident(SOUND), ident("望溪市"), ident("沙渡市")]
    dialog = dialog_for(librarian, others, tmp_path, qtbot)
    with qtbot.waitSignal(dialog.exported, timeout=20_000) as told:
        press(dialog, "export")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
    assert told.args == [[ident(SOUND)]]
    assert not dialog.isVisible()
    assert len(list(tmp_path.glob("*.zip"))) == 1


def test_an_answer_after_closing_is_dropped(librarian: Librarian, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(librarian, [ident(SOUND)], tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert state(librarian, ident(SOUND), qtbot) == "draft"
    assert tree(dialog).topLevelItemCount() == 0


def test_it_fits_the_small_screen(librarian: Librarian, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_for(librarian, [ident(SOUND)], tmp_path, qtbot)
    assert dialog.width() <= LARGEST.width()
    assert dialog.height() <= LARGEST.height()
