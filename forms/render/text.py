"""A grid as plain text with drawn borders, for the terminal; Chinese characters take two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from forms.grid.cells import Cell, Grid

_POINTS_A_PLACE = 5.0  # how many points of the form one place of the terminal stands for


def render(grids: Sequence[Grid]) -> str:
    """The grids one below the other."""
    return "\n\n".join(_Picture(grid).text() for grid in grids)


def places(text: str) -> int:
    """How many places of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 0 if unicodedata.combining(ch) else 1 for ch in text)


def _fold(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for ch in paragraph:
            needed = places(ch)
            if used + needed > width and line:
                lines.append(line)
                line, used = "", 0
            line, used = line + ch, used + needed
        lines.append(line)
    return lines


class _Picture:
    """Lays the cells out on lines and columns of characters and draws them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.widths = [max(4, round(width / _POINTS_A_PLACE)) for width in grid.widths]
        self.lines = {id(cell): self._lines(cell) for cell in grid.cells}
        self.heights = [1] * len(grid.heights)
        for cell in sorted(grid.cells, key=lambda cell: cell.rows):
            rows = range(cell.row, cell.row + cell.rows)
            lacking = len(self.lines[id(cell)]) - sum(self.heights[r] for r in rows) - (cell.rows - 1)
            if lacking > 0:
                self.heights[rows[-1]] += lacking
        self.tops = [sum(self.heights[:row]) + row + 1 for row in range(len(self.heights) + 1)]
        self.lefts = [sum(self.widths[:col]) + col + 1 for col in range(len(self.widths) + 1)]
        self.canvas = [[" "] * self.lefts[-1] for _ in range(self.tops[-1])]

    def _lines(self, cell: Cell) -> list[str]:
        room = sum(self.widths[cell.col : cell.col + cell.cols]) + cell.cols - 1
        return _fold(cell.text, room) if cell.text else []

    def text(self) -> str:
        for cell in self.grid.cells:
            if cell.style.border:
                self._border(cell)
        for cell in self.grid.cells:
            self._write(cell)
        return "\n".join("".join(line).rstrip() for line in self.canvas)

    def _border(self, cell: Cell) -> None:
        top, bottom = self.tops[cell.row] - 1, self.tops[cell.row + cell.rows] - 1
        left, right = self.lefts[cell.col] - 1, self.lefts[cell.col + cell.cols] - 1
        for x in range(left, right + 1):
            for y in (top, bottom):
                self.canvas[y][x] = "-" if self.canvas[y][x] in " -" else "+"
        for y in range(top, bottom + 1):
            for x in (left, right):
                self.canvas[y][x] = "|" if y not in (top, bottom) else "+"

    def _write(self, cell: Cell) -> None:
        left, right = self.lefts[cell.col], self.lefts[cell.col + cell.cols] - 1
        for offset, line in enumerate(self.lines[id(cell)]):
            room = right - left - places(line)
            x = left + (room // 2 if cell.style.align == "center" else room if cell.style.align == "right" else 0)
            for ch in line:
                if not places(ch):  # an accent joins the character before it
                    self.canvas[self.tops[cell.row] + offset][x - 1] += ch
                    continue
                self.canvas[self.tops[cell.row] + offset][x] = ch
                for extra in range(1, places(ch)):
                    self.canvas[self.tops[cell.row] + offset][x + extra] = ""
                x += places(ch)
