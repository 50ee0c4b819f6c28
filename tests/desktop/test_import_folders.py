"""Folders in the window: one job reads them, forms are grouped by file, and a report tells what became of all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop import look
from desktop.dialogs.arrivals import ArrivalList
from desktop.dialogs.imported import ImportedDialog
from desktop.dialogs.importing import ImportDialog
from desktop.dialogs.intake import import_files
from desktop.dialogs.waiting import WaitingDialog
from desktop.jobs import Job, Jobs
from desktop.librarian import Librarian
from forms.errors import JixiaoError
from forms.files import resource
from forms.store.records import Summary
from tests.desktop.conftest import WAIT_MS, MakeWindow, children
from tests.desktop.open_forms import EXAMPLE, incoming
from tests.desktop.parts import button, part, press, said

TEXT = next(resource("examples").glob("*.txt"))
CHECKED, PARTLY, OPEN = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files with forms, a damaged one between them, a copy below, and things that are no forms."""
    made = tmp_path / "申报"
    (made / "报来").mkdir(parents=True)
    shutil.copy(EXAMPLE, made / "1.docx")
    (made / "2 坏.docx").write_bytes(EXAMPLE.read_bytes()[:5000])
    shutil.copy(TEXT, made / "3.txt")
    shutil.copy(EXAMPLE, made / "报来" / "4 副本.docx")
    (made / "~$1.docx").write_bytes(b"clerk")
    (made / "图.jpg").write_bytes(b"\xff\xd8")
    return made


def opened(window: QWidget, qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: bool(children(window, ImportDialog)), timeout=WAIT_MS)
    return children(window, ImportDialog)[0]


def result(window: QWidget, qtbot: QtBot) -> ImportedDialog:
    qtbot.waitUntil(lambda: bool(children(window, ImportedDialog)), timeout=WAIT_MS)
    return children(window, ImportedDialog)[0]


def refuse(error: JixiaoError) -> None:
    raise AssertionError(error)


def library(librarian: Librarian, qtbot: QtBot) -> tuple[Summary, ...]:
    answers: list[tuple[Summary, ...]] = []
    librarian.ask(lambda desk: desk.library.list(), answers.append, refuse)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    return answers[0]


# --- the list of forms


@pytest.fixture
def grouped(qtbot: QtBot) -> ImportDialog:
    some = incoming()[:5]
    made = ImportDialog(some, files=["a.docx"] * 2 + ["b.docx"] * 3, twice=[False] * 4 + [True])
    qtbot.addWidget(made)
    made.show()
    return made


def arrivals(dialog: ImportDialog) -> ArrivalList:
    return part(dialog, ArrivalList, "forms")


def test_forms_stand_under_their_files_and_each_file_is_ticked_as_its_forms_are(grouped: ImportDialog) -> None:
    shown = arrivals(grouped)
    assert [shown.item(row).text() for row in (0, 3)] == ["a.docx", "b.docx"]
    assert [shown.item(row).checkState() for row in (0, 3)] == [CHECKED, PARTLY]
    assert "前面已有" in shown.item(6).text()
    assert said(grouped, "already") == "1 份在前面的文件里已有相同的，没有勾选。"
    assert grouped.chosen() == list(incoming()[:4])


def test_the_space_bar_on_a_file_ticks_all_its_forms_or_none(grouped: ImportDialog) -> None:
    shown = arrivals(grouped)
    shown.setCurrentRow(0)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert grouped.chosen() == list(incoming()[2:4])
    assert button(grouped, "accept").text() == "导入 2 份"
    shown.setCurrentRow(3)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert grouped.chosen() == list(incoming()[2:5])
    shown.setCurrentRow(5)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert shown.item(3).checkState() is PARTLY
    assert grouped.chosen() == [incoming()[2], incoming()[4]]


def test_a_file_shows_its_first_form_and_a_form_itself(grouped: ImportDialog) -> None:
    shown = arrivals(grouped)
    for row, number in ((3, 2), (4, 2), (5, 3), (0, 0)):
        shown.setCurrentRow(row)
        assert str(incoming()[number].told["source"]) in said(grouped, "about")


