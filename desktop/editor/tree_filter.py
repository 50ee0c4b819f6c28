"""Leaves of an indicator tree only the rows that want work: those not filled in, or those with something wrong."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from desktop.models.branches import Node
from desktop.models.remarks import insistent
from forms.template.model import Role

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView

_WANTED = (Role.NAME, Role.VALUE, Role.NUMBER)  # without these a row is not filled in


class Only(Enum):
    """Which rows are shown."""

    ALL = "all"
    EMPTY = "empty"
    FAULTY = "faulty"


class TreeFilter:
    """Hides rows, and the branches that have none left.

    What is shown stays until it is asked anew: no row that is being filled in goes away under the caret.
    """

    def __init__(self, view: IndicatorView) -> None:
        self._view = view
        self.only = Only.ALL

    def show(self, only: Only) -> int:
        """Show these rows; gives how many there are."""
        self.only = only
        wanted = self._wanted(only)
        root, count = self._view.tree_model.root, 0
        for limb in root.children:
            found = sum(self._settle(branch, wanted) for branch in limb.children)
            self._hide(limb, QModelIndex(), only is not Only.ALL and not found)
            count += found
        return count

    def make_way(self, index: QModelIndex) -> None:
        """Show everything again where the row of `index` is hidden: somebody wants to go there."""
        if self.only is not Only.ALL and self._view.isIndexHidden(index):
            self.show(Only.ALL)

    def _settle(self, branch: Node, wanted: Callable[[Node], bool]) -> int:
        above = self._view.tree_model.index_of(branch)
        shown = [wanted(row) for row in branch.children]
        for row, there in zip(branch.children, shown, strict=True):
            self._hide(row, above, not there)
        self._hide(branch, above.parent(), self.only is not Only.ALL and not any(shown))
        return sum(shown)

    def _hide(self, node: Node, above: QModelIndex, hidden: bool) -> None:
        self._view.setRowHidden(node.above.children.index(node), above, hidden)

    def _wanted(self, only: Only) -> Callable[[Node], bool]:
        if only is Only.ALL:
            return lambda _: True
        if only is Only.FAULTY:
            wrong = {one.at.indicator for one in insistent(self._view.bridge.problems)}
            return lambda row: bool(row.ident) and row.ident in wrong
        filing = self._view.bridge.filing
        names = [one.name for one in self._view.tree_model.tree.columns if one.role in _WANTED and one.fillable]
        full = {one.id for one in filing.indicators if all(one.columns.get(name, "").strip() for name in names)}
        return lambda row: row.ident not in full
