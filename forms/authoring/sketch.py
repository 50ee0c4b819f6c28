"""The drawing of a proposed template while it is made: tokens on a grid, the rows of what grows folded into one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from forms.authoring.blocks import Grown, is_pair
from forms.authoring.cells import token
from forms.authoring.given_cells import GivenCell, GivenForm, Place
from forms.authoring.labels import joined
from forms.template.writing import places

_NARROW, _WIDE = 4, 16  # column weights
_LONGEST_WORDS = 900  # signs that are escaped count twice, and a cell holds 2,000
_SPECIAL = re.compile(r"([\[\]{}\\])")


class Sketch:
    """The tokens of a drawing by row and column."""

    def __init__(self, form: GivenForm, blocks: Sequence[Grown]) -> None:
        self._form = form
        self._rows = _drawn_rows(form, [block for block in blocks if not is_pair(block)])
        self._grid = [["" for _ in range(form.columns)] for _ in range(len(set(self._rows.values())))]

    def put(self, cell: GivenCell, spelt: str) -> None:
        """Draw a cell, merged over all its places."""
        top, bottom = self._rows[cell.row], self._rows[cell.row + cell.rows - 1]
        for row in range(top, bottom + 1):
            for col in range(cell.col, min(cell.col + cell.cols, self._form.columns)):
                self._grid[row][col] = "<" if col > cell.col else "^"
        self._grid[top][cell.col] = spelt

    def put_block(self, block: Grown, name: str) -> None:
        """Draw the row a block grows from."""
        first, last = block.leaves[0], block.leaves[-1]
        row = block.rows.start
        self.put(GivenCell(row, first.col, 1, last.col + last.cols - first.col, ""), f"@{name}")

    def lines(self) -> Iterator[str]:
        """The lines of the drawing, without rows of blanks that nothing names."""
        idle = self._idle_rows()
        for number, row in enumerate(self._grid):
            if number not in idle:
                last = len(row)
                while last > 1 and row[last - 1] == "<":
                    last -= 1
                yield "|" if row[:last] == [""] else " | ".join(row[:last])
        if len(idle) == len(self._grid):  # not even one label: the first words at least are drawn
            yield next(literal(joined(cell.text)) for cell in self._form.cells if cell.text)

    def _idle_rows(self) -> set[int]:
        """The rows of blanks that nothing names, as far as no cell of theirs reaches into another row."""
        owners: dict[Place, Place] = {}
        reach: dict[Place, set[int]] = {}
        for row, tokens in enumerate(self._grid):
            for col, spelt in enumerate(tokens):
                at = {"<": owners.get((row, col - 1)), "^": owners.get((row - 1, col))}.get(spelt)
                owners[row, col] = owner = at or (row, col)
                reach.setdefault(owner, set()).add(row)
        busy = {row for (top, col), rows in reach.items() if self._grid[top][col] for row in rows}
        while more := {row for rows in reach.values() if rows & busy for row in rows} - busy:
            busy |= more
        return set(range(len(self._grid))) - busy

    def widths(self) -> list[int]:
        """Column weights by the longest words of a column: labels narrow, what is filled in wide."""
        longest = [0] * self._form.columns
        for cell in self._form.cells:
            if cell.cols == 1:
                words = joined(cell.text).split("\n")
                longest[cell.col] = max(longest[cell.col], 1, *map(places, words))
        return [max(_NARROW, min(length + 2, _WIDE)) if length else _WIDE for length in longest]


def _drawn_rows(form: GivenForm, blocks: Sequence[Grown]) -> dict[int, int]:
    """The row of the drawing for each row of the form: the rows of a block that grows are one."""
    folded = {row: block.rows.start for block in blocks for row in block.rows}
    firsts = sorted({folded.get(row, row) for row in range(form.rows)})
    place = {first: number for number, first in enumerate(firsts)}
    return {row: place[folded.get(row, row)] for row in range(form.rows)}


def printed(text: str) -> str:
    """Words around a blank, with the signs escaped that mean something within a cell."""
    return token(_SPECIAL.sub(r"\\\1", text))


def literal(text: str) -> str:
    """Words as the drawing spells them; of a text longer than any label the beginning."""
    spelt = printed(text[:_LONGEST_WORDS])
    return "\\" + spelt if spelt.startswith(("@", "<", "^", "#")) else spelt
