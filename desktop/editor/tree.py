"""The indicator tree to work in: cells are edited in place, one at a time; in a cell the keys are those of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from desktop.bridge import Bridge
from desktop.editor.cell_keys import CellKeys
from desktop.editor.standing import choose, return_to
from desktop.editor.tree_caret import TreeCaret
from desktop.editor.tree_choice import Editor
from desktop.editor.tree_delegate import TreeDelegate
from desktop.editor.tree_filter import TreeFilter
from desktop.editor.tree_heads import TreeHeader
from desktop.editor.tree_look import INDENT, TreeLook, faint
from desktop.editor.tree_menu import row_menu
from desktop.editor.tree_mouse import TreeMouse
from desktop.editor.tree_offers import TreeOffers
from desktop.editor.tree_rows import TreeRows
from desktop.focus_moves import on_focus_moved
from desktop.models.branches import BRANCH, ROW, Node
from desktop.models.indicator_rows import Index
from desktop.models.indicators import IndicatorModel
from forms.filing import Place
from forms.template.model import Block

_UNFOLD_MS = 700  # that the mouse rests on a closed branch with what it drags

_Trigger = QAbstractItemView.EditTrigger
_Editable = Qt.ItemFlag.ItemIsEditable


class IndicatorView(QTreeView):
    """One tree of a filing. Esc leaves the cell, and the keys are those of the row.

    `focused` tells the place the caret came to. What is typed enters the filing letter by letter.
    """

    focused = Signal(object)  # forms.filing.Place

    def __init__(self, bridge: Bridge, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.tree_model = IndicatorModel(bridge, block.name, [column.name for column in block.columns], self)
        self.rows = TreeRows(self)
        self.caret = TreeCaret(self)
        self.offers = TreeOffers(self)
        self.filter = TreeFilter(self)
        self.keys = CellKeys(bridge, self.rows, self.caret, self.caret.next_row)
        self._delegate = TreeDelegate(self)
        self.mouse = TreeMouse(self)
        sheet = next(sheet for sheet in bridge.template.sheets if block in sheet.blocks)
        self.look = TreeLook(self, sheet, block)
        self._height = 0
        self.setObjectName(f"tree_{block.name}")
        self.setAccessibleName(block.name)
        self.setHeader(TreeHeader(sheet, block, self))
        self._behave()
        self.setItemDelegate(self._delegate)
        self.setModel(self.tree_model)
        self._open(QModelIndex(), 0, self.tree_model.rowCount() - 1)
        self.tree_model.rowsInserted.connect(self._open)
        on_focus_moved(self._focus_moved)

    def _behave(self) -> None:
        self.setEditTriggers(_Trigger.AllEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # The model lets in nothing but its own rows, and takes none out for Qt.
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(_UNFOLD_MS)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(INDENT)
        header = self.header()
        header.sectionResized.connect(self._measure)

    def places(self) -> Iterator[Place]:
        """The place of each cell in the order they are shown, before them those of whole columns."""
        names = [column.name for column in self.tree_model.columns]
        yield from (Place(table=self.tree_model.tree.name, column=name) for name in names)
        for row in self.tree_model.rows():
            if row.ident:
                yield from (Place(indicator=row.ident, column=name) for name in names)

    def reveal(self, place: Place, span: tuple[int, int] | None = None) -> bool:
        """Open the branch of a place, go into its cell, mark `span` of its text; False where it is not of this tree."""
        index = self.tree_model.find(place)
        if not index.isValid():
            if place.table != self.tree_model.tree.name:
                return False
            row = self.tree_model.beginning(place.column)
            index = self.tree_model.index_of(row, self.tree_model.column_of(place.column))
        self.go_to(index)
        editor = self.cell_editor()
        if editor is not None and span is not None:
            editor.mark(*span)
        return True

    def return_to(self, places: Iterable[Place]) -> bool:
        """Stand where a step was taken back or done again; False where none of the places is of this tree."""
        return return_to(self, self.tree_model, places)

    def flush(self) -> None:
        """Put everything typed into the filing, also what an input method still holds; the editor stays open."""
        self._delegate.flush()

    def show_missing(self, on: bool) -> None:
        """Mark every gap, also those of the row at work."""
        self.tree_model.show_missing(on)

    def retranslate(self) -> None:
        """Say the program's own words in the language of now."""
        self.tree_model.retranslate()

    def cell_editor(self) -> Editor | None:
        """The open editor, where the caret is in a cell."""
        return self._delegate.editor

    def current_node(self) -> Node:
        """The node of the current row; the root where there is none."""
        node = self.tree_model.node(self.currentIndex())
        return self.tree_model.root if node is None else node

    def go_to(self, index: QModelIndex, *, edit: bool = True) -> None:
        """Make `index` the current cell, its branch open, and put the caret into it if it can be edited."""
        self.close_editor()
        self.filter.make_way(index)
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit and self.tree_model.flags(index) & _Editable:
            self.edit(index)

    def close_editor(self, *, keep: bool = True) -> None:
        """Close the editor, where there is one, and unless told otherwise keep what was typed."""
        editor = self.cell_editor()
        if editor is not None:
            if keep:
                self.commitData(editor)
            self.closeEditor(editor, TreeDelegate.EndEditHint.NoHint)

    def choose(self, indexes: Iterable[QModelIndex]) -> None:
        """Select the rows of these cells and no others."""
        choose(self, indexes)

    def be_quiet(self) -> None:
        """Leave the gaps of the row at work unsaid."""
        self.tree_model.set_quiet(self.current_node().ident)

    def edit(  # type: ignore[override]  # Qt has two methods of this name
        self, index: Index, trigger: _Trigger = _Trigger.AllEditTriggers, event: QEvent | None = None
    ) -> bool:
        """Open an editor as asked, but not because the mouse went down or the row moved: a drag may begin there."""
        if trigger in (_Trigger.CurrentChanged, _Trigger.SelectedClicked, _Trigger.DoubleClicked):
            return False
        return super().edit(index, trigger, event)  # type: ignore[arg-type]  # Qt itself calls it without an event

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 — Qt's own name
        """Say where the caret is; the gaps of this row are left unsaid until it is left."""
        super().currentChanged(current, previous)
        if not self.mouse.down:
            self.be_quiet()
        if current.isValid():
            self.focused.emit(self.tree_model.place(current))

    def scrollTo(  # noqa: N802 — Qt's own name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, but not while rows go: the tree would be laid out twice."""
        if not self.tree_model.removing:
            super().scrollTo(index, hint)

    def dataChanged(self, first: Index, last: Index, roles: Iterable[int] = ()) -> None:  # noqa: N802 — Qt's own name
        """Let the editor grow with its row."""
        self._delegate.forget(first, last)
        super().dataChanged(first, last, list(roles))
        if self.cell_editor() is not None:
            self.updateEditorGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's own name
        """The keys of a row; any letter opens the editor and goes into it."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's own name
        """Whoever comes by Tab is in the first cell, or coming back in the last."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.be_quiet()
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in reasons and self.current_node().depth != ROW:
            rows = list(self.tree_model.rows())
            first = event.reason() == Qt.FocusReason.TabFocusReason
            self.go_to(self.tree_model.index_of(rows[0 if first else -1]))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """A click begins, or a drag."""
        self.mouse.press(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """A click ends."""
        super().mouseReleaseEvent(event)
        self.mouse.release(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: ARG002, N802, N803 — Qt's own names
        """Drag the chosen rows."""
        self.mouse.drag()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's own name
        """Repairs, choices and work on rows."""
        index = self.currentIndex()
        if index.isValid():
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            under = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            row_menu(self, index).popup(under if by_key else event.globalPos())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow a switch of language, theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.look.share_out()
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Share the width out anew."""
        wider = event.size().width() != event.oldSize().width()
        if (wider and self.look.share_out()) or not self._delegate.ready:
            self._delegate.begin()
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 — Qt's own name
        """A branch is one band across the columns."""
        node = self.tree_model.node(index)
        if node is None or node.depth == ROW:
            super().drawRow(painter, option, index)
            return
        rect = QRect(option.rect)  # type: ignore[attr-defined]  # left out of PySide's stubs
        self.look.band(painter, rect, node)
        super().drawRow(painter, option, index)
        if self.hasFocus() and node is self.current_node():
            self.look.frame(painter, rect)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:  # noqa: N802 — Qt's own name
        """The paper and the colour of a selection begin at the very left."""
        node = self.tree_model.node(index) or self.tree_model.root
        if node.depth == ROW:
            painter.fillRect(rect, self.look.ground(node))
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, faint(self.palette().color(QPalette.ColorRole.Highlight)))
        if node.depth != ROW:
            super().drawBranches(painter, rect, index)

    def updateGeometries(self) -> None:  # noqa: N802 — Qt's own name
        """Ask for another height when the rows need one."""
        super().updateGeometries()
        if self.look.height() != self._height:
            self._height = self.look.height()
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As high as its rows are, up to a limit."""
        return QSize(super().sizeHint().width(), self.look.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """It never has to be scrolled where it is short."""
        return QSize(super().minimumSizeHint().width(), self.look.height())

    def _measure(self) -> None:
        self._delegate.forget()
        self.scheduleDelayedItemsLayout()

    def _open(self, parent: QModelIndex, first: int, last: int) -> None:
        """Open new branches."""
        node = self.tree_model.node(parent)
        if node is None or node.depth >= BRANCH:
            return
        for row in range(first, last + 1):
            index = self.tree_model.index(row, 0, parent)
            self.expand(index)
            self._open(index, 0, self.tree_model.rowCount(index) - 1)

    def _focus_moved(self, _: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere has left the row; a window that merely lost the focus is not left."""
        if new is not None and new is not self and not self.isAncestorOf(new):
            self.tree_model.set_quiet("")
