"""A table of the form: typed in like a sheet, rows added, removed, doubled and moved by keyboard, pasted from Excel."""

from __future__ import annotations

import csv
import io

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.bridge import Bridge
from desktop.models.table_rows import Index, RowModel
from forms.commands import AddRow, AnyCommand, Batch, Command, DropRow, MoveRow, SetValue
from forms.filing import Place, Row, new_id
from forms.language import N_
from forms.template.model import Block

_TALLEST = 520


class TableView(QTableView):
    """The rows of one table. `focused` tells the place of the current cell."""

    focused = Signal(object)

    def __init__(self, bridge: Bridge, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._rows = RowModel(bridge, block.name, [column.name for column in block.columns], self)
        self.setObjectName(f"table:{block.name}")
        self.setAccessibleName(block.name)
        self.setModel(self._rows)
        # Without every trigger fcitx 4 loses the first Chinese word typed on a cell that is only selected.
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(64)
        self._rows.modelReset.connect(self._fit)
        self._fit()

    def reveal(self, place: Place, span: tuple[int, int] | None = None) -> bool:  # noqa: ARG002 — as the other views
        """Go to a cell; False where the place is not of this table."""
        index = self._rows.find(place)
        if not index.isValid():
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def flush(self) -> None:
        """Take over what stands in an open cell editor."""
        editor = self.indexWidget(self.currentIndex()) or self.viewport().focusWidget()
        if isinstance(editor, QWidget) and editor is not self.viewport() and self.state() is self.State.EditingState:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 — Qt's own name
        """Say where the caret is."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.focused.emit(self._rows.place(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's own name
        """Keys of rows first, the clipboard, then those of every table."""
        command = self._command(event)
        if command is not None:
            self._bridge.do(command, origin="typed")
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow the size of the text and the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _command(self, event: QKeyEvent) -> Command | None:
        index = self.currentIndex()
        ident = self._rows.place(index).row if index.isValid() else ""
        if not ident or self._rows.table.labels:
            return None
        table, at = self._rows.table.name, index.row()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        row = self._bridge.filing.row(table, ident)
        if control and event.key() == Qt.Key.Key_Delete:
            return DropRow(table, ident)
        if control and event.key() == Qt.Key.Key_D and row is not None:
            return AddRow(table, Row(new_id(), dict(row.cells), row.label), at + 1)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return MoveRow(table, ident, max(0, at - 1) if event.key() == Qt.Key.Key_Up else at + 1)
        return None

    def _copy(self) -> None:
        cells = sorted((index.row(), index.column(), str(index.data() or "")) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, _, text in cells:
            lines.setdefault(row, []).append(text.replace("\t", " ").replace("\n", " "))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def _paste(self) -> None:
        """Put a block from Excel or WPS from the current cell on, as one step; rows that lack are added."""
        start = self.currentIndex()
        block = io.StringIO(QGuiApplication.clipboard().text().rstrip("\r\n"), newline="")
        lines = list(csv.reader(block, delimiter="\t"))  # Excel puts cells of several lines in quotes
        if not start.isValid() or not lines:
            return
        table = self._rows.table.name
        commands: list[AnyCommand] = []
        for offset, texts in enumerate(lines):
            cells = {}
            for across, text in enumerate(texts):
                index = self._rows.index(start.row(), start.column() + across)
                if index.isValid() and self._rows.flags(index) & Qt.ItemFlag.ItemIsEditable and text:
                    cells[self._rows.column(index).name] = text
            row = start.row() + offset
            below = self._rows.index(row, start.column())
            ident = self._rows.place(below).row if below.isValid() else ""
            if ident:
                commands += [SetValue(Place(table=table, row=ident, column=name), text) for name, text in cells.items()]
            elif cells and not self._rows.table.labels:
                commands.append(AddRow(table, Row(new_id(), cells), row))
        if commands:
            self._bridge.do(Batch(tuple(commands), N_("粘贴")), origin="pasted")

    def _fit(self) -> None:
        height = self.horizontalHeader().height() + sum(self.rowHeight(row) for row in range(self._rows.rowCount())) + 8
        self.setFixedHeight(min(max(height, 90), _TALLEST))
