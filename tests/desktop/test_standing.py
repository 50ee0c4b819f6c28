"""Where the caret stands once a step was taken back or done again: on the row or blank concerned."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.editor.filing_form import FormView
from desktop.editor.row_view import TableView
from desktop.editor.tree import IndicatorView
from forms.filing import Place
from tests.desktop import indicator_forms, table_forms
from tests.desktop.conftest import WAIT_MS
from tests.desktop.indicator_forms import QUALITY, indicator
from tests.desktop.table_forms import row

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
View = TypeVar("View", bound=QObject)


def shown(bridge: Bridge, qtbot: QtBot, kind: type[View]) -> tuple[FormView, View]:
    """A form on the screen, and the table or tree in it."""
    form = FormView(bridge)
    qtbot.addWidget(form)
    form.resize(900, 700)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow, timeout=WAIT_MS)
    view = form.findChild(kind)
    assert isinstance(view, kind)
    return form, view


@pytest.fixture
def tree(qtbot: QtBot) -> tuple[FormView, IndicatorView]:
    rows = [indicator("a"), indicator("b"), indicator("c"), indicator("d", QUALITY)]
    return shown(indicator_forms.opened(rows), qtbot, IndicatorView)


@pytest.fixture
def table(qtbot: QtBot) -> tuple[FormView, TableView]:
    return shown(table_forms.opened([row("a"), row("b"), row("c")]), qtbot, TableView)


def stands(view: IndicatorView | TableView) -> str:
    """The id of the row the caret is in."""
    if isinstance(view, TableView):
        return view.row_model.place(view.currentIndex()).row
    return view.tree_model.place(view.currentIndex()).indicator


def chosen(view: IndicatorView | TableView) -> list[str]:
    """The ids of the rows that are chosen."""
    return view.rows.chosen() if isinstance(view, IndicatorView) else [
        view.row_model.row(line).id for line in view.work.chosen()
    ]  # fmt: skip


def test_rows_that_come_back_are_chosen_and_the_caret_is_on_the_first(
    tree: tuple[FormView, IndicatorView], qtbot: QtBot
) -> None:
    form, view = tree
    view.go_to(view.tree_model.find(Place(indicator="a", column="指标值")), edit=False)
    view.setFocus()
    view.choose([view.tree_model.find(Place(indicator=one)) for one in ("a", "b")])
    qtbot.keyClick(view, Key.Key_Delete)
    form.reveal(Place(indicator="d"))
    view.bridge.undo()
    assert stands(view) == "a"
    assert view.cell_editor() is not None  # the caret was in a cell
    qtbot.keyClick(view.cell_editor(), Key.Key_Escape)
    view.bridge.redo()
    view.bridge.undo()
    assert chosen(view) == ["a", "b"]
    assert view.hasFocus()


def test_a_row_of_a_tree_that_is_moved_back_is_the_current_one(
    tree: tuple[FormView, IndicatorView], qtbot: QtBot
) -> None:
    _, view = tree
    view.go_to(view.tree_model.find(Place(indicator="c", column="指标值")), edit=False)
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Down, ALT)
    assert view.bridge.filing.indicator("c") is not None
    assert view.tree_model.find(Place(indicator="c")).parent() == view.tree_model.branch_index(*QUALITY)
    view.go_to(view.tree_model.find(Place(indicator="a")), edit=False)
    view.bridge.undo()
    assert stands(view) == "c"
    assert view.currentIndex().parent() != view.tree_model.branch_index(*QUALITY)


def test_rows_of_a_table_that_come_back_or_are_moved_back_are_the_current_ones(
    table: tuple[FormView, TableView], qtbot: QtBot
) -> None:
    _, view = table
    view.reveal(table_forms.at("a"))
    qtbot.keyClick(view.cell_editor(), Key.Key_Escape)
    qtbot.keyClick(view, Key.Key_Delete)
    assert stands(view) == "b"
    view.bridge.undo()
    assert (stands(view), chosen(view)) == ("a", ["a"])
    qtbot.keyClick(view, Key.Key_Down, ALT)
    view.go_to(view.row_model.find(table_forms.at("c")), edit=False)
    view.bridge.undo()
    assert stands(view) == "a"


def test_a_text_that_is_taken_back_brings_the_caret_to_its_blank_unless_the_keys_are_elsewhere(
    tree: tuple[FormView, IndicatorView], qtbot: QtBot
) -> None:
    form, view = tree
    field = form.findChild(QObject, "field:项目")
    form.reveal(Place(field="项目"))
    qtbot.keyClicks(QApplication.focusWidget(), "abc")
    form.reveal(Place(indicator="a"))
    view.bridge.undo()
    assert QApplication.focusWidget() is field
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus, timeout=WAIT_MS)
    view.bridge.redo()
    assert view.bridge.filing.values["项目"] == "abc"
    assert other.hasFocus()
