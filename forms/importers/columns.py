"""Where the columns of a block stand in a source: told by its heading row, whatever their order and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from forms.importers.guide import Guide, Heading
from forms.importers.source import SourceCell, SourceRow
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Tree
from forms.template.spelling import branch_key, label_key

LEVELS = (LEVEL1, LEVEL2)
_ENDLESS = 1 << 20
TOTALS = frozenset({"合计", "总计", "小计", "共计", "合计金额", "金额合计"})


@dataclass(slots=True)
class Columns:
    """The columns of one block: a name for each grid column of the source, and the words of each heading.

    `under` counts the rows below that still belong to the heading, where its cells are merged downwards. `beside` are
    the blocks headed in the same row further right; each has the grid columns from its `left` to its `right`.
    """

    heading: Heading
    names: dict[int, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    width: int = 0
    under: int = 0
    left: int = 0
    right: int = _ENDLESS
    beside: list[Columns] = field(default_factory=list)

    @property
    def block(self) -> str:
        """The name of the block."""
        return self.heading.block.name

    @property
    def sides(self) -> list[Columns]:
        """The columns of every block that is headed in this row, from left to right."""
        return [self, *self.beside]

    def cut(self, row: SourceRow) -> SourceRow:
        """The part of a row that stands in this block; all of it where no other block stands beside."""
        if self.left == 0 and self.right == _ENDLESS:
            return row
        inside = [cell for cell in row.cells if self.left <= cell.col < self.right]
        return msgspec.structs.replace(row, cells=inside)

    def of(self, cell: SourceCell, shift: int = 0) -> str:
        """The column a cell stands under, were it `shift` grid columns further left; empty where there is none."""
        span = range(cell.col - shift, cell.col - shift + cell.cols)
        over = [self.names[col] for col in span if col in self.names]
        return max(over, key=over.count, default="")

    def place(self, row: SourceRow, shift: int = 0) -> tuple[dict[str, SourceCell], list[SourceCell]]:
        """The filled cells of a row by column, and those under none or under one that is taken."""
        placed: dict[str, SourceCell] = {}
        extra: list[SourceCell] = []
        for cell in filled(row):
            name = self.of(cell, shift)
            if name and name not in placed:
                placed[name] = cell
            else:
                extra.append(cell)
        return placed, extra

    def start(self, name: str) -> int | None:
        """The first grid column of a column; None where the source has no such column."""
        return min((col for col, one in self.names.items() if one == name), default=None)

    def extend(self, row: SourceRow) -> bool:
        """Take `row` as the rest of a heading that a page break cut across; gives whether it is."""
        cells = filled(row)
        found = {cell.col: self.heading.columns.get(label_key(cell.text), "") for cell in cells}
        # 预算金额 over 总额, 财政拨款 and 其他资金 spells a column too, but the words below say which one.
        upper = {name for col, name in found.items() if self.names.get(col, "") == name and len(found) > 1}
        if not found or not all(found.values()) or set(found.values()) & set(self.words) - upper:
            return False
        self.names = {col: name for col, name in self.names.items() if name not in upper}
        offset = self.width if found.keys() & self.names.keys() else 0
        for cell in cells:
            self._add(cell, found[cell.col], offset)
        self.width = max(self.width, offset + reach(row))
        return True

    def begun_above(self, row: SourceRow | None) -> None:
        """Add the columns that only the upper row of a heading names."""
        for cell in filled(row) if row else ():
            name = self.heading.columns.get(label_key(cell.text), "")
            span = range(cell.col, cell.col + cell.cols)
            if name and name not in self.words and not self.names.keys() & set(span):
                self._add(cell, name)

    def _add(self, cell: SourceCell, name: str, offset: int = 0) -> None:
        self.names.update(dict.fromkeys(range(cell.col + offset, cell.col + offset + cell.cols), name))
        self.words.setdefault(name, cell.text)

    @classmethod
    def told_by(cls, guide: Guide, row: SourceRow) -> Columns | None:
        """The columns a heading row tells, or None when the row is no heading of any block."""
        cells = filled(row)
        keys = {label_key(cell.text) for cell in cells}
        for heading in guide.headings:
            if not heading.is_told_by(keys) or len(keys - guide.words) > len(heading.named(keys)):
                continue
            return cls._read(heading, guide.beside(heading), row)
        return None

    @classmethod
    def _read(cls, heading: Heading, others: Sequence[Heading], row: SourceRow) -> Columns:
        """The columns of a heading row, which also heads the `others` where their words come after its own."""
        columns = cls(heading, width=reach(row))
        current, waiting = columns, list(others)
        for cell in filled(row):
            key = label_key(cell.text)
            name = current.heading.columns.get(key, "")
            if (not name or name in current.words) and waiting and key in waiting[0].columns and current.words:
                current.right = current.width = cell.col
                current = cls(waiting.pop(0), width=reach(row), left=cell.col)
                columns.beside.append(current)
                name = current.heading.columns[key]
            if name and name not in current.words:
                current._add(cell, name)
                columns.under = max(columns.under, cell.rows - 1)
        columns._add_unnamed(row)
        return columns

    def _add_unnamed(self, row: SourceRow) -> None:
        """The column of the rows' names has no words over it: it is the blank left of the first that has.

        Where a file merges nothing, that are as many cells as the form draws it wide.
        """
        name = self.heading.unnamed
        if not name or name in self.words:
            return
        edge = min(self.names)
        last = edge - sum(column.cols for column in self.heading.block.columns if column.name == name)
        for cell in reversed([cell for cell in row.cells if cell.col < edge]):
            if cell.text.strip() or cell.col + cell.cols != edge or edge <= last:
                break
            self._add(cell, name)
            edge = cell.col

    @classmethod
    def in_order(cls, heading: Heading, row: SourceRow) -> Columns:
        """The columns of a block that the form prints without a heading: one cell each, the last one has the rest."""
        names = [column.name for column in heading.block.columns]
        columns = cls(heading, width=reach(row))
        for number, cell in enumerate(row.cells):
            columns._add(cell, names[min(number, len(names) - 1)])
        return columns

    @classmethod
    def drawn(cls, heading: Heading, row: SourceRow, at: int) -> Columns:
        """The columns in the form's own order, for a source without a heading; `at` is the cell under 二级."""
        names = [column.name for column in heading.block.columns]
        columns = cls(heading, width=reach(row))
        for number, cell in enumerate(row.cells):
            if 0 <= (place := number - at + names.index(LEVEL2)) < len(names):
                columns._add(cell, names[place])
        return columns


