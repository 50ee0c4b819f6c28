"""An indicator tree as Qt shows it, following the filing; edits, moves and drops go out as commands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt

from desktop.bridge import Bridge
from desktop.models.branches import BRANCH, ROOT, ROW, Node
from desktop.models.indicator_edits import MOVE, RENAME, Edits, filled
from desktop.models.indicator_rows import Index
from desktop.models.indicator_texts import IndicatorTexts
from forms.commands import SetValue
from forms.draft import Change
from forms.filing import Place
from forms.journal import TYPED

MIME = "application/x-jixiao-indicators"

_Flag = Qt.ItemFlag
_Role = Qt.ItemDataRole


class IndicatorModel(IndicatorTexts):
    """The rows of a tree, kept true change by change, and everything that can be done to them."""

    def __init__(
        self, bridge: Bridge, tree_name: str, columns: Sequence[str] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(bridge, tree_name, columns, parent)
        bridge.changed.connect(self._follow)
        bridge.problems_changed.connect(self._follow_problems)

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # noqa: N802 — Qt's own name
        """Put a text into a cell as one step of undo."""
        return role == _Role.EditRole and self.put(index, str(value))

    def beginning(self, named: str) -> Node:
        """The row to go to for a place of the whole tree: the first of the 一级 or 二级 it names, or of a column."""
        branches = (one for one in self.branches() if named and named in (one.level1, one.level2))
        first = next((one.children[0] for one in branches), None)
        return first or (next(self.rows()) if named else self.wanting())

    def wanting(self) -> Node:
        """The row to begin with: in the first branch that must have an indicator and has none, or the first of all."""
        had = {label for one in self._texts.values() if filled(one) for label in (one.level1, one.level2)}
        missing = set(self.tree.required) - had
        branches = (one for one in self.branches() if missing & {one.level1, one.level2})
        return next((one.children[0] for one in branches), None) or next(self.rows())

    def put(self, index: Index, text: str, merge: object = None) -> bool:
        """Put `text` into a cell; an empty row becomes an indicator with it. Texts under one `merge` are one step."""
        node = self.node(index)
        if node is None or not self.flags(index) & _Flag.ItemIsEditable:
            return False
        at = self.place(index)
        if at.indicator:
            if self.bridge.filing.text(at) != text:
                self.bridge.do(SetValue(at, text), asker=self, merge=merge and (at, merge))
            return True
        edits = self.edits()
        if node.depth == BRANCH and text.strip() not in ("", node.level2):
            edits.rename(node.branch, text.strip())
        elif node.depth == ROW and text:
            column = self.columns[index.column()].name
            added = edits.add(node.branch, [{column: text}])
            self._host = node
            return self.do(edits, "", merge=merge and (Place(indicator=added[0], column=column), merge))
        return self.do(edits, RENAME)

    def edits(self) -> Edits:
        """An empty collection of changes to the rows as they stand."""
        return Edits(self.tree, self.bridge.filing)

    def do(self, edits: Edits, title: str, merge: object = None, origin: str = TYPED) -> bool:
        """Do everything collected as one step of undo; whether there was anything to do."""
        command = edits.command(title)
        if command is not None:
            self.bridge.do(command, origin=origin, asker=self, merge=merge)
        self._host = None
        return command is not None

    def set_quiet(self, ident: str) -> None:
        """Say nothing of the gaps of this indicator while somebody is at work on it; empty for none."""
        before, self._findings.quiet = self._findings.quiet, ident
        for one in {before, ident} - {""}:
            if one in self._rows and self._findings.of(one):
                self.tell(self._rows[one])
                self._tell_branch(self._rows[one].above)

    def show_missing(self, on: bool) -> None:
        """Speak of every gap, also of the row at work."""
        self._findings.outspoken = on
        self.set_quiet(self._findings.quiet)

    def retranslate(self) -> None:
        """Say the program's own words in the language of now."""
        for row in self.rows():
            if row.waiting or self._findings.of(row.ident):
                self.tell(row)
        for branch in self.branches():
            self._tell_branch(branch)

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 — Qt's own name
        """Rows are moved; nothing is ever taken out by Qt, for this model refuses removeRows."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 — Qt's own name
        """Our own kind of data only: what other programs drag is not for a tree."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 — Qt's own name
        """The dragged indicators by id, in the order they stand in."""
        idents = {node.ident for index in indexes if (node := self.node(index)) is not None}
        ordered = [row.ident for row in self.rows() if row.ident and row.ident in idents]
        mime = QMimeData()
        mime.setData(MIME, json.dumps([self.bridge.filing.id, self.tree.name, *ordered]).encode())
        return mime

    def canDropMimeData(  # noqa: N802 — Qt's own name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index  # noqa: ARG002 — Qt's own
    ) -> bool:  # fmt: skip
        """Whether rows of this very tree are over a branch or between its rows."""
        node = self.node(parent)
        return node is not None and node.depth == BRANCH and bool(self._dragged(data))

    def dropMimeData(  # noqa: N802 — Qt's own name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move the dragged rows before row `row` of a branch, or to its end; one step of undo, or nothing at all."""
        node = self.node(parent)
        if node is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        edits = self.edits()
        edits.move(self._dragged(data), node.branch, node.children[row].ident if 0 <= row < len(node.children) else "")
        return self.do(edits, MOVE)

    def _dragged(self, data: QMimeData) -> list[str]:
        """The indicators that are dragged, if they are rows of this very tree, every one."""
        if not data.hasFormat(MIME):
            return []
        try:
            filing, tree, *idents = json.loads(bytes(data.data(MIME).data()))
        except ValueError:
            return []
        ours = (filing, tree) == (self.bridge.filing.id, self.tree.name)
        return idents if ours and all(ident in self._rows for ident in idents) else []

    def _follow(self, change: Change) -> None:
        shown = self._shown
        self._read()
        if change.structure:
            self.rearrange()
        rows = [(self._rows[at.indicator], at.column) for at in change.places if at.indicator in self._rows]
        for row, column in rows:
            number = self.column_of(column)
            self.tell(row, number, number if column else None)
        for (ident, number), text in self._shown.items():
            if shown.get((ident, number)) != text:
                self.tell(self._rows[ident], number, number)
        self._tell_branches([row for row, _ in rows], everywhere=change.structure)

    def _follow_problems(self) -> None:
        touched = [self._rows[ident] for ident in self._findings.take(self.bridge.problems) if ident in self._rows]
        for row in touched:
            self.tell(row)
        self._tell_branches(touched)

    def _tell_branches(self, rows: Sequence[Node], *, everywhere: bool = False) -> None:
        touched = {row.above.number: row.above for row in rows}
        for branch in self.branches() if everywhere else touched.values():
            self._tell_branch(branch)

    def _tell_branch(self, branch: Node) -> None:
        while branch.depth != ROOT:
            self._findings.forget(branch)
            self.tell(branch)
            branch = branch.above
