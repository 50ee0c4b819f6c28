"""What the program itself writes into a table: the numbers of its rows, and the cells that formulas make."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.bridge import Bridge
from forms.draft import Change
from forms.filing import Place, Row
from forms.template.dependencies import Key, computed_reads
from forms.template.model import Field
from forms.values import Kind


class WrittenCells:
    """The numbers and computed values of one table; each is taken anew when it is told to, and says what changed."""

    def __init__(self, bridge: Bridge, table: str, columns: Sequence[Field], rows: Sequence[Row]) -> None:
        self._bridge = bridge
        self._table = table
        self._names = {number: one.name for number, one in enumerate(columns) if one.formula is not None}
        self._serial = next((number for number, one in enumerate(columns) if one.kind is Kind.SERIAL), -1)
        self._read = self._all_read()
        self._counts: dict[str, str] = {}
        self._values: dict[int, dict[str, str]] = {}  # by column and row
        self.recount(rows)
        self.compute(rows)

    def number(self, ident: str) -> str:
        """The number of a row; empty for one that is not counted yet."""
        return self._counts.get(ident, "")

    def value(self, ident: str, column: int) -> str:
        """What a formula made in a row."""
        return self._values[column].get(ident, "")

    def reached(self, change: Change) -> bool:
        """Whether a computed cell may have another value after a change."""
        names = (place.field or place.column for place in change.places)
        return bool(self._names) and (change.structure or any(name in self._read for name in names))

    def recount(self, rows: Sequence[Row]) -> tuple[int, list[int]]:
        """Count the rows anew; gives the column of their numbers and the lines in which another one stands now."""
        if self._serial < 0:
            return -1, []
        before = self._counts
        self._counts = {row.id: str(number) for number, row in enumerate(rows, 1) if row.id}
        changed = [line for line, row in enumerate(rows) if before.get(row.id) != self._counts.get(row.id)]
        return self._serial, changed

    def compute(self, rows: Sequence[Row]) -> list[tuple[int, list[int]]]:
        """Take over what the formulas made; gives each of their columns with the lines that changed."""
        before, self._values = self._values, {}
        for column, name in self._names.items():
            self._values[column] = {row.id: self._computed(row.id, name) for row in rows if row.id}
        return self._changed(before, rows)

    def _computed(self, ident: str, name: str) -> str:
        return self._bridge.review.computed.get(Place(table=self._table, row=ident, column=name), "")

    def _changed(self, before: dict[int, dict[str, str]], rows: Sequence[Row]) -> list[tuple[int, list[int]]]:
        return [
            (column, [line for line, row in enumerate(rows) if known.get(row.id) != before.get(column, {}).get(row.id)])
            for column, known in self._values.items()
        ]

    def _all_read(self) -> set[str]:
        """The names of all fields and columns that the computed columns read, and what those read."""
        reads = computed_reads(self._bridge.template)
        waiting: list[Key] = [(self._table, name) for name in self._names.values()]
        keys: set[Key] = set()
        while waiting:
            new = set(reads.get(waiting.pop(), ())) - keys
            keys |= new
            waiting += new
        return {name for _, name in keys}
