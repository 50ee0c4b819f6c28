"""Draws the cells of an indicator tree and opens the one editor in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.editor.cell_delegate import AROUND, CellDelegate, draw_lines, look
from desktop.editor.offers import offers_of
from desktop.editor.tree_cell import PADDING, CellEditor
from desktop.editor.tree_choice import ChoiceCell, Editor, TickCell, draw_tick
from desktop.editor.tree_look import faint
from desktop.editor.tree_text import Face, Faces
from desktop.models.branches import LIMB, ROW, Node
from desktop.models.indicator_rows import Index
from desktop.models.indicator_texts import Ask
from forms.values import Kind

if TYPE_CHECKING:
    from desktop.editor.cell_keys import CellKeys
    from desktop.editor.tree import IndicatorView


class TreeDelegate(CellDelegate):
    """Cells of a tree: text that wraps, what is wrong with it beneath in its colour, branches as a band."""

    def __init__(self, view: IndicatorView) -> None:
        super().__init__(view, view.tree_model)
        self._view = view
        self._model = view.tree_model
        self._heights: dict[int, QSize] = {}
        self._faces = Faces(view.font())
        self._one_line = QSize(0, int(self._faces.text.height) + AROUND)
        self.ready = False  # whether the columns have their widths; until then every row is as high as a line

    def keys(self) -> CellKeys:
        """Those of the tree."""
        return self._view.keys

    def typed_text(self, index: Index) -> str:
        """What the model gives to be edited: a text of the filing, or the label of a branch."""
        return str(index.data(Qt.ItemDataRole.EditRole))

    def beneath(self, index: Index, width: int) -> float:
        """The height of what is wrong there, or nothing."""
        return self._beneath(self._node(index), index.column(), width)

    def made(self, parent: QWidget, index: Index) -> Editor:
        """A tick, a choice or a text; it goes into the filing at once, the label of a branch on leaving it."""
        node, column = self._node(index), index.column()
        editor = self._fitting(node, column, parent)
        if node.depth == ROW:
            editor.typed.connect(lambda: self.commitData.emit(editor))
        if isinstance(editor, CellEditor):
            editor.table_pasted.connect(lambda text: self._view.rows.paste_text(text, column))
            self._view.offers.attend(editor, node, column)
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """The keys of a list on offer come before those of the cell."""
        offers = offers_of(watched) if isinstance(watched, CellEditor) and isinstance(event, QKeyEvent) else None
        if offers is not None and isinstance(event, QKeyEvent) and offers.takes(event):
            return True
        return super().eventFilter(watched, event)

    def kind(self, index: Index) -> Kind:
        """That of the column in a row; a branch has a name."""
        return self._model.columns[index.column()].kind if self._node(index).depth == ROW else Kind.TEXT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 — Qt's own
        """The height of the row, whichever cell is asked; it is measured once until something changes in the row."""
        known = self._heights.get(index.internalId())
        if known is None and not self.ready:
            return self._one_line
        if known is None:
            node = self._node(index)
            known = self._heights[node.number] = QSize(0, self._row_height(node))
        return known

    def begin(self) -> None:
        """Measure from now on, for the columns have their widths."""
        self.ready = True
        self.forget()

    def forget(self, first: Index | None = None, last: Index | None = None) -> None:
        """Measure these rows anew when they are shown; all of them where none are named."""
        if first is None or last is None:
            self._heights.clear()
            self._faces = Faces(self._view.font())
            return
        for row in range(first.row(), last.row() + 1):
            self._heights.pop(first.sibling(row, 0).internalId(), None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, and what is wrong beneath it; the ground of a branch is there already."""
        node, column = self._node(index), index.column()
        rect, palette, state = look(option)
        painter.save()
        severity = str(index.data(Ask.SEVERITY) or "")
        if node.depth == ROW:
            painter.fillRect(rect, self._view.look.ground(node, severity))
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, faint(palette.color(QPalette.ColorRole.Highlight)))
        if node.depth == ROW or column >= self._model.first_total - 1:
            at_work = node.depth == ROW and bool(state & QStyle.StateFlag.State_HasFocus)
            draw_lines(painter, rect, palette, focused=at_work)
        self._write(painter, rect, palette, (node, column))
        painter.restore()

    def _fitting(self, node: Node, column: int, parent: QWidget) -> Editor:
        choices = self._model.columns[column].choices if node.depth == ROW else ()
        if self._model.ticked(node, column) is not None:
            return TickCell(choices[0], parent)
        return ChoiceCell(choices, parent) if choices else CellEditor(parent)

    def _node(self, index: Index) -> Node:
        return self._model.node(index) or self._model.root

    def _write(self, painter: QPainter, rect: QRect, palette: QPalette, cell: tuple[Node, int]) -> None:
        node, column = cell
        width, ticked = self._view.look.text_width(node, column) - 2 * PADDING, self._model.ticked(node, column)
        words, face = self._words(node, column), self._face(node)
        if ticked is not None:
            draw_tick(painter, rect, self._view, on=ticked)
        top = QPointF(rect.left() + PADDING, rect.top() + PADDING)
        painter.setPen(theme.colour("muted") if node.waiting else palette.color(QPalette.ColorRole.Text))
        face.draw(painter, top, words, width)
        if message := self._model.message(node, column):
            painter.setPen(theme.colour(self._model.severity(node, column)))
            self._faces.small.draw(painter, top + QPointF(0, face.measure(words, width)), message, width)

    def _row_height(self, node: Node) -> int:
        return int(max(self._cell_height(node, column) for column in range(len(self._model.columns)))) + AROUND

    def _cell_height(self, node: Node, column: int) -> float:
        width = self._view.look.text_width(node, column) - 2 * PADDING
        height = self._face(node).measure(self._words(node, column), width)
        return height + self._beneath(node, column, width)

    def _beneath(self, node: Node, column: int, width: int) -> float:
        message = self._model.message(node, column)
        return self._faces.small.measure(message, width) if message else 0

    def _words(self, node: Node, column: int) -> str:
        if self._model.ticked(node, column) is not None:
            return ""  # the box says it
        return "　".join(filter(None, (self._model.text(node, column), self._model.summary(node, column))))

    def _face(self, node: Node) -> Face:
        return self._faces.bold if node.depth == LIMB else self._faces.text
