"""The items of an indicator tree for Qt, and how they follow the filing: rows come, go and move, nothing else does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from desktop.bridge import Bridge
from desktop.models.branches import BRANCH, LIMB, ROOT, ROW, Node, Plan, plan, steady
from forms.filing import Place
from forms.template.model import Field, Role

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class IndicatorRows(QAbstractItemModel):
    """一级, under them 二级, under them one row for each indicator; a 二级 without any has one row that waits.

    An item is known by its branch and id, never by its row. `columns` gives the order of the columns; that of the
    names always comes first, for the branches stand in it.
    """

    def __init__(self, bridge: Bridge, tree_name: str, columns: Sequence[str], parent: QObject | None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.tree = bridge.template.trees[tree_name]
        known = {one.name: one for one in self.tree.columns}
        ordered = [known[name] for name in columns if name in known] or list(self.tree.columns)
        self.columns: tuple[Field, ...] = tuple(sorted(ordered, key=lambda one: one.role is not Role.NAME))
        self._numbers = count(1)
        self.root = Node(0, ROOT)
        self._nodes: dict[int, Node] = {}
        self._rows: dict[str, Node] = {}
        for label, branches in plan(self.tree, bridge.filing).items():
            limb = self._grown(Node(0, LIMB, self.root, label))
            for name, idents in branches.items():
                branch = self._grown(Node(0, BRANCH, limb, label, name))
                for ident in idents or [""]:
                    self._grown(Node(0, ROW, branch, label, name, ident))

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The index of a child of `parent`, by Qt's rules."""
        node = self.node(parent)
        if node is None or parent.column() > 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        if not 0 <= column < len(self.columns):
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has the same name
        """The index of the branch or limb an item stands in."""
        node = self.node(index)
        return QModelIndex() if node is None else self.index_of(node.above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's own name
        """How many items stand right under `parent`."""
        node = self.node(parent)
        return 0 if node is None or parent.column() > 0 else len(node.children)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002, N802 — Qt's own name
        """The number of columns, the same everywhere."""
        return len(self.columns)

    def node(self, index: Index) -> Node | None:
        """The node of an index; the root for an invalid one; None for one whose node is gone."""
        return self._nodes.get(index.internalId()) if index.isValid() else self.root

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        """The index of a node of this model; invalid for the root."""
        if node.depth == ROOT:
            return QModelIndex()
        return self.createIndex(node.above.children.index(node), column, node.number)

    def find(self, place: Place) -> QModelIndex:
        """The cell of a place, of the first column where the place is a whole row; invalid where there is none."""
        node = self._rows.get(place.indicator)
        return QModelIndex() if node is None else self.index_of(node, self.column_of(place.column))

    def index_of_row(self, ident: str, column: int = 0) -> QModelIndex:
        """The index of a cell of an indicator that is there."""
        return self.index_of(self._rows[ident], column)

    def column_of(self, name: str) -> int:
        """The number of a column; the first where the name is not among them."""
        return next((number for number, one in enumerate(self.columns) if one.name == name), 0)

    def branch_index(self, level1: str, level2: str | None = None) -> QModelIndex:
        """The index of a 一级, or of a 二级 in it; invalid where there is none."""
        node = self.root.child(level1)
        if node is not None and level2 is not None:
            node = node.child(level2)
        return QModelIndex() if node is None else self.index_of(node)

    def branches(self) -> Iterator[Node]:
        """Every 二级 in the order it is shown."""
        return (branch for limb in self.root.children for branch in limb.children)

    def rows(self) -> Iterator[Node]:
        """Every row, also those that wait, in the order they are shown."""
        return (row for branch in self.branches() for row in branch.children)

    def tell(self, node: Node, first: int = 0, last: int | None = None) -> None:
        """Say that the cells of one item changed, from column `first` to `last` (the last of all)."""
        end = len(self.columns) - 1 if last is None else last
        self.dataChanged.emit(self.index_of(node, first), self.index_of(node, end))

    def rearrange(self) -> None:
        """Follow the filing after indicators came, went or moved."""
        wanted = plan(self.tree, self.bridge.filing)
        self._clear(wanted)
        for label, branches in wanted.items():
            limb = self.root.child(label) or self._opened(
                self.root, len(self.root.children), Node(0, LIMB, level1=label)
            )
            for at, (name, idents) in enumerate(branches.items()):
                branch = limb.child(name) or self._opened(limb, at, Node(0, BRANCH, level2=name))
                self._settle(branch, idents)
        self._tidy(wanted)

    def _clear(self, wanted: Plan) -> None:
        """Take out the rows of indicators that are no more; the last of a branch stays and waits."""
        kept = {ident for branches in wanted.values() for idents in branches.values() for ident in idents}
        for branch in self.branches():
            gone = [not row.waiting and row.ident not in kept for row in branch.children]
            if all(gone) and branch.level2 in wanted.get(branch.level1, {}):
                self._rows.pop(branch.children[0].ident)
                branch.children[0].ident = ""
                self.tell(branch.children[0])
                gone[0] = False
            last = len(gone)
            while last:
                first = last - 1
                while gone[last - 1] and first and gone[first - 1]:
                    first -= 1
                if gone[last - 1]:
                    self._remove(branch, first, last)
                last = first

    def _settle(self, branch: Node, idents: Sequence[str]) -> None:
        """Bring the rows of a branch into their order, moving as few as can be."""
        self._adopt(branch, idents)
        staying = steady([row.ident for row in branch.children if row.ident], idents)
        at, new = 0, list[str]()
        for ident in [*idents, ""]:
            if ident and ident not in self._rows:
                new.append(ident)
                continue
            if new:
                self._insert(branch, at, [Node(0, ROW, ident=one) for one in new])
                at += len(new)
                new.clear()
            if ident:
                at = self._reach(branch, at, self._rows[ident], moves=ident not in staying)

    def _adopt(self, branch: Node, idents: Sequence[str]) -> None:
        """Let a row that waits become the first new indicator, so that an editor open on it stays open."""
        new = next((ident for ident in idents if ident not in self._rows), "")
        waiting = next((row for row in branch.children if row.waiting), None)
        if new and waiting:
            waiting.ident = new
            self._rows[new] = waiting
            self.tell(waiting)

    def _reach(self, branch: Node, at: int, row: Node, *, moves: bool) -> int:
        """Where the next row belongs once `row` stands at `at`, moved there if it has to."""
        if not moves:
            return branch.children.index(row, at) + 1
        source = row.above
        start = source.children.index(row)
        begun = self.beginMoveRows(self.index_of(source), start, start, self.index_of(branch), at)
        if not begun:  # it stands there
            return max(at, start + 1)
        source.children.pop(start)
        shift = 1 if source is branch and start < at else 0
        branch.children.insert(at - shift, row)
        row.parent, row.level1, row.level2 = branch, branch.level1, branch.level2
        self.endMoveRows()
        return at + 1 - shift

    def _tidy(self, wanted: Plan) -> None:
        """Every branch has rows: one that waits where there is no other; strangers go with the last of theirs."""
        for limb in list(self.root.children):
            for branch in list(limb.children):
                spare = [at for at, row in enumerate(branch.children) if row.waiting]
                if branch.level2 not in wanted.get(limb.level1, {}):
                    at = limb.children.index(branch)
                    self._remove(limb, at, at + 1)
                elif not branch.children:
                    self._insert(branch, 0, [Node(0, ROW)])
                elif spare and len(branch.children) > 1:
                    self._remove(branch, spare[0], spare[0] + 1)
            if limb.level1 not in wanted:
                at = self.root.children.index(limb)
                self._remove(self.root, at, at + 1)

    def _opened(self, parent: Node, at: int, node: Node) -> Node:
        self._insert(parent, at, [node])
        return node

    def _insert(self, parent: Node, at: int, nodes: Sequence[Node]) -> None:
        self.beginInsertRows(self.index_of(parent), at, at + len(nodes) - 1)
        for offset, node in enumerate(nodes):
            node.parent = parent
            self._grown(node, at + offset)
        self.endInsertRows()

    def _grown(self, node: Node, at: int | None = None) -> Node:
        """A node put among the children of its parent, with a number of its own and the labels it stands under."""
        parent = node.above
        node.number = next(self._numbers)
        node.level1, node.level2 = node.level1 or parent.level1, node.level2 or parent.level2
        self._nodes[node.number] = node
        if node.ident:
            self._rows[node.ident] = node
        parent.children.insert(len(parent.children) if at is None else at, node)
        return node

    def _remove(self, parent: Node, first: int, last: int) -> None:
        self.beginRemoveRows(self.index_of(parent), first, last - 1)
        for node in parent.children[first:last]:
            self._forget(node)
        del parent.children[first:last]
        self.endRemoveRows()

    def _forget(self, node: Node) -> None:
        self._nodes.pop(node.number)
        if self._rows.get(node.ident) is node:
            del self._rows[node.ident]
        for child in node.children:
            self._forget(child)
