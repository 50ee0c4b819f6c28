"""Finding the parts of a window by their names, and working them as a person does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

Kind = TypeVar("Kind", bound=QObject)


def part(root: QWidget, kind: type[Kind], name: str = "") -> Kind:
    """The part of `root` of a kind, and of a name where one is given."""
    found = root.findChild(kind, name) if name else root.findChild(kind)
    assert isinstance(found, kind)
    return found


def button(root: QWidget, name: str) -> QAbstractButton:
    """A button by its name."""
    return part(root, QAbstractButton, name)


def press(root: QWidget, name: str) -> None:
    """Click a button with the mouse."""
    QTest.mouseClick(button(root, name), Qt.MouseButton.LeftButton)


def said(root: QWidget, name: str) -> str:
    """What a label says."""
    return part(root, QLabel, name).text()
