"""The rows of a table for Qt, and how they follow the filing: rows come, go and move, nothing else does."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex

from desktop.bridge import Bridge
from desktop.models.branches import runs, steady
from forms.draft import Change
from forms.filing import Place, Row
from forms.template.model import Field, Table

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class TableLines(QAbstractTableModel):
    """One line for each row of a table, and under them one that waits to be filled in, where there is room.

    Where the form has fixed rows these come first, filled in or not; rows the form does not know come after them, as
    on paper. `columns` are those of the drawing in its order, and those that are not drawn beside them.
    """

    def __init__(self, bridge: Bridge, table_name: str, drawn: Sequence[str], parent: QObject | None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.table: Table = bridge.template.tables[table_name]
        self.columns = _in_order(self.table.columns, drawn)
        self._numbers = {one.name: number for number, one in enumerate(self.columns)}
        self._lines = self._wanted()
        self._at: dict[str, int] = {}
        self._host = -1  # the waiting line that is to become the next new row

    @property
    def fixed(self) -> int:
        """How many lines are rows of the form itself, which stay where they are."""
        return len(self.table.labels)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's own name
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's own name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def row(self, line: int) -> Row:
        """The row of the filing in a line; one without an id where it is not filled in yet."""
        return self._lines[line]

    def place(self, index: Index) -> Place:
        """The place a cell shows; without a row id where the row does not exist yet."""
        return Place(table=self.table.name, row=self.row(index.row()).id, column=self.columns[index.column()].name)

    def line_of(self, ident: str) -> int:
        """The line of a row; -1 where there is none."""
        if not self._at:
            self._at = {row.id: number for number, row in enumerate(self._lines) if row.id}
        return self._at.get(ident, -1)

    def column_of(self, name: str) -> int:
        """The number of a column; -1 where the name is not among them."""
        return self._numbers.get(name, -1)

    def find(self, place: Place) -> QModelIndex:
        """The cell of a place, of the first column where the place is a whole row; invalid where there is none."""
        return self.index(self.line_of(place.row), max(self.column_of(place.column), 0))

    def tell(self, line: int, first: int = 0, last: int | None = None) -> None:
        """Say that the cells of one line changed, from column `first` to `last` (the last of all)."""
        end = len(self.columns) - 1 if last is None else last
        self.dataChanged.emit(self.index(line, first), self.index(line, end))

    def follow_rows(self, change: Change) -> bool:
        """Follow the filing cell by cell; whether rows came, went or moved."""
        if not change.structure and not self.fixed:
            rows = self.bridge.filing.rows(self.table.name)
            for line in {self.line_of(place.row) for place in change.places if place.table == self.table.name}:
                self._refresh(line, rows[line])
            return False
        wanted = self._wanted()
        moved = [row.id for row in wanted[self.fixed :]] != [row.id for row in self._lines[self.fixed :]]
        if moved:
            self._rearrange(wanted)
        for line, row in enumerate(wanted):
            self._refresh(line, row)
        return moved

    def _wanted(self) -> list[Row]:
        rows = self.bridge.filing.rows(self.table.name)
        if not self.table.labels:
            return [*rows, Row("", {})] if len(rows) < self.table.most else list(rows)
        first: dict[str, Row] = {}
        for row in rows:
            first.setdefault(row.label, row)
        fixed = [first.get(label, Row("", {}, label)) for label in self.table.labels]
        return [*fixed, *(row for row in rows if row.label not in self.table.labels or first[row.label] is not row)]

    def _refresh(self, line: int, row: Row) -> None:
        old = self._lines[line]
        if old is row or old == row:
            return
        self._lines[line] = row
        if old.id != row.id:
            self._at = {}
            self.tell(line)
            return
        for column, field in enumerate(self.columns):
            if old.cells.get(field.name) != row.cells.get(field.name):
                self.tell(line, column, column)

    def _rearrange(self, wanted: Sequence[Row]) -> None:
        """Bring the lines under the fixed ones into their order, moving as few as can be."""
        rows = {row.id: row for row in wanted[self.fixed :] if row.id}
        waits = not self.fixed and bool(wanted) and not wanted[-1].id
        if 0 <= self._host < len(wanted) and wanted[self._host].id:
            self._refresh(self._host, wanted[self._host])
        self._let_go(rows.keys(), waits=waits)
        present = [row.id for row in self._lines[self.fixed :] if row.id]
        staying = steady(present, list(rows))
        at, new, here = self.fixed, list[Row](), set(present)
        for ident, row in rows.items():
            if ident not in here:
                new.append(row)
                continue
            self._insert(at, new)
            at = self._reach(at + len(new), ident, moves=ident not in staying)
            new = []
        self._insert(at, new)
        if waits and (not self._lines or self._lines[-1].id):
            self._insert(len(self._lines), [Row("", {})])
        elif not waits and not self.fixed and self._lines and not self._lines[-1].id:
            self._remove(len(self._lines) - 1, len(self._lines))

    def _let_go(self, kept: Container[str], *, waits: bool) -> None:
        """Take out the rows that are no more; one of those at the end waits instead, so that an editor on it stays."""
        gone = [bool(row.id) and row.id not in kept for row in self._lines]
        gone[: self.fixed] = [False] * self.fixed
        filled = [line for line, row in enumerate(self._lines) if row.id]
        if waits and filled and gone[filled[-1]]:
            first = filled[-1]
            while first and gone[first - 1]:
                first -= 1
            self._lines[first] = Row("", {})
            self._at = {}
            self.tell(first)
            gone[first] = False
            gone[first + 1 :] = [True] * (len(gone) - first - 1)
        for first, last in runs(gone):
            self._remove(first, last)

    def _reach(self, at: int, ident: str, *, moves: bool) -> int:
        """Where the next row belongs once the row `ident` stands at `at`, moved there if it has to."""
        begin = self.fixed if moves else at
        start = next(line for line in range(begin, len(self._lines)) if self._lines[line].id == ident)
        if not moves or not self.beginMoveRows(QModelIndex(), start, start, QModelIndex(), at):
            return start + 1
        row = self._lines.pop(start)
        shift = 1 if start < at else 0
        self._lines.insert(at - shift, row)
        self._at = {}
        self.endMoveRows()
        return at + 1 - shift

    def _insert(self, at: int, rows: Sequence[Row]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._lines[at:at] = rows
            self._at = {}
            self.endInsertRows()

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, last - 1)
        del self._lines[first:last]
        self._at = {}
        self.endRemoveRows()


def _in_order(columns: Sequence[Field], drawn: Sequence[str]) -> tuple[Field, ...]:
    """The drawn columns as they are drawn; each other one behind the column it is declared behind."""
    known = {one.name: one for one in columns}
    ordered = [known[name] for name in drawn if name in known]
    before = -1
    for one in columns:
        if one not in ordered:
            ordered.insert(before + 1, one)
        before = ordered.index(one)
    return tuple(ordered)
