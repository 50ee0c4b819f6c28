"""Distributes the rows of a grid over pages: what is kept together, what is split, and what is printed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from forms.grid.cells import Cell, Grid

CONTINUED_HEIGHT = 12.0  # of the line that carries 续
_SMALLEST = 6.0  # a label printed again in a low fragment is never smaller than this
_FOLLOWING = 60.0  # a heading keeps at least this much of the row below it on its page
_SLACK = 14.0  # empty height, less than a line, that is given up to end a row on its page
_NEAR = 1e-6


class Fragment(NamedTuple):
    """A cell, or the part of it, that stands on one page. Lengths in points from the top of the paper.

    `size` is the font size; `continued` says that the text began on an earlier page and 续 is printed;
    `anchored` that the text begins at the top whatever the style says, because the cell was cut.
    """

    cell: Cell
    top: float
    bottom: float
    lines: tuple[str, ...]
    size: float
    continued: bool = False
    anchored: bool = False


def flow(grid: Grid) -> tuple[tuple[Fragment, ...], ...]:
    """The fragments of `grid`, page by page; every line of every cell stands in at least one of them.

    A row that fits a page is not cut; a taller one, and prose without borders, is cut between lines. A label is
    printed whole on each page its cell reaches, as far as there is room; any other text goes on where it stopped. Rows
    grow where a cut cost room.
    """
    return _Flow(grid).run()


class _Moving:
    """A cell on its way down the pages: which lines are printed, and where its fragment on this page began."""

    def __init__(self, cell: Cell, top: float, grid: Grid, room: float) -> None:
        self.cell = cell
        self.top = top
        self.last_row = min(cell.row + cell.rows, len(grid.heights)) - 1
        self._lines = cell.lines if any(cell.lines) else ()
        self._padding = 2 * grid.padding
        self._leading = grid.leading
        self._room = room
        self._next = 0
        self._cut = False
        # A label longer than a page cannot stand whole on any; it runs on like other text.
        self._repeats = cell.kind == "label" and self._height(len(self._lines)) <= room

    def needed(self) -> float:
        """The height that the lines not printed yet want on this page."""
        left = len(self._lines) - self._next
        return self._height(left) + (CONTINUED_HEIGHT if self._marked() else 0.0) if left else 0.0

    def cut(self, bottom: float) -> Fragment | None:
        """The fragment down to `bottom`, the cell going on over the page; None where it has no height yet."""
        height = bottom - self.top
        if height < _NEAR:
            return None
        fits = int((height - self._padding - (CONTINUED_HEIGHT if self._marked() else 0.0)) / self._line + _NEAR)
        if height >= self._room - _NEAR:
            fits = max(fits, 1)  # a page too low for a single line: print it all the same rather than turn for ever
        fragment = self._repeated(bottom) if self._repeats else self._onward(bottom, max(fits, 0))
        self._cut = True
        return fragment

    def end(self, bottom: float) -> Fragment | None:
        """The last fragment, with every line that is left; None where the cell ended with the page before."""
        if bottom - self.top < _NEAR:
            return None
        if self._repeats and self._cut:
            return self._repeated(bottom)
        return self._onward(bottom, len(self._lines))

    def _repeated(self, bottom: float) -> Fragment:
        count = len(self._lines)
        room = bottom - self.top - self._padding
        size = min(self.cell.style.size, (room + _NEAR) / (count * self._leading)) if count else self.cell.style.size
        lines = self._lines if size >= _SMALLEST or size == self.cell.style.size else ()
        if lines:
            self._next = count
        return Fragment(self.cell, self.top, bottom, lines, size)

    def _onward(self, bottom: float, fits: int) -> Fragment:
        lines = self._lines[self._next : self._next + fits]
        whole = len(lines) == len(self._lines)
        marked = self._marked() and bool(lines)
        self._next += len(lines)
        return Fragment(self.cell, self.top, bottom, lines, self.cell.style.size, marked, anchored=not whole)

    def _marked(self) -> bool:
        return self.cell.kind == "blank" and 0 < self._next < len(self._lines)

    def _height(self, lines: int) -> float:
        return self._padding + lines * self._line

    @property
    def _line(self) -> float:
        return self.cell.style.size * self._leading


class _Flow:
    """The walk down the rows: `y` is where the next row begins, `moving` the cells that reach below it."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.upper = grid.margins[0]
        self.lower = grid.paper.height - grid.margins[2]
        self.starting: dict[int, list[Cell]] = defaultdict(list)
        for cell in grid.cells:
            self.starting[cell.row].append(cell)
        self.headings = {row for head in grid.heads for row in head.rows}
        self.prose = {row for row, cells in self.starting.items() if all(cell.kind == "heading" for cell in cells)}
        filled = {cell.row for cell in grid.cells if any(piece.place for piece in cell.parts)}
        self.keeping = self.headings | (self.prose - filled)
        heads = sum(grid.heights[row] for row in self.headings if row < len(grid.heights))
        self.room = self.lower - self.upper - (heads if heads <= (self.lower - self.upper) / 2 else 0.0)
        self.page: list[Fragment] = []
        self.pages = [self.page]
        self.moving: list[_Moving] = []
        self.y = self.fresh = self.upper

    def run(self) -> tuple[tuple[Fragment, ...], ...]:
        """Walk down all rows."""
        for row in range(len(self.grid.heights)):
            self._row(row)
        return tuple(map(tuple, self.pages))

    def _row(self, row: int) -> None:
        if self._belongs_below(row):
            self._turn(row)
        self.moving += [self._enter(cell, self.y) for cell in self.starting[row]]
        used = 0.0
        height = self._height(row, used)
        while self.y + height > self.lower + _NEAR:
            used += self.lower - self.y
            self.y = self.lower
            self._turn(row)
            height = self._height(row, used)
        self.y += height
        ending = [one for one in self.moving if one.last_row == row]
        self.moving = [one for one in self.moving if one.last_row != row]
        self._put(one.end(self.y) for one in ending)

    def _enter(self, cell: Cell, top: float) -> _Moving:
        return _Moving(cell, top, self.grid, self.room)

    def _height(self, row: int, used: float) -> float:
        """What is left of the row's height after `used`, or more where a cell that ends in it wants more."""
        required = self._required(row)
        wanted = max(self.grid.heights[row] - used, required)
        left = self.lower - self.y
        return left if required <= left < wanted < left + _SLACK else wanted

    def _required(self, row: int) -> float:
        ends = (one.needed() - (self.y - one.top) for one in self.moving if one.last_row == row)
        return max(ends, default=0.0)

    def _belongs_below(self, row: int) -> bool:
        """Whether the row begins a new page although this one has room left."""
        if self.y <= self.fresh + _NEAR:
            return False
        height = max(self.grid.heights[row], self._required(row))
        left = self.lower - self.y
        if row in self.prose:
            return min(height, _FOLLOWING) + self._kept_with(row) > left + _NEAR
        if height > self.lower - self.upper - sum(self.grid.heights[above] for above in self._repeated(row)):
            return left < _FOLLOWING
        return height + self._kept_with(row) > left + _NEAR

    def _kept_with(self, row: int) -> float:
        """The height below a heading row that must stand on the same page; 0 below any other row."""
        kept = 0.0
        while row in self.keeping and row + 1 < len(self.grid.heights):
            row += 1
            height = self.grid.heights[row]
            # A row that fits a page moves there whole, and would leave its heading behind.
            whole = row in self.keeping or (row not in self.prose and height <= self.room)
            kept += height if whole else min(height, _FOLLOWING)
        return kept

    def _turn(self, row: int) -> None:
        """End the page, begin the next with the headings of `row`, and let unfinished cells go on there."""
        self._put(one.cut(self.y) for one in self.moving)
        self.page = []
        self.pages.append(self.page)
        places: dict[int, float] = {}
        self.y = self.upper
        for above in self._repeated(row):
            places[above] = self.y
            self.y += self.grid.heights[above]
        self.fresh = self.y
        for one in self.moving:
            covered = [top for above, top in places.items() if one.cell.row <= above <= one.last_row]
            one.top = min(covered, default=self.y)
        self._print_again(places)

    def _repeated(self, row: int) -> list[int]:
        rows = {above for head in self.grid.heads if row in head.body for above in head.rows if above < row}
        height = sum(self.grid.heights[above] for above in rows)
        return sorted(rows) if height <= (self.lower - self.upper) / 2 else []

    def _print_again(self, places: dict[int, float]) -> None:
        going_on = {id(one.cell) for one in self.moving}
        for row, top in places.items():
            for cell in self.starting[row]:
                if id(cell) not in going_on:
                    rows = range(row, row + cell.rows)
                    bottom = max(places[at] + self.grid.heights[at] for at in rows if at in places)
                    whole = rows[-1] in places
                    again = self._enter(cell, top)
                    self._put([again.end(bottom) if whole else again.cut(bottom)])

    def _put(self, fragments: Iterable[Fragment | None]) -> None:
        self.page.extend(one for one in fragments if one is not None)
