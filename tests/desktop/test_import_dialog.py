"""Import: read in a job, looked through, and nothing enters that was not seen and ticked."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QListWidget,
    QMessageBox,
    QProgressBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import look
from desktop.dialogs.frame import LARGEST, Frame
from desktop.dialogs.importing import ImportDialog
from desktop.dialogs.intake import import_files
from desktop.dialogs.matches import PairModel, pairs
from desktop.dialogs.waiting import WaitingDialog, wait_for
from desktop.jobs import Jobs, Progress
from desktop.librarian import Librarian
from forms.errors import JixiaoError
from forms.store.records import Summary
from tests.desktop.open_forms import EXAMPLE, incoming
from tests.desktop.parts import button, part, said


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(qtbot: QtBot) -> ImportDialog:
    made = ImportDialog(incoming(), ["“旧表.doc”不能直接读取；请另存为 .docx。"])
    qtbot.addWidget(made)
    made.show()
    return made


def forms(dialog: Frame) -> QListWidget:
    return part(dialog, QListWidget, "forms")


def table(dialog: Frame) -> list[tuple[str, str, str]]:
    model = part(dialog, QTableView, "pairs").model()
    cells = [[str(model.index(row, column).data()) for column in range(3)] for row in range(model.rowCount())]
    return [(one[0], one[1], one[2]) for one in cells]


def test_every_form_is_listed_and_ticked_and_the_button_counts_them(dialog: ImportDialog) -> None:
    assert forms(dialog).count() == len(incoming())
    assert dialog.chosen() == list(incoming())
    assert button(dialog, "accept").text() == f"导入 {len(incoming())} 份"


def test_a_form_that_is_unticked_by_the_space_bar_does_not_come_in(dialog: ImportDialog) -> None:
    forms(dialog).setCurrentRow(2)
    QTest.keyClick(forms(dialog), Qt.Key.Key_Space)
    assert incoming()[2] not in dialog.chosen()
    assert len(dialog.chosen()) == len(incoming()) - 1
    assert button(dialog, "accept").text() == f"导入 {len(incoming()) - 1} 份"


def test_with_nothing_ticked_there_is_nothing_to_accept(dialog: ImportDialog) -> None:
    for row in range(forms(dialog).count()):
        forms(dialog).item(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen() == []
    assert not button(dialog, "accept").isEnabled()


def test_every_match_is_shown_and_what_differs_comes_first(dialog: ImportDialog) -> None:
    forms(dialog).setCurrentRow(1)
    one = incoming()[1]
    shown = table(dialog)
    assert len(shown) == len(one.matches)
    assert shown[:2] == [("预算年度（有出入）", "2026年", "2026"), ("资金需求（有出入）", "160万元", "160")]
    assert sorted(taken for _, _, taken in shown) == sorted(match.taken for match in one.matches)
    QTest.keyClick(part(dialog, QCheckBox, "only_different"), Qt.Key.Key_Space)
    assert table(dialog) == shown[:2]


def test_an_incomplete_form_says_so_in_the_list_and_beside_its_values(dialog: ImportDialog) -> None:
    row = next(number for number, one in enumerate(incoming()) if not one.told["complete"])
    assert "不完整" in forms(dialog).item(row).text()
    forms(dialog).setCurrentRow(row)
    assert "不完整" in said(dialog, "about")


def test_notices_unplaced_texts_and_refused_files_are_all_there(qtbot: QtBot) -> None:
    one = incoming()[1]
    told = dict(one.told) | {"unplaced": ["备注：<b>另行</b>通知"]}
    dialog = ImportDialog([replace(one, told=told)], ["读不出来。"])
    qtbot.addWidget(dialog)
    unplaced, notices = (part(dialog, QListWidget, name) for name in ("unplaced", "notices"))
    assert [unplaced.item(row).text() for row in range(unplaced.count())] == ["备注：<b>另行</b>通知"]
    assert notices.count() == 2
    assert said(dialog, "refused") == "读不出来。"


def test_what_is_in_the_library_already_is_said_and_not_ticked(qtbot: QtBot) -> None:
    held = [number < 2 for number in range(len(incoming()))]
    dialog = ImportDialog(incoming(), (), held)
    qtbot.addWidget(dialog)
    dialog.show()
    assert said(dialog, "already") == "2 份与库中已有的相同，没有勾选；要再存一份就勾上。"
    assert dialog.chosen() == list(incoming()[2:])
    assert "库中已有" in forms(dialog).item(0).text()
    forms(dialog).setCurrentRow(0)
    QTest.keyClick(forms(dialog), Qt.Key.Key_Space)
    assert dialog.chosen() == [incoming()[0], *incoming()[2:]]


def test_where_nothing_is_held_nothing_is_said_of_it(dialog: ImportDialog) -> None:
    assert not part(dialog, QLabel, "already").isVisible()


def test_the_form_that_would_have_fitted_second_best_is_named(qtbot: QtBot) -> None:
    dialog = ImportDialog([replace(incoming()[1], runner_up="专项资金绩效目标表")])
    qtbot.addWidget(dialog)
    assert "专项资金绩效目标表" in said(dialog, "about")
    look.speak("en")
    qtbot.waitUntil(lambda: "导入" not in button(dialog, "accept").text())
    assert "专项资金绩效目标表" in said(dialog, "about")


def test_a_package_shows_all_it_brings(qtbot: QtBot) -> None:
    one = replace(incoming()[1], matches=())
    shown = pairs(one)
    filled = len(one.filing.values) + sum(len(each.columns) for each in one.filing.indicators)
    assert len(shown) == filled
    assert not any(pair.differs for pair in shown)


def test_the_model_keeps_its_contract(qtbot: QtBot) -> None:
    model = PairModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for one in incoming():
        for only in (True, False):
            model.show(pairs(one), only_different=only)
    assert model.rowCount() == len(incoming()[-1].matches)
    assert "原文" in str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_rows_are_as_high_as_their_texts_where_they_are_seen(dialog: ImportDialog, qtbot: QtBot) -> None:
    forms(dialog).setCurrentRow(1)
    shown = part(dialog, QTableView, "pairs")
    longest = max(range(shown.model().rowCount()), key=lambda row: len(table(dialog)[row][1]))
    shown.scrollTo(shown.model().index(longest, 0))
    qtbot.waitUntil(lambda: shown.rowHeight(longest) > 2 * shown.fontMetrics().height())


def test_it_fits_the_small_screen_and_escape_leaves_it(dialog: ImportDialog) -> None:
    assert dialog.width() <= LARGEST.width()
    assert dialog.height() <= LARGEST.height()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == 0


# --- the whole way in


def opened_dialog(window: QWidget, qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportDialog)), timeout=20_000)
    return part(window, ImportDialog)


def library(librarian: Librarian, qtbot: QtBot) -> tuple[Summary, ...]:
    answers: list[tuple[Summary, ...]] = []
    librarian.ask(lambda desk: desk.library.list(), answers.append, refuse)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def refuse(error: JixiaoError) -> None:
    raise AssertionError(error)


def test_nothing_enters_before_it_is_accepted_and_then_all_that_is_ticked(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    arrived: list[list[str]] = []
    import_files(window, bare_librarian, jobs, [EXAMPLE, tmp_path / "没有.docx"], arrived.append)
    dialog = opened_dialog(window, qtbot)
    assert said(dialog, "refused").startswith("找不到文件“没有.docx”")
    assert library(bare_librarian, qtbot) == ()
    forms(dialog).item(0).setCheckState(Qt.CheckState.Unchecked)
    wanted = [one.filing.id for one in dialog.chosen()]
    QTest.mouseClick(button(dialog, "accept"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [wanted]
    assert {row.id for row in library(bare_librarian, qtbot)} == set(wanted)


def test_the_same_file_again_brings_nothing_that_is_there(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot
) -> None:
    arrived: list[list[str]] = []
    import_files(window, bare_librarian, jobs, [EXAMPLE, EXAMPLE], arrived.append)
    dialog = opened_dialog(window, qtbot)
    assert forms(dialog).count() == len(incoming())
    dialog.accept()
    qtbot.waitUntil(lambda: bool(arrived))
    qtbot.waitUntil(lambda: window.findChildren(ImportDialog) == [])
    import_files(window, bare_librarian, jobs, [EXAMPLE], arrived.append)
    again = opened_dialog(window, qtbot)
    assert again.chosen() == []
    assert not button(again, "accept").isEnabled()
    again.reject()
    assert len(library(bare_librarian, qtbot)) == len(incoming())


def test_a_dialog_that_is_left_brings_nothing_in(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot
) -> None:
    arrived: list[list[str]] = []
    import_files(window, bare_librarian, jobs, [EXAMPLE], arrived.append)
    QTest.keyClick(opened_dialog(window, qtbot), Qt.Key.Key_Escape)
    assert library(bare_librarian, qtbot) == ()
    assert arrived == []


def test_files_that_cannot_be_read_are_told_in_plain_sentences(
    window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "旧表.doc").write_bytes(b"\xd0\xcf\x11\xe0 old")
    import_files(window, bare_librarian, jobs, [tmp_path / "旧表.doc"], lambda _: None)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    box = part(window, QMessageBox)
    assert "另存为 .docx" in box.text()
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()


def test_reading_can_be_cancelled(window: QWidget, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot) -> None:
    arrived: list[list[str]] = []
    import_files(window, bare_librarian, jobs, [EXAMPLE] * 3, arrived.append)
    qtbot.waitUntil(lambda: bool(window.findChildren(WaitingDialog)))
    waiting = part(window, WaitingDialog)
    waiting.open()
    QTest.keyClick(waiting, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: jobs.running == (), timeout=20_000)
    QApplication.processEvents()
    assert window.findChildren(ImportDialog) == []
    assert arrived == []


def test_waiting_shows_how_far_the_job_is_and_goes_away_with_it(window: QWidget, jobs: Jobs, qtbot: QtBot) -> None:
    told, go = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress.step(2, 5, "第二份.docx")
        told.set()
        go.wait(30)

    job = jobs.run("正在读取文件", work, lambda _: None, refuse)
    told.wait(5)
    waiting = wait_for(job, window)  # what was told before it listened is not lost
    qtbot.waitUntil(waiting.isVisible)
    qtbot.waitUntil(lambda: said(waiting, "waiting_what") == "（2/5）第二份.docx")
    bar = part(waiting, QProgressBar)
    assert (bar.value(), bar.maximum()) == (1, 5)
    with qtbot.waitSignal(job.ended):
        go.set()
    assert not waiting.isVisible()
