"""A filing as the checks see it: texts with their usages, indicators by role and category, never by field names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from forms.checker.usages import Category, LimbKind, Usage, category_of, limb_kind, usages
from forms.entries import is_filled
from forms.filing import Filing, Indicator, Place, Row
from forms.indicator_value import IN_WORDS, Reading, understand
from forms.template.model import Field, Role, Table, Template, Tree
from forms.values import fold

_SPLIT = (Role.SIGN, Role.NUMBER, Role.UNIT)
_SHOWN = 30


def comparable(text: str) -> str:
    """A text as it is compared with others: widths folded, without blanks, without the mark at its end."""
    return fold(text).replace(" ", "").rstrip("。.；;，,、")


@dataclass(frozen=True, slots=True)
class Text:
    """One text as typed, and where it stands. `field` says of what kind it is, `usage` what it is for."""

    at: Place
    text: str
    field: Field
    usage: Usage | None = None

    @property
    def filled(self) -> bool:
        """Whether anything but blanks was typed."""
        return bool(self.text.strip())

    @property
    def shown(self) -> str:
        """The text for a sentence: on one line, and not all of a long one."""
        words = " ".join(self.text.split())
        return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"

    def near(self, start: int, end: int, around: int = 8) -> str:
        """What stands around some characters, on one line, for a sentence."""
        return " ".join(self.text[max(0, start - around) : end + around].split())


@dataclass(frozen=True)
class Line:
    """One indicator that has something filled in.

    `year` is that of the form, None where it is not known; `yearly` says whether its tree is of that year, not of a
    longer period.
    """

    indicator: Indicator
    tree: Tree
    template: Template
    year: int | None
    yearly: bool = True

    @property
    def at(self) -> Place:
        """The whole indicator."""
        return Place(indicator=self.indicator.id)

    @cached_property
    def category(self) -> Category | None:
        """What its 二级 measures; None where the filer named it."""
        return category_of(self.indicator.level1, self.indicator.level2)

    @cached_property
    def limb(self) -> LimbKind | None:
        """What its 一级 stands for."""
        return limb_kind(self.indicator.level1)

    def of(self, role: Role) -> Text | None:
        """The text of the column that plays `role`; None where the tree has no such column."""
        column = self._columns.get(role)
        if column is None:
            return None
        at = Place(indicator=self.indicator.id, column=column.name)
        return Text(at, self.indicator.columns.get(column.name, ""), column)

    @cached_property
    def name(self) -> Text:
        """The text of its name; every tree has such a column."""
        found = self.of(Role.NAME)
        assert found is not None  # noqa: S101 — a tree without names is refused at load
        return found

    @cached_property
    def named(self) -> bool:
        """Whether it has a name, and not just a dash."""
        return is_filled(self.name.text)

    @cached_property
    def key(self) -> str:
        """Its name as it is compared: without blanks, widths and marks at its end."""
        return comparable(self.name.text)

    @cached_property
    def value(self) -> Text | None:
        """The text of its target, joined where sign, number and unit have columns of their own; None without any.

        A joined text stands at the column of the number, and has no characters of its own to point at.
        """
        whole = self.of(Role.VALUE)
        if whole is not None:
            return whole
        parts = [part for role in _SPLIT if (part := self.of(role)) is not None]
        number = self.of(Role.NUMBER)
        return (
            Text(number.at, "".join(text for part in parts if (text := part.text.strip()) != IN_WORDS), number.field)
            if number
            else None
        )

    @cached_property
    def split(self) -> bool:
        """Whether sign, number and unit have columns of their own."""
        return Role.VALUE not in self._columns

    @cached_property
    def reading(self) -> Reading:
        """What its target says."""
        return understand(self.value.text if self.value else "", self.year)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Characters of `value` as characters of its cell; None where it was joined."""
        return None if self.split else (start, end)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Its texts column by column, those without anything too."""
        ident, typed = self.indicator.id, self.indicator.columns
        return tuple(
            Text(Place(indicator=ident, column=one.name), typed.get(one.name, ""), one) for one in self.tree.columns
        )

    @cached_property
    def _columns(self) -> Mapping[Role, Field]:
        return {column.role: column for column in self.tree.columns if column.role is not None}


@dataclass(frozen=True)
class Entry:
    """One row of a table that has something filled in."""

    row: Row
    table: Table
    texts: tuple[Text, ...]

    @property
    def at(self) -> Place:
        """The whole row."""
        return Place(table=self.table.name, row=self.row.id)

    def of(self, usage: Usage) -> Text | None:
        """The first text of the row that is for this; None where there is none."""
        return next((text for text in self.texts if text.usage is usage), None)


@dataclass(frozen=True, slots=True)
class Branches:
    """A tree with the indicators in it that have something filled in, in their order."""

    tree: Tree
    template: Template
    lines: tuple[Line, ...]


@dataclass
class Form:
    """A filing for the checks. What was made of an indicator is kept while the indicator stays the same."""

    template: Template
    filing: Filing
    _lines: dict[str, Line] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of the form; None where it is not known."""
        return int(self.filing.year) if self.filing.year.isdecimal() else None

    def turn_to(self, filing: Filing) -> None:
        """Look at `filing` from now on."""
        self.filing = filing

    def text(self, field_: Field, table: str = "", row: Row | None = None) -> Text:
        """The text of a field, or of a column in a row."""
        usage = usages(self.template).get((table, field_.name))
        if row is None:
            return Text(Place(field=field_.name), self.filing.values.get(field_.name, ""), field_, usage)
        at = Place(table=table, row=row.id, column=field_.name)
        return Text(at, row.cells.get(field_.name, ""), field_, usage)

    def texts(self, *wanted: Usage) -> Iterator[Text]:
        """The filled fields that are for one of these, then the cells, in the order of the form."""
        yield from (one for one in self.fields(*wanted) if one.filled)
        for entry in self.entries():
            yield from (one for one in entry.texts if one.usage in wanted and one.filled)

    def fields(self, *wanted: Usage) -> Iterator[Text]:
        """The fields that are for one of these, whether filled or not."""
        told = usages(self.template)
        for name, one in self.template.fields.items():
            if told.get(("", name)) in wanted:
                yield self.text(one)

    def entries(self) -> Iterator[Entry]:
        """The rows of all tables that have something filled in."""
        for table in self.template.tables.values():
            for row in self.filing.rows(table.name):
                if (entry := self.entry(table, row)) is not None:
                    yield entry

    def entry(self, table: Table, row: Row) -> Entry | None:
        """One row of a table; None where nothing is filled in."""
        if not any(text.strip() for text in row.cells.values()):
            return None
        return Entry(row, table, tuple(self.text(column, table.name, row) for column in table.columns))

    def line(self, indicator: Indicator) -> Line | None:
        """One indicator; None where nothing is filled in or its tree is not one of the form's."""
        tree = self.template.trees.get(indicator.tree)
        if tree is None or not any(text.strip() for text in indicator.columns.values()):
            return None
        known = self._lines.get(indicator.id)
        if known is None or known.indicator is not indicator or known.year != self.year:
            yearly = tree.name not in self.template.periods[:-1]
            known = self._lines[indicator.id] = Line(indicator, tree, self.template, self.year, yearly)
        return known

    def branches(self, tree: Tree) -> Branches:
        """A tree with its indicators."""
        own = (one for one in self.filing.indicators if one.tree == tree.name)
        return Branches(tree, self.template, tuple(line for one in own if (line := self.line(one)) is not None))

    def lines(self) -> Iterator[Line]:
        """The indicators of all trees."""
        for tree in self.template.trees.values():
            yield from self.branches(tree).lines
