"""A drawing filled with a filing: its blocks grown, every cell with its words and values, nothing measured yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.grid.cells import CellKind
from forms.grid.filling import Filler
from forms.grid.growth import Line, Shape, lines_of, paragraphs, table_shapes, tree_shapes
from forms.template.model import Blank, Block, LayoutCell, Sheet


@dataclass(frozen=True, slots=True)
class Expansion:
    """The cells of one sheet on its grown rows; `starts` is the first grid row of each row of the drawing."""

    rows: int
    shapes: tuple[Shape, ...]
    starts: tuple[int, ...]


def expand(sheet: Sheet, filler: Filler) -> Expansion:
    """Grow the blocks of `sheet` and fill every cell."""
    lines: dict[str, list[Line]] = {}
    starts, rows = [], 0
    for row in range(sheet.rows):
        beginning = [block.name for block in sheet.blocks if block.row == row]
        grown = lines_of(beginning, filler.template, filler.filing)
        lines |= grown
        starts.append(rows)
        rows += max(map(len, grown.values()), default=1)
    ends = [*starts[1:], rows]
    blocks = {block.name: block for block in sheet.blocks}
    shapes: list[Shape] = []
    for cell in sheet.cells:
        top, bottom = starts[cell.row], ends[cell.row + cell.rows - 1]
        if cell.block:
            shapes.extend(_grown(blocks[cell.block], cell, top, lines[cell.block], filler))
            lacking = bottom - top - len(lines[cell.block])
            if lacking:  # a neighbour on the same row is longer
                shapes.append(Shape(bottom - lacking, cell.col, lacking, cell.cols, "empty", ()))
        else:
            shapes.append(_plain(cell, top, bottom - top, filler))
    return Expansion(rows, tuple(shapes), tuple(starts))


def _plain(cell: LayoutCell, top: int, rows: int, filler: Filler) -> Shape:
    blanks = [part for part in cell.parts if isinstance(part, Blank)]
    kind: CellKind = "heading" if cell.heading else "blank" if blanks else "label" if cell.parts else "empty"
    field = filler.template.fields.get(blanks[0].field) if len(blanks) == 1 and not blanks[0].tick else None
    return Shape(top, cell.col, rows, cell.cols, kind, filler.pieces(cell.parts), field)


def _grown(block: Block, cell: LayoutCell, top: int, lines: list[Line], filler: Filler) -> Iterator[Shape]:
    template = filler.template
    if block.name in template.trees:
        yield from tree_shapes(template.trees[block.name], block, lines, top, filler)
    elif template.tables[block.name].pattern:
        for row, parts in enumerate(paragraphs(template.tables[block.name], lines, filler), top):
            yield Shape(row, cell.col, 1, cell.cols, "heading", parts)
    else:
        yield from table_shapes(template.tables[block.name], block, lines, top, filler)
