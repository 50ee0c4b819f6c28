"""The editor of one cell of a tree or table: plain text that wraps and grows, undisturbed while it is composed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QPalette,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.editor.spreadsheet import cells_of
from forms.values import NUMBERS, Kind

PADDING = 4

_FRAME = QFrame.Shape.Box | QFrame.Shadow.Plain


class CellEditor(QPlainTextEdit):
    """The text of one cell. `typed` comes with every change by hand, but never while an input method composes."""

    typed = Signal()
    table_pasted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.composing = False
        self.setObjectName("cell_editor")
        self.setFrameStyle(_FRAME)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setForegroundRole(QPalette.ColorRole.Highlight)  # of the frame; the text has a role of its own
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setUndoRedoEnabled(False)  # undo is the filing's, not the widget's
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(PADDING - self.frameWidth())
        self.textChanged.connect(self._tell)

    @property
    def changed(self) -> bool:
        """Whether anything was typed since the filing's own text was put here."""
        return self.document().isModified()

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's own name
        """The tree has the menu: there are the repairs of the cell too."""
        event.ignore()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 — Qt's own name
        """Paste plain text into the cell; a table goes to the tree, its only cell is a text like any other."""
        lines = cells_of(source.text()) if _is_of_cells(source) else []
        if len(lines) > 1 or any(len(line) > 1 for line in lines):
            self.table_pasted.emit(source.text())
        else:
            self.insertPlainText(lines[0][0] if lines else source.text())

    def _tell(self) -> None:
        if not self.composing and self.changed:
            self.typed.emit()


def prefer_numbers(editor: QWidget, kind: Kind) -> None:
    """Let an input method begin with figures where a number is wanted."""
    if kind in NUMBERS:
        editor.setInputMethodHints(editor.inputMethodHints() | Qt.InputMethodHint.ImhPreferNumbers)


def _is_of_cells(source: QMimeData) -> bool:
    """Whether a spreadsheet or a table copied it: their text has tabs, or where it is one column a table beside it."""
    return "\t" in source.text() or (source.hasHtml() and "<table" in source.html().lower())
