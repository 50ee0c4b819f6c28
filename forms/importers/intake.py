"""One form being taken in: every text of the source ends up in a place, as a label, or among the unplaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from forms.commands import AddIndicator, AddRow, AnyCommand, SetValue
from forms.filing import Indicator, Place, Row, new_id
from forms.importers.mixed import with_unit
from forms.language import N_
from forms.template.model import Field, Template
from forms.values import Kind, fold, read

_SHORT = (Kind.MONEY, Kind.PERCENT, Kind.YEAR, Kind.DATE, Kind.INTEGER, Kind.CODE, Kind.CHOICE, Kind.REGION)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should see before taking the form in: where (words a person reads) and what."""

    place: str
    message: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """One field as read: the place, the text of the source, the text taken, and where it stood."""

    place: Place
    original: str
    taken: str
    address: str = ""


@dataclass(slots=True)
class Taken:
    """One text while the source may still go on with it on the next page."""

    original: str
    text: str
    address: str = ""

    def go_on(self, more: str, glue: str = "") -> None:
        """Add what the source says further down."""
        self.original += glue + more
        self.text += glue + more


@dataclass(slots=True)
class TakenRow:
    """A row of a table, or an indicator under its branch."""

    cells: dict[str, Taken]
    label: str = ""
    level1: str = ""
    level2: str = ""
    ident: str = field(default_factory=new_id)

    @property
    def texts(self) -> dict[str, str]:
        """What each column holds."""
        return {name: taken.text for name, taken in self.cells.items()}

    def go_on(self, cells: dict[str, Taken]) -> None:
        """Add the rest of the row from the next page."""
        for name, taken in cells.items():
            if name in self.cells:
                self.cells[name].go_on(taken.original)
            else:
                self.cells[name] = taken


@dataclass(slots=True)
class Intake:
    """Collects what one form takes in; `unit` is the money unit the source states for all of it."""

    template: Template
    unit: str = ""
    fields: dict[str, Taken] = field(default_factory=dict)
    rows: dict[str, list[TakenRow]] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    computed: list[tuple[str, str]] = field(default_factory=list)  # fields the form computes, and what the source says

    def note(self, place: str, message: str, **params: str) -> bool:
        """Tell the user something about a place, once; gives whether it was new."""
        notice = Notice(place, message, params)
        if notice in self.notices:
            return False
        self.notices.append(notice)
        return True

    def leave(self, *texts: str) -> None:
        """Keep texts that have no place in the form."""
        self.unplaced.extend(text.strip("\n") for text in texts if text.strip())

    def taken(self, spec: Field, text: str, unit: str = "", address: str = "") -> Taken:
        """A text for a field or column, cleaned, with the unit that stands elsewhere in the source behind it.

        Of short kinds the blanks around a text are no part of it; of others only the empty lines.
        """
        clean = text.strip() if spec.kind in _SHORT else text.strip("\n")
        return Taken(text, with_unit(self.template, spec, unit or self.unit, clean), address)

    def field(self, name: str, taken: Taken, *, continued: bool = False, glue: str = "") -> bool:
        """Put a text into a field; gives whether it was new.

        A second, different text goes on with the first where it is `continued`, else to the unplaced with a notice.
        """
        before = self.fields.get(name)
        if not self.template.fields[name].fillable:
            if taken.original.strip():
                self.computed.append((name, taken.original.strip()))
            return False
        if not taken.text.strip() or (before and fold(before.text) == fold(taken.text)):
            return False
        if before is None:
            self.fields[name] = taken
        elif continued and self.template.fields[name].kind in (Kind.TEXT, Kind.LONG):
            before.go_on(taken.original.strip("\n"), glue)
            self.note(name, N_("分页断开的内容已接回。"))
        else:
            self.note(name, N_("来文另有一处写作“{text}”，没有采用。"), text=taken.original.strip())
            self.leave(taken.original)
        return True

    def tell_computed(self, values: Mapping[Place, str]) -> None:
        """Tell where the form computes another value than the source has; `values` are those of the form."""
        for name, text in self.computed:
            value = values.get(Place(field=name), "")
            spec = self.template.fields[name]
            said, made = (read(spec.kind, one, unit=spec.unit or self.template.unit) for one in (text, value))
            if fold(text) != fold(value) and (said != made or not isinstance(said, Decimal)):
                message = N_("“{name}”由程序算出为“{value}”，来文写的是“{text}”，请核对。")
                self.note(name, message, name=name, value=value, text=text)

    def computes(self, spec: Field, text: str) -> bool:
        """Whether the form computes a field or column, so that the text of the source is only told."""
        if not spec.fillable and text.strip():
            self.note(
                spec.name,
                N_("“{name}”由程序算出，来文的“{text}”没有导入，请核对是否一致。"),
                name=spec.name,
                text=text.strip(),
            )
        return not spec.fillable

    def add(self, block: str, row: TakenRow) -> None:
        """Add a row to a table or an indicator to a tree."""
        self.rows.setdefault(block, []).append(row)

    def last(self, block: str) -> TakenRow | None:
        """The row of a block added last."""
        return self.rows[block][-1] if self.rows.get(block) else None

    def commands(self) -> tuple[AnyCommand, ...]:
        """What was taken, as commands on an empty filing."""
        made: list[AnyCommand] = [SetValue(Place(field=name), taken.text) for name, taken in self.fields.items()]
        tables = {block: rows for block, rows in self.rows.items() if block in self.template.tables}
        for block, rows in tables.items():
            made.extend(AddRow(block, Row(row.ident, row.texts, row.label), at) for at, row in enumerate(rows))
        indicators = [
            Indicator(row.ident, row.level1, row.level2, row.texts, block)
            for block, rows in self.rows.items() if block not in tables for row in rows
        ]  # fmt: skip
        made.extend(AddIndicator(one, at) for at, one in enumerate(indicators))
        return tuple(made)

    def matches(self) -> tuple[Match, ...]:
        """原文 -> 导入值 for every place."""
        return tuple(Match(at, taken.original, taken.text, taken.address) for at, _, taken in self._all())

    def changes(self) -> Iterator[Notice]:
        """A notice for every text that differs from the source in more than blanks."""
        for _, where, taken in self._all():
            if "".join(taken.original.split()) != "".join(taken.text.split()):
                params = {"text": taken.original.strip(), "taken": taken.text}
                yield Notice(where, N_("原文“{text}”，导入为“{taken}”。"), params)

    def _all(self) -> Iterator[tuple[Place, str, Taken]]:
        for name, taken in self.fields.items():
            yield Place(field=name), name, taken
        for block, rows in self.rows.items():
            for number, row in enumerate(rows, 1):
                for column, taken in row.cells.items():
                    if block in self.template.tables:
                        yield Place(table=block, row=row.ident, column=column), f"{block} {number} {column}", taken
                    else:
                        yield Place(indicator=row.ident, column=column), f"{row.level2} {column}", taken
