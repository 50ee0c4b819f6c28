"""One sheet of a form on the screen: drawn as on paper, words where the paper has them, an editor in each blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.bridge import Bridge
from desktop.editor.cell_box import CellBox
from desktop.editor.cell_note import MARGIN
from desktop.editor.row_view import TableView
from desktop.editor.sheet_layout import LINE, Placed, columns, rows, spot
from desktop.editor.tree import IndicatorView
from desktop.editor.tree_text import Face
from forms.grid.arrange import MARGINS, SIGNATURES_A_LINE, TEXT_SIZE, TITLE_SIZE
from forms.template.model import Block, LayoutCell, Part, Sheet, Words

BlockView = TableView | IndicatorView

_LEAST, _MOST = 0.95, 1.55  # of the size on paper, letter for letter: the width a sheet has at least and at most
_EDGE = 14  # logical pixels of paper around the form
_LINES_HIGH = 1.75  # an empty row, in heights of a letter
_LEFT, _MIDDLE, _RIGHT = 0.0, 0.5, 1.0
_ALIGNMENTS = {
    _LEFT: Qt.AlignmentFlag.AlignLeft,
    _MIDDLE: Qt.AlignmentFlag.AlignHCenter,
    _RIGHT: Qt.AlignmentFlag.AlignRight,
}


class SheetView(QWidget):
    """The grid of one sheet. `parts` are its cells with blanks, its tables and its trees, in form order.

    `within` are the fields that have a blank in a cell: titles and furniture only show them. `taken` collects the
    fields that have got their editor, here or on another sheet.
    """

    def __init__(
        self, bridge: Bridge, sheet: Sheet, within: Set[str], taken: set[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.parts: list[CellBox | BlockView] = []
        self.boxes: list[CellBox] = []  # also those where nothing is to be filled in
        self.blocks: dict[BlockView, str] = {}  # and the name of its table or tree
        self._bridge = bridge
        self._sheet = sheet
        self._within = within
        self._taken = taken
        self._placed: list[Placed] = []
        self._bands: list[tuple[int, int, Placed]] = []  # each cell with its top and bottom: painted at every letter
        self._plain, self._large = self._faces()
        self._at: QWidget | None = None
        self._known: dict[int, tuple[list[int], list[int]]] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(self._width(_MOST))
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheet
        top = self._line(0, sheet.left, _LEFT)
        top = self._line(top, sheet.title, _MIDDLE, large=True)
        top = self._line(top, sheet.right, _RIGHT)
        heads = set(_headings(sheet))
        for cell in sorted(sheet.cells, key=lambda one: (one.row, one.col)):
            if cell not in heads:
                self._cell(cell, top)
        top += sheet.rows
        for note in sheet.notes:
            top = self._line(top, (Words(note),), _LEFT)
        self._signature(top)

    # --- what Qt asks

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As wide as is comfortable."""
        width = self._width(_MOST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As narrow as can be read; from here on the form scrolls sideways."""
        return QSize(self._width(_LEAST), 0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 — Qt's own name
        """Texts need more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 — Qt's own name
        """How high the sheet is in a width."""
        _, down = self._edges(width)
        return down[-1] + LINE + 2 * _EDGE

    def event(self, event: QEvent) -> bool:
        """Arrange the cells anew where one of them needs another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._follow()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Share the width out."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMaximumWidth(self._width(_MOST))
            self._plain, self._large = self._faces()
            self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's own name
        """The paper, the grounds of labels and of cells with problems, the lines, and where the caret is."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("paper"))
        top, bottom = event.rect().top(), event.rect().bottom()
        for first, last, cell in self._bands:
            if first <= bottom and last >= top:
                self._paint(painter, cell, cell.rect.adjusted(-LINE, -LINE, 0, 0))
        at = next((cell for cell in self._placed if cell.framed and cell.widget is self._at), None)
        if at is not None and self._at is not None:
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            frame = at.rect.adjusted(-LINE, -LINE, 0, 0)
            painter.drawRect(frame)
            painter.drawRect(frame.adjusted(-1, -1, 1, 1))
        painter.end()

    def _paint(self, painter: QPainter, cell: Placed, frame: QRect) -> None:
        if cell.framed:
            severity = cell.widget.severity if isinstance(cell.widget, CellBox) else ""
            if severity or cell.widget is None:
                painter.fillRect(frame, theme.colour(f"{severity}_ground" if severity else "label_ground"))
            painter.setPen(theme.colour("paper_line"))
            painter.drawRect(frame)
        if cell.words:
            face = self._large if cell.large else self._plain
            width = cell.rect.width() - 2 * MARGIN
            beside = (cell.rect.height() - face.measure(cell.words, width)) / 2
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            face.draw(painter, QPointF(cell.rect.x() + MARGIN, cell.rect.y() + beside), cell.words, width, cell.align)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the form that are drawn, in form order."""
        return tuple(cell.words for cell in self._placed if cell.words)

    def mark(self, box: QWidget | None) -> None:
        """Show where the caret is: in this cell of the sheet, or in none."""
        if box is not self._at:
            self._at = box
            self.update()

    # --- how it is made

    def _width(self, scale: float) -> int:
        room = self._sheet.paper.width - MARGINS[1] - MARGINS[3]
        return int(room / TEXT_SIZE * self.fontMetrics().horizontalAdvance("国") * scale) + 2 * _EDGE

    def _least_row(self) -> int:
        return int(self.fontMetrics().height() * _LINES_HIGH)

    def _edges(self, width: int) -> tuple[list[int], list[int]]:
        """The edges of columns and rows in a width, kept until a cell needs another height: Qt asks often."""
        width = min(width, self.maximumWidth())
        if width not in self._known:
            across = columns(self._sheet.widths, width - 2 * _EDGE - LINE)
            self._known[width] = across, rows(self._placed, across, self._least_row())
        return self._known[width]

    def _arrange(self) -> None:
        across, down = self._edges(self.width())
        for cell in self._placed:
            cell.rect = spot(cell, across, down).translated(_EDGE, _EDGE)
            if cell.widget is not None:
                cell.widget.setGeometry(cell.rect)
        self._bands = [(cell.rect.top() - LINE, cell.rect.bottom(), cell) for cell in self._placed]
        self.update()

    def _faces(self) -> tuple[Face, Face]:
        large = QFont(self.font())
        large.setPointSizeF(large.pointSizeF() * TITLE_SIZE / TEXT_SIZE)
        large.setBold(True)
        return Face(self.font()), Face(large)

    def _put(self, widget: QWidget, place: QRect, *, framed: bool = True) -> None:
        """Put a widget on the grid; `place` counts columns and rows."""

        def height(width: int) -> int:
            return widget.height_for(width) if isinstance(widget, CellBox) else widget.sizeHint().height()

        placed = Placed(place.y(), place.x(), place.height(), place.width(), height, widget, framed=framed)
        self._placed.append(placed)

    def _write(self, words: str, place: QRect, align: float, *, large: bool = False, framed: bool = False) -> None:
        """Put words of the form on the grid."""

        def height(width: int) -> int:
            face = self._large if large else self._plain
            return int(face.measure(words, width - 2 * MARGIN)) + 2 * MARGIN if words else 0

        self._placed.append(
            Placed(
                place.y(), place.x(), place.height(), place.width(), height,
                words=words, align=_ALIGNMENTS[align], large=large, framed=framed,
            )
        )  # fmt: skip

    def _line(self, row: int, parts: Sequence[Part], align: float, *, large: bool = False) -> int:
        """What stands without lines over the whole width; gives the row beneath it."""
        if not parts:
            return row
        place = QRect(0, row, len(self._sheet.widths), 1)
        if all(isinstance(part, Words) for part in parts):
            words = "".join(part.text for part in parts if isinstance(part, Words))
            self._write(words, place, align, large=large)
        else:
            box = self._box(parts, self._within | self._taken, align)
            if large:
                box.setFont(self._large.font)
            self._put(box, place, framed=False)
        return row + 1

    def _signature(self, top: int) -> None:
        """The blanks of the signature line side by side, on more lines where they are many, as on paper."""
        blanks, count = self._sheet.signature, len(self._sheet.widths)
        a_line = min(len(blanks), count, SIGNATURES_A_LINE)
        for number, parts in enumerate(blanks):
            row, at = divmod(number, a_line)
            first, end = round(count * at / a_line), round(count * (at + 1) / a_line)
            box = self._box(parts, self._within | self._taken)
            self._put(box, QRect(first, top + row, end - first, 1), framed=False)

    def _cell(self, cell: LayoutCell, top: int) -> None:
        place = QRect(cell.col, top + cell.row, cell.cols, cell.rows)
        if cell.block:
            block = next(one for one in self._sheet.blocks if one.name == cell.block)
            self._put(self._block(block), _with_heads(place, block, top))
        elif cell.parts and not cell.is_label:
            self._put(self._box(cell.parts, self._taken), place, framed=not cell.heading)
        else:
            self._write(cell.words, place, _LEFT if cell.heading else _MIDDLE, framed=not cell.heading)

    def _block(self, block: Block) -> BlockView:
        made = IndicatorView if block.name in self._bridge.template.trees else TableView
        view = made(self._bridge, block, self)
        self.parts.append(view)
        self.blocks[view] = block.name
        return view

    def _box(self, parts: Sequence[Part], elsewhere: Set[str], align: float | None = None) -> CellBox:
        box = CellBox(self._bridge, parts, self, frozenset(elsewhere), align)
        self._taken.update(place.field for place, _ in box.editors)
        self.boxes.append(box)
        if box.editors:
            self.parts.append(box)
        box.changed.connect(self._follow)
        return box

    def _follow(self) -> None:
        self._known.clear()
        self.updateGeometry()
        self._arrange()


def _headings(sheet: Sheet) -> Iterator[LayoutCell]:
    """The heading cells of blocks: tables and trees show their headings themselves, and keep them in sight."""
    for block in sheet.blocks:
        columns_ = [(one.col, one.col + one.cols) for one in block.columns]
        if columns_:
            first, last = min(columns_)[0], max(end for _, end in columns_)
            for cell in sheet.cells:
                if cell.is_label and cell.row in block.heads and first <= cell.col and cell.col + cell.cols <= last:
                    yield cell


def _with_heads(place: QRect, block: Block, top: int) -> QRect:
    """The place of a block with the rows of its headings above it."""
    if not block.heads:
        return place
    first = top + min(block.heads)
    return QRect(QPoint(place.x(), first), QSize(place.width(), place.bottom() - first + 1))
