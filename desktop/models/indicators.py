"""An indicator tree as Qt shows it: texts, counts, problems; edits, moves and drops go out as commands."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt

from desktop.bridge import Bridge
from desktop.models.branches import BRANCH, ROOT, ROW, Node
from desktop.models.indicator_edits import MOVE, RENAME, Edits
from desktop.models.indicator_findings import Findings
from desktop.models.indicator_rows import Index, IndicatorRows
from desktop.models.problems import SEVERITY
from forms.commands import SetValue
from forms.draft import Change
from forms.filing import Indicator, Place
from forms.language import N_, sentence
from forms.problem import Problem
from forms.template.model import Role

MIME = "application/x-jixiao-indicators"

_Flag = Qt.ItemFlag
_Role = Qt.ItemDataRole


class Ask(IntEnum):
    """What a delegate asks of an item besides its text."""

    DEPTH = _Role.UserRole + 1
    SUMMARY = _Role.UserRole + 2  # what stands under a branch, or what an empty row waits for, in words
    MESSAGE = _Role.UserRole + 3  # what is wrong here, one sentence a line
    SEVERITY = _Role.UserRole + 4  # the gravest of it, empty where nothing is wrong


class IndicatorModel(IndicatorRows):
    """The rows of a tree with what stands in them and what is wrong with it, kept true change by change."""

    def __init__(
        self, bridge: Bridge, tree_name: str, columns: Sequence[str] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(bridge, tree_name, columns, parent)
        weights = [one for one in self.columns if one.role is Role.WEIGHT]
        self._weights = {self.columns.index(one): number for number, one in enumerate(weights)}
        self._computed = [number for number, one in enumerate(self.columns) if one.formula is not None]
        self._texts: dict[str, Indicator] = {}
        self._shown: dict[Place, str] = {}
        self._findings = Findings(weights)
        self._findings.take(bridge.problems)
        self._read()
        self._answers: dict[int, Callable[[Node, int], Any]] = {
            _Role.DisplayRole: self.text, _Role.EditRole: self.text, _Role.ToolTipRole: self._tip,
            _Role.AccessibleTextRole: self._spoken, Ask.DEPTH: lambda node, _: node.depth, Ask.SUMMARY: self.summary,
            Ask.MESSAGE: self.message, Ask.SEVERITY: self._severity,
        }  # fmt: skip
        bridge.changed.connect(self._follow)
        bridge.problems_changed.connect(self._follow_problems)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell: edited in a row, dropped into a branch, dragged by an indicator."""
        node = self.node(index)
        if node is None or node.depth == ROOT:
            return _Flag.NoItemFlags
        flags = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable
        if node.depth == BRANCH:
            named = _Flag.ItemIsEditable if not index.column() and self.named_by_filer(node) else _Flag.NoItemFlags
            return flags | _Flag.ItemIsDropEnabled | named
        if node.depth == ROW:
            flags |= _Flag.ItemNeverHasChildren
            if node.ident:
                flags |= _Flag.ItemIsDragEnabled
            if self.columns[index.column()].formula is None:
                flags |= _Flag.ItemIsEditable
        return flags

    def headerData(  # noqa: N802 — Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """The form's own names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _Role.ToolTipRole and self.columns[section].help:
            return _literal(self.columns[section].help)
        return self.columns[section].name if role in (_Role.DisplayRole, _Role.AccessibleTextRole) else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What stands in a cell, by role; see Ask for the roles of our own."""
        node = self.node(index)
        answer = self._answers.get(role)
        return None if node is None or node.depth == ROOT or answer is None else answer(node, index.column())

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # noqa: N802 — Qt's own name
        """Put a text into a cell as one step of undo."""
        return role == _Role.EditRole and self.put(index, str(value))

    def place(self, index: Index) -> Place:
        """The place of a cell on the form; of the whole tree where it is a branch or an empty row."""
        node = self.node(index)
        if node is None or not node.ident:
            return Place(table=self.tree.name)
        return Place(indicator=node.ident, column=self.columns[index.column()].name)

    def problems(self, index: Index) -> tuple[Problem, ...]:
        """What is to be said of a cell now; the gaps of a row somebody is at work on are left unsaid."""
        node = self.node(index)
        return self._said(node, index.column()) if node is not None and node.depth == ROW else ()

    @property
    def has_totals(self) -> bool:
        """Whether a branch has totals to show in its columns."""
        return bool(self._weights)

    def named_by_filer(self, node: Node) -> bool:
        """Whether the label of a 二级 is the filer's to write."""
        limb = next((one for one in self.tree.limbs if one.label == node.level1), None)
        known = {one.label: one.free for one in limb.branches} if limb is not None else {}
        return bool(node.level2) and known.get(node.level2, True)

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
            edits.add(node.branch, [{self.columns[index.column()].name: text}])
        return self.do(edits, RENAME)

    def edits(self) -> Edits:
        """An empty collection of changes to the rows as they stand."""
        return Edits(self.tree, self.bridge.filing)

    def do(self, edits: Edits, title: str) -> bool:
        """Do everything collected as one step of undo; whether there was anything to do."""
        command = edits.command(title)
        if command is not None:
            self.bridge.do(command, asker=self)
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

    def text(self, node: Node, column: int) -> str:
        """What stands in a cell: the text of a row, the label of a branch or its total."""
        if node.depth != ROW:
            return node.label if column == 0 else self._findings.total(node, self._weights.get(column))
        one = self._texts.get(node.ident)
        if one is None:
            return ""
        name = self.columns[column].name
        return self._shown.get(Place(indicator=node.ident, column=name)) or one.columns.get(name, "")

    def summary(self, node: Node, column: int) -> str:
        """What is said beside the text: how much stands under a branch, what an empty row waits for."""
        if column:
            return ""
        if node.depth != ROW:
            return self._findings.summary(node)
        return sentence(N_("（空，直接在这里填写）")) if node.waiting else ""

    def _said(self, node: Node, column: int) -> tuple[Problem, ...]:
        return self._findings.said(node.ident, self.columns[column].name)

    def message(self, node: Node, column: int) -> str:
        """What is wrong in a cell, one sentence a line."""
        found = self._said(node, column) if node.depth == ROW else ()
        return "\n".join(f"{sentence(SEVERITY[one.severity])}{sentence(N_('：'))}{one}" for one in found)

    def _severity(self, node: Node, column: int) -> str:
        found = self._said(node, column) if node.depth == ROW else ()
        return str(found[0].severity) if found else ""

    def _tip(self, node: Node, column: int) -> str | None:
        message = self.message(node, column)
        return _literal(message) if message else None

    def _spoken(self, node: Node, column: int) -> str:
        """What a screen reader says: where the cell is, what stands in it, what is wrong with it."""
        if node.depth != ROW:
            return " ".join(filter(None, (self.text(node, column), self.summary(node, column))))
        number = node.above.children.index(node) + 1
        where = {"branch": node.label, "number": number, "column": self.columns[column].name}
        said = sentence(N_("{branch}第 {number} 条，{column}："), where)
        text = self.text(node, column) or sentence(N_("空"))
        return "\n".join(filter(None, (said + text, self.message(node, column))))

    def _read(self) -> None:
        """Read the indicators of the filing by id, and the computed texts that stand in them."""
        self._texts = {one.id: one for one in self.bridge.filing.indicators if one.tree == self.tree.name}
        self._findings.count(self._texts)
        if self._computed:
            places = (Place(indicator=ident, column=self.columns[number].name)
                      for ident in self._texts for number in self._computed)  # fmt: skip
            self._shown = {at: self.bridge.text(at) for at in places}

    def _follow(self, change: Change) -> None:
        shown = self._shown
        self._read()
        if change.structure:
            self.rearrange()
        rows = [(self._rows[at.indicator], at.column) for at in change.places if at.indicator in self._rows]
        for row, column in rows:
            number = self.column_of(column)
            self.tell(row, number, number if column else None)
        for at in self._shown:
            if shown.get(at) != self._shown[at]:
                self.tell(self._rows[at.indicator], self.column_of(at.column), self.column_of(at.column))
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


def _literal(text: str) -> str:
    """A text for a tool tip, which Qt would otherwise read as markup where it looks like some."""
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'
