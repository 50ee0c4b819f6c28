"""A table of the form: cells are edited in place, one at a time; in a cell the keys are those of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from desktop.bridge import Bridge
from desktop.editor.cell_keys import CellKeys
from desktop.editor.heads import BlockHeader
from desktop.editor.standing import choose, return_to
from desktop.editor.table_caret import TableCaret
from desktop.editor.table_delegate import TableDelegate
from desktop.editor.table_look import TableLook
from desktop.editor.table_menu import cell_menu
from desktop.editor.table_work import TableWork
from desktop.editor.tree_choice import Editor, TickCell
from desktop.focus_moves import on_focus_moved
from desktop.models.table_lines import Index
from desktop.models.table_rows import RowModel
from forms.filing import Place
from forms.template.model import Block

_Trigger = QAbstractItemView.EditTrigger
_Editable = Qt.ItemFlag.ItemIsEditable


class TableView(QTableView):
    """One table of a filing. Esc leaves the cell, and the keys are those of the row.

    `focused` tells the place the caret came to. What is typed enters the filing letter by letter. Rows are measured
    when they come into sight; `fit_rows` follows at once what otherwise waits for the events at hand.
    """

    focused = Signal(object)  # forms.filing.Place

    def __init__(self, bridge: Bridge, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.row_model = RowModel(bridge, block.name, [column.name for column in block.columns], self)
        self.work = TableWork(self)
        self.caret = TableCaret(self)
        self.keys = CellKeys(bridge, self.work, self.caret, self.caret.row_below)
        self.cells = TableDelegate(self)
        sheet = next(sheet for sheet in bridge.template.sheets if block in sheet.blocks)
        self._header = BlockHeader(sheet, block, self)
        self._look = TableLook(self, sheet, block)
        self._stands = Place()  # where the caret is known to be
        self._pressed = QPersistentModelIndex()
        self._height = 0
        self._to_show = self._typing = self._reopen = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self.setObjectName(f"table:{block.name}")
        self.setAccessibleName(block.name)
        # Before Qt hears of it, which would give the focus away with the editor.
        self.row_model.rowsAboutToBeRemoved.connect(self._rows_go)
        self.setModel(self.row_model)
        self.setItemDelegate(self.cells)
        self._appear()
        self._behave()

    def _appear(self) -> None:
        self.setHorizontalHeader(self._header)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)  # the form draws the lines around it
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()

    def _behave(self) -> None:
        # Without every trigger fcitx 4 loses the first Chinese word typed on a cell that is only selected.
        self.setEditTriggers(_Trigger.AllEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(False)  # or Qt would empty the cells that were dragged away
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTabKeyNavigation(False)
        self._soon.timeout.connect(self.fit_rows)
        model = self.row_model
        moved = (model.rowsInserted, model.rowsRemoved, model.rowsMoved)
        for signal in (*moved, self.verticalScrollBar().valueChanged):
            signal.connect(self._later)
        self._header.sectionResized.connect(self._widths_changed)
        on_focus_moved(self._focus_moved)

    # --- what the form asks

    def reveal(self, place: Place, span: tuple[int, int] | None = None) -> bool:
        """Go into the cell of a place and mark `span` of its text; False where the place is not of this table."""
        if place.table != self.row_model.table.name:
            return False
        index = self.row_model.find(place)
        if not index.isValid():
            column = self.row_model.column_of(place.column)
            index = self.row_model.index(0, self.caret.first_column() if column < 0 else column)
        self.go_to(index)
        editor = self.cell_editor()
        if editor is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif span is not None:
            editor.mark(*span)
        return True

    def return_to(self, places: Iterable[Place]) -> bool:
        """Stand where a step was taken back or done again; False where none of the places is of this table."""
        return return_to(self, self.row_model, places)

    def places(self) -> Iterator[Place]:
        """Every place of the table in the order of the form, row by row."""
        return self.row_model.places()

    def flush(self) -> None:
        """Put everything typed into the filing, also what an input method still holds; the editor stays open."""
        self.cells.flush()

    def show_missing(self, on: bool) -> None:
        """Mark every gap, also those of the row at work."""
        self.row_model.show_missing(on)

    def retranslate(self) -> None:
        """Say the program's own words in the language of now."""
        self.cells.forget()
        self.row_model.retranslate()
        self.viewport().update()
        self._later()

    # --- what its parts ask

    def cell_editor(self) -> Editor | None:
        """The open editor, where the caret is in a cell."""
        return self.cells.editor

    def go_to(self, index: QModelIndex, *, edit: bool = True) -> None:
        """Make `index` the current cell, and put the caret into it if it is for typing."""
        self.close_editor()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._to_show = True
        self._later()
        if edit and self.row_model.flags(index) & _Editable:
            self.edit(index)

    def close_editor(self) -> None:
        """Close the editor, where there is one; what was typed is kept."""
        editor = self.cell_editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, TableDelegate.EndEditHint.NoHint)

    def choose(self, indexes: Iterable[QModelIndex]) -> None:
        """Select the rows of these cells and no others."""
        choose(self, indexes)

    def focus_beside(self, *, forward: bool) -> None:
        """Give the focus to what comes after the table, or before it."""
        super().focusNextPrevChild(forward)

    def fit_rows(self) -> None:
        """Give the rows in sight the heights they need, and the caret its cell again after rows went."""
        self._look.fit(show=self.currentIndex() if self._to_show else None)
        if self._to_show or self._typing:
            self._look.show_caret()
        self._to_show = self._typing = False
        if self._reopen:
            self._reopen = False
            if self.hasFocus() and self.cell_editor() is None and self.currentIndex().isValid():
                self.go_to(self.currentIndex())

    # --- what Qt tells

    def edit(  # type: ignore[override]  # Qt has two methods of this name
        self, index: Index, trigger: _Trigger = _Trigger.AllEditTriggers, event: QEvent | None = None
    ) -> bool:
        """Open an editor as asked, but not because the mouse went down or the row moved: rows may be chosen there."""
        if trigger in (_Trigger.CurrentChanged, _Trigger.SelectedClicked, _Trigger.DoubleClicked):
            return False
        return super().edit(index, trigger, event)  # type: ignore[arg-type]  # Qt itself calls it without an event

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 — Qt's own name
        """Say where the caret is."""
        super().currentChanged(current, previous)
        self._follow_caret()

    def dataChanged(self, first: Index, last: Index, roles: Iterable[int] = ()) -> None:  # noqa: N802 — Qt's own name
        """Measure what changed; a row that waited may have become one of the filing under the caret."""
        self.cells.forget(first.row(), last.row())
        super().dataChanged(first, last, list(roles))
        self._typing = self._typing or (first == self.currentIndex() and self.cell_editor() is not None)
        self._follow_caret()
        self._later()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's own name
        """The keys of a row; any letter opens the editor and goes into it."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 — Qt's own name
        """Tab goes from cell to cell, and out of the table at its ends."""
        if not self.hasFocus():  # an editor that is hidden passes the focus on
            return super().focusNextPrevChild(forward)
        (self.caret.next_cell if forward else self.caret.previous_cell)()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's own name
        """Whoever comes by Tab is in the first cell, or coming back in the last."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.caret.enter(forward=event.reason() == Qt.FocusReason.TabFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """Remember the cell: it opens when the mouse is let go where it went down."""
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        pressed = self.indexAt(event.position().toPoint()) if plain else QModelIndex()
        self._pressed = QPersistentModelIndex(pressed)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """Put the caret into the cell that was clicked; a box is ticked by the click."""
        super().mouseReleaseEvent(event)
        index, pressed = self.indexAt(event.position().toPoint()), self._pressed
        self._pressed = QPersistentModelIndex()
        if index.isValid() and pressed == QPersistentModelIndex(index):
            self.go_to(index)
            if isinstance(editor := self.cell_editor(), TickCell):
                editor.click()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: ARG002, N802, N803 — Qt's own names
        """Drag the chosen rows."""
        self.work.drag()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's own name
        """Repairs, choices and work on rows."""
        index = self.currentIndex()
        if index.isValid():
            cell_menu(self, index).popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow a switch of language, theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Share the width out as the form does; columns too narrow to read scroll."""
        super().resizeEvent(event)
        self._look.share_out()
        self._later()

    def updateGeometries(self) -> None:  # noqa: N802 — Qt's own name
        """Ask for another height when the headings or rows need one."""
        super().updateGeometries()
        self._ask_height()

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As high as its rows are, up to a limit from which on it scrolls."""
        return QSize(super().sizeHint().width(), self._look.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """It never has to be scrolled where it is short."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    # --- how it is done

    def _measure(self) -> None:
        self._look.forget()
        self.cells.forget()
        self.verticalHeader().setDefaultSectionSize(self.cells.line_height)
        self._later()

    def _rows_go(self, _: QModelIndex, first: int, last: int) -> None:
        """Whoever is in a cell of a row that goes is in a cell after it; what was typed there goes with the row."""
        editor = self.cell_editor()
        if editor is not None and first <= self.currentIndex().row() <= last:
            self._reopen = True
            self.closeEditor(editor, TableDelegate.EndEditHint.NoHint)

    def _widths_changed(self) -> None:
        self.cells.forget()
        self._later()

    def _later(self) -> None:
        self._soon.start(0)

    def _ask_height(self) -> None:
        if self.sizeHint().height() != self._height:
            self._height = self.sizeHint().height()
            self.updateGeometry()

    def _follow_caret(self) -> None:
        """Say where the caret is, if that is news; the gaps of its row are left unsaid until it is left."""
        index = self.currentIndex()
        if not index.isValid():
            return
        place = self.row_model.place(index)
        if place != self._stands:
            self._stands = place
            self.row_model.set_quiet(place.row)
            self.focused.emit(place)

    def _focus_moved(self, _: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere has left the row; a window that merely lost the focus is not left."""
        if new is not None:
            inside = new is self or self.isAncestorOf(new)
            index = self.currentIndex()
            self.row_model.set_quiet(self.row_model.row(index.row()).id if inside and index.isValid() else "")
