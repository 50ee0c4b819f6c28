"""A new filing from an earlier one: what has the same name or means the same goes along, with what was left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.bearings import year_field
from forms.filing import PRACTICE, Filing, Indicator, Origin, Place, Row, new_id
from forms.succession.indicators import Grafting, trees
from forms.succession.names import counterparts
from forms.succession.texts import carried
from forms.template.model import Blank, Field, Table, Template
from forms.template.spelling import branch_key
from forms.values import Kind, fold

_CHARACTERS = str.maketrans("0123456789", "〇一二三四五六七八九")  # of years in prose: 二〇二五年


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that came along: where it stands now, where it stood, and what it was there."""

    at: Place
    source: Place
    original: str
    text: str


@dataclass(frozen=True, slots=True)
class Left:
    """A text of the earlier filing that has no place in the new one; it stays where it is."""

    source: Place
    text: str


@dataclass(frozen=True, slots=True)
class Reseated:
    """An indicator that stands under another 一级 or 二级 than before."""

    indicator: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """The new filing, what came along into it, what stands elsewhere there, and what did not come along.

    `dated` are those of `taken` that still name the year of the earlier filing.
    """

    filing: Filing
    taken: tuple[Taken, ...]
    reseated: tuple[Reseated, ...]
    left: tuple[Left, ...]
    dated: tuple[Taken, ...] = ()


def carry(filing: Filing, source: Template, target: Template, *, year: str = "", revision: str = "") -> Carried:
    """Make a filing on `target` from `filing`, for `year` (the same one where empty).

    Indicators, rows and goals keep their ids, so that one set of indicators is followed through its whole life and a
    comparison tells what was changed. Results (实际值, 得分), computed values and the dates of the signatures do not
    come along. `revision` names the one the text was taken from. Source: 财预〔2019〕136号 and 财预〔2020〕10号, by
    which monitoring and self-evaluation take goal, indicators and values over unchanged.
    """
    return _Carrier(filing, source, target, year or filing.year).carried(revision)


