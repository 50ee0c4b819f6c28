"""The rows of a table as a Qt model: those of the filing, and one that waits to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import theme
from desktop.bridge import Bridge
from forms.commands import AddRow, SetValue
from forms.draft import Change
from forms.filing import Place, Row, new_id
from forms.places import describe
from forms.problem import Severity
from forms.template.model import Field, Table
from forms.values import Kind

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowModel(QAbstractTableModel):
    """A table of the form; `columns` are the names in the order of the drawing."""

    def __init__(self, bridge: Bridge, table_name: str, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.table: Table = bridge.template.tables[table_name]
        self._columns = [column for name in columns if (column := self.table.column(name))]
        self._rows = self._lines()
        bridge.changed.connect(self._follow)
        bridge.problems_changed.connect(self._repaint)

    def _lines(self) -> list[Row]:
        rows = list(self.bridge.filing.rows(self.table.name))
        if self.table.labels:
            filled = {row.label: row for row in rows}
            return [filled.get(label, Row("", {}, label)) for label in self.table.labels]
        return [*rows, Row("", {})] if len(rows) < self.table.most else rows

    def column(self, index: Index) -> Field:
        """The column of the form a cell belongs to."""
        return self._columns[index.column()]

    def place(self, index: Index) -> Place:
        """The place a cell shows; without a row id where the row does not exist yet."""
        return Place(table=self.table.name, row=self._rows[index.row()].id, column=self.column(index).name)

    def find(self, place: Place) -> QModelIndex:
        """The cell of a place; an invalid index where there is none."""
        rows = [row.id for row in self._rows]
        names = [column.name for column in self._columns]
        if place.row not in rows:
            return QModelIndex()
        return self.index(rows.index(place.row), names.index(place.column) if place.column in names else 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's own name
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's own name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 — Qt's own name
        """The name of a column, the number of a row."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].name if orientation is Qt.Orientation.Horizontal else str(section + 1)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as it is shown."""
        if not index.isValid():
            return None
        place = self.place(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index, place)
        problems = self.bridge.problems_at(place) if place.row else ()
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(map(str, problems))
        if role == Qt.ItemDataRole.ForegroundRole and problems:
            return theme.colour("error" if problems[0].severity is Severity.ERROR else "warning")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = describe(place, self.bridge.template, self.bridge.filing)
            return " ".join([words, self._text(index, place), *map(str, problems)])
        return None

    def _text(self, index: Index, place: Place) -> str:
        column = self.column(index)
        if column.kind is Kind.ROW_LABEL:
            return self._rows[index.row()].label
        text = self.bridge.text(place) if place.row else ""
        return str(index.row() + 1) if column.kind is Kind.SERIAL and place.row and not text else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What may be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = self.column(index)
        fixed = column.kind in (Kind.ROW_LABEL, Kind.SERIAL) or column.formula is not None
        absent = (self._rows[index.row()].label, column.name) in self.table.absent
        there = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return there if fixed or absent else there | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 — Qt's own name
        """Put a text into a cell; the waiting row becomes a row of the filing with its first text."""
        text = str(value)
        if role != Qt.ItemDataRole.EditRole or text == self._text(index, self.place(index)):
            return False
        place, row = self.place(index), self._rows[index.row()]
        if place.row:
            self.bridge.do(SetValue(place, text))
        elif text:
            made = Row(new_id(), {place.column: text}, row.label)
            self.bridge.do(AddRow(self.table.name, made, len(self.bridge.filing.rows(self.table.name))))
        return True

    def _follow(self, change: Change) -> None:
        touched = [place for place in change.places if place.table == self.table.name]
        if change.structure and touched:
            self.beginResetModel()
            self._rows = self._lines()
            self.endResetModel()
        elif touched or self.bridge.review.computed:
            self._rows = self._lines()
            self._repaint()

    def _repaint(self) -> None:
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))
