"""The list to be read: rows as high as their sentences, wherever they come into view, and Enter tells the line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.lines import LinesModel
from desktop.wrapped_table import WrappedTable

LONG = "这一句很长，一行放不下，要分成几行才能看到全部的内容，一个字也不能少。"


class Sentences(LinesModel[str]):
    """One sentence a line."""

    headings = ("句子",)

    def said(self, line: str, column: int, role: int) -> object:
        return line if (column, role) == (0, Qt.ItemDataRole.DisplayRole) else None

    def show(self, *lines: str) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()


@pytest.fixture
def model() -> Sentences:
    made = Sentences()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(model: Sentences, owner: QWidget) -> WrappedTable:
    made = WrappedTable("table", model, owner)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    made.resize(240, 200)
    owner.show()
    return made


def test_a_sentence_has_the_lines_it_needs_and_more_in_a_narrow_list(
    table: WrappedTable, model: Sentences, qtbot: QtBot
) -> None:
    model.show("短", LONG)
    letter = table.fontMetrics().height()
    qtbot.waitUntil(lambda: table.rowHeight(1) > 2 * letter)
    assert table.rowHeight(0) < 2 * letter
    before = table.rowHeight(1)
    table.resize(120, 200)
    qtbot.waitUntil(lambda: table.rowHeight(1) > before)


def test_rows_are_measured_when_they_come_into_view(table: WrappedTable, model: Sentences, qtbot: QtBot) -> None:
    model.show(*[LONG] * 200)
    letter = table.fontMetrics().height()
    qtbot.waitUntil(lambda: table.rowHeight(0) > 2 * letter)
    assert table.rowHeight(150) < table.rowHeight(0)
    table.selectRow(150)
    qtbot.waitUntil(lambda: table.rowHeight(150) == table.rowHeight(0))
    assert table.viewport().rect().contains(table.visualRect(model.index(150, 0)))


def test_enter_tells_the_line_and_tab_leaves(table: WrappedTable, model: Sentences, qtbot: QtBot) -> None:
    told: list[QModelIndex] = []
    table.entered_row.connect(told.append)
    model.show("甲", "乙")
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert [index.row() for index in told] == [1]
    assert table.currentIndex().row() == 1
