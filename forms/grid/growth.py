"""Tables and indicator trees grown to the rows a filing has: one line for each row they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.filing import Filing, Indicator, Place, Row
from forms.grid.cells import CellKind, Piece
from forms.grid.filling import Filler
from forms.template.blocks import HOLE
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Block, BlockColumn, Branch, Field, Table, Template, Tree
from forms.values import Kind


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled cell before it is measured; `field` is what its only blank holds, None for words or mixed cells."""

    row: int
    col: int
    rows: int
    cols: int
    kind: CellKind
    parts: tuple[Piece, ...]
    field: Field | None = None
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One printed row of a block: a table row with its label, or an indicator with the labels of its branch."""

    row: Row | None = None
    indicator: Indicator | None = None
    level1: str = ""
    level2: str = ""
    number: int = 0


def lines_of(names: Sequence[str], template: Template, filing: Filing) -> dict[str, list[Line]]:
    """The lines of the blocks that begin on one row of the drawing; at least one each.

    Trees are levelled at each 一级, so that one label can stand beside them all.
    """
    lines = {name: _table_lines(template.tables[name], filing) for name in names if name in template.tables}
    trees = {name: dict(_limbs(template.trees[name], filing)) for name in names if name in template.trees}
    lines.update({name: [] for name in trees})
    for label in dict.fromkeys(label for limbs in trees.values() for label in limbs):
        tallest = max(len(limbs.get(label, ())) for limbs in trees.values())
        for name, limbs in trees.items():
            limb = limbs.get(label, [])
            padding = Line(level1=label, level2=limb[-1].level2 if limb else "")
            lines[name] += [*limb, *[padding] * (tallest - len(limb))]
    return {name: grown or [Line()] for name, grown in lines.items()}


def _table_lines(table: Table, filing: Filing) -> list[Line]:
    rows = filing.rows(table.name)
    if not table.labels:
        padding = [None] * (max(table.least, 1) - len(rows))
        return [Line(row=row, number=number) for number, row in enumerate([*rows, *padding], 1)]
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.label, row)
    fixed = [(label, first.get(label)) for label in table.labels]
    others = [(row.label, row) for row in rows if row.label not in table.labels or first[row.label] is not row]
    return [Line(row, level1=label, number=number) for number, (label, row) in enumerate([*fixed, *others], 1)]


def _limbs(tree: Tree, filing: Filing) -> Iterator[tuple[str, list[Line]]]:
    """Each 一级 with its lines; indicators under labels the tree does not have come after those it has."""
    filled: dict[str, dict[str, list[Indicator]]] = {limb.label: {} for limb in tree.limbs}
    for one in filing.indicators:
        if one.tree == tree.name:
            filled.setdefault(one.level1, {}).setdefault(one.level2, []).append(one)
    branches = {limb.label: limb.branches for limb in tree.limbs}
    for label, by_branch in filled.items():
        known = branches.get(label, ())
        strangers = [Branch(one, preset=0) for one in by_branch if one not in {branch.label for branch in known}]
        bound, free = [one for one in known if not one.free], [one for one in known if one.free]
        lines: list[Line] = []
        for branch in (*bound, *strangers, *free):
            lines += _branch_lines(tree, label, branch, by_branch.get(branch.label, []))
        yield label, lines


def _branch_lines(tree: Tree, level1: str, branch: Branch, filled: Sequence[Indicator]) -> list[Line]:
    lines = [Line(indicator=one, level1=level1, level2=branch.label) for one in filled]
    if tree.print_empty:
        lines += [Line(level1=level1, level2=branch.label)] * (branch.preset - len(lines))
    return lines


def table_shapes(table: Table, block: Block, lines: Sequence[Line], top: int, filler: Filler) -> Iterator[Shape]:
    """The cells of a table whose first line is row `top` of the grid."""
    fields = {column.name: column for column in table.columns}
    for offset, line in enumerate(lines):
        level = table.level(line.row.cells.get(table.level_column, "")) if line.row and table.level_column else 0
        for column in block.columns:
            field = fields[column.name]
            kind, parts = _table_cell(table, field, line, filler)
            indented = field.name == table.outlined
            if indented and level > 0:
                parts = (Piece("　" * level), *parts)
            yield Shape(top + offset, column.col, 1, column.cols, kind, parts, field, centred=not indented)


def _table_cell(table: Table, field: Field, line: Line, filler: Filler) -> tuple[CellKind, tuple[Piece, ...]]:
    place = Place(table=table.name, row=line.row.id if line.row else "", column=field.name)
    typed = line.row.cells.get(field.name, "") if line.row else ""
    if not typed and field.kind is Kind.ROW_LABEL:
        return ("label", (Piece(line.level1),)) if line.level1 else ("empty", ())
    if not typed and (line.level1, field.name) in table.absent:
        return "empty", ()
    if not typed and field.kind is Kind.SERIAL:
        shown = line.row is not None or table.labels or table.least >= line.number
        return "blank", (Piece(str(line.number) if shown else "", place, computed=line.row is not None),)
    return "blank", (filler.value(place, field, typed),)


def paragraphs(table: Table, lines: Sequence[Line], filler: Filler) -> Iterator[tuple[Piece, ...]]:
    """The rows of a narrative, each printed by the table's pattern."""
    fields = {column.name: column for column in table.columns}
    for line in lines:
        pieces: list[Piece] = []
        at = 0
        for hole in HOLE.finditer(table.pattern):
            pieces.append(Piece(table.pattern[at : hole.start()]))
            at = hole.end()
            if hole[1] == "n":
                pieces.append(Piece(_numeral(line.number, hole[2] or "1")))
            else:
                place = Place(table=table.name, row=line.row.id if line.row else "", column=hole[1])
                pieces.append(filler.value(place, fields[hole[1]], line.row.cells.get(hole[1], "") if line.row else ""))
        pieces.append(Piece(table.pattern[at:]))
        yield tuple(piece for piece in pieces if piece.text or piece.place)


_DIGITS = "零一二三四五六七八九"


def _numeral(number: int, style: str) -> str:
    if style != "一" or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def tree_shapes(tree: Tree, block: Block, lines: Sequence[Line], top: int, filler: Filler) -> Iterator[Shape]:
    """The cells of an indicator tree whose first line is row `top` of the grid."""
    fields = {column.name: column for column in tree.columns}
    for column in block.columns:
        if column.name == LEVEL1:
            yield from _labels(column, [(line.level1,) for line in lines], top, each=tree.each_level1)
        elif column.name == LEVEL2:
            yield from _labels(column, [(line.level1, line.level2) for line in lines], top, each=tree.each_level2)
        else:
            field = fields[column.name]
            for row, line in enumerate(lines, top):
                texts: Mapping[str, str] = line.indicator.columns if line.indicator else {}
                place = Place(indicator=line.indicator.id if line.indicator else "", column=column.name)
                piece = filler.value(place, field, texts.get(column.name, ""))
                yield Shape(row, column.col, 1, column.cols, "blank", (piece,), field, centred=True)


def _labels(column: BlockColumn, keys: Sequence[tuple[str, ...]], top: int, *, each: bool) -> Iterator[Shape]:
    """The labels of a level, one cell for each run of equal keys, or one a row."""
    start = 0
    for at in range(1, len(keys) + 1):
        if at == len(keys) or each or keys[at] != keys[start]:
            label = keys[start][-1]
            kind: CellKind = "label" if label else "empty"
            parts = (Piece(label),) if label else ()
            yield Shape(top + start, column.col, at - start, column.cols, kind, parts, centred=True)
            start = at
