"""The keys of blanks: Enter goes on, undo is the filing's; keys of an input method at work are let through."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox

from desktop.bridge import Bridge
from desktop.editor.fields import Editor, TextEditor

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldKeys(QObject):
    """Takes the keys that are the form's before the editor has them; to be installed on every editor."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """Do what a key means in a blank; whether it means anything."""
        if not isinstance(event, QKeyEvent) or event.type() == QEvent.Type.KeyRelease:
            return False
        back = event.matches(QKeySequence.StandardKey.Undo)
        if back or event.matches(QKeySequence.StandardKey.Redo):
            return self._step(event, back=back)
        if event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
            return False
        return _enter(cast("Editor", watched), event)

    def _step(self, event: QKeyEvent, *, back: bool) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()  # the window's own undo comes first, where there is one
        elif back:
            self._bridge.undo()
        else:
            self._bridge.redo()
        return True


def _enter(editor: Editor, event: QKeyEvent) -> bool:
    """A new paragraph in a blank of several lines; from any other Enter goes on, and Ctrl+Enter always breaks."""
    if editor.composing or isinstance(editor, QCheckBox):
        return False
    breaks = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if isinstance(editor, TextEditor) and (breaks or editor.is_long):
        editor.insertPlainText("\n")
    elif not breaks:
        if isinstance(editor, QComboBox):
            editor.hidePopup()
        editor.focusNextPrevChild(True)
    return True