class _Carrier:
    def __init__(self, filing: Filing, source: Template, target: Template, year: str) -> None:
        self.old, self.source, self.target, self.year = filing, source, target, year
        self.taken: list[Taken] = []
        self.reseated: list[Reseated] = []
        signed = [part for sheet in target.sheets for parts in sheet.signature for part in parts]
        self._signed = {part.field for part in signed if isinstance(part, Blank)}
        fields = [field for field in target.fields.values() if not self._is_signature_date(field)]
        self._fields = counterparts(source.fields, source, (field.name for field in fields), target)

    def carried(self, revision: str) -> Carried:
        tables = {name: rows for name in self.target.tables if (rows := tuple(self._rows(self.target.tables[name])))}
        origin = PRACTICE if self.old.is_practice else Origin(self.old.id, revision)
        made = Filing(
            new_id(), self.target.ref, year=self.year, unit=self.old.unit, values=self._values(), tables=tables,
            goals=self.old.goals, indicators=tuple(self._indicators()), origin=origin,
        )  # fmt: skip
        return Carried(made, tuple(self.taken), tuple(self.reseated), tuple(self._left()), tuple(self._dated()))

    def _dated(self) -> Iterator[Taken]:
        """What names last year in a filing for another: it was true of that one and is to be looked at."""
        year = self.old.year
        if year and year != self.year:
            named = re.compile(rf"(?<!\d){year}(?=\s*[年/.-])|{year.translate(_CHARACTERS)}年")
            yield from (one for one in self.taken if named.search(fold(one.text)))

    # --- fields

    def _is_signature_date(self, field: Field) -> bool:
        return field.kind is Kind.DATE and field.name in self._signed

    def _values(self) -> dict[str, str]:
        fields = self.target.fields.values()
        values = {field.name: field.default for field in fields if field.default[:1] not in ("", "=")}
        for name, own in self._fields.items():
            new, text = self.target.fields[name], self.old.values.get(own, "")
            if new.kind is Kind.YEAR and self.old.year and self.old.year in fold(text):
                text = text.replace(self.old.year, self.year)
            self._take(values, Place(field=name), Place(field=own), new, text)
        if (name := year_field(self.target)) and self.year:
            values.setdefault(name, self.year)
        return values

    def _take(self, into: dict[str, str], at: Place, source: Place, new: Field, text: str) -> None:
        old = self._field_at(source)
        put = carried(text, old, self.source, new, self.target) if text and old is not None else None
        if put:
            into[at.field or at.column] = put
            self.taken.append(Taken(at, source, self.old.text(source), put))

    def _field_at(self, place: Place) -> Field | None:
        if place.field:
            return self.source.fields[place.field]
        return self.source.tables[place.table].column(place.column)

    # --- tables

    def _rows(self, table: Table) -> Iterator[Row]:
        own = counterparts(self.source.tables, self.source, self.target.tables, self.target).get(table.name)
        old = self.source.tables[own] if own else None
        if table.labels:
            yield from self._labelled(table, old)
        elif old is not None and not old.labels:
            columns = counterparts(
                (c.name for c in old.columns), self.source, (c.name for c in table.columns), self.target
            )
            for row in self.old.rows(old.name)[: table.most]:
                cells = self._cells(table, columns, Place(table=old.name, row=row.id), row.id)
                if cells:
                    yield Row(row.id, cells, row.label)

    def _labelled(self, table: Table, old: Table | None) -> Iterator[Row]:
        """Fixed rows: from the same rows of a table, or the budget of the earlier form in its fields."""
        rows = {row.label: row for row in self.old.rows(old.name)} if old is not None else {}
        labels = counterparts(rows, self.source, table.labels, self.target)
        columns = self._columns(old, table) if old is not None else {}
        fields = counterparts(self._amounts(), self.source, table.labels, self.target)
        for label in table.labels:
            ident = rows[labels[label]].id if label in labels else new_id()
            cells: dict[str, str] = {}
            if label in labels and old is not None:
                cells = self._cells(table, columns, Place(table=old.name, row=ident), ident)
            column = _first_amount(table, label)
            if label in fields and column is not None and column.name not in cells:
                at = Place(table=table.name, row=ident, column=column.name)
                self._take(cells, at, Place(field=fields[label]), column, self.old.values.get(fields[label], ""))
            if cells:
                yield Row(ident, cells, label)

    def _columns(self, old: Table, new: Table) -> dict[str, str]:
        names = [column.name for column in new.columns]
        return counterparts((column.name for column in old.columns), self.source, names, self.target)

    def _amounts(self) -> list[str]:
        return [name for name, field in self.source.fields.items() if field.kind is Kind.MONEY]

    def _cells(self, table: Table, columns: Mapping[str, str], source: Place, ident: str) -> dict[str, str]:
        cells: dict[str, str] = {}
        for name, own in columns.items():
            column = table.column(name)
            at = Place(table=table.name, row=ident, column=name)
            there = Place(table=source.table, row=source.row, column=own)
            if column is not None:
                self._take(cells, at, there, column, self.old.text(there))
        return cells

    # --- indicators

    def _indicators(self) -> Iterator[Indicator]:
        for name, own in trees(self.source, self.target).items():
            grafting = Grafting(self.source.trees[own], self.target.trees[name], self.target)
            for one in self.old.indicators:
                moved = grafting.moved(one) if one.tree == own else None
                if moved is not None:
                    yield moved
                    self._tell(one, moved)

    def _tell(self, one: Indicator, moved: Indicator) -> None:
        before, after = (one.level1, one.level2), (moved.level1, moved.level2)
        if tuple(map(branch_key, before)) != tuple(map(branch_key, after)):
            self.reseated.append(Reseated(one.id, before, after))
        for name, text in moved.columns.items():
            original = one.columns.get(name, text)
            self.taken.append(
                Taken(Place(indicator=one.id, column=name), Place(indicator=one.id, column=name), original, text)
            )

    # --- what stays behind

    def _left(self) -> Iterator[Left]:
        gone = {one.source for one in self.taken}
        for at, text in self.old.texts():
            if not at.indicator and text.strip() and at not in gone:
                yield Left(at, text)
        came = {one.at.indicator for one in self.taken if one.at.indicator}
        for one in self.old.indicators:
            for column, text in self._lacking(one, came=one.id in came).items():
                yield Left(Place(indicator=one.id, column=column), text)

    def _lacking(self, one: Indicator, *, came: bool) -> dict[str, str]:
        pairs = {own: name for name, own in trees(self.source, self.target).items()}
        if not came or one.tree not in pairs:
            return {name: text for name, text in one.columns.items() if text.strip()}
        return Grafting(self.source.trees[one.tree], self.target.trees[pairs[one.tree]], self.target).left(one)


def _first_amount(table: Table, label: str) -> Field | None:
    """The column of a fixed row that holds its budget: the first amount that is typed."""
    amounts = (c for c in table.columns if c.kind is Kind.MONEY and c.formula is None)
    return next((column for column in amounts if (label, column.name) not in table.absent), None)
