"""The keys of an indicator tree: those of a row, those of a cell under the caret, and those of both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView
    from desktop.editor.tree_cell import CellEditor

_Key = Qt.Key
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_NONE = Qt.KeyboardModifier.NoModifier

Deeds = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]


class TreeKeys:
    """What each key does; a key that is not here keeps its usual meaning."""

    def __init__(self, view: IndicatorView) -> None:
        both: Deeds = {
            (_Key.Key_Delete, _CTRL): view.rows.remove,
            (_Key.Key_D, _CTRL): view.rows.duplicate,
            (_Key.Key_Up, _ALT): view.rows.move_up,
            (_Key.Key_Down, _ALT): view.rows.move_down,
            (_Key.Key_Tab, _NONE): view.caret.next_cell,
            (_Key.Key_Backtab, _SHIFT): view.caret.previous_cell,
            (_Key.Key_Tab, _SHIFT): view.caret.previous_cell,
            (_Key.Key_Tab, _CTRL): lambda: view.caret.leave(forward=True),
            (_Key.Key_Backtab, _CTRL | _SHIFT): lambda: view.caret.leave(forward=False),
            (_Key.Key_Tab, _CTRL | _SHIFT): lambda: view.caret.leave(forward=False),
        }
        self._of_row = both | {
            (_Key.Key_Delete, _NONE): view.rows.remove,
            (_Key.Key_Insert, _NONE): view.rows.add,
            (_Key.Key_Return, _NONE): view.caret.edit_cell,
            (_Key.Key_Enter, _NONE): view.caret.edit_cell,
            (_Key.Key_F2, _NONE): view.caret.edit_cell,
            (_Key.Key_C, _CTRL): view.rows.copy,
            (_Key.Key_X, _CTRL): view.rows.cut,
            (_Key.Key_V, _CTRL): view.rows.paste,
        }
        self._of_cell = both | {
            (_Key.Key_Return, _NONE): view.caret.next_row,
            (_Key.Key_Enter, _NONE): view.caret.next_row,
            (_Key.Key_Escape, _NONE): view.caret.leave_cell,
        }
        self._view = view

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key means for the row; whether it means anything."""
        deed = self._of_row.get(_combination(event))
        if deed is not None:
            deed()
        return deed is not None

    def editing(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Do what a key means in the cell; whether it means anything. While letters are composed it does nothing."""
        if event.type() == QEvent.Type.KeyRelease:
            return False
        if editor.composing:
            return _combination(event) in self._of_cell
        if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
            return self._history(event)
        deed = self._of_cell.get(_combination(event)) or self._in_text(editor, event)
        if deed is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the key is the tree's, not that of an action of the window
        else:
            deed()
        return True

    def _history(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()  # the window's own undo comes first, where there is one
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._view.bridge.undo()
        else:
            self._view.bridge.redo()
        return True

    def _in_text(self, editor: CellEditor, event: QKeyEvent) -> Callable[[], object] | None:
        """Keys that depend on the caret: the line break, and arrows that leave the text at its first and last line."""
        key, modifiers = _combination(event)
        if key in (_Key.Key_Return, _Key.Key_Enter) and modifiers == _CTRL:
            return lambda: editor.insertPlainText("\n")
        if key in (_Key.Key_Up, _Key.Key_Down) and modifiers == _NONE:
            up = key == _Key.Key_Up
            cursor = QTextCursor(editor.textCursor())
            if not cursor.movePosition(QTextCursor.MoveOperation.Up if up else QTextCursor.MoveOperation.Down):
                return self._view.caret.row_above if up else self._view.caret.row_below
        return None


def _combination(event: QKeyEvent) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    combination: QKeyCombination = event.keyCombination()
    return combination.key(), combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
