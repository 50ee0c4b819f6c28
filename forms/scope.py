"""What a formula sees of a filing: fields, columns, computed values, other filings; read once, kept until changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from forms import numerals
from forms.errors import BudgetExceeded
from forms.filing import Filing, Place
from forms.formula import UNREAD, Budget, Formula, Name, Pending, Scalar, evaluate
from forms.language import N_
from forms.template.dependencies import ABROAD, Key, blocks, computed_reads
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Field, Table, Template, Tree
from forms.units import factor_to, unit_of, unit_within
from forms.values import Kind, Unread, read, show

_NUMERIC = (Kind.MONEY, Kind.PERCENT, Kind.YEAR, Kind.INTEGER, Kind.DATE)


class Neighbours(Protocol):
    """Where the filings are that a rule of one filing may name."""

    def named(self, form: str, of: Filing) -> Sequence[tuple[Template, Filing]]:
        """The filings on templates called `form` (模板 or 编号) in the set of `of`, else of its year."""

    def incomplete(self, ident: str) -> bool:
        """Whether this filing is known to lack a part of its form: what is not found there may have stood there."""


class Alone:
    """No other filing is known."""

    def named(self, form: str, of: Filing) -> Sequence[tuple[Template, Filing]]:  # noqa: ARG002 — the protocol's
        """None."""
        return ()

    def incomplete(self, ident: str) -> bool:  # noqa: ARG002 — the protocol's
        """No."""
        return False


class Gathering:
    """Filings that lie side by side: of one file, one set, one year of the library."""

    def __init__(self, members: Iterable[tuple[Template, Filing]], incomplete: Iterable[str] = ()) -> None:
        self.members = tuple(members)
        self._incomplete = frozenset(incomplete)

    def named(self, form: str, of: Filing) -> Sequence[tuple[Template, Filing]]:
        """Those in the set of `of`; where there are none, those of its year."""
        others = [pair for pair in self.members if form in (pair[0].name, pair[0].id) and pair[1].id != of.id]
        same_set = [pair for pair in others if of.set and pair[1].set and pair[1].set.id == of.set.id]
        return same_set or [pair for pair in others if pair[1].year == of.year]

    def incomplete(self, ident: str) -> bool:
        """Whether this filing was told to be incomplete."""
        return ident in self._incomplete


class FilingScope:
    """The values of one filing for the rule language, read once; `at_row` sees them from a row of a table or tree."""

    def __init__(self, template: Template, filing: Filing, neighbours: Neighbours, budget: Budget) -> None:
        self.template = template
        self.filing = filing
        self.neighbours = neighbours
        self.budget = budget
        self.rounded = template.rounded
        self._formulas = computed_reads(template)
        self._row: _Seat | None = None
        self._wanted: str | None = None  # the money unit in which amounts of other forms are seen
        self._seats: dict[tuple[str, str], _Seat] | None = None
        self._read: dict[Key, list[Scalar]] = {}
        self._abroad: dict[str, FilingScope] = {}

    def turn_to(self, filing: Filing, changed: Iterable[Key]) -> None:
        """Look at `filing` from now on, which differs by the names `changed`; what else was read still stands."""
        self.filing = filing
        self._seats = None
        for name in changed:
            self._read.pop(name, None)
            if name == ABROAD:
                self._abroad.clear()

    def value(self, name: Name) -> Scalar:
        """The value of a field; inside a row, of a column of that row first."""
        if name.form:
            other, abroad = self._other(name.form), Name(name.name, table=name.table)
            return _times(factor_to(self._wanted, other.field(abroad), other.template), other.value(abroad))
        if self._row is not None and self._row.owner.column(name.name):
            return self.values((self._row.owner.name, name.name))[self._row.number]
        return self.values(("", name.name))[0]

    def column(self, name: Name) -> Sequence[Scalar]:
        """The values of a column, row by row."""
        if name.form:
            other, abroad = self._other(name.form), Name(name.name, table=name.table)
            factor = factor_to(self._wanted, other.field(abroad), other.template)
            return [_times(factor, cell) for cell in other.column(abroad)]
        return self.values((name.table, name.name))

    def places(self, name: Name) -> int:
        """The declared decimals of a field or column; whole units where none are declared."""
        if name.form:
            other, abroad = self._other(name.form), Name(name.name, table=name.table)
            return other.places(abroad) - factor_to(self._wanted, other.field(abroad), other.template).adjusted()
        field = self.field(name)
        return (field.places or 0) if field else 0

    def field(self, name: Name) -> Field | None:
        """The field or column of a name of the form itself."""
        column = block(self.template, name.table).column(name.name) if name.table else None
        return column or self.template.fields.get(name.name)

    def levels(self, name: Name) -> Sequence[int]:
        """How deep each row of the table of this column stands, from 0; -1 outside the hierarchy."""
        if name.form:
            return self._other(name.form).levels(Name(name.name, table=name.table))
        table = self.template.tables.get(name.table)
        rows = self.filing.rows(name.table)
        return [table.level(row.cells.get(table.level_column, "")) for row in rows] if table else []

    @contextmanager
    def at_row(self, row: Place | None, formula: Formula | None = None, owner: Field | None = None) -> Iterator[None]:
        """See the filing from a row of a table or tree: bare names are its columns first.

        Amounts of other forms are seen in the unit of `formula`, whose value is that of the field or column `owner`.
        """
        with self._seen(self._seat(row) if row else None, formula, owner):
            yield

    @contextmanager
    def _seen(self, seat: _Seat | None, formula: Formula | None, owner: Field | None) -> Iterator[None]:
        outer = self._row, self._wanted
        self._row = seat
        abroad = formula and any(name.form for name in formula.names)
        if formula and abroad:
            self._wanted = unit_within(formula, self.template, seat.owner if seat else None, owner)
        try:
            yield
        finally:
            self._row, self._wanted = outer

    def _seat(self, row: Place) -> _Seat | None:
        if self._seats is None:
            self._seats = {
                (at.table, at.row or at.indicator): _Seat(owner, number)
                for owner in blocks(self.template)
                for number, (at, _) in enumerate(entries(self.filing, owner.name))
            }
        return self._seats.get((row.table, row.row or row.indicator))

    def values(self, key: Key) -> list[Scalar]:
        """The values under a name. What computed ones read is calculated before them, so that none calls the next."""
        waiting = [key]
        while waiting:
            one = waiting[-1]
            missing = [
                name for name in self._formulas.get(one, ()) if name in self._formulas and name not in self._read
            ]
            if missing and one not in self._read:
                waiting.extend(missing)
                continue
            if one not in self._read:
                self._read[one] = self._fill(*one)
            waiting.pop()
        return self._read[key]

    def _fill(self, table: str, name: str) -> list[Scalar]:
        if not table:
            field = self.template.fields.get(name)
            text = self.filing.values.get(name, "")
            return [self._scalar(field, text, None) if field else None]
        owner = block(self.template, table)
        column = owner.column(name)
        if column is None or column.kind is Kind.ROW_LABEL:
            return [text or None for text in self._printed(owner, column, name)]
        absent = without_cell(owner, self.filing, column)
        found: list[Scalar] = []
        for number, (at, texts) in enumerate(entries(self.filing, table)):
            lacking, text = at.row in absent, texts.get(name, "")
            value = None if lacking and column.formula else self._scalar(column, text, _Seat(owner, number))
            # A dash where the form has no cell is no number that could not be read.
            found.append(None if lacking and value is UNREAD else value)
        return found

    def _printed(self, owner: Table | Tree, column: Field | None, name: str) -> list[str]:
        """What is printed at each row rather than typed: its 行名, or the 一级指标 or 二级指标 it stands under."""
        if column is not None:
            return [row.cells.get(name) or row.label for row in self.filing.rows(owner.name)]
        own = [one for one in self.filing.indicators if one.tree == owner.name and isinstance(owner, Tree)]
        levels = {LEVEL1: [one.level1 for one in own], LEVEL2: [one.level2 for one in own]}
        return levels.get(name, [])

    def _scalar(self, field: Field, text: str, seat: _Seat | None) -> Scalar:
        if field.formula is None or (field.proposes and text.strip()):
            return understood(field, text, self.template)
        try:
            with self._seen(seat, field.formula, field):
                result = evaluate(field.formula, self, self.budget)
        except BudgetExceeded:
            return UNREAD
        return UNREAD if isinstance(result, bool) else result

    def _other(self, form: str) -> FilingScope:
        if form not in self._abroad:
            found = self.neighbours.named(form, self.filing)
            if not found:
                raise Pending(N_("没有找到同一套或同一年度的“{form}”，暂不核对。"), form=form)
            if len(found) > 1:
                raise Pending(N_("有 {count} 份“{form}”，不知道该与哪一份核对。"), form=form, count=str(len(found)))
            self._abroad[form] = FilingScope(*found[0], Alone(), self.budget)
        return self._abroad[form]


@dataclass(frozen=True, slots=True)
class _Seat:
    """A row as seen by a formula: of which table or tree, and the how manieth, from 0."""

    owner: Table | Tree
    number: int


def block(template: Template, name: str) -> Table | Tree:
    """The table or tree of this name; an empty table where there is none."""
    return template.tables.get(name) or template.trees.get(name) or Table(name, ())


def entries(filing: Filing, name: str) -> list[tuple[Place, Mapping[str, str]]]:
    """The rows of a table, or the indicators of a tree: the place of each, without a column, and its texts."""
    if name in filing.tables:
        return [(Place(table=name, row=row.id), row.cells) for row in filing.tables[name]]
    return [(Place(indicator=one.id), one.columns) for one in filing.indicators if one.tree == name]


def _times(factor: Decimal, cell: Scalar) -> Scalar:
    return Decimal(numerals.shortest(cell * factor)) if factor != 1 and isinstance(cell, Decimal) else cell


def without_cell(owner: Table | Tree, filing: Filing, column: Field) -> frozenset[str]:
    """The rows, by id, in which the form has no cell for a column (无格)."""
    if isinstance(owner, Tree) or not owner.absent:
        return frozenset()
    return frozenset(row.id for row in filing.rows(owner.name) if (row.label, column.name) in owner.absent)


def understood(field: Field, text: str, template: Template) -> Scalar:
    """The typed text as the rule language sees it: a number, a text, None for blank, UNREAD for what is no number."""
    value = read(field.kind, text, unit=unit_of(field, template), choices=field.choices, places=field.places)
    if isinstance(value, Unread):
        return UNREAD if field.kind in _NUMERIC else text
    return value.isoformat() if isinstance(value, date) else value


def computed_text(field: Field, value: Scalar) -> str:
    """A computed value as printed; blank where there is none."""
    if isinstance(value, Decimal):
        return show(field.kind, value, places=field.places)
    return value if isinstance(value, str) else ""
