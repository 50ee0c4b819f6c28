"""Where in the workbook the blanks of the form stand, for formulas that read them."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from forms.filing import Filing, Place
from forms.formula import Name
from forms.scope import block
from forms.template.model import Field, Template
from forms.values import Kind


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of the workbook; rows and columns from 1."""

    sheet: str
    row: int
    col: int

    def to(self, row: int) -> str:
        """The range from this cell down to `row`, as formulas write it."""
        letter, sheet = get_column_letter(self.col), self.sheet.replace("'", "''")
        return f"'{sheet}'!${letter}${self.row}:${letter}${row}"

    def __str__(self) -> str:
        return self.to(self.row).partition(":")[0]


@dataclass(slots=True)
class _Block:
    """The cells of one table or tree; None for a column with cells that hold more than their blank."""

    rows: set[tuple[str, int]] = field(default_factory=set)
    columns: dict[str, Spot | None] = field(default_factory=dict)


class Addresses:
    """The blanks of one filing that stand alone in their cell, as fields and as columns."""

    def __init__(self, template: Template, filing: Filing) -> None:
        self._template = template
        self._trees = {one.id: one.tree for one in filing.indicators}
        self._fields: dict[str, Spot] = {}
        self._cells: dict[Place, Spot] = {}
        self._blocks: dict[str, _Block] = {}

    def put(self, place: Place, spot: Spot, *, alone: bool) -> None:
        """Note that `place` stands at `spot`; `alone` where the value of the cell is that of the blank."""
        if place.field:
            if alone:
                self._fields.setdefault(place.field, spot)
            return
        if alone:
            self._cells[place] = spot
        found = self._blocks.setdefault(self._owner(place), _Block())
        found.rows.add((spot.sheet, spot.row))
        first = found.columns.setdefault(place.column, spot)
        if not alone or (first and first.col != spot.col):
            found.columns[place.column] = None

    def locate(self, name: Name, row: Place | None = None) -> str | None:
        """The address of a field's cell or a column's cells; None where there is none to calculate with.

        Seen from a row of a table or tree, a bare name is first a column of that row.
        """
        drawn = self.field(name, row)
        if name.form or drawn is None or drawn.kind is Kind.DATE:
            return None
        if not name.table:
            own = self._in_row(name, row)
            spot = self._cells.get(own) if own else self._fields.get(name.name)
            return str(spot) if spot else None
        found = self._blocks.get(name.table, _Block())
        first = found.columns.get(name.name)
        rows = sorted(row for _, row in found.rows)
        # A table over two sheets, or with a row so tall that it takes several, is no plain range.
        if first is None or len({sheet for sheet, _ in found.rows}) != 1 or rows[-1] - rows[0] >= len(rows):
            return None
        return Spot(first.sheet, rows[0], first.col).to(rows[-1])

    def field(self, name: Name, row: Place | None = None) -> Field | None:
        """What a name stands for in this form, or seen from a row of it."""
        own = self._in_row(name, row)
        if own or name.table:
            return block(self._template, self._owner(own) if own else name.table).column(name.name)
        return self._template.fields.get(name.name)

    def field_at(self, place: Place) -> Field | None:
        """What stands at a place."""
        if place.field:
            return self._template.fields.get(place.field)
        return block(self._template, self._owner(place)).column(place.column)

    def _in_row(self, name: Name, row: Place | None) -> Place | None:
        """The place of a bare name that is a column of `row`."""
        if row is None or name.table or not block(self._template, self._owner(row)).column(name.name):
            return None
        return Place(table=row.table, row=row.row, indicator=row.indicator, column=name.name)

    def _owner(self, place: Place) -> str:
        """The table or tree of a place; a blank row of one of several trees could belong to any of them."""
        if place.table:
            return place.table
        if place.indicator in self._trees:
            return self._trees[place.indicator]
        return next(iter(self._template.trees)) if len(self._template.trees) == 1 else ""
