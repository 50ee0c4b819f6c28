"""Draws the cells of a table and opens the one editor in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.editor.cell_delegate import AROUND, CellDelegate, draw_lines, look
from desktop.editor.tree_cell import PADDING, CellEditor
from desktop.editor.tree_choice import ChoiceCell, Editor, TickCell, draw_tick
from desktop.editor.tree_look import faint
from desktop.editor.tree_text import Faces
from desktop.models.table_lines import Index
from forms.values import Kind

if TYPE_CHECKING:
    from desktop.editor.cell_keys import CellKeys
    from desktop.editor.row_view import TableView

_MOST_LINES = 4  # of what is said beneath a text


class TableDelegate(CellDelegate):
    """Cells of a table: text that wraps, and what is wrong with it beneath, in its colour."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view, view.row_model)
        self._view = view
        self._model = view.row_model
        self._heights: dict[tuple[str, str], int] = {}
        self._faces = Faces(view.font())
        self._letter = view.fontMetrics().horizontalAdvance("国")

    @property
    def line_height(self) -> int:
        """The height of a row that needs one line."""
        return int(self._faces.text.height) + AROUND

    def keys(self) -> CellKeys:
        """Those of the table."""
        return self._view.keys

    def typed_text(self, index: Index) -> str:
        """What the filing holds of the cell."""
        return self._model.text(index.row(), index.column())

    def beneath(self, index: Index, width: int) -> float:
        """The height of what is wrong there, or nothing."""
        return self._beneath(index.row(), index.column(), width)

    def made(self, parent: QWidget, index: Index) -> Editor:
        """A tick, a choice or a text; what is typed goes into the filing at once."""
        editor = self._fitting(parent, index)
        editor.typed.connect(lambda: self.commitData.emit(editor))
        return editor

    def kind(self, index: Index) -> Kind:
        """That of the column."""
        return self._model.columns[index.column()].kind

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
        rect, palette, state = look(option)
        severity = self._model.severity(line, column)
        painter.save()
        painter.fillRect(rect, self._ground(line, column, severity))
        if state & QStyle.StateFlag.State_Selected and not severity:
            painter.fillRect(rect, faint(palette.color(QPalette.ColorRole.Highlight)))
        draw_lines(painter, rect, palette, focused=bool(state & QStyle.StateFlag.State_HasFocus))
        self._draw_text(painter, rect, line, column, palette)
        width = rect.width() - 2 * PADDING
        if said := self._said(line, column, width):
            painter.setPen(theme.colour(severity))
            down = self._text_height(line, column, width) + AROUND
            at = QPointF(rect.left() + PADDING, rect.top() + down)
            self._faces.small.draw(painter, at, said, width)
        painter.restore()

    def _fitting(self, parent: QWidget, index: Index) -> Editor:
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
