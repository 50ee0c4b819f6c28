"""The rows of a table as Qt shows them: texts, computed values, problems; what is typed goes out as commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt

from desktop.bridge import Bridge
from desktop.labels import literal
from desktop.models.remarks import in_words, insistent
from desktop.models.table_drag import MIME, brought, carried, moves
from desktop.models.table_findings import Cell, CellFindings
from desktop.models.table_lines import Index, TableLines
from desktop.models.table_values import WrittenCells
from forms.commands import AddRow, AnyCommand, Batch, SetValue
from forms.draft import Change
from forms.filing import Place, Row, new_id
from forms.journal import TYPED
from forms.language import N_, sentence
from forms.problem import Problem
from forms.values import NUMBERS, Kind
from forms.working import explained

MOVE = N_("移动行")

_Flag = Qt.ItemFlag
_Role = Qt.ItemDataRole
_CENTRED = (*NUMBERS, Kind.DATE, Kind.CODE, Kind.SERIAL, Kind.ROW_LABEL)
_OWN = (Kind.SERIAL, Kind.ROW_LABEL)  # what the program writes itself


class RowModel(TableLines):
    """The lines of a table with what stands in them and what is wrong with it, kept true change by change."""

    def __init__(self, bridge: Bridge, table_name: str, drawn: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(bridge, table_name, drawn, parent)
        self._first = self._first_text()
        self._indented = self._first if self.table.level_column else -1
        self._written = WrittenCells(bridge, table_name, self.columns, self._lines)
        self._findings = CellFindings(table_name, lambda name: max(self._numbers.get(name, self._first), 0))
        self._findings.take(bridge.problems)
        self._answers: dict[int, Callable[[int, int], Any]] = {
            _Role.DisplayRole: self.text, _Role.EditRole: self.text, _Role.ToolTipRole: self._tip,
            _Role.AccessibleTextRole: self._spoken, _Role.AccessibleDescriptionRole: self.message,
            _Role.TextAlignmentRole: self.alignment, _Role.CheckStateRole: self._check_state,
        }  # fmt: skip
        bridge.changed.connect(self._follow)
        bridge.problems_changed.connect(self._follow_problems)

    # --- what Qt asks

    def headerData(  # noqa: N802 — Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """The form's own names of the columns, the numbers of the rows."""
        if orientation is not Qt.Orientation.Horizontal:
            return str(section + 1) if role == _Role.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        if role == _Role.ToolTipRole and self.columns[section].help:
            return literal(self.columns[section].help)
        return self.columns[section].name if role in (_Role.DisplayRole, _Role.AccessibleTextRole) else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What stands in a cell, by role."""
        answer = self._answers.get(role)
        return answer(index.row(), index.column()) if answer is not None and index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What may be done with a cell; where rows are free they are dragged, and dropped between others."""
        if not index.isValid():
            return _Flag.NoItemFlags if self.fixed else _Flag.ItemIsDropEnabled
        there = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemNeverHasChildren
        if self.row(index.row()).id and not self.fixed:
            there |= _Flag.ItemIsDragEnabled
        return there if self.is_fixed(index.row(), index.column()) else there | _Flag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # noqa: N802 — Qt's own name
        """Put a text into a cell as one step of undo."""
        return role == _Role.EditRole and self.put(index, str(value))

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 — Qt's own name
        """Rows are moved; nothing is ever taken out by Qt, for this model refuses removeRows."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 — Qt's own name
        """Rows only: what other programs drag is not for a table."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 — Qt's own name
        """The dragged rows, in the order they stand in."""
        lines = sorted({index.row() for index in indexes})
        return carried(self.bridge.filing, self.table.name, [self.row(line).id for line in lines if self.row(line).id])

    def canDropMimeData(  # noqa: N802 — Qt's own name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index  # noqa: ARG002 — Qt's own
    ) -> bool:  # fmt: skip
        """Whether rows of this very table are between its rows."""
        return not self.fixed and not parent.isValid() and bool(brought(data, self.bridge.filing, self.table.name))

    def dropMimeData(  # noqa: N802 — Qt's own name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move the dragged rows before line `row`, or to the end; one step of undo, or nothing at all."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        idents = brought(data, self.bridge.filing, self.table.name)
        order = [one.id for one in self.bridge.filing.rows(self.table.name)]
        before = order[row] if 0 <= row < len(order) else ""
        return self.do(list(moves(order, self.table.name, idents, before)), MOVE)

    # --- what stands in a cell

    def text(self, line: int, column: int) -> str:
        """What stands in a cell: as typed, as computed, or as the program counts and the form names."""
        row, field = self.row(line), self.columns[column]
        if field.formula is not None:
            return self._written.value(row.id, column)
        typed = row.cells.get(field.name, "")
        if not typed and field.kind is Kind.ROW_LABEL:
            return row.label
        if not typed and field.kind is Kind.SERIAL:
            return str(line + 1) if line < self.fixed else self._written.number(row.id)
        return typed

    def hint(self, line: int, column: int) -> str:
        """What a row that waits says for itself, in the first column of texts."""
        row = self.row(line)
        waits = not row.id and not row.label and column == self._first
        return sentence(N_("（空，直接在这里填写）")) if waits else ""

    def is_fixed(self, line: int, column: int) -> bool:
        """Whether a cell is not for typing: computed, counted, named by the form, or not on the form at all."""
        field, row = self.columns[column], self.row(line)
        absent = (row.label, field.name) in self.table.absent and not row.cells.get(field.name)
        return absent or field.kind in _OWN or field.formula is not None

    def ticked(self, line: int, column: int) -> bool | None:
        """Whether the box of a cell with a single choice is ticked; None where it has no box, or another text."""
        choices = self.columns[column].choices
        if len(choices) != 1 or self.is_fixed(line, column):
            return None
        text = self.text(line, column)
        return text == choices[0] if text in ("", choices[0]) else None

    def indent(self, line: int, column: int) -> int:
        """By how many letters a text is set in under the rows above it, as on paper."""
        if column != self._indented:
            return 0
        return max(self.table.level(self.row(line).cells.get(self.table.level_column, "")), 0)

    def alignment(self, line: int, column: int) -> Qt.AlignmentFlag:  # noqa: ARG002 — an answer like the others
        """Numbers, dates and labels in the middle, as on paper; texts at the left."""
        return Qt.AlignmentFlag.AlignHCenter if self.columns[column].kind in _CENTRED else Qt.AlignmentFlag.AlignLeft

    def problems(self, line: int, column: int) -> tuple[Problem, ...]:
        """What is to be said of a cell now, gravest first; of the whole table in the row that waits, when asked."""
        row = self.row(line)
        if row.label and not row.id:
            return ()
        return self._findings.said((row.id, column), filled=bool(self.text(line, column).strip()))

    def message(self, line: int, column: int) -> str:
        """What is told beneath the text of a cell, one sentence a line."""
        return in_words(insistent(self.problems(line, column)))

    def severity(self, line: int, column: int) -> str:
        """How grave it is; empty where nothing is wrong."""
        found = insistent(self.problems(line, column))
        return str(found[0].severity) if found else ""

    def places(self) -> Iterator[Place]:
        """Every place in the order it is shown: the columns as a whole, then row by row."""
        for ident in ("", *(row.id for row in self._lines if row.id)):
            for field in self.columns:
                yield Place(table=self.table.name, row=ident, column=field.name)

    # --- what is done with it

    def put(self, index: Index, text: str, merge: object = None) -> bool:
        """Put `text` into a cell; a waiting row comes into the filing with it. Texts under one `merge` are one step."""
        if not self.flags(index) & _Flag.ItemIsEditable:
            return False
        at, row = self.place(index), self.row(index.row())
        if row.id:
            if self.bridge.filing.text(at) != text:
                self.bridge.do(SetValue(at, text), asker=self, merge=merge and (at, merge))
        elif text:
            made = Row(new_id(), {at.column: text}, row.label)
            at = Place(table=at.table, row=made.id, column=at.column)
            self._host = index.row()
            self.do([AddRow(at.table, made, self.position(index.row()))], merge=merge and (at, merge))
            self._host = -1
        return True

    def do(self, commands: Sequence[AnyCommand], title: str = "", merge: object = None, origin: str = TYPED) -> bool:
        """Do everything as one step of undo, called `title` where it is more than one change; whether there was any."""
        if commands:
            command = commands[0] if len(commands) == 1 else Batch(tuple(commands), title)
            self.bridge.do(command, origin=origin, asker=self, merge=merge)
        return bool(commands)

    def position(self, line: int) -> int:
        """Where in the filing's list a new row for `line` belongs."""
        return sum(1 for row in self._lines[:line] if row.id)

    def set_quiet(self, ident: str) -> None:
        """Say nothing of the gaps of this row while somebody is at work on it; empty for none."""
        if ident != self._findings.quiet:
            before, self._findings.quiet = self._findings.quiet, ident
            self._tell_cells(self._findings.of(before, ident))

    def show_missing(self, on: bool) -> None:
        """Speak of every gap, also of the row at work and of the table as a whole."""
        self._findings.outspoken = on
        self._tell_cells(self._findings.of("", self._findings.quiet))

    def retranslate(self) -> None:
        """Say the program's own words in the language of now."""
        self._tell_cells(self._findings.of())

    # --- how it follows the filing

    def _follow(self, change: Change) -> None:
        if any(place.table == self.table.name for place in change.places) and self.follow_rows(change):
            # Rows are counted anew only now: to Qt nothing else may change while they come and go.
            self._tell_column(*self._written.recount(self._lines))
        if self._written.reached(change):
            for column, lines in self._written.compute(self._lines):
                self._tell_column(column, lines)

    def _follow_problems(self) -> None:
        self._tell_cells(self._findings.take(self.bridge.problems))

    def _tell_column(self, column: int, lines: Sequence[int]) -> None:
        """Say that a column changed from the first to the last of `lines`."""
        if lines:
            self.dataChanged.emit(self.index(lines[0], column), self.index(lines[-1], column))

    def _tell_cells(self, cells: Iterable[Cell]) -> None:
        waiting = -1 if self.fixed else len(self._lines) - 1
        for ident, column in cells:
            if (line := self.line_of(ident) if ident else waiting) >= 0:
                self.tell(line, column, column)

    def _first_text(self) -> int:
        texts = (one.name for one in self.table.columns if one.kind in (Kind.TEXT, Kind.LONG))
        return self.column_of(next(texts, ""))

    def _check_state(self, line: int, column: int) -> Qt.CheckState | None:
        ticked = self.ticked(line, column)
        return None if ticked is None else Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked

    def _tip(self, line: int, column: int) -> str:
        """What is wrong, and how a computed value was made."""
        made = explained(self.bridge.review, self.place(self.index(line, column)))
        return literal("\n".join(filter(None, (in_words(self.problems(line, column)), made))))

    def _spoken(self, line: int, column: int) -> str:
        """What a screen reader says: where the cell is, what stands in it, what is wrong with it."""
        label, name = self.row(line).label, self.columns[column].name
        where = sentence(N_("{row}，{column}："), {"row": label, "column": name}) if label else \
            sentence(N_("第 {number} 行，{column}："), {"number": line + 1, "column": name})  # fmt: skip
        text = self.text(line, column) or sentence(N_("空"))
        return "\n".join(filter(None, (where + text, in_words(self.problems(line, column)))))
