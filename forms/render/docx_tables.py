"""Draws rows of a grid as a table of a Word file: widths, merged cells, borders, heights and directions of text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from forms.grid.cells import Cell, Grid
from forms.render.docx_blocks import Table, room
from forms.render.docx_looks import TWIPS, Looks
from forms.render.docx_text import lines_of, run

_SIDES = ("top", "left", "bottom", "right")
_LINE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'  # half a point, as on our own pages
_BARE = "<w:tcBorders>{}</w:tcBorders>".format("".join(f'<w:{side} w:val="nil"/>' for side in _SIDES))


class _Area(NamedTuple):
    """A cell and its rows, or a part of it: `opened` is the side on which the other part goes on without a border."""

    cell: Cell
    top: int
    bottom: int
    opened: Literal["", "top", "bottom"] = ""


def table_xml(grid: Grid, table: Table, looks: Looks) -> str:
    """The w:tbl of some rows of a grid."""
    return "".join(_Drawing(grid, table, looks).xml())


class _Drawing:
    """One table on its way into markup."""

    def __init__(self, grid: Grid, table: Table, looks: Looks) -> None:
        self.grid = grid
        self.table = table
        self.looks = looks
        # Edges are rounded, not widths: the sum must not drift from the paper's.
        self.edges = [round(at * TWIPS) for at in accumulate(grid.widths, initial=0.0)]
        self.areas: dict[int, list[_Area]] = defaultdict(list)
        for cell in grid.cells:
            if cell.row in table.rows:
                for area in self._areas(cell):
                    for row in range(area.top, area.bottom):
                        self.areas[row].append(area)
        # Where every cell has all its borders the table has them, and rows added in Word have them too.
        self.framed = all(area.cell.style.border and not area.opened for some in self.areas.values() for area in some)

    def xml(self) -> Iterator[str]:
        """The table from its settings to its last row."""
        lines = "".join(_LINE.format(side) for side in (*_SIDES, "insideH", "insideV"))
        borders = f"<w:tblBorders>{lines}</w:tblBorders>" if self.framed else ""
        padding = round(self.grid.padding * TWIPS)
        margins = "".join(f'<w:{side} w:w="{padding}" w:type="dxa"/>' for side in _SIDES)
        columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(self.edges))
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{self.edges[-1]}" w:type="dxa"/><w:jc w:val="center"/>'
            f'{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        for row in self.table.rows:
            yield self._row(row)
        yield "</w:tbl>"

    def _areas(self, cell: Cell) -> Iterator[_Area]:
        top, bottom = cell.row, cell.row + cell.rows
        body = self.table.rows.start + self.table.heads
        if top < body < bottom:
            # Word prints whole rows again, so a label beside headings and body is two cells without a line between.
            yield _Area(cell, top, body, "bottom")
            yield _Area(cell, body, bottom, "top")
        else:
            yield _Area(cell, top, bottom)

    def _row(self, row: int) -> str:
        height = self.grid.heights[row]
        head = row < self.table.rows.start + self.table.heads
        # A taller row, kept whole, could leave most of a page empty.
        whole = "<w:cantSplit/>" if height <= room(self.grid) / 2 else ""
        repeated = "<w:tblHeader/>" if head else ""
        cells: list[str] = []
        col = 0
        for area in sorted(self.areas[row], key=lambda area: area.cell.col):
            cells += [self._gap(col, area.cell.col)] if area.cell.col > col else []
            cells.append(self._cell(area, row, keep=head))
            col = area.cell.col + area.cell.cols
        cells += [self._gap(col, len(self.grid.widths))] if col < len(self.grid.widths) else []
        settings = f'{whole}<w:trHeight w:val="{round(height * TWIPS)}" w:hRule="atLeast"/>{repeated}'
        return f"<w:tr><w:trPr>{settings}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, area: _Area, row: int, *, keep: bool) -> str:
        cell, style = area.cell, area.cell.style
        merge = ""
        if area.bottom - area.top > 1:
            merge = '<w:vMerge w:val="restart"/>' if row == area.top else "<w:vMerge/>"
        settings = (
            self._width(cell.col, cell.col + cell.cols)
            + merge
            + ("" if self.framed else _borders(area))
            + ('<w:textDirection w:val="tbRlV"/>' if style.vertical else "")
            + ('<w:vAlign w:val="center"/>' if style.valign == "middle" else "")
        )
        look = f"<w:pPr>{self.looks.of(cell, self.grid.leading, keep=keep)}</w:pPr>"
        lines = lines_of(cell, self.grid) if row == area.top and area.opened != "bottom" else [""]
        paragraphs = "".join(f"<w:p>{look}{run(line)}</w:p>" for line in lines)
        return f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraphs}</w:tc>"

    def _gap(self, left: int, right: int) -> str:
        """A cell that the form does not have: nothing and no borders."""
        return f"<w:tc><w:tcPr>{self._width(left, right)}{_BARE}</w:tcPr><w:p/></w:tc>"

    def _width(self, left: int, right: int) -> str:
        span = f'<w:gridSpan w:val="{right - left}"/>' if right - left > 1 else ""
        return f'<w:tcW w:w="{self.edges[right] - self.edges[left]}" w:type="dxa"/>{span}'


def _borders(area: _Area) -> str:
    if not area.cell.style.border:
        return _BARE
    sides = ("" if side == area.opened else _LINE.format(side) for side in _SIDES)
    return f"<w:tcBorders>{''.join(sides)}</w:tcBorders>"
