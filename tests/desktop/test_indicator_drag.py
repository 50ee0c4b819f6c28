"""Rows of the indicator tree under the mouse: dragged within a branch and between branches, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.editor.tree import IndicatorView
from desktop.editor.tree_cell import CellEditor
from forms.filing import Place
from tests.desktop.indicator_forms import (
    CHOICES,
    ECONOMY,
    QUALITY,
    QUANTITY,
    at,
    chosen,
    in_row,
    indicator,
    opened,
    place,
    rows,
    shown,
)

MOVE, LEFT, NONE = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(qtbot: QtBot) -> IndicatorView:
    return shown(qtbot, opened([indicator("a"), indicator("b"), indicator("c", QUALITY)]))


class Mouse:
    """A hand on the mouse. The screen of the tests carries nothing from window to window, so it does that as well."""

    def __init__(self, view: IndicatorView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.view, self.qtbot = view, qtbot
        self.carried: list[QDrag] = []
        self._goal = QPoint()
        monkeypatch.setattr(QDrag, "exec", lambda drag, _: self._carry(drag))

    def drag(self, start: QPoint, goal: QPoint) -> None:
        """Press at `start`, draw away until a drag begins, and let go at `goal`."""
        self._goal, before = goal, len(self.carried)
        viewport = self.view.viewport()
        self.qtbot.mousePress(viewport, LEFT, pos=start)
        for step in range(1, 4):
            if len(self.carried) > before:  # from then on mouse and button are the drag's
                return
            there = QPointF(start + QPoint(0, 12 * step))
            move = QMouseEvent(QEvent.Type.MouseMove, there, viewport.mapToGlobal(there), Qt.MouseButton.NoButton, LEFT,
                               NONE)  # fmt: skip
            QApplication.sendEvent(viewport, move)
        self.qtbot.mouseRelease(viewport, LEFT, pos=goal)

    def _carry(self, drag: QDrag) -> Qt.DropAction:
        self.carried.append(drag)
        data, viewport = drag.mimeData(), self.view.viewport()
        QApplication.sendEvent(viewport, QDragEnterEvent(self._goal, MOVE, data, LEFT, NONE))
        QApplication.sendEvent(viewport, QDragMoveEvent(self._goal, MOVE, data, LEFT, NONE))
        drop = QDropEvent(QPointF(self._goal), MOVE, data, LEFT, NONE)
        drop.ignore()
        QApplication.sendEvent(viewport, drop)
        return MOVE if drop.isAccepted() else Qt.DropAction.IgnoreAction


@pytest.fixture
def mouse(view: IndicatorView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Mouse:
    return Mouse(view, qtbot, monkeypatch)


def spot(view: IndicatorView, where: Place, part: str = "middle") -> QPoint:
    """A point in the cell of a place: at its top, its bottom or in its middle."""
    rect = view.visualRect(view.tree_model.find(where))
    return QPoint(rect.center().x(), {"top": rect.top() + 1, "bottom": rect.bottom() - 1}.get(part, rect.center().y()))


def branch(view: IndicatorView, *labels: str) -> QPoint:
    return view.visualRect(view.tree_model.branch_index(*labels)).center()


def test_a_row_is_dropped_before_and_after_rows_and_into_branches(view: IndicatorView, mouse: Mouse) -> None:
    mouse.drag(spot(view, at("c")), spot(view, at("a"), "top"))
    assert rows(view, QUANTITY) == ["指标c", "指标a", "指标b"]
    mouse.drag(spot(view, at("c")), spot(view, at("b"), "bottom"))
    assert rows(view, QUANTITY) == ["指标a", "指标b", "指标c"]
    mouse.drag(spot(view, at("c")), branch(view, *ECONOMY))
    assert rows(view, ECONOMY) == ["指标c"]
    assert view.bridge.draft.undo_title == "移动指标"
    for _ in range(3):
        view.bridge.undo()
    assert not view.bridge.draft.can_undo
    assert (rows(view, QUANTITY), rows(view, QUALITY)) == (["指标a", "指标b"], ["指标c"])


def test_several_rows_go_together_in_one_step(view: IndicatorView, mouse: Mouse, qtbot: QtBot) -> None:
    in_row(view, qtbot, "a")
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    mouse.drag(spot(view, at("b")), spot(view, at("c"), "bottom"))
    assert (rows(view, QUANTITY), rows(view, QUALITY)) == ([], ["指标c", "指标a", "指标b"])
    assert view.rows.chosen() == ["a", "b"]
    view.bridge.undo()
    assert (rows(view, QUANTITY), rows(view, QUALITY)) == (["指标a", "指标b"], ["指标c"])
    view.bridge.redo()
    assert rows(view, QUALITY) == ["指标c", "指标a", "指标b"]


@pytest.mark.parametrize("writing", [False, True])
def test_a_drag_opens_no_cell_and_keeps_what_was_being_typed(
    view: IndicatorView, mouse: Mouse, qtbot: QtBot, writing: bool
) -> None:
    if writing:
        view.reveal(at("a"))
        qtbot.keyClicks(view.cell_editor(), "X")
    mouse.drag(spot(view, at("b", "指标值")), spot(view, at("b", "指标值")) + QPoint(0, 40))
    assert len(mouse.carried) == 1
    assert view.cell_editor() is None
    assert view.bridge.filing.text(at("a")) == ("指标aX" if writing else "指标a")


def test_a_press_that_goes_nowhere_is_a_click(view: IndicatorView, mouse: Mouse, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, at("b", "指标值")))
    assert not mouse.carried
    assert place(view) == at("b", "指标值")
    assert isinstance(view.cell_editor(), CellEditor)


def test_a_drop_that_is_no_place_for_a_row_loses_nothing(view: IndicatorView, mouse: Mouse) -> None:
    before = view.bridge.filing
    outside = view.viewport().rect().bottomLeft()
    for goal in (branch(view, "效益指标"), outside, spot(view, at("c")), spot(view, at("c"), "top")):
        mouse.drag(spot(view, at("c")), goal)
    assert len(mouse.carried) == 4
    assert view.bridge.filing is before


def test_branches_and_waiting_rows_are_not_dragged(view: IndicatorView, mouse: Mouse) -> None:
    waiting = view.tree_model.index(0, 0, view.tree_model.branch_index(*ECONOMY))
    for start in (branch(view, *QUANTITY), view.visualRect(waiting).center()):
        mouse.drag(start, spot(view, at("a"), "top"))
    assert not mouse.carried


def test_what_is_dropped_among_the_rows_of_the_blank_form_takes_the_place_of_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    view = shown(qtbot, opened([chosen("a"), chosen("b", QUALITY)], CHOICES))
    mouse = Mouse(view, qtbot, monkeypatch)
    assert view.tree_model.rowCount(view.tree_model.branch_index(*QUANTITY)) == 3
    last = view.visualRect(view.tree_model.index(2, 0, view.tree_model.branch_index(*QUANTITY)))
    mouse.drag(spot(view, at("b")), QPoint(last.center().x(), last.bottom() - 1))
    assert rows(view, QUANTITY) == ["指标a", "指标b"]
    quantity, quality = view.tree_model.branch_index(*QUANTITY), view.tree_model.branch_index(*QUALITY)
    assert (view.tree_model.rowCount(quantity), view.tree_model.rowCount(quality)) == (3, 1)
    view.bridge.undo()
    assert (rows(view, QUANTITY), rows(view, QUALITY)) == (["指标a"], ["指标b"])


def test_what_qt_does_after_a_drag_takes_no_row_out(view: IndicatorView) -> None:
    before = view.bridge.filing
    assert not view.tree_model.removeRow(0, view.tree_model.branch_index(*QUANTITY))
    assert view.bridge.filing is before
