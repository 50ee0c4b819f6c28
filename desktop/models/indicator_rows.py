"""The items of an indicator tree for Qt, and how they follow the filing: rows come, go and move, nothing else does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from desktop.bridge import Bridge
from desktop.models.branches import BRANCH, LIMB, ROOT, ROW, Node, Plan, plan, runs, steady
from forms.filing import Place
from forms.template.model import Field, Role

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class IndicatorRows(QAbstractItemModel):
    """一级, under them 二级, under them one row for each indicator, and then those that wait for one.

    A 二级 has at least as many rows as the blank form prints. An item is known by its branch and id, never by its
    row. `columns` gives the order of the columns; that of the names always comes first, for the branches stand in it.
    """

    def __init__(self, bridge: Bridge, tree_name: str, columns: Sequence[str], parent: QObject | None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.tree = bridge.template.trees[tree_name]
        known = {one.name: one for one in self.tree.columns}
        ordered = [known[name] for name in columns if name in known] or list(self.tree.columns)
        self.columns: tuple[Field, ...] = tuple(sorted(ordered, key=lambda one: one.role is not Role.NAME))
        self._printed = {(limb.label, one.label): one.preset for limb in self.tree.limbs for one in limb.branches}
        self._host: Node | None = None  # the waiting row that is to become the next new indicator
        self._numbers = count(1)
        self.root = Node(0, ROOT)
        self.removing = False  # whether rows are on their way out, and a view has nothing to lay out yet
        self._nodes: dict[int, Node] = {0: self.root}  # an index that is not valid has the number 0
        self._rows: dict[str, Node] = {}
        for label, branches in plan(self.tree, bridge.filing).items():
            limb = self._grown(Node(0, LIMB, self.root, label))
            for name, idents in branches.items():
                branch = self._grown(Node(0, BRANCH, limb, label, name))
                for ident in [*idents, *[""] * self._spare(branch, idents)]:
                    self._grown(Node(0, ROW, branch, label, name, ident))

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The index of a child of `parent`, by Qt's rules."""
        # Qt asks for every row there is whenever one comes or goes: this and `flags` decide how long that takes.
        node = self._nodes.get(parent.internalId())
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
        return self._nodes.get(index.internalId())

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

    def _spare(self, branch: Node, idents: Sequence[str]) -> int:
        """How many rows wait in a branch of these indicators: as the blank form has them, and never no row at all."""
        return max(self._printed.get(branch.branch, 0) - len(idents), 0 if idents else 1)

    def _clear(self, wanted: Plan) -> None:
        """Take out the rows of indicators that are no more, or let them wait where the branch has waiting rows."""
        kept = {ident for branches in wanted.values() for idents in branches.values() for ident in idents}
        for branch in self.branches():
            gone = [not row.waiting and row.ident not in kept for row in branch.children]
            if any(gone):
                self._let_wait(branch, gone, wanted)
                for first, last in runs(gone):
                    self._remove(branch, first, last)

    def _let_wait(self, branch: Node, gone: list[bool], wanted: Plan) -> None:
        """Make waiting rows of those that go, as many as the branch still needs, so that an editor on them stays."""
        idents = wanted.get(branch.level1, {}).get(branch.level2)
        if idents is None:
            return
        needed = self._spare(branch, idents) - sum(row.waiting for row in branch.children)
        for at in [at for at, going in enumerate(gone) if going][: max(needed, 0)]:
            row = branch.children[at]
            self._rows.pop(row.ident)
            row.ident = ""
            gone[at] = False
            self.tell(row)

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
        """Let rows that wait become the new indicators, so that an editor open on one stays open."""
        waiting = sorted((row for row in branch.children if row.waiting), key=lambda row: row is not self._host)
        new = [ident for ident in idents if ident not in self._rows]
        for ident, row in zip(new, waiting[: max(len(waiting) - self._spare(branch, idents), 0)], strict=False):
            row.ident = ident
            self._rows[ident] = row
            self.tell(row)

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
        """Every branch has its waiting rows, at its end; strangers go with the last of theirs."""
        for limb in list(self.root.children):
            for branch in list(limb.children):
                idents = wanted.get(limb.level1, {}).get(branch.level2)
                if idents is None:
                    at = limb.children.index(branch)
                    self._remove(limb, at, at + 1)
                else:
                    self._wait(branch, self._spare(branch, idents))
            if limb.level1 not in wanted:
                at = self.root.children.index(limb)
                self._remove(self.root, at, at + 1)

    def _wait(self, branch: Node, spare: int) -> None:
        """Let so many rows wait at the end of a branch."""
        waiting = [row for row in branch.children if row.waiting]
        filled = len(branch.children) - len(waiting)
        for row in waiting:
            if branch.children.index(row) < filled:
                self._reach(branch, len(branch.children), row, moves=True)
        if spare < len(waiting):
            self._remove(branch, filled + spare, filled + len(waiting))
        elif spare > len(waiting):
            self._insert(branch, len(branch.children), [Node(0, ROW) for _ in range(spare - len(waiting))])

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
        self.removing = True
        self.beginRemoveRows(self.index_of(parent), first, last - 1)
        for node in parent.children[first:last]:
            self._forget(node)
        del parent.children[first:last]
        self.endRemoveRows()
        self.removing = False

    def _forget(self, node: Node) -> None:
        self._nodes.pop(node.number)
        if self._rows.get(node.ident) is node:
            del self._rows[node.ident]
        for child in node.children:
            self._forget(child)
