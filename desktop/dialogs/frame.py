"""The frame of every dialog: content that scrolls where the screen is small, and buttons that always stay in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from forms.language import N_, sentence

LARGEST = QSize(1060, 560)  # of 1092 × 614 logical pixels, less the frame and the task bar

T = TypeVar("T")
Role = QDialogButtonBox.ButtonRole


class Frame(QDialog):
    """A dialog with `content` above and `buttons` below. Esc cancels; the answer comes by Qt's own signals."""

    def __init__(self, name: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModal(True)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(12, 12, 12, 8)
        inside = _Inside(self)
        inside.setLayout(self.content)
        scrolled = QScrollArea(self)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(inside)
        self.buttons = QDialogButtonBox(self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled, 1)
        layout.addWidget(self.buttons)
        self.buttons.setContentsMargins(12, 0, 12, 12)
        self.resize(size.boundedTo(LARGEST))
        self._gone = False
        self.finished.connect(self._leave)

    def button(self, name: str, role: Role, act: Callable[[], object] | None = None) -> QPushButton:
        """A button of the box; its words are set by `retranslate`."""
        made = QPushButton(self)
        made.setObjectName(name)
        self.buttons.addButton(made, role)
        if act is not None:
            made.clicked.connect(lambda _checked: act())
        return made

    def while_open(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """`act`, until the dialog is closed: an answer of the store may come after that."""
        return lambda value: None if self._gone else act(value)

    def _leave(self) -> None:
        self._gone = True

    def retranslate(self) -> None:
        """Say everything in the language in use."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Be no larger than the screen has room for."""
        self.resize(self.size().boundedTo(self.screen().availableSize()))
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _Inside(QWidget):
    """The content. It asks for no more height than it needs, so that lists and pages shrink before anything scrolls."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 — Qt's name
        """The least height; Qt would take the preferred one for a layout with wrapped labels."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


def tell(parent: QWidget | None, *sentences: str, title: str = "") -> QMessageBox:
    """Show sentences, as they stand and without stopping the window; gives the box.

    `parent` may be gone by now: a job can outlive the dialog that began it.
    """
    there = parent is not None and isValid(parent)
    box = QMessageBox(parent if there else QApplication.activeWindow())
    box.setObjectName("message")
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(title or sentence(N_("绩效填报")))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setText("\n".join(sentences))
    box.addButton(sentence(N_("知道了")), QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
