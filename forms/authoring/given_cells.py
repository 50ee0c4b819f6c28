"""The cells of a form nobody has a template for, on their grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from forms.authoring.labels import joined

Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class GivenCell:
    """One cell of a form: its place and span in the grid, counted from 0, and the address a person knows it by."""

    row: int
    col: int
    rows: int
    cols: int
    text: str
    address: str = ""

    @property
    def place(self) -> Place:
        """The first place it covers."""
        return self.row, self.col

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """All it covers; the same cell of another filling has the same."""
        return self.row, self.col, self.rows, self.cols


@dataclass(frozen=True)
class GivenForm:
    """One form: what stands above its table, its cells from the top down and left to right, what stands below."""

    above: tuple[str, ...]
    cells: tuple[GivenCell, ...]
    rows: int
    columns: int
    below: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[tuple[GivenCell, ...], ...]:
        """The cells that begin in each row."""
        found: list[list[GivenCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            found[cell.row].append(cell)
        return tuple(tuple(sorted(line, key=lambda cell: cell.col)) for line in found)

    @cached_property
    def owners(self) -> dict[Place, GivenCell]:
        """The cell that covers each place."""
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for col in range(cell.col, cell.col + cell.cols)
        }

    @cached_property
    def by_shape(self) -> dict[tuple[int, int, int, int], str]:
        """The text of each cell by all it covers."""
        return {cell.shape: cell.text for cell in self.cells}

    def at(self, row: int, col: int) -> GivenCell:
        """The cell that covers a place; an empty one where the file has a hole."""
        return self.owners.get((row, col)) or GivenCell(row, col, 1, 1, "")

    def text(self, row: int, col: int) -> str:
        """The words at a place, on one line."""
        return joined(self.at(row, col).text)


def fitted(cells: Sequence[GivenCell]) -> list[GivenCell]:
    """The cells without those places that another cell covers already, as a damaged file may have it."""
    taken: set[Place] = set()
    made: list[GivenCell] = []
    for cell in cells:
        if cell.place in taken:
            continue
        cols = next((n for n in range(1, cell.cols) if (cell.row, cell.col + n) in taken), cell.cols)
        span = range(cell.col, cell.col + cols)
        below = range(1, cell.rows)
        rows = next((n for n in below if any((cell.row + n, col) in taken for col in span)), cell.rows)
        made.append(GivenCell(cell.row, cell.col, rows, cols, cell.text, cell.address))
        taken.update((cell.row + n, col) for n in range(rows) for col in span)
    return made
