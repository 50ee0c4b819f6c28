"""Where the cells of a sheet stand on the screen: columns shared out as drawn, rows as high as their cells need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

LINE = 1  # logical pixels between two cells


@dataclass(slots=True, eq=False)
class Placed:
    """A cell: where it is on the grid, how high it stands in a width, and its rectangle once that is known.

    It holds a widget, or `words` of the form that are drawn. `framed` cells have lines around them.
    """

    row: int
    col: int
    rows: int
    cols: int
    height: Callable[[int], int]
    widget: QWidget | None = None
    words: str = ""
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    large: bool = False
    framed: bool = False
    rect: QRect = field(default_factory=QRect)


def columns(weights: Sequence[float], width: int) -> list[int]:
    """The edges of columns that share `width` by their weights: one more than there are columns, the first at 0."""
    total = sum(weights)
    return [0, *(round(width * so_far / total) for so_far in accumulate(weights))]


def rows(cells: Sequence[Placed], edges: Sequence[int], least: int) -> list[int]:
    """The edges of rows that are as high as their cells need, never lower than `least`.

    What a merged cell needs beyond its rows goes to the last of them, so that labels stay beside what they name.
    """
    heights = [least] * max((cell.row + cell.rows for cell in cells), default=0)
    for cell in sorted(cells, key=lambda cell: cell.rows):
        width = edges[cell.col + cell.cols] - edges[cell.col] - LINE
        lacking = cell.height(width) + LINE - sum(heights[cell.row : cell.row + cell.rows])
        if lacking > 0:
            heights[cell.row + cell.rows - 1] += lacking
    return [0, *accumulate(heights)]


def spot(cell: Placed, across: Sequence[int], down: Sequence[int]) -> QRect:
    """The rectangle of a cell inside its lines, origin at the corner of the sheet."""
    left, top = across[cell.col] + LINE, down[cell.row] + LINE
    return QRect(left, top, across[cell.col + cell.cols] - left, down[cell.row + cell.rows] - top)
