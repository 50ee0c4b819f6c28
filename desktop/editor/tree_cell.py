"""The editor of one cell of an indicator tree: plain text that wraps and grows, undisturbed while it is composed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.editor.tree_clipboard import is_table

PADDING = 4


class CellEditor(QPlainTextEdit):
    """The text of one cell. `typed` comes with every change by hand, but never while an input method composes."""

    typed = Signal()
    table_pasted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.composing = False
        self.setObjectName("cell_editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setUndoRedoEnabled(False)  # undo is the filing's, not the widget's
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(PADDING)
        self.textChanged.connect(self._tell)

    def text(self) -> str:
        """The text, every character as it was typed: toPlainText would make plain blanks of hard ones."""
        return self.document().toRawText().replace("\u2029", "\n")

    def put(self, text: str) -> None:
        """Show another text, the caret as far from its end as it was; nothing happens where it is the same."""
        if self.text() == text or self.composing:
            return
        from_end = self.document().characterCount() - self.textCursor().position()
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        cursor = self.textCursor()
        cursor.setPosition(max(self.document().characterCount() - from_end, 0))
        self.setTextCursor(cursor)
        self.document().setModified(False)

    def mark(self, first: int, last: int) -> None:
        """Select the characters from `first` to `last` of the text."""
        end = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(first, end))
        cursor.setPosition(min(last, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As high as its lines are."""
        lines = max(int(self.document().size().height()), 1)
        return QSize(super().sizeHint().width(), int(lines * self.fontMetrics().lineSpacing()) + 2 * PADDING + 1)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 — Qt's own name
        """Let the input method compose in peace; what it commits is typed like anything else."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self.composing:
            self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's own name
        """The text, and around it a line in the colour of what is chosen."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's own name
        """The tree has the menu: there are the repairs of the cell too."""
        event.ignore()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 — Qt's own name
        """Paste plain text into the cell; a table goes to the tree."""
        if is_table(source.text()):
            self.table_pasted.emit(source.text())
        else:
            self.insertPlainText(source.text())

    def _tell(self) -> None:
        if not self.composing and self.document().isModified():
            self.typed.emit()