def test_a_switch_of_the_language_leaves_the_ticks_alone(grouped: ImportDialog, qtbot: QtBot) -> None:
    before = grouped.chosen()
    look.speak("en")
    qtbot.waitUntil(lambda: grouped.windowTitle() != "导入")
    assert grouped.chosen() == before
    assert arrivals(grouped).item(3).checkState() is PARTLY


def test_one_file_has_no_heading(qtbot: QtBot) -> None:
    dialog = ImportDialog(incoming(), files=["a.docx"] * len(incoming()))
    qtbot.addWidget(dialog)
    assert arrivals(dialog).count() == len(incoming())


# --- the whole way in


def test_a_folder_comes_in_by_one_job_and_the_report_is_kept(  # noqa: PLR0917 — fixtures go by their names
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Job] = []
    arrived: list[list[str]] = []
    kept: list[Path] = []
    jobs.started.connect(begun.append)
    import_files(window, bare_librarian, jobs, [folder], arrived.append, folder=folder, written=kept.append)
    dialog = opened(window, qtbot)
    assert len(begun) == 1
    assert "“2 坏.docx”已损坏" in said(dialog, "refused")
    assert "另有 2 个文件或文件夹不是表" in said(dialog, "refused")
    assert len(dialog.chosen()) == len(incoming()) + 3
    assert library(bare_librarian, qtbot) == ()
    press(dialog, "accept")
    shown = result(window, qtbot)
    assert {row.id for row in library(bare_librarian, qtbot)} == set(arrived[0])
    assert said(shown, "totals").startswith("4 个文件，17 份表：存入 10 份，库中已有 7 份。")
    tree = part(shown, QTreeWidget, "files")
    told = {tree.topLevelItem(row).text(0): tree.topLevelItem(row).text(1) for row in range(tree.topLevelItemCount())}
    assert told == {
        "申报/2 坏.docx": "没有读进来", "申报/1.docx": "存入 7 份，共 7 份", "申报/3.txt": "存入 3 份，共 3 份",
        "申报/报来/4 副本.docx": "存入 0 份，共 7 份", "申报/~$1.docx": "不是表", "申报/图.jpg": "不是表",
    }  # fmt: skip
    for name in ("报告.xlsx", "报告.json", "报告"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(folder.parent / name), ""))
        press(shown, "save_report")
        qtbot.waitUntil(lambda: jobs.running == (), timeout=WAIT_MS)
        (folder.parent / "报告.xlsx").unlink() if name == "报告.xlsx" else None
    assert [path.name for path in kept] == ["报告.xlsx", "报告.json", "报告.xlsx"]
    assert json.loads((folder.parent / "报告.json").read_text(encoding="utf-8"))["totals"]["taken"] == 10
    assert openpyxl.load_workbook(folder.parent / "报告.xlsx").sheetnames[0] == "汇总"


def test_the_same_folder_again_has_nothing_ticked(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, folder: Path
) -> None:
    import_files(window, bare_librarian, jobs, [folder], lambda _: None)
    opened(window, qtbot).accept()
    result(window, qtbot).reject()
    qtbot.waitUntil(lambda: children(window, ImportDialog) == [], timeout=WAIT_MS)
    import_files(window, bare_librarian, jobs, [folder], lambda _: None)
    again = opened(window, qtbot)
    assert again.chosen() == []
    assert said(again, "already") == "17 份与库中已有的相同，没有勾选；要再存一份就勾上。"
    again.reject()


