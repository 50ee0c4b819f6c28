"""What stands in the cells of an indicator tree, what can be done with them, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from desktop.bridge import Bridge
from desktop.labels import literal
from desktop.models.branches import BRANCH, LIMB, ROOT, ROW, Node
from desktop.models.indicator_findings import Findings
from desktop.models.indicator_rows import Index, IndicatorRows
from desktop.models.remarks import in_words, insistent
from forms.filing import Indicator, Place
from forms.language import N_, sentence
from forms.problem import Problem
from forms.template.model import Field, Role
from forms.working import explained

_Flag = Qt.ItemFlag
_Role = Qt.ItemDataRole
_FIXED = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable


class Ask(IntEnum):
    """What a delegate asks of an item besides its text."""

    SUMMARY = _Role.UserRole + 2  # what stands under a branch, or what an empty row waits for, in words
    MESSAGE = _Role.UserRole + 3  # what is wrong here, one sentence a line
    SEVERITY = _Role.UserRole + 4  # the gravest of it, empty where nothing is wrong


class IndicatorTexts(IndicatorRows):
    """The rows of a tree with their texts as the filing has them, and their problems as the review has them."""

    def __init__(self, bridge: Bridge, tree_name: str, columns: Sequence[str], parent: QObject | None) -> None:
        super().__init__(bridge, tree_name, columns, parent)
        weights = [one for one in self.columns if one.role is Role.WEIGHT]
        self._weights = {self.columns.index(one): number for number, one in enumerate(weights)}
        self._flags_of_row = [[_of_row(one, drag) for one in self.columns] for drag in (False, True)]
        self._computed = [number for number, one in enumerate(self.columns) if one.formula is not None]
        self._free = {(limb.label, one.label) for limb in self.tree.limbs for one in limb.branches if one.free}
        self._texts: dict[str, Indicator] = {}
        self._shown: dict[tuple[str, int], str] = {}  # what formulas make, by indicator and number of the column
        self._findings = Findings(weights)
        self._findings.take(bridge.problems)
        self._read()
        self._answers: dict[int, Callable[[Node, int], Any]] = {
            _Role.DisplayRole: self.text, _Role.EditRole: self._typed, _Role.ToolTipRole: self._tip,
            _Role.AccessibleTextRole: self._spoken, _Role.AccessibleDescriptionRole: self.message,
            Ask.SUMMARY: self.summary, Ask.MESSAGE: self.message, Ask.SEVERITY: self.severity,
            _Role.CheckStateRole: self._check_state,
        }  # fmt: skip

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell: edited in a row, dropped into a branch, dragged by an indicator."""
        node = self._nodes.get(index.internalId())
        if node is None or node.depth == ROOT:
            return _Flag.NoItemFlags
        if node.depth == ROW:
            return self._flags_of_row[bool(node.ident)][index.column()]
        if node.depth == LIMB:
            return _FIXED
        named = not index.column() and self.named_by_filer(node)
        return _FIXED | _Flag.ItemIsDropEnabled | (_Flag.ItemIsEditable if named else _Flag.NoItemFlags)

    def headerData(  # noqa: N802 — Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """The form's own names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _Role.ToolTipRole and self.columns[section].help:
            return literal(self.columns[section].help)
        return self.columns[section].name if role in (_Role.DisplayRole, _Role.AccessibleTextRole) else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What stands in a cell, by role; see Ask for the roles of our own."""
        node = self.node(index)
        answer = self._answers.get(role)
        return None if node is None or node.depth == ROOT or answer is None else answer(node, index.column())

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
    def first_total(self) -> int:
        """The first column in which a branch has a total; beyond the last where there is none."""
        return min(self._weights, default=len(self.columns))

    def named_by_filer(self, node: Node) -> bool:
        """Whether the label of a 二级 is the filer's to write: it is kept free for one, or none of the form's."""
        return bool(node.level2) and (self._kept_free(node) or node.branch not in self._printed)

    def _kept_free(self, node: Node) -> bool:
        return node.branch in self._free

    def text(self, node: Node, column: int) -> str:
        """What stands in a cell: the text of a row, the label of a branch or its total."""
        if node.depth != ROW:
            return node.label if column == 0 else self._findings.total(node, self._weights.get(column))
        one = self._texts.get(node.ident)
        if one is None:
            return ""
        return self._shown.get((node.ident, column)) or one.columns.get(self.columns[column].name, "")

    def _typed(self, node: Node, column: int) -> str:
        """What an editor begins with; the dots of a branch kept free give way to the name typed in their place."""
        return "" if node.depth == BRANCH and self._kept_free(node) else self.text(node, column)

    def summary(self, node: Node, column: int) -> str:
        """What is said beside the text: how much stands under a branch, what an empty row waits for."""
        if column:
            return ""
        if node.depth == BRANCH and self._kept_free(node):
            return sentence(N_("（这一类的名称由您填写）"))
        if node.depth != ROW:
            return self._findings.summary(node)
        return sentence(N_("（空，直接在这里填写）")) if node.waiting else ""

    def ticked(self, node: Node, column: int) -> bool | None:
        """Whether the box of a cell with a single choice is ticked; None where it has no box, or another text."""
        choices = self.columns[column].choices if node.depth == ROW else ()
        text = self.text(node, column) if len(choices) == 1 else None
        return text == choices[0] if text is not None and text in ("", choices[0]) else None

    def _check_state(self, node: Node, column: int) -> Qt.CheckState | None:
        ticked = self.ticked(node, column)
        return None if ticked is None else Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked

    def _said(self, node: Node, column: int) -> tuple[Problem, ...]:
        return self._findings.said(node.ident, self.columns[column].name) if node.depth == ROW else ()

    def message(self, node: Node, column: int) -> str:
        """What is told beneath the text of a cell, one sentence a line."""
        return in_words(insistent(self._said(node, column)))

    def severity(self, node: Node, column: int) -> str:
        """How grave the gravest of it is; empty where nothing is wrong."""
        found = insistent(self._said(node, column))
        return str(found[0].severity) if found else ""

    def _tip(self, node: Node, column: int) -> str:
        """What is wrong, and how a computed value was made."""
        at = Place(indicator=node.ident, column=self.columns[column].name)
        made = explained(self.bridge.review, at) if node.ident else ""
        return literal("\n".join(filter(None, (in_words(self._said(node, column)), made))))

    def _spoken(self, node: Node, column: int) -> str:
        """What a screen reader says: where the cell is, what stands in it, what is wrong with it."""
        if node.depth != ROW:
            return " ".join(filter(None, (self.text(node, column), self.summary(node, column))))
        number = node.above.children.index(node) + 1
        where = {"branch": node.label, "number": number, "column": self.columns[column].name}
        said = sentence(N_("{branch}第 {number} 条，{column}："), where)
        text = self.text(node, column) or sentence(N_("空"))
        return "\n".join(filter(None, (said + text, in_words(self._said(node, column)))))

    def _read(self) -> None:
        """Read the indicators of the filing by id, and the computed texts that stand in them."""
        self._texts = {one.id: one for one in self.bridge.filing.indicators if one.tree == self.tree.name}
        self._findings.count(self._texts)
        computed, names = self.bridge.review.computed, [one.name for one in self.columns]
        self._shown = {
            (ident, number): computed.get(Place(indicator=ident, column=names[number]), "")
            for ident in self._texts
            for number in self._computed
        }


def _of_row(column: Field, drag: bool) -> Qt.ItemFlag:
    editable = _Flag.ItemIsEditable if column.fillable else _Flag.NoItemFlags
    return _FIXED | _Flag.ItemNeverHasChildren | editable | (_Flag.ItemIsDragEnabled if drag else _Flag.NoItemFlags)
