"""The keys of a table or tree: those of a row, those of a cell under the caret, and those of both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from desktop.editor.tree_cell import CellEditor

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.editor.tree_choice import Editor

_Key = Qt.Key
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_NONE = Qt.KeyboardModifier.NoModifier

Deeds = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]


class _Rows(Protocol):
    """What is done with whole rows."""

    def add(self) -> object: ...
    def remove(self) -> object: ...
    def duplicate(self) -> object: ...
    def move_up(self) -> object: ...
    def move_down(self) -> object: ...
    def copy(self) -> object: ...
    def cut(self) -> object: ...
    def paste(self) -> object: ...


class _Caret(Protocol):
    """Where the caret goes."""

    def edit_cell(self) -> object: ...
    def leave_cell(self) -> object: ...
    def next_cell(self) -> object: ...
    def previous_cell(self) -> object: ...
    def row_above(self) -> object: ...
    def row_below(self) -> object: ...
    def leave(self, *, forward: bool) -> object: ...


class CellKeys:
    """What each key does; a key that is not here keeps its usual meaning. `enter` is what Enter does in a cell."""

    def __init__(self, bridge: Bridge, work: _Rows, caret: _Caret, enter: Callable[[], object]) -> None:
        both: Deeds = {
            (_Key.Key_Delete, _CTRL): work.remove,
            (_Key.Key_D, _CTRL): work.duplicate,
            (_Key.Key_Up, _ALT): work.move_up,
            (_Key.Key_Down, _ALT): work.move_down,
            (_Key.Key_Tab, _NONE): caret.next_cell,
            (_Key.Key_Backtab, _SHIFT): caret.previous_cell,
            (_Key.Key_Tab, _SHIFT): caret.previous_cell,
            (_Key.Key_Tab, _CTRL): lambda: caret.leave(forward=True),
            (_Key.Key_Backtab, _CTRL | _SHIFT): lambda: caret.leave(forward=False),
            (_Key.Key_Tab, _CTRL | _SHIFT): lambda: caret.leave(forward=False),
        }
        self._of_row = both | {
            (_Key.Key_Delete, _NONE): work.remove,
            (_Key.Key_Insert, _NONE): work.add,
            (_Key.Key_Return, _NONE): caret.edit_cell,
            (_Key.Key_Enter, _NONE): caret.edit_cell,
            (_Key.Key_F2, _NONE): caret.edit_cell,
            (_Key.Key_C, _CTRL): work.copy,
            (_Key.Key_X, _CTRL): work.cut,
            (_Key.Key_V, _CTRL): work.paste,
        }
        self._of_cell = both | {
            (_Key.Key_Return, _NONE): enter,
            (_Key.Key_Enter, _NONE): enter,
            (_Key.Key_Escape, _NONE): caret.leave_cell,
        }
        self._bridge, self._caret = bridge, caret

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key means for the row; whether it means anything."""
        deed = self._of_row.get(_combination(event))
        if deed is not None:
            deed()
        return deed is not None

    def editing(self, editor: Editor, event: QKeyEvent) -> bool:
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
            event.accept()  # the key is the cell's, not that of an action of the window
        else:
            deed()
        return True

    def _history(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()  # the window's own undo comes first, where there is one
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._bridge.undo()
        else:
            self._bridge.redo()
        return True

    def _in_text(self, editor: Editor, event: QKeyEvent) -> Callable[[], object] | None:
        """Keys that depend on the caret: the line break, and arrows that leave the text at its first and last line."""
        key, modifiers = _combination(event)
        if isinstance(editor, CellEditor) and key in (_Key.Key_Return, _Key.Key_Enter) and modifiers in (_CTRL, _SHIFT):
            return lambda: editor.insertPlainText("\n")
        if key in (_Key.Key_Up, _Key.Key_Down) and modifiers == _NONE:
            up = key == _Key.Key_Up
            if not (isinstance(editor, CellEditor) and _goes_on(editor, up=up)):
                return self._caret.row_above if up else self._caret.row_below
        return None


def _goes_on(editor: CellEditor, *, up: bool) -> bool:
    """Whether there is another line of the text above or below the caret."""
    cursor = QTextCursor(editor.textCursor())
    return cursor.movePosition(QTextCursor.MoveOperation.Up if up else QTextCursor.MoveOperation.Down)


def _combination(event: QKeyEvent) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    combination: QKeyCombination = event.keyCombination()
    return combination.key(), combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
