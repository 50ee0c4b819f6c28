"""What is wrong in the cells of one table, and what of it is to be said now."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop.models.remarks import while_at_work
from forms.problem import Problem

Cell = tuple[str, int]  # the id of a row and the number of a column; of the row that waits an empty id


class CellFindings:
    """The problems of a table by cell; of the row `quiet` only what is wrong is said, unless `outspoken`.

    What is wrong with the table as a whole belongs to the row that waits.
    """

    def __init__(self, table: str, column_of: Callable[[str], int]) -> None:
        self.quiet = ""
        self.outspoken = False
        self._table = table
        self._column_of = column_of
        self._found: dict[Cell, tuple[Problem, ...]] = {}

    def take(self, problems: Iterable[Problem]) -> list[Cell]:
        """Keep the problems of now, gravest first; gives the cells whose problems are not what they were."""
        found: dict[Cell, tuple[Problem, ...]] = {}
        for one in problems:
            if one.at.table == self._table:
                cell = (one.at.row, self._column_of(one.at.column))
                found[cell] = (*found.get(cell, ()), one)
        before, self._found = self._found, found
        return [cell for cell in before.keys() | found.keys() if before.get(cell) != found.get(cell)]

    def said(self, cell: Cell, *, filled: bool) -> tuple[Problem, ...]:
        """What is to be said of a cell that is filled or not."""
        found = self._found.get(cell, ())
        if self.outspoken or cell[0] not in ("", self.quiet):
            return found
        return while_at_work(found) if filled else ()

    def of(self, *idents: str) -> list[Cell]:
        """The cells of these rows in which something is wrong, said or not; all of them where none are named."""
        return [cell for cell in self._found if not idents or cell[0] in idents]
