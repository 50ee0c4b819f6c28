"""Tells whoever asked where the focus moves, and never a widget that is going.

A widget that goes with the focus in it makes Qt tell of a move while its Python side is gone already; a method of it
that is connected to QApplication.focusChanged is then called and not found, which ends in an exception of PySide.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

Heard = Callable[[QWidget | None, QWidget | None], None]


class FocusMoves(QObject):
    """The one listener of the program; it knows the others by weak references to their methods."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("focus-moves")
        self._methods: list[WeakMethod[Heard]] = []
        app.focusChanged.connect(self._tell)

    def add(self, method: Heard) -> None:
        """Call `method` of a QObject with the widget that had the focus and the one that has it, while it lives."""
        self._methods.append(WeakMethod(method))

    def _tell(self, old: QWidget | None, new: QWidget | None) -> None:
        self._methods = [one for one in self._methods if one() is not None]
        for one in tuple(self._methods):
            method = one()
            if method is not None and isValid(method.__self__):  # type: ignore[attr-defined]  # a method is bound
                method(old, new)


def on_focus_moved(method: Heard) -> None:
    """Call `method`, of a QObject, whenever the focus moves, for as long as that object lives."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 — there are no widgets without one
    found = app.findChild(FocusMoves)
    moves = found if isinstance(found, FocusMoves) else FocusMoves(app)
    moves.add(method)
