"""Keys that stay the window's although a text field would take them: Qt's fields on X11 hold Ctrl+K for their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.focus_moves import on_focus_moved

KEPT = ("Ctrl+K",)


class KeptKeys(QObject):
    """Watches whatever has the focus, and only that: a filter on the whole program would see every event."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = [QKeySequence(key) for key in KEPT]
        on_focus_moved(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Keep the question whether a field wants such a key from the field; the shortcut is then found."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        kept = QKeySequence(event.keyCombination()) in self._keys
        if kept:
            event.ignore()
        return kept
