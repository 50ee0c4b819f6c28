"""How a table is laid out: widths as on paper, rows as high as their texts, the whole as high as its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtWidgets import QScrollArea

from desktop.editor.table_widths import least_width, shared, shares
from desktop.editor.tree_cell import CellEditor
from forms.template.model import Block, Sheet

if TYPE_CHECKING:
    from desktop.editor.row_view import TableView

_PASSES = 4  # other rows come into sight when those there grow
_MOST_HEIGHT = 1_200  # logical pixels; a longer table scrolls in itself


class TableLook:
    """The measures of a view. Rows are measured when they come into sight."""

    def __init__(self, view: TableView, sheet: Sheet, block: Block) -> None:
        self._view = view
        self._model = view.row_model
        self._shares = shares(self._model.columns, sheet, block)
        self._width = 0

    def forget(self) -> None:
        """Share the width out anew, for letters of another size."""
        self._width = 0

    def share_out(self) -> None:
        """Share the width out as the form does; columns too narrow to read scroll."""
        # Qt tells of no new size that comes with a scroll bar while the view is hidden or sharing out: ask each time.
        if self._view.viewport().width() == self._width:
            return
        self._width = self._view.viewport().width()
        least = [least_width(one, self._view.fontMetrics()) for one in self._model.columns]
        for column, width in enumerate(shared(self._width, self._shares, least)):
            self._view.setColumnWidth(column, width)

    def fit(self, show: QModelIndex | None) -> None:
        """Give the rows in sight the heights they need; `show` is a cell that is to stay in sight."""
        self.share_out()
        for _ in range(_PASSES):
            if not self._fit_sight():
                break
            self._view.updateGeometries()
            if show is not None:
                self._view.scrollTo(show)

    def show_caret(self) -> None:
        """Bring the caret into sight, also where its cell is higher than the view, in the table and in the form."""
        view, bar = self._view, self._view.verticalScrollBar()
        spot, before = self._caret(), bar.value()
        if spot.top() < 0:
            bar.setValue(before + spot.top())
        elif spot.bottom() >= view.viewport().height():
            bar.setValue(before + spot.bottom() + 1 - view.viewport().height())
        spot.translate(0, before - bar.value())
        above = view.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            at = view.viewport().mapTo(above.widget(), spot.center())
            above.ensureVisible(at.x(), at.y(), 0, spot.height())

    def _caret(self) -> QRect:
        """Where the caret is, in the viewport: in the open editor, or else in the current cell."""
        editor = self._view.cell_editor()
        if not isinstance(editor, CellEditor):
            return QRect(self._view.visualRect(self._view.currentIndex()))
        line = editor.cursorRect()
        return QRect(editor.viewport().mapTo(self._view.viewport(), line.topLeft()), line.size())

    def height(self) -> int:
        """As high as the headings and rows are, up to a limit from which on they scroll."""
        header = self._view.horizontalHeader()
        scrolls = header.length() > self._view.viewport().width()
        beside = self._view.horizontalScrollBar().sizeHint().height() if scrolls else 0
        return min(header.sizeHint().height() + self._view.verticalHeader().length() + beside, _MOST_HEIGHT)

    def _fit_sight(self) -> bool:
        """Measure the rows that are in sight, or will be once the view is as high as it may be; whether one changed."""
        view, rows, line = self._view, self._view.verticalHeader(), max(self._view.rowAt(0), 0)
        down, until = view.rowViewportPosition(line), max(view.viewport().height(), _MOST_HEIGHT)
        changed = False
        while line < self._model.rowCount() and down < until:
            height = view.cells.row_height(line)
            if rows.sectionSize(line) != height:
                rows.resizeSection(line, height)
                changed = True
            down += height
            line += 1
        return changed
