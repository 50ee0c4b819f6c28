"""Ways of the caret through an indicator tree: from cell to cell, from row to row, into a cell and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.models.branches import BRANCH, ROW, Node

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView

_Editable = Qt.ItemFlag.ItemIsEditable


class TreeCaret:
    """Moves the current cell of a view; branches on the way are opened, computed cells are passed over."""

    def __init__(self, view: IndicatorView) -> None:
        self._view = view
        self._model = view.tree_model

    def edit_cell(self) -> None:
        """Put the caret into the current cell, or into the next one that can be edited."""
        if self._model.flags(self._view.currentIndex()) & _Editable:
            self._view.go_to(self._view.currentIndex())
        else:
            self.next_cell()

    def leave_cell(self) -> None:
        """Close the editor; the keys are those of the row now."""
        index = self._view.currentIndex()
        self._view.close_editor(keep=self._view.current_node().depth == ROW)
        self._view.setFocus()
        self._view.choose([index])

    def next_cell(self) -> None:
        """Go on to the next cell of the tree; after the last one out of it."""
        if not self._enter_named():
            self._step(forward=True)

    def previous_cell(self) -> None:
        """Go back to the cell before; before the first one out of the tree."""
        self._step(forward=False)

    def next_row(self) -> None:
        """Go to the row below; under the last filled row of a branch there comes a new one."""
        if self._enter_named():
            return
        node = self._view.current_node()
        if node.ident and node is node.above.children[-1] and self._view.rows.filled(node):
            self._view.rows.add_to(node.branch)
        else:
            self.row_below()

    def row_below(self) -> None:
        """Go to the same column of the next row."""
        self._to_row(1)

    def row_above(self) -> None:
        """Go to the same column of the row before."""
        self._to_row(-1)

    def leave(self, *, forward: bool) -> None:
        """Go on to what comes after the tree, or back to what comes before it."""
        self._view.close_editor()
        self._view.setFocus()
        self._view.focusNextPrevChild(forward)

    def _enter_named(self) -> bool:
        """Take over the label of a branch that was just given another one, and go into its first row."""
        node, editor = self._view.current_node(), self._view.cell_editor()
        if node.depth != BRANCH or editor is None or editor.text().strip() in ("", node.level2):
            return False
        level1, label = node.level1, editor.text().strip()
        self._view.close_editor()
        self._view.go_to(self._model.index(0, 0, self._model.branch_index(level1, label)))
        return True

    def _step(self, *, forward: bool) -> None:
        columns = [number for number, one in enumerate(self._model.columns) if one.fillable]
        node, column = self._view.current_node(), self._view.currentIndex().column()
        beside = [one for one in columns if (one > column if forward else one < column)]
        if node.depth == ROW and beside:
            self._view.go_to(self._model.index_of(node, beside[0 if forward else -1]))
        elif row := self._row_beside(node, 1 if forward else -1):
            self._view.go_to(self._model.index_of(row, columns[0 if forward else -1]))
        else:
            self.leave(forward=forward)

    def _to_row(self, step: int) -> None:
        if row := self._row_beside(self._view.current_node(), step):
            self._view.go_to(self._model.index_of(row, self._view.currentIndex().column()))

    def _row_beside(self, node: Node, step: int) -> Node | None:
        """The row after or before a row; the first in a branch or the one before it."""
        rows = list(self._model.rows())
        if node.depth == ROW:
            at = rows.index(node) + step
        else:
            first = node
            while first.depth != ROW:
                first = first.children[0]
            at = rows.index(first) + min(step, 0)
        return rows[at] if 0 <= at < len(rows) else None
