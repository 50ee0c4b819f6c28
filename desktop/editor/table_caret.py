"""Ways of the caret through a table: from cell to cell, from row to row, into a cell and out of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.editor.row_view import TableView


class TableCaret:
    """Moves the current cell of a view; cells that are not for typing are passed over."""

    def __init__(self, view: TableView) -> None:
        self._view = view
        self._model = view.row_model

    def first_column(self) -> int:
        """The first column for typing in the current row, or else in the first."""
        line = max(self._view.currentIndex().row(), 0)
        return next((one for one in range(self._model.columnCount()) if not self._model.is_fixed(line, one)), 0)

    def edit_cell(self) -> None:
        """Put the caret into the current cell, or into the next one for typing."""
        index = self._view.currentIndex()
        if index.isValid() and self._model.is_fixed(index.row(), index.column()):
            self.next_cell()
        elif index.isValid():
            self._view.go_to(index)

    def leave_cell(self) -> None:
        """Close the editor; the keys are those of the row now."""
        index = self._view.currentIndex()
        self._view.close_editor()
        self._view.setFocus()
        self._view.choose([index])

    def next_cell(self) -> None:
        """Go on to the next cell for typing; after the last one out of the table."""
        self._step(forward=True)

    def previous_cell(self) -> None:
        """Go back to the cell before; before the first one out of the table."""
        self._step(forward=False)

    def row_below(self) -> None:
        """Go to the same column of the next row; under the last one waits a new one, where there is room."""
        self._to_row(1)

    def row_above(self) -> None:
        """Go to the same column of the row before."""
        self._to_row(-1)

    def leave(self, *, forward: bool) -> None:
        """Go on to what comes after the table, or back to what comes before it."""
        self._view.close_editor()
        self._view.setFocus()
        self._view.focus_beside(forward=forward)

    def enter(self, *, forward: bool) -> None:
        """Go into the first cell for typing, or coming back into the last."""
        cell = next(self._cells(-1 if forward else self._model.rowCount(), 0, forward=forward), None)
        if cell is not None:
            self._view.go_to(self._model.index(*cell))

    def _step(self, *, forward: bool) -> None:
        index = self._view.currentIndex()
        cell = next(self._cells(index.row(), index.column(), forward=forward), None)
        if cell is None:
            self.leave(forward=forward)
        else:
            self._view.go_to(self._model.index(*cell))

    def _cells(self, line: int, column: int, *, forward: bool) -> Iterator[tuple[int, int]]:
        """The cells for typing after or before one, in the order of reading."""
        columns = range(self._model.columnCount())
        if line in range(self._model.rowCount()):
            beside = columns[column + 1 :] if forward else columns[:column][::-1]
            yield from ((line, one) for one in beside if not self._model.is_fixed(line, one))
        lines = range(line + 1, self._model.rowCount()) if forward else range(line - 1, -1, -1)
        for other in lines:
            order = columns if forward else columns[::-1]
            yield from ((other, one) for one in order if not self._model.is_fixed(other, one))

    def _to_row(self, step: int) -> None:
        index = self._view.currentIndex()
        line = index.row() + step
        if index.isValid() and 0 <= line < self._model.rowCount():
            self._view.go_to(self._model.index(line, index.column()))
