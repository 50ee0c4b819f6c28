"""The values of one filled form: an immutable Filing, which is also the shape of filing.json version 1.

What is stored is the text as typed. What the text means is derived each time by `forms.values`, so that a better
reader never changes a digest. Every number in the file is a string; ids stay on move and rename, new on copy.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping

import msgspec

FORMAT = "1"
STATES = ("draft", "exported", "submitted", "returned", "approved")


class Place(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a text stands: a field; or a column of a table's row; or a column of an indicator (rows by id).

    `row` holds the id of the table row; `indicator` the id of the indicator. An empty column means the whole row.
    """

    field: str = ""
    table: str = ""
    row: str = ""
    indicator: str = ""
    column: str = ""


class TemplateRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The exact form that was filled: 编号, version and SHA-256 of the template's text."""

    id: str
    version: str
    digest: str


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The filing unit as it was when the filing was made."""

    name: str = ""
    region: str = ""
    code: str = ""


class Membership(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The set a filing came in with, and its place in it (the {序号} of the title, as printed)."""

    id: str
    position: str = ""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a table. `label` names a fixed row of the template and is empty in a free table."""

    id: str
    cells: dict[str, str]
    label: str = ""


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One numbered goal of a period (年度, 中期)."""

    id: str
    period: str
    no: str
    text: str


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One 三级指标: the tree it stands in, its 一级 and 二级 in the template's words, its columns as typed."""

    id: str
    level1: str
    level2: str
    columns: dict[str, str]
    tree: str = "指标"
    goal: str = ""


class Dismissal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A warning that stays, with the written reason."""

    rule: str
    at: Place
    reason: str


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that travels with the filing: its name for people and the SHA-256 of its bytes."""

    name: str
    digest: str


class Remark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A remark of the receiver at a place, and the filer's answer."""

    at: Place
    text: str
    answer: str = ""


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The filing and revision this one was carried over or copied from."""

    filing: str
    revision: str


PRACTICE = Origin("practice", "")
"""The origin of a form that was taken from the bundled examples to play with, and of all that is made of it."""


class Filing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One filled form. Never changed: every method gives a new one.

    The dictionaries are owned by the filing and are not to be written to; msgspec needs plain ones.
    """

    id: str
    template: TemplateRef
    format: str = FORMAT
    state: str = "draft"
    year: str = ""
    unit: Unit = Unit()
    set: Membership | None = None
    values: dict[str, str] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    remarks: tuple[Remark, ...] = ()
    origin: Origin | None = None

    @property
    def is_practice(self) -> bool:
        """Whether it is for practice only, and so never leaves the house."""
        return self.origin == PRACTICE

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of `table` in order; none where nothing was filled in."""
        return self.tables.get(table, ())

    def row(self, table: str, row: str) -> Row | None:
        """The row with this id, or None."""
        return next((one for one in self.rows(table) if one.id == row), None)

    def indicator(self, ident: str) -> Indicator | None:
        """The indicator with this id, or None."""
        return next((one for one in self.indicators if one.id == ident), None)

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Every text with its place: fields, then tables row by row, then indicators."""
        yield from ((Place(field=name), text) for name, text in self.values.items())
        for table, rows in self.tables.items():
            for row in rows:
                yield from ((Place(table=table, row=row.id, column=name), text) for name, text in row.cells.items())
        for one in self.indicators:
            yield from ((Place(indicator=one.id, column=name), text) for name, text in one.columns.items())

    def text(self, at: Place) -> str:
        """The text typed at a place; empty where nothing stands."""
        if at.field:
            return self.values.get(at.field, "")
        if at.table:
            row = self.row(at.table, at.row)
            return row.cells.get(at.column, "") if row else ""
        indicator = self.indicator(at.indicator)
        return indicator.columns.get(at.column, "") if indicator else ""

    def put(self, at: Place, text: str) -> Filing:
        """Give the filing with `text` at a place whose row exists; an empty text leaves no key behind."""
        if at.field:
            return self.replace(values=with_text(self.values, at.field, text))
        if at.table:
            rows = tuple(
                msgspec.structs.replace(row, cells=with_text(row.cells, at.column, text)) if row.id == at.row else row
                for row in self.rows(at.table)
            )
            return self.with_rows(at.table, rows)
        return self.replace(
            indicators=tuple(
                msgspec.structs.replace(one, columns=with_text(one.columns, at.column, text))
                if one.id == at.indicator
                else one
                for one in self.indicators
            )
        )

    def with_rows(self, table: str, rows: tuple[Row, ...]) -> Filing:
        """Give the filing with other rows in `table`; an empty table leaves no key behind."""
        tables = {name: kept for name, kept in self.tables.items() if name != table}
        if rows:
            tables[table] = rows
        return self.replace(tables=tables)

    def replace(self, **changes: object) -> Filing:
        """Give the filing with some attributes changed."""
        return msgspec.structs.replace(self, **changes)


def new_id() -> str:
    """A fresh id: 16 hexadecimal digits, for filings, rows and indicators alike."""
    return secrets.token_hex(8)


def with_text(texts: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """Give texts by column with another one under `name`; an empty text leaves no key behind."""
    changed = dict(texts)
    if text:
        changed[name] = text
    else:
        changed.pop(name, None)
    return changed