def filled(row: SourceRow) -> list[SourceCell]:
    """The cells of a row that say something."""
    return [cell for cell in row.cells if cell.text.strip() and not cell.covered]


def reach(row: SourceRow) -> int:
    """How many grid columns a row takes."""
    return max((cell.col + cell.cols for cell in row.cells), default=0)


def unknown_columns(guide: Guide, columns: Columns, row: SourceRow) -> Iterator[str]:
    """The words of a heading row that name no column of the form, or one that is there already."""
    for side in columns.sides:
        seen: set[str] = set()
        for cell in filled(side.cut(row)):
            name = side.heading.columns.get(label_key(cell.text), "")
            if (name in seen) if name else (label_key(cell.text) not in guide.words):
                yield cell.text
            seen.add(name)


def head(text: str) -> str:
    """What stands before the first colon or bracket of a label that goes on: `质量指标：…`, `数量指标（10分）`."""
    places = [at for mark in "：:（(" if 0 < (at := text.find(mark)) < 14]
    return text[: min(places)] if places else text


def branch_at(row: SourceRow, known: dict[str, tuple[str, str]], tree: Tree) -> int | None:
    """The index of the cell that is a 二级 label with a 一级 or nothing before it, for rows without a heading."""
    limb_keys = {branch_key(limb.label) for limb in tree.limbs}
    for number, cell in enumerate(row.cells):
        if branch_key(cell.text) in known and branch_key(cell.text) not in limb_keys:
            return number if number + 1 < len(row.cells) else None
    return None
