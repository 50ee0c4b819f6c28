"""The one editor open in a table or a tree: how it stands in its cell, whose keys it obeys, where its text goes."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.editor.cell_keys import CellKeys
from desktop.editor.tree_cell import PADDING, prefer_numbers
from desktop.editor.tree_choice import Editor
from desktop.models.table_lines import Index
from forms.values import Kind

AROUND = 2 * PADDING + 1  # of a text, above and below it, with the line of the cell


class _TextModel(Protocol):
    """What takes a typed text; texts under one `merge`, the letters of one stay in a cell, are one step of undo."""

    def put(self, index: Index, text: str, merge: object = None) -> bool: ...


class CellDelegate(QStyledItemDelegate):
    """What tables and trees share; they make the editor, and say what is told beneath a text."""

    def __init__(self, view: QAbstractItemView, model: _TextModel) -> None:
        super().__init__(view)
        self.editor: Editor | None = None
        self._host = view
        self._takes = model
        self._stays = 0  # how often an editor was opened

    def keys(self) -> CellKeys:
        """The keys of the view, which come before those of the editor."""
        raise NotImplementedError

    def made(self, parent: QWidget, index: Index) -> Editor:
        """A new editor for a cell."""
        raise NotImplementedError

    def kind(self, index: Index) -> Kind:
        """The kind of value that belongs into a cell."""
        raise NotImplementedError

    def typed_text(self, index: Index) -> str:
        """What stands in a cell to be edited."""
        raise NotImplementedError

    def beneath(self, index: Index, width: int) -> float:
        """How high what is told beneath the text of a cell is in a width."""
        raise NotImplementedError

    def flush(self) -> None:
        """Put everything typed into the filing, also what an input method still holds; the editor stays open."""
        if self.editor is not None:
            QGuiApplication.inputMethod().commit()
            self.commitData.emit(self.editor)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002, N802 — Qt's own
        """The editor of a cell, known by name to whoever hears the form instead of seeing it."""
        self.editor = editor = self.made(parent, index)
        self._stays += 1
        editor.setFont(self._host.font())
        prefer_numbers(editor, self.kind(index))
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or ""))
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Know that the editor is closed."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Show what the filing holds, unless it is what the editor shows."""
        if isinstance(editor, Editor):
            editor.put(self.typed_text(index))

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:  # noqa: ARG002, N802 — Qt's own name
        """Put what was typed into the filing."""
        if isinstance(editor, Editor) and editor.changed:
            self._takes.put(index, editor.text(), self._stays)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Over the text of the cell, leaving to be read what is said beneath it."""
        rect, _, _ = look(option)
        beneath = int(self.beneath(index, rect.width() - 2 * PADDING))
        rect.setHeight(max(rect.height() - beneath, editor.sizeHint().height()))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """The keys of the view come before those of the editor."""
        if isinstance(watched, Editor) and isinstance(event, QKeyEvent) and self.keys().editing(watched, event):
            return True
        return super().eventFilter(watched, event)


def look(option: QStyleOptionViewItem) -> tuple[QRect, QPalette, QStyle.StateFlag]:
    """Where a cell is drawn, in which colours, and whether it is selected or at work."""
    return QRect(option.rect), option.palette, option.state  # type: ignore[attr-defined]  # left out of PySide's stubs


def draw_lines(painter: QPainter, rect: QRect, palette: QPalette, *, focused: bool) -> None:
    """The lines beneath and beside a cell, and a frame in the one at work."""
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if focused:
        painter.setPen(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
