"""How an indicator tree is laid out: widths as on paper, as high as its rows, branches as bands across the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSignalBlocker
from PySide6.QtGui import QColor, QPainter, QPalette

from desktop import theme
from desktop.editor.table_widths import shared
from desktop.editor.tree_cell import PADDING
from desktop.models.branches import ROW, Node
from forms.template.model import Block, Sheet

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView

_BOX, _TEXT, _NAME = 3, 5, 14  # Chinese letters that a column of boxes, of texts, and of names has room for at least
INDENT = 14
_MOST_HEIGHT = 1_200  # logical pixels; a longer tree scrolls in itself


class TreeLook:
    """The measures of a view and the ground it is drawn on."""

    def __init__(self, view: IndicatorView, sheet: Sheet, block: Block) -> None:
        self._view = view
        self._model = view.tree_model
        drawn = {one.name: sum(sheet.widths[one.col : one.col + one.cols]) for one in block.columns}
        widths = [drawn.pop(one.name) for one in self._model.columns]
        widths[0] += sum(drawn.values())  # the first column has the room of the branches
        self._shares = widths
        self._letters = [_NAME, *(_BOX if len(one.choices) == 1 else _TEXT for one in self._model.columns[1:])]

    def share_out(self) -> bool:
        """Share the width out as the form does; columns too narrow to read scroll. Gives whether any has changed."""
        header, room = self._view.header(), self._room()
        letter = self._view.fontMetrics().horizontalAdvance("国")
        widths = shared(room, self._shares, [letters * letter + 2 * PADDING for letters in self._letters])
        if widths == [header.sectionSize(column) for column in range(header.count())]:
            return False
        with QSignalBlocker(header):  # or every row would be laid out anew for every column
            for column, width in enumerate(widths):
                header.resizeSection(column, width)
        header.viewport().update()
        return True

    def _room(self) -> int:
        """The width for the columns; where there are many rows a scroll bar will come, and they are measured once."""
        bar, view = self._view.verticalScrollBar(), self._view
        rows = sum(1 for _ in self._model.rows())
        if bar.isVisible() or rows * view.fontMetrics().lineSpacing() < _MOST_HEIGHT:
            return view.viewport().width()
        return view.width() - 2 * view.frameWidth() - bar.sizeHint().width()

    def text_width(self, node: Node, column: int) -> int:
        """The width there is for a text, less what it is set in; that of a branch goes on to the first total."""
        if column:
            return self._view.columnWidth(column)
        columns = range(1 if node.depth == ROW else self._model.first_total)
        return sum(self._view.columnWidth(one) for one in columns) - INDENT * node.depth

    def height(self) -> int:
        """As high as the rows are, up to a limit from which on they scroll."""
        view = self._view
        wide = view.header().length() > view.viewport().width()
        bar = view.horizontalScrollBar().sizeHint().height() if wide else 0
        frame = view.header().sizeHint().height() + 2 * view.frameWidth() + bar
        return min(self._rows_height() + frame, _MOST_HEIGHT)

    def ground(self, node: Node, severity: str = "") -> QColor:
        """The colour behind a row: a band for a branch, that of the gravest problem, or the paper's."""
        if node.depth != ROW:
            return theme.colour("label_ground")
        return theme.colour(f"{severity}_ground" if severity else "paper")

    def band(self, painter: QPainter, rect: QRect, node: Node) -> None:
        """The ground of a branch across all columns, for its text goes over several of them."""
        band = self._across(rect)
        painter.fillRect(band, self.ground(node))
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(band.bottomLeft(), band.bottomRight())

    def frame(self, painter: QPainter, rect: QRect) -> None:
        """A line around the band of the branch that has the focus."""
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRect(self._across(rect).adjusted(0, 0, -1, -1))

    def _across(self, rect: QRect) -> QRect:
        header = self._view.header()
        return QRect(rect.left(), rect.top(), header.length() - header.offset(), rect.height())

    def _rows_height(self) -> int:
        view = self._view
        range_ = view.verticalScrollBar().maximum()
        if range_:
            return range_ + view.viewport().height()
        last = self._model.index(self._model.rowCount() - 1, 0)
        while view.isExpanded(last):
            last = self._model.index(self._model.rowCount(last) - 1, 0, last)
        return view.visualRect(last).bottom() + 1


def faint(colour: QColor) -> QColor:
    """The colour of a selection, thin enough for what is beneath it to be read."""
    faint = QColor(colour)
    faint.setAlpha(38)
    return faint
