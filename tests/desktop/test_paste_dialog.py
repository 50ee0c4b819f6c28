"""The preview of a paste: rows as they will stand, what cannot be read, what has no place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from desktop import look
from desktop.dialogs.frame import LARGEST
from desktop.dialogs.pasting import PasteDialog, PreviewModel

HEADINGS = ["名称", "金额"]
ROWS = [["甲", "1"], ["乙\n第二行", "约2"], ["丙"]]
SAID = "“约2”不是金额；请只填数字，单位是万元。"


@pytest.fixture
def dialog(qtbot: QtBot) -> PasteDialog:
    made = PasteDialog(HEADINGS, ROWS, ["多出 1 格。"], marks={(1, 1): SAID})
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(dialog: PasteDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def table(dialog: PasteDialog) -> QTableView:
    found = dialog.findChild(QTableView, "rows")
    assert isinstance(found, QTableView)
    return found


def test_the_rows_stand_under_their_headings_with_what_is_wrong(dialog: PasteDialog) -> None:
    model = table(dialog).model()
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(2)] == HEADINGS
    assert model.index(0, 1).data() == "1"
    assert model.index(2, 1).data() == ""
    marked = model.index(1, 1)
    assert marked.data() == f"约2\n必须改：{SAID}"
    assert marked.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert model.index(0, 1).data(Qt.ItemDataRole.BackgroundRole) is None
    assert words(dialog, "notes") == "多出 1 格。"
    assert "3 行" in words(dialog, "about")
    assert "1 格读不出来" in words(dialog, "about")


def test_return_pastes_and_escape_does_not(dialog: PasteDialog, qtbot: QtBot) -> None:
    answers: list[str] = []
    dialog.accepted.connect(lambda: answers.append("paste"))
    dialog.rejected.connect(lambda: answers.append("cancel"))
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers == ["paste", "cancel"]


def test_it_speaks_the_language_in_use(dialog: PasteDialog) -> None:
    before = dialog.windowTitle()
    look.speak("en")
    QApplication.processEvents()
    assert dialog.windowTitle()
    look.speak("zh_CN")
    QApplication.processEvents()
    assert dialog.windowTitle() == before


def test_it_fits_a_small_screen_with_many_rows_columns_and_notes(qtbot: QtBot) -> None:
    rows = [[f"很长的内容{row}" * 9] * 14 for row in range(400)]
    made = PasteDialog([f"列{column}" for column in range(14)], rows, [f"说明{number}" for number in range(40)])
    qtbot.addWidget(made)
    made.show()
    assert made.size().boundedTo(LARGEST) == made.size()
    assert words(made, "notes").splitlines()[-1] == "另有 34 条说明。"
    button = made.findChild(QPushButton, "accept")
    assert isinstance(button, QPushButton)
    assert made.rect().contains(button.mapTo(made, button.rect().center()))
    assert table(made).horizontalScrollBar().maximum() > 0
    assert table(made).height() > 200


def test_rows_are_as_high_as_their_texts_where_they_are_seen(dialog: PasteDialog, qtbot: QtBot) -> None:
    shown = table(dialog)
    qtbot.waitUntil(lambda: shown.rowHeight(1) > shown.rowHeight(0))
    assert shown.rowHeight(0) > 0


def test_the_model_breaks_no_rule_of_qt(qtbot: QtBot) -> None:
    model = PreviewModel(HEADINGS, ROWS, {})
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert (model.rowCount(), model.columnCount()) == (3, 2)
