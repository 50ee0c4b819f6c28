"""Draws the cells of an indicator tree and opens the one editor in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.editor.tree_cell import PADDING, CellEditor
from desktop.editor.tree_text import Face, Faces
from desktop.models.branches import LIMB, ROW, Node
from desktop.models.indicator_rows import Index
from desktop.models.indicators import Ask, IndicatorModel

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView

_NOTHING = QSize(0, 0)
_AROUND = 2 * PADDING + 1


class CellDelegate(QStyledItemDelegate):
    """Cells of a tree: text that wraps, what is wrong with it beneath in its colour, branches as a band."""

    def __init__(self, view: IndicatorView) -> None:
        super().__init__(view)
        self.editor: CellEditor | None = None
        self._view = view
        self._model = view.tree_model
        self._stays = 0
        self._heights: dict[int, QSize] = {}
        self._faces = Faces(view.font())
        self._ready = False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002, N802 — Qt's own
        """The editor of a cell; what is typed goes into the filing at once, the label of a branch on leaving it."""
        self.editor = editor = CellEditor(parent)
        self._stays += 1
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setFont(self._view.font())
        if index.data(Ask.DEPTH) == ROW:
            editor.typed.connect(lambda: self.commitData.emit(editor))
        column = index.column()
        editor.table_pasted.connect(lambda text: self._view.rows.paste_text(text, column))
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Know that the editor is closed."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Show what the filing holds, unless it is what the editor shows."""
        if isinstance(editor, CellEditor):
            editor.put(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Put what was typed into the filing; all of one stay in the cell is one step of undo."""
        if isinstance(editor, CellEditor) and isinstance(model, IndicatorModel) and editor.document().isModified():
            model.put(index, editor.text(), self._stays)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 — Qt's own name
        """Over the text of the cell, leaving to be read what is said beneath it."""
        rect, _, _ = _look(option)
        node = self._model.node(index) or self._model.root
        beneath = int(self._beneath(node, index.column(), rect.width() - 2 * PADDING))
        rect.setHeight(max(rect.height() - beneath, editor.sizeHint().height()))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """The keys of the tree come before those of the editor."""
        if isinstance(watched, CellEditor) and isinstance(event, QKeyEvent) and self._view.keys.editing(watched, event):
            return True
        return super().eventFilter(watched, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 — Qt's own
        """The height of the row, told by its first cell; it is measured once until something changes in the row."""
        if index.column():
            return _NOTHING
        known = self._heights.get(index.internalId())
        if known is None and not self._ready:
            return QSize(0, int(self._faces.text.height) + _AROUND)
        if known is None:
            node = self._model.node(index) or self._model.root
            known = self._heights[node.number] = QSize(0, self._row_height(node))
        return known

    def begin(self) -> None:
        """Measure from now on, for the columns have their widths; until then every row is as high as a line."""
        self._ready = True
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
        """Ground, text, and what is wrong beneath it."""
        node, column = self._model.node(index) or self._model.root, index.column()
        rect, palette, state = _look(option)
        severity = str(index.data(Ask.SEVERITY) or "")
        painter.save()
        painter.fillRect(rect, self.ground(node, severity))
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, faint(palette.color(QPalette.ColorRole.Highlight)))
        _draw_lines(painter, rect, palette, focused=bool(state & QStyle.StateFlag.State_HasFocus))
        width = rect.width() - 2 * PADDING
        words, face = self._words(node, column), self._face(node)
        top = QPointF(rect.left() + PADDING, rect.top() + PADDING)
        painter.setPen(theme.colour("muted") if node.waiting else palette.color(QPalette.ColorRole.Text))
        face.draw(painter, top, words, width)
        if message := self._model.message(node, column):
            painter.setPen(theme.colour(severity))
            self._faces.small.draw(painter, top + QPointF(0, face.measure(words, width)), message, width)
        painter.restore()

    def ground(self, node: Node, severity: str = "") -> QColor:
        """The colour behind a row: a band for a branch, that of the gravest problem, or the paper's."""
        if node.depth != ROW:
            return theme.colour("label_ground")
        return theme.colour(f"{severity}_ground" if severity else "paper")

    def _row_height(self, node: Node) -> int:
        return int(max(self._cell_height(node, column) for column in range(len(self._model.columns)))) + _AROUND

    def _cell_height(self, node: Node, column: int) -> float:
        width = self._view.text_width(node, column) - 2 * PADDING
        height = self._face(node).measure(self._words(node, column), width)
        return height + self._beneath(node, column, width)

    def _beneath(self, node: Node, column: int, width: int) -> float:
        message = self._model.message(node, column)
        return self._faces.small.measure(message, width) if message else 0

    def _words(self, node: Node, column: int) -> str:
        return "　".join(filter(None, (self._model.text(node, column), self._model.summary(node, column))))

    def _face(self, node: Node) -> Face:
        return self._faces.bold if node.depth == LIMB else self._faces.text


def _look(option: QStyleOptionViewItem) -> tuple[QRect, QPalette, QStyle.StateFlag]:
    return QRect(option.rect), option.palette, option.state  # type: ignore[attr-defined]  # left out of PySide's stubs


def _draw_lines(painter: QPainter, rect: QRect, palette: QPalette, *, focused: bool) -> None:
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if focused:
        painter.setPen(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))


def faint(colour: QColor) -> QColor:
    """The colour of a selection, thin enough for what is beneath it to be read."""
    faint = QColor(colour)
    faint.setAlpha(38)
    return faint
