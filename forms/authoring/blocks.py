"""The parts of an unknown form that grow: indicator trees by their headings, tables by rows that are alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.authoring.given_cells import GivenForm
from forms.authoring.labels import joined
from forms.template.model import Role


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column of a block: its place, and the words of its heading from the top down."""

    col: int
    cols: int
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """The lowest words that are there."""
        return next((word for word in reversed(self.words) if word), "")


@dataclass(frozen=True, slots=True)
class TreeBlock:
    """An indicator tree: its heading rows, its rows, its columns, and what stands in them of 一级 and 二级.

    `limbs` gives for each 一级 its 二级 and how many rows each has; empty where the form prints none.
    """

    heads: range
    rows: range
    leaves: tuple[Leaf, ...]
    roles: tuple[Role | str | None, ...]
    limbs: dict[str, dict[str, int]] = field(default_factory=dict)
    each1: bool = False
    each2: bool = False
    blank: bool = True


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: its heading rows, its rows, its columns; `labels` name the rows where they are fixed.

    A pair is a single row of blanks below its labels, which are fields and no table.
    """

    heads: range
    rows: range
    leaves: tuple[Leaf, ...]
    labels: tuple[str, ...] = ()
    pair: bool = False
    serial: bool = False


def leaves_of(form: GivenForm, rows: range, cols: range) -> tuple[Leaf, ...]:
    """The columns under a heading: a leaf for each lowest cell, with the words above it."""
    leaves: list[Leaf] = []
    col = cols.start
    while col < cols.stop:
        lowest = form.at(rows[-1], col)
        path = dict.fromkeys(form.at(row, col) for row in rows)
        leaves.append(Leaf(lowest.col, lowest.cols, tuple(joined(cell.text) for cell in path)))
        col = max(lowest.col + lowest.cols, col + 1)
    return tuple(leaves)


Grown = TreeBlock | TableBlock


def is_pair(block: Grown) -> bool:
    """Whether a block is labels with blanks below, which does not grow."""
    return isinstance(block, TableBlock) and block.pair