def test_two_hundred_files_come_in_whole(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    many = tmp_path / "二百"
    many.mkdir()
    text = TEXT.read_text(encoding="utf-8").partition("2、")[0]
    for number in range(200):
        (many / f"{number}.txt").write_text(text.replace("水库", f"水库{number}"), encoding="utf-8")
    arrived: list[list[str]] = []
    import_files(window, bare_librarian, jobs, [many], arrived.append)
    qtbot.waitUntil(lambda: bool(children(window, ImportDialog)), timeout=10 * WAIT_MS)
    dialog = opened(window, qtbot)
    assert len(dialog.chosen()) == 200
    dialog.accept()
    qtbot.waitUntil(lambda: bool(children(window, ImportedDialog)), timeout=10 * WAIT_MS)
    assert len(arrived[0]) == len(library(bare_librarian, qtbot)) == 200


def test_reading_a_folder_can_be_cancelled(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, folder: Path
) -> None:
    import_files(window, bare_librarian, jobs, [folder], lambda _: None)
    qtbot.waitUntil(lambda: bool(children(window, WaitingDialog)), timeout=WAIT_MS)
    waiting = children(window, WaitingDialog)[0]
    waiting.open()
    QTest.keyClick(waiting, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: jobs.running == (), timeout=WAIT_MS)
    QApplication.processEvents()
    assert children(window, ImportDialog) == []
    assert library(bare_librarian, qtbot) == ()


def test_cancelled_while_it_is_kept_whole_files_are_in_and_the_report_says_which(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, folder: Path
) -> None:
    arrived: list[list[str]] = []
    import_files(window, bare_librarian, jobs, [folder], arrived.append)
    dialog = opened(window, qtbot)

    def cancel_at_the_second(job: Job) -> None:
        def look_at(number: int, _count: int, _name: str) -> None:
            if number == 2:
                job.cancel()

        job.progressed.connect(look_at, Qt.ConnectionType.DirectConnection)

    jobs.started.connect(cancel_at_the_second)
    dialog.accept()
    shown = result(window, qtbot)
    assert "中途停下，1 个文件还没有轮到" in said(shown, "totals")
    assert len(arrived[0]) == len(library(bare_librarian, qtbot)) == len(incoming()) + 3


def test_an_empty_folder_is_told_in_one_sentence(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "空").mkdir()
    import_files(window, bare_librarian, jobs, [tmp_path / "空"], lambda _: None)
    qtbot.waitUntil(lambda: bool(children(window, QMessageBox)), timeout=WAIT_MS)
    box = children(window, QMessageBox)[0]
    assert box.text() == "文件夹“空”里没有可以导入的文件；可以导入 .docx、.xlsx、.txt 文件和申报包 .zip。"
    box.close()


def test_many_files_that_cannot_be_read_are_counted_before_and_named_after(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, folder: Path
) -> None:
    for number in range(9):
        (folder / f"坏{number}.docx").write_bytes(b"PK\x03\x04" + bytes(100))
    import_files(window, bare_librarian, jobs, [folder], lambda _: None)
    dialog = opened(window, qtbot)
    assert "还有 7 个文件没有读进来" in said(dialog, "refused")
    assert part(dialog, QLabel, "refused").text().count("已损坏") == 3
    dialog.accept()
    shown = result(window, qtbot)
    assert part(shown, QTreeWidget, "files").topLevelItem(9).text(1) == "没有读进来"
    shown.reject()


def test_a_folder_where_nothing_can_be_read_shows_why_for_each_file(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "坏的").mkdir()
    for number in range(6):
        (tmp_path / "坏的" / f"{number}.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    import_files(window, bare_librarian, jobs, [tmp_path / "坏的"], lambda _: None)
    shown = result(window, qtbot)
    tree = part(shown, QTreeWidget, "files")
    assert all("另存为 .docx" in tree.topLevelItem(row).child(0).text(0) for row in range(6))


def test_a_folder_is_chosen_in_the_menu_or_dropped_on_the_window(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(tmp_path / "library.jixiao")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.actions_["import-folder"].trigger()
    opened(window, qtbot).reject()
    assert window.settings.folder == folder
    qtbot.waitUntil(lambda: children(window, ImportDialog) == [], timeout=WAIT_MS)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, buttons, keys))
    opened(window, qtbot).accept()
    result(window, qtbot).reject()
    qtbot.waitUntil(lambda: window.open is not None and window.library.model.rowCount() >= 10, timeout=WAIT_MS)
