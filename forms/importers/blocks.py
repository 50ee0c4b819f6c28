"""The tables and indicator trees of one form being taken in, and whether each of them is all there."""

from __future__ import annotations

from forms.importers.columns import Columns, branch_at, filled
from forms.importers.guide import Guide
from forms.importers.intake import Intake
from forms.importers.source import SourceCell, SourceRow
from forms.importers.tablerows import TableRows
from forms.importers.treerows import TreeRows
from forms.language import N_
from forms.values import Kind


class Blocks:
    """The blocks of a form; `headed` has the columns of those whose heading was seen."""

    def __init__(self, guide: Guide, intake: Intake) -> None:
        self.guide = guide
        self.intake = intake
        self.tables = {name: TableRows(table, intake) for name, table in guide.template.tables.items()}
        self.trees = {name: TreeRows(tree, guide, intake) for name, tree in guide.template.trees.items()}
        self.headed: dict[str, Columns] = {}
        self._followed: set[str] = set()  # blocks with a row below their heading, be it blank

    def take(self, row: SourceRow, columns: Columns, *, broken: bool) -> None:
        """Take a row into its block, or into each of those side by side; a blank one says that the block goes on."""
        for side in columns.sides:
            part = side.cut(row)
            if any(not cell.covered for cell in part.cells):
                self._followed.add(side.block)
            if filled(part):
                (self.tables.get(side.block) or self.trees[side.block]).take(part, side, broken=broken)

    def head(self, columns: Columns) -> bool:
        """Remember the columns of blocks whose heading was seen; gives whether it was seen before."""
        again = columns.block in self.headed
        for side in columns.sides:
            self.headed.setdefault(side.block, side)
        return again

    def finish(self) -> None:
        """Settle what could be told only of a whole block."""
        for table in self.tables.values():
            table.finish()

    def numbered(self, columns: Columns) -> bool:
        """Whether the source numbers the rows of a block."""
        return any(self._is_serial(columns.block, name) for name in columns.words)

    def names_branch(self, columns: Columns, row: SourceRow) -> bool:
        """Whether a row of a tree has the label of a 二级."""
        trees = [(side, tree) for side in columns.sides if (tree := self.trees.get(side.block))]
        return any(tree.names_branch(side.cut(row)) for side, tree in trees)

    def names_label(self, columns: Columns, cell: SourceCell) -> bool:
        """Whether a cell of a tree is the label of a 一级 or 二级."""
        tree = self.trees.get(columns.block)
        return tree is not None and tree.names_label(cell.text)

    def without_heading(self, row: SourceRow) -> Columns | None:
        """The columns of a tree whose heading the source lacks: in the form's own order, a guess that is told."""
        for heading in self.guide.headings:
            tree = self.trees.get(heading.block.name)
            at = (
                branch_at(row, tree.labels.branches, tree.tree)
                if tree and heading.block.name not in self.headed
                else None
            )
            if at is not None:
                columns = self.headed[heading.block.name] = Columns.drawn(heading, row, at)
                self.intake.note(columns.block, N_("来文没有指标表的表头，已按表样的列序读入，请核对。"))
                return columns
        return None

    def are_whole(self) -> bool:
        """Whether every block is all there; what is missing is told in notices."""
        whole = [self._is_whole(heading.block.name) for heading in self.guide.headings if heading.block.heads]
        return all(whole)

    def _is_whole(self, name: str) -> bool:
        columns = self.headed.get(name)
        if columns is None:
            self.intake.note(name, N_("来文没有“{name}”这一部分，可能在分页处丢失；此表不完整。"), name=name)
            return False
        drawn = [column.name for column in columns.heading.block.columns]
        gone = [one for one in drawn if one not in columns.words and not self._is_serial(name, one)]
        if gone:
            self.intake.note(name, N_("来文没有这些列：{columns}。"), columns="、".join(gone))
        return self._ends(columns) and (name not in self.trees or self._is_whole_tree(name))

    def _ends(self, columns: Columns) -> bool:
        """Whether a block ends where a row ends; only in a blank form does one end with its heading."""
        name = columns.block
        reaches = (self.tables.get(name) or self.trees[name]).reaches
        if reaches and reaches[-1] < min([*reaches[:-1], columns.width]):
            self.intake.note(name, N_("“{name}”的最后一行不完整，后面可能被截断；此表不完整。"), name=name)
            return False
        if name not in self._followed and self.intake.fields:
            self.intake.note(name, N_("“{name}”只有表头，后面可能被截断；此表不完整。"), name=name)
            return False
        return True

    def _is_whole_tree(self, name: str) -> bool:
        tree = self.trees[name]
        if tree.slid:
            rows = "、".join(dict.fromkeys(tree.slid))
            self.intake.note(name, N_("这些行错了列，已按二级指标的位置对齐，请核对：{rows}。"), rows=rows)
        gone, broken_off = tree.missing()
        branches = "、".join(gone)
        if broken_off:
            self.intake.note(name, N_("指标表到末尾缺少“{branches}”，可能被截断；此表不完整。"), branches=branches)
        elif gone:
            self.intake.note(name, N_("来文的指标表缺少这些行：{branches}。"), branches=branches)
        return not broken_off

    def _is_serial(self, name: str, column: str) -> bool:
        table = self.guide.template.tables.get(name)
        spec = table.column(column) if table else None
        return spec is not None and spec.kind is Kind.SERIAL
