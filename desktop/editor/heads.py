"""The heading above a table or tree as the paper has it: several rows of cells, merged across and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop import theme
from desktop.editor.tree_text import Face
from forms.template.model import Block, LayoutCell, Sheet, Words

_PADDING = 4
_AROUND = 2 * _PADDING + 1


@dataclass(frozen=True, slots=True)
class Head:
    """One heading cell: the sections it stands over, the heading rows it fills, and its words."""

    first: int
    last: int
    top: int
    rows: int
    text: str


class BlockHeader(QHeaderView):
    """The headings of exactly the sections of a view; a section the form does not draw has its own name for one.

    A section is known by its heading in the model, which is the name of a column of the block.
    """

    def __init__(self, sheet: Sheet, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._drawn = {one.name: range(one.col, one.col + one.cols) for one in block.columns}
        self._rows = range(block.heads[0], block.heads[-1] + 1) if block.heads else range(1)
        self._cells = [one for one in sheet.cells if block.heads and not one.heading and self._held(one)]
        self._face = Face(self.font())
        self.setSectionsClickable(False)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.sectionResized.connect(self.geometriesChanged)

    def heads(self) -> list[Head]:
        """Every heading cell of the sections there are, from the top down."""
        names = self._names()
        found = [head for cell in self._cells for head in self._of_cell(cell, names)]
        covered = {(section, row) for one in found for section, row in _covered(one)}
        for section, name in enumerate(names):
            if all((section, row) not in covered for row in range(len(self._rows))):
                found.append(Head(section, section, 0, len(self._rows), name))
        return sorted(found, key=lambda one: (one.top, one.first))

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As high as the words need in the widths there are."""
        return QSize(super().sizeHint().width(), sum(self._heights(self.heads())))

    def sectionSizeFromContents(self, section: int) -> QSize:  # noqa: N802 — Qt's own name
        """The width of the words of one section on one line, to which a double click fits it."""
        own = [one.text for one in self.heads() if one.first == one.last == section]
        width = max((self.fontMetrics().horizontalAdvance(text) for text in own), default=0)
        return QSize(width + _AROUND, super().sectionSizeFromContents(section).height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's own name
        """Draw the heading cells that are in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("label_ground"))
        heads = self.heads()
        heights = self._heights(heads)
        for head in heads:
            rect = self._rect(head, heights)
            if rect.intersects(event.rect()):
                self._draw(painter, rect, head)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._face = Face(self.font())
            self.geometriesChanged.emit()

    def _names(self) -> list[str]:
        model = self.model()
        if model is None:
            return []
        return [str(model.headerData(section, Qt.Orientation.Horizontal) or "") for section in range(self.count())]

    def _held(self, cell: LayoutCell) -> bool:
        """Whether a cell of the drawing stands in the heading rows and over a column of the block."""
        over = any(_meet(columns, cell) for columns in self._drawn.values())
        return over and cell.row < self._rows.stop and cell.row + cell.rows > self._rows.start

    def _of_cell(self, cell: LayoutCell, names: Sequence[str]) -> Iterator[Head]:
        """A cell of the drawing over the sections there are: one head for each run of neighbours."""
        text = "".join(part.text for part in cell.parts if isinstance(part, Words))
        top = max(cell.row - self._rows.start, 0)
        rows = min(cell.row + cell.rows, self._rows.stop) - self._rows.start - top
        over = [at for at, name in enumerate(names) if name in self._drawn and _meet(self._drawn[name], cell)]
        for first in over:
            if first - 1 not in over:
                last = first
                while last + 1 in over:
                    last += 1
                yield Head(first, last, top, rows, text)

    def _heights(self, heads: Sequence[Head]) -> list[int]:
        """The height of each heading row; what a cell needs beyond its rows goes to the last of them."""
        heights = [int(self._face.height) + _AROUND] * len(self._rows)
        for head in sorted(heads, key=lambda one: one.rows):
            needed = int(self._face.measure(head.text, self._width(head) - 2 * _PADDING)) + _AROUND
            heights[head.top + head.rows - 1] += max(needed - sum(heights[head.top : head.top + head.rows]), 0)
        return heights

    def _width(self, head: Head) -> int:
        return sum(self.sectionSize(section) for section in range(head.first, head.last + 1))

    def _rect(self, head: Head, heights: Sequence[int]) -> QRect:
        height = sum(heights[head.top : head.top + head.rows])
        return QRect(self.sectionViewportPosition(head.first), sum(heights[: head.top]), self._width(head), height)

    def _draw(self, painter: QPainter, rect: QRect, head: Head) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        width = rect.width() - 2 * _PADDING
        spare = (rect.height() - self._face.measure(head.text, width)) / 2
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        at = QPointF(rect.left() + _PADDING, rect.top() + spare)
        self._face.draw(painter, at, head.text, width, Qt.AlignmentFlag.AlignHCenter)


def _meet(columns: range, cell: LayoutCell) -> bool:
    return columns.start < cell.col + cell.cols and cell.col < columns.stop


def _covered(head: Head) -> Iterator[tuple[int, int]]:
    for section in range(head.first, head.last + 1):
        for row in range(head.top, head.top + head.rows):
            yield section, row
