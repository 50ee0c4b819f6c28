"""Parts a grid into what a Word file is made of: paragraphs, and tables whose first rows Word repeats on each page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from forms.grid.cells import Cell, Grid, Head

# Of the height of a page. Word's rows come out a little taller than the grid's, so a sheet that just fits a page here
# may not fit it there.
_FULL = 0.9


class Line(NamedTuple):
    """A row that is one cell without borders, printed as a paragraph of its own."""

    cell: Cell


class Table(NamedTuple):
    """Rows of a table, of which Word repeats the first `heads` on each page.

    `seam` says that it goes on straight below another table: the two are one on the paper.
    """

    rows: range
    heads: int
    seam: bool = False


Block = Line | Table


def room(grid: Grid) -> float:
    """The height between the margins of a page, in points."""
    return grid.paper.height - grid.margins[0] - grid.margins[2]


def blocks(grid: Grid) -> Iterator[Block]:
    """The paragraphs and tables of a sheet from top to bottom.

    Word repeats rows at the top of a table only, and on every page of it. So a sheet of several pages is cut above the
    headings inside it and below what they head, where no merged cell would be cut too. A title that is to stand on
    every page does so as far as the first of the tables goes.
    """
    page = _Page(grid)
    start: int | None = None
    seam = False
    for row in range(len(grid.heights)):
        line = page.line(row)
        if start is not None and (line or row in page.cuts):
            yield page.table(range(start, row), seam=seam)
            start, seam = None, line is None
        if line:
            yield Line(line)
            seam = False
        elif start is None:
            start = row
    if start is not None:
        yield page.table(range(start, len(grid.heights)), seam=seam)


class _Page:
    """What of a grid must be known to part it: rows without borders, rows inside merged cells, repeated rows."""

    def __init__(self, grid: Grid) -> None:
        self._count = len(grid.heights)
        self._lines = {cell.row: cell for cell in grid.cells if _is_line(cell, grid)}
        self._inside = {row for cell in grid.cells for row in range(cell.row + 1, cell.row + cell.rows)}
        self._long = sum(grid.heights) > room(grid) * _FULL
        rows = {row for head in grid.heads for row in head.rows}
        # As on our own pages: headings that leave less than half a page are not repeated.
        self._repeated = rows if sum(grid.heights[row] for row in rows) <= room(grid) / 2 else set()
        self.cuts: Collection[int] = set(self._cuts(grid.heads)) if self._long else ()

    def line(self, row: int) -> Cell | None:
        """The cell of a row that is a paragraph; None for a row of a table, such as a title above repeated headings."""
        below = row
        while below in self._repeated and below in self._lines:
            below += 1
        return None if below > row and below < self._count and below not in self._lines else self._lines.get(row)

    def table(self, rows: range, *, seam: bool) -> Table:
        """A table of `rows`, with as many of the first repeated as can be."""
        heads = 0
        while heads < len(rows) and rows[heads] in self._repeated:
            heads += 1
        if heads == len(rows):
            heads = 0
        # A cell merged over the end of the headings is cut there only where there is a second page to repeat them on.
        while heads and not self._long and rows.start + heads in self._inside:
            heads -= 1
        return Table(rows, heads, seam)

    def _cuts(self, heads: Iterable[Head]) -> Iterator[int]:
        for head in heads:
            top, below = head.rows.start, head.body.stop
            if top not in self._repeated or top in self._lines:
                continue
            if top not in self._inside and top - 1 not in self._repeated:
                yield top
            while below in self._inside:
                below += 1
            yield below


def _is_line(cell: Cell, grid: Grid) -> bool:
    return not cell.style.border and (cell.rows, cell.cols) == (1, len(grid.widths))
