"""Draws the cells of a table and opens the one editor in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.editor.tree_cell import PADDING, CellEditor
from desktop.editor.tree_choice import ChoiceCell, Editor, TickCell, draw_tick
from desktop.editor.tree_look import faint
from desktop.editor.tree_text import Faces
from desktop.models.table_lines import Index
from desktop.models.table_rows import RowModel
from forms.values import Kind

if TYPE_CHECKING:
    from desktop.editor.row_view import TableView

AROUND = 2 * PADDING + 1
_MOST_LINES = 4  # of what is said beneath a text
_NUMBERS = (Kind.MONEY, Kind.PERCENT, Kind.INTEGER, Kind.YEAR)


class TableDelegate(QStyledItemDelegate):
    """Cells of a table: text that wraps, and what is wrong with it beneath, in its colour."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self.editor: Editor | None = None
        self._view = view
        self._model = view.row_model
        self._stays = 0  # how often an editor was opened; letters of one stay are one step of undo
        self._heights: dict[tuple[str, str], int] = {}
        self._faces = Faces(view.font())
        self._letter = view.fontMetrics().horizontalAdvance("国")

    @property
    def line_height(self) -> int:
        """The height of a row that needs one line."""
        return int(self._faces.text.height) + AROUND

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002, N802 — Qt's own
        """The editor of a cell; what is typed goes into the filing at once."""
        self.editor = editor = self._made(parent, index)
        self._stays += 1
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole)))
        editor.setFont(self._view.font())
        editor.typed.connect(lambda: self.commitData.emit(editor))
        if self._model.columns[index.column()].kind in _NUMBERS:
            editor.setInputMethodHints(editor.inputMethodHints() | Qt.InputMethodHint.ImhPreferNumbers)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Know that the editor is closed."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Show what the filing holds, unless it is what the editor shows."""
        if isinstance(editor, Editor):
            editor.put(self._model.text(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Put what was typed into the filing; all of one stay in the cell is one step of undo."""
        if isinstance(editor, Editor) and isinstance(model, RowModel) and editor.changed:
            model.put(index, editor.text(), self._stays)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Over the text of the cell, leaving to be read what is said beneath it."""
        rect, _, _ = _look(option)
        beneath = int(self._beneath(index.row(), index.column(), rect.width() - 2 * PADDING))
        rect.setHeight(max(rect.height() - beneath, editor.sizeHint().height()))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """The keys of the table come before those of the editor."""
        if isinstance(watched, Editor) and isinstance(event, QKeyEvent) and self._view.keys.editing(watched, event):
            return True
        return super().eventFilter(watched, event)

    def row_height(self, line: int) -> int:
        """How high a line stands; it is measured once until something changes in it."""
        row = self._model.row(line)
        known = self._heights.get((row.id, row.label))
        if known is None:
            tallest = max((self._cell_height(line, column) for column in range(len(self._model.columns))), default=0)
            known = self._heights[row.id, row.label] = int(tallest) + AROUND
        return known

    def forget(self, first: int | None = None, last: int = 0) -> None:
        """Measure these lines anew when they are asked for; all of them, and the font, where none are named."""
        if first is None:
            self._heights.clear()
            self._faces = Faces(self._view.font())
            self._letter = self._view.fontMetrics().horizontalAdvance("国")
            return
        for line in range(first, last + 1):
            row = self._model.row(line)
            self._heights.pop((row.id, row.label), None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, and what is wrong beneath it."""
        line, column = index.row(), index.column()
        rect, palette, state = _look(option)
        severity = self._model.severity(line, column)
        painter.save()
        painter.fillRect(rect, self._ground(line, column, severity))
        if state & QStyle.StateFlag.State_Selected and not severity:
            painter.fillRect(rect, faint(palette.color(QPalette.ColorRole.Highlight)))
        _draw_lines(painter, rect, palette, focused=bool(state & QStyle.StateFlag.State_HasFocus))
        self._draw_text(painter, rect, line, column, palette)
        width = rect.width() - 2 * PADDING
        if said := self._said(line, column, width):
            painter.setPen(theme.colour(severity))
            down = self._text_height(line, column, width) + AROUND
            at = QPointF(rect.left() + PADDING, rect.top() + down)
            self._faces.small.draw(painter, at, said, width)
        painter.restore()

    def _made(self, parent: QWidget, index: Index) -> Editor:
        line, column = index.row(), index.column()
        choices = self._model.columns[column].choices
        if self._model.ticked(line, column) is not None:
            return TickCell(choices[0], parent)
        editor = ChoiceCell(choices, parent) if choices else CellEditor(parent)
        written = editor.document().defaultTextOption()
        written.setAlignment(self._model.alignment(line, column))
        editor.document().setDefaultTextOption(written)
        editor.table_pasted.connect(self._view.work.paste_block)
        return editor

    def _draw_text(self, painter: QPainter, rect: QRect, line: int, column: int, palette: QPalette) -> None:
        ticked = self._model.ticked(line, column)
        if ticked is not None:
            draw_tick(painter, rect, self._view, on=ticked)
            return
        indent = self._indent(line, column)
        width = rect.width() - 2 * PADDING - indent
        text = self._words(line, column)
        quiet = text and not self._model.text(line, column)
        painter.setPen(theme.colour("muted") if quiet else palette.color(QPalette.ColorRole.Text))
        at = QPointF(rect.left() + PADDING + indent, rect.top() + PADDING)
        align = Qt.AlignmentFlag.AlignLeft if quiet else self._model.alignment(line, column)
        self._faces.text.draw(painter, at, text, width, align)

    def _ground(self, line: int, column: int, severity: str) -> QColor:
        if severity:
            return theme.colour(f"{severity}_ground")
        return theme.colour("label_ground" if self._model.is_fixed(line, column) else "paper")

    def _words(self, line: int, column: int) -> str:
        return self._model.text(line, column) or self._model.hint(line, column)

    def _cell_height(self, line: int, column: int) -> float:
        width = self._view.columnWidth(column) - 1 - 2 * PADDING
        return self._text_height(line, column, width) + self._beneath(line, column, width)

    def _text_height(self, line: int, column: int, width: int) -> float:
        if self._model.ticked(line, column) is not None:
            return self._faces.text.height
        return self._faces.text.measure(self._words(line, column), width - self._indent(line, column))

    def _beneath(self, line: int, column: int, width: int) -> float:
        said = self._said(line, column, width)
        return self._faces.small.measure(said, width) + PADDING if said else 0

    def _said(self, line: int, column: int, width: int) -> str:
        """What is wrong, as much of it as a few lines hold; the tip and the list of problems have all of it."""
        message = self._model.message(line, column)
        room = _MOST_LINES * max(width // self._letter, 1)
        return message if len(message) <= room else message[: room - 1] + "…"

    def _indent(self, line: int, column: int) -> int:
        return self._model.indent(line, column) * self._letter


def _look(option: QStyleOptionViewItem) -> tuple[QRect, QPalette, QStyle.StateFlag]:
    return QRect(option.rect), option.palette, option.state  # type: ignore[attr-defined]  # left out of PySide's stubs


def _draw_lines(painter: QPainter, rect: QRect, palette: QPalette, *, focused: bool) -> None:
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if focused:
        painter.setPen(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
