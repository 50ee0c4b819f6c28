"""The sheets of a workbook as it was read: their cells by place, and numbers for places that faults can name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from forms.errors import Fault
from forms.importers.source import Source, SourceCell, SourceRow


@dataclass(slots=True)
class GivenSheet:
    """One sheet: its name, and by row (from 1) and column (from 0) the cells that stand there."""

    name: str
    rows: dict[int, dict[int, SourceCell]] = field(default_factory=dict)

    def text(self, row: int, col: int) -> str:
        """The text at a place; empty where there is none."""
        cell = self.rows.get(row, {}).get(col)
        return "" if cell is None or cell.covered else cell.text

    def address(self, row: int, col: int) -> str:
        """The address of a place as a person looks for it, with the sheet."""
        return f"{self.name}!{_letters(col)}{row}"


def sheets_of(source: Source) -> list[GivenSheet]:
    """The sheets of a workbook in order; those without any text are left out."""
    found: dict[int, GivenSheet] = {}
    for block in source.blocks:
        if isinstance(block, SourceRow) and block.cells:
            name = block.cells[0].address.rpartition("!")[0]
            sheet = found.setdefault(block.table, GivenSheet(name))
            sheet.rows[block.row] = {cell.col: cell for cell in block.cells}
    return list(found.values())


def _letters(col: int) -> str:
    """The letters of a column (from 0), as a workbook heads it."""
    letters = ""
    number = col + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Spots:
    """Numbers that stand in a tree where a file has line numbers; each means a cell, or the cells of one row."""

    def __init__(self) -> None:
        self._spots: list[list[tuple[str, str]]] = []

    def add(self, sheet: GivenSheet, row: int, cols: Iterable[int]) -> int:
        """A number for the cells of `row` in `cols`; a fault is told of the one it speaks of, else of the first."""
        told = [(sheet.address(row, col), sheet.text(row, col)) for col in cols]
        self._spots.append(told or [(sheet.address(row, 0), "")])
        return len(self._spots)

    def told(self, faults: Iterable[Fault], deeper: Iterable[Fault]) -> Iterator[Fault]:
        """The faults with their cells, in the order of the workbook, each once.

        The `deeper` ones are of the tree that the cells made: of a cell that could not be read they say nothing new.
        """
        placed = [(fault.line, fault._replace(line=0, cell=self._cell(fault))) for fault in faults]
        unread = {fault.cell for _, fault in placed}
        more = [(fault.line, fault._replace(line=0, cell=self._cell(fault))) for fault in deeper]
        placed += [(line, fault) for line, fault in more if fault.cell not in unread]
        yield from dict.fromkeys(fault for _, fault in sorted(placed, key=lambda pair: pair[0]))

    def _cell(self, fault: Fault) -> str:
        if not 0 < fault.line <= len(self._spots):
            return ""
        words = [text for _, text in fault.params if text]

        def speaks_of(candidate: tuple[str, str]) -> int:
            return sum(len(word) for word in words if word in candidate[1])

        return max(self._spots[fault.line - 1], key=speaks_of)[0]
