"""Work on the rows of a table: add, copy, move, take out, paste; each is one step of undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QToolTip

from desktop.dialogs.pasting import PasteDialog
from desktop.editor.heads import BlockHeader
from desktop.editor.spreadsheet import cells_of, written
from desktop.editor.table_paste import PASTE, Pasting, pasted
from desktop.labels import literal
from desktop.models.table_rows import MOVE
from forms.commands import AddRow, AnyCommand, DropRow, MoveRow
from forms.filing import Row, new_id
from forms.journal import PASTED
from forms.language import N_, sentence
from forms.values import Kind

if TYPE_CHECKING:
    from desktop.editor.row_view import TableView

DROP = N_("删除行")
DUPLICATE = N_("复制行")
ROWS = "application/x-jixiao-rows"  # rows of this program, which need no second look when they are pasted

_FIXED = N_("这张表的行是表样规定的，不能增减，也不能移动。")
_FULL = N_("这张表至多 {most} 行，已经满了。")


class TableWork:
    """The chosen rows of a view, and what can be done with them. Whoever was in a cell before is in one after it."""

    def __init__(self, view: TableView) -> None:
        self._view = view
        self._model = view.row_model

    def chosen(self) -> list[int]:
        """The lines of the selected rows in order; of the current one alone where the caret is in a cell."""
        current = self._view.currentIndex().row()
        selected = [] if self._view.cell_editor() else self._view.selectionModel().selectedRows()
        lines = sorted({index.row() for index in selected} or {current})
        return [line for line in lines if line >= 0 and self._model.row(line).id]

    def add(self) -> None:
        """Add an empty row under the current one and go into it; a row that waits is one already."""
        line = self._view.currentIndex().row()
        if line < 0 or self._refused(free=1):
            return
        if self._model.row(line).id and self._model.row(min(line + 1, self._model.rowCount() - 1)).id:
            self._model.do([AddRow(self._model.table.name, Row(new_id(), {}), line + 1)])
        self._view.go_to(self._model.index(min(line + 1, self._model.rowCount() - 1), self._view.caret.first_column()))

    def duplicate(self) -> None:
        """Put a copy of each chosen row under it; the program counts the copies itself."""
        lines = self.chosen()
        if not lines or self._refused(free=len(lines)):
            return
        counted = {one.name for one in self._model.columns if one.kind is Kind.SERIAL}
        commands: list[AnyCommand] = []
        for offset, line in enumerate(lines, 1):
            cells = {name: text for name, text in self._model.row(line).cells.items() if name not in counted}
            commands.append(AddRow(self._model.table.name, Row(new_id(), cells), line + offset))
        self._model.do(commands, DUPLICATE)
        self._show([line + offset for offset, line in enumerate(lines, 1)])

    def remove(self) -> None:
        """Take the chosen rows out; the row that follows becomes the current one."""
        lines = [line for line in self.chosen() if line >= self._model.fixed]
        if not lines:
            if self._model.fixed:
                self.say(sentence(_FIXED))
            return
        column, editing = self._view.currentIndex().column(), self._view.cell_editor() is not None
        table = self._model.table.name
        self._model.do([DropRow(table, self._model.row(line).id) for line in lines], DROP)
        line = min(lines[0], self._model.rowCount() - 1)
        if line >= 0:
            self._view.go_to(self._model.index(line, column), edit=editing)

    def move_up(self) -> None:
        """Move the chosen rows one place up."""
        self._shift(self.chosen(), -1)

    def move_down(self) -> None:
        """Move the chosen rows one place down."""
        self._shift(self.chosen()[::-1], 1)

    def drag(self) -> None:
        """Drag the chosen rows until the mouse lets go of them; the model moves them, and Qt takes nothing out."""
        view, lines = self._view, self.chosen()
        if not lines or self._model.fixed:
            return
        row = view.visualRect(self._model.index(lines[0], 0))
        row.setRight(view.viewport().width())
        drag = QDrag(view)
        drag.setMimeData(self._model.mimeData([self._model.index(line, 0) for line in lines]))
        drag.setPixmap(view.viewport().grab(row))
        drag.exec(Qt.DropAction.MoveAction)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a spreadsheet reads them."""
        if lines := self.chosen():
            columns = range(len(self._model.columns))
            data = QMimeData()
            data.setText(written([self._model.text(line, column) for column in columns] for line in lines))
            data.setData(ROWS, self._kind_of_row())
            QGuiApplication.clipboard().setMimeData(data)

    def cut(self) -> None:
        """Put the chosen rows on the clipboard and take them out."""
        self.copy()
        self.remove()

    def paste(self) -> None:
        """Add the rows of the clipboard under the current one; a single text goes into the current cell."""
        data, index = QGuiApplication.clipboard().mimeData(), self._view.currentIndex()
        cells = cells_of(data.text())
        if not cells or not index.isValid():
            return
        if len(cells) == len(cells[0]) == 1:
            self._model.put(index, cells[0][0])
            return
        under = 1 if self._model.row(index.row()).id and not self._model.fixed else 0
        seen = self._are_ours(data)
        column = 0 if seen or self._is_whole(cells) else self._view.caret.first_column()
        self._put(cells, index.row() + under, column, insert=True, seen=seen)

    def paste_block(self, text: str) -> None:
        """Put the cells of a copied block over those from the current one on; whole rows of this program over rows."""
        data, index = QGuiApplication.clipboard().mimeData(), self._view.currentIndex()
        rows = self._are_ours(data) and data.text() == text
        if index.isValid():
            self._put(cells_of(text), index.row(), 0 if rows else index.column(), insert=False, seen=rows)

    def say(self, text: str) -> None:
        """Say a sentence at the current cell, quietly and for a while."""
        view = self._view
        rect = view.visualRect(view.currentIndex())
        QToolTip.showText(view.viewport().mapToGlobal(rect.bottomLeft()), literal(text), view)

    def _headings(self) -> dict[str, int]:
        """What each column is called on paper and in other versions of the form."""
        aliases = self._model.bridge.template.aliases
        names = {name: at for at, one in enumerate(self._model.columns) for name in aliases.get(one.name, ())}
        header = self._view.horizontalHeader()
        heads = header.heads() if isinstance(header, BlockHeader) else []
        return names | {one.text: one.first for one in heads if one.first == one.last}

    def _put(self, cells: list[list[str]], line: int, column: int, *, insert: bool, seen: bool) -> None:
        headings = self._headings()
        found = pasted(self._model, cells, line, column, insert=insert, headings=headings)
        if seen and not found.cut:
            self._enter(found)
            return
        if not found.rows:
            self.say("\n".join(found.notes))
            return
        names = [one.name for one in self._model.columns]
        dialog = PasteDialog(names, found.rows, found.notes, self._view, marks=found.marks)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._enter, found))
        dialog.open()

    def _kind_of_row(self) -> bytes:
        return f"{self._model.bridge.template.digest} {self._model.table.name}".encode()

    def _are_ours(self, data: QMimeData) -> bool:
        """Whether they are rows of this table of this very form."""
        return bytes(data.data(ROWS).data()) == self._kind_of_row()

    def _is_whole(self, cells: list[list[str]]) -> bool:
        """Whether copied rows begin with the first column, also where the program writes that itself."""
        kind, first = self._model.columns[0].kind, [line[0].strip() for line in cells]
        if kind is Kind.ROW_LABEL:
            return any(label in first for label in self._model.table.labels)
        return kind is not Kind.SERIAL or all(text.isdecimal() for text in first[1:] or first)

    def _enter(self, found: Pasting) -> None:
        if self._model.do(found.commands, PASTE, origin=PASTED):
            self._show([line for line in found.lines if line < self._model.rowCount()])

    def _shift(self, lines: list[int], step: int) -> None:
        """Move rows by one place, the foremost first; those at the end stay, and those behind them."""
        if not lines or self._refused():
            return
        edge = len(self._model.bridge.filing.rows(self._model.table.name)) - 1 if step > 0 else 0
        commands: list[AnyCommand] = []
        for line in lines:
            if line == edge:
                edge -= step
            else:
                commands.append(MoveRow(self._model.table.name, self._model.row(line).id, line + step))
        if self._model.do(commands, MOVE):
            self._view.scrollTo(self._view.currentIndex())

    def _refused(self, *, free: int = 0) -> bool:
        """Whether rows cannot be added or moved here; the reason is said."""
        if self._model.fixed:
            self.say(sentence(_FIXED))
            return True
        room = self._model.table.most - len(self._model.bridge.filing.rows(self._model.table.name))
        if room < free:
            self.say(sentence(_FULL, {"most": self._model.table.most}))
            return True
        return False

    def _show(self, lines: list[int]) -> None:
        """Go to rows that came: they are the chosen ones, or the caret is in the first."""
        column, editing = max(self._view.currentIndex().column(), 0), self._view.cell_editor() is not None
        indexes = [self._model.index(line, column) for line in lines]
        if indexes:
            self._view.go_to(indexes[0], edit=editing)
            if not editing:
                self._view.choose(indexes)
